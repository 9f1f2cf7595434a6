"""What every change entails: steps that are passed or no longer so, offers that fall due or lapse.

Each transition hands its draft to :func:`settle`, so that no transition can leave a passed
step without its record, or an offer standing whose reason is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.journey import rules
from assistant.journey.changes import Change, Notice, NoticeKind
from assistant.journey.definition import JourneyDefinition, RouteDef, RouteKind, Trigger
from assistant.journey.state import JourneyState, Mark, MarkStatus, Status

__all__ = ["passing_notices", "settle", "unchanged"]

TRAINING_STEP = "5"
"""Passing it means that readiness can be looked at again (Testing & Trials line, TACTICS 1998-1999)."""

RESULTS_STEP = "9"
"""Passing it feeds back into readiness, opportunities and strategy (TACTICS 2010-2016)."""


def unchanged(state: JourneyState, *notices: Notice) -> Change:
    """The change that changes nothing, with what there is to say about it."""
    return Change(state, (*notices, Notice(NoticeKind.NOTHING_CHANGED)))


def settle(
    definition: JourneyDefinition,
    before: JourneyState,
    draft: JourneyState,
    notices: tuple[Notice, ...] = (),
    *,
    anew: bool = True,
) -> Change:
    """Number the draft and draw its consequences.

    Args:
        definition: the journey.
        before: the state that was changed.
        draft: that state with the change made; it may refer to revision ``before.revision + 1``.
        notices: what the transition itself has to say; it comes first.
        anew: whether a step that is passed now counts as passed at this revision. An undo gives False:
            it brings back an earlier passing, with the decisions that were made on it.
    """
    revision = before.revision + 1
    was = _passed(definition, before)
    now = _passed(definition, draft)
    passed = dict(draft.passed)
    for step in now - was:
        if anew or step not in passed:
            passed[step] = revision
    marks = _lapse(definition, draft.marks, before.passed, was, now)
    due = _fall_due(definition, marks, passed, was, now)
    marks += tuple(Mark(route.id, route.to, revision, MarkStatus.OFFERED) for route in due)
    state = replace(draft, revision=revision, passed=MappingProxyType(passed), marks=marks)
    offers = tuple(Notice(NoticeKind.OFFER, route=route.id, mark=revision) for route in due)
    return Change(state, notices + passing_notices(definition, before, draft) + offers)


def passing_notices(definition: JourneyDefinition, before: JourneyState, after: JourneyState) -> tuple[Notice, ...]:
    """Which steps are passed in `after` that were not `before`, and the other way about."""
    was, now = _passed(definition, before), _passed(definition, after)
    return tuple(
        Notice(kind, step=step.key)
        for kind, steps in ((NoticeKind.STEP_PASSED, now - was), (NoticeKind.STEP_REOPENED, was - now))
        for step in definition.numbered
        if step.key in steps
    )


def _passed(definition: JourneyDefinition, state: JourneyState) -> frozenset[str]:
    return frozenset(
        step.key for step in definition.numbered if rules.status(definition, state, step.key) is Status.PASSED
    )


def _causes(definition: JourneyDefinition, route: RouteDef) -> frozenset[str]:
    """The steps that must be passed for `route` to be offered by itself; none if it never is."""
    if route.kind is not RouteKind.OFFER:
        return frozenset()
    if route.trigger is Trigger.TRAINED:
        return frozenset({TRAINING_STEP})
    if route.trigger is Trigger.RESULTS_MEASURED:
        return frozenset({RESULTS_STEP})
    if route.trigger is Trigger.ROUND_COMPLETED:
        return frozenset(step.key for step in definition.numbered)
    return frozenset()


def _lapse(
    definition: JourneyDefinition,
    marks: tuple[Mark, ...],
    recorded: Mapping[str, int],
    was: frozenset[str],
    now: frozenset[str],
) -> tuple[Mark, ...]:
    """Withdraw the offers whose steps are no longer passed, and all but the latest offer of one route.

    An offer older than the passing was raised by a person, who had other reasons; it stays.
    """
    latest = {mark.route: mark for mark in marks if mark.status is MarkStatus.OFFERED}

    def has_lapsed(route: RouteDef) -> bool:
        causes = _causes(definition, route)
        if route.id not in latest or not causes or not causes <= was or causes <= now:
            return False
        return latest[route.id].revision >= max(recorded.get(step, 0) for step in causes)

    lapsed = {route.id for route in definition.routes if has_lapsed(route)}

    def withdrawn(mark: Mark) -> bool:
        return mark.status is MarkStatus.OFFERED and (mark.route in lapsed or mark is not latest[mark.route])

    return tuple(replace(mark, status=MarkStatus.DECLINED) if withdrawn(mark) else mark for mark in marks)


def _fall_due(
    definition: JourneyDefinition,
    marks: tuple[Mark, ...],
    passed: Mapping[str, int],
    was: frozenset[str],
    now: frozenset[str],
) -> list[RouteDef]:
    """The routes to offer now: their steps have just been passed, and nobody was asked since."""

    def is_due(route: RouteDef) -> bool:
        causes = _causes(definition, route)
        if not causes or causes <= was or not causes <= now:
            return False
        since = max(passed[step] for step in causes)
        return not any(
            mark.route == route.id and (mark.status is MarkStatus.OFFERED or mark.revision >= since) for mark in marks
        )

    return [route for route in definition.routes if is_due(route)]
