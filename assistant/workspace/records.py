"""What the workspace hands out: small immutable records without a tie to the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.journey.state import Value

__all__ = ["AnswerRecord", "ChangeRef", "InboxMessage", "JourneyRef", "MemberRef", "MessageRecord", "Profile"]


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


@dataclass(frozen=True)
class InboxMessage:
    """What somebody left for a person, with what the operator may know of who it was.

    Args:
        number: by which the operator names it.
        key: by which whoever left it can take it back.
        organisation: its name, if it was ever said.
        member: what the person is called, if they said so; None once they are erased.
        step: the step that they were at, if any.
        question: the question that was open, if any.
        mailed_at: when it went out by e-mail, if it did.
    """

    number: int
    key: str
    organisation_id: str
    organisation: str | None
    sectors: tuple[str, ...]
    country: str | None
    member: str | None
    channel: str
    text: str
    step: str | None
    question: str | None
    created_at: datetime
    read_at: datetime | None = None
    closed_at: datetime | None = None
    mailed_at: datetime | None = None
