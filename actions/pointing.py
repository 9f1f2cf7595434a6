"""Which entry a message means: the one of a button, a number of the list, a name, or the one shown last."""

from __future__ import annotations

import re

from actions.composing import text
from actions.consult import close
from actions.context import library, search
from actions.skill import Ctx
from actions.telling import name_of
from assistant.knowledge.entries import Case
from assistant.knowledge.items import Item
from assistant.knowledge.search.text import content

__all__ = ["NUMBER", "NUMBERS", "about_shown", "item_meant", "names_something", "not_that_many", "points_at_shown",
           "turn_to"]  # fmt: skip

NUMBERS = {
    "1": 0, "first": 0, "1st": 0, "number one": 0, "2": 1, "second": 1, "2nd": 1, "number two": 1, "3": 2, "third": 2,
    "3rd": 2, "number three": 2, "last": -1,
}  # fmt: skip
_BEYOND = re.compile(r"\b(?:fourth|fifth|sixth|seventh|[4-9]th|number (?:[4-9]|four|five|six))\b", re.IGNORECASE)
"""A number that no list has."""
NUMBER = re.compile(rf"(?<!\bat )\b({'|'.join(NUMBERS)})\b", re.IGNORECASE)
_POINTING = frozenset(
    "1 2 3 1st 2nd 3rd three "
    "more tell about on it that this one the details detail please case example programme fund instrument network tool "
    "event show open again give us explain source where from come comes what's whats still available like similar "
    "others compare with and between difference versus vs paid pay pays funded financed number option second first "
    "third last further how much two both fourth fifth sixth call calls deadline apply closed ended over running exist "
    "exists replaced succeeded successor came after today now any longer which would take better best suits".split()
)
"""Words that point to what was shown; a message with others may name something itself."""
_CASE_NUMBER = re.compile(r"\bcase(?: study)?(?: no\.?| number)? ?(\d{1,2}[ab]?)\b", re.IGNORECASE)
"""The handbook numbers its cases."""
_NAMED, _CLEAR = 0.5, 0.6
"""From which share of the words, or of all likelihood, the words name an entry themselves."""
_SHORT = 5
"""Words up to which a message with a number points at a list."""


def item_meant(ctx: Ctx) -> Item | None:
    """The entry that a message is about: a button's, a number of the list, a name, or the one shown last."""
    named = ctx.entity("entry")
    if named is not None:
        return library().item(named) if named in library() else None
    listed = [id for id in ctx.shown.get("list", ()) if id in library()]
    case = _CASE_NUMBER.search(ctx.text)
    if case is not None:
        numbered = next(
            (i for i in library().items if isinstance(i.entry, Case) and i.entry.number == case[1].lower()), None
        )
        if numbered is not None and (len(listed) < 2 or int(case[1].lower().rstrip("ab")) > len(listed)):
            return numbered
    number = NUMBER.search(ctx.text)
    # In "the last year of the Swedish one" the words name something; only where they do not is a number a pick.
    if number is not None and len(listed) > 1 and not names_something(ctx.text):
        place = NUMBERS[number[1].lower()]
        if -len(listed) <= place < len(listed):
            return library().item(listed[place])
    by_name = _named(ctx, listed)
    if by_name is not None:
        return by_name
    return about_shown(ctx)


def about_shown(ctx: Ctx) -> Item | None:
    """The entry that was talked of last."""
    about = str(ctx.shown.get("about", ""))
    return library().item(about) if about in library() else None


def _named(ctx: Ctx, listed: list[str]) -> Item | None:
    """The entry that the words themselves name; of those just shown, if one of them fits."""
    if not names_something(ctx.text):
        return None
    query = search().read(ctx.text)
    ranking = search().rank(query)
    results = search().results(query, ranking, None, 3)
    whole = next((result for result in results if result.named > _NAMED and result.item.entry is not None), None)
    if whole is not None:
        return whole.item
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


def turn_to(ctx: Ctx, item: Item) -> None:
    """Keeps which entry is talked of now; the list stays."""
    told = bool(ctx.shown.get("told")) and ctx.shown.get("about") == item.id
    ctx.shown = {**ctx.shown, "about": item.id, "told": told}


def names_something(words: str) -> bool:
    """Whether there are words that do more than point at what was shown."""
    return any(w not in _POINTING for w in content(search().read(words).text))


def points_at_shown(ctx: Ctx) -> bool:
    """Whether a message that was not understood points at one of the entries just shown: "the second one"."""
    numbered = NUMBER.search(ctx.text) or _BEYOND.search(ctx.text)
    return bool(ctx.shown.get("list")) and numbered is not None and len(ctx.text.split()) <= _SHORT


def not_that_many(ctx: Ctx) -> bool:
    """Says how many there are, where a message means the fifth of three."""
    listed = [library().item(id) for id in ctx.shown.get("list", ()) if id in library()]
    number = NUMBER.search(ctx.text)
    place = NUMBERS[number[1].lower()] if number else 0
    beyond = bool(_BEYOND.search(ctx.text)) or (place >= len(listed) and len(ctx.text.split()) <= _SHORT)
    if ctx.entity("entry") is not None or not listed or not beyond:
        return False
    composer = ctx.reply().say("consult.not_that_many")
    for each, item in enumerate(listed, 1):
        composer.line(f"{each}. **{name_of(item)}**", item.of_summary)
        composer.button(text("consult.button_number", number=each), "show_entry", entry=item.id)
    close(ctx, composer)
    return True
