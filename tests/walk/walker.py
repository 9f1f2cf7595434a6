"""Walks at random through the real assistant, as many people at once would, and watches for what must never happen.

Two members of one organisation write in turns: they press buttons, new ones and old ones, type titles, answer in
free words, ask, change their minds, write nonsense, say several things at once, and come back after days. After each
turn everything that can be checked without knowing what was meant is checked; see :meth:`Walker._faults`.
"""

from __future__ import annotations

import random
import string
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import yaml

from assistant.channels.terminal import render
from assistant.dialogue.agent import WaymarkAgent
from assistant.dialogue.assistant import Assistant
from assistant.dialogue.refusal import MessageRefused
from assistant.journey import JourneyState, NextKind, Value, what_next
from assistant.replies import Button, Reply
from assistant.settings import ROOT
from assistant.workspace import MemberRef, Unit, Workspace
from tests.conversations.manners import faults

__all__ = ["Walker", "utterances"]

_TOLD = ("changed from", "taken back", "as before", "kept as", "you said", "now **", "noted")
"""Words of which one stands in a reply that follows a changed answer; nothing is changed without a word."""
_NONSENSE = (
    "asdf", "xyzzy foo", "???", "…", "👍", "🤷", "7", "42 42", "qwe rty uio", "lorem ipsum dolor", "/undo", "[Yes]",
    "{}", "<b>yes</b>", "' OR 1=1 --", "yes no maybe", "no yes", "a" * 200, "the the the", "step 99", "question 0",
    "-1", "je ne comprends pas la question", "no entiendo nada de esto", "das verstehe ich leider nicht", "はい",
)  # fmt: skip
_REMEMBERED = 60
"""Buttons of earlier replies that may still be pressed."""
_CONTEXT = 8
"""Turns told where one fails."""
_QUESTION_KINDS = frozenset({NextKind.ASK, NextKind.ASK_SET_ASIDE, NextKind.CONFIRM_DONE, NextKind.PROPOSE_ACTION})


def utterances() -> list[str]:
    """What people say: the development set of the understanding, and a share of the training data."""
    found = []
    for path in [*sorted(ROOT.glob("data/nlu/*.yml")), ROOT / "tests/nlu/development.yml"]:
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            found += [line[2:] for line in item["examples"].splitlines() if line.startswith("- ")]
    return found


@dataclass
class _Person:
    """One of those who write."""

    member: MemberRef
    replies: list[Reply] = field(default_factory=list)
    buttons: deque[Button] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))


class Walker:
    """One walk.

    Args:
        agent: the loaded model.
        workspace: an empty workspace.
        seed: makes the walk the same each time.
        said: what may be said.
    """

    def __init__(self, agent: WaymarkAgent, workspace: Workspace, seed: int, said: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._now = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
        self._assistant = Assistant(workspace, agent, lambda: self._now)
        self._workspace = workspace
        self._said = said
        self._seed = seed
        self._told: deque[str] = deque(maxlen=_CONTEXT)
        self.moves: Counter[str] = Counter()
        with workspace.unit() as unit:
            first = unit.new_member("web", f"{seed}a", "Ana")
            second = unit.new_member("web", f"{seed}b", "Ben", first.organisation_id)
            unit.commit()
        self._people = [_Person(first), _Person(second)]

    async def walk(self, turns: int) -> list[str]:
        """Takes so many turns and returns what was wrong, with what led to it."""
        wrong: list[str] = []
        person = self._people[0]
        for turn in range(turns):
            if self._random.random() < 0.05:
                person = self._random.choice(self._people)
            if self._random.random() < 0.03:
                self._now += timedelta(days=self._random.choice((1, 3, 20, 60, 200)))
            self._now += timedelta(seconds=20)
            found = await self._turn(person)
            wrong += [f"seed {self._seed}, turn {turn}: {fault}\n" + "\n".join(self._told) for fault in found]
        return wrong

    async def _turn(self, person: _Person) -> list[str]:
        before = self._state(person)
        words, button = self._move(person)
        said = f"[{button.title}] {button.payload}" if button else words
        try:
            if button:
                replies = await self._assistant.press(person.member, "web", button.payload, button.title)
            else:
                replies = await self._assistant.text(person.member, "web", words)
        except MessageRefused as refused:
            return [] if not button else [f"a button of its own was refused: {button.payload}: {refused}"]
        self._told.append(f"> {said}\n" + "\n".join(render(reply) for reply in replies))
        found = list(self._faults(person, replies, before, self._state(person), button))
        person.replies = replies
        person.buttons.extend(b for reply in replies for b in reply.flat_buttons())
        return found

    # --- what they do

    def _move(self, person: _Person) -> tuple[str, Button | None]:
        now = [b for reply in person.replies for b in reply.flat_buttons()]
        kinds = {"press": 34, "title": 6, "old": 8, "say": 34, "two": 7, "nonsense": 7, "again": 4}
        kind = self._random.choices(list(kinds), list(kinds.values()))[0]
        if kind in ("press", "title") and not now:
            kind = "say"
        if kind == "old" and not person.buttons:
            kind = "say"
        self.moves[kind] += 1
        match kind:
            case "press":
                return "", self._random.choice(now)
            case "old":
                return "", self._random.choice(person.buttons)
            case "title":
                return self._random.choice(now).title, None
            case "again":
                return self._last_words, None
            case "nonsense":
                made = "".join(self._random.choices(string.ascii_lowercase + " ", k=self._random.randint(2, 30)))
                return self._remembered(self._random.choice((*_NONSENSE, made.strip() or "x"))), None
            case "two":
                link = self._random.choice((". ", ", and ", "? ", "; ", " "))
                return self._remembered(link.join(self._random.sample(self._said, 2))), None
            case _:
                return self._remembered(self._random.choice(self._said)), None

    _last_words = "what next?"

    def _remembered(self, words: str) -> str:
        self._last_words = words
        return words

    # --- what must never happen

    def _faults(
        self,
        person: _Person,
        replies: list[Reply],
        before: JourneyState,
        after: JourneyState,
        button: Button | None,
    ) -> Iterator[str]:
        yield from faults(replies, failing=False)
        said = "\n".join(reply.text for reply in replies)
        if [reply.text for reply in replies] == [reply.text for reply in person.replies]:
            yield "the same reply twice running"
        if not any(reply.buttons for reply in replies):
            yield "no way on"
        yield from self._unexplained(after)
        yield from self._lost(before, after, said, button)

    def _unexplained(self, state: JourneyState) -> Iterator[str]:
        """A state that what-next cannot explain."""
        try:
            thing = what_next(self._assistant.definition, state, self._now.date())
        except Exception as error:  # whatever it is, it is the fault that is looked for
            yield f"what next fails: {error!r}"
            return
        if thing.kind in _QUESTION_KINDS:
            question = self._assistant.definition.question(str(thing.question))
            if state.audience not in question.audiences:
                yield f"what next asks a {state.audience} the question {thing.question}"
        if thing.kind is NextKind.ONBOARD and state.answers:
            yield "what next begins anew though there are answers"

    @staticmethod
    def _lost(before: JourneyState, after: JourneyState, said: str, button: Button | None) -> Iterator[str]:
        """An answer that is gone, or stands otherwise, without a word."""
        words = said.lower()
        for question, old in before.answers.items():
            new = after.answers.get(question)
            if new is None and "taken back" not in words:
                yield f"the answer to {question} is lost"
            if new is not None and new.value is not old.value and not any(told in words for told in _TOLD):
                yield f"the answer to {question} went from {old.value} to {new.value} without a word"
        if button is not None and button.payload.startswith("/answer{"):
            return
        added = [q for q in after.answers if q not in before.answers]
        if len(added) > 2:
            yield f"one message answered {added}"
        if any(not isinstance(answer.value, Value) for answer in after.answers.values()):
            yield "an answer of no known value"

    def _state(self, person: _Person) -> JourneyState:
        with self._workspace.unit() as unit:
            return _journey(unit, person.member)


def _journey(unit: Unit, member: MemberRef) -> JourneyState:
    journeys = unit.journeys(member.organisation_id)
    return unit.load(journeys[0].id, member.organisation_id) if journeys else JourneyState()
