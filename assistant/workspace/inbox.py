"""What people leave for a person of whoever runs the assistant.

:class:`LeftMessages` is the part of a unit that leaves a message and takes it back, in the name of one member.
:class:`Inbox` is the operator's side: it sees the messages of all organisations, so that no turn is given one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, select, update

from assistant.workspace.columns import clean, utc_now
from assistant.workspace.engine import reading, writing
from assistant.workspace.errors import NotFound, WorkspaceBusy
from assistant.workspace.members import Members
from assistant.workspace.models import InboxMessageRow, MemberRow, OrganisationRow
from assistant.workspace.records import InboxMessage, MemberRef
from assistant.workspace.rows import insert_rows

__all__ = ["LONGEST_LEFT", "Inbox", "Left", "LeftMessages", "TakenBack"]

LONGEST_LEFT = 1000
"""Characters of one message for a person."""

_MESSAGE = InboxMessageRow


@dataclass(frozen=True)
class Left:
    """A message that was left: the key to take it back by, and whether the same one lay there unread already."""

    key: str
    again: bool


class TakenBack(Enum):
    """What came of taking a message back."""

    DONE = "done"
    DONE_BUT_MAILED = "done_but_mailed"
    READ_ALREADY = "read_already"
    NOT_THERE = "not_there"


class LeftMessages(Members):
    """The part of a unit that leaves messages for a person; it sees them as they were last committed."""

    def leave_message(
        self, member: MemberRef, channel: str, text: str, step: str | None = None, question: str | None = None
    ) -> Left:
        """Leave a message; the same text of the same member, still unread, is kept once.

        Args:
            member: who leaves it; it belongs to their organisation.
            channel: where they wrote it, such as ``web``.
            text: 1 to :data:`LONGEST_LEFT` characters.
            step: the step that they were at, if any.
            question: the question that was open, if any.

        Raises:
            NotFound, Crossing: there is no such member, or not of that organisation.
            ValueError: the text is empty or too long.
        """
        self._check_member(member.id, member.organisation_id)
        text = clean(text).strip()
        if not 1 <= len(text) <= LONGEST_LEFT:
            raise ValueError(f"expected a message of 1 to {LONGEST_LEFT} characters, found {len(text)}")
        lying = self._unread_of(member)
        key = next((k for k, known in lying.items() if _plain(known) == _plain(text)), None)
        if key is not None:
            return Left(key, again=True)
        key = str(uuid4())
        row = {"key": key, "organisation_id": member.organisation_id, "member_id": member.id, "channel": channel,
               "text": text, "step": step, "question": question, "created_at": self._clock()}  # fmt: skip
        self._queue(lambda connection: insert_rows(connection, _MESSAGE, [row]))
        return Left(key, again=False)

    def _unread_of(self, member: MemberRef) -> dict[str, str]:
        query = select(_MESSAGE.key, _MESSAGE.text).where(
            _MESSAGE.organisation_id == member.organisation_id,
            _MESSAGE.member_id == member.id,
            _MESSAGE.read_at.is_(None),
        )
        with self._reading() as connection:
            return {row.key: row.text for row in connection.execute(query)}

    def take_back(self, member: MemberRef, key: str) -> TakenBack:
        """Delete a message that this member left, while nobody has read it.

        Raises:
            NotFound, Crossing: there is no such member, or not of that organisation.
            WorkspaceBusy: at the commit, if it was read meanwhile.
        """
        self._check_member(member.id, member.organisation_id)
        theirs = (
            _MESSAGE.key == key,
            _MESSAGE.organisation_id == member.organisation_id,
            _MESSAGE.member_id == member.id,
        )
        with self._reading() as connection:
            row = connection.execute(select(_MESSAGE.read_at, _MESSAGE.mailed_at).where(*theirs)).first()
        if row is None:
            return TakenBack.NOT_THERE
        if row.read_at is not None:
            return TakenBack.READ_ALREADY

        def write(connection: Connection) -> None:
            # Whoever is told that it is taken back must be told the truth, so this fails rather than does nothing.
            if connection.execute(delete(_MESSAGE).where(*theirs, _MESSAGE.read_at.is_(None))).rowcount != 1:
                raise WorkspaceBusy("the message was read, or taken back, meanwhile; look again")

        self._queue(write)
        return TakenBack.DONE if row.mailed_at is None else TakenBack.DONE_BUT_MAILED


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


class Inbox:
    """The operator's view of all messages; each call is a transaction of its own.

    Args:
        engine: the database, with its tables migrated.
        clock: gives the time, in UTC and aware of it.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def messages(self, *, unread: bool = True) -> list[InboxMessage]:
        """The messages, oldest first; by default those that nobody has marked as read."""
        return self._find(_MESSAGE.read_at.is_(None)) if unread else self._find()

    def to_mail(self, left_before: datetime) -> list[InboxMessage]:
        """Those unread, left at that time or before, and not e-mailed yet; oldest first."""
        return self._find(_MESSAGE.mailed_at.is_(None), _MESSAGE.read_at.is_(None), _MESSAGE.created_at <= left_before)

    def mark_read(self, numbers: Collection[int]) -> None:
        """Mark messages as read; those that are stay as they are.

        Raises:
            NotFound: there is no message with one of the numbers; then none is marked.
        """
        self._mark(numbers, "read_at")

    def close(self, numbers: Collection[int]) -> None:
        """Mark messages as dealt with, and so as read; raises as :meth:`mark_read` does."""
        self._mark(numbers, "read_at", "closed_at")

    def mark_mailed(self, number: int) -> None:
        """Note that a message has gone out by e-mail; does nothing if it was taken back meanwhile."""
        with writing(self._engine) as connection:
            self._note(connection, number, "mailed_at")

    def _mark(self, numbers: Collection[int], *columns: str) -> None:
        with writing(self._engine) as connection:
            known = set(connection.execute(select(_MESSAGE.id).where(_MESSAGE.id.in_(numbers))).scalars())
            for missing in sorted(set(numbers) - known):
                raise NotFound("message", str(missing))
            for number in known:
                for column in columns:
                    self._note(connection, number, column)

    def _note(self, connection: Connection, number: int, column: str) -> None:
        at = getattr(_MESSAGE, column)
        statement = update(_MESSAGE).where(_MESSAGE.id == number, at.is_(None)).values({column: self._clock()})
        connection.execute(statement)

    def _find(self, *conditions: Any) -> list[InboxMessage]:
        query = (
            select(
                *_MESSAGE.__table__.columns,
                OrganisationRow.name.label("organisation"),
                OrganisationRow.sectors,
                OrganisationRow.country,
                MemberRow.display_name.label("member"),
            )
            .join(OrganisationRow, OrganisationRow.id == _MESSAGE.organisation_id)
            .outerjoin(MemberRow, MemberRow.id == _MESSAGE.member_id)
            .where(*conditions)
            .order_by(_MESSAGE.created_at, _MESSAGE.id)
        )
        with reading(self._engine) as connection:
            rows = [row._asdict() for row in connection.execute(query)]
        return [_message_of(row) for row in rows]


def _message_of(row: dict[str, Any]) -> InboxMessage:
    row["sectors"] = tuple(row["sectors"])
    row["number"] = row.pop("id")
    del row["member_id"]
    return InboxMessage(**row)
