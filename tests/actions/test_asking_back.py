"""Questions about the entry just shown are answered from it, or not at all."""

from __future__ import annotations

import time

import pytest

from actions.asking_back import answering
from actions.context import library
from assistant.knowledge.entries import Funding
from tests.pace import pace

AMBASSADORS, CORALLIA, LINKS = (
    "case/medicon-valley-ambassadors",
    "case/corallia-silicon-valley-liaison-office",
    "case/swedish-global-links",
)
EXPRESS = "funding/innovation-express"


@pytest.mark.parametrize(
    ("id", "question", "label", "words"),
    [
        (AMBASSADORS, "what did they learn?", "lesson", "time, a good deal of money"),
        (CORALLIA, "any advice?", "lesson", "phases"),
        (LINKS, "and the lessons?", "lesson", "strategy for abroad"),
        (EXPRESS, "who can apply?", "who_could_apply", "SMEs and cluster organisations"),
        (EXPRESS, "what about the budget", "amount", "€15,000"),
        (EXPRESS, "how much was it per firm?", "amount", "€15,000"),
        (AMBASSADORS, "how much did it cost?", "fact", "€10 million"),
        (LINKS, "how much money was there", "fact", "€70,000"),
    ],
)
def test_it_is_answered(id: str, question: str, label: str, words: str) -> None:
    said = answering(library().item(id), question)
    assert any(s.label == label and words in s.text for s in said), said


@pytest.mark.parametrize(
    ("id", "question"),
    [
        (CORALLIA, "what colour was the carpet?"),
        (CORALLIA, "how much did it cost"),
        ("funding/eurostars", "how much money was there"),
        ("funding/eurostars", "who could apply?"),
        (LINKS, "who is the president of France?"),
    ],
)
def test_what_the_source_does_not_say_is_not_answered(id: str, question: str) -> None:
    assert answering(library().item(id), question) == []


QUESTIONS = [
    "how much did it cost?",
    "what did they learn?",
    "who runs it?",
    "how long?",
    "who can apply?",
    "and then?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_answered_is_of_the_entry_and_has_its_source(question: str) -> None:
    for item in (i for i in library().items if i.type in ("case", "funding")):
        said = answering(item, question)
        assert len(said) <= 2
        assert len({s.text for s in said}) == len(said), item.id
        for statement in said:
            assert statement.text in {item.summary, *(s.text for s in item.statements)}
            assert statement.citations, item.id
            assert set(statement.citations) <= set(item.citations), item.id


@pytest.mark.parametrize(
    ("question", "name"),
    [("how much money is it?", "amount"), ("how long is it?", "duration"), ("who can apply?", "who_could_apply"),
     ("who runs it?", "run_by")],
)  # fmt: skip
def test_what_an_entry_on_money_says_is_found(question: str, name: str) -> None:
    money = [i for i in library().items if isinstance(i.entry, Funding) and getattr(i.entry, name)]
    missed = [i.id for i in money if getattr(i.entry, name) not in {s.text for s in answering(i, question)}]
    assert missed == []
    assert len(money) > 3


def test_a_long_question_is_answered_at_once() -> None:
    item = library().item(AMBASSADORS)
    answering(item, "who went?")
    took = []
    for whose in ("director", "founder", "owner"):  # each is new to the encoder, which remembers what it has read
        begun = time.perf_counter()
        answering(item, f"what about the {whose} of it " * 66)
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.2 * pace()
