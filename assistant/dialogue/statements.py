"""Forms of messages that are told by their words: questions, picks from a list, what is said of oneself. Pure."""

from __future__ import annotations

import re

from assistant.dialogue.wording import phrases

__all__ = ["ASKING", "DISMISSED", "NUMBER", "ONE_OF_THEM", "OURS", "THE_WHOLE"]

_LEADS = "and|but|so|ok|or|well|then|sorry|hm+"
_QUESTION_WORDS = "what|who|whom|whose|where|when|how|which|why|any(?:one|body|thing)?"
_AUXILIARIES = "is|are|was|were|can|could|do|does|did|should|shall|will|would|has|have|must|may"
_ASKED_OF = (
    """i|we|you|it|he|she|they|there|this|that|these|those|the|a|an|any|anyone|anybody|someone|our|my|your|other"""
)
ASKING = re.compile(
    rf"^(?:(?:{_LEADS})[\s,]+)*(?:(?:i|we) asked (?:you )?|my question (?:is|was) )?"
    rf"(?:(?:{_QUESTION_WORDS})\b(?! (?:we|they) (?:have|did|do) (?:is|was)\b)|(?:{_AUXILIARIES}) (?:{_ASKED_OF})\b)"
    # Told first, then asked of others: "our partner left, has anyone had that?"
    r"|[,;:.] (?:and |so )?(?:has|have|did|does) (?:any|some)(?:one|body)\b",
    re.IGNORECASE,
)
""" "Is there money for that"; but not "is done" and not "what we have is a draft", which are answers."""
OURS = phrases("""
    we, our, us, i, my,
    the (?:board|members?|team|cluster|region|ministry|staff|office|director|plan|strategy|firms)
""")  # fmt: skip
DISMISSED = phrases(
    "none of your business, not your business, mind your own business, leave me alone, go away",
    "you (?:just )?(?:keep|always|are always) (?:changing|mixing|misunderstanding|misreading|repeating|ignoring)",
    "you (?:are not|are n'?t|aren'?t|don'?t|do not|never) (?:listen|listening)",
)
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
THE_WHOLE = phrases("""
    journey, programme, going abroad, abroad, international\\w*, any of this, all of this, whole thing,
    this is not for us
""")
""" "Not for us" may be said of a question, or with one of these of all that is done here."""
