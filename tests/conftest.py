"""Fixtures for tests that need the trained model: it is trained, and loaded, once for the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import Settings
from assistant.workspace import MemberRef, Workspace, create_engine, migrate

if TYPE_CHECKING:
    from assistant.dialogue.agent import WaymarkAgent
    from assistant.dialogue.assistant import Assistant


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def model() -> Path:
    """The model that fits the files; trained if there is none."""
    from assistant.dialogue.model import find_model, train

    models = Settings().models
    return find_model(models) or train(models)


@pytest.fixture(scope="session")
def agent(model: Path) -> WaymarkAgent:
    """The loaded model."""
    from assistant.dialogue.agent import load_agent
    from assistant.dialogue.logs import configure

    configure("ERROR")
    return load_agent(model)


@pytest.fixture
def clock() -> Clock:
    """The time in a test."""
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace on SQLite."""
    engine = create_engine(f"sqlite:///{tmp_path / 'waymark.db'}")
    migrate(engine)
    yield Workspace(engine)
    engine.dispose()


@pytest.fixture
def assistant(agent: WaymarkAgent, database: Workspace, clock: Clock) -> Assistant:
    """The assistant on an empty workspace."""
    from assistant.dialogue.assistant import Assistant

    return Assistant(database, agent, clock)


@pytest.fixture
def make_member(database: Workspace) -> Callable[[str], MemberRef]:
    """Makes a member of an organisation of their own."""

    def make(name: str) -> MemberRef:
        with database.unit() as unit:
            member = unit.new_member("terminal", name, display_name=name)
            unit.commit()
        return member

    return make
