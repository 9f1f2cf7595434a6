"""Rasa's logistic regression over intents, with the features of all examples put together at once.

Rasa's own puts each example together by itself and takes the vectors for sparse; it lets scikit-learn check each
message as if it were a data set; and it keeps what was learnt by a library that looks through all that is imported
before it begins. What is learnt is the same; see docs/decisions/0010-classifier.md for what that costs.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.tensorflow.constants import RANKING_LENGTH
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

__all__ = ["IntentClassifier"]

_SENTENCE = 1
"""Rasa gives features of the tokens and features of the sentence; these are the second."""
_FILE = "intents.npz"
_SEVERAL = 3
"""Intents from which scikit-learn has weights for each; for two it has those of one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Logistic regression, configured as Rasa's, in single precision."""

    _weights: npt.NDArray[Any] | None = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents of the examples that have both an intent and a text, and writes them into the model."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        names, wanted = np.unique([message.get(INTENT) for message in examples], return_inverse=True)
        if len(names) < _SEVERAL:
            return super().train(training_data)
        sparse, dense = _together(examples)
        # As many steps of the same kind, from the same place, as scikit-learn would take.
        found = minimize(
            partial(_loss, sparse=sparse, dense=dense, wanted=wanted, intents=len(names)),
            np.zeros(len(names) * (sparse.shape[1] + dense.shape[1] + 1)),
            method="L-BFGS-B",
            jac=True,
            options={"maxiter": self.config["max_iter"], "gtol": self.config["tol"]},
        )
        weights = found.x.astype(np.float32).reshape(len(names), -1)
        self.clf.classes_, self.clf.coef_, self.clf.intercept_ = names, weights[:, :-1], weights[:, -1]
        self.clf.n_features_in_ = weights.shape[1] - 1
        self.persist()
        return self._resource

    def _create_X(self, messages: list[Message]) -> npt.NDArray[np.float32]:  # noqa: N802  # Rasa's name
        """The features of messages that have text: shape (messages, features), n-grams first, float32, not sparse."""
        sparse, dense = _together(messages)
        return np.hstack([sparse.toarray(), dense])

    def persist(self) -> None:
        """Writes the intents and the weights into the model."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(
                folder / _FILE,
                classes=np.array(self.clf.classes_, dtype=np.str_),
                coef=self.clf.coef_,
                intercept=self.clf.intercept_,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Reads them from the trained model.

        Raises:
            ValueError: if the model has none.
        """
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE, allow_pickle=False) as kept:
            clf = component.clf
            clf.classes_, clf.coef_, clf.intercept_ = kept["classes"], kept["coef"], kept["intercept"]
            clf.n_features_in_ = clf.coef_.shape[1]
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that is trained after it reads what it would say of the examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the intents of each message."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            for message, row in zip(with_text, self._likelihoods(with_text), strict=True):
                order = np.argsort(-row)[: self.config[RANKING_LENGTH] or None]
                ranking = [{"name": str(self.clf.classes_[i]), "confidence": float(row[i])} for i in order]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _likelihoods(self, messages: list[Message]) -> npt.NDArray[Any]:
        """How likely each intent is, shape (messages, intents); as scikit-learn would say, without its checks."""
        if len(self.clf.classes_) < _SEVERAL:
            found: npt.NDArray[Any] = self.clf.predict_proba(self._create_X(messages))
            return found
        scores = np.vstack([self._scores(message) for message in messages])
        likely: npt.NDArray[Any] = np.exp(scores - scores.max(axis=1, keepdims=True))
        return likely / likely.sum(axis=1, keepdims=True)

    def _scores(self, message: Message) -> npt.NDArray[Any]:
        """The logit of each intent: of its few n-grams and of its vector, each by their own weights."""
        if self._weights is None:
            # Features by intents, so that those of a message stand together; a transpose would be copied each time.
            self._weights = np.ascontiguousarray(self.clf.coef_.T)
        sparse, dense = (get(attribute=TEXT)[_SENTENCE] for get in
                         (message.get_sparse_features, message.get_dense_features))  # fmt: skip
        scores: npt.NDArray[Any] = self.clf.intercept_
        if sparse is not None:
            scores = scores + sparse.features.data @ self._weights[sparse.features.indices]
        if dense is not None:
            vector = dense.features[0]
            scores = scores + vector @ self._weights[-len(vector) :]
        return scores


def _together(messages: list[Message]) -> tuple[csr_matrix, npt.NDArray[np.float32]]:
    """The n-grams and the vectors of messages, a row each; of no columns where there are none."""
    sparse = [message.get_sparse_features(attribute=TEXT)[_SENTENCE] for message in messages]
    dense = [message.get_dense_features(attribute=TEXT)[_SENTENCE] for message in messages]
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
    intents: int,
) -> tuple[float, npt.NDArray[np.float64]]:
    """What the regression makes small, and its gradient.

    The cross-entropy of all examples, those of each intent weighing as much together as those of any other, and half
    the square of the weights: what scikit-learn's `LogisticRegression` makes small with balanced classes and C = 1.
    It takes one matrix, sparse or not. Ours is both: with n-grams and vectors multiplied apart, a step is
    several times as quick as with all their zeros (docs/decisions/0010-classifier.md).

    Args:
        flat: the weights, an intent after the other, each with its n-grams, its vector and its intercept.
        sparse: n-grams, shape (examples, n-grams).
        dense: vectors, shape (examples, numbers of a vector).
        wanted: the number of each example's intent.
        intents: how many there are.
    """
    weights = flat.astype(np.float32).reshape(intents, -1)
    ngrams = sparse.shape[1]
    scores = sparse @ weights[:, :ngrams].T + dense @ weights[:, ngrams:-1].T + weights[:, -1]
    scores -= scores.max(axis=1, keepdims=True)
    rows = np.arange(len(wanted))
    right = scores[rows, wanted]
    likely = np.exp(scores, out=scores)
    total = likely.sum(axis=1)
    weighing = len(wanted) / (intents * np.bincount(wanted, minlength=intents)[wanted])
    loss = float(weighing @ (np.log(total) - right)) + 0.5 * float((flat.reshape(intents, -1)[:, :-1] ** 2).sum())
    likely /= total[:, None]
    likely[rows, wanted] -= 1
    likely *= weighing[:, None].astype(np.float32)
    gradient = np.hstack([(sparse.T @ likely).T, likely.T @ dense, likely.sum(axis=0)[:, None]]).astype(np.float64)
    gradient[:, :-1] += flat.reshape(intents, -1)[:, :-1]
    return loss, gradient.ravel()
