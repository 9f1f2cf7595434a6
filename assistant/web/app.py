"""The web application: the page, its files, and the HTTP interface."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from assistant import __version__
from assistant.channels.web import ApiError, Conversation, api
from assistant.settings import Settings

__all__ = ["create_app"]

_STATIC = Path(__file__).parent / "static"
_LARGEST_BODY = 65_536
"""Bytes. A message of 2,000 characters needs at most 8,000; the rest is room for a clear reply to longer ones."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_DOCS = ("/docs", "/redoc")
"""Pages that FastAPI writes; they load their scripts from elsewhere, which our policy would stop."""

_DESCRIPTION = (
    "Walks cluster organisations and policy makers through the ten steps of internationalisation. "
    "Get a token from `POST /api/session`, send it as a bearer token with everything else."
)

Handler = Callable[[Request], Awaitable[Response]]


def create_app(conversation: Conversation, settings: Settings, clock: Callable[[], float] = time.monotonic) -> FastAPI:
    """The application that serves one assistant.

    Args:
        conversation: takes the turns.
        settings: limits.
        clock: seconds that only grow, for the rate limits.
    """
    app = FastAPI(title="Waymark", version=__version__, description=_DESCRIPTION)
    app.include_router(api(conversation, settings, __version__, clock))

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(_STATIC / "index.html")

    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.middleware("http")(_guard)
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    return app


async def _guard(request: Request, call_next: Handler) -> Response:
    """Refuses bodies that are too large before reading them, and adds the headers that protect the page."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > _LARGEST_BODY or "chunked" in request.headers.get("transfer-encoding", ""):
        response: Response = _error(
            413, "too_large", f"The request is larger than {_LARGEST_BODY} bytes, or does not say how large it is."
        )
    else:
        response = await call_next(request)
    if not request.url.path.startswith(_DOCS):
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
    if request.url.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


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
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    what = str(first["msg"]).removeprefix("Value error, ")
    place = f" at {where}" if where else ""
    return _error(422, "malformed", f'{what}{place}. Expected a JSON body such as {{"text": "what next?"}}.')


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    messages = {
        404: "There is nothing at this address. The interface is described at /docs.",
        405: "This address does not take that method.",
    }
    return _error(error.status_code, "http", messages.get(error.status_code, str(error.detail)))
