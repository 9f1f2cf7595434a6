"""The project's own spaCy pipeline: English tokens, their lemmas, and a ruler for what has a fixed form.

The ruler finds ``step`` (by number, title and the names that people use); all candidates, also overlapping ones,
are in ``doc.spans["ruler"]``. What the knowledge base names is linked by :mod:`assistant.dialogue.linking`;
:mod:`~assistant.dialogue.ordinals`, :mod:`~assistant.dialogue.audiences` and :mod:`~assistant.dialogue.owners` read
the rest from the text.

Lemmas come from rules of English spelling, bounded by the words that occur in ``knowledge/`` and
``data/nlu``: "strategies" is "strategy" because that word is known. The published tables were looked at
and left: those that simplemma carries come from share-alike databases (ODbL, CC BY-SA, FreeLing), which
would bind a trained model, and spaCy's own weigh 98 MB.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from assistant.dialogue.vocabulary import patterns
from assistant.knowledge.journey import JourneyKnowledge
from assistant.knowledge.search.text import words

__all__ = ["RULED", "Lemmas", "Ruler", "build_language", "lemmas_of", "norm", "singular", "vocabulary"]

RULED = "ruler"
"""The name of the group of spans that the ruler finds."""
_SHORTEST = 4
"""Letters from which a word is taken to have an ending."""
_IRREGULAR = {
    "children": "child", "men": "man", "women": "woman", "criteria": "criterion", "analyses": "analysis",
    "did": "do", "does": "do", "doing": "do", "done": "do", "went": "go", "goes": "go", "going": "go", "gone": "go",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "found": "find", "built": "build",
    "wrote": "write", "written": "write", "ran": "run", "held": "hold", "made": "make", "paid": "pay", "met": "meet",
    "kept": "keep", "got": "get", "said": "say", "thought": "think", "brought": "bring", "taught": "teach",
}  # fmt: skip
_AS_THEY_ARE = frozenset(
    "news goods means series species this that thus during evening morning nothing something anything everything "
    "being thing things always perhaps across address process access progress wales united netherlands states".split()
)
_DOUBLED = "bdgklmnprt"


@lru_cache(maxsize=8192)
def norm(token: str) -> str:
    """A token in small letters, without accents and dots, in British spelling: "U.K." is "uk"."""
    return "".join(words(token))


def singular(word: str, known: frozenset[str] | set[str]) -> str:
    """The word without the ending of a plural, if what is left is known."""
    return next((w for w in _without_s(word) if w in known), word) if _may_end(word) else word


def _may_end(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _AS_THEY_ARE and word.isalpha()


def _without_s(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]


def _without_ending(word: str) -> Iterator[str]:
    yield from _without_s(word)
    if word.endswith("ied"):
        yield word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
                yield stem[:-1]
            yield stem
            yield stem + "e"


@lru_cache(maxsize=1)
def vocabulary() -> Vocab:
    """The words of this process: what is known of a word is found out once, whoever splits the text."""
    return spacy.blank("en").vocab


@Language.factory("waymark_lemmas")
def _lemmas(nlp: Language, name: str) -> Lemmas:
    return Lemmas()


class Lemmas:
    """Gives each token its lemma. Its words are written into the model; more can be added when it is loaded."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.known = set(known)
        self.lemma = lru_cache(maxsize=4096)(self._lemma)

    def add(self, known: Iterable[str]) -> None:
        """Adds words that may be what other words are forms of."""
        self.known.update(known)
        self.lemma.cache_clear()

    def _lemma(self, token: str) -> str:
        word = norm(token)
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        if not _may_end(word):
            return word or token.lower()
        return next((w for w in _without_ending(word) if w in self.known), word)

    def is_known(self, token: str) -> bool:
        """Whether it is a word that the knowledge base or the examples use, or a form of one."""
        word = norm(token)
        return word in self.known or self.lemma(token) in self.known

    def __call__(self, doc: Doc) -> Doc:
        """Called by spaCy for each text."""
        for token in doc:
            token.lemma_ = self.lemma(token.text)
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Called by spaCy when the pipeline is written."""
        Path(path).write_text(json.dumps(sorted(self.known), ensure_ascii=False), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Lemmas:
        """Called by spaCy when the pipeline is read."""
        self.known = set(json.loads(Path(path).read_text(encoding="utf-8")))
        self.lemma.cache_clear()
        return self


@Language.factory("waymark_ruler")
def _ruler(nlp: Language, name: str) -> Ruler:
    return Ruler(nlp)


class Ruler:
    """Finds what has a fixed form, as spaCy's ``span_ruler`` does, in a third of its time.

    Patterns of words are matched only where a word stands that one of them cannot do without; most messages hold none.

    Args:
        language: the pipeline that it is part of, whose lemmas give those of its phrases.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._patterns: list[dict[str, Any]] = []
        self._phrases, self._words = PhraseMatcher(language.vocab, attr="LEMMA"), Matcher(language.vocab)
        self._needed: set[str] = set()

    def add(self, found: Iterable[dict[str, Any]]) -> None:
        """Adds patterns, each with a ``label``, an ``id``, and a ``pattern``: a phrase, or what spaCy's Matcher takes.

        Of the latter, each names in ``needs`` in small letters the words of which it needs one.
        """
        lemmas = lemmas_of(self._language)
        for each in found:
            self._patterns.append(each)
            key = f"{each['label']}/{each['id']}"
            if isinstance(each["pattern"], str):
                self._phrases.add(key, [lemmas(self._language.make_doc(each["pattern"]))])
            else:
                self._words.add(key, [each["pattern"]])
                self._needed.update(each["needs"])

    def __call__(self, doc: Doc) -> Doc:
        """Called by spaCy for each text."""
        matches = self._phrases(doc)
        if not self._needed.isdisjoint(token.lower_ for token in doc):
            matches += self._words(doc)
        strings = doc.vocab.strings
        spans = set()
        for key, start, end in matches:
            label, _, value = strings[key].partition("/")
            spans.add(Span(doc, start, end, label=label, span_id=value))
        doc.spans[RULED] = sorted(spans)
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Called by spaCy when the pipeline is written."""
        Path(path).write_text(json.dumps(self._patterns, ensure_ascii=False), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Ruler:
        """Called by spaCy when the pipeline is read, after the lemmas."""
        self.add(json.loads(Path(path).read_text(encoding="utf-8")))
        return self


def lemmas_of(language: Language) -> Lemmas:
    """The component of a pipeline that gives lemmas."""
    component: Any = language.get_pipe("waymark_lemmas")
    return component


def build_language(knowledge: JourneyKnowledge, known: Iterable[str] = ()) -> Language:
    """The pipeline; deterministic for the same knowledge and words.

    Args:
        knowledge: the journey, whose steps the ruler finds.
        known: the words that other words may be forms of.
    """
    language = spacy.blank("en")
    language.add_pipe("waymark_lemmas")
    found = patterns(knowledge)
    named = [word for pattern in found if isinstance(pattern["pattern"], str) for word in words(pattern["pattern"])]
    lemmas_of(language).add([*known, *named])
    ruler: Any = language.add_pipe("waymark_ruler")
    ruler.add(found)
    return language
