"""Two entries side by side."""

from __future__ import annotations

import re

from actions.composing import text
from actions.consult import close, remember
from actions.context import library, search
from actions.pointing import NUMBER, NUMBERS, about_shown, names_something
from actions.skill import Ctx, skill
from actions.telling import line_of, money_note, shortened, year_of
from assistant.knowledge.entries import Funding
from assistant.knowledge.items import Item
from assistant.knowledge.search import Filters

COMPARABLE = frozenset({"case", "funding", "network", "tool", "service", "event", "guide", "term"})
_COMPARING = re.compile(
    r"\b(?:compare|comparison of|difference between|different from|better than|or rather)\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*(?:\band\b|\bwith\b|\bto\b|\bversus\b|\bvs\b\.?|\bor\b|\bfrom\b|\bthan\b|,)\s*", re.IGNORECASE
)
_COMPARED_ROOM, _COMPARED_IN_ALL = 150, 470
_CELL = 60
_CANDIDATES, _OTHER_TYPE = 3, 2
"""Candidates for each side of a comparison, and how many places lower a pair of two types stands."""
_THE_TWO = re.compile(r"\b(?:the|of|these|those|them|between) two\b|\bboth\b", re.IGNORECASE)
_READ, _PARTS = 300, 4
"""Characters and parts of a comparison that are looked at: each part is a search."""


@skill("action_compare")
def compare(ctx: Ctx) -> None:
    """Two entries side by side: those named, or the two shown last."""
    pair = _pair(ctx)
    composer = ctx.reply()
    if len(pair) < 2:
        composer.say("consult.compare_what")
        close(ctx, composer)
        return
    for number, item in enumerate(pair, 1):
        composer.line(f"{number}. {line_of(item, _COMPARED_ROOM)}", item.of_summary[:1])
    for name, of_one, of_other in _differences(*pair):
        row = f"- {name}: {shortened(of_one, _CELL)} / {shortened(of_other, _CELL)}"
        if composer.length() + len(row) <= _COMPARED_IN_ALL:  # that the money is dated must not be cut off
            composer.line(row)
    if any(item.type == "funding" for item in pair):
        composer.raw(money_note(pair))
    for number, item in enumerate(pair, 1):
        composer.button(text("consult.button_more_on", number=number), "tell_more", entry=item.id)
    remember(ctx, pair[0], pair)
    close(ctx, composer)


def _pair(ctx: Ctx) -> list[Item]:
    given = [id for id in (ctx.entity("entry"), ctx.entity("other")) if id and id in library()]
    if len(given) == 2:
        return [library().item(id) for id in given]
    listed = [library().item(id) for id in ctx.shown.get("list", ()) if id in library()]
    if _THE_TWO.search(ctx.text) and len(listed) >= 2:
        return listed[:2]
    parts = [_candidates(part) for part in _BETWEEN.split(_COMPARING.sub(" ", ctx.text[:_READ]))[:_PARTS]]
    named = [each for each in parts if each]
    if len(named) >= 2:
        return _best_pair(named[0], named[1])
    numbers = [NUMBERS[n.lower()] for n in NUMBER.findall(ctx.text)]
    chosen = [listed[n] for n in numbers if -len(listed) <= n < len(listed)]
    about = about_shown(ctx)
    pool = [*(each[0] for each in named), *chosen, *([about] if about else []), *listed]
    return list(dict.fromkeys(pool))[:2]


def _candidates(words: str) -> list[Item]:
    """The entries that a part of a comparison may name, best first; none if it names nothing."""
    if not names_something(words):
        return []
    query = search().read(words)
    return [result.item for result in search().nearest(query, Filters(types=COMPARABLE), _CANDIDATES)]


def _best_pair(ones: list[Item], others: list[Item]) -> list[Item]:
    """The best candidates that are of one type, since a programme is compared with a programme."""
    pairs = [
        (i + j + _OTHER_TYPE * (one.type != other.type), [one, other])
        for i, one in enumerate(ones)
        for j, other in enumerate(others)
        if one is not other
    ]
    return min(pairs, key=lambda pair: pair[0])[1] if pairs else []


def _differences(one: Item, other: Item) -> list[tuple[str, str, str]]:
    """What can be set side by side, line by line."""
    rows = [(text("consult.year"), str(year_of(one)), str(year_of(other)))]
    if isinstance(one.entry, Funding) and isinstance(other.entry, Funding):
        for name in ("amount", "duration", "who_could_apply", "run_by"):
            values = [getattr(item.entry, name) for item in (one, other)]
            if any(values):
                said = [value or text("consult.not_said") for value in values]
                rows.append((text(f"consult.label_{name}"), said[0], said[1]))
        rows.append((text("consult.kind"), *(", ".join(k.value.replace("_", " ") for k in i.entry.kinds)
                                             for i in (one, other) if isinstance(i.entry, Funding))))  # type: ignore[arg-type]  # fmt: skip
    else:
        places = library().entries.places
        sectors = library().entries.sectors
        for label, keys in (("where", "countries"), ("abroad", "abroad")):
            said = [", ".join(places[k].name for k in getattr(i, keys)) for i in (one, other)]
            if any(said):
                rows.append((text(f"consult.{label}"), *(s or text("consult.not_said") for s in said)))  # type: ignore[arg-type]
        said = [", ".join(sectors[k].name for k in i.sectors) for i in (one, other)]
        if any(said):
            rows.append((text("consult.sector"), *(s or text("consult.all_sectors") for s in said)))  # type: ignore[arg-type]
    return rows
