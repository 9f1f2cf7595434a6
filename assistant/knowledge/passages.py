"""Finds the example, tool or term of the journey's texts that is nearest to a question.

Until the knowledge base of cases and funding is there, these texts are what can be cited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.knowledge import models as m
from assistant.knowledge.encoder import load_encoder
from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["Found", "JourneyPassages"]

_MONEY = re.compile(r"€|\beuro|\bfund|\bgrant|\bfinanc|\bmoney|\bcall\b|\bpay", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A passage, its step, and the cosine similarity to the question."""

    passage: m.Example | m.Tool
    step: str
    score: float

    @property
    def about_money(self) -> bool:
        """Whether it speaks of money, which dates."""
        return bool(_MONEY.search(self.passage.what))


class JourneyPassages:
    """The examples and tools of all steps and the terms of the glossary, searchable."""

    def __init__(self, knowledge: JourneyKnowledge) -> None:
        self._encoder = load_encoder()
        self._passages: list[tuple[str, m.Example | m.Tool]] = []
        for key, step in knowledge.steps.items():
            self._passages += [(key, example) for example in step.examples]
            self._passages += [(key, tool) for tool in step.tools]
        self._vectors = self._encoder.encode([self._words(p) for _, p in self._passages])
        self._names: list[tuple[str, m.Term]] = [
            (name.lower(), term) for term in knowledge.terms for name in (term.term, *term.also_known_as)
        ]
        self._name_vectors: npt.NDArray[np.float32] = self._encoder.encode([name for name, _ in self._names])

    @staticmethod
    def _words(passage: m.Example | m.Tool) -> str:
        name = passage.title if isinstance(passage, m.Example) else passage.name
        return f"{name}. {passage.what}"

    def find(self, question: str, *, step: str | None = None) -> Found | None:
        """The nearest example or tool, of `step` if one is given; None for an empty question."""
        if not question.strip():
            return None
        scores = self._vectors @ self._encoder.encode_one(question)
        order = np.argsort(-scores)
        for i in order:
            key, passage = self._passages[int(i)]
            if step is None or key == step:
                return Found(passage, key, float(scores[int(i)]))
        return None

    def term(self, question: str) -> tuple[m.Term | None, float]:
        """The term asked for and how sure that is: 1.0 where its name stands in the question."""
        lowered = f" {re.sub(r'[^a-z0-9]+', ' ', question.lower())} "
        named = [(n, t) for n, t in self._names if f" {re.sub(r'[^a-z0-9]+', ' ', n).strip()} " in lowered]
        if named:
            return max(named, key=lambda pair: len(pair[0]))[1], 1.0
        if not question.strip():
            return None, 0.0
        scores = self._name_vectors @ self._encoder.encode_one(question)
        best = int(np.argmax(scores))
        return self._names[best][1], float(scores[best])

    def nearest_terms(self, question: str, number: int) -> list[m.Term]:
        """The terms nearest to a question, each once."""
        scores = self._name_vectors @ self._encoder.encode_one(question)
        found: list[m.Term] = []
        for i in np.argsort(-scores):
            term = self._names[int(i)][1]
            if term not in found:
                found.append(term)
        return found[:number]
