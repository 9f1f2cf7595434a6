"""What is asked about an entry just shown: more of it, others like it, who paid, its source, whether it is open."""

from __future__ import annotations

import re

from actions.composing import text
from actions.consult import answer_from_sources, asked_who_paid, buttons_for, close, found_for, remember, say_who_paid
from actions.context import library, search
from actions.fitting import like
from actions.pointing import item_meant, names_something, not_that_many, turn_to
from actions.skill import Ctx, skill
from actions.telling import (
    button_name,
    in_full,
    in_short,
    line_of,
    money_note,
    name_of,
    source_words,
    year_of,
)
from assistant.knowledge.entries import Funding
from assistant.knowledge.items import Item

_LIKE_US = re.compile(r"\b(?:like|similar to|same as) (?:us|ours|our \w+|me|mine)\b", re.IGNORECASE)
_LIKE_ROOM, _LIKE_ROOM_LEFT = 520, 420
"""Characters for the lines of a list of others; less where the year of money follows."""
_PAYS = re.compile(r"\b(?:pays|(?:would|could|can|will|might) pay)\b", re.IGNORECASE)
_NEAR_ROOM = 120
_CASES = re.compile(r"\bcases?\b", re.IGNORECASE)


@skill("action_show_entry")
def show_entry(ctx: Ctx) -> None:
    """One entry of a list, in short."""
    show_meant(ctx)


def show_meant(ctx: Ctx) -> None:
    """Shows the entry that is meant."""
    if not_that_many(ctx):
        return
    item = item_meant(ctx)
    if item is None:
        _none_shown(ctx)
        return
    composer = ctx.reply()
    in_short(composer, item)
    listed = ctx.shown.get("list", [])
    ctx.shown = {"about": item.id, "list": listed if item.id in listed else [item.id]}
    buttons_for(composer, item)
    close(ctx, composer)


@skill("action_tell_more")
def tell_more(ctx: Ctx) -> None:
    """All that the entry holds."""
    tell_in_full(ctx)


def tell_in_full(ctx: Ctx) -> None:
    """Tells all of the entry that is meant."""
    if not_that_many(ctx):
        return
    item = item_meant(ctx)
    if item is None:
        _none_shown(ctx)
        return
    composer = ctx.reply()
    in_full(composer, item)
    ctx.shown = {**ctx.shown, "about": item.id, "told": True}
    if item.paid_by:
        composer.button(text("consult.button_paid"), "who_paid", entry=item.id)
    composer.button(text("consult.button_like"), "more_like_this", entry=item.id)
    composer.button(text("consult.button_source"), "ask_source", entry=item.id)
    for other in (library().item(id) for id in item.see[:2]):
        composer.button(button_name(other), "show_entry", entry=other.id)
    close(ctx, composer)


@skill("action_more_like_this")
def more_like_this(ctx: Ctx) -> None:
    """Entries of the same type that have most in common with it, and what that is; or cases like the organisation."""
    item = None if _LIKE_US.search(ctx.text) else item_meant(ctx)
    if item is None:
        _like_us(ctx)
        return
    query = search().read(ctx.text)
    if query.named_places or query.sectors:  # "similar, but in Asia"
        answer_from_sources(ctx, ctx.text, wanted=item.type)
        return
    composer = ctx.reply()
    others = like(item, 3, "case" if _CASES.search(ctx.text) else item.type)
    composer.say("consult.like", title=name_of(item))
    room = (_LIKE_ROOM_LEFT if item.type == "funding" else _LIKE_ROOM) - composer.length()
    for number, (other, why) in enumerate(others, 1):
        words = line_of(other, room // len(others) - len(why))
        composer.line(f"{number}. {words}" + (f" ({why})" if why else ""), other.of_summary)
        composer.button(text("consult.button_number", number=number), "show_entry", entry=other.id)
    if item.type == "funding":
        composer.raw(money_note([other for other, _ in others]))
    remember(ctx, item, [other for other, _ in others])
    close(ctx, composer)


def _like_us(ctx: Ctx) -> None:
    """Cases from the organisation's own sector, or from its country; where neither is known, it is asked for."""
    profile, entries = ctx.turn.profile, library().entries
    names = [entries.sectors[s].name for s in profile.sectors if s in entries.sectors]
    if not names and profile.country in entries.places:
        names = [entries.places[str(profile.country)].name]
    if not names:
        composer = ctx.reply().say("consult.like_whom")
        close(ctx, composer)
        return
    answer_from_sources(ctx, text("consult.like_us", sector=", ".join(names)), wanted="case")


@skill("action_who_paid")
def who_paid(ctx: Ctx) -> None:
    """Who paid for the case just shown; where the message names another, for that."""
    item = item_meant(ctx)
    if item is None and (names_something(ctx.text) or _PAYS.search(ctx.text)):
        answer_from_sources(ctx, ctx.text)
        return
    if item is None:
        _none_shown(ctx)
        return
    if item.type == "funding":
        show_entry_in_short(ctx, item)
        return
    composer = ctx.reply()
    if item.paid_by:
        composer.say("consult.paid_for", title=name_of(item), year=year_of(item))
    say_who_paid(composer, item)
    turn_to(ctx, item)
    if not item.paid_by:
        linked = [library().item(id) for id in item.see if id.startswith("funding/")]
        others = () if linked else found_for(ctx, item.title, wanted="funding", sure=False).results
        near = [*linked, *(result.item for result in others if result.item.type == "funding")][:2]
        if near:
            composer.say("consult.could_pay")
            for other in near:
                composer.line(f"- {line_of(other, _NEAR_ROOM)}", other.of_summary[:1])
                composer.button(button_name(other), "show_entry", entry=other.id)
            composer.raw(money_note(near))
    composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    close(ctx, composer)


def show_entry_in_short(ctx: Ctx, item: Item) -> None:
    """An entry with its buttons."""
    composer = ctx.reply()
    in_short(composer, item)
    remember(ctx, item, (item,))
    buttons_for(composer, item)
    close(ctx, composer)


@skill("action_ask_source")
def ask_source(ctx: Ctx) -> None:
    """Where an entry is from: document, place, lines, and how old that is."""
    item = item_meant(ctx)
    if item is None:
        _none_shown(ctx)
        return
    composer = ctx.reply().say("consult.source", title=name_of(item), cite=item.of_summary)
    for line in source_words(item):
        composer.line(line)
    composer.raw(library().source(item.citations[0]).status_note)
    turn_to(ctx, item)
    composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    close(ctx, composer)


@skill("action_still_open")
def still_open(ctx: Ctx) -> None:
    """Whether money can still be had: what the source's year allows to say, and what to check."""
    item = item_meant(ctx)
    if item is None or (item.type != "funding" and not ctx.entity("entry")):
        meant = found_for(ctx, ctx.text, wanted="funding").results if names_something(ctx.text) else ()
        shown = [library().item(id) for id in ctx.shown.get("list", ()) if id in library()]
        money = next((i for i in (*(r.item for r in meant), *shown) if i.type == "funding"), None)
        if money is None and item is None:
            _none_shown(ctx)
            return
        item = money or item
    assert item is not None
    composer = ctx.reply()
    if isinstance(item.entry, Funding):
        composer.raw(f"**{name_of(item)}**: {money_note([item])}", item.of_summary)
        if item.entry.succeeded_by is not None and item.entry.succeeded_by.note:
            composer.raw(text("consult.successor_note", note=item.entry.succeeded_by.note))
    else:
        composer.say("consult.not_money", title=name_of(item), year=year_of(item), cite=item.of_summary)
    composer.say("consult.check_where")
    turn_to(ctx, item)
    composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    composer.button(text("consult.button_like"), "more_like_this", entry=item.id)
    close(ctx, composer)


def _none_shown(ctx: Ctx) -> None:
    """Nothing was shown that could be meant: the message is taken as a question of its own."""
    words, _ = asked_who_paid(ctx.text)
    if names_something(words):
        answer_from_sources(ctx, words)
        return
    composer = ctx.reply().say("consult.none_shown")
    close(ctx, composer)
