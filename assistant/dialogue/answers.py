"""Reads an answer out of free words: yes, partly, not yet, does not apply, or unclear.

A bare answer ("yes", "hmm, not really") is read by its words. Of everything else the model of answers says what it
is; where it finds nothing likely, the answer is unclear: asking once more is better than a wrong guess. What is said
beyond the bare answer is kept as a note. Pure; the caller hands in the model.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from assistant.dialogue import wording
from assistant.dialogue.answer_model import OTHER, Weigh
from assistant.dialogue.wording import expand, on_one_line
from assistant.phrases import shorten_note

__all__ = ["AnswerReading", "opens_with_answer", "read_answer"]

_WORTH_KEEPING_WHOLE = 2
"""Words with a content of their own from which a message is kept that does not open with an answer."""
_OPENINGS = 8
"""Opening words that are read one after the other: "well, no, sorry, not really"."""
_NAMED = re.compile(r"\d(?! ?%)|(?<=[a-z,] )(?!I\b)[A-Z]\w")
"""A number, or a name within a sentence, which is worth keeping by itself: "in 2019", "with Lyon", "in May"."""
_MARKS = " ,.;:!?()…–—-"
_WORDS = re.compile(r"[^\W\d_]{2,}|\d ?%|\d ?/ ?\d")
"""What may answer: a word, or a share; letters alone do not."""
_CONTRAST = wording.phrases("""
    but, although, though, however, except, only, just, well, actually, still, partly, half, some, apart from,
    in theory, on paper, not, no, nobody, none, nothing, never, yes, yet, or rather, while, whereas, \\w+n't
""")
"""Words after a plain answer that may take part of it back."""
_COUNTS = {"yes": 1.0, "partly": 1.5, "not_yet": 0.67, "not_applicable": 1.5, "unclear": 1.5}
"""How much what the model says of a value counts, against the others: it finds a "not yet" where a part, or nothing at
all, was said. Settled on answers of two hands that were not trained on (tests/nlu/answers_development.yml); what one of
them asks for improves the other."""
_LIKELY, _LEAST = 0.40, 0.20
"""Likelihood, among the answers and altogether, from which a value counts; else asking back is better than a guess."""


@dataclass(frozen=True)
class AnswerReading:
    """What was read.

    Args:
        value: ``yes``, ``partly``, ``not_yet``, ``not_applicable``, or None when unclear.
        note: what was said beyond the bare answer, in the person's own spelling; None if nothing.
        bare: whether a plain answer is all there is.
        other: how likely it is no answer at all, 0 to 1.
        likely: how likely the value is, 0 to 1.
    """

    value: str | None
    note: str | None = None
    bare: bool = False
    other: float = 0.0
    likely: float = 1.0


@dataclass(frozen=True)
class _Opening:
    """The plain answer that opens a message.

    Args:
        value: what it says; None where it contradicts itself, or there is none.
        kept: the message without emoji at its ends.
        end: where in `kept` the opening ends; 0 where there is none.
    """

    value: str | None
    kept: str
    end: int

    @property
    def rest(self) -> str:
        """What follows it."""
        return self.kept[self.end :].strip(_MARKS)


_BEFORE_WORDS = re.compile(r"^[^\w(\[€$£¥+\"'“‘«/–—-]+")
"""Emoji and marks before the first word: "👍 yes"."""
_AFTER_WORDS = re.compile(r"[^\w\s.,;:!?()\[\]\"'”’»%€$£+/–—…-]+\s*$")
"""Emoji after the last one."""


def read_answer(text: str, weigh: Weigh) -> AnswerReading:
    """Reads one message as the answer to a checklist question.

    What others do for them ("the ministry does it for us") is a yes with a note: the questions are about what is in
    place, whoever does it. What is said to be for others to do ("that is the ministry's job") does not apply.

    Args:
        text: the message.
        weigh: the model of answers, asked about the question that is open.
    """
    opening = _opening(text)
    if opening.end and not opening.rest:
        return AnswerReading(opening.value, bare=True)
    if not _WORDS.search(opening.kept):
        return AnswerReading(None)
    weighed = dict(weigh(opening.kept))
    other = weighed.pop(OTHER)
    likely = _counted(weighed)
    value = max(likely, key=lambda kind: likely[kind])
    clear = value != "unclear" and likely[value] >= max(_LIKELY * (1 - other), _LEAST)
    note = _tail(opening.kept[opening.end :]) if opening.end else _whole(opening.kept, value)
    read = value if clear else None
    if opening.value is not None and read != "not_applicable" and not _CONTRAST.search(opening.rest):
        read = opening.value  # "not yet: 17 of 112 members" stays what it says
    return AnswerReading(read, note, other=other, likely=likely[value])


def _counted(weighed: dict[str, float]) -> dict[str, float]:
    """The likelihoods with what each counts; together they stay what they were."""
    counted = {value: likelihood * _COUNTS[value] for value, likelihood in weighed.items()}
    share = sum(weighed.values()) / (sum(counted.values()) or 1.0)
    return {value: likelihood * share for value, likelihood in counted.items()}


def opens_with_answer(text: str) -> bool:
    """Whether a plain answer opens a message, so that it is an answer whatever follows."""
    return _opening(text).value is not None


@functools.lru_cache(maxsize=256)
def _opening(text: str) -> _Opening:
    """The plain answer that opens a message; kept, as a turn reads the same words several times."""
    kept = _AFTER_WORDS.sub("", _BEFORE_WORDS.sub("", on_one_line(text)))
    plain = kept.replace("’", "'")  # as long as `kept`, so that places in one are places in the other
    values, end = _opening_answers(plain)
    return _Opening(_first(values) if values else None, kept, end)


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
    # What fills up after an answer belongs to it: "yes, I think"; but "yes please" asks for something.
    filled = bool(values) and position >= len(plain) and not plain.rstrip(_MARKS).lower().endswith("please")
    return values, len(plain) if filled else end


def _one_opening(plain: str, position: int) -> tuple[str | None, int]:
    wait = wording.RESET.match(plain, position)
    if wait and wait[0].lower().startswith("no "):
        return None, position
    for value, pattern in wording.OPENING.items():
        match = pattern.match(plain, position)
        if match and not wording.DOUBTED.match(plain, match.end()):
            return value, match.end()
    return None, position


# --- Notes ---------------------------------------------------------------------------------------


def _tail(rest: str) -> str | None:
    """What follows the bare answer, if it is worth keeping."""
    tail = re.sub(r"^(?:but|and)\s+", "", rest.strip(_MARKS), flags=re.IGNORECASE)
    if tail.count("(") > tail.count(")"):
        tail += ")"  # a bracket belongs to what it closes
    return shorten_note(tail) if _contents(tail) or _NAMED.search(tail) else None


def _whole(text: str, value: str) -> str | None:
    """The whole message, if more than a bare answer is in it."""
    # In a partly, every word may say which part; of what is unclear, every word may help.
    least = 1 if value in ("partly", "unclear") or _NAMED.search(text) else _WORTH_KEEPING_WHOLE
    return shorten_note(text) if len(_contents(text)) >= least else None


def _contents(text: str) -> list[str]:
    """The words that say something by themselves."""
    return [word for word in re.findall(r"[^\W_]+(?:'\w+)?", expand(text)) if word not in wording.WITHOUT_CONTENT]
