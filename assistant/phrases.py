"""What words say by themselves, wherever the conversation stands. Pure, and below the skills and the dialogue alike."""

from __future__ import annotations

import re

__all__ = ["LONGEST_NOTE", "REMOVAL", "accepts", "behind_yes", "shorten_note", "takes_off"]

LONGEST_NOTE = 1000
"""Characters kept of a note."""

_YES = (
    r"(?:(?:oh|well|right|then|hm+|and|so)\b\W*)*(?:yes|yeah|yep|yup|ok|okay|sure|fine|agreed|alright|all right|good|"
    r"great|of course|absolutely|definitely|go ahead|please do)\b"
)
_ACCEPTING = re.compile(rf"\W*{_YES}", re.IGNORECASE)
_BEHIND_YES = re.compile(rf"(?:^|[:,;.–-])\W*{_YES}(?:,? please\b)?\W*(?=\w)", re.IGNORECASE)
REMOVAL = "remove|delete|erase|drop|scrap|cancel|get rid of|throw out|kick out"
"""Verbs, as a pattern, by which something is to go from a list."""
_TAKING_OFF = re.compile(rf"\b(?:{REMOVAL})\b|\btake\b.*\b(?:off|out|away|from)\b.*\b(?:list|plan)\b", re.IGNORECASE)


def accepts(text: str) -> bool:
    """Whether it opens as an offer is accepted: "yes", "ok, sure"."""
    return _ACCEPTING.match(text) is not None


def behind_yes(text: str) -> str | None:
    """What follows the "yes" to an offer, to be read for who and by when: "yes please, Tomek"."""
    found = _BEHIND_YES.search(text)
    return text[found.end() :] if found is not None else None


def takes_off(text: str) -> bool:
    """Whether what is said of something on the list is that it shall be taken off, and not that it is done."""
    return _TAKING_OFF.search(text) is not None


def shorten_note(text: str) -> str:
    """A note with no more characters than are kept of one."""
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
