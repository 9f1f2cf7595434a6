"""What was said, and the dialogue's memory of it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.workspace import Workspace


def test_messages_come_in_order_and_can_be_leafed_back(workspace: Workspace, team: Any, clock: Any) -> None:
    with workspace.unit() as unit:
        for number in range(5):
            direction = ("in", "out")[number % 2]
            unit.add_message(team.anna.id, direction, {"text": str(number)}, clock.pass_by(seconds=1))
        unit.add_message(team.ben.id, "in", {"text": "Ben"}, clock())
        assert unit.messages(team.anna.id) == []
        unit.commit()
        every = unit.messages(team.anna.id)
        assert [message.body["text"] for message in every] == ["0", "1", "2", "3", "4"]
        assert [message.direction for message in every] == ["in", "out", "in", "out", "in"]
        assert every[-1].at == clock()
        assert unit.messages(team.anna.id, limit=2) == every[3:]
        assert unit.messages(team.anna.id, limit=2, before_id=every[3].id) == every[1:3]
        assert unit.messages(team.anna.id, before_id=every[0].id) == []


def test_a_message_goes_in_or_out(workspace: Workspace, team: Any, clock: Any) -> None:
    with workspace.unit() as unit, pytest.raises(ValueError, match="in or out, found 'sideways'"):
        unit.add_message(team.anna.id, "sideways", {}, clock())


def test_a_conversation_is_kept_replaced_and_forgotten(workspace: Workspace) -> None:
    with workspace.unit() as unit:
        assert unit.load_conversation("web:1") is None
        state = {"slots": {"a": [1, None]}}
        unit.save_conversation("web:1", state)
        state["slots"]["a"] = []
        assert unit.load_conversation("web:1") == {"slots": {"a": [1, None]}}
        unit.commit()
    with workspace.unit() as unit:
        assert unit.load_conversation("web:1") == {"slots": {"a": [1, None]}}
        unit.save_conversation("web:1", {"slots": {}})
        unit.commit()
        assert unit.load_conversation("web:1") == {"slots": {}}
        unit.delete_conversation("web:1")
        assert unit.load_conversation("web:1") is None
        unit.commit()
        assert unit.load_conversation("web:1") is None
