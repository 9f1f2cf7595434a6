"""Finds the checklist question that someone means ("the one about the budget", "our monitoring").

Every question is known by its label, the names that people use and its wording. A description
is compared with all of them by the sentence encoder, and the best match of each question
counts. Words in common add a little, so that a rare word ("RIS3", "plan B") decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.journey.definition import Audience
from assistant.knowledge.encoder import load_encoder
from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["Match", "QuestionFinder"]

_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    "a an and are as at be been but by do does for from has have how i in is it its no not of on one or our should "
    "so that the their there this to us was we were what which with yes you your about answer question said change "
    "actually correction wait hang set make it's".split()
)
_WORD_BONUS = 0.12
"""Similarity added for each share of a name's words that the description holds; settled on the tests."""
_STEP_BONUS = 0.06
"""Added for questions of the step being worked on: the likelier meaning of a vague description."""


@dataclass(frozen=True)
class Match:
    """A question and how well the description fits it, about 0 to 1.2."""

    question: str
    score: float


class QuestionFinder:
    """Ranks checklist questions by how well a description fits them."""

    def __init__(self, knowledge: JourneyKnowledge) -> None:
        self._encoder = load_encoder()
        self._names: list[tuple[str, frozenset[str]]] = []
        self._audiences: dict[str, tuple[Audience, ...]] = {}
        self._steps: dict[str, str] = {}
        texts: list[str] = []
        for key, step in knowledge.steps.items():
            for question in step.checklist:
                self._audiences[question.id] = question.audiences
                self._steps[question.id] = key
                wordings = {question.ask.of(audience) for audience in question.audiences}
                for name in sorted({question.label, *question.also_called} | wordings):
                    texts.append(name)
                    self._names.append((question.id, frozenset(_content_words(name))))
        self._vectors: npt.NDArray[np.float32] = self._encoder.encode(texts)

    def find(
        self,
        description: str,
        audience: Audience,
        *,
        current_step: str | None = None,
        only: Iterable[str] | None = None,
    ) -> list[Match]:
        """All questions put to `audience`, best first; `only` narrows them to these ids."""
        words = frozenset(_content_words(description))
        similarity = self._vectors @ self._encoder.encode_one(
            " ".join(sorted(words, key=description.lower().find)) or description
        )
        allowed = None if only is None else set(only)
        best: dict[str, float] = {}
        for (question, name_words), value in zip(self._names, similarity, strict=True):
            if audience not in self._audiences[question] or (allowed is not None and question not in allowed):
                continue
            shared = len(words & name_words) / len(name_words) if name_words else 0.0
            score = float(value) + _WORD_BONUS * shared + _STEP_BONUS * (self._steps[question] == current_step)
            best[question] = max(best.get(question, -1.0), score)
        return sorted((Match(q, s) for q, s in best.items()), key=lambda match: -match.score)


def _content_words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text.lower()) if w not in _STOP]
