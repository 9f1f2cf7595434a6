"""How entries are told: money with its year and what to check, every mark with its footnote, nothing too long."""

from __future__ import annotations

import re

import pytest

from actions.composing import Composer
from actions.context import library
from actions.telling import (
    button_name,
    in_full,
    in_short,
    line_of,
    money_note,
    name_of,
    short_name,
    shortened,
    source_words,
    year_of,
)
from assistant.knowledge.entries import Status
from assistant.knowledge.items import Item
from assistant.replies import LONGEST_TEXT, Reply

ITEMS = library().items
MONEY = [item for item in ITEMS if item.type == "funding"]
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
ADVICE = re.compile(r"\bcheck\b", re.IGNORECASE)
WAY = "A way of financing"
WAYS = {"in short": in_short, "in full": in_full}


def told(item: Item, way: str) -> tuple[Reply, str | None]:
    composer = Composer()
    WAYS[way](composer, item)
    return composer.build()


def told_to_the_end(item: Item, way: str) -> list[Reply]:
    """All the parts of a reply, as "more" brings them."""
    reply, rest = told(item, way)
    parts = [reply]
    while rest is not None:
        reply, rest = Composer().rest_of(rest).build()
        parts.append(reply)
    return parts


def marks(words: str) -> set[int]:
    return {int("".join(str(SUPERSCRIPTS.index(c)) for c in m)) for m in re.findall(f"[{SUPERSCRIPTS}]+", words)}


@pytest.mark.parametrize("item", MONEY, ids=lambda item: item.id)
@pytest.mark.parametrize("way", WAYS)
def test_money_has_its_year_and_what_to_check(item: Item, way: str) -> None:
    reply, _ = told(item, way)
    note = money_note([item])
    assert note in reply.text, "it has been cut off"
    assert str(item.entry.year) in note
    assert ADVICE.search(note)
    assert (item.entry.status is Status.STANDING) is (WAY in note)


@pytest.mark.parametrize("item", MONEY, ids=lambda item: item.id)
def test_money_in_short_is_one_message(item: Item) -> None:
    assert told(item, "in short")[1] is None


def test_what_became_of_money_is_said() -> None:
    by_status = {status: [i for i in MONEY if i.entry.status is status] for status in Status}
    assert all("closed" in money_note([i]) for i in by_status[Status.CLOSED])
    assert all(i.entry.succeeded_by.name in money_note([i]) for i in by_status[Status.SUCCEEDED_BY])
    assert all("common knowledge" in money_note([i]) for i in by_status[Status.SUCCEEDED_BY])
    assert min(len(by_status[s]) for s in (Status.CLOSED, Status.SUCCEEDED_BY, Status.UNKNOWN, Status.STANDING)) > 5


@pytest.mark.parametrize("number", [2, 3])
def test_several_have_all_their_years_and_one_piece_of_advice(number: int) -> None:
    calls = [item for item in MONEY if item.entry.status is not Status.STANDING]
    for at in range(0, len(calls) - number, number):
        some = calls[at : at + number]
        note = money_note(some)
        assert str(min(i.entry.year for i in some)) in note
        assert str(max(i.entry.year for i in some)) in note
        assert len(ADVICE.findall(note)) == 1
    assert len(calls) > 20


def test_one_call_among_ways_of_financing_is_to_be_checked() -> None:
    call = next(i for i in MONEY if i.entry.status is Status.UNKNOWN)
    ways = [i for i in MONEY if i.entry.status is Status.STANDING][:2]
    assert ADVICE.search(money_note([*ways, call]))
    assert WAY not in money_note([*ways, call])
    assert WAY in money_note(ways)


@pytest.mark.parametrize("item", MONEY, ids=lambda item: item.id)
def test_a_line_on_money_has_its_year(item: Item) -> None:
    for longest in (90, 133, 190):
        assert f"({item.entry.year})" in line_of(item, longest)


@pytest.mark.parametrize("way", WAYS)
def test_every_part_has_its_length_and_the_footnotes_of_its_marks(way: str) -> None:
    wrong, parts_of = [], {}
    for item in ITEMS:
        parts = told_to_the_end(item, way)
        parts_of[item.id] = len(parts)
        for part in parts:
            if len(part.text) > LONGEST_TEXT or not part.text.strip():
                wrong.append((item.id, "length", str(len(part.text))))
            if marks(part.text) != {cite.n for cite in part.citations}:
                wrong.append((item.id, "marks", f"{marks(part.text)} {[cite.n for cite in part.citations]}"))
            if part is parts[0] and not part.citations:
                wrong.append((item.id, "no source", part.text[:40]))
    assert wrong == []
    assert max(parts_of.values()) > (1 if way == "in full" else 0)


def test_all_that_an_entry_holds_is_told_in_full() -> None:
    for item in (i for i in ITEMS if i.type == "case"):
        words = re.sub(rf"[{SUPERSCRIPTS}\s]", "", "".join(part.text for part in told_to_the_end(item, "in full")))
        missing = [s.text for s in item.statements if re.sub(r"\s", "", s.text) not in words]
        assert missing == [], item.id


def test_the_statement_that_answers_is_said_beside_the_summary_if_it_says_more() -> None:
    item = library().item("case/swedish-global-links")
    obstacles = next(s for s in item.statements if s.text.startswith("The obstacles"))
    beside, alone = Composer(), Composer()
    in_short(beside, item, obstacles)
    in_short(alone, item, type(obstacles)(item.summary, item.of_summary))
    assert obstacles.text in beside.build()[0].text
    assert alone.build()[0].text.count(item.summary) == 1


# --- names and lines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "room", "said"),
    [
        ("One thing was enough for the whole of it. Another thing.", 190, "One thing was enough for the whole of it."),
        ("Often missing. It says what all of them want.", 190, "Often missing. It says what all of them want."),
        ("It was for many SMEs and clusters, e.g. Greek ones. Others went too.", 190,
         "It was for many SMEs and clusters, e.g. Greek ones."),
        ("It was for SMEs, e.g. Greek ones. Others went too, and they came back. So it ended.", 190,
         "It was for SMEs, e.g. Greek ones. Others went too, and they came back."),
        ("Thirteen centres received grants to write strategies.", 40, "Thirteen centres received grants to …"),
        ("Thirteen centres received grants, put at much.", 36, "Thirteen centres received grants …"),
        ("Thirteen centres received grants.", 20, ""),
        ("Short.", 6, "Short."),
        ("Short.", -10, ""),
        ("Thirteen centres received grants to write strategies.", 0, ""),
        ("Thirteen centres received grants; they wrote strategies.", -20, ""),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_at_a_word(words: str, room: int, said: str) -> None:
    assert shortened(words, room) == said


@pytest.mark.parametrize("longest", [90, 133, 190])
def test_lines_have_their_length_unless_the_title_alone_is_longer(longest: int) -> None:
    for item in ITEMS:
        line = line_of(item, longest)
        assert line.startswith(f"**{name_of(item)}**")
        bare = f"**{name_of(item)}** ({year_of(item)})"
        assert len(line) <= max(longest + len("****: …"), len(bare)), item.id
        assert "\n" not in line


def test_names_are_short_and_begin_as_they_do() -> None:
    for item in ITEMS:
        assert len(button_name(item)) <= 38, item.id
        assert short_name(item).strip() == short_name(item) != ""
        assert not name_of(item).endswith((".", "?"))


def test_a_source_is_named_once_with_its_year() -> None:
    for item in ITEMS:
        lines = source_words(item)
        assert len(lines) == len({c.source for c in item.citations}), item.id
        for line, source in zip(lines, dict.fromkeys(library().source(c) for c in item.citations), strict=True):
            assert source.title in line
            assert str(source.year) in line
