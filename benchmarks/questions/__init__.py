"""Questions for the search, written apart from the knowledge base's own `asks`, with what answers them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.knowledge.library import Library

__all__ = ["Question", "right_items", "unanswerable", "written"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """A question, and what answers it: entries by id, or a place in a source ("tactics:1620-1665")."""

    ask: str
    entries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def written(file: str) -> list[Question]:
    """The questions of a file that the sources answer."""
    data = yaml.safe_load((_FOLDER / file).read_text(encoding="utf-8"))
    return [Question(q["ask"], tuple(q.get("entries", ())), tuple(q.get("places", ()))) for q in data["answerable"]]


def unanswerable(file: str) -> list[str]:
    """The questions of a file that the sources do not answer."""
    data = yaml.safe_load((_FOLDER / file).read_text(encoding="utf-8"))
    return list(data["unanswerable"])


def right_items(question: Question, library: Library) -> set[str]:
    """The ids of the items that answer a question; for a place, all that cite it.

    Raises:
        KeyError: an entry that the knowledge base does not have.
    """
    for id in question.entries:
        library.item(id)
    found = set(question.entries)
    for place in question.places:
        source, _, lines = place.partition(":")
        first, _, last = lines.partition("-")
        for item in library.items:
            for citation in item.citations:
                begin, _, end = citation.lines.partition("-")
                if citation.source == source and int(begin) <= int(last or first) and int(first) <= int(end or begin):
                    found.add(item.id)
    return found
