"""Which words are words: those of English, of the knowledge base, and those that people say here.

English is what the encoder's vocabulary holds whole; the other two are read from the files of the project. Words
that people say are those of the training examples; a misspelt word is compared with these.
"""

from __future__ import annotations

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from assistant.settings import ROOT

__all__ = ["is_close", "is_known", "mended", "words_in"]

_WORD = re.compile(r"[^\W\d_]+")
_IN_FULL = 4
"""Letters from which the encoder's vocabulary counts; below, it knows most pairs and triples of letters."""
_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn")
_WALK = 3
"""Letters from which a run along a row of the keyboard is one."""
_NO_WORDS = frozenset({"foo", "bar", "baz", "qux", "xyz", "asdf", "lorem", "ipsum"})
"""Words of programmers' examples, which the encoder knows from code."""
_WRITTEN_SHORT = frozenset("thx thnx tks pls plz nxt wat abt idk wtf lol omg btw fyi asap u ur r k ok y n i a".split())
_VOWELS = re.compile("[aeiou]")


@functools.cache
def _said() -> frozenset[str]:
    """The words of the training examples, without those of what is out of scope, where random letters are examples."""
    return _words_in("data/nlu/*.yml", besides="out_of_scope.yml")


@functools.cache
def _known() -> frozenset[str]:
    tokenizer = json.loads((ROOT / "assistant/knowledge/encoder/tokenizer.json").read_text(encoding="utf-8"))
    whole = {word for word in tokenizer["model"]["vocab"] if len(word) >= _IN_FULL and word.isalpha()}
    return frozenset((whole | _said() | _words_in("knowledge/**/*.yml") | _WRITTEN_SHORT) - _NO_WORDS)


def _words_in(pattern: str, besides: str = "") -> frozenset[str]:
    found: set[str] = set()
    for path in ROOT.glob(pattern):
        if path.name == besides:
            continue
        found.update(_WORD.findall(path.read_text(encoding="utf-8").lower()))
    return frozenset(word for word in found if len(word) > 1)


def words_in(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def is_known(word: str) -> bool:
    """Whether it is a word, of English, of the knowledge base or of those that people write here."""
    return word.lower() in _known() and not _along_the_keyboard(word.lower())


@functools.cache
def _by_initial() -> dict[str, list[str]]:
    return _grouped(_said() - _WRITTEN_SHORT)


@functools.cache
def _skeletons() -> frozenset[str]:
    """The words without their vowels, as in "nxt" and "clstr"."""
    return frozenset(_VOWELS.sub("", word) for word in _said() if len(word) >= _IN_FULL)


def _grouped(words: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[word[0]].append(word)
    return groups


def is_close(word: str) -> bool:
    """Whether it is a misspelt word that people say here."""
    if len(word) < _WALK or _along_the_keyboard(word):
        return False
    if len(word) < _IN_FULL:
        return not _VOWELS.search(word) and word in _skeletons()
    if mended(word) is not None or (not _VOWELS.search(word) and word in _skeletons()):
        return True
    return any(word[:i] in _said() and word[i:] in _said() for i in range(_WALK, len(word) - _WALK + 1))  # "showme"


@functools.lru_cache(maxsize=2048)
def mended(word: str) -> str | None:
    """The word that people say here which a misspelt one is closest to; None if none is close enough."""
    initials = dict.fromkeys(word[:2])
    return _nearest(word, [known for initial in initials for known in _by_initial().get(initial, ())])


def _nearest(word: str, among: Iterable[str]) -> str | None:
    """The word of `among` that a misspelt one is closest to, or None.

    Nobody gets the first letter wrong without swapping it; the longer a word, the more may be wrong with it.
    """
    most = 1 if len(word) <= 5 else 2
    near = [
        (OSA.distance(word, known, score_cutoff=most), -len(known), known)
        for known in among
        if abs(len(known) - len(word)) <= most and len(known) >= _IN_FULL - 1 and known[0] in word[:2]
    ]
    best = min(near, default=None)
    return best[2] if best is not None and best[0] <= most else None


def _along_the_keyboard(word: str) -> bool:
    return len(word) >= _WALK and any(word in row or word[::-1] in row for row in _ROWS)
