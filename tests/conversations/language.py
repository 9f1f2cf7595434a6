"""Reads a conversation file: one instruction a line, ``keyword: what``. README.md explains the language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ConversationFailed", "Instruction", "Script", "ScriptError", "read_script"]

KEYWORDS = frozenset(
    {
        "you", "raw", "long", "button", "walk", "bot", "bot not", "bot one of", "buttons", "no button", "cites",
        "refused", "state", "later",
    }
)  # fmt: skip
"""Those that say something after their colon."""
BARE = frozenset({"restart", "reload"})
"""Those that stand alone."""
_FAULT = "Known fault:"
_AS = re.compile(r"as (?P<name>[\w -]+):?")
_BREAK = re.compile(r"break (?P<what>action_\w+|commit)")


class ScriptError(ValueError):
    """A line that is no instruction; the message names the file, the line, and the nearest keyword."""


class ConversationFailed(AssertionError):
    """Something was not as the file says."""


@dataclass(frozen=True)
class Instruction:
    """One line of a conversation."""

    line: int
    keyword: str
    rest: str


@dataclass(frozen=True)
class Script:
    """A conversation: what it shows, the fault for which it is known to fail, and its instructions."""

    path: Path
    shows: str
    fault: str | None
    instructions: tuple[Instruction, ...]


def read_script(path: Path) -> Script:
    """Reads a file.

    Raises:
        ScriptError: if a line is no instruction, or the file does not begin by saying what it shows.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    shows: list[str] = []
    for line in lines:
        if not line.startswith("#"):
            break
        shows.append(line.lstrip("# ").strip())
    if not shows:
        raise ScriptError(f"{path.name}:1: begin with a line '# what this conversation shows'")
    instructions = tuple(_instructions(path, lines))
    if not any(i.keyword in ("bot", "state", "refused") for i in instructions):
        raise ScriptError(f"{path.name}: nothing is checked; add a 'bot:' or a 'state:' line")
    faults = [line.removeprefix(_FAULT).strip() for line in shows if line.startswith(_FAULT)]
    told = " ".join(line for line in shows if not line.startswith(_FAULT))
    return Script(path, told, " ".join(faults) or None, instructions)


def _instructions(path: Path, lines: list[str]) -> Iterator[Instruction]:
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        yield _instruction(path, number, line)


def _instruction(path: Path, number: int, line: str) -> Instruction:
    if line in BARE:
        return Instruction(number, line, "")
    if found := _AS.fullmatch(line):
        return Instruction(number, "as", found["name"])
    if found := _BREAK.fullmatch(line):
        return Instruction(number, "break", found["what"])
    keyword, colon, rest = line.partition(":")
    if not colon or keyword not in KEYWORDS:
        known = sorted(KEYWORDS | BARE | {"as", "break"})
        near = difflib.get_close_matches(keyword, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(known)}"
        raise ScriptError(f"{path.name}:{number}: no instruction: {line!r}; {hint}")
    return Instruction(number, keyword, rest.strip())
