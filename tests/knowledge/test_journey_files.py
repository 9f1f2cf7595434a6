"""The journey files themselves: complete, cited, worded as they should be; and the page that explains them."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from assistant.journey import Audience, RouteKind, Trigger
from assistant.knowledge import models as m
from assistant.knowledge.journey import JourneyKnowledge, load_journey
from assistant.settings import ROOT

LINES = {"tactics": 2440, "eccp-skills": 908, "eccp-capacity": 726, "giz": 5090, "observatory": 869}
"""Lines of the plain-text copies that citations count in; the copies are not part of the project."""

CO, PM = Audience.CLUSTER_ORGANISATION, Audience.POLICY_MAKER
QUESTIONS = {
    CO: """
        1.benefits 1.evidence 1.priorities 2.diagnostic 2.gaps 3.sources 3.opportunities 3.support
        4.plan 4.targets 4.actions 4.monitoring 4.buy-in 5.training 5.training-plan 5.exchange
        6.networks 6.collaborations 6.online-tools 6.een 7.tools 7.contacts
        8.skills 8.pm-tools 8.smooth 8.plan-b 8.unexpected
        9.quality 9.dynamics 9.baseline 9.monitoring 9.evaluation 9.long-term 9.unexpected
        10.follow-on 10.revitalise f.programmes f.expert-help
    """.split(),
    PM: """
        1.benefits 1.evidence 1.priorities 2.diagnostic 2.gaps 3.access 3.specialisation 3.infrastructure
        4.plan 4.targets 4.actions 4.monitoring 4.buy-in 5.training 5.training-plan 5.exchange
        6.policy-networks 6.policy-regions 7.conditions 8.capacity-support 8.sharing
        9.benchmarking-support 9.practice-shared 9.awareness 10.network-support
        f.innovation-express f.other-funding
    """.split(),
}
"""The ids that stored answers refer to. They never change: one that goes missing here loses people's answers."""
COUNTS = {
    "1": (3, 3),
    "2": (2, 2),
    "3": (3, 3),
    "4": (5, 5),
    "5": (3, 3),
    "6": (4, 2),
    "7": (2, 1),
    "8": (5, 2),
    "9": (7, 3),
    "10": (2, 1),
    "funding": (2, 2),
}
TITLES = {
    "1": "Why internationalise?",
    "2": "Assess readiness",
    "3": "Identify opportunities",
    "4": "Create strategy and action plan",
    "5": "Implement training",
    "6": "Identify partners",
    "7": "Develop trust and projects",
    "8": "Implement projects",
    "9": "Measure success",
    "10": "Sustain the networks",
    "funding": "Utilise funding",
}
PHASES = {"get_ready": "1 2 3 4 5", "use_networks": "6 10", "take_action": "7 8 9", "utilise_funding": "funding"}
ROUTES = {
    "project-failed": (Trigger.PROJECT_FAILED, RouteKind.BACK, ("6",)),
    "unexpected-event": (Trigger.UNEXPECTED_EVENT, RouteKind.BACK, ("3",)),
    "not-for-us": (Trigger.NOT_FOR_US, RouteKind.DEAD_END, ()),
    "ask-why-again": (Trigger.ASK_WHY_AGAIN, RouteKind.BACK, ("1",)),
    "results-measured": (Trigger.RESULTS_MEASURED, RouteKind.OFFER, ("3",)),
    "trained-check-readiness": (Trigger.TRAINED, RouteKind.OFFER, ("2",)),
    "round-completed": (Trigger.ROUND_COMPLETED, RouteKind.OFFER, ("3",)),
    "straight-to-projects": (Trigger.STRAIGHT_TO_PROJECTS, RouteKind.WARNING, ("1",)),
}
COLOURS = "red, grey, dark blue, cyan, light orange, green, magenta, brown, light grey, black".split(", ")
MONEY = re.compile(r"€ ?\d|\d ?(?:euro|EUR)\b|\b(?:million|thousand) euro")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
WORDINGS = ("ask", "why", "when_not_yet", "when_partly", "action")


@pytest.fixture(scope="module")
def knowledge() -> JourneyKnowledge:
    return load_journey(ROOT / "knowledge")


def strings(path: Path) -> list[str]:
    """Every text of a file, names and citations included."""

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from chain.from_iterable(map(walk, value.values()))
        elif isinstance(value, list):
            yield from chain.from_iterable(map(walk, value))

    return list(walk(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))))


FILES = sorted([ROOT / "knowledge" / "sources.yml", *(ROOT / "knowledge" / "journey").glob("*.yml")])
ALL_FILES = sorted((ROOT / "knowledge").rglob("*.yml"))
ALL_TEXTS = [(path.relative_to(ROOT).as_posix(), text) for path in ALL_FILES for text in strings(path)]
TEXTS = [(path.relative_to(ROOT).as_posix(), text) for path in FILES for text in strings(path)]


def parts(value: object) -> Iterator[BaseModel]:
    """A model and all models within it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple | list | dict):
        yield from chain.from_iterable(map(parts, value.values() if isinstance(value, dict) else value))


# --- complete ---------------------------------------------------------------------------


def test_steps_in_order_with_their_titles_and_phases(knowledge: JourneyKnowledge) -> None:
    assert {key: step.title for key, step in knowledge.steps.items()} == TITLES
    assert list(knowledge.steps) == list(TITLES) == list(m.STEP_KEYS)
    phases = {phase.key.value: " ".join(phase.steps) for phase in knowledge.frame.phases}
    assert phases == PHASES
    for phase in knowledge.frame.phases:
        assert all(knowledge.step(key).phase is phase.key for key in phase.steps)
    for key in knowledge.steps:
        assert knowledge.phase_title(key)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_question_that_answers_refer_to(knowledge: JourneyKnowledge, audience: Audience) -> None:
    assert [q.id for q in knowledge.definition.questions(audience)] == QUESTIONS[audience]


def test_numbers_of_questions(knowledge: JourneyKnowledge) -> None:
    found = {
        step.key: (len(step.questions_for(CO)), len(step.questions_for(PM))) for step in knowledge.definition.steps
    }
    assert found == COUNTS
    assert tuple(map(sum, zip(*found.values(), strict=True))) == (38, 27)


def test_every_question_is_worded_for_all_whom_it_is_put_to(knowledge: JourneyKnowledge) -> None:
    for step in knowledge.steps.values():
        for question in step.checklist:
            for audience in question.audiences:
                for name in WORDINGS:
                    assert len(getattr(question, name).of(audience)) >= 20, (question.id, name, audience)
            for audience in set(Audience) - set(question.audiences):
                for name in WORDINGS:
                    assert getattr(getattr(question, name), audience.value) is None, (question.id, name, audience)
            assert len(question.evidence) >= 2, question.id
            assert knowledge.question(question.id) is question


def test_names_are_told_apart(knowledge: JourneyKnowledge) -> None:
    labels = [q.label.casefold() for step in knowledge.steps.values() for q in step.checklist]
    assert [label for label, n in Counter(labels).items() if n > 1] == []
    names = [name.casefold() for step in knowledge.steps.values() for name in {*step.also_known_as, step.title}]
    assert [name for name, n in Counter(names).items() if n > 1] == []
    assert [step.id for step in knowledge.steps.values()] == [f"step/{key}" for key in m.STEP_KEYS]
    assert all(len(step.also_known_as) >= 4 for step in knowledge.steps.values())
    for audience in Audience:
        called = [
            (name.casefold(), q.id)
            for step in knowledge.steps.values()
            for q in step.checklist
            if audience in q.audiences
            for name in {q.label, *q.also_called}
        ]
        assert [name for name, n in Counter(name for name, _ in called).items() if n > 1] == [], audience


def test_routes_are_those_that_the_rules_and_texts_act_on(knowledge: JourneyKnowledge) -> None:
    assert {r.id: (r.trigger, r.kind, r.to) for r in knowledge.routes.routes} == ROUTES
    assert {r.trigger for r in knowledge.routes.routes} == set(Trigger)
    for route in knowledge.routes.routes:
        assert knowledge.route(route.id) is route
        for audience in Audience:
            assert route.say.of(audience)
            assert route.because.of(audience)
    assert knowledge.route("project-failed").asks_for_note
    assert knowledge.route("not-for-us").advice
    with pytest.raises(KeyError):
        knowledge.route("project-succeeded")


def test_the_ten_lines_of_the_tube_map(knowledge: JourneyKnowledge) -> None:
    assert [line.colour for line in knowledge.routes.lines] == COLOURS
    assert {line.id for line in knowledge.routes.lines} == {f"line/{colour.replace(' ', '-')}" for colour in COLOURS}


def test_every_step_says_what_follows(knowledge: JourneyKnowledge) -> None:
    following = {c.step: c.next for c in knowledge.routes.completions}
    assert list(following) == [str(n) for n in range(1, 11)]
    assert [following[str(n)] for n in range(1, 10)] == [str(n) for n in range(2, 11)]
    assert "funding-is-never-finished" in {p.id for p in knowledge.routes.principles}


def test_standings_that_the_start_offers(knowledge: JourneyKnowledge) -> None:
    for key in ("not-started", "have-idea", "have-contacts", "have-strategy", "projects-running", "projects-done"):
        assert knowledge.standing(key).key == key
    assert knowledge.standing("not-started").step == "1"
    with pytest.raises(KeyError):
        knowledge.standing("on-the-moon")


def test_menus_recommendations_and_terms(knowledge: JourneyKnowledge) -> None:
    assert set(knowledge.menus) == set(Audience)
    for menu in knowledge.menus.values():
        assert {section.id for section in menu.sections} >= {"objectives", "areas", "activities"}
        ids = [part.id for part in parts(menu) if isinstance(part, m.MenuItem)]
        assert len(ids) == len(set(ids))
    assert [r.number for r in knowledge.recommendations] == [1, 2, 3, 4, 5]
    assert len(knowledge.terms) == 25
    names = [name.casefold() for term in knowledge.terms for name in {term.term.casefold(), *term.also_known_as}]
    assert [name for name, n in Counter(names).items() if n > 1] == []


# --- cited ------------------------------------------------------------------------------


def test_sources_are_those_whose_lines_are_known(knowledge: JourneyKnowledge) -> None:
    assert list(knowledge.sources) == list(LINES)


def test_every_citation_lies_within_its_source(knowledge: JourneyKnowledge) -> None:
    everything = (knowledge.frame, knowledge.steps, knowledge.routes, knowledge.menus, knowledge.recommendations)
    citations = [part for part in parts((*everything, knowledge.terms)) if isinstance(part, m.Citation)]
    assert len(citations) > 400
    for citation in citations:
        first, _, last = citation.lines.partition("-")
        assert 1 <= int(first) <= int(last or first) <= LINES[citation.source], m.citation_words(citation)


# --- worded -----------------------------------------------------------------------------


AMERICAN_NAMES = "^.{1,60}$|Industrial Development Organization|Best practices in internationalization"
"""Names may be spelt so (no prose is that short): those of things that are called so, and as people write them."""


@pytest.mark.parametrize(
    ("pattern", "but"),
    [
        (r"!", "Internationalisation-Not! Line"),
        (r"\bplease\b", None),
        (r"\b(?:program|color|organiz\w+|internationaliz\w+|specializ\w+)\b", AMERICAN_NAMES),
        (r"\b(?:utiliz\w+|leverag\w+|synergiz\w+|going forward)\b", "Leveraging clusters for a green"),
        (r"(?:^|[\s\"'(])/(?:work|tmp|root)\b|\bTODO\b", None),
        (r"  ", None),
    ],
)
def test_no_text_has(pattern: str, but: str | None) -> None:
    names = re.compile(but) if but else None
    found = [
        (file, text)
        for file, text in ALL_TEXTS
        if re.search(pattern, names.sub("", text) if names else text, re.IGNORECASE)
    ]
    assert found == []


def test_money_carries_a_year(knowledge: JourneyKnowledge) -> None:
    missing = [(file, text) for file, text in TEXTS if MONEY.search(text) and not YEAR.search(text)]
    assert missing == []
    assert sum(bool(MONEY.search(text)) for _, text in TEXTS) >= 5


# --- explained --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")


def field_names() -> dict[str, list[str]]:
    """Model to fields, for all models of the journey files."""
    return {
        name: list(model.model_fields)
        for name, model in inspect.getmembers(m, inspect.isclass)
        if issubclass(model, m.Model) and model is not m.Model
    }


def test_the_page_for_editors_names_every_field(page: str) -> None:
    missing = {model: [name for name in fields if f"`{name}`" not in page] for model, fields in field_names().items()}
    assert {model: names for model, names in missing.items() if names} == {}


def test_the_page_for_editors_names_every_file_and_value(page: str) -> None:
    for path in FILES:
        shown = "step-NN-" if path.name.startswith("step-") else path.name
        assert shown in page, path.name
    values = [v.value for enum in (Audience, Trigger, RouteKind) for v in enum] + list(PHASES) + list(LINES)
    assert [value for value in values if f"`{value}`" not in page] == []
    assert str(m.LONGEST_CITATION) in page
