"""The changes that routes make: going back, stopping, offers taken or declined, lessons kept.

They belong to :mod:`assistant.journey.transitions`, which names them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.journey import rules
from assistant.journey.changes import Change, DeadEnd, Notice, NoticeKind, NotOffered, UnknownMark, UnknownRoute
from assistant.journey.definition import JourneyDefinition, RouteDef, RouteKind, Trigger, UnknownStep
from assistant.journey.drafts import FIRST_STEP, at_step, audience_of
from assistant.journey.settling import settle, unchanged
from assistant.journey.state import JourneyState, Mark, MarkStatus

__all__ = ["add_lesson", "decline_offer", "raise_route", "take_offer"]


def raise_route(
    definition: JourneyDefinition, state: JourneyState, trigger: Trigger, note: str | None = None
) -> Change:
    """Act on something that happened: go back, make an offer, stop, or warn, as the route says.

    Args:
        definition: the journey, with its routes.
        state: where it stands.
        trigger: what happened.
        note: what happened, in the person's words.

    Raises:
        UnknownRoute: the journey has no route for `trigger`.
        DeadEnd: the journey was stopped, and the route does not lead to step 1.
    """
    audience_of(state)
    routes = definition.routes_on(trigger)
    if not routes:
        raise UnknownRoute(trigger.value, [route.id for route in definition.routes])
    draft = state
    told: tuple[Notice, ...] = ()
    for route in routes:
        draft, notices = _raise_one(draft, route, note or None)
        told += notices
    return unchanged(state, *told) if draft is state else settle(definition, state, draft, told)


def _raise_one(draft: JourneyState, route: RouteDef, note: str | None) -> tuple[JourneyState, tuple[Notice, ...]]:
    revision = draft.revision + 1
    if route.kind is RouteKind.WARNING:
        return draft, (Notice(NoticeKind.WARNING, route=route.id),)
    if route.kind is RouteKind.OFFER:
        if _offered(draft, route.id) is not None:
            return draft, ()
        mark = Mark(route.id, route.to, revision, MarkStatus.OFFERED, note)
        told = Notice(NoticeKind.OFFER, route=route.id, mark=revision)
        return replace(draft, marks=(*draft.marks, mark)), (told,)
    mark = Mark(route.id, route.to, revision, MarkStatus.TAKEN, note, revision)
    marked = replace(draft, marks=(*draft.marks, mark))
    if route.kind is RouteKind.DEAD_END:
        if draft.dead_end:
            return draft, ()
        return replace(marked, dead_end=True), (Notice(NoticeKind.JOURNEY_STOPPED, route=route.id, mark=revision),)
    target = route.to[0]
    if draft.dead_end and target != FIRST_STEP:
        raise DeadEnd(target)
    told = Notice(NoticeKind.ROUTE_TAKEN, step=target, route=route.id, mark=revision)
    return replace(at_step(marked, target), dead_end=False), (told,)


def _offered(state: JourneyState, route_id: str) -> Mark | None:
    return next((m for m in state.marks if m.route == route_id and m.status is MarkStatus.OFFERED), None)


def add_lesson(
    definition: JourneyDefinition, state: JourneyState, mark: int, note: str, route: str | None = None
) -> Change:
    """Keep what was learned with the route that was raised, below what is kept there already.

    Args:
        definition: the journey.
        state: where it stands.
        mark: the revision that raised the route, as its notice gave it.
        note: the lesson, in the person's words.
        route: its id, should the same revision have raised several; None is the last of them.

    Raises:
        UnknownMark: no such route was raised at that revision.
    """
    audience_of(state)
    found = [m for m in state.marks if m.revision == mark and route in (None, m.route)]
    if not found:
        raise UnknownMark(mark)
    kept = found[-1].note
    if not note or note == kept:
        return unchanged(state)
    noted = replace(found[-1], note=note if kept is None else f"{kept}\n{note}")
    marks = tuple(noted if m is found[-1] else m for m in state.marks)
    return settle(definition, state, replace(state, marks=marks))


def take_offer(
    definition: JourneyDefinition, state: JourneyState, route_id: str, steps: Sequence[str] | None = None
) -> Change:
    """Take an open offer: its steps are asked for anew, and the first of them is opened.

    When the round is completed, the circle begins again: every step from the route's first on is asked
    for anew, and all earlier answers stay to be seen (Circle Line, TACTICS 1991-1994).

    Args:
        definition: the journey.
        state: where it stands.
        route_id: the route on offer.
        steps: the steps chosen, out of the route's `to` and `also`; its `to` if none are. A new round
            always holds its `to`, and all that follow it; there they are chosen on top.

    Raises:
        NotOffered: the offer is not open.
        UnknownStep: one of `steps` is not part of the offer.
        DeadEnd: the journey was stopped.
    """
    audience_of(state)
    route = rules.find_route(definition, route_id)
    mark = _offered(state, route_id)
    if mark is None:
        raise NotOffered(route_id)
    if state.dead_end:
        raise DeadEnd(route.to[0])
    for step in steps or ():
        if step not in route.to + route.also:
            raise UnknownStep(step, route.to + route.also)
    keys = [step.key for step in definition.steps]
    anew = set(steps or route.to)
    new_round = route.trigger is Trigger.ROUND_COMPLETED
    if new_round:
        numbered = [step.key for step in definition.numbered]
        anew.update(numbered[numbered.index(route.to[0]) :])
    ordered = tuple(key for key in keys if key in anew)
    taken = replace(mark, steps=ordered, status=MarkStatus.TAKEN, taken_at=state.revision + 1)
    draft = replace(
        at_step(state, ordered[0]),
        marks=tuple(taken if m is mark else m for m in state.marks),
        round=state.round + new_round,
    )
    kind = NoticeKind.ROUND_STARTED if new_round else NoticeKind.ROUTE_TAKEN
    return settle(definition, state, draft, (Notice(kind, step=ordered[0], route=route_id, mark=mark.revision),))


def decline_offer(definition: JourneyDefinition, state: JourneyState, route_id: str) -> Change:
    """Decline an open offer. It is made again when its steps are next passed."""
    audience_of(state)
    rules.find_route(definition, route_id)
    mark = _offered(state, route_id)
    if mark is None:
        return unchanged(state)
    declined = replace(mark, status=MarkStatus.DECLINED)
    marks = tuple(declined if m is mark else m for m in state.marks)
    return settle(definition, state, replace(state, marks=marks))
