"""The words by which people name steps, as spaCy ruler patterns.

Kept apart from :mod:`assistant.dialogue.language`, so that the model's fingerprint can be
computed without importing spaCy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["patterns"]

_COUNT = "one two three four five six seven eight nine ten".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_SHORT_ORDINALS = "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split()
_STEP_WORDS = ["step", "steps", "stage", "setp", "stp", "setep", "stpe", "etape", "schritt"]


def patterns(knowledge: JourneyKnowledge) -> list[dict[str, Any]]:
    """The entity ruler's patterns, in a fixed order; few, since each costs time with every word that is read."""
    return [*_steps(knowledge), *_numbered()]


def _steps(knowledge: JourneyKnowledge) -> Iterator[dict[str, Any]]:
    for step in knowledge.steps.values():
        names = sorted({step.title, step.title.rstrip("?"), *step.also_known_as})
        # Several words are matched in any form; a single one as it is: "courses" is step 5, "of course" is not.
        single = [name.lower() for name in names if name.isalpha()]
        if single:
            words = sorted({*single, *map(_plural, single)})
            yield {"label": "step", "pattern": [{"LOWER": {"IN": words}}], "id": step.key}
        for name in names:
            if not name.isalpha():
                yield {"label": "step", "pattern": name, "id": step.key}
    money = {"LOWER": {"IN": ["funding", "money", "finance", "financing"]}}
    part = {"LOWER": {"IN": ["step", "part", "bit", "stage", "section", "checklist", "questions"]}}
    yield {"label": "step", "pattern": [money, part], "id": "funding"}
    about = {"LOWER": {"IN": ["about", "on", "for", "with"]}}
    yield {"label": "step", "pattern": [part, about, {"LOWER": "the", "OP": "?"}, money], "id": "funding"}


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word if word.endswith("s") else word + "s"


def _numbered() -> Iterator[dict[str, Any]]:
    between = [{"IS_PUNCT": True, "OP": "?"}, {"LOWER": {"IN": ["no", "nr", "number"]}, "OP": "?"}]
    between.append({"TEXT": {"IN": [".", "#", "n°"]}, "OP": "?"})
    for i, (word, ordinal, short) in enumerate(zip(_COUNT, _ORDINALS, _SHORT_ORDINALS, strict=True), 1):
        number = str(i)
        for step in (
            [{"LOWER": {"IN": _STEP_WORDS}}, *between, {"LOWER": {"IN": [word, number]}}],
            [{"LOWER": {"IN": [f"step{number}", f"s{number}"]}}],
            [{"LOWER": {"IN": [ordinal, short]}}, {"LOWER": {"IN": ["step", "stage"]}}],
        ):
            yield {"label": "step", "pattern": step, "id": number}
