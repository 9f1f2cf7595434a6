"""Corrections and what they point at, as they are read in context.

The intents and confidences are what the trained model said of these messages.
"""

import pytest

from assistant.dialogue.answer_model import weighing
from assistant.dialogue.corrections import means_the_last, names_its_question, read_correction, tells_anew
from assistant.dialogue.reading import Reading
from tests.dialogue.readers import read

WITH_A_VALUE = [
    ("change my answer on training to partly", "correct_answer", 1.0, "partly"),
    ("make that a no", "decline", 0.46, "not_yet"),
    ("make it partly", "answer_partly", 0.66, "partly"),
    ("both should be partly", "correct_answer", 0.53, "partly"),
    ("change both to no", "correct_answer", 0.73, "not_yet"),
    ("that should be a yes", "what_counts", 0.47, "yes"),
    ("scratch that, we do have one", "answer_not_yet", 0.56, "yes"),
    ("I take that back, we never did it", "undo", 0.83, "not_yet"),
    ("sorry I meant no", "undo", 0.9, "not_yet"),
    ("put partly instead", "correct_answer", 0.73, "partly"),
    ("can you set the one on plan b to not yet", "correct_answer", 0.98, "not_yet"),
    ("correction: the board has not signed", "correct_answer", 0.93, "not_yet"),
]
WITHOUT_ONE = [
    ("no, change the one about the budget", "correct_answer", 1.0, None),
    ("I answered the monitoring one wrong", "correct_answer", 0.99, None),
    ("sorry, the other way round", "finished_round", 0.72, "last"),
    ("the other way around", "more_like_this", 0.82, "last"),
    ("it's the opposite", "answer_partly", 0.37, "last"),
    ("actually it's the reverse", "correct_answer", 0.57, "last"),
    ("I meant the previous one", "undo", 0.99, "last"),
    ("no, I meant the last one", "undo", 0.98, "last"),
]


@pytest.mark.parametrize(("text", "intent", "confidence", "value"), WITH_A_VALUE)
@pytest.mark.parametrize("focus", ["question", None])
def test_a_correction_with_a_value_changes_the_answer(
    text: str, intent: str, confidence: float, value: str, focus: str | None
) -> None:
    reading = read(text, intent, confidence, {}, focus)
    assert (reading.intent, reading.entities["value"]) == ("correct_answer", value)


@pytest.mark.parametrize(("text", "intent", "confidence", "ordinal"), WITHOUT_ONE)
@pytest.mark.parametrize("focus", ["question", None])
def test_a_correction_without_a_value_asks_for_it(
    text: str, intent: str, confidence: float, ordinal: str | None, focus: str | None
) -> None:
    reading = read(text, intent, confidence, {}, focus)
    assert reading.intent == "correct_answer"
    assert "value" not in reading.entities
    assert reading.entities.get("ordinal") == ordinal


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [("undo that", "undo", 1.0), ("take that back", "undo", 1.0), ("same as before", "all_as_before", 1.0)],
)
@pytest.mark.parametrize("focus", ["question", None])
def test_what_is_no_correction_stays_what_it_is(text: str, intent: str, confidence: float, focus: str | None) -> None:
    assert read(text, intent, confidence, {}, focus) == Reading(intent, confidence, {})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("evidence: no", True),
        ("and priorities: partly.", True),
        ("the one about money not yet", True),
        ("my answer on the plan was partly", True),
        ("answer: partly", False),
        ("ok: yes", False),
        ("no wait: yes", False),
        ("Plan B: we have none", False),
        ("we signed the plan: yes, in May", False),
    ],
)
def test_an_answer_that_names_its_question_is_told(text: str, named: bool) -> None:
    assert names_its_question(text) is named


@pytest.mark.parametrize("text", ["quite the opposite", "on the contrary"])
def test_the_contrary_answers_the_question_on_the_table(text: str) -> None:
    assert not means_the_last(text)
    assert read(text, "answer_not_yet", 0.5, {}, "question").intent.startswith("answer_")


def test_what_is_told_anew_needs_to_be_told() -> None:
    assert tells_anew("I take that back, we never did it", weighing())
    assert not tells_anew("I take that back", weighing())
    assert read_correction("strike that, we signed it in May", weighing()) == ("yes", "we signed it in May")
