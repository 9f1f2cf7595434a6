"""The measurements. Both assistants are measured in turns, so that a machine that drifts hits both alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from benchmarks.child import Child, Turn, WorkerError
from benchmarks.scripts import BASELINE_OPENING, OPENING, WALK, small_talk

__all__ = ["Blocks", "Ends", "Plan", "Ratio", "compare_blocks", "compare_ends", "memory_after", "p95", "starts"]

RING = 10
"""Turns after which both long scripts begin anew; windows at the same place of the ring hold the same work."""
EARLY_FROM = 4
"""Turns before the early window of one ring, whose middle is then turn 10."""
WINDOW = 20
"""Turns of the late window, and of the two new conversations that are set against it."""

_names = count(1)


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Args:
        blocks: pairs of blocks whose turns are compared; each is a new conversation.
        starts: starts of each process.
        rounds: long conversations of each assistant.
        late: the turn of the long conversation with Waymark that is compared with turn 10.
        late_baseline: the same for the baseline, earlier since its turns grow to seconds.
        memory_turns: turns after which memory is read.
        turns: turns of a block that are used, at most.
    """

    blocks: int = 15
    starts: int = 3
    rounds: int = 3
    late: int = 600
    late_baseline: int = 200
    memory_turns: int = 50
    turns: int = len(WALK)


@dataclass
class Blocks:
    """Turn times in milliseconds, a list for each block."""

    text: list[list[float]] = field(default_factory=list)
    button: list[list[float]] = field(default_factory=list)
    baseline: list[list[float]] = field(default_factory=list)

    @property
    def ratio(self) -> Ratio | None:
        """Median turn of Waymark's by text over the baseline's, for each pair of blocks.

        Only turns by text are compared: a pressed button is not classified, which would flatter Waymark.
        """
        pairs = zip(self.text, self.baseline, strict=True) if self.baseline else ()
        each = tuple(statistics.median(ours) / statistics.median(theirs) for ours, theirs in pairs)
        return Ratio(each) if each else None


@dataclass(frozen=True)
class Ratio:
    """A ratio taken several times."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one, which counts."""
        return statistics.median(self.each)

    def __str__(self) -> str:
        return f"{self.median:.2f} ({min(self.each):.2f} to {max(self.each):.2f})"


@dataclass(frozen=True)
class Ends:
    """Mean turn times in milliseconds around turn 10 and turn `late`, one of each for every round."""

    late: int
    early_ms: tuple[float, ...]
    late_ms: tuple[float, ...]

    @property
    def ratio(self) -> Ratio:
        """How many times its early cost a late turn costs."""
        return Ratio(tuple(b / a for a, b in zip(self.early_ms, self.late_ms, strict=True)))


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def starts(make: Sequence[Callable[[], Child]], plan: Plan) -> list[list[float]]:
    """Seconds from process start to ready, for each maker, in turns.

    One start of each goes before, unmeasured: files and compiled code are then as warm for the one as for the other.
    """
    for maker in make:
        maker().close()
    times: list[list[float]] = [[] for _ in make]
    for _ in range(plan.starts):
        for maker, found in zip(make, times, strict=True):
            with maker() as child:
                found.append(child.ready_after)
    return times


def memory_after(child: Child, texts: Sequence[str]) -> tuple[int, int]:
    """Resident memory in bytes, now and at its highest, after one conversation."""
    name = _new_name("memory")
    for text in texts:
        child.say(name, text)
    return child.memory()


def compare_blocks(waymark: Child, baseline: Child | None, plan: Plan, progress: Callable[[], None]) -> Blocks:
    """Turn times in alternating blocks: Waymark, baseline, Waymark, baseline."""
    found = Blocks()
    for _ in range(plan.blocks):
        text, button = _walk(waymark, plan)
        found.text.append(text)
        found.button.append(button)
        if baseline is not None:
            name = _new_name("block")
            turns = [baseline.say(name, text) for text in small_talk(len(BASELINE_OPENING) + len(text))]
            found.baseline.append([turn.ms for turn in turns[len(BASELINE_OPENING) :]])
        progress()
    return found


def _walk(waymark: Child, plan: Plan) -> tuple[list[float], list[float]]:
    name = _new_name("block")
    for text in OPENING:
        waymark.say(name, text)
    times: dict[bool, list[float]] = {True: [], False: []}
    for text in WALK[: plan.turns]:
        times[text.startswith("/")].append(_written(waymark.say(name, text), text).ms)
    return times[False], times[True]


def compare_ends(
    child: Child, script: Callable[[int], list[str]], late: int, rounds: int, progress: Callable[[], None]
) -> Ends:
    """What a turn costs around turn 10 of a conversation and from shortly before turn `late` on.

    A conversation is led up to the late turn; then it and new ones take turns alternately, so that
    both windows are measured in the same seconds, with the same sentences.

    Args:
        child: the assistant.
        script: gives the texts of a conversation of so many turns.
        late: a multiple of :data:`RING`.
        rounds: how often all of it is done.
        progress: called after each round.
    """
    early, at_end = [], []
    for _ in range(rounds):
        led = late - RING + EARLY_FROM
        texts = script(led + WINDOW)
        long = _new_name("long")
        for text in texts[:led]:
            child.say(long, text)
        times: tuple[list[float], list[float]] = ([], [])
        for begin in range(0, WINDOW, RING):
            fresh = _new_name("fresh")
            for text in texts[:EARLY_FROM]:
                child.say(fresh, text)
            for step in range(RING):
                text = texts[EARLY_FROM + step]
                times[0].append(_written(child.say(fresh, text), text).ms)
                text = texts[led + begin + step]
                times[1].append(_written(child.say(long, text), text).ms)
        early.append(statistics.mean(times[0]))
        at_end.append(statistics.mean(times[1]))
        progress()
    return Ends(late, tuple(early), tuple(at_end))


def _written(turn: Turn, text: str) -> Turn:
    """The turn, if it did the work that is to be measured.

    Raises:
        WorkerError: if it changed nothing: its time would be that of another thing.
    """
    if turn.wrote is False:
        raise WorkerError(f"{text!r} changed nothing in the journey; it was answered {turn.reply!r}")
    return turn


def _new_name(kind: str) -> str:
    return f"{kind}-{next(_names)}"
