"""An answer that is not clear: what is said back."""

from __future__ import annotations

import pytest

from actions import checklist
from actions.composing import text
from actions.context import journey_knowledge
from tests.actions.turns import turn_with

QUESTION = "1.benefits"


def said(words: str, before: tuple[str, ...] = ()) -> str:
    ctx = turn_with(words, current="1")
    ctx._slots.update(focus="question", focus_id=QUESTION)
    ctx.turn._said_last = before
    checklist.answer_unclear().act(ctx)
    return "\n".join(composer.build()[0].text for composer in ctx.composers if composer)


@pytest.mark.parametrize("words", ["agreed by whom?", "in writing or not?", "which members do they mean", "how clear"])
def test_who_asks_back_is_told_what_counts(words: str) -> None:
    evidence = journey_knowledge().question(QUESTION).evidence
    assert text("checklist.counts_head") in said(words)
    assert all(item in said(words) for item in evidence)


@pytest.mark.parametrize("words", ["hard to say", "the board meets in June"])
def test_else_it_is_asked_for_a_value_once(words: str) -> None:
    assert text("checklist.counts_head") not in said(words)
    assert text("checklist.unclear", note=words) in said(words)


def test_what_counts_is_not_told_twice_running() -> None:
    assert text("checklist.counts_head") not in said("agreed by whom?", (said("agreed by whom?"),))
