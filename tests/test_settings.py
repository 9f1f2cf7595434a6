"""The settings: what is taken, what is refused, and what the message says."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from assistant.settings import ROOT, Settings, SettingsError


def test_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.data, settings.database_url) == ("127.0.0.1", 8000, Path("var"), "")
    assert settings.models == ROOT / "models"
    assert settings.url == f"sqlite:///{Path('var/waymark.db').resolve()}"


def test_the_checkout_is_the_root() -> None:
    assert (ROOT / "pyproject.toml").is_file()
    assert (ROOT / "knowledge" / "journey").is_dir()


def test_names_are_one_for_each_field() -> None:
    names = Settings.names()
    assert len(set(names)) == len(fields(Settings))
    assert {"WAYMARK_HOST", "WAYMARK_PORT", "WAYMARK_DATA", "WAYMARK_DATABASE_URL", "WAYMARK_MODELS"} <= set(names)


def test_every_setting_is_explained() -> None:
    for field in fields(Settings):
        assert f"\n        {field.name}: " in (Settings.__doc__ or ""), field.name


@pytest.mark.parametrize(
    ("name", "raw", "field", "value"),
    [
        ("WAYMARK_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("WAYMARK_PORT", "1", "port", 1),
        ("WAYMARK_PORT", "65535", "port", 65535),
        ("WAYMARK_PORT", " 8080 ", "port", 8080),
        ("WAYMARK_DATA", "/data/way mark", "data", Path("/data/way mark")),
        ("WAYMARK_DATABASE_URL", "postgresql://u:p@h/n", "database_url", "postgresql://u:p@h/n"),
        ("WAYMARK_MODELS", "elsewhere", "models", Path("elsewhere")),
        ("WAYMARK_LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("WAYMARK_RATE_PER_MINUTE", "0", "rate_per_minute", 0),
        ("WAYMARK_SESSIONS_PER_HOUR", "5000", "sessions_per_hour", 5000),
        # empty counts as not set
        ("WAYMARK_PORT", "", "port", 8000),
        ("WAYMARK_DATA", "  ", "data", Path("var")),
        ("WAYMARK_DATABASE_URL", "", "database_url", ""),
    ],
)
def test_taken(name: str, raw: str, field: str, value: object) -> None:
    assert getattr(Settings.from_environment({name: raw}), field) == value


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("WAYMARK_PORT", "0", "a whole number from 1 to 65535"),
        ("WAYMARK_PORT", "65536", "a whole number from 1 to 65535"),
        ("WAYMARK_PORT", "-1", "a whole number"),
        ("WAYMARK_PORT", "80.5", "a whole number"),
        ("WAYMARK_PORT", "http", "a whole number"),
        ("WAYMARK_PORT", "²", "a whole number"),
        ("WAYMARK_PORT", "٣", "a whole number"),
        ("WAYMARK_PORT", "9" * 5000, "a whole number"),
        ("WAYMARK_RATE_PER_MINUTE", "100001", "a whole number from 0 to 100000"),
        ("WAYMARK_SESSIONS_PER_HOUR", "many", "a whole number from 0 to 1000000"),
        ("WAYMARK_LOG_LEVEL", "LOUD", "one of DEBUG, INFO, WARNING, ERROR"),
    ],
)
def test_refused(name: str, raw: str, expected: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({name: raw})
    assert str(raised.value).startswith(f"{name}: expected {expected}")
    assert str(raised.value).endswith(f"found {raw!r}")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("WAYMARK_PROT", "WAYMARK_PORT"),
        ("WAYMARK_DATABASE", "WAYMARK_DATABASE_URL"),
        ("WAYMARK_LOGLEVEL", "WAYMARK_LOG_LEVEL"),
        ("WAYMARK_MODEL", "WAYMARK_MODELS"),
        ("WAYMARK_RATE_PER_MIN", "WAYMARK_RATE_PER_MINUTE"),
        ("waymark_port", "WAYMARK_PORT"),
        ("Waymark_Host", "WAYMARK_HOST"),
        ("WAYMARK_", "WAYMARK_"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({name: "1"})
    assert f"unknown setting {name}; the nearest is {nearest}" in str(raised.value)
    assert all(known in str(raised.value) for known in Settings.names())


def test_other_variables_are_left_alone() -> None:
    others = {"PATH": "/bin", "WAYMARKER": "1", "XWAYMARK_PORT": "1", "WAYMARK_PYTHON": "python3.10"}
    assert Settings.from_environment(others) == Settings()


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_PORT", "8123")
    assert Settings.from_environment().port == 8123


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_the_database_is_in_the_data_folder_unless_one_is_named(tmp_path: Path) -> None:
    assert Settings(data=tmp_path).url == f"sqlite:///{tmp_path.resolve() / 'waymark.db'}"
    assert Settings(data=tmp_path, database_url="sqlite://").url == "sqlite://"
