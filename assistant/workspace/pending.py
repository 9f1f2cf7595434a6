"""Collecting writes, and committing them together.

A turn of a conversation reads, waits (for the language model of Rasa, for a channel), decides, and then writes. Turns
of many people are handled on one event loop, so nothing may hold the database's write lock while it waits: on SQLite
the next turn's commit would block the loop that the first one needs to go on. Writes are therefore kept in memory until
the commit, which runs them in one short transaction. Until then a unit lays its own pending writes over what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, Executable, bindparam, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from assistant.workspace.engine import reading, writing
from assistant.workspace.errors import Crossing, IdentityTaken, NotFound, WorkspaceBusy, WorkspaceError
from assistant.workspace.models import Base, JourneyRow, MemberRow, OrganisationRow
from assistant.workspace.rows import insert_rows, table

__all__ = ["Pending", "Write", "owned_by"]

Write = Callable[[Connection], None]

_ATTEMPTS = 3
_TRY_AGAIN = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a serialisation failure and a deadlock, after which the same writes may be tried again."""


class Pending:
    """The writes of one unit: see the module."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._open = True
        self._forget()

    def _forget(self) -> None:
        self._writes: list[Write] = []
        self._new: dict[tuple[type[Base], str], dict[str, Any]] = {}
        self._changed: dict[tuple[type[Base], str], dict[str, Any]] = {}

    def commit(self) -> None:
        """Write everything that this unit has collected, or nothing of it.

        Whether it works or fails, the collected writes are dropped and the unit can be used on.

        Raises:
            StaleJourney: a journey saved in this unit was changed by somebody else since it was loaded.
            IdentityTaken: an identity made in this unit was made by somebody else meanwhile.
            WorkspaceBusy: the database stayed locked.
        """
        self._check_open()
        writes = self._writes
        self._forget()
        if not writes:
            return
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with writing(self._engine) as connection:
                    for write in writes:
                        write(connection)
                return
            except DBAPIError as error:
                # What made it fail is over when it is tried again; a journey that changed shows in its revision.
                if not (_may_try_again(error) and attempt < _ATTEMPTS):
                    raise _translated(error) from error

    def rollback(self) -> None:
        """Drop everything that was collected since the last commit."""
        self._check_open()
        self._forget()

    def close(self) -> None:
        """End the unit; what was not committed is dropped, and using the unit again is an error."""
        self._forget()
        self._open = False

    def _check_open(self) -> None:
        if not self._open:
            raise WorkspaceError("this unit is over: everything must happen inside its with block")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._check_open()
        with reading(self._engine) as connection:
            yield connection

    def _queue(self, write: Write) -> None:
        self._check_open()
        self._writes.append(write)

    def _queue_statement(self, statement: Executable) -> None:
        def write(connection: Connection) -> None:
            connection.execute(statement)

        self._queue(write)

    def _insert(self, model: type[Base], values: dict[str, Any]) -> None:
        """Queue a new row and let this unit see it."""
        self._queue(lambda connection: insert_rows(connection, model, [values]))
        self._new[model, values["id"]] = dict(values)

    def _update(self, model: type[Base], key: str, values: Mapping[str, Any]) -> None:
        """Queue new values for the row with the id `key` and let this unit see them."""
        if not values:
            return
        self._queue_statement(update(table(model)).where(table(model).c.id == key).values(**values))
        self._changed.setdefault((model, key), {}).update(values)

    def _row(self, model: type[Base], key: str) -> Mapping[str, Any] | None:
        """The row with the id `key`, as it will be once this unit is committed."""
        self._check_open()
        row: Mapping[str, Any] | None = self._new.get((model, key))
        if row is None:
            with self._reading() as connection:
                found = connection.execute(_BY_ID[model], {"key": key}).first()
            row = None if found is None else found._asdict()
        return None if row is None else self._overlaid(model, row)

    def _overlaid(self, model: type[Base], row: Mapping[str, Any]) -> Mapping[str, Any]:
        changed = self._changed.get((model, row["id"]))
        return {**row, **changed} if changed else row

    def _new_rows(self, model: type[Base]) -> list[Mapping[str, Any]]:
        return [self._overlaid(model, row) for (of, _), row in self._new.items() if of is model]

    def _organisation(self, organisation_id: str) -> Mapping[str, Any]:
        row = self._row(OrganisationRow, organisation_id)
        if row is None:
            raise NotFound("organisation", organisation_id)
        return row

    def _owned(self, model: type[Base], key: str, organisation_id: str) -> Mapping[str, Any]:
        """The row with the id `key`, if it is the organisation's; raises NotFound or Crossing."""
        return owned_by(model, key, organisation_id, self._row(model, key))


def owned_by(model: type[Base], key: str, organisation_id: str, row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """`row`, which was looked up by `key`, if it is there and the organisation's; raises NotFound or Crossing."""
    if row is None:
        raise NotFound(model.__tablename__, key)
    if row["organisation_id"] != organisation_id:
        raise Crossing(model.__tablename__, key, organisation_id)
    return row


def _may_try_again(error: DBAPIError) -> bool:
    return getattr(error.orig, "pgcode", None) in _TRY_AGAIN


def _translated(error: DBAPIError) -> Exception:
    text = str(error.orig)
    if isinstance(error, IntegrityError) and "identity" in text and "key_hash" in text:
        return IdentityTaken("this identity was made by somebody else meanwhile; look for it again")
    if _may_try_again(error) or (isinstance(error, OperationalError) and "locked" in text):
        return WorkspaceBusy("the database is busy with other writes; try again")
    return error


_BY_ID: dict[type[Base], Any] = {
    model: select(*table(model).c).where(table(model).c.id == bindparam("key"))
    for model in cast(tuple[type[Base], ...], (OrganisationRow, MemberRow, JourneyRow))
}
