"""Makes a message fit to be read: without control characters and runs of space; emoji and other scripts stay. Pure."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST_MESSAGE", "clean", "foreign_script", "has_words"]

LONGEST_MESSAGE = 2000
"""Characters. Longer messages are refused with the reason, and change nothing."""

_INSTEAD = {"Cc": " ", "Cs": " ", "Co": " ", "Cf": ""}
"""What stands for control characters, halves of characters, private ones, and invisible marks."""


_LINE = re.compile(r"(?:^|(?<=\n))(?P<line>[^\n]{1,60}[\w)])[^\S\n]*\n\s*(?=\w)")
"""A short line after which another begins; a long one may be a sentence that was wrapped."""


def clean(text: str) -> str:
    """A message without control characters and runs of space; emoji and other scripts stay.

    The end of a short line is the end of a sentence: people write "no", and "who can help?" below it.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINE.sub(r"\g<line>. ", text.replace("\r\n", "\n"))
    text = "".join(_INSTEAD.get(unicodedata.category(c), c) for c in text)
    return re.sub(r"\s+", " ", text).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def foreign_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    letters = [c for c in text if c.isalpha()]
    return sum("LATIN" not in unicodedata.name(c, "") for c in letters) > len(letters) / 2
