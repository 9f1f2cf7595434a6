"""Links what a message names to the knowledge base: places, sectors, entries and terms, each by its id.

Filled from the library when the model is loaded, not when it is trained, so that a new entry, or an
organisation's own, is found at once. Names are matched by their lemmas, the longest first; a misspelt
word is mended to the nearest word of a name within a bound that grows with its length. Short and common
words need more than their letters: capitals ("US", "WIN"), or words beside them ("in turkey").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import spacy
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.language import Language
from spacy.tokens import Doc, Token

from assistant.dialogue.guards import guarded, is_generic
from assistant.dialogue.language import Lemmas, lemmas_of, norm, singular
from assistant.knowledge.items import Item
from assistant.knowledge.library import Library
from assistant.knowledge.search.text import STOP, words

__all__ = ["Found", "Linker", "settle"]

_ENTRY_TYPES = ("network", "funding", "tool", "case", "event", "service", "guide", "skill", "statistic", "factor",
                "recommendation")  # fmt: skip
"""Types of entries that a message can name; of two with the same name the earlier type is meant."""
_ORDER = {
    label: i
    for i, label in enumerate(("due", "owner", "step", "audience", "place", "sector", "term", "entry", "ordinal"))
}
_LONGEST_NAME = 9
"""Words; a longer one is a sentence, which nobody writes out."""
_SHORTEST_MENDED, _LONGEST_MENDED = 5, 30
_MOST_MENDED = 12
"""Words of one message for which a name is looked for."""
_BOUNDS = ((8, 1), (12, 2), (_LONGEST_MENDED + 1, 3))
"""Up to how many letters a word may differ, by its length: one below 8 letters, two below 12, then three."""
_SHOUT = 3
"""Words of a text all in capitals from which on capitals tell nothing."""


@dataclass(frozen=True)
class Found:
    """Something that a text names.

    Args:
        label: the kind of entity.
        value: its id in the knowledge base, or its normalised value.
        start: its first character.
        end: the character after its last.
    """

    label: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    label: str
    value: str
    rank: int
    capital: str | None = None
    """How it has to be written, where its letters are a common word, too."""
    generic: bool = False
    """Whether it is a term only where somebody asks what it means."""


def settle(found: Sequence[Found]) -> list[Found]:
    """The longest of those that overlap, in the order of the text."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: (f.start - f.end, _ORDER.get(f.label, 99), f.start)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda f: f.start)


class Linker:
    """Finds names of the knowledge base in a text.

    Args:
        language: the pipeline that gives tokens and lemmas; its words are extended by those of the names.
        library: where the names come from.
    """

    def __init__(self, language: Language, library: Library) -> None:
        self._lemmas: Lemmas = lemmas_of(language)
        self._common = frozenset(self._lemmas.known)
        self._names: dict[tuple[str, ...], list[_Name]] = {}
        self._used = {key for item in library.items for key in (*item.countries, *item.abroad, *item.regions)}
        self._mendable: dict[str, str] = {}
        named = list(_named(library))
        self._lemmas.add({word for _, name in named for word in words(name) if len(word) > 2} - STOP)
        # A tokenizer of its own, so that the words of all names do not stay in the pipeline's vocabulary.
        tokenizer = spacy.blank("en").tokenizer
        for shape, name in named:
            simple = name.replace(" ", "").isalpha()  # most are, and splitting them costs a tenth
            self._add(
                shape, name, [t for t in (name.split() if simple else (w.text for w in tokenizer(name))) if _counts(t)]
            )
        self._longest = max((len(key) for key in self._names), default=0)
        self._by_initial: dict[str, list[str]] = {}
        for word in self._mendable:
            self._by_initial.setdefault(word[0], []).append(word)
        self._choices = list(self._mendable)

    def _add(self, shape: _Name, name: str, tokens: list[str]) -> None:
        if not tokens or len(tokens) > _LONGEST_NAME:
            return
        key = tuple(map(self._key, tokens)) if len(tokens) > 1 else (self._alone(tokens[0]),)
        capital = _capital(name, self._common) if len(tokens) == 1 else None
        if shape.label == "term" and capital is not None and capital[1:].islower():
            capital = None  # "Platform" is written like that at the head of its entry only
        if shape.label == "entry" and capital is None and len(tokens) == 1 and key[0] in self._common:
            return  # "video", "fairs": a word of every day
        generic = shape.label == "term" and is_generic(name, tokens, self._common)
        others = self._names.setdefault(key, [])
        if all((o.label, o.value) != (shape.label, shape.value) for o in others):
            others.append(_Name(shape.label, shape.value, shape.rank, capital, generic))
        if not generic and (shape.label != "place" or shape.value in self._used):
            for word, meant in zip(map(norm, tokens), key, strict=True):
                if len(word) >= _SHORTEST_MENDED and word.isalpha() and word not in STOP and capital is None:
                    self._mendable.setdefault(word, meant)

    def _key(self, token: str) -> str:
        return self._lemmas.lemma(token)

    def _alone(self, token: str) -> str:
        """A single word only loses the ending of a plural: "training" names a thing, "train" another."""
        return singular(norm(token), self._lemmas.known)

    def find(self, doc: Doc) -> list[Found]:
        """All names in a text, also overlapping ones."""
        tokens = [t for t in doc if _counts(t.text)]
        text = doc.text
        shouted = text.isupper() and len(tokens) > _SHOUT
        mended = self._mended(tokens)
        lemmas = [m or self._key(t.text) for m, t in zip(mended, tokens, strict=True)]
        alone = [m or self._alone(t.text) for m, t in zip(mended, tokens, strict=True)]
        found: list[Found] = []
        for i in range(len(tokens)):
            for length in range(min(self._longest, len(tokens) - i), 0, -1):
                key = tuple(lemmas[i : i + length]) if length > 1 else (alone[i],)
                names = self._names.get(key)
                if names is None:
                    continue
                start, end = tokens[i].idx, tokens[i + length - 1].idx + len(tokens[i + length - 1])
                chosen = self._chosen(names, text, start, end, shouted)
                if chosen is not None:
                    found.append(Found(chosen.label, chosen.value, start, end))
                    break
        return found

    @staticmethod
    def _chosen(names: list[_Name], text: str, start: int, end: int, shouted: bool) -> _Name | None:
        written = text[start:end]
        for name in sorted(names, key=lambda n: (_ORDER[n.label], n.rank)):
            if name.capital is not None and (shouted or written.replace(".", "") != name.capital):
                continue
            if not guarded(name.label, name.value, text, start, end, generic=name.generic):
                return name
        return None

    def _mended(self, tokens: Sequence[Token]) -> list[str | None]:
        """For each word what it is taken for, or None; a text with many odd words is not English, and left."""
        found: list[str | None] = []
        tries = _MOST_MENDED
        for token in tokens:
            tries -= self._odd(token)
            found.append(self._mend(token) if tries >= 0 else None)
        return found

    def _odd(self, token: Token) -> bool:
        """Whether a word may be misspelt: long enough, of letters only, and known in no form."""
        word = norm(token.text)
        right = not _SHORTEST_MENDED <= len(word) <= _LONGEST_MENDED or not word.isalpha() or word in _RIGHT
        return not right and not self._lemmas.is_known(token.text)

    def _mend(self, token: Token) -> str | None:
        """The word of a name that a misspelt word is nearest to; None if it is spelt as it should be."""
        word = norm(token.text)
        if not self._odd(token):
            return None
        bound = next(most for length, most in _BOUNDS if len(word) < length)
        for choices in (self._by_initial.get(word[0], []), self._choices):
            best = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=bound)
            if best is not None:
                return self._mendable[best[0]]
            bound = 1  # a wrong first letter is rarer: nothing else may be wrong then
        return None


_RIGHT = frozenset(
    "surname finish finished polished turkeys indie italic germane roman romans grease spins chins marine travels "
    "greet greets french frenchy latina swede swedes austere sporty foody cater caters boxes taxes hopes hosts "
    "posts tests texts waste wastes plants planet planets actor actors mayor please cheers thanks maria marie marina "
    "malta marco marta lucia anita karin karen simon diana elena irena daniel david peter petra laura paula".split()
)
"""Words and first names that a name is near to, and that are spelt as they are meant."""


_SKIPPED = frozenset({"'s", "’s", "the", "The", "THE", "'", "-", ",", ".", "?"})


def _counts(token: str) -> bool:
    return token not in _SKIPPED and (token.isalnum() or bool(norm(token)))


def _capital(name: str, common: frozenset[str]) -> str | None:
    """How a single word must be written: as it is where in small letters it is a word of every day, or too short."""
    letters = name.replace(".", "")
    if not any(c.isupper() for c in letters) or not letters.isalnum():
        return None
    plain = norm(name)
    if plain in _LAZY:
        return None
    shape = letters if letters[1:] != letters[1:].lower() or len(letters) <= 2 else None
    if shape is None:
        return letters if plain in common | _EVERYDAY else None
    return letters if plain in common | STOP | _EVERYDAY or len(plain) <= 2 else None


_EVERYDAY = frozenset(
    "win gem cop bid eco tam jas bis mix give life star smart gate core all era aim ace pat ppt pr ia kc ac it us "
    "may can clo in is no on if rie bi mom mid cap tap sun".split()
)
"""Words that the names of some programmes spell in capitals."""
_LAZY = frozenset("eu uk vc hk".split())
"""Short names that people write in small letters, and that are no words."""


# --- The names of the library ---------------------------------------------------------------------


def _named(library: Library) -> Iterator[tuple[_Name, str]]:
    """Every name with what it stands for; a name in brackets, and what stands before them, are names, too."""
    for place in library.entries.places.values():
        for name in dict.fromkeys((place.name.removeprefix("the "), *place.also)):
            yield _Name("place", place.key, 0), name
    for sector in library.entries.sectors.values():
        for name in dict.fromkeys((sector.name, *sector.also)):
            yield _Name("sector", sector.key, 0), name
    for item in library.items:
        if item.type == "term":
            for rank, name in _of_item(item):
                yield _Name("term", item.id, rank), name
        elif item.type in _ENTRY_TYPES:
            first = 10 * _ENTRY_TYPES.index(item.type)
            for rank, name in _of_item(item):
                proper = any(c.isupper() or c.isdigit() for c in (name[1:] if rank == 0 else name))
                if proper or (rank == 0 and len(name.split()) > 1):
                    yield _Name("entry", item.id, first + rank), name


_KIND = re.compile(r" (?:programme|project|partnership|network|initiative)$")


def _of_item(item: Item) -> Iterator[tuple[int, str]]:
    """The names of an item with how far-fetched each is: its own, then those made of them."""
    aliases = set(item.names) - {item.title}
    for name in item.names:
        yield (0 if name == item.title else 1), name
    for name in item.names:
        head, _, tail = name.partition(" (")
        if tail:
            yield 2, head
            inside = tail.partition(")")[0]
            if inside.isupper() and inside not in aliases:
                yield 3, inside
        head = _KIND.sub("", name)
        if (head != name and len(head.split()) == 1 and head[1:] != head[1:].lower()) or head.startswith("Euro"):
            yield 3, head
    head, colon, _ = item.title.partition(": ")
    if colon:
        yield 4, head
