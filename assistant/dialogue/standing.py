"""Reads who is asking and how far they have come out of free words. Pure; no model is asked."""

from __future__ import annotations

import re

from assistant.dialogue.answers import expand, phrases

__all__ = ["role_meant", "standing_of"]

_STANDINGS = (
    ("projects-running", re.compile(
        r"\bprojects?\b.{0,40}\b(?:running|under ?way|going on|ongoing|started|live|in (?:its|their|the) \w+ year)\b"
        r"|\b(?:runs?|running|in the middle of)\b.{0,30}\bprojects?\b|^(?:\w+ ){0,4}(?:is|are) (?:still |already )?running\b"
        r"|\b(?:have|with|got|do|doing|one|two|three|four|five|several|some|many|first|eu|interreg) (?:\w+ ){0,2}projects?\b")),
    ("projects-done", re.compile(
        r"\bprojects?\b.{0,30}\b(?:finished|over|done|ended|completed|closed)\b"
        r"|\b(?:finished|ended|completed|evaluat\w+)\b.{0,30}\b(?:projects?|results)\b")),
    ("have-partners", re.compile(
        r"\b(?:prepar\w+|negotiat\w+|writing|applying|application)\b.{0,40}\b(?:projects?|with partners?)\b"
        r"|\bpartners?\b|\bconsorti\w+|\bmo[ui]s?\b|\bsigned\b|\bwork(?:ing)? with\b|\bcooperat\w+ with\b")),
    ("have-strategy", re.compile(r"\b(?:strategy|action plan|plan)\b")),
    ("have-contacts", re.compile(
        r"\bcontacts?\b|\bknow (?:some |a few )?(?:people|clusters?|firms?)\b|\bknow a cluster\b|\btalk(?:ing|s)? (?:to|with)\b|\blinks? (?:to|with|in)\b"
        r"|\bmet (?:some|a few|people|clusters?)\b|\bemails?\b|\bvisited\b|\bin touch with\b")),
    ("have-idea", re.compile(
        r"\bideas?\b|\btarget (?:market|countr\w+)\b|\bmarkets? in mind\b|\bknow where\b|\bthinking (?:of|about)\b|\binterested in\b"
        r"|\bwant to go to\b|\bconsidering\b|\blooking at\b")),
)  # fmt: skip
"""Furthest first, but for projects: those that run need more than those that are over."""
_NOT_STARTED = phrases("""
    not started, not begun, not strated, nothing, nowhere, beginning, beginners?, starting, just started, start of it, at the start,
    (?:from|at) (?:zero|scratch), zero, new to (?:this|it|that|going), quite new, are new, first time, no experience, first steps,
    not yet, never, early stage, not done anything, no international, no ideas?
""")  # fmt: skip
_NONE = phrases("no, none, nobody, without, never, not have, not know")
_NEGATED = phrases("no, not, nothing, none, never, nobody, without, nor, neither, lack\\w*")
_WISHED = phrases("want, wants, would like, need, looking for, look for, search\\w*, seek\\w*, planning, writing, drafting, in progress, working on")
_PART_END = re.compile(r"[,;.:!?]|\s-\s|\b(?:but|and|though|although)\b|(?=\bno\b|\bwithout\b)")
_ROLES = ("cluster_organisation", "policy_maker")
_ROLE_WORDS = re.compile(
    r"\b(?:(clusters?|cluster\w*|networks?|pole)|(polic(?:y|ies)|policymakers?|ministr(?:y|ies)|governments?|agenc(?:y|ies)|authorit(?:y|ies)))\b",
    re.IGNORECASE,
)


def standing_of(text: str) -> str | None:
    """How far they have come, by the furthest thing they say they have."""
    words = expand(text)
    had = {key for part in _PART_END.split(words) for key in _had(part.strip())}
    furthest = next((key for key, _ in _STANDINGS if key in had), None)
    if furthest is None and (_NOT_STARTED.search(words) or _NONE.search(words)):
        return "not-started"
    return furthest


def _had(part: str) -> list[str]:
    """What one part of a sentence says they have; nothing if it says that they have it not, or want it."""
    if _NEGATED.search(part):
        return []
    found = [key for key, pattern in _STANDINGS if pattern.search(part)]
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
        before = words[: match.start()]
        if re.search(r"\b(?:not?|wrong)(?: \w+){0,3} $|\b(?:said|chose|clicked|pressed|picked|put)(?: \w+){0,2} $", before[-40:]):
            denied = role
        else:
            meant = role
    if meant is None and denied is not None:
        meant = next(role for role in _ROLES if role != denied)
    return {"audience": meant} if meant else {}
