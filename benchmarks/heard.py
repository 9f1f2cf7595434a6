"""What the understanding makes of the judging sets in ``tests/nlu``, as figures.

The sets were written by people who had seen neither the code nor the training data; nothing is trained or
tuned on them. Everything is asked of a loaded model, and read as the dialogue reads it; the knowledge
base, which the dialogue asks as well where a message is weak, is left out, since it answers, and does not
hear.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml

from actions.context import Turn, journey_knowledge, use_turn
from assistant.dialogue.agent import WaymarkAgent
from assistant.dialogue.answer_model import read_examples
from assistant.dialogue.assistant import Assistant
from assistant.dialogue.reading import Reading, clean
from assistant.settings import ROOT
from benchmarks.intents import SETS, Guess, Scores, held_out, known, plain
from benchmarks.pipelines import found_in

__all__ = ["Answers", "Heard", "Named", "Several", "Tally", "hear", "hear_asides"]

ANSWERS, ENTITIES, SEVERAL = SETS / "answers.yml", SETS / "entities.yml", SETS / "several.yml"
ANSWERS_AGAIN, ASIDES = SETS / "answers_again.yml", SETS / "asides_development.yml"
SAID = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
"""The day on which the messages of entities.yml are said."""
WARM = 20
"""Utterances asked before time is taken."""
_LOST = frozenset({"not_understood", "unreadable"})
_VALUES = {
    "answer_yes": "yes",
    "answer_partly": "partly",
    "answer_not_yet": "not_yet",
    "answer_not_applicable": "not_applicable",
    "answer_unclear": "unclear",
}


@dataclass(frozen=True)
class Tally:
    """Names found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        every = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / every if every else 0.0

    @property
    def precision(self) -> float:
        """Of those found, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of those there are, the share that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0


@dataclass(frozen=True)
class Named:
    """What messages name, and what was found in them: a pair of an entity and a value each."""

    messages: Sequence[tuple[str, Sequence[tuple[str, str]], Sequence[tuple[str, str]]]]
    """The text, what is in it, what was found in it."""

    def tally(self, entity: str | None = None) -> Tally:
        """Of one entity, or of all."""
        right = wrong = missed = 0
        for _, there, found in self.messages:
            wanted = Counter(_plain(pair) for pair in there if entity in (None, pair[0]))
            given = Counter(_plain(pair) for pair in found if entity in (None, pair[0]))
            right += (wanted & given).total()
            wrong += (given - wanted).total()
            missed += (wanted - given).total()
        return Tally(right, wrong, missed)

    @property
    def entities(self) -> list[str]:
        """The kinds that occur."""
        return sorted({name for _, there, _ in self.messages for name, _ in there})


class Answer(NamedTuple):
    """An answer in free words: what it is, what it was read as, whether it holds a note, whether one was kept."""

    text: str
    value: str
    read: str
    noted: bool
    kept: bool


@dataclass(frozen=True)
class Answers:
    """Answers to the checklist's questions, as they were read."""

    each: Sequence[Answer]

    @property
    def accuracy(self) -> float:
        """The share read rightly."""
        return sum(answer.read == answer.value for answer in self.each) / len(self.each)

    @property
    def elsewhere(self) -> list[Answer]:
        """Those that were taken for no answer at all."""
        return [answer for answer in self.each if answer.read not in _VALUES.values()]

    @property
    def notes_kept(self) -> float:
        """Of those with something worth keeping, the share of which a note was kept."""
        noted = [answer for answer in self.each if answer.noted]
        return sum(answer.kept for answer in noted) / len(noted)

    def recall(self, value: str) -> float:
        """Of those that are it, the share read as it."""
        these = [answer.read == value for answer in self.each if answer.value == value]
        return sum(these) / len(these)


class Message(NamedTuple):
    """A message with what it asks for, part by part, and what was heard."""

    text: str
    parts: list[str]
    heard: list[str]


@dataclass(frozen=True)
class Several:
    """Messages that say several things, and some that only look as if they did."""

    each: Sequence[Message]

    @property
    def counted(self) -> float:
        """The share taken apart into as many parts as there are."""
        return sum(len(m.heard) == len(m.parts) for m in self.each) / len(self.each)

    @property
    def understood(self) -> float:
        """The share of which every part was heard for what it is, in order."""
        return sum(m.heard == m.parts for m in self.each) / len(self.each)

    @property
    def torn(self) -> float:
        """Of the messages that say one thing, the share that was taken apart."""
        one = [len(m.heard) > 1 for m in self.each if len(m.parts) == 1]
        return sum(one) / len(one)


@dataclass(frozen=True)
class Heard:
    """All of it, but for cross-validation, which needs trainings of its own."""

    alone: Scores
    """The held-out set by the classifier, each message by itself."""
    read: Scores
    """The same as the dialogue reads it, with nothing waited for; lost where it is not understood."""
    asked: Scores
    """The same while a checklist question is open."""
    answers: Answers
    again: Answers
    """A second set, by another hand, when the conventions had been settled."""
    named: Named
    several: Several
    ms: Sequence[float]
    """Milliseconds that the NLU took for each utterance of the held-out set."""
    known: int
    """Messages left out, since they are trained or developed on word for word."""

    @cached_property
    def both(self) -> Answers:
        """The answers of both sets."""
        return Answers([*self.answers.each, *self.again.each])

    @cached_property
    def median_ms(self) -> float:
        """The median."""
        return statistics.median(self.ms)


class _Listener:
    """A loaded model with what the dialogue makes of its parses, as it would in a conversation."""

    def __init__(self, agent: WaymarkAgent) -> None:
        self._agent = agent
        self._assistant = Assistant(cast(Any, None), agent)  # nothing is stored, so it needs no workspace

    async def parse(self, text: str) -> tuple[dict[str, Any], float]:
        """A message by itself, and the milliseconds that it took."""
        began = time.perf_counter()
        raw = await self._agent.parse_message(clean(text))
        return raw, (time.perf_counter() - began) * 1000

    async def read(self, text: str, question: str | None) -> Reading:
        """A message, read with the checklist question that is open, if one is."""
        reading, _ = await self._assistant._read(clean(text), _slots(question))
        return reading

    async def parts(self, text: str, question: str | None) -> list[str]:
        """A message, taken apart."""
        return await self._assistant._parts(_slots(question), clean(text))


def _questions() -> list[str]:
    return [question.id for step in journey_knowledge().definition.steps for question in step.questions]


def _slots(question: str | None) -> dict[str, Any]:
    return {"focus": "question" if question else None, "focus_id": question}


async def hear(agent: WaymarkAgent) -> Heard:
    """Asks a loaded model every set."""
    listener = _Listener(agent)
    utterances, left_out = held_out()
    for example in utterances[:WARM]:
        await listener.parse(example.text + " .")  # other words, so that no vector is remembered
    parses = [await listener.parse(e.text) for e in utterances]
    alone = [Guess(e.text, e.intent, *found_in(raw)) for e, (raw, _) in zip(utterances, parses, strict=True)]
    read = [_guess(e.text, e.intent, await listener.read(e.text, None)) for e in utterances]
    # Each question in turn, as any of them may be open.
    questions = itertools.cycle(_questions())
    asked = [_guess(e.text, e.intent, await listener.read(e.text, next(questions))) for e in utterances]
    answers, more = await _answers(listener, ANSWERS)
    again, yet_more = await _answers(listener, ANSWERS_AGAIN)
    several, still_more = await _several(listener)
    return Heard(
        Scores(alone),
        Scores(read),
        Scores(asked),
        answers,
        again,
        await _named(listener),
        several,
        [ms for _, ms in parses],
        left_out + more + yet_more + still_more,
    )


async def hear_asides(agent: WaymarkAgent) -> Scores:
    """Asks what is told from an answer while a question is open, on the set to develop that on."""
    listener, questions = _Listener(agent), itertools.cycle(_questions())
    written = yaml.safe_load(ASIDES.read_text(encoding="utf-8"))
    found = []
    for aside in written:
        question = aside.get("question") or next(questions)
        found.append(_guess(aside["text"], aside["intent"], await listener.read(aside["text"], question)))
    return Scores(found)


def _guess(text: str, intent: str, reading: Reading) -> Guess:
    return Guess(text, intent, reading.intent, reading.intent in _LOST)


def _plain(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0], " ".join(pair[1].casefold().split())


def _unknown(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The messages of a set that are neither trained nor developed on, and how many were left out."""
    seen = known(path.with_name(f"{path.stem}_development.yml"))
    if path in (ANSWERS, ANSWERS_AGAIN):
        seen |= {plain(example.text) for example in read_examples(ROOT / "data" / "answers")}
    written: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    unseen = [message for message in written if plain(message["text"]) not in seen]
    return unseen, len(written) - len(unseen)


async def _answers(listener: _Listener, path: Path) -> tuple[Answers, int]:
    unseen, passed_over = _unknown(path)
    found = []
    for answer in unseen:
        reading = await listener.read(answer["text"], str(answer["question"]))
        read = _VALUES.get(reading.intent, reading.intent)
        found.append(Answer(answer["text"], answer["value"], read, answer["note"], "note" in reading.entities))
    return Answers(found), passed_over


async def _named(listener: _Listener) -> Named:
    # "Next week" is read from the day of the turn; nothing else of a turn is needed for it.
    turn = Turn(cast(Any, None), cast(Any, None), "benchmark", SAID)
    found = []
    with use_turn(turn):
        for message in yaml.safe_load(ENTITIES.read_text(encoding="utf-8")):
            there = [(e["entity"], str(e["value"])) for e in message["entities"]]
            raw, _ = await listener.parse(message["text"])
            found.append((message["text"], there, [(e["entity"], str(e["value"])) for e in raw["entities"]]))
    return Named(found)


async def _several(listener: _Listener) -> tuple[Several, int]:
    """A question counts as open where the message holds an answer, since else nobody would give one."""
    unseen, passed_over = _unknown(SEVERAL)
    questions = itertools.cycle(_questions())
    found = []
    for message in unseen:
        question = next(questions) if any(part.startswith("answer_") for part in message["parts"]) else None
        parts = await listener.parts(message["text"], question)
        heard = [(await listener.read(part, question)).intent for part in parts]
        found.append(Message(message["text"], list(message["parts"]), heard))
    return Several(found), passed_over
