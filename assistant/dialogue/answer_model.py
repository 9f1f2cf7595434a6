"""What a message is as an answer to a checklist question, learnt from examples: "80 per cent" is a partly.

The encoder has a branch for it, tuned on ``data/answers`` with the questions that were asked, and on the examples of
intents for what is no answer at all (``tools/tune_answers.py``). It is asked only while an answer is waited for, or
where an earlier one is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from assistant.knowledge.encoder import load_encoder

__all__ = ["KINDS", "OTHER", "VALUES", "AnswerExample", "Weigh", "likelihoods", "read_examples", "weighing"]

VALUES = ("yes", "partly", "not_yet", "not_applicable", "unclear")
"""What an answer can be."""
OTHER = "other"
"""No answer at all."""
KINDS = (*VALUES, OTHER)
"""What the branch tells apart, in the order of its output."""

Weigh = Callable[[str], Mapping[str, float]]
"""Gives, of a text, how likely each of `KINDS` is; together 1."""


def likelihoods(text: str, question: str = "") -> dict[str, float]:
    """How likely each of `KINDS` is.

    Args:
        text: what was said.
        question: the words of the question that was asked; empty if it is not known.
    """
    return dict(zip(KINDS, map(float, load_encoder().weigh_answer(text, question)), strict=True))


def weighing(question: str = "") -> Weigh:
    """The same for what is said to one question."""
    return partial(likelihoods, question=question)


@dataclass(frozen=True)
class AnswerExample:
    """One answer of ``data/answers``.

    Args:
        question: the checklist question's id; empty for what fits any.
        text: what was said.
        value: one of :data:`VALUES`.
    """

    question: str
    text: str
    value: str


def read_examples(folder: Path) -> list[AnswerExample]:
    """The examples of a folder's YAML files.

    Raises:
        ValueError: if a value is none of :data:`VALUES`; the message names the file and the answer.
    """
    found = []
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["answers"]:
            example = AnswerExample(str(item.get("question", "")), str(item["text"]), str(item["value"]))
            if example.value not in VALUES:
                raise ValueError(f"{path.name}: expected one of {VALUES} for {example.text!r}, found {example.value!r}")
            found.append(example)
    return found
