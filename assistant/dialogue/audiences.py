"""Who somebody is: "I work for a ministry", "cluster organisation here", "switch to the policy maker's version".

An audience is named only by those who say that it is them, or that they want its questions. Ministries and clusters
also appear in what people tell and ask, and are then nobody's role.
"""

from __future__ import annotations

import re

from assistant.dialogue.linking import Found

__all__ = ["find_audience", "introduced_as"]

_FIRMS = (
    r"(?:\w+ ){0,3}(?:firms|companies|businesses|manufacturers|producers|smes|growers|makers|enterprises|industr\w+)"
)
_CLUSTER = (
    rf"(?:business |industry |regional |national |food |tech )?cluster(?:s['’]|['’]s)?[ -](?:organi[sz]ations?|"
    rf"orgs?\b\.?|managers?|managing|management|initiatives?|associations?|teams?|office|secretariat|body|bodies|"
    rf"coord(?:inat\w+)?|director|person|facilitators?|staff|people|side|lead|developer)|clusters?|competence "
    rf"networks?|(?:business|industry|sector|regional) networks?|(?:business|trade|industry) (?:association|"
    rf"federation)|(?:association|federation|union|network|alliance|group) of {_FIRMS}|association|organi[sz]ations?|"
    rf"clustermanagers?|networks? (?:manager|leader)|(?<=run a )network|(?<=manage a )network|(?<=lead a )network|"
    rf"pole|pôle de compétitivité"
)
_LEVEL = "(?:regional|local|national|central|federal|state|county|city|provincial|district|town|borough|public)"
_POLICY = (
    rf"policy[ -]?mak(?:ers?|ing)|policy[ -](?:officers?|advis[eo]rs?|unit|side|people|person|team|department)|policy|"
    rf"policies|polic[iy]maker|ministr(?:y|ies)|(?:{_LEVEL} )?(?:govern?ment|authorit(?:y|ies)|council|administration)|"
    rf"(?:{_LEVEL} |innovation |development |economic |business |investment |export ){{0,2}}agency|municipal(?:ity|"
    rf"ities)?|city hall|town hall|prefecture|voivodeship|canton|directorate(?:[ -]general)?|department of \w+|civil "
    rf"serv\w+|public (?:sector|body|servant|official|funder)|city of \w+|minister(?:['’]s)?|(?:member of "
    rf")?parliament|province|eu institution|(?:official|civil servant|desk officer) (?:of|in|at|from) the (?:\w+ "
    rf")?department|funders?|funding (?:body|agency)|economic development|(?<=at the )region|(?<=for the )region|"
    rf"(?<=from the )region"
)
_NAMED = re.compile(rf"\b(?:(?P<policy_maker>{_POLICY})|(?P<cluster_organisation>{_CLUSTER}))\b", re.IGNORECASE)
_OF_POLICY = re.compile(
    r"^ (?:policy|policies|programme|unit|department|desk|support)\b|^ [\w ]{0,20}\b(?:at|in|of|for) (?:the|a|our) "
    r"(?:\w+ )?(?:ministry|government|agency|municipality|city council|authority)\b",
    re.IGNORECASE,
)
""" "Our cluster unit at the ministry" is of the ministry."""

# --- Saying who one is ----------------------------------------------------------------------------

_DOING = (
    r"write(?= (?:for|from|on behalf)\b)|speak(?= (?:for|on behalf)\b)|look after|advise|chair|work|run|manage|lead|"
    r"head|represent|coordinate|belong to|belong|come|am employed|sit"
)
_I_AM = (
    rf"\b(?:i['’]?m|i am|we['’]?re|we are|i(?: \w+)? (?:{_DOING})|we(?: \w+)? (?:{_DOING})|(?:speaking|working|asking|"
    rf"writing|acting|calling|employed) (?:as|for|from|at|in)|on behalf of(?: our| my)?|(?:i['’]?m|i am|we['’]?re|we "
    rf"are) with(?= (?:the|a)\b)|\bbut(?= from| i['’]?m|i am|we)|(?<!same )(?<!such )(?<!far )as|we,?|(?:yes|no|hi|"
    rf"hello),? from|^from|this is|my (?:role|job|side|employer|organi[sz]ation|company) is|i do|we (?:make|design|"
    rf"write|shape|do|develop|set)|our (?:directorate|department|unit|agency|municipality) (?:makes|designs|writes|"
    rf"shapes|does|develops|sets|runs)(?: the)?(?: cluster)?|i(?: \w+)? (?:changed|switched|moved)(?: from(?: "
    rf"\w+){1, 3})? to|(?:\bnot|n['’]t) [\w ]{2, 40} but(?= )|(?:we|i)(?:['’]ve| have)? become|^\W*(?:role: )?(?:\w+ "
    rf")?(?:manager|director|head|lead|leader|officer|coordinator|trainee|employee|adviser|president|deputy|part|"
    rf"staff) (?:of|at|in|from)(?= (?:an?|the|our)\b))"
)
_NOT_BETWEEN = (
    "looking|searching|interested|going|planning|trying|thinking|about|that|which|who|if|whether|to|want|need|have|"
    "would|should|do|know|see|think|like|can|could|did|met|meet|already|hope|not|no|never|with|by|against|than|funded|"
    "supported|part|members?|near|signed|told|asked|partner|partners|friend|formerly|previously|used|far|soon|long|"
    "much|well|good|because|but|their|your|said|job|task|matter|strengthen|rather|needs?|has|is|are|was|get|got|gets|"
    "sure|afraid|glad|happy|waiting|writing to|still|of ours"
)
_SAYS_SO = re.compile(rf"{_I_AM}(?:[ ,](?!(?:{_NOT_BETWEEN})\b)[\w'’/-]+){{0,7}}[ ,]*$", re.IGNORECASE)
""" "I work for a regional ...": what follows is what somebody is."""
_TELLS = re.compile(
    r" (?:would|should|could|can|will|has|says?|said|wants?|told|asks?|asked|requires?|funds|pays?|expects?|did|"
    r"does)\b",
    re.IGNORECASE,
)
""" "As the ministry says"."""
_WAS = re.compile(r"\b(?:used to|was|were|been|formerly|previously|before|worked|until)\b[^,.;]*$", re.IGNORECASE)
_OURS, _IS_NOW = (
    re.compile(r"\b(?:our|my) $", re.IGNORECASE),
    re.compile(r" (?:is|was (?:founded|set up)|has (?:lost|grown|(?:about |over )?\d+))\b", re.IGNORECASE),
)
_WE_FUND = re.compile(
    r"\b(?:we|our (?:agency|department|ministry|unit)) (?:funds?|finances?|gives? (?:grants|money) to|gives?(?= "
    r"clusters)) (?:\w+ ){0,2}clusters?\b",
    re.IGNORECASE,
)
_IT_IS_US = re.compile(
    r"^[^.?!;]{0,20}\(?\b(?:(?:that|it)(?:['’]?s| is)|which is|meaning) (?:us|me|we|what (?:we|i))\b|^s?['’]?\W+(?:we "
    r"are one|we['’]?re one|i['’]?m one|i am one|like (?:us|me)\b)|^ (?:here|speaking)\b",
    re.IGNORECASE,
)

# --- Wanting a role's questions -------------------------------------------------------------------

_WANTED = re.compile(
    r"\b(?:(?:switch|change|go|move|swap)(?: \w+){0,3} (?:to|into)|(?:questions|checklists?|steps|version|path|view) "
    r"(?:for|of)|(?:role|side) (?:is|should be|to|of|:)|(?:set|make|put|switch|change) (?:me|us|my profile|my role) "
    r"(?:to|into|as|an?)|(?:answer|continue|start|proceed|go on|do it|register(?:ed)?) as|wrong role,?|other role,?|"
    r"actually|i meant|instead)(?: (?!not\b|our\b|their\b)[\w-]+){0,2} $",
    re.IGNORECASE,
)
_ITS = re.compile(
    r"^(?:['’]s?|s['’]?)? (?:version|checklists?|questions|role|view|path|track|perspective|instead|actually)\b",
    re.IGNORECASE,
)

# --- Saying nothing else --------------------------------------------------------------------------

_NEAR = 120
"""Characters before it in which the words stand that say so."""
_FEW = 6
"""Words up to which a message without a question may say who somebody is by naming it."""
_FEW_OF_NAME = 10
"""The same for one that begins with it and has no verb: "an association of textile firms, 40 members"."""
_ASKING = re.compile(
    r"\?|^\W*(?:who|what|which|where|when|how|why|is|isn['’]t|are|has|have|can|could|do|does|any|show|tell|give)\b",
    re.IGNORECASE,
)
_NOT_SELF = re.compile(
    r"\b(?:our|their|your|with|for|to|by|about|no(?!,)|not(?![^,]*,)|members? of|part of|have|has|an?(?= \w+ed\b)|"
    r"ask\w*|\w{3,}ed|\w+n['’]t|know|define|definition|explain|difference|between|term|statistics|more|add|call|"
    r"phone|contact|strengthen|on(?! the)|what|job|task)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"^\W*(?:$|[,.;!]|here\b|side\b|please\b|in\b|from\b|of\b|for\b|obviously\b|i\b|mostly\b)", re.IGNORECASE
)
_OPENS = re.compile(
    r"^\W*(?:(?:ok|yes|no|well|hi|hello)\W+)?(?:(?:an?|the) )?(?:(?!(?:of|in|our|my|their|your|with|for|to|by|"
    r"from)\b)[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|told|said|says|knows?|thinks?|wants?|funds|does|do|did|will|would|can|could|"
    r"should|must|wants?|needs?|gives?|pays?|\w{3,}ed|\w{3,}s (?:us|it|that|our|the|this))\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\b(?:not|no longer|neither|never)|n['’]t)(?: \w+){0,2} $|\bno (?:\w+ )?$|\binstead of (?:\w+ )?$", re.I
)

_OVERSEEING = re.compile(
    r"\b(?:responsible for|in charge of|support\w*|fund\w*|financ\w+|help\w*|overse\w+|advis\w+|serv\w+)\b[^,.;]*$",
    re.I,
)
""" "We are responsible for supporting eleven cluster organisations": those are others."""
_PART = re.compile(r"(?<=[.;!?])\s+|,\s+")
_OF_OTHERS = re.compile(
    r"\b(?:other|another|every|each|best|like|similar|same|tools?|examples?|cases?)\b", re.IGNORECASE
)
_LONGEST_PART = 8
"""Words of a part of a message in which somebody may introduce themselves without a verb."""


def introduced_as(text: str) -> str | None:
    """The role that one part of a longer message says: "aviation cluster in Poland, we have contacts in Montreal"."""
    for part in _PART.split(text):
        if len(part.split()) > _LONGEST_PART or part.endswith("?") or _OF_OTHERS.search(part):
            continue
        found = find_audience(part)
        if found:
            return found[0].value
    return None


def find_audience(text: str) -> list[Found]:
    """The role that somebody says they have, or want the questions of; at most one.

    Args:
        text: what was written.
    """
    funds = _WE_FUND.search(text)
    if funds is not None:
        return [Found("audience", "policy_maker", funds.start(), funds.end())]
    for match in _NAMED.finditer(text):
        label = str(match.lastgroup)
        if label == "cluster_organisation" and _OF_POLICY.match(text[match.end() :]):
            label = "policy_maker" if _SAYS_SO.search(text[: match.start()][-_NEAR:]) else label
        if _is_theirs(text, match.start(), match.end()):
            return [Found("audience", label, match.start(), match.end())]
    return []


def _is_theirs(text: str, start: int, end: int) -> bool:
    before = re.split(r"[.;!?]\s", text[max(0, start - _NEAR) : start])[-1]
    after = text[end:]
    if _NOT.search(before):
        return False
    if _OURS.search(before) and _IS_NOW.match(after) and text[start : start + 7].lower() == "cluster":
        return True
    plural = text[start:end].lower() == "clusters"
    if text[start:end].lower().endswith("s") and _OVERSEEING.search(before):
        return False
    if _SAYS_SO.search(before) and not plural:
        return _WAS.search(before) is None and _TELLS.match(after) is None
    if plural and not re.match(r"^\W*(?:we are one|we['’]re one)", after):
        return False
    if _IT_IS_US.match(after) or _WANTED.search(before) or _ITS.match(after):
        return True
    length = len(text.split())
    if _ASKING.search(text):
        return False
    if _VERBS.search(re.split(r"[,;]", after)[0]):
        return False  # "the agency in Lyon knows it"
    if length <= _FEW and not _NOT_SELF.search(before) and _NO_MORE.match(after):
        return True
    opens = _OPENS.match(text[:start]) is not None and not _NOT_SELF.search(before)
    return length <= _FEW_OF_NAME and opens and _NO_MORE.match(after) is not None and not _VERBS.search(after)
