"""Reads what is said while a message for a person is being written, and "leave a message: ...". Pure."""

from __future__ import annotations

import re

from assistant.dialogue.wording import phrases

__all__ = ["asks_for_a_person", "message_within", "refuses"]

_NO_MESSAGE = phrases("""
    no, nope, nah, no thanks, no thank you, cancel, cancel that, cancel it, never mind, nevermind, forget it,
    forget that, forget about it, leave it, leave that, drop it, not now, stop, skip, skip it, nothing, no message,
    don't, back,
    go back, no need, i changed my mind, changed my mind, rather not, better not, let it be, let it go
""")
_POLITE = re.compile(
    r"^(?:(?:oh|ok|okay|sorry|actually|hm+|no|well|ah)[\s,]+)+(?=\w)|[\s,]+(?:thanks|thank you|please|then|sorry)$",
    re.IGNORECASE,
)
"""What may stand around a refusal."""
_AGAIN = re.compile(
    r"\W*(?:(?:i|we|can|could|would|please|want|like|to|just|yes|ok)\W+)*(?:leave|write|send)(?: you| them)? "
    r"(?:a|my|the) message(?: for (?:a|the) (?:person|human|team))?\W*",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"^[^:]{0,60}:\s*(?P<what>\S.*\s\S.*)$", re.DOTALL)
""" "Leave a message: our link is broken"; one word would be no message."""


def refuses(text: str) -> bool:
    """Whether there is to be no message: short and plain, as all else that is said is the message."""
    return bool(_NO_MESSAGE.fullmatch(_POLITE.sub("", text.strip(" .,!"))))


def asks_for_a_person(text: str) -> bool:
    """Whether a message is asked for once more, without a word of what it is to say."""
    return bool(_AGAIN.fullmatch(text))


def message_within(text: str) -> str | None:
    """What follows "leave a message:"; None if nothing does."""
    match = _FOLLOWS.match(text)
    return match["what"].strip() if match else None
