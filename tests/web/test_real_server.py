"""The whole server with the trained model: turns change the map, take their time one by one, and survive a crash."""

from __future__ import annotations

import contextlib
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.web.conftest import refused
from tests.web.server import Browserless, Server, shared_server

pytestmark = pytest.mark.model

BUSY_WITH = ["what next?", "help", "why do you ask?", "show my progress", "what counts as evidence?"]


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Server:
    return shared_server(pytestconfig, tmp_path_factory)


@pytest.fixture
def anna(server: Server) -> Browserless:
    return Browserless(server)


def begin(who: Browserless) -> list[dict[str, Any]]:
    """Goes to the first question of step 1."""
    who.say(text="what next?")
    who.say(text="cluster organisation")
    return who.say(text="we have not started")


def test_a_turn_changes_the_map(anna: Browserless) -> None:
    assert anna.map()["audience"] is None
    replies = begin(anna)
    assert replies[-1]["progress"] == {"step": "1", "title": "Why internationalise?", "question": 1, "of": 3}
    assert anna.map()["audience"] == "cluster_organisation"
    assert (anna.map()["current"], anna.step("1")["answered"]) == ("1", 0)
    anna.press("Yes", replies)
    assert (anna.step("1")["status"], anna.step("1")["answered"]) == ("in_progress", 1)


def test_the_history_holds_what_was_said_and_answered(anna: Browserless) -> None:
    answered = [anna.say(text="hello"), anna.say(text="policy maker")]
    lines = anna.history()
    assert [line["text"] for line in lines if line["from"] == "you"] == ["hello", "policy maker"]
    assert [line["reply"] for line in lines if line["from"] == "waymark"] == [r for turn in answered for r in turn]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE member; --",
        "👍🏽🎉",
        "a\x00b\x1b[2J\x07",
        "\u202ekcab",
        "/",
    ],
)
def test_odd_words_get_an_answer_and_change_no_answer(anna: Browserless, words: str) -> None:
    replies = begin(anna)
    before = anna.map()
    assert all(reply["text"].strip() for reply in anna.say(text=words))
    assert anna.map() == before
    anna.press("Yes", replies)
    assert anna.step("1")["answered"] == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "x" * 20_000}, 413, "too_long"),
        ({"text": "x" * 70_000}, 413, "too_large"),
        ({"payload": "/launch"}, 422, "unknown_button"),
        ({"payload": '/answer{"value":'}, 422, "unknown_button"),
        ({"payload": '/answer{"value":["yes"]}'}, 422, "unknown_button"),
        ({"payload": "yes"}, 422, "unknown_button"),
        ({"text": 1}, 422, "malformed"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_changes_nothing(
    anna: Browserless, body: dict[str, object], status: int, code: str
) -> None:
    replies = begin(anna)
    before = (anna.map(), anna.history())
    refused(anna.call("POST", "chat", **body), status, code)
    assert (anna.map(), anna.history()) == before
    anna.press("Yes", replies)
    assert anna.step("1")["answered"] == 1


def test_two_messages_at_once_are_taken_one_after_the_other(anna: Browserless) -> None:
    begin(anna)
    before = len(anna.history())
    with ThreadPoolExecutor(len(BUSY_WITH)) as pool:
        answers = dict(zip(BUSY_WITH, pool.map(lambda words: anna.say(text=words), BUSY_WITH), strict=True))
    lines = anna.history()[before:]
    turns: list[tuple[str, list[object]]] = []
    for line in lines:
        if line["from"] == "you":
            turns.append((line["text"], []))
        else:
            turns[-1][1].append(line["reply"])
    assert sorted(words for words, _ in turns) == sorted(BUSY_WITH)
    assert dict(turns) == answers


def test_two_answers_at_once_are_both_kept(anna: Browserless) -> None:
    begin(anna)
    payloads = ['/answer{"value":"yes","question":"1.benefits"}', '/answer{"value":"yes","question":"1.evidence"}']
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda payload: anna.say(payload=payload, title="Yes"), payloads))
    assert anna.step("1")["answered"] == 2


def test_the_page_is_served(server: Server) -> None:
    page = httpx.get(server.url)
    assert page.status_code == 200
    assert "<waymark-chat" in page.text


def test_a_crash_in_the_middle_of_the_journey_loses_nothing(server: Server, anna: Browserless) -> None:
    replies = begin(anna)
    replies = anna.press("Yes", replies)
    anna.say(text="sort of, we surveyed 40 members in spring")
    before = (anna.map(), anna.history())

    server.end(signal.SIGKILL)
    server.start()

    again = Browserless(server, anna.token)
    assert (again.map(), again.history()) == before
    next_up = again.say(text="what next?")
    assert next_up[-1]["progress"]["question"] == 3
    again.press("Yes", next_up)
    assert again.step("1")["answered"] == 3


def test_a_crash_within_a_turn_leaves_all_of_it_or_nothing(server: Server, anna: Browserless) -> None:
    begin(anna)
    payload = '/answer{"value":"yes","question":"1.benefits"}'

    def answer() -> None:
        with contextlib.suppress(httpx.TransportError):  # the server goes away under it
            anna.say(payload=payload, title="Yes")

    turn = threading.Thread(target=answer)
    turn.start()
    server.end(signal.SIGKILL)
    turn.join()
    server.start()

    again = Browserless(server, anna.token)
    said = [line["text"] for line in again.history() if line["from"] == "you"]
    assert again.step("1")["answered"] == said.count("Yes")
    again.say(payload=payload, title="Yes")
    assert again.step("1")["answered"] == 1
