"""Everything that a message names, read once and settled once: what overlaps is one thing, the longest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from assistant.dialogue.language import RULED
from assistant.dialogue.linking import Found, Linker, settle
from assistant.dialogue.owners import OwnerFinder
from assistant.dialogue.paraphrase import StepNames, paraphrased
from assistant.dialogue.when import due_dates
from assistant.knowledge.library import Library
from assistant.knowledge.search.text import STOP, words

__all__ = ["EntityReader", "words_known"]

_SMALL = re.compile(r"\b[^\W\d_A-Z]{2,}\b")
_TIMES_IN_KNOWLEDGE, _TIMES_IN_EXAMPLES = 2, 3
"""How often a word has to occur to be known: what is written once may be misspelt, in the examples on purpose."""
_QUESTION_WORDS = frozenset("who what which where are is can".split())
_FEW = 3
"""Words up to which a message is nothing but the name of a step."""
_FEW_OF_SELF = 6
"""Words up to which a message without a question may say who somebody is by naming it."""
_SELF = re.compile(
    r"\b(?:i['’]?m|i am|we['’]?re|we are|i(?: \w+)? (?:work|run|manage|lead|head|represent|coordinate|belong|come)|"
    r"we(?: \w+)? (?:work|run|manage|lead|represent|coordinate|belong|come)|(?:speaking|here|working|asking|"
    r"writing|acting)"
    r" (?:as|for|from)|on behalf of|^as|we|this is|my (?:role|job|side|employer|organi[sz]ation) is|i do|"
    r"(?:my|our) (?:\w+ )?(?=cluster is|organi[sz]ation is|association is))"
    r"(?: (?!looking|searching|interested|going|planning|trying|thinking|about|that|which|who|if|whether|to|want|"
    r"need|have|would|should|do|know|see|think|like|can|could|did|met|meet|already|hope)[\w'’/-]+){0,7}\s*$",
    re.IGNORECASE,
)
""" "I work for a regional ...": what follows is what somebody is."""
_NOT_SELF = re.compile(r"\b(?:our|their|your|with|for|to|by|about|no|not)\b", re.IGNORECASE)
_NO_MORE = re.compile(
    r"^\W*(?:$|[,.;!]|here\b|side\b|please\b|in\b|from\b|of\b|for\b|obviously\b|i\b|mostly\b)", re.IGNORECASE
)
_OF_ROLES = re.compile(
    r"\b(?:switch|change|wrong|role|checklists?|questions for|instead|actually|not an?)\b", re.IGNORECASE
)
_ASKING = re.compile(
    r"\?|^\W*(?:who|what|which|where|when|how|why|is|are|can|could|do|does|any|show|tell|give)\b", re.I
)
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
        self._owners = OwnerFinder(language)
        names = [n for p in library.entries.places.values() for n in (p.name, *(a for a in p.also if a.isupper()))]
        self._places = {" ".join(words(name)) for name in names}

    def read(self, text: str, today: date) -> list[Found]:
        """The entities of a text in its order, none inside another of the same kind.

        Args:
            text: what was written.
            today: the day to which "next week" refers.
        """
        doc = self._language(text)
        due = [Found("due", d.day.isoformat(), d.start, d.end) for d in due_dates(text, today)]
        owners = self._owners.find(doc, [(d.start, d.end) for d in due])
        named = [*self._ruled(doc), *self._linker.find(doc), *paraphrased(text, self._steps)]
        owners = [o for o in owners if " ".join(words(text[o.start : o.end])).removeprefix("the ") not in self._places]
        # "Sofia will do it" is no capital, and in "by the second week" nothing is the second of a list.
        taken = [*due, *(o for o in owners if len(words(text[o.start : o.end])) < _FEW and o.value != "me")]
        free = [f for f in named if all(f.end <= t.start or t.end <= f.start for t in taken)]
        return sorted([*settle(free), *owners, *due], key=lambda f: f.start)

    def _ruled(self, doc: Doc) -> Iterator[Found]:
        text, length = doc.text, len(doc.text.split())
        for span in doc.spans.get(RULED, ()):
            if span.label_ == "audience" and not _says_who(text, span.start_char, span.end_char, length):
                continue
            if span.label_ == "step" and len(span) == 1 and span.text.isalpha() and not _means_step(text, length):
                continue
            if span.label_ == "step" and span[0].lower_ in _QUESTION_WORDS and length > len(span) + 1:
                continue  # "who pays for training" asks, and does not mean the step that is called "who pays"
            yield Found(span.label_, span.id_ or span.text, span.start_char, span.end_char)


def _says_who(text: str, start: int, end: int, length: int) -> bool:
    """Whether an audience is named because somebody says that they are one."""
    if text[start:end].lower() == "clusters":
        return False
    if _SELF.search(text[:start]) or _OF_ROLES.search(text):
        return True
    short = length <= _FEW_OF_SELF and not _ASKING.search(text)
    return short and not _NOT_SELF.search(text[:start]) and _NO_MORE.match(text[end:]) is not None


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
    said: Counter[str] = Counter(word for example in examples for word in words(example))
    known = {word for word, times in prose.items() if times >= _TIMES_IN_KNOWLEDGE}
    known |= {word for word, times in said.items() if times >= _TIMES_IN_EXAMPLES and word not in names}
    return {word for word in known | STOP if len(word) > 1 and word.isalpha()}
