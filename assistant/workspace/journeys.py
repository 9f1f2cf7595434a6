"""Journeys: their states, the changes that made them, and taking a change back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, select, update

from assistant.journey.state import JourneyState, Value
from assistant.workspace import codec
from assistant.workspace.errors import Crossing, NotFound, NothingToUndo, StaleJourney
from assistant.workspace.members import Members
from assistant.workspace.models import AnswerHistoryRow, ChangeRow, JourneyRow
from assistant.workspace.pending import owned_by
from assistant.workspace.records import AnswerRecord, ChangeRef, JourneyRef, MemberRef
from assistant.workspace.rows import Saving, insert_rows, read_journey, read_state, write_state

__all__ = ["DEFAULT_TITLE", "UNDO", "Journeys", "Merge"]

DEFAULT_TITLE = "International journey"
"""Title of a journey until somebody gives it another."""

UNDO = "undo"
"""Kind of the change that takes another change back."""

Merge = Callable[[JourneyState, JourneyState, JourneyState], JourneyState]
"""Current state, state before a change, state after it: gives the state with the change undone."""


class Journeys(Members):
    """The part of a unit that knows where the journeys stand."""

    def _forget(self) -> None:
        super()._forget()
        self._owners: dict[str, str] = {}
        self._states: dict[str, JourneyState] = {}
        self._changes: list[ChangeRef] = []
        self._undone: dict[str, datetime] = {}

    def journeys(self, organisation_id: str) -> list[JourneyRef]:
        """The journeys of an organisation, the newest first; raises NotFound."""
        self._organisation(organisation_id)
        return self._journeys(organisation_id)

    def active_journey(self, member: MemberRef) -> JourneyRef:
        """The journey that a member works on: the newest of their organisation, made if there is none yet.

        Raises:
            NotFound, Crossing: there is no such member, or not of that organisation.
        """
        self._check_member(member.id, member.organisation_id)
        found = self._journeys(member.organisation_id, limit=1)
        return found[0] if found else self.new_journey(member.organisation_id, DEFAULT_TITLE)

    def new_journey(self, organisation_id: str, title: str) -> JourneyRef:
        """Make another journey of an organisation; raises NotFound."""
        self._organisation(organisation_id)
        now, state, journey_id = self._clock(), JourneyState(), str(uuid4())
        values = {
            "id": journey_id,
            "organisation_id": organisation_id,
            "title": title,
            "audience": None,
            "current": None,
            "revision": state.revision,
            "round": state.round,
            "dead_end": state.dead_end,
            "paused_at": None,
            "created_at": now,
            "updated_at": now,
        }
        self._insert(JourneyRow, values)
        self._owners[journey_id] = organisation_id
        self._states[journey_id] = state
        return JourneyRef(journey_id, organisation_id, title)

    def pause(self, journey_id: str, organisation_id: str, at: datetime | None) -> None:
        """Note that a journey is paused since `at`, or, with None, that it goes on. Raises NotFound or Crossing."""
        self._check_journey(journey_id, organisation_id)
        self._update(JourneyRow, journey_id, {"paused_at": at})

    def load(self, journey_id: str, organisation_id: str) -> JourneyState:
        """Where a journey stands, with what this unit has saved; raises NotFound or Crossing."""
        self._check_open()
        pending = self._states.get(journey_id)
        if pending is not None:
            self._check_journey(journey_id, organisation_id)
            return pending
        with self._reading() as connection:
            row = owned_by(JourneyRow, journey_id, organisation_id, read_journey(connection, journey_id))
            self._owners[journey_id] = organisation_id
            return read_state(connection, row)

    def save(
        self, journey_id: str, organisation_id: str, old: JourneyState, new: JourneyState, kind: str, member_id: str
    ) -> None:
        """Replace the state `old` by `new`; the commit writes only what differs, and remembers how to undo it.

        Args:
            journey_id: which journey.
            organisation_id: whose it must be.
            old: the state that the change was made from, as it was loaded or last saved in this unit.
            new: the state that it made, with a greater revision; if the two are equal nothing is saved.
            kind: what was done, such as ``answer``; kept with the change.
            member_id: who did it.

        Raises:
            NotFound, Crossing: the journey or a member (also one named in an answer) is not the organisation's.
            StaleJourney: this unit holds a later state than `old`; if the database does, the commit raises it.
            ValueError: the revision did not grow.
        """
        if old != new:
            self._save(self._saving(journey_id, organisation_id, old, new), kind, member_id)

    def _saving(
        self, journey_id: str, organisation_id: str, old: JourneyState, new: JourneyState, undoing: bool = False
    ) -> Saving:
        return Saving(journey_id, organisation_id, old, new, self._clock(), undoing)

    def _save(self, saving: Saving, kind: str, member_id: str) -> None:
        old, new = saving.old, saving.new
        self._check_journey(saving.journey_id, saving.organisation_id)
        if new.revision <= old.revision:
            raise ValueError(f"expected a revision greater than {old.revision}, found {new.revision}")
        held = self._states.get(saving.journey_id)
        if held is not None and held.revision != old.revision:
            raise StaleJourney(saving.journey_id, old.revision)
        named = {answer.by for key, answer in new.answers.items() if answer.by and answer != old.answers.get(key)}
        for named_id in sorted({member_id, *named} - self._members_of({member_id, *named}, saving.organisation_id)):
            raise NotFound("member", named_id)
        before, after = codec.diff(old, new)
        change_id = str(uuid4())
        change = ChangeRef(change_id, saving.journey_id, new.revision, kind, member_id, saving.at, before, after)

        def write(connection: Connection) -> None:
            write_state(connection, saving)
            insert_rows(connection, ChangeRow, [{**vars(change), "before": before, "after": after}])

        self._queue(write)
        self._states[saving.journey_id] = new
        self._changes.append(change)

    def changes(self, journey_id: str, organisation_id: str, limit: int = 20) -> list[ChangeRef]:
        """The latest changes of a journey, the newest first; raises NotFound or Crossing."""
        self._check_journey(journey_id, organisation_id)
        return self._latest_changes(journey_id, _CHANGES.where(ChangeRow.journey_id == journey_id), limit)[:limit]

    def last_undoable(self, journey_id: str, organisation_id: str, member_id: str) -> ChangeRef | None:
        """The latest change that this member made and that is neither undone nor an undo itself."""
        self._check_journey(journey_id, organisation_id)
        self._check_member(member_id, organisation_id)
        query = _CHANGES.where(
            ChangeRow.journey_id == journey_id,
            ChangeRow.member_id == member_id,
            ChangeRow.kind != UNDO,
            ChangeRow.undone_at.is_(None),
        )
        # Those that this unit has undone are still among the database's, so as many more are read.
        for change in self._latest_changes(journey_id, query, 1 + len(self._undone)):
            if change.member_id == member_id and change.kind != UNDO and change.undone_at is None:
                return change
        return None

    def _latest_changes(self, journey_id: str, query: Select[Any], limit: int) -> list[ChangeRef]:
        pending = [change for change in reversed(self._changes) if change.journey_id == journey_id]
        with self._reading() as connection:
            rows = connection.execute(query.order_by(ChangeRow.revision.desc()).limit(limit)).mappings()
            stored = [ChangeRef(**row) for row in rows]
        return [replace(c, undone_at=self._undone.get(c.id, c.undone_at)) for c in (*pending, *stored)]

    @staticmethod
    def change_states(change: ChangeRef) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """What a change touched, as it was and as it became, in the journey's own types (see `codec.decode`)."""
        return codec.decode(change.before), codec.decode(change.after)

    def undo(
        self, journey_id: str, organisation_id: str, member_id: str, merge: Merge
    ) -> tuple[JourneyState, JourneyState, ChangeRef]:
        """Take back the latest change of this member, on top of what others have done since.

        Args:
            journey_id: the journey.
            organisation_id: whose it is.
            member_id: whose change is taken back.
            merge: the journey's own rule for undoing (:func:`assistant.journey.restore`), called with the
                current state and the states before and after the change; what it raises is passed on.

        Returns:
            The state before, the state after, and the change that was undone.

        Raises:
            NothingToUndo: there is none.
            NotFound, Crossing: the journey or the member is not the organisation's.
        """
        current = self.load(journey_id, organisation_id)
        change = self.last_undoable(journey_id, organisation_id, member_id)
        if change is None:
            raise NothingToUndo(journey_id, member_id)
        after = self._without_erased(codec.apply(current, change.after), organisation_id)
        before = self._without_erased(codec.apply(current, change.before), organisation_id)
        new = merge(current, before, after)
        saving = self._saving(journey_id, organisation_id, current, new, undoing=True)
        self._save(saving, UNDO, member_id)
        statement = update(ChangeRow).where(ChangeRow.id == change.id).values(undone_at=saving.at)
        self._queue_statement(statement)
        self._undone[change.id] = saving.at
        return current, new, replace(change, undone_at=saving.at)

    def _without_erased(self, state: JourneyState, organisation_id: str) -> JourneyState:
        """`state` with the members forgotten who were erased since an answer that came back was given."""
        named = {answer.by for answer in state.answers.values() if answer.by}
        erased = named - self._members_of(named, organisation_id)
        if not erased:
            return state
        kept = {key: replace(a, by=None) if a.by in erased else a for key, a in state.answers.items()}
        return replace(state, answers=MappingProxyType(kept))

    def history(self, journey_id: str, organisation_id: str, question: str) -> list[AnswerRecord]:
        """Every answer ever committed for a question, the oldest first; raises NotFound or Crossing."""
        self._check_journey(journey_id, organisation_id)
        query = (
            select(AnswerHistoryRow)
            .where(AnswerHistoryRow.journey_id == journey_id, AnswerHistoryRow.question == question)
            .order_by(AnswerHistoryRow.id)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [
            AnswerRecord(r.question, Value(r.value), r.note, r.revision, r.member_id, r.at, r.replaced_at, r.undone)
            for r in rows
        ]

    def _journeys(self, organisation_id: str, limit: int | None = None) -> list[JourneyRef]:
        query = _JOURNEYS.where(JourneyRow.organisation_id == organisation_id).limit(limit)
        with self._reading() as connection:
            stored = [row._asdict() for row in connection.execute(query)]
        new = [row for row in reversed(self._new_rows(JourneyRow)) if row["organisation_id"] == organisation_id]
        rows = [*new, *(self._overlaid(JourneyRow, row) for row in stored)]
        return [JourneyRef(row["id"], row["organisation_id"], row["title"], row["paused_at"]) for row in rows]

    def _check_journey(self, journey_id: str, organisation_id: str) -> None:
        owner = self._owners.get(journey_id)
        if owner is None:
            self._owned(JourneyRow, journey_id, organisation_id)
            self._owners[journey_id] = organisation_id
        elif owner != organisation_id:
            raise Crossing("journey", journey_id, organisation_id)


_CHANGES = select(
    ChangeRow.id,
    ChangeRow.journey_id,
    ChangeRow.revision,
    ChangeRow.kind,
    ChangeRow.member_id,
    ChangeRow.at,
    ChangeRow.before,
    ChangeRow.after,
    ChangeRow.undone_at,
)
_JOURNEYS = select(JourneyRow.id, JourneyRow.organisation_id, JourneyRow.title, JourneyRow.paused_at).order_by(
    JourneyRow.created_at.desc(), JourneyRow.id
)
