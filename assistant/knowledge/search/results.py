"""What the search gives: a ranking of all items, the results made of it, and why each matched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.knowledge.items import Item, Statement

__all__ = ["CONFIDENCE", "FEATURES", "Floats", "Ranking", "Result", "Why"]

Floats = npt.NDArray[np.float32]
FEATURES = (
    "ask_meaning", "ask_same", "name_meaning", "body_meaning", "three_meaning", "item_words", "ask_words", "name_words",
    "body_words", "named", "place", "place_around", "place_other", "gone_abroad", "sector", "sector_near",
    "sector_other", "place_and_sector", "step", "type", "type_other",
)  # fmt: skip
CONFIDENCE = (
    "meaning", "body_meaning", "ten_meaning", "covered", "covered_by_three", "covered_at_once", "rarest_missing",
    "unknown", "mended", "margin", "named", "wrong_place", "wrong_sector", "gap",
)  # fmt: skip
"""What decides whether the sources hold anything on a question."""


@dataclass(frozen=True)
class Why:
    """Why a result matched, for people: a kind and the words of it.

    Args:
        kind: asked (a question that the entry answers), named, place, sector, step, words or meaning.
        what: the question, name, place or words.
    """

    kind: str
    what: str


@dataclass(frozen=True)
class Result:
    """An item that was found.

    Args:
        item: what was found.
        score: how well it fits, 0 to 1.
        share: how likely it is the one that is meant, among all: these add up to 1.
        why: why it matched, for people.
        named: the share of the question's words that are a name of the item, 0 to 1.
        best: the statement of it that fits best; None where that is its summary.
    """

    item: Item
    score: float
    share: float
    named: float
    why: tuple[Why, ...]
    best: Statement | None


@dataclass(frozen=True)
class Ranking:
    """All items' scores for a question, before filters; for `Search` and for fitting the weights."""

    features: Floats
    scores: Floats
    passages: Floats
