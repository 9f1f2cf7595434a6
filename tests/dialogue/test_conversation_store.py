"""The bounded window: what is kept of a conversation, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from assistant.dialogue.conversation_store import WINDOW
from assistant.workspace import MemberRef, Workspace

if TYPE_CHECKING:
    from assistant.dialogue.assistant import Assistant

pytestmark = pytest.mark.model


async def test_the_window_stays_bounded_and_keeps_the_slots(
    assistant: Assistant, database: Workspace, make_member: Callable[[str], MemberRef]
) -> None:
    anna = make_member("anna")
    await assistant.text(anna, "terminal", "just tell me")
    for turn in range(40):
        await assistant.text(anna, "terminal", ("why do you ask", "where are we", "yes", "undo")[turn % 4])
    with database.unit() as unit:
        state = unit.load_conversation(anna.id)
    assert state is not None
    assert 0 < len(state["events"]) <= WINDOW
    assert state["events"][0]["event"] == "user"
    assert state["slots"]["focus"] == "question"
    assert "intent_ranking" not in str(state["events"])


async def test_a_conversation_goes_on_from_its_window_alone(
    assistant: Assistant, make_member: Callable[[str], MemberRef]
) -> None:
    from assistant.dialogue.assistant import Assistant as Fresh

    anna = make_member("anna")
    first = await assistant.text(anna, "terminal", "just tell me")
    again = Fresh(assistant.workspace, assistant._agent)
    replies = await again.text(anna, "terminal", "why do you ask")
    assert first[-1].progress == replies[-1].progress


async def test_two_people_have_two_conversations(
    assistant: Assistant, database: Workspace, make_member: Callable[[str], MemberRef]
) -> None:
    anna, ben = make_member("anna"), make_member("ben")
    await assistant.text(anna, "terminal", "just tell me")
    await assistant.text(ben, "terminal", "hi")
    with database.unit() as unit:
        states = [unit.load_conversation(member.id) for member in (anna, ben)]
    assert [state and state["slots"]["focus"] for state in states] == ["question", "role"]
