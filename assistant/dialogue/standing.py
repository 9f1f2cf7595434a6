"""Reads who is asking and how far they have come out of free words. Pure; no model is asked."""

from __future__ import annotations

import re

from assistant.dialogue.wording import expand, phrases

__all__ = ["role_meant", "standing_of"]

_STANDINGS = {
    "projects-running": """
        projects?\\b[^.]*?\\b(?:running|under ?way|going on|ongoing|started|live|in (?:its|their|the) \\w+ year),
        (?:runs?|running|in the middle of)\\b[^.]*?\\bprojects?, (?:is|are) (?:still |already )?running,
        (?:have|with|got|do|one|two|three|four|several|some|many|first|eu|interreg) (?:\\w+ )?(?:\\w+ )?projects?
    """,
    "projects-done": """
        projects?\\b[^.]*?\\b(?:finished|over|done|ended|completed|closed),
        (?:finished|ended|completed|evaluat\\w+)\\b[^.]*?\\b(?:projects?|results)
    """,
    "have-partners": """
        (?:prepar\\w+|negotiat\\w+|writing|applying|application)\\b[^.]*?\\b(?:projects?|with partners?),
        partners?, consorti\\w+, mo[ui]s?, signed, work(?:ing)? with, cooperat\\w+ with
    """,
    "have-strategy": "strategy, action plan, (?<!we )(?<!i )plan(?! to\\b)",
    "have-contacts": """
        contacts?, know (?:some |a few )?(?:people|clusters?|firms?), know a cluster, talk(?:ing|s)? (?:to|with),
        links? (?:to|with|in), met (?:some|a few|people|clusters?), emails?, visited, in touch with
    """,
    "have-idea": """
        ideas?, target (?:market|countr\\w+), markets? in mind, know where, thinking (?:of|about), interested in,
        (?:want|plan|planning|hope|hoping|like) to (?:go|export|sell|expand) (?:in)?to,
        wants? go (?:to )?(?!abroad)\\w+, considering, looking at
    """,
}
"""What people say who stand there; furthest first, but projects that run need more than those that are over."""
_FOUND_BY = {key: phrases(words) for key, words in _STANDINGS.items()}
_NOT_STARTED = phrases("""
    not started, not begun, not strated, nothing, nowhere, beginning, beginners?, starting, just started, start of it,
    at the start, (?:from|at) (?:zero|scratch), zero, new to (?:this|it|that|going|us), (?:quite|all|very) new,
    completely new, are new, first time,
    no experience, first steps, not yet, never, early stage, not done anything, no international, no ideas?
""")  # fmt: skip
_NONE = phrases("no, none, nobody, without, never, not have, not know")
_NEGATED = phrases("no, not, nothing, none, never, nobody, without, nor, neither, lack\\w*")
_WISHED = phrases("""
    want, wants, would like, need, looking for, look for, search\\w*, seek\\w*, planning, writing, drafting,
    in progress, working on
""")  # fmt: skip
_PART_END = re.compile(r"[,;.:!?]|\s-\s|\b(?:but|and|though|although)\b|(?=\bno\b|\bwithout\b)")
_LONGEST_PART = 200
"""Characters of one part of a sentence that are read; a bound on the time that a strange message can take."""
_ROLES = ("cluster_organisation", "policy_maker")
_ROLE_WORDS = re.compile(
    r"\b(?:(clusters?|networks?|pole)|(polic(?:y|ies)|policymakers?|ministr(?:y|ies)|governments?|agenc(?:y|ies)"
    r"|authorit(?:y|ies)))\b"
)
_GIVEN_UP = re.compile(
    r"\b(?:not?|wrong)(?: \w+)?(?: \w+)?(?: \w+)? $|\b(?:said|chose|clicked|pressed|picked|put)(?: \w+)?(?: \w+)? $"
)
""" "I am not a ...", "I clicked ...": the role that follows is the one that is given up."""

_NO_PLAN = re.compile(r"\b(?:no|without|not have)\b(?: an?| any| real| clear)* (?:plan|strategy)\b")
_PLAN = re.compile(r"\b(?:strateg(?:y|ies)|(?<!we )(?<!i )(?<!they )plans?(?! to\b))\b")
_LACKING = re.compile(
    r"\b(?:draft(?:s|ed|ing)?|writing|being written|in progress|working on|unfinished|incomplete|outdated|obsolete|"
    r"expired|lost|forgotten|drawers?|shel(?:f|ves)|archives?|somewhere|cannot find|out of (?:date|use)|on paper only|"
    r"only on paper|old (?:\w+ )?(?:strategy|plan)|(?:is|are|too|very|quite|rather) old|half[ -](?:finished|done|"
    r"written|ready)|half an? (?:strategy|plan)|halfway|almost (?:finished|done|written|ready)|(?:not|never|nobody)"
    r"(?: \w+){0,3} (?:finished|completed?|ready|done|written|approved|adopted|signed|agreed|final|used|uses|in use|"
    r"carried out|implemented|valid|up to date))\b"
)
""" "Only a draft", "never approved", "in a drawer": what is said of a strategy that does not carry anybody yet."""
_GOES_ON = re.compile(
    r"\b(?:it|which)\b|^(?:\w+ly |still )*(?:that|this|not|never|only|still|just|nobody|un\w+|half|incomplete|out)\b"
)
"""How the next part of a sentence goes on speaking of the same; "the website is not ready" does not."""


def standing_of(text: str) -> str | None:
    """How far they have come, by the furthest thing they say they have."""
    words = expand(text)
    had = {key for part in _PART_END.split(words) for key in _had(part.strip()[:_LONGEST_PART])}
    furthest = next((key for key in _STANDINGS if key in had), None)
    if furthest not in ("projects-running", "projects-done") and _is_unfinished(words):
        return "strategy-unfinished"
    if furthest is None and (_NOT_STARTED.search(words) or _NONE.search(words)):
        return "not-started"
    # Partners without a plan are contacts: what a partnership is for is settled in step 4.
    return "have-contacts" if furthest == "have-partners" and _NO_PLAN.search(words) else furthest


def _is_unfinished(words: str) -> bool:
    """Whether they have a strategy or a plan that is not finished, agreed or in use."""
    of_plan = False
    for part in (part.strip()[:_LONGEST_PART] for part in _PART_END.split(words)):
        of_plan = _PLAN.search(part) is not None or (of_plan and (not part or _speaks_on(part)))
        if of_plan and _LACKING.search(part):
            return True
    return False


def _speaks_on(part: str) -> bool:
    """Whether a part goes on about what stands before it, and names nothing else that they may have."""
    return _GOES_ON.search(part) is not None and not any(pattern.search(part) for pattern in _FOUND_BY.values())


def _had(part: str) -> list[str]:
    """What one part of a sentence says they have; nothing if it says that they have it not, or want it."""
    if _NEGATED.search(part):
        return []
    found = [key for key, pattern in _FOUND_BY.items() if pattern.search(part)]
    if "projects-done" in found:
        return ["projects-done"]
    if _WISHED.search(part):
        return [key for key in found if key == "have-idea" or (key == "have-partners" and "project" in part)]
    return found


def role_meant(text: str) -> dict[str, str]:
    """The role that somebody changes to: the one named last, unless it is the one they deny."""
    words = expand(text)
    denied, meant = None, None
    for match in _ROLE_WORDS.finditer(words):
        role = _ROLES[0] if match[1] else _ROLES[1]
        if _GIVEN_UP.search(words[max(0, match.start() - 40) : match.start()]):
            denied = role
        else:
            meant = role
    if meant is None and denied is not None:
        meant = next(role for role in _ROLES if role != denied)
    return {"audience": meant} if meant else {}
