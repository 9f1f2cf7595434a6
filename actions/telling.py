"""How an entry of the knowledge base is told: in a line, in short, in full. Nothing is said that it does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from actions.composing import Composer, text
from actions.context import library
from assistant.knowledge.entries import Case, Funding, Status
from assistant.knowledge.items import Item, Statement
from assistant.replies import LONGEST_TEXT

__all__ = [
    "add_money_note",
    "in_full",
    "in_short",
    "line_of",
    "money_note",
    "name_of",
    "numbered",
    "short_name",
    "shortened",
    "source_words",
    "year_of",
]

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"€(])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|no|vs|approx|St|Dr|[A-Z])\.$")
_BARE_SENTENCE = 40
"""Characters under which a first sentence says too little by itself: "Often missing." """
_SHORT_NAME = 45
"""Characters up to which a name is short."""
_LEAST_LEFT = 25
"""Characters of a cut sentence that still say something."""
_STATUS = {
    Status.OPEN: "consult.status_open",
    Status.CLOSED: "consult.status_closed",
    Status.UNKNOWN: "consult.status_unknown",
    Status.SUCCEEDED_BY: "consult.status_succeeded_by",
    Status.STANDING: "consult.status_standing",
}
_ROOM = 580
"""Characters of a short answer on money, so that its year and what to check are not cut off."""
_MARKS = 16
"""Characters for the footnotes of a line."""
_BUTTON = 36
_PLACES = 3
"""Places of one source that are named."""
_MONEY_LINES = ("amount", "duration", "who_could_apply", "run_by", "pays_for")
_LEAST_NEW = 0.5
"""Share of a statement's words that the summary must lack for it to be worth saying beside it."""


def first_sentence(words: str) -> str:
    """The first sentence of a text, and the next one if that is bare; a full stop after an abbreviation ends none."""
    parts = _SENTENCE.split(words)
    end = 1
    while end < len(parts) and (_ABBREVIATED.search(parts[end - 1]) or len(" ".join(parts[:end])) < _BARE_SENTENCE):
        end += 1
    return " ".join(parts[:end])


def name_of(item: Item) -> str:
    """How an item is called in a sentence or on a button."""
    return item.title.rstrip("?.")


def short_name(item: Item) -> str:
    """How an item is called within a line: who did it, or its name without what stands in brackets."""
    if isinstance(item.entry, Case):
        who = re.split(r"[,(;]", item.entry.who)[0].strip()
        return who if len(who) <= _SHORT_NAME else name_of(item)
    name = name_of(item)
    return re.split(r" \(|: ", name)[0] if len(name) > _SHORT_NAME else name


def button_name(item: Item) -> str:
    """A name that fits on a button, cut at a word."""
    name = short_name(item)
    return name if len(name) <= _BUTTON else name[: name.rfind(" ", 0, _BUTTON)].rstrip(" ,:;") + " …"


def year_of(item: Item) -> int:
    """The year that an item speaks of: its own, or its first source's."""
    return item.year or library().source(item.citations[0]).year


def shortened(words: str, room: int) -> str:
    """The first sentence, cut at a word if there is no room for all of it; nothing if hardly any would be left."""
    said = first_sentence(words)
    if len(said) <= room:
        return said
    if room < _LEAST_LEFT:  # which may be less than nothing, after a long title
        return ""
    clause = said.rfind("; ", room // 2, room)
    if clause > 0:
        return said[:clause] + "."
    cut_at = said.rfind(" ", 0, room)
    return said[:cut_at].rstrip(",;:") + " …" if cut_at > _LEAST_LEFT else ""


def line_of(item: Item, longest: int = 190) -> str:
    """A line of a list: the title and the first sentence, as far as there is room.

    Args:
        item: what is listed.
        longest: characters.
    """
    year = f" ({year_of(item)})" if item.type in ("funding", "statistic") else ""
    said = shortened(item.summary, longest - len(item.title) - len(year))
    return f"**{name_of(item)}**{year}: {said}" if said else f"**{name_of(item)}**{year}"


def numbered(
    composer: Composer,
    items: Sequence[Item],
    room: int,
    *,
    whys: Sequence[str] = (),
    below: Callable[[Item], None] | None = None,
    intent: str = "show_entry",
    button: str = "consult.button_number",
    titles: Sequence[str] = (),
) -> None:
    """A list to choose from: a numbered line and a button for each.

    Args:
        composer: the reply.
        items: what is listed.
        room: characters for all lines.
        whys: why each is listed, to stand in brackets behind its line.
        below: adds what belongs below a line.
        intent: what a button does with its entry.
        button: the text of the buttons, which may name the number.
        titles: the titles of the buttons, where they are not numbers.
    """
    for number, item in enumerate(items, 1):
        why = whys[number - 1] if whys else ""
        line = line_of(item, room // len(items) - len(why))
        # One footnote to a line, that it does not wrap.
        composer.line(f"{number}. {line}" + (f" ({why})" if why else ""), item.of_summary[:1])
        if below is not None:
            below(item)
        composer.button(titles[number - 1] if titles else text(button, number=number), intent, entry=item.id)


def in_short(composer: Composer, item: Item, best: Statement | None = None) -> None:
    """The summary, and the one statement that answers the question, if that is another.

    Args:
        composer: the reply.
        item: what is told.
        best: the statement that came nearest to the question.
    """
    composer.raw(f"**{name_of(item)}.** {item.summary}", item.of_summary)
    room = _ROOM - len(money_note([item])) if item.type == "funding" else LONGEST_TEXT
    told = best is not None and best.label not in _MONEY_LINES and _adds(best.text, item.summary)
    if best is not None and told and composer.length() + len(best.text) <= room:
        composer.raw(best.text, best.citations[:2])
    if item.type == "funding":
        _money(composer, item, short=True)


def _adds(words: str, known: str) -> bool:
    of_it = set(re.findall(r"\w+", words.lower()))
    return len(of_it - set(re.findall(r"\w+", known.lower()))) >= _LEAST_NEW * max(1, len(of_it))


def in_full(composer: Composer, item: Item) -> None:
    """All that the entry holds beyond its summary, one point each; what does not fit comes with "more"."""
    said = [s for s in item.statements if s.label not in (*_MONEY_LINES, "lesson", "credited_to")]
    composer.raw(text("consult.more_on", title=name_of(item)))
    if item.type == "funding":
        _money(composer, item, short=False)
    if not said and not item.lessons:
        composer.raw(item.summary, item.of_summary)
    for statement in said:
        composer.line(_bullet(statement), statement.citations[:2])
    if item.lessons:
        composer.raw(text("consult.lessons"))
        for statement in item.lessons:
            composer.line(f"- {statement.text}", statement.citations[:2])
    if item.entry is not None and item.entry.website:
        year = library().source(item.citations[0]).year
        composer.say("consult.website", address=item.entry.website, year=year, cite=item.citations[:1])


def _bullet(statement: Statement) -> str:
    return f"  - {statement.text}" if statement.label == "point" else f"- {statement.text}"


def _money(composer: Composer, item: Item, *, short: bool) -> None:
    """What an instrument paid, to whom, and that it is dated."""
    entry = item.entry
    if not isinstance(entry, Funding):
        return
    note = money_note([item])
    if not short:
        composer.raw(note)  # before the rest, lest it be cut off
    for name in ("amount", "who_could_apply") if short else _MONEY_LINES:
        value = getattr(entry, name)
        value = ", ".join(value) if isinstance(value, tuple) else value
        if value and (not short or _adds(value, item.summary)):
            line = f"{text(f'consult.label_{name}')}: {value[0].upper()}{value[1:]}"
            if not short or composer.length() + len(line) + _MARKS <= _ROOM - len(note):
                composer.raw(line, entry.citations_of(name))
    if short:
        composer.raw(note)


def money_note(items: Iterable[Item]) -> str:
    """The year, what became of it where that is known, and the advice to check; every answer on money has it."""
    entries: Sequence[Funding] = [i.entry for i in items if isinstance(i.entry, Funding)]
    years = sorted({entry.year for entry in entries})
    if len(entries) == 1:
        entry = entries[0]
        values = {"year": entry.year, "name": "", "note": ""}
        if entry.status is Status.SUCCEEDED_BY and entry.succeeded_by is not None:
            values |= {"name": entry.succeeded_by.name}
        return text(_STATUS[entry.status], **values)
    if all(entry.status is Status.STANDING for entry in entries):
        return text("consult.status_standing", year=years[-1])
    span = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return text("consult.money_note", years=span)


def add_money_note(composer: Composer, items: Sequence[Item]) -> None:
    """Says of what year the money among some entries is; nothing where there is none."""
    if any(item.type == "funding" for item in items):
        composer.raw(money_note(items))


def source_words(item: Item) -> list[str]:
    """Where an item is from: title, place, year and lines of each source."""
    found: dict[str, list[str]] = {}
    for citation in item.citations:
        source = library().source(citation)
        found.setdefault(f"{source.title} ({source.publisher}, {source.year})", []).append(
            text("consult.place", where=citation.where, lines=citation.lines)
        )
    lines = []
    for title, places in found.items():
        each = list(dict.fromkeys(places))
        left = len(each) - _PLACES
        more = text("consult.places_more", number=left) if left > 1 else text("consult.place_more") if left == 1 else ""
        lines.append(f"- *{title}*: {'; '.join(each[:_PLACES])}{more}")
    return lines
