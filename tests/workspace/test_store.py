"""Members, journeys, saving, messages and conversations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, delete, update

from assistant.journey import restore
from assistant.journey.definition import Audience
from assistant.journey.state import Answer, JourneyState, Value
from assistant.knowledge.journey import load_journey
from assistant.settings import ROOT
from assistant.workspace import (
    JourneyRef,
    NotFound,
    StaleJourney,
    Unit,
    Workspace,
    WorkspaceError,
)
from assistant.workspace.models import AnswerRow, JourneyRow, MemberRow, OrganisationRow


def merge(current: JourneyState, before: JourneyState, after: JourneyState) -> JourneyState:
    """As the application undoes: by the rules of the real journey."""
    return restore(load_journey(ROOT / "knowledge").definition, current, before, after).state


def answered(state: JourneyState, question: str, value: Value, by: str | None = None, **given: Any) -> JourneyState:
    revision = state.revision + 1
    answer = Answer(question, value, revision=revision, by=by, **given)
    return replace(state, answers={**state.answers, question: answer}, revision=revision)


# Journeys


def test_a_journey_is_made_once_and_belongs_to_all_members(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        assert unit.active_journey(team.anna) == unit.active_journey(team.ben) == team.journey
        assert unit.journeys(team.id) == [team.journey]
        assert unit.load(team.journey.id, team.id) == JourneyState()


def test_the_newest_journey_is_the_active_one(workspace: Workspace, team: Any, clock: Any) -> None:
    clock.pass_by(days=1)
    with workspace.unit() as unit:
        japan = unit.new_journey(team.id, "Japan")
        assert unit.journeys(team.id) == [japan, team.journey]
        assert unit.active_journey(team.anna) == japan
        unit.commit()
        assert unit.journeys(team.id) == [japan, team.journey]
        assert unit.active_journey(team.anna) == japan


def test_a_journey_can_be_paused_and_resumed(workspace: Workspace, team: Any, clock: Any) -> None:
    def paused(unit: Unit) -> JourneyRef:
        return unit.active_journey(team.anna)

    with workspace.unit() as unit:
        unit.pause(team.journey.id, team.id, clock())
        assert paused(unit).paused_at == clock()
        unit.commit()
        assert paused(unit).paused_at == clock()
        unit.pause(team.journey.id, team.id, None)
        unit.commit()
        assert paused(unit) == team.journey


def test_several_saves_in_one_unit_are_several_changes(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        old = unit.load(team.journey.id, team.id)
        begun = replace(old, audience=Audience.POLICY_MAKER, current="1", opened={"1": 1}, revision=1)
        first = answered(begun, "1.benefits", Value.YES, team.anna.id, note="40 members")
        unit.save(team.journey.id, team.id, old, begun, "begin", team.anna.id)
        unit.save(team.journey.id, team.id, begun, first, "answer", team.anna.id)
        assert unit.load(team.journey.id, team.id) == first
        expected = [change.kind for change in unit.changes(team.journey.id, team.id)]
        unit.commit()
    with workspace.unit() as unit:
        assert unit.load(team.journey.id, team.id) == first
        changes = unit.changes(team.journey.id, team.id)
        assert [(c.kind, c.revision, c.member_id) for c in changes] == [
            ("answer", 2, team.anna.id),
            ("begin", 1, team.anna.id),
        ]
        assert expected == ["answer", "begin"]
        assert changes == unit.changes(team.journey.id, team.id, limit=5)
        assert unit.changes(team.journey.id, team.id, limit=1) == changes[:1]
        was, became = unit.change_states(changes[0])
        assert was == {"revision": 1, "answers": {"1.benefits": None}}
        assert became == {"revision": 2, "answers": {"1.benefits": first.answers["1.benefits"]}}


def test_saving_what_is_the_same_does_nothing(workspace: Workspace, team: Any, count_rows: Any) -> None:
    before = count_rows()
    with workspace.unit() as unit:
        state = unit.load(team.journey.id, team.id)
        unit.save(team.journey.id, team.id, state, replace(state), "nothing", team.anna.id)
        unit.commit()
    assert count_rows() == before


def test_a_revision_must_grow(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        state = unit.load(team.journey.id, team.id)
        with pytest.raises(ValueError, match="revision greater than 0, found 0"):
            unit.save(team.journey.id, team.id, state, replace(state, current="1"), "open", team.anna.id)


def test_a_unit_refuses_to_save_over_its_own_later_state(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        old = unit.load(team.journey.id, team.id)
        unit.save(team.journey.id, team.id, old, answered(old, "1.benefits", Value.YES), "answer", team.anna.id)
        with pytest.raises(StaleJourney):
            unit.save(team.journey.id, team.id, old, answered(old, "1.evidence", Value.YES), "answer", team.anna.id)


def test_every_answer_ever_given_is_kept(workspace: Workspace, team: Any, clock: Any) -> None:
    given = [(Value.NOT_YET, None), (Value.PARTLY, "half of them"), (Value.PARTLY, "most of them"), (Value.YES, None)]
    times = []
    with workspace.unit() as unit:
        for number, (value, note) in enumerate(given):
            times.append(clock.pass_by(hours=1))
            by = (team.anna, team.ben)[number % 2].id
            old = unit.load(team.journey.id, team.id)
            new = answered(old, "1.benefits", value, by, note=note, at=clock())
            unit.save(team.journey.id, team.id, old, new, "answer", by)
            unit.commit()
        history = unit.history(team.journey.id, team.id, "1.benefits")
        assert unit.history(team.journey.id, team.id, "1.evidence") == []
    assert [(record.value, record.note) for record in history] == given
    assert [record.at for record in history] == times
    assert [record.replaced_at for record in history] == [*times[1:], None]
    assert [record.by for record in history] == [team.anna.id, team.ben.id] * 2
    assert [record.revision for record in history] == [1, 2, 3, 4]
    assert not any(record.undone for record in history)


def test_text_that_no_database_can_hold_does_not_stop_a_turn(workspace: Workspace, team: Any, clock: Any) -> None:
    note = "odd \x00 \ud800 😀 <b>'; DROP TABLE answer; --"
    with workspace.unit() as unit:
        old = unit.load(team.journey.id, team.id)
        new = answered(old, "1.benefits", Value.YES, team.anna.id, note=note)
        unit.save(team.journey.id, team.id, old, new, "answer", team.anna.id)
        unit.add_message(team.anna.id, "in", {"text": note}, clock())
        unit.save_conversation("web:anna", {"said": note})
        unit.commit()
        kept = "odd  ? 😀 <b>'; DROP TABLE answer; --"
        assert unit.load(team.journey.id, team.id).answers["1.benefits"].note == kept
        assert unit.messages(team.anna.id)[0].body == {"text": kept}
        assert unit.load_conversation("web:anna") == {"said": kept}
        unit.undo(team.journey.id, team.id, team.anna.id, merge)
        unit.commit()
        assert unit.load(team.journey.id, team.id).answers == {}


# Nothing by half


def test_leaving_without_a_commit_leaves_everything_as_it_was(workspace: Workspace, team: Any, count_rows: Any) -> None:
    before = count_rows()
    with workspace.unit() as unit:
        do_everything(unit, team)
    with pytest.raises(RuntimeError, match="the action failed"):
        fail_midway(workspace, team)
    with workspace.unit() as unit:
        do_everything(unit, team)
        unit.rollback()
        unit.commit()
        assert unit.load(team.journey.id, team.id) == JourneyState()
    assert count_rows() == before


def test_a_crash_inside_the_commit_leaves_everything_as_it_was(
    workspace: Workspace, team: Any, count_rows: Any
) -> None:
    before = count_rows()
    with workspace.unit() as unit:
        do_everything(unit, team)

        def crash(_connection: object) -> None:
            raise RuntimeError("the power failed")

        unit._queue(crash)
        with pytest.raises(RuntimeError, match="the power failed"):
            unit.commit()
        assert count_rows() == before
        assert unit.load(team.journey.id, team.id) == JourneyState()
        do_everything(unit, team)
        unit.commit()
    assert count_rows() != before


def fail_midway(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        do_everything(unit, team)
        raise RuntimeError("the action failed")


def do_everything(unit: Unit, team: Any) -> None:
    old = unit.load(team.journey.id, team.id)
    new = answered(old, "1.benefits", Value.YES, team.anna.id)
    unit.save(team.journey.id, team.id, old, new, "answer", team.anna.id)
    unit.add_message(team.anna.id, "in", {"text": "yes"}, unit._clock())
    unit.save_conversation("web:anna", {"slots": {}})
    unit.new_member("web", "carl", "Carl", team.id)
    unit.new_journey(team.id, "Japan")
    unit.rename_organisation(team.id, "Renamed")


def test_a_unit_that_is_over_refuses_to_work(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        pass
    for use in (unit.commit, unit.rollback, lambda: unit.load(team.journey.id, team.id), lambda: unit.profile(team.id)):
        with pytest.raises(WorkspaceError, match="this unit is over"):
            use()


# What goes with what


def test_an_organisation_takes_all_that_is_its_own_with_it(
    workspace: Workspace, engine: Engine, make_team: Any, count_rows: Any
) -> None:
    make_team("Baltic Food")
    before = count_rows()
    team = make_team("Alpine Photonics")
    with workspace.unit() as unit:
        do_everything(unit, team)
        unit.delete_conversation("web:anna")
        unit.commit()
    with engine.begin() as connection:
        connection.execute(delete(OrganisationRow).where(OrganisationRow.id == team.id))
    assert count_rows() == before


def test_a_member_who_is_erased_leaves_the_answers_behind(workspace: Workspace, engine: Engine, team: Any) -> None:
    with workspace.unit() as unit:
        for value in (Value.PARTLY, Value.YES):
            old = unit.load(team.journey.id, team.id)
            by = team.ben.id if value is Value.PARTLY else team.anna.id
            unit.save(team.journey.id, team.id, old, answered(old, "1.benefits", value, by), "answer", by)
            unit.commit()
    with engine.begin() as connection:
        connection.execute(delete(MemberRow).where(MemberRow.id == team.ben.id))
    with workspace.unit() as unit:
        assert unit.load(team.journey.id, team.id).answers["1.benefits"].by == team.anna.id
        assert [record.by for record in unit.history(team.journey.id, team.id, "1.benefits")] == [None, team.anna.id]
        _, new, _ = unit.undo(team.journey.id, team.id, team.anna.id, merge)
        unit.commit()
        assert unit.load(team.journey.id, team.id) == new
        assert (new.answers["1.benefits"].value, new.answers["1.benefits"].by) == (Value.PARTLY, None)


def test_an_answer_needs_a_member_that_exists(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        old = unit.load(team.journey.id, team.id)
        new = answered(old, "1.benefits", Value.YES, "nobody")
        with pytest.raises(NotFound, match="no member with the id 'nobody'"):
            unit.save(team.journey.id, team.id, old, new, "answer", team.anna.id)


def test_rows_that_a_change_does_not_touch_are_not_written(workspace: Workspace, engine: Engine, team: Any) -> None:
    with workspace.unit() as unit:
        old = unit.load(team.journey.id, team.id)
        new = answered(old, "1.benefits", Value.YES)
        unit.save(team.journey.id, team.id, old, new, "answer", team.anna.id)
        unit.commit()
    with engine.begin() as connection:
        connection.execute(update(AnswerRow).values(note="written past the workspace"))
        connection.execute(update(JourneyRow).values(title="Renamed"))
    with workspace.unit() as unit:
        unit.save(team.journey.id, team.id, new, answered(new, "1.evidence", Value.YES), "answer", team.anna.id)
        unit.commit()
        assert unit.load(team.journey.id, team.id).answers["1.benefits"].note == "written past the workspace"
        assert unit.journeys(team.id)[0].title == "Renamed"
