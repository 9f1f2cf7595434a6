"""The documents say what there is, and their links lead somewhere."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import cli
from assistant.knowledge.journey import load_journey
from assistant.settings import ROOT, Settings

ARCHITECTURE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DECISIONS = ROOT / "docs" / "decisions"
README = ROOT / "README.md"

LARGEST = 2_000_000
"""Bytes. A tracked file above this is no text of ours."""


def read(path: Path) -> str:
    """The text of a page; nothing if there is none, which `test_there_is_a_readme` says once."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def tracked() -> list[Path]:
    """Files that git tracks, or would once they are added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=30).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return sorted({path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()})


TRACKED = tracked()
PAGES = [path for path in TRACKED if path.suffix == ".md"] or [ARCHITECTURE, CONTRIBUTING, README]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- what there is ----------------------------------------------------------------------


@pytest.mark.parametrize("setting", [*Settings.names(), "WAYMARK_PYTHON"])
def test_every_setting_has_its_line(setting: str) -> None:
    assert f"\n| `{setting}` |" in read(ARCHITECTURE)


def test_no_setting_is_told_that_there_is_not() -> None:
    told = set(re.findall(r"^\| `(WAYMARK_\w+)` \|", read(ARCHITECTURE), re.MULTILINE))
    assert told - {"WAYMARK_PYTHON"} == set(Settings.names())


def targets() -> list[str]:
    return re.findall(r"^([a-z-]+):.*## ", read(ROOT / "Makefile"), re.MULTILINE)


def test_every_make_target_is_told() -> None:
    assert {"run", "test"} <= set(targets())
    pages = read(CONTRIBUTING) + read(README)
    assert [target for target in targets() if not re.search(rf"\bmake {target}(?![\w-])", pages)] == []


def test_no_make_target_is_told_that_there_is_not() -> None:
    told = set(re.findall(r"`make ([a-z-]+)`", "".join(map(read, (CONTRIBUTING, README, ARCHITECTURE)))))
    assert told - set(targets()) == set()


def commands(parser: argparse.ArgumentParser, before: str = "waymark") -> Iterator[str]:
    """Every command that does something, such as ``waymark knowledge check``."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield before
    for action in below:
        for word, sub in action.choices.items():
            yield from commands(sub, f"{before} {word}")


def test_every_command_is_told() -> None:
    known = list(commands(cli._parser()))
    assert "waymark knowledge check" in known
    pages = "".join(read(path) for path in (README, *(ROOT / "docs").rglob("*.md")))
    assert [command for command in known if not re.search(rf"\b{command}\b", pages)] == []


def test_what_stands_in_code_marks_is_there() -> None:
    """Paths, and functions named by module, as in `rules.next_step_after`."""
    for page in (ARCHITECTURE, CONTRIBUTING, *DECISIONS.glob("*.md")):
        marked = re.findall(r"`([^`\n]+)`", read(page))
        starts = (
            "actions/",
            "assistant/",
            "data/",
            "knowledge/",
            "tests/",
            "tools/",
            "widget/",
            "docs/",
            "requirements/",
        )
        paths = [text for text in marked if text.startswith(starts) and re.fullmatch(r"[\w./-]+", text)]
        assert [path for path in paths if not (ROOT / path).exists() and "SKILL" not in path] == [], name(page)
        for module, function in re.findall(r"`(rules|routes|transitions|settling|whatnext)\.(_?[a-z]\w+)`", read(page)):
            if function != "yml":
                assert hasattr(importlib.import_module(f"assistant.journey.{module}"), function), f"{module}.{function}"


# --- the Tube Map -----------------------------------------------------------------------


def test_every_line_of_the_map_says_where_it_lives() -> None:
    routes = load_journey(ROOT / "knowledge").routes
    rows = {
        row[1]: row
        for row in re.findall(r"^\| ([a-z ]+), `(line/[a-z-]+)` \| (\w+) \|", read(ARCHITECTURE), re.MULTILINE)
    }
    assert {row[1]: (row[0], row[2]) for row in rows.values()} == {
        line.id: (line.colour, line.kind) for line in routes.lines
    }
    assert [route.id for route in routes.routes if f"`{route.id}`" not in read(ARCHITECTURE)] == []


# --- decisions --------------------------------------------------------------------------

RECORDS = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert len(RECORDS) >= 5
    assert [path.name[:4] for path in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts_and_its_line_in_the_index(path: Path) -> None:
    text = read(path)
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Status", "Context", "Decision", "Consequences"]
    title = text.splitlines()[0].partition(": ")[2]
    status = re.search(r"## Status\n\n(Accepted|Superseded)\b", text)
    assert status is not None
    assert f"| [{path.name[:4]}]({path.name}) | {title} | {status[1].lower()}" in read(DECISIONS / "README.md")


# --- every page -------------------------------------------------------------------------


def test_there_is_a_readme() -> None:
    assert README.is_file()


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", read(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        found = (page.parent / place).resolve() if place else page
        assert found.exists(), f"{name(page)}: {target}"
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), f"{name(page)}: {target}"


# Written in pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(r"(?<![\w./\\-])/(?:" + "work|tmp|root|home" + r")/\w")
HOSTS = re.compile(
    "|".join((r"pypi\.o" + "rg", r"python" + r"hosted\.o" + "rg", r"registry\.npm" + "js", r"crates\.i" + "o/"))
)


def test_no_text_names_a_path_of_one_machine_or_a_registry() -> None:
    if not TRACKED:
        pytest.skip("not a git checkout")
    found = []
    for path in TRACKED:
        if path.stat().st_size > LARGEST:
            continue
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE.search(line) or HOSTS.search(line):
                found.append(f"{name(path)}:{number}: {line.strip()[:100]}")
    assert found == []
