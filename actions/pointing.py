"""What was shown, and which entry a message means: a button's, one of the list, one described or named, or the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.context import library, search
from actions.skill import Ctx
from assistant.knowledge.entries import Case, Place, Sector
from assistant.knowledge.items import Item
from assistant.knowledge.search import Query
from assistant.knowledge.search.text import content, stem

__all__ = [
    "NUMBER",
    "NUMBERS",
    "about_shown",
    "beyond_the_list",
    "describes_another",
    "describes_shown",
    "item_meant",
    "items_meant",
    "listed_now",
    "names_something",
    "picked",
    "points_at_shown",
    "remember",
    "shown_lately",
    "tags_named",
    "turn_to",
]  # fmt: skip

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
    "exists replaced succeeded successor came after today now any longer which would take better best suits newer "
    "older bigger larger smaller newest oldest biggest largest smallest showed shown mentioned named gave before "
    "earlier previous".split()
)
"""Words that point to what was shown; a message with others may name something itself."""
_CASE_NUMBER = re.compile(r"\bcase(?: study)?(?: no\.?| number)? ?(\d{1,2}[ab]?)\b", re.IGNORECASE)
"""The handbook numbers its cases."""
_TYPES_OF = {
    "case": ("case",), "example": ("case",), "cluster": ("case", "network"), "project": ("case", "funding"),
    "programme": ("funding", "case"), "program": ("funding", "case"), "fund": ("funding",), "grant": ("funding",),
    "loan": ("funding",), "instrument": ("funding",), "call": ("funding",), "network": ("network",),
    "alliance": ("network",), "tool": ("tool",), "event": ("event",),
}  # fmt: skip
_NOUN = rf"(?P<noun>one|entry|{'|'.join(_TYPES_OF)})"
_DESCRIBED = re.compile(
    rf"\b(?:the|that|this)\s+(?P<before>(?:[\w’'/-]+\s+){{0,4}}?){_NOUN}\b(?P<after>[^.?!;]{{0,100}})", re.IGNORECASE
)
""" "That case from Denmark", "the Danish one", "the one with the ambassadors"."""
_DESCRIBES = re.compile(r"^\W*(?:with|from|in|about|on|of|by|for|where|that|which|who|to|near)\b(?P<what>.*)$", re.I)
"""What follows "the one" describes it only if it begins like this; in "the one still open" it does not."""
_IN_ORDER = re.compile(
    rf"\b(?P<place>first|second|third|last|1st|2nd|3rd)\s+{_NOUN}\s+(?:that\s+|which\s+)?(?:you|we|i)(?:['’]ve| have| "
    r"had)?\s+(?:just\s+)?(?:show(?:ed|n)?|mentioned|named|gave|given|told|saw|seen|talked|spoke|found|listed)\b",
    re.IGNORECASE,
)
""" "The first case you showed"."""
_ONE_BEFORE = re.compile(rf"\bthe (?:(?:previous|earlier) {_NOUN}|(?:one|case) before(?: that| this| it)?\W*$)", re.I)
_LEAD = re.compile(
    r"^\W*(?:(?:and|ok|okay|so|then|no|not|well|sorry|please|can|could|you|i|we|mean|meant|want|would|like|to|show|"
    r"tell|give|open|see|take|read|me|us|more|on|about|what|how|go|back|let['’]?s|look|at|again)\b[\s,]*)*$",
    re.IGNORECASE,
)
"""Words before a description that ask for nothing else than to see it."""
_SHOWN_LATELY, _OFFERED_LATELY, _ADVISED_LATELY = 12, 9, 6
"""Entries that are kept: shown lately, which can be meant again, and offered lately, which are not offered again; and
answers on which advice was given lately, which is not given again."""
_FEW_COUNTRIES, _NOT_OF_IT = 6, 4
"""Countries up to which something is of each; words that may follow a description and are none of it."""
_NAMED, _CLEAR = 0.5, 0.6
"""From which share of the words, or of all likelihood, the words name an entry themselves."""
_LIKELY = 0.15
"""The same for one of the list, which is likelier to be meant than any other."""
_SHORT = 5
"""Words up to which a message with a number points at a list."""


# --- what was shown ---------------------------------------------------------------------


def remember(
    ctx: Ctx,
    about: Item | None = None,
    listed: Sequence[Item] | None = None,
    *,
    told: bool = False,
    offered: Sequence[Item] = (),
    advised: str | None = None,
) -> None:
    """Keeps what was shown, so that "the second one", "the Danish one" and "tell me more about it" are understood.

    All that sets the slot is here, lest one skill drop what another needs: what was offered lately, so that it is not
    offered again and again, and what was shown some turns ago.

    Args:
        ctx: the turn.
        about: the entry that is talked of now; None if that stays.
        listed: those to choose from; None if they stay.
        told: whether all of it was told.
        offered: what was offered, unasked.
        advised: what advice was given on: a question and its answer.
    """
    known = ctx.shown
    ids = list(known.get("list", ())) if listed is None else [item.id for item in listed]
    now = [*([about.id] if about else []), *ids, *(item.id for item in offered)]
    # What stays in sight keeps its place, so that the first case that was shown stays the first.
    seen = {*known.get("list", ()), known.get("about")}
    new = [id for id in dict.fromkeys(reversed(now)) if id not in seen]
    before = [*new, *(id for id in known.get("before", ()) if id not in new)][:_SHOWN_LATELY]
    kept: dict[str, object] = {**known, "list": ids, "told": told, "before": before}
    if about is not None:
        kept["about"] = about.id
    if offered:
        kept["offered"] = [*known.get("offered", ()), *(item.id for item in offered)][-_OFFERED_LATELY:]
    if advised is not None:
        kept["advised"] = [*(a for a in known.get("advised", ()) if a != advised), advised][-_ADVISED_LATELY:]
    ctx.shown = kept


def turn_to(ctx: Ctx, item: Item) -> None:
    """Keeps which entry is talked of now; the list stays."""
    remember(ctx, item, told=bool(ctx.shown.get("told")) and ctx.shown.get("about") == item.id)


def listed_now(ctx: Ctx) -> list[Item]:
    """The entries to choose from."""
    return [library().item(id) for id in ctx.shown.get("list", ()) if id in library()]


def about_shown(ctx: Ctx) -> Item | None:
    """The entry that was talked of last."""
    about = str(ctx.shown.get("about", ""))
    return library().item(about) if about in library() else None


def shown_lately(ctx: Ctx) -> list[Item]:
    """What was shown in the last turns, newest first."""
    shown = ctx.shown
    ids = dict.fromkeys((*shown.get("before", ()), *shown.get("list", ()), str(shown.get("about", ""))))
    return [library().item(id) for id in ids if id in library()]


# --- what is meant ----------------------------------------------------------------------


def item_meant(ctx: Ctx) -> Item | None:
    """The entry that a message is about; the likeliest, where it may be several."""
    return next(iter(items_meant(ctx)), None)


def items_meant(ctx: Ctx) -> list[Item]:
    """The entry that a message is about; several where what was shown holds several of which it may be said."""
    named = ctx.entity("entry")
    if named is not None:
        return [library().item(named)] if named in library() else []
    described = picked(ctx, ctx.text)
    if described:
        return described
    item = _numbered(ctx) or _named(ctx) or about_shown(ctx)
    return [item] if item is not None else []


def _numbered(ctx: Ctx) -> Item | None:
    """The entry of a number: the handbook's of a case, or that of the list."""
    listed = listed_now(ctx)
    case = _CASE_NUMBER.search(ctx.text)
    if case is not None and (len(listed) < 2 or int(case[1].lower().rstrip("ab")) > len(listed)):
        of_number = (i for i in library().items if isinstance(i.entry, Case) and i.entry.number == case[1].lower())
        numbered = next(of_number, None)
        if numbered is not None:
            return numbered
    number = NUMBER.search(ctx.text)
    # In "the last year of the Swedish one" the words name something; only where they do not is a number a pick.
    if number is None or len(listed) < 2 or names_something(ctx.text):
        return None
    place = NUMBERS[number[1].lower()]
    return listed[place] if place < len(listed) else None


def _named(ctx: Ctx) -> Item | None:
    """The entry that the words themselves name; of those just shown, if one of them fits."""
    if not names_something(ctx.text):
        return None
    listed = listed_now(ctx)
    query = search().read(ctx.text)
    ranking = search().rank(query)
    results = search().results(query, ranking, None, 3)
    whole = next((result for result in results if result.named > _NAMED and result.item.entry is not None), None)
    if whole is not None:
        return whole.item
    for item in listed:
        own = {*item.countries, *item.abroad}
        if (own & set(query.named_places)) or (set(query.sectors) & set(item.sectors)):
            return item
    likely = next((result.item for result in results if result.item in listed and result.share > _LIKELY), None)
    if likely is not None:
        return likely
    results = [result for result in results if result.item.entry is not None or result.item.type in ("step", "term")]
    first = next((result for result in results if result.named > _NAMED), None)
    if first is None and results and results[0].share > _CLEAR and search().answerable(query, ranking):
        first = results[0]
    return first.item if first is not None else None


# --- what is described ------------------------------------------------------------------


def picked(ctx: Ctx, words: str) -> list[Item]:
    """The entries shown lately that a description fits best: one, several of which each may be meant, or none."""
    pool = shown_lately(ctx)
    if not pool:
        return []
    in_order = _IN_ORDER.search(words)
    if in_order is not None:
        return _in_order(ctx, pool, NUMBERS[in_order["place"].lower()], in_order["noun"])
    before = _ONE_BEFORE.search(words)
    if before is not None:
        about = about_shown(ctx)
        return [i for i in _first_kind(pool, before["noun"]) if i is not about][:1]
    for match in _DESCRIBED.finditer(words):
        for items in _of_noun(pool, match["noun"]):
            for description in _shortening(_description(match)):
                fitting = _fitting(items, description)
                if fitting:
                    return fitting
    return []


def describes_shown(ctx: Ctx, words: str) -> bool:
    """Whether a message does no more than describe what was shown: "the Danish one", "and that case from Greece?"."""
    match = _IN_ORDER.search(words) or _ONE_BEFORE.search(words) or _DESCRIBED.search(words)
    if match is None or _LEAD.match(words[: match.start()].removesuffix("the ")) is None:
        return False
    after = match.groupdict().get("after")
    alone = not after or _DESCRIBES.match(after) is not None or not names_something(after)
    return alone and bool(picked(ctx, words))


def describes_another(ctx: Ctx, words: str) -> str | None:
    """The type of thing that a message describes by its place or sector, where nothing like it was shown lately.

    "The Norwegian one" is then looked for, lest it be taken for the one that is talked of.
    """
    match = _DESCRIBED.search(words)
    if match is None or _LEAD.match(words[: match.start()]) is None or picked(ctx, words):
        return None
    types = _TYPES_OF.get(match["noun"].lower(), ("case",))
    return types[0] if tags_named(search().read(_description(match))) else None


def _in_order(ctx: Ctx, pool: list[Item], place: int, noun: str) -> list[Item]:
    """The first or last of what was shown: of the list in sight, or of all; both, where these differ."""
    listed, in_time = _first_kind(listed_now(ctx), noun), _first_kind(pool[::-1], noun)
    orders = (listed, in_time) if len(listed) > 1 else (in_time,)
    if place > 0 and len(listed) > place:  # the second of a list is plain; of all that was shown nobody counts it
        orders = (listed,)
    choices = [order[place] for order in orders if len(order) > max(place, 0)]
    return list(dict.fromkeys(choices))


def _of_noun(items: Sequence[Item], noun: str | None) -> list[list[Item]]:
    """The items that a noun may be said of, the likeliest type first; all of them for "the one"."""
    types = _TYPES_OF.get((noun or "one").lower())
    return [list(items)] if types is None else [[i for i in items if i.type == type] for type in types]


def _first_kind(items: Sequence[Item], noun: str | None) -> list[Item]:
    return next((each for each in _of_noun(items, noun) if each), [])


def _description(match: re.Match[str]) -> str:
    after = _DESCRIBES.match(match["after"])
    return f"{match['before']} {after['what'] if after else ''}"


def _shortening(description: str) -> Iterator[str]:
    """A description, then without its last words: in "the one in Italy learn" the verb is none of it, but Italy is."""
    words, query = description.split(), search().read(description)
    for end in range(len(words), max(0, len(words) - _NOT_OF_IT), -1):
        shorter = " ".join(words[:end])
        read = search().read(shorter)
        if (read.named_places, read.sectors) != (query.named_places, query.sectors):
            return
        yield shorter


@dataclass(frozen=True)
class _Described:
    """A description as it is compared: what it names, and the stems of its other words."""

    query: Query
    others: frozenset[str]


def _fitting(items: Sequence[Item], description: str) -> list[Item]:
    """The items that a description fits best; where somebody is at home counts before where they have gone."""
    query = search().read(description)
    said = {stem(w) for w in content(query.text) if w not in _POINTING}
    others = frozenset(said - _stems([name for tag in tags_named(query) for name in (tag.name, *tag.also)]))
    if not (query.named_places or query.sectors or others):
        return []
    ranks = [(rank, item) for item in items for rank in _rank(item, _Described(query, others))]
    best = min((rank for rank, _ in ranks), default=None)
    return [item for rank, item in ranks if rank == best]


def _rank(item: Item, described: _Described) -> Iterator[tuple[bool, bool]]:
    """How badly a description fits: not of where they are at home, only in what is told; nothing if not at all."""
    query = described.query
    # What is of a dozen countries is nobody's idea of "the Danish one".
    at_home = not query.places or (len(item.countries) <= _FEW_COUNTRIES and bool(query.places & set(item.countries)))
    if not at_home and not query.places & set(item.abroad):
        return
    if query.sectors and not set(query.sectors) & set(item.sectors):
        return
    names = _stems(item.names)
    if described.others <= names:
        yield (not at_home, False)
    elif described.others <= names | _stems((item.summary, *(s.text for s in item.statements))):
        yield (not at_home, True)


def _stems(texts: Sequence[str]) -> set[str]:
    return {stem(w) for words in texts for w in content(words)}


def tags_named(query: Query) -> list[Sector | Place]:
    """The sectors and places that a question names."""
    entries = library().entries
    return [*(entries.sectors[key] for key in query.sectors), *(entries.places[key] for key in query.named_places)]


# --- pointing ---------------------------------------------------------------------------


def names_something(words: str) -> bool:
    """Whether there are words that do more than point at what was shown."""
    return any(w not in _POINTING for w in content(search().read(words).text))


def points_at_shown(ctx: Ctx) -> bool:
    """Whether a message that was not understood points at an entry shown lately: "the second one"."""
    numbered = NUMBER.search(ctx.text) or _BEYOND.search(ctx.text)
    if ctx.shown.get("list") and numbered is not None and len(ctx.text.split()) <= _SHORT:
        return True
    return describes_shown(ctx, ctx.text) or describes_another(ctx, ctx.text) is not None


def beyond_the_list(ctx: Ctx) -> bool:
    """Whether a message means the fifth of three."""
    listed = listed_now(ctx)
    number = NUMBER.search(ctx.text)
    place = NUMBERS[number[1].lower()] if number else 0
    beyond = bool(_BEYOND.search(ctx.text)) or (place >= len(listed) and len(ctx.text.split()) <= _SHORT)
    return ctx.entity("entry") is None and bool(listed) and beyond
