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

from assistant.dialogue.answers import read_answer

__all__ = ["LONGEST_MESSAGE", "Reading", "clean", "in_context", "is_payload"]

LONGEST_MESSAGE = 2000
"""Characters. Longer messages are refused with the reason, and change nothing."""

_ANSWERS = frozenset({"answer_yes", "answer_partly", "answer_not_yet", "answer_not_applicable"})
_VALUES = {
    "answer_yes": "yes",
    "answer_partly": "partly",
    "answer_not_yet": "not_yet",
    "answer_not_applicable": "not_applicable",
}
_STATEMENTS = frozenset({"declare_standing", "declare_role", "ask_knowledge", "out_of_scope", "not_understood", "accept", "finish_action",
                         "plan_action", "nlu_fallback", "unexpected_event", "not_for_us", "project_failed", "finished_round"})  # fmt: skip
"""Intents whose sentences look like answers; with a question open and no certainty they are read as such."""
_COMMANDS = frozenset({"what_next", "continue", "undo", "help", "pause", "skip_question", "open_step", "explain_step", "show_progress",
                       "decline", "goodbye", "why_ask", "show_answers", "complaint", "greet", "thanks"})  # fmt: skip
_SURE = 0.55
"""Confidence from which an intent is taken at its word though the context suggests another."""
_UNSURE = 0.28
"""Confidence under which a message counts as not understood; settled on tests/nlu."""
_SHORT = 7
"""Words up to which a message can be a command where free words are expected."""
_PAYLOAD = re.compile(r"^/[a-z_]+(?:\{.*\})?$", re.DOTALL)
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|i|my|the (?:board|members?|team|cluster|region|ministry))\b", re.IGNORECASE)
_QUESTION = re.compile(r"^\s*(?:what|who|where|when|how|which|why|can|could|is|are|does|do|did|should|will|would|any)\b|\?\s*$", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\b(?:actually|correction|hang on|hold on|wait|scratch that|should (?:be|have been)|change (?:the|my|that|it)|i (?:said|meant|answered)|"
    r"was wrong|is wrong|instead of|not true any ?more|mistake)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """How a message is taken: an intent of domain.yml, and entities by name."""

    intent: str
    confidence: float
    entities: Mapping[str, str]


def clean(text: str) -> str:
    """A message without control characters and runs of space; emoji and other scripts stay."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co") else "" if unicodedata.category(c) == "Cf" else c for c in text)
    return re.sub(r"\s+", " ", text).strip()


def is_payload(text: str) -> bool:
    """Whether this is what a button sends."""
    return bool(_PAYLOAD.match(text))


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def foreign_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters) > len(letters) / 2


def in_context(text: str, intent: str, confidence: float, found: Mapping[str, str], focus: str | None) -> Reading:
    """Reads a cleaned message again, knowing what is being waited for.

    Args:
        text: the message.
        intent: what the classifier says.
        confidence: how sure it is, 0 to 1.
        found: the entities that the ruler found, first of each kind.
        focus: what is being waited for, or None.
    """
    if not has_words(text):
        return Reading("unreadable", 1.0, {})
    if foreign_script(text):
        return Reading("other_language", 1.0, {})
    entities = dict(found)
    if focus == "lesson":
        return _lesson(text, intent, confidence, entities)
    if focus in ("role", "standing") or (focus is None and intent in ("declare_role", "declare_standing")):
        placed = _placed(text, intent, confidence, entities, focus)
        if placed is not None:
            return placed
    if focus in ("question", "conflict"):
        return _answer(text, intent, confidence, entities)
    if intent == "correct_answer":
        return _correction(text, confidence, entities)
    if intent in _ANSWERS:
        reading = read_answer(text)
        return Reading(intent, confidence, _with(entities, reading.value or _VALUES[intent], reading.note))
    if confidence < _UNSURE:
        return Reading("not_understood", confidence, entities)
    return Reading(intent, confidence, entities)


def _with(entities: dict[str, str], value: str | None, note: str | None) -> dict[str, str]:
    return {**entities, **({"value": value} if value else {}), **({"note": note} if note else {})}


def _lesson(text: str, intent: str, confidence: float, entities: dict[str, str]) -> Reading:
    """Free words were asked for; only a short, plain command is something else."""
    if intent in _COMMANDS and confidence >= _SURE and len(text.split()) <= _SHORT:
        return Reading(intent, confidence, entities)
    if re.fullmatch(r"(?:no|nope|nothing|skip|no thanks|later|not now|none)\W*", text, re.IGNORECASE):
        return Reading("decline", 1.0, entities)
    return Reading("note", 1.0, {"note": text})


def _correction(text: str, confidence: float, entities: dict[str, str]) -> Reading:
    value, note = _corrected_value(text)
    return Reading("correct_answer", confidence, _with(entities, value, note))


_TO_VALUE = re.compile(
    r"\b(?:to|as|be|been|is|it'?s|a|into|down as|say|was|put)\s+(?:a\s+|an\s+)?[\"'“‘]?(yes|partly|partially|not yet|no|not applicable|n/a)\b",
    re.IGNORECASE,
)
_VALUE_OF_WORD = {"yes": "yes", "partly": "partly", "partially": "partly", "not yet": "not_yet", "no": "not_yet",
                  "not applicable": "not_applicable", "n/a": "not_applicable"}  # fmt: skip


def _corrected_value(text: str) -> tuple[str | None, str | None]:
    """The new answer in a correction: "should have been no", "actually we have no monitoring plan"."""
    named = _TO_VALUE.findall(text)
    if named:
        return _VALUE_OF_WORD[named[-1].lower()], None
    rest = re.sub(
        r"^(?:(?:oh|no|nope|yes|ok|well|sorry|actually|correction|hang on|hold on|wait|but|hm+|scratch that|my mistake|oops)\b[\s,.:;!-]*)+",
        "", text, flags=re.IGNORECASE,
    )  # fmt: skip
    if re.search(r"\b(?:wrong|change|mistake|correct|edit|fix)\b", rest, re.IGNORECASE) and not _FIRST_PERSON.match(rest):
        return None, None
    reading = read_answer(rest)
    return reading.value, rest if reading.value and len(rest.split()) >= 4 else None


def _placed(text: str, intent: str, confidence: float, entities: dict[str, str], focus: str | None) -> Reading | None:
    """Who is asking, and how far they have come; a message may say both."""
    standing = _standing(text)
    audience = entities.get("audience")
    if standing and (focus == "standing" or intent == "declare_standing"):
        return Reading("declare_standing", confidence, {**entities, "standing": standing})
    if audience and (focus == "role" or intent == "declare_role") and (intent not in _COMMANDS or confidence < _SURE):
        return Reading("declare_role", confidence, {**entities, **({"standing": standing} if standing else {})})
    if focus == "standing" and intent in ("answer_not_yet", "decline") and len(text.split()) <= 3:
        return Reading("declare_standing", confidence, {**entities, "standing": "not-started"})
    if focus == "standing" and intent in ("declare_standing", "answer_yes", "answer_partly"):
        return Reading("declare_standing", confidence, entities)
    if focus == "role" and intent == "declare_standing" and standing:
        return Reading("declare_standing", confidence, {**entities, "standing": standing})
    return None


_STANDINGS = (
    ("projects-done", r"project\w* (?:is |are |was |were |has |have |just )*(?:finished|over|done|ended|completed|closed)|finished (?:our|a|the|two|three|several)?\s*project"),
    ("have-contacts", r"\b(?:contacts?|know (?:some )?people|talking to|some links|met (?:some|a few))\b(?!.*\b(?:have|got) (?:a |our )?strategy)"),
    ("projects-running", r"project\w*\b.*\b(?:running|under ?way|going|started|ongoing|live)|running (?:a |two |three |some |joint |several )?\w*\s*project|in the middle of (?:a |our )?project|(?:have|got|do) (?:\w+ ){0,3}projects?\b|already work(?:ing)? with"),
    ("have-strategy", r"\b(?:strategy|action plan|plan)\b(?<!no plan)(?<!no strategy)"),
    ("have-partners", r"\b(?:partners?|consorti\w+|mou|agreement signed|signed)\b"),
    ("have-idea", r"\b(?:idea|target|market in mind|know where|thinking (?:of|about)|interested in|want to go to|considering|looking at)\b"),
    ("not-started", r"\b(?:not started|haven'?t started|not begun|beginning|beginner|start(?:ing)? (?:from )?(?:zero|scratch|out)|nothing|nowhere|just start\w*|new to|zero|no experience|never|not yet|first steps?)\b"),
)  # fmt: skip
_NO_PLAN = re.compile(r"\b(?:no|without(?: a)?|not a|don'?t have a|haven'?t a|lack a)\s+(?:real |clear |written |proper )?(?:plan|strategy)", re.IGNORECASE)


def _standing(text: str) -> str | None:
    """How far they have come, by the furthest thing they say they have."""
    lowered = _NO_PLAN.sub(" ", text.lower())
    negated = re.search(r"\b(?:no|not|haven'?t|without|don'?t have)\b[^,.;]*\b(?:partner|project|contact|idea)", lowered)
    for key, pattern in _STANDINGS:
        if re.search(pattern, lowered) and not (negated and key not in ("not-started", "have-strategy")):
            return key
    return "not-started" if negated else None


def _answer(text: str, intent: str, confidence: float, entities: dict[str, str]) -> Reading:
    """A question is open: an answer, a change of another answer, or a digression."""
    reading = read_answer(text)
    correcting = bool(_CORRECTION.search(text)) or "ordinal" in entities
    if intent == "correct_answer" and (confidence >= _SURE or correcting):
        return _correction(text, confidence, entities)
    asking = bool(_QUESTION.search(text))
    if reading.sure and not asking and intent not in ("decline", "correct_answer", "complaint", "skip_question", "all_as_before", "undo"):
        return _as_answer(reading.value, reading.note, max(confidence, _SURE), entities)
    if reading.sure and len(text.split()) <= 2 and intent != "all_as_before":
        return _as_answer(reading.value, reading.note, 1.0, entities)
    if intent in _ANSWERS:
        value = reading.value or _VALUES[intent]
        return _as_answer(value, reading.note, confidence, entities)
    told = bool(_FIRST_PERSON.search(text)) and not asking
    certain = confidence >= _SURE and intent not in ("declare_standing", "ask_knowledge", "out_of_scope", "accept")
    if intent == "accept" and len(text.split()) <= 2:
        return _as_answer("yes", None, confidence, entities)
    if told and not certain and (intent in _STATEMENTS or confidence < _UNSURE):
        if reading.value is not None:
            return _as_answer(reading.value, reading.note, confidence, entities)
        return Reading("answer_unclear", confidence, _with(entities, None, text))
    if confidence < _UNSURE:
        return Reading("not_understood", confidence, _with(entities, reading.value, None))
    return Reading(intent, confidence, entities)


def _as_answer(value: str | None, note: str | None, confidence: float, entities: dict[str, str]) -> Reading:
    intent = next((i for i, v in _VALUES.items() if v == value), "answer_unclear")
    # An answer's own words may name steps or audiences; they are part of the note, not of the command.
    kept = {k: v for k, v in entities.items() if k not in ("step", "audience", "ordinal")}
    return Reading(intent, confidence, _with(kept, value, note))


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
