"""Reads a message in its context: the same words mean different things at different points.

Rasa's classifier sees a message by itself. Here its result is read again with what is being
waited for (`focus`): "we surveyed 40 members" is an answer while a question is open; "never
had their management on board" is a lesson where one was asked for. The outcome is an intent
and entities, on which the rules in ``data/rules`` act. Pure; table-tested.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.dialogue.answers import AnswerReading, informed, read_answer
from assistant.dialogue.cleaning import LONGEST_MESSAGE, clean, foreign_script, has_words
from assistant.dialogue.corrections import (
    is_correcting,
    means_the_last,
    names_new_answer,
    read_correction,
    takes_up_again,
    tells_anew,
)
from assistant.dialogue.leaving import asks_for_a_person, message_within, refuses
from assistant.dialogue.nonsense import is_nonsense
from assistant.dialogue.standing import role_meant, standing_of
from assistant.dialogue.statements import (
    ABOUT_THE_TALK,
    ASKING,
    DISMISSED,
    NUMBER,
    ONE_OF_THEM,
    ORDER,
    OURS,
    THE_WHOLE,
    tells,
)
from assistant.dialogue.tongue import other_language
from assistant.dialogue.wording import phrases

__all__ = ["LONGEST_MESSAGE", "Reading", "as_parse_data", "clean", "in_context"]

_VALUES = {
    "answer_yes": "yes",
    "answer_partly": "partly",
    "answer_not_yet": "not_yet",
    "answer_not_applicable": "not_applicable",
}
_INTENTS = {value: intent for intent, value in _VALUES.items()}
_SELF_DESCRIPTIONS = frozenset({"declare_standing", "declare_role"})
_ROLES = frozenset({"declare_role", "change_role"})
_PROFILE = frozenset({"declare_profile"})
_TAKEN_BACK = frozenset(_VALUES) | {"undo", "decline", "correct_answer"}
"""Intents that "I take that back, we never did it" may be taken for."""
_EVENTS = frozenset({"unexpected_event", "not_for_us", "project_failed", "finished_round", "why_again"})
_STATEMENTS = _SELF_DESCRIPTIONS | {"ask_knowledge", "out_of_scope", "finish_action", "not_understood", "nlu_fallback"}
"""Intents whose sentences can look like answers: with these, more certainty is asked for than with others."""
_FOLLOWING = frozenset({"tell_more", "more_like_this", "ask_source", "still_open", "compare", "who_paid"})
"""Questions about an entry that was just shown."""
_ENQUIRIES = _FOLLOWING | frozenset({"ask_knowledge", "define_term", "show_menu", "recommendations", "explain_step",
                                     "what_counts", "show_answers", "show_actions", "are_you_human",
                                     "who_made_you"})  # fmt: skip
_MANNERS = frozenset({"thanks", "goodbye", "greet", "accept", "continue", "decline",
                      "skip_question", "show_progress"})  # fmt: skip
"""What is said in a word or two; a whole sentence that says how things are is something else."""
_COMMANDS = frozenset({"what_next", "continue", "undo", "help", "pause", "skip_question", "open_step", "explain_step",
                       "show_progress", "decline", "goodbye", "why_ask", "show_answers", "complaint", "greet",
                       "thanks"})  # fmt: skip

_SURE = 0.55
"""Confidence from which an intent is taken at its word though the context suggests another."""
_CERTAIN = 0.80
"""Confidence from which it is taken at its word even against an answer that opens the message."""
_OVERRULES = 0.85
"""Confidence from which the classifier's "does not apply" counts more than a "no" in a message,
which may be its reason."""
_UNSURE = 0.28
"""Confidence under which a message counts as not understood; settled on tests/nlu."""
_UNDOING = frozenset({"undo", "all_as_before", "finish_action", "skip_step", "change_role"})
_LEAST = {
    **dict.fromkeys(_UNDOING, 0.40),
    **dict.fromkeys(("unexpected_event", "why_again"), 0.75),
    **dict.fromkeys(("project_failed", "finished_round", "correct_answer"), 0.45),
    "out_of_scope": 0.45,
}
"""The same for intents that change what was answered before without asking back, and for the word that the
sources hold nothing: gibberish is better met with two guesses."""
_TELLING = 0.6
"""Likelihood of an answer from which a message that has the form of one is taken for it."""
_BEYOND_DOUBT = 0.97
"""Confidence from which it is something else all the same, though it is told as an answer would be."""
_HALF_SURE = 0.40
"""The same for what does not have that form."""
_STATED = _SELF_DESCRIPTIONS | _EVENTS | frozenset({
    "thanks", "complaint", "accept", "decline", "plan_action", "goodbye", "pause", "just_tell_me", "finish_action",
    "correct_answer", "all_as_before",
})  # fmt: skip
"""Intents that, like answers, are told rather than asked."""
_IN_PASSING = frozenset({"greet", "goodbye", "thanks", "ask_language", "plan_action", "show_actions"})
_FEW = 4
"""Words up to which the classifier may know what is said in another language, or seems to be ("todo list")."""
_SHORT = 7
"""Words up to which a message can be a command where free words are expected."""
_BARE = 3
"""Words up to which "actually no" answers the question on the table, and changes no earlier answer."""

_OWN_WORDS = frozenset({"lesson", "message"})
"""Where whatever somebody says is kept as they say it."""
_CHOOSING = frozenset({"correction", "conflict"}) | _OWN_WORDS
"""Where "the second one" is one of something else, or no choice at all."""
_STARTING = frozenset({"role", "standing"})


@dataclass(frozen=True)
class Reading:
    """How a message is taken: an intent of domain.yml, and entities by name."""

    intent: str
    confidence: float
    entities: Mapping[str, str]


def in_context(
    text: str,
    intent: str,
    confidence: float,
    found: Mapping[str, str],
    focus: str | None,
    *,
    listed: bool = False,
    likely: Mapping[str, float] | None = None,
) -> Reading:
    """Reads a cleaned message again, knowing what is being waited for.

    Args:
        text: the message.
        intent: what the classifier says.
        confidence: how sure it is, 0 to 1.
        found: the entities that the ruler found, first of each kind.
        focus: what is being waited for, or None.
        listed: whether entries were shown, of which "the second one" may be said.
        likely: what it would be as an answer to a checklist question, by the model of answers.
    """
    if not has_words(text):
        return Reading("unreadable", 1.0, {})
    language = other_language(text) if focus not in _OWN_WORDS else None
    # A few words of another language that the classifier knows ("hasta luego") are taken for what they say.
    known = len(text.split()) <= _FEW and confidence >= _OVERRULES and intent in _IN_PASSING
    if language is not None and not known:
        return Reading("other_language", 1.0, {"language": language})
    if foreign_script(text):
        return Reading("other_language", 1.0, {})
    entities = dict(found)
    if focus not in _OWN_WORDS | _CHOOSING and not (found or (listed and NUMBER.fullmatch(text))) and is_nonsense(text):
        return Reading("not_understood", 0.0, {})
    if focus not in _CHOOSING and (listed or focus not in _STARTING) and ONE_OF_THEM.match(text):
        return Reading("show_entry", 1.0, {})
    if intent == "change_role":
        entities |= role_meant(text)
    if DISMISSED.search(text) and focus not in _OWN_WORDS:
        return Reading("complaint", confidence, {})
    if focus == "message":
        refused, again = refuses(text), intent == "leave_message" and asks_for_a_person(text)
        if refused or again:
            return Reading("decline" if refused else "leave_message", 1.0, {})
        return Reading("note", 1.0, {"note": text})
    if focus == "lesson":
        return _lesson(text, intent, confidence, entities)
    left = message_within(text) if intent == "leave_message" and confidence >= _SURE else None
    if left:
        return Reading(intent, confidence, {"note": left})
    if focus in _STARTING and _JUST_TELL.search(text):
        return Reading("just_tell_me", confidence, entities)
    if focus is None and confidence < _CERTAIN and _SAYS_WHO.search(text) and "audience" in found:
        intent = "declare_role"
    if focus in ("role", "standing") or (focus is None and intent in _SELF_DESCRIPTIONS | _ROLES):
        placed = _placed(text, intent, confidence, entities, focus)
        if placed is not None:
            return placed
    if focus == "conflict" and _MINE.search(text):
        return Reading("not_understood", confidence, entities)  # the answer kept back is in the buttons only
    if focus == "conflict" and (_THEIRS.search(text) or _agrees(intent, confidence)):
        return Reading("keep_answer", confidence, {})
    if intent == "skip_step" and "step" in entities and _TO_A_STEP.search(text):
        return Reading("open_step", confidence, entities)
    if means_the_last(text):
        return Reading("correct_answer", max(confidence, _SURE), {**entities, "ordinal": "last"})
    if focus in ("question", "conflict"):
        code, plainly = _CODE.search(text) is not None, read_answer(text)
        if code and (plainly.value is None or plainly.guessed):
            return Reading("not_understood", confidence, {})
        return _answer(text, intent, confidence, entities, informed(plainly, None if code else likely))
    anew = names_new_answer(text, placed="ordinal" in entities) or (intent in _TAKEN_BACK and tells_anew(text))
    if anew and (intent == "correct_answer" or not ASKING.search(text)):
        return _correction(text, max(confidence, _SURE), entities)
    if ASKING.search(text) and (intent in _EVENTS or (intent == "correct_answer" and not is_correcting(text))):
        return _digression("ask_knowledge", confidence, entities)
    if intent == "correct_answer" and confidence >= _LEAST[intent]:
        return _correction(text, confidence, entities)
    if intent in _VALUES:
        reading = read_answer(text)
        value = _settled(reading, intent, confidence) or _VALUES[intent]
        return Reading(_INTENTS[value], confidence, _with(entities, value, reading.note))
    return _taken(intent, confidence, entities)


def _taken(intent: str, confidence: float, entities: dict[str, str]) -> Reading:
    """The classifier at its word, if it is sure enough for what the intent does."""
    if confidence < _LEAST.get(intent, _UNSURE):
        return Reading("not_understood", confidence, entities)
    return Reading(intent, confidence, entities)


def _agrees(intent: str, confidence: float) -> bool:
    return intent in ("accept", "all_as_before") and confidence >= _SURE


def _with(entities: dict[str, str], value: str | None, note: str | None) -> dict[str, str]:
    return {**entities, **({"value": value} if value else {}), **({"note": note} if note else {})}


_CODE = re.compile(r"[<>{}\\]|--|==")
"""Characters of programs, which say nothing of an organisation."""


# --- A question is open --------------------------------------------------------------------------

_THAT_WAS_WRONG = re.compile(
    r"^\W*\w+\W+(?:that|this|it)(?:'s| is| was|'s been) (?:wrong|not right|incorrect|a mistake|an error)\W*$",
    re.IGNORECASE,
)
""" "No, that was wrong" takes back the last answer; it is not one."""
_ON_IT = re.compile(
    r"^(?:(?:and|but|so|oh|well)\b\W*)*(?:on|about|for|as for|regarding|concerning) [^:]{3,80}:", re.IGNORECASE
)
_PLACED = re.compile(rf"{_ON_IT.pattern}|\b(?:wrong|mistaken?) about\b", re.IGNORECASE)
""" "On the evidence of need: yes" and "we were wrong about the targets" say themselves which answer they change."""
_TO_A_STEP = re.compile(r"\b(?:to|till|until)\b", re.IGNORECASE)
_OF_THE_LIST = phrases("""
    tick, cross, list, task, action, to-?do, suggested, proposed, planned, recommended, policy maker, ministry,
    cluster organi[sz]ation, change that, role, (?:i'm|i am|we're|we are) (?:an?|the|from)
""")  # fmt: skip
"""Words that make it plain that the list, or one's role, is meant."""
_MINE = phrases("mine, my answer, my one")
_THEIRS = phrases("keep, hers, his, theirs, (?:he|she|they) (?:is|are) right, (?:he|she|they)'(?:s|re) right")


def _answer(text: str, intent: str, confidence: float, entities: dict[str, str], reading: AnswerReading) -> Reading:
    """A question is open: an answer, a change of another answer, or a digression."""
    # "Has Interreg finished" begins like an answer ("has been done") and is none.
    told = _tells_an_answer(text, reading)
    asking = not reading.phrased and bool(
        ASKING.search(text) or (intent in _FOLLOWING and confidence >= _SURE and not told)
    )
    if _corrects(text, intent, confidence, entities, reading) and (intent == "correct_answer" or not asking):
        return _correction(text, confidence, entities)
    if reading.learnt and not (asking or reading.sure or text.endswith("?") or ORDER.match(text)):
        return _told(text, intent, confidence, entities, reading)
    brief = intent in _MANNERS and confidence >= _CERTAIN and len(text.split()) <= _BARE  # "agreed, do it"
    if told and not asking and (reading.phrased or (intent in _ENQUIRIES | _MANNERS and not brief)):
        return _as_answer(reading.value, reading.note, confidence, entities, text)
    if reading.sure and not asking:
        return _opened_with_answer(text, intent, confidence, entities, reading)
    if asking or (text.rstrip().endswith("?") and intent not in _VALUES):
        return _digression(intent, confidence, entities)
    if reading.value == "not_applicable" and intent in _EVENTS - {"not_for_us"}:
        return _as_answer(reading.value, reading.note, confidence, entities, text)  # "nothing unexpected came up"
    if reading.avoided and intent in _VALUES:
        return _avoided(text, confidence, entities)
    if intent in _VALUES:
        return _as_answer(_settled(reading, intent, confidence), reading.note, confidence, entities, text)
    return _statement(text, intent, confidence, entities, reading)


def _told(text: str, intent: str, confidence: float, entities: dict[str, str], reading: AnswerReading) -> Reading:
    """Neither a question nor an order, while a question is open: an answer, unless something else is surer by far."""
    if intent == "not_for_us" and THE_WHOLE.search(text):
        return _taken(intent, confidence, entities)
    if intent in _ROLES and "audience" in entities and confidence >= _CERTAIN and _OF_THE_LIST.search(text):
        return _taken(intent, confidence, entities)
    formed = intent in _VALUES or tells(text)
    telling = reading.likely >= (_TELLING if formed else _OVERRULES)
    told, free = (_BEYOND_DOUBT, _CERTAIN) if intent in _STATED else (_CERTAIN, _HALF_SURE)
    least = told if telling else free
    if intent == "accept" and len(text.split()) < _BARE:
        return _as_answer(None, None, confidence, entities, text)  # an "ok" agrees to nothing in particular
    if intent not in _VALUES and confidence >= max(least, _LEAST.get(intent, 0.0)):
        return _taken(intent, confidence, entities)
    if telling or (formed and reading.value is not None):
        return _as_answer(reading.value, reading.note, confidence, entities, text)
    if formed or OURS.search(text) or len(text.split()) >= _SHORT - 1:
        return _as_answer(None, None, confidence, entities, text)
    return _taken(intent, confidence, entities)


def _tells_an_answer(text: str, reading: AnswerReading) -> bool:
    """Whether a statement answers, so that it is no question or command whatever the classifier says."""
    if reading.value is None or reading.sure:
        return False
    return reading.phrased or (not reading.guessed and tells(text))


def _corrects(text: str, intent: str, confidence: float, entities: dict[str, str], reading: AnswerReading) -> bool:
    """Whether an earlier answer is meant, and not the question on the table."""
    words = len(text.split())
    if words < _BARE or (words == _BARE and reading.sure and intent in _VALUES):
        return False
    if intent == "correct_answer":
        # Without a word that says so, a statement is about the question on the table.
        placed = "ordinal" in entities or bool(_PLACED.search(text))
        return placed or is_correcting(text) or names_new_answer(text, placed=False)
    statement = intent in _VALUES or intent in _STATEMENTS - _ROLES or confidence < _SURE
    if _ON_IT.match(text) and statement:
        return True
    told_anew = not reading.sure and ((takes_up_again(text) and statement) or (intent == "undo" and tells_anew(text)))
    return told_anew or names_new_answer(text, placed="ordinal" in entities)


def _correction(text: str, confidence: float, entities: dict[str, str]) -> Reading:
    return Reading("correct_answer", confidence, _with(entities, *read_correction(text)))


def _opened_with_answer(
    text: str, intent: str, confidence: float, entities: dict[str, str], reading: AnswerReading
) -> Reading:
    """A bare answer is an answer; in "no, why do you ask" what follows it is what is meant."""
    if not reading.bare:
        if _THAT_WAS_WRONG.search(text):
            return Reading("undo", confidence, entities)
        commanded = intent not in _VALUES and intent not in _STATEMENTS and intent != "correct_answer"
        if commanded and confidence >= (_SURE if intent in ("undo", "accept") else _CERTAIN):
            return Reading(intent, confidence, entities)
    return _as_answer(reading.value, reading.note, max(confidence, _SURE), entities, text)


def _digression(intent: str, confidence: float, entities: dict[str, str]) -> Reading:
    """A question instead of an answer, which the classifier may have taken for a statement."""
    statement = intent in _VALUES or intent in _SELF_DESCRIPTIONS or intent in _EVENTS or intent == "correct_answer"
    asked = "ask_knowledge" if statement else intent
    return _taken(asked, confidence, entities)


def _avoided(text: str, confidence: float, entities: dict[str, str]) -> Reading:
    """ "No idea" leaves the question; more words than that are worth asking about once."""
    if len(text.split()) <= _BARE:
        return Reading("skip_question", confidence, entities)
    return _as_answer(None, None, confidence, entities, text)


def _settled(reading: AnswerReading, intent: str, confidence: float) -> str | None:
    """The answer where words and classifier may differ: the words if they say it, else the classifier if it is sure."""
    if reading.learnt:
        return reading.value
    reason = reading.value == "not_yet" and not reading.sure and intent == "answer_not_applicable"
    if reason and confidence >= _OVERRULES:
        return "not_applicable"
    if reading.value is None or (reading.guessed and confidence >= _SURE):
        return _VALUES[intent] if confidence >= _SURE else None
    return reading.value


def _statement(text: str, intent: str, confidence: float, entities: dict[str, str], reading: AnswerReading) -> Reading:
    """No answer to the classifier; but a sentence about themselves, while a question is open, most likely is one."""
    if intent in ("finish_action", "declare_role", "correct_answer") and not _OF_THE_LIST.search(text):
        confidence = min(confidence, _UNSURE)  # what was done, or who did it, is told as part of an answer
    if intent == "accept" and len(text.split()) < _BARE:
        return _as_answer(None, None, confidence, entities, text)  # an "ok" agrees to nothing in particular
    told = reading.value is not None and not reading.guessed and tells(text)
    of_this_one = intent == "not_for_us" and not THE_WHOLE.search(text) and len(text.split()) > _BARE
    told = told and (intent not in _EVENTS | {"help", "complaint", "pause"} or of_this_one)
    least = max(_CERTAIN if told or intent in _STATEMENTS else _SURE, _LEAST.get(intent, 0.0))
    doubted = confidence < least or intent == "declare_standing"
    if doubted and not ORDER.match(text) and not ABOUT_THE_TALK.search(text):
        if reading.value is not None:
            return _as_answer(reading.value, reading.note, confidence, entities, text)
        long = len(text.split()) >= _SHORT - 1
        if long or OURS.search(text) or intent == "declare_standing":
            return _as_answer(None, None, confidence, entities, text)
    return _taken(intent, confidence, entities)


def _as_answer(value: str | None, note: str | None, confidence: float, entities: dict[str, str], text: str) -> Reading:
    # An answer's own words may name steps or audiences; they are part of the note, not of the command.
    kept = {k: v for k, v in entities.items() if k not in ("step", "audience", "ordinal")}
    if value is None:
        return Reading("answer_unclear", confidence, _with(kept, None, text))
    return Reading(_INTENTS[value], confidence, _with(kept, value, note))


# --- Where free words were asked for -------------------------------------------------------------

_NO_LESSON = phrases("""
    no, nope, nothing, nothing really, nothing to add, nothing special, nothing more, skip, skip it, no thanks, later,
    not now, none, no lessons?(?: really)?, not really, no idea, (?:i )?(?:don't|do not) know
""")  # fmt: skip


def _lesson(text: str, intent: str, confidence: float, entities: dict[str, str]) -> Reading:
    """Free words were asked for; only a short, plain command or question is something else."""
    if _NO_LESSON.fullmatch(text.strip(" .,!")):
        return Reading("decline", 1.0, entities)
    short = len(text.split()) <= _SHORT
    if short and ASKING.search(text) and not OURS.search(text):
        return Reading(intent if intent in _ENQUIRIES | _COMMANDS else "ask_knowledge", confidence, entities)
    if confidence >= _CERTAIN:
        if intent in _ENQUIRIES | _COMMANDS and (ASKING.search(text) or (short and not OURS.match(text))):
            return Reading(intent, confidence, entities)
        if intent in ("accept", "answer_yes") and len(text.split()) < _BARE:
            return Reading("not_understood", confidence, {})  # a "yes" is no lesson
    return Reading("note", 1.0, {"note": text})


# --- Who is asking, and how far they have come ---------------------------------------------------


_SAYS_WHO = re.compile(
    r"\b(?:i|we) (?:manage|run|lead|head|represent|coordinate)\b|\b(?:i'm|i am|we're|we are) (?:an?|the|from)\b",
    re.IGNORECASE,
)
_JUST_TELL = re.compile(r"\bjust (?:tell|say)\b|\bno (?:more )?questions\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:both|neither|none of (?:both|them|these))\b", re.IGNORECASE)


def _placed(text: str, intent: str, confidence: float, entities: dict[str, str], focus: str | None) -> Reading | None:
    """Who is asking, and how far they have come; a message may say both."""
    described = (
        intent in _VALUES
        or intent in _ROLES | _PROFILE | _STATEMENTS | _EVENTS | {"correct_answer"}  # there is nothing yet to correct
        or confidence < _SURE
        or (focus == "standing" and confidence < _CERTAIN and standing_of(text) is not None)
        or (focus is not None and "step" in entities and intent == "open_step")
    )
    if ASKING.search(text) or not described:
        # "No idea" to the two questions of the start: those who cannot say are told what to do all the same.
        unsaid = intent == "skip_question" and focus is not None and confidence >= _SURE
        return Reading("just_tell_me", confidence, entities) if unsaid else None
    if focus == "role" and _BOTH.search(text):
        return Reading("declare_role", confidence, {})
    standing = standing_of(text)
    said = {"standing": standing} if standing else {}
    if standing and (focus == "standing" or intent == "declare_standing"):
        return Reading("declare_standing", confidence, {**entities, **said})
    if "audience" in entities and (focus == "role" or intent in _ROLES):
        taken = intent if intent == "change_role" else "declare_role"
        return Reading(taken, confidence, {**entities, **said})
    if focus != "standing":
        return None
    if intent in ("answer_not_yet", "decline") and len(text.split()) <= _BARE:
        return Reading("declare_standing", confidence, {**entities, "standing": "not-started"})
    if intent in ("declare_standing", "answer_yes", "answer_partly") or confidence < _SURE:
        return Reading("declare_standing", confidence, entities)
    return None


def as_parse_data(text: str, reading: Reading, ranking: list[dict[str, Any]]) -> dict[str, Any]:
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
