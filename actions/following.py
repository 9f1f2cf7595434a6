"""What is asked about an entry just shown: more of it, others like it, who paid, its source, whether it is open."""

from __future__ import annotations

import re

from actions.composing import text
from actions.consult import answer_from_sources, asked_who_paid, buttons_for, close, found_for, remember, say_who_paid
from actions.context import library, search
from actions.fitting import like
from actions.skill import Ctx, skill
from actions.telling import (
    button_name,
    in_full,
    in_short,
    line_of,
    money_note,
    name_of,
    shortened,
    source_words,
    year_of,
)
from assistant.knowledge.entries import Funding
from assistant.knowledge.items import Item
from assistant.knowledge.search import Filters
from assistant.knowledge.search.text import content

_NUMBERS = {
    "1": 0, "first": 0, "1st": 0, "number one": 0, "2": 1, "second": 1, "2nd": 1, "number two": 1, "3": 2, "third": 2,
    "3rd": 2, "number three": 2, "last": -1,
}  # fmt: skip
_BEYOND = re.compile(r"\b(?:fourth|fifth|sixth|seventh|[4-9]th|number (?:[4-9]|four|five|six))\b", re.IGNORECASE)
"""A number that no list has."""
_LIKE_US = re.compile(r"\b(?:like|similar to|same as) (?:us|ours|our \w+|me|mine)\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_POINTING = frozenset(
    "more tell about on it that this one the details detail please case example programme fund instrument network tool "
    "event show open again give us explain source where from come comes what's whats year still available like similar "
    "others compare with and between difference versus vs paid pay pays funded financed number option second first "
    "third last further how much two both fourth fifth sixth call calls deadline apply closed ended over running exist "
    "exists replaced succeeded successor came after today now any longer which would take better best suits".split()
)
"""Words that point to what was shown; a message with others may name something itself."""
COMPARABLE = frozenset({"case", "funding", "network", "tool", "service", "event", "guide", "term"})
_COMPARING = re.compile(
    r"\b(?:compare|comparison of|difference between|different from|versus|vs\.?|better than|or rather)\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*(?:\band\b|\bwith\b|\bto\b|\bversus\b|\bvs\b\.?|\bor\b|\bfrom\b|\bthan\b|,)\s*", re.IGNORECASE
)
_PAYS = re.compile(r"\b(?:pays|(?:would|could|can|will|might) pay)\b", re.IGNORECASE)
_COMPARED_ROOM, _COMPARED_IN_ALL = 150, 470
_CELL = 60
_NEAR_ROOM = 120
_CANDIDATES, _OTHER_TYPE = 3, 2
"""Candidates for each side of a comparison, and how many places lower a pair of two types stands."""
_THE_TWO = re.compile(r"\b(?:the|of|these|those|them|between) two\b|\bboth\b", re.IGNORECASE)
_NAMED, _CLEAR = 0.5, 0.6
"""From which share of the words, or of all likelihood, the words name an entry themselves."""
_CASES = re.compile(r"\bcases?\b", re.IGNORECASE)
_SHORT = 5
"""Words up to which a message with a number points at a list."""
_LIKE_ROOM, _LIKE_ROOM_LEFT = 520, 420
"""Characters for the lines of a list of others; less where the year of money follows."""


def item_meant(ctx: Ctx) -> Item | None:
    """The entry that a message is about: a button's, a number of the list, a name, or the one shown last."""
    named = ctx.entity("entry")
    if named is not None:
        return library().item(named) if named in library() else None
    listed = [id for id in ctx.shown.get("list", ()) if id in library()]
    number = _NUMBER.search(ctx.text)
    if number is not None and len(listed) > 1:
        place = _NUMBERS[number[1].lower()]
        if -len(listed) <= place < len(listed):
            return library().item(listed[place])
    by_name = _named(ctx, listed)
    if by_name is not None:
        return by_name
    return _about(ctx)


def _about(ctx: Ctx) -> Item | None:
    """The entry that was talked of last."""
    about = str(ctx.shown.get("about", ""))
    return library().item(about) if about in library() else None


def _named(ctx: Ctx, listed: list[str]) -> Item | None:
    """The entry that the words themselves name; of those just shown, if one of them fits."""
    if not _names_something(ctx.text):
        return None
    query = search().read(ctx.text)
    ranking = search().rank(query)
    results = search().results(query, ranking, None, 3)
    shown = [library().item(id) for id in listed]
    for item in shown:
        own = {*item.countries, *item.abroad}
        if (query.named_places and own & set(query.named_places)) or (set(query.sectors) & set(item.sectors)):
            return item
    for result in results:
        if result.item.id in listed and result.share > 0.15:
            return result.item
    results = [result for result in results if result.item.entry is not None or result.item.type in ("step", "term")]
    if not results:
        return None
    first = next((result for result in results if result.named > _NAMED), results[0])
    sure = first.named > _NAMED or (first.share > _CLEAR and search().answerable(query, ranking))
    return first.item if sure else None


def _turn_to(ctx: Ctx, item: Item) -> None:
    """Keeps which entry is talked of now; the list stays."""
    told = bool(ctx.shown.get("told")) and ctx.shown.get("about") == item.id
    ctx.shown = {**ctx.shown, "about": item.id, "told": told}


def _names_something(words: str) -> bool:
    """Whether there are words that do more than point at what was shown."""
    return any(w not in _POINTING for w in content(search().read(words).text))


def points_at_shown(ctx: Ctx) -> bool:
    """Whether a message that was not understood points at one of the entries just shown: "the second one"."""
    numbered = _NUMBER.search(ctx.text) or _BEYOND.search(ctx.text)
    return bool(ctx.shown.get("list")) and numbered is not None and len(ctx.text.split()) <= _SHORT


def _not_that_many(ctx: Ctx) -> bool:
    """Says how many there are, where a message means the fifth of three."""
    listed = [library().item(id) for id in ctx.shown.get("list", ()) if id in library()]
    number = _NUMBER.search(ctx.text)
    place = _NUMBERS[number[1].lower()] if number else 0
    beyond = bool(_BEYOND.search(ctx.text)) or (place >= len(listed) and len(ctx.text.split()) <= _SHORT)
    if ctx.entity("entry") is not None or not listed or not beyond:
        return False
    composer = ctx.reply().say("consult.not_that_many")
    for each, item in enumerate(listed, 1):
        composer.line(f"{each}. **{name_of(item)}**", item.citations[:1])
        composer.button(text("consult.button_number", number=each), "show_entry", entry=item.id)
    close(ctx, composer)
    return True


@skill("action_show_entry")
def show_entry(ctx: Ctx) -> None:
    """One entry of a list, in short."""
    show_meant(ctx)


def show_meant(ctx: Ctx) -> None:
    """Shows the entry that is meant."""
    if _not_that_many(ctx):
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
    if _not_that_many(ctx):
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
        composer.line(f"{number}. {words}" + (f" ({why})" if why else ""), other.citations[:1])
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
    if item is None and (_names_something(ctx.text) or _PAYS.search(ctx.text)):
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
    _turn_to(ctx, item)
    if not item.paid_by:
        linked = [library().item(id) for id in item.see if id.startswith("funding/")]
        others = () if linked else found_for(ctx, item.title, wanted="funding", sure=False).results
        near = [*linked, *(result.item for result in others if result.item.type == "funding")][:2]
        if near:
            composer.say("consult.could_pay")
            for other in near:
                composer.line(f"- {line_of(other, _NEAR_ROOM)}", other.citations[:1])
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
    composer = ctx.reply().say("consult.source", title=name_of(item))
    for line in source_words(item):
        composer.line(line)
    composer.raw(library().source(item.citations[0]).status_note)
    _turn_to(ctx, item)
    composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    close(ctx, composer)


@skill("action_still_open")
def still_open(ctx: Ctx) -> None:
    """Whether money can still be had: what the source's year allows to say, and what to check."""
    item = item_meant(ctx)
    if item is None or (item.type != "funding" and not ctx.entity("entry")):
        meant = found_for(ctx, ctx.text, wanted="funding").results if _names_something(ctx.text) else ()
        shown = [library().item(id) for id in ctx.shown.get("list", ()) if id in library()]
        money = next((i for i in (*(r.item for r in meant), *shown) if i.type == "funding"), None)
        if money is None and item is None:
            _none_shown(ctx)
            return
        item = money or item
    assert item is not None
    composer = ctx.reply()
    if isinstance(item.entry, Funding):
        composer.raw(f"**{name_of(item)}**: {money_note([item])}", item.citations[:1])
        if item.entry.succeeded_by is not None and item.entry.succeeded_by.note:
            composer.raw(text("consult.successor_note", note=item.entry.succeeded_by.note))
    else:
        composer.say("consult.not_money", title=name_of(item), year=year_of(item), cite=item.citations[:1])
    composer.say("consult.check_where")
    _turn_to(ctx, item)
    composer.button(text("consult.button_more"), "tell_more", entry=item.id)
    composer.button(text("consult.button_like"), "more_like_this", entry=item.id)
    close(ctx, composer)


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
        composer.line(f"{number}. {line_of(item, _COMPARED_ROOM)}", item.citations[:1])
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
    parts = [_candidates(part) for part in _BETWEEN.split(_COMPARING.sub(" ", ctx.text))]
    named = [each for each in parts if each]
    if len(named) >= 2:
        return _best_pair(named[0], named[1])
    numbers = [_NUMBERS[n.lower()] for n in _NUMBER.findall(ctx.text)]
    chosen = [listed[n] for n in numbers if -len(listed) <= n < len(listed)]
    about = _about(ctx)
    pool = [*(each[0] for each in named), *chosen, *([about] if about else []), *listed]
    return list(dict.fromkeys(pool))[:2]


def _candidates(words: str) -> list[Item]:
    """The entries that a part of a comparison may name, best first; none if it names nothing."""
    if not _names_something(words):
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


def _none_shown(ctx: Ctx) -> None:
    """Nothing was shown that could be meant: the message is taken as a question of its own."""
    words, _ = asked_who_paid(ctx.text)
    if _names_something(words):
        answer_from_sources(ctx, words)
        return
    composer = ctx.reply().say("consult.none_shown")
    close(ctx, composer)
