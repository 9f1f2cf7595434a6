"""The evaluation of the search: fit to measure with, and its bars are met."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from assistant.knowledge.library import Library, load_library
from assistant.knowledge.search import Search
from assistant.settings import ROOT, Settings
from benchmarks.questions import Question, right_items, unanswerable, written
from benchmarks.sections import replace_section, section

FILES = ("development.yml", "evaluation.yml")
CHANCE = 0.02
"""What the bars are lowered by: four questions of two hundred."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "knowledge")


@pytest.fixture(scope="module")
def search(library: Library) -> Search:
    return library.search(Settings().vectors)


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()


def training_examples() -> set[str]:
    examples: set[str] = set()
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            examples |= {plain(line.removeprefix("- ")) for line in item["examples"].splitlines()}
    return examples


def test_there_are_enough_questions() -> None:
    assert len(written("evaluation.yml")) >= 150
    assert len(unanswerable("evaluation.yml")) >= 40


@pytest.mark.parametrize("file", FILES)
def test_every_question_has_an_entry_that_answers_it(file: str, library: Library) -> None:
    without = [question.ask for question in written(file) if not right_items(question, library)]
    assert without == []


def test_an_entry_that_is_not_there_is_an_error(library: Library) -> None:
    with pytest.raises(KeyError):
        right_items(Question("?", entries=("case/no-such-thing",)), library)


def test_the_examination_is_asked_nowhere_else(library: Library) -> None:
    asked = {plain(q.ask) for q in written("evaluation.yml")} | {plain(q) for q in unanswerable("evaluation.yml")}
    development = {plain(q.ask) for q in written("development.yml")} | {
        plain(q) for q in unanswerable("development.yml")
    }
    asks = {plain(ask) for item in library.items for ask in item.asks}
    gaps = {plain(ask) for gap in library.entries.gaps for ask in gap.asks}
    assert asked & asks == set()
    assert asked & training_examples() == set()
    assert asked & development == set()
    assert asked & gaps == set()


def test_the_search_meets_its_bars(library: Library, search: Search) -> None:
    first = three = refused = 0
    questions = written("evaluation.yml")
    for question in questions:
        right = right_items(question, library)
        found = [result.item.id in right for result in search.nearest(question.ask, None, 3)]
        first, three = first + found[0], three + any(found)
        refused += not search.find(question.ask)
    outside = unanswerable("evaluation.yml")
    recognised = sum(not search.find(ask) for ask in outside)
    assert first / len(questions) >= 0.70 - CHANCE
    assert three / len(questions) >= 0.90 - CHANCE
    assert refused / len(questions) <= 0.10 + CHANCE
    assert recognised / len(outside) >= 0.80 - CHANCE


def test_a_section_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text("# Results\n\n## Before\n\none\n", encoding="utf-8")
    replace_section(file, "search", "| first |")
    replace_section(file, "search", "| second |")
    assert file.read_text(encoding="utf-8") == "# Results\n\n## Before\n\none\n\n## The search\n\n| second |\n"
    file.write_text(file.read_text(encoding="utf-8") + "\n## After\n\ntwo\n", encoding="utf-8")
    replace_section(file, "search", "| third |")
    text = file.read_text(encoding="utf-8")
    assert "| third |" in text
    assert "| second |" not in text
    assert text.endswith("## After\n\ntwo\n")
    assert section(file, "search") == "## The search\n\n| third |\n"
