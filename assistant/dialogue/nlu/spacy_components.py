"""spaCy in the Rasa pipeline: a tokenizer, and an entity extractor filled from ``knowledge/``."""

from __future__ import annotations

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from assistant.dialogue.language import build_language
from assistant.knowledge.journey import load_journey
from assistant.settings import ROOT

__all__ = ["RulerExtractor", "SpacyTokenizer"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Splits text as spaCy's English rules do; needs no downloaded model."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's base class looks up; nothing of our own."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None,
                "prefix_separator_symbol": None}  # fmt: skip

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._language = spacy.blank("en")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyTokenizer:
        """Called by Rasa's graph."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute; one stand-in token where there is nothing but space."""
        text = message.get(attribute)
        tokens = [Token(t.text, t.idx, t.idx + len(t.text)) for t in self._language.make_doc(text) if t.text.strip()]
        return self._apply_token_pattern(tokens or [Token(text or " ", 0)])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RulerExtractor(GraphComponent, EntityExtractorMixin):
    """Finds steps, audiences and ordinals with the entity ruler that training writes into the model."""

    def __init__(self, storage: ModelStorage, resource: Resource, language: Language | None = None) -> None:
        self._storage, self._resource, self._language = storage, resource, language

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RulerExtractor:
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
    ) -> RulerExtractor:
        """Reads the ruler from the trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, spacy.load(folder / "ruler"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fills the ruler from ``knowledge/`` and writes it into the model."""
        self._language = build_language(load_journey(ROOT / "knowledge"))
        with self._storage.write_to(self._resource) as folder:
            self._language.to_disk(folder / "ruler")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities of each message."""
        assert self._language is not None, "trained or loaded before it is used"
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            found = [
                {
                    "entity": span.label_,
                    "start": span.start_char,
                    "end": span.end_char,
                    "value": span.ent_id_ or span.text,
                    "extractor": "RulerExtractor",
                }
                for span in self._language(text).ents
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
