"""The list of actions: who does them and by when, taken from a message, changed, refused, said back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from actions.context import journey_knowledge
from actions.plan import decline, plan, show
from actions.skill import Ctx
from assistant.journey import Action, JourneyState, Value, answer, begin
from tests.actions.turns import CLUSTER, turn_with

QUESTION, OTHER = "1.benefits", "1.evidence"


def state_with(*actions: Action) -> JourneyState:
    definition = journey_knowledge().definition
    state = begin(definition, JourneyState(), CLUSTER).state
    for question in (QUESTION, OTHER):
        state = answer(definition, state, question, Value.NOT_YET).state
    return replace(state, actions={action.id: action for action in actions})


def turn(
    text: str, *actions: Action, focus: str | None = "action", focus_id: str | None = QUESTION, **entities: str
) -> Ctx:
    ctx = turn_with(text, **entities)
    ctx.turn.unit = SimpleNamespace(save=lambda *args: None, profile=ctx.turn.unit.profile)  # type: ignore[assignment]
    ctx.turn.member = SimpleNamespace(id="m", organisation_id="o", display_name=None)  # type: ignore[assignment]
    ctx.turn._journey = SimpleNamespace(id="j")  # type: ignore[assignment]
    ctx.turn._state = state_with(*actions)
    ctx._slots.update(focus=focus, focus_id=focus_id)
    return ctx


def act(skill: Any, ctx: Ctx) -> str:
    skill().act(ctx)
    replies = [composer.build()[0] for composer in ctx.composers if composer]
    return "\n".join(reply.text for reply in replies)


def listed(ctx: Ctx, question: str = QUESTION) -> Action | None:
    return next((a for a in ctx.state.actions.values() if a.question == question), None)


def an_action(name: str = "a", question: str = QUESTION, revision: int = 2, **given: Any) -> Action:
    words = journey_knowledge().question(question).action.of(CLUSTER)
    return Action(name, question, words, revision=revision, **given)


def test_a_date_and_an_owner_are_noted_and_said_back() -> None:
    ctx = turn("put that on the list, Maria by end of March", due="2027-03-31", owner="Maria")
    said = act(plan, ctx)
    kept = listed(ctx)
    assert kept is not None
    assert (kept.owner, kept.due) == ("Maria", date(2027, 3, 31))
    assert said.startswith("On your list for Maria, due 31 March 2027: ")


@pytest.mark.parametrize(
    ("entities", "owner", "due"),
    [({"owner": "our intern"}, "our intern", None), ({"due": "2027-01-15"}, None, date(2027, 1, 15)), ({}, None, None)],
)
def test_either_of_them_may_be_left_out(entities: dict[str, str], owner: str | None, due: date | None) -> None:
    ctx = turn("plan it", **entities)
    act(plan, ctx)
    kept = listed(ctx)
    assert kept is not None
    assert (kept.owner, kept.due) == (owner, due)


def test_a_change_says_what_it_was_and_leaves_what_was_not_named() -> None:
    ctx = turn("give it to Jan", an_action(owner="Maria", due=date(2027, 3, 31)), owner="Jan")
    said = act(plan, ctx)
    kept = listed(ctx)
    assert kept is not None
    assert (kept.id, kept.owner, kept.due) == ("a", "Jan", date(2027, 3, 31))
    assert "for Jan, due 31 March 2027" in said
    assert "Before, it was for Maria, due 31 March 2027." in said


def test_that_means_what_was_put_on_the_list_last() -> None:
    ctx = turn(
        "give that to Anna",
        an_action(),
        an_action("b", OTHER, 3),
        focus="question",
        focus_id="1.priorities",
        owner="Anna",
    )
    act(plan, ctx)
    changed, same = listed(ctx, OTHER), listed(ctx)
    assert changed is not None
    assert same is not None
    assert (changed.owner, same.owner) == ("Anna", None)


@pytest.mark.parametrize(
    ("due", "why"), [("2026-11-01", "has passed"), ("2020-03-15", "has passed"), ("2029-01-01", "two years")]
)
def test_a_date_that_cannot_be_is_refused_and_nothing_is_changed(due: str, why: str) -> None:
    ctx = turn("Maria by then", an_action(owner="Jan"), due=due, owner="Maria")
    before = ctx.state
    said = act(plan, ctx)
    assert why in said
    assert ctx.state is before
    assert ctx.focus == "action"
    assert any(composer.build()[0].flat_buttons() for composer in ctx.composers)


@pytest.mark.parametrize("due", ["2026-11-02", "2028-11-02"])
def test_today_and_in_two_years_are_no_trouble(due: str) -> None:
    ctx = turn("by then", due=due)
    act(plan, ctx)
    kept = listed(ctx)
    assert kept is not None
    assert kept.due == date.fromisoformat(due)


@pytest.mark.parametrize("due", ["soon", "", "2027-13-01"])
def test_a_button_with_nonsense_sets_no_date(due: str) -> None:
    ctx = turn("", due=due)
    act(plan, ctx)
    kept = listed(ctx)
    assert kept is not None
    assert kept.due is None


def test_a_time_that_cannot_be_read_is_asked_for() -> None:
    ctx = turn("plan it for as soon as the board has met")
    said = act(plan, ctx)
    assert "could not read a date" in said


def test_whoever_writes_is_you_to_them_and_a_colleague_to_others() -> None:
    ctx = turn("I'll do it", owner="me")
    assert act(plan, ctx).startswith("On your list for you: ")
    kept = listed(ctx)
    assert kept is not None
    mine = turn("my list", kept)
    assert "for you" in act(show, mine)
    other = turn("my list", kept)
    other.turn.member = SimpleNamespace(id="n", organisation_id="o", display_name=None)  # type: ignore[assignment]
    assert "for a colleague" in act(show, other)


def test_the_list_shows_who_and_by_when() -> None:
    ctx = turn("show my list", an_action(owner="Maria", due=date(2027, 3, 31)))
    assert "(step 1) for Maria, due 31 March 2027" in act(show, ctx)


def test_yes_with_an_owner_plans_and_is_no_answer() -> None:
    ctx = turn("yes, Maria will do it", note="Maria will do it", owner="Maria")
    ctx.intent = "answer_yes"
    act(plan, ctx)
    assert ctx.state.answers[QUESTION].value is Value.NOT_YET
    assert listed(ctx) is not None


def test_a_proposal_is_still_declined() -> None:
    ctx = turn("not now")
    act(decline, ctx)
    assert listed(ctx) is None
