"""``waymark search`` and ``waymark knowledge``: the knowledge base without Rasa, for editors and for other programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from assistant.knowledge.checking import check_search
from assistant.knowledge.entries import TYPES
from assistant.knowledge.items import ITEM_TYPES
from assistant.knowledge.journey import KnowledgeError
from assistant.knowledge.library import Library, load_library
from assistant.knowledge.models import STEP_KEYS
from assistant.knowledge.reading import nearest
from assistant.knowledge.search import Filters, Result
from assistant.knowledge.skeleton import skeleton
from assistant.settings import ROOT, Settings

__all__ = ["add_filters", "check", "index", "new", "search"]

_NUMBER = 5


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options of ``waymark search``."""
    parser.add_argument("question", help="in plain words, in quotes")
    parser.add_argument("--json", action="store_true", help="print a list of objects, best first")
    parser.add_argument("--number", "-n", type=int, default=_NUMBER, help=f"results at most (default: {_NUMBER})")
    parser.add_argument("--type", action="append", default=[], metavar="TYPE", help=f"only {', '.join(ITEM_TYPES)}")
    parser.add_argument("--step", action="append", default=[], metavar="STEP", help="only for step 1 to 10, or funding")
    parser.add_argument("--country", action="append", default=[], metavar="PLACE", help="a code (JP) or region (asia)")
    parser.add_argument("--sector", action="append", default=[], metavar="SECTOR", help="a key of the list of sectors")
    parser.add_argument("--audience", choices=("cluster_organisation", "policy_maker"), help="only what is for them")


def search(settings: Settings, given: argparse.Namespace) -> int:
    """Prints what the knowledge base holds on a question; exit status 0 even where that is nothing."""
    library = load_library(ROOT / "knowledge", settings.knowledge_extra, settings.vectors)
    wrong = _unknown(library, given)
    if wrong:
        print(f"waymark search: {wrong}", file=sys.stderr)
        return 2
    filters = Filters(
        types=frozenset(given.type),
        places=frozenset(given.country),
        sectors=frozenset(given.sector),
        steps=frozenset(given.step),
        audience=given.audience,
    )
    engine = library.search(settings.vectors, _progress("encoding what is new", sys.stderr.isatty()))
    results = engine.find(given.question, filters, given.number)
    if given.json:
        print(json.dumps([_as_object(result) for result in results], ensure_ascii=False, indent=2))
        return 0
    if not results:
        print("The sources hold nothing on that.")
    for number, result in enumerate(results, 1):
        _print(library, number, result)
    return 0


def _unknown(library: Library, given: argparse.Namespace) -> str:
    """What is wrong with the filters, in words; empty if nothing is."""
    allowed = {
        "type": ITEM_TYPES,
        "step": STEP_KEYS,
        "country": library.entries.places,
        "sector": library.entries.sectors,
    }
    for name, values in allowed.items():
        for value in getattr(given, name):
            if value not in values:
                return f"--{name}: unknown {value!r}; the nearest is {nearest(value, values)}"
    return "" if given.number > 0 else f"--number: expected 1 or more, found {given.number}"


def _as_object(result: Result) -> dict[str, object]:
    item = result.item
    return {
        "entry": item.id,
        "type": item.type,
        "title": item.title,
        "score": result.score,
        "citations": [c.model_dump() for c in item.citations],
        "summary": item.summary,
        "why": [{"kind": why.kind, "what": why.what} for why in result.why],
    }


def _print(library: Library, number: int, result: Result) -> None:
    item = result.item
    print(f"{number}. {item.title}  [{item.id}, {result.score:.2f}]")
    print(f"   {item.summary}")
    if result.best is not None:
        print(f"   {result.best.text}")
    places = {f"{library.source(c).short}, {c.where}": None for c in item.citations}
    print(f"   from: {'; '.join(list(places)[:3])}")
    print(f"   why: {'; '.join(f'{why.kind}: {why.what}' for why in result.why)}\n")


def check(settings: Settings, given: argparse.Namespace) -> int:
    """Validates all of it; exit status 1 where something is wrong."""
    try:
        library = load_library(ROOT / "knowledge", settings.knowledge_extra)
    except KnowledgeError as error:
        for problem in error.problems:
            print(problem)
        print(f"{len(error.problems)} problem(s).")
        return 1
    problems = [] if given.fast else check_search(library, settings.vectors, _progress("asking", sys.stderr.isatty()))
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s).")
        return 1
    journey = library.journey
    questions = sum(len(step.checklist) for step in journey.steps.values())
    entries = library.entries.entries
    kinds = ", ".join(f"{sum(e.type == kind for e in entries.values())} {kind}" for kind in TYPES)
    print(f"{len(journey.steps)} steps, {questions} questions, {len(journey.terms)} terms of the glossary,")
    print(f"{len(entries)} entries ({kinds}): all in order.")
    return 0


def index(settings: Settings, given: argparse.Namespace) -> int:
    """Encodes what is new in the knowledge base, so that no start has to wait for it."""
    library = load_library(ROOT / "knowledge", settings.knowledge_extra)
    engine = library.search(settings.vectors, _progress("encoding the knowledge base", sys.stderr.isatty()))
    print(f"{len(engine.items)} entries in {len(engine.passages)} passages: the index fits the files.")
    return 0


def _progress(words: str, shown: bool) -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        if shown and (done % 50 == 0 or done == of):
            print(f"\r{words}: {done} of {of}" + ("\n" if done == of else ""), end="", file=sys.stderr, flush=True)

    return show


def new(settings: Settings, given: argparse.Namespace) -> int:
    """Writes the skeleton of an entry, for an editor to fill in."""
    kind = TYPES[given.type]
    if given.extra and settings.knowledge_extra is None:
        print(
            "waymark knowledge new: --extra: expected a folder in WAYMARK_KNOWLEDGE_EXTRA, found none", file=sys.stderr
        )
        return 2
    folder = settings.knowledge_extra if given.extra and settings.knowledge_extra else ROOT / "knowledge"
    path = folder / kind.FOLDER / f"{given.name}.yml"
    if path.exists():
        message = f"{path.name} is there already in {kind.FOLDER}/; choose another name"
        print(f"waymark knowledge new: {message}", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton(kind, given.name), encoding="utf-8")
    print(f"Written: {kind.FOLDER}/{path.name}. Fill it in; `waymark knowledge check` says what is missing.")
    return 0
