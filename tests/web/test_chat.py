"""What is said: passed on whole, or refused with a reason and nothing kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.web.app import LARGEST_BODY
from assistant.workspace import WorkspaceBusy
from tests.web.conftest import Parrot, Visitor, refused

WORDS = {
    "plain": "what next?",
    "empty": "",
    "blank": " \n\t ",
    "html": "<script>alert('x')</script><b>hello</b>",
    "sql": "'; DROP TABLE messages; --",
    "emoji": "👍🏽🎉",
    "control characters": "a\x00b\x07c\x1b[31md\x7f",
    "right to left": "\u202eabc\u200f مرحبا",
    "another language": "Was kommt als Nächstes?",
    "a payload typed": '/answer{"value":"yes"}',
    "the longest": "x" * 2000,
    "the longest of emoji": "😀" * 2000,
    "new lines": "one\r\ntwo\nthree",
    "json": '{"text": "x"}',
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_words_are_passed_on_as_they_are_and_come_back(visitor: Visitor, parrot: Parrot, words: str) -> None:
    response = visitor.say(text=words)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    assert parrot.taken == [("text", words)]
    assert response.json()["messages"][0]["text"] == f"You said: {words}"
    history = visitor.get("history").json()["messages"]
    assert history[0]["text"] == words.replace("\x00", "")  # PostgreSQL cannot hold it, so the workspace leaves it out


def test_a_reply_carries_its_buttons_citations_and_progress(visitor: Visitor) -> None:
    first, second = visitor.say(text="hello").json()["messages"]
    assert first == {
        "text": "You said: hello",
        "buttons": [],
        "citations": [],
        "progress": None,
        "image": None,
        "attachments": [],
    }
    assert second["buttons"][0][0] == {"title": "Yes", "payload": '/answer{"value":"yes"}'}
    assert second["citations"][0]["where"] == "Step 1, checklist"
    assert second["progress"] == {"step": "1", "title": "Why internationalise?", "question": 1, "of": 3}


def test_a_button_is_passed_on_with_its_title(visitor: Visitor, parrot: Parrot) -> None:
    response = visitor.say(payload='/answer{"value":"yes"}', title="Yes")
    assert response.json()["messages"][0]["text"] == 'You pressed: /answer{"value":"yes"}'
    assert parrot.taken == [("press", "Yes")]


BAD = {
    "neither": ({}, "either `text` or `payload`"),
    "a title alone": ({"title": "Yes"}, "either `text` or `payload`"),
    "both": ({"text": "yes", "payload": "/answer"}, "either `text` or `payload`"),
    "nothing in it": ({"text": None}, "either `text` or `payload`"),
    "a number": ({"text": 7}, "`text`"),
    "a list": ({"text": ["yes"]}, "`text`"),
    "true": ({"text": True}, "`text`"),
    "an object": ({"payload": {"intent": "answer"}}, "`payload`"),
    "a title of a number": ({"payload": "/answer", "title": 1}, "`title`"),
    "a long title": ({"payload": "/answer", "title": "x" * 201}, "`title`"),
    "an unknown key": ({"text": "hello", "channel": "telegram"}, "`channel` is not known here"),
    "somebody else": ({"text": "hello", "member": "1"}, "`member` is not known here"),
}


@pytest.mark.parametrize(("body", "says"), BAD.values(), ids=BAD.keys())
def test_what_is_no_message_is_refused_with_the_reason(
    visitor: Visitor, parrot: Parrot, body: dict[str, object], says: str
) -> None:
    message = refused(visitor.say(**body), 422, "malformed")
    assert says in message
    assert '{"text": "what next?"}' in message
    assert parrot.taken == []


RAW = {
    "no json": (b"hello", 422),
    "half a json": (b'{"text": "hel', 422),
    "two of them": (b'{"text": "a"}{"text": "b"}', 422),
    "nothing": (b"", 422),
    "null": (b"null", 422),
    "a list": (b'["hello"]', 422),
    "a string": (b'"hello"', 422),
    "bytes that are no text": (b'{"text": "\xff\xfe"}', 400),
    "half a character for a key": (b'{"text": "a", "\\ud83d": 1}', 422),
    "very deep": (b'{"text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", 400),
}


@pytest.mark.parametrize(("body", "status"), RAW.values(), ids=RAW.keys())
def test_what_is_no_json_is_refused_with_the_reason(
    visitor: Visitor, parrot: Parrot, rows: Callable[[], dict[str, int]], body: bytes, status: int
) -> None:
    before = rows()
    assert '{"text": "what next?"}' in refused(visitor.send(body), status, "malformed")
    assert parrot.taken == []
    assert rows() == before


def test_half_a_character_is_replaced_and_does_not_spoil_the_history(visitor: Visitor, parrot: Parrot) -> None:
    response = visitor.send(b'{"text": "cut \\ud83d here, whole \\ud83d\\ude00"}')
    assert response.json()["messages"][0]["text"] == "You said: cut \ufffd here, whole 😀"
    assert visitor.get("history").json()["messages"][0]["text"] == "cut \ufffd here, whole 😀"


def test_a_form_is_no_message(visitor: Visitor, parrot: Parrot) -> None:
    refused(visitor.send(b"text=hello", **{"Content-Type": "application/x-www-form-urlencoded"}), 422, "malformed")
    assert parrot.taken == []


def test_a_long_message_is_refused_in_the_words_of_the_assistant(visitor: Visitor, parrot: Parrot) -> None:
    assert "20000 characters" in refused(visitor.say(text="x" * 20_000), 413, "too_long")
    assert parrot.taken == []


def test_an_unknown_button_is_refused_in_the_words_of_the_assistant(visitor: Visitor) -> None:
    refused(visitor.say(payload="launch"), 422, "unknown_button")


def test_a_body_of_the_largest_size_is_read(visitor: Visitor) -> None:
    frame = len(b'{"text": ""}')
    refused(visitor.send(b'{"text": "' + b"x" * (LARGEST_BODY - frame) + b'"}'), 413, "too_long")


def test_a_larger_body_is_refused_by_its_size(visitor: Visitor, parrot: Parrot) -> None:
    message = refused(visitor.send(b'{"text": "' + b"x" * LARGEST_BODY + b'"}'), 413, "too_large")
    assert "in parts" in message
    assert parrot.taken == []


def test_a_body_of_unknown_size_is_refused(visitor: Visitor, parrot: Parrot) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"text": '
        yield b'"hello"}'

    response = visitor.client.post("/api/chat", content=pieces(), headers=visitor.headers)
    refused(response, 411, "no_length")
    assert parrot.taken == []


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ((b"content-length", b"65537"), 413),
        ((b"content-length", b"9" * 5000), 413),
        ((b"content-length", b"-1"), 400),
        ((b"content-length", b"1e9"), 400),
        ((b"content-length", b""), 400),
        ((b"content-length", "²".encode("latin-1")), 400),
        ((b"transfer-encoding", b"Chunked"), 411),
        ((b"transfer-encoding", b"gzip, chunked"), 411),
    ],
)
async def test_a_body_is_refused_before_a_byte_of_it_is_read(
    app: FastAPI, header: tuple[bytes, bytes], status: int
) -> None:
    async def receive() -> dict[str, object]:
        raise AssertionError("the body was read")

    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/api/chat",
        "raw_path": b"/api/chat",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"content-type", b"application/json"), header],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert sent[0]["status"] == status
    assert "error" in json.loads(bytes(sent[1]["body"]))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/chat", 405, "wrong_method"),
        ("PUT", "/api/chat", 405, "wrong_method"),
        ("GET", "/api/session", 405, "wrong_method"),
        ("POST", "/api/history", 405, "wrong_method"),
        ("DELETE", "/api/journey", 405, "wrong_method"),
        ("POST", "/", 405, "wrong_method"),
        ("GET", "/api", 404, "not_found"),
        ("GET", "/api/members", 404, "not_found"),
        ("GET", "/api/chat/1", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/static/../app.py", 404, "not_found"),
        ("GET", "/static/%2e%2e/app.py", 404, "not_found"),
        ("GET", "/static/..%2f..%2fsettings.py", 404, "not_found"),
    ],
)
def test_a_wrong_address_or_method_is_told_where_to_look(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    assert "/docs" in refused(response, status, code)
    if status == 405:
        assert response.headers["Allow"]


def test_after_every_refusal_nothing_is_kept_and_the_next_message_works(
    visitor: Visitor, parrot: Parrot, rows: Callable[[], dict[str, int]]
) -> None:
    visitor.say(text="first")
    before = rows()
    for body, _ in BAD.values():
        visitor.say(**body)
    for raw, _ in RAW.values():
        visitor.send(raw)
    visitor.say(text="x" * 20_000)
    visitor.send(b"x" * (LARGEST_BODY + 1))
    assert rows() == before
    assert visitor.say(text="second").status_code == 200
    said = [m["text"] for m in visitor.get("history").json()["messages"] if m["from"] == "you"]
    assert said == ["first", "second"]


def test_a_failure_inside_is_told_without_its_details(
    visitor: Visitor, parrot: Parrot, rows: Callable[[], dict[str, int]]
) -> None:
    before = rows()
    parrot.fails_with = RuntimeError("password of the database: hunter2")
    response = visitor.say(text="hello")
    assert "hunter2" not in response.text
    assert "Try again" in refused(response, 500, "fault")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert rows() == before
    parrot.fails_with = None
    assert visitor.say(text="hello").status_code == 200


def test_a_busy_database_asks_for_patience(visitor: Visitor, parrot: Parrot) -> None:
    parrot.fails_with = WorkspaceBusy("locked")
    response = visitor.say(text="hello")
    refused(response, 503, "busy")
    assert int(response.headers["Retry-After"]) > 0
