"""Reads who is asking, and how far they have come; a message may say both. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialogue.audiences import introduced_as
from assistant.dialogue.readings import (
    BARE,
    CERTAIN,
    ENQUIRIES,
    EVENTS,
    FEW,
    PROFILE,
    ROLES,
    STATEMENTS,
    SURE,
    VALUES,
    Heard,
    Ranked,
    Reading,
)
from assistant.dialogue.standing import standing_of
from assistant.dialogue.statements import ASKING

__all__ = ["BACK_TO_START", "JUST_TELL", "introduced", "placed"]

_SAYS_WHO = re.compile(
    r"\b(?:i|we) (?:manage|run|lead|head|represent|coordinate)\b|\b(?:i'm|i am|we're|we are) (?:an?|the|from)\b",
    re.IGNORECASE,
)
JUST_TELL = re.compile(r"\bjust (?:tell|say)\b|\bno (?:more )?questions\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:both|neither|none of (?:both|them|these))\b", re.IGNORECASE)
_DESCRIBED = frozenset(VALUES) | ROLES | PROFILE | STATEMENTS | EVENTS | {"correct_answer"}
"""Intents that sentences about oneself are taken for; at the start there is nothing yet to answer or to correct."""
_HAVING = re.compile(
    r"^\W*(?:(?:well|so|ok|and|i think|i guess)\b\W*)*(?:(?:i|we|they|our cluster|the cluster)\b\W*)?"
    r"(?:(?:already|only|now)\b ?)?(?:(?:'ve|’ve) )?"
    r"(?:ha(?:ve|s|d)|got|having|with|there (?:is|are)|our|an?|the|some|finished|running)\b",
    re.IGNORECASE,
)
""" "Have a strategy" tells; the menu for a strategy is asked for in other words."""
BACK_TO_START = re.compile(
    r"^\W*(?:(?:can|could|may|shall|should|let'?s|let us|i|i'd|we|we'd|you|want|would|like|please|actually|no|ok|"
    r"to|just|rather)\W+)*(?:start|begin|restart|go back|go|do it)\b[^.?!]{0,20}\b(?:from|at|to) (?:the )?(?:very )?"
    r"(?:beginning|start|scratch)\b(?: instead| again| please| once more| over)*\W*$",
    re.IGNORECASE,
)
""" "Can we start from the beginning?", which asks for no advice on beginnings."""
_SEVERAL = re.compile(r"[,.;]\s+\w")


def introduced(heard: Heard, focus: str | None) -> Heard:
    """The message with the role that somebody says in passing, before they have begun.

    An opening says several things at once: who they are, where, how far they have come, and what they want. A question
    whose words could be looked up says who somebody is only where it has a part of its own for it.

    Args:
        heard: the message.
        focus: what is being waited for; only at the start, or where nothing is, does anybody introduce themselves.
    """
    if focus not in ("role", "standing", None) or heard.intent in ROLES:
        return heard
    role = heard.entities.get("audience") or introduced_as(heard.text)
    if role is None:
        return heard
    heard = replace(heard, entities={**heard.entities, "audience": role})
    says_who = _SAYS_WHO.search(heard.text) or heard.intent not in ENQUIRIES or _SEVERAL.search(heard.text)
    settled = heard.confidence >= CERTAIN or heard.intent in PROFILE or heard.intent == "declare_standing"
    if focus is not None or settled or not says_who or ASKING.search(heard.text):
        return heard
    return replace(heard, ranking=[Ranked("declare_role", heard.confidence), *heard.ranking])


def placed(heard: Heard, focus: str | None) -> Reading | None:
    """Who is asking, or how far they have come; None if the message says neither.

    Args:
        heard: the message.
        focus: ``role`` or ``standing`` where that was asked, else None.
    """
    text, intent, confidence, entities = heard.text, heard.intent, heard.confidence, heard.entities
    if focus == "standing" and BACK_TO_START.match(text):
        return Reading("declare_standing", max(confidence, SURE), {**entities, "standing": "not-started"})
    standing = standing_of(text)
    told = focus == "standing" and standing is not None
    having = told and heard.length <= FEW and _HAVING.match(text) and not text.endswith("?")
    described = (
        intent in _DESCRIBED
        or confidence < SURE
        or (told and confidence < CERTAIN)
        or (having and intent != "skip_question")
        or (focus is not None and "step" in entities and intent == "open_step")
    )
    if (ASKING.search(text) and not having) or not described:
        # "No idea" to the two questions of the start: those who cannot say are told what to do all the same.
        unsaid = intent == "skip_question" and focus is not None and confidence >= SURE
        return Reading("just_tell_me", confidence, entities) if unsaid else None
    if focus == "role" and _BOTH.search(text):
        return Reading("declare_role", confidence, {})
    said = {"standing": standing} if standing else {}
    if standing and (focus == "standing" or intent == "declare_standing"):
        return Reading("declare_standing", confidence, {**entities, **said})
    if "audience" in entities and (focus == "role" or intent in ROLES):
        taken = intent if intent == "change_role" else "declare_role"
        return Reading(taken, confidence, {**entities, **said})
    if focus != "standing":
        return None
    if intent in ("answer_not_yet", "decline") and heard.length <= BARE:
        return Reading("declare_standing", confidence, {**entities, "standing": "not-started"})
    stray = intent == "out_of_scope" and heard.length <= BARE  # a word or two that answer nothing: "purple"
    if intent in ("declare_standing", "answer_yes", "answer_partly") or stray or confidence < SURE:
        return Reading("declare_standing", confidence, entities)
    return None
