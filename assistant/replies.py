"""The one message model: what the assistant says, whatever channel carries it.

Actions make replies; channels render them within their limits. The text is a small subset
of Markdown: ``**bold**``, ``*italic*``, line breaks, lists that begin with ``- `` or ``1. ``.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["LONGEST_TEXT", "MOST_BUTTONS", "Button", "Cite", "Image", "Progress", "Reply", "as_typed", "payload"]

LONGEST_TEXT = 600
"""Characters. Longer texts are cut into parts, with a "more" button."""

MOST_BUTTONS = 6
"""More than six choices are a menu, not a question."""


def payload(intent: str, **entities: object) -> str:
    """What a button sends: ``/intent{"entity": "value"}``, as Rasa reads it."""
    given = {k: v for k, v in entities.items() if v is not None}
    return f"/{intent}{json.dumps(given, separators=(',', ':'))}" if given else f"/{intent}"


def as_typed(title: str) -> str:
    """A button's title as somebody may type it: lower case, without marks at its ends."""
    return title.strip(" .,;:!?\"'“”‘’()[]").casefold()


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Button(_Model):
    """A choice: its title, and the payload that it sends. Everything it does can also be typed."""

    title: str
    payload: str


class Cite(_Model):
    """A footnote: the source's short title, the place, and the lines of the text copy."""

    n: int
    source: str
    title: str
    where: str
    lines: str
    entry: str | None = None


class Progress(_Model):
    """Which question of which step is being asked."""

    step: str
    title: str
    question: int
    of: int


class Image(_Model):
    """A picture with its alternative text."""

    url: str
    alt: str


class Reply(_Model):
    """One message of the assistant."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    citations: tuple[Cite, ...] = ()
    progress: Progress | None = None
    image: Image | None = None
    attachments: tuple[dict[str, Any], ...] = Field(default=())

    def flat_buttons(self) -> list[Button]:
        """All buttons, without their rows."""
        return [b for row in self.buttons for b in row]
