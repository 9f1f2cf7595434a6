"""Building replies: texts from ``actions/texts/``, footnotes, buttons, and the cut at 600 characters."""

from __future__ import annotations

import functools
import json
import re
import string
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from actions.context import library
from assistant.knowledge.models import Citation
from assistant.replies import LONGEST_TEXT, MOST_BUTTONS, Button, Cite, Progress, Reply, payload

__all__ = ["Composer", "all_texts", "cut", "text"]

_FOLDER = Path(__file__).parent / "texts"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BUTTONS_IN_A_ROW = 3
_MOST_SHOWN, _MOST_WITH_SUMS = LONGEST_TEXT - 2, LONGEST_TEXT - 42
"""Characters; the rest is for a footnote mark that a cut may have to add, and for the year of sums of money."""
_MONEY = re.compile(r"€ ?\d|\d ?(?:euros?|EUR)\b|\b(?:million|thousand) euros?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@functools.cache
def all_texts() -> Mapping[str, str]:
    """Every text by its key, such as ``journey.passed``; the file's name is the first part."""
    texts: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts.update({f"{path.stem}.{key}": str(value).strip() for key, value in data.items()})
    return texts


def text(key: str, **values: object) -> str:
    """The text of this key with its placeholders filled.

    Raises:
        KeyError: if there is no such text, or a placeholder got no value; both are our mistakes.
    """
    return string.Formatter().vformat(all_texts()[key], (), values)


def cut(long: str, limit: int = LONGEST_TEXT) -> tuple[str, str]:
    """Splits a text at the last paragraph, line or sentence that ends within `limit` characters."""
    if len(long) <= limit:
        return long, ""
    for mark in ("\n\n", "\n", ". ", " "):
        at = long.rfind(mark, limit // 3, limit)
        if at > 0:
            end = at + (1 if mark == ". " else 0)
            return long[:end].rstrip(), long[end:].lstrip()
    return long[:limit], long[limit:]


class Composer:
    """Gathers what one reply says; :meth:`build` makes the reply."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._buttons: list[Button] = []
        self._cites: list[Cite] = []
        self.progress: Progress | None = None

    def __bool__(self) -> bool:
        return bool(self._paragraphs)

    def say(self, key: str, cite: Iterable[Citation] = (), **values: object) -> Composer:
        """Adds a paragraph from ``actions/texts/``, with footnotes."""
        return self.raw(text(key, **values), cite)

    def raw(self, words: str, cite: Iterable[Citation] = ()) -> Composer:
        """Adds a paragraph that comes from the knowledge base or from the person, with footnotes."""
        self._paragraphs.append(words + self._marks(cite))
        return self

    def marked(self, cite: Iterable[Citation]) -> Composer:
        """Adds footnotes to what was said last."""
        self._paragraphs[-1] += self._marks(cite)
        return self

    def line(self, words: str, cite: Iterable[Citation] = ()) -> Composer:
        """Adds a line to the last paragraph."""
        marked = words + self._marks(cite)
        if self._paragraphs:
            self._paragraphs[-1] += "\n" + marked
        else:
            self._paragraphs.append(marked)
        return self

    def marks(self, cite: Iterable[Citation]) -> str:
        """The marks of some footnotes, to stand within a line."""
        return self._marks(cite)

    def _marks(self, cite: Iterable[Citation]) -> str:
        """The marks of some footnotes; a thin space between them, lest two be read as one number."""
        return "\u2009".join(dict.fromkeys(self._mark(c) for c in cite))

    def _mark(self, citation: Citation) -> str:
        source = library().source(citation)
        for known in self._cites:
            if (known.source, known.where) == (citation.source, citation.where):
                return str(known.n).translate(_SUPERSCRIPTS)
        number = len(self._cites) + 1
        self._cites.append(
            Cite(n=number, source=citation.source, title=source.short, where=citation.where, lines=citation.lines)
        )
        return str(number).translate(_SUPERSCRIPTS)

    def overflows(self) -> bool:
        """Whether it is more than one reply can hold, so that "more" takes one of the buttons."""
        return bool(self._cut()[1])

    def _cut(self) -> tuple[str, str]:
        words = "\n\n".join(self._paragraphs)
        return cut(words, _MOST_WITH_SUMS if _MONEY.search(words) else _MOST_SHOWN)

    def length(self) -> int:
        """Characters said so far."""
        return sum(len(p) for p in self._paragraphs)

    def button(self, title: str, intent: str, **entities: object) -> Composer:
        """Adds a choice; the seventh is dropped, since six are what a person can take in."""
        made = Button(title=title, payload=payload(intent, **entities))
        if len(self._buttons) < MOST_BUTTONS and all(
            b.payload != made.payload and b.title != made.title for b in self._buttons
        ):
            self._buttons.append(made)
        return self

    def build(self) -> tuple[Reply, str | None]:
        """The reply, and what did not fit into it (for :func:`rest_of`)."""
        shown, rest = self._cut()
        if rest and self._cites and not _marked(shown, self._cites):
            shown += str(self._cites[0].n).translate(_SUPERSCRIPTS)  # no part of a statement goes without its source
        shown += self._dated(shown)
        buttons = list(self._buttons)
        if rest:
            buttons = [Button(title=text("small.more"), payload=payload("more")), *buttons][:MOST_BUTTONS]
        rows = tuple(tuple(buttons[i : i + _BUTTONS_IN_A_ROW]) for i in range(0, len(buttons), _BUTTONS_IN_A_ROW))
        reply = Reply(text=shown, buttons=rows, citations=_marked(shown, self._cites), progress=self.progress)
        if not rest:
            return reply, None
        left = [cite.model_dump() for cite in _marked(rest, self._cites)]
        return reply, json.dumps({"text": rest, "citations": left})

    def _dated(self, shown: str) -> str:
        """The year of sums for which none is named: money is never spoken of as if it were of today."""
        if not _MONEY.search(shown) or _YEAR.search(shown):
            return ""
        years = sorted({library().entries.sources[cite.source].year for cite in _marked(shown, self._cites)})
        return "\n" + text("small.sums_of", years=" and ".join(map(str, years))) if years else ""

    def rest_of(self, stored: str) -> Composer:
        """Goes on with what did not fit into an earlier reply; its footnotes keep their numbers."""
        data = json.loads(stored)
        self._paragraphs.append(data["text"])
        self._cites += [Cite.model_validate(cite) for cite in data["citations"]]
        return self


def _marked(words: str, cites: list[Cite]) -> tuple[Cite, ...]:
    """The footnotes whose marks stand in `words`."""
    marks = set(re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", words))
    return tuple(c for c in cites if str(c.n).translate(_SUPERSCRIPTS) in marks)


def as_message(reply: Reply) -> dict[str, Any]:
    """The reply as Rasa carries it: text and buttons for its own channels, the whole as custom data."""
    return {
        "text": reply.text,
        "buttons": [{"title": b.title, "payload": b.payload} for b in reply.flat_buttons()],
        "json_message": reply.model_dump(mode="json"),
    }
