"""Reads a message while a checklist question is open: an answer, a change of another one, or something else. Pure.

Two models have their say: that of answers, which knows the question, finds a message no answer at all to some degree;
the classifier of intents finds it a command, an enquiry or an event. Neither is enough: "we left the network" sounds
like an event and answers the question on networks; "somebody must have done this in Spain" sounds like an answer.
"""

from __future__ import annotations

import math
import re

from assistant.dialogue.answer_model import Weigh
from assistant.dialogue.answers import AnswerReading, opens_with_answer, read_answer
from assistant.dialogue.corrections import (
    is_correcting,
    names_its_question,
    names_new_answer,
    read_correction,
    takes_up_again,
    tells_anew,
)
from assistant.dialogue.readings import (
    BARE,
    CERTAIN,
    EVENTS,
    FEW,
    ROLES,
    SELF_DESCRIPTIONS,
    STATEMENTS,
    SURE,
    VALUES,
    Heard,
    Ranked,
    Reading,
    answer_of,
    taken,
    with_answer,
)
from assistant.dialogue.statements import ASKING, THE_WHOLE
from assistant.dialogue.wording import phrases

__all__ = ["answered"]

_LEAN = 1.5
"""Log-odds by which both models together must find it something else. That both weigh alike was settled by logistic
regression on answers of a hand not trained on; the bound on tests/nlu/answers_development.yml, on asides
(tests/nlu/asides_development.yml) and on tests/nlu/development.yml: more than this loses asides, less loses answers."""
_NO_ANSWER = 0.7
"""Likelihood from which a few words are no answer, whatever else they are: "oops"."""
_LEAN_OF_QUESTIONS = -1.0
"""The same where it is asked, as most questions are no answers: "where were we?" is none, and "agreed by whom?" one
that is not clear. Settled on answers of six hands that were not trained on, and on the asides."""
_MAYBE_NO_ANSWER = 0.3
"""Likelihood under which it is said of what was asked, and not of the whole journey: "our mandate is domestic only".
What is said of the whole lies above it (tests/nlu/asides_development.yml)."""
_NAMES = frozenset({"entry", "term"})
"""What a question may name that the sources tell of, so that it is not one about the question."""
_PLAIN = 5
"""Words up to which "this is not for us" is said of all of it, as nothing in it is of the question."""
_LEAST_DOUBT = 1e-3
"""Keeps log-odds finite."""

_CODE = re.compile(r"[<>{}\\]|--|==")
"""Characters of programs, which say nothing of an organisation."""
_TAG = re.compile(r"<[^<>]*>")
_THAT_WAS_WRONG = re.compile(
    r"^\W*\w+\W+(?:that|this|it)(?:'s| is| was|'s been) (?:wrong|not right|incorrect|a mistake|an error)\W*$",
    re.IGNORECASE,
)
""" "No, that was wrong" takes back the last answer; it is not one."""
_WRONG_BECAUSE = re.compile(
    r"^\W*(?:(?:oh|hey|sorry|wait|well|but)\W+)*(?:no|nope)\W+(?:that|this|it)(?:'s|’s| is| was) "
    r"(?:wrong|not right|incorrect|a mistake|an error|not what i (?:said|meant|wrote))\b[\s,.;:–-]+(?=\w)",
    re.IGNORECASE,
)
""" "No, that's wrong, Hedda does it": something that was noted is wrong, and the question is not answered by it."""
_OTHERS_DECIDE = re.compile(
    r"^\W*(?:(?:i think|actually|well|honestly|sorry|but)\W+)*(?:(?:that|this|it) is (?:for|up to) (?!us\b|me\b)|"
    r"(?!(?:we|i)\b)(?:\w+ ){1,4}(?:should|must|has to|have to|needs? to|ought to|will|would have to) "
    r"(?:decide|agree|say|judge|answer|settle|discuss|approve)\b)",
    re.IGNORECASE,
)
""" "The board should decide this, not us": others are to be asked first; nobody gives up going abroad."""
_ON_IT = re.compile(
    r"^(?:(?:and|but|so|oh|well)\b\W*)*(?:on|about|for|as for|regarding|concerning) [^:]{3,80}:", re.IGNORECASE
)
_PLACED = re.compile(rf"{_ON_IT.pattern}|\b(?:wrong|mistaken?) about\b", re.IGNORECASE)
""" "On the evidence of need: yes" and "we were wrong about the targets" say themselves which answer they change."""
_OF_THE_QUESTION = phrases("""
    what (?:do |did |exactly do )?you mean, what (?:is|was) (?:that|this|it) (?:supposed to mean|about),
    (?:do not|don't|dont|did not|didn't|didnt) (?:understand|get) (?:it|that|this|the question|what)
""")
""" "No idea what you mean" is no answer, though it opens like one."""
_OF_AN_ENTRY = re.compile(
    r"^\W*(?:(?:and|ok|then|no|i mean|show|open|tell|me|about|more|on)\W+)*"
    r"(?:that|this|the) (?:case|example|entry|programme|tool|network|one) (?:from|in|of|with|about|on|where|that)\b",
    re.IGNORECASE,
)
""" "That case from Italy" picks an entry that was shown."""
_GOING_ON = re.compile(
    r"^\W*(?:and|or|what about|how about)(?: (?:the|in|for|from|with))*\s+\S+(?: \S+)?\W*$", re.IGNORECASE
)
""" "And Finland" asks the same of another; what somebody adds to an answer has more words."""
_LOOKED_FOR = frozenset({"entry", "place", "sector", "term"})
_ASSIGNED = 5
"""Words up to which who and when is all that is said, which is no answer: "Marta, by end of May"."""
_UNDECIDED = phrases("""
    no idea, no clue, idk, dunno, (?:i )?(?:do not|don't|dont) know, not sure, unsure, skip, pass, next, later,
    nobody knows
""")
_ANSWERING = frozenset(VALUES) | {"accept", "declare_standing"}
"""Intents whose shortest examples answer a question as well: "sure"."""


def answered(heard: Heard, weigh: Weigh) -> Reading:
    """What a message is taken for while a question is open.

    Args:
        heard: the message.
        weigh: the model of answers, asked about that question.
    """
    text, intent, confidence = heard.text, heard.intent, heard.confidence
    if _CODE.search(text):
        return _marked_up(heard, weigh)
    asking = bool(ASKING.search(text))
    wrong = _WRONG_BECAUSE.match(text)
    if wrong is not None:
        named = names_new_answer(text, placed=True)
        value, note = read_correction(text, weigh) if named else (None, text[wrong.end() :].strip())
        return Reading("correct_answer", max(confidence, SURE), with_answer({"ordinal": "last"}, value, note))
    if intent == "not_for_us" and _OTHERS_DECIDE.match(text):
        return answer_of(heard, None, text, confidence)
    if _corrects(heard, weigh) and (intent == "correct_answer" or not asking):
        return Reading("correct_answer", confidence, with_answer(heard.entities, *read_correction(text, weigh)))
    if _GOING_ON.match(text) and not _LOOKED_FOR.isdisjoint(heard.entities) and not opens_with_answer(text):
        return Reading("ask_knowledge", max(confidence, SURE), heard.entities)
    if heard.length <= _ASSIGNED and {"owner", "due"} <= heard.entities.keys() and not opens_with_answer(text):
        return Reading("plan_action", max(confidence, SURE), heard.entities)
    reading = read_answer(text, weigh)
    if reading.bare:
        return answer_of(heard, reading.value, reading.note, max(confidence, SURE))
    if intent == "accept" and heard.length < BARE and not _goes_on(heard):
        return answer_of(heard, None, None, confidence)  # an "ok" agrees to nothing in particular
    if _THAT_WAS_WRONG.search(text):
        return Reading("undo", confidence, heard.entities)
    if _goes_on(heard) or _is_command(heard, reading, asking=asking) or _is_something_else(heard, reading):
        return _something_else(heard, asking=asking)
    return answer_of(heard, reading.value, reading.note, confidence)


def _marked_up(heard: Heard, weigh: Weigh) -> Reading:
    """A message with characters of programs: only a plain answer among them is one; its note is kept as typed."""
    plain = _TAG.sub(" ", heard.text).strip()
    if not opens_with_answer(plain):
        return Reading("not_understood", heard.confidence, {})
    reading = read_answer(plain, weigh)
    note = None if reading.bare else read_answer(heard.text, weigh).note
    return answer_of(heard, reading.value, note, max(heard.confidence, SURE))


def _goes_on(heard: Heard) -> bool:
    """Whether an answer only opens what is meant: "no, why do you ask", "yes, show me"."""
    if not opens_with_answer(heard.text) or heard.intent in STATEMENTS | frozenset(VALUES) | {"correct_answer"}:
        return False
    return heard.confidence >= (SURE if heard.intent in ("undo", "accept") else CERTAIN)


def _is_command(heard: Heard, reading: AnswerReading, *, asking: bool) -> bool:
    """Whether it is plainly something else: "not now", "no idea"; the same in more words may be an answer."""
    if _OF_THE_QUESTION.search(heard.text) or _OF_AN_ENTRY.match(heard.text):
        return heard.intent not in VALUES
    if asking or heard.text.rstrip().endswith("?"):
        # "Who pays for training?", asked at the question on training; "what is Eurostars?"; but not "agreed by whom?"
        if heard.intent in VALUES:
            return False
        if not _NAMES.isdisjoint(heard.entities):
            return True  # whether its meaning is asked or its facts, which the classifier may not be sure of
        odds = _log_odds(reading.other) + _log_odds(heard.confidence)
        return heard.confidence >= SURE and odds > _LEAN_OF_QUESTIONS
    if heard.intent == "skip_question":
        return heard.confidence >= CERTAIN and heard.length <= FEW and bool(_UNDECIDED.search(heard.text))
    return heard.length <= BARE and heard.confidence >= CERTAIN and heard.intent not in _ANSWERING


def _is_something_else(heard: Heard, reading: AnswerReading) -> bool:
    rival = heard.besides(VALUES)
    if rival.intent == "not_for_us" and THE_WHOLE.search(heard.text) and rival.confidence >= SURE:
        return reading.other >= _MAYBE_NO_ANSWER or heard.length <= _PLAIN  # all of it, not what was asked
    if rival.intent == "change_role" and rival.confidence >= CERTAIN:
        return True  # "we are not policy makers" is said of all questions
    if rival.intent == "declare_standing":
        return False  # how far they have come, told while a question is open, answers it
    if heard.length <= FEW and heard.intent not in VALUES and reading.other >= _NO_ANSWER:
        return True
    return _log_odds(reading.other) + _log_odds(rival.confidence) > _LEAN


def _log_odds(share: float) -> float:
    return math.log((share + _LEAST_DOUBT) / (1 - share + _LEAST_DOUBT))


def _something_else(heard: Heard, *, asking: bool) -> Reading:
    """A question, a command or a statement of something else, which the classifier may have taken for an answer."""
    rival = heard.besides(VALUES)
    told = rival.intent in SELF_DESCRIPTIONS | EVENTS or rival.intent == "correct_answer"
    if asking and told:
        return taken(Ranked("ask_knowledge", rival.confidence), heard.entities)
    return taken(rival, heard.entities)


def _corrects(heard: Heard, weigh: Weigh) -> bool:
    """Whether an earlier answer is meant, and not the question on the table."""
    text, intent, placed = heard.text, heard.intent, "ordinal" in heard.entities
    opened = opens_with_answer(text)
    if names_its_question(text):
        return True
    if heard.length < BARE or (heard.length == BARE and opened and intent in VALUES):
        return False
    if intent == "correct_answer":
        # Without a word that says so, a statement is about the question on the table.
        said = placed or bool(_PLACED.search(text))
        return said or is_correcting(text) or names_new_answer(text, placed=False)
    statement = intent in VALUES or intent in STATEMENTS - ROLES or heard.confidence < SURE
    if _ON_IT.match(text) and statement:
        return True
    again = (takes_up_again(text) and statement) or (intent == "undo" and tells_anew(text, weigh))
    return (not opened and again) or names_new_answer(text, placed=placed)
