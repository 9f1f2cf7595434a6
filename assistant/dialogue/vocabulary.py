"""The words by which people name steps, audiences and places in a list, as spaCy ruler patterns.

Kept apart from :mod:`assistant.dialogue.language`, so that the model's fingerprint can be
computed without importing spaCy.
"""

from __future__ import annotations

from typing import Any

from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["patterns"]

_NUMBERS = {
    **{w: str(i) for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    **{str(i): str(i) for i in range(1, 11)},
}
_ORDINALS = {
    **{w: str(i) for i, w in enumerate("first second third fourth fifth sixth seventh".split(), 1)},
    **{w: str(i) for i, w in enumerate("1st 2nd 3rd 4th 5th 6th 7th".split(), 1)},
    "last": "last",
    "previous": "last",
}
_AUDIENCES = {
    "cluster_organisation": (
        "cluster", "cluster organisation", "cluster organization", "cluster manager", "cluster management",
        "cluster initiative", "cluster association", "competence network", "network manager", "cluster team",
        "cluster organisations", "organisation", "association", "pole", "pôle de compétitivité",
    ),
    "policy_maker": (
        "policy maker", "policymaker", "policy makers", "policy", "ministry", "government", "agency",
        "regional authority", "authority", "public authority", "development agency", "funder", "policy officer",
        "making policy", "make policy", "regional government", "innovation agency", "municipality",
    ),
}  # fmt: skip


def patterns(knowledge: JourneyKnowledge) -> list[dict[str, Any]]:
    """The entity ruler's patterns, in a fixed order."""
    found: list[dict[str, Any]] = []
    for step in knowledge.steps.values():
        for name in sorted({step.title, step.title.rstrip("?"), *step.also_known_as}):
            found.append({"label": "step", "pattern": name, "id": step.key})
    for word, number in _NUMBERS.items():
        found.append(
            {
                "label": "step",
                "pattern": [
                    {"LOWER": {"IN": ["step", "steps", "stage", "setp", "stp"]}},
                    {"IS_PUNCT": True, "OP": "?"},
                    {"LOWER": word},
                ],
                "id": number,
            }
        )
        found.append(
            {
                "label": "ordinal",
                "pattern": [{"LOWER": {"IN": ["question", "q", "number"]}}, {"LOWER": word}],
                "id": number,
            }
        )
    for number in map(str, range(1, 8)):
        found.append({"label": "ordinal", "pattern": [{"LOWER": f"q{number}"}], "id": number})
    for word, number in _ORDINALS.items():
        found.append(
            {
                "label": "ordinal",
                "pattern": [{"LOWER": word}, {"LOWER": {"IN": ["one", "question", "answer"]}}],
                "id": number,
            }
        )
        if number != "last":
            found.append({"label": "step", "pattern": [{"LOWER": word}, {"LOWER": "step"}], "id": number})
    found.append(
        {
            "label": "step",
            "pattern": [
                {"LOWER": {"IN": ["funding", "money", "finance"]}},
                {"LOWER": {"IN": ["step", "part", "checklist", "questions"]}},
            ],
            "id": "funding",
        }
    )
    for audience, words in _AUDIENCES.items():
        found += [{"label": "audience", "pattern": word, "id": audience} for word in words]
    return found
