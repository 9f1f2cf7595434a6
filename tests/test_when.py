"""Dates in words, read on Friday 20 November 2026 unless a test says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant import when
from assistant.when import due_dates, find_dates

FRIDAY = date(2026, 11, 20)

ONE_DATE = [
    ("by the end of March", "2027-03-31"),
    ("end of Q1", "2027-03-31"),
    ("by Q4", "2026-12-31"),
    ("in the second quarter", "2027-06-30"),
    ("the first quarter of 2028", "2028-03-31"),
    ("mid-April", "2027-04-15"),
    ("by mid January 2028", "2028-01-15"),
    ("early May", "2027-05-10"),
    ("late May", "2027-05-31"),
    ("the beginning of July", "2027-07-10"),
    ("end march", "2027-03-31"),
    ("next week", "2026-11-27"),
    ("early next week", "2026-11-23"),
    ("the week after next", "2026-12-04"),
    ("next month", "2026-12-31"),
    ("by the end of next month", "2026-12-31"),
    ("by the end of this month", "2026-11-30"),
    ("end of the month", "2026-11-30"),
    ("in two weeks", "2026-12-04"),
    ("within six weeks", "2027-01-01"),
    ("in the next 3 weeks", "2026-12-11"),
    ("a week from today", "2026-11-27"),
    ("in a fortnight", "2026-12-04"),
    ("in 3 months", "2027-02-20"),
    ("in half a year", "2027-05-20"),
    ("within a year", "2027-11-20"),
    ("by Friday", "2026-11-27"),
    ("by monday", "2026-11-23"),
    ("until next Wednesday", "2026-11-25"),
    ("before summer", "2027-06-30"),
    ("by summer", "2027-06-30"),
    ("by the end of summer", "2027-08-31"),
    ("by Christmas", "2026-12-24"),
    ("before Easter", "2027-03-27"),
    ("end of the year", "2026-12-31"),
    ("by year-end", "2026-12-31"),
    ("by the end of 2027", "2027-12-31"),
    ("by the end of next year", "2027-12-31"),
    ("in 2027", "2027-12-31"),
    ("tomorrow", "2026-11-21"),
    ("by tommorow", "2026-11-21"),
    ("do it by 15.3.", "2027-03-15"),
    ("by 31/1", "2027-01-31"),
    ("15/03/2027", "2027-03-15"),
    ("15.03.27", "2027-03-15"),
    ("2027-03-15", "2027-03-15"),
    ("March 15th", "2027-03-15"),
    ("15th of march", "2027-03-15"),
    ("on 3 May 2027", "2027-05-03"),
    ("until 3 may", "2027-05-03"),
    ("by 30 Nov", "2026-11-30"),
    ("by the 15th", "2026-12-15"),
    ("by the 25th", "2026-11-25"),
    ("by March", "2027-03-31"),
    ("in March", "2027-03-31"),
    ("before March", "2027-02-28"),
    ("by end of february", "2027-02-28"),
    ("before the end of June next year", "2027-06-30"),
    ("December", "2026-12-31"),
    ("Friday", "2026-11-27"),
    ("H1 2027", "2027-06-30"),
    ("by 15 March 2020", "2020-03-15"),
    ("in 5 years", "2031-11-20"),
]

NO_DATE = [
    "we may do it",
    "march on",
    "march",
    "may 5 partners join?",
    "on second thoughts",
    "second",
    "sun and sea",
    "we sat down with them",
    "the 31st of June",
    "step 3.2",
    "version 1.5.2",
    "1.2 million euros",
    "exports grew by 2/3",
    "March was busy",
    "early may be better than late",
    "the second step",
    "what next?",
    "",
]


@pytest.mark.parametrize(("words", "day"), ONE_DATE)
def test_a_date_in_words_is_the_last_day_that_is_in_time(words: str, day: str) -> None:
    assert [found.day.isoformat() for found in find_dates(words, FRIDAY)] == [day]


@pytest.mark.parametrize("words", NO_DATE)
def test_words_that_only_look_like_dates_are_none(words: str) -> None:
    assert find_dates(words, FRIDAY) == []


@pytest.mark.parametrize(
    ("today", "words", "day"),
    [
        (date(2026, 11, 18), "by Friday", "2026-11-20"),  # said on a Wednesday
        (date(2026, 11, 22), "next week", "2026-11-27"),  # said on a Sunday
        (date(2026, 3, 1), "by March", "2026-03-31"),
        (date(2026, 12, 31), "tomorrow", "2027-01-01"),
        (date(2027, 1, 31), "in a month", "2027-02-28"),
        (date(2027, 11, 30), "in 3 months", "2028-02-29"),
        (date(2026, 7, 1), "before summer", "2027-06-30"),
        (date(2026, 12, 25), "by Christmas", "2027-12-24"),
        (date(2026, 2, 10), "by the 31st", "2026-03-31"),
    ],
)
def test_a_date_is_relative_to_the_day_of_the_turn(today: date, words: str, day: str) -> None:
    assert [found.day.isoformat() for found in find_dates(words, today)] == [day]


@pytest.mark.parametrize(
    "told",
    [
        "we surveyed them in March",
        "it was founded in 2009",
        "we did it last year in June",
        "the call closed in May 2024",
        "they met on 3 March 2025",
    ],
)
def test_when_something_was_done_is_no_due_date(told: str) -> None:
    assert due_dates(told, FRIDAY) == []


def test_a_date_that_has_passed_is_read_so_that_it_can_be_refused() -> None:
    assert [d.day for d in due_dates("get it done by 15 March 2020", FRIDAY)] == [date(2020, 3, 15)]


def test_two_dates_are_found_apart() -> None:
    text = "the draft by mid-January, the rest by 1 May"
    assert [text[d.start : d.end] for d in find_dates(text, FRIDAY)] == ["by mid-January", "by 1 May"]


_PIECES = st.sampled_from(
    "by end of mid - early next in 3 a week weeks March may 15 . / 2027 Q1 Friday summer the".split()
)


@given(
    st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map(" ".join)),
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
)
@example("31.12.9999", date(2026, 11, 20))
@example("in 999 years", date(2026, 11, 20))
def test_any_text_gives_dates_inside_it_in_order_and_apart(text: str, today: date) -> None:
    end = 0
    for found in find_dates(text, today):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(_PIECES, max_size=12).map(" ".join),
        *(st.from_regex(pattern) for pattern, _ in when._RULES),
    )
)
def test_no_rule_finds_a_date_in_a_text_that_is_not_looked_through(text: str) -> None:
    assert when._ANY.search(text) or not any(pattern.search(text) for pattern, _ in when._RULES)


@given(st.integers(0, 2000))
def test_a_date_without_its_year_has_never_passed(days: int) -> None:
    today = FRIDAY + timedelta(days=days)
    for words in ("by March", "by 3 May", "15.3.", "mid-April", "end of Q1", "by Friday", "next week", "by Christmas"):
        (found,) = find_dates(words, today)
        assert found.day >= today, words
