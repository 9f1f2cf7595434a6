"""What is asked about an entry just shown: more of it, others like it, who paid, its source, whether it is open."""

from __future__ import annotations

import re

from actions.composing import text
from actions.consult import (
    answer_from_sources,
    asked_who_paid,
    choose,
    close,
    found_for,
    remember,
    say_who_paid,
    show_in_short,
)
from actions.context import library, search
from actions.fitting import like
from actions.pointing import (
    beyond_the_list,
    describes_another,
    describes_shown,
    item_meant,
    items_meant,
    listed_now,
    names_something,
    turn_to,
)
from actions.profile import speaks_of_own
from actions.skill import Ctx, skill
from actions.telling import (
    add_money_note,
    button_name,
    in_full,
    line_of,
    money_note,
    name_of,
    numbered,
    source_words,
    year_of,
)
from assistant.knowledge.entries import Funding
from assistant.knowledge.items import Item

_WHERE_FROM = re.compile(r"\b(?:where|sources?|references?|page|document|which book|cited?|come)\b", re.IGNORECASE)
_LIKE_ROOM, _LIKE_ROOM_LEFT = 520, 420
"""Characters for the lines of a list of others; less where the year of money follows."""
_PAYS = re.compile(r"\b(?:pays|(?:would|could|can|will|might) pay)\b", re.IGNORECASE)
_NEAR_ROOM = 120
_EXAMPLES = re.compile(r"\bexamples?\b|\bfor instance\b|\bwho (?:did|does|has|had|uses?|tried)\b", re.IGNORECASE)
_EXPLAINED = frozenset({"term", "tool", "guide", "factor", "recommendation", "skill"})
"""Types of which somebody wants an example, and not another one like it."""
_CASES = re.compile(r"\bcases?\b", re.IGNORECASE)


@skill("action_show_entry")
def show_entry(ctx: Ctx) -> None:
    """One entry of a list, in short."""
    show_meant(ctx)


def show_meant(ctx: Ctx) -> None:
    """Shows the entry that is meant."""
    item = _meant(ctx, "show_entry")
    if item is not None:
        show_in_short(ctx, item)


@skill("action_tell_more")
def tell_more(ctx: Ctx) -> None:
    """All that the entry holds."""
    tell_in_full(ctx)


def tell_in_full(ctx: Ctx) -> None:
    """Tells all of the entry that is meant."""
    item = _meant(ctx, "tell_more")
    if item is None:
        return
    composer = ctx.reply()
    in_full(composer, item)
    remember(ctx, item, told=True)
    if item.paid_by:
        composer.button(text("consult.button_paid"), "who_paid", entry=item.id)
    composer.button(text("consult.button_like"), "more_like_this", entry=item.id)
    composer.button(text("consult.button_source"), "ask_source", entry=item.id)
    for other in (library().item(id) for id in item.see[:2]):
        composer.button(button_name(other), "show_entry", entry=other.id)
    close(ctx, composer)


def _meant(ctx: Ctx, intent: str) -> Item | None:
    """The entry that is meant; None where the message has been answered otherwise, since none is, or several may be.

    Args:
        ctx: the turn.
        intent: what is to be done with it.
    """
    if beyond_the_list(ctx):
        listed = listed_now(ctx)
        composer = ctx.reply().say("consult.not_that_many")
        numbered(composer, listed, 0, intent=intent)
        close(ctx, composer)
        return None
    another = describes_another(ctx, ctx.text)
    if another is not None:
        answer_from_sources(ctx, ctx.text, wanted=another)
        return None
    items = items_meant(ctx)
    if len(items) > 1:
        choose(ctx, items, intent)
    elif not items:
        _none_shown(ctx)
    return items[0] if len(items) == 1 else None


@skill("action_more_like_this")
def more_like_this(ctx: Ctx) -> None:
    """Entries of the same type that have most in common with it, and what that is; or cases like the organisation."""
    like_us = ctx.entity("entry") is None and speaks_of_own(ctx.text)
    profile = ctx.turn.profile
    nothing_meant = item_meant(ctx) is None and not names_something(ctx.text)
    if like_us or (nothing_meant and (profile.sectors or profile.country)):
        answer_from_sources(ctx, ctx.text if like_us else text("consult.like_us"), wanted="case")
        return
    item = _meant(ctx, "more_like_this")
    if item is None:
        return
    query = search().read(ctx.text)
    if query.named_places or query.sectors:  # "similar, but in Asia"
        answer_from_sources(ctx, ctx.text, wanted=item.type)
        return
    composer = ctx.reply()
    exemplified = item.type in _EXPLAINED and _EXAMPLES.search(ctx.text)
    kind = "case" if exemplified or _CASES.search(ctx.text) else item.type
    others = like(item, 3, kind, listed_now(ctx))
    composer.say("consult.like" if kind == item.type else "consult.cases_of", title=name_of(item))
    room = (_LIKE_ROOM_LEFT if item.type == "funding" else _LIKE_ROOM) - composer.length()
    numbered(composer, [other for other, _ in others], room, whys=[why for _, why in others])
    add_money_note(composer, [other for other, _ in others])
    remember(ctx, item, [other for other, _ in others])
    close(ctx, composer)


@skill("action_who_paid")
def who_paid(ctx: Ctx) -> None:
    """Who paid for the case just shown; where the message names another, for that."""
    item = _meant(ctx, "who_paid")
    if item is None:
        return
    if item.type == "funding":
        show_in_short(ctx, item)
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
            add_money_note(composer, near)
    composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    close(ctx, composer)


@skill("action_ask_source")
def ask_source(ctx: Ctx) -> None:
    """Where an entry is from: document, place, lines, and how old that is."""
    if _WHERE_FROM.search(ctx.text) is None and describes_shown(ctx, ctx.text):
        show_meant(ctx)  # "that case from Denmark" asks for the case
        return
    item = _meant(ctx, "ask_source")
    if item is None:
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
    item = _meant(ctx, "still_open")
    if item is None:
        return
    if item.type != "funding" and ctx.entity("entry") is None:  # what was asked is asked of money
        named = found_for(ctx, ctx.text, wanted="funding").results if names_something(ctx.text) else ()
        item = next((i for i in (*(r.item for r in named), *listed_now(ctx)) if i.type == "funding"), item)
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
    if names_something(words) or _PAYS.search(ctx.text):
        answer_from_sources(ctx, words or ctx.text)
        return
    composer = ctx.reply().say("consult.none_shown")
    close(ctx, composer)
