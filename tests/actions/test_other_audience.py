"""Buttons of a question that their audience is not asked: an old one, pressed after somebody changed the role."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from actions import checklist, offering, plan
from actions.context import journey_knowledge
from assistant.journey import Audience, JourneyState, Value, answer, begin
from tests.actions.turns import CLUSTER, POLICY, turn_with

DEFINITION = journey_knowledge().definition
THEIRS = [
    (audience, question.id)
    for step in DEFINITION.steps
    for question in step.questions
    for audience in (CLUSTER, POLICY)
    if audience not in question.audiences
]
SKILLS: list[tuple[Any, dict[str, str]]] = [
    (checklist.answer_action, {"value": "not_yet"}),
    (checklist.why, {}),
    (checklist.keep_answer, {}),
    (checklist.what_counts, {}),
    (checklist.skip_question_action, {}),
    (plan.plan, {}),
    (plan.plan, {"weeks": "4"}),
    (plan.decline, {}),
    (offering.show_fitting, {}),
    (checklist.correct_answer, {"value": "yes"}),
]


def changed_role(audience: Audience, question: str) -> JourneyState:
    """An organisation that has answered as the other audience, and now is this one."""
    other = POLICY if audience is CLUSTER else CLUSTER
    state = begin(DEFINITION, JourneyState(), other).state
    state = answer(DEFINITION, state, question, Value.NOT_YET).state
    return replace(begin(DEFINITION, state, audience).state, current=DEFINITION.question(question).step)


def test_each_audience_has_questions_that_the_other_is_not_asked() -> None:
    assert {audience for audience, _ in THEIRS} == {CLUSTER, POLICY}


@pytest.mark.parametrize("skill", SKILLS, ids=lambda each: f"{each[0].__name__} {each[1]}")
def test_a_button_of_the_other_audience_does_no_harm(skill: tuple[Any, dict[str, str]]) -> None:
    does, sent = skill
    for audience, question in THEIRS:
        ctx = turn_with(audience=audience, question=question, **sent)
        ctx.turn.unit = SimpleNamespace(save=lambda *args: None, profile=ctx.turn.unit.profile)  # type: ignore[assignment]
        ctx.turn.member = SimpleNamespace(id="m", organisation_id="o", display_name=None)  # type: ignore[assignment]
        ctx.turn._journey = SimpleNamespace(id="j")  # type: ignore[assignment]
        ctx.turn._state = changed_role(audience, question)
        before = ctx.state.answers
        does().act(ctx)
        said = "\n".join(composer.build()[0].text for composer in ctx.composers if composer)
        assert said, f"{audience.value}, {question}: nothing was said"
        assert ctx.state.answers == before, f"{audience.value}, {question}"
        wording = journey_knowledge().question(question).ask
        own = wording.cluster_organisation or wording.policy_maker or wording.both
        assert str(own) not in said, f"{audience.value} is asked {question}"
