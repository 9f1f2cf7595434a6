"""What is said to the two assistants.

Every measured turn of Waymark's changes the journey, so that its cost holds a custom action
and a committed write; the driver checks that. The baseline gets sentences of its own training
data, so that it never falls back.
"""

from __future__ import annotations

from itertools import cycle, islice

__all__ = [
    "BASELINE_OPENING",
    "BASELINE_TURNS",
    "LONG_OPENING",
    "LONG_TURNS",
    "OPENING",
    "WALK",
    "long_conversation",
    "small_talk",
]


def _answer(question: str, value: str) -> str:
    return f'/answer{{"value":"{value}","question":"{question}"}}'


OPENING = ("hi", "just tell me")
"""Not measured: nothing has begun yet, so that nothing is written but the messages."""

WALK = (
    "yes, we surveyed 40 members in spring",
    "yes",
    "actually the answer on the benefits should have been partly",
    "change the answer on the benefits to yes",
    "yes we have",
    "yes",  # goes on to step 2
    "not yet, the board decides in May",
    _answer("2.diagnostic", "partly"),
    _answer("2.diagnostic", "yes"),
    "yes",
    "yes",  # goes on to step 3
    "yes, with a note in the minutes",
    "change the answer on the benefits to not yet",
    _answer("1.benefits", "yes"),
    "yes",
    "partly",
    _answer("3.support", "yes"),
    "yes",  # goes on to step 4
    "yes",
    "yes, 12 firms abroad in two years",
    "yes",
    _answer("4.plan", "partly"),
    "change the answer on the benefits to partly",
    _answer("1.benefits", "yes"),
    "yes",
    "yes",
)
"""The first half hour of a journey, by text and by button; a ``/`` begins what a button sends."""

LONG_OPENING = (*OPENING, "yes", "yes")
"""Answers the two questions that :data:`LONG_TURNS` then changes to and fro."""

LONG_TURNS = (
    "actually the answer on the benefits should have been partly",
    _answer("1.evidence", "partly"),
    "change the answer on the benefits to yes",
    _answer("1.evidence", "yes"),
    "actually we have no evidence of market failure",
    _answer("1.benefits", "not_yet"),
    "change the answer on the benefits to yes",
    _answer("1.evidence", "partly"),
    "actually yes, we have gathered evidence of market failure",
    _answer("1.benefits", "not_yet"),
)
"""Changes answers, ten turns in a ring: each turn is the same work however often the ring was gone round."""

BASELINE_OPENING = ("hello", "I am feeling very good")

BASELINE_TURNS = (
    "good morning",
    "my day was horrible",
    "yes",
    "goodbye",
    "hey there",
    "I am amazing",
    "are you a bot?",
    "hi",
    "so sad",
    "no",
)
"""The stories of ``rasa init``'s own project, in a ring of ten."""


def long_conversation(turns: int) -> list[str]:
    """A conversation with Waymark of that many turns, from its first word."""
    return [*LONG_OPENING, *islice(cycle(LONG_TURNS), turns)][:turns]


def small_talk(turns: int) -> list[str]:
    """A conversation with the baseline of that many turns, from its first word."""
    return [*BASELINE_OPENING, *islice(cycle(BASELINE_TURNS), turns)][:turns]
