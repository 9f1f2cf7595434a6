"""What is kept of what was shown, and how it is described later: "that case from Denmark", "the one with the loans"."""

from __future__ import annotations

import time

import pytest

from actions.composing import Composer
from actions.consult import show_in_short
from actions.context import library
from actions.fitting import add_fits
from actions.following import show_meant, tell_in_full
from actions.pointing import describes_another, describes_shown, items_meant, picked, remember, shown_lately, turn_to
from actions.skill import Ctx
from tests.actions.turns import turn_with
from tests.pace import pace

LINKS, AMBASSADORS, OFFICE, LAZIO, DESIGN, EUROSTARS, COSME = (
    "case/swedish-global-links",
    "case/medicon-valley-ambassadors",
    "case/corallia-silicon-valley-liaison-office",
    "case/filas-creative-industries-japan-dubai-india",
    "case/lifestyle-design-cluster",
    "funding/eurostars",
    "funding/cosme",
)


def seen(*lists: tuple[str, ...]) -> Ctx:
    """A turn after some lists were shown, one after the other."""
    ctx = turn_with()
    for each in lists:
        items = [library().item(id) for id in each]
        remember(ctx, items[0], items)
    return ctx


def after(words: str, *lists: tuple[str, ...]) -> Ctx:
    return turn_with(words, shown=seen(*lists).shown)


# --- what is kept -----------------------------------------------------------------------


def test_the_newest_comes_first_and_a_list_keeps_its_order() -> None:
    assert [item.id for item in shown_lately(seen((LINKS, AMBASSADORS), (OFFICE,)))] == [OFFICE, AMBASSADORS, LINKS]


def test_a_dozen_is_kept() -> None:
    cases = tuple(item.id for item in library().items if item.type == "case")[:20]
    ctx = seen(*((id,) for id in cases))
    assert ctx.shown["before"] == list(reversed(cases))[:12]


def test_what_is_shown_again_is_the_newest() -> None:
    ctx = seen((LINKS,), (AMBASSADORS,), (LINKS,))
    assert ctx.shown["before"] == [LINKS, AMBASSADORS]


def test_what_is_chosen_from_a_list_keeps_its_place() -> None:
    ctx = seen((LINKS, AMBASSADORS, OFFICE))
    remember(ctx, library().item(AMBASSADORS))
    assert ctx.shown["list"] == [LINKS, AMBASSADORS, OFFICE]
    assert ctx.shown["before"] == [OFFICE, AMBASSADORS, LINKS]


@pytest.mark.parametrize("act", [show_meant, tell_in_full])
def test_what_was_offered_is_not_forgotten_when_something_is_shown(act: object) -> None:
    ctx = turn_with()
    add_fits(ctx, Composer(), "6")
    offered = ctx.shown["offered"]
    later = turn_with("Eurostars", shown=ctx.shown, entry=EUROSTARS)
    act(later)  # type: ignore[operator]
    assert later.shown["about"] == EUROSTARS
    assert later.shown["offered"] == offered
    last = turn_with(shown=later.shown)
    add_fits(last, Composer(), "6")
    assert not set(last.shown["list"]) & set(offered)


def test_all_that_shows_keeps_what_was_offered() -> None:
    ctx = turn_with(shown={"offered": [COSME]})
    show_in_short(ctx, library().item(LINKS))
    remember(ctx, library().item(OFFICE), [library().item(OFFICE)], told=True)
    turn_to(ctx, library().item(LINKS))
    assert ctx.shown["offered"] == [COSME]


def test_whether_all_was_told_is_of_the_one_that_is_talked_of() -> None:
    ctx = seen((LINKS, OFFICE))
    remember(ctx, library().item(LINKS), told=True)
    turn_to(ctx, library().item(LINKS))
    assert ctx.shown["told"]
    turn_to(ctx, library().item(OFFICE))
    assert not ctx.shown["told"]


# --- what is described ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("that case from Denmark", AMBASSADORS),
        ("the Danish one", AMBASSADORS),
        ("the one with the ambassadors", AMBASSADORS),
        ("and the one from Greece?", OFFICE),
        ("the one in Silicon Valley", OFFICE),
        ("what about the Italian one", LAZIO),
        ("the creative industries case", LAZIO),
        ("who paid for the Danish one?", AMBASSADORS),
        ("is the Greek case still open", OFFICE),
        ("where is that case from Denmark from?", AMBASSADORS),
        ("the case with the liaison office", OFFICE),
        ("go back to the Swedish grants programme", LINKS),
        ("what did the one in Italy learn?", LAZIO),
    ],
)
def test_it_is_found_also_some_turns_later(words: str, id: str) -> None:
    ctx = after(words, (LINKS, AMBASSADORS, OFFICE), (LAZIO,), (EUROSTARS, COSME))
    assert [item.id for item in items_meant(ctx)] == [id]


def test_two_that_fit_are_both_named() -> None:
    ctx = after("the Danish one", (AMBASSADORS,), (DESIGN,), (LAZIO,))
    assert {item.id for item in items_meant(ctx)} == {AMBASSADORS, DESIGN}
    show_meant(ctx)
    reply, _ = ctx.composers[0].build()
    assert {id for id in (AMBASSADORS, DESIGN) for b in reply.flat_buttons() if id in b.payload} == {
        AMBASSADORS,
        DESIGN,
    }
    assert len(reply.citations) == 2


def test_a_choice_does_what_was_to_be_done() -> None:
    ctx = after("tell me more about the Danish one", (AMBASSADORS,), (DESIGN,))
    tell_in_full(ctx)
    buttons = ctx.composers[0].build()[0].flat_buttons()
    assert [b.payload.startswith("/tell_more") for b in buttons][:2] == [True, True]


def test_who_is_at_home_there_is_meant_before_who_has_gone_there() -> None:
    # The office is in the United States, Medicon Valley's ambassadors went to Japan, Lazio is in Italy.
    assert [i.id for i in picked(after("", (OFFICE, LAZIO)), "the Italian one")] == [LAZIO]
    assert [i.id for i in picked(after("", (AMBASSADORS, OFFICE)), "the one in Japan")] == [AMBASSADORS]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("the first case you showed", [LINKS]),
        ("the first case you showed me", [LINKS]),
        ("the last case you mentioned", [LAZIO]),
        ("the first programme you named", [EUROSTARS]),
        ("the previous case", [LAZIO]),
        ("the second case you showed", [AMBASSADORS]),
    ],
)
def test_the_first_that_was_shown(words: str, ids: list[str]) -> None:
    ctx = after(words, (LINKS, AMBASSADORS), (LAZIO,), (EUROSTARS, COSME))
    found = [item.id for item in items_meant(ctx)]
    assert found == ids


def test_where_the_list_and_all_that_was_shown_differ_both_are_named() -> None:
    ctx = after("the first case you showed", (AMBASSADORS,), (LINKS, OFFICE))
    assert {item.id for item in items_meant(ctx)} == {AMBASSADORS, LINKS}


@pytest.mark.parametrize(
    "words",
    ["", "Denmark", "the Finnish one", "the case", "that one", "who has done Japan?", "the network from Denmark",
     "the one with the spaceships", "tell me more"],
)  # fmt: skip
def test_nothing_is_described(words: str) -> None:
    assert picked(after(words, (LINKS, AMBASSADORS), (LAZIO,)), words) == []


@pytest.mark.parametrize(
    ("words", "alone"),
    [("the Danish one", True), ("and that case from Denmark?", True), ("no, the one with the ambassadors", True),
     ("the first case you showed", True), ("show me the one from Italy", True), ("who paid for the Danish one?", False),
     ("what did the Danish one learn", False), ("we met the Danish one last year", False),
     ("which clusters are like the Danish one", False)],
)  # fmt: skip
def test_whether_no_more_is_asked_than_to_see_it(words: str, alone: bool) -> None:
    assert describes_shown(after(words, (LINKS, AMBASSADORS), (LAZIO,)), words) is alone


@pytest.mark.parametrize("part", ["the ", "the one ", "the one with ", "the a b c d ", "that case from Denmark "])
def test_a_long_message_is_read_at_once(part: str) -> None:
    words = (part * 2000)[:2000]
    ctx = after(words, (LINKS, AMBASSADORS, OFFICE), (LAZIO, DESIGN), (EUROSTARS, COSME))
    picked(ctx, "the Danish one")
    begun = time.perf_counter()
    picked(ctx, words)
    assert time.perf_counter() - begun < 0.2 * pace()


@pytest.mark.parametrize(
    ("words", "type"),
    [("the Norwegian one", "case"), ("that programme from Poland?", "funding"), ("the aerospace network", "network"),
     ("the Danish one", None), ("who paid for the Norwegian one?", None), ("the one with the spaceships", None),
     ("the first one", None), ("", None)],
)  # fmt: skip
def test_what_was_not_shown_is_looked_for_and_not_taken_for_what_was(words: str, type: str | None) -> None:
    ctx = after(words, (LINKS, AMBASSADORS), (LAZIO,))
    assert describes_another(ctx, words) == type
    if type is not None:
        show_meant(ctx)
        assert ctx.shown["about"] not in (LINKS, AMBASSADORS, LAZIO)
