"""Steps in other words: "the part about trust", "the bit where we look for partners".

A wording that points at a part of the journey is compared by the sentence encoder with the names of
the steps; the nearest one is meant if it is near enough and clearly nearer than the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.dialogue.linking import Found
from assistant.knowledge.encoder import load_encoder
from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["StepNames", "names_of_steps", "paraphrased"]

_NEAR = 0.5
"""Likeness from which a wording may mean a step; settled on examples of our own (tests/dialogue/test_language.py)."""
_CLEARER = 0.03
"""By how much the nearest step must be nearer than the next."""
_PART = r"(?:part|bit|step|section|stage|chapter|phase|piece|checklist|questions|place)"
_WORDINGS = (
    re.compile(
        rf"(?:^|\b(?:the|that|this|our) ){_PART} (?:(?:which|that|where|when|about|on|with|for|of|dealing|"
        rf"concerning|is|deals|"
        rf"covers|all|we|you|how|to|dedicated|it)\b ?)+(?P<what>[^.?!,;:]{{3,70}})",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:the|that|our) (?P<what>(?:[\w'-]+ ){{1,3}}?){_PART}\b(?! (?:\d|one|two|about|on|"
               rf"where))", re.IGNORECASE),
    re.compile(r"\b(?P<what>where (?:we|you|one) (?!are\b|stand\b|were\b|left\b|can\b|could\b|should\b|do\b|"
               r"have\b)[^.?!,;:]{5,60})",
               re.IGNORECASE),
)  # fmt: skip
_EMPTY = re.compile(
    r"^(?:the|a|an|next|last|first|second|third|fourth|fifth|same|other|previous|current|this|that|whole|open|"
    r"hard|easy|"
    r"difficult|new|one|my|our|your|question|answer|these|process|journey|it|\s)*$",
    re.IGNORECASE,
)
_READ = 300
"""Characters looked at: who names a step does so soon."""
_TAIL = re.compile(r"\s+(?:please|again|now|first|today|then|next|instead|in the journey)\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class StepNames:
    """The names of the steps as vectors, with the key of the step that each belongs to."""

    keys: tuple[str, ...]
    vectors: npt.NDArray[np.float32]


def names_of_steps(journey: JourneyKnowledge) -> StepNames:
    """Encodes the names of all steps."""
    named = [
        (step.key, name)
        for step in journey.steps.values()
        for name in dict.fromkeys((step.title, step.short, *step.also_known_as))
    ]
    vectors = load_encoder().encode([name for _, name in named])
    return StepNames(tuple(key for key, _ in named), np.asarray(vectors, dtype=np.float32))


def paraphrased(text: str, names: StepNames) -> list[Found]:
    """The steps that a text points at in words of its own."""
    found: list[Found] = []
    for wording in _WORDINGS:
        for match in wording.finditer(text[:_READ]):
            what = _TAIL.sub("", match["what"]).strip()
            if _EMPTY.match(what) or any(f.start < match.end() and match.start() < f.end for f in found):
                continue
            key = _nearest(what, names)
            if key is not None:
                found.append(Found("step", key, match.start(), match.start() + len(match[0].rstrip())))
    return found


def likeness(what: str, names: StepNames) -> Mapping[str, float]:
    """How near a wording is to each step."""
    scores = names.vectors @ load_encoder().encode_one(what)
    best: dict[str, float] = {}
    for key, score in zip(names.keys, scores, strict=True):
        best[key] = max(best.get(key, -1.0), float(score))
    return best


def _nearest(what: str, names: StepNames) -> str | None:
    ranked = sorted(likeness(what, names).items(), key=lambda pair: -pair[1])
    (key, first), (_, second) = ranked[0], ranked[1]
    return key if first >= _NEAR and first - second >= _CLEARER else None
