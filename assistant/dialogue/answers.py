"""Reads an answer out of free words: yes, partly, not yet, does not apply, or unclear.

Cues are looked for in the words themselves, strongest first, and hedges weaken a yes to a
partly ("yes, but only for two of five"). What goes beyond the bare answer is kept as a note,
word for word. Pure; no model is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["AnswerReading", "read_answer"]


@dataclass(frozen=True)
class AnswerReading:
    """What was read.

    Args:
        value: ``yes``, ``partly``, ``not_yet``, ``not_applicable``, or None when unclear.
        note: what was said beyond the bare answer; None if nothing.
        sure: whether a plain cue opened the message ("no, never"), so that it can hardly mean anything else.
    """

    value: str | None
    note: str | None
    sure: bool


_OPENING_YES = (
    r"(?:oh |well |um |hm+ |ah )?(?:yes|yeah|yep|yup|ya|jep|yea|aye|ye|yess+|absolutely|definitely|certainly|of course|sure(?: thing)?"
    r"|correct|exactly|affirmative|indeed|we do|we have|we did|we are|it is|it does|done|fully|completely|totally)"
)
_OPENING_NO = (
    r"(?:oh |well |um |hm+ |ah )?(?:no|nope|nah|noo+|nay|never|not yet|not really|not at all|not so far|not now|negative|none"
    r"|nothing|unfortunately not|sadly not|i'?m afraid not|we don'?t|we do not|we haven'?t|we have not|we didn'?t|we did not"
    r"|we aren'?t|we are not|hardly|afraid not|no way)"
)
_OPENING_PARTLY = (
    r"(?:oh |well |um |hm+ |ah |yes |yes, |yeah |yeah, )?(?:partly|partially|part|in part|half|halfway|half way|sort of|sorta|kind of|kinda|somewhat"
    r"|to some extent|to a degree|more or less|some of (?:it|them)|some|not fully|not completely|not entirely|not quite|almost"
    r"|nearly|in progress|work in progress|ongoing|a bit|a little|so so|so-so|yes and no|yes but|yes, but|yeah but|mostly|in the making|under way|underway)"
)
_OPENING_NA = (
    r"(?:n/?a\b|not applicable|(?:it |that |this )?does ?n[o']?t apply|does not apply|not relevant|irrelevant"
    r"|doesn'?t concern us|nothing unexpected|no surprises)"
)
_END = r"(?=$|[\s,.;:!?–—-])"

_NOT_APPLICABLE = re.compile(
    r"\b(?:n/a|not applicable|does(?:n'?t| not) apply|don'?t apply|not relevant (?:for|to) us|doesn'?t concern us"
    r"|nothing unexpected|no unexpected|no surprises?|irrelevant (?:for|to) us|not our (?:job|role|task|business))\b"
)
_PARTLY = re.compile(
    r"\b(?:partly|partially|sort of|sorta|kind of|kinda|half(?:way)?|somewhat|to some extent|only (?:for|in|some|two|one|a few|part|the|half)"
    r"|some(?:thing)? of|not (?:fully|completely|entirely|quite|all)|in progress|work in progress|ongoing|under ?way|a draft|drafted?|drafting"
    r"|started (?:but|with|on|it)|began|begun|working on|not finished|unfinished|but not|nothing on|except|apart from|mostly|almost|nearly"
    r"|in the making|pilot(?:ed)?|informal(?:ly)?|verbally|the board (?:still|never|has not|hasn'?t)|waiting for|pending|still (?:open|missing|needs)"
    r"|more or less|a few of|most of)\b"
)
_NO = re.compile(
    r"\b(?:not yet|never|haven'?t|have not|hasn'?t|has not|don'?t|do not|doesn'?t|does not|didn'?t|did not|isn'?t|is not|aren'?t|are not"
    r"|no (?:plan|evidence|strategy|partner|contact|training|budget|time|one|such|idea|tool|network|member|monitoring|target|benchmark|data|baseline|backup|fallback|programme|program|funding|support|list)\w*"
    r"|nothing|none|nobody|no-one|lack(?:s|ing)?|missing|planned for|plan to|will (?:start|do|have)|intend|next year|without|can'?t|cannot|couldn'?t|nope)\b"
)
_DOUBLE_NEGATIVE = re.compile(
    r"\b(?:not (?:without|bad|nothing|untrue|wrong)|never (?:without|fail)|no problems?|without (?:a )?(?:problem|doubt|question)|not that we (?:don'?t|haven'?t))\b"
)
_YES = re.compile(
    r"\b(?:yes|we (?:do|did|have|use|are|run|held|signed|agreed|adopted|made|joined|surveyed|measured|trained|finished|completed|collected"
    r"|published|set|built|know|meet|work|offer|fund|support|share|got|hired|wrote|review|track|monitor|check|asked|interviewed)"
    r"|(?:is|are|was|were|has been|have been) (?:done|in place|ready|finished|complete[d]?|signed|approved|adopted|agreed|there|clear)"
    r"|in place|since (?:19|20)\d\d|signed off|approved|adopted|all (?:done|set|of them)|already|the board (?:signed|approved|adopted|agreed|backs))\b"
)
_CORRECTION = re.compile(r"\b(?:should (?:be|have been|read)|make (?:it|that)|change (?:it|that|the)|set (?:it|that) to|put (?:it|that) (?:to|as|down))\b")
_BARE = 3
"""Words. A reading of at most so many words has nothing worth keeping as a note."""


def read_answer(text: str) -> AnswerReading:
    """Reads one message as the answer to a checklist question."""
    words = re.sub(r"\s+", " ", text.strip().lower().replace("’", "'"))
    if not words:
        return AnswerReading(None, None, False)
    for value, opening in (
        ("not_applicable", _OPENING_NA),
        ("partly", _OPENING_PARTLY),
        ("not_yet", _OPENING_NO),
        ("yes", _OPENING_YES),
    ):
        match = re.match(opening + _END, words)
        if match:
            rest = words[match.end() :]
            value = _weaken(value, words, rest)
            return AnswerReading(value, _note(text, rest), True)
    return AnswerReading(_search(words), _whole(text), False)


def _weaken(value: str, words: str, rest: str) -> str:
    """Takes the rest of the message into account: hedges after a yes, a contrast after a no."""
    if value == "yes":
        if _NOT_APPLICABLE.search(rest):
            return "not_applicable"
        if re.search(r"\b(?:but|only|except|apart from|although|though|however)\b", rest) or _PARTLY.search(rest):
            return "partly"
        if re.match(r"(?:.*\bwe (?:do|have|did|are)) (?:not|n't)\b", words) or re.match(r"\s*(?:not|no|nothing|never)\b", rest):
            return "not_yet"
    if value == "not_yet":
        if _NOT_APPLICABLE.search(rest) or re.search(r"\b(?:surprises?|unexpected)\b", words[:40]):
            return "not_applicable" if not re.search(r"\bplan\b", words) else value
        if re.match(r"\s*problems?\b", rest):
            return "yes"
        if re.search(r"\b(?:but|though|although)\b.*\b(?:started|draft|some|working on|began|planned a|pilot|already|informal)", rest):
            return "partly"
    return value


def _search(words: str) -> str | None:
    """The strongest cue anywhere in the message."""
    if _NOT_APPLICABLE.search(words):
        return "not_applicable"
    if _DOUBLE_NEGATIVE.search(words):
        return "yes"
    if _PARTLY.search(words):
        return "partly"
    negative, positive = _NO.search(words), _YES.search(words)
    if negative and positive and re.search(r"\b(?:but|although|though|yet|however)\b", words):
        return "partly"
    if negative:
        return "not_yet"
    return "yes" if positive else None


def _note(text: str, rest: str) -> str | None:
    """What follows the bare answer, in the person's own spelling."""
    tail = text.strip()[len(text.strip()) - len(rest.rstrip()) :] if rest.strip() else ""
    tail = tail.strip(" ,.;:!?–—-")
    return _limit(tail) if len(tail.split()) >= _BARE else (_limit(tail) if re.search(r"\d", tail) else None)


def _whole(text: str) -> str | None:
    whole = text.strip()
    return _limit(whole) if len(whole.split()) >= _BARE else None


def _limit(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"


LONGEST_NOTE = 1000
"""Characters of a note that are kept."""
