"""Make the layers that tell intents apart: ``intent.onnx``, two layers of their own behind ``words.onnx``.

This is run by hand when ``data`` has changed much; its result is committed. It has the environment of
``tools/export_encoder.py``::

    export-env/bin/python tools/tune_encoder.py

The classifier of intents is a logistic regression: it can only weigh what the vectors say. The published
ones tell topics apart, and many of our intents share one ("did firms chip in for it", "how much did it
cost"). So layers are trained on our examples, to bring those of one intent together. What search and the finding of
questions compare stays as it was.

It takes two stages. First the two top layers of the published six are tuned, behind the four that stay as they are.
Then two layers, which start as the published first and last, learn from the same examples, and to give the vectors
that these six give: for the examples, for the questions of the knowledge base (``asks``), whose intents nobody wrote
down, and for misspelt copies of both, of which the vector is wanted that the text itself has. Two layers cost a third
of six in each message and in each example of a training (docs/decisions/0010-classifier.md).

A tuning of before is used instead of the first stage with ``--teacher FOLDER``: its ``intent.onnx`` goes on behind the
fourth layer, as all did up to commit 9817874. The committed file learnt from that commit's, by a trial of the second
stage before it was written down here: the same steps on two threads, its second round begun anew from the first.

Whatever is trained learns from the states that the committed files give, the very numbers, 8-bit rounding included,
that it will be given.
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

DATA, KNOWLEDGE = ROOT / "data", ROOT / "knowledge"

SEED = 1
VARIANTS = 3
"""Misspelt copies of each text."""
NOISY = 0.5
"""Share of the texts seen misspelt."""
OWN_LAYERS = (0, 5)
"""Of the published layers, those that the layers of intents start as."""
HEAD_RATE = 1e-2
WARM_UP = 0.1
SMOOTHING = 0.1
SHARPNESS = 12.0
"""A cosine times this is a logit: with less, 56 intents could not be told apart by unit vectors."""
CONTRAST, TEMPERATURE = 0.3, 0.1
"""Weight and temperature of the supervised contrastive loss."""
UNKNOWN = -1
"""The intent of a text of which nobody wrote it down."""
ODDS_OF_UNKNOWN = 0.01
"""How often such a text is drawn; one of an intent with n examples is drawn 1/√n: one text in twenty is such a one."""

States = npt.NDArray[np.float16]
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Course:
    """How something is trained.

    Args:
        steps: batches it is shown in a round.
        batch: texts in each.
        rate: the highest learning rate.
        alike: the weight of how far its vectors are from those that it is to give.
        rounds: how often the rate goes up and down again; each begins with a new classifier.
    """

    steps: int
    batch: int
    rate: float
    alike: float = 0.0
    rounds: int = 1


FIRST = Course(steps=5500, batch=32, rate=3e-4)
SECOND = Course(steps=1100, batch=64, rate=5e-4, alike=5.0, rounds=2)


@dataclass(frozen=True)
class Text:
    """A text's intent, or `UNKNOWN`, and what the first layer would be given: of the text, then of each copy."""

    intent: int
    words: tuple[States, ...]


@dataclass(frozen=True)
class Example:
    """A text's intent, or `UNKNOWN`, a vector that it has, and the states to learn from: its own, then each copy's."""

    intent: int
    vector: Vector
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


def read_asks(folder: Path) -> list[str]:
    """Read the questions that entries of the knowledge base answer, each once."""
    found: set[str] = set()

    def look(node: Any) -> None:
        if isinstance(node, dict):
            found.update(str(text) for text in node.get("asks") or ())
            node = list(node.values())
        if isinstance(node, list):
            for each in node:
                look(each)

    for path in folder.rglob("*.yml"):
        look(yaml.safe_load(path.read_text(encoding="utf-8")))
    return sorted(found)


class Committed:
    """The committed files, and those of a folder instead of one of them."""

    def __init__(self, folder: Path = TARGET) -> None:
        self._folder = folder
        self._options = onnxruntime.SessionOptions()
        self._options.intra_op_num_threads = 1
        self._tokenizer = open_tokenizer(TARGET)
        self._open: dict[str, Any] = {}

    def run(self, name: str, states: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        """What a file gives for the states, or token ids, of one text."""
        if name not in self._open:
            path = self._folder / name if (self._folder / name).is_file() else TARGET / name
            self._open[name] = onnxruntime.InferenceSession(str(path), self._options, ["CPUExecutionProvider"])
        session = self._open[name]
        found: npt.NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: states})[0]
        return found

    def words(self, text: str) -> States:
        """What the first layer is given."""
        found: States = self.run(WORDS, np.array([self._tokenizer.encode(text).ids], dtype=np.int64))[0]
        return found.astype(np.float16)

    def behind_words(self, words: States, *names: str) -> npt.NDArray[np.float32]:
        """What the last of some files gives, each being given what the one before gave."""
        states = words[None].astype(np.float32)
        for name in names:
            states = self.run(name, states)
        return states[0]


def prepare(texts: list[tuple[str, str]], asks: list[str], files: Committed) -> tuple[list[Text], int]:
    """Look up the words of each text and of its copies; count the intents."""
    chance = random.Random(SEED)
    numbers = {intent: number for number, intent in enumerate(sorted({intent for _, intent in texts}))}
    every = [(text, numbers[intent]) for text, intent in texts] + [(text, UNKNOWN) for text in asks]
    copies = [[text, *(misspell(text, chance) for _ in range(VARIANTS))] for text, _ in every]
    prepared = [Text(intent, tuple(map(files.words, each))) for (_, intent), each in zip(every, copies, strict=True)]
    return prepared, len(numbers)


def at_the_fork(texts: list[Text], files: Committed) -> list[Example]:
    """What the first stage learns from: of the texts with an intent, the published vectors, and states."""
    examples = []
    for text in texts:
        if text.intent != UNKNOWN:
            states = tuple(files.behind_words(each, BASE).astype(np.float16) for each in text.words)
            vector = files.run(MEANING, states[0][None].astype(np.float32))[0]
            examples.append(Example(text.intent, vector, states))
    return examples


def tuned_first(texts: list[Text], intents: int, weights: Weights, files: Committed) -> Callable[[States], Vector]:
    """Take the first stage; return what gives a text's vector, for its words."""
    top = learn(Pooled(weights, range(SHARED, LAYERS)), at_the_fork(texts, files), intents, FIRST)

    def vector_of(words: States) -> Vector:
        with torch.no_grad():
            found: Vector = top(torch.from_numpy(files.behind_words(words, BASE))[None])[0].numpy()
        return found

    return vector_of


def given_before(files: Committed) -> Callable[[States], Vector]:
    """What gives the vector that a former tuning gave a text, for its words."""
    return lambda words: files.behind_words(words, BASE, INTENT)


def batches(examples: list[Example], chance: random.Random, size: int) -> Iterator[list[Example]]:
    """Batches without end: examples of small intents are drawn oftener, those of like length stand together."""
    sizes = np.bincount([example.intent for example in examples if example.intent != UNKNOWN])
    odds = [
        ODDS_OF_UNKNOWN if example.intent == UNKNOWN else 1 / math.sqrt(sizes[example.intent]) for example in examples
    ]
    while True:
        drawn = chance.choices(examples, odds, k=size * 16)
        drawn.sort(key=lambda example: len(example.states[0]))
        rows = [drawn[at : at + size] for at in range(0, len(drawn), size)]
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


def learn(net: Pooled, examples: list[Example], intents: int, course: Course) -> Pooled:
    """Train layers; the classifiers they are trained with are thrown away."""
    for number in range(course.rounds):
        take_round(net, examples, start_head(examples, intents), course, SEED + number)
    return net.eval()


def take_round(net: Pooled, examples: list[Example], head: nn.Linear, course: Course, seed: int) -> None:
    """Train layers and a classifier, while the rate goes up and down once."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    groups = [
        {"params": net.parameters(), "lr": course.rate, "weight_decay": 0.01},
        {"params": head.parameters(), "lr": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, course.steps))
    net.train()
    start, losses, right = time.monotonic(), [], []
    for step, batch in zip(range(1, course.steps + 1), batches(examples, chance, course.batch), strict=False):
        wanted = torch.tensor([example.intent for example in batch])
        known = wanted != UNKNOWN
        vectors = net(*padded(batch, chance))
        logits = head(functional.dropout(vectors[known], DROPOUT)) * SHARPNESS
        loss = functional.cross_entropy(logits, wanted[known], label_smoothing=SMOOTHING)
        loss = loss + CONTRAST * contrast(vectors[known], wanted[known])
        if course.alike:
            given = torch.from_numpy(np.stack([example.vector for example in batch]))
            loss = loss + course.alike * (1 - (vectors * given).sum(dim=1)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        right.append((logits.argmax(dim=1) == wanted[known]).float().mean().item())
        if step % 100 == 0 or step == course.steps:
            report(f"step {step}: loss {np.mean(losses[-100:]):.3f}, right {np.mean(right[-100:]):.3f}", start)


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
    """Read, take both stages, and write the part with the checksums."""
    parser = argparse.ArgumentParser(description="Make the encoder's layers of intents from data.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the examples (default: data)")
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write (default: the committed files)")
    parser.add_argument("--teacher", type=Path, help="the folder of an intent.onnx to use instead of the first stage")
    # Two threads on two busy cores wait for each other: measured, a twentieth of the speed of one.
    parser.add_argument("--threads", type=int, default=1, help="more only where nothing else runs (default: 1)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    weights = load_file(find_checkpoint() / "model.safetensors")
    start, files = time.monotonic(), Committed()
    texts, intents = prepare(read_texts(options.data), read_asks(KNOWLEDGE), files)
    report(f"{len(texts)} texts of {intents} intents, or of none that is known, looked up", start)
    if options.teacher:
        vector_of = given_before(Committed(options.teacher))
    else:
        vector_of = tuned_first(texts, intents, weights, files)
    start = time.monotonic()
    examples = [Example(text.intent, vector_of(text.words[0]), text.words) for text in texts]
    report(f"{len(examples)} vectors to learn from", start)
    top = learn(Pooled(weights, OWN_LAYERS), examples, intents, SECOND)
    beside_the_rest(options.target)
    export(top, options.target / INTENT, gives="intent_embedding")
    write_sums(options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
