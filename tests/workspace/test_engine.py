from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from assistant.workspace import UnsupportedDatabase, Workspace, create_engine, migrate
from assistant.workspace.columns import UtcDateTime, clean, dump_json
from assistant.workspace.engine import MIGRATIONS, writing
from assistant.workspace.models import Base

ROOT = Path(__file__).resolve().parents[2]


def test_sqlite_is_opened_as_it_should_be(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/a/b/waymark.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000, "synchronous": 1}
    assert (tmp_path / "a/b/waymark.db").exists()


def test_a_database_in_memory_works() -> None:
    engine = create_engine("sqlite://")
    migrate(engine)
    with Workspace(engine).unit() as unit:
        member = unit.new_member("web", "key")
        unit.commit()
        assert unit.find_member("web", "key") == member
    engine.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_postgresql_goes_by_any_of_its_names(scheme: str) -> None:
    url = create_engine(f"{scheme}://someone:secret@host:1234/name").url
    assert url.drivername == "postgresql+psycopg2"
    assert (url.username, url.password, url.host, url.port, url.database) == ("someone", "secret", "host", 1234, "name")


@pytest.mark.parametrize("url", ["mysql://user:secret@host/name", "waymark.db", "", "redis://host"])
def test_another_address_is_refused_with_what_is_expected(url: str) -> None:
    with pytest.raises(UnsupportedDatabase, match=r"expected sqlite:///folder/file\.db or postgresql://") as raised:
        create_engine(url)
    assert "secret" not in str(raised.value)


def test_models_and_migrations_agree(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    before = inspect(engine).get_table_names()
    migrate(engine)
    assert inspect(engine).get_table_names() == before
    assert [record for record in caplog.records if record.name.startswith("alembic")] == []


def test_migrations_lead_back_too(empty_engine: Engine) -> None:
    migrate(empty_engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(empty_engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(empty_engine).get_table_names() == ["alembic_version"]
    migrate(empty_engine)
    assert set(Base.metadata.tables) < set(inspect(empty_engine).get_table_names())


def test_a_migration_that_fails_leaves_everything_as_it_was(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic.operations import Operations

    create_table = Operations.create_table

    def fail_late(self: Operations, name: str, *columns: object, **options: object) -> object:
        if name == "step_state":
            raise RuntimeError("the disk is full")
        return create_table(self, name, *columns, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Operations, "create_table", fail_late)
    with pytest.raises(Exception, match="the disk is full"):
        migrate(empty_engine)
    assert inspect(empty_engine).get_table_names() == []
    monkeypatch.undo()
    migrate(empty_engine)
    assert "step_state" in inspect(empty_engine).get_table_names()


def test_several_processes_may_start_at_once(empty_engine: Engine) -> None:
    script = (
        "import sys; from assistant.workspace import create_engine, migrate, Workspace\n"
        "engine = create_engine(sys.argv[1]); migrate(engine)\n"
        "with Workspace(engine).unit() as unit:\n"
        "    unit.new_member('terminal', sys.argv[2]); unit.commit()\n"
    )
    url = empty_engine.url.render_as_string(False)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    starting = [
        subprocess.Popen([sys.executable, "-c", script, url, str(n)], env=environment, stderr=subprocess.PIPE)
        for n in range(3)
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], errors
    with Workspace(empty_engine).unit() as unit:
        assert all(unit.find_member("terminal", str(n)) for n in range(3))


def test_a_folder_with_a_percent_sign_can_be_migrated(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/50%/waymark.db")
    migrate(engine)
    assert "journey" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1, 12)
    dialect = create_engine("sqlite://").dialect
    with pytest.raises(ValueError, match="with a time zone"):
        UtcDateTime().process_bind_param(naive, dialect)
    assert UtcDateTime().process_result_value(naive, dialect) == naive.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("plain", "plain"), ("é 😀", "é 😀"), ("a\x00b", "ab"), ("a\ud800b", "a?b"), ("a\\u0000b", "a\\u0000b")],
)
def test_text_that_no_database_can_hold_is_cleaned(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert json.loads(dump_json({"text": [typed]})) == {"text": [kept]}
