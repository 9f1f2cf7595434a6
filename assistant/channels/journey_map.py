"""The journey as a map: steps by phase with their state, for whoever draws it."""

from __future__ import annotations

from itertools import groupby

from pydantic import BaseModel

from actions.context import journey_knowledge
from assistant.journey import FUNDING, Audience, JourneyState, StepProgress, progress
from assistant.replies import payload
from assistant.workspace import MemberRef, Unit

__all__ = ["JourneyMap", "MapPhase", "MapStep", "journey_map"]


class MapStep(BaseModel):
    """One step: what it is called, where it stands, and what opens it."""

    key: str
    number: int | None
    title: str
    short: str
    status: str
    current: bool
    answered: int
    questions: int
    gaps: int
    payload: str


class MapPhase(BaseModel):
    """Consecutive steps of one phase; a phase that is left and entered again comes twice."""

    key: str
    title: str
    steps: list[MapStep]


class JourneyMap(BaseModel):
    """The whole journey of one organisation."""

    organisation: str | None
    audience: Audience | None
    round: int
    current: str | None
    stopped: bool
    phases: list[MapPhase]


def journey_map(unit: Unit, member: MemberRef) -> JourneyMap:
    """The map of a member's journey; an untouched one where there is none yet."""
    journeys = unit.journeys(member.organisation_id)
    state = unit.load(journeys[0].id, member.organisation_id) if journeys else JourneyState()
    knowledge = journey_knowledge()
    shown = state if state.audience else JourneyState(audience=Audience.CLUSTER_ORGANISATION)
    steps = [_step(item) for item in progress(knowledge.definition, shown)]
    phases = []
    for key, group in groupby(steps, key=lambda s: knowledge.steps[s.key].phase):
        members = list(group)
        phases.append(MapPhase(key=key.value, title=knowledge.phase_title(members[0].key), steps=members))
    return JourneyMap(
        organisation=unit.profile(member.organisation_id).name,
        audience=state.audience,
        round=state.round,
        current=state.current,
        stopped=state.dead_end,
        phases=phases,
    )


def _step(item: StepProgress) -> MapStep:
    prose = journey_knowledge().steps[item.key]
    return MapStep(
        key=item.key,
        number=None if item.key == FUNDING else int(item.key),
        title=prose.title,
        short=prose.short,
        status=item.status.value,
        current=item.current,
        answered=item.answered,
        questions=item.total,
        gaps=item.gaps,
        payload=payload("open_step", step=item.key),
    )
