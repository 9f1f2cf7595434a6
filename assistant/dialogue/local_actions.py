"""Custom actions run in this process, without the HTTP detour.

Rasa's ``RemoteAction`` serialises the whole conversation, sends it over HTTP and checks the
answer against a JSON schema that it compiles anew each time (about 20 ms). In one process
none of that is needed: the action gets a tracker object and returns its events.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any, cast

from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions
from actions.context import current_turn
from actions.skill import Skill

__all__ = ["LocalAction", "find_actions"]


def find_actions() -> dict[str, Action]:
    """Every action defined in the package ``actions``, by name."""
    found: dict[str, Action] = {}
    for action in _instances():
        name = action.name()
        if name in found and type(found[name]) is not type(action):
            raise ValueError(f"two actions are called {name!r}: {type(found[name])} and {type(action)}")
        found[name] = action
    return found


def _instances() -> Iterator[Action]:
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        for _, member in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(member, Skill) and member.__module__ == module.name and not inspect.isabstract(member):
                yield member()


class LocalAction(RemoteAction):
    """Runs one of our own actions in this process."""

    def __init__(self, action: Action) -> None:
        super().__init__(action.name(), None)
        self._action = action

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Runs it on a light copy of the tracker; see Rasa's ``Action.run``."""
        dispatcher = CollectingDispatcher()
        try:
            events = await self._action.run(dispatcher, _light(tracker), {})
        except Exception as error:
            # Rasa logs what an action raises and goes on as if nothing had been asked;
            # the turn has to know, so that it can drop everything and say so.
            current_turn().failure = error
            raise
        messages = await self._utter_responses(dispatcher.messages, output_channel, nlg, tracker)
        return cast("list[Event]", messages) + deserialise_events(events or [])


def _light(tracker: DialogueStateTracker) -> Tracker:
    """What our actions read of a conversation: the slots and the latest message."""
    message = tracker.latest_message
    latest: dict[str, Any] = dict(message.parse_data) if message else {}
    if message:
        latest["text"], latest["entities"], latest["intent"] = message.text, message.entities, message.intent
    return Tracker(
        sender_id=tracker.sender_id,
        slots={name: slot.value for name, slot in tracker.slots.items()},
        latest_message=latest,
        events=[],
        paused=False,
        followup_action=None,
        active_loop={},
        latest_action_name=tracker.latest_action_name,
    )
