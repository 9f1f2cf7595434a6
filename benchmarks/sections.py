"""RESULTS.md is written by several commands; each owns a section and leaves the others as they are."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["TITLES", "replace_section", "section"]

TITLES = {
    "tongues": "## Telling other languages",
    "search": "## The search",
    "understanding": "## The understanding",
    "classifiers": "## Classifiers compared",
}
"""The sections that other commands than `make bench` write, by name."""


def section(path: Path, name: str) -> str:
    """A section with its heading as it stands in the file, or nothing."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(rf"^{re.escape(TITLES[name])}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0].rstrip() + "\n" if found else ""


def replace_section(path: Path, name: str, body: str) -> None:
    """Puts `body` under the section's heading, in its place or at the end."""
    text = path.read_text(encoding="utf-8") if path.exists() else "# Results\n"
    new = f"{TITLES[name]}\n\n{body.strip()}\n"
    old = section(path, name)
    path.write_text(text.replace(old, new) if old else text.rstrip() + "\n\n" + new, encoding="utf-8")
