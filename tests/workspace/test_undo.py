"""Taking a change back, also when somebody else has gone on since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.journey import UndoConflict, restore
from assistant.journey.state import Answer, JourneyState, Mark, Value
from assistant.knowledge.journey import load_journey
from assistant.settings import ROOT
from assistant.workspace import ChangeRef, MemberRef, NothingToUndo, StaleJourney, Workspace


def merge(current: JourneyState, before: JourneyState, after: JourneyState) -> JourneyState:
    """As the application undoes: by the rules of the real journey."""
    return restore(load_journey(ROOT / "knowledge").definition, current, before, after).state


class Person:
    """A member who does one thing at a time, each in a unit of its own."""

    def __init__(self, workspace: Workspace, team: Any, member: MemberRef) -> None:
        self.workspace, self.team, self.member = workspace, team, member

    def change(self, kind: str = "change", **parts: Any) -> JourneyState:
        with self.workspace.unit() as unit:
            old = unit.load(self.team.journey.id, self.team.id)
            new = replace(old, revision=old.revision + 1, **parts)
            unit.save(self.team.journey.id, self.team.id, old, new, kind, self.member.id)
            unit.commit()
            return new

    def answer(self, question: str, value: Value, note: str | None = None) -> JourneyState:
        old = self.look()
        answer = Answer(question, value, note, old.revision + 1, self.member.id)
        return self.change("answer", answers={**old.answers, question: answer})

    def look(self) -> JourneyState:
        with self.workspace.unit() as unit:
            return unit.load(self.team.journey.id, self.team.id)

    def undo(self) -> ChangeRef:
        with self.workspace.unit() as unit:
            old, new, change = unit.undo(self.team.journey.id, self.team.id, self.member.id, merge)
            assert old.revision + 1 == new.revision
            unit.commit()
            assert unit.load(self.team.journey.id, self.team.id) == new
            return change

    def history(self, question: str) -> list[tuple[Value, bool, bool]]:
        with self.workspace.unit() as unit:
            records = unit.history(self.team.journey.id, self.team.id, question)
        return [(record.value, record.replaced_at is None, record.undone) for record in records]


@pytest.fixture
def anna(workspace: Workspace, team: Any) -> Person:
    return Person(workspace, team, team.anna)


@pytest.fixture
def ben(workspace: Workspace, team: Any) -> Person:
    return Person(workspace, team, team.ben)


def test_the_last_change_is_taken_back(anna: Person) -> None:
    first = anna.answer("1.benefits", Value.PARTLY, "a few")
    anna.answer("1.benefits", Value.YES)
    undone = anna.undo()
    assert (undone.kind, undone.revision) == ("answer", 2)
    assert undone.undone_at is not None
    assert anna.look() == replace(first, revision=3)
    assert anna.history("1.benefits") == [(Value.PARTLY, True, False), (Value.YES, False, True)]


def test_one_change_after_another_is_taken_back_until_none_is_left(anna: Person) -> None:
    anna.change(current="1", opened={"1": 1})
    anna.answer("1.benefits", Value.YES)
    anna.answer("1.benefits", Value.NOT_YET)
    assert [anna.undo().revision for _ in range(3)] == [3, 2, 1]
    assert anna.look() == JourneyState(revision=6)
    assert anna.history("1.benefits") == [(Value.YES, False, True), (Value.NOT_YET, False, True)]
    with pytest.raises(NothingToUndo):
        anna.undo()
    anna.answer("1.evidence", Value.YES)
    assert anna.undo().revision == 7


def test_every_kind_of_part_is_taken_back(anna: Person) -> None:
    before = anna.answer("1.benefits", Value.YES)
    anna.change(
        "route",
        current="6",
        dead_end=True,
        round=2,
        deferred={"1.evidence": 2},
        passed={"1": 2},
        opened={"6": 2},
        marks=(Mark("project-failed", ("6",), 2, taken_at=2),),
    )
    anna.undo()
    assert anna.look() == replace(before, revision=3)


def test_what_others_did_since_stays(anna: Person, ben: Person) -> None:
    anna.answer("1.benefits", Value.YES)
    after_ben = ben.answer("1.evidence", Value.PARTLY)
    anna.undo()
    assert dict(anna.look().answers) == {"1.evidence": after_ben.answers["1.evidence"]}


def test_only_ones_own_changes_are_taken_back(anna: Person, ben: Person) -> None:
    anna.answer("1.benefits", Value.YES)
    with pytest.raises(NothingToUndo):
        ben.undo()


def test_a_part_that_somebody_changed_since_is_a_conflict(anna: Person, ben: Person) -> None:
    anna.answer("1.benefits", Value.YES)
    after_ben = ben.answer("1.benefits", Value.NOT_YET, "we have no figures")
    with pytest.raises(UndoConflict) as raised:
        anna.undo()
    assert (raised.value.field, raised.value.key) == ("answers", "1.benefits")
    assert anna.look() == after_ben
    ben.undo()
    anna.undo()
    assert anna.look().answers == {}


def test_a_single_part_that_somebody_changed_since_is_a_conflict(anna: Person, ben: Person) -> None:
    anna.change(current="1")
    ben.change(current="2")
    with pytest.raises(UndoConflict, match="current has been changed again since"):
        anna.undo()


def test_a_change_and_its_undoing_may_be_in_one_unit(workspace: Workspace, team: Any, anna: Person) -> None:
    first = anna.answer("1.benefits", Value.YES)
    with workspace.unit() as unit:
        new = replace(first, current="2", revision=2)
        unit.save(team.journey.id, team.id, first, new, "open", team.anna.id)
        kinds = [unit.undo(team.journey.id, team.id, team.anna.id, merge)[2].kind for _ in range(2)]
        assert kinds == ["open", "answer"]
        with pytest.raises(NothingToUndo):
            unit.undo(team.journey.id, team.id, team.anna.id, merge)
        unit.commit()
        assert unit.load(team.journey.id, team.id) == JourneyState(revision=4)
        assert [change.kind for change in unit.changes(team.journey.id, team.id)] == ["undo", "undo", "open", "answer"]
        assert unit.last_undoable(team.journey.id, team.id, team.anna.id) is None


def test_an_undoing_that_somebody_overtakes_writes_nothing(workspace: Workspace, team: Any, anna: Person) -> None:
    anna.answer("1.benefits", Value.YES)
    with workspace.unit() as unit:
        unit.undo(team.journey.id, team.id, team.anna.id, merge)
        anna.answer("1.evidence", Value.YES)
        with pytest.raises(StaleJourney):
            unit.commit()
        assert anna.look().answers.keys() == {"1.benefits", "1.evidence"}
        undoable = unit.last_undoable(team.journey.id, team.id, team.anna.id)
        assert undoable is not None
        assert undoable.revision == 2
