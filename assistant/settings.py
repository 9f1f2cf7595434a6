"""Settings, read once from environment variables with the prefix ``WAYMARK_``.

An unknown variable with that prefix stops the start and names the nearest one: a setting
that is misspelt must not be silently without effect. One that is empty counts as not set, as
files of variables for containers often hold such.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

__all__ = ["ROOT", "MailServer", "Settings", "SettingsError"]

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: Rasa's own files, ``knowledge/`` and ``models/`` are found beneath it."""

_PREFIX = "WAYMARK_"
_OTHERS = frozenset({"WAYMARK_PYTHON", "WAYMARK_SCREENSHOTS"})
"""Read by tools/bootstrap.sh and by the browser tests, not by the application."""


class SettingsError(ValueError):
    """A setting that is unknown or does not fit; the message says what to do."""


@dataclass(frozen=True)
class MailServer:
    """Where e-mail is handed in.

    Args:
        host: name or address.
        port: 1 to 65535.
        user: name to log in with; empty if it takes mail without.
        password: never shown, also not in the representation of this object.
        encrypted: whether the connection is encrypted from the start (``smtps``) rather than by STARTTLS.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    encrypted: bool = False

    @property
    def local(self) -> bool:
        """Whether it is on this machine, so that nothing passes over a network unencrypted."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @classmethod
    def of(cls, url: str) -> MailServer:
        """Reads ``smtp://user:password@host:587`` or ``smtps://user:password@host:465``.

        Raises:
            ValueError: it is neither. The message says what is wrong and never repeats the URL, which may hold a
                password.
        """
        if any(c.isspace() or not c.isprintable() for c in url):
            raise ValueError("one with a space or an unprintable character in it")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ValueError("one whose host or port cannot be read") from None
        if parts.scheme not in _MAIL_PORTS:
            # What stands before "://" is no secret; without that, all of it may be one.
            raise ValueError(f"one that begins with {parts.scheme}://" if "://" in url else "one without smtp://")
        _check_mail_url(parts, port)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(str(parts.hostname), port or _MAIL_PORTS[parts.scheme], user, password, parts.scheme == "smtps")


_MAIL_PORTS = {"smtp": 587, "smtps": 465}


def _check_mail_url(parts: SplitResult, port: int | None) -> None:
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("something after the host; write / ? # @ : in a user name or password as %2F %3F %23 %40 %3A")
    if not parts.hostname or not re.fullmatch(r"[A-Za-z0-9.:_-]+", parts.hostname):
        raise ValueError("one without a host")
    if port == 0:
        raise ValueError("the port 0")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("one of user name and password without the other")


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
        operator: who runs this assistant, as people are told it when they leave a message; empty if not to be named.
        operator_email: to whom such messages go by e-mail; empty means to nobody.
        smtp_url: the server that takes that e-mail in; empty means none.
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
    operator: str = ""
    operator_email: str = ""
    smtp_url: str = field(default="", repr=False)

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

    @property
    def mail_server(self) -> MailServer | None:
        """The server that e-mail is handed in to; None if none is set."""
        return MailServer.of(self.smtp_url) if self.smtp_url else None

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
        _check_pairs(values)
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
    return _convert_of_mail(name, field, raw)


_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_LONGEST_OPERATOR = 80


def _convert_of_mail(name: str, field: str, raw: str) -> object:
    if field == "smtp_url":
        try:
            MailServer.of(raw)
        except ValueError as error:
            expected = "smtp://user:password@host:587 or smtps://user:password@host:465"
            raise SettingsError(f"{name}: expected {expected}, found {error}") from None
    if field == "operator_email" and not _ADDRESS.fullmatch(raw):
        raise SettingsError(f"{name}: expected one address such as help@example.org, found {raw!r}")
    if field == "operator" and (len(raw) > _LONGEST_OPERATOR or not raw.isprintable()):
        raise SettingsError(
            f"{name}: expected a name of up to {_LONGEST_OPERATOR} characters in one line, found {raw!r}"
        )
    return raw


def _check_pairs(values: Mapping[str, object]) -> None:
    """E-mail needs both, a server and somebody to send to: one alone would be silently without effect."""
    for given, missing in (("smtp_url", "operator_email"), ("operator_email", "smtp_url")):
        if given in values and missing not in values:
            given, missing = _PREFIX + given.upper(), _PREFIX + missing.upper()
            raise SettingsError(f"{given} is set and {missing} is not: set both to get messages by e-mail, or neither")
