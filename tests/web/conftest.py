"""The HTTP interface over a real workspace on SQLite, with a conversation that only repeats what it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from assistant.dialogue.refusal import MessageRefused
from assistant.replies import Button, Cite, Progress, Reply
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.workspace import MemberRef, Workspace, create_engine, migrate
from assistant.workspace.models import Base

LONGEST = 2000
REPLY_EXTRAS = Reply(
    text="",
    buttons=((Button(title="Yes", payload='/answer{"value":"yes"}'), Button(title="No", payload="/decline")),),
    citations=(Cite(n=1, source="tactics", title="TACTICS handbook", where="Step 1, checklist", lines="435"),),
    progress=Progress(step="1", title="Why internationalise?", question=1, of=3),
)


class Parrot:
    """Stands in for the assistant: stores a turn as it does, and repeats what was said."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.taken: list[tuple[str, str]] = []
        """What reached it: the kind and the words."""
        self.fails_with: Exception | None = None

    async def text(self, member: MemberRef, channel: str, message: str) -> list[Reply]:
        if len(message) > LONGEST:
            raise MessageRefused("too_long", f"That message has {len(message)} characters; I read up to {LONGEST}.")
        return self._turn(member, "text", message, f"You said: {message}")

    async def press(self, member: MemberRef, channel: str, button: str, title: str = "") -> list[Reply]:
        if not button.startswith("/"):
            raise MessageRefused("unknown_button", "I don't know that button.")
        return self._turn(member, "press", title or button, f"You pressed: {button}")

    def _turn(self, member: MemberRef, kind: str, shown: str, answer: str) -> list[Reply]:
        self.taken.append((kind, shown))
        if self.fails_with is not None:
            raise self.fails_with
        replies = [Reply(text=answer), REPLY_EXTRAS.model_copy(update={"text": "And then?"})]
        now = datetime.now(timezone.utc)
        with self.workspace.unit() as unit:
            unit.add_message(member.id, "in", {"text": shown}, now)
            for reply in replies:
                unit.add_message(member.id, "out", reply.model_dump(mode="json", exclude_defaults=True), now)
            unit.commit()
        return replies

    def greeting(self) -> Reply:
        return Reply(text="Hello.")


@dataclass
class Ticks:
    """Seconds that pass when they are told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Visitor:
    """A browser that holds one token."""

    client: TestClient
    token: str
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def say(self, **body: object) -> Any:
        return self.client.post("/api/chat", json=body, headers=self.headers)

    def send(self, content: bytes, **headers: str) -> Any:
        """A body as it is, of whatever kind."""
        given = {"Content-Type": "application/json", **self.headers, **headers}
        return self.client.post("/api/chat", content=content, headers=given)

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/{path}", headers=self.headers)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "template.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "waymark.db"
    shutil.copy(migrated, path)
    engine = create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def workspace(engine: Engine) -> Workspace:
    return Workspace(engine)


@pytest.fixture
def parrot(workspace: Workspace) -> Parrot:
    return Parrot(workspace)


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def settings() -> Settings:
    return Settings(rate_per_minute=0, sessions_per_hour=0)


@pytest.fixture
def app(parrot: Parrot, settings: Settings, ticks: Ticks) -> FastAPI:
    return create_app(parrot, settings, ticks)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def arrive(client: TestClient) -> Callable[[], Visitor]:
    """Somebody new, with a token of their own."""
    return lambda: Visitor(client, client.post("/api/session").json()["token"])


@pytest.fixture
def visitor(arrive: Callable[[], Visitor]) -> Visitor:
    return arrive()


@pytest.fixture
def rows(engine: Engine) -> Callable[[], dict[str, int]]:
    """How many rows each table has."""

    def count() -> dict[str, int]:
        with engine.connect() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in Base.metadata.tables.items()
            }

    return count


def refused(response: Any, status: int, code: str) -> str:
    """Checks that a response is a refusal in the agreed form, and gives the words in it."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["code"] == code
    message = body["error"]["message"]
    assert isinstance(message, str)
    assert message.endswith(".")
    assert "Traceback" not in message
    assert "pydantic" not in message.lower()
    return message
