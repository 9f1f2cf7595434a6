"""The worker's protocol, with an assistant that only counts."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.worker import serve


class Counting:
    """Answers with how often it was spoken to; changes something unless told "no"."""

    def __init__(self) -> None:
        self.said: dict[str, int] = {}
        self.changed = 0

    def open(self, conversation: str) -> None:
        self.said.setdefault(conversation, 0)

    async def turn(self, conversation: str, text: str) -> list[str]:
        if text == "fail":
            raise ValueError("as asked")
        self.said[conversation] += 1
        self.changed += text != "no"
        return [str(self.said[conversation]), "x" * 500]

    def writes(self, conversation: str) -> int | None:
        return self.changed


def _served(*commands: dict[str, Any] | str) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    lines = [command if isinstance(command, str) else json.dumps(command) for command in commands]
    serve(Counting, lines, answers.append)
    return answers


def test_ready_comes_first() -> None:
    assert _served() == [{"ready": True}]


def test_turns_are_timed_and_say_whether_they_wrote() -> None:
    _, first, second, other = _served(
        {"say": "yes", "to": "a"}, {"say": "no", "to": "a"}, {"say": "yes", "to": "b"}
    )  # fmt: skip
    assert [first["wrote"], second["wrote"], other["wrote"]] == [True, False, True]
    assert [answer["reply"][0] for answer in (first, second, other)] == ["1", "2", "1"]
    assert first["ms"] >= 0
    assert len(first["reply"]) == 120


def test_memory_is_in_bytes() -> None:
    answer = _served({"memory": True})[1]
    assert 1_000_000 < answer["resident"] <= answer["peak"]


def test_a_failure_is_told_and_the_next_command_works() -> None:
    _, failed, garbled, good = _served({"say": "fail", "to": "a"}, "{", {"say": "yes", "to": "a"})
    assert failed == {"error": "ValueError: as asked"}
    assert garbled["error"].startswith("JSONDecodeError")
    assert good["wrote"] is True


def test_stop_ends_it() -> None:
    assert len(_served({"stop": True}, {"memory": True})) == 1
