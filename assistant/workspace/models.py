"""The tables of the workspace.

Everything belongs to an organisation and goes with it (``ON DELETE CASCADE``). What a member has done for the
organisation does not go with the member: those columns only forget who it was (``ON DELETE SET NULL``), so that one
person's leaving never takes the organisation's answers along.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.workspace.columns import CleanText, UtcDateTime

__all__ = [
    "AnswerHistoryRow",
    "AnswerRow",
    "Base",
    "ChangeRow",
    "ConversationRow",
    "DeferralRow",
    "IdentityRow",
    "InboxMessageRow",
    "JourneyRow",
    "MemberRow",
    "MessageRow",
    "OrganisationRow",
    "PlannedActionRow",
    "RouteMarkRow",
    "StepStateRow",
]

ID_LENGTH = 36
KEY_LENGTH = 80
"""Longest key of a step, question, route or kind of change; the longest in use is about 25."""

Id = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True)]
Key = Annotated[str, mapped_column(String(KEY_LENGTH))]
OptionalKey = Annotated[str | None, mapped_column(String(KEY_LENGTH))]
KeyPart = Annotated[str, mapped_column(String(KEY_LENGTH), primary_key=True)]
RevisionPart = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=False)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
OptionalMoment = Annotated[datetime | None, mapped_column(UtcDateTime)]
Words = Annotated[str, mapped_column(CleanText)]
OptionalWords = Annotated[str | None, mapped_column(CleanText)]

OrganisationId = Annotated[str, mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)]
MemberId = Annotated[str, mapped_column(ForeignKey("member.id", ondelete="CASCADE"))]
DoneBy = Annotated[str | None, mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)]
JourneyId = Annotated[str, mapped_column(ForeignKey("journey.id", ondelete="CASCADE"))]
JourneyPart = Annotated[str, mapped_column(ForeignKey("journey.id", ondelete="CASCADE"), primary_key=True)]


class Base(DeclarativeBase):
    """Base of the models; constraints are named by rule, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class OrganisationRow(Base):
    """A cluster organisation or a policy maker's body: the owner of journeys."""

    __tablename__ = "organisation"

    id: Mapped[Id]
    name: Mapped[OptionalWords]
    sectors: Mapped[list[str]] = mapped_column(JSON)
    country: Mapped[OptionalWords]
    created_at: Mapped[Moment]


class MemberRow(Base):
    """A person in an organisation."""

    __tablename__ = "member"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    display_name: Mapped[OptionalWords]
    role: Mapped[OptionalWords]
    language: Mapped[Key]
    created_at: Mapped[Moment]


class IdentityRow(Base):
    """How a member is recognised on a channel: by the hash of a token or of the channel's own id."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("channel", "key_hash"),)

    id: Mapped[Id]
    member_id: Mapped[MemberId] = mapped_column(index=True)
    channel: Mapped[Key]
    key_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[OptionalMoment]
    revoked_at: Mapped[OptionalMoment]


class InboxMessageRow(Base):
    """What a member left for a person of whoever runs the assistant; ``id`` is the number that the operator sees."""

    __tablename__ = "inbox_message"
    __table_args__ = (UniqueConstraint("key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    key: Mapped[str] = mapped_column(String(ID_LENGTH))
    organisation_id: Mapped[OrganisationId]
    member_id: Mapped[DoneBy]
    channel: Mapped[Key]
    text: Mapped[Words]
    step: Mapped[OptionalKey]
    question: Mapped[OptionalKey]
    created_at: Mapped[Moment]
    read_at: Mapped[OptionalMoment]
    closed_at: Mapped[OptionalMoment]
    mailed_at: Mapped[OptionalMoment]


class JourneyRow(Base):
    """One journey; ``revision`` is what two people who answer at once are told apart by."""

    __tablename__ = "journey"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    title: Mapped[Words]
    audience: Mapped[OptionalKey]
    current: Mapped[OptionalKey]
    revision: Mapped[int]
    round: Mapped[int]
    dead_end: Mapped[bool]
    paused_at: Mapped[OptionalMoment]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class StepStateRow(Base):
    """The revisions at which a step was last opened and last passed."""

    __tablename__ = "step_state"

    journey_id: Mapped[JourneyPart]
    step: Mapped[KeyPart]
    opened_revision: Mapped[int | None]
    passed_revision: Mapped[int | None]


class AnswerRow(Base):
    """The answer that counts for a question."""

    __tablename__ = "answer"

    journey_id: Mapped[JourneyPart]
    question: Mapped[KeyPart]
    value: Mapped[Key]
    note: Mapped[OptionalWords]
    revision: Mapped[int]
    member_id: Mapped[DoneBy]
    at: Mapped[OptionalMoment]


class AnswerHistoryRow(Base):
    """Every answer ever given; the one that counts has no ``replaced_at``."""

    __tablename__ = "answer_history"
    __table_args__ = (Index(None, "journey_id", "question"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    journey_id: Mapped[JourneyId]
    question: Mapped[Key]
    value: Mapped[Key]
    note: Mapped[OptionalWords]
    revision: Mapped[int]
    member_id: Mapped[DoneBy]
    at: Mapped[OptionalMoment]
    replaced_at: Mapped[OptionalMoment]
    undone: Mapped[bool]


class PlannedActionRow(Base):
    """A piece of work planned for a question."""

    __tablename__ = "planned_action"

    journey_id: Mapped[JourneyPart]
    id: Mapped[KeyPart]
    question: Mapped[Key]
    text: Mapped[Words]
    due: Mapped[date | None]
    owner: Mapped[OptionalWords]
    done: Mapped[bool]
    revision: Mapped[int]


class RouteMarkRow(Base):
    """A route that was raised; ``position`` keeps marks of one revision in their order."""

    __tablename__ = "route_mark"

    journey_id: Mapped[JourneyPart]
    route: Mapped[KeyPart]
    revision: Mapped[RevisionPart]
    position: Mapped[int]
    steps: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[Key]
    note: Mapped[OptionalWords]
    taken_at: Mapped[int | None]


class DeferralRow(Base):
    """A question that was set aside (``skipped``), or whose action was declined (``declined_action``)."""

    __tablename__ = "deferral"

    journey_id: Mapped[JourneyPart]
    question: Mapped[KeyPart]
    kind: Mapped[KeyPart]
    revision: Mapped[int]


class ChangeRow(Base):
    """One saved change: the parts of the state that differ, as they were and as they became."""

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("journey_id", "revision"),)

    id: Mapped[Id]
    journey_id: Mapped[JourneyId]
    revision: Mapped[int]
    kind: Mapped[Key]
    member_id: Mapped[DoneBy]
    at: Mapped[Moment]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[OptionalMoment]


class MessageRow(Base):
    """One message of a member's conversation, in the order of ``id``."""

    __tablename__ = "message"
    __table_args__ = (Index(None, "member_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    member_id: Mapped[MemberId]
    at: Mapped[Moment]
    direction: Mapped[Key]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ConversationRow(Base):
    """The dialogue's own memory of a conversation, which the workspace keeps and never reads."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[Moment]
