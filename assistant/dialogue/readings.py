"""How a message is taken, and the kinds of intents that the reading in context tells apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "BARE",
    "CERTAIN",
    "COMMANDS",
    "ENQUIRIES",
    "EVENTS",
    "FEW",
    "PROFILE",
    "ROLES",
    "SELF_DESCRIPTIONS",
    "STATEMENTS",
    "SURE",
    "VALUES",
    "Heard",
    "Ranked",
    "Reading",
    "answer_of",
    "taken",
    "with_answer",
]

VALUES: Mapping[str, str] = {
    "answer_yes": "yes",
    "answer_partly": "partly",
    "answer_not_yet": "not_yet",
    "answer_not_applicable": "not_applicable",
}
"""The intents that are answers, with the value of each."""
_INTENTS = {value: intent for intent, value in VALUES.items()}
SELF_DESCRIPTIONS = frozenset({"declare_standing", "declare_role"})
ROLES = frozenset({"declare_role", "change_role"})
PROFILE = frozenset({"declare_profile"})
EVENTS = frozenset({"unexpected_event", "not_for_us", "project_failed", "finished_round", "why_again"})
STATEMENTS = SELF_DESCRIPTIONS | {"ask_knowledge", "out_of_scope", "finish_action", "not_understood", "nlu_fallback"}
"""Intents whose sentences can look like answers."""
ENQUIRIES = frozenset({
    "tell_more", "more_like_this", "ask_source", "still_open", "compare", "who_paid", "ask_knowledge", "define_term",
    "show_menu", "recommendations", "explain_step", "what_counts", "show_answers", "show_actions", "are_you_human",
    "who_made_you",
})  # fmt: skip
COMMANDS = frozenset({
    "what_next", "continue", "undo", "help", "pause", "skip_question", "open_step", "explain_step", "show_progress",
    "decline", "goodbye", "why_ask", "show_answers", "complaint", "greet", "thanks",
})  # fmt: skip

SURE = 0.55
"""Confidence from which an intent is taken at its word though the context suggests another."""
CERTAIN = 0.80
"""Confidence from which it is taken at its word even against an answer that opens the message."""
_UNSURE = 0.28
"""Confidence under which a message counts as not understood; settled on tests/nlu."""
_UNDOING = frozenset({"undo", "all_as_before", "finish_action", "skip_step", "change_role"})
_LEAST = {
    **dict.fromkeys(_UNDOING, 0.40),
    **dict.fromkeys(("unexpected_event", "why_again"), 0.75),
    **dict.fromkeys(("project_failed", "finished_round", "correct_answer"), 0.45),
    "out_of_scope": 0.45,
}
"""The same for intents that change what was answered before without asking back, and for the word that the
sources hold nothing: gibberish is better met with two guesses."""
FEW = 4
"""Words of a short message."""
BARE = 3
"""Words up to which "actually no" answers the question on the table, and changes no earlier answer."""


@dataclass(frozen=True)
class Reading:
    """How a message is taken: an intent of domain.yml, and entities by name."""

    intent: str
    confidence: float
    entities: Mapping[str, str]


class Ranked(NamedTuple):
    """An intent with how sure the classifier is of it, 0 to 1."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Heard:
    """A cleaned message with what the classifier and the entity reader make of it by itself.

    Args:
        text: the message.
        ranking: the intents that it may have, likeliest first; at least one.
        entities: what it names, by entity.
    """

    text: str
    ranking: Sequence[Ranked]
    entities: Mapping[str, str]

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return self.ranking[0].intent

    @property
    def confidence(self) -> float:
        """How sure that is."""
        return self.ranking[0].confidence

    @property
    def length(self) -> int:
        """Words."""
        return len(self.text.split())

    def besides(self, intents: Mapping[str, str]) -> Ranked:
        """The likeliest intent that is none of these."""
        return next((r for r in self.ranking if r.intent not in intents), Ranked("not_understood", 0.0))


def taken(ranked: Ranked, entities: Mapping[str, str]) -> Reading:
    """The classifier at its word, if it is sure enough for what the intent does."""
    if ranked.confidence < _LEAST.get(ranked.intent, _UNSURE):
        return Reading("not_understood", ranked.confidence, entities)
    return Reading(ranked.intent, ranked.confidence, entities)


def with_answer(entities: Mapping[str, str], value: str | None, note: str | None) -> dict[str, str]:
    """Entities with an answer's value and note, where there are such."""
    return {**entities, **({"value": value} if value else {}), **({"note": note} if note else {})}


def answer_of(heard: Heard, value: str | None, note: str | None, confidence: float) -> Reading:
    """An answer to the question that is open; an unclear one keeps all its words."""
    # An answer's own words may name steps or audiences; they are part of the note, not of the command.
    kept = {k: v for k, v in heard.entities.items() if k not in ("step", "audience", "ordinal")}
    if value is None:
        return Reading("answer_unclear", confidence, with_answer(kept, None, heard.text))
    return Reading(_INTENTS[value], confidence, with_answer(kept, value, note))
