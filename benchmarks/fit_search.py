"""Finds the weights of the search, and writes ``weights.json``.

The ranking is fitted on questions written apart from the entries (``questions/development.yml``): the
weights are those that make a right item the most likely (a softmax over all items), held near the
plain weights of `PLAIN`, since a few hundred questions cannot settle twenty weights. The entries' own
`asks` would not do: those of one entry ask about different things, so that leaving one out teaches that
questions tell nothing.

The confidence is a logistic regression on how the best item looks: right or wrong for the questions
that the sources answer, and for those that they do not.

The evaluation's questions (``questions/evaluation.yml``) take no part in either.

Usage: python -m benchmarks.fit_search [--write]
"""

from __future__ import annotations

import argparse
import json
import sys

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict

from assistant.knowledge.library import load_library
from assistant.knowledge.search.engine import Search
from assistant.knowledge.search.results import CONFIDENCE, FEATURES
from assistant.settings import ROOT, Settings
from benchmarks.questions import right_items, unanswerable, written

WEIGHTS = ROOT / "assistant" / "knowledge" / "search" / "weights.json"
PLAIN = {
    "ask_meaning": 6.0, "ask_same": 8.0, "name_meaning": 2.0, "body_meaning": 4.5, "three_meaning": 3.0,
    "item_words": 4.5, "ask_words": 2.5, "name_words": 2.0, "body_words": 1.5, "named": 2.5, "place": 1.0,
    "place_around": 0.2, "place_other": -0.6, "gone_abroad": 0.8, "sector": 1.0, "sector_near": 0.2,
    "sector_other": -0.6, "place_and_sector": 2.5, "step": 0.6, "type": 0.7, "type_other": 0.0,
}  # fmt: skip
"""Weights by judgement: meaning and words about equal, what a question names half as much."""
_HELD = 0.01
_CANDIDATES = 60
_FILE = "development.yml"


def main(arguments: list[str] | None = None) -> int:
    """Fits, prints how well that went on questions left out, and writes the weights if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_search", description=str(__doc__).splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.relative_to(ROOT)}")
    given = parser.parse_args(arguments)
    library = load_library(ROOT / "knowledge")
    search = library.search(Settings.from_environment().vectors)
    search.reweigh({"rank": PLAIN, "confidence": search.weights["confidence"]})
    places = {item.id: i for i, item in enumerate(search.items)}
    answerable = []
    for question in written(_FILE):
        ranking = search.rank(search.read(question.ask))
        right = {places[id] for id in right_items(question, library)}
        answerable.append((question.ask, right, ranking.features.astype(np.float64)))
    _cross_validate(answerable)
    rank = {name: round(float(w), 3) for name, w in zip(FEATURES, _fit(answerable), strict=True)}
    search.reweigh({"rank": rank, "confidence": search.weights["confidence"]})
    weights = {"rank": rank, "confidence": _fit_confidence(search, [ask for ask, _, _ in answerable])}
    print(json.dumps(weights, indent=2))
    if given.write:
        WEIGHTS.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
        print(f"Written: {WEIGHTS.relative_to(ROOT)}", file=sys.stderr)
    return 0


Asked = tuple[str, set[int], np.ndarray]


def _fit(questions: list[Asked]) -> np.ndarray:
    plain = np.array([PLAIN[name] for name in FEATURES])
    rows, targets = [], []
    for _, right, features in questions:
        order = np.argsort(-(features @ plain))
        first = [i for i in order if i in right][:4]
        others = [i for i in order if i not in right][: _CANDIDATES - len(first)]
        rows.append(features[[*first, *others]])
        targets.append(np.array([1.0] * len(first) + [0.0] * len(others)))
    features, right = np.array(rows), np.array(targets)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scores = features @ values
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        of_right = np.maximum((chance * right).sum(axis=1), 1e-12)
        gradient = np.einsum("qi,qif->f", chance - chance * right / of_right[:, None], features) / len(features)
        off = values - plain
        return float(-np.log(of_right).mean() + _HELD * off @ off), gradient + 2 * _HELD * off

    # What speaks for an item may not come to speak against it, nor the reverse.
    bounds = [(None, 0.0) if PLAIN[name] <= 0 else (0.0, None) for name in FEATURES]
    found: np.ndarray = minimize(loss, plain, jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def _cross_validate(questions: list[Asked]) -> None:
    ranks = []
    for train, test in KFold(5, shuffle=True, random_state=0).split(questions):
        weights = _fit([questions[i] for i in train])
        for i in test:
            _, right, features = questions[i]
            order = np.argsort(-(features @ weights))
            ranks.append(next(place for place, item in enumerate(order, 1) if item in right))
    at = [float((np.array(ranks) <= n).mean()) for n in (1, 3)]
    print(f"ranking, left out: right first {at[0]:.3f}, in three {at[1]:.3f} of {len(ranks)}", file=sys.stderr)


def _fit_confidence(search: Search, answerable: list[str]) -> dict[str, float]:
    outside = unanswerable(_FILE)
    rows = []
    for text in [*answerable, *outside]:
        query = search.read(text)
        evidence = search.evidence(query, search.rank(query))
        rows.append([evidence[name] for name in CONFIDENCE])
    x, y = np.array(rows), np.array([1] * len(answerable) + [0] * len(outside))
    scale = x.std(axis=0) + 1e-9
    model = LogisticRegression(C=0.5, max_iter=2000, class_weight="balanced")
    left_out = cross_val_predict(model, x / scale, y, cv=10, method="predict_proba")[:, 1]
    answered, not_answered = left_out[y == 1], left_out[y == 0]
    # Between the two bars: 10 % refused at most, 80 % recognised at least.
    threshold = float(np.quantile(answered, 0.06))
    print(
        f"confidence, left out: at {threshold:.3f} refuses {(answered < threshold).mean():.3f}, "
        f"recognises {(not_answered < threshold).mean():.3f}",
        file=sys.stderr,
    )
    model.fit(x / scale, y)
    values = {name: round(float(v), 3) for name, v in zip(CONFIDENCE, model.coef_[0] / scale, strict=True)}
    scores = [float(search.rank(search.read(text)).scores.max()) for text in answerable]
    return {
        "bias": round(float(model.intercept_[0]), 3),
        **values,
        "threshold": round(threshold, 3),
        "scale": round(1 / float(np.std(scores)), 3),
        "middle": round(float(np.quantile(scores, 0.1)), 2),
    }


if __name__ == "__main__":
    raise SystemExit(main())
