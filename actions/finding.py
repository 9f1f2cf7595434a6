"""Searches the knowledge base for a question as this person asks it, at this place of the journey."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from actions.composing import text
from actions.context import library, search
from actions.fitting import suiting
from actions.pointing import tags_named
from actions.profile import of_their_own
from actions.skill import Ctx
from assistant.knowledge.search import Filters, Query, Ranking, Result
from assistant.knowledge.search.tags import WIDE
from assistant.knowledge.search.text import stem
from assistant.knowledge.search.text import words as spelt

__all__ = ["Found", "asked_who_paid", "found_for"]

_CLEAR = 0.6
"""Share of the whole from which one result is the answer."""
_KIND_NEAR, _PLACE_NEAR = 0.85, 0.7
"""Share of the best score of all of a type from which what is also of the kind, or of the place, is enough. Who asks
for a grant wants the money; who names a country means it."""
_NAMED, _ALL_NAMED = 0.5, 0.7
"""Share of a question's words that are a name, from which the thing of that name is meant; a term needs more, since
"the phases of cluster development" does not ask what cluster development is."""
_LOOKED_AT = 8
_NOT_WANTED = re.compile(r"\b(?:no|not|without|instead of|rather than) (?:a |any )?(?:loans?|grants?|fees?)\b", re.I)
_CLAUSE_END = re.compile(
    r"[,;.!?:]\s+|\s+-\s+|\s+(?:and|but|so)\s+(?=(?:who|what|how|which|where|is there|has any)\b)", re.I
)
_QUESTION = re.compile(r"(?:i asked )?(?:who|what|how|which|where|when|why|is|are|has|have|does|do|can|any\w*)\b", re.I)
_LISTED_FIRST = ("case", "network", "tool", "event")
"""Which of the types that a question may want is shown of a place or a sector."""
_SAYS_LITTLE = frozenset(
    stem(w)
    for w in "done gone went going abroad anything something somebody anyone tried try work works worked managed "
    "succeeded been cluster clusters others organisation organisations international internationally internationalised "
    "internationalise internationalisation experience example examples case cases network networks tool tools event "
    "events know heard similar else happened active actually really ever already worth join joining useful relevant "
    "best good maker makers manufacturer manufacturers firm firms company companies sme smes project projects "
    "people".split()
)
"""Words that say no more than that somebody has done something."""
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
    words, _ = of_their_own(ctx, words)
    query = engine.read(_NOT_WANTED.sub(" ", words))
    if not query.steps and ctx.begun and ctx.state.current and _HERE.search(words):
        query = replace(query, steps=frozenset({ctx.state.current}))
    wanted = wanted or query.sole
    if not (query.words or query.places or query.steps):
        return Found(query, (), wanted)
    ranking = engine.rank(query)
    if sure and not engine.answerable(query, ranking):
        kind = wanted or next((t for t in _LISTED_FIRST if t in query.wants), None)
        shorter = _question_in(words) or _all_that_is_of(query, kind)
        if not shorter or shorter == words:
            return Found(query, (), wanted)
        return found_for(ctx, shorter, wanted=kind)
    results = engine.results(query, ranking, None, _LOOKED_AT)
    if wanted is not None:
        results = _of_type(query, ranking, results, wanted, only_kind=_NOT_WANTED.search(words) is not None)
    return Found(query, tuple(suiting(ctx, query, results)), wanted)


def _question_in(words: str) -> str:
    """The question at the end of a message that says more before it, with the places and sectors of all of it."""
    parts = [part.strip() for part in _CLAUSE_END.split(words) if part.strip()]
    if len(parts) < 2 or _QUESTION.match(parts[-1]) is None:
        return ""
    entries, query, asked = library().entries, search().read(words), search().read(parts[-1])
    named = [entries.places[key].name for key in query.named_places if not asked.named_places]
    named += [entries.sectors[key].name for key in query.sectors if key not in asked.sectors]
    return " ".join([parts[-1].rstrip("?"), *named])


def _all_that_is_of(query: Query, kind: str | None) -> str:
    """Where a question says no more than who has done something somewhere, or in a sector: all that is of there."""
    tags = tags_named(query)
    own = {stem(w) for tag in tags for name in (tag.name, *tag.also) for w in spelt(name)}
    if not tags or any(word not in own and word not in _SAYS_LITTLE for word in query.words):
        return ""
    things = f"{kind}s" if kind in _LISTED_FIRST[1:] else text("consult.clusters")
    return text("consult.all_of", things=things, what=", ".join(tag.name for tag in tags))


def _of_type(
    query: Query, ranking: Ranking, results: list[Result], wanted: str, *, only_kind: bool = False
) -> list[Result]:
    """The results of the type that was asked for, unless the question names something else.

    Args:
        query: the question.
        ranking: all items for it.
        results: the best of all types.
        wanted: the type.
        only_kind: whether another kind of money is expressly not wanted.
    """
    only = frozenset({wanted})
    if wanted == "term":  # "what is X" asks for whatever is called X
        named = [r for r in results if r.named > _ALL_NAMED]
        return sorted(named, key=lambda r: (r.item.type != "term", r.item.entry is None, -r.named)) or results
    if results[0].item.type != wanted and results[0].named > _NAMED and results[0].share > _CLEAR:
        return results
    best = search().results(query, ranking, Filters(types=only), 1)
    if not best:
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
    ):
        found = search().results(query, ranking, filters, _LOOKED_AT)
        near = 0.0 if filters.kinds and only_kind else _KIND_NEAR if filters.kinds else _PLACE_NEAR
        if found and found[0].score >= near * best[0].score:
            return _not_elsewhere(query, found)
    return _not_elsewhere(query, search().results(query, ranking, Filters(types=only), _LOOKED_AT))


def _not_elsewhere(query: Query, results: list[Result]) -> list[Result]:
    """The results without those that are of other countries alone than the ones that are named, if any are left."""
    places = library().entries.places
    there = {*query.places, *(region for key in query.named_places for region in places[key].within), *WIDE}
    kept = [r for r in results if not r.item.countries or there & {*r.item.countries, *r.item.abroad}]
    return kept if kept and query.named_places else results
