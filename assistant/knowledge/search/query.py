"""What a question names: places, sectors, steps and the type of thing that is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.knowledge.entries import Place, Sector
from assistant.knowledge.search.text import STOP, content, stem, words

__all__ = ["Filters", "Gazetteer", "Query", "QueryReader"]

_WANTS: tuple[tuple[str, str], ...] = (
    ("case", r"examples?|cases?|(?:who|anyone|anybody|someone|somebody|others?|which clusters?|any clusters?|clusters? "
             r"(?:that|who|which)) .*\b(?:done|did|do|doing|has|have|had|tried|went|gone|been|works?|worked|working|"
             r"managed|succeeded|that|with|from|in)|what did|what happened|how did|has done|good practices?|success "
             r"stor(?:y|ies)|others like us"),
    ("funding", r"fund\w*|money|grants?|pays?|paid|paying|loans?|financ\w+|subsid\w+|costs?|euros?|budget|afford\w*|"
                r"sponsor\w*|fees?|voucher\w*|cofund\w*|co-fund\w*|co-financ\w*|invest\w*"),
    ("network", r"networks?|platforms?|associations?|alliances?|contacts?|who (?:can|could) help|whom? (?:to|do we|can "
                r"we|should we) (?:ask|turn|contact|talk|call)|join|organi[sz]ations?|desk|chambers?"),
    ("tool", r"tools?|templates?|software|methods?|checklists?|databases?|websites?|reports?|handbooks?|guides?|"
             r"surveys?|questionnaires?|training|courses?|maps?|diagnos\w+|benchmark\w*|indicators?"),
    ("event", r"events?|fairs?|missions?|matchmaking|conferences?|congress\w*|workshops?|visits?|seminars?|expos?|"
              r"exhibitions?|meetings?|brokerage"),
    ("term", r"mean(?:s|ing|t)?|defin\w+|what(?:'s| is| are|s)? (?:an? |the )?\w+(?:[ -]\w+){0,3}(?=\W*$)|stands? for|"
             r"explain|glossary|difference between"),
    ("guide", r"how (?:do|does|can|could|should|to|would)|steps?|phases?|stages?|procedure|process|walk me through"),
    ("statistic", r"how many|share of|per ?cent|percentage|figures?|statistics?|numbers?|data"),
    ("skill", r"skills?|competen\w+|abilit\w+|good at|able to|know how|qualif\w+|profile"),
    ("factor", r"success\w*|fail\w*|barriers?|obstacles?|mistakes?|problems?|wrong|pitfalls?|risks?|difficult\w*|"
               r"keys? to|lessons?|avoid|do's|don'ts?|dos|hard"),
    ("recommendation", r"recommend\w*|should|advice|advise|suggest\w*|propos\w*|policy|government"),
    ("service", r"services?|offer\w*|members? (?:need|want)|support for (?:members|firms|companies|smes)"),
)  # fmt: skip
_WANTED = [(kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in _WANTS]
_SOLE = {
    "funding": re.compile(
        r"\b(?:who (?:would |could |can |will |might )?(?:pay|pays|fund|funds|finance|finances|give|gives)"
        r"(?! attention)|(?:is|are|any|get|find|need|where'?s?) (?:there |we |any |some |the |extra )*(?:money|fund\w*|"
        r"grants?|loans?|subsid\w+|financ\w+|support money)|money (?:for|to|from|in)|funding (?:for|to|from|in)|"
        r"grants? (?:for|to|from|in)|loans? (?:for|to)|which (?:programmes?|funds?|grants?|calls?)|pays? for|afford|"
        r"(?:what|which|how much|any) (?:money|funding|fund|finance))\b",
        re.IGNORECASE,
    ),
    "case": re.compile(
        r"\b(?:examples?|who(?: else)? (?:has|have|had|did) (?:\w+ )?(?:done|went|gone|been|tried|worked|used)|"
        r"who went|who works|who worked|who did|"
        r"(?:anyone|anybody|someone|somebody|others?|any clusters?|which clusters?|clusters? that) "
        r"(?:in|from|who|that|with|work\w*|went|did|do|doing|has|have|like)|case stud(?:y|ies)|"
        r"similar cases?|any cases?|cases? (?:from|in|on|about|of|for))\b",
        re.IGNORECASE,
    ),
    "network": re.compile(r"\b(?:(?:which|what|any|a|other) (?:\w+ )?(?:networks?|platforms?|associations?)|networks? "
                          r"(?:for|in|to))\b", re.IGNORECASE),
    "skill": re.compile(r"\b(?:which|what|any) (?:\w+ )?(?:skills?|competenc\w+)\b", re.IGNORECASE),
    "event": re.compile(r"\b(?:(?:which|what|any|an) (?:\w+ )?(?:events?|fairs?|conferences?|matchmakings?)|events? "
                        r"(?:for|in|to))\b", re.IGNORECASE),
    "tool": re.compile(r"\b(?:(?:which|what|any|a|is there a) (?:\w+ )?(?:tools?|templates?|software|databases?|"
                       r"checklists?)|tools? (?:for|to))\b", re.IGNORECASE),
}  # fmt: skip
"""Ways of asking that leave no doubt which type of thing is wanted."""
_MONEY_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("grant", r"\bgrants?\b|\bsubsid\w+|\bvouchers?\b"),
        ("loan", r"\bloans?\b|\bcredits?\b|\bborrow\w*"),
        ("guarantee", r"\bguarantees?\b"),
        ("equity", r"\bequity\b|\bventure capital\b|\binvestors?\b"),
        ("in_kind", r"\bin[ -]kind\b"),
        ("membership", r"\bmember(?:ship)? (?:fees?|dues|contributions?)\b"),
        ("fees", r"\bfees for services\b|\bpaid services\b"),
        ("prize", r"\bprizes?\b|\bawards?\b|\bcompetitions?\b"),
        ("sponsorship", r"\bsponsor\w*"),
    )
)
_FOR_WHOM = (
    ("policy_maker", re.compile(r"\bfor (?:policy[ -]?makers?|ministr\w+|regions?|governments?|agenc\w+)\b", re.I)),
    ("cluster_organisation", re.compile(r"\bfor (?:cluster (?:organi[sz]ations?|managers?)|clusters)\b", re.I)),
)
_STEP = re.compile(r"\bstep (10|[1-9])\b|\b(utili[sz]e funding)\b", re.IGNORECASE)
_LONGEST_SHOUT = 3
"""Words of a text all in capitals that may still be names ("IT CLUSTERS USA")."""
_SHORTEST_TO_MEND = 5
_LIKE_ENOUGH = 0.79
"""How alike a misspelt word and the word meant have to be, 0 to 1: one mistake in five letters (OSA: a swap is one)."""


@dataclass(frozen=True)
class Filters:
    """What results have to be; an empty one lets everything through.

    Args:
        types: only these types.
        places: only what has to do with one of these places.
        sectors: only these sectors, or what is for all sectors.
        steps: only what helps with one of these steps.
        audience: only what is for this audience.
        kinds: only money of these kinds ("loan", "in_kind").
    """

    types: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    audience: str | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Query:
    """A question as the search sees it.

    Args:
        text: with misspelt words mended, where that could be done.
        words: the stems of the words that say what it is about.
        unknown: of these, the ones that no text of the knowledge base has.
        places: places named, and for a region the countries in it.
        named_places: the places as they were named.
        sectors: sectors named.
        steps: steps named.
        wants: types of things that it seems to ask for.
        mended: misspelt words and what they were taken for.
        sole: the one type of thing that it asks for without doubt, if it does.
        kinds: the kinds of money named ("loan", "in_kind").
        audience: for whom it is asked, where that is said.
        only_tags: whether it says no more than places or sectors, and what kind of thing: "cases in Japan".
    """

    text: str
    words: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    named_places: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    steps: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    mended: tuple[tuple[str, str], ...] = ()
    sole: str | None = None
    kinds: frozenset[str] = frozenset()
    audience: str | None = None
    only_tags: bool = False


class Gazetteer:
    """Finds the names of places and sectors in a text.

    Args:
        names: the names of each key. A name in capitals ("IT", "US") is found in capitals only.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._small: dict[tuple[str, ...], str] = {}
        self._capital: dict[str, str] = {}
        for key, each in names.items():
            for name in each:
                if name.isupper() and len(name) <= 3:
                    self._capital[name] = key
                else:
                    self._small.setdefault(tuple(words(name)), key)
        self._longest = max(map(len, self._small), default=0)

    def find(self, text: str) -> list[str]:
        """The keys of the names in `text`, each once; those in capitals first, then in order."""
        tokens = words(text)
        # Where all is in capitals, they tell nothing: "CAN YOU HELP US WITH IT".
        in_capitals = [] if text.isupper() and len(tokens) > _LONGEST_SHOUT else re.findall(r"\b[A-Z]{2,3}\b", text)
        found = [self._capital[w] for w in in_capitals if w in self._capital]
        return list(dict.fromkeys([*found, *(key for key, _ in self.places_of(tokens))]))

    def places_of(self, tokens: Sequence[str]) -> list[tuple[str, int]]:
        """The keys of the names among some words and where each begins, the longest name at each place."""
        found: list[tuple[str, int]] = []
        i = 0
        while i < len(tokens):
            for length in range(min(self._longest, len(tokens) - i), 0, -1):
                key = self._small.get(tuple(tokens[i : i + length]))
                if key is not None:
                    found.append((key, i))
                    i += length
                    break
            else:
                i += 1
        return found

    @property
    def words(self) -> set[str]:
        """All words of all names."""
        return {word for name in self._small for word in name}


class QueryReader:
    """Reads questions.

    Args:
        vocabulary: every word of the knowledge base, as written (plain), with how often it occurs.
        places: the controlled list of places.
        sectors: the controlled list of sectors.
        names: words of the entries' names; of these the first letter may be wrong, too ("kosme").
    """

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        places: Mapping[str, Place],
        sectors: Mapping[str, Sector],
        names: Iterable[str] = (),
    ) -> None:
        self._places, self._sectors = places, sectors
        self.place_names = Gazetteer({key: (_bare(p.name), p.name, *p.also) for key, p in places.items()})
        self._sector_names = Gazetteer({key: (s.name, *s.also) for key, s in sectors.items()})
        self._known = set(vocabulary) | self.place_names.words | self._sector_names.words | STOP
        self._stems = {stem(word) for word in vocabulary}
        self._spelt_right = self._stems | {stem(word) for word in self._known}
        self._by_initial: dict[str, list[str]] = {}
        # The names of places that no entry speaks of are left out: "surname" is not Suriname.
        for word in sorted(vocabulary, key=lambda w: -vocabulary[w]):
            if len(word) >= _SHORTEST_TO_MEND and word not in STOP:
                self._by_initial.setdefault(word[0], []).append(word)
        self._of_names = sorted(w for w in names if len(w) >= _SHORTEST_TO_MEND and w not in STOP)
        self._within: dict[str, set[str]] = {}
        for place in places.values():
            for region in place.within:
                self._within.setdefault(region, set()).add(place.key)

    def read(self, text: str) -> Query:
        """What `text` names and asks for."""
        mended: list[tuple[str, str]] = []
        for word in dict.fromkeys(words(text)):
            if word not in self._known and stem(word) not in self._spelt_right:
                better = self._mend(word)
                if better is not None:
                    mended.append((word, better))
        clear = _replaced(text, dict(mended)) if mended else text
        named, sectors = self.place_names.find(clear), self._sector_names.find(clear)
        about = tuple(dict.fromkeys(stem(word) for word in [*content(clear), *self._in_full(clear, named)]))
        sole = [kind for kind, pattern in _SOLE.items() if pattern.search(clear)]
        return Query(
            text=clear,
            words=about,
            unknown=tuple(word for word in about if word not in self._stems),
            places=frozenset(named).union(*(self._within.get(key, set()) for key in named)),
            named_places=tuple(named),
            sectors=tuple(sectors),
            steps=frozenset((m[1] or "funding") for m in _STEP.finditer(clear)),
            wants=frozenset(kind for kind, pattern in _WANTED if pattern.search(clear)),
            mended=tuple(mended),
            sole=sole[0] if len(sole) == 1 else None,
            kinds=frozenset(kind for kind, pattern in _MONEY_KINDS if pattern.search(clear)),
            audience=next((who for who, pattern in _FOR_WHOM if pattern.search(clear)), None),
            only_tags=self._only_tags(about, [*(self._places[k] for k in named), *(self._sectors[k] for k in sectors)]),
        )

    @staticmethod
    def _only_tags(about: Sequence[str], named: Sequence[Place | Sector]) -> bool:
        tags = {stem(w) for tag in named for name in (tag.name, *tag.also) for w in words(name)}
        return bool(tags) and all(word in tags or word in _KINDS_OF_THINGS for word in about)

    def _in_full(self, text: str, named: Sequence[str]) -> list[str]:
        """The words for places named by letters ("US"), which otherwise are no words at all."""
        spelt = {key for key, _ in self.place_names.places_of(words(text))} if named else set()
        return [word for key in named if key not in spelt for word in content(self._places[key].name)]

    def _mend(self, word: str) -> str | None:
        """The known word that a misspelt one is most like; one with the same first letter, if there is one."""
        if len(word) < _SHORTEST_TO_MEND or any(c.isdigit() for c in word):
            return None
        for choices in (self._by_initial.get(word[0], []), self._of_names):
            found = process.extractOne(word, choices, scorer=OSA.normalized_similarity, score_cutoff=_LIKE_ENOUGH)
            if found is not None:
                return str(found[0])
        return None


_KINDS_OF_THINGS = frozenset(
    stem(w)
    for w in "case cases example examples cluster clusters partner partners contact contacts network networks event "
    "events tool tools money funding grant grants fund funds who anyone other project projects experience".split()
)
"""Words for the kinds of things that can be asked for."""


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def _replaced(text: str, mended: Mapping[str, str]) -> str:
    def better(match: re.Match[str]) -> str:
        return mended.get("".join(words(match[0])), match[0])

    return re.sub(r"[^\W_]+", better, text)
