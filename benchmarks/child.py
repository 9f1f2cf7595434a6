"""The driver's end of a worker: starts the process, speaks its protocol, ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from assistant.settings import ROOT

__all__ = ["Child", "Turn", "WorkerError", "environment"]


class WorkerError(RuntimeError):
    """A worker ended or failed; the message holds what it said last."""


class Turn(NamedTuple):
    """One turn: how long it took, whether it committed a change (None: it never does), what was answered."""

    ms: float
    wrote: bool | None
    reply: str


def environment() -> dict[str, str]:
    """The same for both assistants: quiet, without telemetry, on the processor alone."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")},
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL": "ERROR",
    }


class Child:
    """A running worker.

    Args:
        kind: ``waymark`` or ``baseline``.
        model: the trained model to load.
        folder: where it may keep its database.
    """

    def __init__(self, kind: str, model: Path, folder: Path) -> None:
        self.kind = kind
        self._errors = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115 - open as long as the process is
        started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", kind, str(model.resolve()), str(folder.resolve())],
            cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True,
        )  # fmt: skip
        try:
            self._read()
        except WorkerError:
            self.close()
            raise
        self.ready_after = time.perf_counter() - started
        """Seconds from the start of the process until it could answer."""

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def say(self, conversation: str, text: str) -> Turn:
        """Takes one turn."""
        answer = self._ask({"say": text, "to": conversation})
        return Turn(answer["ms"], answer["wrote"], answer["reply"])

    def memory(self) -> tuple[int, int]:
        """Resident memory in bytes: now, and at its highest."""
        answer = self._ask({"memory": True})
        return answer["resident"], answer["peak"]

    def close(self) -> None:
        """Ends the process; kills it if it does not end by itself."""
        try:
            self._process.communicate(json.dumps({"stop": True}) + "\n", timeout=10)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._failure("has ended") from None
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._failure("has ended")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise self._failure(str(answer["error"]))
        return answer

    def _failure(self, what: str) -> WorkerError:
        self._errors.seek(0)
        last = "".join(self._errors.readlines()[-15:])
        return WorkerError(f"the worker of {self.kind}: {what}\n{last}".rstrip())
