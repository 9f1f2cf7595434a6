"""Tokens: how they are had, and what happens without a good one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from assistant.workspace import Workspace
from assistant.workspace.models import Base
from tests.web.conftest import Visitor, refused

PRIVATE = [("POST", "/api/chat"), ("GET", "/api/history"), ("GET", "/api/journey")]


def call(client: TestClient, method: str, path: str, header: str | bytes | None) -> Any:
    headers = {} if header is None else {"Authorization": header}
    body = {"json": {"text": "hello"}} if method == "POST" else {}
    return client.request(method, path, headers=headers, **body)


def test_a_session_gives_a_random_token(client: TestClient) -> None:
    first, second = client.post("/api/session"), client.post("/api/session")
    assert first.status_code == 201
    assert set(first.json()) == {"token"}
    assert len(first.json()["token"]) >= 43
    assert first.json() != second.json()


def test_the_token_itself_is_stored_nowhere(visitor: Visitor, engine: Engine) -> None:
    visitor.say(text="hello")
    with engine.connect() as connection:
        stored = [str(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in Base.metadata.tables]
    assert any("hello" in rows for rows in stored)
    assert not any(visitor.token in rows for rows in stored)


def test_a_body_sent_with_it_is_of_no_interest(client: TestClient) -> None:
    assert client.post("/api/session", content=b"{nonsense").status_code == 201


@pytest.mark.parametrize(("method", "path"), PRIVATE)
@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "no_token"),
        ("", "no_token"),
        ("Bearer", "no_token"),
        ("Bearer ", "no_token"),
        ("Basic dXNlcjpwYXNz", "no_token"),
        ("Token abc", "no_token"),
        ("abc", "no_token"),
        ("Bearer abc", "unknown_token"),
        ("Bearer abc def", "unknown_token"),
        ("Bearer ' OR 1=1 --", "unknown_token"),
        ("Bearer " + "x" * 10_000, "unknown_token"),
        ("Bearer \xe9\xff".encode("latin-1"), "unknown_token"),
    ],
)
def test_without_a_good_token_nothing_is_given(
    client: TestClient,
    rows: Callable[[], dict[str, int]],
    method: str,
    path: str,
    header: str | bytes | None,
    code: str,
) -> None:
    before = rows()
    response = call(client, method, path, header)
    assert "POST /api/session" in refused(response, 401, code)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert rows() == before


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_a_revoked_token_is_worth_nothing(
    client: TestClient, visitor: Visitor, workspace: Workspace, method: str, path: str
) -> None:
    header = visitor.headers["Authorization"]
    assert call(client, method, path, header).status_code == 200
    with workspace.unit() as unit:
        unit.revoke("web", visitor.token)
        unit.commit()
    refused(call(client, method, path, header), 401, "unknown_token")


def test_the_scheme_may_be_written_in_any_case(client: TestClient, visitor: Visitor) -> None:
    assert call(client, "GET", "/api/history", f"bearer {visitor.token}").status_code == 200


def test_a_key_of_another_channel_opens_nothing(client: TestClient, workspace: Workspace) -> None:
    with workspace.unit() as unit:
        unit.new_member("terminal", "anna")
        unit.commit()
    refused(call(client, "GET", "/api/history", "Bearer anna"), 401, "unknown_token")
