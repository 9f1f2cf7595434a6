"""Settles what the classifier and the search make of a message where they differ.

The classifier knows what people say to an assistant; it does not know what the knowledge base holds.
"What skills do they need" looks to it like "why do you ask", and "the EU4Sports one" like nothing at
all. Here a message is looked at again: does it pick from the list just shown, does it ask about the
entry just shown, or does the knowledge base hold a good answer to what was taken for something weak?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue.reading import Reading
from assistant.knowledge.search import Query, Search
from assistant.knowledge.search.text import STOP, content, stem

__all__ = ["Shown", "arbitrate", "shown_of"]

_PLACES = {"1": 0, "first": 0, "1st": 0, "2": 1, "second": 1, "2nd": 1, "3": 2, "third": 2, "3rd": 2, "last": -1}
_PICK = re.compile(
    r"^\W*(?:(?:show|tell|give|open|take|more on|about|and|what about) )*(?:me )?"
    rf"(?:the |number |no\.? ?|option |nr\.? ?)*({'|'.join(_PLACES)})(?: one| case| entry| of them)?\W*$",
    re.IGNORECASE,
)
_NAMED_PICK = re.compile(
    r"^\W*(?:(?:show|tell|give|open|and|more|on|about|what|me) )*(?:the|that) (.+?)(?: one| case)?\W*$", re.IGNORECASE
)
_LONGEST_PICK = 6
"""Words up to which a message can pick from a list by name."""
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|she|those|these)\b|\b(?:that|this|there)\W*$", re.IGNORECASE)
_BACK = re.compile(
    rf"{_PRONOUN.pattern}|"
    r"^\W*(?:and |but |so )*(?:how (?:much|many|long|big|often)|what (?:did|happened|came|went|worked|failed)|when was|"
    r"who (?:runs?|leads?|did|was|got|took part|joined)|"
    r"any (?:results?|lessons?|figures|numbers)|(?:the )?(?:results?|outcome|costs?|price|amount|lessons?|details))\b",
    re.IGNORECASE,
)
""" "How much did it cost", "what did they learn", "and the results": about what was shown."""
_WHOM = re.compile(r"\bwho(?:m|se)?\b.*\b(?:about|behind|on|for) (?:it|that|this|them)\W*$", re.IGNORECASE)
""" "Who could I call about it?" is asked of what was shown; "can I talk to somebody" is not."""
_LEFT = re.compile(r"\b(?:left|open|done|to go|remain\w*|overdue|missing)\b", re.IGNORECASE)
"""With these, how many there are is asked of one's own list."""
_LONGEST_BACK = 9
_FEW = 1
"""Content words up to which a message that points back is about what was shown, and nothing of its own."""
_ASKING = re.compile(
    r"^\W*(?:and |but |so |ok |well )*(?:what|who|whom|whose|where|when|how|which|why|any\w*|is|are|was|were|can|"
    r"could|do|does|did|has|have|should|tell|show|give|explain|list|examples?|cases?)\b|\?\s*$",
    re.IGNORECASE,
)
_WEAK = frozenset({
    "not_understood", "out_of_scope", "answer_unclear", "help", "who_made_you", "are_you_human", "what_next",
    "why_ask", "show_actions", "show_answers", "show_progress", "recommendations", "goodbye", "greet", "thanks",
    "declare_standing", "declare_role", "declare_profile", "continue", "unexpected_event", "more", "what_counts",
    "open_step", "undo", "skip_question", "correct_answer", "plan_action",
})  # fmt: skip
"""Intents that a question to the sources is sometimes taken for."""
_OF_OURS = frozenset({"show_actions", "show_answers", "show_progress", "why_ask", "open_step"})
_OURS = re.compile(r"\b(?:we|our|us|i|me|my|you|your)\b|^\W*why\b|\bto-?do\b|\bmap\b", re.IGNORECASE)
"""With these, one's own list, answers and way are meant, and the question on the table."""
_ABOUT_SHOWN = _WEAK | {"ask_knowledge", "define_term", "who_paid", "show_fitting", "complaint", "tell_more"}
_ANSWERS = frozenset({
    "answer_yes", "answer_partly", "answer_not_yet", "answer_not_applicable", "accept", "decline", "note",
    "other_language", "unreadable", "keep_answer", "show_entry",
})  # fmt: skip
"""What is not looked at again, however unsure it is."""
_CHANGING = frozenset({"undo", "skip_question", "correct_answer", "plan_action", "continue"})
"""Intents of which "that" is what was answered: "take that back"."""
_WHO_PAID = re.compile(r"\bwho\b.*\b(?:pa(?:id|ys?|yed|ying)|financed?|fund(?:s|ed)?)\b|\bfunded\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|else|details?|further|all)\b", re.IGNORECASE)
_SURE = 0.93
"""Confidence from which the classifier is not doubted."""
_HALF_SURE = 0.6
_GOOD, _VERY_GOOD = 0.7, 0.8
"""Scores from which an answer of the search counts more than a weak, and than a fairly sure, classifier."""
_NAMED = 0.5


@dataclass(frozen=True)
class Shown:
    """The entries shown last: the one talked of, and those to choose from, as ids."""

    about: str | None
    listed: tuple[str, ...]


def arbitrate(text: str, reading: Reading, shown: Shown, search: Search) -> Reading:
    """The reading that stands.

    Args:
        text: the message.
        reading: what it means in its context, so far.
        shown: what was shown last.
        search: the knowledge base.
    """
    picked = _picked(text, reading, shown, search)
    if picked is not None:
        return Reading("show_entry", 1.0, {"entry": picked})
    asking = _ASKING.search(text) is not None
    if not (_maybe_about_shown(text, reading) if asking else reading.intent in _ABOUT_SHOWN):
        return reading
    if reading.intent == "complaint" and not asking and _OURS.search(text):
        return reading  # "you already asked me that" is said of the assistant
    if not content(text) and not (asking and _PRONOUN.search(text) and not _OURS.search(text)):
        return reading
    if (reading.intent in _CHANGING and not asking) or (reading.intent == "who_paid" and _WHO_PAID.search(text)):
        return reading
    query = search.read(text)
    if reading.intent == "tell_more" and (_MORE.search(text) or _ASKING.search(text) is None):
        return reading
    of_things = _PRONOUN.search(text) is not None and not (_OURS.search(text) or _LEFT.search(text))
    doubted = reading.intent not in _OF_OURS or reading.confidence < _SURE or of_things
    if doubted and shown.about is not None and shown.about in search and _points_back(text, query, reading, search):
        return Reading("ask_about_shown", 1.0, {})
    if reading.intent in _WEAK | {"just_tell_me"} and _asks_for_a_thing(text, query, search):
        return Reading("ask_knowledge", reading.confidence, {})
    if reading.intent in _WEAK and reading.confidence < _SURE and _asks(text, reading, query, search):
        return Reading("ask_knowledge", reading.confidence, {})
    return reading


def _picked(text: str, reading: Reading, shown: Shown, search: Search) -> str | None:
    """The entry of the list that a message picks, by place or by name."""
    listed = [id for id in shown.listed if id in search]
    place = _PICK.match(text)
    if place is not None and listed:
        number = _PLACES[place[1].lower()]
        return listed[number] if -len(listed) <= number < len(listed) else None
    named = _NAMED_PICK.match(text)
    if named is None or len(listed) < 2 or len(text.split()) > _LONGEST_PICK or reading.confidence >= _SURE:
        return None
    words = {stem(w) for w in content(named[1])}
    fitting = [id for id in listed if words and words <= _title_words(search, id)]
    return fitting[0] if len(fitting) == 1 else None


def _title_words(search: Search, id: str) -> set[str]:
    item = search.get(id)
    places = [search.places[key].name for key in (*item.countries, *item.abroad) if key in search.places]
    return {stem(w) for name in (*item.names, *places) for w in content(name)}


def _maybe_about_shown(text: str, reading: Reading) -> bool:
    """Whether a question may be about what was shown, by the intent that it was taken for and how surely it was."""
    if reading.intent == "leave_message":
        return _WHOM.search(text) is not None
    unsure = reading.confidence < _HALF_SURE and reading.intent not in _ANSWERS
    return unsure or reading.intent in _ABOUT_SHOWN


def _points_back(text: str, query: Query, reading: Reading, search: Search) -> bool:
    own = [word for word in query.words if word not in _ATTRIBUTES]
    if not _BACK.search(text) or len(text.split()) > _LONGEST_BACK or len(own) > _FEW:
        return False
    if query.places or query.sectors or query.steps or (_OURS.search(text) and not _PRONOUN.search(text)):
        return False
    if not own and _PRONOUN.search(text):
        return True  # "did it work?" names nothing, though a step answers it by itself
    found = search.find(query, None, 3)
    return not found or (all(r.named < _NAMED for r in found) and found[0].score < _VERY_GOOD)


def _asks(text: str, reading: Reading, query: Query, search: Search) -> bool:
    """Whether the knowledge base holds a good answer to what looks like a question."""
    ours = bool(_OURS.search(text))
    if ours and (reading.intent in _OF_OURS or re.search(r"\byou", text, re.IGNORECASE)):
        return False
    if _ASKING.search(text) is None and reading.intent not in ("not_understood", "answer_unclear", "out_of_scope"):
        return False
    found = search.find(query, None, 1)
    if not found or found[0].item.entry is None:
        return False
    least = _VERY_GOOD if reading.confidence >= _HALF_SURE or ours else _GOOD
    return found[0].score >= least and _says_something(query)


_ASKING_WITHIN = re.compile(r"\b(?:who|which|what|any\w*)\b", re.IGNORECASE)


def _asks_for_a_thing(text: str, query: Query, search: Search) -> bool:
    """Whether it asks without doubt for things of one type, of which there are some: "which network should we join"."""
    if query.sole is None or not (_ASKING.search(text) or _ASKING_WITHIN.search(text)):
        return False
    found = search.find(query, None, 1)
    return bool(found) and found[0].item.entry is not None and found[0].score >= _GOOD


def _says_something(query: Query) -> bool:
    """Whether there is a word in it that tells more than "cluster" or "project", which any message may hold."""
    return any(word not in _COMMON for word in query.words)


_ATTRIBUTES = frozenset(
    stem(w)
    for w in "much many long big often cost price amount money paid pay learn learnt learned run runs lead led result "
    "results outcome lesson lessons details figures numbers happen happened work worked join apply find found start "
    "started end ended per each average company companies firm firms sme smes member members country countries partner "
    "partners people participant participants took part take taken joined last lasted success successful succeed "
    "succeeded fail failed wrong went call contact talk ask email phone write reach came after exist".split()
)
"""What is asked of a thing, and does not name another."""
_COMMON = frozenset(
    map(stem, ["cluster", "clusters", "project", "question", "answer", "step", "next", "help", "start"])
) | {stem(w) for w in STOP}


def shown_of(raw: dict[str, object]) -> Shown:
    """What the slot `shown` holds."""
    listed = raw.get("list") or ()
    about = raw.get("about")
    return Shown(str(about) if about else None, tuple(map(str, listed)) if isinstance(listed, Sequence) else ())
