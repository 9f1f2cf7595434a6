"""The real thing: ``waymark run`` with its web interface, from its start to fifty turns over HTTP."""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.settings import ROOT
from benchmarks.child import WorkerError, environment
from benchmarks.machine import memory_of

__all__ = ["Served", "measure_server"]

_START_WITHIN = 120.0
"""Seconds after which a server that does not answer has failed."""


@dataclass(frozen=True)
class Served:
    """What was measured of the served process.

    Args:
        ready_after: seconds from the start of the process until ``/api/health`` answered.
        resident: bytes after the turns.
        peak: bytes, at the highest.
        turn_ms: median milliseconds of a turn, over HTTP.
    """

    ready_after: float
    resident: int
    peak: int
    turn_ms: float


def measure_server(models: Path, texts: Sequence[str]) -> Served:
    """Starts ``waymark run`` on a free port with data in a temporary folder, and takes turns.

    Raises:
        WorkerError: if it does not start, with what it said last.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as data, tempfile.TemporaryFile("w+") as output:
        settings = {"WAYMARK_DATA": data, "WAYMARK_MODELS": str(models.resolve()), "WAYMARK_RATE_PER_MINUTE": "0"}
        command = [sys.executable, "-m", "assistant.cli", "run", "--host", "127.0.0.1", "--port", str(port)]
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env={**environment(), **settings}, stdout=output, stderr=output)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/health", process)
            ready_after = time.perf_counter() - started
            turn_ms = _converse(f"http://127.0.0.1:{port}/api", texts)
            resident, peak = memory_of(process.pid)
        except (OSError, WorkerError) as error:
            output.seek(0)
            raise WorkerError(f"`waymark run`: {error}\n{''.join(output.readlines()[-10:])}".rstrip()) from error
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    return Served(ready_after, resident, peak, turn_ms)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise WorkerError("it ended" if process.poll() is not None else f"no answer within {_START_WITHIN:.0f} s")


def _converse(api: str, texts: Sequence[str]) -> float:
    token = _post(f"{api}/session", {}, None)["token"]
    times = []
    for text in texts:
        message = {"payload": text} if text.startswith("/") else {"text": text}
        started = time.perf_counter()
        _post(f"{api}/chat", message, token)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _post(url: str, body: dict[str, str], token: str | None) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        result: dict[str, Any] = json.load(answer)
        return result
