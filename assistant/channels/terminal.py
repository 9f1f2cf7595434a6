"""The conversation in a terminal: plain text, buttons by number, footnotes below."""

from __future__ import annotations

import re
import textwrap

from assistant.replies import Button, Progress, Reply
from assistant.workspace import MemberRef, Workspace

__all__ = ["pressed", "render"]

_WIDTH = 88
_BOLD, _ITALIC, _DIM, _END = "\033[1m", "\033[3m", "\033[2m", "\033[0m"


def render(reply: Reply, *, colour: bool = False, first: int = 1) -> str:
    """A reply as text; with `colour`, bold and italic as the terminal shows them; `first` numbers its first button."""
    lines = [_wrap(line) for line in reply.text.split("\n")]
    text = "\n".join([_heading(reply.progress), *lines] if reply.progress else lines)
    bold, italic, dim, end = (_BOLD, _ITALIC, _DIM, _END) if colour else ("", "", "", "")
    text = re.sub(r"\*\*(.+?)\*\*", rf"{bold}\1{end}", text, flags=re.DOTALL)
    text = re.sub(r"(?<!\*)\*(?!\s)(.+?)(?<!\s)\*(?!\*)", rf"{italic}\1{end}", text, flags=re.DOTALL)
    parts = [text]
    buttons = reply.flat_buttons()
    if buttons:
        parts.append(_wrap("  ".join(f"[{n}] {b.title}" for n, b in enumerate(buttons, first))))
    parts += [f"{dim}{c.n}) {c.title}, {c.where}{end}" for c in reply.citations]
    return "\n".join(parts)


def _heading(progress: Progress) -> str:
    step = f"Step {progress.step} of 10, " if progress.step.isdigit() else ""
    end = "" if progress.title.endswith("?") else "."
    return f"{step}**{progress.title}**{end} Question {progress.question} of {progress.of}."


def _wrap(line: str) -> str:
    indent = re.match(r"\s*(?:- |\d\. )?", line)
    return textwrap.fill(line, _WIDTH, subsequent_indent=" " * len(indent[0]) if indent else "") or line


def pressed(workspace: Workspace, member: MemberRef, text: str) -> Button | None:
    """The button that a bare number chooses, counted through all replies of the last turn."""
    if not re.fullmatch(r"\s*\d{1,2}\s*", text):
        return None
    buttons: list[Button] = []
    with workspace.unit() as unit:
        for message in reversed(unit.messages(member.id, limit=6)):
            if message.direction == "in":
                break
            buttons = Reply.model_validate(message.body).flat_buttons() + buttons
    number = int(text)
    return buttons[number - 1] if 1 <= number <= len(buttons) else None
