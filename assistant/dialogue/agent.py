"""The Rasa agent of this process: our tracker store, our local actions, nothing else changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action as RasaAction
from rasa.core.actions.action import ActionListen
from rasa.core.agent import Agent
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from assistant.dialogue.conversation_store import ConversationStore
from assistant.dialogue.graph_runner import OrderedGraphRunner
from assistant.dialogue.local_actions import LocalAction, find_actions

__all__ = ["WaymarkAgent", "load_agent"]


class _Processor(MessageProcessor):
    """Rasa's processor with custom actions that run in this process."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._local = {name: LocalAction(action) for name, action in find_actions().items()}

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        """Unpacks a model, to be run by a runner of our own; Rasa's names its own."""
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, OrderedGraphRunner
            )
        return Path(model_path).name, metadata, runner

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Does nothing: the model learns the domain's own intents and no others, to which a test holds the data.

        Rasa's builds an empty domain with each message, to learn whether ours is one.
        """

    def _get_action(self, action_name: str) -> RasaAction | None:
        return self._local.get(action_name) or super()._get_action(action_name)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[RasaAction, PolicyPrediction]:
        """As Rasa's; custom actions are those of this process.

        After one of them :class:`~assistant.dialogue.policy.ListenAfterAction` always listens, so
        that asking all policies again would cost two milliseconds to learn what is known.
        """
        if tracker.latest_action_name in self._local:
            prediction = PolicyPrediction.for_action_name(self.domain, ACTION_LISTEN_NAME)
            return ActionListen(), prediction
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return self._local.get(action.name(), action), prediction


class WaymarkAgent(Agent):
    """Rasa's agent with our processor."""

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Loads the model into our processor; otherwise as Rasa's ``Agent.load_model``."""
        self.processor = _Processor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain


def load_agent(model: Path) -> WaymarkAgent:
    """Loads a trained model, ready to take turns."""
    agent = WaymarkAgent(tracker_store=ConversationStore())
    agent.load_model(model)
    return agent
