"""What the workspace hands out: small immutable records without a tie to the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.journey.state import Value

__all__ = ["AnswerRecord", "ChangeRef", "JourneyRef", "MemberRef", "MessageRecord", "Profile"]


@dataclass(frozen=True)
class MemberRef:
    """A person, as a member of one organisation."""

    id: str
    organisation_id: str
    display_name: str | None = None


@dataclass(frozen=True)
class Profile:
    """What an organisation has said about itself; nothing of it is needed to walk the journey."""

    organisation_id: str
    name: str | None
    sectors: tuple[str, ...]
    country: str | None


@dataclass(frozen=True)
class JourneyRef:
    """One journey of an organisation, without its state."""

    id: str
    organisation_id: str
    title: str
    paused_at: datetime | None = None


@dataclass(frozen=True)
class ChangeRef:
    """One saved change of a journey.

    Args:
        revision: the revision that it made.
        kind: what was done, as the caller named it; ``undo`` for an undoing.
        member_id: who did it; None once that member is erased.
        before: the parts that it changed, as they were, in the form of :mod:`assistant.workspace.codec`.
        after: the same parts as it left them.
        undone_at: when it was undone, if it was.
    """

    id: str
    journey_id: str
    revision: int
    kind: str
    member_id: str | None
    at: datetime
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undone_at: datetime | None = None


@dataclass(frozen=True)
class AnswerRecord:
    """One answer of the past or present.

    Args:
        by: id of the member who gave it; None if not known or erased.
        replaced_at: when another answer took its place; None for the one that counts.
        undone: whether it was taken back by an undo rather than answered anew.
    """

    question: str
    value: Value
    note: str | None
    revision: int
    by: str | None
    at: datetime | None
    replaced_at: datetime | None = None
    undone: bool = False


@dataclass(frozen=True)
class MessageRecord:
    """One message of a member's conversation; ``direction`` is ``in`` (theirs) or ``out`` (ours)."""

    id: int
    member_id: str
    direction: str
    body: Mapping[str, Any]
    at: datetime
