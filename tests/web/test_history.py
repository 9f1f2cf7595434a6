"""What a page shows when it is opened again: one's own conversation, in order, and no more than fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from assistant.workspace import Workspace
from tests.web.conftest import Visitor


def test_before_anything_was_said_there_is_the_greeting(visitor: Visitor) -> None:
    body = visitor.get("history").json()
    assert body["messages"] == []
    assert body["greeting"]["text"] == "Hello."


def test_both_sides_are_there_in_order(visitor: Visitor) -> None:
    visitor.say(text="first")
    visitor.say(payload="/what_next", title="What next?")
    lines = visitor.get("history").json()["messages"]
    assert [(line["from"], line["text"] or line["reply"]["text"]) for line in lines] == [
        ("you", "first"),
        ("waymark", "You said: first"),
        ("waymark", "And then?"),
        ("you", "What next?"),
        ("waymark", "You pressed: /what_next"),
        ("waymark", "And then?"),
    ]
    assert [line["id"] for line in lines] == sorted({line["id"] for line in lines})


def test_a_reply_comes_back_as_it_was_given(visitor: Visitor) -> None:
    given = visitor.say(text="hello").json()["messages"]
    lines = visitor.get("history").json()["messages"]
    assert [line["reply"] for line in lines if line["from"] == "waymark"] == given
    assert lines[0]["reply"] is None
    assert lines[1]["text"] is None


def test_times_are_given_with_their_zone(visitor: Visitor) -> None:
    before = datetime.now(timezone.utc)
    visitor.say(text="hello")
    at = datetime.fromisoformat(visitor.get("history").json()["messages"][0]["at"].replace("Z", "+00:00"))
    assert at.utcoffset() == timedelta(0)
    assert abs(at - before) < timedelta(seconds=30)


def test_it_holds_the_last_hundred_messages(visitor: Visitor) -> None:
    for number in range(40):
        visitor.say(text=f"message {number}")
    lines = visitor.get("history").json()["messages"]
    assert len(lines) == 100
    # Three messages a turn: the twenty that are left out are six turns and two thirds of the seventh.
    assert [line["text"] for line in lines if line["from"] == "you"] == [f"message {n}" for n in range(7, 40)]
    assert lines[0]["reply"]["text"] == lines[-1]["reply"]["text"] == "And then?"


def test_each_sees_only_their_own(arrive: Callable[[], Visitor]) -> None:
    anna, ben = arrive(), arrive()
    anna.say(text="anna's")
    ben.say(text="ben's")
    anna.say(text="anna's again")
    said = [[m["text"] for m in who.get("history").json()["messages"] if m["from"] == "you"] for who in (anna, ben)]
    assert said == [["anna's", "anna's again"], ["ben's"]]


def test_colleagues_share_a_journey_but_not_what_they_said(visitor: Visitor, workspace: Workspace) -> None:
    with workspace.unit() as unit:
        anna = unit.find_member("web", visitor.token)
        assert anna is not None
        unit.new_member("web", "a colleague's token", "Ben", anna.organisation_id)
        unit.commit()
    ben = Visitor(visitor.client, "a colleague's token")
    visitor.say(text="what Anna said")
    assert ben.get("history").json()["messages"] == []


def test_asking_for_another_member_changes_nothing(arrive: Callable[[], Visitor]) -> None:
    anna, ben = arrive(), arrive()
    anna.say(text="anna's")
    assert ben.get("history?member=1&limit=1000").json()["messages"] == []
