"""Which of a list is meant: "the second one", "number three", "#2", "the latter"; "1" to "10", or "last".

Rules over the text. A number or an ordinal alone says little, so each rule names what stands around it: "the first"
picks something at the end of its clause, and nothing in "the first meeting", "at first" and "the first of June".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.dialogue.linking import Found

__all__ = ["find_ordinals"]

_LAST = "last"
_COUNT = "one two three four five six seven eight nine ten".split()
_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_SHORT = "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split()
_MISSPELT = {
    "frist": "1", "fisrt": "1", "firts": "1", "secound": "2", "secnd": "2", "secon": "2", "seccond": "2", "thrid": "3",
    "tird": "3", "forth": "4", "fith": "5", "fourht": "4",
}  # fmt: skip
_VALUES = {
    **{word: str(i) for words in (_COUNT, _ORDER, _SHORT) for i, word in enumerate(words, 1)},
    **{str(i): str(i) for i in range(1, 11)},
    **_MISSPELT,
    **dict.fromkeys(("last", "final", "previous", "latter", "before", "bottom"), _LAST),
    **dict.fromkeys(("former", "top"), "1"),
}

# --- What is said --------------------------------------------------------------------------------

_FIGURE = r"(?:10|[1-9])(?![\w%]|[.,:/-]\d)"
_NUMBER = rf"(?:{_FIGURE}|(?:{'|'.join(_COUNT)})\b)"
_NTH = rf"(?:{'|'.join([*_ORDER, *_SHORT])})\b"
_LISTED = (
    "(?:ones?|questions?|answer|option|point|item|result|entry|case|example|task|action|choice|suggestion|alternative|"
    "proposal|idea|recommendation|bullet|programme|program|fund|grant|tool|link|row|line|statement)"
)
"""What is shown in lists here."""
_LABEL = "(?:questions?|q|numbers?|num|options?|point|item|cases?|example|answers?|result|entry|task|action|choice)"
_COUNTED = (
    r"(?!\s*(?:[%€$£]|(?:of (?:our|the|my|them|us)|per ?cent|euros?|k|million|partners?|people|persons?|members?|"
    r"firms?|companies|clusters?|weeks?|months?|years?|days?|hours?|minutes?|times|meetings?|staff|employees|priority|"
    r"target|market|reason|goal|problem|topic|issue|concern|thing)\b))"
)
"""What a number may count or rank, which is then of no list: "our number one priority", "2 partners"."""
_MORE = rf"(?:\s*(?:,|&|\+|/|,?\s*\b(?:and|or|vs|versus)\b)\s*(?:(?:number|no\.?|nr\.?)\s*|#)?{_FIGURE}){{0,5}}"
_PLEASE = r"(?:[\s,]*\b(?:please|pls|plz|then|thanks|thx|again|too))*[\s.!?)]*$"

# --- What stands around it -----------------------------------------------------------------------

_VERB = (
    "is|are|was|were|would|will|should|shall|could|can|must|has|needs?|seems?|sounds?|looks?|says?|goes|fits|please|"
    "pls|plz|thanks"
)
_THEN = "then|too|also|instead|again|now|only|due|today|tomorrow|next|above|below|here|there|listed|shown|mentioned"
_LEFT_OUT = (
    rf"(?=\s*(?:$|[^\w\s’'-]|-\s|['’]s\b)|\s+(?:{_VERB}|{_THEN}|by|until|till|for|with|from|on|at|to|and|or|vs|versus|"
    r"than|but|if|as|not|about|because|since|in (?:the|your|this|my) (?:list|plan|row)|of (?:them|these|those|the))\b)"
    r"(?!\s+(?:to|-to-)?\s*last\b)(?!\s+but\s+one\b)(?!\s+to\s+\w+\s+(?:it|this|that|such)\b)"
)
"""What follows where the noun is left out: "the second is ours", "the third with me"."""
_END = rf"(?=\s*(?:$|[.,;!?)]|(?:{_VERB}|{_THEN}|and|or|to|with|by|as|first)\b))"
_AT = (
    "compare|open|show(?: me)?|more (?:on|about|of)|about|details (?:on|of)|change|correct|skip|delete|remove|takes?|"
    "pick|choose|select|do|does|(?:yes|no|partly) to|between|explain|give(?: me)?|what is|prefer|drop|keep|redo|"
    "reopen|finish|edit"
)
_BEGINNING = r"^\W*(?:(?:ok|okay|no|yes|and|then|maybe|just|rather|i mean|i meant|take|open|show(?: me)?),? )*(?:the )?"
_IN_YEAR = r"(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE) for pattern in patterns)


class _Kind(NamedTuple):
    """Rules, whose group ``n`` holds the numbers, and what must not stand before a match."""

    rules: tuple[re.Pattern[str], ...]
    never_after: re.Pattern[str]


_KINDS = (
    _Kind(
        _rules(
            # "Question 2", "cases 2 and 3", "option two", "no. 4", "#2".
            rf"\b{_LABEL}\s*(?:\b(?:no|nr|number)\b\.?)?\s*[:.#]?\s*(?P<n>{_FIGURE}{_COUNTED}{_MORE}){_IN_YEAR}",
            rf"\b(?:number|option|question|q|case|nr) (?P<n>(?:{'|'.join(_COUNT)})\b{_COUNTED}{_MORE})",
            rf"(?:\bno(?:\.\s*|\s+)|\bnr\.?\s*|n[°º]\s*|№\s*|#\s?)(?P<n>{_FIGURE}{_COUNTED}{_MORE})",
            # "3 pls", "2 and 3", and "1 is yes", "compare 1 and 3", "Floor does 1".
            rf"{_BEGINNING}(?P<n>{_FIGURE}{_MORE}){_PLEASE}",
            rf"{_BEGINNING}(?P<n>{_FIGURE}{_MORE})\)?\s*(?:(?:is|should|can|was|to|for|goes|yes|no|partly)\b|:|=|"
            rf"->)(?!\d)",
            rf"\b(?:{_AT}) (?P<n>{_FIGURE}{_COUNTED}{_MORE}){_END}{_IN_YEAR}",
            rf"[,;.]\s+(?:and |but )?(?P<n>{_FIGURE}) (?:is|should be|was|goes to|to) ",
        ),
        re.compile(
            r"\b(?:steps?|stage|phase|level|chapter|page|version|phone|tel|room|street|article|annex|part|priority|our|"
            r"my|world['’]?s)\s*$",
            re.IGNORECASE,
        ),
    ),
    _Kind(
        _rules(
            # "The second one", "your third case", "2nd action", "the last question", "the one before".
            rf"\b(?P<n>{_NTH}|(?:{'|'.join(_MISSPELT)}|last|final|previous)\b) {_LISTED}\b"
            r"(?! (?:of contact|plans?|points?|items?|but one|before last)\b)",
            r"\b(?:the|that) (?:one|question|answer|case|item|point) (?P<n>before)(?: (?:that|this|it)\b)?"
            r"(?=\s*(?:$|[^\w\s])| (?:is|was|were|should|please|pls|and|again|to)\b)",
            r"\b(?:the|that|this) (?P<n>top|bottom) (?:one|option|entry|item|result)\b",
            # "The first", "the fifth", "the former".
            rf"\b(?:the|your|and|or|with) (?:very )?(?P<n>{_NTH}){_IN_YEAR}{_LEFT_OUT}",
            rf"\bthe (?:very )?(?P<n>last|final|previous|former|latter){_LEFT_OUT}",
            rf"{_BEGINNING}(?P<n>{_NTH}|last)(?:(?:,| (?:and|or|&)) (?:the )?{_NTH})?{_PLEASE}",
            rf"\b(?P<n>{_NTH}) (?:and|or|&) (?:the )?{_NTH}{_LEFT_OUT}",
        ),
        re.compile(
            r"\b(?:an?|one|another|any|every|each|our|their|his|her|its|at|(?:by|until|till|before|since|due)(?: "
            r"the)?)\s+(?:very\s+)?$",
            re.IGNORECASE,
        ),
    ),
)
_VALUE = re.compile(
    rf"(?<!\d)(?:10|[1-9])(?!\w)|\b(?:{'|'.join(word for word in _VALUES if not word.isdigit())})\b", re.IGNORECASE
)
_DAY = re.compile(r"\b(?:on|from|for)(?: the)? $", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:in|for|by|until|till|of|during|before|after|since|due|early|late) q[1-4]$", re.IGNORECASE)
"""The quarter of a year."""
_NEAR = 40
"""Characters before a number that can make it another's."""
_HINT = re.compile(rf"\d|#|\b(?:{'|'.join(w for w in _VALUES if not w.isdigit())})\b", re.IGNORECASE)


def find_ordinals(text: str) -> list[Found]:
    """The numbers of a list that a text names, in its order.

    Args:
        text: what was written.
    """
    if _HINT.search(text) is None:
        return []
    found: dict[int, Found] = {}
    for kind in _KINDS:
        for rule in kind.rules:
            for match in rule.finditer(text):
                start, end = match.span("n")
                if kind.never_after.search(text[max(0, match.start() - _NEAR) : match.start()]):
                    continue
                if (
                    text[start].isdigit()
                    and text[start:end][-1].isalpha()
                    and _DAY.search(text[max(0, start - _NEAR) : start])
                ):
                    continue  # "on the 2nd"
                if _QUARTER.search(text[max(0, start - _NEAR) : end]):
                    continue
                for each in _VALUE.finditer(text, start, end):
                    found[each.start()] = Found("ordinal", _VALUES[each[0].lower()], each.start(), each.end())
    return [found[start] for start in sorted(found)]
