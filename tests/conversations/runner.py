"""Takes a conversation file through the real assistant: the trained model, the actions, a database of its own."""

from __future__ import annotations

import asyncio
import fnmatch
import functools
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from assistant.channels.journey_map import journey_map
from assistant.channels.terminal import render
from assistant.dialogue.agent import WaymarkAgent
from assistant.dialogue.assistant import Assistant
from assistant.dialogue.refusal import MessageRefused
from assistant.journey import JourneyState, NextKind, NextThing, what_next
from assistant.replies import Button, Reply
from assistant.workspace import MemberRef, Unit, Workspace, create_engine, migrate
from tests.conversations.claims import Stored, check_claim
from tests.conversations.language import ConversationFailed, Instruction, Script
from tests.conversations.manners import faults
from tests.conversations.pages import Exchange

__all__ = ["Conversation"]

_BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
_CHANNEL = "web"
_NAMELESS = ""
_MOST_QUESTIONS = 60
"""Questions after which a walk is taken to go round in circles."""

_WORDS = {
    "yes": ("yes", "yes, we do", "yep", "yes, that is done", "that is the case, yes"),
    "partly": ("partly", "in part", "partially", "somewhat"),
    "not yet": ("not yet", "no", "no, not yet", "not so far"),
    "does not apply": ("does not apply", "not applicable", "n/a"),
}
"""How a walk says each answer: one wording after the other."""


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


@dataclass
class _Speaker:
    """A member of the organisation, and what was last said to them."""

    member: MemberRef
    turns: list[list[Reply]] = field(default_factory=list)
    last_said: str = ""


class Conversation:
    """One conversation file under way."""

    def __init__(self, script: Script, agent: WaymarkAgent, database: Path, empty: Path) -> None:
        self.script = script
        self.transcript: list[str] = [f"# {script.shows}"]
        self.exchanges: list[Exchange] = []
        self._agent = agent
        self._database = database
        self._now = _BEGINS
        self._speakers: dict[str, _Speaker] = {}
        self._name = _NAMELESS
        self._at: Instruction | None = None
        self._from = 0
        self._refused: MessageRefused | None = None
        self._broken: str | None = None
        self._before: tuple[JourneyState, bool] = (JourneyState(), False)
        shutil.copy(empty, database)
        self._open()

    def run(self) -> None:
        """Follows the file line by line.

        Raises:
            ConversationFailed: where it is not as the file says.
        """
        try:
            for instruction in self.script.instructions:
                self._at = instruction
                if self._refused is not None and self._at.keyword not in ("refused", "state"):
                    raise ConversationFailed(f"the message was refused: {self._refused}")
                getattr(self, "_do_" + self._at.keyword.replace(" ", "_"))(self._at.rest)
        except Exception as error:
            where = f"{self.script.path.name}:{self._at.line if self._at else 1}"
            raise ConversationFailed(f"{where}: {error or type(error).__name__}") from error
        finally:
            self._engine.dispose()

    # --- the world around it

    def _open(self) -> None:
        self._engine = create_engine(f"sqlite:///{self._database}")
        workspace = Workspace(self._engine, clock=lambda: self._now)
        self._assistant = Assistant(workspace, self._agent, lambda: self._now)

    def _do_restart(self, _: str) -> None:
        self._engine.dispose()
        self._open()
        migrate(self._engine)
        self._note("— the server is started anew —")

    def _do_later(self, rest: str) -> None:
        found = re.fullmatch(r"(\d+) (minutes?|hours?|days?|weeks?)", rest)
        if not found:
            raise ValueError(f"later by how much? {rest!r}; say '40 days'")
        self._now += timedelta(**{found[2].rstrip("s") + "s": int(found[1])})
        self.exchanges.append(Exchange(note=f"{rest} later"))
        self._note(f"— {rest} later —")

    def _do_as(self, name: str) -> None:
        self._name = name
        self._note(f"— {name} —")

    def _do_break(self, what: str) -> None:
        self._broken = what
        self._note(f"— {what} will fail —")

    @property
    def _speaker(self) -> _Speaker:
        if self._name not in self._speakers:
            organisation = next((s.member.organisation_id for s in self._speakers.values()), None)
            with self._assistant.workspace.unit() as unit:
                member = unit.new_member(_CHANNEL, f"key of {self._name}", self._name or None, organisation)
                unit.commit()
            self._speakers[self._name] = _Speaker(member)
        return self._speakers[self._name]

    def _read(self, unit: Unit) -> tuple[JourneyState, bool]:
        organisation = self._speaker.member.organisation_id
        journeys = unit.journeys(organisation)
        if not journeys:
            return JourneyState(), False
        return unit.load(journeys[0].id, organisation), journeys[0].paused_at is not None

    # --- saying something

    def _do_you(self, rest: str) -> None:
        pressed = re.fullmatch(r"\[(?P<title>.+)\](?: \((?P<ago>\d+) turns? ago\))?", rest)
        if pressed is None:
            self._text(rest)
            return
        button = self._button(pressed["title"], int(pressed["ago"] or 0))
        self._press(button.payload, button.title)

    def _do_raw(self, rest: str) -> None:
        self._text(json.loads(f'"{rest}"'))

    def _do_long(self, rest: str) -> None:
        words = "We talked to many members and partners about it this year. "
        self._text((words * (int(rest) // len(words) + 1))[: int(rest)])

    def _do_button(self, rest: str) -> None:
        self._press(rest, "")

    def _do_walk(self, rest: str) -> None:
        wording = itertools.cycle(_WORDS[rest])
        for _ in range(_MOST_QUESTIONS):
            if self._thing().kind not in (NextKind.ASK, NextKind.ASK_SET_ASIDE):
                return
            asked = self._thing().question
            self._text(next(wording))
            if self._stored().state.answers[asked].value.value != rest.replace(" ", "_").replace(
                "does_not_apply", "not_applicable"
            ):
                raise ConversationFailed(f"{self._speaker.last_said!r} was not taken as {rest} on {asked}")
        raise ConversationFailed("the walk did not come to an end")

    def _thing(self) -> NextThing:
        stored = self._stored()
        return what_next(stored.definition, stored.state, stored.today)

    def _text(self, words: str) -> None:
        self._take(words, lambda a, m: a.text(m, _CHANNEL, words))

    def _press(self, payload: str, title: str) -> None:
        self._take(f"[{title or payload}]", lambda a, m: a.press(m, _CHANNEL, payload, title))

    def _take(self, shown: str, turn: Any) -> None:
        speaker = self._speaker
        with self._assistant.workspace.unit() as unit:
            self._before = self._read(unit)
        self._from, failing = 0, self._broken is not None
        speaker.last_said = shown
        self._note(f"\n> {shown if len(shown) < 400 else shown[:100] + f'… ({len(shown)} characters)'}")
        try:
            with self._breaking():
                replies: list[Reply] = _loop().run_until_complete(turn(self._assistant, speaker.member))
        except MessageRefused as refused:
            self._refused = refused
            self._note(f"(refused: {refused})")
            return
        speaker.turns.append(replies)
        self.exchanges.append(Exchange(self._name, shown, replies))
        self._note("\n--\n".join(render(reply) for reply in replies))
        wrong = faults(replies, failing=failing)
        if wrong:
            raise ConversationFailed("; ".join(wrong))

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        """Lets one action, or the commit, fail after it has done its work."""
        what, self._broken = self._broken, None
        if what is None:
            yield
            return
        target, name = (Unit, "commit") if what == "commit" else (self._local(what), "run")
        working = getattr(target, name)
        ran = []

        async def fail_after(*arguments: Any) -> None:
            await working(*arguments)
            ran.append(what)
            raise RuntimeError("broken on purpose")

        def fail(*arguments: Any) -> None:
            ran.append(what)
            raise RuntimeError("broken on purpose")

        setattr(target, name, fail if what == "commit" else fail_after)
        try:
            yield
        finally:
            if what == "commit":
                Unit.commit = working  # type: ignore[method-assign]
            else:
                delattr(target, name)
        if not ran:
            raise ConversationFailed(f"{what} did not run, so it could not fail")

    def _local(self, action: str) -> Any:
        return self._agent.processor._local[action]._action

    # --- looking at what was said

    @property
    def _last(self) -> list[Reply]:
        if not self._speaker.turns:
            raise ConversationFailed("nothing was said yet")
        return self._speaker.turns[-1]

    def _button(self, title: str, ago: int = 0) -> Button:
        turns = self._speaker.turns
        if len(turns) <= ago:
            raise ConversationFailed(f"there were only {len(turns)} turns")
        buttons = [button for reply in turns[-1 - ago] for button in reply.flat_buttons()]
        found = next((b for b in buttons if _plain(b.title) == _plain(title)), None)
        if found is None:
            raise ConversationFailed(f"no button {title!r}; there are: {' | '.join(b.title for b in buttons)}")
        return found

    def _said(self) -> str:
        return _plain(
            "\n".join(render(reply.model_copy(update={"buttons": (), "citations": ()})) for reply in self._last)
        )

    def _do_bot(self, fragment: str) -> None:
        said = self._said()
        found = re.compile(_pattern(fragment), re.DOTALL).search(said, self._from)
        if found is None:
            earlier = " (it was said, but earlier)" if re.search(_pattern(fragment), said, re.DOTALL) else ""
            raise ConversationFailed(f"expected {fragment!r}{earlier}; it said:\n{said}")
        self._from = found.end()

    def _do_bot_one_of(self, rest: str) -> None:
        said = self._said()
        if not any(re.search(_pattern(part), said, re.DOTALL) for part in rest.split("|")):
            raise ConversationFailed(f"expected one of {rest!r}; it said:\n{said}")

    def _do_bot_not(self, fragment: str) -> None:
        if re.search(_pattern(fragment), self._said(), re.DOTALL):
            raise ConversationFailed(f"{fragment!r} should not be said; it said:\n{self._said()}")

    def _do_buttons(self, rest: str) -> None:
        for title in rest.split("|"):
            self._button(title.strip())

    def _do_no_button(self, rest: str) -> None:
        titles = {_plain(b.title) for reply in self._last for b in reply.flat_buttons()}
        there = [title.strip() for title in rest.split("|") if _plain(title) in titles]
        if there:
            raise ConversationFailed(f"the buttons {there} should not be there")

    def _do_cites(self, rest: str) -> None:
        cited = [f"{c.title}, {c.where}" for reply in self._last for c in reply.citations]
        if not any(fnmatch.fnmatch(_plain(c), f"*{_plain(rest)}*") for c in cited):
            raise ConversationFailed(f"expected {rest!r} among the footnotes: {cited}")

    def _do_refused(self, fragment: str) -> None:
        refused, self._refused = self._refused, None
        if refused is None or not re.search(_pattern(fragment), _plain(str(refused))):
            raise ConversationFailed(f"expected to be refused with {fragment!r}, but: {refused or 'it was taken'}")

    def _do_state(self, rest: str) -> None:
        for claim in rest.split(";"):
            instead = check_claim(self._stored(), claim.strip())
            if instead is not None:
                raise ConversationFailed(f"expected the state {claim.strip()!r}, but {instead}")

    def _stored(self) -> Stored:
        with self._assistant.workspace.unit() as unit:
            state, paused = self._read(unit)
        return Stored(state, self._before[0], paused, self._before[1], self._now.date())

    def _do_reload(self, _: str) -> None:
        """The page is opened again: its history ends with what was said last, its map is the journey's."""
        speaker, said = self._speaker, self._last
        with self._assistant.workspace.unit() as unit:
            records = unit.messages(speaker.member.id, limit=100)
            shown = journey_map(unit, speaker.member)
            state, _paused = self._read(unit)
        replies = [Reply.model_validate(r.body) for r in records[-len(said) :]]
        if replies != said or records[-len(said) - 1].body["text"] != speaker.last_said.strip("[]"):
            raise ConversationFailed(f"the history ends with {[r.body for r in records[-len(said) - 1 :]]}")
        if shown.current != state.current:
            raise ConversationFailed(f"the map is at {shown.current}, the journey at {state.current}")
        self._note("— the page is loaded again —")

    def _note(self, words: str) -> None:
        self.transcript.append(words)


def _plain(words: str) -> str:
    """In lower case, on one line, without marks of emphasis and footnotes."""
    return re.sub(r"\s+", " ", re.sub("[*⁰¹²³⁴⁵⁶⁷⁸⁹]", "", words)).strip().lower().replace("’", "'")


def _pattern(fragment: str) -> str:
    return ".*?".join(re.escape(_plain(part)) for part in fragment.strip().strip("*").split("*"))
