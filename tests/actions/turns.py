"""Turns as a skill sees them, without Rasa and without a database: what was said, what was shown, who asks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from actions.context import Turn
from actions.skill import Ctx
from assistant.journey import Audience, JourneyState
from assistant.workspace import Profile

CLUSTER, POLICY = Audience.CLUSTER_ORGANISATION, Audience.POLICY_MAKER


@dataclass
class Unit:
    """As much of a unit of work as the skills on the sources use."""

    kept: Profile
    saved: list[tuple[tuple[str, ...] | None, str | None]] = field(default_factory=list)

    def profile(self, organisation: str) -> Profile:
        return self.kept

    def set_profile(
        self, organisation: str, *, sectors: tuple[str, ...] | None = None, country: str | None = None
    ) -> None:
        self.saved.append((sectors, country))
        self.kept = replace(self.kept, sectors=sectors or self.kept.sectors, country=country or self.kept.country)


def turn_with(
    text: str = "",
    *,
    audience: Audience | None = CLUSTER,
    sectors: tuple[str, ...] = (),
    country: str | None = None,
    current: str | None = None,
    shown: dict[str, Any] | None = None,
    **entities: str,
) -> Ctx:
    """A turn.

    Args:
        text: the message.
        audience: who asks.
        sectors: what is known of the organisation's sectors.
        country: and of its country.
        current: the step that the journey stands at.
        shown: the entries shown last.
        entities: what was read from the message or sent by a button.
    """
    member: Any = SimpleNamespace(id="m", organisation_id="o")
    unit: Any = Unit(Profile("o", None, sectors, country))
    turn = Turn(unit, member, "terminal", datetime(2026, 11, 2, tzinfo=timezone.utc))
    turn._state = JourneyState(audience=audience, current=current)
    slots = {"shown": json.dumps(shown) if shown else None}
    named = [{"entity": name, "value": value} for name, value in entities.items()]
    tracker: Any = SimpleNamespace(get_slot=slots.get, latest_message={"text": text, "entities": named})
    return Ctx(turn, tracker)
