"""The base of every action: reads the turn, lets the skill act, hands replies and slots to Rasa."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.composing import Composer, as_message, text
from actions.context import Turn, journey_knowledge, turn_of
from assistant.journey import Audience, Change, JourneyDefinition, JourneyState, NextThing, UnknownQuestion, what_next
from assistant.knowledge import models as m
from assistant.knowledge.journey import JourneyKnowledge
from assistant.replies import as_typed

__all__ = ["SLOTS", "Ctx", "Skill"]

SLOTS = ("focus", "focus_id", "focus_revision", "pending", "more", "choices", "shown")
"""What a conversation remembers between two turns; everything else is in the workspace.

focus: what is being waited for (role, standing, question, aside, action, overdue, route, lesson,
stop, step, conflict, correction, message, or nothing); focus_id: which question, route or step;
focus_revision: the journey's revision when it was shown; pending: what was understood but could
not be used yet (JSON); more: what did not fit into the last reply; choices: the buttons of the last
replies by title, so that typing a title does what pressing it does; shown: the entries shown last (JSON:
`about`, the one talked of, and `list`, those to choose from), so that "the second one" is understood.
"""


_OF_A_MESSAGE = frozenset({"note", "drop_message", "decline", "leave_message", "other_language", "unreadable"})
"""Intents whose skills say themselves what becomes of a message that is being written."""


class Ctx:
    """One turn as a skill sees it."""

    def __init__(self, turn: Turn, tracker: Tracker) -> None:
        self.turn = turn
        self._slots: dict[str, Any] = {name: tracker.get_slot(name) for name in SLOTS}
        self._set: dict[str, Any] = {}
        message = tracker.latest_message or {}
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.ranking: list[dict[str, Any]] = list(message.get("intent_ranking") or [])
        raw = message.get("text") or ""
        self.text: str = "" if raw.startswith("/") else raw
        self._entities: list[dict[str, Any]] = list(message.get("entities") or [])
        self.composers: list[Composer] = []

    # --- what was said

    def entity(self, name: str) -> str | None:
        """The first value of an entity, as text."""
        return next((str(e["value"]) for e in self._entities if e["entity"] == name and e["value"] is not None), None)

    def entities(self, name: str) -> list[str]:
        """All values of an entity."""
        return [str(e["value"]) for e in self._entities if e["entity"] == name]

    # --- where the journey stands

    @property
    def state(self) -> JourneyState:
        """Where the journey stands now."""
        return self.turn.state

    @property
    def definition(self) -> JourneyDefinition:
        """The shape of the journey."""
        return self.turn.definition

    @property
    def knowledge(self) -> JourneyKnowledge:
        """The journey's prose."""
        return journey_knowledge()

    @property
    def audience(self) -> Audience:
        """Whose checklists are walked."""
        return self.turn.audience

    @property
    def begun(self) -> bool:
        """Whether it is known who is asking."""
        return self.state.audience is not None

    def step(self, key: str) -> m.Step:
        """The step with its prose."""
        return self.knowledge.step(key)

    def question(self, question: str) -> m.Question:
        """The question with its prose."""
        return self.knowledge.question(question)

    def asked_of_them(self, named: str | None) -> str | None:
        """The id of a question of this audience's checklists; None for any other, as an old button may name."""
        try:
            return self.definition.question(str(named), self.audience).id
        except UnknownQuestion:
            return None

    def next(self) -> NextThing:
        """What comes next, by the rules of the journey."""
        return what_next(self.definition, self.state, self.turn.today)

    def apply(self, change: Change, kind: str) -> Change:
        """Queues a change of the journey."""
        self.turn.save(change.state, kind)
        return change

    # --- what is being waited for

    @property
    def focus(self) -> str | None:
        """What the last reply waits for."""
        value = self._set.get("focus", self._slots["focus"])
        return str(value) if value else None

    @property
    def focus_id(self) -> str | None:
        """Which question, route or step it is about."""
        value = self._set.get("focus_id", self._slots["focus_id"])
        return str(value) if value else None

    @property
    def focus_revision(self) -> int | None:
        """The journey's revision when it was shown."""
        value = self._set.get("focus_revision", self._slots["focus_revision"])
        return None if value is None else int(value)

    def wait_for(self, focus: str | None, focus_id: str | None = None, *, seen: int | None = None) -> None:
        """Sets what the next message is expected to be about.

        Args:
            focus: what is waited for; None for nothing.
            focus_id: which question, route or step.
            seen: the journey's revision that the person knows; by default the present one, which is right
                whenever the reply shows what the journey holds.
        """
        revision = self.state.revision if seen is None else seen
        self._set.update(focus=focus, focus_id=focus_id, focus_revision=revision if focus else None)

    @property
    def pending(self) -> dict[str, Any]:
        """What was understood earlier but could not be used yet."""
        raw = self._set.get("pending", self._slots["pending"])
        return dict(json.loads(raw)) if raw else {}

    @pending.setter
    def pending(self, value: dict[str, Any] | None) -> None:
        self._set["pending"] = json.dumps(value) if value else None

    @property
    def shown(self) -> dict[str, Any]:
        """The entries shown last: `about` and `list`, by id; empty if none was."""
        raw = self._set.get("shown", self._slots["shown"])
        return dict(json.loads(raw)) if raw else {}

    @shown.setter
    def shown(self, value: dict[str, Any]) -> None:
        self._set["shown"] = json.dumps(value) if value else None

    @property
    def showing(self) -> bool:
        """Whether this turn has shown an entry already."""
        return "shown" in self._set

    @property
    def more(self) -> str:
        """What did not fit into the last reply."""
        return str(self._slots["more"] or "")

    # --- replying

    def unsaid(self, *keys: str) -> str:
        """The first of some texts, by key, that the last reply did not hold; so that manners do not sound canned."""
        said = "\n".join(self.turn.said_last)
        return next((key for key in keys if text(key) not in said), keys[0])

    def reply(self) -> Composer:
        """Begins a reply."""
        composer = Composer()
        self.composers.append(composer)
        return composer

    def _say_of_message(self) -> None:
        """A message for a person that was asked for and not written stays open, or is given up, in words."""
        if self._slots["focus"] != "message" or self.turn.to_come or self.intent in _OF_A_MESSAGE:
            return
        if self.focus == "message":
            self.reply().say("person.still_open").button(text("person.button_never_mind"), "drop_message")
        else:
            self.composers.insert(0, Composer().say("person.given_up"))

    def finish(self, dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        """Sends the replies and returns the slots that changed."""
        self._say_of_message()
        rest: str | None = None
        choices = self.turn.choices
        for composer in self.composers:
            if not composer:
                continue
            reply, left = composer.build()
            rest = left or rest
            choices.update({as_typed(button.title): button.payload for button in reply.flat_buttons()})
            dispatcher.utter_message(**as_message(reply))
        if "failed" in self.pending and "pending" not in self._set:
            self.pending = {k: v for k, v in self.pending.items() if k != "failed"}  # this time it was understood
        self._set.update(more=rest, choices=json.dumps(choices) if choices else None)
        return [SlotSet(name, value) for name, value in self._set.items() if value != self._slots[name]]


class Skill(Action, ABC):
    """An action with a name, and one method that acts."""

    action: str

    def name(self) -> str:
        """The name under which domain.yml lists it."""
        return self.action

    @abstractmethod
    def act(self, ctx: Ctx) -> None:
        """Does what was asked and replies."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by Rasa."""
        with turn_of(tracker.sender_id) as turn:
            ctx = Ctx(turn, tracker)
            self.act(ctx)
            return ctx.finish(dispatcher)


def skill(action: str) -> Callable[[Callable[[Ctx], None]], type[Skill]]:
    """Makes an action of a function: ``@skill("action_help")``."""

    def make(function: Callable[[Ctx], None]) -> type[Skill]:
        def act(self: Skill, ctx: Ctx) -> None:
            function(ctx)

        return type(
            function.__name__,
            (Skill,),
            {"action": action, "act": act, "__module__": function.__module__, "__doc__": function.__doc__},
        )

    return make
