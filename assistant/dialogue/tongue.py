"""Which language a message is in, told by its commonest words.

English is all that Waymark speaks. A message in another language must not be taken for an
answer ("no sabemos" is no "no"), and deserves a word in its own. spaCy's lists of the commonest words
are enough for that: two of another language, and more of them than of English.
"""

from __future__ import annotations

import functools
import re
import runpy
from pathlib import Path

import spacy

__all__ = ["LANGUAGES", "other_language"]

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da")
"""ISO 639-1 codes of the languages that are told apart; each has a text ``languages.CODE``."""

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 2
"""Common words of a language that a message must have."""
_SHORTEST = 3
"""Different words that a message must have."""
_LEAD = 2
"""By how many they must outnumber the English ones, in messages that have any."""


@functools.cache
def _common(language: str) -> frozenset[str]:
    # The list alone: importing the language brings its whole pipeline along, for all ten 34 MB and two seconds.
    path = Path(spacy.__file__).parent / "lang" / language / "stop_words.py"
    return frozenset(runpy.run_path(str(path))["STOP_WORDS"])


def other_language(text: str) -> str | None:
    """The code of the language a message is written in, or None for English and for what cannot be told."""
    words = {word.lower() for word in _WORD.findall(text)}
    english = sum(word in _common("en") for word in words)
    counts = {code: sum(word in _common(code) for word in words) for code in LANGUAGES}
    if len(words) < _SHORTEST:
        return None
    best = max(counts, key=lambda code: counts[code])
    # Words that both have ("was", "die", "no") must not decide: what counts is the lead.
    enough = counts[best] >= _LEAST and counts[best] >= english + (_LEAD if english else 0)
    return best if enough else None
