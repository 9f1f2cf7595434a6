"""BM25: how much the words that two texts share tell, the rarer the more.

The usual libraries were looked at: rank-bm25 is not kept up, and bm25s runs JAX on import where it
finds it, which in this environment (TensorFlow brings it) costs more than the whole search may take.
What is needed is one formula over a postings list.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["BM25"]

Scores = npt.NDArray[np.float32]


class BM25:
    """An index of texts given as lists of words (stems).

    Args:
        texts: the words of each text.
        k1: how soon more of the same word stops counting.
        b: how much a long text is held back, 0 to 1.
    """

    def __init__(self, texts: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.6) -> None:
        self._size = len(texts)
        lengths = np.fromiter((len(text) for text in texts), dtype=np.float32, count=self._size)
        average = (float(lengths.mean()) if self._size else 0.0) or 1.0
        places: defaultdict[str, list[int]] = defaultdict(list)
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(texts):
            for word, number in Counter(text).items():
                places[word].append(i)
                numbers[word].append(number)
        self._idf = {w: math.log(1 + (self._size - len(p) + 0.5) / (len(p) + 0.5)) for w, p in places.items()}
        self.rarest = math.log(1 + (self._size + 0.5) / 0.5)
        held_back = (k1 * (1 - b + b * lengths / average)).astype(np.float32)
        self._postings: dict[str, tuple[npt.NDArray[np.int32], Scores]] = {}
        for word, found in places.items():
            where = np.array(found, dtype=np.int32)
            times = np.array(numbers[word], dtype=np.float32)
            weights = self._idf[word] * (k1 + 1) * times / (times + held_back[where])
            self._postings[word] = where, weights.astype(np.float32)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def idf(self, word: str) -> float:
        """How rare a word is; one that no text has is as rare as can be."""
        return self._idf.get(word, self.rarest)

    def scores(self, query: Iterable[str]) -> Scores:
        """The score of every text: float32, shape (texts,)."""
        total = np.zeros(self._size, dtype=np.float32)
        for word in dict.fromkeys(query):
            if word in self._postings:
                where, weights = self._postings[word]
                total[where] += weights
        return total

    def best_possible(self, query: Iterable[str]) -> float:
        """What a text of average length would score that has every word of the query once; for scaling."""
        return sum(self.idf(word) for word in dict.fromkeys(query))
