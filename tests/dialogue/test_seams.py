"""Where something else begins in a sentence, with what each stretch is taken for given by hand."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.parts import Piece
from assistant.dialogue.seams import WEIGHTS, Seen, apart, likely, seams_of, traits

LOST: Seen = ("not_understood", 0.1)


def taken(text: str, read: dict[str, Seen], *, open_question: bool = False) -> list[str]:
    async def reading(stretch: str) -> Seen:
        return read.get(stretch, LOST)

    piece = Piece(0, len(text), text)
    return [each.text for each in asyncio.run(apart(piece, reading, open_question=open_question))]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("show my actions, and the booth is booked", [("show my actions", "the booth is booked")]),
        ("the booth is booked - next please", [("the booth is booked", "next please"),
                                               ("the booth is booked - next", "please")][:1]),
        ("more details pls + who paid", [("more details pls", "who paid")]),
        ("this is dull please skip it", [("this is dull", "please skip it")]),
        ("the board signed it", []),
        ("7,5 percent", []),
    ],
)  # fmt: skip
def test_a_sentence_may_be_taken_apart_at_a_mark_or_a_joining_word(text: str, sides: list[tuple[str, str]]) -> None:
    assert [(text[:end], text[start:]) for end, start in seams_of(text)] == sides


def test_two_things_that_are_both_clear_are_two() -> None:
    read = {
        "show my actions, and the booth is booked": ("finish_action", 0.9),
        "show my actions": ("show_actions", 0.99),
        "the booth is booked": ("finish_action", 0.97),
    }
    assert taken("show my actions, and the booth is booked", read) == ["show my actions", "the booth is booked"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("answer_yes", 0.99), ("answer_yes", 0.99)),
        (("ask_knowledge", 0.99), ("out_of_scope", 0.99)),
        (("declare_profile", 0.99), ("declare_standing", 0.99)),
        (("show_actions", 0.99), LOST),
        (("compare", 0.99), ("show_entry", 1.0)),
        (LOST, ("continue", 0.99)),
    ],
)
def test_what_goes_on_with_what_stands_before_it_stays(left: Seen, right: Seen) -> None:
    text = "first of all, the second thing"
    read = {text: left, "first of all": left, "the second thing": right}
    assert taken(text, read, open_question=True) == [text]


def test_three_things_are_three() -> None:
    read: dict[str, Seen] = {
        "stop for today - show my actions - delete what you know": ("pause", 0.6),
        "stop for today": ("pause", 0.99),
        "show my actions - delete what you know": ("show_actions", 0.7),
        "stop for today - show my actions": ("pause", 0.7),
        "show my actions": ("show_actions", 0.99),
        "delete what you know": ("ask_privacy", 0.99),
    }
    found = taken("stop for today - show my actions - delete what you know", read)
    assert found == ["stop for today", "show my actions", "delete what you know"]


@given(st.text(max_size=120))
def test_seams_are_inside_in_order_and_have_something_on_both_sides(text: str) -> None:
    before = 0
    for end, start in seams_of(text):
        assert before < end <= start < len(text)
        before = end


def test_the_weights_are_those_of_what_is_looked_at() -> None:
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    seen = traits("one, two", (3, 5), LOST, LOST, LOST, open_question=True)
    assert set(weights) == {"", *seen}
    assert 0 < likely(seen, weights) < 0.5
