"""An editor's mistakes: each gives one problem with its file, line and field, and says what to do."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.knowledge import reading
from assistant.knowledge.journey import KnowledgeError, Problem, check_journey, load_journey
from assistant.settings import ROOT

WHY = "journey/step-01-why-internationalise.yml"
READINESS = "journey/step-02-assess-readiness.yml"
GLOSSARY = "journey/glossary.yml"
ROUTES = "journey/routes.yml"
SOURCES = "sources.yml"

FIRST_QUESTION = "  - id: 1.benefits\n"
SECOND_QUESTION = "  - id: 1.evidence\n"
FOR_POLICY_MAKERS = (
    "      policy_maker: "
    "Have you gathered solid evidence of need and of market failure to justify supporting work abroad?"
)
CITED = 'lines: "434-435"}'


_parsed = functools.cache(reading._parse)
"""Each test changes one file or two; the others need not be parsed again."""


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reading, "_parse", _parsed)
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge"))


def edit(root: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old` of a file; returns the line where it stands."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    at = text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return text[:at].count("\n") + 1


def only(root: Path) -> Problem:
    problems = check_journey(root)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


# name, file, old, new, how many lines after `old` the problem is (None: not the point), field, what the message says
MISTAKES: list[tuple[str, str, str, str, int | None, str, str]] = [
    (
        "missing field",
        WHY,
        "    label: clear view of the benefits\n",
        "",
        -2,
        "checklist[1].label",
        "expected this field, found none",
    ),
    ("missing field of a file", WHY, "short: Why?\n", "", None, "short", "expected this field, found none"),
    (
        "misspelt field",
        WHY,
        "    label: clear",
        "    lable: clear",
        0,
        "checklist[1].lable",
        "unknown field; the nearest is 'label', of sources, id, audiences, label, ask",
    ),
    (
        "additional field",
        WHY,
        "    label: clear",
        "    labels: [clear]\n    label: clear",
        0,
        "checklist[1].labels",
        "unknown field; the nearest is 'label'",
    ),
    (
        "misspelt field of a citation",
        WHY,
        '      - {source: tactics, where: "Step 1, checklist", lines: "434-435"}',
        '      - {source: tactics, were: "Step 1, checklist", lines: "434-435"}',
        0,
        "checklist[1].sources[1].were",
        "unknown field; the nearest is 'where', of source, where, lines",
    ),
    (
        "wrong phase",
        WHY,
        "phase: get_ready",
        "phase: get_reday",
        0,
        "phase",
        "expected one of get_ready, use_networks, take_action, utilise_funding; the nearest is 'get_ready'; found ",
    ),
    (
        "wrong audience",
        WHY,
        "    audiences: [cluster_organisation, policy_maker]",
        "    audiences: [cluster_organisation, policy_makers]",
        0,
        "checklist[1].audiences[2]",
        "the nearest is 'policy_maker'; found 'policy_makers'",
    ),
    (
        "key without quotes",
        WHY,
        'key: "1"',
        "key: 1",
        0,
        "key",
        "expected it in quotes, '1', found the number 1",
    ),
    (
        "citation too long",
        WHY,
        CITED,
        'lines: "434-534"}',
        0,
        "checklist[1].sources[1].lines",
        "expected at most 80 lines, found 101: cite the place itself",
    ),
    (
        "the only citation too long",
        "journey/strategy-menus.yml",
        'lines: "694"}',
        'lines: "694-794"}',
        0,
        "menus[1].sections[2].items[2].sources[1].lines",
        "expected at most 80 lines, found 101: cite the place itself",
    ),
    (
        "citation reversed",
        WHY,
        CITED,
        'lines: "435-434"}',
        0,
        "checklist[1].sources[1].lines",
        "expected first-last with first <= last, found 435-434",
    ),
    (
        "citation by page",
        WHY,
        CITED,
        'lines: "page 7"}',
        0,
        "checklist[1].sources[1].lines",
        "expected a line or first-last, such as '12' or '643-690'; found 'page 7'",
    ),
    (
        "unknown source",
        WHY,
        '{source: tactics, where: "Step 1, checklist", lines: "434-435"}',
        '{source: tactic, where: "Step 1, checklist", lines: "434-435"}',
        0,
        "checklist[1].sources[1].source",
        "unknown source 'tactic'; the nearest is 'tactics'",
    ),
    (
        "question id used twice",
        WHY,
        SECOND_QUESTION,
        FIRST_QUESTION,
        0,
        "checklist[2].id",
        "'1.benefits' is used twice, first at knowledge/journey/step-01-why-internationalise.yml:",
    ),
    (
        "question id of another step",
        WHY,
        SECOND_QUESTION,
        "  - id: 2.evidence\n",
        0,
        "checklist[2].id",
        "expected ids that begin with '1.', found '2.evidence'",
    ),
    (
        "question id in capitals",
        WHY,
        SECOND_QUESTION,
        "  - id: 1.Evidence\n",
        0,
        "checklist[2].id",
        "expected the step, a full stop and a name, such as '4.targets'; found '1.Evidence'",
    ),
    (
        "label used twice",
        WHY,
        "    label: evidence of need and market failure\n",
        "    label: Clear view of the benefits\n",
        0,
        "checklist[2].label",
        "is used twice, first at",
    ),
    (
        "name of another step",
        READINESS,
        "  - readiness check\n",
        "  - the why question\n",
        0,
        "also_known_as[3]",
        "'the why question' is used twice, first at knowledge/journey/step-01",
    ),
    (
        "step id and key differ",
        WHY,
        "id: step/1\n",
        "id: step/2\n",
        0,
        "id",
        "expected step/1, found step/2",
    ),
    (
        "two question marks",
        WHY,
        FOR_POLICY_MAKERS,
        "      policy_maker: Have you gathered solid evidence of need? And of market failure?",
        0,
        "checklist[2].ask.policy_maker",
        "expected one question ending in a question mark, found 'Have you",
    ),
    (
        "no text for one audience",
        WHY,
        FOR_POLICY_MAKERS + "\n",
        "",
        -2,
        "checklist[2].ask",
        "expected a text for policy_maker too, found cluster_organisation",
    ),
    (
        "both and one each",
        WHY,
        "      both: >-\n        Public money",
        "      policy_maker: The same.\n      both: >-\n        Public money",
        -1,
        "checklist[2].why",
        "expected either `both` or a text per audience, found both kinds",
    ),
    (
        "text too long",
        WHY,
        "in_short: Be clear what going abroad would bring",
        f"in_short: {'Very ' * 40}clear what going abroad would bring",
        0,
        "in_short",
        "expected at most 160 characters, found ",
    ),
    (
        "wording too long",
        WHY,
        "      policy_maker: Have you gathered solid evidence",
        f"      policy_maker: Have you {'ever ' * 50}gathered solid evidence",
        -2,
        "checklist[2].ask",
        "expected at most 220 characters, found ",
    ),
    (
        "too few names",
        GLOSSARY,
        "    term: Cluster\n",
        "    term:\n",
        0,
        "terms[1].term",
        "expected text, found nothing",
    ),
    (
        "yes without quotes",
        WHY,
        "  - motivation\n",
        "  - yes\n",
        0,
        "also_known_as[7]",
        "expected text, found True (bool); put the text in quotes",
    ),
    (
        "text instead of a list",
        WHY,
        "    audiences: [cluster_organisation, policy_maker]\n",
        "    audiences: policy_maker\n",
        0,
        "checklist[1].audiences",
        "expected a list, each entry on a line that begins with '- ', found the text 'policy_maker'",
    ),
    (
        "empty list",
        WHY,
        '    sources:\n      - {source: tactics, where: "Step 1, step completion", lines: "429-430"}\n',
        "    sources: []\n",
        0,
        "key_points[1].sources",
        "expected at least 1 in this list, found 0",
    ),
    (
        "field given twice",
        WHY,
        "phase: get_ready\n",
        "phase: get_ready\nphase: take_action\n",
        1,
        "phase",
        "this field is given twice; keep one of them",
    ),
    (
        "colon without quotes",
        WHY,
        "title: Why internationalise?\n",
        "title: Step 1: Why internationalise?\n",
        0,
        "YAML",
        "mapping values are not allowed in this context: a text that holds a colon and a space has to stand in quotes",
    ),
    (
        "tab",
        WHY,
        "    audiences: [cluster",
        "\taudiences: [cluster",
        0,
        "YAML",
        "found a tab character that violates indentation: indent with spaces",
    ),
    (
        "quotes not closed",
        WHY,
        'key: "1"\n',
        'key: "1\n',
        None,
        "YAML",
        "look at the indentation and the quotes",
    ),
    (
        "unknown line of a route",
        ROUTES,
        "    line: line/light-orange\n",
        "    line: line/orange\n",
        0,
        "routes[1].line",
        "unknown line 'line/orange'; the nearest is 'line/light-orange'",
    ),
    (
        "year before 1990",
        SOURCES,
        "    year: 2012",
        "    year: 212",
        0,
        "sources[1].year",
        "greater than or equal to 1990; found 212",
    ),
    (
        "date that does not exist",
        SOURCES,
        "    year: 2012",
        "    year: 2012-13-01",
        None,
        "YAML",
        "month must be in 1..12",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "after", "field", "message"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_a_mistake_gives_one_problem_at_its_place(
    knowledge: Path, file: str, old: str, new: str, after: int | None, field: str, message: str
) -> None:
    line = edit(knowledge, file, old, new)
    problem = only(knowledge)
    assert problem.file == f"knowledge/{file}"
    assert problem.field == field
    assert message in problem.message
    if after is not None:
        assert problem.line == line + after, str(problem)
    assert str(problem) == f"{problem.file}:{problem.line}: {problem.field}: {problem.message}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected fields (name: value), found an empty file"),
        (b"# only a comment\n", "expected fields (name: value), found an empty file"),
        (b"- id: step/2\n- key: '2'\n", "expected fields (name: value), found a list"),
        (b"step two\n", "expected fields (name: value), found the text 'step two'"),
        ("title: Fähig?\n".encode("latin-1"), "expected text saved as UTF-8, found another encoding"),
        (b"title: \x00\n", "not allowed"),
    ],
    ids=["empty", "comment", "list", "text", "encoding", "control character"],
)
@pytest.mark.parametrize("file", [READINESS, GLOSSARY, SOURCES])
def test_a_file_that_holds_no_fields(knowledge: Path, file: str, content: bytes, message: str) -> None:
    (knowledge / file).write_bytes(content)
    problem = only(knowledge)
    assert (problem.file, problem.line) == (f"knowledge/{file}", 1)
    assert message in problem.message


@pytest.mark.parametrize("file", [GLOSSARY, ROUTES, SOURCES, "journey/journey.yml", "journey/strategy-menus.yml"])
def test_a_missing_file(knowledge: Path, file: str) -> None:
    (knowledge / file).unlink()
    assert str(only(knowledge)) == f"knowledge/{file}:1: file: expected this file, found none"


@pytest.mark.parametrize(
    ("file", "named", "step"),
    [
        (READINESS, "journey/step-02-….yml", "2"),
        ("journey/utilise-funding.yml", "journey/utilise-funding.yml", "funding"),
    ],
)
def test_a_missing_step(knowledge: Path, file: str, named: str, step: str) -> None:
    (knowledge / file).unlink()
    assert str(only(knowledge)) == f"knowledge/{named}:1: file: expected a file for step {step}, found none"


def test_a_file_under_a_name_that_is_not_read(knowledge: Path) -> None:
    (knowledge / GLOSSARY).rename(knowledge / "journey/glossery.yml")
    missing, unread = check_journey(knowledge)
    assert missing.message == "expected this file, found none"
    assert unread.file == "knowledge/journey/glossery.yml"
    assert "the nearest is 'knowledge/journey/glossary.yml'" in unread.message


@pytest.mark.parametrize(
    ("file", "pattern", "message"),
    [
        (
            ROUTES,
            r"  - id: project-failed\n.*?(?=  - id: )",
            "expected a route with trigger 'project_failed', found none",
        ),
        (
            "journey/strategy-menus.yml",
            r"  - audience: policy_maker\n.*",
            "expected a menu for 'policy_maker', found none",
        ),
        ("journey/journey.yml", r"  - key: take_action\n.*?(?=  - key: )", "expected phase 'take_action', found none"),
    ],
)
def test_what_the_rules_count_on_is_there(knowledge: Path, file: str, pattern: str, message: str) -> None:
    path = knowledge / file
    text, number = re.subn(pattern, "", path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert number == 1
    path.write_text(text, encoding="utf-8")
    problem = only(knowledge)
    assert problem.file == f"knowledge/{file}"
    assert problem.message == message


def test_all_problems_are_reported_in_order(knowledge: Path) -> None:
    edits: list[Callable[[], object]] = [
        lambda: edit(knowledge, WHY, "phase: get_ready", "phase: ready"),
        lambda: edit(knowledge, WHY, CITED, 'lines: "435-434"}'),
        lambda: edit(knowledge, READINESS, "short:", "shrt:"),
        lambda: edit(knowledge, READINESS, "source: tactics", "source: handbook"),
        lambda: (knowledge / GLOSSARY).write_text("[", encoding="utf-8"),
        lambda: (knowledge / ROUTES).unlink(),
    ]
    for number, make in enumerate(edits, start=1):
        make()
        assert len(check_journey(knowledge)) == number
    problems = check_journey(knowledge)
    assert [(p.file, p.line) for p in problems] == sorted((p.file, p.line) for p in problems)
    assert {p.file.removeprefix("knowledge/") for p in problems} == {WHY, READINESS, GLOSSARY, ROUTES}


def test_loading_raises_with_every_problem(knowledge: Path) -> None:
    path = knowledge / WHY
    path.write_text(path.read_text(encoding="utf-8").replace("source: tactics", "source: tacticks"), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_journey(knowledge)
    number = len(raised.value.problems)
    assert number > 20
    first, *shown, last = str(raised.value).splitlines()
    assert first == f"{number} problem(s) in the knowledge base:"
    assert len(shown) == 20
    assert last == f"… and {number - 20} more"


def test_the_knowledge_base_itself_is_in_order() -> None:
    assert check_journey(ROOT / "knowledge") == []
