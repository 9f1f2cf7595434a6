"""A turn: stored whole or not at all, taken anew when a colleague was faster, refused when it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from assistant.dialogue.refusal import MessageRefused
from assistant.journey import Value
from assistant.workspace import MemberRef, Workspace

if TYPE_CHECKING:
    from assistant.dialogue.assistant import Assistant

pytestmark = pytest.mark.model
Make = Callable[[str], MemberRef]


def _everything(database: Workspace, member: MemberRef) -> tuple[object, ...]:
    with database.unit() as unit:
        journey = unit.active_journey(member)
        return (
            unit.load(journey.id, member.organisation_id),
            unit.load_conversation(member.id),
            [m.body for m in unit.messages(member.id)],
            [c.revision for c in unit.changes(journey.id, member.organisation_id)],
        )


async def test_an_action_that_fails_leaves_everything_as_it_was(
    assistant: Assistant, database: Workspace, make_member: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from actions.context import Turn

    anna = make_member("anna")
    await assistant.text(anna, "terminal", "just tell me")
    before = _everything(database, anna)
    save = Turn.save

    def save_and_fail(self: Turn, *given: object) -> None:
        save(self, *given)  # type: ignore[arg-type]
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(Turn, "save", save_and_fail)
        replies = await assistant.text(anna, "terminal", "yes, we surveyed 40 members")
    assert "nothing was changed" in replies[0].text
    assert replies[0].buttons
    assert _everything(database, anna) == before
    await assistant.text(anna, "terminal", "yes, we surveyed 40 members")
    state = _everything(database, anna)[0]
    assert state.answers["1.benefits"].value is Value.YES  # type: ignore[attr-defined]


async def test_a_commit_that_fails_leaves_everything_as_it_was(
    assistant: Assistant, database: Workspace, make_member: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.workspace import Unit

    anna = make_member("anna")
    await assistant.text(anna, "terminal", "just tell me")
    before = _everything(database, anna)

    def fail(self: Unit) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Unit, "commit", fail)
        replies = await assistant.text(anna, "terminal", "yes")
    assert "nothing was changed" in replies[0].text
    assert _everything(database, anna) == before


async def test_a_turn_is_taken_anew_when_a_colleague_was_faster(
    assistant: Assistant, database: Workspace, make_member: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process answers between this turn's reading and its commit."""
    from assistant.journey import answer
    from assistant.workspace import Unit

    anna = make_member("anna")
    with database.unit() as unit:
        ben = unit.new_member("terminal", "ben", organisation_id=anna.organisation_id)
        unit.commit()
    await assistant.text(anna, "terminal", "just tell me")
    commit, overtaken = Unit.commit, []

    def overtake(self: Unit) -> None:
        if not overtaken:
            overtaken.append(True)
            with database.unit() as other:
                journey = other.active_journey(ben)
                state = other.load(journey.id, ben.organisation_id)
                definition = assistant.definition
                new = answer(definition, state, "1.priorities", Value.PARTLY, by=ben.id).state
                other.save(journey.id, ben.organisation_id, state, new, "answer", ben.id)
                commit(other)
        commit(self)

    with monkeypatch.context() as racing:
        racing.setattr(Unit, "commit", overtake)
        await assistant.text(anna, "terminal", "yes")
    with database.unit() as unit:
        state = unit.load(unit.active_journey(anna).id, anna.organisation_id)
    assert {q: a.value for q, a in state.answers.items()} == {
        "1.benefits": Value.YES,
        "1.priorities": Value.PARTLY,
    }


@pytest.mark.parametrize(
    "button",
    [
        "",
        "yes",
        "/",
        "/no_such_intent",
        '/answer{"value"',
        '/answer{"value":["yes"]}',
        '/answer{"colour":"red"}',
        "/answer{}x",
        "/restart",
        "/answer" + "{" * 3000,
    ],
)
async def test_a_button_that_is_none_of_ours_is_refused(
    assistant: Assistant, database: Workspace, make_member: Make, button: str
) -> None:
    anna = make_member("anna")
    await assistant.text(anna, "terminal", "just tell me")
    before = _everything(database, anna)
    with pytest.raises(MessageRefused) as refused:
        await assistant.press(anna, "web", button)
    assert refused.value.code == "unknown_button"
    assert _everything(database, anna) == before


@pytest.mark.parametrize(
    "button",
    ['/answer{"value":"maybe","question":"1.benefits"}', '/answer{"value":"yes","question":"99.nothing"}',
     '/open_step{"step":"99"}', '/take_route{"route":"nowhere"}', '/finish_action{"action":"none"}',
     '/plan_action{"question":"1.benefits","weeks":"soon"}', '/define_term{"term":"xyzzy"}',
     '/declare_standing{"standing":"nowhere"}', '/declare_role{"audience":"king"}',
     '/correct_answer{"question":"8.capacity-support","value":"yes"}'],
)  # fmt: skip
async def test_a_button_with_nonsense_in_it_changes_no_answer_and_leaves_a_way_on(
    assistant: Assistant, database: Workspace, make_member: Make, button: str
) -> None:
    anna = make_member("anna")
    await assistant.text(anna, "terminal", "just tell me")
    replies = await assistant.press(anna, "web", button)
    assert any(reply.buttons for reply in replies)
    assert not any("went wrong" in reply.text for reply in replies)
    state = _everything(database, anna)[0]
    assert not state.answers  # type: ignore[attr-defined]


async def test_a_message_that_is_too_long_is_refused_with_the_reason(
    assistant: Assistant, database: Workspace, make_member: Make
) -> None:
    anna = make_member("anna")
    before = _everything(database, anna)
    with pytest.raises(MessageRefused, match=r"20000 characters; I read up to 2000"):
        await assistant.text(anna, "terminal", "a" * 20_000)
    assert _everything(database, anna) == before
