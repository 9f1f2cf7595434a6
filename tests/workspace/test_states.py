"""The parts of a state: their difference, and their way into the database and back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, datetime, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.journey.definition import Audience
from assistant.journey.state import Action, Answer, JourneyState, Mark, MarkStatus, Value
from assistant.workspace import Workspace, codec

QUESTIONS = ["1.benefits", "1.evidence", "4.buy-in", "f.programmes"]
STEPS = ["1", "2", "9", "funding"]
ROUTES = ["project-failed", "results-measured", "round-completed"]

revisions = st.integers(0, 50)
notes = st.none() | st.text(max_size=20)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(timezone.utc))
numbers_by_question = st.dictionaries(st.sampled_from(QUESTIONS), revisions)
numbers_by_step = st.dictionaries(st.sampled_from(STEPS), revisions)


def _keyed(items: list[Any], key: str) -> dict[str, Any]:
    return {getattr(item, key): item for item in items}


def _marks(items: list[Mark]) -> tuple[Mark, ...]:
    unique = {codec.mark_key(mark): mark for mark in items}
    return tuple(sorted(unique.values(), key=lambda mark: mark.revision))


answers = st.lists(
    st.builds(
        Answer, st.sampled_from(QUESTIONS), st.sampled_from(Value), notes, revisions, st.none(), st.none() | moments
    )
).map(lambda items: _keyed(items, "question"))
actions = st.lists(
    st.builds(
        Action,
        id=st.sampled_from(["a", "b", "c"]),
        question=st.sampled_from(QUESTIONS),
        text=st.text(max_size=20),
        due=st.none() | st.dates(),
        owner=notes,
        done=st.booleans(),
        revision=revisions,
    )
).map(lambda items: _keyed(items, "id"))
marks = st.lists(
    st.builds(
        Mark,
        st.sampled_from(ROUTES),
        st.lists(st.sampled_from(STEPS)).map(tuple),
        st.integers(0, 3),
        st.sampled_from(MarkStatus),
        notes,
        st.none() | revisions,
    )
).map(_marks)
states = st.builds(
    JourneyState,
    audience=st.none() | st.sampled_from(Audience),
    current=st.none() | st.sampled_from(STEPS),
    revision=revisions,
    answers=answers,
    deferred=numbers_by_question,
    declined_actions=numbers_by_question,
    marks=marks,
    passed=numbers_by_step,
    opened=numbers_by_step,
    actions=actions,
    round=st.integers(1, 5),
    dead_end=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(states, states)
def test_a_difference_leads_there_and_back(old: JourneyState, new: JourneyState) -> None:
    before, after = codec.diff(old, new)
    assert codec.apply(old, after) == new
    assert codec.apply(new, before) == old


@settings(max_examples=60, deadline=None)
@given(states, states)
def test_a_difference_is_json_and_holds_nothing_that_is_the_same(old: JourneyState, new: JourneyState) -> None:
    before, after = codec.diff(old, new)
    assert json.loads(json.dumps([before, after])) == [before, after]
    assert before.keys() == after.keys()
    for section, given_parts in before.items():
        assert getattr(old, section) != getattr(new, section)
        if isinstance(given_parts, dict):
            assert given_parts.keys() == after[section].keys()
            assert all(given_parts[key] != after[section][key] for key in given_parts)


@settings(max_examples=60, deadline=None)
@given(states)
def test_a_state_does_not_differ_from_itself(state: JourneyState) -> None:
    assert codec.diff(state, state) == ({}, {})
    assert codec.apply(state, {}) == state


@settings(max_examples=60, deadline=None)
@given(states, states)
def test_decoded_parts_are_the_states_own_values(old: JourneyState, new: JourneyState) -> None:
    _, after = codec.diff(old, new)
    decoded = codec.decode(after)
    for section, value in decoded.items():
        if section == "marks":
            expected: Any = {codec.mark_key(mark): mark for mark in new.marks}
        else:
            expected = getattr(new, section)
        if isinstance(value, dict):
            assert value == {key: expected.get(key) for key in value}
        else:
            assert value == expected


def test_every_field_of_a_state_is_a_part() -> None:
    """A field that is added to the state but not to the codec would be lost silently."""
    covered = {*codec._SINGLE, *codec._NUMBERED, "answers", "actions", "marks"}
    assert covered == {field.name for field in fields(JourneyState)}


def _stored(text: str | None) -> str | None:
    return None if text is None else text.replace("\x00", "")


def _as_stored(state: JourneyState) -> JourneyState:
    return replace(
        state,
        answers={key: replace(a, note=_stored(a.note)) for key, a in state.answers.items()},
        actions={k: replace(a, text=_stored(a.text) or "", owner=_stored(a.owner)) for k, a in state.actions.items()},
        marks=tuple(replace(mark, note=_stored(mark.note)) for mark in state.marks),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states, states)
def test_every_part_comes_back_from_the_database(
    workspace: Workspace, first: JourneyState, second: JourneyState
) -> None:
    first, second = replace(first, revision=1), replace(second, revision=2)
    with workspace.unit() as unit:
        member = unit.new_member("web", f"key-{id(first)}-{id(second)}")
        journey = unit.new_journey(member.organisation_id, "Journey")
        unit.save(journey.id, member.organisation_id, JourneyState(), first, "first", member.id)
        unit.commit()
        loaded = unit.load(journey.id, member.organisation_id)
        assert loaded == _as_stored(first)
        unit.save(journey.id, member.organisation_id, loaded, second, "second", member.id)
        unit.revoke("web", f"key-{id(first)}-{id(second)}")
        unit.commit()
        assert unit.load(journey.id, member.organisation_id) == _as_stored(second)


FULL = JourneyState(
    audience=Audience.CLUSTER_ORGANISATION,
    current="9",
    revision=9,
    answers={
        "1.benefits": Answer("1.benefits", Value.YES, "40 members", 1, None, datetime(2026, 3, 1, tzinfo=timezone.utc)),
        "9.monitoring": Answer("9.monitoring", Value.NOT_YET, None, 2),
    },
    deferred={"1.evidence": 3},
    declined_actions={"9.monitoring": 4},
    marks=(
        Mark("results-measured", ("3",), 5, MarkStatus.OFFERED),
        Mark("project-failed", ("6",), 5, MarkStatus.TAKEN, "the partner left", 6),
    ),
    passed={"1": 1},
    opened={"1": 0, "9": 7},
    actions={"a": Action("a", "9.monitoring", "Write the plan", date(2026, 4, 1), "Ben", True, 8)},
    round=2,
    dead_end=True,
)


@pytest.mark.parametrize("section", [field.name for field in fields(JourneyState) if field.name != "revision"])
def test_each_part_alone_is_stored_and_taken_away(workspace: Workspace, section: str) -> None:
    alone = replace(JourneyState(), revision=1, **{section: getattr(FULL, section)})
    gone = replace(JourneyState(), revision=2)
    assert alone != replace(JourneyState(), revision=1)
    with workspace.unit() as unit:
        member = unit.new_member("web", "key")
        journey = unit.active_journey(member)
        unit.save(journey.id, member.organisation_id, JourneyState(), alone, "set", member.id)
        unit.commit()
        assert unit.load(journey.id, member.organisation_id) == alone
        unit.save(journey.id, member.organisation_id, alone, gone, "clear", member.id)
        unit.commit()
        assert unit.load(journey.id, member.organisation_id) == gone
