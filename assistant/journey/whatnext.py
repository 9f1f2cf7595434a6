"""The answer to "what next?", with the rule that gave it and its reason.

The rules are tried in a fixed order, and the first with something to say speaks:

1. no journey yet: begin one;
2. a route is due: the journey was stopped, or an offer waits for a decision;
3. an action of the current step is overdue;
4. a question of the current step is open;
5. an answer is partly or not yet, and nothing is planned for it;
6. all answers are positive: the step is passed, and the next one begins.

The result holds keys and figures only. The words are the dialogue's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from assistant.journey import rules
from assistant.journey.definition import FUNDING, JourneyDefinition
from assistant.journey.drafts import FIRST_STEP
from assistant.journey.state import JourneyState, Mark, MarkStatus, Status

__all__ = ["NextKind", "NextThing", "Reason", "ReasonKey", "what_next"]


class NextKind(str, Enum):
    """What there is to do, or the end that was reached."""

    ONBOARD = "onboard"
    STOPPED = "stopped"
    ROUTE_OFFER = "route_offer"
    OVERDUE = "overdue"
    ASK = "ask"
    ASK_SET_ASIDE = "ask_set_aside"
    PROPOSE_ACTION = "propose_action"
    CONFIRM_DONE = "confirm_done"
    WORK_PLAN = "work_plan"
    PROCEED = "proceed"
    ROUND_DONE = "round_done"

    @property
    def is_end(self) -> bool:
        """Whether nothing is left to do unless the person starts something anew."""
        return self in (NextKind.STOPPED, NextKind.ROUND_DONE)


class ReasonKey(str, Enum):
    """Why it is the next thing; the dialogue has a text for each."""

    NO_JOURNEY = "no_journey"
    DEAD_END = "dead_end"
    ROUTE_DUE = "route_due"
    ACTION_OVERDUE = "action_overdue"
    QUESTION_OPEN = "question_open"
    QUESTION_REOPENED = "question_reopened"
    QUESTION_SET_ASIDE = "question_set_aside"
    GAP_UNPLANNED = "gap_unplanned"
    ACTION_DONE = "action_done"
    PLAN_UNDER_WAY = "plan_under_way"
    STEP_PASSED = "step_passed"
    FUNDING_ANSWERED = "funding_answered"
    ALL_PASSED = "all_passed"


def _no_values() -> Mapping[str, str | int]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Reason:
    """Why something comes next: the key of a text, and what to fill into it."""

    key: ReasonKey
    values: Mapping[str, str | int] = field(default_factory=_no_values)


@dataclass(frozen=True)
class NextThing:
    """What to do next.

    Args:
        kind: what it is.
        rule: the number of the rule that spoke, 1 to 6.
        reason: why it comes next.
        step: the step it is about.
        question: the question to ask, to plan for or to look at again.
        route: the route on offer, or the one that opened the step again.
        action: id of the planned action it is about.
        left: open questions of the step, this one included.
        then: the step that may follow.
        again: the question has an earlier answer, from before the step was opened again.
    """

    kind: NextKind
    rule: int
    reason: Reason
    step: str | None = None
    question: str | None = None
    route: str | None = None
    action: str | None = None
    left: int = 0
    then: str | None = None
    again: bool = False


def what_next(definition: JourneyDefinition, state: JourneyState, today: date) -> NextThing:
    """The next thing to do in this journey, or the end it has reached.

    Args:
        definition: the journey.
        state: where it stands.
        today: the date that decides whether an action is overdue; one due today is not.
    """
    if state.audience is None or state.current is None:
        return NextThing(NextKind.ONBOARD, 1, Reason(ReasonKey.NO_JOURNEY))
    return (
        _route_due(definition, state)
        or _overdue(definition, state, state.current, today)
        or _open_question(definition, state, state.current)
        or _gap(definition, state, state.current)
        or _all_positive(definition, state, state.current)
    )


def _reason(key: ReasonKey, **values: str | int) -> Reason:
    return Reason(key, MappingProxyType(values))


def _route_due(definition: JourneyDefinition, state: JourneyState) -> NextThing | None:
    if state.dead_end:
        reason = _reason(ReasonKey.DEAD_END, step=FIRST_STEP)
        return NextThing(NextKind.STOPPED, 2, reason, step=state.current, then=FIRST_STEP)
    offered = next((mark for mark in state.marks if mark.status is MarkStatus.OFFERED), None)
    if offered is None:
        return None
    step = rules.find_route(definition, offered.route).to[0]
    reason = _reason(ReasonKey.ROUTE_DUE, route=offered.route, step=step)
    return NextThing(NextKind.ROUTE_OFFER, 2, reason, step=step, route=offered.route)


def _overdue(definition: JourneyDefinition, state: JourneyState, step: str, today: date) -> NextThing | None:
    for action in rules.open_actions(definition, state, step):
        if action.due is not None and action.due < today:
            reason = _reason(
                ReasonKey.ACTION_OVERDUE, action=action.text, due=action.due.isoformat(), days=(today - action.due).days
            )
            left = len(rules.open_questions(definition, state, step))
            return NextThing(
                NextKind.OVERDUE, 3, reason, step=step, question=action.question, action=action.id, left=left
            )
    return None


def _open_question(definition: JourneyDefinition, state: JourneyState, step: str) -> NextThing | None:
    asked = rules.open_questions(definition, state, step)
    if not asked:
        return None
    question = asked[0].id
    again = rules.is_stale(definition, state, question)
    mark = _reopening(state, step)
    kind, key = NextKind.ASK, ReasonKey.QUESTION_OPEN
    if not rules.waiting(definition, state, step):
        kind, key = NextKind.ASK_SET_ASIDE, ReasonKey.QUESTION_SET_ASIDE
    elif mark is not None:
        key = ReasonKey.QUESTION_REOPENED
    route = mark.route if mark is not None else None
    reason = _reason(key, step=step, left=len(asked), **({"route": route} if route is not None else {}))
    return NextThing(kind, 4, reason, step=step, question=question, route=route, left=len(asked), again=again)


def _reopening(state: JourneyState, step: str) -> Mark | None:
    """The mark that opened `step` again, as long as it has not been passed since."""
    reopened = rules.is_reopened(state, step)
    if reopened is None or state.passed.get(step, -1) >= reopened:
        return None
    taken = [m for m in state.marks if m.status is MarkStatus.TAKEN and m.taken_at == reopened and step in m.steps]
    return taken[-1]


def _gap(definition: JourneyDefinition, state: JourneyState, step: str) -> NextThing | None:
    gaps = rules.gaps(definition, state, step)
    if not gaps:
        return None
    confirm = rules.done_to_confirm(definition, state, step)
    if confirm:
        question = confirm[0].id
        done = max((a for a in state.actions.values() if a.question == question), key=lambda a: a.revision)
        reason = _reason(ReasonKey.ACTION_DONE, step=step, action=done.text)
        return NextThing(NextKind.CONFIRM_DONE, 5, reason, step=step, question=question, action=done.id)
    unplanned = rules.unplanned_gaps(definition, state, step)
    if unplanned:
        reason = _reason(ReasonKey.GAP_UNPLANNED, step=step, gaps=len(unplanned))
        return NextThing(NextKind.PROPOSE_ACTION, 5, reason, step=step, question=unplanned[0].id)
    in_gaps = {gap.id for gap in gaps}
    planned = [a for a in rules.open_actions(definition, state, step) if a.question in in_gaps]
    reason = _reason(ReasonKey.PLAN_UNDER_WAY, step=step, gaps=len(gaps), actions=len(planned))
    following = rules.next_step_after(definition, state, step)
    return NextThing(
        NextKind.WORK_PLAN,
        5,
        reason,
        step=step,
        question=planned[0].question if planned else gaps[0].id,
        action=planned[0].id if planned else None,
        then=following if following != step else None,
    )


def _all_positive(definition: JourneyDefinition, state: JourneyState, step: str) -> NextThing:
    following = rules.next_step_after(definition, state, step)
    if following is None:
        passed = sum(rules.status(definition, state, s.key) is Status.PASSED for s in definition.numbered)
        reason = _reason(ReasonKey.ALL_PASSED, round=state.round, passed=passed)
        return NextThing(NextKind.ROUND_DONE, 6, reason, step=step)
    key = ReasonKey.FUNDING_ANSWERED if step == FUNDING else ReasonKey.STEP_PASSED
    return NextThing(NextKind.PROCEED, 6, _reason(key, step=step, then=following), step=step, then=following)
