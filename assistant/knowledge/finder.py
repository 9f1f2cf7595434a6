"""Finds the checklist question that someone means ("the one about the budget", "our monitoring").

Every question is known by its label, the names that people use and its wording. A description
is compared with all of them by the sentence encoder, and the best match of each question
counts. Words in common add to that, rare ones more than common ones, so that "RIS3" or "plan B"
decides and "plan" alone does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.journey.definition import Audience
from assistant.knowledge.encoder import load_encoder
from assistant.knowledge.journey import JourneyKnowledge
from assistant.knowledge.words import Rarity, content_words, stems

__all__ = ["Match", "QuestionFinder"]

_STOP = frozenset(
    "a after all an and are as at be been but by d did didn do does doesn don for from had has have how i in is isn it "
    "its ll m my no not now of on one or our partly re s should so t that the their them then there these they this "
    "those to us ve was wasn we were what which will with yes yet you your "
    # words that say that something is to be changed, and not what
    "about actually answer answered answers anything applicable can change changed colleague correct correction could "
    "earlier edit fact fix hang hold instead like make mark meanwhile mistake modify need please put question really "
    "reflection regarding revise said say says set something sorry thing thinking told update wait want "
    "would wrong".split()
)
_WORD_BONUS = 0.25
"""Added to the similarity where description and name have all words in common; settled on tests/knowledge."""
_STEP_BONUS = 0.06
"""Added for questions of the step being worked on: the likelier meaning of a vague description."""


@dataclass(frozen=True)
class Match:
    """A question and how well the description fits it, about 0 to 1.3."""

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
                    self._names.append((question.id, stems(content_words(name, _STOP))))
        self._vectors: npt.NDArray[np.float32] = self._encoder.encode(texts)
        of_question: dict[str, set[str]] = {}
        for question_id, words in self._names:
            of_question.setdefault(question_id, set()).update(words)
        self._rarity = Rarity(of_question.values())
        self._work = [
            (question.id, audience, question.action.of(audience))
            for step in knowledge.steps.values()
            for question in step.checklist
            for audience in question.audiences
        ]
        self._work_vectors: npt.NDArray[np.float32] = self._encoder.encode([words for *_, words in self._work])

    def find_work(self, description: str, audience: Audience, *, only: Iterable[str]) -> list[Match]:
        """Questions by how well a description fits them or the work that is proposed for them, best first.

        Args:
            description: the words that say what is to be done, without who does it and by when.
            audience: whose questions and work are looked at.
            only: ids of the questions that are looked at.
        """
        best = {match.question: match.score for match in self.find(description, audience, only=only)}
        content = content_words(description, _STOP)
        words = stems(content)
        similarity = self._work_vectors @ self._encoder.encode_one(" ".join(content)) if content else ()
        for (question, whose, work), value in zip(self._work, similarity, strict=False):
            if whose is audience and question in best:
                shared = self._rarity.in_common(words, stems(content_words(work, _STOP)))
                best[question] = max(best[question], float(value) + _WORD_BONUS * shared)
        return sorted((Match(q, s) for q, s in best.items()), key=lambda match: -match.score)

    def find(
        self,
        description: str,
        audience: Audience,
        *,
        current_step: str | None = None,
        only: Iterable[str] | None = None,
    ) -> list[Match]:
        """All questions put to `audience`, best first; none if the description says nothing ("change that").

        Args:
            description: what somebody said, with or without the words around it.
            audience: whose questions are looked at.
            current_step: the step being worked on, whose questions are likelier.
            only: ids to which the search is narrowed.
        """
        content = content_words(description, _STOP)
        if not content:
            return []
        words = stems(content)
        similarity = self._vectors @ self._encoder.encode_one(" ".join(content))
        allowed = None if only is None else set(only)
        best: dict[str, float] = {}
        for (question, name_words), value in zip(self._names, similarity, strict=True):
            if audience not in self._audiences[question] or (allowed is not None and question not in allowed):
                continue
            score = float(value) + _WORD_BONUS * self._rarity.in_common(words, name_words)
            score += _STEP_BONUS * (self._steps[question] == current_step)
            best[question] = max(best.get(question, -1.0), score)
        return sorted((Match(q, s) for q, s in best.items()), key=lambda match: -match.score)
