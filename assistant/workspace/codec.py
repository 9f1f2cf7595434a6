"""The parts of a journey's state as plain JSON, and the difference between two states.

A state is cut into *sections*. Some hold one value (``current``), the others hold one value for each key (``answers``
by question, ``marks`` by route and revision). :func:`diff` keeps only what differs, as it was and as it became; an
absent value is None. That is what a change is stored as, and enough to do it again or undo it.

    >>> before, after = diff(JourneyState(), JourneyState(current="1", revision=1))
    >>> before, after
    ({'current': None, 'revision': 0}, {'current': '1', 'revision': 1})
    >>> apply(JourneyState(), after) == JourneyState(current="1", revision=1)
    True

Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timezone
from types import MappingProxyType
from typing import Any

from assistant.journey.definition import Audience
from assistant.journey.state import Action, Answer, JourneyState, Mark, MarkStatus, Value

__all__ = ["Parts", "apply", "decode", "diff", "mark_key"]

Parts = Mapping[str, Any]
"""Sections by name; see the module."""

_SINGLE = ("audience", "current", "revision", "round", "dead_end")
_NUMBERED = ("deferred", "declined_actions", "passed", "opened")
_MARKS = "marks"


def mark_key(mark: Mark) -> str:
    """What names a mark: its route and the revision that raised it, such as ``project-failed@12``."""
    return f"{mark.route}@{mark.revision}"


def diff(old: JourneyState, new: JourneyState) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parts that differ, as JSON: as they are in `old`, and as they are in `new`."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for section in _SINGLE:
        was, became = getattr(old, section), getattr(new, section)
        if was != became:
            before[section], after[section] = _single(was), _single(became)
    for section in ("answers", "actions", *_NUMBERED, _MARKS):
        was_all, became_all = _keyed(section, old), _keyed(section, new)
        # Most changes touch one or two sections; the others are the very same objects in both states.
        if was_all is became_all:
            continue
        changed = [key for key in {**was_all, **became_all} if was_all.get(key) != became_all.get(key)]
        if changed:
            before[section] = {key: _encoded(was_all.get(key)) for key in changed}
            after[section] = {key: _encoded(became_all.get(key)) for key in changed}
    return before, after


def apply(state: JourneyState, parts: Parts) -> JourneyState:
    """`state` with `parts` put in place of what it has; the rest stays.

    ``apply(old, after)`` gives the new state of a difference and ``apply(new, before)`` the old one.
    """
    values: dict[str, Any] = {}
    for section, given in parts.items():
        if section in _SINGLE:
            values[section] = _decoded(section, given)
        elif section == _MARKS:
            values[section] = _apply_marks(state.marks, given)
        else:
            values[section] = _apply_keyed(section, getattr(state, section), given)
    return replace(state, **values)


def decode(parts: Parts) -> Mapping[str, Any]:
    """`parts` with the journey's own types in place of JSON.

    Single values come as such; the others as mappings by key, with None for what is absent::

        {"current": "2", "answers": {"1.benefits": Answer(...)}, "deferred": {"1.evidence": None}}
    """
    decoded: dict[str, Any] = {}
    for section, given in parts.items():
        if section in _SINGLE:
            decoded[section] = _decoded(section, given)
        else:
            decoded[section] = {k: None if v is None else _decoded(section, v) for k, v in given.items()}
    return MappingProxyType(decoded)


def _keyed(section: str, state: JourneyState) -> Mapping[str, Any]:
    if section == _MARKS:
        return {mark_key(mark): (place, mark) for place, mark in enumerate(state.marks)}
    keyed: Mapping[str, Any] = getattr(state, section)
    return keyed


def _encoded(value: Any) -> Any:
    if isinstance(value, Answer):
        return _answer(value)
    if isinstance(value, Action):
        return _action(value)
    return _mark(*value) if isinstance(value, tuple) else value


def _single(value: Any) -> Any:
    return value.value if isinstance(value, Audience) else value


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "value": answer.value.value,
        "note": answer.note,
        "revision": answer.revision,
        "by": answer.by,
        "at": None if answer.at is None else answer.at.astimezone(timezone.utc).isoformat(),
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "question": action.question,
        "text": action.text,
        "due": None if action.due is None else action.due.isoformat(),
        "owner": action.owner,
        "done": action.done,
        "revision": action.revision,
    }


def _mark(place: int, mark: Mark) -> dict[str, Any]:
    return {
        "place": place,
        "route": mark.route,
        "steps": list(mark.steps),
        "revision": mark.revision,
        "status": mark.status.value,
        "note": mark.note,
        "taken_at": mark.taken_at,
    }


def _decoded(section: str, value: Any) -> Any:
    if section == "audience":
        return None if value is None else Audience(value)
    if section == "answers":
        at = None if value["at"] is None else datetime.fromisoformat(value["at"])
        return Answer(**{**value, "value": Value(value["value"]), "at": at})
    if section == "actions":
        due = None if value["due"] is None else date.fromisoformat(value["due"])
        return Action(**{**value, "due": due})
    if section == _MARKS:
        fields = {k: v for k, v in value.items() if k != "place"}
        return Mark(**{**fields, "steps": tuple(value["steps"]), "status": MarkStatus(value["status"])})
    return value


def _comparable(value: Any) -> Any:
    return {k: v for k, v in value.items() if k not in ("place", "by")} if isinstance(value, dict) else value


def _apply_keyed(section: str, existing: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    merged = dict(existing)
    for key, value in given.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _decoded(section, value)
    return MappingProxyType(merged)


def _apply_marks(existing: tuple[Mark, ...], given: Mapping[str, Any]) -> tuple[Mark, ...]:
    marks = [mark for mark in existing if mark_key(mark) not in given]
    put_back = [value for value in given.values() if value is not None]
    for value in sorted(put_back, key=lambda item: int(item["place"])):
        marks.insert(value["place"], _decoded(_MARKS, value))
    # The places are those of another state; sorting keeps the promise that the oldest mark comes first.
    return tuple(sorted(marks, key=lambda mark: mark.revision))
