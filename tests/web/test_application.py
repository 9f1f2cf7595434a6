"""The page and its files, the headers that protect them, health, and the description of the interface."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from assistant import __version__
from assistant.settings import ROOT
from tests.web.conftest import refused

STATIC = ROOT / "assistant" / "web" / "static"


def test_the_page_is_at_the_root(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "<waymark-chat" in response.text
    assert "<waymark-journey" in response.text
    assert client.head("/").status_code == 200


def test_everything_that_the_page_names_is_served(client: TestClient) -> None:
    named = re.findall(r'(?:src|href)="([^"#]+)"', client.get("/").text)
    assert len(named) >= 3
    for path in named:
        assert client.get(f"/{path}").status_code == 200, path


def test_the_page_keeps_to_its_own_policy() -> None:
    page = (STATIC / "index.html").read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=|\sstyle=|https?://", page)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("waymark.js", "javascript"),
        ("page.css", "text/css"),
        ("favicon.svg", "image/svg+xml"),
    ],
)
def test_the_files_have_their_types(client: TestClient, path: str, kind: str) -> None:
    response = client.get(f"/static/{path}")
    assert response.status_code == 200
    assert kind in response.headers["content-type"]
    assert response.content == (STATIC / path).read_bytes()


def test_a_file_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/static/waymark.js")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/waymark.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "path", ["/", "/static/waymark.js", "/api/health", "/api/history", "/nothing", "/openapi.json"]
)
def test_every_answer_is_protected(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_refusal_of_the_guard_is_protected_too(client: TestClient) -> None:
    response = client.post("/api/chat", content=b"x" * 100_000)
    refused(response, 413, "too_large")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"


def test_what_the_interface_says_is_kept_by_no_cache(client: TestClient) -> None:
    assert client.post("/api/session").headers["Cache-Control"] == "no-store"
    assert client.get("/api/history").headers["Cache-Control"] == "no-store"


def test_the_page_of_the_description_may_load_its_scripts(client: TestClient) -> None:
    response = client.get("/docs")
    assert response.status_code == 200
    assert "Content-Security-Policy" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_no_other_site_may_read_the_answers(client: TestClient) -> None:
    response = client.get("/api/health", headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_health_says_that_turns_can_be_taken(client: TestClient) -> None:
    response = client.get("/api/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "version": __version__}


def test_health_says_when_the_database_cannot_be_read(client: TestClient, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE identity RENAME TO elsewhere")
    refused(client.get("/api/health"), 503, "unavailable")


# --- the description ---------------------------------------------------------------------

PATHS = {
    "/api/session": ("post", "201", "Session", {"429", "503"}),
    "/api/chat": ("post", "200", "Said", {"401", "413", "422", "429", "503"}),
    "/api/history": ("get", "200", "History", {"401", "503"}),
    "/api/journey": ("get", "200", "JourneyMap", {"401", "503"}),
    "/api/health": ("get", "200", "Health", {"503"}),
}


@pytest.fixture
def description(client: TestClient) -> dict[str, Any]:
    body: dict[str, Any] = client.get("/openapi.json").json()
    return body


def model_of(answer: dict[str, Any]) -> str:
    return str(answer["content"]["application/json"]["schema"]["$ref"]).rpartition("/")[2]


def test_it_names_every_path_and_no_other(description: dict[str, Any]) -> None:
    assert set(description["paths"]) == set(PATHS)
    assert description["info"]["version"] == __version__


@pytest.mark.parametrize("path", PATHS)
def test_it_names_what_each_path_answers(description: dict[str, Any], path: str) -> None:
    method, success, model, faults = PATHS[path]
    operation = description["paths"][path][method]
    assert operation["summary"]
    assert model_of(operation["responses"][success]) == model
    assert set(operation["responses"]) == {success, *faults}
    assert all(model_of(operation["responses"][status]) == "Fault" for status in faults)


def test_it_names_every_model(description: dict[str, Any]) -> None:
    models = set(description["components"]["schemas"])
    assert models >= {
        "Session", "Say", "Said", "Reply", "Button", "Cite", "Progress", "Image",
        "History", "Line", "JourneyMap", "MapPhase", "MapStep", "Health", "Fault", "Problem",
    }  # fmt: skip
    assert not models & {"HTTPValidationError", "ValidationError"}
    assert "from" in description["components"]["schemas"]["Line"]["properties"]


def test_it_says_where_a_token_is_needed(description: dict[str, Any]) -> None:
    needed = {path for path, (method, *_) in PATHS.items() if "security" in description["paths"][path][method]}
    assert needed == {"/api/chat", "/api/history", "/api/journey"}
