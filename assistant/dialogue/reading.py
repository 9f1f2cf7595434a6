"""Reads a message in its context: the same words mean different things at different points.

Rasa's classifier sees a message by itself. Here its result is read again with what is being
waited for (`focus`): "we surveyed 40 members" is an answer while a question is open; "never
had their management on board" is a lesson where one was asked for. The outcome is an intent
and entities, on which the rules in ``data/rules`` act. Pure; table-tested.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.dialogue.answer_model import Weigh
from assistant.dialogue.answering import answered
from assistant.dialogue.answers import read_answer
from assistant.dialogue.cleaning import LONGEST_MESSAGE, clean, foreign_script, has_words
from assistant.dialogue.corrections import (
    is_correcting,
    means_the_last,
    names_new_answer,
    read_correction,
    tells_anew,
)
from assistant.dialogue.leaving import (
    addresses_a_person,
    asks_for_a_person,
    asks_to_be_contacted,
    message_within,
    refuses,
    takes_back,
)
from assistant.dialogue.nonsense import is_nonsense
from assistant.dialogue.placing import BACK_TO_START, JUST_TELL, introduced, placed
from assistant.dialogue.planning import of_the_list
from assistant.dialogue.readings import (
    BARE,
    CERTAIN,
    COMMANDS,
    ENQUIRIES,
    EVENTS,
    FEW,
    ROLES,
    SELF_DESCRIPTIONS,
    SURE,
    VALUES,
    Heard,
    Ranked,
    Reading,
    answer_of,
    taken,
    with_answer,
)
from assistant.dialogue.standing import role_meant
from assistant.dialogue.statements import ASKING, DISMISSED, NUMBER, ONE_OF_THEM, OURS
from assistant.dialogue.tongue import other_language
from assistant.dialogue.wording import phrases

__all__ = ["LONGEST_MESSAGE", "Heard", "Ranked", "Reading", "as_parse_data", "clean", "in_context"]

_TAKEN_BACK = frozenset(VALUES) | {"undo", "decline", "correct_answer"}
"""Intents that "I take that back, we never did it" may be taken for."""
_IN_PASSING = frozenset({"greet", "goodbye", "thanks", "ask_language", "plan_action", "show_actions"})
"""What the classifier may know though it is said in another language, or seems to be ("todo list")."""
_KNOWN = 0.85
"""Confidence from which it does."""
_SHORT = 7
"""Words up to which a message can be a command where free words are expected."""
_OWN_WORDS = frozenset({"lesson", "message"})
"""Where whatever somebody says is kept as they say it."""
_WITHDRAWING = frozenset({"decline", "undo"})
"""With these, said shortly, the wish to leave a message is withdrawn."""
_ORDERED = (ENQUIRIES | COMMANDS | {"skip_step", "show_fitting"}) - {
    "ask_knowledge", "define_term", "help", "complaint", "greet", "thanks", "goodbye", *_WITHDRAWING
}  # fmt: skip
"""What is said to the assistant, and to no person, though it has not the form of a question."""
_ASKED = frozenset({"ask_knowledge", "define_term", "help", "ask_privacy", "ask_language"})
"""The same where it has: "we need help" and "delete our data" are messages."""
_FOR_THE_LIST = frozenset({"plan_action", "finish_action"})
"""With these somebody of one's own is to call: "note down that Ana is to contact us"."""
_LONGEST_DOUBTED = 300
"""Characters of a message about which is asked; what is longer is written for a person."""
_SORRY = re.compile(r"\W*(?:(?:oh|ah|so|very|i'?m|i am|ok|no)\W+)*sorry\W*(?:about that|for that)?\W*", re.IGNORECASE)
""" "Sorry" alone takes nothing back."""
_WHO_DOES = re.compile(
    r"\W*(?:(?:and|so|but|ok|now)\W+)*who(?: is|'s|’s)? (?:does|doing|has to do|is to do|did) what\b"
    r"(?: by when| and (?:by )?when| now| here)*\W*",
    re.IGNORECASE,
)
_OF_A_PEOPLE = re.compile(
    r"\bthe\b|\b(?:approach|clusters?|ones?|programmes?|models?|cases?|networks?|agency|agencies)\b", re.IGNORECASE
)
""" "The Dutch?" asks for the country's; "do you speak Dutch" for a language."""
_CHOOSING = frozenset({"correction", "conflict"}) | _OWN_WORDS
"""Where "the second one" is one of something else, or no choice at all."""
_STARTING = frozenset({"role", "standing"})
_TO_A_STEP = re.compile(r"\b(?:to|till|until)\b", re.IGNORECASE)
_AN_EXAMPLE = re.compile(
    r"^\W*(?:(?:and|so|ok|do you have|have you(?: got)?|is there|are there|can you|could you|give|show|me|us|any|an|"
    r"some|got|please|maybe|concrete|real|good)\W+)*(?:examples?|for instance)(?: (?:of|for) (?:that|this|it))?"
    r"(?: please)?\W*$",
    re.IGNORECASE,
)
""" "Any example of that?", said of what was shown."""
_NO_SUCH_STEP = re.compile(
    r"^\W*(?:(?:please|can we|let'?s|go|open|skip|show|start|jump|take|explain|what is|with|at|to|me|us|the)\W+)*"
    r"step (?:\d+|zero|eleven|twelve)\W*$",
    re.IGNORECASE,
)
""" "Step 12" names none, if no step was found in it."""
_FOR_THE_REST = re.compile(r"\bfor the rest\b(?=.*\b(?:we|i|they|nobody|the board|our)\b)", re.IGNORECASE)
""" "For the rest I need the board" asks for no more of anything."""
_HOW_MUCH_OF = re.compile(r"^\W*(?:and |so |but )?how (?:much|many)\b", re.IGNORECASE)
_OF_THE_JOURNEY = phrases("""
    steps?, questions?, left, done, answer\\w*, open, remain\\w*, further, longer, more, progress, finish\\w*, to go,
    journey, actions?, so far, time, work, of it, of this, have we, have i, complet\\w+, missing, yet
""")
_MINE = phrases("mine, my answer, my one")
_THEIRS = phrases("keep, hers, his, theirs, (?:he|she|they) (?:is|are) right, (?:he|she|they)'(?:s|re) right")


def in_context(heard: Heard, focus: str | None, weigh: Weigh, *, listed: bool = False) -> Reading:
    """Reads a cleaned message again, knowing what is being waited for.

    Args:
        heard: the message, by itself.
        focus: what is being waited for, or None.
        weigh: the model of answers, asked about the question that is open, if one is.
        listed: whether entries were shown, of which "the second one" may be said.
    """
    unreadable = _unreadable(heard, focus, listed=listed)
    if unreadable is not None:
        return unreadable
    if focus not in _CHOOSING and (listed or focus not in _STARTING) and ONE_OF_THEM.match(heard.text):
        return Reading("show_entry", 1.0, {})
    if focus not in _OWN_WORDS:
        order = _plain_order(heard, focus, listed=listed)
        if order is not None:
            return order
    heard = introduced(_put_right(heard), focus)
    if DISMISSED.search(heard.text) and focus not in _OWN_WORDS:
        return Reading("complaint", heard.confidence, {})
    if focus == "message":
        return _message(heard)
    if takes_back(heard.text):
        return Reading("drop_message", 1.0, {})
    if heard.intent == "undo" and _SORRY.fullmatch(heard.text):
        return Reading("what_next", heard.confidence, {})
    if asks_to_be_contacted(heard.text) and heard.intent not in _FOR_THE_LIST:
        return Reading("leave_message", 1.0, {"note": heard.text})
    if focus == "lesson":
        return _lesson(heard)
    left = message_within(heard.text) if heard.intent == "leave_message" and heard.confidence >= SURE else None
    if left:
        return Reading(heard.intent, heard.confidence, {"note": left})
    by_themselves = _of_themselves(heard, focus)
    if by_themselves is not None:
        return by_themselves
    listed_work = of_the_list(heard, focus)
    if listed_work is not None:
        return listed_work
    if focus == "conflict" and _MINE.search(heard.text):
        # The answer kept back is in the buttons only.
        return Reading("not_understood", heard.confidence, heard.entities)
    if focus == "conflict" and (_THEIRS.search(heard.text) or _agrees(heard)):
        return Reading("keep_answer", heard.confidence, {})
    if heard.intent == "skip_step" and "step" in heard.entities and _TO_A_STEP.search(heard.text):
        return Reading("open_step", heard.confidence, heard.entities)
    if means_the_last(heard.text):
        return Reading("correct_answer", max(heard.confidence, SURE), {**heard.entities, "ordinal": "last"})
    if focus in ("question", "conflict"):
        return answered(heard, weigh)
    return _unasked(heard, weigh)


def _plain_order(heard: Heard, focus: str | None, *, listed: bool) -> Reading | None:
    """What a whole message says so plainly that no model is asked."""
    text = heard.text
    if _WHO_DOES.fullmatch(text):
        return Reading("show_actions", 1.0, {})
    if _NO_SUCH_STEP.match(text) and "step" not in heard.entities:
        return Reading("open_step", 1.0, {})
    if focus not in _STARTING and BACK_TO_START.match(text):
        return Reading("open_step", 1.0, {"step": "1"})
    if listed and _AN_EXAMPLE.match(text):
        return Reading("more_like_this", 1.0, {})
    return None


def _put_right(heard: Heard) -> Heard:
    """The message without what the classifier is known to take for something else."""
    text, intent = heard.text, heard.intent
    of_a_people = intent == "ask_language" and "place" in heard.entities and _OF_A_PEOPLE.search(text)
    amount = intent == "show_progress" and _HOW_MUCH_OF.match(text) and not _OF_THE_JOURNEY.search(text)
    if of_a_people or amount:
        return replace(heard, ranking=[Ranked("ask_knowledge", heard.confidence), *heard.ranking])
    if intent == "more" and _FOR_THE_REST.search(text) and len(heard.ranking) > 1:
        return replace(heard, ranking=heard.ranking[1:])
    if intent == "change_role":
        return replace(heard, entities={**heard.entities, **role_meant(text)})
    return heard


def _unreadable(heard: Heard, focus: str | None, *, listed: bool) -> Reading | None:
    """What there is no sense in reading on: no words, another language, random letters."""
    text = heard.text
    if not has_words(text):
        return Reading("unreadable", 1.0, {})
    language = other_language(text) if focus not in _OWN_WORDS else None
    # A few words of another language that the classifier knows ("hasta luego") are taken for what they say.
    known = heard.length <= FEW and heard.confidence >= _KNOWN and heard.intent in _IN_PASSING
    if language is not None and not known:
        return Reading("other_language", 1.0, {"language": language})
    if foreign_script(text):
        return Reading("other_language", 1.0, {})
    says = bool(heard.entities) or (listed and NUMBER.fullmatch(text))
    if focus not in _OWN_WORDS | _CHOOSING and not says and is_nonsense(text):
        return Reading("not_understood", 0.0, {})
    return None


def _of_themselves(heard: Heard, focus: str | None) -> Reading | None:
    """Who is asking, and how far they have come, where that is asked or told."""
    if focus in _STARTING and JUST_TELL.search(heard.text):
        return Reading("just_tell_me", heard.confidence, heard.entities)
    if focus in _STARTING or (focus is None and heard.intent in SELF_DESCRIPTIONS | ROLES):
        return placed(heard, focus)
    return None


def _unasked(heard: Heard, weigh: Weigh) -> Reading:
    """Nothing is waited for."""
    text, intent, confidence, entities = heard.text, heard.intent, heard.confidence, heard.entities
    anew = names_new_answer(text, placed="ordinal" in entities) or (intent in _TAKEN_BACK and tells_anew(text, weigh))
    if anew and (intent == "correct_answer" or not ASKING.search(text)):
        return Reading("correct_answer", max(confidence, SURE), with_answer(entities, *read_correction(text, weigh)))
    if ASKING.search(text) and (intent in EVENTS or (intent == "correct_answer" and not is_correcting(text))):
        return taken(Ranked("ask_knowledge", confidence), entities)
    if intent in VALUES:
        said = read_answer(text, weigh)
        return answer_of(heard, said.value or VALUES[intent], said.note, confidence)
    reading = taken(heard.ranking[0], entities)
    if reading.intent == "correct_answer":
        return Reading("correct_answer", confidence, with_answer(entities, *read_correction(text, weigh)))
    return reading


def _agrees(heard: Heard) -> bool:
    return heard.intent in ("accept", "all_as_before") and heard.confidence >= SURE


def _message(heard: Heard) -> Reading:
    """A message for a person is being written.

    What is said to the assistant and not to the person is answered; what may be either is asked about: then the
    note says in `other` what else it may be.
    """
    text, intent, confidence = heard.text, heard.intent, heard.confidence
    if intent == "leave_message" and asks_for_a_person(text):
        return Reading("leave_message", 1.0, {})
    short = heard.length <= _SHORT
    withdrawn = heard.length <= FEW and intent in _WITHDRAWING and confidence >= CERTAIN
    if refuses(text) or (withdrawn and not addresses_a_person(text)):
        return Reading("decline", 1.0, {})
    if addresses_a_person(text):
        return Reading("note", 1.0, {"note": text})
    asking = bool(ASKING.search(text))
    ordered = short and intent in _ORDERED and not OURS.match(text)
    if confidence >= CERTAIN and (ordered or (asking and intent in _ORDERED | _ASKED)):
        return Reading(intent, confidence, heard.entities)
    named = short and intent in _ASKED and confidence >= CERTAIN and not OURS.search(text)
    if len(text) <= _LONGEST_DOUBTED and (asking or named or text.rstrip().endswith("?")):
        return Reading("note", confidence, {"note": text, "other": intent})
    return Reading("note", 1.0, {"note": text})


_NO_LESSON = phrases("""
    no, nope, nothing, nothing really, nothing to add, nothing special, nothing more, skip, skip it, no thanks, later,
    not now, none, no lessons?(?: really)?, not really, no idea, (?:i )?(?:don't|do not) know
""")  # fmt: skip


def _lesson(heard: Heard) -> Reading:
    """Free words were asked for; only a short, plain command or question is something else."""
    text, intent, confidence = heard.text, heard.intent, heard.confidence
    if _NO_LESSON.fullmatch(text.strip(" .,!")):
        return Reading("decline", 1.0, heard.entities)
    short = heard.length <= _SHORT
    if short and ASKING.search(text) and not OURS.search(text):
        return Reading(intent if intent in ENQUIRIES | COMMANDS else "ask_knowledge", confidence, heard.entities)
    if confidence >= CERTAIN:
        if intent in ENQUIRIES | COMMANDS and (ASKING.search(text) or (short and not OURS.match(text))):
            return Reading(intent, confidence, heard.entities)
        if intent in ("accept", "answer_yes") and heard.length < BARE:
            return Reading("not_understood", confidence, {})  # a "yes" is no lesson
    return Reading("note", 1.0, {"note": text})


def as_parse_data(text: str, reading: Reading, ranking: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The reading in the shape in which Rasa passes parsed messages on."""
    return {
        "text": text,
        "intent": {"name": reading.intent, "confidence": reading.confidence},
        "intent_ranking": ranking,
        "entities": [
            {"entity": name, "value": value, "start": 0, "end": 0, "confidence_entity": 1.0, "extractor": "reading"}
            for name, value in reading.entities.items()
        ],
    }
