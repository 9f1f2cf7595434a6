"""The real server as a process of its own, for the tests that need the trained model and what survives a crash.

It is started once for a run, by whichever test needs it first, and ended with the run.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import ROOT

START_WITHIN = 240.0
"""Seconds. Usually a tenth of it; the rest is for a machine that is busy, or has to train first."""

__all__ = ["Browserless", "Server", "shared_server"]


class Server:
    """``waymark run`` on a free port of this machine, with its data in a folder of its own.

    Args:
        folder: where the database and the server's log are put.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "server.log"
        self.url = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
        environment["WAYMARK_DATA"] = str(self.folder / "data")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "assistant.cli", "run", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/api/health", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        self.end(signal.SIGKILL)
        raise RuntimeError(f"the server did not start: {self.log.read_text(errors='replace')[-3000:]}")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it; with SIGKILL it has no time to put anything in order."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Browserless:
    """Somebody who talks to the server without a page."""

    def __init__(self, server: Server, token: str | None = None) -> None:
        self._server = server
        self.token = token or str(httpx.post(f"{server.url}/api/session", timeout=20).json()["token"])

    def call(self, method: str, path: str, **body: object) -> httpx.Response:
        return httpx.request(
            method,
            f"{self._server.url}/api/{path}",
            headers={"Authorization": f"Bearer {self.token}"},
            json=body or None,
            timeout=20,
        )

    def say(self, **body: object) -> list[dict[str, Any]]:
        """What it answers to `text` or `payload`."""
        response = self.call("POST", "chat", **body)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def press(self, title: str, replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Presses a button of the last replies by its title."""
        buttons = {b["title"]: b["payload"] for reply in replies for row in reply["buttons"] for b in row}
        assert title in buttons, f"no button {title!r} among {list(buttons)}"
        return self.say(payload=buttons[title], title=title)

    def history(self) -> list[dict[str, Any]]:
        return list(self.call("GET", "history").json()["messages"])

    def map(self) -> dict[str, Any]:
        return dict(self.call("GET", "journey").json())

    def step(self, key: str) -> dict[str, Any]:
        """One step of the map."""
        return next(s for phase in self.map()["phases"] for s in phase["steps"] if s["key"] == key)


_shared: Server | None = None


def shared_server(config: pytest.Config, factory: pytest.TempPathFactory) -> Server:
    """The one server of this run."""
    global _shared
    if _shared is None:
        server = Server(factory.mktemp("server"))
        config.add_cleanup(server.end)
        server.start()
        _shared = server
    return _shared


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
