"""Logistic regression over intents, as Rasa's own, with n-grams and vectors each multiplied in its own way.

Rasa's own puts each example together by itself and takes the vectors for sparse; it lets scikit-learn check each
message as if it were a data set; and it keeps what was learnt by a library that looks through all that is imported
before it begins. What is learnt is the same; see docs/decisions/0010-classifier.md for what that costs.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.classifier import IntentClassifier as Classifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.tensorflow.constants import RANKING_LENGTH
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

__all__ = ["IntentClassifier"]

_FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, Classifier):
    """Multinomial logistic regression with balanced classes, in single precision."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._intents: npt.NDArray[np.str_] = np.array([], dtype=np.str_)
        # Features by intents, so that the weights of a message's few n-grams stand together; the intercepts come last.
        self._weights: npt.NDArray[np.float32] = np.zeros((1, 0), dtype=np.float32)

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after the featurizers."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """As Rasa's: at most so many steps, or until no part of the gradient is larger than `tol`."""
        return {"max_iter": 100, "tol": 1e-4, RANKING_LENGTH: LABEL_RANKING_LENGTH}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Called by Rasa's graph before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Reads the intents and the weights from the trained model.

        Raises:
            ValueError: if the model has none.
        """
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE, allow_pickle=False) as kept:
            component._intents, component._weights = kept["intents"], kept["weights"]
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents of the examples that have both an intent and a text, and writes them into the model.

        Raises:
            ValueError: if there is none.
        """
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        if not examples:
            raise ValueError("expected examples with an intent and a text, found none: see data/nlu")
        self._intents, wanted = np.unique([message.get(INTENT) for message in examples], return_inverse=True)
        sparse, dense = _together(examples)
        # The examples of each intent weigh as much together as those of any other.
        weighing = len(examples) / (len(self._intents) * np.bincount(wanted)[wanted])
        # As many steps of the same kind, from the same place, as scikit-learn would take.
        found = minimize(
            partial(_loss, sparse=sparse, dense=dense, wanted=wanted, weighing=weighing),
            np.zeros(len(self._intents) * (sparse.shape[1] + dense.shape[1] + 1)),
            method="L-BFGS-B",
            jac=True,
            options={"maxiter": self._config["max_iter"], "gtol": self._config["tol"]},
        )
        self._weights = np.ascontiguousarray(found.x.astype(np.float32).reshape(len(self._intents), -1).T)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, intents=self._intents, weights=self._weights)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that is trained after it reads what it would say of the examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the intents of each message that has text."""
        for message in messages:
            if not message.get(TEXT):
                continue
            likely = self._likelihoods(message)
            order = np.argsort(-likely)[: self._config[RANKING_LENGTH] or None]
            ranking = [{"name": str(self._intents[i]), "confidence": float(likely[i])} for i in order]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _likelihoods(self, message: Message) -> npt.NDArray[np.float32]:
        """How likely each intent is, shape (intents,): by the few n-grams and the vector, each by its own weights."""
        sparse, dense = _features_of(message)
        scores = self._weights[-1]
        if sparse is not None:
            scores = scores + sparse.features.data @ self._weights[sparse.features.indices]
        if dense is not None:
            vector = dense.features[0]
            scores = scores + vector @ self._weights[-1 - len(vector) : -1]
        likely: npt.NDArray[np.float32] = np.exp(scores - scores.max())
        return likely / likely.sum()


def _features_of(message: Message) -> tuple[Features | None, Features | None]:
    """The n-grams and the vector of a message, each if there are any; Rasa's own way to them copies both.

    Raises:
        ValueError: if there are two of a kind.
    """
    found = [each for each in message.features if each.attribute == TEXT and each.type == FEATURE_TYPE_SENTENCE]
    sparse, dense = [each for each in found if each.is_sparse()], [each for each in found if each.is_dense()]
    if len(sparse) > 1 or len(dense) > 1:
        raise ValueError(
            f"expected one featurizer of n-grams and one of vectors, found those of {[each.origin for each in found]}: "
            "leave one of each in config.yml"
        )
    return next(iter(sparse), None), next(iter(dense), None)


def _together(messages: list[Message]) -> tuple[csr_matrix, npt.NDArray[np.float32]]:
    """The n-grams and the vectors of messages, a row each; of no columns where there are none."""
    sparse, dense = zip(*map(_features_of, messages), strict=True)
    ngrams, vectors = csr_matrix((len(messages), 0), dtype=np.float32), np.zeros((len(messages), 0), dtype=np.float32)
    if sparse and sparse[0] is not None:
        ngrams = vstack([each.features for each in sparse], format="csr", dtype=np.float32)
    if dense and dense[0] is not None:
        vectors = np.vstack([each.features for each in dense]).astype(np.float32)
    return ngrams, vectors


def _loss(
    flat: npt.NDArray[np.float64],
    sparse: csr_matrix,
    dense: npt.NDArray[np.float32],
    wanted: npt.NDArray[np.int64],
    weighing: npt.NDArray[np.float64],
) -> tuple[float, npt.NDArray[np.float64]]:
    """What the regression makes small, and its gradient.

    The cross-entropy of all examples and half the square of the weights: what scikit-learn's `LogisticRegression` makes
    small with balanced classes and C = 1. It takes one matrix, sparse or not, where half of ours is either
    (docs/decisions/0010-classifier.md).

    Args:
        flat: the weights, an intent after the other, each with its n-grams, its vector and its intercept.
        sparse: n-grams, shape (examples, n-grams).
        dense: vectors, shape (examples, numbers of a vector).
        wanted: the number of each example's intent.
        weighing: how much each example counts.
    """
    own = flat.reshape(wanted.max() + 1, -1)
    weights = own.astype(np.float32)
    ngrams = sparse.shape[1]
    scores = sparse @ weights[:, :ngrams].T + dense @ weights[:, ngrams:-1].T + weights[:, -1]
    scores -= scores.max(axis=1, keepdims=True)
    rows = np.arange(len(wanted))
    right = scores[rows, wanted]
    likely = np.exp(scores, out=scores)
    total = likely.sum(axis=1)
    loss = float(weighing @ (np.log(total) - right)) + 0.5 * float((own[:, :-1] ** 2).sum())
    likely /= total[:, None]
    likely[rows, wanted] -= 1
    likely *= weighing[:, None].astype(np.float32)
    gradient = np.hstack([(sparse.T @ likely).T, likely.T @ dense, likely.sum(axis=0)[:, None]]).astype(np.float64)
    gradient[:, :-1] += own[:, :-1]
    return loss, gradient.ravel()
