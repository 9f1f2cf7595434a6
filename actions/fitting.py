"""What fits an organisation at a place of its journey: a case, a tool and money, each with the reason why it fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.composing import Composer, text
from actions.context import library, search
from actions.pointing import remember
from actions.skill import Ctx
from actions.telling import short_name, year_of
from assistant.knowledge.entries import Funding, Status
from assistant.knowledge.items import Item
from assistant.knowledge.search import Filters, Query, Ranking, Result

__all__ = ["Fit", "add_fits", "fits_for", "like", "money_for", "suiting"]

_TYPES = ("funding", "case", "tool")
"""In the order in which they are chosen: there is least money to choose from."""
_SHOWN_AS = ("case", "tool", "funding")
_LOOKED_AT, _OTHERS_LOOKED_AT = 25, 10
_SAME_SECTOR, _NEAR_SECTOR, _OTHER_SECTOR = 5.0, 1.5, -1.5
_SAME_COUNTRY, _SAME_REGION, _OTHER_COUNTRY = 2.5, 0.8, -0.8
_FIRST_STEP, _OF_CHAPTER = 2.0, 2.0
_SUBJECT, _OTHER_STEP = 0.4, 1.5
_RICH, _ENOUGH = 2.0, 8
_CLOSED = -2.0
_FAR_AWAY, _TO_READ = -2.0, -2.0
"""How much what is known of an organisation counts beside how well an entry fits the question, whose scores differ
by a few from one entry to the next; settled by looking at what is offered (tests/actions/test_fitting.py)."""
_AS_GOOD = 0.9
"""Share of the best one's score from which one for this audience is told before one for the other, and an entry before
a question."""
_NAMED = 0.5
"""Share of a question's words that are a name, from which it is asked for whatever it is."""
_NOT_THEIRS = 0.6
"""What the score of an entry counts that is of another sector, or for another country alone."""
_OF_A_COUNTRY = frozenset({"funding", "network", "service"})
"""Types of which one of another country is hardly of use; of a case one can learn from anywhere."""
_WIDE = frozenset({"world", "eu", "europe"})


@dataclass(frozen=True)
class Fit:
    """An entry that fits, and why, in words, the strongest reason first."""

    item: Item
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """All reasons."""
        return ", ".join(self.reasons)


def fits_for(ctx: Ctx, step: str, question: str | None = None, *, anew: bool = True) -> list[Fit]:
    """The case, the tool and the money that fit best: to a question's subject, or to a step.

    Each is for this audience; what is known of the organisation's sectors and country counts. With `anew`, what was
    offered lately counts less.
    """
    prose = ctx.step(step)
    words = ctx.question(question).action.of(ctx.audience) if question else f"{prose.title}. {prose.in_short}"
    engine = search()
    query = engine.read(words)
    ranking = engine.rank(query)
    offered = set(ctx.shown.get("offered", ())) if anew else set()
    found: dict[str, Item] = {}
    for kind in _TYPES:
        others = list(found.values())
        best = next(
            (i for i in _best(ctx, step, kind, ranking, offered) if not any(_same_thing(i, o) for o in others)), None
        )
        if best is not None:
            found[kind] = best
    return [Fit(found[kind], _why(ctx, found[kind], step)) for kind in _SHOWN_AS if kind in found]


def money_for(ctx: Ctx, step: str, number: int) -> list[Fit]:
    """The money that fits best at a step, whatever it is for."""
    prose, engine = ctx.step(step), search()
    ranking = engine.rank(engine.read(f"{prose.title}. {prose.in_short}"))
    return [Fit(item, _why(ctx, item, step)) for item in _best(ctx, step, "funding", ranking, set())[:number]]


def _best(ctx: Ctx, step: str, kind: str, ranking: Ranking, offered: set[str]) -> list[Item]:
    """The entries of a type that fit a step, best first, by what is known of the organisation and what they hold."""
    engine = search()
    filters = Filters(types=frozenset({kind}), steps=frozenset({step}), audience=ctx.audience.value)
    results = engine.ranked(ranking, filters, _LOOKED_AT)
    # Of some steps hardly any money is spoken of; what is not for this step may then still be better.
    others = engine.ranked(ranking, replace(filters, steps=frozenset()), _OTHERS_LOOKED_AT)
    results += [(item, score - _OTHER_STEP / _SUBJECT) for item, score in others if step not in item.steps]
    scored = [(_SUBJECT * score + _suits(ctx, item) + _worth(item, step), item) for item, score in results]
    fitting = [(score, item) for score, item in scored if kind != "funding" or _for_them(ctx, item)]
    return [item for _, item in sorted(fitting, key=lambda pair: (pair[1].id in offered, -pair[0]))]


def _for_them(ctx: Ctx, item: Item) -> bool:
    """Whether money is not only for a country or region that is not theirs."""
    country = ctx.turn.profile.country
    theirs = {country, *_regions(country)} if country else set()
    return not item.countries or bool(_WIDE & set(item.countries)) or bool(theirs & set(item.countries))


def _same_thing(one: Item, other: Item) -> bool:
    """Whether two entries tell of the same: a programme as money and as a case."""
    return one.id.split("/")[1] == other.id.split("/")[1]


_TO_READ_ONLY = re.compile(r"\b(?:handbook|report|reports|paper|survey|brochure|study|missing|literature)\b", re.I)
"""Tools that are something to read rather than to use."""


def _worth(item: Item, step: str) -> float:
    """How much an entry has to give at a step, whoever asks."""
    chapter = "Utilise funding" if step == "funding" else f"Step {step},"
    of_chapter = any(c.source == "tactics" and c.where.startswith(chapter) for c in item.citations)
    total = _FIRST_STEP * (item.steps[:1] == (step,)) + _OF_CHAPTER * of_chapter
    total += _TO_READ * bool(item.type == "tool" and _TO_READ_ONLY.search(item.title))
    total += _RICH * min(len(item.statements), _ENOUGH) / _ENOUGH
    if isinstance(item.entry, Funding):
        total += _CLOSED * (item.entry.status is Status.CLOSED)
    return total


def _suits(ctx: Ctx, item: Item) -> float:
    profile = ctx.turn.profile
    total = 0.0
    if profile.sectors and item.sectors:
        same = set(profile.sectors) & set(item.sectors)
        total += _SAME_SECTOR if same else _OTHER_SECTOR if _of_another_sector(ctx, item) else _NEAR_SECTOR
    if profile.country and item.countries:
        regions = set(_regions(profile.country))
        if profile.country in item.countries:
            total += _SAME_COUNTRY
        elif regions & set(item.countries):
            total += _SAME_REGION
        else:
            total += _OTHER_COUNTRY
            far = not regions & {r for key in item.countries for r in (key, *_regions(key))}
            total += _FAR_AWAY * far
    return total


def _of_another_sector(ctx: Ctx, item: Item) -> bool:
    """Whether an entry is of sectors that are neither theirs nor near to theirs; not if it is for all."""
    sectors, own = library().entries.sectors, ctx.turn.profile.sectors
    around = {*own, *(near for sector in own for near in sectors[sector].near)}
    return bool(own) and bool(item.sectors) and not around & set(item.sectors)


def suiting(ctx: Ctx, query: Query, results: Sequence[Result]) -> list[Result]:
    """Results in the order that suits who asks.

    First, among those that fit about as well, comes what is for this audience and more than a question of a checklist.
    Where the question names neither a sector nor a place, what is of another sector than theirs goes down, and so
    does money or a network that is for another country alone.
    """

    def worth(result: Result) -> float:
        item = result.item
        if query.sectors or set(query.named_places) - _WIDE:
            return result.score
        other = _of_another_sector(ctx, item)
        if ctx.turn.profile.country and item.type in _OF_A_COUNTRY:
            other = other or not _for_them(ctx, item)
        return result.score * (_NOT_THEIRS if other and result.named <= _NAMED else 1.0)

    worths = [worth(result) for result in results]
    least = _AS_GOOD * max(worths, default=0.0)
    suits = [
        value >= least and ctx.audience in r.item.audience and r.item.type != "question"
        for r, value in zip(results, worths, strict=True)
    ]
    # The results' own order stays where nothing goes down: a term that is named comes before what scores higher.
    goes_down = any(value < r.score for r, value in zip(results, worths, strict=True))
    order = sorted(range(len(results)), key=lambda i: (not suits[i], -worths[i] if goes_down else 0.0))
    return [results[i] for i in order]


def _regions(country: str) -> Sequence[str]:
    return library().entries.places[country].within


def _why(ctx: Ctx, item: Item, step: str) -> tuple[str, ...]:
    """Why an entry is offered, in a few words; only what is true of it."""
    profile = ctx.turn.profile
    reasons = []
    shared = [s for s in profile.sectors if s in item.sectors]
    if shared:
        reasons.append(text("fitting.same_sector", sector=library().entries.sectors[shared[0]].name))
    elif profile.sectors:
        near = [s for s in item.sectors if any(s in library().entries.sectors[p].near for p in profile.sectors)]
        if near:
            reasons.append(text("fitting.near_sector", sector=library().entries.sectors[near[0]].name))
    if profile.country:
        if profile.country in item.countries:
            reasons.append(text("fitting.same_country", country=library().entries.places[profile.country].name))
        else:
            around = [r for r in _regions(profile.country) if r in item.countries and r not in _WIDE]
            if around:
                reasons.append(text("fitting.region", region=library().entries.places[around[0]].name))
    if not reasons and step in item.steps:
        key = "fitting.funding_step" if step == "funding" else "fitting.this_step"
        reasons.append(text(key, step=step))
    if not reasons:
        reasons.append(text("fitting.near_subject"))
    return tuple(reasons)


def add_fits(
    ctx: Ctx, composer: Composer, step: str, question: str | None = None, *, advised: str | None = None
) -> None:
    """Adds one line that names what fits, with the reasons.

    Args:
        ctx: the turn.
        composer: the reply.
        step: the step.
        question: the question that it is to help with.
        advised: on what advice was given beside it, to be remembered.
    """
    fits = fits_for(ctx, step, question)
    parts = []
    for fit in fits:
        why = fit.why if fit.item.type == "case" else fit.reasons[0]  # there is room for one line
        words = text(f"fitting.{fit.item.type}", name=short_name(fit.item), why=why, year=year_of(fit.item))
        parts.append(words + composer.marks(fit.item.of_summary))
    composer.say("fitting.may_help", what="; ".join(parts))
    items = [fit.item for fit in fits]
    if ctx.showing:  # what was asked for is what "tell me more" means
        remember(ctx, offered=items, told=bool(ctx.shown.get("told")), advised=advised)
    else:
        remember(ctx, items[0], items, offered=items, advised=advised)


def like(item: Item, number: int, kind: str, shown: Sequence[Item] = ()) -> list[tuple[Item, str]]:
    """Entries of a type that are most like one, and what they have in common; those not shown yet come first."""
    places, sectors = library().entries.places, library().entries.sectors
    found = []
    for other, score in search().similar(item.id, Filters(types=frozenset({kind})), 12):
        shared_sectors = [s for s in item.sectors if s in other.sectors]
        shared_abroad = [p for p in item.abroad if p in other.abroad and p not in _WIDE]
        shared_home = [p for p in item.countries if p in other.countries and p not in _WIDE]
        total = score + 0.15 * bool(shared_sectors) + 0.12 * bool(shared_abroad) + 0.05 * bool(shared_home)
        reasons = [text("fitting.like_sector", sector=sectors[s].name) for s in shared_sectors[:1]]
        reasons += [text("fitting.like_abroad", place=places[p].name) for p in shared_abroad[:1]]
        reasons += [text("fitting.like_home", place=places[p].name) for p in shared_home[:1] if not reasons]
        found.append((total, other, ", ".join(reasons)))
    found.sort(key=lambda each: (each[1] in shown, -each[0]))
    return [(other, why) for _, other, why in found[:number]]
