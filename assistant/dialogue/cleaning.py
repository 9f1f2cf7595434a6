"""Makes a message fit to be read: without control characters and runs of space; emoji and other scripts stay. Pure."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST_MESSAGE", "before_a_loss", "clean", "foreign_script", "has_words", "without_frame"]

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


_FRAME = re.compile(
    r"^\W*(?:(?:also|and|furthermore|moreover|finally|in addition|additionally|besides),? )?(?:"
    r"(?:i|we)(?: would|['’]d| should) (?:also )?be (?:(?:very|most|really|so) )?(?:grateful|glad|happy|thankful) "
    r"if you (?:could|would|can|might)"
    r"|(?:i|we)(?: would|['’]d) (?:(?:also|really|very much|greatly) )*appreciate (?:it )?if you (?:could|would|can)"
    r"|(?:i|we)(?: was| were|['’]m| am|['’]re| are) (?:just )?wondering (?:if|whether) you (?:could|would|can)"
    r"|(?:would|could) you be so kind(?: as)? to"
    r"|(?:can|could|would) you (?:please |kindly )*(?:let|tell|inform) (?:me|us)(?: know)?"
    r"(?=\s+(?:who|what|which|how|where)\b)"
    r"|(?:i|we) (?:kindly|politely) (?:ask|request)(?: you)? to"
    r")(?: please| kindly| perhaps| also)*\s+(?=\w)",
    re.IGNORECASE,
)
_AT_A_LOSS = re.compile(
    r"\W+(?:(?:and|so|now)\W+)*(?:(?:i|we)(?: really| just)? (?:do not|don['’]?t|dont) know what (?:we should |to )do"
    r"|what (?:should|can|do|shall) (?:i|we) do)(?: now| next| any ?more)*\W*$",
    re.IGNORECASE,
)


def without_frame(text: str) -> str:
    """A request without the polite words around it: "tell me who …" of "I would be grateful if you could tell me …"."""
    return _FRAME.sub("", text)


def before_a_loss(text: str) -> str | None:
    """What happened, where a message goes on that they do not know what to do; None if it does not."""
    found = _AT_A_LOSS.search(text)
    return text[: found.start()] or None if found is not None else None


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def foreign_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    letters = [c for c in text if c.isalpha()]
    return sum("LATIN" not in unicodedata.name(c, "") for c in letters) > len(letters) / 2
