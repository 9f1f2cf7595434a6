"""What was said, and the dialogue's memory of each conversation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from assistant.workspace.columns import dump_json
from assistant.workspace.models import ConversationRow, MessageRow
from assistant.workspace.pending import Pending
from assistant.workspace.records import MessageRecord
from assistant.workspace.rows import insert_rows, upsert

__all__ = ["DIRECTIONS", "Messages"]

DIRECTIONS = ("in", "out")
"""What the member said, and what the assistant said."""


class Messages(Pending):
    """The part of a unit that remembers conversations."""

    def _forget(self) -> None:
        super()._forget()
        self._conversations: dict[str, dict[str, Any] | None] = {}

    def add_message(self, member_id: str, direction: str, body: Mapping[str, Any], at: datetime) -> None:
        """Keep one message; it gets its id when it is committed.

        Args:
            member_id: whose conversation.
            direction: ``in`` for what the member said, ``out`` for what the assistant said.
            body: anything that JSON can hold.
            at: when, with a time zone.
        """
        if direction not in DIRECTIONS:
            raise ValueError(f"expected a direction of {' or '.join(DIRECTIONS)}, found {direction!r}")
        row = {"member_id": member_id, "direction": direction, "body": dict(body), "at": at}

        def write(connection: Connection) -> None:
            insert_rows(connection, MessageRow, [row])

        self._queue(write)

    def messages(self, member_id: str, limit: int = 100, before_id: int | None = None) -> list[MessageRecord]:
        """The latest committed messages of a member, the oldest first.

        Args:
            member_id: whose conversation.
            limit: how many at most.
            before_id: only those older than the message with this id, for leafing back.
        """
        query = select(MessageRow).where(MessageRow.member_id == member_id)
        if before_id is not None:
            query = query.where(MessageRow.id < before_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(MessageRow.id.desc()).limit(limit)).all()
        return [MessageRecord(row.id, row.member_id, row.direction, row.body, row.at) for row in reversed(rows)]

    def load_conversation(self, key: str) -> dict[str, Any] | None:
        """What was last saved for a conversation; None if nothing was."""
        self._check_open()
        if key in self._conversations:
            return self._conversations[key]
        query = select(ConversationRow.state).where(ConversationRow.id == key)
        with self._reading() as connection:
            found: dict[str, Any] | None = connection.execute(query).scalar()
        return found

    def save_conversation(self, key: str, state: Mapping[str, Any]) -> None:
        """Keep what the dialogue needs to know of a conversation; the last one to commit wins.

        Args:
            key: up to 255 characters.
            state: anything that JSON can hold; it is copied, so changing it afterwards changes nothing here.
        """
        copied: dict[str, Any] = json.loads(dump_json(state))
        row = {"id": key, "state": copied, "updated_at": self._clock()}

        def write(connection: Connection) -> None:
            upsert(connection, ConversationRow, [row])

        self._queue(write)
        self._conversations[key] = copied

    def delete_conversation(self, key: str) -> None:
        """Forget a conversation; does nothing if there is none."""
        self._queue_statement(delete(ConversationRow).where(ConversationRow.id == key))
        self._conversations[key] = None
