"""What is offered to an organisation at a place of its journey, and that the reasons given are true."""

from __future__ import annotations

import re

import pytest

from actions.composing import Composer, text
from actions.context import journey_knowledge, library, search
from actions.fitting import add_fits, fits_for, like, money_for, suiting
from actions.skill import Ctx
from assistant.journey import Audience
from assistant.knowledge.items import Item
from assistant.knowledge.search import Filters
from tests.actions.turns import CLUSTER, POLICY, turn_with

STEPS = list(journey_knowledge().steps)
ORGANISATIONS: list[tuple[Audience, tuple[str, ...], str | None]] = [
    (CLUSTER, (), None),
    (CLUSTER, ("agrifood",), "PT"),
    (CLUSTER, ("life-sciences",), "DK"),
    (CLUSTER, ("textiles-fashion", "crafts"), None),
    (CLUSTER, (), "TN"),
    (POLICY, (), "PL"),
    (POLICY, ("energy",), "RS"),
    (POLICY, ("ict",), "DE"),
]
WIDE = {"world", "europe", "eu"}


def around(country: str | None) -> set[str]:
    return set(library().entries.places[country].within) if country else set()


def true_reasons(item: Item, ctx: Ctx, step: str) -> set[str]:
    """Every reason that holds of an entry for this organisation at this step."""
    sectors, places, profile = library().entries.sectors, library().entries.places, ctx.turn.profile
    near = {n for s in profile.sectors for n in sectors[s].near}
    true = {text("fitting.same_sector", sector=sectors[s].name) for s in item.sectors if s in profile.sectors}
    true |= {text("fitting.near_sector", sector=sectors[s].name) for s in item.sectors if s in near}
    if profile.country in item.countries:
        true.add(text("fitting.same_country", country=places[str(profile.country)].name))
    true |= {text("fitting.region", region=places[r].name) for r in around(profile.country) & set(item.countries)}
    if step in item.steps:
        true.add(text("fitting.funding_step" if step == "funding" else "fitting.this_step", step=step))
    else:
        true.add(text("fitting.near_subject"))
    return true


def untrue(why: str, true: set[str]) -> str:
    """What is left of a reason when all that is true is taken away."""
    for each in sorted(true, key=len, reverse=True):
        why = why.replace(each, "")
    return why.strip(" ,")


@pytest.mark.parametrize(("audience", "sectors", "country"), ORGANISATIONS)
def test_what_fits_is_one_of_each_for_this_audience_with_a_true_reason(
    audience: Audience, sectors: tuple[str, ...], country: str | None
) -> None:
    wrong = []
    for step in STEPS:
        ctx = turn_with(audience=audience, sectors=sectors, country=country)
        fits = fits_for(ctx, step)
        assert [fit.item.type for fit in fits] == ["case", "tool", "funding"], step
        for fit in fits:
            assert audience in fit.item.audience, fit.item.id
            assert fit.why, fit.item.id
            left = untrue(fit.why, true_reasons(fit.item, ctx, step))
            wrong += [(step, fit.item.id, left)] if left else []
    assert wrong == []


@pytest.mark.parametrize(("audience", "sectors", "country"), ORGANISATIONS)
def test_money_for_one_other_country_is_not_offered(
    audience: Audience, sectors: tuple[str, ...], country: str | None
) -> None:
    foreign = []
    for step in STEPS:
        ctx = turn_with(audience=audience, sectors=sectors, country=country)
        for fit in (*fits_for(ctx, step), *money_for(ctx, step, 3)):
            at = fit.item.countries
            if fit.item.type == "funding" and len(at) == 1 and at[0].isupper() and at[0] != country:
                foreign.append((step, fit.item.id))
    assert foreign == []


@pytest.mark.parametrize(
    ("sector", "step"),
    [("agrifood", "2"), ("agrifood", "8"), ("life-sciences", "4"), ("life-sciences", "6"), ("sport", "8"),
     ("energy", "8"), ("aerospace", "10")],
)  # fmt: skip
def test_a_case_of_the_same_sector_wins(sector: str, step: str) -> None:
    case = fits_for(turn_with(sectors=(sector,)), step)[0]
    other = fits_for(turn_with(), step)[0]
    assert sector in case.item.sectors
    assert case.why.startswith(text("fitting.same_sector", sector=library().entries.sectors[sector].name))
    assert case.item != other.item, "the sector made no difference"


@pytest.mark.parametrize(
    ("country", "step"), [("SE", "6"), ("ES", "6"), ("IT", "4"), ("TN", "2"), ("RO", "2"), ("GR", "8")]
)
def test_a_case_of_the_own_country_wins(country: str, step: str) -> None:
    case = fits_for(turn_with(country=country), step)[0]
    assert country in case.item.countries
    assert text("fitting.same_country", country=library().entries.places[country].name) in case.why
    assert country not in fits_for(turn_with(), step)[0].item.countries, "the country made no difference"


@pytest.mark.parametrize("country", ["PT", "PL", "DK", "FR", "RO"])
def test_what_is_far_away_is_not_offered_to_those_whose_sector_is_not_known(country: str) -> None:
    near = {country, *WIDE, *around(country)}
    places = library().entries.places
    far = [
        (step, fit.item.id)
        for step in STEPS
        for fit in fits_for(turn_with(country=country), step)
        if fit.item.countries and not near & {r for key in fit.item.countries for r in (key, *places[key].within)}
    ]
    assert far == []


def test_a_sector_or_country_that_no_longer_exists_breaks_nothing() -> None:
    for step in STEPS:
        gone = turn_with(sectors=("gone", "agrifood"), country="XX")
        assert fits_for(gone, step) == fits_for(turn_with(sectors=("agrifood",)), step)
    assert money_for(turn_with(sectors=("gone",)), "4", 3) == money_for(turn_with(), "4", 3)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", [1, 3])
def test_money_for_a_step_is_money_each_once_with_its_reason(step: str, number: int) -> None:
    fits = money_for(turn_with(country="PT"), step, number)
    assert len({fit.item.id for fit in fits}) == len(fits) == number
    assert {fit.item.type for fit in fits} == {"funding"}
    assert all(fit.why for fit in fits)


@pytest.mark.parametrize("question", ["1.evidence", "4.targets", "6.een", "8.plan-b", "9.baseline"])
def test_a_question_has_its_own(question: str) -> None:
    step = question.split(".")[0]
    fits = fits_for(turn_with(), step, question)
    assert {fit.item.type for fit in fits} == {"case", "tool", "funding"}
    assert all(fit.why for fit in fits)


def test_a_question_counts_beside_its_step() -> None:
    questions = ["1.evidence", "4.targets", "6.een", "8.plan-b", "9.baseline"]
    by_question = [[f.item.id for f in fits_for(turn_with(), q.split(".")[0], q)] for q in questions]
    by_step = [[f.item.id for f in fits_for(turn_with(), q.split(".")[0])] for q in questions]
    assert by_question != by_step


# --- the line ---------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS)
def test_the_line_names_what_fits_with_its_source_and_its_year(step: str) -> None:
    ctx, composer = turn_with(sectors=("agrifood",), country="PT"), Composer()
    fits = fits_for(ctx, step)
    add_fits(ctx, composer, step)
    reply, rest = composer.build()
    assert rest is None
    assert "check for open calls" in reply.text
    money = next(fit.item for fit in fits if fit.item.type == "funding")
    assert str(money.year) in reply.text
    assert all(fit.why in reply.text for fit in fits)
    assert len(re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", reply.text)) >= len(fits)
    assert {(c.source, c.where) for c in reply.citations} == {
        (c.source, c.where) for fit in fits for c in fit.item.of_summary
    }
    assert ctx.shown["about"] == fits[0].item.id
    assert ctx.shown["list"] == ctx.shown["offered"] == [fit.item.id for fit in fits]


@pytest.mark.parametrize("step", STEPS)
def test_what_was_offered_lately_is_not_offered_again(step: str) -> None:
    slots = None
    seen: list[str] = []
    for _ in range(3):
        ctx = turn_with(shown=slots)
        add_fits(ctx, Composer(), step)
        offered = ctx.shown["list"]
        assert len(offered) == 3
        assert not set(offered) & set(seen)
        seen += offered
        slots = ctx.shown
    assert set(slots["offered"]) == set(seen)


def test_offers_are_remembered_for_a_while_only() -> None:
    slots = None
    for step in STEPS:
        ctx = turn_with(shown=slots)
        add_fits(ctx, Composer(), step)
        slots = ctx.shown
    assert len(slots["offered"]) == 9
    assert slots["offered"][-3:] == slots["list"]


def test_what_was_asked_for_stays_what_is_meant() -> None:
    ctx = turn_with()
    ctx.shown = {"about": "funding/eurostars", "list": ["funding/eurostars"]}
    add_fits(ctx, Composer(), "6")
    assert (ctx.shown["about"], ctx.shown["list"]) == ("funding/eurostars", ["funding/eurostars"])
    assert len(ctx.shown["offered"]) == 3


# --- others like it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "kind"),
    [("case/medicon-valley-ambassadors", "case"), ("case/textile-2020", "case"), ("tool/cluster-ambassadors", "case"),
     ("funding/eurostars", "funding"), ("funding/interreg", "case"), ("network/tci-network", "network")],
)  # fmt: skip
def test_others_like_it_are_of_the_type_and_have_in_common_what_is_said(id: str, kind: str) -> None:
    item, lists = library().item(id), library().entries
    found = like(item, 3, kind)
    assert len({other.id for other, _ in found}) == 3
    assert all(other.type == kind and other.id != id for other, _ in found)
    for other, why in found:
        true = {text("fitting.like_sector", sector=lists.sectors[s].name) for s in {*item.sectors} & {*other.sectors}}
        true |= {text("fitting.like_abroad", place=lists.places[p].name) for p in {*item.abroad} & {*other.abroad}}
        true |= {text("fitting.like_home", place=lists.places[p].name) for p in {*item.countries} & {*other.countries}}
        assert untrue(why, true) == "", other.id


def test_those_with_something_in_common_come_first() -> None:
    others = like(library().item("case/medicon-valley-ambassadors"), 2, "case")
    assert all("life-sciences" in other.sectors and why for other, why in others)


def test_others_like_it_are_new_before_they_are_those_in_sight() -> None:
    item = library().item("case/medicon-valley-ambassadors")
    first = [other for other, _ in like(item, 3, "case")]
    assert not set(first) & {other for other, _ in like(item, 3, "case", first)}


# --- results in the order that suits who asks -------------------------------------------


def suited(question: str, ctx: Ctx) -> list[Item]:
    engine = search()
    query = engine.read(question)
    found = engine.results(query, engine.rank(query), Filters(types=frozenset({"network"})), 8)
    return [result.item for result in suiting(ctx, query, found)]


def test_what_is_of_another_sector_goes_down_unless_a_sector_or_a_place_is_named() -> None:
    question = "which networks should we join in Europe?"
    furniture, nobody = turn_with(sectors=("furniture-wood",), country="SI"), turn_with()
    theirs, anyones = suited(question, furniture), suited(question, nobody)
    other = [item for item in anyones if item.sectors]
    assert other, "the question finds no network of a sector"
    assert set(theirs) == set(anyones)
    assert sum(map(theirs.index, other)) > sum(map(anyones.index, other))
    for named in ("which networks for aerospace should we join?", "which networks should we join in Japan?"):
        assert suited(named, furniture) == suited(named, nobody)


def test_what_is_named_does_not_go_down() -> None:
    name = "European Aerospace Cluster Partnership"
    first = suited(name, turn_with(sectors=("furniture-wood",)))[0]
    assert "aerospace" in first.sectors
    assert suiting(turn_with(), search().read(name), []) == []
