"""Sets the figures beside the bars, for the terminal and for ``RESULTS.md``."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measures import Blocks, Ends, Plan, p95
from benchmarks.sections import TITLES, section
from benchmarks.server import Served

__all__ = ["Results", "show", "write"]

_UNMEASURED = "not measured"


@dataclass
class Results:
    """All figures of one run; what was not measured stays None or empty. Seconds, bytes, milliseconds."""

    plan: Plan
    blocks: Blocks
    machine: Mapping[str, str] = field(default_factory=dict)
    ends: Ends | None = None
    baseline_ends: Ends | None = None
    ready: Sequence[float] = ()
    baseline_ready: Sequence[float] = ()
    training: float | None = None
    baseline_training: float | None = None
    memory: tuple[int, int] | None = None
    baseline_memory: tuple[int, int] | None = None
    served: Served | None = None
    served_not: str = ""
    """Why the served process could not be measured."""


@dataclass(frozen=True)
class Bar:
    """One line of the design's table, with what was measured."""

    what: str
    most: float
    unit: str
    measured: float | None
    shown: str = ""

    @property
    def verdict(self) -> str:
        """``met``, ``not met``, or that it was not measured."""
        if self.measured is None:
            return _UNMEASURED
        return "met" if self.measured <= self.most else "not met"

    def cells(self) -> tuple[str, str, str, str]:
        """What, bar, measured, verdict."""
        shown = self.shown or (_UNMEASURED if self.measured is None else f"{self.measured:.2f}{self.unit}")
        return self.what, f"at most {self.most:g}{self.unit}", shown, self.verdict


def bars(results: Results) -> list[Bar]:
    """The bars of the design that this benchmark measures."""
    turn, ends, served = results.blocks.ratio, results.ends, results.served
    late = ends.late if ends else results.plan.late
    ready = served.ready_after if served else statistics.median(results.ready) if results.ready else None
    held = served.resident if served else results.memory[0] if results.memory else None
    process = "`waymark run`" if served else "the assistant without the web"
    return [
        Bar("a turn by text with a custom action and a committed write on SQLite, as a share of the `rasa init` "
            "assistant's turn without either", 0.5, "", turn.median if turn else None, str(turn or "")),
        Bar(f"the same at turn {late} of one conversation, as a multiple of turn 10", 1.2, "",
            ends.ratio.median if ends else None, str(ends.ratio) if ends else ""),
        Bar(f"start to ready, model trained ({process})", 25, " s", ready),
        Bar("first training", 60, " s", results.training),
        Bar(f"resident memory of the one process ({process})", 0.8, " GB", held / 1e9 if held else None),
    ]  # fmt: skip


def figures(results: Results) -> list[tuple[str, str, str]]:
    """What was measured, Waymark's figure, the baseline's."""
    blocks, served = results.blocks, results.served
    text, button, theirs = (list(chain(*part)) for part in (blocks.text, blocks.button, blocks.baseline))
    ours_end, their_end = _ends(results.ends), _ends(results.baseline_ends)
    rows = [
        ("turn by text, median", _ms(text and statistics.median(text)), _ms(theirs and statistics.median(theirs))),
        ("turn by text, p95", _ms(text and p95(text)), _ms(theirs and p95(theirs))),
        ("turn by button, median", _ms(button and statistics.median(button)), "–"),
        ("turn by button, p95", _ms(button and p95(button)), "–"),
        ("turns measured, by text and by button", f"{len(text)} and {len(button)}", f"{len(theirs)} and 0"),
        ("turn 10 of one conversation, mean", ours_end[0], their_end[0]),
        ("late turn of the same, mean", ours_end[1], their_end[1]),
        ("start to ready, in process", _seconds(results.ready), _seconds(results.baseline_ready)),
        ("first training", _seconds(results.training), _seconds(results.baseline_training)),
        (f"resident after {results.plan.memory_turns} turns", _gb(results.memory, 0), _gb(results.baseline_memory, 0)),
        ("resident at the highest", _gb(results.memory, 1), _gb(results.baseline_memory, 1)),
    ]
    if served:
        rows += [
            ("served over HTTP: start to ready", f"{served.ready_after:.1f} s", "–"),
            ("served over HTTP: turn, median", _ms(served.turn_ms), "–"),
            (
                f"served over HTTP: resident after {results.plan.memory_turns} turns",
                f"{served.resident / 1e9:.2f} GB",
                "–",
            ),
        ]
    return rows


def _ms(value: float | list[float] | None) -> str:
    return f"{value:.1f} ms" if isinstance(value, float) else _UNMEASURED


def _seconds(value: float | Sequence[float] | None) -> str:
    if value is None or value == ():
        return _UNMEASURED
    return f"{value if isinstance(value, float) else statistics.median(value):.1f} s"


def _gb(memory: tuple[int, int] | None, place: int) -> str:
    return _UNMEASURED if memory is None else f"{memory[place] / 1e9:.2f} GB"


def _ends(ends: Ends | None) -> tuple[str, str]:
    if ends is None:
        return _UNMEASURED, _UNMEASURED
    return _ms(statistics.median(ends.early_ms)), f"{_ms(statistics.median(ends.late_ms))} (turn {ends.late})"


_BAR_HEAD = ("what", "bar", "measured", "")
_FIGURE_HEAD = ("what", "Waymark", "`rasa init`")


def show(results: Results, console: Console) -> None:
    """Prints both tables."""
    for title, head, rows in (("The bars", _BAR_HEAD, [bar.cells() for bar in bars(results)]),
                              ("Side by side", _FIGURE_HEAD, figures(results))):  # fmt: skip
        table = Table(title=title)
        for name in head:
            table.add_column(name.replace("`", ""))
        for row in rows:
            table.add_row(*(cell.replace("`", "") for cell in row))
        console.print(table)
    if results.served_not:
        console.print(results.served_not, markup=False)


def write(results: Results, path: Path) -> None:
    """Writes both tables, the machine's facts, and how to repeat it."""
    parts = [
        "# What Waymark costs",
        "Written by `make bench`; the sections on the search and the understanding by `make eval`, that on "
        "classifiers by `python -m benchmarks.classifiers`. Not edited by hand.",
        "## The bars of the design",
        _markdown(_BAR_HEAD, [bar.cells() for bar in bars(results)]),
        "Ratios: the median, with the lowest and the highest in brackets. 1 GB is 10⁹ bytes.",
        "## Side by side",
        _markdown(_FIGURE_HEAD, figures(results)),
        "## How it was measured",
        _method(results),
        "## The machine",
        _markdown(("fact", "value"), list(results.machine.items())),
        "## To repeat it",
        "`make bench` on a machine that does nothing else; about eight minutes on two cores. "
        "`python -m benchmarks --quick` is a smoke run and overwrites nothing.",
    ]
    kept = [section(path, name).rstrip() for name in TITLES]
    parts += [text for text in kept if text]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _method(results: Results) -> str:
    plan = results.plan
    late = results.baseline_ends.late if results.baseline_ends else plan.late_baseline
    points = (
        f"Each assistant runs in a process of its own; they take turns in {plan.blocks} pairs of blocks (Waymark, "
        "baseline, Waymark, baseline), each block a new conversation with the same number of turns by text.",
        "Waymark: every measured turn runs a custom action and commits a change of an answer or of the current step to "
        "SQLite in a file; a turn that changes nothing stops the benchmark. Turns by button skip the classifier, so "
        "they are not part of the ratio.",
        "Baseline: the project and the model that `rasa init` makes, asked with `Agent.handle_text`; its tracker store "
        "is Rasa's default, in memory; it has no custom action.",
        f"Late turns: a conversation is led to turn {plan.late} (the baseline's to {late}, since its turns grow to "
        f"seconds), then it and new ones at turn 10 take turns alternately; {plan.rounds} round(s), means of 20 turns.",
        f"Start to ready: {plan.starts} start(s) of each, alternately, after one that does not count, so that the "
        "files are in the cache; the median.",
        "First training: Waymark's own and all of `rasa init`, both from the start of the process.",
    )
    return "\n".join(f"- {point}" for point in points)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
