"""Questions in users' words, and the example, tool or term of the journey's texts that answers them."""

from __future__ import annotations

import pytest

from actions.lookup import _PASSAGE_AT_LEAST, _TERM_AT_LEAST
from assistant.knowledge import models as m
from assistant.knowledge.journey import JourneyKnowledge, load_journey
from assistant.knowledge.passages import Found, JourneyPassages
from assistant.settings import ROOT

# Question, what the name of a passage that answers it begins with (several where several do), a step that has one.
QUESTIONS: list[tuple[str, str | tuple[str, ...], str]] = [
    ("who has worked with Korean clusters", "Cluster-based R&D cooperation between Korean", "3"),
    ("regions that compared their incubators and pilot plants", "Cluster support environments", "3"),
    ("ambassadors in other countries for life sciences", ("Medicon Valley Alliance", "Ambassadors"), "7"),
    ("an office in Silicon Valley", ("Greek", "A cluster office abroad"), "7"),
    ("who works together in aerospace", "European Aerospace Cluster Partnership", "6"),
    ("match-making around the Baltic sea", "BSR Stars", "6"),
    ("partners in open source software", "LiSoG and COSS", "10"),
    ("what is innovation express", "Innovation Express", "funding"),
    ("money for building trust with partners in Germany", "Cluster Insight Reports", "7"),
    ("how did Flanders use the Enterprise Europe Network", "Sector group meetings with the Enterprise Europe", "6"),
    ("how can we compare ourselves with other clusters", ("Nordic-German-Polish", "Benchmarking"), "3"),
    (
        "test of our readiness to go abroad",
        ("Diagnostic tool for cluster organisations", "No case of its own, but two diagnostics"),
        "2",
    ),
    ("a test bed for fibre optics", "Fiber Optic Valley", "6"),
    ("an agenda for creative industries", "CReATE", "7"),
    ("partners around the Mediterranean", "Euromed Innovation Network", "6"),
    ("how to get in touch with Japanese firms", "EU-Japan Centre", "6"),
    ("mentoring between cluster managers", "Proposal for a European Cluster Mentoring", "5"),
    ("managing accounts in different currencies", "Accounting in several currencies", "8"),
    ("Swedish grants for international strategies", "Swedish Global Links", "4"),
    ("who can help us find foreign partners in Europe", "Enterprise Europe Network (EEN)", "6"),
]
ELSEWHERE = [
    "what vat do we pay on services in brazil",
    "how is the weather in Lisbon",
    "the capital of Peru",
    "how do I bake bread",
    "tell me a joke",
    "which laptop should I buy",
]
NAMED_TERMS = [
    ("what is a cluster", "Cluster"),
    ("what does triple helix mean", "Triple Helix"),
    ("define MoU", "Memorandum of Understanding (MoU)"),
    ("explain Porter's diamond", "The Porter Diamond"),
    ("what's a cluster organisation?", "Cluster organisation"),
    ("cluster initiative participant", "Cluster initiative participant"),
    ("what is meant by transnational", "Transnational"),
    ("pôle de compétitivité", "Cluster organisation"),
    ("and the five helix?", "Pentagonal Helix"),
    ("what do you mean by clusters", "Cluster"),
    ("what are cluster members exactly", "Cluster members"),
    ("what is meant by transnational projects", "Transnational"),
]
OTHER_TERMS = [
    "what is open innovation",
    "what is cluster dynamics",
    "what is a meta-cluster",
    "what is the European cluster collaboration platform",
    "what does consortium mean in a cluster",
]
DESCRIBED_TERMS = [
    ("what do you call demand from customers at home", "Demand conditions"),
    ("a written agreement between partners that does not bind", "Memorandum of Understanding (MoU)"),
    ("organisations that represent an industry", "Trade association"),
    ("cooperation across borders", "Transnational"),
    ("the person who runs a cluster", "Cluster manager"),
]


@pytest.fixture(scope="module")
def knowledge() -> JourneyKnowledge:
    return load_journey(ROOT / "knowledge")


@pytest.fixture(scope="module")
def passages(knowledge: JourneyKnowledge) -> JourneyPassages:
    return JourneyPassages(knowledge)


def name_of(found: Found | None) -> str:
    assert found is not None
    return found.passage.title if isinstance(found.passage, m.Example) else found.passage.name


def test_examples_and_tools_that_answer(passages: JourneyPassages) -> None:
    missed = []
    for question, expected, step in QUESTIONS:
        found = passages.find(question)
        inside = passages.find(question, step=step)
        assert found is not None
        assert inside is not None
        assert inside.step == step
        if not name_of(found).startswith(expected):
            missed.append((question, name_of(found), found.step, round(found.score, 2)))
    print(missed)
    assert len(missed) <= 0.1 * len(QUESTIONS)


def test_thresholds_part_what_is_held_from_what_is_not(passages: JourneyPassages) -> None:
    held = [found.score for question, _, _ in QUESTIONS if (found := passages.find(question))]
    elsewhere = [found.score for question in ELSEWHERE if (found := passages.find(question))]
    print([round(s, 2) for s in sorted(held)], [round(s, 2) for s in sorted(elsewhere)])
    assert sum(score >= _PASSAGE_AT_LEAST for score in held) >= 0.85 * len(held)
    assert max(elsewhere) < _PASSAGE_AT_LEAST


@pytest.mark.parametrize("question", ["", "  ", "\n"])
def test_nothing_for_an_empty_question(passages: JourneyPassages, question: str) -> None:
    assert passages.find(question) is None
    assert passages.find(question, step="3") is None
    assert passages.term(question) == (None, 0.0)
    assert passages.nearest_terms(question, 3) == []


def test_nothing_for_a_step_that_is_not_there(passages: JourneyPassages) -> None:
    assert passages.find("partners", step="11") is None


def test_what_speaks_of_money_is_marked(passages: JourneyPassages) -> None:
    paying = passages.find("what is innovation express")
    meeting = passages.find("World Café")
    assert paying is not None
    assert meeting is not None
    assert paying.about_money
    assert not meeting.about_money


@pytest.mark.parametrize(("question", "expected"), NAMED_TERMS)
def test_a_term_that_is_named_is_certain(passages: JourneyPassages, question: str, expected: str) -> None:
    term, score = passages.term(question)
    assert term is not None
    assert (term.term, score) == (expected, 1.0)


def test_a_term_that_is_described(passages: JourneyPassages) -> None:
    missed = []
    for question, expected in DESCRIBED_TERMS:
        near = [term.term for term in passages.nearest_terms(question, 4)]
        assert len(near) == len(set(near)) == 4
        if expected not in near:
            missed.append((question, near))
    assert missed == []


@pytest.mark.parametrize("question", OTHER_TERMS)
def test_a_term_within_the_name_of_something_else_is_not_certain(passages: JourneyPassages, question: str) -> None:
    _, score = passages.term(question)
    assert score < _TERM_AT_LEAST


@pytest.mark.parametrize("question", ["what is a blockchain", "define photosynthesis", "what does VAT mean"])
def test_a_word_that_is_not_in_the_glossary(passages: JourneyPassages, question: str) -> None:
    _, score = passages.term(question)
    assert score < _TERM_AT_LEAST
