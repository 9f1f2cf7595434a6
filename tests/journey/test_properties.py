"""What holds in every state that people can reach, whatever they do and in whatever order."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.journey import (
    FUNDING,
    Answer,
    Audience,
    Change,
    DeadEnd,
    JourneyError,
    JourneyState,
    MarkStatus,
    NextKind,
    NextThing,
    NoticeKind,
    NotOffered,
    QuestionDef,
    RouteKind,
    Status,
    Trigger,
    UndoConflict,
    Value,
    add_lesson,
    answer,
    begin,
    change_audience,
    decline_action,
    decline_offer,
    finish_action,
    is_reopened,
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
    what_next,
)
from tests.journey.sample import CO, DEFINITION, NUMBERED, PM, YES

TODAY = date(2026, 3, 10)
ENOUGH_MOVES = 250
"""More than two rounds of 36 questions, with an action to finish and confirm for each."""

STEPS = [step.key for step in DEFINITION.steps]
OFFERS = [route for route in DEFINITION.routes if route.kind is RouteKind.OFFER]

a_step = st.sampled_from(STEPS)
an_audience = st.sampled_from([CO, PM])
a_value = st.sampled_from(Value)
a_note = st.sampled_from([None, "survey of 40 members", "the partner left"])
an_index = st.integers(min_value=0, max_value=40)


def passed_steps(state: JourneyState) -> set[str]:
    return {key for key in NUMBERED if status(DEFINITION, state, key) is Status.PASSED}


def settles(state: JourneyState, question: QuestionDef) -> bool:
    """Whether the current answer is positive, put without the help of the rules under test."""
    given = state.answers.get(question.id)
    reopened = is_reopened(state, question.step)
    return given is not None and given.value.settles and (reopened is None or given.revision >= reopened)


def follow(state: JourneyState, thing: NextThing, take: bool) -> JourneyState:
    """Do what is advised, and answer positively."""
    kind = thing.kind
    if kind is NextKind.ONBOARD:
        return begin(DEFINITION, state, CO).state
    if kind is NextKind.STOPPED:
        assert thing.then is not None
        return open_step(DEFINITION, state, thing.then).state
    if kind is NextKind.ROUTE_OFFER:
        assert thing.route is not None
        return (take_offer if take else decline_offer)(DEFINITION, state, thing.route).state
    if kind is NextKind.PROCEED:
        return skip_step(DEFINITION, state).state
    if kind is NextKind.OVERDUE or (kind is NextKind.WORK_PLAN and thing.action is not None):
        assert thing.action is not None
        return finish_action(DEFINITION, state, thing.action).state
    assert thing.question is not None, thing
    return answer(DEFINITION, state, thing.question, YES).state


class Journey(RuleBasedStateMachine):
    """A journey to which anything may happen, with a model of what must not be lost."""

    def __init__(self) -> None:
        super().__init__()
        self.state = JourneyState()
        self.model: dict[str, tuple[Value, str | None]] = {}
        self.history: list[tuple[JourneyState, JourneyState]] = []

    @initialize(audience=an_audience, step=st.none() | a_step)
    def onboard(self, audience: Audience, step: str | None) -> None:
        self.move(begin, audience, step)

    def move(self, transition: Callable[..., Change], *args: Any) -> Change:
        old = self.state
        change = transition(DEFINITION, old, *args)
        new = change.state
        if not change.changed:
            assert new is old
            return change
        assert new.revision == old.revision + 1
        self.check_notices(old, change)
        undone = restore(DEFINITION, new, old, new).state
        assert undone == replace(old, revision=new.revision + 1)
        self.history.append((old, new))
        self.state = new
        return change

    def check_notices(self, old: JourneyState, change: Change) -> None:
        """Whoever changes what is passed hears of it, and nobody hears of what did not change."""
        was, now = passed_steps(old), passed_steps(change.state)
        assert {notice.step for notice in change.of(NoticeKind.STEP_PASSED)} == now - was
        assert {notice.step for notice in change.of(NoticeKind.STEP_REOPENED)} == was - now
        made = {mark.route for mark in change.state.marks if mark.status is MarkStatus.OFFERED}
        assert {notice.route for notice in change.of(NoticeKind.OFFER)} <= made

    def question(self, index: int) -> str:
        assert self.state.audience is not None
        questions = DEFINITION.questions(self.state.audience)
        return questions[index % len(questions)].id

    @rule(index=an_index, value=a_value, note=a_note)
    def answer(self, index: int, value: Value, note: str | None) -> None:
        question = self.question(index)
        before = self.model.get(question)
        self.move(answer, question, value, note)
        kept = before[1] if before is not None and before[0] is value else None
        self.model[question] = (value, note or kept)

    @rule(step=a_step, value=a_value)
    def answer_a_whole_step(self, step: str, value: Value) -> None:
        assert self.state.audience is not None
        for question in DEFINITION.step(step).questions_for(self.state.audience):
            before = self.model.get(question.id)
            self.move(answer, question.id, value)
            kept = before[1] if before is not None and before[0] is value else None
            self.model[question.id] = (value, kept)

    @rule()
    def pass_everything(self) -> None:
        for step in NUMBERED:
            self.answer_a_whole_step(step, YES)

    @rule(step=a_step)
    def reaffirm(self, step: str) -> None:
        self.move(reaffirm, step)

    @rule(step=a_step)
    def open_step(self, step: str) -> None:
        try:
            self.move(open_step, step)
        except DeadEnd:
            assert self.state.dead_end
            assert step != "1"

    @rule(audience=an_audience, step=st.none() | a_step)
    def begin_again(self, audience: Audience, step: str | None) -> None:
        try:
            self.move(begin, audience, step)
        except DeadEnd:
            assert self.state.dead_end
            assert step != "1"

    @rule(audience=an_audience)
    def change_audience(self, audience: Audience) -> None:
        self.move(change_audience, audience)

    @rule(index=an_index)
    def skip_question(self, index: int) -> None:
        self.move(skip_question, self.question(index))

    @precondition(lambda self: not self.state.dead_end)
    @rule()
    def skip_step(self) -> None:
        self.move(skip_step)

    @rule(trigger=st.sampled_from(Trigger), note=a_note)
    def raise_route(self, trigger: Trigger, note: str | None) -> None:
        try:
            self.move(raise_route, trigger, note)
        except DeadEnd:
            assert self.state.dead_end

    @precondition(lambda self: self.state.marks)
    @rule(index=an_index)
    def add_lesson(self, index: int) -> None:
        mark = self.state.marks[index % len(self.state.marks)]
        self.move(add_lesson, mark.revision, "a lesson", mark.route)

    @rule(offer=st.sampled_from(OFFERS), also=st.booleans(), take=st.booleans())
    def decide(self, offer: Any, also: bool, take: bool) -> None:
        if not take:
            self.move(decline_offer, offer.id)
            return
        try:
            self.move(take_offer, offer.id, offer.also if also else None)
        except DeadEnd:
            assert self.state.dead_end
        except NotOffered:
            assert all(m.status is not MarkStatus.OFFERED for m in self.state.marks if m.route == offer.id)

    @rule(index=an_index, days=st.none() | st.integers(-5, 5), name=st.sampled_from("abc"))
    def plan_action(self, index: int, days: int | None, name: str) -> None:
        due = None if days is None else TODAY + timedelta(days=days)
        self.move(plan_action, name, self.question(index), "Do the work", due)

    @precondition(lambda self: self.state.actions)
    @rule(index=an_index, finish=st.booleans())
    def finish_or_remove(self, index: int, finish: bool) -> None:
        ids = sorted(self.state.actions)
        self.move(finish_action if finish else remove_action, ids[index % len(ids)])

    @rule(index=an_index)
    def decline_action(self, index: int) -> None:
        self.move(decline_action, self.question(index))

    @rule()
    def decline_whatever_is_proposed(self) -> None:
        thing = what_next(DEFINITION, self.state, TODAY)
        if thing.kind in (NextKind.PROPOSE_ACTION, NextKind.CONFIRM_DONE):
            assert thing.question is not None
            assert self.move(decline_action, thing.question).changed

    @precondition(lambda self: self.history)
    @rule(back=st.integers(1, 4))
    def undo(self, back: int) -> None:
        """Undo one of the latest changes, on top of what came after it."""
        old, new = self.history[-min(back, len(self.history))]
        if old.audience is None:
            return
        before = self.state
        try:
            change = restore(DEFINITION, before, old, new)
        except UndoConflict:
            assert before != new, "what was changed last can always be undone"
            return
        self.check_notices(before, change)
        self.state = change.state
        self.history.append((before, change.state))
        for question in {*old.answers, *new.answers}:
            if old.answers.get(question) == new.answers.get(question):
                continue
            if question in old.answers:
                self.model[question] = (old.answers[question].value, old.answers[question].note)
            else:
                self.model.pop(question, None)

    @rule(take=st.booleans())
    def follow_advice(self, take: bool) -> None:
        """With positive answers, the advice leads to the end of the round from wherever one is."""
        state = self.state
        for _ in range(ENOUGH_MOVES):
            thing = what_next(DEFINITION, state, TODAY)
            round_offered = thing.kind is NextKind.ROUTE_OFFER and thing.route == "round-completed"
            if thing.kind is NextKind.ROUND_DONE or (round_offered and passed_steps(state) == set(NUMBERED)):
                return
            # A round that people asked for before its time would begin everything anew: not on this walk.
            after = follow(state, thing, take and not round_offered)
            assert after is not state, f"the advice {thing} changes nothing"
            state = after
        raise AssertionError("the advice leads nowhere")

    @invariant()
    def there_is_a_next_thing_or_a_stated_end(self) -> None:
        thing = what_next(DEFINITION, self.state, TODAY)
        assert 1 <= thing.rule <= 6
        needed = {
            NextKind.ROUTE_OFFER: ("route", "step"),
            NextKind.OVERDUE: ("action", "question", "step"),
            NextKind.ASK: ("question", "step"),
            NextKind.ASK_SET_ASIDE: ("question", "step"),
            NextKind.PROPOSE_ACTION: ("question", "step"),
            NextKind.CONFIRM_DONE: ("question", "step", "action"),
            NextKind.WORK_PLAN: ("question", "step"),
            NextKind.PROCEED: ("then", "step"),
        }
        assert all(getattr(thing, name) is not None for name in needed.get(thing.kind, ()))
        if thing.kind is NextKind.STOPPED:
            assert self.state.dead_end
        if thing.kind is NextKind.ROUND_DONE:
            assert passed_steps(self.state) == set(NUMBERED)

    @invariant()
    def no_answer_is_lost(self) -> None:
        assert {q: (given.value, given.note) for q, given in self.state.answers.items()} == self.model
        assert all(isinstance(given, Answer) and given.question == q for q, given in self.state.answers.items())

    @invariant()
    def passed_means_that_every_answer_settles(self) -> None:
        if self.state.audience is None:
            return
        for step in DEFINITION.steps:
            found = status(DEFINITION, self.state, step.key)
            positive = all(settles(self.state, question) for question in step.questions_for(self.state.audience))
            assert (found is Status.PASSED) == (positive and step.key != FUNDING)
            if found is Status.PASSED:
                assert step.key in self.state.passed
            elif step.key in self.state.passed:
                assert found is Status.TO_REVISIT

    @invariant()
    def the_records_hold_together(self) -> None:
        state = self.state
        waiting = [mark.route for mark in state.marks if mark.status is MarkStatus.OFFERED]
        assert len(waiting) == len(set(waiting))
        assert len({(mark.route, mark.revision) for mark in state.marks}) == len(state.marks)
        assert [mark.revision for mark in state.marks] == sorted(mark.revision for mark in state.marks)
        assert (state.audience is None) == (state.current is None)
        revisions = [given.revision for given in state.answers.values()]
        revisions += [*state.deferred.values(), *state.passed.values(), *state.opened.values()]
        assert max(revisions, default=0) <= state.revision
        assert state.round == 1 + sum(
            m.route == "round-completed" and m.status is MarkStatus.TAKEN for m in state.marks
        )


TestJourney = Journey.TestCase
TestJourney.settings = settings(
    # More examples are for a quiet machine; the suite runs always and has to be quick.
    max_examples=int(os.environ.get("JOURNEY_EXAMPLES", "40")),
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_every_error_is_of_one_family() -> None:
    assert all(issubclass(error, JourneyError) for error in (DeadEnd, NotOffered, UndoConflict))
