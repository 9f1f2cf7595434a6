"""Learns from examples how people answer a checklist question in their own words.

Rules read a plain answer (:mod:`assistant.dialogue.answers`); what people say without one ("the drawer is full of
unsigned drafts") is learnt from ``data/answers``: logistic regression over the sentence encoder's vector, character
n-grams, words, and what the rules make of it. Half of what the rules alone got wrong on answers by another hand is got
right by this (benchmarks/RESULTS.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.dialogue.answers import read_answer
from assistant.knowledge.encoder import load_encoder

__all__ = ["VALUES", "AnswerExample", "AnswerModel", "read_examples"]

VALUES = ("yes", "partly", "not_yet", "not_applicable", "unclear")
"""What an answer can be."""
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 4)},
    "words": {"analyzer": "word", "ngram_range": (1, 3), "token_pattern": r"[\w']+"},
}
_SCALES = {"characters": 4.0, "words": 4.0, "meaning": 3.0, "rules": 1.0}
"""How much each kind of feature counts against the others; settled on answers by hands not trained on."""
_VOCABULARY, _WEIGHTS = "features.json", "weights.npz"


@dataclass(frozen=True)
class AnswerExample:
    """One answer of ``data/answers``.

    Args:
        question: the checklist question's id.
        text: what was said.
        value: one of :data:`VALUES`.
    """

    question: str
    text: str
    value: str


def read_examples(folder: Path) -> list[AnswerExample]:
    """The examples of a folder's YAML files.

    Raises:
        ValueError: if a value is none of :data:`VALUES`; the message names the file and the answer.
    """
    found = []
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["answers"]:
            example = AnswerExample(str(item["question"]), str(item["text"]), str(item["value"]))
            if example.value not in VALUES:
                raise ValueError(f"{path.name}: expected one of {VALUES} for {example.text!r}, found {example.value!r}")
            found.append(example)
    return found


class AnswerModel:
    """What an answer is, with how sure that is.

    Args:
        vectorizers: the fitted TF-IDF of each kind of n-gram.
        weights: shape (values, features), float32.
        bias: shape (values,).
    """

    def __init__(
        self,
        vectorizers: Mapping[str, TfidfVectorizer],
        weights: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
    ) -> None:
        self._vectorizers, self._weights, self._bias = dict(vectorizers), weights, bias

    @classmethod
    def learn(cls, examples: Sequence[AnswerExample]) -> AnswerModel:
        """Learns from examples; the same ones give the same model."""
        texts = [example.text for example in examples]
        vectorizers = {kind: _vectorizer(kind, min_df=2).fit(texts) for kind in _KINDS}
        unfitted = cls(vectorizers, np.empty((0, 0), np.float32), np.empty(0, np.float32))
        classifier = LogisticRegression(max_iter=60, tol=0.01, class_weight="balanced", random_state=0)
        classifier.fit(unfitted._features(texts), [VALUES.index(example.value) for example in examples])
        if len(classifier.classes_) != len(VALUES):
            raise ValueError(f"expected answers of all values {VALUES}, found {len(classifier.classes_)} of them")
        return cls(vectorizers, classifier.coef_.astype(np.float32), classifier.intercept_.astype(np.float32))

    def read(self, text: str) -> dict[str, float]:
        """How likely each value is, surest first; together 1."""
        scores = (self._features([text]) @ self._weights.T)[0] + self._bias
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return {VALUES[i]: float(likely[i]) for i in np.argsort(-likely)}

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        encoder = load_encoder()
        one = len(texts) == 1
        meaning = encoder.encode_intent(texts[0]).reshape(1, -1) if one else encoder.encode_intents(texts)
        parts = [self._vectorizers[kind].transform(texts) * _SCALES[kind] for kind in _KINDS]
        parts += [meaning * _SCALES["meaning"], np.array([_ruled(t) for t in texts], np.float32) * _SCALES["rules"]]
        return csr_matrix(hstack(parts, dtype=np.float32))

    def save(self, folder: Path) -> None:
        """Writes it into a folder."""
        kept = {
            kind: {"ngrams": [str(n) for n in v.get_feature_names_out()], "idf": [round(float(w), 5) for w in v.idf_]}
            for kind, v in self._vectorizers.items()
        }
        (folder / _VOCABULARY).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _WEIGHTS, weights=self._weights, bias=self._bias)

    @classmethod
    def load(cls, folder: Path) -> AnswerModel:
        """Reads it back."""
        kept = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        vectorizers = {}
        for kind, features in kept.items():
            vectorizers[kind] = _vectorizer(kind, vocabulary={n: i for i, n in enumerate(features["ngrams"])})
            vectorizers[kind].idf_ = np.array(features["idf"], np.float32)
        with np.load(folder / _WEIGHTS) as arrays:
            return cls(vectorizers, arrays["weights"], arrays["bias"])


def _vectorizer(kind: str, **more: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **_KINDS[kind], **more)


def _ruled(text: str) -> list[float]:
    """What the rules make of it: the value, the value again if it opens the message plainly, whether it avoids one."""
    reading = read_answer(text)
    value = reading.value or "unclear"
    said = [float(value == each) for each in VALUES]
    return [*said, *(x * reading.sure for x in said), float(reading.avoided)]
