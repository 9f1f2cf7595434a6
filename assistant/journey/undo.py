"""Undoing one change without losing what others have done since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from assistant.journey.changes import Change, UndoConflict
from assistant.journey.definition import JourneyDefinition
from assistant.journey.settling import passing_notices, settle
from assistant.journey.state import JourneyState, Mark, MarkStatus

__all__ = ["restore"]

V = TypeVar("V")


def restore(definition: JourneyDefinition, current: JourneyState, old: JourneyState, new: JourneyState) -> Change:
    """Undo the change from `old` to `new` on top of `current`, which may have moved on since.

    Whatever differs between `old` and `new` gets its old value back, provided that it still
    has the value that `new` gave it. Answers come back with their old revision, so that they count
    as much as they did before. The records of when a step was last passed or opened stay as they are if
    somebody passed or opened it since, and so does an offer that was declined or lapsed since.

    Raises:
        UndoConflict: something the change touched has been changed again.
    """
    if current == new:
        # Undone at once, the old state is right to the letter; there is nothing to merge or to settle.
        undone = replace(old, revision=current.revision + 1)
        return Change(undone, passing_notices(definition, current, old))
    draft = JourneyState(
        audience=_scalar("audience", current.audience, old.audience, new.audience),
        current=_scalar("current", current.current, old.current, new.current),
        answers=_mapping("answers", current.answers, old.answers, new.answers),
        deferred=_mapping("deferred", current.deferred, old.deferred, new.deferred),
        declined_actions=_mapping(
            "declined_actions", current.declined_actions, old.declined_actions, new.declined_actions
        ),
        marks=_marks(current.marks, old.marks, new.marks),
        passed=_mapping("passed", current.passed, old.passed, new.passed, strict=False),
        opened=_mapping("opened", current.opened, old.opened, new.opened, strict=False),
        actions=_mapping("actions", current.actions, old.actions, new.actions),
        round=_scalar("round", current.round, old.round, new.round),
        dead_end=_scalar("dead_end", current.dead_end, old.dead_end, new.dead_end),
    )
    return settle(definition, current, draft, anew=False)


def _scalar(field: str, current: V, old: V, new: V) -> V:
    if old == new or current == old:
        return current
    if current != new:
        raise UndoConflict(field)
    return old


def _mapping(
    field: str, current: Mapping[str, V], old: Mapping[str, V], new: Mapping[str, V], *, strict: bool = True
) -> Mapping[str, V]:
    """Three-way merge by key; without `strict`, what was changed since stays instead of conflicting."""
    merged = dict(current)
    for key in {**old, **new}:
        before, after, present = old.get(key), new.get(key), current.get(key)
        if before == after or present == before:
            continue
        if present != after:
            if strict:
                raise UndoConflict(field, key)
        elif before is None:
            del merged[key]
        else:
            merged[key] = before
    return MappingProxyType(merged)


def _marks(current: tuple[Mark, ...], old: tuple[Mark, ...], new: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Three-way merge of the marks, each named by its revision and route; the oldest stays first."""

    def named(marks: tuple[Mark, ...]) -> dict[tuple[int, str], Mark]:
        return {(mark.revision, mark.route): mark for mark in marks}

    merged, before, after = named(current), named(old), named(new)
    for name in {**before, **after}:
        was, became, present = before.get(name), after.get(name), merged.get(name)
        if was == became or present == was:
            continue
        if present != became:
            if present is None or present.status is not MarkStatus.DECLINED:
                raise UndoConflict("marks", name[1])
        elif was is None:
            del merged[name]
        else:
            merged[name] = was
    return tuple(sorted(merged.values(), key=lambda mark: mark.revision))
