"""What ``waymark doctor`` finds: versions, files, data, model. Imports nothing heavy."""

from __future__ import annotations

import importlib.metadata
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.settings import ROOT, Settings

__all__ = ["Finding", "examine"]

_PACKAGES = ("rasa", "rasa-sdk", "spacy", "sqlalchemy", "pydantic", "fastapi", "onnxruntime", "python-telegram-bot")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is good, what was found, and what to do if it is not."""

    good: bool
    what: str
    found: str
    do: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Looks at everything, one finding after the other; none of it changes anything."""
    good = sys.version_info[:2] == (3, 10)
    yield Finding(good, "Python", sys.version.split()[0], "" if good else "Rasa 3.6 needs 3.10: run `make setup`")
    yield from _packages()
    yield _knowledge()
    yield _model(settings)
    yield _data(settings)
    yield _port(settings)


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(True, name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(False, name, "not installed", "run `make setup`")


def _knowledge() -> Finding:
    from assistant.knowledge.journey import check_journey

    problems = check_journey(ROOT / "knowledge")
    if problems:
        return Finding(False, "knowledge", f"{len(problems)} problem(s)", "run `waymark knowledge check`")
    return Finding(True, "knowledge", "in order")


def _model(settings: Settings) -> Finding:
    from assistant.dialogue.model import find_model, model_path

    found = find_model(settings.models)
    if found is None:
        return Finding(False, "model", f"none fits the files ({model_path(settings.models).name})", "run `make train`")
    return Finding(True, "model", f"{found.name} fits the files")


def _data(settings: Settings) -> Finding:
    from sqlalchemy import inspect, text
    from sqlalchemy.exc import SQLAlchemyError

    from assistant.workspace import create_engine

    if not settings.database_url:
        path = settings.data / "waymark.db"
        if not path.exists():
            return Finding(True, "data", f"nothing stored yet; it will be in {path}")
    try:
        engine = create_engine(settings.url)
        with engine.connect() as connection:
            if not inspect(connection).has_table("organisation"):
                return Finding(True, "data", "an empty database; it is set up at the first start")
            count = connection.execute(text("select count(*) from organisation")).scalar_one()
        place = (
            settings.database_url
            and engine.url.render_as_string(hide_password=True)
            or str(settings.data / "waymark.db")
        )
        return Finding(True, "data", f"{count} organisation(s) in {place}")
    except (SQLAlchemyError, OSError) as error:
        return Finding(False, "data", str(error).splitlines()[0], "check WAYMARK_DATABASE_URL and WAYMARK_DATA")


def _port(settings: Settings) -> Finding:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((settings.host if settings.host != "0.0.0.0" else "127.0.0.1", settings.port)) == 0
    words = "something is being served there already" if taken else "free"
    return Finding(True, f"port {settings.port}", words)
