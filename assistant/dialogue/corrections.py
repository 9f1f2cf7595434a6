"""Reads the new answer out of a change of an earlier one: "the first one should have been no".

Either the new answer is called by its name ("change it to partly"), or it is in what the person
now tells ("actually we have no monitoring plan"), which the model of answers reads. Pure; the caller
hands it in.
"""

from __future__ import annotations

import re

from assistant.dialogue.answer_model import Weigh
from assistant.dialogue.answers import read_answer
from assistant.dialogue.wording import alternatives, phrases

__all__ = [
    "OF_WHICH",
    "is_correcting",
    "means_the_last",
    "names_its_question",
    "names_new_answer",
    "read_correction",
    "takes_up_again",
    "tells_anew",
]

_VALUES = {
    "yes": "yes",
    "partly": "partly",
    "partially": "partly",
    "partial": "partly",
    "no": "not_yet",
    "not yet": "not_yet",
    "not applicable": "not_applicable",
    "n/a": "not_applicable",
}
_VALUE = f"({alternatives(','.join(_VALUES))})"
_QUOTE = "[\"'“”‘’]?"
_BEFORE_NEW = "to, as, be, been, is, was, it'?s, it, that, a, an, the, into, down as, say, read, put, meant?"
_NEW = re.compile(rf"(?:\b(?:{alternatives(_BEFORE_NEW)})|\w:)\s+(?:an?\s+)?{_QUOTE}{_VALUE}\b", re.IGNORECASE)
_NEW_AT_END = re.compile(rf"\b{_VALUE}{_QUOTE}(?: please| now| instead| then)?[\s.!]*$", re.IGNORECASE)
_BEFORE_OLD = "said, answered, told you, clicked, pressed, chose, noted, wrote"
_OLD = re.compile(
    rf"\b(?:{alternatives(_BEFORE_OLD)})\s+(?:an? )?{_QUOTE}{_VALUE}\b"
    rf"|\b(?:not|instead of|rather than)\s+(?:an? )?{_VALUE}\b(?! applicable| yet)",
    re.IGNORECASE,
)
""" "I said yes" and "not yes" name the answer that is given up."""
_INTERRUPTING = """
    oh, no wait, no sorry, no actually, nope, ok, okay, well, sorry, actually, actualy, acutally, correction, hang on,
    hold on, wait, but, hm+, scratch that, strike that, i take that back, i take it back, forget what i said,
    my mistake, oops, in fact
"""
_INTERRUPTIONS = re.compile(
    rf"^(?:(?:(?:{alternatives(_INTERRUPTING)})\b|(?:no|yes)(?=\s*[,.;:!-]))[\s,.:;!-]*)+", re.IGNORECASE
)
_CORRECTING = phrases("""
    actually, correction, hang on, hold on, wait, scratch that, should (?:be|have been|say|read), instead of, instead,
    my mistake, change (?:the|my|that|it|question), i (?:said|meant|answered), was wrong, is wrong,
    not true any ?more,
    in fact, on second thought
""")  # fmt: skip
_OF_AN_ANSWER = phrases("""
    should have been, should be(?: an?)?, the one (?:about|on|for|with), (?:my|the|our) answers? (?:about|on|to|for),
    i meant,
    i (?:said|answered) (?:yes|no|partly|not yet), change (?:the|my|that|it|question|both|them|those),
    question \\d+ (?:is|was|should), make (?:that|it|this|them|both), both should,
    (?:put|set|mark) (?:that|it|this|them|both|the),
    (?:put|say|take) (?:an? )?(?:yes|no|partly|not yet|not applicable|n/a) (?:instead|rather)
""")  # fmt: skip
_TAKING_UP = re.compile(
    r"^(?:(?:oh|sorry|no|well|but)[\s,]+)*"
    r"(?:act?ual?ly|acutally|in fact|correction|on second thoughts?|scratch that|hang on|hold on|no wait"
    r"|i take (?:that|it) back|strike that|forget what i said)\b",
    re.IGNORECASE,
)
_SOFTENED = r"\W*(?:(?:oh|ah|no|sorry|actually|well|hm+|but|wait|oops|i mean)\b\W*)*"
_REVERSED = re.compile(
    rf"{_SOFTENED}(?:(?:it|that|this)(?:'s| is| was| should be| should have been)?\s+)?(?:exactly |just )?(?:the )?"
    r"(?:other way a?round|opposite|reverse|contrary|vice versa)\W*",
    re.IGNORECASE,
)
""" "Sorry, the other way round": the last answer is wrong, and by itself that does not say what is right."""
_THE_LAST = re.compile(
    rf"{_SOFTENED}i (?:mean|meant|was talking about|wanted) "
    r"the (?:previous|last|one before|earlier|former)(?: one| question| answer)?\W*",
    re.IGNORECASE,
)
_ON_THE_CONTRARY = re.compile(
    r"\W*(?:(?:quite|just|exactly) )?(?:on )?the (?:opposite|contrary|reverse)\W*", re.IGNORECASE
)
""" "Quite the opposite" answers the question on the table."""
_ABOUT_IT = phrases("""
    answer, answers, answered, said, told you, wrong, mistake, error, correct, corrected, change, changed, edit, fix,
    modify, revise, update, question, questions, not right, confused, mixed up, swap
""")  # fmt: skip
"""Clauses with one of these speak of the answer; what the other clauses tell is the new one."""
_CLAUSE_END = re.compile(r"[,;:!?]\s*|\.\s+|\s(?:-|–|but)\s", re.IGNORECASE)
OF_WHICH = r"(?:the|my|our) (?:one|answer) (?:about|on|for|with)\b"
"""With what somebody begins who says which answer is meant; for other patterns."""
_NO_LABEL = f"{_INTERRUPTING}, answers?, my answer, our answer, note, ps, update, edit, {','.join(_VALUES)}"
_LABELLED = re.compile(
    rf"\W*(?:(?:and|but|also|then)\s+)?(?:(?!(?:{alternatives(_NO_LABEL)})\b\W*:)[\w'’ -]{{3,40}}:"
    rf"|{OF_WHICH} [\w'’ -]{{3,40}})\s*\b{_QUOTE}{_VALUE}{_QUOTE}\W*",
    re.IGNORECASE,
)
""" "Evidence: no" and "the one about priorities not yet"."""
_REASON = re.compile(r"^\s*(?:[,;:.–-]|because\b|since\b|as\b|now that\b)")
_LEAD = re.compile(r"^(?:because|since|as|and|but|now that)\s+", re.IGNORECASE)
_WORTH_A_NOTE = 3
"""Words."""
_LIKELY = 0.6
"""Likelihood from which what is told says what the answer is: it is read without its question, and asked otherwise."""


def is_correcting(text: str) -> bool:
    """Whether it has the sound of a correction: "actually", "hang on", "instead"."""
    return bool(_CORRECTING.search(text))


def names_new_answer(text: str, *, placed: bool) -> bool:
    """Whether it says of an answer what it should be; `placed` if it says which: "the first one"."""
    said = names_its_question(text) or (placed and is_correcting(text)) or _OF_AN_ANSWER.search(text) is not None
    return said and _named(text)[0] is not None


def names_its_question(text: str) -> bool:
    """Whether it is nothing but an answer and which question it is to: "evidence: no"."""
    return _LABELLED.fullmatch(text) is not None


def takes_up_again(text: str) -> bool:
    """Whether it opens as people do who take up something that was settled: "actually our members ..."."""
    return bool(_TAKING_UP.match(text)) and len(text.split()) > _WORTH_A_NOTE + 1


def tells_anew(text: str, weigh: Weigh) -> bool:
    """Whether it takes back what was said and says how it is: "I take that back, we never did it"."""
    return bool(_TAKING_UP.match(text)) and read_correction(text, weigh)[0] is not None


def means_the_last(text: str) -> bool:
    """Whether the answer given last is meant, without a word of what it should be: "it's the opposite"."""
    if _ON_THE_CONTRARY.fullmatch(text):
        return False
    return bool(_REVERSED.fullmatch(text) or _THE_LAST.fullmatch(text))


def read_correction(text: str, weigh: Weigh) -> tuple[str | None, str | None]:
    """The new answer and a note to it; None where there is none."""
    value, after = _named(text)
    if value is not None:
        return value, _note(_told(after)) if _REASON.match(after) else None
    told = _told(_OLD.sub(" answered ", _INTERRUPTIONS.sub("", text)))
    reading = read_answer(told, weigh) if told else None
    value = reading.value if reading is not None and reading.likely >= _LIKELY else None
    return value, _note(told) if value else None


def _named(text: str) -> tuple[str | None, str]:
    """The new answer if it is called by its name, and the words after it."""
    new = _OLD.sub(" ", text)
    found = [*_NEW.finditer(new)][-1:] or [*_NEW_AT_END.finditer(new)]
    return (_VALUES[found[0][1].lower()], new[found[0].end() :]) if found else (None, "")


def _told(text: str) -> str:
    """What a correction says of the organisation, without what it says of the answer."""
    clauses = (clause.strip() for clause in _CLAUSE_END.split(text))
    return _LEAD.sub("", ", ".join(clause for clause in clauses if clause and not _ABOUT_IT.search(clause)))


def _note(told: str) -> str | None:
    return told if len(told.split()) >= _WORTH_A_NOTE else None
