"""``make eval``: how well the search answers questions that it was not tuned on; writes its table into RESULTS.md.

The questions (``questions/evaluation.yml``) were written from the sources by somebody who had not seen
the entries or their `asks`; each names the places or entries that answer it. They are asked of BM25
alone, of the encoder alone and of the hybrid, over the same index. Refusing is the hybrid's alone.

Usage: python -m benchmarks.evaluate [--file development.yml] [--no-write]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.knowledge.library import Library, load_library
from assistant.knowledge.search.engine import Search
from assistant.knowledge.search.results import FEATURES
from assistant.settings import ROOT, Settings
from benchmarks.questions import Question, right_items, unanswerable, written
from benchmarks.sections import replace_section

RESULTS = Path(__file__).parent / "RESULTS.md"
_WORDS = {name: 1.0 for name in FEATURES if name in ("item_words", "ask_words", "name_words", "body_words")}
_MEANING = {name: 1.0 for name in FEATURES if name in ("ask_meaning", "name_meaning", "body_meaning")}


@dataclass
class Outcome:
    """How one way of searching did."""

    ranks: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def hit(self, at: int) -> float:
        """The share of questions with a right entry among the first `at`."""
        return sum(0 < rank <= at for rank in self.ranks) / len(self.ranks)

    @property
    def reciprocal(self) -> float:
        """The mean reciprocal rank, within the first 50."""
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks)


def main(arguments: list[str] | None = None) -> int:
    """Asks, prints, writes; exit status 0 whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluate", description=str(__doc__).splitlines()[0])
    parser.add_argument("--file", default="evaluation.yml", help="questions to ask (default: evaluation.yml)")
    parser.add_argument("--no-write", action="store_true", help="print only")
    given = parser.parse_args(arguments)
    library = load_library(ROOT / "knowledge")
    search = library.search(Settings.from_environment().vectors)
    questions = written(given.file)
    fitted = search.weights
    outcomes = {
        "BM25 alone": _ask(search, library, questions, {"rank": _WORDS, "confidence": fitted["confidence"]}),
        "encoder alone": _ask(search, library, questions, {"rank": _MEANING, "confidence": fitted["confidence"]}),
        "hybrid": _ask(search, library, questions, fitted),
    }
    search.reweigh(fitted)
    refused = [q.ask for q in questions if not search.find(q.ask)]
    outside = unanswerable(given.file)
    recognised = [ask for ask in outside if not search.find(ask)]
    missed = [(ask, search.find(ask)[0].item.id) for ask in outside if ask not in recognised]
    text = _report(library, outcomes, refused, missed, len(outside))
    _show(outcomes, len(refused) / len(questions), len(recognised) / len(outside))
    _show_failures(outcomes["hybrid"], refused, missed)
    if not given.no_write and given.file == "evaluation.yml":
        replace_section(RESULTS, "search", text)
        print(f"Written: {RESULTS.name}")
    return 0


def _ask(
    search: Search, library: Library, questions: list[Question], weights: Mapping[str, Mapping[str, float]]
) -> Outcome:
    search.reweigh(weights)
    outcome = Outcome()
    for question in questions:
        right = right_items(question, library)
        began = time.perf_counter()
        found = search.nearest(question.ask, None, 50)
        outcome.times.append(time.perf_counter() - began)
        rank = next((i for i, result in enumerate(found, 1) if result.item.id in right), 0)
        outcome.ranks.append(rank)
        if not 0 < rank <= 1:
            first = found[0].item.id if found else "nothing"
            outcome.failed.append((question.ask, f"{rank or 'over 50'}; first: {first}"))
    return outcome


def _rows(outcomes: Mapping[str, Outcome]) -> list[tuple[str, ...]]:
    return [
        (
            name,
            *(f"{o.hit(n):.1%}" for n in (1, 3, 5)),
            f"{o.reciprocal:.3f}",
            f"{statistics.median(o.times) * 1000:.1f} ms",
        )
        for name, o in outcomes.items()
    ]


def _show(outcomes: Mapping[str, Outcome], refused: float, recognised: float) -> None:
    table = Table("search", "hit at 1", "hit at 3", "hit at 5", "MRR", "median time")
    for row in _rows(outcomes):
        table.add_row(*row)
    console = Console()
    console.print(table)
    console.print(f"answerable questions refused: {refused:.1%}; unanswerable ones recognised: {recognised:.1%}")


def _show_failures(hybrid: Outcome, refused: list[str], missed: list[tuple[str, str]]) -> None:
    for title, lines in (
        ("Right entry not first:", [f"{ask}  [{where}]" for ask, where in hybrid.failed]),
        ("Refused, though answerable:", refused),
        ("Answered, though the sources hold nothing:", [f"{ask}  [{id}]" for ask, id in missed]),
    ):
        print(f"\n{title} {len(lines)}")
        for line in lines:
            print(f"  {line}")


def _report(
    library: Library,
    outcomes: Mapping[str, Outcome],
    refused: list[str],
    missed: list[tuple[str, str]],
    outside: int,
) -> str:
    number = len(outcomes["hybrid"].ranks)
    lines = [
        f"{number} questions that the sources answer and {outside} that they do not "
        "(`benchmarks/questions/evaluation.yml`), written from the sources without sight of the entries, over "
        f"{len(library.items)} items, of them {len(library.entries.entries)} entries. Which entries answer a question "
        "was judged afterwards, by hand and strictly, by reading them; nothing was tuned on these questions. "
        "`make eval` repeats it and names the questions that fail.",
        "",
        "| search | hit at 1 | hit at 3 | hit at 5 | MRR | median time |",
        "| --- | --- | --- | --- | --- | --- |",
        *("| " + " | ".join(row) + " |" for row in _rows(outcomes)),
        "",
        "| what | bar | measured |",
        "| --- | --- | --- |",
        f"| a right entry first | 70 % | {outcomes['hybrid'].hit(1):.1%} |",
        f"| a right entry among the first three | 90 % | {outcomes['hybrid'].hit(3):.1%} |",
        f"| unanswerable questions recognised | 80 % | {1 - len(missed) / outside:.1%} |",
        f"| answerable questions refused | at most 10 % | {len(refused) / number:.1%} |",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
