"""The library: journey and entries together; and what is kept of the files, so that they are read once."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import assistant.knowledge.library as library_module
from assistant.knowledge import models as m
from assistant.knowledge import reading
from assistant.knowledge.items import items_of_journey
from assistant.knowledge.journey import KnowledgeError
from assistant.knowledge.library import Library, load_library
from assistant.settings import ROOT
from tests.knowledge.small import Base

CITED = [{"source": "tactics", "where": "Step 6", "lines": "900-910"}]
_parsed = functools.cache(reading._parse)
"""Each test changes one file or two; the others need not be parsed again."""


class Shelf:
    """A small knowledge base with the project's journey, which counts how often its files are read."""

    def __init__(self, base: Base, cache: Path) -> None:
        self.base, self.cache = base, cache
        self.read = 0

    def load(self, extra: Path | None = None) -> Library:
        return load_library(self.base.root, extra, self.cache)

    def kept(self) -> list[Path]:
        return sorted(self.cache.iterdir()) if self.cache.is_dir() else []


@pytest.fixture
def shelf(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(reading, "_parse", _parsed)
    shutil.copytree(ROOT / "knowledge" / "journey", base.root / "journey")
    shutil.copy(ROOT / "knowledge" / "sources.yml", base.root / "sources.yml")
    base.write("journey/asks.yml", "asks:\n  - id: step/6\n    asks: [who fits us, finding others, where to look]\n")
    base.add("case/harbour", sources=CITED, countries=["DK"], sectors=["ict"], see=["step/6", "funding/export-money"])
    base.add(
        "funding/export-money",
        sources=CITED,
        status="succeeded_by",
        succeeded_by={"name": "More money"},
        facts=[{"text": "It paid for fairs.", "from": 1}],
    )
    base.add("guide/way", sources=CITED, audience=["policy_maker"], year=2011)
    shelf = Shelf(base, tmp_path / "cache")
    read_entries = library_module.read_entries

    def counted(*given: Any) -> Any:
        shelf.read += 1
        return read_entries(*given)

    monkeypatch.setattr(library_module, "read_entries", counted)
    return shelf


# --- the library -------------------------------------------------------------------------


def test_a_library_holds_the_entries_and_the_journey(shelf: Shelf) -> None:
    library = shelf.load()
    assert [item.id for item in library.items[:3]] == ["case/harbour", "funding/export-money", "guide/way"]
    assert len(library.items) == 3 + len(list(items_of_journey(library.journey)))
    assert "case/harbour" in library
    assert "step/6" in library
    assert "case/pier" not in library
    assert library.item("step/6").asks == ("who fits us", "finding others", "where to look")
    with pytest.raises(KeyError):
        library.item("case/pier")


def test_a_citation_leads_to_its_source(shelf: Shelf) -> None:
    library = shelf.load()
    assert library.source(library.item("case/harbour").citations[0]).short == "TACTICS handbook"


def test_every_citation_of_the_real_library_leads_to_its_source(library: Library) -> None:
    for item in library.items:
        for citation in item.citations:
            assert isinstance(library.source(citation), m.Source)
    assert len({item.id for item in library.items}) == len(library.items)


def test_questions_for_a_text_that_the_journey_does_not_have(shelf: Shelf) -> None:
    shelf.base.write(
        "journey/asks.yml",
        "asks:\n  - id: step/6\n    asks: [who fits us, finding others, where to look]\n"
        "  - id: question/6.networs\n    asks: [which clubs, which networks, where to join]\n",
    )
    for _ in range(2):
        with pytest.raises(KnowledgeError) as raised:
            shelf.load()
        (problem,) = raised.value.problems
        assert (problem.file, problem.line, problem.field) == ("knowledge/journey/asks.yml", 4, "asks[2].id")
        assert problem.message == "unknown name 'question/6.networs'; the nearest is 'question/6.networks'"


def test_an_extra_folder_that_is_not_there(shelf: Shelf, tmp_path: Path) -> None:
    shelf.load()
    for extra in (tmp_path / "nowhere", shelf.base.root / "sources.yml"):
        with pytest.raises(KnowledgeError, match="WAYMARK_KNOWLEDGE_EXTRA: expected a folder of entries, found none"):
            shelf.load(extra)


# --- what is kept ------------------------------------------------------------------------


def test_what_is_kept_is_what_was_read(shelf: Shelf) -> None:
    first, second = shelf.load(), shelf.load()
    assert shelf.read == 1
    assert second.items == first.items
    assert [item.entry for item in second.items] == [item.entry for item in first.items]
    for name in ("entries", "places", "sectors", "sources", "gaps"):
        assert getattr(second.entries, name) == getattr(first.entries, name), name
    assert list(second.entries.entries) == list(first.entries.entries), "in the same order"


def test_the_real_library_comes_out_of_its_cache_as_it_went_in(tmp_path: Path) -> None:
    library = load_library(ROOT / "knowledge", cache=tmp_path)
    again = load_library(ROOT / "knowledge", cache=tmp_path)
    assert again.entries.documents == {}, "was not read from the cache"
    assert again.items == library.items
    assert [item.entry for item in again.items] == [item.entry for item in library.items]


def _edit(base: Base) -> None:
    base.add("case/harbour", title="Another title", sources=CITED)


CHANGES: list[tuple[str, Callable[[Base], object]]] = [
    ("an entry changed", _edit),
    ("an entry gone", lambda base: (base.root / "guides" / "way.yml").unlink()),
    ("a new file", lambda base: base.add("case/pier", sources=CITED)),
    ("a list changed", lambda base: base.write("lists/gaps.yml", "gaps: []\n")),
    ("the journey changed", lambda base: base.write("journey/asks.yml", "asks: []\n")),
]


@pytest.mark.parametrize("change", [c[1] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_change_is_read_anew(shelf: Shelf, change: Callable[[Base], object]) -> None:
    shelf.load()
    before = shelf.kept()
    change(shelf.base)
    library = shelf.load()
    assert shelf.read == 2
    assert len(shelf.kept()) == 1, "what belongs to the earlier state is dropped"
    assert shelf.kept() != before
    assert shelf.load().items == library.items
    assert shelf.read == 2


def test_a_changed_entry_is_shown_as_it_is_now(shelf: Shelf) -> None:
    shelf.load()
    _edit(shelf.base)
    assert shelf.load().item("case/harbour").title == "Another title"


def test_another_schema_reads_anew(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.load()
    code = tmp_path / "code"
    code.mkdir()
    for name in ("entries.py", "models.py", "base.py", "reading.py"):
        shutil.copy(Path(library_module.__file__).with_name(name), code)
    (code / "entries.py").write_text("# a new field\n", encoding="utf-8")
    monkeypatch.setattr(library_module, "__file__", str(code / "library.py"))
    shelf.load()
    assert shelf.read == 2


def test_what_begins_with_a_full_stop_is_not_read(shelf: Shelf) -> None:
    shelf.load()
    (shelf.base.root / "cases" / ".#harbour.yml").symlink_to("somebody@a-machine.4711")  # a lock, as Emacs sets it
    shelf.base.write("cases/._harbour.yml", "\x00")
    shelf.load()
    assert shelf.read == 1


def test_an_extra_folder_is_kept_too(shelf: Shelf, extra: Base) -> None:
    extra.add("case/pier", sources=[{"source": "giz", "where": "Part 1", "lines": "7"}])
    assert "case/pier" in shelf.load(extra.root)
    assert "case/pier" in shelf.load(extra.root)
    assert shelf.read == 1
    extra.add("case/quay", sources=[{"source": "giz", "where": "Part 1", "lines": "8"}])
    assert "case/quay" in shelf.load(extra.root)
    assert "case/pier" not in shelf.load()
    assert shelf.read == 3


def test_nothing_is_kept_of_files_with_problems(shelf: Shelf) -> None:
    shelf.base.add("case/harbour", sources=[{"source": "tactic", "where": "Step 6", "lines": "9"}])
    for _ in range(2):
        with pytest.raises(KnowledgeError, match="unknown name 'tactic'; the nearest is 'tactics'"):
            shelf.load()
    assert shelf.kept() == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"entries": {}}', b"\xff\xfe"],
    ids=["empty", "cut short", "a list", "no fields", "fields missing", "not text"],
)
def test_a_broken_file_is_made_anew(shelf: Shelf, content: bytes) -> None:
    first = shelf.load()
    (kept,) = shelf.kept()
    kept.write_bytes(content)
    assert shelf.load().items == first.items
    assert shelf.read == 2
    assert shelf.load().items == first.items
    assert shelf.read == 2


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("case\t", "pier\t"),
        ('"title":', '"name":'),
        ('"places":[{', '"places":[{"keys":"DK",'),
        ('"number":', '"number":1'),
    ],
    ids=["a type that there is not", "an entry without its title", "an unknown field", "an entry lost"],
)
def test_what_does_not_fit_is_made_anew(shelf: Shelf, found: str, instead: str) -> None:
    first = shelf.load()
    (path,) = shelf.kept()
    kept = path.read_text(encoding="utf-8")
    assert found in kept
    path.write_text(kept.replace(found, instead, 1), encoding="utf-8")
    assert shelf.load().items == first.items
    assert shelf.read == 2


def test_where_nothing_can_be_written_nothing_is_kept(shelf: Shelf) -> None:
    # Not by permissions: the tests may run as root, who may write anywhere.
    shelf.cache.write_text("a file, not a folder", encoding="utf-8")
    assert shelf.load().items == shelf.load().items
    assert shelf.read == 2


def test_without_a_folder_nothing_is_kept(shelf: Shelf) -> None:
    load_library(shelf.base.root)
    load_library(shelf.base.root)
    assert shelf.read == 2
    assert shelf.kept() == []


def test_vectors_beside_it_are_left_alone(shelf: Shelf) -> None:
    shelf.cache.mkdir()
    vectors = shelf.cache / "vectors-0123456789abcdef.npz"
    vectors.write_bytes(b"vectors")
    shelf.load()
    _edit(shelf.base)
    shelf.load()
    assert vectors.read_bytes() == b"vectors"
