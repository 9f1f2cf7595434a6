"""Tune the top of the sentence encoder on our intents and answers: ``intent.onnx``.

This is run by hand when ``data`` has changed much; its result is committed. It has the environment of
``tools/export_encoder.py``::

    export-env/bin/python tools/tune_encoder.py

The classifier of intents is a logistic regression: it can only weigh what the vectors say. The published
ones tell topics apart, and many of our intents share one ("did firms chip in for it", "how much did it
cost"). So the two top layers are trained on our examples, to bring those of one intent together. What
search and the finding of questions compare stays as it was: behind the fourth layer ``meaning.onnx`` goes on as
published, and the tuned copy, ``intent.onnx``, beside it.

The tuned layers learn from the states that the committed files give, the very numbers, 8-bit rounding included, that
they will be given.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import torch
import yaml
from encoder_graph import (
    BASE,
    DROPOUT,
    HIDDEN,
    INTENT,
    LAYERS,
    MASKED,
    MEANING,
    ROOT,
    SHARED,
    SUMS,
    TARGET,
    WORDS,
    Pooled,
    Weights,
    export,
    find_checkpoint,
    open_tokenizer,
    write_sums,
)
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

DATA = ROOT / "data"

SEED = 1
VARIANTS = 2
"""Misspelt copies of each example."""
NOISY = 0.5
"""Share of the examples seen misspelt."""
EPOCHS = 5
BATCH = 32
RATE, HEAD_RATE = 3e-4, 1e-2
WARM_UP = 0.1
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


def published(folder: Path) -> Callable[[str], tuple[Any, Any]]:
    """A function from a text to the published vector and the states at the fork, by the committed files."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    words, base, meaning = (
        onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
        for name in (WORDS, BASE, MEANING)
    )
    tokenizer = open_tokenizer(folder)

    def encode(text: str) -> tuple[Any, Any]:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        shared = base.run(None, {"states": words.run(None, {"input_ids": ids})[0]})[0]
        return meaning.run(None, {"states": shared})[0][0], shared[0].astype(np.float16)

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


def tune(examples: list[Example], intents: int, weights: Weights, epochs: int) -> Pooled:
    """Train the top layers; the classifier they are trained with is thrown away."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    top, head = Pooled(weights, range(SHARED, LAYERS)), start_head(examples, intents)
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


def beside_the_rest(target: Path) -> None:
    """Copy the committed files to another folder, so that one part of them can be written anew there."""
    if target.resolve() != TARGET:
        target.mkdir(parents=True, exist_ok=True)
        for path in (*TARGET.glob("*.onnx"), *TARGET.glob("*.json"), TARGET / SUMS):
            shutil.copyfile(path, target / path.name)


def report(what: str, since: float) -> None:
    """Say what was done and how long it took."""
    sys.stdout.write(f"{what} ({time.monotonic() - since:.0f} s)\n")
    sys.stdout.flush()


def main() -> int:
    """Read, tune, and write the part with the checksums."""
    parser = argparse.ArgumentParser(description="Tune the encoder's intent vectors on data.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the examples (default: data)")
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write (default: the committed files)")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"times through the examples (default: {EPOCHS})")
    options = parser.parse_args()
    # Two threads on two busy cores wait for each other: measured, a twentieth of the speed of one.
    torch.set_num_threads(1)
    weights = load_file(find_checkpoint() / "model.safetensors")
    start = time.monotonic()
    texts = read_texts(options.data)
    examples, intents = prepare(texts, published(TARGET))
    report(f"{len(examples)} examples of {intents} intents encoded", start)
    top = tune(examples, intents, weights, options.epochs)
    beside_the_rest(options.target)
    export(top, options.target / INTENT, gives="intent_embedding")
    write_sums(options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
