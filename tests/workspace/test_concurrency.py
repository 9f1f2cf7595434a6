"""Two people answering at once: no update is lost, and the second sees what the first said."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from assistant.journey.state import Answer, JourneyState, Value
from assistant.workspace import StaleJourney, Workspace, WorkspaceBusy, WorkspaceError

ROOT = Path(__file__).resolve().parents[2]
HELPERS = 4
ANSWERS = 6


def answered(state: JourneyState, question: str, value: Value, by: str) -> JourneyState:
    revision = state.revision + 1
    answer = Answer(question, value, f"said by {by}", revision, by)
    return replace(state, answers={**state.answers, question: answer}, revision=revision)


def test_the_second_of_two_is_told_and_sees_what_the_first_said(workspace: Workspace, team: Any, clock: Any) -> None:
    journey = team.journey.id
    with workspace.unit() as anna, workspace.unit() as ben:
        seen_by_anna, seen_by_ben = anna.load(journey, team.id), ben.load(journey, team.id)
        by_anna = answered(seen_by_anna, "1.benefits", Value.YES, team.anna.id)
        by_ben = answered(seen_by_ben, "1.benefits", Value.NOT_YET, team.ben.id)
        anna.save(journey, team.id, seen_by_anna, by_anna, "answer", team.anna.id)
        ben.save(journey, team.id, seen_by_ben, by_ben, "answer", team.ben.id)
        ben.add_message(team.ben.id, "in", {"text": "not yet"}, clock())
        ben.save_conversation("telegram:ben", {"slots": {}})
        anna.commit()
        with pytest.raises(StaleJourney) as raised:
            ben.commit()
        assert (raised.value.journey_id, raised.value.expected) == (journey, 0)

        reloaded = ben.load(journey, team.id)
        assert reloaded == by_anna
        assert reloaded.answers["1.benefits"].by == team.anna.id
        assert ben.messages(team.ben.id) == []
        assert ben.load_conversation("telegram:ben") is None
        assert [record.by for record in ben.history(journey, team.id, "1.benefits")] == [team.anna.id]
        ben.save(journey, team.id, reloaded, answered(reloaded, "1.benefits", Value.PARTLY, team.ben.id), "answer", team.ben.id)  # fmt: skip  # noqa: E501
        ben.commit()
        assert anna.load(journey, team.id).answers["1.benefits"].by == team.ben.id


def test_different_journeys_do_not_stand_in_each_others_way(workspace: Workspace, team: Any, others: Any) -> None:
    with workspace.unit() as unit, workspace.unit() as other:
        mine, theirs = unit.load(team.journey.id, team.id), other.load(others.journey.id, others.id)
        unit.save(team.journey.id, team.id, mine, answered(mine, "1.benefits", Value.YES, team.anna.id), "answer", team.anna.id)  # fmt: skip  # noqa: E501
        other.save(others.journey.id, others.id, theirs, answered(theirs, "1.benefits", Value.YES, others.ben.id), "answer", others.ben.id)  # fmt: skip  # noqa: E501
        unit.commit()
        other.commit()


def test_a_unit_that_waits_holds_no_lock(workspace: Workspace, engine: Engine, team: Any) -> None:
    with workspace.unit() as waiting, workspace.unit() as other:
        old = waiting.load(team.journey.id, team.id)
        new = answered(old, "1.benefits", Value.YES, team.anna.id)
        waiting.save(team.journey.id, team.id, old, new, "answer", team.anna.id)
        other.save_conversation("web:1", {})
        other.commit()
        waiting.commit()


def work(workspace: Workspace, team: Any, number: int) -> None:
    member = (team.anna, team.ben)[number % 2]
    for answer in range(ANSWERS):
        while True:
            with workspace.unit() as unit:
                old = unit.load(team.journey.id, team.id)
                new = answered(old, f"{number}.question-{answer}", Value.YES, member.id)
                new = replace(new, opened={**new.opened, "1": new.revision})
                unit.save(team.journey.id, team.id, old, new, "answer", member.id)
                try:
                    unit.commit()
                    break
                except StaleJourney:
                    continue


def check_that_nothing_was_lost(workspace: Workspace, team: Any) -> None:
    with workspace.unit() as unit:
        state = unit.load(team.journey.id, team.id)
        changes = unit.changes(team.journey.id, team.id, limit=1000)
    total = HELPERS * ANSWERS
    assert state.revision == total
    assert state.answers.keys() == {f"{n}.question-{a}" for n in range(HELPERS) for a in range(ANSWERS)}
    assert sorted(answer.revision for answer in state.answers.values()) == list(range(1, total + 1))
    assert [change.revision for change in changes] == list(range(total, 0, -1))
    assert state.opened == {"1": total}


def test_no_update_of_many_threads_is_lost(workspace: Workspace, team: Any) -> None:
    failed: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(workspace, team, number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(HELPERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    check_that_nothing_was_lost(workspace, team)


def test_no_update_of_several_processes_is_lost(workspace: Workspace, engine: Engine, team: Any) -> None:
    script = """
import sys
from dataclasses import replace
from assistant.journey.state import Answer, Value
from assistant.workspace import StaleJourney, Workspace, create_engine

url, journey, organisation, member, numbers, answers = sys.argv[1:]
workspace = Workspace(create_engine(url))
for number in numbers.split(","):
    for answer in range(int(answers)):
        done = False
        while not done:
            with workspace.unit() as unit:
                old = unit.load(journey, organisation)
                revision, question = old.revision + 1, f"{number}.question-{answer}"
                given = {**old.answers, question: Answer(question, Value.YES, None, revision, member)}
                new = replace(old, answers=given, opened={"1": revision}, revision=revision)
                unit.save(journey, organisation, old, new, "answer", member)
                try:
                    unit.commit()
                    done = True
                except StaleJourney:
                    pass
"""
    url = engine.url.render_as_string(False)
    numbers = [",".join(str(n) for n in range(start, HELPERS, 2)) for start in range(2)]
    ours = [url, team.journey.id, team.id, team.anna.id]
    working = [
        subprocess.Popen(
            [sys.executable, "-c", script, *ours, which, str(ANSWERS)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
        )
        for which in numbers
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in working]
    assert [process.returncode for process in working] == [0, 0], errors
    check_that_nothing_was_lost(workspace, team)


def test_one_load_sees_one_state(workspace: Workspace, team: Any) -> None:
    """A load while others write sees all of a change or nothing of it: here `opened` names the revision."""
    stop = threading.Event()
    torn: list[JourneyState] = []

    def watch() -> None:
        while not stop.is_set():
            with workspace.unit() as unit:
                state = unit.load(team.journey.id, team.id)
            if state.revision and (state.opened != {"1": state.revision} or len(state.answers) != state.revision):
                torn.append(state)

    watcher = threading.Thread(target=watch)
    watcher.start()
    work(workspace, team, 0)
    work(workspace, team, 1)
    stop.set()
    watcher.join(timeout=60)
    assert torn == []


def test_a_deadlock_is_tried_again(workspace: Workspace, team: Any, database: str) -> None:
    """PostgreSQL ends one of two deadlocked transactions; its writes are whole and can simply be made again."""
    calls = []

    class DeadlockError(Exception):
        pgcode = "40P01"

    def fail(times: int) -> Any:
        def write(_connection: object) -> None:
            calls.append(1)
            if len(calls) <= times:
                raise OperationalError("UPDATE", {}, DeadlockError())

        return write

    with workspace.unit() as unit:
        unit.rename_organisation(team.id, "Renamed")
        unit._queue(fail(2))
        unit.commit()
        assert unit.profile(team.id).name == "Renamed"
        assert len(calls) == 3
        calls.clear()
        unit._queue(fail(3))
        with pytest.raises(WorkspaceBusy):
            unit.commit()


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_database_that_stays_locked_is_said_to_be_busy(workspace: Workspace, engine: Engine, team: Any) -> None:
    with workspace.unit() as unit:
        unit.rename_organisation(team.id, "Renamed")
        # The pool hands the connections that are given back out again, so this one's patience is the commit's.
        with engine.connect() as locking, engine.connect() as hurried:
            locking.execute(text("DELETE FROM message"))
            hurried.exec_driver_sql("PRAGMA busy_timeout = 20")
            hurried.close()
            with pytest.raises(WorkspaceBusy):
                unit.commit()
        unit.rename_organisation(team.id, "Renamed")
        unit.commit()
        assert unit.profile(team.id).name == "Renamed"


def test_other_database_errors_pass_as_they_are(workspace: Workspace) -> None:
    with workspace.unit() as unit:
        unit._queue(lambda connection: connection.execute(text("SELECT nonsense")))  # type: ignore[arg-type]
        with pytest.raises(Exception, match="nonsense") as raised:
            unit.commit()
    assert not isinstance(raised.value, WorkspaceError)
