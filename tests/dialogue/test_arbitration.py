"""Where the classifier and the search differ: picks from a list, what points back, and what stands as it is.

The intents and confidences are of the kind that the trained model gives; the tests need no model, but the project's
knowledge base.
"""

from __future__ import annotations

import time

import pytest

from actions.context import search
from assistant.dialogue.arbitration import Shown, arbitrate, shown_of
from assistant.dialogue.reading import Reading
from tests.pace import pace

LINKS, AMBASSADORS, OFFICE = (
    "case/swedish-global-links",
    "case/medicon-valley-ambassadors",
    "case/corallia-silicon-valley-liaison-office",
)
LIST = Shown(AMBASSADORS, (LINKS, AMBASSADORS, OFFICE))
NOTHING = Shown(None, ())


def settled(text: str, intent: str, confidence: float, shown: Shown) -> Reading:
    return arbitrate(text, Reading(intent, confidence, {}), shown, search())


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "id"),
    [
        ("the second one", "tell_more", 0.9, AMBASSADORS),
        ("number 3", "answer_partly", 0.5, OFFICE),
        ("2", "answer_yes", 0.4, AMBASSADORS),
        ("show me the last", "show_answers", 0.9, OFFICE),
        ("the first", "greet", 0.3, LINKS),
        ("option 2", "accept", 1.0, AMBASSADORS),
        ("and the third?", "not_understood", 0.3, OFFICE),
        ("what about the 1st one", "why_ask", 0.6, LINKS),
        ("the Greek one", "not_understood", 0.3, OFFICE),
        ("the Swedish one", "not_understood", 0.3, LINKS),
        ("the strategy one", "out_of_scope", 0.3, LINKS),
        ("what about the ambassadors", "ask_knowledge", 0.6, AMBASSADORS),
    ],
)
def test_a_pick_from_the_list(text: str, intent: str, confidence: float, id: str) -> None:
    assert settled(text, intent, confidence, LIST) == Reading("show_entry", 1.0, {"entry": id})


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "shown"),
    [
        ("2", "answer_yes", 0.4, NOTHING),
        ("the second one", "tell_more", 0.9, NOTHING),
        ("the third", "tell_more", 0.9, Shown(LINKS, (LINKS, OFFICE))),
        ("the Danish one", "tell_more", 0.9, Shown(LINKS, (LINKS, OFFICE))),
        ("the last year was hard for our members", "complaint", 0.9, LIST),
        ("we did it in the first year", "answer_yes", 0.9, LIST),
        ("2 of 5 members", "answer_partly", 0.9, LIST),
        ("the Greek one", "undo", 0.99, LIST),
        ("the ones that we have are old", "answer_partly", 0.7, LIST),
        ("2", "answer_yes", 0.4, Shown("case/gone", ("case/gone",))),
    ],
)
def test_no_pick(text: str, intent: str, confidence: float, shown: Shown) -> None:
    assert settled(text, intent, confidence, shown) == Reading(intent, confidence, {})


def test_a_name_that_fits_two_of_the_list_picks_neither() -> None:
    two = Shown(None, ("case/textile-2020", "case/textile-2020-missions"))
    assert settled("the textile one", "not_understood", 0.3, two).intent != "show_entry"


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("how much did it cost?", "ask_knowledge", 0.9),
        ("what did they learn?", "why_ask", 0.7),
        ("and the results?", "not_understood", 0.3),
        ("how long did it take?", "declare_profile", 0.6),
        ("who could I call about it?", "leave_message", 0.7),
        ("who runs it", "who_made_you", 0.9),
        ("how long did it last", "ask_knowledge", 0.6),
        ("any lessons?", "recommendations", 0.6),
    ],
)
def test_what_points_back_is_about_what_was_shown(text: str, intent: str, confidence: float) -> None:
    assert settled(text, intent, confidence, LIST) == Reading("ask_about_shown", 1.0, {})
    assert settled(text, intent, confidence, NOTHING).intent != "ask_about_shown"
    assert settled(text, intent, confidence, Shown("case/gone", ())).intent != "ask_about_shown"


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("what did they learn in Japan?", "ask_knowledge", 0.9),
        ("what did they do for food clusters", "ask_knowledge", 0.9),
        ("who paid for it?", "who_paid", 0.9),
        ("tell me more about it", "tell_more", 0.9),
        ("give me all the details", "tell_more", 0.6),
        ("how do their members in the other regions find new partners and markets", "ask_knowledge", 0.9),
        ("we have it", "answer_yes", 0.9),
    ],
)
def test_what_names_something_of_its_own_does_not_point_back(text: str, intent: str, confidence: float) -> None:
    assert settled(text, intent, confidence, LIST) == Reading(intent, confidence, {})


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("what skills do they need", "why_ask", 0.7),
        ("what skills does a cluster manager need?", "why_ask", 0.7),
        ("is there money for SMEs to travel?", "help", 0.6),
        ("what is a meta-cluster?", "help", 0.9),
        ("the EU4Sports one", "not_understood", 0.2),
        ("COSME", "not_understood", 0.2),
        ("which network is there for aerospace clusters?", "who_made_you", 0.5),
    ],
)
def test_a_good_answer_overrides_a_weak_intent(text: str, intent: str, confidence: float) -> None:
    assert settled(text, intent, confidence, NOTHING) == Reading("ask_knowledge", confidence, {})


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("what is a meta-cluster?", "help", 0.97),
        ("what is a meta-cluster?", "explain_step", 0.5),
        ("why do you ask this?", "why_ask", 0.9),
        ("show me our actions", "show_actions", 0.9),
        ("what is on our to-do list", "show_actions", 0.6),
        ("can you help me?", "help", 0.8),
        ("what can you tell me about you", "who_made_you", 0.6),
        ("what is the weather in Lisbon", "help", 0.5),
        ("next project step", "what_next", 0.5),
        ("COSME is fine with me", "thanks", 0.5),
    ],
)
def test_what_is_sure_or_has_no_good_answer_stands(text: str, intent: str, confidence: float) -> None:
    assert settled(text, intent, confidence, NOTHING) == Reading(intent, confidence, {})


COMMANDS = [
    ("undo that", "undo"),
    ("take it back", "undo"),
    ("skip this question", "skip_question"),
    ("leave that", "skip_question"),
    ("yes", "answer_yes"),
    ("no", "answer_not_yet"),
    ("not yet, they are still talking about it", "answer_not_yet"),
    ("we surveyed 40 members", "answer_yes"),
    ("pause", "pause"),
    ("go back to step 2", "open_step"),
    ("continue", "continue"),
    ("go on with it", "continue"),
    ("what next?", "what_next"),
    ("help", "help"),
    ("thanks, that is great", "thanks"),
    ("hello there", "greet"),
    ("goodbye", "goodbye"),
    ("plan that for March", "plan_action"),
    ("actually we do have it", "correct_answer"),
    ("show me our progress", "show_progress"),
    ("start again", "start_again"),
    ("delete everything", "forget_me"),
    ("is it still open?", "still_open"),
    ("compare the two", "compare"),
    ("more like this", "more_like_this"),
    ("", "not_understood"),
]


@pytest.mark.parametrize(("text", "intent"), COMMANDS)
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.99])
@pytest.mark.parametrize("shown", [NOTHING, LIST], ids=["nothing shown", "a list shown"])
def test_commands_and_answers_are_left_alone(text: str, intent: str, confidence: float, shown: Shown) -> None:
    assert settled(text, intent, confidence, shown) == Reading(intent, confidence, {})


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ({}, NOTHING),
        ({"about": "a", "list": ["b", "c"]}, Shown("a", ("b", "c"))),
        ({"about": None, "list": None}, NOTHING),
        ({"about": "", "offered": ["x"]}, NOTHING),
    ],
)
def test_what_the_slot_holds(raw: dict[str, object], shown: Shown) -> None:
    assert shown_of(raw) == shown


@pytest.mark.parametrize("part", ["the ", "show me the ", "and what did it ", "x", "how do they find partners "])
def test_long_messages_are_settled_within_a_tenth_of_a_second(part: str) -> None:
    text = (part * 2000)[:2000]
    settled("how do they find partners?", "not_understood", 0.3, LIST)
    took = []
    for _ in range(2):
        begun = time.perf_counter()
        settled(text, "not_understood", 0.3, LIST)
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.1 * pace()
