"""Reads an answer out of free words: yes, partly, not yet, does not apply, or unclear.

A message is read in two ways. If it opens with an answer ("yes", "not yet", "sort of"), that
is the answer, and what follows may weaken it ("yes, but only for two of five") and is kept as
a note. If not, each clause is read by its own words ("the board signed it in May", "nobody was
trained"), and clauses that disagree make a partly. Words that avoid an answer ("no idea",
"maybe we did") give none: asking once more is better than a wrong guess. Pure; no model is asked.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.dialogue import idioms, wording
from assistant.dialogue.lexicon import is_known, nearest
from assistant.dialogue.wording import expand, on_one_line

__all__ = ["LONGEST_NOTE", "AnswerReading", "informed", "read_answer"]

LONGEST_NOTE = 1000
"""Characters of a note that are kept."""
_WORTH_KEEPING_WHOLE = 2
"""Words with a content of their own from which a message is kept that does not open with an answer."""
_CLAUSES = 40
"""Clauses of a message that are read; nobody's answer comes later than that."""
_ASKS = re.compile(r"(?:who|what|where|when|how|which|why|is|are|do|does|can|could)\b")
_DOES = re.compile(rf"{idioms.DEED.pattern}|\b(?:we|i|they) (?:are|am) (?:in|on|with|part of|member)\b")
_CONCLUDED = {"yes": "yes", "no": "not_yet", "not yet": "not_yet", "partly": "partly"}
_OPENINGS = 8
"""Opening words that are read one after the other: "well, no, sorry, not really"."""
_NAMED = re.compile(r"\d(?! ?%)|(?<=[a-z,] )(?!I\b)[A-Z]\w")
"""A number, or a name within a sentence, which is worth keeping by itself: "in 2019", "with Lyon", "in May"."""
_MOST = 0.55
"""Share of a message that a turn of phrase must make up."""
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
        guessed: whether no word says so, and only what is told makes it likely ("annual plan, updated each January").
        phrased: whether a turn of phrase that can hardly mean anything else makes up most of it ("couldn't be better").
        learnt: whether the value is that of the model which learns from examples.
        likely: how likely that model finds it, 0 to 1.
    """

    value: str | None
    note: str | None = None
    sure: bool = False
    bare: bool = False
    avoided: bool = False
    guessed: bool = False
    phrased: bool = False
    learnt: bool = False
    likely: float = 0.0


# --- Reading -------------------------------------------------------------------------------------


_BEFORE_WORDS = re.compile(r"^[^\w(\[€$£¥+\"'“‘«/–—-]+")
"""Emoji and marks before the first word: "👍 yes"."""
_AFTER_WORDS = re.compile(r"[^\w\s.,;:!?()\[\]\"'”’»%€$£+/–—…-]+\s*$")
"""Emoji after the last one."""


@functools.lru_cache(maxsize=256)
def read_answer(text: str) -> AnswerReading:
    """Reads one message as the answer to a checklist question; kept, as a turn reads the same words several times.

    What others do for them ("the ministry does it for us") is a yes with a note: the questions are about what is in
    place, whoever does it. What is said to be for others to do ("that is the ministry's job") does not apply.
    """
    kept = _AFTER_WORDS.sub("", _BEFORE_WORDS.sub("", on_one_line(text)))
    plain = kept.replace("’", "'")  # as long as `kept`, so that places in one are places in the other
    values, end = _opening_answers(plain)
    if not values:
        words = expand(plain)
        said = _neutral(words)
        value, avoided = _said(words, said)
        if value is None and not avoided:
            mended = _mended(words)
            if mended != words:
                value = read_answer(mended).value
        if value is None and not avoided and _tells_of_deeds(said):
            return AnswerReading("yes", _whole(kept, words, "yes", phrased=False), guessed=True)
        phrased = value is not None and _phrased(words)
        return AnswerReading(value, _whole(kept, words, value, phrased=phrased), avoided=avoided, phrased=phrased)
    value = _weakened(_first(values), expand(plain[end:]), attached=plain[end : end + 1].isspace())
    if value is None:
        return AnswerReading(None, _kept(kept) or None, avoided=True)
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
        if match and not wording.DOUBTED.match(plain, match.end()):
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
    if value == "yes" and _lapsed(said):
        return "not_yet"
    if value == "not_yet" and re.match(r"\s*(?:finish|complet|final|approv)", said):
        return "partly"  # "not yet finish"
    if value == "yes":
        if attached and wording.AVOIDED.match(said.strip()):
            return None  # "definitely maybe"
        if attached and not wording.CONTRAST.match(said) and [*map(_kind, _clauses(said)[:1])] == ["no"]:
            return None  # "yes we don't"
        less = contrasted or "partly" in kinds or "no" in kinds or wording.EXCEPTION.search(said)
        return "partly" if less else "yes"
    if value == "not_yet" and ((contrasted and {"partly", "yes"} & set(kinds)) or wording.IN_PART.search(said)):
        return "partly"
    return value


def _mended(words: str) -> str:
    """With the words put right that decide an answer: "absolutly" is "absolutely"."""

    def right(match: re.Match[str]) -> str:
        word = match[0]
        return word if is_known(word) else nearest(word, idioms.OFTEN_MISSPELT) or word

    return re.sub(r"[^\W\d_]{5,}", right, words)


def _phrased(words: str) -> bool:
    found = [match for pattern in idioms.PLAIN.values() for match in pattern.finditer(words)]
    if _ASKS.match(words):
        found = [match for match in found if match.start() == 0]  # "who hasn't", but not "what is on our to-do list"
    return max((len(match[0]) for match in found), default=0) > len(words) * _MOST


def _said(words: str, said: str) -> tuple[str | None, bool]:
    """What the clauses of a message say together, and whether it avoids an answer."""
    if wording.ASKED_BACK.search(words):
        return None, True
    if wording.NOT_APPLICABLE.search(words):
        return "not_applicable", False
    kinds = _kinds(said)
    if wording.AVOIDED.search(said):
        return ("partly", False) if _sets_apart(said) else _avoiding(kinds)
    concluded = wording.CONCLUSION.search(words)
    if concluded:
        return _CONCLUDED[concluded[1]], False
    if _lapsed(said):
        return "not_yet", False
    if "partly" in kinds or ("yes" in kinds and "no" in kinds) or wording.EXCEPTION.search(said):
        return "partly", False
    if _sets_apart(said) or ("no" in kinds and _does_less(said)):
        return "partly", False
    if "no" in kinds:
        return "not_yet", False
    if "yes" in kinds:
        return "yes", False
    return ("not_yet" if "future" in kinds else None), False


def _tells_of_deeds(said: str) -> bool:
    """Whether they tell of what they do, or how often, since when or where it stands, and deny nothing."""
    return bool(idioms.SEEN_TO.search(said) or idioms.DEED.search(said))


def _lapsed(said: str) -> bool:
    return bool(idioms.LAPSED.search(said)) and not idioms.REVIVED.search(said)


def _does_less(said: str) -> bool:
    """Whether they tell of something they do, and then what it lacks: "we are in TCI but do not do much there"."""
    before, contrast, _ = said.partition(" but ")
    return bool(contrast) and not wording.NO.search(before) and bool(_DOES.search(before))


def _avoiding(kinds: list[str]) -> tuple[str | None, bool]:
    """ "No idea" is no answer; but "hopefully by March" is one, and so is what was said of a part."""
    if "partly" in kinds:
        return "partly", False
    return ("not_yet", False) if set(kinds) == {"future"} else (None, True)


def _sets_apart(said: str) -> bool:
    """Whether a yes is given to one thing only, and other words stand beside it: "the skills yes, time ..."."""
    match = idioms.TOPIC_YES.search(said)
    if match is None:
        return False
    rest = said[: match.start()] + " . " + said[match.end() :]
    return any(len(clause.split()) > 1 or _kind(clause) == "no" for clause in _clauses(rest))


def _neutral(words: str) -> str:
    """Says turns of phrase plainly, and takes out negatives that deny nothing.

    "No problems at all", "a report on why banks will not lend", "couldn't be better", "if only".
    """
    words = wording.SUBORDINATE.sub(" ", words)
    if not wording.NO.search(words):  # "nobody does it for us"
        words = idioms.DELEGATED.sub(" yes ", words)
    words = wording.DOUBLE_NEGATIVE.sub(" yes ", words)
    for plain, pattern in idioms.PLAIN.items():
        words = pattern.sub(f" {plain} ", words)
    return wording.NEUTRAL.sub(" ", words)


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


_LIKELY = 0.45
"""Likelihood from which the model's value counts; under it, asking back is better than a guess."""


def informed(reading: AnswerReading, likely: Mapping[str, float] | None) -> AnswerReading:
    """The reading with the value that the model of answers gives, except where a plain answer opens the message.

    Args:
        reading: what the words say by rule.
        likely: how likely each value is, surest first (:mod:`assistant.dialogue.answer_model`); None where not known.
    """
    if reading.sure or not likely:
        return reading
    value, how = next(iter(likely.items()))
    known = None if value == "unclear" or how < _LIKELY else value
    return replace(
        reading, value=known, learnt=True, likely=how, guessed=False, avoided=reading.avoided and known is None
    )


# --- Notes ---------------------------------------------------------------------------------------


def _tail(rest: str) -> str | None:
    """What follows the bare answer, if it is worth keeping."""
    tail = re.sub(r"^(?:but|and)\s+", "", rest.strip(_MARKS), flags=re.IGNORECASE)
    if tail.count("(") > tail.count(")"):
        tail += ")"  # a bracket belongs to what it closes
    return _kept(tail) if _contents(expand(tail)) or _NAMED.search(tail) else None


def _whole(text: str, words: str, value: str | None, *, phrased: bool) -> str | None:
    """The whole message, if more than a bare answer is in it."""
    bare = _neutral(words) if phrased else words
    if value == "not_applicable":
        bare = wording.NOT_APPLICABLE.sub(" ", bare)
    # In a partly, every word may say which part.
    least = 1 if value in (None, "partly") or _NAMED.search(text) else _WORTH_KEEPING_WHOLE
    return _kept(text) if len(_contents(bare)) >= least else None


def _contents(words: str) -> list[str]:
    """The words that say something by themselves."""
    return [word for word in re.findall(r"[^\W_]+(?:'\w+)?", words.lower()) if word not in idioms.WITHOUT_CONTENT]


def _kept(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
