"""Everything that a message names, read once and settled once: what overlaps is one thing, the longest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from assistant.dialogue.audiences import find_audience
from assistant.dialogue.language import RULED, lemmas_of
from assistant.dialogue.linking import Found, Linker, settle
from assistant.dialogue.ordinals import find_ordinals
from assistant.dialogue.owners import OwnerFinder
from assistant.dialogue.paraphrase import StepNames, paraphrased
from assistant.knowledge.library import Library
from assistant.knowledge.search.text import STOP, words
from assistant.when import due_dates

__all__ = ["EntityReader", "words_known"]

_SMALL = re.compile(r"\b[^\W\d_A-Z]{2,}\b")
_TIMES_IN_KNOWLEDGE, _TIMES_IN_EXAMPLES = 2, 3
"""How often a word has to occur to be known: what is written once may be misspelt, in the examples on purpose."""
_CALENDAR = frozenset("april june july brexit".split())
"""Words that are written with a capital and are still no names of people."""
_QUESTION_WORDS = frozenset("who what which where are is can".split())
_FEW = 3
"""Words up to which a message is nothing but the name of a step."""
_MOVING = re.compile(
    r"\b(?:let['’]?s|go|going|jump|skip|move|back|open|start|begin|explain|switch|continue|proceed|turn|return|step|checklist|"
    r"questions?|answers?|phase|take (?:me|us)|on to|do the|work on|look at|onto)\b",
    re.IGNORECASE,
)
_ASKING_OF = re.compile(
    r"\b(?:is there|are there|who|which|any|grants?|cases?|examples?|pays?|paid|our|their|how (?:much|many)|for "
    r"(?:a|an|our))\b",
    re.IGNORECASE,
)


class EntityReader:
    """Reads the entities of messages.

    Args:
        language: the trained pipeline.
        library: the knowledge base with an organisation's own entries.
        steps: the steps' names, for paraphrases.
    """

    def __init__(self, language: Language, library: Library, steps: StepNames) -> None:
        self._language, self._steps = language, steps
        self._linker = Linker(language, library)
        self._owners = OwnerFinder(lemmas_of(language))
        names = [n for p in library.entries.places.values() for n in (p.name, *(a for a in p.also if a.isupper()))]
        self._places = {" ".join(words(name)) for name in names}

    def read(self, written: str | Doc, today: date) -> list[Found]:
        """The entities of a text in its order, none inside another of the same kind.

        Args:
            written: the text, or its tokens where another has split it, with the vocabulary of `language`.
            today: the day to which "next week" refers.
        """
        doc = self._language(written)
        text = doc.text
        due = [Found("due", d.day.isoformat(), d.start, d.end) for d in due_dates(text, today)]
        owners = self._owners.find(text, [(d.start, d.end) for d in due])
        owners = [o for o in owners if all(o.end <= d.start or d.end <= o.start for d in due)]  # "mid-April" is nobody
        named = [*self._ruled(doc), *self._linker.find(doc), *paraphrased(text, self._steps)]
        who = find_audience(text)
        # Words that say who somebody is name no step: "the questions for cluster organisations? we are one".
        named = [n for n in named if n.label != "step" or all(n.end <= w.start or w.end <= n.start for w in who)]
        named += [*who, *find_ordinals(text)]
        owners = [o for o in owners if " ".join(words(text[o.start : o.end])).removeprefix("the ") not in self._places]
        # "Sofia will do it" is no capital, and in "by the second week" nothing is the second of a list.
        taken = [*due, *(o for o in owners if len(words(text[o.start : o.end])) < _FEW and o.value != "me")]
        free = [f for f in named if all(f.end <= t.start or t.end <= f.start for t in taken)]
        return sorted([*settle(free), *owners, *due], key=lambda f: f.start)

    def _ruled(self, doc: Doc) -> Iterator[Found]:
        text, length = doc.text, len(doc.text.split())
        for span in doc.spans.get(RULED, ()):
            if span.label_ != "step":
                continue
            if len(span) == 1 and span.text.isalpha() and not _means_step(text, length):
                continue
            if span[0].lower_ in _QUESTION_WORDS and length > len(span) + 1:
                continue  # "who pays for training" asks, and does not mean the step that is called "who pays"
            yield Found(span.label_, span.id_ or span.text, span.start_char, span.end_char)


def _means_step(text: str, length: int) -> bool:
    """Whether a word like "training" or "money" is meant as the name of a step."""
    return length <= _FEW or (_MOVING.search(text) is not None and _ASKING_OF.search(text) is None)


def words_known(library: Library, examples: Iterable[str]) -> set[str]:
    """The words of every day: in small letters in the knowledge base's prose, or in several of the examples."""
    prose: Counter[str] = Counter()
    for item in library.items:
        for sentence in (item.summary, *(s.text for s in item.statements), *item.asks):
            prose.update(word for found in _SMALL.findall(sentence) for word in words(found))
    names = {word for item in library.items for name in item.names for word in words(name)}
    names |= {
        word for place in library.entries.places.values() for name in (place.name, *place.also) for word in words(name)
    }
    texts = list(examples)
    said: Counter[str] = Counter(word for text in texts for word in words(text))
    small = {word for text in texts for found in _SMALL.findall(text) for word in words(found)}
    known = {word for word, times in prose.items() if times >= _TIMES_IN_KNOWLEDGE}
    known |= {
        word
        for word, times in said.items()
        if times >= _TIMES_IN_EXAMPLES and word not in names and (word in small or word in _CALENDAR)
    }
    return {word for word in known | STOP if len(word) > 1 and word.isalpha()}
