"""What an organisation says about itself: its sectors and its country, so that what is offered fits."""

from __future__ import annotations

import re

from actions.composing import text
from actions.context import library, search
from actions.skill import Ctx

__all__ = ["learn_profile", "of_their_own", "profile_words", "speaks_of_own", "told_of_self"]

_SELF = re.compile(
    r"\b(?:we(?:'re| are)|i(?:'m| am)|(?:i|we) (?:run|manage|work for|represent|lead|head|coordinate|make|produce|do)|"
    r"our (?:cluster|members|firms|companies|network|organi[sz]ation|sector|industry)"
    r"(?: is| are| makes?| produces?| do)?|my cluster(?: is)?)\b(?P<what>[^.;?!]{0,120})",
    re.IGNORECASE,
)
""" "We are ...", "I run ...", "our members make ...": what follows is about themselves."""
_BARE = re.compile(r"^\W*(?:an? |the )?(?P<what>[\w /&-]{0,40}?\bcluster\b[^.;?!]{0,80})", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_PART = re.compile(r"[,.;!]\s*")
_NEGATED = re.compile(r"\b(?:not|no|never|neither)\b|n't\b", re.IGNORECASE)
_DENIED = re.compile(r"^\W*(?:not|no|never|neither|no longer)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:contacts?|partners?|go|going|went|market|markets|export\w*|visit\w*|projects?|interested|want|wish|plan\w*|"
    r"look\w*|missions?|fairs?|offices?|with|to|toward|towards|sold|sell\w*|strategy|like|similar|(?:and|but|so|who|which|"
    r"because) (?:we|i|our|want|have|need|would|is|has|do|did))\b",
    re.IGNORECASE,
)
""" "We are looking for partners in Japan" says where they look, not where they are: from here on nothing is theirs."""


_OWN = tuple(
    (what, re.compile(pattern, re.IGNORECASE))
    for what, pattern in (
        ("sector", r"\s*\b(?:(?:in|of|from|within|for|across) )?(?:(?:our|my)(?: own)?|the same|this same|a similar) "
                   r"(?:sector|field|industry|branch|trade|business|line of (?:business|work))\b"
                   r"(?: (?:as|like) (?:us|ours|we|me|mine|our \w+)\b)?\s*"),
        ("country", r"\s*\b(?:(?:in|of|from|within|for|across) )?(?:(?:our|my)(?: own)?|the same) "
                    r"(?:country|nation|part of (?:europe|the world))\b(?: (?:as|like) (?:us|ours|we|me|mine)\b)?\s*"),
        ("like", r"\s*\b(?:like|similar to|(?:the )?same as|comparable (?:to|with)) (?:us|ours|me|mine|our(?: own)? "
                 r"(?:cluster|network|organi[sz]ation|members|firms|companies|one))\b\s*"),
        ("for", r"\s*\bfor us(?=\W*$)"),
    )
)  # fmt: skip
"""Words for what is their own. "For us" adds nothing to a question on money, which is chosen by where they are."""


def told_of_self(words: str, *, bare: bool = False) -> tuple[tuple[str, ...], str | None]:
    """The sectors and the country that somebody says are their own: (sectors, ISO code).

    Args:
        words: what was said.
        bare: whether it was said in answer to that very question: then "furniture, Slovenia" says it, too.
    """
    reader = search().reader
    found = [match["what"] for match in _SELF.finditer(words) if not _DENIED.match(match["what"])]
    if not found:
        told = [sentence for sentence in _SENTENCE.split(words) if "?" not in sentence]
        short = next((match for match in map(_BARE.match, told) if match is not None), None)
        found = [short["what"]] if short is not None and not _NEGATED.search(short["what"]) else []
    if not found and bare:
        found = [part for part in _PART.split(words) if reader.read(part).only_tags]
    sectors: list[str] = []
    country = None
    for what in found:
        own = _ELSEWHERE.split(what, maxsplit=1)[0]
        named = reader.read(own)
        sectors += [s for s in named.sectors if s not in sectors]
        country = country or next((key for key in named.named_places if len(key) == 2), None)
    return tuple(sectors), country


def learn_profile(ctx: Ctx, words: str, *, on_purpose: bool = False) -> tuple[tuple[str, ...], str | None]:
    """Keeps what a message says of the organisation's sectors and country; returns what was new.

    Args:
        ctx: the turn.
        words: what was said.
        on_purpose: whether it was said for this; what is known already is not changed in passing.
    """
    sectors, country = told_of_self(words, bare=on_purpose)
    known = ctx.turn.profile
    new_sectors = sectors if sectors and sectors != known.sectors and (on_purpose or not known.sectors) else ()
    new_country = country if country and country != known.country and (on_purpose or not known.country) else None
    if new_sectors or new_country:
        ctx.turn.set_profile(new_sectors or None, new_country)
    return new_sectors, new_country


def profile_words(ctx: Ctx) -> str:
    """What is known of the organisation, in words."""
    profile = ctx.turn.profile
    entries = library().entries
    parts = [entries.sectors[s].name for s in profile.sectors]
    if profile.country:
        parts.append(entries.places[profile.country].name)
    return ", ".join(parts) or text("profile.nothing")


def speaks_of_own(words: str) -> bool:
    """Whether a message speaks of "our sector", "our country" or "clusters like us"."""
    return any(pattern.search(words) for what, pattern in _OWN if what != "for")


def of_their_own(ctx: Ctx, words: str) -> tuple[str, str | None]:
    """A question with their own sector and country in place of "our sector", "like us", "in our country".

    Args:
        ctx: the turn.
        words: the question.

    Returns:
        The question, without those words where it is not known what they stand for; and what is not known: "sector",
        "country" or None.
    """
    if not any(pattern.search(words) for _, pattern in _OWN):
        return words, None
    profile, entries = ctx.turn.profile, library().entries
    sector = " and ".join(entries.sectors[s].name for s in profile.sectors)
    country = entries.places[profile.country].name if profile.country else ""
    known = {"sector": sector, "country": country, "like": sector or country, "for": sector}
    lacking = None
    for what, pattern in _OWN:
        if not pattern.search(words) or (what == "for" and (not sector or "funding" in search().read(words).wants)):
            continue
        words = re.sub(r" (?=[?.!,;]|$)", "", pattern.sub(f" in {known[what]} " if known[what] else " ", words))
        if not known[what]:
            lacking = "country" if what == "country" else "sector"
    return words.strip(), lacking
