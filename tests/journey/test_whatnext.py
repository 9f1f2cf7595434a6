from __future__ import annotations

from datetime import date

import pytest

from assistant.journey import (
    FUNDING,
    Audience,
    JourneyDefinition,
    JourneyState,
    NextKind,
    NextThing,
    ReasonKey,
    Trigger,
    answer,
    decline_action,
    decline_offer,
    finish_action,
    open_step,
    plan_action,
    raise_route,
    reaffirm,
    skip_question,
    take_offer,
    what_next,
)
from tests.journey.sample import CO, DEFINITION, NOT_YET, NUMBERED, PARTLY, PM, YES, answered, asked, begun, passed

TODAY = date(2026, 3, 10)


def next_in(state: JourneyState) -> NextThing:
    return what_next(DEFINITION, state, TODAY)


class TestRule1:
    def test_no_journey(self) -> None:
        thing = next_in(JourneyState())
        assert (thing.kind, thing.rule, thing.reason.key) == (NextKind.ONBOARD, 1, ReasonKey.NO_JOURNEY)

    def test_audience_without_a_step(self) -> None:
        assert next_in(JourneyState(audience=CO)).kind is NextKind.ONBOARD


class TestRule2:
    def test_dead_end(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, open_step(definition, state, "2").state, Trigger.NOT_FOR_US).state
        thing = next_in(state)
        assert (thing.kind, thing.rule, thing.reason.key) == (NextKind.STOPPED, 2, ReasonKey.DEAD_END)
        assert thing.then == "1"
        assert thing.kind.is_end

    @pytest.mark.parametrize(
        ("trigger", "route", "step"),
        [
            (Trigger.TRAINED, "trained-check-readiness", "2"),
            (Trigger.RESULTS_MEASURED, "results-measured", "3"),
            (Trigger.ROUND_COMPLETED, "round-completed", "3"),
        ],
    )
    def test_offer(self, state: JourneyState, trigger: Trigger, route: str, step: str) -> None:
        thing = next_in(raise_route(DEFINITION, state, trigger).state)
        assert (thing.kind, thing.rule, thing.route, thing.step) == (NextKind.ROUTE_OFFER, 2, route, step)
        assert thing.reason.values == {"route": route, "step": step}

    def test_oldest_offer_first(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state)
        routes = []
        while (thing := next_in(state)).kind is NextKind.ROUTE_OFFER:
            assert thing.route is not None
            routes.append(thing.route)
            state = decline_offer(definition, state, thing.route).state
        assert routes == ["trained-check-readiness", "results-measured", "round-completed"]

    def test_before_an_overdue_action(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = plan_action(definition, state, "a1", "1.evidence", "Survey", date(2026, 1, 1)).state
        assert next_in(raise_route(definition, state, Trigger.TRAINED).state).kind is NextKind.ROUTE_OFFER

    def test_dead_end_before_an_offer(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, passed(state, "5"), Trigger.NOT_FOR_US).state
        assert next_in(state).kind is NextKind.STOPPED


class TestRule3:
    @pytest.mark.parametrize(
        ("due", "kind"),
        [
            (date(2026, 3, 9), NextKind.OVERDUE),
            (TODAY, NextKind.ASK),
            (date(2026, 3, 11), NextKind.ASK),
            (None, NextKind.ASK),
        ],
    )
    def test_due_date(self, state: JourneyState, due: date | None, kind: NextKind) -> None:
        state = answered(state, PARTLY, "1.evidence")
        state = plan_action(DEFINITION, state, "a1", "1.evidence", "Survey", due).state
        assert next_in(state).kind is kind

    def test_names_the_action(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, PARTLY, "1.evidence")
        for action_id, day in (("a1", 8), ("a2", 5)):
            state = plan_action(definition, state, action_id, "1.evidence", "Survey", date(2026, 3, day)).state
        thing = next_in(state)
        assert (thing.rule, thing.action, thing.question, thing.left) == (3, "a2", "1.evidence", 2)
        assert thing.reason.values == {"action": "Survey", "due": "2026-03-05", "days": 5}

    def test_not_once_done(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = plan_action(definition, state, "a1", "1.evidence", "Survey", date(2026, 1, 1)).state
        assert next_in(finish_action(definition, state, "a1").state).kind is NextKind.ASK

    def test_not_of_another_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = plan_action(definition, state, "a1", "2.gaps", "Hire", date(2026, 1, 1)).state
        assert next_in(state).kind is NextKind.ASK
        assert next_in(open_step(definition, state, "2").state).kind is NextKind.OVERDUE

    def test_not_of_the_other_audience(self, definition: JourneyDefinition) -> None:
        state = plan_action(definition, begun(CO, "3"), "a1", "3.sources", "Ask EEN", date(2026, 1, 1)).state
        as_policy_maker = JourneyState(**{**vars(state), "audience": PM})
        assert next_in(as_policy_maker).kind is NextKind.ASK


class TestRule4:
    @pytest.mark.parametrize("audience", [CO, PM])
    @pytest.mark.parametrize("step", [*NUMBERED, FUNDING])
    def test_first_open_question(self, audience: Audience, step: str) -> None:
        thing = next_in(begun(audience, step))
        questions = asked(step, audience)
        assert (thing.kind, thing.rule, thing.step) == (NextKind.ASK, 4, step)
        assert (thing.question, thing.left, thing.again) == (questions[0], len(questions), False)
        assert thing.reason.key is ReasonKey.QUESTION_OPEN
        assert thing.route is None

    def test_the_next_one(self, state: JourneyState) -> None:
        thing = next_in(answered(state, NOT_YET, "1.benefits"))
        assert (thing.question, thing.left) == ("1.evidence", 2)

    def test_set_aside_waits_for_the_others(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = skip_question(definition, state, "1.benefits").state
        thing = next_in(state)
        assert (thing.kind, thing.question, thing.left) == (NextKind.ASK, "1.evidence", 3)
        thing = next_in(answered(state, YES, "1.evidence", "1.priorities"))
        assert (thing.kind, thing.question, thing.left) == (NextKind.ASK_SET_ASIDE, "1.benefits", 1)
        assert thing.reason.key is ReasonKey.QUESTION_SET_ASIDE

    def test_before_a_gap(self, state: JourneyState) -> None:
        assert next_in(answered(state, NOT_YET, "1.benefits", "1.evidence")).kind is NextKind.ASK

    def test_reopened_by_a_route(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, YES, "6.networks")
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        thing = next_in(state)
        assert (thing.kind, thing.question, thing.route, thing.again) == (
            NextKind.ASK,
            "6.networks",
            "project-failed",
            True,
        )
        assert thing.reason.key is ReasonKey.QUESTION_REOPENED
        assert thing.reason.values == {"step": "6", "left": 4, "route": "project-failed"}
        thing = next_in(answered(state, YES, "6.networks"))
        assert (thing.question, thing.again, thing.route) == ("6.collaborations", False, "project-failed")

    def test_the_route_is_forgotten_once_passed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, passed(state, "6"), Trigger.PROJECT_FAILED).state
        state = reaffirm(definition, state, "6").state
        assert next_in(state).kind is NextKind.PROCEED
        state = take_offer(definition, passed(state), "round-completed").state
        thing = next_in(open_step(definition, state, "6").state)
        assert thing.route == "round-completed"


class TestRule5:
    def test_unplanned_gap(self, state: JourneyState) -> None:
        state = answered(passed(state, "1"), PARTLY, "1.evidence", "1.priorities")
        thing = next_in(state)
        assert (thing.kind, thing.rule, thing.question) == (NextKind.PROPOSE_ACTION, 5, "1.evidence")
        assert thing.reason.values == {"step": "1", "gaps": 2}

    def test_done_action_is_confirmed_first(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(passed(state, "1"), PARTLY, "1.benefits", "1.evidence")
        state = plan_action(definition, state, "a1", "1.evidence", "Survey").state
        state = finish_action(definition, state, "a1").state
        thing = next_in(state)
        assert (thing.kind, thing.rule, thing.question, thing.action) == (
            NextKind.CONFIRM_DONE,
            5,
            "1.evidence",
            "a1",
        )
        assert thing.reason.values == {"step": "1", "action": "Survey"}
        assert next_in(answered(state, PARTLY, "1.evidence")).kind is NextKind.PROPOSE_ACTION

    def test_all_planned(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(passed(state, "1"), PARTLY, "1.benefits", "1.evidence", "1.priorities")
        state = plan_action(definition, state, "a1", "1.benefits", "Ask members", date(2026, 6, 1)).state
        state = plan_action(definition, state, "a2", "1.evidence", "Survey", date(2026, 4, 1)).state
        state = decline_action(definition, state, "1.priorities").state
        thing = next_in(state)
        assert (thing.kind, thing.rule, thing.action, thing.question, thing.then) == (
            NextKind.WORK_PLAN,
            5,
            "a2",
            "1.evidence",
            "2",
        )
        assert thing.reason.values == {"step": "1", "gaps": 3, "actions": 2}

    def test_all_declined_and_nowhere_else_to_go(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(passed(state), NOT_YET, "1.evidence")
        for route in ("trained-check-readiness", "results-measured"):
            state = decline_offer(definition, state, route).state
        state = decline_action(definition, state, "1.evidence").state
        thing = next_in(state)
        assert (thing.kind, thing.action, thing.then, thing.question) == (NextKind.WORK_PLAN, None, None, "1.evidence")

    def test_of_funding(self, state: JourneyState) -> None:
        state = open_step(DEFINITION, answered(state, YES, "f.programmes"), FUNDING).state
        state = answered(state, NOT_YET, "f.expert-help")
        thing = next_in(state)
        assert (thing.kind, thing.step, thing.question) == (NextKind.PROPOSE_ACTION, FUNDING, "f.expert-help")


class TestRule6:
    def test_passed(self, state: JourneyState) -> None:
        thing = next_in(passed(state, "1", "2"))
        assert (thing.kind, thing.rule, thing.step, thing.then) == (NextKind.PROCEED, 6, "1", "3")
        assert thing.reason.key is ReasonKey.STEP_PASSED

    def test_funding_answered(self) -> None:
        thing = next_in(passed(begun(CO, FUNDING), FUNDING))
        assert (thing.kind, thing.then, thing.reason.key) == (NextKind.PROCEED, "1", ReasonKey.FUNDING_ANSWERED)

    @pytest.mark.parametrize("step", ["10", FUNDING])
    def test_round_done(self, state: JourneyState, step: str) -> None:
        state = passed(open_step(DEFINITION, state, step).state, *NUMBERED, FUNDING)
        for route in ("trained-check-readiness", "results-measured", "round-completed"):
            state = decline_offer(DEFINITION, state, route).state
        thing = next_in(state)
        assert (thing.kind, thing.rule, thing.then) == (NextKind.ROUND_DONE, 6, None)
        assert thing.reason.values == {"round": 1, "passed": 10}
        assert thing.kind.is_end
        # The end is not final: asked for, the circle can be begun anew.
        state = raise_route(DEFINITION, state, Trigger.ROUND_COMPLETED).state
        assert take_offer(DEFINITION, state, "round-completed").state.round == 2


def test_only_two_kinds_are_ends() -> None:
    assert [kind for kind in NextKind if kind.is_end] == [NextKind.STOPPED, NextKind.ROUND_DONE]


@pytest.mark.parametrize("audience", [CO, PM])
def test_a_walk_with_nothing_but_yes(audience: Audience) -> None:
    state, visited = begun(audience), ["1"]
    for _ in range(120):
        thing = next_in(state)
        if thing.kind is NextKind.ASK:
            assert thing.question is not None
            state = answer(DEFINITION, state, thing.question, YES).state
        elif thing.kind is NextKind.PROCEED:
            assert thing.then is not None
            state = open_step(DEFINITION, state, thing.then).state
            visited.append(thing.then)
        elif thing.kind is NextKind.ROUTE_OFFER:
            assert thing.route is not None
            state = decline_offer(DEFINITION, state, thing.route).state
        else:
            break
    assert next_in(state).kind is NextKind.ROUND_DONE
    assert visited == list(NUMBERED)
