"""Loads ``knowledge/journey/`` and answers questions about it.

What is wrong in one file is found by :mod:`assistant.knowledge.reading`; what only the files
together show (an id used twice, a step without a file) is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.journey.definition import Audience, JourneyDefinition, Phase, QuestionDef, RouteDef, StepDef, Trigger
from assistant.knowledge import models as m
from assistant.knowledge.reading import Document, Location, Problem, nearest, read_document

__all__ = ["JourneyKnowledge", "KnowledgeError", "Problem", "check_journey", "load_journey"]

_SHOWN = 20
"""Problems that an error's message lists; `problems` holds them all."""


class KnowledgeError(Exception):
    """The knowledge base does not fit its schema; `problems` says where and how."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = "\n".join(str(p) for p in problems[:_SHOWN])
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
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
    asks: dict[str, tuple[str, ...]]
    definition: JourneyDefinition = field(repr=False)

    def step(self, key: str) -> m.Step:
        """The step with this key."""
        return self.steps[key]

    def question(self, question: str) -> m.Question:
        """The question with this id; raises KeyError."""
        step = self.definition.question(question).step
        return next(q for q in self.steps[step].checklist if q.id == question)

    def words_of(self, question: str) -> str:
        """The words of the question with this id, as the first of its audiences reads them; empty if none has it."""
        try:
            found = self.question(question)
        except KeyError:
            return ""
        return found.ask.of(found.audiences[0])

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


@dataclass(frozen=True)
class _Files:
    """All files of the journey as they were read, whether or not something is wrong with them."""

    sources: Document[m.SourcesFile]
    frame: Document[m.JourneyFile]
    routes: Document[m.RoutesFile]
    menus: Document[m.MenusFile]
    recommendations: Document[m.RecommendationsFile]
    glossary: Document[m.GlossaryFile]
    asks: Document[m.AsksFile]
    steps: tuple[Document[m.Step], ...]

    def all(self) -> tuple[Document[Any], ...]:
        """Every file."""
        return (
            self.sources,
            self.frame,
            self.routes,
            self.menus,
            self.recommendations,
            self.glossary,
            self.asks,
            *self.steps,
        )


def _read(root: Path) -> tuple[JourneyKnowledge | None, list[Problem]]:
    problems: list[Problem] = []
    folder = root / "journey"
    step_paths = sorted([*folder.glob("step-*.yml"), *folder.glob("utilise-funding.yml")])
    files = _Files(
        sources=read_document(root / "sources.yml", root, m.SourcesFile, problems),
        frame=read_document(folder / "journey.yml", root, m.JourneyFile, problems),
        routes=read_document(folder / "routes.yml", root, m.RoutesFile, problems),
        menus=read_document(folder / "strategy-menus.yml", root, m.MenusFile, problems),
        recommendations=read_document(folder / "recommendations.yml", root, m.RecommendationsFile, problems),
        glossary=read_document(folder / "glossary.yml", root, m.GlossaryFile, problems),
        asks=read_document(folder / "asks.yml", root, m.AsksFile, problems),
        steps=tuple(read_document(path, root, m.Step, problems) for path in step_paths),
    )
    problems += _unread_files(root, files)
    problems += _steps_without_file(root, files)
    problems += _incomplete(files)
    problems += _unknown_names(files)
    for names in _names(files):
        problems += _used_twice(names)
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return (None if problems else _knowledge(files)), problems


def _knowledge(files: _Files) -> JourneyKnowledge:
    steps: dict[str, m.Step] = {step.checked.key: step.checked for step in files.steps}
    ordered = {key: steps[key] for key in m.STEP_KEYS}
    return JourneyKnowledge(
        sources={source.id: source for source in files.sources.checked.sources},
        frame=files.frame.checked,
        steps=ordered,
        routes=files.routes.checked,
        menus={menu.audience: menu for menu in files.menus.checked.menus},
        recommendations=files.recommendations.checked.recommendations,
        terms=files.glossary.checked.terms,
        asks={asks.id: asks.asks for asks in files.asks.checked.asks},
        definition=_definition(ordered, files.routes.checked),
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


# --- what only the files together show ---------------------------------------------------


def _unread_files(root: Path, files: _Files) -> list[Problem]:
    """A file under a name that nobody reads would silently be without effect."""
    known = {document.name for document in files.all()}
    found = (path.relative_to(root.parent).as_posix() for path in sorted((root / "journey").glob("*.y*ml")))
    return [
        Problem(
            name, 1, "file", f"expected a known name, found one that is not read; the nearest is {nearest(name, known)}"
        )
        for name in found
        if name not in known
    ]


def _steps_without_file(root: Path, files: _Files) -> list[Problem]:
    there = {str(document.data.get("key")) for document in files.steps}
    # A file that cannot be read has its own problem; its name says which step it is.
    there |= {_key_of_file(document.name) for document in files.steps if not document.data.get("key")}
    problems = []
    for key in m.STEP_KEYS:
        if key not in there:
            name = "utilise-funding.yml" if key == "funding" else f"step-{int(key):02}-….yml"
            file = f"{root.name}/journey/{name}"
            problems.append(Problem(file, 1, "file", f"expected a file for step {key}, found none"))
    return problems


def _key_of_file(name: str) -> str:
    number = re.search(r"step-0*(\d+)", name)
    return number[1] if number else "funding"


def _incomplete(files: _Files) -> Iterator[Problem]:
    """What the rules and the texts count on being there."""
    if files.routes.value:
        triggers = {route.trigger for route in files.routes.value.routes}
        for trigger in Trigger:
            if trigger not in triggers:
                yield files.routes.problem(("routes",), f"expected a route with trigger {trigger.value!r}, found none")
    if files.menus.value:
        audiences = {menu.audience for menu in files.menus.value.menus}
        for audience in Audience:
            if audience not in audiences:
                yield files.menus.problem(("menus",), f"expected a menu for {audience.value!r}, found none")
    if files.frame.value:
        phases = {phase.key for phase in files.frame.value.phases}
        for phase in Phase:
            if phase not in phases:
                yield files.frame.problem(("phases",), f"expected phase {phase.value!r}, found none")


def _unknown_names(files: _Files) -> Iterator[Problem]:
    if files.sources.value:
        sources = {source.id: source for source in files.sources.value.sources}
        for document in files.all():
            for location, name in document.values_of("source"):
                if name not in sources:
                    yield document.problem(
                        location, f"unknown source {name!r}; the nearest is {nearest(name, sources)}"
                    )
    if files.routes.value:
        lines = {line.id: line for line in files.routes.value.lines}
        for i, route in enumerate(files.routes.value.routes):
            if route.line is not None and route.line not in lines:
                message = f"unknown line {route.line!r}; the nearest is {nearest(route.line, lines)}"
                yield files.routes.problem(("routes", i, "line"), message)


_Name = tuple[Document[Any], Location, str]


def _names(files: _Files) -> Iterator[Iterable[_Name]]:
    """Groups of names, within each of which a name may stand once only."""
    for document, field_name, key in (
        (files.sources, "sources", "id"),
        (files.frame, "standings", "key"),
        (files.frame, "phases", "key"),
        (files.frame, "audiences", "key"),
        (files.routes, "lines", "id"),
        (files.routes, "routes", "id"),
        (files.routes, "principles", "id"),
        (files.menus, "menus", "audience"),
        (files.recommendations, "recommendations", "id"),
        (files.glossary, "terms", "id"),
        (files.asks, "asks", "id"),
    ):
        yield _listed((document,), field_name, key)
    yield ((step, ("key",), step.value.key) for step in files.steps if step.value)
    yield _listed(files.steps, "checklist", "id")
    yield _listed(files.steps, "checklist", "label")
    yield (
        (step, ("also_known_as", i), name)
        for step in files.steps
        if step.value
        for i, name in enumerate(step.value.also_known_as)
    )


def _listed(documents: Iterable[Document[Any]], field_name: str, key: str) -> Iterator[_Name]:
    for document in documents:
        for i, entry in enumerate(getattr(document.value, field_name, ())):
            value = getattr(entry, key)
            yield document, (field_name, i, key), str(getattr(value, "value", value))


def _used_twice(names: Iterable[_Name]) -> Iterator[Problem]:
    first: dict[str, Problem] = {}
    for document, location, name in names:
        problem = document.problem(location, "")
        earlier = first.setdefault(name.casefold(), problem)
        if earlier is not problem:
            message = f"{name!r} is used twice, first at {earlier.file}:{earlier.line}; expected a name of its own"
            yield document.problem(location, message)
