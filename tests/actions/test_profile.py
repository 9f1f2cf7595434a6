"""What somebody says of their own organisation, and what sounds like it but is said of others."""

from __future__ import annotations

import pytest

from actions.context import library
from actions.profile import learn_profile, of_their_own, profile_words, speaks_of_own, told_of_self
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


# --- "our sector", "our country", "clusters like us" ------------------------------------


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("who has done something in our sector?", "who has done something in food and farming?"),
        ("others in our field", "others in food and farming"),
        ("anyone in the same industry as us", "anyone in food and farming"),
        ("clusters like us", "clusters in food and farming"),
        ("are there cases similar to our cluster?", "are there cases in food and farming?"),
        ("who in our country has gone abroad?", "who in Portugal has gone abroad?"),
        ("our sector in our country", "in food and farming in Portugal"),
        ("is there a network for us?", "is there a network in food and farming?"),
        ("is there money for us?", "is there money for us?"),
        ("what do our members want?", "what do our members want?"),
        ("who has done Japan?", "who has done Japan?"),
        ("", ""),
    ],
)
def test_what_is_their_own_stands_in_place_of_the_words(words: str, own: str) -> None:
    assert of_their_own(turn_with(sectors=("agrifood",), country="PT"), words) == (own, None)


@pytest.mark.parametrize(
    ("words", "own", "lacking"),
    [
        ("who has done something in our sector?", "who has done something?", "sector"),
        ("clusters like us", "clusters", "sector"),
        ("who in our country has gone abroad?", "who has gone abroad?", "country"),
        ("is there a network for us?", "is there a network for us?", None),
        ("who has done Japan?", "who has done Japan?", None),
    ],
)
def test_what_is_not_known_of_them_is_left_out_and_said(words: str, own: str, lacking: str | None) -> None:
    assert of_their_own(turn_with(), words) == (own, lacking)


def test_like_us_is_from_where_they_are_if_the_sector_is_not_known() -> None:
    assert of_their_own(turn_with(country="PT"), "clusters like us") == ("clusters in Portugal", None)


@pytest.mark.parametrize(
    ("words", "own"),
    [("clusters like us", True), ("in our sector", True), ("from our country", True), ("for us", False),
     ("our sectoral plan", False), ("we like using it", False), ("", False)],
)  # fmt: skip
def test_whether_they_speak_of_their_own(words: str, own: bool) -> None:
    assert speaks_of_own(words) is own
