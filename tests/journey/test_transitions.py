from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from assistant.journey import (
    FUNDING,
    Audience,
    Change,
    DeadEnd,
    JourneyDefinition,
    JourneyState,
    Mark,
    MarkStatus,
    NotBegun,
    Notice,
    NoticeKind,
    NotOffered,
    Status,
    Trigger,
    UndoConflict,
    UnknownAction,
    UnknownMark,
    UnknownQuestion,
    UnknownRoute,
    UnknownStep,
    add_lesson,
    answer,
    begin,
    change_audience,
    decline_action,
    decline_offer,
    finish_action,
    needs_answer,
    open_step,
    plan_action,
    raise_route,
    reaffirm,
    remove_action,
    restore,
    skip_question,
    skip_step,
    status,
    take_offer,
)
from tests.journey.sample import (
    CO,
    DEFINITION,
    NOT_APPLICABLE,
    NOT_YET,
    NUMBERED,
    PARTLY,
    PM,
    YES,
    answered,
    asked,
    begun,
    kinds,
    passed,
)

K = NoticeKind
AT = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


def offered(state: JourneyState) -> list[str]:
    return [mark.route for mark in state.marks if mark.status is MarkStatus.OFFERED]


def assert_unchanged(change: Change, state: JourneyState) -> None:
    assert change.state is state
    assert not change.changed
    assert kinds(change)[-1] is K.NOTHING_CHANGED


class TestBegin:
    @pytest.mark.parametrize(("step", "expected"), [(None, "1"), ("4", "4"), (FUNDING, FUNDING)])
    def test_sets_audience_and_step(self, step: str | None, expected: str) -> None:
        state = begin(DEFINITION, JourneyState(), PM, step).state
        assert (state.audience, state.current, state.revision) == (PM, expected, 1)
        assert state.opened == {expected: 1}

    def test_again_as_before_changes_nothing(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert_unchanged(begin(definition, state, CO), state)
        assert_unchanged(begin(definition, state, CO, "1"), state)

    def test_again_with_a_step_opens_it(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert begin(definition, state, CO, "3").state.current == "3"

    def test_another_audience_and_step_are_one_change(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state, "3")
        change = begin(definition, state, PM, "8")
        assert (change.state.audience, change.state.current) == (PM, "8")
        assert change.state.revision == state.revision + 1
        assert change.state.answers == state.answers
        assert kinds(change) == [K.AUDIENCE_CHANGED, K.WARNING, K.STEP_REOPENED]

    def test_another_audience_stays_at_the_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = begin(definition, open_step(definition, state, "3").state, PM)
        assert (change.state.audience, change.state.current) == (PM, "3")

    def test_straight_to_projects_is_warned_of(self, definition: JourneyDefinition) -> None:
        change = begin(definition, JourneyState(), CO, "8")
        assert change.state.current == "8"
        assert change.of(K.WARNING) == (Notice(K.WARNING, step="8", route="straight-to-projects"),)

    def test_unknown_step(self, definition: JourneyDefinition) -> None:
        with pytest.raises(UnknownStep):
            begin(definition, JourneyState(), CO, "11")


class TestAudience:
    def test_answers_are_kept_both_ways(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state, "1", "3")
        there = change_audience(definition, state, PM)
        assert there.state.answers == state.answers
        assert kinds(there) == [K.AUDIENCE_CHANGED, K.STEP_REOPENED]
        assert there.of(K.STEP_REOPENED)[0].step == "3"
        back = change_audience(definition, there.state, CO)
        assert kinds(back) == [K.AUDIENCE_CHANGED, K.STEP_PASSED]
        assert status(definition, back.state, "3") is Status.PASSED

    def test_same_audience(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert_unchanged(change_audience(definition, state, CO), state)


class TestOpenStep:
    def test_moves_and_counts_as_opened(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = open_step(definition, state, FUNDING)
        assert change.state.current == FUNDING
        assert change.state.opened == {"1": 1, FUNDING: 2}
        assert kinds(change) == []

    def test_the_current_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert_unchanged(open_step(definition, state, "1"), state)

    @pytest.mark.parametrize("step", ["7", "8"])
    def test_projects_before_a_strategy(self, state: JourneyState, step: str) -> None:
        change = open_step(DEFINITION, state, step)
        assert change.of(K.WARNING) == (Notice(K.WARNING, step=step, route="straight-to-projects"),)
        assert change.state.current == step

    @pytest.mark.parametrize("step", ["7", "8"])
    def test_projects_once_strategy_is_under_way(self, state: JourneyState, step: str) -> None:
        state = answered(state, PARTLY, "4.plan")
        assert kinds(open_step(DEFINITION, state, step)) == []

    @pytest.mark.parametrize("step", [key for key in (*NUMBERED, FUNDING) if key not in ("1", "7", "8")])
    def test_no_warning_elsewhere(self, state: JourneyState, step: str) -> None:
        assert kinds(open_step(DEFINITION, state, step)) == []

    def test_unknown_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownStep, match="11"):
            open_step(definition, state, "11")


class TestAnswer:
    def test_first(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = answer(definition, state, "1.evidence", PARTLY, "survey of 40 members", by="m1", at=AT)
        given = change.state.answers["1.evidence"]
        assert (given.value, given.note, given.by, given.at) == (PARTLY, "survey of 40 members", "m1", AT)
        assert given.revision == change.state.revision == state.revision + 1
        assert change.notices == (Notice(K.FIRST_ANSWER, step="1", question="1.evidence"),)
        assert change.changed

    def test_changed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answer(definition, state, "1.evidence", YES, "survey").state
        change = answer(definition, state, "1.evidence", NOT_YET)
        assert change.notices == (
            Notice(K.CHANGED_ANSWER, step="1", question="1.evidence", before=state.answers["1.evidence"]),
        )
        assert change.state.answers["1.evidence"].note is None

    @pytest.mark.parametrize("note", [None, "", "survey"])
    def test_the_same_again(self, state: JourneyState, note: str | None) -> None:
        state = answer(DEFINITION, state, "1.evidence", YES, "survey").state
        assert_unchanged(answer(DEFINITION, state, "1.evidence", YES, note), state)

    def test_another_note(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answer(definition, state, "1.evidence", YES, "survey").state
        change = answer(definition, state, "1.evidence", YES, "survey and interviews")
        assert kinds(change) == [K.CHANGED_ANSWER]
        assert change.state.answers["1.evidence"].note == "survey and interviews"

    def test_a_stale_one_reaffirmed_keeps_its_note(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answer(definition, state, "6.een", YES, "met twice").state
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        change = answer(definition, state, "6.een", YES)
        assert kinds(change) == [K.REAFFIRMED_ANSWER]
        assert change.state.answers["6.een"].note == "met twice"
        assert not needs_answer(definition, change.state, "6.een")

    def test_a_stale_one_changed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answer(definition, state, "6.een", YES, "met twice").state
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        change = answer(definition, state, "6.een", PARTLY)
        assert change.of(K.CHANGED_ANSWER)[0].before == state.answers["6.een"]

    def test_lifts_a_deferral(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = skip_question(definition, state, "1.evidence").state
        assert answered(state, YES, "1.evidence").deferred == {}

    def test_does_not_move(self, state: JourneyState) -> None:
        assert answered(state, YES, "4.plan").current == "1"

    def test_leaves_planned_work_alone(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, PARTLY, "1.evidence")
        state = plan_action(definition, state, "a1", "1.evidence", "Survey").state
        assert answered(state, YES, "1.evidence").actions == state.actions

    def test_passes_the_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, YES, "1.benefits", "1.evidence")
        change = answer(definition, state, "1.priorities", NOT_APPLICABLE)
        assert change.of(K.STEP_PASSED) == (Notice(K.STEP_PASSED, step="1"),)
        assert change.state.passed == {"1": change.state.revision}

    def test_reopens_a_passed_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state, "1")
        change = answer(definition, state, "1.evidence", PARTLY)
        assert kinds(change) == [K.CHANGED_ANSWER, K.STEP_REOPENED]
        assert change.of(K.STEP_REOPENED)[0].step == "1"
        assert change.state.passed == state.passed
        again = answer(definition, change.state, "1.evidence", YES)
        assert again.of(K.STEP_PASSED)
        assert again.state.passed == {"1": again.state.revision}

    @pytest.mark.parametrize(("audience", "question"), [(CO, "3.access"), (PM, "3.sources"), (CO, "3.nonsense")])
    def test_unknown_question(self, audience: Audience, question: str) -> None:
        with pytest.raises(UnknownQuestion, match=question):
            answer(DEFINITION, begun(audience), question, YES)

    def test_still_negative_after_the_work_is_done_is_news(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = answered(state, PARTLY, "1.evidence")
        state = plan_action(definition, state, "a1", "1.evidence", "Survey").state
        state = finish_action(definition, state, "a1").state
        change = answer(definition, state, "1.evidence", PARTLY)
        assert kinds(change) == [K.REAFFIRMED_ANSWER]
        assert_unchanged(answer(definition, change.state, "1.evidence", PARTLY), change.state)


class TestReaffirm:
    def test_all_as_before(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answer(definition, passed(state, "6"), "6.een", YES, "met twice").state
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        state = skip_question(definition, state, "6.een").state
        change = reaffirm(definition, state, "6", by="m2", at=AT)
        assert kinds(change) == [*[K.REAFFIRMED_ANSWER] * 4, K.STEP_PASSED]
        assert change.state.passed["6"] == change.state.revision == state.revision + 1
        assert change.state.answers["6.een"].note == "met twice"
        assert change.state.answers["6.een"].by == "m2"
        assert change.state.deferred == {}

    def test_leaves_out_what_was_never_answered(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, PARTLY, "6.een")
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        change = reaffirm(definition, state, "6")
        assert set(change.state.answers) == {"6.een"}
        assert change.state.answers["6.een"].value is PARTLY

    def test_nothing_stale(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state, "6")
        assert_unchanged(reaffirm(definition, state, "6"), state)


class TestSkip:
    def test_an_answered_question(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, YES, "1.evidence")
        assert_unchanged(skip_question(definition, state, "1.evidence"), state)

    def test_a_question_of_the_other_audience(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownQuestion):
            skip_question(definition, state, "3.access")

    def test_to_the_next_step_not_passed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = skip_step(definition, passed(state, "2"))
        assert change.state.current == "3"
        assert "3" in change.state.opened

    def test_warns_on_the_way_to_projects(self, definition: JourneyDefinition) -> None:
        change = skip_step(definition, begun(CO, "6"))
        assert (change.state.current, kinds(change)) == ("7", [K.WARNING])

    def test_nowhere_to_go(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state)
        assert_unchanged(skip_step(definition, state), state)

    def test_only_this_one_left(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state, *NUMBERED[1:])
        assert_unchanged(skip_step(definition, state), state)


class TestBackRoutes:
    @pytest.mark.parametrize(
        ("trigger", "route", "step"),
        [
            (Trigger.PROJECT_FAILED, "project-failed", "6"),
            (Trigger.UNEXPECTED_EVENT, "unexpected-event", "3"),
            (Trigger.ASK_WHY_AGAIN, "ask-why-again", "1"),
        ],
    )
    @pytest.mark.parametrize("audience", [CO, PM])
    def test_opens_its_step_again(self, audience: Audience, trigger: Trigger, route: str, step: str) -> None:
        state = open_step(DEFINITION, passed(begun(audience), step), "8").state
        change = raise_route(DEFINITION, state, trigger, "the partner left")
        revision = change.state.revision
        assert change.state.current == step
        assert change.state.marks[-1] == Mark(route, (step,), revision, MarkStatus.TAKEN, "the partner left", revision)
        assert change.notices[0] == Notice(K.ROUTE_TAKEN, step=step, route=route, mark=revision)
        assert [notice.step for notice in change.of(K.STEP_REOPENED)] == [step]
        assert change.state.answers == state.answers
        assert change.state.opened[step] == revision

    def test_no_such_route(self, definition: JourneyDefinition, state: JourneyState) -> None:
        without_routes = replace(definition, routes=())
        with pytest.raises(UnknownRoute, match="project_failed"):
            raise_route(without_routes, state, Trigger.PROJECT_FAILED)

    def test_warning_changes_nothing(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = raise_route(definition, state, Trigger.STRAIGHT_TO_PROJECTS)
        assert_unchanged(change, state)
        assert change.of(K.WARNING)[0].route == "straight-to-projects"


class TestLessons:
    def test_put_and_appended(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = raise_route(definition, state, Trigger.PROJECT_FAILED)
        mark = change.notices[0].mark
        assert mark is not None
        state = add_lesson(definition, change.state, mark, "management was not on board").state
        assert state.marks[-1].note == "management was not on board"
        assert_unchanged(add_lesson(definition, state, mark, "management was not on board"), state)
        state = add_lesson(definition, state, mark, "no contract").state
        assert state.marks[-1].note == "management was not on board\nno contract"

    def test_names_the_route_where_two_were_raised_at_once(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = passed(state, *(key for key in NUMBERED if key != "9"), "9")
        revision = state.revision
        assert [mark.route for mark in state.marks if mark.revision == revision] == [
            "results-measured",
            "round-completed",
        ]
        state = add_lesson(definition, state, revision, "kept", route="results-measured").state
        assert [mark.note for mark in state.marks if mark.revision == revision] == ["kept", None]

    def test_unknown_mark(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownMark, match="77"):
            add_lesson(definition, state, 77, "lesson")


class TestDeadEnd:
    @pytest.fixture
    def stopped(self, definition: JourneyDefinition, state: JourneyState) -> JourneyState:
        return raise_route(definition, passed(state, "1"), Trigger.NOT_FOR_US, "no market").state

    def test_stops(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = raise_route(definition, state, Trigger.NOT_FOR_US, "no market")
        assert change.state.dead_end
        assert change.state.current == state.current
        assert change.state.marks[-1].steps == ()
        assert kinds(change) == [K.JOURNEY_STOPPED]

    def test_stopping_twice(self, definition: JourneyDefinition, stopped: JourneyState) -> None:
        assert_unchanged(raise_route(definition, stopped, Trigger.NOT_FOR_US), stopped)

    @pytest.mark.parametrize("step", [*NUMBERED[1:], FUNDING])
    def test_no_other_step_leads_on(self, stopped: JourneyState, step: str) -> None:
        with pytest.raises(DeadEnd, match="only step 1"):
            open_step(DEFINITION, stopped, step)

    @pytest.mark.parametrize(
        "way_on",
        [
            lambda state: skip_step(DEFINITION, state),
            lambda state: raise_route(DEFINITION, state, Trigger.PROJECT_FAILED),
            lambda state: begin(DEFINITION, state, CO, "4"),
            lambda state: begin(DEFINITION, state, PM, "4"),
        ],
    )
    def test_nor_does_anything_else(self, stopped: JourneyState, way_on: Callable[[JourneyState], Change]) -> None:
        with pytest.raises(DeadEnd):
            way_on(stopped)

    def test_an_offer_waits(self, definition: JourneyDefinition, stopped: JourneyState) -> None:
        state = raise_route(definition, stopped, Trigger.RESULTS_MEASURED).state
        with pytest.raises(DeadEnd):
            take_offer(definition, state, "results-measured")

    @pytest.mark.parametrize(
        "way_out",
        [
            lambda state: open_step(DEFINITION, state, "1"),
            lambda state: raise_route(DEFINITION, state, Trigger.ASK_WHY_AGAIN),
            lambda state: begin(DEFINITION, state, CO, "1"),
            lambda state: begin(DEFINITION, state, PM, "1"),
        ],
    )
    def test_step_1_asks_why_again(self, stopped: JourneyState, way_out: Callable[[JourneyState], Change]) -> None:
        change = way_out(stopped)
        assert not change.state.dead_end
        assert change.state.current == "1"
        assert change.state.marks[-1].route == "ask-why-again"
        assert change.of(K.STEP_REOPENED) == (Notice(K.STEP_REOPENED, step="1"),)
        assert change.state.revision == stopped.revision + 1
        assert all(needs_answer(DEFINITION, change.state, question) for question in asked("1"))
        assert change.state.answers == stopped.answers

    def test_the_record_can_still_be_corrected(self, stopped: JourneyState) -> None:
        state = answered(stopped, NOT_YET, "1.evidence")
        assert state.dead_end
        assert state.answers["1.evidence"].value is NOT_YET

    def test_back_with_the_audience_alone_stays_stopped(
        self, definition: JourneyDefinition, stopped: JourneyState
    ) -> None:
        assert change_audience(definition, stopped, PM).state.dead_end


class TestOffers:
    @pytest.mark.parametrize(("step", "route"), [("5", "trained-check-readiness"), ("9", "results-measured")])
    @pytest.mark.parametrize("audience", [CO, PM])
    def test_passing_a_step_makes_an_offer(self, audience: Audience, step: str, route: str) -> None:
        *first, last = asked(step, audience)
        state = answered(begun(audience), YES, *first)
        assert offered(state) == []
        change = answer(DEFINITION, state, last, YES)
        assert offered(change.state) == [route]
        assert change.of(K.OFFER) == (Notice(K.OFFER, route=route, mark=change.state.revision),)

    @pytest.mark.parametrize("step", [key for key in NUMBERED if key not in ("5", "9")])
    def test_other_steps_make_none(self, state: JourneyState, step: str) -> None:
        assert offered(passed(state, step)) == []

    def test_all_ten_passed(self, state: JourneyState) -> None:
        assert offered(passed(state)) == ["trained-check-readiness", "results-measured", "round-completed"]

    def test_lapses_with_its_cause_and_returns_with_it(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = passed(state, "5")
        state = answered(state, PARTLY, "5.exchange")
        assert offered(state) == []
        assert state.marks[0].status is MarkStatus.DECLINED
        assert offered(answered(state, YES, "5.exchange")) == ["trained-check-readiness"]

    def test_round_lapses_when_one_step_is_reopened(self, state: JourneyState) -> None:
        state = answered(passed(state), PARTLY, "1.evidence")
        assert offered(state) == ["trained-check-readiness", "results-measured"]

    def test_raised_by_a_person_it_outlives_the_passing(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = raise_route(definition, state, Trigger.TRAINED, "two people trained").state
        state = passed(state, "5")
        assert offered(state) == ["trained-check-readiness"]
        assert offered(answered(state, PARTLY, "5.exchange")) == ["trained-check-readiness"]

    def test_only_one_at_a_time(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, state, Trigger.TRAINED).state
        assert_unchanged(raise_route(definition, state, Trigger.TRAINED), state)

    def test_take(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = passed(state, "2", "5")
        change = take_offer(definition, state, "trained-check-readiness")
        assert change.state.current == "2"
        assert change.state.marks[-1].status is MarkStatus.TAKEN
        assert change.state.marks[-1].taken_at == change.state.revision
        assert kinds(change) == [K.ROUTE_TAKEN, K.STEP_REOPENED]
        assert change.state.answers == state.answers
        assert offered(change.state) == []

    @pytest.mark.parametrize(
        ("chosen", "steps"),
        [(None, ("3",)), ((), ("3",)), (("4",), ("4",)), (("4", "2"), ("2", "4")), (("3", "2"), ("2", "3"))],
    )
    def test_take_with_chosen_steps(
        self, state: JourneyState, chosen: tuple[str, ...] | None, steps: tuple[str, ...]
    ) -> None:
        change = take_offer(DEFINITION, passed(state, "9"), "results-measured", chosen)
        assert change.state.marks[-1].steps == steps
        assert change.state.current == steps[0]

    def test_take_with_a_step_not_on_offer(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownStep, match="'7'"):
            take_offer(definition, passed(state, "9"), "results-measured", ["7"])

    def test_take_what_is_not_offered(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(NotOffered, match="results-measured"):
            take_offer(definition, state, "results-measured")
        with pytest.raises(UnknownRoute):
            take_offer(definition, state, "nowhere")

    def test_decline(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = decline_offer(definition, passed(state, "5"), "trained-check-readiness").state
        assert offered(state) == []
        assert offered(answered(state, YES, "1.evidence")) == []
        assert_unchanged(decline_offer(definition, state, "trained-check-readiness"), state)

    @pytest.mark.parametrize(
        ("chosen", "first", "steps"),
        [
            (None, "3", NUMBERED[2:]),
            (("2",), "2", NUMBERED[1:]),
            (("1",), "1", ("1", *NUMBERED[2:])),
            (("1", "2"), "1", NUMBERED),
        ],
    )
    def test_a_new_round(
        self, state: JourneyState, chosen: tuple[str, ...] | None, first: str, steps: tuple[str, ...]
    ) -> None:
        state = passed(state)
        change = take_offer(DEFINITION, state, "round-completed", chosen)
        assert change.state.round == 2
        assert change.state.current == first
        assert change.of(K.ROUND_STARTED)[0].step == first
        assert change.state.answers == state.answers
        expected = {key: Status.TO_REVISIT if key in steps else Status.PASSED for key in NUMBERED}
        assert {key: status(DEFINITION, change.state, key) for key in NUMBERED} == expected

    def test_the_second_round_is_offered_the_same(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = take_offer(definition, passed(state), "round-completed").state
        assert offered(state) == []
        for step in NUMBERED[2:]:
            state = reaffirm(definition, state, step).state
        assert offered(state) == ["trained-check-readiness", "results-measured", "round-completed"]


class TestActions:
    def test_plan(self, definition: JourneyDefinition, state: JourneyState) -> None:
        change = plan_action(definition, state, "a1", "1.evidence", "Survey", date(2026, 5, 1), "Ana")
        planned = change.state.actions["a1"]
        assert (planned.text, planned.due, planned.owner, planned.done) == ("Survey", date(2026, 5, 1), "Ana", False)
        assert planned.revision == change.state.revision

    def test_plan_anew(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = plan_action(definition, state, "a1", "1.evidence", "Survey").state
        assert_unchanged(plan_action(definition, state, "a1", "1.evidence", "Survey"), state)
        state = finish_action(definition, state, "a1").state
        state = plan_action(definition, state, "a1", "1.evidence", "Survey", date(2026, 6, 1)).state
        assert not state.actions["a1"].done

    def test_planning_revokes_a_refusal(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = decline_action(definition, answered(state, PARTLY, "1.evidence"), "1.evidence").state
        assert plan_action(definition, state, "a1", "1.evidence", "Survey").state.declined_actions == {}

    def test_finish(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = plan_action(definition, state, "a1", "1.evidence", "Survey").state
        state = finish_action(definition, state, "a1").state
        assert state.actions["a1"].done
        assert state.actions["a1"].revision == state.revision
        assert_unchanged(finish_action(definition, state, "a1"), state)

    def test_remove(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = plan_action(definition, state, "a1", "1.evidence", "Survey").state
        assert remove_action(definition, state, "a1").state.actions == {}

    @pytest.mark.parametrize("change", [finish_action, remove_action])
    def test_unknown(
        self, state: JourneyState, change: Callable[[JourneyDefinition, JourneyState, str], Change]
    ) -> None:
        with pytest.raises(UnknownAction, match="a9"):
            change(DEFINITION, state, "a9")

    def test_decline(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, PARTLY, "1.evidence")
        declined = decline_action(definition, state, "1.evidence").state
        assert declined.declined_actions == {"1.evidence": declined.revision}
        assert_unchanged(decline_action(definition, declined, "1.evidence"), declined)

    def test_decline_where_nothing_is_proposed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert_unchanged(decline_action(definition, state, "1.evidence"), state)


@pytest.mark.parametrize(
    "change",
    [
        lambda state: change_audience(DEFINITION, state, PM),
        lambda state: open_step(DEFINITION, state, "1"),
        lambda state: answer(DEFINITION, state, "1.evidence", YES),
        lambda state: reaffirm(DEFINITION, state, "1"),
        lambda state: skip_question(DEFINITION, state, "1.evidence"),
        lambda state: skip_step(DEFINITION, state),
        lambda state: raise_route(DEFINITION, state, Trigger.PROJECT_FAILED),
        lambda state: add_lesson(DEFINITION, state, 1, "lesson"),
        lambda state: take_offer(DEFINITION, state, "round-completed"),
        lambda state: decline_offer(DEFINITION, state, "round-completed"),
        lambda state: plan_action(DEFINITION, state, "a1", "1.evidence", "Survey"),
        lambda state: finish_action(DEFINITION, state, "a1"),
        lambda state: remove_action(DEFINITION, state, "a1"),
        lambda state: decline_action(DEFINITION, state, "1.evidence"),
    ],
)
def test_nothing_goes_before_the_beginning(change: Callable[[JourneyState], Change]) -> None:
    with pytest.raises(NotBegun):
        change(JourneyState())


class TestUndo:
    def test_at_once(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = passed(state, "1")
        new = answered(old, PARTLY, "1.evidence")
        change = restore(definition, new, old, new)
        assert change.state == replace(old, revision=new.revision + 1)
        assert kinds(change) == [K.STEP_PASSED]

    def test_keeps_what_others_did_since(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = answered(state, YES, "1.benefits")
        new = answered(old, NOT_YET, "1.benefits")
        current = answered(new, PARTLY, "2.gaps")
        undone = restore(definition, current, old, new).state
        assert undone.answers["1.benefits"] == old.answers["1.benefits"]
        assert undone.answers["2.gaps"] == current.answers["2.gaps"]
        assert undone.revision == current.revision + 1

    def test_of_a_first_answer(self, definition: JourneyDefinition, state: JourneyState) -> None:
        new = answered(state, YES, "1.benefits")
        current = answered(new, YES, "2.gaps")
        assert set(restore(definition, current, state, new).state.answers) == {"2.gaps"}

    def test_conflict_names_the_question(self, definition: JourneyDefinition, state: JourneyState) -> None:
        new = answered(state, YES, "1.benefits")
        current = answered(new, PARTLY, "1.benefits")
        with pytest.raises(UndoConflict, match=r"1\.benefits") as caught:
            restore(definition, current, state, new)
        assert (caught.value.field, caught.value.key, caught.value.part) == ("answers", "1.benefits", "1.benefits")

    def test_conflict_over_where_one_is(self, definition: JourneyDefinition, state: JourneyState) -> None:
        new = open_step(definition, state, "3").state
        current = open_step(definition, new, "4").state
        with pytest.raises(UndoConflict) as caught:
            restore(definition, current, state, new)
        assert (caught.value.key, caught.value.part) == (None, "current")

    def test_already_back_is_no_conflict(self, definition: JourneyDefinition, state: JourneyState) -> None:
        new = open_step(definition, state, "3").state
        current = open_step(definition, new, "1").state
        undone = restore(definition, current, state, new).state
        assert undone.current == "1"
        assert "3" not in undone.opened

    def test_of_a_route_back(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = passed(state, "6")
        new = raise_route(definition, old, Trigger.PROJECT_FAILED).state
        current = answered(new, YES, "1.benefits")
        change = restore(definition, current, old, new)
        assert change.state.marks == ()
        assert status(definition, change.state, "6") is Status.PASSED
        assert change.state.passed["6"] == old.passed["6"]
        assert kinds(change) == [K.STEP_PASSED]

    def test_of_a_new_round(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = passed(state)
        new = take_offer(definition, old, "round-completed", ["1"]).state
        assert restore(definition, new, old, new).state == replace(old, revision=new.revision + 1)

    def test_of_an_answer_whose_offer_was_taken(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = answered(state, YES, "5.training", "5.training-plan")
        new = answered(old, YES, "5.exchange")
        current = take_offer(definition, new, "trained-check-readiness").state
        with pytest.raises(UndoConflict) as caught:
            restore(definition, current, old, new)
        assert caught.value.part == "trained-check-readiness"

    def test_of_an_answer_whose_offer_was_declined(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = answered(state, YES, "5.training", "5.training-plan")
        new = answered(old, YES, "5.exchange")
        current = decline_offer(definition, new, "trained-check-readiness").state
        undone = restore(definition, current, old, new).state
        assert "5.exchange" not in undone.answers
        assert undone.marks[0].status is MarkStatus.DECLINED

    def test_passing_again_since_is_no_conflict(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = answered(state, YES, "1.benefits", "1.evidence")
        new = answered(old, YES, "1.priorities")
        current = answered(answered(new, PARTLY, "1.benefits"), YES, "1.benefits")
        change = restore(definition, current, old, new)
        assert "1.priorities" not in change.state.answers
        assert status(definition, change.state, "1") is Status.TO_REVISIT
        assert kinds(change) == [K.STEP_REOPENED]

    def test_that_passes_a_step_settles_it(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = answered(state, YES, "5.training", "5.training-plan")
        new = answered(old, PARTLY, "5.training")
        current = answered(new, YES, "5.exchange")
        change = restore(definition, current, old, new)
        assert kinds(change) == [K.STEP_PASSED, K.OFFER]
        assert change.state.passed == {"5": change.state.revision}

    def test_withdraws_an_offer_that_has_lost_its_cause(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        old = answered(state, YES, "5.training")
        new = answered(old, YES, "5.training-plan")
        current = answered(new, YES, "5.exchange")
        assert offered(current) == ["trained-check-readiness"]
        change = restore(definition, current, old, new)
        assert offered(change.state) == []
        assert kinds(change) == [K.STEP_REOPENED]

    def test_two_offers_of_one_route_become_one(self, definition: JourneyDefinition, state: JourneyState) -> None:
        old = passed(state, "5")
        new = decline_offer(definition, old, "trained-check-readiness").state
        current = answered(answered(new, PARTLY, "5.exchange"), YES, "5.exchange")
        undone = restore(definition, current, old, new).state
        assert offered(undone) == ["trained-check-readiness"]
        assert undone.marks[-1].status is MarkStatus.OFFERED

    def test_undo_of_an_undo(self, definition: JourneyDefinition, state: JourneyState) -> None:
        new = answered(state, YES, "1.benefits")
        undone = restore(definition, new, state, new).state
        redone = restore(definition, undone, new, undone).state
        assert redone == replace(new, revision=undone.revision + 1)
