"""Words as the search compares them: without accents, in one spelling, without endings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

__all__ = ["STOP", "content", "plain", "stem", "words"]

_WORD = re.compile(r"[^\W_]+(?:['’](?:s|t|re|ve|ll|d|m)\b)?")
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"})
"""Letters that Unicode does not take apart into a letter and an accent."""
_AMERICAN = tuple(
    (american + ending, british + ending)
    for american, british in (("iz", "is"), ("yz", "ys"))
    for ending in ("ations", "ational", "ation", "ing", "ed", "es", "ers", "er", "e")
)
_ALSO = {"program": "programme", "programs": "programmes", "center": "centre", "centers": "centres", "fiber": "fibre",
         "labor": "labour", "neighbor": "neighbour", "neighbors": "neighbours", "abbroad": "abroad"}  # fmt: skip
STOP = frozenset(
    "a about also am an and any anybody anyone anything are as at be been being but by can could d did didn do does "
    "doesn doing don for from get give gives go got had has have having he hello help her here hi him his how i if in "
    "into is isn it its just know let like ll look m make may me might more most much my need no not now of off ok on "
    "one only or other others our out over own please re really s say shall should show so some somebody someone "
    "something such t tell than thanks that the their them then there these they thing things this those to too try "
    "up us use ve very want was we well were what when where whether which while who whom whose why will with would "
    "you your".split()
)
"""Words of a question that do not say what it is about."""


def plain(text: str) -> str:
    """Small letters without accents: "Région Øresund" and "region oresund" are the same."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered  # most are, and this is asked for every text at a start
    lowered = lowered.translate(_STROKES)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return bare.lower()  # taking apart may give capitals: "™" is "TM"


def words(text: str) -> list[str]:
    """The words of a text in order, plain and in British spelling; a possessive's s is dropped."""
    return [_british(w.replace("’", "'").split("'")[0]) for w in _WORD.findall(plain(text))]


def content(text: str) -> list[str]:
    """The words that say what a text is about, in order."""
    return [w for w in words(text) if w not in STOP]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its endings (Snowball, English)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=50_000)
def _british(word: str) -> str:
    if word in _ALSO:
        return _ALSO[word]
    if len(word) > 6:
        for american, british in _AMERICAN:
            if word.endswith(american):
                return word.removesuffix(american) + british
    return word


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
