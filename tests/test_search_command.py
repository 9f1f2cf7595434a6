"""``waymark search`` and ``waymark knowledge``: for people and for other programs, in processes of their own."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from assistant import cli, knowledge_cli
from assistant.knowledge.base import read_entries
from assistant.knowledge.entries import TYPES
from assistant.knowledge.items import ITEM_TYPES
from assistant.knowledge.library import Library, load_library
from assistant.knowledge.search import Search
from assistant.knowledge.skeleton import skeleton
from assistant.settings import ROOT, Settings
from tests.pace import pace

LONGEST = 4.0
"""Seconds that one search may take from start to end, on a machine of the reference's pace; it takes one or two."""
MUST_NOT_BE_IMPORTED = ("rasa", "rasa_sdk", "tensorflow", "fastapi", "sqlalchemy", "alembic")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "knowledge", None, Settings().vectors)


@pytest.fixture(scope="module", autouse=True)
def engine(library: Library) -> Search:
    """What is new in the knowledge base is encoded before anything is timed."""
    return library.search(Settings().vectors)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own, with no setting but those given."""
    clean = {name: value for name, value in os.environ.items() if not name.upper().startswith("WAYMARK_")}
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def found(*arguments: str) -> list[dict[str, Any]]:
    done = run("search", "--json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    objects = json.loads(done.stdout)
    assert isinstance(objects, list)
    return objects


# --- for other programs ------------------------------------------------------------------


def test_a_search_prints_a_list_of_objects_best_first() -> None:
    objects = found("Who has done Japan or Korea in life sciences?")
    assert 1 <= len(objects) <= 5
    assert objects[0]["entry"] == "case/medicon-valley-ambassadors"
    for each in objects:
        assert {"entry", "type", "title", "score", "citations", "summary", "why"} <= set(each)
        assert each["type"] in ITEM_TYPES
        assert each["title"]
        assert 0 <= each["score"] <= 1
        assert each["citations"]
        for citation in each["citations"]:
            assert set(citation) == {"source", "where", "lines"}
            assert re.fullmatch(r"\d+(-\d+)?", citation["lines"])
        assert all(set(why) == {"kind", "what"} for why in each["why"])
    scores = [each["score"] for each in objects]
    assert scores == sorted(scores, reverse=True)


def test_a_search_is_done_within_its_time() -> None:
    taken = []
    for _ in range(3):  # other programs may hold the machine up; they do not make it faster
        began = time.monotonic()
        found("Medicon Valley")
        taken.append(time.monotonic() - began)
        if taken[-1] < LONGEST * pace():
            break
    assert min(taken) < LONGEST * pace()


def test_a_search_imports_neither_rasa_nor_the_database(tmp_path: Path) -> None:
    code = (
        "import sys; from assistant.cli import main; "
        "status = main(['search', '--json', 'Medicon Valley']); "
        f"print([name for name in {MUST_NOT_BE_IMPORTED} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert json.loads(done.stdout)[0]["entry"].endswith("medicon-valley-ambassadors")


@pytest.mark.parametrize("question", ["how do I bake banana bread", "can you help me with this", "", "?"])
def test_where_nothing_is_found_the_list_is_empty(question: str) -> None:
    assert found(question) == []


def test_nothing_is_found_in_words_for_people() -> None:
    done = run("search", "how do I bake banana bread")
    assert (done.returncode, done.stdout, done.stderr) == (0, "The sources hold nothing on that.\n", "")


def test_a_reader_that_stops_reading_is_no_error() -> None:
    # waymark search ... | head -1
    command = (
        f"\"{sys.executable}\" -m assistant.cli search 'Medicon Valley' -n 500 | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.stdout.startswith("1. ")
    assert (done.returncode, done.stderr) == (0, "")


# --- in this process, which is faster ----------------------------------------------------


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The project's settings, whatever the environment says."""
    for name in Settings.names():
        monkeypatch.delenv(name, raising=False)
    return Settings()


@pytest.fixture
def say(
    kept: Settings,
    library: Library,
    engine: Search,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """Runs ``waymark search`` here, on an index made once; gives back its status and what it printed."""
    monkeypatch.setattr(knowledge_cli, "load_library", lambda *_: library)
    monkeypatch.setattr(Library, "search", lambda *_: engine)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        knowledge_cli.add_filters(parser)
        status = knowledge_cli.search(kept, parser.parse_args(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run_here


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--type", "cases", "--type: unknown 'cases'; the nearest is 'case'"),
        ("--step", "11", "--step: unknown '11'; the nearest is '1"),
        ("--step", "fundings", "--step: unknown 'fundings'; the nearest is 'funding'"),
        ("--country", "Japan", "--country: unknown 'Japan'; the nearest is "),
        ("--country", "jp", "--country: unknown 'jp'; the nearest is "),
        ("--country", "baltic-see", "--country: unknown 'baltic-see'; the nearest is 'baltic-sea'"),
        ("--sector", "life-science", "--sector: unknown 'life-science'; the nearest is 'life-sciences'"),
        ("--number", "0", "--number: expected 1 or more, found 0"),
        ("-n", "-3", "--number: expected 1 or more, found -3"),
    ],
)
def test_an_unknown_filter(say: Any, option: str, value: str, message: str) -> None:
    status, out, err = say("Medicon Valley", option, value)
    assert (status, out) == (2, "")
    assert err.startswith(f"waymark search: {message}")


def test_an_unknown_filter_in_a_process_of_its_own() -> None:
    done = run("search", "--json", "Medicon Valley", "--sector", "life-science")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "waymark search: --sector: unknown 'life-science'; the nearest is 'life-sciences'\n"


@pytest.mark.parametrize("arguments", [["--audience", "manager"], ["--number", "many"]])
def test_a_wrong_call(arguments: list[str]) -> None:
    done = run("search", "Medicon Valley", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: waymark search")


FILTERED: list[tuple[list[str], Any]] = [
    (["--type", "funding"], lambda item: item.type == "funding"),
    (["--type", "case", "--type", "network"], lambda item: item.type in ("case", "network")),
    (["--step", "6"], lambda item: "6" in item.steps),
    (["--sector", "life-sciences"], lambda item: not item.sectors or "life-sciences" in item.sectors),
    (["--audience", "policy_maker"], lambda item: any(a.value == "policy_maker" for a in item.audience)),
]


@pytest.mark.parametrize(("arguments", "right"), FILTERED)
def test_filters(say: Any, library: Library, arguments: list[str], right: Any) -> None:
    status, out, _ = say("Medicon Valley ambassadors in Japan", "--json", "-n", "30", *arguments)
    objects = json.loads(out)
    assert status == 0
    assert len(objects) == 30
    assert [each["entry"] for each in objects if not right(library.item(each["entry"]))] == []


def test_a_country_and_a_region(say: Any, library: Library) -> None:

    def entries(place: str) -> set[str]:
        out = say("Medicon Valley ambassadors in Japan", "--json", "-n", "999", "--country", place)[1]
        return {each["entry"] for each in json.loads(out)}

    japan, asia = entries("JP"), entries("asia")
    assert "case/medicon-valley-ambassadors" in japan
    tagged = {item.id for item in library.items if "JP" in (*item.countries, *item.abroad)}
    assert tagged <= japan
    assert tagged < asia, "what is in Japan is in Asia"


def test_as_many_as_asked_for(say: Any) -> None:
    assert len(json.loads(say("Medicon Valley", "--json", "-n", "1")[1])) == 1
    assert len(json.loads(say("Medicon Valley", "--json", "--number", "12")[1])) == 12


def test_filters_that_nothing_passes(say: Any) -> None:
    assert say("Medicon Valley", "--json", "--type", "statistic", "--country", "KI") == (0, "[]\n", "")


def test_results_for_people(say: Any) -> None:
    status, out, err = say("Medicon Valley ambassadors", "-n", "2")
    assert (status, err) == (0, "")
    first, second = out.strip().split("\n\n")
    lines = first.splitlines()
    assert re.fullmatch(r"1\. .+ \[case/medicon-valley-ambassadors, [01]\.\d\d\]", lines[0])
    assert "   from: TACTICS handbook, " in first
    assert "   why: " in first
    assert second.startswith("2. ")


# --- knowledge check, index, new ---------------------------------------------------------


def test_check_of_the_form_alone(kept: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert knowledge_cli.check(kept, argparse.Namespace(fast=True)) == 0
    out = capsys.readouterr().out
    assert out.startswith("11 steps, 52 questions, 25 terms of the glossary,\n")
    assert out.endswith("): all in order.\n")
    for kind in TYPES:
        assert re.search(rf"\b[1-9]\d* {kind}\b", out), kind


def test_index(kept: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert knowledge_cli.index(kept, argparse.Namespace()) == 0
    printed = capsys.readouterr()
    assert re.fullmatch(r"\d+ entries in \d+ passages: the index fits the files\.\n", printed.out)
    assert printed.err == "", "progress is for terminals"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "our-own"
    folder.mkdir()
    return folder


def new(own: Path, kind: str, name: str) -> subprocess.CompletedProcess[str]:
    return run("knowledge", "new", kind, name, "--extra", WAYMARK_KNOWLEDGE_EXTRA=str(own))


def test_new_writes_a_skeleton_and_check_says_what_is_missing(own: Path) -> None:
    began = time.monotonic()
    done = new(own, "case", "our-harbour")
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - began < LONGEST
    assert done.stdout.startswith("Written: cases/our-harbour.yml.")
    assert "`waymark knowledge check`" in done.stdout
    checked = run("knowledge", "check", "--fast", WAYMARK_KNOWLEDGE_EXTRA=str(own))
    assert checked.returncode == 1
    *problems, last = checked.stdout.splitlines()
    assert last == f"{len(problems)} problem(s)."
    ours = [problem for problem in problems if problem.startswith("our-own/")]
    assert all(re.match(r"our-own/cases/our-harbour\.yml:\d+: \S+: .+", problem) for problem in ours), ours
    fields = {problem.split(": ")[1].split("[")[0] for problem in ours}
    assert {"title", "summary", "who", "steps", "asks", "sources"} <= fields


def test_new_does_not_overwrite(own: Path) -> None:
    new(own, "case", "our-harbour")
    path = own / "cases" / "our-harbour.yml"
    path.write_text("id: case/our-harbour\n", encoding="utf-8")
    done = new(own, "case", "our-harbour")
    assert done.returncode == 1
    assert done.stderr == ("waymark knowledge new: our-harbour.yml is there already in cases/; choose another name\n")
    assert path.read_text(encoding="utf-8") == "id: case/our-harbour\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cases", "our-harbour"], "invalid choice: 'cases'"),
        (["case", "Our Harbour"], "expected small letters, digits and hyphens, found 'Our Harbour'"),
        (["case", "../harbour"], "expected small letters, digits and hyphens, found '../harbour'"),
        (["case"], "the following arguments are required: name"),
    ],
)
def test_new_wrongly_called(arguments: list[str], message: str) -> None:
    done = run("knowledge", "new", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_new_into_a_folder_of_ones_own_needs_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(knowledge_cli, "ROOT", tmp_path)
    given = argparse.Namespace(type="case", name="our-harbour", extra=True)
    assert knowledge_cli.new(Settings(), given) == 2
    assert "expected a folder in WAYMARK_KNOWLEDGE_EXTRA, found none" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    given.extra = False
    assert knowledge_cli.new(Settings(), given) == 0
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yml")] == [
        "knowledge/cases/our-harbour.yml"
    ]


# what a line of a skeleton begins with, and what stands there once it is filled in
FILLED = [
    ("title:", "title: Our harbour"),
    ("summary:", "summary: Our harbour did what harbours do, and told others how it was done in 2025."),
    ("  - text:", "  - text: It was done in spring."),
    ("steps:", 'steps: ["6"]'),
    ("asks:", "asks: [who did it, how was it done, what came of it]"),
    ("  -", ""),
    ("  - {source:", "  - {source: tactics, where: Step 6, lines: 900-910}"),
    ("who:", "who: Our Harbour"),
    ("kinds:", "kinds: [grant]"),
    ("status:", "status: open"),
    ("year:", "year: 2025"),
    ("nature:", "nature: success"),
    ("to:", "to: [Everybody]"),
    ("parts:", "parts: [{title: One, text: What is done at first.}, {title: Two, text: What is done at last.}]"),
]


@pytest.mark.parametrize("kind", TYPES)
def test_a_skeleton_that_is_filled_in_is_in_order(kind: str, own: Path, tmp_path: Path) -> None:
    text = skeleton(TYPES[kind], "our-harbour")
    assert text.startswith("# What each field is for: docs/knowledge.md.")
    for begins, filled in FILLED:
        end = "$" if begins == "  -" else ".*$"
        text = re.sub(rf"^{re.escape(begins)}{end}", filled, text, flags=re.MULTILINE)
    root = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge" / "lists", root / "lists")
    (root / "lists" / "gaps.yml").write_text("gaps: []\n", encoding="utf-8")
    shutil.copy(ROOT / "knowledge" / "sources.yml", root / "sources.yml")
    path = own / TYPES[kind].FOLDER / "our-harbour.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    entries = read_entries([root, own])
    assert [str(problem) for problem in entries.problems] == [], text
    assert entries.entries[f"{kind}/our-harbour"].summary.startswith("Our harbour did")


@pytest.mark.parametrize("kind", TYPES)
def test_a_skeleton_names_every_field_of_its_type(kind: str) -> None:
    text = skeleton(TYPES[kind], "our-harbour")
    named = {field for field in TYPES[kind].model_fields if re.search(rf"^(# )?{field}:", text, re.MULTILINE)}
    missing = set(TYPES[kind].model_fields) - named
    assert missing <= {"year"}, missing
    required = {field for field, info in TYPES[kind].model_fields.items() if info.is_required()}
    assert {field for field in required if not re.search(rf"^{field}:", text, re.MULTILINE)} == set()


def test_the_command_line_offers_them(capsys: pytest.CaptureFixture[str], kept: Settings) -> None:
    with pytest.raises(SystemExit):
        cli.main(["search", "--help"])
    shown = capsys.readouterr().out
    assert all(option in shown for option in ("--json", "--number", "--type", "--step", "--country", "--sector"))
    assert cli.main(["knowledge"]) == 2
    shown = capsys.readouterr().out
    assert all(f"waymark knowledge {name}" in shown for name in ("check", "new", "index"))
