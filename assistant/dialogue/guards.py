"""What keeps a word from being taken for a name: "turkey sandwich", "polish the text", "space for questions"."""

from __future__ import annotations

import re
from collections.abc import Set

__all__ = ["guarded", "is_generic"]

_PLACES = {
    "polish", "turkey", "china", "chile", "jordan", "georgia", "jersey", "guinea", "chad", "mali", "nice", "reading",
    "cork", "bath", "hull", "split", "tours", "male", "lens", "orange", "gulf", "pacific", "essen", "man", "mobile",
    "victoria", "charlotte", "sofia", "columbia", "florence", "bergen", "wells", "troy", "brest", "swiss",
    "vienna", "danish", "hamburg", "brazil", "french", "balkan", "bury", "sandwich", "zealand", "varna", "graz", "bari",
    "latina", "cologne", "limerick", "champagne", "macedonia", "roma", "sierra", "union", "nantes", "shannon", "funen",
}  # fmt: skip
"""Places whose letters in small print are, or may be, something else."""
_VERBS = frozenset({"polish", "reading", "split", "man", "nice", "bury"})
"""Of these, the ones that a sentence may begin with."""
_FOOD = re.compile(
    r"\b(?:sandwich\w*|recipes?|cook\w*|roast\w*|oven|dinner|lunch|supper|eat\w*|ate|soup|stuffing|gravy|"
    r"bake\w*|pastr\w+|"
    r"salad|burgers?|porcelain|cup of|plates?|perfume|fries|window|kiss|doors?|toast|leave|dressing|bulldogs?)\b",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(r"\b(?:in|from|to|into|of|with|for|near|across|around|or|and|like|about|visit)\s+$", re.I)
_CLUSTERISH = (
    r"(?:clusters?|sectors?|industr\w+|firms?|compan\w+|business\w*|smes?|networks?|members?|markets?|partners?|field|"
    r"associations?|technolog\w+|manufactur\w+|producers?|makers?|suppliers?|chain|region|start-?ups?|programmes?|case)"
)
_AFTER_PLACE = re.compile(
    rf"^[\s-]+(?:\w+[\s-]+)?(?:{_CLUSTERISH}|one|ones|people|ministry|government|agenc\w+|embass\w+|chambers?|"
    rf"colleagues?|"
    r"universit\w+|project|funding|money|side|visit|mission|fair|delegation|example)\b",
    re.IGNORECASE,
)
_SECTOR_WORDS = frozenset(
    "design space finance materials material media games gaming environment environmental creative waste education "
    "consulting consultancy film fish ports port protein housing insurance banking engineering fitness outdoor "
    "interiors "
    "hospitality glass water drinks hospital hospitals services marine wind car cars shoes watches advertising "
    "architecture automation packaging energy transport forest ocean mobility nano electricity".split()
)
"""Words that name a sector only beside another word, or alone."""
_AFTER_SECTOR = re.compile(rf"^(?:[\s,/&-]+(?:and\s+)?\w+)?[\s-]+{_CLUSTERISH}\b", re.IGNORECASE)
_BEFORE_SECTOR = re.compile(
    rf"(?:\b{_CLUSTERISH}\s+(?:in|for|from|of|on)\s+(?:the\s+)?|\b(?:sector|industry|field|we are in|we're in|"
    rf"we do|in|into)"
    r"\s*(?:is|:)?\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^\W*(?:$|[.,;:!?)]|and\b|or\b|but\b|who\b|that\b|please\b|sector|industry|field|abroad\b|in\b)", re.I
)
_ABROAD_WORDS = re.compile(
    r"\b(?:social|business|political|learning|training|work|working|raw|marketing|press)[\s-]+$", re.I
)
_ASKED_BEFORE = re.compile(
    r"\b(?:what(?:['’]s| is| are| was| does| do| exactly is| do you mean by)|define|explain|definition of|meaning of|"
    r"meant by|mean by|means?|term|word|glossary(?: for)?|concept of)\s+(?:the\s+(?:term|word|concept)\s+)?(?:of\s+)?"
    r"(?:an?\s+|the\s+)?[\"'“‘]?$",
    re.IGNORECASE,
)
_ASKED_AFTER = re.compile(r"^[\"'”’]?\s*(?:means?\b|stands? for|definition|meaning|[-:]\s*what|,? what is that)", re.I)
_ENDS_QUESTION = re.compile(
    r"^[\"'”’]?\s*(?:mean\w*|stand\w*|exactly|really|again|here|please|then|in plain \w+)?\W*$", re.I
)
_GENERIC = frozenset(
    "cluster clusters clustering member members actor actors player players tool tools platform platforms forum sector "
    "sectors innovation innovating international transnational internationalisation globalisation participant "
    "initiative "
    "membership industry management organisation organisations manager managers office project projects process policy "
    "policies partner partners partnership objectives company companies association associations development business "
    "network firms firm approach head director activity head".split()
)
_FILLERS = frozenset("a an the of and in for to its their with is what who counts useful".split())


def is_generic(name: str, tokens: list[str], common: Set[str]) -> bool:
    """Whether a term's name is made of words that say nothing by themselves in this field."""
    if any(c.isupper() for c in name[1:]):
        return False
    plain = [token.lower() for token in tokens]
    if len(plain) == 1:
        return plain[0] in _GENERIC or plain[0] in common
    return all(word in _GENERIC or word in _FILLERS for word in plain)


def guarded(label: str, value: str, text: str, start: int, end: int, *, generic: bool) -> bool:
    """Whether what stands around a word says that it is not the name that it looks like."""
    before, after, written = text[:start], text[end:], text[start:end]
    if label == "place":
        return _no_place(before, after, written)
    if label == "sector" and written.lower() in _SECTOR_WORDS:
        return _no_sector(before, after)
    if label == "term" and generic:
        asked = _ASKED_BEFORE.search(before) is not None and _ENDS_QUESTION.match(after) is not None
        return not (asked or _ASKED_AFTER.match(after) is not None or not (before + after).strip(" ?.!\"'"))
    return False


def _no_place(before: str, after: str, written: str) -> bool:
    word = written.lower()
    if word not in _PLACES:
        return False
    initial = not before.strip(" \"'(") or before.rstrip().endswith((".", "!", "?"))
    capital = written[0].isupper() and not (initial and word in _VERBS)
    if _FOOD.match(after.lstrip()) or (not capital and _FOOD.search(before + " " + after)):
        return True
    if capital or not (before + after).strip(" ?.!,"):
        return False
    beside = _BEFORE_PLACE.search(before) is not None and not (
        word in _VERBS and re.match(r"\s+(?:the|our|it)\b", after)
    )
    return not (beside or _AFTER_PLACE.match(after))


def _no_sector(before: str, after: str) -> bool:
    if not (before + after).strip(" ?.!,"):
        return False
    if _ABROAD_WORDS.search(before):
        return True
    beside = _AFTER_SECTOR.match(after) is not None
    return not (beside or (_BEFORE_SECTOR.search(before) is not None and _ENDS.match(after) is not None))
