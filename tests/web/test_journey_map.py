"""The map of the journey: its shape, and what it says of where somebody stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from actions.context import journey_knowledge
from assistant.journey import Audience, Change, JourneyState, Value, answer, begin
from assistant.workspace import Workspace
from tests.web.conftest import Visitor

CO_COUNTS = {"1": 3, "2": 2, "3": 3, "4": 5, "5": 3, "6": 4, "7": 2, "8": 5, "9": 7, "10": 2, "funding": 2}
PM_COUNTS = {"1": 3, "2": 2, "3": 3, "4": 5, "5": 3, "6": 2, "7": 1, "8": 2, "9": 3, "10": 1, "funding": 2}
PHASES = [
    ("get_ready", ["1", "2", "3", "4", "5"]),
    ("use_networks", ["6"]),
    ("take_action", ["7", "8", "9"]),
    ("use_networks", ["10"]),
    ("utilise_funding", ["funding"]),
]


def steps_of(body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["key"]: step for phase in body["phases"] for step in phase["steps"]}


@pytest.fixture
def change(visitor: Visitor, workspace: Workspace) -> Callable[..., None]:
    """Makes a change to the visitor's journey, as a turn would."""

    def apply(transition: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        with workspace.unit() as unit:
            member = unit.find_member("web", visitor.token)
            assert member is not None
            journey = unit.active_journey(member)
            old = unit.load(journey.id, member.organisation_id)
            found = transition(journey_knowledge().definition, old, *arguments, **named)
            new: JourneyState = found.state if isinstance(found, Change) else found
            unit.save(journey.id, member.organisation_id, old, new, "test", member.id)
            unit.commit()

    return apply


def test_before_anything_was_said_all_steps_are_shown_untouched(visitor: Visitor) -> None:
    body = visitor.get("journey").json()
    assert {k: v for k, v in body.items() if k != "phases"} == {
        "organisation": None,
        "audience": None,
        "round": 1,
        "current": None,
        "stopped": False,
    }
    steps = steps_of(body)
    assert {s["status"] for s in steps.values()} == {"not_started"}
    assert not any(s["current"] or s["answered"] or s["gaps"] for s in steps.values())
    assert {key: s["questions"] for key, s in steps.items()} == CO_COUNTS


def test_asking_for_it_makes_no_journey(visitor: Visitor, rows: Callable[[], dict[str, int]]) -> None:
    before = rows()
    visitor.get("journey")
    assert rows() == before


def test_the_phases_stand_in_the_order_they_are_walked(visitor: Visitor) -> None:
    phases = visitor.get("journey").json()["phases"]
    assert [(p["key"], [s["key"] for s in p["steps"]]) for p in phases] == PHASES
    assert phases[1]["title"] == phases[3]["title"]
    assert all(p["title"] for p in phases)


def test_a_step_says_what_it_is_called_and_what_opens_it(visitor: Visitor) -> None:
    steps = steps_of(visitor.get("journey").json())
    assert set(steps["4"]) == {
        "key", "number", "title", "short", "status", "current", "answered", "questions", "gaps", "payload",
    }  # fmt: skip
    assert steps["4"]["title"] == "Create strategy and action plan"
    assert steps["4"]["payload"] == '/open_step{"step":"4"}'
    assert [s["number"] for s in steps.values()] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None]


@pytest.mark.parametrize(
    ("audience", "counts"), [(Audience.CLUSTER_ORGANISATION, CO_COUNTS), (Audience.POLICY_MAKER, PM_COUNTS)]
)
def test_the_questions_are_those_of_the_audience(
    visitor: Visitor, change: Callable[..., None], audience: Audience, counts: dict[str, int]
) -> None:
    change(begin, audience)
    body = visitor.get("journey").json()
    assert body["audience"] == audience.value
    assert {key: s["questions"] for key, s in steps_of(body).items()} == counts


def test_it_shows_what_was_answered_and_where_one_stands(visitor: Visitor, change: Callable[..., None]) -> None:
    change(begin, Audience.CLUSTER_ORGANISATION)
    change(answer, "1.benefits", Value.YES)
    change(answer, "1.evidence", Value.NOT_YET)
    body = visitor.get("journey").json()
    first = steps_of(body)["1"]
    assert body["current"] == "1"
    assert first["current"] is True
    assert (first["status"], first["answered"], first["questions"], first["gaps"]) == ("in_progress", 2, 3, 1)
    assert [key for key, s in steps_of(body).items() if s["current"]] == ["1"]


def test_a_passed_step_and_one_to_revisit_are_told_apart(visitor: Visitor, change: Callable[..., None]) -> None:
    change(begin, Audience.CLUSTER_ORGANISATION)
    for question in ("1.benefits", "1.evidence", "1.priorities"):
        change(answer, question, Value.YES)
    assert steps_of(visitor.get("journey").json())["1"]["status"] == "passed"
    change(answer, "1.evidence", Value.NOT_YET)
    assert steps_of(visitor.get("journey").json())["1"]["status"] == "to_revisit"


def test_the_round_and_a_stop_are_shown(visitor: Visitor, change: Callable[..., None]) -> None:
    change(begin, Audience.CLUSTER_ORGANISATION)
    change(lambda _, state: replace(state, round=2, dead_end=True, revision=state.revision + 1))
    body = visitor.get("journey").json()
    assert (body["round"], body["stopped"]) == (2, True)


def test_it_names_the_organisation_once_it_is_known(visitor: Visitor, workspace: Workspace) -> None:
    with workspace.unit() as unit:
        member = unit.find_member("web", visitor.token)
        assert member is not None
        unit.rename_organisation(member.organisation_id, "Alpine Photonics")
        unit.commit()
    assert visitor.get("journey").json()["organisation"] == "Alpine Photonics"


def test_each_sees_only_their_own(visitor: Visitor, arrive: Callable[[], Visitor], change: Callable[..., None]) -> None:
    change(begin, Audience.POLICY_MAKER)
    assert arrive().get("journey").json()["audience"] is None


def test_colleagues_see_the_same(visitor: Visitor, workspace: Workspace, change: Callable[..., None]) -> None:
    with workspace.unit() as unit:
        anna = unit.find_member("web", visitor.token)
        assert anna is not None
        unit.new_member("web", "a colleague's token", "Ben", anna.organisation_id)
        unit.commit()
    change(begin, Audience.POLICY_MAKER)
    assert Visitor(visitor.client, "a colleague's token").get("journey").json() == visitor.get("journey").json()
