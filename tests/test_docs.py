"""The documents say what there is, and their links lead somewhere."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import enum
import importlib
import io
import re
import subprocess
import textwrap
import typing
from collections.abc import Iterator
from pathlib import Path

import pydantic
import pytest

from assistant import cli, knowledge_cli
from assistant.knowledge import entries as schema
from assistant.knowledge import models
from assistant.knowledge.base import Entries, read_entries
from assistant.knowledge.checking import check_search
from assistant.knowledge.items import ITEM_TYPES, items_of_entries, items_of_journey
from assistant.knowledge.journey import load_journey
from assistant.knowledge.library import Library, load_library
from assistant.knowledge.search import Why
from assistant.settings import ROOT, Settings

ARCHITECTURE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DECISIONS = ROOT / "docs" / "decisions"
KNOWLEDGE = ROOT / "docs" / "knowledge.md"
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


def test_no_command_is_told_that_there_is_not() -> None:
    known = {command.removeprefix("waymark ") for command in commands(cli._parser())}
    words = {command.split()[0] for command in known}
    for page in PAGES:
        for told in re.findall(r"`waymark ((?:knowledge )?[a-z]+)\b", read(page)):
            assert told in known | words, f"{name(page)}: waymark {told}"


def test_the_options_of_search_are_told() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    knowledge_cli.add_filters(parser)
    told = re.findall(r"`(-[-a-z]+)", read(KNOWLEDGE))
    named = [action for action in parser._actions if action.option_strings]
    missing = [action.dest for action in named if not set(action.option_strings) & set(told)]
    assert missing == []
    assert {"--sector", "--json"} <= set(told)
    assert all(option in read(KNOWLEDGE) for option in ("--fast", "--extra"))


# --- the editors' page ------------------------------------------------------------------


def rows(page: Path) -> dict[str, list[str]]:
    """The lines of all tables of a page by the names in their first cell; one name may stand in several."""
    found: dict[str, list[str]] = {}
    for line in re.findall(r"^\| (`.+) \|$", read(page), re.MULTILINE):
        for field in re.findall(r"`([^`]+)`", line.split(" | ")[0]):
            found.setdefault(field, []).append(line)
    return found


def limits(annotation: object, metadata: typing.Iterable[object] = ()) -> Iterator[int]:
    """The limits of a field that a number says, those of the texts of a list among them."""
    for each in metadata:
        if isinstance(each, pydantic.fields.FieldInfo):
            yield from limits(None, each.metadata)
        for limit in ("min_length", "max_length", "ge", "le"):
            if getattr(each, limit, None) is not None:
                yield int(getattr(each, limit))
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        yield from limits(inner, more)
    else:
        for part in typing.get_args(annotation):
            yield from limits(part)


_IN_WORDS = {1: "one"}
_OF_EVERY_ENTRY = schema.Entry.model_fields


def test_the_editors_page_has_every_type_with_its_folder() -> None:
    for kind in schema.TYPES.values():
        told = rows(KNOWLEDGE).get(kind.TYPE, [])
        assert [row for row in told if f"| `{kind.FOLDER}/` |" in row], kind.TYPE
        assert (ROOT / "knowledge" / kind.FOLDER).is_dir()


def test_the_editors_page_has_every_field_with_its_limits() -> None:
    told = rows(KNOWLEDGE)
    fields: list[tuple[type[models.Model], str]] = [(schema.Entry, field) for field in _OF_EVERY_ENTRY]
    fields += [(kind, field) for kind in schema.TYPES.values() for field in kind.model_fields if field not in
               _OF_EVERY_ENTRY]  # fmt: skip
    fields += [(model, field) for model in (schema.Place, schema.Sector, schema.Gap) for field in model.model_fields]
    for model, field in fields:
        info = model.model_fields[field]
        for limit in limits(info.annotation, info.metadata):
            words = rf"\b(?:{limit}|{_IN_WORDS.get(limit, limit)})\b"
            assert any(re.search(words, row) for row in told.get(field, [])), f"{model.__name__}.{field}: {limit}"
        assert field in told, f"{model.__name__}.{field}"


def test_the_fields_of_single_types_stand_with_their_types() -> None:
    for kind in schema.TYPES.values():
        for field, info in kind.model_fields.items():
            if field in _OF_EVERY_ENTRY:
                continue
            row = next(row for row in rows(KNOWLEDGE)[field] if kind.TYPE in row.split(" | ")[1].split(", "))
            if info.is_required() and kind is not schema.Funding:
                assert "Must be there" in row, f"{kind.TYPE}.{field}"


def test_the_editors_page_names_every_value_that_can_be_chosen() -> None:
    page = read(KNOWLEDGE)
    choices: tuple[type[enum.Enum], ...] = (schema.Money, schema.Status, schema.Nature)
    missing = [value.value for each in choices for value in each if f"`{value.value}`" not in page]
    assert missing == []
    assert [field for field in (*schema.Part.model_fields, *schema.Successor.model_fields)
            if f"`{'from' if field == 'cited' else field}`" not in page] == []  # fmt: skip


def test_the_editors_page_has_the_fields_of_the_journey() -> None:
    told = read(KNOWLEDGE)
    parts = (models.Step, models.Question, models.Term, models.Asks, models.Source, models.Citation)
    missing = [f"{part.__name__}.{field}" for part in parts for field in part.model_fields if f"`{field}`" not in told]
    assert missing == []
    files = [path.name for folder in ("journey", "lists") for path in (ROOT / "knowledge" / folder).glob("*.yml")]
    assert [file for file in files if not file.startswith("step-") and f"/{file}`" not in told] == []


def test_the_ids_of_the_journeys_texts_are_real() -> None:
    known = {item.id for item in items_of_journey(load_journey(ROOT / "knowledge"))}
    first = [
        row.split(" | ")[0]
        for row in re.findall(r"^\| (`step/4`.*?\n)\n", read(KNOWLEDGE), re.M | re.S)[0].split("\n| ")
    ]
    ids = re.findall(r"`([^`]+)`", " ".join(first))
    assert {id.partition("/")[0] for id in ids} == {id.partition("/")[0] for id in known}
    assert set(ids) <= known


def test_why_a_result_matched_is_explained() -> None:
    kinds = set(
        re.findall(r'Why\("(\w+)"', (ROOT / "assistant/knowledge/search/engine.py").read_text(encoding="utf-8"))
    )
    assert len(kinds) >= 7
    assert [field.name for field in dataclasses.fields(Why)] == ["kind", "what"]
    row = rows(KNOWLEDGE)["why"][0]
    assert [kind for kind in kinds if f"`{kind}`" not in row] == []


# --- the editors' example ---------------------------------------------------------------


def block(begins: str) -> str:
    """The text of the one block of YAML on the editors' page that begins so."""
    found = [textwrap.dedent(text) for text in re.findall(r"^ *```yaml\n(.*?)^ *```", read(KNOWLEDGE), re.M | re.S)]
    (only,) = [text for text in found if text.startswith(begins)]
    return only


EXAMPLE = "case/harbour-food-osaka"
MISTAKES = (
    ("[agrifood]", "[agrifod]"),
    ("id: case/harbour-food-osaka", "id: case/harbour-food"),
    ("title: Harbour", "title: Harbour: "),
    ("from: 2\n", "from: 3\n"),
    ("countries: [PT]", "countries: [Portugal]"),
    ('steps: ["8", "7"]', "steps: [8, 7]"),
    ("event/joint-booth", "event/joint-both"),
    ('our-reports, where: "Report 2023, accounts', 'our-report, where: "Report 2023, accounts'),
    ("402-405", "402-505"),
    (r"  - what does.*\n  - how did.*\n  - did any.*\n", ""),
)
"""What is done to the example, and the page shows what the checker then says."""


class Folder:
    """The example in a folder as the page describes it, beside a knowledge base without entries."""

    def __init__(self, place: Path) -> None:
        self.root, self.own = place / "knowledge", place / "our-knowledge"
        for file in ("lists/places.yml", "lists/sectors.yml", "sources.yml"):
            self.write(self.root / file, read(ROOT / "knowledge" / file))
        self.write(self.root / "lists/gaps.yml", "gaps: []\n")
        self.write(self.own / "sources.yml", block("sources:\n  - id: our-reports"))
        self.example = self.own / "cases/harbour-food-osaka.yml"
        self.write(self.example, block(f"id: {EXAMPLE}"))

    @staticmethod
    def write(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self) -> Entries:
        """Both folders, as they would be read beside the real entry that the example refers to."""
        return read_entries([self.root, self.own], ["event/joint-booth"])


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_example_passes_the_checker(folder: Folder) -> None:
    read_ = folder.read()
    assert [str(problem) for problem in read_.problems] == []
    entry = read_.entries[EXAMPLE]
    left_out = {field for field in type(entry).model_fields if field not in entry.model_fields_set}
    assert left_out == {"number", "audience", "said_in"}, "it shows every other field of a case"


@pytest.mark.parametrize(("old", "new"), MISTAKES, ids=[new or "asks" for _, new in MISTAKES])
def test_what_is_said_to_a_mistake_is_what_the_page_shows(folder: Folder, old: str, new: str) -> None:
    path = folder.example
    right = read(path)
    wrong = re.sub(old if old.startswith("  -") else re.escape(old), new, right, count=1)
    assert wrong != right
    folder.write(path, wrong)
    assert f"\n{folder.read().problems[0]}\n" in read(KNOWLEDGE)


def test_every_mistake_on_the_page_is_made_here() -> None:
    shown = re.findall(r"^our-knowledge/\S.*$", read(KNOWLEDGE), re.MULTILINE)
    assert len(shown) == len(MISTAKES) + 2, "two more show only in use"


def test_the_mistakes_that_show_in_use(folder: Folder) -> None:
    path = folder.example
    right = read(path)
    folder.write(
        path,
        right.replace(
            "did anybody find an importer at a Japanese food fair?", "what is a memorandum of understanding?"
        ),
    )
    other = right.replace("harbour-food-osaka", "harbour-food-fair").replace("shares a stand at", "had one stand at")
    folder.write(folder.own / "cases/harbour-food-fair.yml", other)
    entries = folder.read()
    assert entries.problems == ()
    journey = load_journey(ROOT / "knowledge")
    items = (*items_of_entries(entries.entries.values()), *items_of_journey(journey))
    library = Library(journey, entries, items, {item.id: item for item in items})
    said = [str(problem) for problem in check_search(library, Settings().vectors)]
    shown = re.findall(r"^our-knowledge/.*(?: first: make it| nearly the same ).*$", read(KNOWLEDGE), re.MULTILINE)
    assert len(shown) == 2
    assert [line for line in shown if line not in said] == []


def printed(question: str, number: int, extra: Path | None = None) -> str:
    """What ``waymark search`` prints, asked of the project's knowledge base and a folder beside it."""
    parser = argparse.ArgumentParser()
    knowledge_cli.add_filters(parser)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        knowledge_cli.search(Settings(knowledge_extra=extra), parser.parse_args([question, "-n", str(number)]))
    return out.getvalue()


def shown_search(page: Path) -> tuple[str, int, str]:
    """The question, the number and the output of the search that a page shows."""
    found = re.search(r'^(?:\$|>) waymark search "([^"]+)" -n (\d+)\n(.*?)^```', read(page), re.M | re.S)
    assert found is not None, name(page)
    return found[1], int(found[2]), found[3]


def test_the_search_on_the_editors_page_finds_the_example(folder: Folder) -> None:
    question, number, shown = shown_search(KNOWLEDGE)
    now = printed(question, number, folder.own)
    assert f"[{EXAMPLE}, " in now.splitlines()[0]
    # How well it fits changes with the weights; all else is as it is shown.
    assert re.sub(r"0\.\d\d\]", "]", now).strip() == re.sub(r"0\.\d\d\]", "]", shown).strip()


def test_the_asks_of_the_example_find_it(folder: Folder) -> None:
    library = load_library(ROOT / "knowledge", folder.own)
    search = library.search(Settings().vectors)
    astray = [ask for ask in library.item(EXAMPLE).asks if search.find(ask)[0].item.id != EXAMPLE]
    assert astray == []


def test_the_search_in_the_readme_is_a_real_one() -> None:
    question, number, shown = shown_search(README)
    titles = r"^\d\. (.+)  \[(\S+), "
    assert re.findall(titles, shown, re.MULTILINE) == re.findall(titles, printed(question, number), re.MULTILINE)
    assert {id.partition("/")[0] for _, id in re.findall(titles, shown, re.MULTILINE)} <= set(ITEM_TYPES)


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
