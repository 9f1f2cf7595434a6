"""Words in common: the part of a search that similarity of meaning does badly, names above all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["Rarity", "content_words", "stems"]

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("isation", "ization", "ations", "ation", "ings", "ing", "ies", "ed", "es", "al", "s")
_SHORTEST_STEM = 4


def content_words(text: str, without: frozenset[str]) -> list[str]:
    """The words of a text in small letters, in order, each once, but for those in `without`."""
    return list(dict.fromkeys(w for w in _WORD.findall(text.lower()) if w not in without))


def stems(words: Iterable[str]) -> frozenset[str]:
    """The words without their endings: "targets" and "target", "trained" and "training" are one."""
    return frozenset(map(_stem, words))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


class Rarity:
    """How much words tell: the fewer texts have a word, the more.

    Args:
        texts: the words of each text that is searched.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        sets = [frozenset(words) for words in texts]
        number = Counter(word for words in sets for word in words)
        self._weights = {word: math.log(1 + len(sets) / n) for word, n in number.items()}
        self._heaviest = max(self._weights.values(), default=1.0)

    def weight(self, words: Iterable[str]) -> float:
        """The sum of the weights; a word that no text has tells as much as the rarest."""
        return sum(self._weights.get(word, self._heaviest) for word in words)

    def covered(self, words: frozenset[str], by: frozenset[str]) -> float:
        """The share of `words` that is also in `by`, 0 to 1, each word by its weight."""
        total = self.weight(words)
        return self.weight(words & by) / total if total else 0.0

    def in_common(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The share of both that is in both, 0 to 1, each word by its weight."""
        total = self.weight(one) + self.weight(other)
        return 2 * self.weight(one & other) / total if total else 0.0
