"""Questions to the sources: finds what answers them, tells it in short with its source, and goes back to the thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.composing import Composer, text
from actions.context import library, search
from actions.fitting import money_for
from actions.profile import learn_profile
from actions.skill import Ctx, skill
from actions.telling import button_name, in_short, line_of, money_note, name_of, short_name, shortened
from actions.thread import offer_way_on, pick_up
from assistant.knowledge.entries import Funding, Status
from assistant.knowledge.items import Item
from assistant.knowledge.search import Filters, Query, Ranking, Result
from assistant.knowledge.search.text import words as spelt

__all__ = [
    "answer_from_sources",
    "answered_by_sources",
    "asked_who_paid",
    "asks_the_sources",
    "buttons_for",
    "close",
    "found_for",
    "names_an_entry",
    "nothing",
    "remember",
    "say_who_paid",
    "tell_one",
    "tell_several",
]

_LIST = 3
_CLEAR = 0.6
"""Share of the whole from which one result is told alone."""
_WORTH_LISTING, _EXAMPLE_TOO = 0.7, 0.5
"""Share of the best one's score from which a result is offered beside it; less for an example from the place and the
sector that were asked for, since that is what it has to fit."""
_AS_GOOD = 0.9
"""The same from which one for this audience is told before one for the other, and an entry before a question."""
_NAMED, _ALL_NAMED = 0.5, 0.7
"""Share of a question's words that are a name, from which the thing of that name is meant; a term needs more, since
"the phases of cluster development" does not ask what cluster development is."""
_LOOKED_AT = 8
_OF_GAP = 0.62
"""Likeness to a subject outside the sources from which it is called by name."""
_NEAR_ENOUGH = 0.2
"""Score under which an entry is not even near."""
_COUNTS = ("consult.number_1", "consult.number_2", "consult.number_3")
_SAME_NAME = 10
"""Letters of two names that have to be the same for them to name the same: Textile 2020, TEXTILE2020 missions."""
_ASKING_INTENTS = frozenset({"ask_knowledge", "define_term"})
_OURS = re.compile(r"\b(?:we|our|us|i|my)\b", re.IGNORECASE)
_OF_THEMSELVES = re.compile(r"^\W*(?:we|i)\b[^?]*$", re.IGNORECASE)
""" "We are consultants" says who is writing, and asks for nothing."""
_WHOLLY = 0.9
_SURE_ANSWER = 0.7
"""Score from which an entry answers what may not have been a question."""
_NOT_WANTED = re.compile(r"\b(?:no|not|without|instead of|rather than) (?:a |any )?(?:loans?|grants?|fees?)\b", re.I)
_CLAUSE_END = re.compile(
    r"[,;.!?:]\s+|\s+-\s+|\s+(?:and|but|so)\s+(?=(?:who|what|how|which|where|is there|has any)\b)", re.I
)
_QUESTION = re.compile(r"(?:i asked )?(?:who|what|how|which|where|when|why|is|are|has|have|does|do|can|any\w*)\b", re.I)
_ROOM, _ROOM_LEFT = 500, 400
"""Characters for the lines of a list; less where something follows them."""
_LINE_WITH_PAID, _PAID_ROOM = 140, 110
_LISTABLE = frozenset({"case", "funding", "network", "tool", "service", "event", "skill"})
"""Types of which several may be an answer; of a term or a guide one is."""
_PAID_BY = re.compile(
    r"[,;.]?\s*\b(?:and|but|also|then)?\s*(?:who|how)(?:'s| was| were| is| has| have| had)?\s*(?:it |this |that |they "
    r")?(?:paid|pays?|financed?|funded?|been paid|been funded)(?: for)?(?: it| this| that| them| these)?\b\W*$",
    re.IGNORECASE,
)
""" "... and who paid for it?": a second question, about what the first one finds."""
_ONLY_PAID_BY = re.compile(
    r"^\W*(?:and |but |so )?who (?:paid|pays|financed|funded|was paying)(?: for)?(?: it| this| that| them)\W*$", re.I
)
_HERE = re.compile(r"\b(?:this|that|it|here)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What a search brought: results best first, and the one type that was asked for, if any."""

    query: Query
    results: tuple[Result, ...]
    wanted: str | None


def asked_who_paid(words: str) -> tuple[str, bool]:
    """A question without its "and who paid for it", and whether that was asked."""
    if _ONLY_PAID_BY.match(words):
        return "", True
    shorter = _PAID_BY.sub("", words)
    return (shorter, True) if shorter != words and len(shorter.split()) > 1 else (words, False)


def found_for(ctx: Ctx, words: str, *, wanted: str | None = None, sure: bool = True) -> Found:
    """Searches the knowledge base for a question as this person asks it, at this place.

    Args:
        ctx: the turn.
        words: the question.
        wanted: the type of thing; by default what the words say.
        sure: whether nothing is better than something far off.
    """
    engine = search()
    query = engine.read(_NOT_WANTED.sub(" ", words))
    if not query.steps and ctx.begun and ctx.state.current and _HERE.search(words):
        query = replace(query, steps=frozenset({ctx.state.current}))
    wanted = wanted or query.sole
    if not (query.words or query.places or query.steps):
        return Found(query, (), wanted)
    ranking = engine.rank(query)
    if sure and not engine.answerable(query, ranking):
        shorter = _question_in(words)
        return found_for(ctx, shorter, wanted=wanted) if shorter else Found(query, (), wanted)
    results = engine.results(query, ranking, None, _LOOKED_AT)
    if wanted is not None:
        results = _of_type(query, ranking, results, wanted)
    return Found(query, tuple(_suiting(ctx, results)), wanted)


def _question_in(words: str) -> str:
    """The question at the end of a message that says more before it, with the places and sectors of all of it."""
    parts = [part.strip() for part in _CLAUSE_END.split(words) if part.strip()]
    if len(parts) < 2 or _QUESTION.match(parts[-1]) is None:
        return ""
    entries, query, asked = library().entries, search().read(words), search().read(parts[-1])
    named = [entries.places[key].name for key in query.named_places if not asked.named_places]
    named += [entries.sectors[key].name for key in query.sectors if key not in asked.sectors]
    return " ".join([parts[-1].rstrip("?"), *named])


def _suiting(ctx: Ctx, results: list[Result]) -> list[Result]:
    """First, among those that fit about as well, what is for this audience and more than a question of a checklist."""
    suits = [
        r.score >= _AS_GOOD * results[0].score and ctx.audience in r.item.audience and r.item.type != "question"
        for r in results
    ]
    return [results[i] for i in sorted(range(len(results)), key=lambda i: not suits[i])]


def _of_type(query: Query, ranking: Ranking, results: list[Result], wanted: str) -> list[Result]:
    """The results of the type that was asked for, unless the question names something else."""
    only = frozenset({wanted})
    if wanted == "term":  # "what is X" asks for whatever is called X
        named = [r for r in results if r.named > _ALL_NAMED]
        return sorted(named, key=lambda r: (r.item.type != "term", r.item.entry is None, -r.named)) or results
    if results[0].item.type != wanted and results[0].named > _NAMED and results[0].share > _CLEAR:
        return results
    # From the most particular to the least: what was asked for in every respect, then with less of it.
    kinds = query.kinds if wanted == "funding" else frozenset()
    audience = query.audience
    places = frozenset(query.named_places)
    for filters in (
        Filters(types=only, places=places, kinds=kinds, audience=audience),
        Filters(types=only, places=places, kinds=kinds),
        Filters(types=only, places=places),
        Filters(types=only, kinds=kinds, audience=audience),
        Filters(types=only),
    ):
        found = search().results(query, ranking, filters, _LOOKED_AT)
        if found:
            return found
    return results


@skill("action_ask_knowledge")
def ask_knowledge(ctx: Ctx) -> None:
    """Answers a question from the sources, or says plainly that they hold nothing on it."""
    topic = ctx.entity("topic")
    answer_from_sources(ctx, topic or ctx.text, wanted="case" if topic else None)


def answer_from_sources(ctx: Ctx, words: str, *, wanted: str | None = None) -> None:
    """Answers `words`, offers what belongs to it, and takes up the thread again."""
    if ctx.text == words:
        learn_profile(ctx, words)
    shorter, who_paid = asked_who_paid(words)
    if who_paid and not shorter:
        shorter = words
    found = found_for(ctx, shorter, wanted=wanted)
    composer = ctx.reply()
    if not found.results and found.wanted == "funding" and ctx.begun and ctx.state.current and not found.query.unknown:
        _tell_money(ctx, composer, ctx.state.current)
    elif not found.results:
        nothing(ctx, composer, shorter)
    elif _one_is_meant(found):
        tell_one(ctx, composer, found.results[0], who_paid=who_paid)
    else:
        tell_several(ctx, composer, found, who_paid=who_paid)
    close(ctx, composer)


def _tell_money(ctx: Ctx, composer: Composer, step: str) -> None:
    """Money that fits the step and the organisation, where nothing more particular was asked for."""
    fits = money_for(ctx, step, _LIST)
    composer.say("consult.money_for_step")
    for number, fit in enumerate(fits, 1):
        words = line_of(fit.item, _ROOM_LEFT // _LIST - len(fit.why))
        composer.line(f"{number}. {words} ({fit.why})", fit.item.of_summary)
        composer.button(text("consult.button_number", number=number), "show_entry", entry=fit.item.id)
    composer.raw(money_note([fit.item for fit in fits]))
    remember(ctx, fits[0].item, [fit.item for fit in fits])


def names_an_entry(words: str) -> bool:
    """Whether a message is the name of an entry and nothing else, misspelt or not: "Medicon Valey"."""
    query = search().read(words)
    near = search().nearest(query, None, 1) if query.words else []
    return bool(near) and near[0].named > _WHOLLY and near[0].item.entry is not None


def asks_the_sources(ctx: Ctx) -> bool:
    """Whether a message without a question mark, which may be an answer, is more likely a question to the sources."""
    likeliest = str(ctx.ranking[0]["name"]) if ctx.ranking else ""
    if likeliest not in _ASKING_INTENTS or _OURS.search(ctx.text):
        return False
    return answered_by_sources(ctx.text)


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
    room = _LINE_WITH_PAID if who_paid else (_ROOM_LEFT if money else _ROOM) // len(shown)
    composer.say("consult.several", count=count)
    for number, item in enumerate(shown, 1):
        composer.line(f"{number}. {line_of(item, room)}", item.of_summary[:1])
        if who_paid and item.paid_by:
            paid = shortened(item.paid_by[0].text, _PAID_ROOM)
            composer.line(f"   {text('consult.paid', what=paid)}", item.paid_by[0].citations[:1])
    if money:
        composer.raw(money_note(shown))
    for number, item in enumerate(shown, 1):
        composer.button(text("consult.button_number", number=number), "show_entry", entry=item.id)
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
    known = gap is not None and likeness >= _OF_GAP
    if gap is not None and known:
        composer.say("consult.nothing_on", subject=gap.name)
        near = [library().item(id) for id in gap.ask_instead]
    else:
        composer.say("consult.nothing")
        results = search().nearest(query, None, 2) if query.words else []
        near = [r.item for r in results if r.score >= _NEAR_ENOUGH]
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


def remember(ctx: Ctx, about: Item, shown: Sequence[Item]) -> None:
    """Keeps what was shown, so that "the second one" and "tell me more about it" are understood."""
    ctx.shown = {**_kept(ctx), "about": about.id, "list": [item.id for item in shown]}


def _kept(ctx: Ctx) -> dict[str, object]:
    """Of what was shown before: what was offered lately, so that it is not offered again and again."""
    return {"offered": ctx.shown["offered"]} if "offered" in ctx.shown else {}


def close(ctx: Ctx, composer: Composer) -> None:
    """The way on: what was open, or what can be done."""
    if ctx.focus is None:
        offer_way_on(ctx, composer)
    else:
        pick_up(ctx)
