"""Takes a message apart that asks for several things: "yes, and who pays for this?".

A message is cut where something new may begin: at the end of a sentence, and before "and who ...", ", can you ...".
Each piece is then read by itself, and pieces that belong together are put together again: an answer and its
explanation, a question and what it is about. What is left are the parts, which are taken one after the other. Most
messages have one. Pure: the caller reads the pieces.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue.answers import opens_with_answer
from assistant.dialogue.corrections import OF_WHICH, is_correcting, names_its_question
from assistant.dialogue.wording import phrases

__all__ = [
    "ANSWERS",
    "EVENTS",
    "LEAD",
    "LOST",
    "MOST_PIECES",
    "SELF",
    "Piece",
    "asks",
    "joined",
    "may_be_several",
    "pieces_of",
]

MOST_PIECES = 12
"""Pieces that are read; what follows stays with the last. Nobody asks for more at a time, and each costs a reading."""
_MOST_PARTS = 4
"""Parts that are acted on one after the other; a longer message keeps its rest together in the last."""

_QUESTION = (
    r"(?:who|whom|whose|where|when|how|which|wich|what|why)(?:['’]?s|['’]?re)?\b"
    r"(?! (?:we|they) (?:have|did|do|had|found) (?:is|was)\b)"
    r"|(?:is|are|was|were|can|could|do|does|did|should|shall|will|would|has|have|may|must)(?:n't)? "
    r"(?:i|we|you|it|he|she|they|there|this|that|these|those|any|anyone|anybody|someone|other|our|my|the)\b"
    r"|any(?:one|body)\b|any (?:idea|examples?|money|tools?|news|cases?|funding)\b"
)
_ORDER = (
    r"(?:please |pls |just |then |now )*(?:"
    r"(?:show|tell|give|remind|help) (?:me|us)"
    r"|skip|undo|explain|define|continue|carry on|go on|go to|go back|tick|open|leave a message|start|leave out"
    r"|ch(?:an|na)ge (?!that|it|this)|show (?:my|our|the|what)|compare|note (?:down|that)|write (?:down|that)"
    r"|plan (?:an?|the)|new action|take (?:that|it|me|us)"
    r"|(?:put|add|mark|set) (?:that|it|this|an?|the|to|question|number|answer))\b"
    r"|(?:i|we)(?:'d| would| want| wanted| need| have)?(?: also| still| just| really)* "
    r"(?:(?:like|want) to (?:know|see|ask|go|do|change|talk|learn|hear|understand)|need to know|appreciate|"
    r"be (?:very |most |so )?(?:grateful|glad|happy|interested|thankful)|(?:a|another|one more) question|wonder|"
    r"asked (?:you )?(?:who|what|how|which|where|about)|(?:must|have to) (?:run|go|leave|stop))"
    r"|let'?s\b|let us\b|next question\b|what next\b"
)
LEAD = (
    r"(?:and|but|also|so|then|plus|oh|ok|okay|well|by the way|btw|besides|secondly|another thing|one more thing|"
    r"meanwhile|after that|as for (?:your|the) question|furthermore|moreover|in addition|additionally|finally|lastly|"
    r"firstly|first of all)"
)
_ANSWER = r"(?:yes|no|partly|not yet)\b(?: (?:to|for|on|we|i|it|they|that|this|our|nobody|since)\b|[,.!]|$)"
_ASKED_OUTRIGHT = (
    r"(?:do|did|have|can|could|would) (?:you|they)\b|(?:is|are) there\b"
    r"|how (?:many|much|do|does|did|can|could|should)\b"
    r"|(?:who|which|w?h?ich \w+|what|where|how|why) (?:do|does|did|is|are|has|have|could|can|would|else)\b|why is\b"
)
_HANGING = (
    "know knows knew see sees say says said idea sure clear tell ask asked decide decided discuss discussed about of "
    "on for in with to by and or but that understand depends exactly matter"
).split()
_OUTRIGHT = re.compile("".join(rf"(?<!\b{word})" for word in _HANGING) + rf"\s+(?={_ASKED_OUTRIGHT})", re.IGNORECASE)
""" "No we haven't how many are left": where an answer opens, a question may follow it without a mark; but not one that
hangs on a verb: "no, we never asked who exports"."""
_BEGINNING = re.compile(
    rf"\s*[,;:–—-]+\s+(?:{LEAD}[\s,:]+)*(?={_QUESTION}|{_ORDER})"
    rf"|[,;]?\s+(?:{LEAD}[\s,:]+)+(?={_QUESTION}|{_ORDER}|{_ANSWER}|{OF_WHICH})",
    re.IGNORECASE,
)
"""Where a question, a request or an answer begins within a sentence."""
_ENDING = re.compile(r"(?<=[.!?;…])[\"'”’)]*\s+(?=\S)")
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|resp|incl|dr|mr|mrs|ms|prof|nr|vs|ca|st)|(?<!['’])\b[a-z])\.$", re.IGNORECASE
)
""" "e.g." and "Dr." end no sentence."""
_LEADING = re.compile(rf"^(?:{LEAD}\b[\s,:]*)+", re.IGNORECASE)
_ASKS = re.compile(rf"^(?:{LEAD}\b[\s,:]*)*(?:{_QUESTION})", re.IGNORECASE)
_ORDERS = re.compile(rf"^(?:{LEAD}\b[\s,:]*)*(?:{_ORDER})", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:if(?!\s+(?:yes|no|not|so)\b)|when|whenever|before|after|since|because|as|once|"
    r"although|though|while|given|unless|until|where(?!\s+(?:did|do|does|is|are|was|were|can|could|have|has)\b)|for|"
    r"in case|in order|on|about|regarding|concerning|with|without)\b",
    re.IGNORECASE,
)
""" "When we go to Japan, who should we meet?" is one question."""
_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|she|that|those|these|this|one|ones|the same)\b", re.IGNORECASE
)
_LEFT_OPEN = re.compile(
    r"\b(?:nobody|no ?one|none of us|(?:we|i|they) (?:really |still )?(?:don['’]?t|do not|didn['’]?t|never))"
    r" (?:really )?(?:knows?|knew|decided|agreed?|said|settled)(?: yet)?\W*$"
    r"|\b(?:is|are) (?:still )?(?:open|unclear|not (?:clear|decided|settled))(?: yet)?\W*$",
    re.IGNORECASE,
)
""" "Who writes the report nobody knows" tells; it asks nothing."""
_AT_US = re.compile(
    r"\b(?:you|your|yours|waymark|bot|chat|app|it|it['’]s|its|this|that|these|them|stop|waste|again|talking|answers?)\b",
    re.IGNORECASE,
)
""" "This is useless" complains; "we have a survey, so pretty useless" answers."""
_INTERJECTION = re.compile(
    r"(?:(?:sorry|oh|ok|okay|well|right|great|good|fine|hm+|ah|hey|nice|perfect|super|please)\b[\s,.:;]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?i:(?:and |with |my |our )?(?:(?:kind|best|warm|warmest|many) (?:regards|wishes|thanks)|regards|sincerely|"
    r"yours(?: \w+)?|thanks?(?: you)?(?: very much| a lot| so much)?(?: in advance| for your help)|"
    r"(?:i am |i'm |we are )?looking forward to (?:your (?:reply|answer|response)|hearing from you)))[\s,.!]*"
    r"(?:[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3}\W*)?"
)
""" "Kind regards, Marta" at the end of a letter is no farewell."""
_THIS_ONE = phrases("this one, this question, to this, for this, the new one, the last one, here, now")

_OR = re.compile(r"^\W*or\b", re.IGNORECASE)
_NO_MESSAGE = frozenset({"ask_privacy", "ask_language", "are_you_human"})
"""What is said to the assistant, not to the person whom it is to be passed on to."""

_MANNERS = frozenset({"greet", "thanks"})
EVENTS = frozenset({"project_failed", "unexpected_event", "not_for_us", "why_again", "finished_round"})
_COMMANDS = frozenset({
    "what_next", "continue", "undo", "help", "pause", "skip_question", "skip_step", "open_step", "explain_step",
    "show_progress", "goodbye", "why_ask", "what_counts", "show_answers", "show_actions", "plan_action",
    "finish_action", "leave_message", "ask_privacy", "ask_language", "show_menu", "recommendations", "show_fitting",
    "tell_more", "more_like_this", "ask_source", "still_open", "compare", "who_paid", "more", "accept", "decline",
})  # fmt: skip
SELF = frozenset({"declare_role", "declare_standing", "declare_profile", "change_role"})
ANSWERS = frozenset({"answer_yes", "answer_partly", "answer_not_yet", "answer_not_applicable"})
LOST = frozenset({"not_understood", "answer_unclear", "unreadable"})
_LOOKING = frozenset({"ask_knowledge", "define_term", "explain_step", "open_step", "show_answers"})
"""Requests of which one message may hold two."""
_SURE = 0.55
"""Confidence from which a command without the form of one counts."""
_CERTAIN = 0.80
"""The same where it opens as an answer does."""
_BRIEF = 6
"""Words."""


class _Kind(enum.Enum):
    MANNERS = enum.auto()
    SUBORDINATE = enum.auto()
    REQUEST = enum.auto()
    EVENT = enum.auto()
    CORRECTION = enum.auto()
    COMPLAINT = enum.auto()
    ANSWER = enum.auto()
    STATEMENT = enum.auto()


_TOLD = frozenset({_Kind.ANSWER, _Kind.STATEMENT})


@dataclass(frozen=True)
class Piece:
    """A stretch of a message.

    Args:
        start: where it begins in the message.
        end: where it ends.
        text: its words.
        within: whether it goes on with a sentence rather than beginning one.
        apart: whether its reading, and not its form, tells that it is something else than what stands before it.
    """

    start: int
    end: int
    text: str
    within: bool = False
    apart: bool = False


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a cleaned message, in order; one where nothing new begins in it."""
    cuts, within = {0: 0}, set()  # where a piece begins, and where the one before it ends
    for match in _ENDING.finditer(text):
        if not _SHORTENED.search(text[: match.start()]):
            cuts[match.end()] = match.start()
    beginnings = [*_BEGINNING.finditer(text), *(_OUTRIGHT.finditer(text) if opens_with_answer(text) else ())]
    for match in beginnings:
        if match.start() > 0:
            cuts[match.end()] = match.start()
            within.add(match.end())
    starts = sorted(cuts)[:MOST_PIECES]
    ends = [*(cuts[start] for start in starts[1:]), len(text)]
    found = [Piece(s, e, text[s:e].strip(), s in within) for s, e in zip(starts, ends, strict=True)]
    return [piece for piece in found if re.search(r"\w", piece.text)]


def may_be_several(pieces: Sequence[Piece], *, open_question: bool) -> bool:
    """Whether reading the pieces one by one is worth its time: more than one, and something in them asked for.

    While an answer is waited for, sentences that ask for nothing are that answer.
    """
    telling = open_question and not any(asks(piece.text) or _brief(piece.text) or piece.apart for piece in pieces)
    return len(pieces) > 1 and not telling


def _brief(text: str) -> bool:
    return len(text.split()) <= _BRIEF


def asks(text: str) -> bool:
    """Whether it has the form of a question or of a request."""
    asked = text.endswith("?") or (_ASKS.match(text) is not None and _LEFT_OPEN.search(text) is None)
    return asked or bool(_ORDERS.match(text))


@dataclass(frozen=True)
class _Heard:
    """A piece with what it is taken for by itself."""

    piece: Piece
    intent: str
    kind: _Kind

    @property
    def text(self) -> str:
        return self.piece.text


def joined(text: str, pieces: Sequence[Piece], read: Sequence[tuple[str, float]], *, open_question: bool) -> list[str]:
    """The parts of a message, each as it was written.

    Args:
        text: the message.
        pieces: its pieces.
        read: what each of them is taken for by itself: an intent and how sure that is.
        open_question: whether an answer is being waited for.
    """
    heard = [_Heard(p, r[0], _kind(p.text, *r, open_question)) for p, r in zip(pieces, read, strict=True)]
    groups: list[list[_Heard]] = []
    answered = False
    for each in heard:
        if groups and (len(groups) == _MOST_PARTS or _belongs(each, groups[-1], answered=answered)):
            groups[-1].append(each)
        else:
            groups.append([each])
        answered = answered or each.kind is _Kind.ANSWER
    meant = [group for group in groups if any(each.kind is not _Kind.MANNERS for each in group)]
    if not meant:
        return [text]
    return [_written(text, group) for group in meant]


def _written(text: str, group: Sequence[_Heard]) -> str:
    words = text[group[0].piece.start : group[-1].piece.end].strip()
    return (_LEADING.sub("", words) if group[0].piece.start else "") or words


def _kind(text: str, intent: str, confidence: float, open_question: bool) -> _Kind:
    asking = asks(text)
    answered = opens_with_answer(text)
    if (
        _INTERJECTION.fullmatch(text)
        or _CLOSING.fullmatch(text)
        or (intent in _MANNERS and not asking and _brief(text))
    ):
        return _Kind.MANNERS
    if _SUBORDINATE.match(text) and not text.endswith(("?", ".", "!")) and not _ORDERS.match(text):
        return _Kind.SUBORDINATE
    if intent == "complaint" and confidence >= _SURE:
        return _Kind.COMPLAINT
    if intent == "correct_answer" and confidence >= _SURE and (is_correcting(text) or not asking):
        return _Kind.CORRECTION
    if asking and not (answered and intent in ANSWERS):
        return _Kind.REQUEST
    if intent in EVENTS and confidence >= _SURE:
        return _Kind.EVENT
    if intent in _COMMANDS and confidence >= (_CERTAIN if answered and open_question else _SURE):
        return _Kind.REQUEST
    if intent in _LOOKING and confidence >= _CERTAIN and not answered:
        return _Kind.REQUEST  # "wich clusters work with Brasil"
    return _Kind.ANSWER if open_question and (answered or intent in ANSWERS) else _Kind.STATEMENT


def _belongs(each: _Heard, group: Sequence[_Heard], *, answered: bool) -> bool:
    """Whether a piece goes on with the group before it; `answered` if an answer was among the pieces so far."""
    last = group[-1]
    if _OR.match(each.text):
        return True
    if group[0].intent == "leave_message":
        # What follows the wish to write to a person is what is to be passed on.
        return each.kind is not _Kind.REQUEST or each.intent not in _NO_MESSAGE
    if names_its_question(each.text):
        return False
    if each.kind is _Kind.COMPLAINT and last.kind in _TOLD and each.piece.within and not _AT_US.search(each.text):
        return True
    if each.piece.apart and each.intent != last.intent:
        return False
    if last.kind is _Kind.SUBORDINATE:
        return True
    if each.kind is _Kind.MANNERS or all(h.kind is _Kind.MANNERS for h in group):
        return False
    if each.intent in LOST and each.kind is not _Kind.REQUEST:
        return True
    match each.kind:
        case _Kind.STATEMENT | _Kind.SUBORDINATE:
            # Two things of those that one says of oneself are two; anything else explains what stands before it.
            return not (each.intent in SELF and last.intent in SELF and each.intent != last.intent)
        case _Kind.ANSWER:
            if last.kind is _Kind.CORRECTION:
                return not _THIS_ONE.search(each.text)
            return last.intent != "undo" and (answered or last.kind is _Kind.STATEMENT)
        case _Kind.REQUEST:
            return _goes_on(each, last)
        case _Kind.CORRECTION:
            return last.kind in (_Kind.CORRECTION, _Kind.ANSWER) and _brief(each.text)
        case _:
            return each.kind is last.kind


def _goes_on(each: _Heard, last: _Heard) -> bool:
    """Whether a request belongs to what was said before it: "who has done Japan, and who paid for it?"."""
    told = last.kind in (_Kind.STATEMENT, _Kind.ANSWER, _Kind.EVENT) and not opens_with_answer(last.text)
    if told and each.piece.within and _BACK.search(each.text):
        return True  # "our partner left, has anyone had that?"
    if last.kind is _Kind.STATEMENT:
        # "We have no money left. Who could pay?" is one question; who one is stands by itself.
        return last.intent not in SELF - {"declare_profile"}
    if last.kind is not _Kind.REQUEST:
        return False
    if each.intent == "who_paid" and last.intent in ("ask_knowledge", "define_term"):
        return True  # what a question finds is told with who paid for it
    if each.intent == last.intent:
        # "Undo that, go back": two words for one wish. Two questions are two, unless one points at the other.
        return each.intent not in _LOOKING or bool(_BACK.search(each.text))
    return False
