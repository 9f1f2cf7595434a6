"""Settings, read once from environment variables with the prefix ``WAYMARK_``.

An unknown variable with that prefix stops the start and names the nearest one: a setting
that is misspelt must not be silently without effect. One that is empty counts as not set, as
files of variables for containers often hold such.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

__all__ = ["ROOT", "Settings", "SettingsError"]

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: Rasa's own files, ``knowledge/`` and ``models/`` are found beneath it."""

_PREFIX = "WAYMARK_"
_OTHERS = frozenset({"WAYMARK_PYTHON", "WAYMARK_SCREENSHOTS"})
"""Read by tools/bootstrap.sh and by the browser tests, not by the application."""


class SettingsError(ValueError):
    """A setting that is unknown or does not fit; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """What an operator can set.

    Args:
        host: address to serve on.
        port: port to serve on, 1 to 65535.
        data: folder of the embedded database.
        database_url: SQLAlchemy URL; empty means SQLite in `data`.
        models: folder of trained models.
        knowledge_extra: folder with an organisation's own entries; None if it has none.
        log_level: one of DEBUG, INFO, WARNING, ERROR.
        rate_per_minute: turns that one visitor may take in a minute; 0 means no limit.
        sessions_per_hour: sessions that one address may open in an hour; 0 means no limit.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("var")
    database_url: str = ""
    models: Path = ROOT / "models"
    knowledge_extra: Path | None = None
    log_level: str = "WARNING"
    rate_per_minute: int = 60
    sessions_per_hour: int = 120

    @property
    def url(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{(self.data / 'waymark.db').resolve()}"

    @property
    def vectors(self) -> Path:
        """Where the vectors of the knowledge base's texts are kept between two starts.

        With the models; where these are elsewhere and have none yet, those made when it was installed.
        """
        own, installed = self.models / "knowledge", ROOT / "models" / "knowledge"
        return own if own.is_dir() or not installed.is_dir() else installed

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Every variable that can be set, with its prefix."""
        return tuple(_PREFIX + f.name.upper() for f in fields(cls))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Reads the settings; raises :class:`SettingsError` for an unknown or unfit one."""
        environ = os.environ if environ is None else environ
        known = {_PREFIX + f.name.upper(): f for f in fields(cls)}
        values: dict[str, object] = {}
        for name, raw in environ.items():
            # Written in small letters it would be another variable, without effect: that is unknown, too.
            if not name.upper().startswith(_PREFIX) or name in _OTHERS:
                continue
            if name not in known:
                near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0)
                raise SettingsError(f"unknown setting {name}; the nearest is {near[0]}. Known: {', '.join(known)}")
            if raw.strip():
                values[known[name].name] = _convert(name, known[name].name, raw.strip())
        return cls(**values)  # type: ignore[arg-type]


_MOST_DIGITS = 12
"""More than any number needs; Python refuses to convert thousands of them."""
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_NUMBERS = {"port": (1, 65535), "rate_per_minute": (0, 100_000), "sessions_per_hour": (0, 1_000_000)}


def _convert(name: str, field: str, raw: str) -> object:
    if field in ("data", "models", "knowledge_extra"):
        return Path(raw)
    if field in _NUMBERS:
        low, high = _NUMBERS[field]
        digits = raw.isascii() and raw.isdigit() and len(raw) <= _MOST_DIGITS
        if not digits or not low <= int(raw) <= high:
            raise SettingsError(f"{name}: expected a whole number from {low} to {high}, found {raw!r}")
        return int(raw)
    if field == "log_level":
        if raw.upper() not in _LEVELS:
            raise SettingsError(f"{name}: expected one of {', '.join(_LEVELS)}, found {raw!r}")
        return raw.upper()
    return raw
