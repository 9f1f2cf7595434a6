"""Loads the entries of the knowledge base: ``knowledge/cases/``, ``knowledge/funding/`` and so on.

What is wrong in one file is found by :mod:`assistant.knowledge.reading` with the models of
:mod:`assistant.knowledge.entries`; what only the files together show (an id used twice, a
reference that leads nowhere) is found here. A second folder with an organisation's own entries
may be read beside the first; it has the same shape and may name sources of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.knowledge import models as m
from assistant.knowledge.entries import TYPES, Entry, Gap, Gaps, Place, Places, Sector, Sectors
from assistant.knowledge.reading import Document, Location, Problem, nearest, read_document

__all__ = ["Entries", "read_entries"]

_FOLDERS = {kind.FOLDER: kind for kind in TYPES.values()}
_NOT_ENTRIES = frozenset({"journey", "lists"})


@dataclass(frozen=True)
class Entries:
    """The entries of one or two folders with the lists that they keep to, and what is wrong with them."""

    entries: dict[str, Entry]
    places: dict[str, Place]
    sectors: dict[str, Sector]
    gaps: tuple[Gap, ...]
    sources: dict[str, m.Source]
    documents: dict[str, Document[Entry]]
    problems: tuple[Problem, ...]


def read_entries(roots: Sequence[Path], also_known: Iterable[str] = ()) -> Entries:
    """Reads every entry below `roots`.

    Args:
        roots: the folder ``knowledge``, and an organisation's own, if it has one. The lists are the first's.
        also_known: ids that stand elsewhere (terms of the glossary, steps) and may be referred to.
    """
    problems: list[Problem] = []
    first = roots[0]
    places = read_document(first / "lists" / "places.yml", first, Places, problems)
    sectors = read_document(first / "lists" / "sectors.yml", first, Sectors, problems)
    gaps = read_document(first / "lists" / "gaps.yml", first, Gaps, problems)
    place_of = _keyed((*places.value.regions, *places.value.countries) if places.value else ())
    sector_of = {sector.key: sector for sector in sectors.value.sectors} if sectors.value else {}
    problems += _lists(places, sectors, place_of, sector_of)
    sources: dict[str, m.Source] = {}
    documents: list[Document[Entry]] = []
    for root in roots:
        if root is first or (root / "sources.yml").exists():
            file = read_document(root / "sources.yml", root, m.SourcesFile, problems)
            for i, source in enumerate(file.value.sources if file.value else ()):
                if sources.setdefault(source.id, source) is not source and root is not first:
                    message = f"{source.id!r} is used twice; choose another"
                    problems.append(file.problem(("sources", i, "id"), message))
        documents += _read(root, problems)
    found: dict[str, Entry] = {}
    kept: dict[str, Document[Entry]] = {}
    for document in documents:
        if document.value is None:
            continue
        entry = document.value
        if entry.id in found:
            other = kept[entry.id].name
            problems.append(document.problem(("id",), f"{entry.id!r} is used twice, first in {other}; choose another"))
            continue
        found[entry.id], kept[entry.id] = entry, document
    known = {*found, *also_known}
    for document in kept.values():
        problems += _unknown(document, {"source": sources}, nested=True)
        problems += _unknown(document, {"sectors": sector_of, "countries": place_of, "abroad": place_of, "see": known})
        if document.value is not None and document.value.id in document.value.see:
            problems.append(document.problem(("see",), "expected other entries, found this one itself"))
    told = gaps.value.gaps if gaps.value else ()
    for i, gap in enumerate(told):
        for j, id in enumerate(gap.ask_instead):
            if id not in known:
                message = f"unknown name {id!r}; the nearest is {nearest(id, known)}"
                problems.append(gaps.problem(("gaps", i, "ask_instead", j), message))
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Entries(found, place_of, sector_of, told, sources, kept, tuple(problems))


def _keyed(places: Iterable[Place]) -> dict[str, Place]:
    return {place.key: place for place in places}


def _read(root: Path, problems: list[Problem]) -> Iterator[Document[Entry]]:
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name not in _NOT_ENTRIES):
        if folder.name.startswith("."):
            continue
        kind = _FOLDERS.get(folder.name)
        if kind is None:
            message = f"expected a folder of entries; the nearest is {nearest(folder.name, _FOLDERS)}"
            problems.append(Problem(f"{root.name}/{folder.name}", 1, "folder", message))
            continue
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue  # an editor's own: locks, copies
            if path.suffix != ".yml":
                name = path.relative_to(root.parent).as_posix()
                problems.append(Problem(name, 1, "file", "expected a file that ends in .yml; it would not be read"))
                continue
            document = read_document(path, root, kind, problems)
            expected = f"{kind.TYPE}/{path.stem}"
            if document.value is not None and document.value.id != expected:
                message = f"expected {expected!r}, after the folder and the file, found {document.value.id!r}"
                problems.append(document.problem(("id",), message))
                continue
            yield document


def _unknown(document: Document[Any], allowed: dict[str, Iterable[str]], *, nested: bool = False) -> Iterator[Problem]:
    """Names that no list holds, in fields of the entry itself or, if `nested`, at any depth."""
    for field, names in allowed.items():
        known = set(names)
        places: Iterator[tuple[Location, str]]
        if nested:
            places = document.values_of(field)
        else:
            values = getattr(document.value, field, ())
            places = (((field, i), str(value)) for i, value in enumerate(values))
        if not known:
            continue  # the list itself could not be read, which is reported once
        for location, name in places:
            if name not in known:
                close = f"; the nearest is {nearest(name, known)}" if known else ""
                yield document.problem(location, f"unknown name {name!r}{close}")


def _lists(
    places: Document[Places], sectors: Document[Sectors], place_of: dict[str, Place], sector_of: dict[str, Sector]
) -> Iterator[Problem]:
    if places.value:
        for i, country in enumerate(places.value.countries):
            for j, region in enumerate(country.within):
                if region not in place_of:
                    message = f"unknown region {region!r}; the nearest is {nearest(region, place_of)}"
                    yield places.problem(("countries", i, "within", j), message)
    if sectors.value:
        for i, sector in enumerate(sectors.value.sectors):
            for j, near in enumerate(sector.near):
                if near not in sector_of:
                    message = f"unknown sector {near!r}; the nearest is {nearest(near, sector_of)}"
                    yield sectors.problem(("sectors", i, "near", j), message)
