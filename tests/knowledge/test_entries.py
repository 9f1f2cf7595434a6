"""The entries: what is wrong with one is told with its file, line and field; and the real ones are in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.journey import Audience
from assistant.knowledge import models as m
from assistant.knowledge.base import read_entries
from assistant.knowledge.entries import TYPES, Entry, Funding
from assistant.knowledge.library import Library
from assistant.knowledge.reading import Problem
from tests.knowledge.small import Base

LINES = {"tactics": 2440, "eccp-skills": 908, "eccp-capacity": 726, "giz": 5090, "observatory": 869}
"""Lines of the plain-text copies that citations count in; the copies are not part of the project."""

CASE = """\
id: case/harbour
title: Harbour cluster goes to Japan
who: Harbour Cluster
summary: Harbour Cluster from Denmark sent three firms to Japan and opened an office there (2012).
facts:
  - text: Three firms went along.
  - text: The office cost 40,000 euros a year.
    from: 2
countries: [DK]
abroad: [JP]
sectors: [life-sciences]
steps: ["6", "7"]
audience: [cluster_organisation]
asks:
  - who opened an office in Japan
  - what does an office abroad cost
  - how did Harbour Cluster go to Asia
see: [case/lighthouse]
sources:
  - {source: handbook, where: Case 1, lines: 10-20}
  - {source: guide, where: Chapter 2, lines: "200"}
"""
FUNDING = """\
id: funding/export-money
title: Export money
summary: Paid half of the travel of small firms to fairs abroad, up to 5,000 euros a firm (2012).
kinds: [grant]
status: closed
year: 2012
steps: [funding]
asks: [who pays for fairs, money for travel, export grants]
sources:
  - {source: handbook, where: Funding, lines: 100-110}
"""


@pytest.fixture
def base(base: Base) -> Base:
    """One entry in full, one that it refers to, and money."""
    base.write("cases/harbour.yml", CASE)
    base.add("case/lighthouse")
    base.write("funding/export-money.yml", FUNDING)
    assert base.read().problems == ()
    return base


def edit(base: Base, file: str, old: str, new: str) -> int:
    """Replaces `old`, which the file has once; returns the line where it stands."""
    text = (base.root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    base.write(file, text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def only(base: Base, *more: Base) -> Problem:
    problems = base.read(*more).problems
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


HARBOUR, MONEY = "cases/harbour.yml", "funding/export-money.yml"
ASKS = CASE[CASE.index("asks:") : CASE.index("see:")]
CITED = CASE[CASE.index("sources:") :]

# name, file, old, new, how many lines after `old` the problem is, field, what the message says
MISTAKES: list[tuple[str, str, str, str, int, str, str]] = [
    (
        "unknown sector",
        HARBOUR,
        "[life-sciences]",
        "[ict, life-science]",
        0,
        "sectors[2]",
        "unknown name 'life-science'; the nearest is 'life-sciences'",
    ),
    (
        "unknown country",
        HARBOUR,
        "countries: [DK]",
        "countries: [XX]",
        0,
        "countries[1]",
        "unknown name 'XX'; the nearest is '",
    ),
    (
        "unknown region",
        HARBOUR,
        "countries: [DK]",
        "countries: [DK, euorpe]",
        0,
        "countries[2]",
        "unknown name 'euorpe'; the nearest is 'europe'",
    ),
    (
        "country by name",
        HARBOUR,
        "countries: [DK]",
        "countries: [Denmark]",
        0,
        "countries[1]",
        "a code of two capitals or the key of a region, such as 'DK' or 'baltic-sea'; found 'Denmark'",
    ),
    (
        "unknown region abroad",
        HARBOUR,
        "abroad: [JP]",
        "abroad: [JP, asien]",
        0,
        "abroad[2]",
        "unknown name 'asien'; the nearest is 'asia'",
    ),
    (
        "unknown step",
        HARBOUR,
        '["6", "7"]',
        '["6", "fundings"]',
        0,
        "steps[2]",
        "9, 10, funding; the nearest is 'funding'; found 'fundings'",
    ),
    (
        "step as a number",
        HARBOUR,
        '["6", "7"]',
        '["6", 7]',
        0,
        "steps[2]",
        "expected it in quotes, '7', found the number 7",
    ),
    (
        "no step",
        HARBOUR,
        'steps: ["6", "7"]',
        "steps: []",
        0,
        "steps",
        "expected at least 1 in this list, found 0",
    ),
    (
        "unknown audience",
        HARBOUR,
        "[cluster_organisation]",
        "[cluster_organization]",
        0,
        "audience[1]",
        "the nearest is 'cluster_organisation'; found 'cluster_organization'",
    ),
    (
        "unknown field",
        HARBOUR,
        "abroad: [JP]",
        "abroads: [JP]",
        0,
        "abroads",
        "unknown field; the nearest is 'abroad', of ",
    ),
    (
        "field of another type",
        HARBOUR,
        "who: Harbour Cluster\n",
        "who: Harbour Cluster\nkinds: [grant]\n",
        1,
        "kinds",
        "unknown field; the nearest is ",
    ),
    (
        "unknown field of a fact",
        HARBOUR,
        "    from: 2\n",
        "    form: 2\n",
        0,
        "facts[2].form",
        "unknown field; the nearest is 'from', of text, from",
    ),
    (
        "missing field",
        HARBOUR,
        "who: Harbour Cluster\n",
        "",
        -2,
        "who",
        "expected this field, found none",
    ),
    (
        "unknown entry",
        HARBOUR,
        "see: [case/lighthouse]",
        "see: [case/lighthause]",
        0,
        "see[1]",
        "unknown name 'case/lighthause'; the nearest is 'case/lighthouse'",
    ),
    (
        "itself to be seen",
        HARBOUR,
        "see: [case/lighthouse]",
        "see: [case/harbour]",
        0,
        "see",
        "expected other entries, found this one itself",
    ),
    (
        "entry without its type",
        HARBOUR,
        "see: [case/lighthouse]",
        "see: [lighthouse]",
        0,
        "see[1]",
        "the type, a stroke and a name, such as 'case/medicon-valley-ambassadors'; found 'lighthouse'",
    ),
    (
        "id that is not the file's",
        HARBOUR,
        "id: case/harbour",
        "id: case/harbor",
        0,
        "id",
        "expected 'case/harbour', after the folder and the file, found 'case/harbor'",
    ),
    (
        "id of another type",
        HARBOUR,
        "id: case/harbour",
        "id: network/harbour",
        0,
        "id",
        "expected 'case/harbour', after the folder and the file, found 'network/harbour'",
    ),
    (
        "from beyond the sources",
        HARBOUR,
        "    from: 2\n",
        "    from: 3\n",
        0,
        "facts[2].from",
        "expected 1 to 2, the places in the list of sources, found '3'",
    ),
    (
        "one of several beyond the sources",
        HARBOUR,
        "    from: 2\n",
        "    from: [1, 5]\n",
        0,
        "facts[2].from[2]",
        "expected 1 to 2, the places in the list of sources, found '5'",
    ),
    (
        "from counted from 0",
        HARBOUR,
        "    from: 2\n",
        "    from: 0\n",
        0,
        "facts[2].from[1]",
        "greater than or equal to 1; found 0",
    ),
    (
        "two asks",
        HARBOUR,
        "  - who opened an office in Japan\n",
        "",
        -1,
        "asks",
        "expected at least 3 in this list, found 2",
    ),
    (
        "ask used twice",
        HARBOUR,
        "  - what does an office abroad cost\n",
        "  - who opened an office in Japan\n",
        -2,
        "asks",
        "expected each once, found 'who opened an office in Japan' twice",
    ),
    (
        "no asks",
        HARBOUR,
        ASKS,
        "",
        -13,
        "asks",
        "expected this field, found none",
    ),
    (
        "no citations",
        HARBOUR,
        CITED,
        "",
        -18,
        "sources",
        "expected this field, found none",
    ),
    (
        "empty list of citations",
        HARBOUR,
        CITED,
        "sources: []\n",
        0,
        "sources",
        "expected at least 1 in this list, found 0",
    ),
    (
        "citation too long",
        HARBOUR,
        "lines: 10-20",
        "lines: 10-90",
        0,
        "sources[1].lines",
        "expected at most 80 lines, found 81: cite the place itself",
    ),
    (
        "citation reversed",
        HARBOUR,
        "lines: 10-20",
        "lines: 20-10",
        0,
        "sources[1].lines",
        "expected first-last with first <= last, found 20-10",
    ),
    (
        "unknown source",
        HARBOUR,
        "source: guide",
        "source: guides",
        0,
        "sources[2].source",
        "unknown name 'guides'; the nearest is 'guide'",
    ),
    (
        "summary too short",
        HARBOUR,
        "summary: Harbour Cluster from Denmark sent three firms to Japan and opened an office there (2012).",
        "summary: Three firms went.",
        0,
        "summary",
        "expected at least 40 characters, found 17: 'Three firms went.'",
    ),
    (
        "sentence as a website",
        HARBOUR,
        "abroad: [JP]",
        "website: see the handbook",
        0,
        "website",
        "an address, such as 'https://www.example.org/page'; found 'see the handbook'",
    ),
    (
        "number of a case in words",
        HARBOUR,
        "who: Harbour Cluster\n",
        "who: Harbour Cluster\nnumber: Case 7\n",
        1,
        "number",
        "the handbook's number in quotes, such as '18' or '7a'; found 'Case 7'",
    ),
    (
        "successor without the status",
        MONEY,
        "status: closed\n",
        "status: closed\nsucceeded_by: {name: More money}\n",
        0,
        "status",
        "expected succeeded_by together with the field succeeded_by, found one of them",
    ),
    (
        "status without the successor",
        MONEY,
        "status: closed\n",
        "status: succeeded_by\n",
        0,
        "status",
        "expected succeeded_by together with the field succeeded_by, found one of them",
    ),
    (
        "unknown status",
        MONEY,
        "status: closed\n",
        "status: close\n",
        0,
        "status",
        "expected one of open, closed, unknown, succeeded_by, standing; the nearest is 'closed'; found 'close'",
    ),
    (
        "unknown kind of money",
        MONEY,
        "kinds: [grant]",
        "kinds: [grants]",
        0,
        "kinds[1]",
        "the nearest is 'grant'; found 'grants'",
    ),
    (
        "money without its year",
        MONEY,
        "year: 2012\n",
        "",
        -5,
        "year",
        "expected this field, found none",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "after", "field", "message"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_a_mistake_gives_one_problem_at_its_place(
    base: Base, file: str, old: str, new: str, after: int, field: str, message: str
) -> None:
    line = edit(base, file, old, new)
    problem = only(base)
    assert (problem.file, problem.field) == (f"knowledge/{file}", field)
    assert message in problem.message
    assert problem.line == line + after, str(problem)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("case/pier.yml", "expected a folder of entries; the nearest is 'cases'"),
        ("Funding/money.yml", "expected a folder of entries; the nearest is 'funding'"),
    ],
)
def test_a_folder_of_no_type(base: Base, file: str, message: str) -> None:
    base.write(file, CASE)
    folder = file.split("/")[0]
    assert only(base) == Problem(f"knowledge/{folder}", 1, "folder", message)


@pytest.mark.parametrize("file", ["pier.yaml", "pier.yml.bak", "pier", "more/pier.yml"])
def test_a_file_that_would_not_be_read(base: Base, file: str) -> None:
    base.write(f"cases/{file}", CASE)
    name = f"knowledge/cases/{file.split('/')[0]}"
    assert only(base) == Problem(name, 1, "file", "expected a file that ends in .yml; it would not be read")


def test_what_begins_with_a_full_stop_is_left_alone(base: Base) -> None:
    base.write("cases/.harbour.yml.swp", "\x00")
    base.write("cases/._harbour.yml", "\x00")
    (base.root / "cases" / ".#harbour.yml").symlink_to("somebody@a-machine.4711")
    base.write(".idea/workspace.xml", "<xml/>")
    assert base.read().problems == ()


@pytest.mark.parametrize("file", ["lists/places.yml", "lists/sectors.yml", "lists/gaps.yml", "sources.yml"])
def test_a_missing_list(base: Base, file: str) -> None:
    (base.root / file).unlink()
    missing = [problem for problem in base.read().problems if problem.message == "expected this file, found none"]
    assert [problem.file for problem in missing] == [f"knowledge/{file}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "message"),
    [
        (
            "lists/places.yml",
            "[Danish, Danes], within: [nordic,",
            "[Danish, Danes], within: [nordics,",
            "countries[1].within[1]",
            "unknown region 'nordics'; the nearest is 'nordic'",
        ),
        (
            "lists/sectors.yml",
            "near: [electronics]",
            "near: [electronic]",
            "sectors[1].near[1]",
            "unknown sector 'electronic'; the nearest is 'electronics'",
        ),
        (
            "lists/gaps.yml",
            "    name: visas and permits\n",
            "    name: visas and permits\n    ask_instead: [case/lighthause]\n",
            "gaps[1].ask_instead[1]",
            "unknown name 'case/lighthause'; the nearest is 'case/lighthouse'",
        ),
    ],
)
def test_the_lists_keep_to_themselves(base: Base, file: str, old: str, new: str, field: str, message: str) -> None:
    line = edit(base, file, old, new) + new.count("\n") - old.count("\n")
    assert only(base) == Problem(f"knowledge/{file}", line, field, message)


def test_all_problems_are_told_in_order(base: Base) -> None:
    edit(base, MONEY, "kinds: [grant]", "kinds: [gift]")
    edit(base, HARBOUR, "source: guide", "source: guides")
    edit(base, HARBOUR, "countries: [DK]", "countries: [XX]")
    problems = base.read().problems
    assert [(p.file.removeprefix("knowledge/"), p.field) for p in problems] == [
        (HARBOUR, "countries[1]"),
        (HARBOUR, "sources[2].source"),
        (MONEY, "kinds[1]"),
    ]
    lines = [p.line for p in problems]
    assert lines[:2] == sorted(lines[:2])


def test_what_stands_elsewhere_may_be_seen(base: Base) -> None:
    edit(base, HARBOUR, "see: [case/lighthouse]", "see: [term/cluster, step/6]")
    assert read_entries([base.root], ["term/cluster", "step/6"]).problems == ()
    assert [p.field for p in read_entries([base.root], ["step/6"]).problems] == ["see[1]"]


# --- what is read ------------------------------------------------------------------------


def test_an_entry_holds_what_the_file_says(base: Base) -> None:
    entry = base.read().entries["case/harbour"]
    assert entry.type == "case"
    assert [(fact.text, fact.cited) for fact in entry.facts] == [
        ("Three firms went along.", (1,)),
        ("The office cost 40,000 euros a year.", (2,)),
    ]
    assert (entry.countries, entry.abroad, entry.audience) == (("DK",), ("JP",), (Audience.CLUSTER_ORGANISATION,))
    assert [(c.source, c.lines) for c in entry.sources] == [("handbook", "10-20"), ("guide", "200")]


def test_an_entry_is_for_both_audiences_unless_it_says_otherwise(base: Base) -> None:
    assert base.read().entries["case/lighthouse"].audience == tuple(Audience)


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_has_a_folder_of_its_own(base: Base, kind: str) -> None:
    base.add(f"{kind}/pier", title="The pier")
    entry = base.read().entries[f"{kind}/pier"]
    assert type(entry) is TYPES[kind]
    assert entry.type == kind


def test_money_with_a_successor(base: Base) -> None:
    edit(base, MONEY, "status: closed\n", "status: succeeded_by\nsucceeded_by: {name: More money}\n")
    entries = base.read()
    assert entries.problems == ()
    money = entries.entries["funding/export-money"]
    assert isinstance(money, Funding)
    assert money.succeeded_by is not None
    assert money.succeeded_by.name == "More money"


# --- an organisation's own folder --------------------------------------------------------


OWN_SOURCES = "sources:\n  - {id: notes, title: N, short: Notes, publisher: Us, year: 2025, status_note: New.}\n"


def test_an_extra_folder_with_sources_of_its_own(base: Base, extra: Base) -> None:
    extra.write("sources.yml", OWN_SOURCES)
    extra.add("case/pier", sources=[{"source": "notes", "where": "Page 3", "lines": "5"}], see=["case/harbour"])
    entries = base.read(extra)
    assert entries.problems == ()
    assert list(entries.sources) == ["handbook", "guide", "notes"]
    assert entries.entries["case/pier"].see == ("case/harbour",)
    assert entries.documents["case/pier"].name == "our-own/cases/pier.yml"


def test_an_extra_folder_needs_no_sources(base: Base, extra: Base) -> None:
    extra.add("case/pier")
    assert "case/pier" in base.read(extra).entries
    assert base.read(extra).problems == ()


def test_an_extra_folder_is_searched(base: Base, extra: Base) -> None:
    extra.add("network/pier", title="The Pier Club", summary="A club of harbour masters who lend each other tugboats.")
    found = base.search(extra).nearest("who lends tugboats", None, 1)
    assert [result.item.id for result in found] == ["network/pier"]


def test_an_id_used_again_in_an_extra_folder(base: Base, extra: Base) -> None:
    extra.add("case/harbour", who="Our harbour")
    problem = only(base, extra)
    assert (problem.file, problem.line, problem.field) == ("our-own/cases/harbour.yml", 1, "id")
    assert problem.message == "'case/harbour' is used twice, first in knowledge/cases/harbour.yml; choose another"
    entry = base.read(extra).entries["case/harbour"]
    assert entry.title == "Harbour cluster goes to Japan"


def test_a_source_used_again_in_an_extra_folder(base: Base, extra: Base) -> None:
    extra.write("sources.yml", OWN_SOURCES.replace("id: notes", "id: handbook"))
    problem = only(base, extra)
    assert (problem.file, problem.line, problem.field) == ("our-own/sources.yml", 2, "sources[1].id")
    assert problem.message == "'handbook' is used twice; choose another"
    assert base.read(extra).sources["handbook"].title == "The Handbook"


@pytest.mark.parametrize("name", ["journey", "lists"])
def test_an_extra_folder_has_neither_journey_nor_lists_of_its_own(base: Base, extra: Base, name: str) -> None:
    extra.add("case/pier", sectors=["harbours"])
    extra.write(f"{name}/sectors.yml", "sectors:\n  - {key: harbours, name: harbours}\n")
    assert "unknown name 'harbours'" in only(base, extra).message


# --- the real knowledge base -------------------------------------------------------------


def test_the_knowledge_base_has_no_problems_of_form(library: Library) -> None:
    assert [str(problem) for problem in library.entries.problems] == []
    kinds = {entry.type for entry in library.entries.entries.values()}
    assert kinds == set(TYPES)


def test_every_citation_lies_within_its_source(library: Library) -> None:
    assert set(library.entries.sources) == set(LINES)
    beyond = [
        f"{item.id}: {citation.source} {citation.lines}"
        for item in library.items
        for citation in (*item.citations, *(c for said in item.statements for c in said.citations))
        if not 1 <= int(citation.lines.partition("-")[0]) <= int(citation.lines.rpartition("-")[2]) <= _lines(citation)
    ]
    assert beyond == []


def _lines(citation: m.Citation) -> int:
    return LINES[citation.source]


def _texts(entry: Entry) -> list[str]:
    return [entry.title, entry.summary, *(fact.text for fact in (*entry.facts, *entry.lessons))]


# name, whether an entry is as it should be
MANNERS: list[tuple[str, Callable[[Entry], bool]]] = [
    ("no exclamation marks", lambda entry: not any("!" in text for text in _texts(entry))),
    ("no white space left over", lambda entry: not any("  " in text for text in _texts(entry))),
    ("the summary is a sentence", lambda entry: entry.summary.rstrip(")”’'\"").endswith((".", "?"))),
]


@pytest.mark.parametrize("right", [m[1] for m in MANNERS], ids=[m[0] for m in MANNERS])
def test_entries_are_worded_as_they_should_be(library: Library, right: Callable[[Entry], bool]) -> None:
    assert [entry.id for entry in library.entries.entries.values() if not right(entry)] == []
