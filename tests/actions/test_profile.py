"""What somebody says of their own organisation, and what sounds like it but is said of others."""

from __future__ import annotations

import pytest

from actions.context import library
from actions.profile import learn_profile, profile_words, told_of_self
from tests.actions.turns import turn_with


@pytest.mark.parametrize(
    ("words", "sectors", "country"),
    [
        ("we are a food cluster in Portugal", ("agrifood",), "PT"),
        ("our cluster is in Poland", (), "PL"),
        ("we run a textile cluster, northern Italy", ("textiles-fashion",), "IT"),
        ("We're a Danish life science cluster.", ("life-sciences",), "DK"),
        ("I work for an energy cluster based in Sweden", ("energy",), "SE"),
        ("our members are maritime companies from Norway", ("maritime",), "NO"),
        ("I represent an aerospace cluster", ("aerospace",), None),
        ("I'm from Serbia", (), "RS"),
    ],
)
def test_what_is_said_of_oneself(words: str, sectors: tuple[str, ...], country: str | None) -> None:
    assert told_of_self(words) == (sectors, country)


@pytest.mark.parametrize(
    "words",
    [
        "I am not from Spain",
        "we are not a food cluster",
        "we have a strategy for India",
        "we already sell in Germany",
        "we attended events in Germany",
        "we were in Japan last year",
        "we sold to German energy firms",
        "we have contacts in Japan",
        "we want to go to Korea",
        "which textile clusters are in Italy?",
        "has any food cluster gone to China?",
        "no",
        "",
    ],
)
def test_what_is_not_said_of_oneself(words: str) -> None:
    assert told_of_self(words) == ((), None)


@pytest.mark.parametrize(
    "words",
    [
        "we are a food cluster in Portugal and want to go to Japan",
        "We are a Portuguese food cluster. Who was in Japan?",
    ],
)
def test_where_they_look_is_not_where_they_are(words: str) -> None:
    assert told_of_self(words) == (("agrifood",), "PT")


def test_what_is_named_is_in_the_lists() -> None:
    lists = library().entries
    for key, sector in lists.sectors.items():
        assert told_of_self(f"we are a cluster for {sector.name}")[0][:1] in [
            (key,),
            *((near,) for near in sector.near),
        ]


def test_what_is_new_is_kept_and_said() -> None:
    ctx = turn_with()
    assert profile_words(ctx) == profile_words(turn_with(sectors=("no-longer-a-sector",)))
    assert learn_profile(ctx, "we are a food cluster in Portugal") == (("agrifood",), "PT")
    assert (ctx.turn.profile.sectors, ctx.turn.profile.country) == (("agrifood",), "PT")
    assert profile_words(ctx) == "food and farming, Portugal"
    assert learn_profile(ctx, "we are a food cluster in Portugal") == ((), None)


def test_a_message_without_either_changes_nothing() -> None:
    ctx = turn_with(sectors=("agrifood",), country="PT")
    assert learn_profile(ctx, "we attended events in Germany") == ((), None)
    assert (ctx.turn.profile.sectors, ctx.turn.profile.country) == (("agrifood",), "PT")
