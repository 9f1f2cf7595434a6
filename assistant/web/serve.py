"""Serves the application with uvicorn, and says so once it can be reached."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

__all__ = ["serve"]


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Waymark is at http://{self.config.host}:{self.config.port}/ (Ctrl-C ends)", flush=True)


def serve(app: FastAPI, host: str, port: int, log_level: str) -> int:
    """Serves until it is told to end; returns the exit status: 0, or 1 if the address could not be had."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level=log_level.lower(),
        access_log=False,
        ws="none",  # nothing here speaks it, and Rasa pins a websockets older than uvicorn's adapter wants
    )
    server = _Server(config)
    server.run()
    return 0 if server.started else 1
