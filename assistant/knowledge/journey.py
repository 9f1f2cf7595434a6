"""Loads ``knowledge/journey/`` and answers questions about it.

Every error names the file, the line, the field, what was found and what was expected, so
that an editor can act on it without reading Python.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from assistant.journey.definition import Audience, JourneyDefinition, QuestionDef, RouteDef, StepDef
from assistant.knowledge import models as m

__all__ = ["JourneyKnowledge", "KnowledgeError", "Problem", "check_journey", "load_journey"]

ModelT = TypeVar("ModelT", bound=m.Model)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader where it was built in: about eight times as fast."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file, as an editor reads it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge base does not fit its schema; `problems` says where and how."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = "\n".join(str(p) for p in problems[:20])
        more = f"\n… and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(f"{len(problems)} problem(s) in the knowledge base:\n{shown}{more}")


@dataclass(frozen=True)
class JourneyKnowledge:
    """The journey with its prose: what is said about steps, questions, routes and terms."""

    sources: dict[str, m.Source]
    frame: m.JourneyFile
    steps: dict[str, m.Step]
    routes: m.RoutesFile
    menus: dict[Audience, m.Menu]
    recommendations: tuple[m.Recommendation, ...]
    terms: tuple[m.Term, ...]
    definition: JourneyDefinition = field(repr=False)

    def step(self, key: str) -> m.Step:
        """The step with this key."""
        return self.steps[key]

    def question(self, question: str) -> m.Question:
        """The question with this id; raises KeyError."""
        step = self.definition.question(question).step
        return next(q for q in self.steps[step].checklist if q.id == question)

    def route(self, route: str) -> m.Route:
        """The route with this id; raises KeyError."""
        for found in self.routes.routes:
            if found.id == route:
                return found
        raise KeyError(route)

    def standing(self, key: str) -> m.Standing:
        """The answer to "how far have you come?" with this key; raises KeyError."""
        for found in self.frame.standings:
            if found.key == key:
                return found
        raise KeyError(key)

    def phase_title(self, step: str) -> str:
        """The title of the phase to which a step belongs."""
        phase = self.steps[step].phase
        return next(p.title for p in self.frame.phases if p.key is phase)


def load_journey(root: Path) -> JourneyKnowledge:
    """Loads and validates everything below `root` (the folder ``knowledge/``).

    Raises:
        KnowledgeError: with every problem found, not only the first.
    """
    knowledge, problems = _read(root)
    if problems or knowledge is None:
        raise KnowledgeError(problems)
    return knowledge


def check_journey(root: Path) -> list[Problem]:
    """All problems of the journey files below `root`; empty when there are none."""
    return _read(root)[1]


def _read(root: Path) -> tuple[JourneyKnowledge | None, list[Problem]]:
    problems: list[Problem] = []
    folder = root / "journey"
    sources = _file(root / "sources.yml", m.SourcesFile, problems)
    frame = _file(folder / "journey.yml", m.JourneyFile, problems)
    routes = _file(folder / "routes.yml", m.RoutesFile, problems)
    menus = _file(folder / "strategy-menus.yml", m.MenusFile, problems)
    recommendations = _file(folder / "recommendations.yml", m.RecommendationsFile, problems)
    glossary = _file(folder / "glossary.yml", m.GlossaryFile, problems)
    steps: dict[str, m.Step] = {}
    for path in sorted([*folder.glob("step-*.yml"), *folder.glob("utilise-funding.yml")]):
        step = _file(path, m.Step, problems)
        if step is not None:
            steps[step.key] = step
    if not (sources and frame and routes and menus and recommendations and glossary):
        return None, problems
    problems += _missing_steps(folder, steps)
    known = {s.id: s for s in sources.sources}
    problems += _unknown_sources(root, known)
    problems += _double_ids(folder, steps)
    if problems:
        return None, problems
    ordered = {key: steps[key] for key in m.STEP_KEYS}
    return (
        JourneyKnowledge(
            sources=known,
            frame=frame,
            steps=ordered,
            routes=routes,
            menus={menu.audience: menu for menu in menus.menus},
            recommendations=recommendations.recommendations,
            terms=glossary.terms,
            definition=_definition(ordered, routes),
        ),
        problems,
    )


def _definition(steps: dict[str, m.Step], routes: m.RoutesFile) -> JourneyDefinition:
    return JourneyDefinition(
        steps=tuple(
            StepDef(
                key=step.key,
                phase=step.phase,
                questions=tuple(QuestionDef(q.id, step.key, frozenset(q.audiences)) for q in step.checklist),
            )
            for step in steps.values()
        ),
        routes=tuple(RouteDef(r.id, r.trigger, r.kind, tuple(r.to), tuple(r.also)) for r in routes.routes),
    )


# --- reading one file, with the line of everything that is wrong -------------------------


def _file(path: Path, model: type[ModelT], problems: list[Problem]) -> ModelT | None:
    name = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        problems.append(Problem(name, 1, "file", "expected this file, found none"))
        return None
    text = path.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or "not readable as YAML"
        problems.append(Problem(name, mark.line + 1 if mark else 1, "YAML", str(found)))
        return None
    if not isinstance(data, dict):
        problems.append(Problem(name, 1, "file", f"expected fields, found {type(data).__name__}"))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        node = yaml.compose(text, Loader=_LOADER)
        for detail in error.errors():
            location = tuple(part for part in detail["loc"])
            problems.append(
                Problem(name, _line(node, location), _words(location), _explain(detail, model, data)),
            )
        return None


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line of the deepest part of `location` that the file has."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _words(location: tuple[int | str, ...]) -> str:
    words = ""
    for part in location:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else str(part)
    return words or "file"


def _explain(detail: Any, model: type[m.Model], data: object) -> str:
    kind, found = detail["type"], detail.get("input")
    if kind == "missing":
        return "expected this field, found none"
    if kind == "extra_forbidden":
        allowed = _fields_at(model, detail["loc"][:-1])
        near = difflib.get_close_matches(str(detail["loc"][-1]), allowed, n=1, cutoff=0.0)
        return f"unknown field; the nearest is {near[0]!r}" if near else "unknown field"
    if kind in ("enum", "literal_error"):
        allowed = [a.strip().strip("'") for a in str(detail["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        near = difflib.get_close_matches(str(found), allowed, n=1, cutoff=0.0)
        return f"found {found!r}; expected one of {', '.join(allowed)}; the nearest is {near[0]!r}"
    message = str(detail["msg"]).removeprefix("Value error, ")
    shown = repr(found)
    return f"{message}; found {shown if len(shown) <= 80 else shown[:77] + '...'}"


def _fields_at(model: type[m.Model], location: tuple[int | str, ...]) -> list[str]:
    """The fields allowed at `location`, found by walking the JSON schema."""
    schema = model.model_json_schema()
    at: dict[str, Any] = schema
    for part in location:
        at = _resolve(schema, at)
        at = at.get("items", {}) if isinstance(part, int) else at.get("properties", {}).get(part, {})
    return list(_resolve(schema, at).get("properties", {}))


def _resolve(schema: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    for option in [at, *at.get("anyOf", [])]:
        if "$ref" in option:
            resolved: dict[str, Any] = schema["$defs"][option["$ref"].rsplit("/", 1)[-1]]
            return resolved
    return at


# --- what only the files together show ---------------------------------------------------


def _missing_steps(folder: Path, steps: dict[str, m.Step]) -> list[Problem]:
    return [
        Problem(folder.name, 1, "steps", f"expected a file for step {key}, found none")
        for key in m.STEP_KEYS
        if key not in steps
    ]


def _double_ids(folder: Path, steps: dict[str, m.Step]) -> list[Problem]:
    problems, seen = [], {}
    for step in steps.values():
        for question in step.checklist:
            if question.id in seen:
                problems.append(
                    Problem(folder.name, 1, f"step {step.key}", f"question id {question.id!r} is used twice"),
                )
            seen[question.id] = step.key
    return problems


def _unknown_sources(root: Path, known: dict[str, m.Source]) -> list[Problem]:
    problems = []
    for path in sorted([*root.rglob("*.yml"), *root.rglob("*.yaml")]):
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        for value in _source_values(node):
            if value.value not in known:
                near = difflib.get_close_matches(value.value, known, n=1, cutoff=0.0)
                problems.append(
                    Problem(
                        f"{path.parent.name}/{path.name}",
                        value.start_mark.line + 1,
                        "source",
                        f"unknown source {value.value!r}; the nearest is {near[0]!r}",
                    ),
                )
    return problems


def _source_values(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "source" and isinstance(value, yaml.ScalarNode):
                yield value
            else:
                yield from _source_values(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _source_values(item)
