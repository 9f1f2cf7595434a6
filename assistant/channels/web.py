"""The HTTP interface of the conversation: session, chat, history, journey, health.

A visitor is known by a random token that only their browser holds; the workspace keeps its
hash. Every answer of the interface to a fault is ``{"error": {"code", "message"}}`` with a
message that a person can act on.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.channels.journey_map import JourneyMap, journey_map
from assistant.dialogue.refusal import MessageRefused
from assistant.replies import Reply
from assistant.settings import Settings
from assistant.workspace import MemberRef, Workspace, new_token

__all__ = ["ApiError", "Conversation", "RateLimit", "api"]

log = logging.getLogger(__name__)

_TOKEN_LIFETIME = timedelta(days=400)
"""How long a browser is known; longer than a year, since an organisation comes back to its plan once a year."""
_HISTORY = 100
"""Messages shown when a page is opened again."""


class Conversation(Protocol):
    """What the interface needs of the assistant."""

    workspace: Workspace

    async def text(self, member: MemberRef, channel: str, message: str) -> list[Reply]:
        """Answers what somebody wrote."""

    async def press(self, member: MemberRef, channel: str, button: str, title: str = "") -> list[Reply]:
        """Answers a pressed button."""

    def greeting(self) -> Reply:
        """What is shown before anything was said."""


class ApiError(Exception):
    """A fault that the client is told of: an HTTP status, a code for programs, a message for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status, self.code, self.message = status, code, message
        super().__init__(message)


class RateLimit:
    """At most `limit` events of one key in `seconds`; in memory, so each process counts its own.

    Kept by hand because the library that is usual for it asks for a newer ``packaging`` than Rasa allows.
    """

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float]) -> None:
        self._limit, self._seconds, self._clock = limit, seconds, clock
        self._seen: dict[str, deque[float]] = {}
        self._swept = clock()

    def __len__(self) -> int:
        """How many keys are held in memory."""
        return len(self._seen)

    def allows(self, key: str) -> bool:
        """Counts one event of `key`; False if that is one too many."""
        if self._limit == 0:
            return True
        now = self._clock()
        self._sweep(now)
        times = self._seen.setdefault(key, deque())
        while times and now - times[0] >= self._seconds:
            times.popleft()
        if len(times) >= self._limit:
            return False
        times.append(now)
        return True

    def _sweep(self, now: float) -> None:
        """Forgets the keys that are silent, once in each span: memory holds no more than two spans' worth of them."""
        if now - self._swept < self._seconds:
            return
        self._swept = now
        self._seen = {key: times for key, times in self._seen.items() if now - times[-1] < self._seconds}


class Session(BaseModel):
    """A new visitor's token; it is shown once and stored only as a hash."""

    token: str


class Say(BaseModel):
    """What somebody wrote, or the button they pressed: exactly one of the two."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(default=None, description="what somebody wrote, up to 2,000 characters")
    payload: str | None = Field(default=None, description="the pressed button's payload, as the reply gave it")
    title: str = Field(default="", max_length=200, description="the pressed button's title, for the history")

    @field_validator("text", "payload", "title")
    @classmethod
    def _whole_characters(cls, value: str | None) -> str | None:
        """JSON can carry half of a character that takes two units, which can be neither stored nor sent back."""
        return value if value is None else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    @model_validator(mode="after")
    def _one_of_two(self) -> Say:
        if (self.text is None) == (self.payload is None):
            raise ValueError("expected either `text` or `payload`")
        return self


class Said(BaseModel):
    """The assistant's replies."""

    messages: list[Reply]


class Line(BaseModel):
    """One message of the past."""

    model_config = ConfigDict(populate_by_name=True)

    id: int
    sender: str = Field(serialization_alias="from", description="`you` or `waymark`")
    at: datetime
    text: str | None = None
    reply: Reply | None = None


class History(BaseModel):
    """The last messages, oldest first, and what to show when there are none."""

    messages: list[Line]
    greeting: Reply


class Health(BaseModel):
    """Whether turns can be taken."""

    status: str
    version: str


class Problem(BaseModel):
    """What was wrong: a code for programs, and a sentence for people that says what to do."""

    code: str
    message: str


class Fault(BaseModel):
    """The body of every answer that is not a success."""

    error: Problem


def _faults(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers that a route can give besides success, for its description."""
    when = {
        401: "no token, or one that is unknown or revoked",
        413: "more than can be read at once",
        422: "not a message that can be read",
        429: "too many in a short time",
        503: "turns cannot be taken just now",
    }
    return {status: {"model": Fault, "description": when[status]} for status in statuses}


def api(conversation: Conversation, settings: Settings, version: str, clock: Callable[[], float]) -> APIRouter:
    """The routes below ``/api``."""
    router = APIRouter(prefix="/api", tags=["conversation"])
    workspace = conversation.workspace
    bearer = HTTPBearer(auto_error=False, description="the token that POST /api/session gave")
    turns = RateLimit(settings.rate_per_minute, 60, clock)
    sessions = RateLimit(settings.sessions_per_hour, 3600, clock)

    async def member(given: HTTPAuthorizationCredentials | None = Depends(bearer)) -> MemberRef:
        if given is None or not given.credentials:
            raise ApiError(
                401, "no_token", "No token was sent. Get one from POST /api/session and send it as a bearer token."
            )
        with workspace.unit() as unit:
            found = unit.find_member("web", given.credentials)
            unit.commit()
        if found is None:
            raise ApiError(
                401, "unknown_token", "This token is not known, or no longer. Get a new one from POST /api/session."
            )
        return found

    async def newcomer(request: Request) -> None:
        if not sessions.allows(request.client.host if request.client else "unknown"):
            raise ApiError(
                429, "too_many_sessions", "Too many conversations were begun from here. Try again in an hour."
            )

    @router.post("/session", status_code=201, summary="Begin a conversation", responses=_faults(429, 503))
    def session(_: None = Depends(newcomer)) -> Session:
        token = new_token()
        with workspace.unit() as unit:
            unit.new_member("web", token, expires_at=datetime.now(timezone.utc) + _TOKEN_LIFETIME)
            unit.commit()
        return Session(token=token)

    @router.post("/chat", summary="Say something, or press a button", responses=_faults(401, 413, 422, 429, 503))
    async def chat(said: Say, who: MemberRef = Depends(member)) -> Said:
        if not turns.allows(who.id):
            raise ApiError(429, "too_fast", "That was a lot at once. Wait a minute, then go on; nothing is lost.")
        try:
            if said.payload is not None:
                return Said(messages=await conversation.press(who, "web", said.payload, said.title))
            return Said(messages=await conversation.text(who, "web", said.text or ""))
        except MessageRefused as refused:
            raise ApiError(413 if refused.code == "too_long" else 422, refused.code, str(refused)) from None

    @router.get("/history", summary="What was said so far", responses=_faults(401, 503))
    def history(who: MemberRef = Depends(member)) -> History:
        with workspace.unit() as unit:
            records = unit.messages(who.id, limit=_HISTORY)
        return History(
            messages=[_line(r.id, r.direction, r.at, r.body) for r in records], greeting=conversation.greeting()
        )

    @router.get("/journey", summary="Where the journey stands, step by step", responses=_faults(401, 503))
    def journey(who: MemberRef = Depends(member)) -> JourneyMap:
        with workspace.unit() as unit:
            return journey_map(unit, who)

    @router.get("/health", summary="Whether turns can be taken", responses=_faults(503))
    def health() -> Health:
        try:
            with workspace.unit() as unit:
                unit.find_member("web", "health")
        except Exception:
            log.exception("the database cannot be read")
            raise ApiError(
                503, "unavailable", "The database cannot be read just now; the server's log says why."
            ) from None
        return Health(status="ok", version=version)

    return router


def _line(number: int, direction: str, at: datetime, body: Mapping[str, Any]) -> Line:
    moment = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
    if direction == "in":
        return Line(id=number, sender="you", at=moment, text=str(body.get("text", "")))
    return Line(id=number, sender="waymark", at=moment, reply=Reply.model_validate(body))
