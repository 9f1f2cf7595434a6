"""Takes turns: one message in, replies out, everything stored together or nothing at all.

A turn is: find the member and the journey, read the message in its context, let the rules and
actions act, commit, reply. If anything fails before the commit, nothing of it is kept, the
person is told so in plain words, and the next message works.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS

from actions.composing import text as words
from actions.context import Turn, finder, journey_knowledge, search, use_turn
from assistant.dialogue.agent import WaymarkAgent, load_agent
from assistant.dialogue.answer_model import Weigh, weighing
from assistant.dialogue.answers import read_answer
from assistant.dialogue.arbitration import arbitrate, shown_of
from assistant.dialogue.cleaning import before_a_loss, without_frame
from assistant.dialogue.corrections import read_correction
from assistant.dialogue.leaving import asks_to_be_contacted
from assistant.dialogue.nonsense import is_nonsense
from assistant.dialogue.parts import Piece, joined, may_be_several, pieces_of
from assistant.dialogue.reading import LONGEST_MESSAGE, Heard, Ranked, Reading, as_parse_data, clean, in_context
from assistant.dialogue.readings import VALUES, with_answer
from assistant.dialogue.refusal import MessageRefused
from assistant.dialogue.repeating import unlike
from assistant.dialogue.seams import apart, seams_of
from assistant.dialogue.tongue import other_language
from assistant.journey import Audience, JourneyDefinition
from assistant.phrases import LONGEST_NOTE, behind_yes
from assistant.replies import Button, Reply, as_typed, payload
from assistant.workspace import MemberRef, StaleJourney, Unit, Workspace

__all__ = ["Assistant"]

log = logging.getLogger(__name__)

_TRIES = 3
"""How often a turn is taken anew because a colleague changed the journey while it ran."""
_DESCRIBED = 0.43
"""Score of the question finder from which a question counts as described."""
_LABELS = 0.85
"""The same for the few words before a colon that say what the rest answers: "Plan B: we have none"."""
_LABEL = re.compile(
    r"\W*(?:(?:and|but|so|well)\s+)?(?P<label>[\w'’ -]{3,40}?)\s*:\s+(?P<told>\S.*)", re.DOTALL | re.IGNORECASE
)
_OWN_WORDS = frozenset({"lesson", "message", "conflict", "stop"})
"""What is waited for where a message is neither looked up nor taken apart: whatever it says belongs to that."""
_MOST_SEAMS = 12
"""Of one message. Each costs two readings; a message with more tells a story."""
_PAYLOAD = re.compile(r"/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?", re.DOTALL)


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _slots(unit: Unit, sender: str) -> dict[str, Any]:
    """What the conversation remembers, as the last part of the turn left it."""
    return dict((unit.load_conversation(sender) or {}).get("slots", {}))


def _choices(slots: Mapping[str, Any]) -> dict[str, str]:
    return dict(json.loads(slots.get("choices") or "{}"))


def _corrected(message: str, reading: Reading) -> Reading:
    """A change of an earlier answer, read again as said to the question that its words describe.

    "We do monitor that" is a yes only where it is known what was asked. Which answer is changed is settled later.
    """
    found = [match for audience in Audience for match in finder().find(message, audience)[:1]]
    best = max(found, key=lambda match: match.score, default=None)
    if best is None or best.score < _DESCRIBED:
        return reading
    entities = {name: value for name, value in reading.entities.items() if name not in ("value", "note")}
    told = read_correction(message, weighing(journey_knowledge().words_of(best.question)))
    return Reading(reading.intent, reading.confidence, with_answer(entities, *told))


def _filed(message: str, reading: Reading, asked: str | None) -> Reading:
    """An answer that begins with what it is the answer to, "Plan B: we have none", if another question is meant."""
    match = _LABEL.fullmatch(message) if reading.intent in VALUES or reading.intent == "answer_unclear" else None
    if match is None or asked is None:
        return reading
    found = [each for audience in Audience for each in finder().find(match["label"], audience)]
    best = max(found, key=lambda each: each.score, default=None)
    here = max((each.score for each in found if each.question == asked), default=0.0)
    if best is None or best.score < max(_LABELS, here + _DESCRIBED):
        return reading
    told = read_answer(match["told"], weighing(journey_knowledge().words_of(best.question)))
    if told.value is None:
        return reading
    entities = with_answer({"question": best.question}, told.value, told.note)
    return Reading("correct_answer", reading.confidence, entities)


def _settle_memory() -> None:
    """Hands back to the system what only loading needed, where that can be done, and settles the rest for good.

    Reading Rasa's model and the knowledge base leaves tens of megabytes of free blocks, which glibc keeps.
    """
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    # What was loaded stays for good. Left in sight, it is searched for garbage again and again, in the middle of turns:
    # a parse took 14.4 ms (median) instead of 13.0.
    gc.freeze()


class Assistant:
    """The assistant of one process.

    Args:
        workspace: where journeys are kept.
        agent: the loaded Rasa model.
        clock: gives the current time in UTC; tests set their own.
    """

    def __init__(self, workspace: Workspace, agent: WaymarkAgent, clock: Callable[[], datetime] = _now) -> None:
        self.workspace = workspace
        self._agent = agent
        self._clock = clock
        # One turn at a time: a turn is a few milliseconds of computing on one event loop, so that
        # taking two at once gains nothing and would let them see each other half done.
        self._lock = asyncio.Lock()

    @classmethod
    def load(cls, workspace: Workspace, model: Path, clock: Callable[[], datetime] = _now) -> Assistant:
        """Loads the model and warms up what the first turn would otherwise wait for."""
        journey_knowledge()
        finder()
        search()
        other_language("")  # reads its lists of words, as the next one does
        is_nonsense("")
        assistant = cls(workspace, load_agent(model), clock)
        _settle_memory()
        return assistant

    @property
    def definition(self) -> JourneyDefinition:
        """The shape of the journey that is walked."""
        return journey_knowledge().definition

    async def text(self, member: MemberRef, channel: str, message: str) -> list[Reply]:
        """Answers what somebody wrote.

        Raises:
            MessageRefused: if it is longer than :data:`LONGEST_MESSAGE` characters.
        """
        if len(message) > LONGEST_MESSAGE:
            raise MessageRefused(
                "too_long",
                f"That message has {len(message)} characters; I read up to {LONGEST_MESSAGE}. "
                "Send the main point, or send it in parts.",
            )
        cleaned = clean(message).lstrip("/").strip()
        return await self._take(member, channel, cleaned or "…", None, shown=cleaned)

    async def press(self, member: MemberRef, channel: str, button: str, title: str = "") -> list[Reply]:
        """Answers a pressed button.

        Raises:
            MessageRefused: if `button` is not a payload that a button of ours could send.
        """
        parse = self._parse_payload(button)
        return await self._take(member, channel, button, parse, shown=clean(title)[:80] or button)

    def _parse_payload(self, button: str) -> dict[str, Any]:
        domain = self._agent.domain
        match = _PAYLOAD.fullmatch(button) if len(button) <= LONGEST_MESSAGE else None
        if match is None or domain is None or match["intent"] not in set(domain.intents) - set(DEFAULT_INTENTS):
            raise MessageRefused(
                "unknown_button", "I don't know that button. Use one of those below my last message, or write."
            )
        try:
            given = json.loads(match["entities"] or "{}")
        except (json.JSONDecodeError, RecursionError):
            given = None
        if not isinstance(given, dict) or not all(self._fits(name, value) for name, value in given.items()):
            raise MessageRefused(
                "unknown_button", "That button does not say what it should. Use one of those below my last message."
            )
        intent = {"name": match["intent"], "confidence": 1.0}
        entities = [
            {"entity": name, "value": str(value), "start": 0, "end": 0, "extractor": "button"}
            for name, value in given.items()
        ]
        return {"text": button, "intent": intent, "intent_ranking": [intent], "entities": entities}

    def _fits(self, name: str, value: object) -> bool:
        """Whether a button of ours could carry this."""
        known = self._agent.domain is not None and name in self._agent.domain.entities
        return known and isinstance(value, str | int) and len(str(value)) <= LONGEST_NOTE

    async def _take(
        self, member: MemberRef, channel: str, message: str, parse: dict[str, Any] | None, *, shown: str
    ) -> list[Reply]:
        async with self._lock:
            for _ in range(_TRIES):
                try:
                    return await self._once(member, channel, message, parse, shown)
                except StaleJourney:
                    continue  # a colleague's turn in another process came first: take this one on what it left
                except Exception:
                    log.exception("a turn failed; nothing of it was kept")
                    break
            return [self._apology()]

    async def _once(
        self, member: MemberRef, channel: str, message: str, parse: dict[str, Any] | None, shown: str
    ) -> list[Reply]:
        with self.workspace.unit() as unit:
            turn = Turn(unit, member, channel, self._clock())
            with use_turn(turn):
                replies = await self._converse(unit, turn, message, parse)
            if turn.failure is not None:
                raise turn.failure
            if not replies:
                raise RuntimeError(f"no reply to {message!r}")
            replies = unlike(turn.said_last, replies)
            unit.add_message(member.id, "in", {"text": shown}, turn.now)
            for reply in replies:
                unit.add_message(member.id, "out", reply.model_dump(mode="json", exclude_defaults=True), turn.now)
            unit.commit()
            return replies

    async def _converse(self, unit: Unit, turn: Turn, message: str, parse: dict[str, Any] | None) -> list[Reply]:
        """Takes the parts of a message one after the other; only the last asks what comes next."""
        sender = turn.member.id
        collector = CollectingOutputChannel()
        slots = _slots(unit, sender)
        turn.seen = (slots.get("focus"), slots.get("focus_id"))
        parts = [message] if parse else await self._parts(slots, message)
        if not parse and slots.get("focus") not in _OWN_WORDS and not asks_to_be_contacted(message):
            parts = [without_frame(part) for part in parts]
        for i, part in enumerate(parts):
            turn.to_come = i + 1 < len(parts)
            meant = parse or await self._understand(_slots(unit, sender), part)
            await self._agent.handle_message(
                UserMessage(part, collector, sender, parse_data=meant, input_channel=turn.channel)
            )
            if turn.failure is not None:
                break
        return [Reply.model_validate(m["custom"]) for m in collector.messages if "custom" in m]

    async def _parts(self, slots: Mapping[str, Any], message: str) -> list[str]:
        """What a message asks for, part by part; most have one."""
        focus = slots.get("focus")
        if focus in _OWN_WORDS or as_typed(message) in _choices(slots) or asks_to_be_contacted(message):
            return [message]
        pieces = pieces_of(message)
        if sum(len(seams_of(piece.text)) for piece in pieces) <= _MOST_SEAMS:
            pieces = [each for piece in pieces for each in await self._apart(piece, slots)]
        # An offer is answered with yes or no, as a question is; what is asked after that is another part.
        open_question = focus in ("question", "action")
        if not may_be_several(pieces, open_question=open_question):
            return [message]
        read = [(await self._read(without_frame(piece.text), slots))[0] for piece in pieces]
        if any(reading.intent == "other_language" for reading in read):
            return [message]
        said = [(reading.intent, reading.confidence) for reading in read]
        return joined(message, pieces, said, open_question=open_question)

    async def _apart(self, piece: Piece, slots: Mapping[str, Any]) -> list[Piece]:
        async def read(text: str) -> tuple[str, float]:
            reading, _ = await self._read(text, slots)
            return reading.intent, reading.confidence

        return await apart(piece, read, open_question=slots.get("focus") == "question")

    async def _understand(self, slots: Mapping[str, Any], message: str) -> dict[str, Any]:
        """What a message says by itself, read again in its context."""
        choices = _choices(slots)
        if as_typed(message) in choices:
            return self._parse_payload(choices[as_typed(message)])
        reading, ranking = await self._read(message, slots)
        happened = before_a_loss(message) if reading.intent == "not_understood" else None
        if happened is not None:
            reading, ranking = await self._read(happened, slots)
        if reading.intent == "drop_message" and (left := choices.get("undo", "")).startswith("/drop_message"):
            return self._parse_payload(left)  # the one that was left just now
        if slots.get("focus") not in _OWN_WORDS:
            reading = arbitrate(message, reading, shown_of(json.loads(slots.get("shown") or "{}")), search())
        return as_parse_data(message, reading, ranking[:5])

    async def _read(self, message: str, slots: Mapping[str, Any]) -> tuple[Reading, list[dict[str, Any]]]:
        """A message in its context, and the intents that it may have by itself, likeliest first."""
        raw = await self._agent.parse_message(message)
        ranking = [r for r in raw.get("intent_ranking", []) if r["name"] != "nlu_fallback"]
        found: dict[str, str] = {}
        for entity in raw["entities"]:
            found.setdefault(entity["entity"], str(entity["value"]))
        rest = behind_yes(message) if slots.get("focus") == "action" else None
        if rest is not None:  # "yes please, Tomek": who and by when are told as if nothing stood before them
            for entity in (await self._agent.parse_message(rest))["entities"]:
                if entity["entity"] in ("owner", "due"):
                    found.setdefault(entity["entity"], str(entity["value"]))
        ranked = [Ranked(str(r["name"]), float(r["confidence"])) for r in ranking] or [Ranked("not_understood", 0.0)]
        reading = in_context(
            Heard(message, ranked, found), slots.get("focus"), self._weighing(slots), listed=bool(slots.get("shown"))
        )
        if reading.intent == "correct_answer":
            return _corrected(message, reading), ranking
        return _filed(message, reading, slots.get("focus_id") if slots.get("focus") == "question" else None), ranking

    def _weighing(self, slots: Mapping[str, Any]) -> Weigh:
        """The model of answers, asked about the question that is open, if one is."""
        key = slots.get("focus_id") if slots.get("focus") in ("question", "conflict") else None
        return weighing(journey_knowledge().words_of(str(key)) if key else "")

    def _apology(self) -> Reply:
        return Reply(
            text=words("small.error"),
            buttons=((Button(title=words("small.continue"), payload=payload("continue")),),),
        )

    def greeting(self) -> Reply:
        """What is shown before anything was said."""
        buttons = (
            Button(title=words("onboarding.button_next"), payload=payload("what_next")),
            Button(title=words("small.help"), payload=payload("help")),
        )
        return Reply(text=words("onboarding.hello"), buttons=(buttons,))
