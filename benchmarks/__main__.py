"""``python -m benchmarks``: measures, prints, writes ``benchmarks/RESULTS.md``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant.dialogue.model import TrainingError, find_model
from assistant.settings import Settings
from benchmarks.child import Child, WorkerError
from benchmarks.machine import facts
from benchmarks.measures import Blocks, Plan, compare_blocks, compare_ends, memory_after, starts
from benchmarks.report import Results, show, write
from benchmarks.scripts import long_conversation, small_talk
from benchmarks.server import measure_server
from benchmarks.training import train_baseline, train_waymark

RESULTS = Path(__file__).parent / "RESULTS.md"
QUICK = Plan(blocks=1, starts=0, rounds=1, late=20, memory_turns=10, turns=5)
"""Enough to see that all parts work; the figures mean nothing."""


def main(arguments: list[str] | None = None) -> int:
    """Returns 0 when all was measured, whatever the figures are; 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures Waymark against `rasa init`.")
    parser.add_argument("--quick", action="store_true", help="a smoke run: few turns, no training, no baseline")
    parser.add_argument("--repeat", type=int, default=3, help="how often long measurements are repeated (default: 3)")
    parser.add_argument("--out", type=Path, help="file to write (default: benchmarks/RESULTS.md; none with --quick)")
    given = parser.parse_args(arguments)
    if given.repeat < 1:
        parser.error("--repeat: expected 1 or more")
    plan = QUICK if given.quick else Plan(blocks=5 * given.repeat, starts=given.repeat, rounds=given.repeat)
    console = Console(stderr=True)
    try:
        with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
            results = _quick(plan, Path(folder)) if given.quick else _full(plan, Path(folder), console)
    except (WorkerError, TrainingError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 1
    show(results, Console())
    out = given.out or (None if given.quick else RESULTS)
    if out is not None:
        write(results, out)
        print(f"Written: {out.name}")
    return 0


def _quick(plan: Plan, folder: Path) -> Results:
    model = find_model(Settings.from_environment().models)
    if model is None:
        raise TrainingError("no model fits the files: run `make train`")
    results = Results(plan, Blocks(), facts())
    with Child("waymark", model, folder) as waymark:
        results.ready = (waymark.ready_after,)
        results.memory = memory_after(waymark, long_conversation(plan.memory_turns))
        results.blocks = compare_blocks(waymark, None, plan, lambda: None)
        results.ends = compare_ends(waymark, long_conversation, plan.late, plan.rounds, lambda: None)
    return results


def _full(plan: Plan, folder: Path, console: Console) -> Results:
    results = Results(plan, Blocks(), facts())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("")

        def stage(name: str, total: float | None = 1) -> Callable[[], None]:
            bar.reset(task, description=name, total=total)
            return lambda: bar.advance(task)

        def learning(part: str, share: float) -> None:
            bar.update(task, completed=share)

        stage("training Waymark")
        model, results.training = train_waymark(folder / "models", learning)
        stage("training what `rasa init` makes")
        other, results.baseline_training = train_baseline(folder / "baseline", learning)
        stage("starting each", None)
        results.ready, results.baseline_ready = starts(
            (_fresh("waymark", model, folder), _fresh("baseline", other, folder)), plan
        )
        with _fresh("waymark", model, folder)() as waymark, _fresh("baseline", other, folder)() as baseline:
            _take_turns(results, waymark, baseline, stage)
        stage("`waymark run`", None)
        try:
            results.served = measure_server(model.parent, long_conversation(plan.memory_turns))
        except WorkerError as error:
            results.served_not = str(error)
    return results


def _take_turns(
    results: Results, waymark: Child, baseline: Child, stage: Callable[[str, float | None], Callable[[], None]]
) -> None:
    plan = results.plan
    stage("memory", None)
    results.memory = memory_after(waymark, long_conversation(plan.memory_turns))
    results.baseline_memory = memory_after(baseline, small_talk(plan.memory_turns))
    results.blocks = compare_blocks(waymark, baseline, plan, stage("turns side by side", plan.blocks))
    done = stage("a long conversation with Waymark", plan.rounds)
    results.ends = compare_ends(waymark, long_conversation, plan.late, plan.rounds, done)
    done = stage("a long conversation with the other", plan.rounds)
    results.baseline_ends = compare_ends(baseline, small_talk, plan.late_baseline, plan.rounds, done)


def _fresh(kind: str, model: Path, folder: Path) -> Callable[[], Child]:
    """Starts a worker with a database of its own, already migrated by the starts before it."""
    return lambda: Child(kind, model, folder)


if __name__ == "__main__":
    sys.exit(main())
