"""What an organisation says about itself: its sectors and its country, so that what is offered fits."""

from __future__ import annotations

import re

from actions.composing import text
from actions.context import library, search
from actions.skill import Ctx
from assistant.knowledge.search.text import words as spelt

__all__ = ["learn_profile", "profile_words", "told_of_self"]

_OURS = re.compile(
    r"\b(?:we(?:'re| are)?|i'?m|i am|our (?:cluster|members|firms|companies|network|organi[sz]ation)(?: is| are)?|"
    r"(?:i|we) (?:run|manage|work for|represent|lead)|my cluster)\b",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"\b(?:contacts?|partners?|go|going|went|market|markets|export\w*|visit\w*|project|projects|interested|want|"
    r"look\w*|mission|fair|office|with|to|toward|towards)\b[^.;]*$",
    re.IGNORECASE,
)
""" "We have contacts in Japan" says where they look, not where they are."""


def told_of_self(words: str) -> tuple[tuple[str, ...], str | None]:
    """The sectors and the country that somebody says are their own: (sectors, ISO code)."""
    if not _OURS.search(words):
        return (), None
    reader = search().reader
    said = spelt(words)
    own = [key for key, at in reader.place_names.places_of(said) if not _ABROAD.search(" ".join(said[:at]))]
    country = next((key for key in own if len(key) == 2), None)
    return reader.read(words).sectors, country


def learn_profile(ctx: Ctx, words: str) -> tuple[tuple[str, ...], str | None]:
    """Keeps what a message says of the organisation's sectors and country; returns what was new."""
    sectors, country = told_of_self(words)
    known = ctx.turn.profile
    new_sectors = sectors if sectors and sectors != known.sectors else ()
    new_country = country if country and country != known.country else None
    if new_sectors or new_country:
        ctx.turn.set_profile(new_sectors or None, new_country)
    return new_sectors, new_country


def profile_words(ctx: Ctx) -> str:
    """What is known of the organisation, in words."""
    profile = ctx.turn.profile
    entries = library().entries
    parts = [entries.sectors[s].name for s in profile.sectors if s in entries.sectors]
    if profile.country in entries.places:
        parts.append(entries.places[str(profile.country)].name)
    return ", ".join(parts) or text("profile.nothing")
