"""Questions to the sources: finds what answers them, tells it in short with its source, and goes back to the thread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.composing import Composer, text
from actions.context import library, search
from actions.finding import Found, asked_who_paid, found_for
from actions.fitting import money_for
from actions.pointing import describes_another, describes_shown, picked, remember
from actions.profile import learn_profile, of_their_own
from actions.skill import Ctx, skill
from actions.telling import (
    add_money_note,
    button_name,
    in_short,
    line_of,
    name_of,
    numbered,
    short_name,
    shortened,
)
from actions.thread import offer_way_on, pick_up
from assistant.knowledge.entries import Funding, Status
from assistant.knowledge.items import Item
from assistant.knowledge.search import Result
from assistant.knowledge.search.text import words as spelt

__all__ = [
    "answer_from_sources",
    "answered_by_sources",
    "asked_who_paid",
    "asks_the_sources",
    "buttons_for",
    "choose",
    "close",
    "found_for",
    "names_an_entry",
    "nothing",
    "remember",
    "say_who_paid",
    "show_in_short",
    "tell_one",
    "tell_several",
]

_LIST = 3
_NAMED = 0.5
"""Share of a question's words that are a name, from which the thing of that name is meant."""
_CLEAR = 0.6
"""Share of the whole from which one result is told alone."""
_WORTH_LISTING, _EXAMPLE_TOO = 0.7, 0.5
"""Share of the best one's score from which a result is offered beside it; less for an example from the place and the
sector that were asked for, since that is what it has to fit."""
_OF_GAP = 0.62
"""Likeness to a subject outside the sources from which it is called by name."""
_NEAR_ENOUGH = 0.2
"""Score under which an entry is not even near."""
_WHOSE = {"sector": "consult.whose_sector", "country": "consult.whose_country"}
_COUNTS = ("consult.number_1", "consult.number_2", "consult.number_3")
_SAME_NAME = 10
"""Letters of two names that have to be the same for them to name the same: Textile 2020, TEXTILE2020 missions."""
_ASKING_INTENTS = frozenset({"ask_knowledge", "define_term"})
_OURS = re.compile(r"\b(?:we|our|us|i|my)\b", re.IGNORECASE)
_LIKE_US_ALONE = re.compile(
    r"^\W*(?:and |any |some |other |show me |what about )*(?:clusters?|others?|cases?|examples?|organi[sz]ations?|"
    r"anyone|anybody|somebody) (?:like us|(?:in|from|of) (?:our|the same) (?:sector|field|industry|country))\W*$",
    re.IGNORECASE,
)
""" "Clusters like us": no answer to a question, though it has neither a verb nor a question mark."""
_ONE = re.compile(r"\bone\b", re.IGNORECASE)
_OF_THEMSELVES = re.compile(r"^\W*(?:we|i)\b[^?]*$", re.IGNORECASE)
""" "We are consultants" says who is writing, and asks for nothing."""
_WHOLLY = 0.9
_SURE_ANSWER = 0.7
"""Score from which an entry answers what may not have been a question."""
_ROOM, _ROOM_LEFT = 500, 400
"""Characters for the lines of a list; less where something follows them."""
_LINE_WITH_PAID, _PAID_ROOM = 140, 110
_NAMES_ALONE = 0
"""Room in which only the names of a list are said."""
_LISTABLE = frozenset({"case", "funding", "network", "tool", "service", "event", "skill"})
"""Types of which several may be an answer; of a term or a guide one is."""


@skill("action_ask_knowledge")
def ask_knowledge(ctx: Ctx) -> None:
    """Answers a question from the sources, or says plainly that they hold nothing on it."""
    topic = ctx.entity("topic")
    answer_from_sources(ctx, topic or ctx.entity("note") or ctx.text, wanted="case" if topic else None)


def answer_from_sources(ctx: Ctx, words: str, *, wanted: str | None = None) -> None:
    """Answers `words`, offers what belongs to it, and takes up the thread again."""
    if ctx.text == words:
        learn_profile(ctx, words)
        if describes_shown(ctx, words):  # "and that case from Denmark?" asks for nothing new
            show_picked(ctx, picked(ctx, words))
            return
        wanted = wanted or describes_another(ctx, words)
    words, lacking = of_their_own(ctx, words)
    if lacking is not None and not ctx.shown.get("asked"):
        ctx.shown = {**ctx.shown, "asked": True}
        close(ctx, ctx.reply().say(_WHOSE[lacking]))
        return
    shorter, who_paid = asked_who_paid(words)
    if who_paid and not shorter:
        shorter = words
    found = found_for(ctx, shorter, wanted=wanted)
    composer = ctx.reply()
    if not found.results and found.wanted == "funding" and not found.query.unknown:
        _tell_money(ctx, composer)
    elif not found.results:
        nothing(ctx, composer, shorter)
    elif _one_is_meant(found):
        tell_one(ctx, composer, found.results[0], who_paid=who_paid)
    else:
        tell_several(ctx, composer, found, who_paid=who_paid)
    close(ctx, composer)


def _tell_money(ctx: Ctx, composer: Composer) -> None:
    """Money that fits the step and the organisation, where nothing more particular was asked for."""
    step = ctx.state.current if ctx.begun else None
    fits = money_for(ctx, step or "funding", _LIST)
    items = [fit.item for fit in fits]
    composer.say("consult.money_for_step" if step else "consult.money_in_general")
    numbered(composer, items, _ROOM_LEFT, whys=[fit.why for fit in fits])
    add_money_note(composer, items)
    remember(ctx, items[0], items)


def names_an_entry(words: str) -> bool:
    """Whether a message is the name of an entry and nothing else, misspelt or not: "Medicon Valey"."""
    query = search().read(words)
    near = search().nearest(query, None, 1) if query.words else []
    return bool(near) and near[0].named > _WHOLLY and near[0].item.entry is not None


def asks_the_sources(ctx: Ctx) -> bool:
    """Whether a message without a question mark, which may be an answer, is more likely a question to the sources."""
    likeliest = str(ctx.ranking[0]["name"]) if ctx.ranking else ""
    if _LIKE_US_ALONE.match(ctx.text) or describes_shown(ctx, ctx.text):
        return True
    if _ONE.search(ctx.text) and describes_another(ctx, ctx.text):
        return True  # but "the aerospace network" may well be an answer
    words, _ = of_their_own(ctx, ctx.text)
    if likeliest not in _ASKING_INTENTS or _OURS.search(words):
        return False
    return answered_by_sources(words)


def answered_by_sources(words: str) -> bool:
    """Whether an entry answers a message so well that it is taken for a question."""
    found = [] if _OF_THEMSELVES.match(words) else search().find(words, None, 1)
    return bool(found) and found[0].score >= _SURE_ANSWER and found[0].item.entry is not None


def _one_is_meant(found: Found) -> bool:
    first = found.results[0]
    others = [r for r in found.results[1:] if _beside(found, r)]
    if first.item.type not in _LISTABLE or not others:
        return True
    # Named, or clearly ahead. Who asks for examples wants several even then.
    return (first.share > _CLEAR or first.named > _NAMED) and found.wanted != "case"


def _beside(found: Found, result: Result) -> bool:
    """Whether a result is worth a line in a list that the first one leads."""
    first, query = found.results[0], found.query
    there = bool(query.named_places) and set(query.named_places) <= {*result.item.countries, *result.item.abroad}
    in_it = not query.sectors or bool(set(query.sectors) & set(result.item.sectors))
    least = _EXAMPLE_TOO if found.wanted == "case" and there and in_it else _WORTH_LISTING
    return result.item.type == first.item.type and result.score >= least * first.score


def tell_one(ctx: Ctx, composer: Composer, result: Result, *, who_paid: bool = False) -> None:
    """The answer that one entry gives."""
    item = result.item
    in_short(composer, item, None if who_paid else result.best)
    if who_paid:
        say_who_paid(composer, item)
    remember(ctx, item, (item,))
    buttons_for(composer, item)


def show_in_short(ctx: Ctx, item: Item) -> None:
    """An entry in short with its buttons; the list that it was chosen from stays."""
    composer = ctx.reply()
    in_short(composer, item)
    remember(ctx, item, None if item.id in ctx.shown.get("list", ()) else (item,))
    buttons_for(composer, item)
    close(ctx, composer)


def show_picked(ctx: Ctx, items: Sequence[Item]) -> None:
    """What was described of that which was shown; a choice where it may be several."""
    if len(items) == 1:
        show_in_short(ctx, items[0])
    else:
        choose(ctx, items)


def choose(ctx: Ctx, items: Sequence[Item], intent: str = "show_entry") -> None:
    """Asks which entry is meant.

    Args:
        ctx: the turn.
        items: those that may be.
        intent: what was to be done with it.
    """
    composer = ctx.reply().say("consult.which_one")
    numbered(composer, items[:_LIST], _NAMES_ALONE, intent=intent)
    close(ctx, composer)


def say_who_paid(composer: Composer, item: Item) -> None:
    """Who paid for a case, as far as its source says."""
    if not item.paid_by:
        composer.say("consult.paid_unknown", title=name_of(item))
        return
    for statement in item.paid_by:
        composer.raw(text("consult.paid", what=statement.text), statement.citations[:2])


def tell_several(ctx: Ctx, composer: Composer, found: Found, *, who_paid: bool = False) -> None:
    """A short list, one line each, from which to choose."""
    first = found.results[0]
    shown = _different([first.item, *(r.item for r in found.results[1:] if _beside(found, r))])
    shown = shown[: _LIST - who_paid]  # who paid takes a line each
    count = text(_COUNTS[len(shown) - 1])
    money = any(item.type == "funding" for item in shown)
    who_paid = who_paid and not money  # money pays; nobody pays for it
    # Nothing of the list may fall behind "more": the buttons below it are of all its lines.
    room = _LINE_WITH_PAID * len(shown) if who_paid else _ROOM_LEFT if money else _ROOM

    def paid(item: Item) -> None:
        if who_paid and item.paid_by:
            said = shortened(item.paid_by[0].text, _PAID_ROOM)
            composer.line(f"   {text('consult.paid', what=said)}", item.paid_by[0].citations[:1])

    composer.say("consult.several", count=count)
    numbered(composer, shown, room, below=paid)
    add_money_note(composer, shown)
    if who_paid and not any(item.paid_by for item in shown):
        composer.say("consult.paid_unknown_all")
    remember(ctx, shown[0], shown)


def _different(items: list[Item]) -> list[Item]:
    """Each cluster or programme once, as far as there are others: two entries on one are a poor choice of three."""
    of_names: dict[str, Item] = {}
    for item in items:
        of_names.setdefault("".join(spelt(short_name(item)))[:_SAME_NAME], item)
    first = list(of_names.values())
    return first + [item for item in items if item not in first]


def nothing(ctx: Ctx, composer: Composer, words: str) -> None:
    """Says that the sources hold nothing, on what if that is known, and whom to ask or what comes nearest."""
    query = search().read(words)
    gap, likeness = search().gap(query)
    known = likeness >= _OF_GAP
    if gap is not None and known:
        composer.say("consult.nothing_on", subject=gap.name)
        near = [library().item(id) for id in gap.ask_instead]
    else:
        results = search().nearest(query, None, 2) if query.words else []
        near = [r.item for r in results if r.score >= _NEAR_ENOUGH]
        composer.say("consult.nothing_outright" if near else "consult.nothing")
    if not near:
        return
    composer.say("consult.ask_instead" if known else "consult.nearest")
    for item in near:
        composer.line(f"- {line_of(item)}", item.of_summary[:1])
        composer.button(button_name(item), "show_entry", entry=item.id)
    remember(ctx, near[0], near)


def buttons_for(composer: Composer, item: Item) -> None:
    """What can be asked next about an item; each can be typed, too."""
    if item.statements or item.lessons:
        composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    if item.paid_by:
        composer.button(text("consult.button_paid"), "who_paid", entry=item.id)
    if item.type in _LISTABLE:
        composer.button(text("consult.button_like"), "more_like_this", entry=item.id)
    if isinstance(item.entry, Funding) and item.entry.status is not Status.STANDING:
        composer.button(text("consult.button_open"), "still_open", entry=item.id)
    composer.button(text("consult.button_source"), "ask_source", entry=item.id)


def close(ctx: Ctx, composer: Composer) -> None:
    """The way on: what was open, or what can be done."""
    if ctx.focus is None:
        offer_way_on(ctx, composer)
    else:
        pick_up(ctx)
