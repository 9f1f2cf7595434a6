"""One assistant in a process of its own: ``python -m benchmarks.worker waymark|baseline MODEL``.

Speaks line-delimited JSON: a command on standard input, an answer on standard output. It says
``{"ready": true}`` as soon as it could answer. Commands: ``{"say": TEXT, "to": CONVERSATION}``
gives ``{"ms", "wrote", "reply"}``, ``{"memory": true}`` gives ``{"resident", "peak"}`` in bytes,
``{"stop": true}`` ends it. Time is taken here, around the turn alone.

Nothing of Rasa is imported before it is needed: each assistant pays for its own imports only.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.machine import memory_of

__all__ = ["Talker", "main", "serve"]

_REPLY_SHOWN = 120
"""Characters of a reply that are handed back, to see in an error what was said."""


class Talker(Protocol):
    """An assistant that can be spoken to."""

    def open(self, conversation: str) -> None:
        """Makes the conversation ready, outside the measured time."""

    async def turn(self, conversation: str, text: str) -> list[str]:
        """One turn: the texts of the replies."""

    def writes(self, conversation: str) -> int | None:
        """How many changes of the journey were committed so far; None where nothing is written."""


class Waymark:
    """Waymark with SQLite in the folder given, as ``waymark run`` sets it up, without the web."""

    def __init__(self, model: Path, folder: Path) -> None:
        from assistant.dialogue.assistant import Assistant
        from assistant.dialogue.logs import configure
        from assistant.workspace import MemberRef, Workspace, create_engine, migrate

        configure("ERROR")
        engine = create_engine(f"sqlite:///{folder / 'waymark.db'}")
        migrate(engine)
        self._assistant = Assistant.load(Workspace(engine), model)
        self._members: dict[str, MemberRef] = {}

    def open(self, conversation: str) -> None:
        if conversation not in self._members:
            with self._assistant.workspace.unit() as unit:
                self._members[conversation] = unit.new_member("web", conversation)
                unit.commit()

    async def turn(self, conversation: str, text: str) -> list[str]:
        member = self._members[conversation]
        say = self._assistant.press if text.startswith("/") else self._assistant.text
        return [reply.text for reply in await say(member, "web", text)]

    def writes(self, conversation: str) -> int | None:
        member = self._members[conversation]
        with self._assistant.workspace.unit() as unit:
            latest = unit.changes(unit.active_journey(member).id, member.organisation_id, limit=1)
        return latest[0].revision if latest else 0


class Baseline:
    """What ``rasa init`` makes, asked in its own process, with Rasa's default stores in memory."""

    def __init__(self, model: Path, folder: Path) -> None:
        from rasa.core.agent import Agent

        self._agent = Agent.load(model)

    def open(self, conversation: str) -> None:
        """Rasa opens a conversation with its first message."""

    async def turn(self, conversation: str, text: str) -> list[str]:
        replies = await self._agent.handle_text(text, sender_id=conversation)
        return [str(reply.get("text", "")) for reply in replies or []]

    def writes(self, conversation: str) -> int | None:
        return None


def serve(load: Callable[[], Talker], lines: Iterable[str], write: Callable[[dict[str, Any]], None]) -> None:
    """Answers commands until there are no more, or one says stop."""
    talker = load()
    loop = asyncio.new_event_loop()
    write({"ready": True})
    for line in lines:
        try:
            command = json.loads(line)
            if command.get("stop"):
                break
            write(_answer(talker, loop, command))
        except Exception as error:
            write({"error": f"{type(error).__name__}: {error}"})
    loop.close()


def _answer(talker: Talker, loop: asyncio.AbstractEventLoop, command: dict[str, Any]) -> dict[str, Any]:
    if "memory" in command:
        resident, peak = memory_of(os.getpid())
        return {"resident": resident, "peak": peak}
    text, conversation = command["say"], command["to"]
    talker.open(conversation)
    before = talker.writes(conversation)
    started = time.perf_counter()
    replies = loop.run_until_complete(talker.turn(conversation, text))
    took = (time.perf_counter() - started) * 1000
    wrote = None if before is None else talker.writes(conversation) != before
    return {"ms": took, "wrote": wrote, "reply": " / ".join(replies)[:_REPLY_SHOWN]}


def main(arguments: list[str]) -> int:
    """Loads the assistant that is named, and serves it on standard input and output."""
    kind, model, folder = arguments[0], Path(arguments[1]), Path(arguments[2])
    # What Rasa and TensorFlow print goes to standard error, so that it cannot break the protocol.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    logging.basicConfig(level="ERROR")
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)

    def write(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    makers: dict[str, type[Waymark] | type[Baseline]] = {"waymark": Waymark, "baseline": Baseline}
    serve(lambda: makers[kind](model, folder), sys.stdin, write)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
