"""What ``waymark doctor`` finds, and that looking changes nothing."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from assistant import doctor
from assistant.dialogue import model
from assistant.doctor import Finding, examine
from assistant.settings import ROOT, Settings
from assistant.workspace import Workspace, create_engine, migrate


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return Settings(port=port, data=tmp_path / "var", models=tmp_path / "models")


def finding(settings: Settings, what: str) -> Finding:
    return next(found for found in examine(settings) if found.what == what)


def test_everything_is_looked_at_once(settings: Settings) -> None:
    findings = list(examine(settings))
    names = [found.what for found in findings]
    assert len(names) == len(set(names))
    assert names[0] == "Python"
    assert {"rasa", "spacy", "onnxruntime", "knowledge", "model", "data", f"port {settings.port}"} <= set(names)
    # What is not good says what to do about it, and only that.
    assert all(bool(found.do) != found.good for found in findings)
    assert all(found.found for found in findings)


def test_looking_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    for url in ("", f"sqlite:///{tmp_path}/other/x.db"):
        list(examine(Settings(data=settings.data, models=settings.models, database_url=url, port=settings.port)))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_PACKAGES", ("rasa", "no-such-package"))
    assert finding(settings, "rasa").good
    assert finding(settings, "no-such-package") == Finding(
        False, "no-such-package", "not installed", "run `make setup`"
    )


def test_the_wrong_python(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.sys, "version_info", (3, 11, 4, "final", 0))
    found = finding(settings, "Python")
    assert not found.good
    assert "make setup" in found.do


def test_knowledge_with_problems(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "knowledge", root / "knowledge")
    (root / "knowledge" / "journey" / "glossary.yml").unlink()
    monkeypatch.setattr(doctor, "ROOT", root)
    found = finding(settings, "knowledge")
    assert (found.good, found.found, found.do) == (False, "1 problem(s)", "run `waymark knowledge check`")


def test_the_model(settings: Settings) -> None:
    missing = finding(settings, "model")
    assert not missing.good
    assert missing.do == "run `make train`"
    path = model.model_path(settings.models)
    assert path.name in missing.found
    path.parent.mkdir()
    path.touch()
    assert finding(settings, "model") == Finding(True, "model", f"{path.name} fits the files")


def test_the_model_cannot_be_told_while_the_knowledge_has_problems(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "load_journey", lambda root: doctor_error(tmp_path))
    found = finding(settings, "model")
    assert not found.good
    assert "knowledge has problems" in found.found


def doctor_error(root: Path) -> None:
    from assistant.knowledge.journey import load_journey

    load_journey(root / "knowledge")


def test_nothing_stored_yet(settings: Settings) -> None:
    found = doctor._data(settings)
    assert found.good
    assert found.found == f"nothing stored yet; it will be in {settings.data / 'waymark.db'}"


def test_stored_data_is_counted(settings: Settings) -> None:
    engine = create_engine(settings.url)
    assert "an empty database" not in doctor._data(settings).found
    with engine.connect():
        pass
    assert "an empty database" in doctor._data(settings).found
    migrate(engine)
    with Workspace(engine).unit() as unit:
        unit.new_member("terminal", "a")
        unit.commit()
    engine.dispose()
    found = doctor._data(settings)
    assert found.good
    assert found.found.startswith("1 organisation(s) in sqlite:///")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "not a database address"),
        ("mysql://user:secret@host/name", "expected sqlite:///folder/file.db or postgresql"),
        ("postgresql://user:secret@127.0.0.1:1/name", "refused"),
    ],
)
def test_a_database_that_cannot_be_used(settings: Settings, url: str, message: str) -> None:
    found = doctor._data(Settings(database_url=url, data=settings.data))
    assert not found.good
    assert message in found.found
    assert "secret" not in str(found)
    assert "WAYMARK_DATABASE_URL" in found.do


def test_a_file_that_is_no_database(settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "waymark.db").write_bytes(b"This is a letter, not a database. " * 100)
    found = doctor._data(settings)
    assert not found.good
    assert "not a database" in found.found


def test_a_data_folder_that_is_a_file(settings: Settings) -> None:
    settings.data.write_text("a file", encoding="utf-8")
    found = doctor._data(settings)
    assert not found.good
    assert "not a folder that can be written to" in found.found


def test_the_port(settings: Settings) -> None:
    name = f"port {settings.port}"
    assert doctor._port(settings) == Finding(True, name, "free")
    with socket.create_server(("127.0.0.1", settings.port)):
        assert doctor._port(settings).found == "something is being served there already"


def test_a_host_that_is_no_address(settings: Settings) -> None:
    found = doctor._port(Settings(host="no such host", port=settings.port))
    assert not found.good
    assert found.do == "check WAYMARK_HOST"
