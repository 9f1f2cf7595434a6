"""BM25: the same as its formula, and what holds for any texts and any question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import example, given

from assistant.knowledge.search.bm25 import BM25

TEXTS = [
    ["harbour", "cluster", "japan"],
    ["harbour", "harbour", "office", "office", "office", "japan"],
    ["cluster", "money"],
    [],
    ["cluster", "cluster", "cluster", "cluster", "cluster", "cluster", "cluster", "travel"],
]
WORDS = st.sampled_from(["harbour", "cluster", "japan", "office", "money", "travel"])
A_TEXT = st.lists(WORDS, max_size=12)
SOME_TEXTS = st.lists(A_TEXT, min_size=1, max_size=8).filter(lambda texts: any(texts))


def naive(texts: Sequence[Sequence[str]], query: Sequence[str], k1: float = 1.2, b: float = 0.6) -> list[float]:
    """The formula as it is printed, word by word and text by text (Robertson and Zaragoza, with Lucene's idf)."""
    average = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for word in set(query):
            having = sum(word in other for other in texts)
            idf = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
            times = text.count(word)
            if not times:
                continue
            score += idf * times * (k1 + 1) / (times + k1 * (1 - b + b * len(text) / average))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", [["harbour"], ["cluster", "japan"], ["office", "money", "travel"], ["unheard"], []])
@pytest.mark.parametrize(("k1", "b"), [(1.2, 0.6), (2.0, 0.0), (0.5, 1.0)])
def test_the_formula(query: list[str], k1: float, b: float) -> None:
    assert BM25(TEXTS, k1, b).scores(query) == pytest.approx(naive(TEXTS, query, k1, b), rel=1e-5)


@given(SOME_TEXTS, A_TEXT)
@example([["japan"], []], ["japan", "japan"])
def test_the_formula_for_any_texts(texts: list[list[str]], query: list[str]) -> None:
    assert BM25(texts).scores(query) == pytest.approx(naive(texts, query), rel=1e-5, abs=1e-6)


@given(SOME_TEXTS, A_TEXT)
def test_only_texts_that_share_a_word_score(texts: list[list[str]], query: list[str]) -> None:
    scores = BM25(texts).scores(query)
    assert scores.shape == (len(texts),)
    assert scores.dtype == np.float32
    assert [score > 0 for score in scores] == [bool(set(text) & set(query)) for text in texts]


@given(SOME_TEXTS, A_TEXT, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_the_question_matters(
    texts: list[list[str]], query: list[str], any_: object
) -> None:
    index = BM25(texts)
    mixed = [*query, *query[:2]]
    any_.shuffle(mixed)  # type: ignore[attr-defined]
    assert index.scores(mixed) == pytest.approx(index.scores(query), rel=1e-5, abs=1e-6)


@given(SOME_TEXTS, A_TEXT, WORDS)
def test_another_word_never_takes_away(texts: list[list[str]], query: list[str], word: str) -> None:
    index = BM25(texts)
    assert (index.scores([*query, word]) >= index.scores(query) - 1e-6).all()


def test_the_rarer_word_tells_more() -> None:
    index = BM25(TEXTS)
    assert index.idf("travel") > index.idf("japan") > index.idf("cluster") > 0


def test_a_word_that_nothing_has_is_as_rare_as_can_be() -> None:
    index = BM25(TEXTS)
    assert "unheard" not in index
    assert "japan" in index
    assert index.idf("unheard") > max(index.idf(word) for text in TEXTS for word in text)


def test_more_of_a_word_counts_but_less_and_less() -> None:
    texts = [["japan"] * i + ["x"] * (10 - i) for i in range(1, 5)]
    one, two, three, four, _ = BM25([*texts, ["x"] * 10]).scores(["japan"]).tolist()
    assert one < two < three < four
    assert two - one > three - two > four - three


def test_a_long_text_is_held_back() -> None:
    short, long = BM25([["japan"], ["japan", *["x"] * 20]]).scores(["japan"]).tolist()
    assert short > long


def test_best_possible_is_what_a_text_of_average_length_with_every_word_once_would_have() -> None:
    index = BM25(TEXTS)
    assert index.best_possible(["japan", "office", "japan"]) == pytest.approx(index.idf("japan") + index.idf("office"))
    assert index.best_possible([]) == 0
    even = BM25([["japan", "office"], ["money", "travel"]])
    assert even.scores(["japan", "office"])[0] == pytest.approx(even.best_possible(["japan", "office"]), rel=1e-5)


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_nothing_to_search(texts: list[list[str]]) -> None:
    assert BM25(texts).scores(["japan"]).tolist() == [0.0] * len(texts)
