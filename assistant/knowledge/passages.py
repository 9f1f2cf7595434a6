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
from assistant.knowledge.words import Rarity, content_words, stems

__all__ = ["Found", "JourneyPassages"]

_ASKS_FOR_MONEY = re.compile(
    r"\b(?:fund\w*|money|grants?|pays?|paid|financ\w+|subsid\w+|budget|afford\w*|loans?|costs?)\b", re.I
)
_MONEY = re.compile(r"€|\beuro|\bfund|\bgrant|\bfinanc|\bmoney|\bcall\b|\bpay", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_ASKING = frozenset(
    "a about again an and are as by called can could define definition do does exactly explain for get handbook here "
    "how i in is it know me mean meaning means meant of on or please project projects s stand stands tell term that "
    "the there they thing this to understand use used was we what which who with word would you your".split()
)
"""Words with which people ask for a meaning, or that say too little to make it that of something else."""
_COMMON = _ASKING | frozenset(
    "any at from get got had has have help helped our other others some than their we where when who whom us".split()
)
"""Words of a question that say nothing about what it is about."""
_SENTENCE_END = re.compile(r"(?<=[.?:;])\s+")
_CASE_NUMBER = re.compile(r"\bcase(?: study)?(?: no\.?| number)? ?(\d{1,2}[ab]?)\b", re.IGNORECASE)
_NO_CASE = "No case of its own"
"""How the examples of a step begin for which the handbook has no case; no answer to any question."""
_SHORTEST_SENTENCE = 25
"""Characters. A shorter piece says too little by itself to be compared."""
_WORD_BONUS = 0.2
"""Added to the similarity where a passage has all words of the question; settled on tests/knowledge."""


@dataclass(frozen=True)
class Found:
    """A passage, its step, and how well it fits the question, about 0 to 1.2."""

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
            self._passages += [(key, e) for e in step.examples if not e.title.startswith(_NO_CASE)]
            self._passages += [(key, tool) for tool in step.tools]
        texts = [self._texts(passage) for _, passage in self._passages]
        self._owner = np.array([i for i, of_passage in enumerate(texts) for _ in of_passage])
        self._vectors = self._encoder.encode([text for of_passage in texts for text in of_passage])
        self._words = [stems(content_words(of_passage[0], _COMMON)) for of_passage in texts]
        self._rarity = Rarity(self._words)
        self._names: list[tuple[str, m.Term]] = [
            (name.lower(), term) for term in knowledge.terms for name in (term.term, *term.also_known_as)
        ]
        self._name_words = [_singular(name) for name, _ in self._names]
        self._name_vectors: npt.NDArray[np.float32] = self._encoder.encode([name for name, _ in self._names])

    @staticmethod
    def _texts(passage: m.Example | m.Tool) -> list[str]:
        """The whole, the name, and each sentence: a question is often about one of them only."""
        name = passage.title if isinstance(passage, m.Example) else passage.name
        sentences = [s for s in _SENTENCE_END.split(passage.what) if len(s) >= _SHORTEST_SENTENCE]
        return [f"{name}. {passage.what}", name, *sentences]

    def find(self, question: str, *, step: str | None = None) -> Found | None:
        """The nearest example or tool, of `step` if one is given; None for an empty question.

        To a question about money only passages that speak of money are an answer.
        """
        if not question.strip():
            return None
        numbered = self._by_number(question)
        if numbered is not None:
            return numbered
        money = bool(_ASKS_FOR_MONEY.search(question))
        similarity = np.full(len(self._passages), -1.0)
        np.maximum.at(similarity, self._owner, self._vectors @ self._encoder.encode_one(question))
        words = stems(content_words(question, _COMMON))
        best: Found | None = None
        for (key, passage), of_passage, value in zip(self._passages, self._words, similarity, strict=True):
            score = float(value) + _WORD_BONUS * self._rarity.covered(words, of_passage)
            found = Found(passage, key, score)
            if (
                (step is None or key == step)
                and (found.about_money or not money)
                and (best is None or score > best.score)
            ):
                best = found
        return best

    def _by_number(self, question: str) -> Found | None:
        """The case whose number is named, as the handbook counts them: "case 18"."""
        named = _CASE_NUMBER.search(question)
        if named is None:
            return None
        for key, passage in self._passages:
            if isinstance(passage, m.Example) and passage.case == named[1].lower():
                return Found(passage, key, 1.0)
        return None

    def term(self, question: str) -> tuple[m.Term | None, float]:
        """The term asked for and how sure that is, 0 to 1.

        It is 1.0 where the question names the term and nothing else. Where it says more, that may be
        about something else ("open innovation" is not what the glossary calls innovation): then it
        is the share of its words that the name covers.
        """
        words = _singular(question)
        named = [i for i, name in enumerate(self._name_words) if _within(name, words)]
        if named:
            best = max(named, key=lambda i: len(self._names[i][0]))
            rest = [word for word in _singular(question, without=_ASKING) if word not in self._name_words[best]]
            length = len(self._name_words[best])
            return self._names[best][1], length / (length + len(rest))
        if not question.strip():
            return None, 0.0
        scores = self._name_vectors @ self._encoder.encode_one(question)
        nearest = int(np.argmax(scores))
        return self._names[nearest][1], float(scores[nearest])

    def nearest_terms(self, question: str, number: int) -> list[m.Term]:
        """The terms nearest to a question, each once; none for an empty question."""
        if not question.strip():
            return []
        scores = self._name_vectors @ self._encoder.encode_one(question)
        order = [self._names[int(i)][1] for i in np.argsort(-scores)]
        return list({term.id: term for term in order}.values())[:number]


def _singular(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    """The words of a text in small letters, without a plural's s, and without some words."""
    return [w.removesuffix("s") if len(w) > 3 else w for w in _WORD.findall(text.lower()) if w not in without]


def _within(name: list[str], words: list[str]) -> bool:
    """Whether the words of a name stand one after the other among `words`."""
    return any(words[i : i + len(name)] == name for i in range(len(words) - len(name) + 1))
