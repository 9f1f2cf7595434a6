"""Questions to the sources: what is asked for, the question within a longer message, and what is found."""

from __future__ import annotations

import pytest

from actions.composing import text
from actions.consult import answer_from_sources, asked_who_paid, asks_the_sources, found_for, names_an_entry
from actions.context import library, search
from actions.finding import _question_in
from assistant.journey import Audience
from tests.actions.turns import CLUSTER, POLICY, turn_with


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("who has worked with Japan?", "case"),
        ("any examples from Spain", "case"),
        ("has anyone in the food sector done this", "case"),
        ("is there money for a trip?", "funding"),
        ("who would pay for a mission?", "funding"),
        ("loans for small firms", "funding"),
        ("can we afford an office in China", "funding"),
        ("which network is there for aerospace?", "network"),
        ("which events bring partners?", "event"),
        ("what tools help to rank markets?", "tool"),
        ("is there a template for an agreement", "tool"),
        ("what is a meta-cluster?", None),
        ("how do we find partners?", None),
        ("who pays attention to culture", None),
        ("any examples of grants for missions", None),
        ("", None),
    ],
)
def test_the_type_that_is_asked_for_without_doubt(words: str, kind: str | None) -> None:
    assert search().read(words).sole == kind


@pytest.mark.parametrize(
    ("words", "shorter", "asked"),
    [
        ("who went to Japan and who paid for it?", "who went to Japan", True),
        ("Which cluster went to Montreal, and who financed that", "Which cluster went to Montreal", True),
        (
            "how was the exchange in Madrid organised and who funded it?",
            "how was the exchange in Madrid organised",
            True,
        ),
        ("and who paid for it?", "", True),
        ("who financed that", "", True),
        ("who paid for the ambassadors of Medicon Valley?", "who paid for the ambassadors of Medicon Valley?", False),
        ("who pays for our trips?", "who pays for our trips?", False),
        ("we paid for it", "we paid for it", False),
        ("who went to Japan?", "who went to Japan?", False),
    ],
)
def test_who_paid_as_a_second_question(words: str, shorter: str, asked: bool) -> None:
    assert asked_who_paid(words) == (shorter, asked)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("This is the third time I write, nothing works; who has been in Japan?", "who has been in Japan"),
        ("your tool is useless. is there an example from Spain", "is there an example from Spain"),
        ("Nobody answers me and who pays for missions?", "who pays for missions"),
        ("We are a food cluster in Portugal, who went to Asia?", "who went to Asia food and farming"),
        ("We are a maritime cluster. Who went to Norway?", "Who went to Norway maritime and ocean industries"),
        ("who went to Japan?", ""),
        ("We lost our manager, so sad.", ""),
        ("who went to Japan? nothing works here.", ""),
        ("", ""),
    ],
)
def test_the_question_at_the_end_keeps_the_places_and_sectors_before_it(words: str, question: str) -> None:
    assert _question_in(words) == question


@pytest.mark.parametrize(
    "words", ["Medicon Valley", "Medicon Valey", "COSME", "eurostars", "Interreg?", "Horizon 2020", "the ESCP"]
)
def test_the_name_of_an_entry(words: str) -> None:
    assert names_an_entry(words)


@pytest.mark.parametrize(
    "words", ["hello", "yes", "not yet", "", "Japan", "ambassadors from Medicon Valley were good for us", "we are done"]
)
def test_more_or_less_than_the_name_of_an_entry(words: str) -> None:
    assert not names_an_entry(words)


@pytest.mark.parametrize(
    ("question", "wanted", "id"),
    [
        ("who has gone to Japan?", "case", "case/filas-creative-industries-japan-dubai-india"),
        ("cases from Spain", "case", "case/madrid-biotech-manager-visits"),
        ("any cases on biotech?", "case", "case/madrid-biotech-manager-visits"),
        ("is there money for SMEs to travel?", "funding", "funding/sme-travel"),
        ("loans for SMEs", "funding", "funding/soft-loans-and-in-kind"),
        ("funding in the Baltic Sea region", "funding", "funding/interreg-baltic-sea"),
        ("which network is there for aerospace clusters?", "network", "network/european-aerospace-cluster-partnership"),
        ("events to meet partners", "event", "event/partnering-events"),
        ("what is a meta-cluster?", None, "term/meta-cluster"),
        ("what is coopetition?", None, "term/coopetition"),
        ("what does a cluster ambassador do?", None, "tool/cluster-ambassadors"),
        ("Eurostars", None, "funding/eurostars"),
        ("is Horizon 2020 still open?", None, "funding/horizon-2020"),
        ("how did Medicon Valley pay for ambassadors?", "funding", "case/medicon-valley-ambassadors"),
        ("Korean research cooperation of SMEs", None, "case/german-korean-sme-research"),
    ],
)
def test_what_is_found(question: str, wanted: str | None, id: str) -> None:
    found = found_for(turn_with(), question, wanted=None)
    assert found.wanted == wanted
    # Which of those that fit nearly as well comes first may change with the knowledge base.
    assert id in [result.item.id for result in found.results[:3]]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who has gone to Japan?", "case"),
        ("is there money for SMEs to travel?", "funding"),
        ("which network is there for aerospace clusters?", "network"),
        ("which tools help to choose a market?", "tool"),
        ("which events bring partners?", "event"),
    ],
)
def test_only_what_was_asked_for(question: str, kind: str) -> None:
    results = found_for(turn_with(), question).results
    assert len(results) >= 3
    assert {result.item.type for result in results} == {kind}


@pytest.mark.parametrize(
    "question",
    [
        "what is the weather in Lisbon",
        "how do I cook rice?",
        "who has gone to Mars",
        "who won the world cup",
        "",
        "???",
    ],
)
def test_nothing_is_found(question: str) -> None:
    assert found_for(turn_with(), question).results == ()


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("I have written to you three times now and nothing happens, is there money for SMEs to travel?",
         "is there money for SMEs to travel"),
        ("Honestly, this handbook is a waste of my morning; what is a meta-cluster?", "what is a meta-cluster"),
    ],
)  # fmt: skip
def test_a_question_is_found_behind_a_complaint(long: str, short: str) -> None:
    assert found_for(turn_with(), long).results
    assert found_for(turn_with(), long).results[0].item == found_for(turn_with(), short).results[0].item


@pytest.mark.parametrize("kind", ["case", "funding", "tool"])
def test_a_type_can_be_set(kind: str) -> None:
    found = found_for(turn_with(), "partners in the Baltic Sea region", wanted=kind)
    assert found.wanted == kind
    assert {result.item.type for result in found.results} == {kind}


def test_no_loans_are_given_to_whom_wants_none() -> None:
    first = found_for(turn_with(), "no loans, which grants are there for missions?").results[0].item
    assert first.id != found_for(turn_with(), "which loans are there for missions?").results[0].item.id


def test_here_is_the_step_that_the_journey_stands_at() -> None:
    question = "are there examples for this?"
    assert found_for(turn_with(current="6"), question).query.steps == {"6"}
    assert found_for(turn_with(current="6"), "are there examples for step 2?").query.steps == {"2"}
    assert found_for(turn_with(current="6"), "who has gone to Japan?").query.steps == frozenset()
    assert found_for(turn_with(audience=None, current="6"), question).query.steps == frozenset()


@pytest.mark.parametrize(
    ("audience", "id"),
    [(CLUSTER, "tool/generic-strategy-for-a-cluster"), (POLICY, "tool/generic-strategy-for-a-region")],
)
def test_what_is_for_the_audience_comes_first_among_what_fits_about_as_well(audience: Audience, id: str) -> None:
    assert found_for(turn_with(audience=audience), "generic strategy").results[0].item.id == id


def test_the_nearest_is_found_where_nothing_has_to_be_sure() -> None:
    assert found_for(turn_with(), "how do I cook rice?", sure=False).results


# --- their own sector and country -------------------------------------------------------

FURNITURE = {"sectors": ("furniture-wood",), "country": "SI"}


@pytest.mark.parametrize(
    "question",
    [
        "who has done something in our sector?",
        "others in our field?",
        "clusters like us",
        "is there anyone like us who has actually done this?",
        "someone in the same industry as us",
    ],
)
def test_our_sector_is_theirs(question: str) -> None:
    results = found_for(turn_with(**FURNITURE), question).results
    assert results
    assert all("furniture-wood" in result.item.sectors for result in results[:3])


@pytest.mark.parametrize("question", ["who in our country has gone abroad?", "who in Slovenia has gone abroad?"])
def test_our_country_is_theirs(question: str) -> None:
    assert "SI" in found_for(turn_with(**FURNITURE), question).results[0].item.countries


def test_which_sector_is_asked_once() -> None:
    question = "who has done something in our sector?"
    first = turn_with(question)
    answer_from_sources(first, question)
    assert first.composers[0].build()[0].text == text("consult.whose_sector")
    second = turn_with(question, shown=first.shown)
    answer_from_sources(second, question)
    assert text("consult.whose_sector") not in second.composers[0].build()[0].text


def test_what_a_question_says_beyond_its_sector_is_not_passed_over() -> None:
    assert found_for(turn_with(**FURNITURE), "who in our sector has invented the warp drive?").results == ()


def test_clusters_like_us_asks_and_answers_nothing() -> None:
    assert asks_the_sources(turn_with("clusters like us"))
    assert asks_the_sources(turn_with("any others in our sector?"))
    assert not asks_the_sources(turn_with("we have clusters like us as partners"))


def test_what_was_shown_is_asked_for_and_a_network_of_that_name_may_be_an_answer() -> None:
    seen = {"about": "case/medicon-valley-ambassadors", "list": ["case/medicon-valley-ambassadors"]}
    assert asks_the_sources(turn_with("the Danish one", shown=seen))
    assert asks_the_sources(turn_with("the Norwegian one", shown=seen))
    assert not asks_the_sources(turn_with("the aerospace network", shown=seen))
    assert not asks_the_sources(turn_with("only the last 3", shown=seen))


# --- the kind of money, and the place ---------------------------------------------------


def test_a_kind_of_money_does_not_hide_what_fits_better() -> None:
    found = [r.item.id for r in found_for(turn_with(), "a grant for training staff").results]
    assert found[0] == "funding/training-via-export-agencies"


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("loans for small firms", "funding/soft-loans-and-in-kind"),
        ("venture capital for cluster firms", "funding/venture-capital-banks"),
        ("sponsorship for events", "funding/sponsoring"),
        ("membership fees", "funding/membership-fees"),
    ],
)
def test_a_kind_of_money_is_kept_to_where_there_is_a_good_one(question: str, id: str) -> None:
    assert found_for(turn_with(), question, wanted="funding").results[0].item.id == id


def test_who_wants_no_loans_gets_none() -> None:
    for result in found_for(turn_with(), "no loans, only grants", wanted="funding").results:
        assert "grant" in {kind.value for kind in result.item.entry.kinds}


def test_money_is_named_before_anything_is_known() -> None:
    ctx = turn_with("is there money?", audience=None)
    answer_from_sources(ctx, "is there money?")
    assert ctx.composers[0].build()[0].text.startswith(text("consult.money_in_general"))
    assert len(ctx.shown["list"]) == 3


def test_what_is_of_another_country_alone_is_not_listed_for_the_one_that_is_named() -> None:
    places = library().entries.places["SI"].within
    for result in found_for(turn_with(), "is there money in Slovenia?").results:
        assert not result.item.countries or {"SI", "world", *places} & set(result.item.countries), result.item.id


def test_networks_for_makers_of_furniture_are_networks() -> None:
    results = found_for(turn_with(**FURNITURE), "which networks are worth joining for furniture makers?").results
    assert {result.item.type for result in results} == {"network"}
