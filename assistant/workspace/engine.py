"""The database: opening it, and bringing its tables up to date.

SQLite is the default and needs nothing installed; PostgreSQL is for several machines that serve one bot.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from assistant.workspace.columns import dump_json
from assistant.workspace.errors import UnsupportedDatabase

__all__ = ["BUSY_TIMEOUT_MS", "MIGRATIONS", "create_engine", "migrate", "reading", "writing"]

BUSY_TIMEOUT_MS = 5000
"""How long SQLite waits for another process's commit before it gives up."""

MIGRATIONS = Path(__file__).parent / "migrations"
"""Where the migrations are: inside the package, so that they are there wherever it is installed."""

_MIGRATION_LOCK = 7_731_002_019
"""Number of the PostgreSQL advisory lock held while migrating; any number that nothing else uses serves."""

_BEGIN = "waymark_begin"
_READ: dict[str, dict[str, str]] = {
    "sqlite": {_BEGIN: "BEGIN"},
    "postgresql": {"isolation_level": "REPEATABLE READ"},
}
_WRITE: dict[str, dict[str, str]] = {
    "sqlite": {_BEGIN: "BEGIN IMMEDIATE"},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}


def create_engine(url: str) -> Engine:
    """Open the database at `url`.

    Args:
        url: ``sqlite:///folder/file.db`` (the folder is made if it is missing), ``sqlite://`` for one in memory, or
            ``postgresql://user:password@host/name``; ``postgres://`` is taken to mean the same.

    Raises:
        UnsupportedDatabase: it is neither, or is not an address at all.
    """
    address = _parse(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg2")
        # A server that was restarted leaves dead connections in the pool; pre-ping replaces them unseen.
        return sqlalchemy.create_engine(address, pool_pre_ping=True, json_serializer=dump_json)
    return _sqlite(address)


def _parse(url: str) -> URL:
    expected = "expected sqlite:///folder/file.db or postgresql://user:password@host/name"
    scheme, separator, rest = url.partition("://")
    if scheme == "postgres":
        url = f"postgresql{separator}{rest}"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise UnsupportedDatabase(f"{expected}, found something that is not a database address") from None
    if address.get_backend_name() not in _READ:
        raise UnsupportedDatabase(f"{expected}, found one that begins with {scheme}://")
    return address


def _sqlite(address: URL) -> Engine:
    in_memory = address.database in (None, "", ":memory:")
    if in_memory:
        # Every connection to a database in memory is a database of its own, so there is only one.
        shared = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        engine = sqlalchemy.create_engine(address, json_serializer=dump_json, **shared)
    else:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = sqlalchemy.create_engine(address, json_serializer=dump_json)

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        # Left to itself the driver begins a transaction only at the first write, so that the reads of one load
        # could see two different states; with this it leaves beginning to on_begin.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if not in_memory:
            _use_wal(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    # Changing to WAL, which happens once in a file's life, does not honour busy_timeout.
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see one and the same state; it is closed at the end and changes nothing."""
    with engine.connect() as connection:
        yield connection.execution_options(**_READ[engine.dialect.name])


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that commits at the end, or leaves everything as it was if an error passes.

    On SQLite the write lock is taken at once: a transaction that reads first and then wants to write would be
    refused as soon as anybody else wrote anything, even to another journey.
    """
    with engine.connect() as connection:
        connection = connection.execution_options(**_WRITE[engine.dialect.name])
        with connection.begin():
            yield connection


def migrate(engine: Engine) -> None:
    """Bring the tables up to the newest version; does nothing if they are.

    Two processes may start at once: the second waits for the first and finds nothing left to do. A migration that
    fails leaves the tables as they were.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    # "%" begins a substitution in Alembic's settings.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
