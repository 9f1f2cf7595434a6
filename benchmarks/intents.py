"""The utterances that the understanding is measured with, and the arithmetic of the figures. Pure; needs no Rasa."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import yaml

from assistant.settings import ROOT

__all__ = [
    "DEVELOPMENT",
    "FALLBACK",
    "HELD_OUT",
    "OUTSIDE",
    "SETS",
    "TRAINING",
    "Example",
    "Guess",
    "Scores",
    "examples_of",
    "folds_of",
    "held_out",
    "known",
    "plain",
    "share_of",
    "table",
]

SETS = ROOT / "tests" / "nlu"
"""Where the sets are that the understanding is judged with."""
HELD_OUT = SETS / "apart.yml"
"""Utterances by somebody who had not seen the training data."""
TRAINING = tuple(sorted((ROOT / "data" / "nlu").glob("*.yml")))
DEVELOPMENT = SETS / "development.yml"
"""Utterances by the hand that wrote the training data, to develop on."""
OUTSIDE = "out_of_scope"
"""The intent of everything that the assistant does not do."""
FALLBACK = "nlu_fallback"
"""What Rasa's FallbackClassifier puts first where it finds the confidence too low."""


class Example(NamedTuple):
    """An utterance, and the intent that a person gave it."""

    intent: str
    text: str


class Guess(NamedTuple):
    """An utterance with its intent and the one that was found.

    Args:
        text: the utterance.
        intent: what it is.
        found: what the classifier ranks first.
        lost: whether the confidence was too low to act on it.
    """

    text: str
    intent: str
    found: str
    lost: bool = False


def examples_of(*paths: Path) -> list[Example]:
    """The utterances of files in Rasa's format, in their order."""
    found = []
    for path in paths:
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = item["examples"].splitlines()
            found += [Example(item["intent"], line[2:].strip()) for line in lines if line.startswith("- ")]
    return found


def plain(text: str) -> str:
    """A text without capitals, marks and runs of space, by which two are taken for the same."""
    return re.sub(r"\W+", " ", text.lower()).strip() or text


def known(*developed: Path) -> set[str]:
    """What is trained or developed on, plain.

    People who know nothing of each other both write "good morning". What the classifier has learnt, or a
    rule was made for, word for word, would only flatter the figures.

    Args:
        developed: sets to develop on, lists of messages with a ``text`` each; those that are not there count for none.
    """
    texts = {plain(example.text) for example in examples_of(*TRAINING, DEVELOPMENT)}
    for path in developed:
        if path.exists():
            texts |= {plain(message["text"]) for message in yaml.safe_load(path.read_text(encoding="utf-8"))}
    return texts


def held_out() -> tuple[list[Example], int]:
    """The utterances to judge with, and how many were left out since they are known."""
    written, seen = examples_of(HELD_OUT), known()
    unseen = [example for example in written if plain(example.text) not in seen]
    return unseen, len(written) - len(unseen)


def _by_intent(examples: Sequence[Example], seed: int) -> list[list[Example]]:
    groups = defaultdict(list)
    for example in examples:
        groups[example.intent].append(example)
    order = random.Random(seed)
    for _, group in sorted(groups.items()):
        order.shuffle(group)
    return [group for _, group in sorted(groups.items())]


def share_of(examples: Sequence[Example], share: float, seed: int) -> list[Example]:
    """A share of each intent's examples, at least four of each: for a trial run."""
    return [e for group in _by_intent(examples, seed) for e in group[: max(4, round(share * len(group)))]]


def folds_of(examples: Sequence[Example], folds: int, seed: int) -> list[tuple[list[Example], list[Example]]]:
    """What is learnt from and what is asked, once for each fold; every fold has its part of each intent."""
    dealt = [example for group in _by_intent(examples, seed) for example in group]
    return [
        ([e for i, e in enumerate(dealt) if i % folds != fold], [e for i, e in enumerate(dealt) if i % folds == fold])
        for fold in range(folds)
    ]


@dataclass(frozen=True)
class Scores:
    """How often the classifier was right."""

    guesses: Sequence[Guess]

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """By intent: right, found wrongly, missed."""
        right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
        for guess in self.guesses:
            if guess.found == guess.intent:
                right[guess.intent] += 1
            else:
                wrong[guess.found] += 1
                missed[guess.intent] += 1
        return right, wrong, missed

    @property
    def intents(self) -> list[str]:
        """The intents that were asked for."""
        return sorted({guess.intent for guess in self.guesses})

    def support(self, intent: str) -> int:
        """How many utterances have it."""
        return sum(guess.intent == intent for guess in self.guesses)

    @property
    def accuracy(self) -> float:
        """The share that was right."""
        return _share(sum(self._counts[0].values()), len(self.guesses))

    def precision(self, intent: str) -> float:
        """Of those found to be it, the share that is."""
        right, wrong, _ = self._counts
        return _share(right[intent], right[intent] + wrong[intent])

    def recall(self, intent: str) -> float:
        """Of those that are it, the share that was found."""
        right, _, missed = self._counts
        return _share(right[intent], right[intent] + missed[intent])

    def f1(self, intent: str) -> float:
        """The harmonic mean of precision and recall."""
        right, wrong, missed = self._counts
        return _share(2 * right[intent], 2 * right[intent] + wrong[intent] + missed[intent])

    @property
    def macro_f1(self) -> float:
        """The mean over the intents, each counting the same."""
        return _share(sum(map(self.f1, self.intents)), len(self.intents))

    @property
    def weighted_f1(self) -> float:
        """The mean over the intents, each counting as often as it was asked for."""
        return _share(sum(self.f1(i) * self.support(i) for i in self.intents), len(self.guesses))

    @property
    def turned_away(self) -> float:
        """Of those in scope, the share found out of scope or lost for want of confidence."""
        inside = [guess for guess in self.guesses if guess.intent != OUTSIDE]
        return _share(sum(guess.found == OUTSIDE or guess.lost for guess in inside), len(inside))

    @property
    def confusions(self) -> list[tuple[str, str, list[str]]]:
        """What was taken for what, and the utterances; the most frequent first."""
        pairs = defaultdict(list)
        for guess in self.guesses:
            if guess.found != guess.intent:
                pairs[guess.intent, guess.found].append(guess.text)
        return [(*pair, texts) for pair, texts in sorted(pairs.items(), key=lambda p: (-len(p[1]), p[0]))]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows))
