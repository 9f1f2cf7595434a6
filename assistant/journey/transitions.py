"""The changes a journey can go through.

Every function takes the definition and the state and returns a
:class:`~assistant.journey.changes.Change`: a new state whose revision is one higher, and notices of
what people are to be told. When nothing changes, the state is the very object passed in
and a ``NOTHING_CHANGED`` notice says so.

Example:
    >>> change = answer(definition, state, "1.benefits", Value.YES, "survey of 40 members")
    >>> change.state.revision == state.revision + 1
    True
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from assistant.journey import rules
from assistant.journey.changes import Change, DeadEnd, Notice, NoticeKind, UnknownAction
from assistant.journey.definition import Audience, JourneyDefinition, Trigger
from assistant.journey.drafts import FIRST_STEP, at_step, audience_of, with_, without
from assistant.journey.routes import add_lesson, decline_offer, raise_route, take_offer
from assistant.journey.settling import settle, unchanged
from assistant.journey.state import Action, Answer, JourneyState, Status, Value
from assistant.journey.undo import restore

__all__ = [
    "add_lesson",
    "answer",
    "begin",
    "change_audience",
    "decline_action",
    "decline_offer",
    "finish_action",
    "open_step",
    "plan_action",
    "raise_route",
    "reaffirm",
    "remove_action",
    "restore",
    "skip_question",
    "skip_step",
    "take_offer",
]

STRATEGY_STEP = "4"
PROJECT_STEPS = ("7", "8")
"""Going straight to these without step 4 is what the closed line warns of (TACTICS 2017-2021)."""


def _warnings(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[Notice, ...]:
    """The warning against projects without a strategy, if opening `step` amounts to that."""
    if step not in PROJECT_STEPS or rules.status(definition, state, STRATEGY_STEP) is not Status.NOT_STARTED:
        return ()
    routes = definition.routes_on(Trigger.STRAIGHT_TO_PROJECTS)
    return tuple(Notice(NoticeKind.WARNING, step=step, route=route.id) for route in routes)


def begin(definition: JourneyDefinition, state: JourneyState, audience: Audience, step: str | None = None) -> Change:
    """Begin the journey for `audience` at `step`, or put one that has begun on these.

    Args:
        definition: the journey.
        state: where it stands, most often nowhere.
        audience: whose checklists are walked. Another one than before keeps every answer.
        step: where to begin; None is step 1, or the current step of a journey that has begun.

    Raises:
        DeadEnd: the journey was stopped and `step` is not step 1.
    """
    if step is not None:
        definition.step(step)
    if state.audience is None:
        target = step or FIRST_STEP
        draft = at_step(replace(state, audience=audience), target)
        return settle(definition, state, draft, _warnings(definition, draft, target))
    if audience is state.audience:
        return unchanged(state) if step is None else open_step(definition, state, step)
    if step is None or (step == state.current and not state.dead_end):
        return change_audience(definition, state, audience)
    # Both at once is one change to the person, so it is one revision and one undo.
    opened = open_step(definition, replace(state, audience=audience), step)
    told = (Notice(NoticeKind.AUDIENCE_CHANGED), *(n for n in opened.notices if n.step == step and n.route))
    return settle(definition, state, replace(opened.state, passed=state.passed), told)


def change_audience(definition: JourneyDefinition, state: JourneyState, audience: Audience) -> Change:
    """Walk the other audience's checklists. Answers to questions it is not asked are kept, uncounted."""
    if audience is audience_of(state):
        return unchanged(state)
    told = (Notice(NoticeKind.AUDIENCE_CHANGED),)
    return settle(definition, state, replace(state, audience=audience), told)


def open_step(definition: JourneyDefinition, state: JourneyState, step: str) -> Change:
    """Make `step` the one worked on. Out of a dead end this is asking Why once more.

    Raises:
        DeadEnd: the journey was stopped and `step` is not step 1.
    """
    audience_of(state)
    definition.step(step)
    if state.dead_end:
        if step != FIRST_STEP:
            raise DeadEnd(step)
        return raise_route(definition, state, Trigger.ASK_WHY_AGAIN)
    if step == state.current:
        return unchanged(state)
    return settle(definition, state, at_step(state, step), _warnings(definition, state, step))


def answer(
    definition: JourneyDefinition,
    state: JourneyState,
    question: str,
    value: Value,
    note: str | None = None,
    *,
    by: str | None = None,
    at: datetime | None = None,
) -> Change:
    """Record an answer. It does not move the journey to another step.

    The same answer again changes nothing, unless the question was asked anew: because its
    step was opened again, or because work planned for it has been done. A note is kept as long as the
    answer stays the same; a new answer starts without the old note.

    Raises:
        UnknownQuestion: there is no such question, or this audience is not asked it.
    """
    step = definition.question(question, audience_of(state)).step
    before = state.answers.get(question)
    said = note or None
    if before is not None and before.value is value and said is None:
        said = before.note
    same = before is not None and (before.value, before.note) == (value, said)
    if same and not _is_asked_again(definition, state, question, step):
        return unchanged(state)
    kind = NoticeKind.REAFFIRMED_ANSWER if same else NoticeKind.CHANGED_ANSWER
    if before is None:
        kind = NoticeKind.FIRST_ANSWER
    given = Answer(question, value, said, state.revision + 1, by, at)
    draft = replace(
        state,
        answers=with_(state.answers, question, given),
        deferred=without(state.deferred, question),
    )
    return settle(definition, state, draft, (Notice(kind, step=step, question=question, before=before),))


def _is_asked_again(definition: JourneyDefinition, state: JourneyState, question: str, step: str) -> bool:
    """Whether an answered question is on the table once more, so that the same answer is news."""
    if rules.is_stale(definition, state, question):
        return True
    return any(asked.id == question for asked in rules.done_to_confirm(definition, state, step))


def reaffirm(
    definition: JourneyDefinition,
    state: JourneyState,
    step: str,
    *,
    by: str | None = None,
    at: datetime | None = None,
) -> Change:
    """All as before: give every stale answer of `step` once more, with its note."""
    questions = definition.step(step).questions_for(audience_of(state))
    stale = [q.id for q in questions if rules.is_stale(definition, state, q.id)]
    if not stale:
        return unchanged(state)
    again = {q: replace(state.answers[q], revision=state.revision + 1, by=by, at=at) for q in stale}
    draft = replace(
        state,
        answers=MappingProxyType({**state.answers, **again}),
        deferred=without(state.deferred, *stale),
    )
    told = [Notice(NoticeKind.REAFFIRMED_ANSWER, step=step, question=q, before=state.answers[q]) for q in stale]
    return settle(definition, state, draft, tuple(told))


def skip_question(definition: JourneyDefinition, state: JourneyState, question: str) -> Change:
    """Set an open question aside; one set aside already goes to the end of the line."""
    definition.question(question, audience_of(state))
    if not rules.needs_answer(definition, state, question):
        return unchanged(state)
    return settle(definition, state, replace(state, deferred=with_(state.deferred, question, state.revision + 1)))


def skip_step(definition: JourneyDefinition, state: JourneyState) -> Change:
    """Go on to the next step that is not passed, whether or not the current one is.

    Raises:
        DeadEnd: the journey was stopped.
    """
    audience_of(state)
    current = state.current or FIRST_STEP
    following = rules.next_step_after(definition, state, current)
    if state.dead_end:
        raise DeadEnd(following or current)
    if following is None or following == state.current:
        return unchanged(state)
    return open_step(definition, state, following)


def plan_action(
    definition: JourneyDefinition,
    state: JourneyState,
    action_id: str,
    question: str,
    text: str,
    due: date | None = None,
    owner: str | None = None,
) -> Change:
    """Plan work for a question. With the id of a planned action, plan that one anew."""
    definition.question(question, audience_of(state))
    planned = Action(action_id, question, text, due, owner, done=False, revision=state.revision + 1)
    before = state.actions.get(action_id)
    if before is not None and replace(planned, revision=before.revision) == before:
        return unchanged(state)
    draft = replace(
        state,
        actions=with_(state.actions, action_id, planned),
        declined_actions=without(state.declined_actions, question),
    )
    return settle(definition, state, draft)


def _action(state: JourneyState, action_id: str) -> Action:
    audience_of(state)
    try:
        return state.actions[action_id]
    except KeyError:
        raise UnknownAction(action_id) from None


def finish_action(definition: JourneyDefinition, state: JourneyState, action_id: str) -> Change:
    """Note that an action is done. The answer it was planned for is then asked for again."""
    found = _action(state, action_id)
    if found.done:
        return unchanged(state)
    done = replace(found, done=True, revision=state.revision + 1)
    return settle(definition, state, replace(state, actions=with_(state.actions, action_id, done)))


def remove_action(definition: JourneyDefinition, state: JourneyState, action_id: str) -> Change:
    """Take an action off the plan."""
    _action(state, action_id)
    return settle(definition, state, replace(state, actions=without(state.actions, action_id)))


def decline_action(definition: JourneyDefinition, state: JourneyState, question: str) -> Change:
    """Note that no action is wanted for a gap, until its question is answered anew."""
    step = definition.question(question, audience_of(state)).step
    if not any(gap.id == question for gap in rules.unplanned_gaps(definition, state, step)):
        return unchanged(state)
    declined = with_(state.declined_actions, question, state.revision + 1)
    return settle(definition, state, replace(state, declined_actions=declined))
