"""Entries and the journey's own texts in one shape: what the search ranks and a reply is made from."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from assistant.journey import Audience
from assistant.knowledge.items import ITEM_TYPES, Item, Statement, items_of_entries, items_of_journey
from assistant.knowledge.journey import JourneyKnowledge, load_journey
from assistant.settings import ROOT
from tests.knowledge.small import Base

CO, PM = Audience.CLUSTER_ORGANISATION, Audience.POLICY_MAKER
TWO_SOURCES = [
    {"source": "handbook", "where": "Case 1", "lines": "10-20"},
    {"source": "guide", "where": "Chapter 2", "lines": "200"},
]


def item_of(base: Base, id: str, **fields: Any) -> Item:
    base.add(id, **fields)
    entries = base.read()
    assert entries.problems == ()
    return next(iter(items_of_entries(entries.entries.values())))


def said(item: Item) -> list[tuple[str, str, list[str]]]:
    return [(s.label, s.text, [c.source for c in s.citations]) for s in item.statements]


def test_an_entry_as_an_item(base: Base) -> None:
    item = item_of(
        base,
        "case/harbour",
        title="Harbour cluster goes to Japan",
        who="Harbour Cluster",
        countries=["DK"],
        abroad=["JP"],
        regions=["Jutland"],
        sectors=["ict"],
        steps=["7", "6"],
        audience=["policy_maker"],
        also_known_as=["HC", "Harbour Cluster"],
        year=2012,
    )
    assert (item.id, item.type, item.title) == ("case/harbour", "case", "Harbour cluster goes to Japan")
    assert item.names == ("Harbour cluster goes to Japan", "HC", "Harbour Cluster"), "who did it is a name, once"
    assert (item.countries, item.abroad, item.regions) == (("DK",), ("JP",), ("Jutland",))
    assert (item.sectors, item.steps, item.audience, item.year) == (("ict",), ("7", "6"), (PM,), 2012)
    assert item.asks == ("who did it", "how was it done", "what came of it")
    assert item.entry is not None
    assert item.entry.id == item.id


def test_each_statement_cites_the_sources_that_it_comes_from(base: Base) -> None:
    item = item_of(
        base,
        "case/harbour",
        facts=[{"text": "The first says so."}, {"text": "Both of them say so.", "from": [2, 1]}],
        paid_by=[{"text": "The region paid.", "from": 2}],
        lessons=[{"text": "Begin early.", "from": 1}],
        sources=TWO_SOURCES,
    )
    assert said(item) == [
        ("fact", "The first says so.", ["handbook"]),
        ("fact", "Both of them say so.", ["guide", "handbook"]),
        ("paid_by", "The region paid.", ["guide"]),
        ("lesson", "Begin early.", ["handbook"]),
    ]
    assert [s.text for s in item.lessons] == ["Begin early."]
    assert [s.text for s in item.paid_by] == ["The region paid."]
    assert [c.source for c in item.citations] == ["handbook", "guide"]


# type, what the entry has, the labels and texts of what it says
OF_TYPES: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    (
        "funding",
        {
            "amount": "Up to 5,000 euros",
            "duration": "Two years",
            "who_could_apply": "Small firms",
            "run_by": "An agency",
            "pays_for": ["Travel", "Stands at fairs"],
        },
        [
            ("amount", "Up to 5,000 euros"),
            ("duration", "Two years"),
            ("who_could_apply", "Small firms"),
            ("run_by", "An agency"),
            ("pays_for", "Travel, Stands at fairs"),
        ],
    ),
    ("network", {"run_by": "An agency", "offers": ["Contacts"]}, [("run_by", "An agency"), ("offers", "Contacts")]),
    ("service", {"run_by": "An agency", "offers": ["Courses"]}, [("run_by", "An agency"), ("offers", "Courses")]),
    ("event", {"run_by": "An agency"}, [("run_by", "An agency")]),
    (
        "tool",
        {"run_by": "An agency", "how": ["Ask first", "Then count"], "facts": [{"text": "It is free."}]},
        [("run_by", "An agency"), ("fact", "It is free."), ("how", "Ask first"), ("how", "Then count")],
    ),
    ("term", {"credited_to": "Michael Porter"}, [("credited_to", "Michael Porter")]),
    (
        "guide",
        {
            "parts": [
                {"title": "First", "text": "What is done at the beginning.", "points": ["Ask all of them"]},
                {"title": "Second", "text": "What is done at the end."},
            ]
        },
        [
            ("part", "First: What is done at the beginning."),
            ("point", "Ask all of them"),
            ("part", "Second: What is done at the end."),
        ],
    ),
    ("skill", {}, []),
    ("statistic", {}, []),
]


@pytest.mark.parametrize(("kind", "fields", "expected"), OF_TYPES, ids=[t[0] for t in OF_TYPES])
def test_what_an_entry_of_a_type_says(
    base: Base, kind: str, fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    item = item_of(base, f"{kind}/pier", **fields)
    assert [(s.label, s.text) for s in item.statements] == expected
    assert all(s.citations for s in item.statements)


def test_a_part_of_a_guide_cites_its_own_source(base: Base) -> None:
    parts = [
        {"title": "First", "text": "What is done at the beginning.", "points": ["Ask all of them"], "from": 2},
        {"title": "Second", "text": "What is done at the end."},
    ]
    item = item_of(base, "guide/pier", parts=parts, sources=TWO_SOURCES)
    assert [sources for _, _, sources in said(item)] == [["guide"], ["guide"], ["handbook"]]


# --- the journey -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def journey() -> JourneyKnowledge:
    return load_journey(ROOT / "knowledge")


@pytest.fixture(scope="module")
def items(journey: JourneyKnowledge) -> dict[str, Item]:
    return {item.id: item for item in items_of_journey(journey)}


def test_all_of_the_journey_can_be_found(journey: JourneyKnowledge, items: dict[str, Item]) -> None:
    numbers = Counter(item.type for item in items.values())
    assert numbers["step"] == 11
    assert numbers["question"] == 52
    assert numbers["term"] == len(journey.terms)
    assert numbers["line"] == len(journey.routes.lines)
    assert numbers["menu"] == sum(len(menu.sections) for menu in journey.menus.values())
    assert set(numbers) <= set(ITEM_TYPES)
    assert len(items) == len(list(items_of_journey(journey))), "an id is used twice"


def test_an_item_of_the_journey_says_something_and_cites_it(items: dict[str, Item]) -> None:
    bare = [item.id for item in items.values() if not (item.title and item.summary and item.names and item.citations)]
    assert bare == []
    uncited = [item.id for item in items.values() if not all(said.citations for said in item.statements)]
    assert uncited == []


def test_questions_asked_of_the_journey_reach_their_item(journey: JourneyKnowledge, items: dict[str, Item]) -> None:
    assert journey.asks
    assert [id for id in journey.asks if id not in items] == []
    assert items["step/1"].asks == journey.asks["step/1"]


# id, type, what the title has, a name, steps, audiences
OF_THE_JOURNEY = [
    ("step/6", "step", "Step 6: Identify partners", "Identify partners", ("6",), (CO, PM)),
    ("step/funding", "step", "Utilise funding", "Utilise funding", ("funding",), (CO, PM)),
    ("question/6.een", "question", "Checklist of step 6: ", "enterprise europe", ("6",), (CO,)),
    ("question/f.innovation-express", "question", "Checklist of Utilise funding: ", "", ("funding",), (PM,)),
    ("line/light-orange", "line", "(light orange)", "light orange line", None, (CO, PM)),
    ("phase/get_ready", "rule", "Phase: ", "", ("1", "2", "3", "4", "5"), (CO, PM)),
    ("after/3", "rule", "After step 3", "", ("3",), (CO, PM)),
    ("route/project-failed", "rule", "", "", ("6",), (CO, PM)),
]


@pytest.mark.parametrize(("id", "kind", "title", "name", "steps", "audience"), OF_THE_JOURNEY)
def test_an_item_of_the_journey(
    items: dict[str, Item],
    id: str,
    kind: str,
    title: str,
    name: str,
    steps: tuple[str, ...] | None,
    audience: tuple[Audience, ...],
) -> None:
    item = items[id]
    assert item.type == kind
    assert title in item.title
    assert name.lower() in " | ".join(item.names).lower()
    if steps is not None:
        assert item.steps == steps
    assert item.audience == audience


def test_advice_for_each_audience_is_labelled(items: dict[str, Item]) -> None:
    labels = {said.label for item in items.values() if item.type == "recommendation" for said in item.statements}
    assert labels == {"cluster_organisation", "policy_maker"}


def test_menus_are_for_one_audience(items: dict[str, Item]) -> None:
    menus = [item for item in items.values() if item.type == "menu"]
    assert {item.audience for item in menus} == {(CO,), (PM,)}
    assert all(item.steps == ("4",) and item.statements for item in menus)


def test_a_statement_is_a_fact_unless_labelled() -> None:
    assert Statement("It is so.", ()).label == "fact"
