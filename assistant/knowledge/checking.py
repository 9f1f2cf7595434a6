"""What ``waymark knowledge check`` looks at beyond the schema: entries that are alike, questions that lead astray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from assistant.knowledge.base import Entries
from assistant.knowledge.items import Item
from assistant.knowledge.library import Library
from assistant.knowledge.reading import Location, Problem
from assistant.knowledge.search.engine import Search

__all__ = ["ALIKE", "check_search"]

ALIKE = 0.93
"""Cosine of two summaries, with their titles, from which two entries are taken to say nearly the same."""


def check_search(
    library: Library, folder: Path | None, progress: Callable[[int, int], None] | None = None
) -> list[Problem]:
    """Problems that show only in use: near-duplicates, and `asks` by which another entry is found first.

    Args:
        library: a knowledge base without problems of form.
        folder: where vectors are kept.
        progress: called with how many questions were asked and how many there are.
    """
    search = library.search(folder)
    problems = [*_alike(search, library.entries), *_astray(search, library.entries, progress)]
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _alike(search: Search, entries: Entries) -> Iterator[Problem]:
    """Pairs of entries with nearly the same text, told at the second."""
    own = [i for i, item in enumerate(search.items) if item.entry is not None]
    vectors = search.summaries[own]
    likeness = np.triu(vectors @ vectors.T, k=1)
    for first, second in np.argwhere(likeness >= ALIKE):
        one, other = search.items[own[first]], search.items[own[second]]
        message = (
            f"nearly the same as {one.id} (likeness {likeness[first, second]:.2f}): "
            "merge the two, or say how they differ"
        )
        yield _problem(entries, other, ("summary",), message)


def _astray(search: Search, entries: Entries, progress: Callable[[int, int], None] | None) -> Iterator[Problem]:
    """Questions of an entry by which another is found first."""
    asked = [(i, passage) for i, passage in enumerate(search.passages) if passage.kind == "ask"]
    for done, (number, passage) in enumerate(asked, 1):
        if progress is not None:
            progress(done, len(asked))
        item, ask = search.items[passage.item], passage.bare
        query = search.read(ask)
        vector = search.vector_of(number) if not query.mended else None
        first = search.items[int(np.argmax(search.rank(query, vector=vector).scores))]
        if first.id != item.id:
            place = item.asks.index(ask)
            yield _problem(entries, item, ("asks", place), f"{ask!r} finds {first.id} first: make it more particular")


def _problem(entries: Entries, item: Item, location: Location, message: str) -> Problem:
    document = entries.documents.get(item.id)
    if document is not None:
        return document.problem(location, message)
    return Problem("knowledge/journey/asks.yml", 1, item.id, message)
