"""A message for a person: what of a sentence is the message, and what is said where the operator is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions import person
from actions.composing import text
from actions.skill import Ctx
from assistant.replies import LONGEST_TEXT
from assistant.settings import Settings
from assistant.workspace import Left, MemberRef, TakenBack
from tests.actions.turns import turn_with

MAILED = Settings(operator="Acme Agency", operator_email="help@example.org", smtp_url="smtp://host")


class Inbox:
    """As much of a unit of work as leaving a message needs."""

    def __init__(self, unit: Any) -> None:
        self.profile = unit.profile
        self.left: list[tuple[str, str, str | None, str | None]] = []
        self.came_of_it = TakenBack.DONE

    def leave_message(self, member: MemberRef, channel: str, text: str, step: str | None, question: str | None) -> Left:
        self.left.append((channel, text, step, question))
        return Left("key-1", again=len(self.left) > 1)

    def take_back(self, member: MemberRef, key: str) -> TakenBack:
        return self.came_of_it


def turn(words: str = "", focus: str | None = None, focus_id: str | None = None, **given: Any) -> tuple[Ctx, Inbox]:
    ctx = turn_with(words, **given)
    inbox: Any = Inbox(ctx.turn.unit)
    ctx.turn.unit = inbox
    ctx._slots.update(focus=focus, focus_id=focus_id)
    return ctx, inbox


def said(ctx: Ctx) -> str:
    return "\n".join(composer.build()[0].text for composer in ctx.composers)


def act(skill: Any, ctx: Ctx) -> str:
    skill().act(ctx)
    return said(ctx)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(settings: Settings) -> None:
        monkeypatch.setattr(person, "_settings", lambda: settings)

    use(Settings())
    return use


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("leave a message: our training link is broken", "our training link is broken"),
        ("Message for the team: the link: it is dead", "the link: it is dead"),
        ("can I talk to a human: step 6 confuses us", "step 6 confuses us"),
        ("I want to report a mistake: the year of case 18", "the year of case 18"),
        ("please tell the team that the link is dead", "the link is dead"),
        ("can you tell the people behind this that step 6 confuses us", "step 6 confuses us"),
        ("tell whoever runs this the link is dead", "the link is dead"),
        ("could you let somebody know that we moved", "we moved"),
        ("pass on a message to the team that we moved", "we moved"),
        ("leave a message saying that we moved", "we moved"),
        ("skip this and tell the team that we moved", "we moved"),
    ],
)
def test_what_follows_is_the_message(words: str, message: str) -> None:
    assert person.message_in(words) == message


@pytest.mark.parametrize(
    "words",
    [
        "leave a message", "Leave a message.", "can I talk to a human?", "leave a message: yes", "leave a message:",
        "who can I contact", "tell somebody about it", "I'd rather talk to a person", "human please", "",
        "is there anybody I could call about this", "call me: now please", "a" * 2000, "tell " * 400,
    ],
)  # fmt: skip
def test_nothing_follows(words: str) -> None:
    assert person.message_in(words) is None


def test_what_was_waited_for_is_taken_along_and_comes_back() -> None:
    ctx, inbox = turn("leave a message", "question", "1.evidence", current="1")
    act(person.leave_message, ctx)
    assert (ctx.focus, ctx.focus_id, inbox.left) == ("message", "question:1.evidence", [])
    ctx, inbox = turn("the link is dead", "message", "question:1.evidence", current="1", note="the link is dead")
    act(person.keep_message, ctx)
    assert (ctx.focus, ctx.focus_id) == ("question", "1.evidence")
    assert inbox.left == [("terminal", "the link is dead", "1", "1.evidence")]


def test_asked_twice_it_still_knows_what_was_waited_for() -> None:
    ctx, _ = turn("", "message", "lesson:project-failed:5", current="6")
    act(person.leave_message, ctx)
    assert (ctx.focus, ctx.focus_id) == ("message", "lesson:project-failed:5")
    act(person.drop_message, ctx)
    assert (ctx.focus, ctx.focus_id) == ("lesson", "project-failed:5")


def test_it_is_kept_as_written_whatever_it_begins_with() -> None:
    ctx, inbox = turn("tell the team that we moved", "message", ":")
    act(person.keep_message, ctx)
    assert inbox.left[0][1] == "tell the team that we moved"


@pytest.mark.parametrize("words", ["yes", "Ok.", "yes please", " please ", "a message"])
def test_a_bare_yes_is_no_message(words: str) -> None:
    ctx, inbox = turn(words, "message", "question:1.evidence")
    assert text("person.ask_again") in act(person.keep_message, ctx)
    assert (ctx.focus, ctx.focus_id, inbox.left) == ("message", "question:1.evidence", [])


def test_one_that_is_too_long_in_one_go_is_asked_for_again() -> None:
    ctx, inbox = turn("leave a message: " + "word " * 250, "question", "1.evidence", current="1")
    assert "1,249 characters" in act(person.leave_message, ctx)
    assert (ctx.focus, ctx.focus_id, inbox.left) == ("message", "question:1.evidence", [])


def test_the_operator_is_named_and_the_e_mail_is_told(settings: Any) -> None:
    ctx, _ = turn("leave a message: write to ana@primer.si")
    words = act(person.leave_message, ctx)
    assert "Kept for whoever runs this assistant, as written: “write to ana@primer.si”" in words
    assert text("person.in_inbox") in words
    settings(MAILED)
    ctx, _ = turn("leave a message: write to ana@primer.si")
    words = act(person.leave_message, ctx)
    assert "Kept for Acme Agency" in words
    assert text("person.by_mail") in words
    settings(replace(MAILED, smtp_url="", operator_email=""))
    ctx, _ = turn("leave a message")
    assert "a person: Acme Agency." in act(person.leave_message, ctx)


@pytest.mark.parametrize(
    ("words", "reachable"),
    [("call 040 123 456 today", True), ("ana@primer.si has it", True), ("in 2026 case 18 says 1,000", False)],
)
def test_whether_an_answer_is_possible_is_said(words: str, reachable: bool) -> None:
    ctx, _ = turn(f"leave a message: {words}")
    assert (text("person.no_address") not in act(person.leave_message, ctx)) is reachable


@pytest.mark.parametrize("came_of_it", TakenBack)
def test_what_came_of_taking_it_back_is_said(came_of_it: TakenBack) -> None:
    ctx, inbox = turn(message="key-1")
    inbox.came_of_it = came_of_it
    assert text(person._CAME_OF_IT[came_of_it]) in act(person.drop_message, ctx)


def test_what_is_kept_is_said_in_one_reply_whoever_runs_it(settings: Any) -> None:
    for used, key in ((Settings(), "privacy_nothing_sent"), (replace(MAILED, operator="x" * 40), "privacy_mail")):
        settings(used)
        ctx, _ = turn("who sees this", audience=None)
        ctx.turn.seen = None
        assert text(f"person.{key}") in act(person.ask_privacy, ctx)
        assert len(text("person.privacy", operator="")) < LONGEST_TEXT


@pytest.mark.parametrize("words", ["delete my data", "please forget us", "I want everything erased", "remove it all"])
def test_whoever_wants_it_deleted_is_told_who_can(words: str) -> None:
    ctx, _ = turn(words, audience=None)
    assert act(person.ask_privacy, ctx) == text("person.delete", operator=text("person.operator"))


def test_no_reply_begins_with_what_was_just_said_about_languages() -> None:
    ctx, _ = turn("and German?", audience=None)
    ctx.turn._said_last = (text("person.language"),)
    assert act(person.ask_language, ctx) == text("person.language_2")
