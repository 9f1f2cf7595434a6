"""Reads an answer out of free words: yes, partly, not yet, does not apply, or unclear.

A message is read in two ways. If it opens with an answer ("yes", "not yet", "sort of"), that
is the answer, and what follows may weaken it ("yes, but only for two of five") and is kept as
a note. If not, each clause is read by its own words ("the board signed it in May", "nobody was
trained"), and clauses that disagree make a partly. Words that avoid an answer ("no idea",
"maybe we did") give none: asking once more is better than a wrong guess. Pure; no model is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.dialogue import wording
from assistant.dialogue.wording import expand, on_one_line

__all__ = ["LONGEST_NOTE", "AnswerReading", "read_answer"]

LONGEST_NOTE = 1000
"""Characters of a note that are kept."""
_EMPTY = frozenset(
    "we i it that this do did does have has had is are was were been be not n't don't didn't haven't so all of course "
    "sure please thanks thank you indeed really yes no there one them already absolutely definitely sorry but and "
    "think guess mean well ok okay sir madam all at now yet still".split()
)
"""Words after an answer that add nothing worth keeping: "yes, of course we do"."""
_WORTH_KEEPING_WHOLE = {"partly": 3, "not_applicable": 5, None: 1}
"""The same for a message that does not open with an answer, by what it is read as; else four: "we did last year"."""
_CLAUSES = 40
"""Clauses of a message that are read; nobody's answer comes later than that."""
_CONCLUDED = {"yes": "yes", "no": "not_yet", "not yet": "not_yet", "partly": "partly"}
_OPENINGS = 8
"""Opening words that are read one after the other: "well, no, sorry, not really"."""
_MARKS = " ,.;:!?()…–—-"


@dataclass(frozen=True)
class AnswerReading:
    """What was read.

    Args:
        value: ``yes``, ``partly``, ``not_yet``, ``not_applicable``, or None when unclear.
        note: what was said beyond the bare answer, in the person's own spelling; None if nothing.
        sure: whether a plain answer opened the message ("no, never"), so that it can hardly mean anything else.
        bare: whether nothing at all followed the opening.
        avoided: whether the words avoid an answer ("no idea", "perhaps", "not now").
    """

    value: str | None
    note: str | None = None
    sure: bool = False
    bare: bool = False
    avoided: bool = False


# --- Reading -------------------------------------------------------------------------------------


_BEFORE_WORDS = re.compile(r"^[^\w(\[€$£¥+\"'“‘«/–—-]+")
"""Emoji and marks before the first word: "👍 yes"."""
_AFTER_WORDS = re.compile(r"[^\w\s.,;:!?()\[\]\"'”’»%€$£+/–—…-]+\s*$")
"""Emoji after the last one."""


def read_answer(text: str) -> AnswerReading:
    """Reads one message as the answer to a checklist question."""
    kept = _AFTER_WORDS.sub("", _BEFORE_WORDS.sub("", on_one_line(text)))
    plain = kept.replace("’", "'")  # as long as `kept`, so that places in one are places in the other
    values, end = _opening_answers(plain)
    if not values:
        value, avoided = _said(expand(plain))
        return AnswerReading(value, _whole(kept, value), avoided=avoided)
    value = _weakened(_first(values), expand(plain[end:]), attached=plain[end : end + 1].isspace())
    if value is None:
        return AnswerReading(None, _whole(kept, None), avoided=True)
    return AnswerReading(value, _tail(kept[end:]), sure=True, bare=not kept[end:].strip(_MARKS))


def _first(values: list[str]) -> str | None:
    """What several openings say together: "well, yes, partly" is partly, "yes, no" is neither."""
    if "partly" in values:
        return "partly"
    return values[0] if len(set(values)) == 1 else None


def _opening_answers(plain: str) -> tuple[list[str], int]:
    """The answers with which a message opens, and where they end."""
    values: list[str] = []
    position = end = 0
    replaced = False
    for _ in range(_OPENINGS):
        value, after = _one_opening(plain, position)
        if value is not None:
            values = [value] if replaced else [*values, value]
            replaced = False
            end = after
        else:
            reset = wording.RESET.match(plain, position)
            word = reset or wording.FILLER.match(plain, position)
            if word is None:
                break
            replaced = replaced or reset is not None
            after = word.end()
        gap = wording.BETWEEN.match(plain, after)
        position = gap.end() if gap else after
    return values, end


def _one_opening(plain: str, position: int) -> tuple[str | None, int]:
    wait = wording.RESET.match(plain, position)
    if wait and wait[0].lower().startswith("no "):
        return None, position
    for value, pattern in wording.OPENING.items():
        match = pattern.match(plain, position)
        if match:
            return value, match.end()
    return None, position


def _weakened(value: str | None, rest: str, *, attached: bool) -> str | None:
    """The answer, after what follows its opening is heard too; None if the two contradict each other.

    Args:
        value: what the opening says.
        rest: what follows it, expanded.
        attached: whether it follows without a pause.
    """
    said = _neutral(rest)
    kinds = _kinds(said)
    contrasted = bool(wording.CONTRAST.search(said))
    if value in ("yes", "not_yet") and wording.NOT_APPLICABLE.search(said):
        return "not_applicable"
    if value == "yes":
        if attached and not wording.CONTRAST.match(said) and [*map(_kind, _clauses(said)[:1])] == ["no"]:
            return None  # "yes we don't"
        less = contrasted or "partly" in kinds or "no" in kinds or wording.EXCEPTION.search(said)
        return "partly" if less else "yes"
    if value == "not_yet" and ((contrasted and {"partly", "yes"} & set(kinds)) or wording.IN_PART.search(said)):
        return "partly"
    return value


def _said(words: str) -> tuple[str | None, bool]:
    """What the clauses of a message say together, and whether it avoids an answer."""
    if wording.NOT_APPLICABLE.search(words):
        return "not_applicable", False
    said = _neutral(words)
    kinds = _kinds(said)
    if wording.AVOIDED.search(words):
        return ("partly", False) if "partly" in kinds else (None, True)
    concluded = wording.CONCLUSION.search(words)
    if concluded:
        return _CONCLUDED[concluded[1]], False
    if "partly" in kinds or ("yes" in kinds and "no" in kinds) or wording.EXCEPTION.search(said):
        return "partly", False
    if "no" in kinds:
        return "not_yet", False
    if "yes" in kinds:
        return "yes", False
    return ("not_yet" if "future" in kinds else None), False


def _neutral(words: str) -> str:
    """Takes out negatives that deny nothing: "no problems at all", "a report on why banks will not lend"."""
    words = wording.SUBORDINATE.sub(" ", words)
    return wording.NEUTRAL.sub(" ", wording.DOUBLE_NEGATIVE.sub(" yes ", words))


def _clauses(words: str) -> list[str]:
    return [clause.strip() for clause in wording.CLAUSE_END.split(words) if clause.strip()][:_CLAUSES]


def _kinds(words: str) -> list[str]:
    """What each clause says, in order; clauses that say nothing are left out."""
    return [kind for kind in map(_kind, _clauses(words)) if kind]


def _kind(clause: str) -> str | None:
    partly, no = wording.PARTLY.search(clause), wording.NO.search(clause)
    if no and re.search(r"\byes\b", clause):
        return "partly"
    # What comes first governs: "some did not" is partly, "nobody has started" is not.
    if partly and (not no or partly.start() <= no.start()):
        return "partly"
    if no:
        return "no"
    if wording.FUTURE.search(clause):
        return "yes" if wording.HAD.search(clause) else "future"
    return "yes" if wording.YES.search(clause) else None


# --- Notes ---------------------------------------------------------------------------------------


def _tail(rest: str) -> str | None:
    """What follows the bare answer, if it is worth keeping."""
    tail = re.sub(r"^(?:but|and)\s+", "", rest.strip(_MARKS), flags=re.IGNORECASE)
    if tail.count("(") > tail.count(")"):
        tail += ")"  # a bracket belongs to what it closes
    words = [word for word in re.findall(r"[\w']+", tail.lower()) if word not in _EMPTY]
    return _kept(tail, 0) if words else None


def _whole(text: str, value: str | None) -> str | None:
    return _kept(text, _WORTH_KEEPING_WHOLE.get(value, 4))


def _kept(text: str, least: int) -> str | None:
    if len(text.split()) < least and not re.search(r"\d", text):
        return None
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
