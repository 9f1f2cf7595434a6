"""Tells by its form whether a message asks, orders, speaks of this conversation, or states how things are. Pure."""

from __future__ import annotations

import re

from assistant.dialogue.parts import asks
from assistant.dialogue.wording import expand, phrases

__all__ = ["ABOUT_THE_TALK", "ASKING", "DISMISSED", "NUMBER", "ONE_OF_THEM", "ORDER", "OURS", "THE_WHOLE", "tells"]

_LEADS = "and|but|so|ok|or|well|then|sorry|hm+"
_QUESTION_WORDS = "what|who|whom|whose|where|when|how|which|why|any(?:one|body|thing)?"
_AUXILIARIES = "is|are|was|were|can|could|do|does|did|should|shall|will|would|has|have|must|may"
_ASKED_OF = (
    """i|we|you|it|he|she|they|there|this|that|these|those|the|a|an|any|anyone|anybody|someone|our|my|your|other"""
)
ASKING = re.compile(
    rf"^(?:(?:{_LEADS})[\s,]+)*(?:(?:i|we) asked (?:you )?|my question (?:is|was) )?"
    rf"(?:(?:{_QUESTION_WORDS})\b(?! (?:we|they) (?:have|did|do) (?:is|was)\b)|(?:{_AUXILIARIES}) (?:{_ASKED_OF})\b)",
    re.IGNORECASE,
)
""" "Is there money for that"; but not "is done" and not "what we have is a draft", which are answers."""
ORDER = phrases("""
    show, tell, explain, open, go, give, list, start, stop, take, let us, let's, skip, add, put,
    plan(?! (?:b|exists?|is|was|has|yes|no)), note, remind,
    delete, remove, help(?! yes), continue, change, set, mark
""")  # fmt: skip
OURS = phrases("""
    we, our, us, i, my,
    the (?:board|members?|team|cluster|region|ministry|staff|office|director|plan|strategy|firms)
""")  # fmt: skip
DISMISSED = phrases("none of your business, not your business, mind your own business, leave me alone, go away")
ABOUT_THE_TALK = phrases("""
    (?<!tell )(?<!told )you, your, yours, (?<!another )(?<!no )question, questions, answer,
    answers, button, step \\w+, bot
""")  # fmt: skip
"""A sentence with one of these is about the conversation, not about the organisation."""
ONE_OF_THEM = re.compile(
    r"^(?:(?:and|ok|then|show|open|see|take|me|please|i mean|what about|how about)[\s,]+)*"
    r"(?:the |number |no\.? |option )*"
    r"(?:first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|[4-6]th|(?<=number )(?:[1-6]|one|two|three|four|five))"
    r"(?: (?:one|case|example|entry|programme|tool|network))?(?: of (?:them|these|those|the list))?"
    r"(?:[\s,]+please)?[\s.?]*$",
    re.IGNORECASE,
)
""" "The second one": an entry of those just shown, whatever the classifier makes of so few words."""
NUMBER = re.compile(r"\W*\d{1,2}\W*")
"""Where a list stands, one of it is meant."""
_STATING = phrases("""
    we, our, us, i, my, they, nobody, no one, everybody, everyone, all of them, some of them, none, yes, no,
    is, are, was, were, has, have, had, do, does, did
""")
THE_WHOLE = phrases("""
    journey, programme, going abroad, abroad, international\\w*, any of this, all of this, whole thing,
    this is not for us
""")
""" "Not for us" may be said of a question, or with one of these of all that is done here."""
_WISHING = phrases("""
    (?<!what )(?:i|we)(?: do not| don't)? (?:want|need|would like|wanted|wish|wonder)(?: to)?, i'd like,
    can (?:i|we|you), could (?:i|we|you), let me, let us,
    more (?:about|on|of|like), examples?, cases?, sources?
""")
"""With one of these, a sentence about themselves may be a request all the same: "our members need examples"."""
_ASKING_AFTER = re.compile(
    r"[,;.] (?:and |but |so )?(?:how|who|what|where|which|when|why|can|could|is there|are there)\b", re.IGNORECASE
)
""" "We have no budget, how do others pay?"."""
_OPENS_AS_QUESTION = re.compile(r"(?:is|are|was|were|has|have|do|does|did|can|could|will|would)\b", re.IGNORECASE)
""" "Has Interreg finished" asks, without a word that says so."""
_LEAST = 3
"""Words of a statement."""


def tells(text: str) -> bool:
    """Whether it has the form of a statement about themselves, of a few words at least, and asks for nothing."""
    stated = bool(_STATING.search(expand(text))) and len(text.split()) >= _LEAST
    if _ASKING_AFTER.search(text) or _OPENS_AS_QUESTION.match(text):
        return False
    return stated and not (asks(text) or ORDER.match(text) or _WISHING.search(text) or ABOUT_THE_TALK.search(text))
