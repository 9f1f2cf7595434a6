"""The sentence encoder's intent vectors as dense features."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.knowledge.encoder import load_encoder

__all__ = ["EncoderFeaturizer"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class EncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """One normalised intent vector a message, of shape (1, 384), times `scale`.

    The intent vectors are those of the encoder's tuned branch, not those that the search compares.

    The classifier behind it regularises at a fixed strength, so the vectors' length decides how
    much they count against the character n-grams; `scale` is that length.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be importable."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults."""
        return {**DenseFeaturizer.get_default_config(), "scale": 3.0}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = load_encoder()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check beyond what Rasa checks."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EncoderFeaturizer:
        """Called by Rasa's graph."""
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features of each message that has text."""
        with_text = [m for m in messages if m.get(TEXT)]
        if len(with_text) == 1:
            self._add(with_text[0], self._encoder.encode_intent(with_text[0].get(TEXT)))
        elif with_text:
            vectors = self._encoder.encode_intents([message.get(TEXT) for message in with_text])
            for message, vector in zip(with_text, vectors, strict=True):
                self._add(message, vector)
        return messages

    def _add(self, message: Message, vector: npt.NDArray[np.float32]) -> None:
        scaled = (vector * self._config["scale"]).reshape(1, -1)
        message.add_features(Features(scaled, FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS]))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features of every training example."""
        self.process(training_data.training_examples)
        return training_data
