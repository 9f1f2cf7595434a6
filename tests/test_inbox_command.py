"""``waymark inbox``: for the operator, and for other programs, also in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from assistant.inbox_words import where, who
from assistant.settings import ROOT, Settings
from assistant.workspace import Inbox, InboxMessage, MemberRef, Workspace, create_engine, migrate
from assistant.workspace.columns import utc_now

LONGEST = 4.0
"""Seconds that the command may take from start to end; on an idle machine it takes less than one."""
MUST_NOT_BE_IMPORTED = ("rasa", "rasa_sdk", "tensorflow", "fastapi", "smtplib")


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in Settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(cli, "_quiet", lambda settings: None)
    return tmp_path / "var"


@pytest.fixture
def workspace(data: Path) -> Iterator[Workspace]:
    engine = create_engine(f"sqlite:///{data / 'waymark.db'}")
    migrate(engine)
    yield Workspace(engine)
    engine.dispose()


@pytest.fixture
def anna(workspace: Workspace) -> MemberRef:
    with workspace.unit() as unit:
        anna = unit.new_member("web", "anna", "Anna")
        unit.set_profile(anna.organisation_id, name="Alpine Photonics", sectors=["life_sciences"], country="SI")
        unit.commit()
    return anna


def leave(workspace: Workspace, member: MemberRef, text: str, *place: str) -> int:
    with workspace.unit() as unit:
        unit.leave_message(member, "web", text, *place)
        unit.commit()
    return Inbox(workspace.engine).messages()[-1].number


def inbox(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["inbox", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_what_is_unread_is_shown(workspace: Workspace, anna: MemberRef, capsys: Any) -> None:
    first = leave(workspace, anna, "The link in step 5 is dead. Write to anna@example.org", "5", "5.training-plan")
    second = leave(workspace, anna, "And another thing")
    status, out, err = inbox(capsys)
    assert (status, err) == (0, "")
    one, two = out.strip().split("\n\n")
    number, by, place, text = one.splitlines()
    assert re.fullmatch(rf"{first}\. \d+ [A-Z][a-z]+ \d{{4}}, \d\d:\d\d UTC", number)
    assert by == "   Anna, Alpine Photonics (life sciences, SI)"
    assert place.startswith("   step 5, Implement training: ")
    assert place.endswith("; the web page")
    assert text == "   > The link in step 5 is dead. Write to anna@example.org"
    assert two.splitlines()[0].startswith(f"{second}. ")
    assert two.splitlines()[2] == "   the web page"


def test_read_and_closed_ones_are_shown_with_all(workspace: Workspace, anna: MemberRef, capsys: Any) -> None:
    numbers = [leave(workspace, anna, text) for text in ("one", "two", "three")]
    assert inbox(capsys, "read", str(numbers[0])) == (0, f"Marked as read: {numbers[0]}.\n", "")
    assert inbox(capsys, "close", str(numbers[2]), str(numbers[0])) == (
        0, f"Marked as closed: {numbers[0]}, {numbers[2]}.\n", "")  # fmt: skip
    status, out, _ = inbox(capsys)
    assert (status, re.findall(r"^(\d+)\.", out, re.M)) == (0, [str(numbers[1])])
    _, out, _ = inbox(capsys, "--all")
    assert re.findall(r"^(\d+)\. .* UTC(.*)$", out, re.M) == [
        (str(numbers[0]), " (closed)"), (str(numbers[1]), ""), (str(numbers[2]), " (closed)")]  # fmt: skip


def test_for_other_programs(workspace: Workspace, anna: MemberRef, capsys: Any) -> None:
    number = leave(workspace, anna, "Grüße aus Graz", "5")
    Inbox(workspace.engine).mark_mailed(number)
    status, out, _ = inbox(capsys, "--json")
    (found,) = json.loads(out)
    assert status == 0
    assert "Grüße aus Graz" in out
    assert {k: found[k] for k in ("number", "text", "status", "organisation", "member", "country", "step")} == {
        "number": number, "text": "Grüße aus Graz", "status": "unread", "organisation": "Alpine Photonics",
        "member": "Anna", "country": "SI", "step": "5"}  # fmt: skip
    assert found["created_at"] <= found["mailed_at"] <= utc_now().isoformat()
    assert "key" not in found, "with the key a message can be taken back"


def test_where_nothing_was_ever_stored_nothing_is_made(data: Path, capsys: Any) -> None:
    assert inbox(capsys) == (0, "No unread messages; `waymark inbox --all` shows the others.\n", "")
    assert inbox(capsys, "--all") == (0, "There are no messages.\n", "")
    assert inbox(capsys, "--json") == (0, "[]\n", "")
    assert inbox(capsys, "read", "1")[0] == 1
    assert not data.exists()


def test_a_database_from_before_there_was_an_inbox(data: Path, capsys: Any) -> None:
    engine = create_engine(f"sqlite:///{data / 'waymark.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE organisation (id TEXT)")
    engine.dispose()
    assert inbox(capsys)[:2] == (0, "No unread messages; `waymark inbox --all` shows the others.\n")


def test_a_number_that_none_has(workspace: Workspace, anna: MemberRef, capsys: Any) -> None:
    number = leave(workspace, anna, "Hello")
    status, out, err = inbox(capsys, "close", str(number), "999")
    assert (status, out) == (1, "")
    assert err.startswith("waymark inbox: expected the number of a message, found 999, which none has; nothing was")
    assert [m.number for m in Inbox(workspace.engine).messages()] == [number]


@pytest.mark.parametrize("given", ["first", "0x1", "-1", "²", "9" * 40, ""])
def test_what_is_no_number(given: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(["inbox", "read", given])
    assert raised.value.code == 2
    if given != "-1":  # argparse takes that for an option
        assert f"expected the number of a message, such as 3, found {given!r}" in capsys.readouterr().err


def test_a_database_that_is_none(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE_URL", "mysql://me:secret@host/name")
    status, out, err = inbox(capsys)
    assert (status, out) == (1, "")
    assert err.startswith("waymark: WAYMARK_DATABASE_URL: expected sqlite:///")
    assert "secret" not in err


def test_somebodys_words_do_not_steer_the_terminal(workspace: Workspace, anna: MemberRef, capsys: Any) -> None:
    leave(workspace, anna, "red \x1b[31m alert \x9b2J \u202e done")
    _, out, _ = inbox(capsys)
    assert "red" in out
    assert all(c.isprintable() or c == "\n" for c in out)


def test_a_long_message_is_wrapped_and_whole(workspace: Workspace, anna: MemberRef, capsys: Any) -> None:
    words = [f"word{n}" for n in range(120)]
    leave(workspace, anna, " ".join(words))
    _, out, _ = inbox(capsys)
    quoted = [line for line in out.splitlines() if line.startswith("   > ")]
    assert " ".join(line[5:] for line in quoted).split() == words
    assert max(map(len, out.splitlines())) <= 88


def message(**given: Any) -> InboxMessage:
    known: dict[str, Any] = {
        "number": 1, "key": "k", "organisation_id": "o", "organisation": None, "sectors": (), "country": None,
        "member": None, "channel": "web", "text": "Hello", "step": None, "question": None, "created_at": utc_now(),
    }  # fmt: skip
    return InboxMessage(**{**known, **given})


def test_who_it_was_as_far_as_it_is_known() -> None:
    assert who(message()) == "an organisation without a name"
    assert who(message(sectors=("furniture",))) == "an organisation without a name (furniture)"
    assert who(message(member="Ben", organisation="Baltic Food")) == "Ben, Baltic Food"


def test_where_they_were_also_when_the_files_do_not_know_it() -> None:
    assert where(message()) == "the web page"
    assert where(message(channel="pigeon")) == "pigeon"
    assert where(message(step="funding")).startswith("funding, Utilise funding; the")
    assert where(message(step="5", question="5.gone")) == "step 5, 5.gone; the web page"
    assert where(message(step="99")) == "step 99; the web page"


def test_it_starts_fast_and_without_rasa(workspace: Workspace, anna: MemberRef, data: Path) -> None:
    leave(workspace, anna, "Hello")
    script = (
        "import sys; from assistant import cli; status = cli.main(['inbox'])\n"
        f"print([name for name in {MUST_NOT_BE_IMPORTED!r} if name in sys.modules]); sys.exit(status)"
    )
    clean = {k: v for k, v in os.environ.items() if not k.upper().startswith("WAYMARK_")}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**clean, "WAYMARK_DATA": str(data)}, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "> Hello" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
    assert time.monotonic() - began < LONGEST
