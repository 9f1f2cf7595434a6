"""The command line, as far as it needs no Rasa."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import cli, knowledge_cli
from assistant.settings import ROOT, Settings


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own, with no setting but those given."""
    clean = {name: value for name, value in os.environ.items() if not name.upper().startswith("WAYMARK_")}
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [*Settings.names()]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("WAYMARK_MODELS", str(tmp_path / "models"))
    # What the command line sets for Rasa is not to outlive the test, nor is its logging.
    for name in ("RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL", "CUDA_VISIBLE_DEVICES", "LOG_LEVEL"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(cli, "_quiet", lambda settings: None)


COMMANDS = ("run", "train", "chat", "ask", "search", "knowledge", "doctor")


def test_without_a_command_it_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n    {name} " not in shown] == []


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert raised.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: waymark {arguments[0] if len(arguments) > 1 else ''}".rstrip())


@pytest.mark.parametrize("arguments", [["dance"], ["run", "--harbour", "1"], ["ask"], ["knowledge", "burn"]])
def test_a_wrong_call(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert raised.value.code == 2
    assert "usage: waymark" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["http", "0", "65536", "99999999", "-1"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", f"--port={port}"]) == 2
    assert "expected a whole number from 1 to 65535" in capsys.readouterr().err


def test_an_unknown_setting_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_PROT", "8000")
    for arguments in (["doctor"], ["knowledge", "check"], ["run"], ["ask", "hello"]):
        assert cli.main(arguments) == 2
        shown = capsys.readouterr()
        assert shown.err.startswith("waymark: unknown setting WAYMARK_PROT; the nearest is WAYMARK_PORT.")
        assert shown.out == ""


def test_a_wrong_setting(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WAYMARK_PORT", "http")
    assert cli.main(["doctor"]) == 2
    assert "WAYMARK_PORT: expected a whole number from 1 to 65535, found 'http'" in capsys.readouterr().err


def test_the_wrong_python(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli.sys, "version_info", (3, 11, 4, "final", 0))
    assert cli.main(["doctor"]) == 2
    assert "needs Python 3.10" in capsys.readouterr().err


def test_knowledge_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["knowledge"]) == 2
    assert "waymark knowledge check" in capsys.readouterr().out


def test_knowledge_check_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["knowledge", "check", "--fast"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("11 steps, 52 questions, 25 terms of the glossary,\n")
    assert shown.endswith(": all in order.\n")


def test_knowledge_check_with_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    path = tmp_path / "knowledge" / "journey" / "step-02-assess-readiness.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("phase: get_ready", "phase: ready"), encoding="utf-8")
    monkeypatch.setattr(knowledge_cli, "ROOT", tmp_path)
    assert cli.main(["knowledge", "check"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("knowledge/journey/step-02-assess-readiness.yml:")
    assert ": phase: expected one of get_ready, " in first
    assert last == "1 problem(s)."


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 1  # no model in the empty folder of this test
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("ok  ", "NO  ")) for line in lines)
    assert [line for line in lines if line.startswith("NO  ")] == [line for line in lines if " -> " in line]
    assert any(line.startswith("NO  model: none fits the files") and line.endswith("`make train`") for line in lines)


def test_a_process_of_its_own_says_nothing_else() -> None:
    done = run("knowledge", "check", "--fast")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("all in order.\n")


def test_neither_help_nor_doctor_imports_rasa() -> None:
    code = (
        "import sys; from assistant.cli import main; main([]); main(['doctor']); "
        "main(['knowledge', 'check', '--fast']); sys.exit('rasa' in sys.modules or 'tensorflow' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
