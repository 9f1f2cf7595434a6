"""Messages for a person: left, taken back, read, closed and mailed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, inspect, select

from assistant.workspace import LONGEST_LEFT, Inbox, NotFound, TakenBack, Workspace, WorkspaceBusy, migrate
from assistant.workspace.models import InboxMessageRow, MemberRow, OrganisationRow


@pytest.fixture
def inbox(engine: Engine, clock: Any) -> Inbox:
    return Inbox(engine, clock)


def leave(workspace: Workspace, member: Any, text: str, **given: Any) -> str:
    with workspace.unit() as unit:
        left = unit.leave_message(member, "web", text, **given)
        unit.commit()
    return left.key


def take_back(workspace: Workspace, member: Any, key: str) -> TakenBack:
    with workspace.unit() as unit:
        came_of_it = unit.take_back(member, key)
        unit.commit()
    return came_of_it


def test_a_message_is_left_with_who_and_where(workspace: Workspace, team: Any, inbox: Inbox, clock: Any) -> None:
    with workspace.unit() as unit:
        unit.set_profile(team.id, sectors=["furniture"], country="SI")
        left = unit.leave_message(team.anna, "web", "  The link in step 5 is dead. ", "5", "5.trained")
        assert not left.again
        assert inbox.messages() == []
        unit.commit()
    (message,) = inbox.messages()
    assert (message.text, message.step, message.question) == ("The link in step 5 is dead.", "5", "5.trained")
    assert (message.organisation, message.organisation_id, message.member) == ("Alpine Photonics", team.id, "Anna")
    assert (message.sectors, message.country, message.channel) == (("furniture",), "SI", "web")
    assert (message.created_at, message.key) == (clock(), left.key)
    assert (message.read_at, message.closed_at, message.mailed_at) == (None, None, None)


def test_without_a_commit_nothing_is_left(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    with workspace.unit() as unit:
        unit.leave_message(team.anna, "web", "Hello")
    assert inbox.messages(unread=False) == []


def test_they_come_oldest_first(workspace: Workspace, team: Any, others: Any, inbox: Inbox, clock: Any) -> None:
    for number, member in enumerate((team.anna, others.ben, team.ben)):
        leave(workspace, member, f"Message {number}")
        clock.pass_by(minutes=1)
    messages = inbox.messages()
    assert [m.text for m in messages] == ["Message 0", "Message 1", "Message 2"]
    assert [m.organisation for m in messages] == ["Alpine Photonics", "Baltic Food", "Alpine Photonics"]
    assert messages[0].number < messages[1].number < messages[2].number


def test_the_same_text_is_kept_once_while_unread(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    first = leave(workspace, team.anna, "The link is dead")
    with workspace.unit() as unit:
        again = unit.leave_message(team.anna, "terminal", " the LINK  is dead")
        unit.commit()
    assert (again.key, again.again) == (first, True)
    leave(workspace, team.ben, "The link is dead")
    assert [m.member for m in inbox.messages()] == ["Anna", "Ben"]
    inbox.mark_read([m.number for m in inbox.messages()])
    assert leave(workspace, team.anna, "The link is dead") != first
    assert len(inbox.messages(unread=False)) == 3


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "x" * (LONGEST_LEFT + 1)])
def test_an_empty_or_endless_one_is_refused(workspace: Workspace, team: Any, text: str) -> None:
    with workspace.unit() as unit, pytest.raises(ValueError, match="expected a message of 1 to 1000 characters"):
        unit.leave_message(team.anna, "web", text)


def test_the_longest_is_kept_whole(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    text = "ß" * LONGEST_LEFT
    leave(workspace, team.anna, text)
    assert inbox.messages()[0].text == text


def test_what_no_database_can_hold_is_cleaned(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    leave(workspace, team.anna, "a\x00b \ud800 ščř 🙂")
    assert inbox.messages()[0].text == "ab ? ščř 🙂"


def test_it_can_be_taken_back_while_unread(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    key = leave(workspace, team.anna, "Hello")
    assert take_back(workspace, team.anna, key) is TakenBack.DONE
    assert inbox.messages(unread=False) == []
    assert take_back(workspace, team.anna, key) is TakenBack.NOT_THERE


def test_once_read_it_stays(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    key = leave(workspace, team.anna, "Hello")
    inbox.mark_read([inbox.messages()[0].number])
    assert take_back(workspace, team.anna, key) is TakenBack.READ_ALREADY
    assert len(inbox.messages(unread=False)) == 1


def test_one_that_was_mailed_is_taken_back_with_a_word(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    key = leave(workspace, team.anna, "Hello")
    inbox.mark_mailed(inbox.messages()[0].number)
    assert take_back(workspace, team.anna, key) is TakenBack.DONE_BUT_MAILED
    assert inbox.messages(unread=False) == []


def test_nobody_is_told_that_it_is_taken_back_when_it_was_read_meanwhile(
    workspace: Workspace, team: Any, inbox: Inbox
) -> None:
    key = leave(workspace, team.anna, "Hello")
    with workspace.unit() as unit:
        assert unit.take_back(team.anna, key) is TakenBack.DONE
        inbox.mark_read([inbox.messages()[0].number])
        with pytest.raises(WorkspaceBusy, match="read, or taken back, meanwhile"):
            unit.commit()
    assert len(inbox.messages(unread=False)) == 1


def test_only_who_left_it_takes_it_back(workspace: Workspace, team: Any, others: Any, inbox: Inbox) -> None:
    key = leave(workspace, team.anna, "Hello")
    assert take_back(workspace, team.ben, key) is TakenBack.NOT_THERE
    assert take_back(workspace, others.anna, key) is TakenBack.NOT_THERE
    assert len(inbox.messages()) == 1


def test_read_and_closed(workspace: Workspace, team: Any, inbox: Inbox, clock: Any) -> None:
    for text in ("one", "two", "three"):
        leave(workspace, team.anna, text)
    one, two, three = (m.number for m in inbox.messages())
    read_at = clock.pass_by(hours=1)
    inbox.mark_read([one])
    closed_at = clock.pass_by(hours=1)
    inbox.close([one, two])
    assert [m.number for m in inbox.messages()] == [three]
    states = {m.number: (m.read_at, m.closed_at) for m in inbox.messages(unread=False)}
    assert states == {one: (read_at, closed_at), two: (closed_at, closed_at), three: (None, None)}
    clock.pass_by(hours=1)
    inbox.close([one])
    assert {m.number: (m.read_at, m.closed_at) for m in inbox.messages(unread=False)} == states


def test_a_number_that_is_none_marks_nothing(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    leave(workspace, team.anna, "Hello")
    number = inbox.messages()[0].number
    for mark in (inbox.mark_read, inbox.close):
        with pytest.raises(NotFound, match=f"no message with the id '{number + 1}'"):
            mark([number, number + 1])
    assert [m.number for m in inbox.messages()] == [number]


def test_what_is_to_be_mailed(workspace: Workspace, team: Any, inbox: Inbox, clock: Any) -> None:
    minute = timedelta(minutes=1)
    for text in ("mailed", "read", "waiting"):
        leave(workspace, team.anna, text)
    mailed, read, waiting = (m.number for m in inbox.messages())
    assert inbox.to_mail(clock() - minute) == []
    clock.pass_by(minutes=1)
    leave(workspace, team.anna, "too new")
    inbox.mark_mailed(mailed)
    inbox.mark_read([read])
    assert [m.number for m in inbox.to_mail(clock() - minute)] == [waiting]
    inbox.mark_mailed(10_000)  # taken back meanwhile
    assert [m.mailed_at for m in inbox.messages(unread=False)][:2] == [clock(), None]


def test_a_message_outlives_its_writer_and_goes_with_the_organisation(
    workspace: Workspace, engine: Engine, team: Any, others: Any, inbox: Inbox
) -> None:
    leave(workspace, team.anna, "Hello")
    leave(workspace, others.anna, "Other")
    with engine.begin() as connection:
        connection.execute(delete(MemberRow).where(MemberRow.id == team.anna.id))
    assert [(m.text, m.member, m.organisation) for m in inbox.messages()] == [
        ("Hello", None, "Alpine Photonics"),
        ("Other", "Anna", "Baltic Food"),
    ]
    with engine.begin() as connection:
        connection.execute(delete(OrganisationRow).where(OrganisationRow.id == team.id))
        assert connection.execute(select(InboxMessageRow.text)).scalars().all() == ["Other"]


def test_a_number_is_never_given_twice(workspace: Workspace, team: Any, inbox: Inbox) -> None:
    key = leave(workspace, team.anna, "Hello")
    number = inbox.messages()[0].number
    take_back(workspace, team.anna, key)
    leave(workspace, team.anna, "Hello")
    assert inbox.messages()[0].number > number


def test_the_migration_leads_there_and_back(empty_engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    from assistant.workspace.engine import MIGRATIONS, writing

    migrate(empty_engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(empty_engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    tables = inspect(empty_engine).get_table_names()
    assert "journey" in tables
    assert "inbox_message" not in tables
    migrate(empty_engine)
    assert "inbox_message" in inspect(empty_engine).get_table_names()
