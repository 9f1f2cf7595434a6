"""What a message would be as an answer to a checklist question, for when one is open."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.dialogue.answer_model import AnswerModel, read_examples
from assistant.settings import ROOT

__all__ = ["ANSWER", "AnswerClassifier"]

ANSWER = "answer"
"""Under this name a parsed message says how likely it is each answer; reading in context uses it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class AnswerClassifier(GraphComponent):
    """Learns from ``data/answers``, not from the intents' examples: that it is an answer is decided elsewhere."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: AnswerModel | None = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerClassifier:
        """Called by Rasa's graph before training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerClassifier:
        """Reads what was learnt from the trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, AnswerModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns, and writes it into the model."""
        self._model = AnswerModel.learn(read_examples(ROOT / "data" / "answers"))
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds nothing to the intents' examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Says of each message how likely it is each answer."""
        assert self._model is not None, "trained or loaded before it is used"
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(ANSWER, self._model.read(text), add_to_output=True)
        return messages
