"""Two entries side by side."""

from __future__ import annotations

import re

from actions.composing import text
from actions.consult import close, remember
from actions.context import library, search
from actions.pointing import NUMBER, NUMBERS, about_shown, listed_now, names_something, picked, shown_lately
from actions.skill import Ctx, skill
from actions.telling import add_money_note, numbered, shortened, year_of
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
_COMPARED_ROOM, _COMPARED_IN_ALL = 300, 470
_CELL = 60
_CANDIDATES, _OTHER_TYPE = 3, 2
"""Candidates for each side of a comparison, and how many places lower a pair of two types stands."""
_NAMED, _SCORED = 0.5, 0.6
"""From which share of its words that are a name, or from which score, a part of a comparison names an entry."""
_THE_TWO = re.compile(
    r"\b(?:the|of|these|those|them|between)(?: (?:first|top|other))? two\b|\bboth\b"
    r"|\bwhich (?:one )?(?:of|among|between) (?:them|these|those)"
    r"\b|\bwhich (?:one )?(?:is|was|has|had|would|costs?|pays?|takes?) (?:the )?(?:\w+er|\w+est|more|less|most)\b",
    re.IGNORECASE,
)
""" "Which of them is newer": those just shown are meant, and nothing of that name."""
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
    numbered(composer, pair, _COMPARED_ROOM, intent="tell_more", button="consult.button_more_on")
    for name, of_one, of_other in _differences(*pair):
        row = f"- {name}: {shortened(of_one, _CELL)} / {shortened(of_other, _CELL)}"
        if composer.length() + len(row) <= _COMPARED_IN_ALL:  # that the money is dated must not be cut off
            composer.line(row)
    add_money_note(composer, pair)
    remember(ctx, pair[0], pair)
    close(ctx, composer)


def _pair(ctx: Ctx) -> list[Item]:
    given = [id for id in (ctx.entity("entry"), ctx.entity("other")) if id and id in library()]
    if len(given) == 2:
        return [library().item(id) for id in given]
    listed = listed_now(ctx)
    parts = [_candidates(ctx, part) for part in _BETWEEN.split(_COMPARING.sub(" ", ctx.text[:_READ]))[:_PARTS]]
    named = [each for each in parts if each]
    if len(named) >= 2:
        return _best_pair(named[0], named[1])
    if _THE_TWO.search(ctx.text):
        return _two_shown(ctx, listed)
    numbers = [NUMBERS[n.lower()] for n in NUMBER.findall(ctx.text)]
    chosen = [listed[n] for n in numbers if -len(listed) <= n < len(listed)]
    about = about_shown(ctx)
    pool = [*(each[0] for each in named), *chosen, *([about] if about else []), *listed]
    return list(dict.fromkeys(pool))[:2]


def _two_shown(ctx: Ctx, listed: list[Item]) -> list[Item]:
    """The two listed first; of one alone, it and what of its type was shown before it."""
    if len(listed) >= 2:
        return listed[:2]
    about = about_shown(ctx)
    return [item for item in shown_lately(ctx) if about is not None and item.type == about.type][:2][::-1]


def _candidates(ctx: Ctx, words: str) -> list[Item]:
    """The entries that a part of a comparison describes or clearly names, best first; none if it names nothing."""
    described = picked(ctx, words)
    if described or not names_something(words):
        return described
    results = search().nearest(search().read(words), Filters(types=COMPARABLE), _CANDIDATES)
    return [r.item for r in results if r.named > _NAMED or r.score >= _SCORED]


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
