"""``waymark inbox``: what people have left for a person, for the operator. Needs no Rasa."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:  # the database takes long to import, and `waymark --help` needs none
    from assistant.workspace import Inbox, InboxMessage

__all__ = ["add_options", "close", "listed", "read"]

_WIDTH = 88


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options and sub-commands of ``waymark inbox``."""
    parser.add_argument("--all", action="store_true", help="also those that are read or closed")
    parser.add_argument("--json", action="store_true", help="print a list of objects, oldest first")
    marks = parser.add_subparsers(title="commands")
    for name, command, words in (
        ("read", read, "mark messages as read, so that they are listed no more"),
        ("close", close, "mark messages as dealt with"),
    ):
        sub = marks.add_parser(name, help=words, description=words)
        sub.add_argument("numbers", metavar="NUMBER", type=_number, nargs="+", help="as `waymark inbox` shows it")
        sub.set_defaults(command=command)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 18):
        raise argparse.ArgumentTypeError(f"expected the number of a message, such as 3, found {text!r}")
    return int(text)


def listed(settings: Settings, given: argparse.Namespace) -> int:
    """Prints the messages, oldest first; exit status 0 even where there are none."""
    inbox = _open(settings)
    messages = inbox.messages(unread=not given.all) if inbox is not None else []
    if given.json:
        print(json.dumps([_as_object(message) for message in messages], ensure_ascii=False, indent=2))
        return 0
    if not messages:
        print("There are no messages." if given.all else "No unread messages; `waymark inbox --all` shows the others.")
    for message in messages:
        _print(message)
    return 0


def read(settings: Settings, given: argparse.Namespace) -> int:
    """Marks messages as read."""
    return _mark(settings, given.numbers, "read")


def close(settings: Settings, given: argparse.Namespace) -> int:
    """Marks messages as dealt with."""
    return _mark(settings, given.numbers, "closed")


def _mark(settings: Settings, numbers: list[int], word: str) -> int:
    from assistant.workspace import NotFound

    inbox = _open(settings)
    try:
        if inbox is None:
            raise NotFound("message", str(numbers[0]))
        (inbox.mark_read if word == "read" else inbox.close)(numbers)
    except NotFound as missing:
        print(
            f"waymark inbox: expected the number of a message, found {missing.key}, which none has; "
            "nothing was marked. `waymark inbox --all` lists them",
            file=sys.stderr,
        )
        return 1
    shown = ", ".join(str(number) for number in sorted(set(numbers)))
    print(f"Marked as {word}: {shown}.")
    return 0


def _open(settings: Settings) -> Inbox | None:
    """The inbox; None where there is no database yet, or one from before there was an inbox. It makes neither."""
    from sqlalchemy import inspect
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from assistant.workspace import Inbox, UnsupportedDatabase, create_engine

    try:
        url = make_url(settings.url)
    except ArgumentError:
        url = None
    if url is not None and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None
    try:
        engine = create_engine(settings.url)
    except UnsupportedDatabase as error:
        raise UnsupportedDatabase(f"WAYMARK_DATABASE_URL: {error}") from None
    return Inbox(engine) if inspect(engine).has_table("inbox_message") else None


def _as_object(message: InboxMessage) -> dict[str, object]:
    plain = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in vars(message).items() if k != "key"}
    return {**plain, "status": _status(message)}


def _status(message: InboxMessage) -> str:
    if message.closed_at is not None:
        return "closed"
    return "unread" if message.read_at is None else "read"


def _print(message: InboxMessage) -> None:
    from assistant.inbox_words import left_at, where, who

    status = _status(message)
    mailed = "; e-mailed" if message.mailed_at else ""
    print(f"{message.number}. {left_at(message.created_at)}" + (f" ({status})" if status != "unread" else "") + mailed)
    print(f"   {who(message)}")
    print(f"   {where(message)}")
    for line in _harmless(message.text).splitlines():
        print(textwrap.fill(line, _WIDTH, initial_indent="   > ", subsequent_indent="   > "))
    print()


def _harmless(text: str) -> str:
    """Somebody else's words without what would steer the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
