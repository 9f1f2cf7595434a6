"""No method of a unit reaches from one organisation into another."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, select

from assistant.journey.state import Answer, JourneyState, Value
from assistant.workspace import Crossing, MemberRef, NotFound, Unit, Workspace
from assistant.workspace.models import Base

OLD, NEW = JourneyState(), JourneyState(current="1", revision=1)

# What each method is asked: with the ids of a journey, of a member, and of the organisation that asks.
Ask = Callable[[Unit, str, str, str], Any]

JOURNEY: dict[str, Ask] = {
    "load": lambda unit, journey, _member, org: unit.load(journey, org),
    "pause": lambda unit, journey, _member, org: unit.pause(journey, org, None),
    "save": lambda unit, journey, member, org: unit.save(journey, org, OLD, NEW, "open", member),
    "changes": lambda unit, journey, _member, org: unit.changes(journey, org),
    "last_undoable": lambda unit, journey, member, org: unit.last_undoable(journey, org, member),
    "undo": lambda unit, journey, member, org: unit.undo(journey, org, member, lambda current, before, after: before),
    "history": lambda unit, journey, _member, org: unit.history(journey, org, "1.benefits"),
}
MEMBER: dict[str, Ask] = {
    "active_journey": lambda unit, _journey, member, org: unit.active_journey(MemberRef(member, org)),
    "save": JOURNEY["save"],
    "last_undoable": JOURNEY["last_undoable"],
    "undo": JOURNEY["undo"],
    "member_name": lambda unit, _journey, member, org: unit.member_name(member, org),
    "set_member": lambda unit, _journey, member, org: unit.set_member(member, org, display_name="Mallory"),
    "leave_message": lambda unit, _journey, member, org: unit.leave_message(MemberRef(member, org), "web", "Hello"),
    "take_back": lambda unit, _journey, member, org: unit.take_back(MemberRef(member, org), "a key"),
}
ORGANISATION: dict[str, Ask] = {
    "journeys": lambda unit, _journey, _member, org: unit.journeys(org),
    "new_journey": lambda unit, _journey, _member, org: unit.new_journey(org, "Japan"),
    "new_member": lambda unit, _journey, _member, org: unit.new_member("web", "new", organisation_id=org),
    "profile": lambda unit, _journey, _member, org: unit.profile(org),
    "set_profile": lambda unit, _journey, _member, org: unit.set_profile(org, name="Mallory"),
    "rename_organisation": lambda unit, _journey, _member, org: unit.rename_organisation(org, "Mallory"),
}
UNSCOPED = {
    "commit": "writes what was checked when it was collected",
    "rollback": "writes nothing",
    "close": "writes nothing",
    "find_member": "the key itself is the permission",
    "revoke": "the key itself is the permission",
    "change_states": "reads no database",
    "add_message": "by the member alone, whom find_member has found",
    "messages": "by the member alone, whom find_member has found",
    "load_conversation": "by a key of the dialogue's own",
    "save_conversation": "by a key of the dialogue's own",
    "delete_conversation": "by a key of the dialogue's own",
}


def test_every_public_method_is_in_one_of_these_tables() -> None:
    methods = {name for name, _ in inspect.getmembers(Unit, callable) if not name.startswith("_")}
    assert methods == {*JOURNEY, *MEMBER, *ORGANISATION, *UNSCOPED}


def content(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)))) for name, table in Base.metadata.tables.items()
        }


@pytest.mark.parametrize("method", JOURNEY)
@pytest.mark.parametrize("known", [False, True], ids=["fresh", "after their own unit's loading"])
def test_a_journey_of_another_organisation_is_refused(
    workspace: Workspace, engine: Engine, team: Any, others: Any, method: str, known: bool
) -> None:
    before = content(engine)
    with workspace.unit() as unit:
        if known:
            unit.load(others.journey.id, others.id)
        with pytest.raises(Crossing):
            JOURNEY[method](unit, others.journey.id, team.anna.id, team.id)
        unit.commit()
    assert content(engine) == before


@pytest.mark.parametrize("method", MEMBER)
def test_a_member_of_another_organisation_is_refused(
    workspace: Workspace, engine: Engine, team: Any, others: Any, method: str
) -> None:
    with workspace.unit() as unit:
        state = unit.load(team.journey.id, team.id)
        answer = Answer("1.benefits", Value.YES, revision=1, by=team.anna.id)
        new = replace(state, answers={"1.benefits": answer}, revision=1)
        unit.save(team.journey.id, team.id, state, new, "answer", team.anna.id)
        unit.commit()
    before = content(engine)
    with workspace.unit() as unit:
        with pytest.raises(Crossing):
            MEMBER[method](unit, team.journey.id, others.anna.id, team.id)
        unit.commit()
    assert content(engine) == before


def test_an_answer_of_another_organisations_member_is_refused(workspace: Workspace, team: Any, others: Any) -> None:
    with workspace.unit() as unit:
        old = unit.load(team.journey.id, team.id)
        answer = Answer("1.benefits", Value.YES, revision=1, by=others.anna.id)
        new = replace(old, answers={"1.benefits": answer}, revision=1)
        with pytest.raises(Crossing):
            unit.save(team.journey.id, team.id, old, new, "answer", team.anna.id)


def test_a_journey_not_yet_committed_is_refused_too(workspace: Workspace, team: Any, others: Any) -> None:
    with workspace.unit() as unit:
        japan = unit.new_journey(others.id, "Japan")
        for ask in JOURNEY.values():
            with pytest.raises(Crossing):
                ask(unit, japan.id, team.anna.id, team.id)


@pytest.mark.parametrize("method", ORGANISATION)
def test_an_organisation_that_does_not_exist_is_not_found(workspace: Workspace, engine: Engine, method: str) -> None:
    before = content(engine)
    with workspace.unit() as unit:
        with pytest.raises(NotFound):
            ORGANISATION[method](unit, "", "", "nowhere")
        unit.commit()
    assert content(engine) == before


@pytest.mark.parametrize("method", sorted({*JOURNEY, *MEMBER}))
def test_what_does_not_exist_is_not_found(workspace: Workspace, team: Any, method: str) -> None:
    ask = {**JOURNEY, **MEMBER}[method]
    with workspace.unit() as unit, pytest.raises(NotFound):
        ask(unit, "nowhere", "nobody", team.id)


def test_lists_hold_ones_own_only(workspace: Workspace, team: Any, others: Any, clock: Any) -> None:
    with workspace.unit() as unit:
        unit.add_message(others.anna.id, "in", {"text": "hello"}, clock())
        unit.new_journey(others.id, "Japan")
        assert unit.journeys(team.id) == [team.journey]
        unit.commit()
        assert unit.journeys(team.id) == [team.journey]
        assert unit.messages(team.anna.id) == []
