"""The web application: the page, its files, and the HTTP interface."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import __version__
from assistant.channels.web import ApiError, Conversation, api
from assistant.settings import Settings
from assistant.workspace import WorkspaceBusy

__all__ = ["LARGEST_BODY", "create_app"]

LARGEST_BODY = 65_536
"""Bytes. A message of 2,000 characters needs at most 24,000; the rest is room for a clear reply to longer ones."""
_STATIC = Path(__file__).parent / "static"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
_DOCS = ("/docs", "/redoc")
"""Pages that FastAPI writes; they load their scripts from elsewhere, which our policy would stop."""

_DESCRIPTION = (
    "Walks cluster organisations and policy makers through the ten steps of internationalisation. "
    "Get a token from `POST /api/session`, send it as a bearer token with everything else."
)


def create_app(conversation: Conversation, settings: Settings, clock: Callable[[], float] = time.monotonic) -> FastAPI:
    """The application that serves one assistant.

    Args:
        conversation: takes the turns.
        settings: limits.
        clock: seconds that only grow, for the rate limits.
    """
    app = FastAPI(title="Waymark", version=__version__, description=_DESCRIPTION)
    app.include_router(api(conversation, settings, __version__, clock))

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(_STATIC / "index.html")

    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(_Guard)
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(WorkspaceBusy, _busy)
    app.add_exception_handler(Exception, _fault)
    return app


class _Guard:
    """Refuses bodies that are too large before reading them, and adds the headers that protect the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        answer: ASGIApp = _refusal(Headers(scope=scope)) or self._app
        await answer(scope, receive, protected)


def _refusal(headers: Headers) -> Response | None:
    if "transfer-encoding" in headers:
        return _error(411, "no_length", "The request does not say how large it is. Send it with a Content-Length.")
    length = headers.get("content-length", "0")
    # Compared by its digits first: a number of thousands of digits is not worth reading.
    digits = length.lstrip("0")
    if not (length.isascii() and length.isdigit()):
        return _error(400, "bad_length", "The Content-Length of the request is not a number.")
    if len(digits) > len(str(LARGEST_BODY)) or int(digits or "0") > LARGEST_BODY:
        return _error(
            413,
            "too_large",
            f"That is too much to read at once: more than {LARGEST_BODY} bytes. "
            "Send the main point, or send it in parts.",
        )
    return None


def _protect(headers: MutableHeaders, path: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if path not in _DOCS:
        headers.setdefault("Content-Security-Policy", _POLICY)
    # What the interface says is personal; the page's files are asked after each time (they carry an ETag), since a
    # page and a component of two different versions would not fit each other.
    headers.setdefault("Cache-Control", "no-store" if path.startswith("/api/") else "no-cache")


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    response = _error(error.status, error.code, error.message)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = _found(error.errors()[0])
    return _error(422, "malformed", f'{found} Expected a JSON body such as {{"text": "what next?"}}.')


def _found(error: dict[str, Any]) -> str:
    """What is wrong with a body, in a sentence."""
    # A key is the client's own, so it may be of any length and hold what cannot be sent back.
    where = ".".join(str(part) for part in error["loc"] if part != "body")[:60].encode("utf-8", "replace").decode()
    sentences = {
        "json_invalid": "The body is not valid JSON.",
        "missing": f"`{where}` is missing." if where else "The body is missing.",
        "extra_forbidden": f"`{where}` is not known here.",
    }
    what = str(error["msg"]).removeprefix("Value error, ")
    return sentences.get(error["type"], f"`{where}`: {what}." if where else f"{what}.")


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    known = {
        400: ("malformed", 'The body could not be read. Expected a JSON body such as {"text": "what next?"}.'),
        404: ("not_found", "There is nothing at this address. The interface is described at /docs."),
        405: ("wrong_method", "This address does not take that method. The interface is described at /docs."),
    }
    code, message = known.get(status, ("refused", str(error.detail)))
    response = _error(status, code, message)
    response.headers.update(error.headers or {})
    return response


async def _busy(request: Request, error: Exception) -> Response:
    response = _error(503, "busy", "The server is busy just now. Try again in a moment; nothing is lost.")
    response.headers["Retry-After"] = "5"
    return response


async def _fault(request: Request, error: Exception) -> Response:
    response = _error(500, "fault", "Something went wrong at our end; nothing of it was kept. Try again in a moment.")
    _protect(response.headers, request.url.path)  # given outside of the guard; the server logs the error itself
    return response
