from __future__ import annotations

from datetime import date

import pytest

from assistant.journey import (
    FUNDING,
    Audience,
    JourneyDefinition,
    JourneyState,
    Status,
    StepProgress,
    Trigger,
    UnknownQuestion,
    UnknownRoute,
    UnknownStep,
    Value,
    answer,
    decline_action,
    done_to_confirm,
    find_route,
    finish_action,
    gaps,
    is_reopened,
    is_stale,
    needs_answer,
    next_step_after,
    open_actions,
    open_questions,
    open_step,
    plan_action,
    progress,
    raise_route,
    reaffirm,
    set_aside,
    skip_question,
    status,
    unplanned_gaps,
    waiting,
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
    ids,
    passed,
)


@pytest.mark.parametrize(
    ("audience", "counts"),
    [(CO, (3, 2, 3, 5, 3, 4, 2, 5, 7, 2, 2)), (PM, (3, 2, 3, 5, 3, 2, 1, 2, 3, 1, 2))],
)
def test_sample_has_the_real_number_of_questions(audience: Audience, counts: tuple[int, ...]) -> None:
    assert tuple(len(step.questions_for(audience)) for step in DEFINITION.steps) == counts


class TestReopening:
    def test_no_mark_no_reopening(self, state: JourneyState) -> None:
        assert is_reopened(state, "6") is None

    def test_back_route_reopens_only_its_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        assert is_reopened(state, "6") == state.revision
        assert is_reopened(state, "7") is None

    def test_the_latest_reopening_counts(self, definition: JourneyDefinition, state: JourneyState) -> None:
        first = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        second = raise_route(definition, first, Trigger.PROJECT_FAILED).state
        assert is_reopened(second, "6") == second.revision > first.revision

    def test_an_offer_reopens_nothing_until_taken(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, state, Trigger.RESULTS_MEASURED).state
        assert is_reopened(state, "3") is None

    def test_earlier_answers_become_stale_and_stay(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, YES, "6.networks")
        before = state.answers["6.networks"]
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        assert state.answers["6.networks"] == before
        assert is_stale(definition, state, "6.networks")
        assert needs_answer(definition, state, "6.networks")
        state = answered(state, YES, "6.networks")
        assert not is_stale(definition, state, "6.networks")
        assert not needs_answer(definition, state, "6.networks")

    def test_unknown_question(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownQuestion):
            needs_answer(definition, state, "1.nonsense")


class TestOpenQuestions:
    @pytest.mark.parametrize("audience", [CO, PM])
    @pytest.mark.parametrize("step", [*NUMBERED, FUNDING])
    def test_all_of_the_audience_at_first(self, audience: Audience, step: str) -> None:
        assert ids(open_questions(DEFINITION, begun(audience), step)) == asked(step, audience)

    def test_none_without_an_audience(self, definition: JourneyDefinition) -> None:
        assert open_questions(definition, JourneyState(), "1") == ()

    def test_answered_ones_are_gone(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, NOT_YET, "1.evidence")
        assert ids(open_questions(definition, state, "1")) == ["1.benefits", "1.priorities"]

    def test_set_aside_come_last_in_order_of_being_set_aside(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        for question in ("4.targets", "4.plan"):
            state = skip_question(definition, state, question).state
        assert ids(open_questions(definition, state, "4")) == [
            "4.actions",
            "4.monitoring",
            "4.buy-in",
            "4.targets",
            "4.plan",
        ]
        assert ids(waiting(definition, state, "4")) == ["4.actions", "4.monitoring", "4.buy-in"]
        assert ids(set_aside(definition, state, "4")) == ["4.targets", "4.plan"]

    def test_set_aside_again_goes_to_the_end(self, definition: JourneyDefinition, state: JourneyState) -> None:
        for question in ("4.targets", "4.plan", "4.targets"):
            state = skip_question(definition, state, question).state
        assert ids(set_aside(definition, state, "4")) == ["4.plan", "4.targets"]

    def test_reopening_makes_an_older_deferral_void(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = skip_question(definition, state, "6.networks").state
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        assert set_aside(definition, state, "6") == ()
        assert ids(waiting(definition, state, "6")) == asked("6")
        state = skip_question(definition, state, "6.networks").state
        assert ids(set_aside(definition, state, "6")) == ["6.networks"]

    def test_unknown_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownStep):
            open_questions(definition, state, "11")


class TestGaps:
    @pytest.mark.parametrize(
        ("value", "is_gap"), [(YES, False), (NOT_APPLICABLE, False), (PARTLY, True), (NOT_YET, True)]
    )
    def test_partly_and_not_yet_are_gaps(self, state: JourneyState, value: Value, is_gap: bool) -> None:
        state = answered(state, value, "1.evidence")
        assert ids(gaps(DEFINITION, state, "1")) == (["1.evidence"] if is_gap else [])

    def test_a_stale_answer_is_no_gap(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, NOT_YET, "6.een")
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        assert gaps(definition, state, "6") == ()

    def test_a_planned_gap_is_not_unplanned(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, PARTLY, "1.evidence", "1.benefits")
        state = plan_action(definition, state, "a1", "1.evidence", "Survey the members").state
        assert ids(unplanned_gaps(definition, state, "1")) == ["1.benefits"]
        assert ids(gaps(definition, state, "1")) == ["1.benefits", "1.evidence"]

    def test_a_declined_gap_comes_back_with_a_new_answer(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = answered(state, PARTLY, "1.evidence")
        state = decline_action(definition, state, "1.evidence").state
        assert unplanned_gaps(definition, state, "1") == ()
        state = answered(state, NOT_YET, "1.evidence")
        assert ids(unplanned_gaps(definition, state, "1")) == ["1.evidence"]

    def test_a_done_action_is_to_be_confirmed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(state, PARTLY, "1.evidence")
        state = plan_action(definition, state, "a1", "1.evidence", "Survey the members").state
        assert done_to_confirm(definition, state, "1") == ()
        state = finish_action(definition, state, "a1").state
        assert ids(unplanned_gaps(definition, state, "1")) == ["1.evidence"]
        assert ids(done_to_confirm(definition, state, "1")) == ["1.evidence"]
        state = answered(state, PARTLY, "1.evidence")
        assert ids(unplanned_gaps(definition, state, "1")) == ["1.evidence"]
        assert done_to_confirm(definition, state, "1") == ()

    def test_open_actions_by_date(self, definition: JourneyDefinition, state: JourneyState) -> None:
        due = {"a": None, "b": date(2026, 5, 1), "c": date(2026, 3, 1), "d": date(2026, 1, 1)}
        for action_id, day in due.items():
            state = plan_action(definition, state, action_id, "1.evidence", "Work", day).state
        state = plan_action(definition, state, "other", "2.gaps", "Work", date(2026, 1, 1)).state
        state = finish_action(definition, state, "d").state
        assert [action.id for action in open_actions(definition, state, "1")] == ["c", "b", "a"]


class TestStatus:
    def test_not_started(self, state: JourneyState) -> None:
        assert {status(DEFINITION, state, key) for key in NUMBERED[1:]} == {Status.NOT_STARTED}

    def test_without_an_audience(self, definition: JourneyDefinition) -> None:
        assert {status(definition, JourneyState(), step.key) for step in definition.steps} == {Status.NOT_STARTED}

    def test_opened(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert status(definition, open_step(definition, state, "3").state, "3") is Status.IN_PROGRESS

    def test_answered_in_part(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert status(definition, answered(state, YES, "2.gaps"), "2") is Status.IN_PROGRESS

    def test_set_aside(self, definition: JourneyDefinition, state: JourneyState) -> None:
        assert status(definition, skip_question(definition, state, "2.gaps").state, "2") is Status.IN_PROGRESS

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ((YES, YES), Status.PASSED),
            ((YES, NOT_APPLICABLE), Status.PASSED),
            ((NOT_APPLICABLE, NOT_APPLICABLE), Status.PASSED),
            ((YES, PARTLY), Status.IN_PROGRESS),
            ((NOT_YET, YES), Status.IN_PROGRESS),
        ],
    )
    def test_all_answered(self, state: JourneyState, values: tuple[Value, Value], expected: Status) -> None:
        for question, value in zip(asked("2"), values, strict=True):
            state = answered(state, value, question)
        assert status(DEFINITION, state, "2") is expected

    @pytest.mark.parametrize("audience", [CO, PM])
    @pytest.mark.parametrize("step", NUMBERED)
    def test_every_numbered_step_can_be_passed(self, audience: Audience, step: str) -> None:
        assert status(DEFINITION, passed(begun(audience), step), step) is Status.PASSED

    def test_passed_once_is_to_revisit(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = answered(passed(state, "2"), PARTLY, "2.gaps")
        assert status(definition, state, "2") is Status.TO_REVISIT

    def test_reopened_with_stale_answers_is_to_revisit(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = answered(state, YES, "6.networks")
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        assert status(definition, state, "6") is Status.TO_REVISIT

    def test_reopened_and_never_answered_is_in_progress(
        self, definition: JourneyDefinition, state: JourneyState
    ) -> None:
        state = raise_route(definition, state, Trigger.PROJECT_FAILED).state
        assert status(definition, state, "6") is Status.IN_PROGRESS

    def test_reopened_and_reaffirmed_is_passed(self, definition: JourneyDefinition, state: JourneyState) -> None:
        state = raise_route(definition, passed(state, "6"), Trigger.PROJECT_FAILED).state
        assert status(definition, state, "6") is Status.TO_REVISIT
        assert status(definition, reaffirm(definition, state, "6").state, "6") is Status.PASSED

    @pytest.mark.parametrize("audience", [CO, PM])
    def test_funding_is_never_passed(self, audience: Audience) -> None:
        state = begun(audience)
        assert status(DEFINITION, state, FUNDING) is Status.NOT_STARTED
        assert status(DEFINITION, passed(state, FUNDING), FUNDING) is Status.IN_PROGRESS

    def test_unknown_step(self, definition: JourneyDefinition, state: JourneyState) -> None:
        with pytest.raises(UnknownStep):
            status(definition, state, "11")


def test_progress_has_a_line_for_every_step(definition: JourneyDefinition, state: JourneyState) -> None:
    state = answered(passed(state, "1"), PARTLY, "2.gaps")
    state = skip_question(definition, state, "2.diagnostic").state
    lines = progress(definition, state)
    assert [line.key for line in lines] == [*NUMBERED, FUNDING]
    assert lines[0] == StepProgress("1", Status.PASSED, 3, 3, 0, 0, True)
    assert lines[1] == StepProgress("2", Status.IN_PROGRESS, 1, 2, 1, 1, False)
    assert lines[2] == StepProgress("3", Status.NOT_STARTED, 0, 3, 0, 0, False)


def test_progress_counts_no_stale_answer(definition: JourneyDefinition, state: JourneyState) -> None:
    state = raise_route(definition, passed(state, "6"), Trigger.PROJECT_FAILED).state
    line = progress(definition, state)[5]
    assert line == StepProgress("6", Status.TO_REVISIT, 0, 4, 0, 0, True)


class TestNextStep:
    @pytest.mark.parametrize(
        ("done", "after", "expected"),
        [
            ((), "1", "2"),
            ((), "10", "1"),
            (("2", "3"), "1", "4"),
            (("1",), "10", "2"),
            (("6", "7", "8", "9", "10"), "5", "1"),
            (tuple(k for k in NUMBERED if k != "4"), "4", "4"),
            (NUMBERED, "10", None),
            (NUMBERED, FUNDING, None),
        ],
    )
    def test_next_not_passed(
        self, state: JourneyState, done: tuple[str, ...], after: str, expected: str | None
    ) -> None:
        state = passed(state, *done) if done else state
        assert next_step_after(DEFINITION, state, after) == expected

    @pytest.mark.parametrize(("done", "expected"), [((), "4"), (("4",), "5"), (NUMBERED[3:], "1")])
    def test_after_funding_back_to_where_one_was(
        self, state: JourneyState, done: tuple[str, ...], expected: str
    ) -> None:
        for step in ("6", "4", FUNDING):
            state = open_step(DEFINITION, state, step).state
        state = passed(state, *done) if done else state
        assert next_step_after(DEFINITION, state, FUNDING) == expected

    def test_begun_with_funding(self, definition: JourneyDefinition) -> None:
        state = begun(CO, FUNDING)
        assert next_step_after(definition, state, FUNDING) == "1"
        assert next_step_after(definition, passed(state, "1"), FUNDING) == "2"


def test_find_route(definition: JourneyDefinition) -> None:
    assert find_route(definition, "project-failed").to == ("6",)
    with pytest.raises(UnknownRoute, match="project-failed"):
        find_route(definition, "nowhere")


def test_answers_of_the_other_audience_are_not_counted(definition: JourneyDefinition) -> None:
    state = answer(definition, begun(PM), "3.access", NOT_YET).state
    as_cluster = JourneyState(**{**vars(state), "audience": CO})
    assert gaps(definition, as_cluster, "3") == ()
    assert progress(definition, as_cluster)[2].answered == 0
