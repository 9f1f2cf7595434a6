"""Dates in words: "by the end of March", "in a fortnight", "15.3.", relative to the day of the turn.

No general library reads them here: those that exist take "may", "march", "second" and "sun" for dates
wherever they stand, and read "by March" as its first day or as today's day of the month. A due date is
the last day that is still in time, which is what these rules give. Pure: the day is handed in.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DateFound", "due_dates", "find_dates"]


@dataclass(frozen=True)
class DateFound:
    """A date in a text: which characters say it, and the day meant."""

    start: int
    end: int
    day: date


_MONTHS = (
    "jan(?:uary|uar)?", "feb(?:r(?:uary)?|uary|urary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH = "(?P<month>" + "|".join(_MONTHS) + r")\b\.?"
_NUMBERED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _MONTHS)
_DAYS = ("mon(?:day)?", "tues?(?:day)?", "wed(?:nesday|nsday)?", "thu(?:rs?(?:day)?)?", "fri(?:day)?",
         "sat(?:urday)?", "sun(?:day)?")  # fmt: skip
_WEEKDAY = "(?P<weekday>" + "|".join(_DAYS) + r")\b"
_WEEKDAYS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _DAYS)
_DAY = r"(?P<day>[0-3]?\d)(?P<th>st|nd|rd|th)?"
_YEAR = r"(?:,? ?(?:of )?(?P<year>20\d\d)|,? (?:of )?(?P<which>next|this) year)?"
_UNTIL = r"(?:by|until|till?|untill|before|not later than|no later than|latest|due(?: on| by| in)?|deadline(?: is|:)?)"
_BY = rf"(?P<by>{_UNTIL}|in|on|for|during|around|from|at)"
_LEAD = rf"(?:\b{_BY} (?:the )?)?"
_PART = (
    r"(?P<part>(?:the )?(?:very )?(?:end|close|start|beginning|middle|mid) of(?: the)?|mid(?:dle)?|early|late|"
    r"(?:the )?(?:first|second) half of|end)"
)
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ALSO_WORDS = frozenset({"may", "march", "mar", "sun", "sat", "wed", "mon", "dec", "sept"})
"""Months and days that are words, too, or that nobody means in small letters without more around them."""
_EARLY, _MID = 10, 15
_AROUND = " .,!?;:-–"

_ANY = re.compile(
    rf"\d|\b(?:{'|'.join((*_MONTHS, *_DAYS))})\b"
    r"|\b(?:day|week|wk|fortnight|working|month|quarter|half|year|spring|summer|autumn|fall|winter|christmas|xmas|easter|"
    r"tomorrow|tomorow|tommorow|tommorrow|today|tonight|eod)",
    re.IGNORECASE,
)
"""What each rule wants one of: most messages hold none, and need not be looked through for each."""
_GROWING = re.compile(r"\b(?:gr[eo]w\w*|rose|risen?|fell|fallen|cut|increas\w+|reduc\w+|up|down)\s*$", re.IGNORECASE)

_Maker = Callable[[re.Match[str], date], date | None]


def find_dates(text: str, today: date) -> list[DateFound]:
    """The dates that a text names, in order, none inside another.

    Args:
        text: what was written.
        today: the day on which it was written. A day that has passed this year is taken for next
            year's, unless a year is given; a date with its year is as it says, even if it has passed.
    """
    found: list[DateFound] = []
    if _ANY.search(text) is None:
        return found
    for pattern, make in _RULES:
        for match in pattern.finditer(text):
            try:
                day = make(match, today)
            except (ValueError, OverflowError):
                continue  # the 31st of June, or a year that no calendar has
            if day is not None:
                found.append(DateFound(match.start(), match.end(), day))
    return list(_apart(found))


_DONE = re.compile(
    r"\b(?:did|was|were|had|has|have|went|came|held|met|began|ran|made|got|won|last|ago|since|already|used to|"
    r"(?!need)\w{2,}ed)\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\b(?:will|shall|should|must|need|needs|want|wants|to|can|could|let|lets|plan|put|add|note|set|assign|give|make|"
    r"due|deadline|finish|ready|(?:get|it|be) done)\b|['’]ll\b",
    re.IGNORECASE,
)
_BOUND = re.compile(rf"^(?:{_UNTIL.replace(' ', chr(92) + 's+')})\b", re.IGNORECASE)


def due_dates(text: str, today: date) -> list[DateFound]:
    """The dates by which something is to be done; those at which something was done are left out.

    "We surveyed them in March" and "it was founded in 2009" name no due date. "By 15 March 2020" does: it has
    passed, which the reply can say.
    """
    found = []
    for each in find_dates(text, today):
        bound = _BOUND.match(text[each.start : each.end]) is not None
        before = text[: each.start]
        told = _DONE.search(before) is not None and _TO_DO.search(text) is None
        if bound or (each.day >= today and not told) or (_TO_DO.search(text) and not told):
            found.append(each)
    return found


def _apart(found: list[DateFound]) -> Iterator[DateFound]:
    kept: list[DateFound] = []
    for each in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    yield from sorted(kept, key=lambda f: f.start)


# --- Days -----------------------------------------------------------------------------------------


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _to_come(today: date, make: Callable[[int], date]) -> date:
    """This year's, or next year's if it has passed."""
    this = make(today.year)
    return this if this >= today else make(today.year + 1)


def _number_of(word: str, patterns: tuple[re.Pattern[str], ...]) -> int:
    return next(i for i, pattern in enumerate(patterns) if pattern.fullmatch(word))


def _month_of(match: re.Match[str]) -> int:
    return _number_of(match["month"], _NUMBERED) + 1


def _in_year(match: re.Match[str], today: date, make: Callable[[int], date]) -> date:
    if match["year"]:
        return make(int(match["year"]))
    if match["which"]:
        return make(today.year + (match["which"].lower() == "next"))
    return _to_come(today, make)


def _later(today: date, months: int) -> date:
    """The same day some months on, or the last of that month if it has fewer."""
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


# --- What each way of saying it means -------------------------------------------------------------


def _iso(match: re.Match[str], today: date) -> date | None:
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def _in_figures(match: re.Match[str], today: date) -> date | None:
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    if _GROWING.search(match.string[: match.start()]):
        return None  # "grew by 2/3"
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _to_come(today, lambda y: date(y, month, day))


def _plain_word(match: re.Match[str], group: str) -> bool:
    """Whether the name of a month or a day may be another word: "may", "march", "sun" in small letters."""
    return match[group].lower() in _ALSO_WORDS and not match[group][0].isupper()


def _named_day(match: re.Match[str], today: date) -> date | None:
    if match["month"] == "may" and not (match["th"] or match["by"] or match["year"]):
        return None  # "all 12 may come"; "18 dec" can be nothing else
    month, day = _month_of(match), int(match["day"])
    if month == 2 and day == 29 and not match["year"]:
        day = 28  # in most years the last one
    return _in_year(match, today, lambda y: date(y, month, day))


def _named_month(match: re.Match[str], today: date) -> date | None:
    month = _month_of(match)
    part = (match["part"] or "").lower()
    whole = not match.string[: match.start()].strip(_AROUND) and not match.string[match.end() :].strip(_AROUND)
    if whole and _plain_word(match, "month") and not part and not match["by"] and not match["year"]:
        return None
    if not part and not match["year"] and not match["by"] and not whole:
        return None  # "March was busy", "we may": names no time by which something is to be done
    goes_on = bool(re.match(r"\s*\w", match.string[match.end() :]))
    if part in ("end", "late", "early") and _plain_word(match, "month") and not match["by"] and goes_on:
        return None  # "early may be better"
    if part.startswith(("early", "the start", "start", "the beginning", "beginning", "the very start", "very start")):
        return _in_year(match, today, lambda y: date(y, month, _EARLY))
    if "mid" in part or "first half" in part:
        return _in_year(match, today, lambda y: date(y, month, _MID))
    if (match["by"] or "").lower() == "before" and not part:
        return _in_year(match, today, lambda y: date(y, month, 1) - timedelta(days=1))
    return _in_year(match, today, lambda y: _last_of(y, month))


def _quarter(match: re.Match[str], today: date) -> date | None:
    number = int(match["q"]) if match["q"] else _QUARTERS[match["nth"].lower()]
    part = (match["part"] or "").lower()
    month = 3 * number
    if any(word in part for word in ("early", "start", "beginning")):
        return _in_year(match, today, lambda y: _last_of(y, month - 2))
    if "mid" in part:
        return _in_year(match, today, lambda y: date(y, month - 1, _MID))
    return _in_year(match, today, lambda y: _last_of(y, month))


def _half(match: re.Match[str], today: date) -> date | None:
    second = match["half"] == "2" or (match["nth"] or "").lower() == "second"
    return _in_year(match, today, lambda y: _last_of(y, 12 if second else 6))


def _after(match: re.Match[str], today: date) -> date | None:
    word = re.sub(r"\s+", " ", (match["number"] or "a").lower())
    number = int(word) if word.isdigit() else _WORDS[word]
    unit = match["unit"].lower()
    if unit.startswith("fortnight"):
        return today + timedelta(weeks=2 * number)
    if unit.startswith("day"):
        return today + timedelta(days=number)
    if unit.startswith("working"):
        return _working_days(today, number)
    if unit.startswith("w"):
        return today + timedelta(weeks=number)
    months = {"m": 1, "q": 3, "y": 12}[unit[0]]
    return _later(today, number * months)


def _working_days(today: date, number: int) -> date:
    day = today
    for _ in range(min(number, 520)):
        day += timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))
    return day


def _half_a_year(match: re.Match[str], today: date) -> date | None:
    return _later(today, 6)


def _weekday(match: re.Match[str], today: date) -> date | None:
    wanted, which = _number_of(match["weekday"], _WEEKDAYS), (match["next"] or "").lower()
    monday = today - timedelta(days=today.weekday())
    if which.endswith("next") or match["after"]:
        return monday + timedelta(days=7 + wanted)
    ahead = (wanted - today.weekday()) % 7 or 7  # "by Friday", said on a Friday, is in a week
    return today + timedelta(days=ahead)


def _spell(match: re.Match[str], today: date) -> date | None:
    """ "Next week", "the end of this month", "next year"."""
    unit, which, part = match["unit"].lower(), match["which"].lower(), (match["part"] or "").lower()
    on = 2 if "after next" in which or match["after"] else 1 if which in ("next", "coming", "the coming") else 0
    early = any(word in part for word in ("early", "start", "beginning"))
    mid = "mid" in part
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=on)
        friday = monday + timedelta(days=0 if early else 2 if mid else 4)
        return friday if friday >= today else today
    if unit == "weekend":
        return today - timedelta(days=today.weekday()) + timedelta(weeks=on, days=6)
    if unit == "month":
        first = _later(today.replace(day=1), on)
        return first.replace(day=_EARLY if early else _MID) if early or mid else _last_of(first.year, first.month)
    if unit == "quarter":
        last = _later(today.replace(day=1), 2 - (today.month - 1) % 3 + 3 * on)
        return _last_of(last.year, last.month)
    year = today.year + on
    return date(year, 1, 31) if early else date(year, 6, 30) if mid else date(year, 12, 31)


def _season(match: re.Match[str], today: date) -> date | None:
    """The last day of a season; what is due before or by summer is due when its first month ends."""
    word, by = match["season"].lower(), (match["by"] or "").lower()
    end = bool(match["part"]) and any(w in match["part"].lower() for w in ("end", "late"))
    before = bool(re.fullmatch(_UNTIL, by)) and not end
    at_start = {"spring": (3, 31), "summer": (6, 30), "autumn": (9, 30), "fall": (9, 30), "winter": (12, 31)}
    at_end = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "fall": (11, 30), "winter": (2, 28)}
    month, day = (at_start if before else at_end)[word]
    return _in_year(match, today, lambda y: date(y, month, day))


def _feast(match: re.Match[str], today: date) -> date | None:
    word = match["feast"].lower()
    if word.startswith("easter"):
        return _in_year(match, today, lambda y: _easter(y) - timedelta(days=1))
    if word.startswith("new year"):
        return _to_come(today, lambda y: date(y, 12, 31))
    return _in_year(match, today, lambda y: date(y, 12, 24))


def _easter(year: int) -> date:
    from dateutil.easter import easter

    day: date = easter(year)
    return day


def _end_of_year(match: re.Match[str], today: date) -> date | None:
    if match["year"]:
        return date(int(match["year"]), 12, 31)
    return date(today.year, 12, 31)


def _in_some_year(match: re.Match[str], today: date) -> date | None:
    year = int(match["year"])
    if match["by"].lower() == "before":
        return date(year - 1, 12, 31)
    return date(year, 12, 31)


def _day_word(match: re.Match[str], today: date) -> date | None:
    word = match["word"].lower()
    ahead = 2 if word.startswith(("the day after", "day after")) else 1 if word[0] == "t" else 0
    return today + timedelta(days=0 if word in ("today", "tonight", "eod", "end of day", "end of the day") else ahead)


def _end_of_this(match: re.Match[str], today: date) -> date | None:
    """ "The end of the month", without saying which."""
    unit = match["unit"].lower()
    if unit == "week":
        return today + timedelta(days=max(4 - today.weekday(), 0))
    if unit == "month":
        return _last_of(today.year, today.month)
    if unit == "quarter":
        last = 3 * ((today.month - 1) // 3) + 3
        return _last_of(today.year, last)
    return date(today.year, 12, 31)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """ "By the 15th": the next one to come."""
    day = int(match["day"])
    for months in range(1, 13):
        first = _later(today.replace(day=1), months - 1)
        if day <= calendar.monthrange(first.year, first.month)[1] and first.replace(day=day) >= today:
            return first.replace(day=day)
    return None


def _rule(pattern: str, make: _Maker) -> tuple[re.Pattern[str], _Maker]:
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE), make


_RULES: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    _rule(r"(?<![\d-])(?P<year>20\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)(?![\d-])", _iso),
    _rule(r"(?<![\d./-])(?P<day>[0-3]?\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep)(?P<year>20\d\d|\d\d)(?![\d./-]*\d)",
          _in_figures),
    _rule(rf"\b(?:{_UNTIL}|on|for) (?:the )?(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)(?P<year>)\b\.?(?![\d%/]| of\b)",
          _in_figures),
    _rule(r"(?<![\d.,])(?P<day>[0-3]?\d)\. ?(?P<month>[01]?\d)\.(?P<year>)(?=\s|$|[,;!?)])(?! ?(?:%|million|per))",
          _in_figures),
    _rule(rf"{_LEAD}\b{_DAY}\.? (?:of )?{_MONTH}{_YEAR}(?! \d)", _named_day),
    _rule(rf"{_LEAD}\b{_MONTH} (?:the )?{_DAY}\b(?!%|[.,:/]\d){_YEAR}", _named_day),
    _rule(rf"{_LEAD}(?:\b{_PART}[ -])?\b{_MONTH}{_YEAR}(?! ?\d)", _named_month),
    _rule(rf"{_LEAD}(?:\b{_PART} )?\b(?:q(?P<q>[1-4])|(?P<nth>{'|'.join(_QUARTERS)}) quarter)\b(?: "
          rf"of)?{_YEAR}", _quarter),
    _rule(rf"\b(?:in|within|by|give us|give me|over the next)(?: about| around| the next| roughly)? "
          rf"(?:{_NUMBER} )?(?P<unit>fortnights?|working days?|days?|weeks?|wks?|months?|quarters?|"
          rf"years?)(?:'s? time|’s? time)?\b"
          r"(?! ago)", _after),
    _rule(rf"\b{_NUMBER} (?P<unit>fortnights?|working days?|days?|weeks?|months?|years?) from (?:now|today)\b", _after),
    _rule(r"\b(?:in|within) (?:half a year|six months' time)\b", _half_a_year),
    _rule(rf"(?:\b{_UNTIL} |\bon |\bfor )(?P<next>(?:this |the )?(?:next|coming)|this)? ?\b{_WEEKDAY}"
          r"(?P<after> (?:after next|week))?", _weekday),
    _rule(rf"\b(?P<next>(?:the )?(?:next|coming)) {_WEEKDAY}(?P<after>)", _weekday),
    _rule(rf"(?:^|(?<=[,-])|(?<=[,-]\s))(?P<next>){_WEEKDAY}(?P<after>)(?=\W*$)", _weekday),
    _rule(rf"{_LEAD}(?:the )?(?:h(?P<half>[12])|(?P<nth>first|second) half of the year)\b{_YEAR}", _half),
    _rule(rf"{_LEAD}(?:\b{_PART} )?\b(?P<which>next|this|(?:the )?coming|the week after next|the month after next) "
          r"(?P<unit>weekend|week|month|quarter|year)\b(?P<after> after next)?", _spell),
    _rule(r"\b(?:the )?(?P<unit>week|month|year) (?P<which>after next)\b(?P<part>)(?P<after>)", _spell),
    _rule(rf"{_LEAD}(?:\b{_PART} |\bthe )?(?:\b(?P<which2>next|this) )?\b(?P<season>spring|summer|autumn|fall|winter)"
          rf"(?: (?:break|holidays?|vacation))?\b{_YEAR}",
          lambda m, d: _season(m, d) if m["by"] or m["part"] or m["which2"] else None),
    _rule(rf"\b(?:{_UNTIL}|in time for|at|around|over) (?:the )?(?P<feast>christmas(?: holidays?| break)?|xmas|easter|"
          rf"new year(?:['’]?s)?(?: eve)?)\b{_YEAR}", _feast),
    _rule(r"\b(?:by |until |till |before |at )?(?:the )?(?:end of|close of)(?: the| this)? (?P<unit>week|month|"
          r"quarter|year)\b"
          r"(?! \d)", _end_of_this),
    _rule(r"\b(?:by |until |till |before |at )?(?:the )?(?:year[ -]end|end of(?: the year)? (?P<year>20\d\d)|"
          r"(?:the )?turn of "
          r"the year)\b", _end_of_year),
    _rule(rf"\b(?P<by>{_UNTIL}|in|during) (?P<year>20\d\d)\b(?![-/.]\d)", _in_some_year),
    _rule(r"\b(?:by |until |till |before |for )?(?P<word>tomorrow|tomorow|tommorow|tommorrow|tomorrow evening|"
          r"today|tonight|"
          r"(?:the )?day after tomorrow|eod)\b", _day_word),
    _rule(rf"\b(?:{_UNTIL}|on) the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?! (?:of|step|question|one|round|edition))",
          _day_of_month),
)  # fmt: skip
