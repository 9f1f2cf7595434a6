"""Reads what is said while a message for a person is being written, and "leave a message: ...". Pure."""

from __future__ import annotations

import re

from assistant.dialogue.wording import phrases

__all__ = ["addresses_a_person", "asks_for_a_person", "asks_to_be_contacted", "message_within", "refuses", "takes_back"]

_NO_MESSAGE = phrases("""
    no, nope, nah, no thanks, no thank you, cancel, cancel that, cancel it, never mind, nevermind, nvm, forget it,
    forget that, forget about it, leave it, leave that, leave it be, leave it there, drop it, drop that, not now, stop,
    stop that, stop it, skip, skip it, nothing, no message, don't, back, wait, hang on, hold on, abort, quit, exit,
    go back, no need, not needed, not necessary, i changed my mind, changed my mind, rather not, better not, let it be,
    let it go, undo, undo that, undo it, scrap that, scrap it, scratch that, delete that, delete it, take that back,
    take it back, (?:it |that )?(?:doesn'?t|does not) matter, (?:it's |it is )?not important, no matter,
    (?:never ?mind|forget it|nvm)\\W+(?:i|we)\\b[^?]*, (?:don't|do not|dont) bother,
    (?:don't|do not|dont) send (?:it|that|anything)
""")
_POLITE = re.compile(
    r"^(?:(?:oh|ok|okay|sorry|actually|hm+|no|well|ah|oops|wait|hang on|hold on|please|just|on second thoughts?|"
    r"you know what)[\s,.;:…–-]+)+(?=\w)"
    r"|(?:[\s,]+(?:thanks|thank you|please|then|sorry|after all|for now|now|again|any ?more))+$",
    re.IGNORECASE,
)
"""What may stand around a refusal."""
_UNWANTED = re.compile(
    r"\W*(?:(?:i|we|you|sorry|actually|please|ok|oh|no|wait|just)\W+)*"
    r"(?:(?:do not|don'?t)(?: really)? (?:want|need|wish|have) (?:to (?:leave|write|send) )?|"
    r"no need (?:for|of|to \w+) |(?:do not|don'?t) (?:leave|write|send|pass on) |"
    r"(?:forget|cancel|drop|delete|scrap|scratch|stop|skip|undo|leave)(?: about)? )"
    r"(?:an?|any|my|the|that|this|your)? ?(?:message|note)(?: then| any ?more| after all| please| now)?\W*",
    re.IGNORECASE,
)
""" "I don't want to leave a message", "forget the message"; "leave a message" is told from it before."""
_ADDRESSED = re.compile(
    r"\b(?:please|kindly|pls)\b.*\b(?:me|us|my|our)\b"
    r"|\b(?:call|ring|phone|telephone|e-?mail|contact|write(?: to)?|reach|get back to|reply to|meet|visit|inform) "
    r"(?:me|us)\b|\b(?:call|ring) back\b|\bin touch\b"
    r"|^\W*(?:(?:and|so|hello|hi|please)\W+)*(?:can|could|would|will|might|may|does|do|is|should)? ?(?:there )?"
    r"(?:some(?:one|body)|any(?:one|body)|one of (?:you|your)|a (?:person|human|colleague)|"
    r"your (?:team|colleagues?|staff))\b"
    r"(?! (?:done|did|has|have|had|tried)\b)"
    r"|^\W*(?:dear|to whom|to the (?:team|people|operator)|hello|hi|hey|good (?:morning|day|afternoon))\b.*\w+\W+\w+"
    r"|\b(?:you|your) (?:guys|people|team|colleagues?|staff|office)\b|\b(?:regards|sincerely|yours)\b",
    re.IGNORECASE | re.DOTALL,
)
""" "Please call me", "can somebody tell me whether …", "Dear team": said to a person, though it may be a question."""
_REACHABLE = re.compile(r"\S@\S|\d(?:[\s/().-]*\d){6}")
"""An address or a telephone number."""
_CONTACT = re.compile(
    r"\b(?:call|ring|phone|telephone|e-?mail|mail|text|contact|write(?: to)?|reach|get back to|reply to|answer|"
    r"talk (?:to|with)|speak (?:to|with)) (?:me|us)\b|\b(?:call|ring|phone|write|get) back\b"
    r"|\b(?:in|into) (?:touch|contact)\b"
    r"|\b(?:give|drop) (?:me|us) (?:a |an )?(?:call|ring|line|e-?mail|buzz)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:please|pls|kindly|ask (?:some|any)(?:one|body)|ask (?:a|your|the)\b|let (?:some|any)(?:one|body)"
    r"|(?:can|could|would|will|may|should|must) (?:you|some(?:one|body)|any(?:one|body)|one of|a|your|i|we)\b"
    r"|(?:some(?:one|body)|you) (?:can|could|should|must|to)\b"
    r"|(?:i|we)(?:'d| would) (?:like|love|want|be glad|prefer)\b|(?:i|we) (?:want|need|wish|ask|hope)\b)"
    r"|(?:^|[.;:,!?–-]\s*)(?:and |so )?(?:call|ring|phone|telephone|e-?mail|mail|text|contact|write|reach|give|drop)\b",
    re.IGNORECASE,
)
_TAKING_BACK = re.compile(
    r"\b(?:delete|remove|withdraw|erase|undo|retract|take back|unsend)\b[^.?!]{0,20}\bmessages?\b"
    r"|\btake\b[^.?!]{0,20}\bmessage back\b|\b(?:don't|do not|dont) (?:send|pass on) (?:my|the|that|this) message\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\W*(?:(?:i|we|can|could|would|please|want|like|to|just|yes|ok)\W+)*(?:leave|write|send)(?: you| them)? "
    r"(?:a|my|the) message(?: for (?:a|the) (?:person|human|team))?\W*",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"^[^:]{0,60}:\s*(?P<what>\S.*\s\S.*)$", re.DOTALL)
""" "Leave a message: our link is broken"; one word would be no message."""


def refuses(text: str) -> bool:
    """Whether it says plainly, and says nothing else, that there is to be no message."""
    plain = _POLITE.sub("", text.strip(" .,!…").replace("’", "'"))
    return bool(_NO_MESSAGE.fullmatch(plain) or (_UNWANTED.fullmatch(text) and not _AGAIN.fullmatch(text)))


def takes_back(text: str) -> bool:
    """Whether a message that was left is to be taken back, and nothing of the journey."""
    return _TAKING_BACK.search(text.replace("’", "'")) is not None


def asks_to_be_contacted(text: str) -> bool:
    """Whether it asks for a call or a letter and says where to: a message for a person, whatever is being asked."""
    return bool(_REACHABLE.search(text) and _CONTACT.search(text) and _WISH.search(text))


def addresses_a_person(text: str) -> bool:
    """Whether it is said to a person, or says how to reach the one who writes."""
    return bool(_REACHABLE.search(text) or _ADDRESSED.search(text))


def asks_for_a_person(text: str) -> bool:
    """Whether a message is asked for once more, without a word of what it is to say."""
    return bool(_AGAIN.fullmatch(text))


def message_within(text: str) -> str | None:
    """What follows "leave a message:"; None if nothing does."""
    match = _FOLLOWS.match(text)
    return match["what"].strip() if match else None
