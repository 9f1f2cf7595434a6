"""What follows from a journey's state: open questions, gaps, the status of each step.

Nothing here changes anything. Every function reads an immutable
:class:`~assistant.journey.state.JourneyState` against the
:class:`~assistant.journey.definition.JourneyDefinition` it belongs to.

An answer is *stale* when it is older than the latest route that opened its step again. It is
kept and shown, but it is asked for once more and settles nothing until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.journey.changes import UnknownRoute
from assistant.journey.definition import FUNDING, JourneyDefinition, QuestionDef, RouteDef
from assistant.journey.state import Action, Answer, JourneyState, MarkStatus, Status

__all__ = [
    "StepProgress",
    "done_to_confirm",
    "find_route",
    "gaps",
    "is_reopened",
    "is_stale",
    "needs_answer",
    "next_step_after",
    "open_actions",
    "open_questions",
    "progress",
    "set_aside",
    "status",
    "unplanned_gaps",
    "waiting",
]


@dataclass(frozen=True)
class StepProgress:
    """One line of the progress view.

    Args:
        key: the step's key.
        status: what its answers amount to.
        answered: questions of the audience with an answer that is not stale.
        total: questions of the audience.
        gaps: questions answered partly or not yet.
        set_aside: open questions that were put off.
        current: whether it is the step being worked on.
    """

    key: str
    status: Status
    answered: int
    total: int
    gaps: int
    set_aside: int
    current: bool


def find_route(definition: JourneyDefinition, route_id: str) -> RouteDef:
    """The route with this id; raises :class:`UnknownRoute`."""
    for route in definition.routes:
        if route.id == route_id:
            return route
    raise UnknownRoute(route_id, [r.id for r in definition.routes])


def is_reopened(state: JourneyState, step: str) -> int | None:
    """The revision at which a taken route last opened `step` again, or None."""
    taken = [
        mark.taken_at
        for mark in state.marks
        if mark.status is MarkStatus.TAKEN and mark.taken_at is not None and step in mark.steps
    ]
    return max(taken, default=None)


def _is_older(state: JourneyState, step: str, revision: int) -> bool:
    reopened = is_reopened(state, step)
    return reopened is not None and revision < reopened


def is_stale(definition: JourneyDefinition, state: JourneyState, question: str) -> bool:
    """Whether `question` has an answer that is older than the reopening of its step."""
    found = state.answers.get(question)
    return found is not None and _is_older(state, definition.question(question).step, found.revision)


def needs_answer(definition: JourneyDefinition, state: JourneyState, question: str) -> bool:
    """Whether `question` is to be asked: it has no answer, or a stale one."""
    definition.question(question)
    return question not in state.answers or is_stale(definition, state, question)


def _questions(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The questions of `step` for the journey's audience; none while there is no audience."""
    found = definition.step(step)
    return () if state.audience is None else found.questions_for(state.audience)


def _fresh_answers(definition: JourneyDefinition, state: JourneyState, step: str) -> list[tuple[QuestionDef, Answer]]:
    return [
        (question, state.answers[question.id])
        for question in _questions(definition, state, step)
        if not needs_answer(definition, state, question.id)
    ]


def waiting(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The open questions of `step` that were not set aside, in the order of the handbook."""
    put_off = {q.id for q in set_aside(definition, state, step)}
    return tuple(
        question
        for question in _questions(definition, state, step)
        if question.id not in put_off and needs_answer(definition, state, question.id)
    )


def set_aside(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The open questions of `step` that were set aside, in the order in which they were.

    One set aside before the step was opened again does not count: the step is looked at anew.
    """
    put_off = [
        question
        for question in _questions(definition, state, step)
        if question.id in state.deferred
        and not _is_older(state, step, state.deferred[question.id])
        and needs_answer(definition, state, question.id)
    ]
    return tuple(sorted(put_off, key=lambda question: state.deferred[question.id]))


def open_questions(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The questions of `step` still to be answered: the waiting ones first, then those set aside."""
    return waiting(definition, state, step) + set_aside(definition, state, step)


def gaps(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The questions of `step` whose answer, not a stale one, is partly or not yet."""
    return tuple(question for question, given in _fresh_answers(definition, state, step) if not given.value.settles)


def _actions_on(state: JourneyState, question: str) -> list[Action]:
    return [action for action in state.actions.values() if action.question == question]


def unplanned_gaps(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The gaps of `step` without an action under way, unless one was declined since the answer."""

    def is_unplanned(question: str) -> bool:
        declined = state.declined_actions.get(question)
        if declined is not None and declined >= state.answers[question].revision:
            return False
        return all(action.done for action in _actions_on(state, question))

    return tuple(question for question in gaps(definition, state, step) if is_unplanned(question.id))


def done_to_confirm(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[QuestionDef, ...]:
    """The unplanned gaps whose action was finished after they were answered.

    The work may have made the answer positive, so that is asked before more work is proposed.
    """
    return tuple(
        question
        for question in unplanned_gaps(definition, state, step)
        if any(action.revision > state.answers[question.id].revision for action in _actions_on(state, question.id))
    )


def open_actions(definition: JourneyDefinition, state: JourneyState, step: str) -> tuple[Action, ...]:
    """The actions of `step` that are not done: the earliest due first, undated ones last."""
    asked = {question.id for question in _questions(definition, state, step)}
    undone = [action for action in state.actions.values() if not action.done and action.question in asked]
    return tuple(sorted(undone, key=lambda action: (action.due or date.max, action.revision, action.id)))


def status(definition: JourneyDefinition, state: JourneyState, step: str) -> Status:
    """What the answers of `step` amount to.

    Utilise Funding gets no further than in progress: what is on offer keeps changing
    (TACTICS 1970-1972). A step that was passed once and is not now is to be revisited.
    """
    questions = _questions(definition, state, step)
    if step != FUNDING and state.audience is not None:
        if any(is_stale(definition, state, question.id) for question in questions):
            return Status.TO_REVISIT
        fresh = _fresh_answers(definition, state, step)
        if len(fresh) == len(questions) and all(given.value.settles for _, given in fresh):
            return Status.PASSED
        if step in state.passed:
            return Status.TO_REVISIT
    touched = any(question.id in state.answers or question.id in state.deferred for question in questions)
    return Status.IN_PROGRESS if touched or step in state.opened else Status.NOT_STARTED


def progress(definition: JourneyDefinition, state: JourneyState) -> tuple[StepProgress, ...]:
    """A line for every step, Utilise Funding included, in journey order."""
    return tuple(
        StepProgress(
            key=step.key,
            status=status(definition, state, step.key),
            answered=len(_fresh_answers(definition, state, step.key)),
            total=len(_questions(definition, state, step.key)),
            gaps=len(gaps(definition, state, step.key)),
            set_aside=len(set_aside(definition, state, step.key)),
            current=step.key == state.current,
        )
        for step in definition.steps
    )


def next_step_after(definition: JourneyDefinition, state: JourneyState, step: str) -> str | None:
    """The numbered step to work on after `step`: the next one not passed, or else the earliest.

    After Utilise Funding, which stands beside the ten, it is the numbered step that was worked on
    before, or the next one not passed.

    Returns:
        A step key, which is `step` itself when no other is left to pass; None when all ten are passed.
    """
    definition.step(step)
    keys = [numbered.key for numbered in definition.numbered]
    start = 0
    if step != FUNDING:
        start = keys.index(step) + 1
    elif opened := [key for key in keys if key in state.opened]:
        start = keys.index(max(opened, key=lambda key: state.opened[key]))
    for key in keys[start:] + keys[:start]:
        if status(definition, state, key) is not Status.PASSED:
            return key
    return None
