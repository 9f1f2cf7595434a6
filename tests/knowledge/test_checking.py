"""What the check looks at beyond the form: entries that say the same, and questions that lead astray."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.checking import ALIKE, check_search
from assistant.knowledge.items import items_of_entries
from assistant.knowledge.journey import load_journey
from assistant.knowledge.library import Library
from assistant.knowledge.reading import Problem
from assistant.settings import ROOT
from tests.knowledge.small import Base

SUMMARY = "Harbour Cluster from Denmark opened an office in Osaka, in which eight of its firms shared the rent."


@pytest.fixture
def base(base: Base) -> Base:
    """Three entries that have little in common."""
    base.add(
        "case/harbour",
        title="Harbour Cluster opens an office in Japan",
        summary=SUMMARY,
        asks=["who has an office in Japan", "setting up shop in Osaka", "sharing the rent of an office abroad"],
    )
    base.add(
        "case/vineyard",
        title="Wine growers share a stand",
        summary="Wine growers from Italy shared a stand at a fair in France and found an importer there.",
        asks=["who went to a wine fair together", "an importer for wine from Italy", "how do growers begin to export"],
    )
    base.add(
        "term/consortium",
        title="Consortium",
        summary="Several organisations that sign one contract and carry out one piece of work together.",
        asks=["what does consortium mean", "several partners under one contract", "are we a consortium"],
    )
    return base


def check(base: Base, folder: Path | None = None) -> list[Problem]:
    entries = base.read()
    assert entries.problems == ()
    items = tuple(items_of_entries(entries.entries.values()))
    library = Library(load_journey(ROOT / "knowledge"), entries, items, {item.id: item for item in items})
    return check_search(library, folder)


def test_nothing_is_wrong_with_entries_that_differ(base: Base) -> None:
    assert check(base) == []


def test_an_entry_that_says_the_same_as_another(base: Base) -> None:
    base.add(
        "case/pier",
        title="Harbour Cluster opens an office in Japan",
        summary=SUMMARY.replace("from Denmark", "of Denmark"),
        asks=[
            "Danish rooms in Osaka of the Harbour Cluster",
            "the pier",
            "the eight firms of Harbour Cluster in Japan",
        ],
    )
    problem = next(problem for problem in check(base) if problem.field == "summary")
    assert problem.file == "knowledge/cases/pier.yml", "told at the second of the two"
    assert problem.line > 1
    found = problem.message.removeprefix("nearly the same as case/harbour (likeness ")
    likeness, _, remedy = found.partition("): ")
    assert ALIKE <= float(likeness) <= 1
    assert remedy == "merge the two, or say how they differ"


def test_an_ask_by_which_another_entry_is_found(base: Base) -> None:
    path = base.add(
        "case/barn",
        title="Cheese makers from the mountains go to a fair",
        summary="Cheese makers from the mountains drove to a fair with two lorries and came back with one.",
        asks=["cheese makers at a fair", "who has an office in Japan", "lorries for a fair"],
    )
    wrong = [problem for problem in check(base) if problem.file == "knowledge/cases/barn.yml"]
    line = path.read_text(encoding="utf-8").splitlines().index("- who has an office in Japan") + 1
    message = "'who has an office in Japan' finds case/harbour first: make it more particular"
    assert wrong == [Problem("knowledge/cases/barn.yml", line, "asks[2]", message)]


def test_problems_come_in_the_order_of_the_files(base: Base) -> None:
    for name in ("quay", "barn"):
        base.add(
            f"case/{name}",
            title="Cheese makers",
            summary="Cheese makers from the mountains drove to a fair with two lorries and came back with one.",
            asks=["what does consortium mean", "who has an office in Japan", "an importer for wine from Italy"],
        )
    problems = check(base)
    places = [(problem.file, problem.line) for problem in problems]
    assert places == sorted(places)
    assert {problem.file for problem in problems} == {"knowledge/cases/barn.yml", "knowledge/cases/quay.yml"}
    assert sum(problem.field == "summary" for problem in problems) == 1, "a pair is told once"


def test_progress_is_told(base: Base) -> None:
    told: list[tuple[int, int]] = []
    entries = base.read()
    items = tuple(items_of_entries(entries.entries.values()))
    library = Library(load_journey(ROOT / "knowledge"), entries, items, {item.id: item for item in items})
    check_search(library, None, lambda done, of: told.append((done, of)))
    assert told == [(i, 9) for i in range(1, 10)]


def test_vectors_are_kept(base: Base, tmp_path: Path) -> None:
    check(base, tmp_path / "vectors")
    assert [path.suffix for path in (tmp_path / "vectors").iterdir()] == [".npz"]
