"""Small pieces that the transitions build their drafts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from assistant.journey.changes import NotBegun
from assistant.journey.definition import Audience
from assistant.journey.state import JourneyState

__all__ = ["FIRST_STEP", "at_step", "audience_of", "with_", "without"]

FIRST_STEP = "1"
"""Where a journey begins, and the only step that leads out of a dead end."""

V = TypeVar("V")


def with_(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    """A copy of `mapping` in which `key` has `value`."""
    return MappingProxyType({**mapping, key: value})


def without(mapping: Mapping[str, V], *keys: str) -> Mapping[str, V]:
    """A copy of `mapping` that lacks `keys`."""
    return MappingProxyType({key: value for key, value in mapping.items() if key not in keys})


def audience_of(state: JourneyState) -> Audience:
    """The journey's audience; raises :class:`NotBegun` while there is none."""
    if state.audience is None:
        raise NotBegun
    return state.audience


def at_step(state: JourneyState, step: str) -> JourneyState:
    """The draft in which `step` is the one worked on, opened at the revision being made."""
    return replace(state, current=step, opened=with_(state.opened, step, state.revision + 1))
