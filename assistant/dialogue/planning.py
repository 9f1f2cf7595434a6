"""Reads what is said of the list of actions: of an offer to plan work, of who does what, of what is on the list. Pure.

While an offer is open, "yes" and "ok" accept it, with whatever follows of who and by when; no answer of a checklist is
changed by them. A message that gives work to somebody refuses nothing, however much it sounds like a "no".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.dialogue.corrections import names_new_answer
from assistant.dialogue.readings import CERTAIN, FEW, VALUES, Heard, Reading
from assistant.dialogue.statements import ASKING
from assistant.dialogue.wording import phrases
from assistant.phrases import REMOVAL, accepts

__all__ = ["of_the_list"]

_REFUSALS = frozenset({"decline", "skip_question", "answer_not_yet", "answer_not_applicable"})
_REFUSING = re.compile(
    r"^\W*(?:(?:oh|well|hm+|sorry|but|and|ok|then|thanks|rather|please|i'?d say)\b\W*)*"
    r"(?:no|nope|nah|not|never|none|nothing|skip|leave|later|drop|forget|decline|pass|next|neither|another|move on|"
    r"go on|don'?t|do not|i (?:don'?t|do not|would rather not|'?d rather not)"
    r"|we (?:don'?t|do not|can'?t|cannot|can not|won'?t|have no))\b",
    re.IGNORECASE,
)
_WEAK = frozenset({
    "pause", "what_next", "skip_question", "continue", "decline", "goodbye", "help", "not_understood", "out_of_scope",
    "declare_standing", "undo", "show_actions", "complaint", "nlu_fallback", *VALUES,
})  # fmt: skip
"""Intents that a message may be taken for which gives work to somebody."""
_REMOVING = re.compile(
    rf"\b(?:{REMOVAL}|take)\b.*"
    r"\b(?:(?:off|from|on|of|out of) (?:my|our|the|that|this)(?: \w+)? ?list"
    r"|(?:first|second|third|fourth|fifth|last|\dst|\dnd|\drd|\dth) (?:one|action|task|item|point|thing|entry)"
    r"|(?:action|task|to-?do)\b(?! plan))",
    re.IGNORECASE,
)
_IS_DONE = re.compile(
    r"^\W*(?:is|are|was|were|has|have)\b.*\b(?:first|second|third|fourth|fifth|last|next|\d(?:st|nd|rd|th)|action|task|"
    r"item|to-?do|list|plan)\b.*\b(?:done|finished|completed?|ticked(?: off)?|closed|still open|overdue)\W*$",
    re.IGNORECASE,
)
""" "Is the first one done?" """
_HOW_TO_ADD = re.compile(r"\bhow (?:do|can|could|should|would|to)\b.*\b(?:add|put|get|plan)\b.*\blist\b", re.IGNORECASE)
_TO_US = re.compile(r"^\W*(?:\w+\W+){0,2}(?:can|could|will|would|may|shall|should) (?:you|we|i)\b", re.IGNORECASE)
""" "Can you tick off the first one?" asks for it to be done."""
_NOT_THE_LIST = phrases("undo, take (?:that|it) back, my answer, the answer, question, step")


def of_the_list(heard: Heard, focus: str | None) -> Reading | None:
    """What a message says of the list of actions; None where it is to be read in the ordinary way.

    Args:
        heard: the message.
        focus: what is being waited for.
    """
    text, intent, entities = heard.text, heard.intent, heard.entities
    removing = _REMOVING.search(text) is not None and _NOT_THE_LIST.search(text) is None
    if removing and (_TO_US.match(text) or not ASKING.search(text)):
        return Reading("finish_action", max(heard.confidence, CERTAIN), entities)
    if _HOW_TO_ADD.search(text):
        return Reading("plan_action", heard.confidence, {})
    if _IS_DONE.match(text) or (intent == "finish_action" and _asks(text)):
        return Reading("show_actions", heard.confidence, {})
    if focus in ("question", "conflict"):
        return None
    if _gives_work(heard, focus):
        return Reading("plan_action", heard.confidence, _planned(entities))
    return _of_the_offer(heard) if focus == "action" else None


def _asks(text: str) -> bool:
    return bool(ASKING.search(text) or text.rstrip().endswith("?")) and not _TO_US.match(text)


def _gives_work(heard: Heard, focus: str | None) -> bool:
    """Whether it says who does something, though it was taken for something else: "tell Anna she must finish it"."""
    entities, intent = heard.entities, heard.intent
    if "owner" not in entities or _asks(heard.text):
        return False
    if intent == "correct_answer":  # "no, that's wrong, Ingrid does it" corrects who does it
        return not names_new_answer(heard.text, placed="ordinal" in entities)
    if intent == "finish_action":
        return "due" in entities
    if focus == "action" and intent in VALUES:
        return True
    return intent in _WEAK and heard.confidence < CERTAIN


def _of_the_offer(heard: Heard) -> Reading | None:
    text, intent = heard.text, heard.intent
    if names_new_answer(text, placed="ordinal" in heard.entities):
        return None
    if accepts(text) and intent in VALUES and intent != "answer_yes":
        return Reading("plan_action", heard.confidence, _planned(heard.entities))
    if intent not in _REFUSALS or _REFUSING.match(text):
        return None
    if "due" in heard.entities:
        return Reading("plan_action", heard.confidence, _planned(heard.entities))
    if intent == "skip_question" or (heard.length > FEW and heard.confidence < CERTAIN):
        return Reading("not_understood", heard.confidence, {})
    return None


def _planned(entities: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in entities.items() if name in ("owner", "due", "ordinal")}
