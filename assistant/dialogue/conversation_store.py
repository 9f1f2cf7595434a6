"""A tracker store that keeps a bounded window of events and all slots.

Rasa's own stores keep every event and rebuild the conversation from all of them at each
turn, so that turn 600 costs many times what turn 10 costs. What Waymark knows of an
organisation is in the workspace; a conversation needs only the last turns and its slots.
The window is written in the turn's own unit of work, so that it is committed, or dropped,
together with what the turn did.
"""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from actions.context import current_turn

__all__ = ["WINDOW", "ConversationStore"]

WINDOW = 12
"""Events kept: the last three turns. Our rules look at the last one only; each event more costs time in every turn."""


class ConversationStore(TrackerStore):
    """Keeps each conversation as one row: the last :data:`WINDOW` events and the slots."""

    def __init__(self, domain: Domain | None = None) -> None:
        super().__init__(domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Queues the window in the unit of work of the turn under way."""
        unit = current_turn().unit
        unit.save_conversation(tracker.sender_id, serialise(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was left, or None."""
        state = current_turn().unit.load_conversation(sender_id)
        return None if state is None else restore(sender_id, state, self.domain)

    async def keys(self) -> list[str]:
        """Not offered: conversations are found by their member, never listed."""
        return []


def serialise(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The window and the slots, as JSON-able values.

    The window starts at a user message or at a listening point, since an action without what led
    to it would be a state that no rule knows.
    """
    events = [e for e in tracker.events if not isinstance(e, SlotSet | BotUttered)][-WINDOW:]
    while events and not isinstance(events[0], UserUttered):
        events.pop(0)
    return {
        "slots": {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None},
        "events": [_slim(event) for event in events],
    }


def _slim(event: Event) -> dict[str, Any]:
    """An event without what only debugging needs: the ranking of all intents, tokens, embeddings."""
    data = event.as_dict()
    if isinstance(event, UserUttered):
        data["parse_data"] = {
            k: data["parse_data"][k] for k in ("intent", "entities", "text") if k in data["parse_data"]
        }
        data["metadata"] = {}
    return data


def restore(sender_id: str, state: dict[str, Any], domain: Domain) -> DialogueStateTracker:
    """The tracker of a stored window: first its slots, then its events."""
    events: list[Event] = [ActionExecuted("action_listen")]
    events += [SlotSet(name, value) for name, value in state["slots"].items()]
    events += deserialise_events(state["events"])
    return DialogueStateTracker.from_events(sender_id, events, domain.slots)
