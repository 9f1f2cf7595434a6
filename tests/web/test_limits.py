"""How much one visitor and one address may do in a while."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.channels.web import RateLimit
from assistant.settings import Settings
from tests.web.conftest import Parrot, Ticks, Visitor, refused


@pytest.fixture
def settings() -> Settings:
    return Settings(rate_per_minute=3, sessions_per_hour=4)


def test_turns_are_counted_and_the_wait_is_told(visitor: Visitor, parrot: Parrot, ticks: Ticks) -> None:
    for _ in range(3):
        assert visitor.say(text="hello").status_code == 200
    assert "nothing is lost" in refused(visitor.say(text="once more"), 429, "too_fast")
    assert len(parrot.taken) == 3
    ticks.now += 59.9
    refused(visitor.say(text="once more"), 429, "too_fast")
    ticks.now += 0.1
    assert visitor.say(text="once more").status_code == 200


def test_a_refused_turn_does_not_prolong_the_wait(visitor: Visitor, ticks: Ticks) -> None:
    for _ in range(3):
        visitor.say(text="hello")
    for _ in range(50):
        ticks.now += 1
        refused(visitor.say(text="hello"), 429, "too_fast")
    ticks.now += 10
    assert visitor.say(text="hello").status_code == 200


def test_it_slides(visitor: Visitor, ticks: Ticks) -> None:
    for _ in range(3):
        visitor.say(text="hello")
        ticks.now += 25
    assert visitor.say(text="the first is 75 seconds old").status_code == 200
    refused(visitor.say(text="the second is 50"), 429, "too_fast")


def test_one_visitor_does_not_use_up_what_another_has(arrive: Callable[[], Visitor]) -> None:
    anna, ben = arrive(), arrive()
    for _ in range(4):
        anna.say(text="hello")
    assert ben.say(text="hello").status_code == 200


def test_reading_is_not_counted(visitor: Visitor) -> None:
    for _ in range(10):
        assert visitor.get("history").status_code == 200
        assert visitor.get("journey").status_code == 200
    assert visitor.say(text="hello").status_code == 200


def test_sessions_are_counted_for_each_address(
    client: TestClient, app: FastAPI, ticks: Ticks, rows: Callable[[], dict[str, int]]
) -> None:
    for _ in range(4):
        assert client.post("/api/session").status_code == 201
    before = rows()
    assert "in an hour" in refused(client.post("/api/session"), 429, "too_many_sessions")
    assert rows() == before
    elsewhere = TestClient(app, client=("203.0.113.7", 40_000))
    assert elsewhere.post("/api/session").status_code == 201
    ticks.now += 3600
    assert client.post("/api/session").status_code == 201


def test_nought_means_no_limit(ticks: Ticks) -> None:
    limit = RateLimit(0, 60, ticks)
    assert all(limit.allows("anna") for _ in range(1000))
    assert len(limit) == 0


def test_memory_holds_only_those_who_were_there_lately(ticks: Ticks) -> None:
    limit = RateLimit(2, 60, ticks)
    for number in range(5000):
        limit.allows(f"early {number}")
    ticks.now += 61
    limit.allows("late")
    assert len(limit) == 1


def test_sweeping_forgets_nobody_who_is_still_counted(ticks: Ticks) -> None:
    limit = RateLimit(2, 60, ticks)
    ticks.now += 40
    assert limit.allows("anna")
    assert limit.allows("anna")
    ticks.now += 40
    assert limit.allows("ben")
    assert not limit.allows("anna")
    assert len(limit) == 2
