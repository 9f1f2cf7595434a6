"""spaCy in the Rasa pipeline: a tokenizer, and an entity extractor filled from the knowledge base."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import numpy as np
import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from actions.context import current_turn, library
from assistant.dialogue.entities import EntityReader, words_known
from assistant.dialogue.language import build_language, vocabulary
from assistant.dialogue.paraphrase import StepNames, names_of_steps
from assistant.knowledge.library import load_library
from assistant.settings import ROOT

__all__ = ["RulerExtractor", "SpacyTokenizer"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Splits text as spaCy's English rules do; needs no downloaded model.

    What spaCy made stays with the message, where Rasa's own components for spaCy keep it, for those behind it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's base class looks up; nothing of our own."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None,
                "prefix_separator_symbol": None}  # fmt: skip

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._language = spacy.blank("en", vocab=vocabulary())

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

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples whole: nothing that is trained reads tokens."""
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute; one stand-in token where there is nothing but space."""
        text = message.get(attribute)
        doc = self._language.make_doc(text)
        if attribute == TEXT:
            message.set(SPACY_DOCS[TEXT], doc)
        tokens = [Token(t.text, t.idx, t.idx + len(t.text)) for t in doc if t.text.strip()]
        return self._apply_token_pattern(tokens or [Token(text or " ", 0)])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RulerExtractor(GraphComponent, EntityExtractorMixin):
    """Finds what a message names: steps, audiences, ordinals, places, sectors, entries, terms, owners, due dates.

    Training writes the pipeline with the words that it knows, and the steps' names as vectors. The names of
    the knowledge base are filled in when the model is loaded, so that a new entry needs no training.
    """

    def __init__(self, storage: ModelStorage, resource: Resource, reader: EntityReader | None = None) -> None:
        self._storage, self._resource, self._reader = storage, resource, reader

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
        """Reads the pipeline from the trained model and fills it from the library of the process."""
        with model_storage.read_from(resource) as folder:
            language = spacy.load(folder / "ruler", vocab=vocabulary())
            kept = np.load(folder / "steps.npz")
            steps = StepNames(tuple(map(str, kept["keys"])), kept["vectors"])
        return cls(model_storage, resource, EntityReader(language, library(), steps))

    def train(self, training_data: TrainingData) -> Resource:
        """Writes the pipeline and the steps' names into the model."""
        own = load_library(ROOT / "knowledge")
        examples = [str(m.get(TEXT)) for m in training_data.training_examples if m.get(TEXT)]
        language = build_language(own.journey, words_known(own, examples))
        steps = names_of_steps(own.journey)
        with self._storage.write_to(self._resource) as folder:
            language.to_disk(folder / "ruler")
            np.savez(folder / "steps.npz", keys=np.array(steps.keys), vectors=steps.vectors)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities of each message."""
        assert self._reader is not None, "loaded before it is used"
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            found = [
                {
                    "entity": each.label,
                    "start": each.start,
                    "end": each.end,
                    "value": each.value,
                    "extractor": "RulerExtractor",
                }
                for each in self._reader.read(message.get(SPACY_DOCS[TEXT]) or text, _today())
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _today() -> date:
    """The day of the turn under way; outside one, as in ``rasa shell``, the machine's."""
    try:
        return current_turn().today
    except LookupError:
        return datetime.now(timezone.utc).date()
