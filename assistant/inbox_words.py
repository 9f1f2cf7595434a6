"""Who left a message for a person, and where in the journey they were, in words for the operator."""

from __future__ import annotations

from datetime import datetime

from assistant.knowledge.journey import KnowledgeError, load_journey
from assistant.settings import ROOT
from assistant.workspace import InboxMessage

__all__ = ["left_at", "where", "who"]

_CHANNELS = {"web": "the web page", "terminal": "the terminal"}


def who(message: InboxMessage) -> str:
    """ "Anna, Alpine Photonics (furniture, SI)", as far as it is known."""
    organisation = message.organisation or "an organisation without a name"
    known = [sector.replace("-", " ").replace("_", " ") for sector in message.sectors]
    known += [message.country] if message.country else []
    told = f"{organisation} ({', '.join(known)})" if known else organisation
    return f"{message.member}, {told}" if message.member else told


def where(message: InboxMessage) -> str:
    """ "step 5, Implement training: a training plan; the web page", as far as it is known."""
    channel = _CHANNELS.get(message.channel, message.channel)
    return f"{_place(message)}; {channel}" if message.step else channel


def _place(message: InboxMessage) -> str:
    """The step's title and the question's label; their ids where the files do not hold them, or are not in order."""
    step = "funding" if message.step == "funding" else f"step {message.step}"
    try:
        journey = load_journey(ROOT / "knowledge")
        place = f"{step}, {journey.step(str(message.step)).title.rstrip('?')}"
        return f"{place}: {journey.question(message.question).label}" if message.question else place
    except (KnowledgeError, KeyError):
        return f"{step}, {message.question}" if message.question else step


def left_at(moment: datetime) -> str:
    """ "2 March 2026, 09:00 UTC"."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
