"""A journey's state in rows: reading them, and writing only those that a change touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.journey.definition import Audience
from assistant.journey.state import Action, Answer, JourneyState, Mark, MarkStatus, Value
from assistant.workspace.errors import StaleJourney
from assistant.workspace.models import (
    AnswerHistoryRow,
    AnswerRow,
    Base,
    DeferralRow,
    JourneyRow,
    PlannedActionRow,
    RouteMarkRow,
    StepStateRow,
)

__all__ = ["Saving", "insert_rows", "read_journey", "read_state", "table", "upsert", "write_state"]

SKIPPED = "skipped"
DECLINED_ACTION = "declined_action"

_Row = dict[str, Any]
_Rows = dict[tuple[Any, ...], _Row]  # by primary key, its columns in the table's order


@dataclass(frozen=True)
class Saving:
    """One save: the state it was made from, the state it makes, and when.

    Args:
        undoing: whether `new` puts earlier answers back, rather than giving new ones.
    """

    journey_id: str
    organisation_id: str
    old: JourneyState
    new: JourneyState
    at: datetime
    undoing: bool = False


def table(model: type[Base]) -> Table:
    """The table of a model."""
    return cast(Table, model.__table__)


def read_journey(connection: Connection, journey_id: str) -> Mapping[str, Any] | None:
    """The journey's own row, None if there is none."""
    row = connection.execute(_JOURNEY, {"journey_id": journey_id}).first()
    return None if row is None else row._asdict()


def read_state(connection: Connection, journey: Mapping[str, Any]) -> JourneyState:
    """The state of the journey whose own row is `journey`, in five queries by primary key."""
    journey_id = journey["id"]

    def rows(model: type[Base]) -> list[dict[str, Any]]:
        return [row._asdict() for row in connection.execute(_SELECTS[model], {"journey_id": journey_id})]

    steps = rows(StepStateRow)
    deferrals = rows(DeferralRow)
    audience = journey["audience"]
    return JourneyState(
        audience=None if audience is None else Audience(audience),
        current=journey["current"],
        revision=journey["revision"],
        answers=MappingProxyType({row["question"]: _answer_of(row) for row in rows(AnswerRow)}),
        deferred=_numbers((r["question"], r["revision"]) for r in deferrals if r["kind"] == SKIPPED),
        declined_actions=_numbers((r["question"], r["revision"]) for r in deferrals if r["kind"] == DECLINED_ACTION),
        marks=tuple(_mark_of(row) for row in rows(RouteMarkRow)),
        passed=_numbers((row["step"], row["passed_revision"]) for row in steps),
        opened=_numbers((row["step"], row["opened_revision"]) for row in steps),
        actions=MappingProxyType({row["id"]: _action_of(row) for row in rows(PlannedActionRow)}),
        round=journey["round"],
        dead_end=journey["dead_end"],
    )


def write_state(connection: Connection, saving: Saving) -> None:
    """Write the rows in which the two states of `saving` differ, and keep the history of its answers.

    Raises:
        StaleJourney: the journey is no longer at the revision of the old state; nothing may be committed then.
    """
    _write_journey(connection, saving)
    old, new = saving.old, saving.new
    if old.answers is not new.answers:
        _write_history(connection, saving)
    for model, rows_of, sections in _PARTS:
        # Most changes touch one or two sections; the others are the very same objects in both states.
        if any(getattr(old, section) is not getattr(new, section) for section in sections):
            _write_parts(connection, model, rows_of(saving.journey_id, old), rows_of(saving.journey_id, new))


def insert_rows(connection: Connection, model: type[Base], rows: Sequence[_Row]) -> None:
    """Insert `rows`, which must be new."""
    connection.execute(_insert(model), rows)


def upsert(connection: Connection, model: type[Base], rows: Sequence[_Row]) -> None:
    """Insert `rows`, or put them in place of the rows that have their primary key."""
    connection.execute(_upsert(model, connection.dialect.name), rows)


def _write_journey(connection: Connection, saving: Saving) -> None:
    new = saving.new
    values = {
        "its_id": saving.journey_id,
        "its_owner": saving.organisation_id,
        "old_revision": saving.old.revision,
        "new_audience": None if new.audience is None else new.audience.value,
        "new_current": new.current,
        "new_revision": new.revision,
        "new_round": new.round,
        "new_dead_end": new.dead_end,
        "new_updated_at": saving.at,
    }
    if connection.execute(_MOVE_ON, values).rowcount != 1:
        raise StaleJourney(saving.journey_id, saving.old.revision)


def _write_parts(connection: Connection, model: type[Base], was: _Rows, became: _Rows) -> None:
    gone = [key for key in was if key not in became]
    changed = [row for key, row in became.items() if was.get(key) != row]
    if gone:
        names = [column.name for column in table(model).primary_key]
        keys = [{f"key_{name}": part for name, part in zip(names, key, strict=True)} for key in gone]
        connection.execute(_delete(model), keys)
    if changed:
        upsert(connection, model, changed)


def _write_history(connection: Connection, saving: Saving) -> None:
    for question in {**saving.old.answers, **saving.new.answers}:
        before, after = saving.old.answers.get(question), saving.new.answers.get(question)
        if before == after:
            continue
        if before is not None:
            replaced = {"its_journey": saving.journey_id, "its_question": question}
            connection.execute(_REPLACED, {**replaced, "new_replaced_at": saving.at, "new_undone": saving.undoing})
        if after is not None and not (saving.undoing and _put_back(connection, saving.journey_id, after)):
            row = _answer_row(saving.journey_id, after)
            insert_rows(connection, AnswerHistoryRow, [{**row, "replaced_at": None, "undone": False}])


def _put_back(connection: Connection, journey_id: str, answer: Answer) -> bool:
    given = {"its_journey": journey_id, "its_question": answer.question, "its_revision": answer.revision}
    return connection.execute(_PUT_BACK, given).rowcount > 0


def _answer_row(journey_id: str, answer: Answer) -> _Row:
    return {
        "journey_id": journey_id,
        "question": answer.question,
        "value": answer.value.value,
        "note": answer.note,
        "revision": answer.revision,
        "member_id": answer.by,
        "at": answer.at,
    }


def _answer_rows(journey_id: str, state: JourneyState) -> _Rows:
    return {(journey_id, key): _answer_row(journey_id, answer) for key, answer in state.answers.items()}


def _step_rows(journey_id: str, state: JourneyState) -> _Rows:
    return {
        (journey_id, step): {
            "journey_id": journey_id,
            "step": step,
            "opened_revision": state.opened.get(step),
            "passed_revision": state.passed.get(step),
        }
        for step in {**state.opened, **state.passed}
    }


def _deferral_rows(journey_id: str, state: JourneyState) -> _Rows:
    return {
        (journey_id, question, kind): {
            "journey_id": journey_id,
            "question": question,
            "kind": kind,
            "revision": revision,
        }
        for kind, numbers in ((SKIPPED, state.deferred), (DECLINED_ACTION, state.declined_actions))
        for question, revision in numbers.items()
    }


def _mark_rows(journey_id: str, state: JourneyState) -> _Rows:
    return {
        (journey_id, mark.route, mark.revision): {
            "journey_id": journey_id,
            "route": mark.route,
            "revision": mark.revision,
            "position": position,
            "steps": list(mark.steps),
            "status": mark.status.value,
            "note": mark.note,
            "taken_at": mark.taken_at,
        }
        for position, mark in enumerate(state.marks)
    }


def _action_rows(journey_id: str, state: JourneyState) -> _Rows:
    return {
        (journey_id, action.id): {
            "journey_id": journey_id,
            "id": action.id,
            "question": action.question,
            "text": action.text,
            "due": action.due,
            "owner": action.owner,
            "done": action.done,
            "revision": action.revision,
        }
        for action in state.actions.values()
    }


def _numbers(pairs: Iterable[tuple[str, int | None]]) -> Mapping[str, int]:
    return MappingProxyType({key: number for key, number in pairs if number is not None})


def _answer_of(row: Mapping[str, Any]) -> Answer:
    return Answer(row["question"], Value(row["value"]), row["note"], row["revision"], row["member_id"], row["at"])


def _mark_of(row: Mapping[str, Any]) -> Mark:
    steps, status = tuple(row["steps"]), MarkStatus(row["status"])
    return Mark(row["route"], steps, row["revision"], status, row["note"], row["taken_at"])


def _action_of(row: Mapping[str, Any]) -> Action:
    named = ("id", "question", "text", "due", "owner", "done", "revision")
    return Action(**{name: row[name] for name in named})


# SQLAlchemy takes longer to put a statement together than SQLite to run it, so each is put together once.


def _select(model: type[Base], *order: str) -> Any:
    columns = table(model).columns
    found = select(*columns).where(columns["journey_id"] == bindparam("journey_id"))
    return found.order_by(*(columns[name] for name in order))


@cache
def _insert(model: type[Base]) -> Any:
    return insert(table(model))


@cache
def _upsert(model: type[Base], dialect: str) -> Any:
    target = table(model)
    statement: Any = postgresql.insert(target) if dialect == "postgresql" else sqlite.insert(target)
    keys = [column.name for column in target.primary_key]
    others = {column.name: statement.excluded[column.name] for column in target.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


@cache
def _delete(model: type[Base]) -> Any:
    return delete(table(model)).where(*(c == bindparam(f"key_{c.name}") for c in table(model).primary_key))


_MOVE_ON = (
    update(table(JourneyRow))
    .where(
        JourneyRow.id == bindparam("its_id"),
        JourneyRow.organisation_id == bindparam("its_owner"),
        JourneyRow.revision == bindparam("old_revision"),
    )
    .values(
        audience=bindparam("new_audience"),
        current=bindparam("new_current"),
        revision=bindparam("new_revision"),
        round=bindparam("new_round"),
        dead_end=bindparam("new_dead_end"),
        updated_at=bindparam("new_updated_at"),
    )
)
_ITS_HISTORY = update(table(AnswerHistoryRow)).where(
    AnswerHistoryRow.journey_id == bindparam("its_journey"), AnswerHistoryRow.question == bindparam("its_question")
)
_REPLACED = _ITS_HISTORY.where(AnswerHistoryRow.replaced_at.is_(None)).values(
    replaced_at=bindparam("new_replaced_at"), undone=bindparam("new_undone")
)
_PUT_BACK = _ITS_HISTORY.where(AnswerHistoryRow.revision == bindparam("its_revision")).values(
    replaced_at=None, undone=False
)
_JOURNEY = select(*table(JourneyRow).columns).where(table(JourneyRow).columns["id"] == bindparam("journey_id"))
_SELECTS: dict[type[Base], Any] = {
    StepStateRow: _select(StepStateRow),
    DeferralRow: _select(DeferralRow, "revision"),
    AnswerRow: _select(AnswerRow),
    RouteMarkRow: _select(RouteMarkRow, "position"),
    PlannedActionRow: _select(PlannedActionRow, "revision", "id"),
}
_PARTS: tuple[tuple[type[Base], Callable[[str, JourneyState], _Rows], tuple[str, ...]], ...] = (
    (AnswerRow, _answer_rows, ("answers",)),
    (StepStateRow, _step_rows, ("opened", "passed")),
    (DeferralRow, _deferral_rows, ("deferred", "declined_actions")),
    (RouteMarkRow, _mark_rows, ("marks",)),
    (PlannedActionRow, _action_rows, ("actions",)),
)
