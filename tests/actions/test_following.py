"""Which entry a message means that follows a list or an answer, and which two are compared."""

from __future__ import annotations

import time
from typing import Any

import pytest

from actions.comparing import _pair
from actions.context import library
from actions.pointing import item_meant, names_something, points_at_shown
from tests.actions.turns import turn_with
from tests.pace import pace

LINKS, AMBASSADORS, OFFICE = (
    "case/swedish-global-links",
    "case/medicon-valley-ambassadors",
    "case/corallia-silicon-valley-liaison-office",
)
LISTED = [LINKS, AMBASSADORS, OFFICE]


def shown(about: str = LINKS) -> dict[str, Any]:
    return {"about": about, "list": LISTED}


def meant(words: str, seen: dict[str, Any] | None, **entities: str) -> str | None:
    item = item_meant(turn_with(words, shown=seen, **entities))
    return item.id if item else None


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("the first", LINKS),
        ("the first one", LINKS),
        ("show me number one", LINKS),
        ("1", LINKS),
        ("number 1", LINKS),
        ("tell me more about the 1st", LINKS),
        ("who paid for the third?", OFFICE),
        ("number three", OFFICE),
        ("3", OFFICE),
        ("tell me more about number 3", OFFICE),
        ("what is the source of the 3rd", OFFICE),
        ("the last one", OFFICE),
        ("who paid for the last one", OFFICE),
    ],
)
def test_a_number_of_the_list(words: str, id: str) -> None:
    assert meant(words, shown(AMBASSADORS)) == id


@pytest.mark.parametrize("words", ["2", "number 2", "the second", "more on the 2nd", "is number two still open"])
def test_the_second_of_the_list(words: str) -> None:
    assert meant(words, shown(OFFICE)) == AMBASSADORS


@pytest.mark.parametrize(
    "words",
    [
        "how was it in the last year",
        "what happened in the last 3 years",
        "how did they do in the first year",
        "what did they learn in the first months",
        "was it before the first world war",
        "did it cost 1 million euros",
        "who paid in the third phase of it",
        "had they 3 partners",
        "first of all, who paid?",
    ],
)
def test_a_number_within_a_sentence_picks_nothing(words: str) -> None:
    # What is meant is what was talked of last, and not the first, third or last of the list.
    assert meant(words, shown(AMBASSADORS)) == AMBASSADORS


@pytest.mark.parametrize(
    "words", ["tell me more", "who paid for it?", "where is that from", "and the lessons", "details"]
)
@pytest.mark.parametrize("about", LISTED)
def test_what_was_talked_of_last(words: str, about: str) -> None:
    assert meant(words, shown(about)) == about


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("the Greek one", OFFICE),
        ("the office in Silicon Valley", OFFICE),
        ("who paid for the Swedish strategy grants?", LINKS),
        ("tell me more about Medicon Valley", AMBASSADORS),
        ("the one with Denmark", AMBASSADORS),
        ("the life science one", AMBASSADORS),
        ("Eurostars", "funding/eurostars"),
        ("is Horizon 2020 still open?", "funding/horizon-2020"),
        ("tell me more about BSR Stars", "funding/bsr-stars"),
        ("what is a meta-cluster", "term/meta-cluster"),
    ],
)
def test_a_name(words: str, id: str) -> None:
    about = next(each for each in LISTED if each != id)
    found = meant(words, shown(about))
    assert found is not None
    assert found.split("/")[1] == id.split("/")[1]  # BSR Stars is money, a case and a network


@pytest.mark.parametrize(
    ("words", "number"),
    [("case 3", "3"), ("tell me more about case 17", "17"), ("case study no. 18", "18"), ("case number 20", "20"),
     ("case 7a", "7a"), ("Case 7B", "7b"), ("who paid in case 13?", "13")],
)  # fmt: skip
@pytest.mark.parametrize("seen", [None, {"about": LINKS, "list": [LINKS]}])
def test_the_handbooks_number_of_a_case(words: str, number: str, seen: dict[str, Any] | None) -> None:
    found = meant(words, seen)
    assert found is not None
    assert getattr(library().item(found).entry, "number", None) == number


def test_beside_a_list_its_number_is_meant_and_a_higher_one_is_the_handbooks() -> None:
    assert meant("case 3", shown()) == OFFICE
    assert meant("case 17", shown(AMBASSADORS)) == OFFICE
    assert meant("case 12", shown()) == "case/intermat-materials-meta-cluster"


@pytest.mark.parametrize("words", ["case 99", "case 0", "tell me more", "the second one", "who paid?", "1", ""])
def test_nothing_is_meant_where_nothing_was_shown(words: str) -> None:
    assert meant(words, None) is None


def test_what_a_button_sends_is_meant_and_nothing_else() -> None:
    assert meant("the first", shown(), entry=OFFICE) == OFFICE
    assert meant("the first", shown(), entry="case/no-longer-there") is None


def test_what_is_no_longer_there_is_not_meant() -> None:
    seen = {"about": "case/gone", "list": ["case/gone", LINKS, OFFICE]}
    assert meant("tell me more", seen) is None
    assert meant("the first one", seen) == LINKS


@pytest.mark.parametrize(
    ("words", "something"),
    [("tell me more", False), ("which one would be better", False), ("compare the two", False), ("number 2", False),
     ("the 3rd", False), ("Medicon Valley", True), ("who paid for the ambassadors", True), ("", False)],
)  # fmt: skip
def test_whether_a_message_names_something(words: str, something: bool) -> None:
    assert names_something(words) is something


@pytest.mark.parametrize(
    ("words", "points"),
    [("the second one", True), ("number 3 please", True), ("the fifth", True), ("the last", True), ("tell me", False),
     ("we went there in the last two years", False), ("", False)],
)  # fmt: skip
def test_whether_a_message_points_at_the_list(words: str, points: bool) -> None:
    assert points_at_shown(turn_with(words, shown=shown())) is points
    assert not points_at_shown(turn_with(words))


# --- comparisons ------------------------------------------------------------------------


def pair(words: str, seen: dict[str, Any] | None, **entities: str) -> list[str]:
    return [item.id for item in _pair(turn_with(words, shown=seen, **entities))]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("compare Eurostars with Interreg", ["funding/eurostars", "funding/interreg"]),
        ("what is the difference between COSME and Horizon 2020", ["funding/cosme", "funding/horizon-2020"]),
        ("Eurostars or Horizon 2020, which suits us", ["funding/eurostars", "funding/horizon-2020"]),
        ("Eurostars vs. COSME", ["funding/eurostars", "funding/cosme"]),
        ("compare the two", [LINKS, AMBASSADORS]),
        ("what is the difference between them, both", [LINKS, AMBASSADORS]),
        ("compare the first and the third", [LINKS, OFFICE]),
        ("compare the second with the third", [AMBASSADORS, OFFICE]),
        ("compare 2 and 3", [AMBASSADORS, OFFICE]),
        ("compare number 1 and number 3", [LINKS, OFFICE]),
        ("compare the first with the last", [LINKS, OFFICE]),
        ("compare this with the third", [LINKS, OFFICE]),
        ("compare it with Eurostars", [LINKS, "funding/eurostars"]),
        ("compare them", [LINKS, AMBASSADORS]),
        ("which of them is newer?", [LINKS, AMBASSADORS]),
        ("which of these is bigger", [LINKS, AMBASSADORS]),
        ("which one is newer", [LINKS, AMBASSADORS]),
        ("which one of those costs more?", [LINKS, AMBASSADORS]),
        ("Eurostars or Interreg, which is better for us?", ["funding/eurostars", "funding/interreg"]),
        ("compare the Greek one with the Danish one", [OFFICE, AMBASSADORS]),
        ("compare the Danish one with the first case you showed", [AMBASSADORS, LINKS]),
    ],
)
def test_what_is_compared(words: str, ids: list[str]) -> None:
    assert set(pair(words, shown())) == set(ids)


def test_the_first_named_comes_first() -> None:
    assert pair("compare Interreg with Eurostars", None) == ["funding/interreg", "funding/eurostars"]
    assert pair("compare the third with the second", shown()) == [OFFICE, AMBASSADORS]


def test_a_programme_is_compared_with_a_programme() -> None:
    # BSR Stars is a case and a network, too.
    assert pair("compare BSR Stars with Innovation Express", None) in (
        ["funding/bsr-stars", "funding/innovation-express"],
        ["case/bsr-stars", "case/innovation-express"],
    )


def test_of_one_alone_it_is_compared_with_what_was_shown_before_it() -> None:
    seen = {"about": OFFICE, "list": [OFFICE], "before": [OFFICE, "funding/eurostars", AMBASSADORS]}
    assert pair("which of them is newer?", seen) == [AMBASSADORS, OFFICE]
    assert len(pair("which of them is newer?", {"about": OFFICE, "list": [OFFICE], "before": [OFFICE]})) < 2


def test_what_is_not_clearly_named_is_not_compared() -> None:
    # "Bigger" is near to growth poles, and nobody has asked for those.
    assert set(pair("which is the bigger network of these, and why", shown())) <= set(LISTED)


def test_what_a_button_sends_is_compared() -> None:
    assert pair("", shown(), entry=OFFICE, other=LINKS) == [OFFICE, LINKS]


@pytest.mark.parametrize("words", ["compare", "compare them", "compare the two", "compare Eurostars"])
def test_one_alone_is_not_compared(words: str) -> None:
    assert len(pair(words, None)) < 2


def test_nothing_is_compared_with_itself() -> None:
    assert len(set(pair("compare the first with the first", {"about": LINKS, "list": [LINKS]}))) < 2
    found = pair("compare Eurostars with Eurostars", None)
    assert len(found) == len(set(found))


# --- long messages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    ["and ", "the second ", "Eurostars with ", "compare Eurostars, ", "case 3 ", "ambasadors of valey ", "x", "wie "],
)
def test_two_thousand_characters_are_read_within_a_tenth_of_a_second(part: str) -> None:
    words = (part * 2000)[:2000]
    item_meant(turn_with("Eurostars", shown=shown()))  # what is made once for the process is made here
    for read in (item_meant, _pair, points_at_shown):
        took = []
        for _ in range(2):  # the better of two, since the machine may be busy
            begun = time.perf_counter()
            read(turn_with(words, shown=shown()))
            took.append(time.perf_counter() - begun)
        assert min(took) < 0.1 * pace(), read.__name__
