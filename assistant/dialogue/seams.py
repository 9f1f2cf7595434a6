"""Finds where something else begins in the middle of a sentence, without having the form of it.

:mod:`assistant.dialogue.parts` cuts where a question or a request begins that looks like one. "Show my actions, and the
one with the newsletter is done" holds two things of which the second does not. A comma, a dash or an "and" may be such
a seam. What stands before it and behind it is read by itself, and a logistic regression tells from both readings, and
from that of the whole, whether they are two. Its weights (``seams.json``) are found by ``benchmarks/fit_seams.py``.
The caller reads; otherwise pure.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path

from assistant.dialogue.answers import opens_with_answer
from assistant.dialogue.parts import ANSWERS, EVENTS, LEAD, LOST, SELF, Piece, asks

__all__ = ["WEIGHTS", "Read", "Seam", "apart", "likely", "seams_of", "traits"]

WEIGHTS = Path(__file__).with_name("seams.json")

Seen = tuple[str, float]
"""What a text is taken for by itself: an intent and how sure that is."""
Read = Callable[[str], Awaitable[Seen]]
Seam = tuple[int, int]
"""Where what stands before it ends, and what stands behind it begins."""

_SEAM = re.compile(
    rf"\s*(?:[,;:]|\.\.+|…)+\s+(?:{LEAD}\b[\s,]*)*|\s+[-–—+&]+\s+(?:{LEAD}\b[\s,]*)*|,(?=[^\W\d])"
    rf"|\s+(?:{LEAD}\s+)+|\s+(?=(?:please|pls|plz)\s+\w)",
    re.IGNORECASE,
)
_WORD, _MARK, _STRONG = re.compile(r"[^\W\d_]"), re.compile(r"[^\w\s]"), re.compile(r"[;…+]|\.\.|\s[-–—]")
_MOST_SEAMS = 6
"""Of one sentence. Each costs two readings; a sentence with more is a list."""
_MOST_WORDS = 8
"""More say no more about whether a stretch stands by itself."""
_LIKELY = 0.6
"""From which two are taken for two; settled on the development sets, where a torn answer costs more than two
requests of which one waits."""
_MANNERS = frozenset({"greet", "thanks", "goodbye"})
_ENQUIRIES = frozenset({"ask_knowledge", "who_paid", "show_fitting", "more", "compare"})
"""What the explanation of an answer is easily taken for."""

_POINTING = frozenset({"show_entry"})


def seams_of(text: str) -> list[Seam]:
    """Where a text may be taken apart, in its order."""
    return [m.span() for m in _SEAM.finditer(text) if m.start() and m.end() < len(text)][:_MOST_SEAMS]


def traits(text: str, seam: Seam, left: Seen, right: Seen, whole: Seen, *, open_question: bool) -> dict[str, float]:
    """What the regression looks at, by name.

    Args:
        text: what the seam is in.
        seam: the place.
        left: what stands before it, read by itself.
        right: what stands behind it, read by itself.
        whole: all of it.
        open_question: whether an answer is being waited for.
    """
    before, between, behind = text[: seam[0]], text[slice(*seam)], text[seam[1] :]
    lengths = len(before.split()), len(behind.split())
    seen: dict[str, float] = {
        "left_sure": _odds(left[1]),
        "right_sure": _odds(right[1]),
        "whole_sure": _odds(whole[1]),
        "whole_is_left": _odds(whole[1]) * (whole[0] == left[0]),
        "whole_is_right": _odds(whole[1]) * (whole[0] == right[0]),
        "whole_is_neither": whole[0] not in (left[0], right[0]),
        "same": left[0] == right[0],
        "left_asks": asks(before),
        "right_asks": asks(behind),
        "left_one_word": lengths[0] == 1,
        "right_one_word": lengths[1] == 1,
        "right_length": min(lengths[1], _MOST_WORDS) / _MOST_WORDS,
        "left_opens_with_answer": opens_with_answer(before),
        "open_question": open_question,
        "answer_waited_for": open_question and left[0] in ANSWERS,
        "enquiry_instead": open_question and right[0] in _ENQUIRIES,
        "has_word": _WORD.search(between) is not None,
        "has_mark": _MARK.search(between) is not None,
        "has_strong_mark": _STRONG.search(between) is not None,
        "has_comma": "," in between,
    }
    for side, intent in (("left", left[0]), ("right", right[0])):
        seen[f"{side}_is_answer"] = intent in ANSWERS
        seen[f"{side}_is_lost"] = intent in LOST
        seen[f"{side}_is_outside"] = intent == "out_of_scope"
        seen[f"{side}_is_event"] = intent in EVENTS
        seen[f"{side}_is_oneself"] = intent in SELF
        seen[f"{side}_is_manners"] = intent in _MANNERS
    return {name: float(value) for name, value in seen.items()}


def likely(seen: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely what stands before a seam and behind it are two things."""
    return 1 / (1 + math.exp(-weights[""] - sum(weights[name] * value for name, value in seen.items())))


async def apart(piece: Piece, read: Read, *, open_question: bool) -> list[Piece]:
    """The pieces that a piece falls into; itself if nothing else begins in it.

    Args:
        piece: a piece of a message.
        read: reads a text by itself.
        open_question: whether an answer is being waited for.
    """
    seams = seams_of(piece.text)
    if not seams:
        return [piece]
    whole, best = await read(piece.text), (_LIKELY, (0, 0))
    for seam in seams:
        left, right = await read(piece.text[: seam[0]]), await read(piece.text[seam[1] :])
        if not _may_be_two(left, right, piece.text[seam[1] :]):
            continue
        two = likely(traits(piece.text, seam, left, right, whole, open_question=open_question), _weights())
        best = max(best, (two, seam))
    _, (end, start) = best
    if not start:
        return [piece]
    first = Piece(piece.start, piece.start + end, piece.text[:end], piece.within, piece.apart)
    second = Piece(piece.start + start, piece.end, piece.text[start:], within=True, apart=True)
    return [found for each in (first, second) for found in await apart(each, read, open_question=open_question)]


def _may_be_two(left: Seen, right: Seen, behind: str) -> bool:
    """Whether it could do any good to take them for two.

    An answer, and what one says of oneself, only go on with what stands before them, unless they have the form that
    it ("we are twelve firms, and they want to sell in Vietnam"); and a fragment that means nothing by itself belongs to
    what gives it meaning ("events in Sweden and Norway for wood", "compare the first and the third").
    """
    if (
        right[0] in SELF | LOST | _POINTING
        or left[0] in LOST
        or (right[0] in ANSWERS and not opens_with_answer(behind))
    ):
        return False
    return right[0] != "out_of_scope" or asks(behind)


def _odds(sure: float) -> float:
    """The logarithm of the odds, within what two decimals tell."""
    return math.log(max(sure, 0.01) / (1.01 - min(sure, 1.0)))


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights
