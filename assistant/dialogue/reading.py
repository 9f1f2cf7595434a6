"""Reads a message in its context: the same words mean different things at different points.

Rasa's classifier sees a message by itself. Here its result is read again with what is being
waited for (`focus`): "we surveyed 40 members" is an answer while a question is open; "never
had their management on board" is a lesson where one was asked for. The outcome is an intent
and entities, on which the rules in ``data/rules`` act. Pure; table-tested.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.dialogue.answers import AnswerReading, read_answer
from assistant.dialogue.corrections import is_correcting, names_new_answer, read_correction, takes_up_again
from assistant.dialogue.standing import role_meant, standing_of
from assistant.dialogue.tongue import other_language
from assistant.dialogue.wording import phrases

__all__ = ["LONGEST_MESSAGE", "Reading", "as_parse_data", "clean", "in_context"]

LONGEST_MESSAGE = 2000
"""Characters. Longer messages are refused with the reason, and change nothing."""

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
_EVENTS = frozenset({"unexpected_event", "not_for_us", "project_failed", "finished_round", "why_again"})
_STATEMENTS = _SELF_DESCRIPTIONS | {"ask_knowledge", "out_of_scope", "finish_action", "not_understood", "nlu_fallback"}
"""Intents whose sentences can look like answers: with these, more certainty is asked for than with others."""
_FOLLOWING = frozenset({"tell_more", "more_like_this", "ask_source", "still_open", "compare", "who_paid"})
"""Questions about an entry that was just shown."""
_ENQUIRIES = _FOLLOWING | frozenset({"ask_knowledge", "define_term", "show_menu", "recommendations", "explain_step",
                                     "what_counts", "show_answers", "show_actions", "are_you_human",
                                     "who_made_you"})  # fmt: skip
_COMMANDS = frozenset({"what_next", "continue", "undo", "help", "pause", "skip_question", "open_step", "explain_step",
                       "show_progress", "decline", "goodbye", "why_ask", "show_answers", "complaint", "greet",
                       "thanks"})  # fmt: skip

_SURE = 0.55
"""Confidence from which an intent is taken at its word though the context suggests another."""
_CERTAIN = 0.80
"""Confidence from which it is taken at its word even against an answer that opens the message."""
_OVERRULES = 0.90
"""Confidence from which the classifier's answer counts more than what single words in a message say."""
_UNSURE = 0.28
"""Confidence under which a message counts as not understood; settled on tests/nlu."""
_UNDOING = frozenset({"undo", "all_as_before", "finish_action", "skip_step", "change_role"})
_LEAST = {
    **dict.fromkeys(_UNDOING, 0.40),
    **dict.fromkeys(("unexpected_event", "why_again"), 0.75),
    **dict.fromkeys(("project_failed", "finished_round", "correct_answer"), 0.45),
    "out_of_scope": 0.75,
}
"""The same for intents that change what was answered before without asking back, and for the word that the
sources hold nothing: gibberish is better met with two guesses."""
_SHORT = 7
"""Words up to which a message can be a command where free words are expected."""
_BARE = 3
"""Words up to which "actually no" answers the question on the table, and changes no earlier answer."""

_LEADS = "and|but|so|ok|or|well|then|sorry|hm+"
_QUESTION_WORDS = "what|who|whom|whose|where|when|how|which|why|any(?:one|body|thing)?"
_AUXILIARIES = "is|are|was|were|can|could|do|does|did|should|shall|will|would|has|have|must|may"
_ASKED_OF = (
    """i|we|you|it|he|she|they|there|this|that|these|those|the|a|an|any|anyone|anybody|someone|our|my|your|other"""
)
_ASKING = re.compile(
    rf"^(?:(?:{_LEADS})[\s,]+)*"
    rf"(?:(?:{_QUESTION_WORDS})\b(?! (?:we|they) (?:have|did|do) (?:is|was)\b)|(?:{_AUXILIARIES}) (?:{_ASKED_OF})\b)",
    re.IGNORECASE,
)
""" "Is there money for that"; but not "is done" and not "what we have is a draft", which are answers."""
_ORDER = phrases("""
    show, tell, explain, open, go, give, list, start, stop, take, let us, let's, skip, add, put, plan, note, remind,
    delete, remove, help, continue, change, set, mark
""")  # fmt: skip
_OURS = phrases("""
    we, our, us, i, my,
    the (?:board|members?|team|cluster|region|ministry|staff|office|director|plan|strategy|firms)
""")  # fmt: skip
_DISMISSED = phrases("none of your business, not your business, mind your own business, leave me alone, go away")
_ABOUT_THE_TALK = phrases("you, your, yours, question, questions, answer, answers, button, step \\w+, bot")
"""A sentence with one of these is about the conversation, not about the organisation."""


_CHOOSING = frozenset({"correction", "conflict", "lesson"})
"""Where "the second one" is one of something else."""
_STARTING = frozenset({"role", "standing"})
_ONE_OF_THEM = re.compile(
    r"^(?:(?:and|ok|then|show|open|see|take|me|please|i mean|what about|how about)[\s,]+)*"
    r"(?:the |number |no\.? |option )*"
    r"(?:first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|[4-6]th|(?<=number )(?:[1-6]|one|two|three|four|five))"
    r"(?: (?:one|case|example|entry|programme|tool|network))?(?: of (?:them|these|those|the list))?"
    r"(?:[\s,]+please)?[\s.?]*$",
    re.IGNORECASE,
)
""" "The second one": an entry of those just shown, whatever the classifier makes of so few words."""
_INSTEAD = {"Cc": " ", "Cs": " ", "Co": " ", "Cf": ""}
"""What stands for control characters, halves of characters, private ones, and invisible marks."""


@dataclass(frozen=True)
class Reading:
    """How a message is taken: an intent of domain.yml, and entities by name."""

    intent: str
    confidence: float
    entities: Mapping[str, str]


def clean(text: str) -> str:
    """A message without control characters and runs of space; emoji and other scripts stay."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(_INSTEAD.get(unicodedata.category(c), c) for c in text)
    return re.sub(r"\s+", " ", text).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def foreign_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    letters = [c for c in text if c.isalpha()]
    return sum("LATIN" not in unicodedata.name(c, "") for c in letters) > len(letters) / 2


def in_context(
    text: str, intent: str, confidence: float, found: Mapping[str, str], focus: str | None, *, listed: bool = False
) -> Reading:
    """Reads a cleaned message again, knowing what is being waited for.

    Args:
        text: the message.
        intent: what the classifier says.
        confidence: how sure it is, 0 to 1.
        found: the entities that the ruler found, first of each kind.
        focus: what is being waited for, or None.
        listed: whether entries were shown, of which "the second one" may be said.
    """
    if not has_words(text):
        return Reading("unreadable", 1.0, {})
    if foreign_script(text):
        return Reading("other_language", 1.0, {})
    language = other_language(text)
    if language is not None and focus != "lesson":
        return Reading("other_language", 1.0, {"language": language})
    entities = dict(found)
    if focus not in _CHOOSING and (listed or focus not in _STARTING) and _ONE_OF_THEM.match(text):
        return Reading("show_entry", 1.0, {})
    if intent == "change_role":
        entities |= role_meant(text)
    if _DISMISSED.search(text) and focus != "lesson":
        return Reading("complaint", confidence, {})
    if focus == "lesson":
        return _lesson(text, intent, confidence, entities)
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
    if focus in ("question", "conflict"):
        return _answer(text, intent, confidence, entities)
    if _ASKING.search(text) and (intent in _EVENTS or (intent == "correct_answer" and not is_correcting(text))):
        return _digression("ask_knowledge", confidence, entities)
    if intent == "correct_answer" and confidence >= _LEAST[intent]:
        return _correction(text, confidence, entities)
    if intent in _VALUES:
        reading = read_answer(text)
        value = reading.value if reading.value and confidence < _OVERRULES else _VALUES[intent]
        value = reading.value if reading.value and reading.sure else value
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


# --- A question is open --------------------------------------------------------------------------

_THAT_WAS_WRONG = re.compile(
    r"^\W*\w+\W+(?:that|this|it)(?:'s| is| was|'s been) (?:wrong|not right|incorrect|a mistake|an error)\W*$",
    re.IGNORECASE,
)
""" "No, that was wrong" takes back the last answer; it is not one."""
_PLACED = re.compile(
    r"^(?:(?:and|but|so|oh|well)\b\W*)*(?:on|about|for|as for|regarding|concerning) [^:]{3,80}:"
    r"|\b(?:wrong|mistaken?) about\b",
    re.IGNORECASE,
)
""" "On the evidence of need: yes" and "we were wrong about the targets" say themselves which answer they change."""
_TO_A_STEP = re.compile(r"\b(?:to|till|until)\b", re.IGNORECASE)
_OF_THE_LIST = phrases("""
    tick, cross, list, task, action, to-?do, suggested, proposed, planned, recommended, policy maker, ministry,
    cluster organi[sz]ation, change that, role, (?:i'm|i am|we're|we are) (?:an?|the|from)
""")  # fmt: skip
"""Words that make it plain that the list, or one's role, is meant."""
_MINE = phrases("mine, my answer, my one")
_THEIRS = phrases("keep, hers, his, theirs, (?:he|she|they) (?:is|are) right, (?:he|she|they)'(?:s|re) right")


def _answer(text: str, intent: str, confidence: float, entities: dict[str, str]) -> Reading:
    """A question is open: an answer, a change of another answer, or a digression."""
    reading = read_answer(text)
    # "Has Interreg finished" begins like an answer ("has been done") and is none.
    asking = bool(_ASKING.search(text)) or (intent in _FOLLOWING and confidence >= _SURE)
    if _corrects(text, intent, confidence, entities, reading) and (intent == "correct_answer" or not asking):
        return _correction(text, confidence, entities)
    if reading.sure and not asking:
        return _opened_with_answer(text, intent, confidence, entities, reading)
    if asking or (text.rstrip().endswith("?") and intent not in _VALUES):
        return _digression(intent, confidence, entities)
    if reading.avoided and intent in _VALUES:
        return _avoided(text, confidence, entities)
    if intent in _VALUES:
        return _as_answer(_settled(reading, intent, confidence), reading.note, confidence, entities, text)
    return _statement(text, intent, confidence, entities, reading)


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
    told_anew = takes_up_again(text) and statement and not reading.sure
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
        if commanded and confidence >= (_SURE if intent in ("undo", "accept", "decline") else _CERTAIN):
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
    """The answer, where words and classifier may differ: the surer of the two, or neither."""
    if reading.value is None:
        return _VALUES[intent] if confidence >= _SURE else None
    return _VALUES[intent] if confidence >= _OVERRULES else reading.value


def _statement(text: str, intent: str, confidence: float, entities: dict[str, str], reading: AnswerReading) -> Reading:
    """No answer to the classifier; but a sentence about themselves, while a question is open, most likely is one."""
    if intent in ("finish_action", "declare_role", "correct_answer") and not _OF_THE_LIST.search(text):
        confidence = min(confidence, _UNSURE)  # what was done, or who did it, is told as part of an answer
    if intent == "accept" and len(text.split()) < _BARE:
        return _as_answer(None, None, confidence, entities, text)  # an "ok" agrees to nothing in particular
    doubted = confidence < (_CERTAIN if intent in _STATEMENTS else _SURE) or intent == "declare_standing"
    if doubted and not _ORDER.match(text) and not _ABOUT_THE_TALK.search(text):
        if reading.value is not None:
            return _as_answer(reading.value, reading.note, confidence, entities, text)
        long = len(text.split()) >= _SHORT - 1
        if long or _OURS.search(text) or intent == "declare_standing":
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
    if short and _ASKING.search(text) and not _OURS.search(text):
        return Reading(intent if intent in _ENQUIRIES | _COMMANDS else "ask_knowledge", confidence, entities)
    if confidence >= _CERTAIN:
        if intent in _ENQUIRIES | _COMMANDS and (_ASKING.search(text) or (short and not _OURS.match(text))):
            return Reading(intent, confidence, entities)
        if intent in ("accept", "answer_yes") and len(text.split()) < _BARE:
            return Reading("not_understood", confidence, {})  # a "yes" is no lesson
    return Reading("note", 1.0, {"note": text})


# --- Who is asking, and how far they have come ---------------------------------------------------


_BOTH = re.compile(r"\b(?:both|neither|none of (?:both|them|these))\b", re.IGNORECASE)


def _placed(text: str, intent: str, confidence: float, entities: dict[str, str], focus: str | None) -> Reading | None:
    """Who is asking, and how far they have come; a message may say both."""
    described = (
        intent in _VALUES
        or intent in _ROLES | _PROFILE | _STATEMENTS | _EVENTS | {"correct_answer"}  # there is nothing yet to correct
        or confidence < _SURE
        or (focus is not None and "step" in entities and intent == "open_step")
    )
    if _ASKING.search(text) or not described:
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
    if intent in ("declare_standing", "answer_yes", "answer_partly") or _UNSURE <= confidence < _SURE:
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
