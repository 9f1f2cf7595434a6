"""What ``waymark doctor`` finds: versions, files, data, model. Imports nothing heavy."""

from __future__ import annotations

import importlib.metadata
import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import ROOT, Settings

__all__ = ["Finding", "examine"]

_PACKAGES = ("rasa", "rasa-sdk", "spacy", "sqlalchemy", "pydantic", "fastapi", "onnxruntime", "python-telegram-bot")

_MEND_DATA = "check WAYMARK_DATABASE_URL and WAYMARK_DATA"


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
    yield _knowledge(settings)
    yield _model(settings)
    yield _data(settings)
    yield _port(settings)


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(True, name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(False, name, "not installed", "run `make setup`")


def _knowledge(settings: Settings) -> Finding:
    from assistant.knowledge.journey import KnowledgeError
    from assistant.knowledge.library import load_library

    try:
        library = load_library(ROOT / "knowledge", settings.knowledge_extra)
    except KnowledgeError as error:
        return Finding(False, "knowledge", f"{len(error.problems)} problem(s)", "run `waymark knowledge check`")
    return Finding(True, "knowledge", f"{len(library.entries.entries)} entries, in order")


def _model(settings: Settings) -> Finding:
    from assistant.dialogue.model import find_model, model_path
    from assistant.knowledge.journey import KnowledgeError

    try:
        found, expected = find_model(settings.models), model_path(settings.models).name
    except KnowledgeError:
        return Finding(False, "model", "cannot be told while the knowledge has problems", "mend those first")
    except OSError as error:
        return Finding(False, "model", f"a file it is made of cannot be read: {error}", "restore the file")
    if found is None:
        return Finding(False, "model", f"none fits the files ({expected})", "run `make train`")
    return Finding(True, "model", f"{found.name} fits the files")


def _data(settings: Settings) -> Finding:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    from assistant.workspace.errors import UnsupportedDatabase

    try:
        url = make_url(settings.url)
        if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
            return _no_data_yet(Path(url.database))
        return _stored(settings.url, url.render_as_string(hide_password=True))
    except ArgumentError:
        return Finding(False, "data", "not a database address", _MEND_DATA)
    except UnsupportedDatabase as error:
        return Finding(False, "data", str(error), _MEND_DATA)
    except (SQLAlchemyError, OSError) as error:
        return Finding(False, "data", str(error).splitlines()[0], _MEND_DATA)


def _no_data_yet(path: Path) -> Finding:
    folder = next(p for p in path.resolve().parents if p.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Finding(False, "data", f"{folder} is not a folder that can be written to", _MEND_DATA)
    return Finding(True, "data", f"nothing stored yet; it will be in {path}")


def _stored(address: str, shown: str) -> Finding:
    from sqlalchemy import inspect, text

    from assistant.workspace import create_engine

    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("organisation"):
                return Finding(True, "data", f"an empty database in {shown}; it is set up at the first start")
            count = connection.execute(text("select count(*) from organisation")).scalar_one()
    finally:
        engine.dispose()
    return Finding(True, "data", f"{count} organisation(s) in {shown}")


def _port(settings: Settings) -> Finding:
    what = f"port {settings.port}"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    try:
        socket.create_connection((host, settings.port), timeout=1).close()
    except (socket.gaierror, UnicodeError):
        return Finding(False, what, f"{settings.host!r} is not an address", "check WAYMARK_HOST")
    except OSError:
        return Finding(True, what, "free")
    return Finding(True, what, "something is being served there already")
