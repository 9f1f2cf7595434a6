"""The whole knowledge base: the journey, the entries, an organisation's own entries, and the search over them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.knowledge import models as m
from assistant.knowledge.base import Entries, read_entries
from assistant.knowledge.entries import TYPES, Gap, Place, Sector
from assistant.knowledge.items import Item, items_of_entries, items_of_journey
from assistant.knowledge.journey import JourneyKnowledge, KnowledgeError, load_journey
from assistant.knowledge.reading import Problem, nearest, read_document
from assistant.knowledge.search.engine import Search

__all__ = ["Library", "load_library"]


@dataclass(frozen=True)
class Library:
    """Everything that can be consulted.

    Args:
        journey: the steps with their checklists and what holds them together.
        entries: cases, funding, networks and so on, with the controlled lists.
        items: all of it as the search and the replies see it, in a fixed order.
    """

    journey: JourneyKnowledge
    entries: Entries
    items: tuple[Item, ...]
    _by_id: dict[str, Item] = field(repr=False, default_factory=dict)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def item(self, id: str) -> Item:
        """The item with this id; raises KeyError."""
        return self._by_id[id]

    def source(self, citation: m.Citation) -> m.Source:
        """The source that a citation points to."""
        return self.entries.sources[citation.source]

    def search(self, folder: Path | None = None, progress: Callable[[int, int], None] | None = None) -> Search:
        """An index of all items; vectors are kept in `folder` between two starts."""
        return Search(
            self.items, self.entries.places, self.entries.sectors, folder, self.entries.gaps, progress=progress
        )


def load_library(root: Path, extra: Path | None = None, cache: Path | None = None) -> Library:
    """Loads and validates the knowledge base.

    Args:
        root: the folder ``knowledge``.
        extra: a second folder of the same shape with an organisation's own entries.
        cache: a folder in which to keep that these very files are in order, and what they hold: reading
            several hundred files of YAML takes most of a second.

    Raises:
        KnowledgeError: with every problem found.
    """
    journey = load_journey(root)
    own = tuple(items_of_journey(journey))
    problems = _asks_of_nothing(root, journey, own)
    if extra is not None and not extra.is_dir():
        message = f"WAYMARK_KNOWLEDGE_EXTRA: expected a folder of entries, found none at {extra}"
        problems.append(Problem(extra.name, 1, "folder", message))
        extra = None
    roots = [root] if extra is None else [root, extra]
    kept = None if cache is None or problems else cache / f"entries-{_digest(roots)}.jsonl"
    entries = _from_cache(kept)
    if entries is None:
        entries = read_entries(roots, [item.id for item in own])
        problems += entries.problems
        if problems:
            raise KnowledgeError(problems)
        _to_cache(kept, entries)
        if kept is not None:
            entries = replace(entries, documents={})  # tens of megabytes, for editors only
    items = (*items_of_entries(entries.entries.values()), *own)
    return Library(journey, entries, items, {item.id: item for item in items})


def _asks_of_nothing(root: Path, journey: JourneyKnowledge, items: Sequence[Item]) -> list[Problem]:
    """Questions in ``journey/asks.yml`` for a text that the journey does not have; nobody would find them."""
    known = {item.id for item in items}
    if journey.asks.keys() <= known:
        return []
    document = read_document(root / "journey" / "asks.yml", root, m.AsksFile, [])
    return [
        document.problem(location, f"unknown name {name!r}; the nearest is {nearest(name, known)}")
        for location, name in document.values_of("id")
        if name not in known
    ]


class _Kept(m.Model):
    """The first line of the cache: how many entries follow, one a line, and the lists and sources."""

    number: int
    places: tuple[Place, ...]
    sectors: tuple[Sector, ...]
    gaps: tuple[Gap, ...]
    sources: tuple[m.Source, ...]


def _digest(roots: Sequence[Path]) -> str:
    """A hash of all that is read, and of the schema that it was checked against."""
    digest = hashlib.sha256()
    code = Path(__file__).parent
    for path in (code / "entries.py", code / "models.py", code / "base.py", code / "reading.py"):
        digest.update(path.read_bytes())
    for root in roots:
        # All names, and what is in those that are read: a file that would not be read is a problem, too.
        for path in sorted(path for path in root.rglob("[!.]*") if path.name != "__pycache__"):
            content = path.read_bytes() if path.suffix == ".yml" and path.is_file() else b""
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:16]


def _from_cache(path: Path | None) -> Entries | None:
    if path is None or not path.is_file():
        return None
    try:
        # Line by line: the whole at once would leave twice its size of memory in pieces.
        with path.open(encoding="utf-8") as file:
            kept = _Kept.model_validate_json(file.readline())
            entries = [
                TYPES[kind].model_validate_json(line) for kind, _, line in (line.partition("\t") for line in file)
            ]
    except (OSError, ValueError, KeyError):
        return None  # broken, or of another version: made anew
    if len(entries) != kept.number:
        return None
    return Entries(
        entries={entry.id: entry for entry in entries},
        places={place.key: place for place in kept.places},
        sectors={sector.key: sector for sector in kept.sectors},
        gaps=kept.gaps,
        sources={source.id: source for source in kept.sources},
        documents={},
        problems=(),
    )


def _to_cache(path: Path | None, entries: Entries) -> None:
    """Keeps what was read; the files of earlier states are dropped. Where nothing can be written, nothing is kept."""
    if path is None:
        return
    kept = _Kept(
        number=len(entries.entries),
        places=tuple(entries.places.values()),
        sectors=tuple(entries.sectors.values()),
        gaps=entries.gaps,
        sources=tuple(entries.sources.values()),
    )
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(kept.model_dump_json() + "\n")
                for entry in entries.entries.values():
                    file.write(f"{entry.type}\t{entry.model_dump_json(by_alias=True, exclude_defaults=True)}\n")
            part.chmod(0o644)
            for old in path.parent.glob("entries-*.json*"):
                old.unlink(missing_ok=True)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
