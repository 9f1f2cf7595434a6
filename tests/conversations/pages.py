"""Makes a page of a conversation for ``docs/transcripts/``: what was said, as a reader would want to see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.replies import Reply
from assistant.settings import ROOT

__all__ = ["PAGES", "SCRIPTS", "Exchange", "as_page", "index_of", "page_path"]

PAGES = ROOT / "docs" / "transcripts"
SCRIPTS = Path(__file__).parent / "transcripts"
_MADE = (
    "<!-- Made by `make transcripts` from {script}; a test fails when it is not what the assistant says. Edit the "
    "script, not this page. -->"
)


@dataclass(frozen=True)
class Exchange:
    """One message and its replies; or a note, such as that a week has passed.

    Args:
        name: who wrote; empty where one person does.
        said: what they wrote, or the title of the button they pressed in square brackets.
        replies: what came back.
        note: what happened in between, in place of all this.
    """

    name: str = ""
    said: str = ""
    replies: Sequence[Reply] = ()
    note: str = ""


def page_path(script: Path) -> Path:
    """Where the page of a script is kept."""
    return PAGES / f"{script.stem.replace('_', '-')}.md"


def as_page(script: Path, shows: str, exchanges: Sequence[Exchange]) -> str:
    """The page, in Markdown."""
    title, _, rest = shows.partition(". ")
    parts = [_MADE.format(script=script.relative_to(ROOT).as_posix()), f"# {title.rstrip('.')}"]
    if rest:
        parts.append(rest)
    for exchange in exchanges:
        parts += [f"*{exchange.note}*"] if exchange.note else _told(exchange)
    return "\n\n".join(parts) + "\n"


def _told(exchange: Exchange) -> list[str]:
    name = exchange.name or "You"
    said = exchange.said if exchange.said.startswith("[") else _plain(exchange.said)
    parts = [f"> **{name}:** {said.replace('[', chr(92) + '[') if exchange.said.startswith('[') else said}"]
    for reply in exchange.replies:
        parts += _reply(reply)
    return parts


def _plain(words: str) -> str:
    """A person's own words are no Markdown."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", words)


def _reply(reply: Reply) -> list[str]:
    parts = []
    if reply.progress is not None:
        progress = reply.progress
        where = f"Step {progress.step}" if progress.step.isdigit() else "Funding"
        parts.append(f"*{where}, {progress.title.rstrip('?')}: question {progress.question} of {progress.of}*")
    # Two spaces at the end keep a line break, which in a page would run on.
    parts.append("\n".join(f"{line}  " if _breaks(line) else line for line in reply.text.split("\n")).rstrip())
    if reply.buttons:
        parts.append(" ".join(f"`{button.title}`" for button in reply.flat_buttons()))
    if reply.citations:
        notes = "; ".join(f"{c.n} {c.title}, {c.where}" for c in reply.citations)
        parts.append(f"<sub>{notes}</sub>")
    return parts


def _breaks(line: str) -> bool:
    return bool(line) and not re.match(r"\s*(?:-|\d+\.) ", line)


def index_of(titles: dict[str, str]) -> str:
    """The page that lists the others: file name and title of each."""
    lines = [
        "<!-- Made by `make transcripts`. -->",
        "# Conversations",
        "What Waymark says, word for word: each page is made from a script in `tests/conversations/transcripts/`, run "
        "against the trained model, and a test fails when a page is no longer what the assistant says.",
        "\n".join(f"- [{title}]({name})" for name, title in titles.items()),
    ]
    return "\n\n".join(lines) + "\n"
