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
    """The ruler's patterns, in a fixed order.

    Few, since each costs time with every word that is read; those of words name in ``needs`` what they cannot do
    without.
    """
    return [*_steps(knowledge), *_numbered()]


def _steps(knowledge: JourneyKnowledge) -> Iterator[dict[str, Any]]:
    for step in knowledge.steps.values():
        names = sorted({step.title, step.title.rstrip("?"), *step.also_known_as})
        # Several words are matched in any form; a single one as it is: "courses" is step 5, "of course" is not.
        single = [name.lower() for name in names if name.isalpha()]
        if single:
            words = sorted({*single, *map(_plural, single)})
            yield {"label": "step", "pattern": [{"LOWER": {"IN": words}}], "id": step.key, "needs": words}
        for name in names:
            if not name.isalpha():
                yield {"label": "step", "pattern": name, "id": step.key}
    funds = ["funding", "money", "finance", "financing"]
    money = {"LOWER": {"IN": funds}}
    part = {"LOWER": {"IN": ["step", "part", "bit", "stage", "section", "checklist", "questions"]}}
    yield {"label": "step", "pattern": [money, part], "id": "funding", "needs": funds}
    about = {"LOWER": {"IN": ["about", "on", "for", "with"]}}
    pattern = [part, about, {"LOWER": "the", "OP": "?"}, money]
    yield {"label": "step", "pattern": pattern, "id": "funding", "needs": funds}


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word if word.endswith("s") else word + "s"


def _numbered() -> Iterator[dict[str, Any]]:
    between = [{"IS_PUNCT": True, "OP": "?"}, {"LOWER": {"IN": ["no", "nr", "number"]}, "OP": "?"}]
    between.append({"TEXT": {"IN": [".", "#", "n°"]}, "OP": "?"})
    for i, (word, ordinal, short) in enumerate(zip(_COUNT, _ORDINALS, _SHORT_ORDINALS, strict=True), 1):
        number = str(i)
        together, nouns = [f"step{number}", f"s{number}"], ["step", "stage"]
        for step, needs in (
            ([{"LOWER": {"IN": _STEP_WORDS}}, *between, {"LOWER": {"IN": [word, number]}}], _STEP_WORDS),
            ([{"LOWER": {"IN": together}}], together),
            ([{"LOWER": {"IN": [ordinal, short]}}, {"LOWER": {"IN": nouns}}], nouns),
        ):
            yield {"label": "step", "pattern": step, "id": number, "needs": needs}
