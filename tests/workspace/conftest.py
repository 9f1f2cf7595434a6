"""Every test that takes `engine` or `workspace` runs on SQLite and on a real PostgreSQL, where there is one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from assistant.workspace import JourneyRef, MemberRef, Workspace, create_engine, migrate
from assistant.workspace.models import Base

START_WITHIN = 30.0


@dataclass
class Clock:
    """A clock that stands still until it is told otherwise."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


@dataclass(frozen=True)
class Team:
    """An organisation with two members and a journey."""

    id: str
    anna: MemberRef
    ben: MemberRef
    journey: JourneyRef


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _postgres_folder() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def _ordinary_user() -> dict[str, int]:
    """Whom to run PostgreSQL as, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid}
    pytest.skip("PostgreSQL refuses to run as root, and there is no user to run it as")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of our own in a temporary folder, reached through a socket in it."""
    programs = _postgres_folder()
    if programs is None:
        pytest.skip("no PostgreSQL here: neither initdb on the path nor /usr/lib/postgresql/*/bin")
    user = _ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="waymark-pg-"))
    if user:
        os.chown(folder, user["user"], user["group"])
    data, log = folder / "data", folder / "log"
    making = [programs / "initdb", "-D", data, "-A", "trust", "-U", "waymark", "--no-sync", "-E", "UTF8", "--locale=C"]
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "max_connections=40"]
    serving = [programs / "postgres", "-D", data, *(part for setting in settings for part in ("-c", setting))]
    try:
        subprocess.run(making, check=True, capture_output=True, cwd=folder, **user)  # type: ignore[call-overload]
        with log.open("wb") as output:
            server = subprocess.Popen(serving, stdout=output, stderr=output, cwd=folder, **user)  # type: ignore[call-overload]
        try:
            url = f"postgresql://waymark@/postgres?host={folder}"
            _wait_for(url, log)
            yield url
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=START_WITHIN)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, log: Path) -> None:
    engine = create_engine(url)
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            with engine.connect():
                break
        except Exception:
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}") from None
            time.sleep(0.05)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    engine = create_engine(postgres_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy, since migrating one for each test would take longer than the tests."""
    path = tmp_path_factory.mktemp("workspace") / "template.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(database: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty database with its tables."""
    if database == "postgresql":
        engine: Engine = request.getfixturevalue("postgres_engine")
        tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        yield engine
    else:
        template: Path = request.getfixturevalue("sqlite_template")
        path: Path = request.getfixturevalue("tmp_path") / "folder" / "waymark.db"
        path.parent.mkdir()
        shutil.copy(template, path)
        engine = create_engine(f"sqlite:///{path}")
        yield engine
        engine.dispose()


@pytest.fixture
def empty_engine(database: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database without tables."""
    if database == "postgresql":
        address = request.getfixturevalue("postgres_engine").url
        admin = create_engine(address.render_as_string(False)).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS empty"))
            connection.execute(text("CREATE DATABASE empty"))
        admin.dispose()
        engine = create_engine(address.set(database="empty").render_as_string(False))
    else:
        engine = create_engine(f"sqlite:///{request.getfixturevalue('tmp_path')}/new/folder/waymark.db")
    yield engine
    engine.dispose()


@pytest.fixture
def workspace(engine: Engine, clock: Clock) -> Workspace:
    return Workspace(engine, clock)


@pytest.fixture
def count_rows(engine: Engine) -> Callable[[], dict[str, int]]:
    """How many rows each table has."""

    def count() -> dict[str, int]:
        with engine.connect() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in Base.metadata.tables.items()
            }

    return count


@pytest.fixture
def make_team(workspace: Workspace) -> Callable[[str], Team]:
    def make(name: str) -> Team:
        with workspace.unit() as unit:
            anna = unit.new_member("web", f"{name}-anna", "Anna")
            unit.rename_organisation(anna.organisation_id, name)
            ben = unit.new_member("telegram", f"{name}-ben", "Ben", anna.organisation_id)
            journey = unit.active_journey(anna)
            unit.commit()
        return Team(anna.organisation_id, anna, ben, journey)

    return make


@pytest.fixture
def team(make_team: Callable[[str], Team]) -> Team:
    return make_team("Alpine Photonics")


@pytest.fixture
def others(make_team: Callable[[str], Team]) -> Team:
    return make_team("Baltic Food")
