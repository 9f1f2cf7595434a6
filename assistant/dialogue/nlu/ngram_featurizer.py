"""Character n-grams as sparse features, weighted by how rare they are: they forgive what is misspelt."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from copy import copy
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

__all__ = ["NgramFeaturizer"]

_FILE = "ngrams.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """TF-IDF of the character n-grams within words: one row a message, of shape (1, n-grams known), times `scale`.

    Rasa's own counts n-grams of each token, too, and does not weight them: half as much again to compute, and a
    point and a half of macro F1 less on utterances by another hand (docs/decisions/0008-classifier.md). The row has
    length 1 before `scale`, which decides how much it counts against the encoder's vector.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after a tokenizer, as Rasa wants it of each featurizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be importable."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults: n-grams of two to four characters that at least two examples have."""
        return {**SparseFeaturizer.get_default_config(), "min_ngram": 2, "max_ngram": 4, "min_df": 2, "scale": 4.0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, name: str) -> None:
        super().__init__(name, config)
        self._storage, self._resource = storage, resource
        self._vectorizer: TfidfVectorizer | None = None
        # What one message needs of it, taken out once: scikit-learn and scipy make each anew when it is asked for.
        self._ngrams_in: Callable[[str], list[str]] | None = None
        self._rarity = np.zeros(0, dtype=np.float32)
        self._empty_row = csr_matrix((1, 0), dtype=np.float32)

    def _new(self, **more: Any) -> TfidfVectorizer:
        ngrams = (self._config["min_ngram"], self._config["max_ngram"])
        return TfidfVectorizer(analyzer="char_wb", ngram_range=ngrams, sublinear_tf=True, dtype=np.float32, **more)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuses n-grams that cannot be.

        Raises:
            ValueError: if `min_ngram` is not between 1 and `max_ngram`.
        """
        least, most = config["min_ngram"], config["max_ngram"]
        if not 1 <= least <= most:
            raise ValueError(f"expected 1 <= min_ngram <= max_ngram, found {least} and {most}; see config.yml")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """Called by Rasa's graph before training."""
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """Reads the n-grams and their weights from the trained model."""
        component = cls(config, model_storage, resource, execution_context.node_name)
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        component._vectorizer = component._new(vocabulary={ngram: i for i, ngram in enumerate(kept["ngrams"])})
        component._vectorizer.idf_ = np.array(kept["idf"], dtype=np.float32)
        component._take_out()
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which n-grams there are and how rare each is."""
        texts = [m.get(TEXT) for m in training_data.training_examples if m.get(TEXT)]
        self._vectorizer = self._new(min_df=self._config["min_df"] if len(texts) > 1 else 1)
        self._vectorizer.fit(texts)
        self._take_out()
        kept = {
            "ngrams": [str(ngram) for ngram in self._vectorizer.get_feature_names_out()],
            "idf": [round(float(weight), 5) for weight in self._vectorizer.idf_],
        }
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def _take_out(self) -> None:
        assert self._vectorizer is not None, "trained or loaded before it is used"
        self._ngrams_in, self._rarity = self._vectorizer.build_analyzer(), self._vectorizer.idf_
        self._empty_row = csr_matrix((1, len(self._rarity)), dtype=np.float32)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features of each message that has text."""
        for message in messages:
            if message.get(TEXT):
                row = self._row(message.get(TEXT))
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS]))
        return messages

    def _row(self, text: str) -> csr_matrix:
        """What the vectorizer would make of a text, times `scale`, without what it does for a whole corpus.

        Each n-gram that is known weighs 1 + ln(how often it is there) times how rare it is, all together 1 in length.
        """
        assert self._vectorizer is not None, "trained or loaded before it is used"
        assert self._ngrams_in is not None, "taken out when it is trained or loaded"
        known = self._vectorizer.vocabulary_
        counts = Counter(known[ngram] for ngram in self._ngrams_in(text) if ngram in known)
        places = np.array(sorted(counts), dtype=np.int32)
        weights = (1 + np.log([counts[place] for place in places.tolist()])) * self._rarity[places]
        length = np.sqrt(weights @ weights) or 1.0
        return self._of_row(places, (weights * (self._config["scale"] / length)).astype(np.float32))

    def _of_row(self, places: npt.NDArray[np.int32], weights: npt.NDArray[np.float32]) -> csr_matrix:
        """A row with `weights` at `places`, which are in order.

        Filled in by hand: scipy's own way checks three times what is known here, which takes longer than all the rest.
        """
        row = copy(self._empty_row)
        row.data, row.indices, row.indptr = weights, places, np.array((0, len(places)), dtype=np.int32)
        return row

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features of every training example, computed for all at once."""
        assert self._vectorizer is not None, "trained or loaded before it is used"
        with_text = [message for message in training_data.training_examples if message.get(TEXT)]
        if not with_text:
            return training_data
        rows = self._vectorizer.transform([message.get(TEXT) for message in with_text])
        rows.sort_indices()
        weights = rows.data * np.float32(self._config["scale"])
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        for number, message in enumerate(with_text):
            own = slice(rows.indptr[number], rows.indptr[number + 1])
            row = self._of_row(rows.indices[own].astype(np.int32), weights[own])
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, alias))
        return training_data
