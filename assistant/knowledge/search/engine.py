"""Ranks the items of the knowledge base for a question, and says when they hold nothing on it.

Every item is cut into passages: its names, the questions that it answers, its summary, each of its
statements. A passage is compared with the question by words (BM25) and by meaning (the sentence
encoder); the best passage of each kind counts for the item. To that comes what the question names:
a country, a sector, a step, a kind of thing. The parts are added up with the weights of
``weights.json``, which ``benchmarks/fit_search.py`` finds from the knowledge base's own ``asks``
and never from the evaluation's questions.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from assistant.knowledge.encoder import Encoder, load_encoder
from assistant.knowledge.entries import Gap, Place, Sector
from assistant.knowledge.items import Item, Statement
from assistant.knowledge.search.bm25 import BM25
from assistant.knowledge.search.passages import names_of, passages_of, tag_words
from assistant.knowledge.search.query import Filters, Query, QueryReader
from assistant.knowledge.search.results import FEATURES, Floats, Ranking, Result, Why
from assistant.knowledge.search.tags import Tags
from assistant.knowledge.search.text import STOP, content, stem, words
from assistant.knowledge.search.vectors import vectors_of

__all__ = ["Search"]

_KINDS = ("ask", "name", "body")
_NEARLY = 0.9
"""Cosine from which a question counts as one of an entry's own in other words."""
_LEAST_FILTERED = 0.3
"""Share of the best score of all from which a result that passes the filters is one."""
_REMEMBERED = 8
"""Questions whose reading and ranking are kept: those of one turn."""
_EVENNESS = 2.0
"""What the scores are divided by before they become shares; settled by looking at which lists people get."""

_WEIGHTS = Path(__file__).with_name("weights.json")


class Search:
    """An index of items; built once, asked often.

    Args:
        items: what can be found.
        places: the controlled list of places.
        sectors: the controlled list of sectors.
        folder: where vectors are kept between two starts; None to do without.
        gaps: subjects that the items do not cover, with questions on them.
        encoder: the sentence encoder; the process's own by default.
        weights: the weights of the features and of the confidence; those of ``weights.json`` by default.
        progress: called with how many new texts were encoded and how many there are.
    """

    def __init__(
        self,
        items: Sequence[Item],
        places: Mapping[str, Place],
        sectors: Mapping[str, Sector],
        folder: Path | None = None,
        gaps: Sequence[Gap] = (),
        encoder: Encoder | None = None,
        weights: Mapping[str, Mapping[str, float]] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.items = tuple(items)
        self._index = {item.id: i for i, item in enumerate(self.items)}
        self._encoder = encoder or load_encoder()
        self.passages = [p for i, item in enumerate(self.items) for p in passages_of(i, item)]
        counts = Counter(p.item for p in self.passages)
        self._starts = np.concatenate([[0], np.cumsum([counts[i] for i in range(len(self.items))])])
        self.gaps = tuple(gaps)
        self._gap_asks = [(gap, ask) for gap in self.gaps for ask in gap.asks]
        # What a statement is about stands in the title; alone, "It met there twice" means nothing.
        texts = [f"{self.items[p.item].title}. {p.bare}" if p.kind == "body" else p.bare for p in self.passages]
        texts += [ask for _, ask in self._gap_asks]
        vectors = vectors_of(texts, self._encoder, folder, progress)
        self._vectors, self._gap_vectors = vectors[: len(self.passages)], vectors[len(self.passages) :]
        spelt = [words(p.bare) for p in self.passages]
        stems = [[stem(w) for w in each if w not in STOP] for each in spelt]
        self._bm25 = BM25(stems)
        of_items = [self._all_words(i, stems) + tag_words(item, places, sectors) for i, item in enumerate(self.items)]
        self._bm25_items = BM25(of_items)
        self._words = [frozenset(each) for each in of_items]
        self._owner = np.array([p.item for p in self.passages], dtype=np.int32)
        self._of_kind = {kind: np.array([p.kind == kind for p in self.passages]) for kind in _KINDS}
        self.reader = QueryReader(
            Counter(w for each in spelt for w in each),
            places,
            sectors,
            {w for p, each in zip(self.passages, spelt, strict=True) if p.kind == "name" for w in each},
        )
        self.places, self.sectors = places, sectors
        self._tags = Tags(self.items, places, sectors)
        self._names = names_of(self.items)
        # One message is read and ranked at several places of a turn. On the instance, as in the encoder.
        self._reads = lru_cache(maxsize=_REMEMBERED)(self.reader.read)
        self._ranks = lru_cache(maxsize=_REMEMBERED)(self._rank)
        self.reweigh(weights or json.loads(_WEIGHTS.read_text(encoding="utf-8")))

    def reweigh(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        """Takes other weights, as ``weights.json`` has them; for fitting and for comparing."""
        self.weights = weights
        self._weights = np.array([weights["rank"].get(name, 0.0) for name in FEATURES], dtype=np.float32)
        self.confidence_weights: Mapping[str, float] = weights["confidence"]
        self._ranks.cache_clear()

    def _all_words(self, item: int, stems: list[list[str]]) -> list[str]:
        """The words of an item but for its `asks`: names count twice."""
        found: list[str] = []
        for i in self._range(item):
            if self.passages[i].kind != "ask":
                found += stems[i] * (2 if self.passages[i].kind == "name" else 1)
        return found

    def _range(self, item: int) -> range:
        return range(int(self._starts[item]), int(self._starts[item + 1]))

    def get(self, id: str) -> Item:
        """The item with this id; raises KeyError."""
        return self.items[self._index[id]]

    def __contains__(self, id: str) -> bool:
        return id in self._index

    # --- ranking

    def rank(self, query: Query, leave_out: int | None = None, vector: Floats | None = None) -> Ranking:
        """The features and scores of every item; read-only, since the last few are kept.

        Args:
            query: the question as it was read.
            leave_out: a passage that is not looked at, for fitting and for checking the `asks`.
            vector: the question's, where it is known already.
        """
        return self._ranks(query) if leave_out is None and vector is None else self._rank(query, leave_out, vector)

    def _rank(self, query: Query, leave_out: int | None = None, vector: Floats | None = None) -> Ranking:
        meaning = self._vectors @ (self._encoder.encode_one(query.text) if vector is None else vector)
        possible = self._bm25.best_possible(query.words) or 1.0
        by_words = self._bm25.scores(query.words) / possible
        if leave_out is not None:
            meaning[leave_out], by_words[leave_out] = -1.0, 0.0
        number = len(self.items)
        columns = {}
        for kind in _KINDS:
            of_kind = self._of_kind[kind]
            columns[f"{kind}_meaning"] = self._best(np.where(of_kind, meaning, 0.0))
            columns[f"{kind}_words"] = self._best(np.where(of_kind, by_words, 0.0))
        columns["ask_same"] = np.clip((columns["ask_meaning"] - _NEARLY) / (1 - _NEARLY), 0, 1)
        columns["three_meaning"] = self._three(meaning)
        columns["item_words"] = self._bm25_items.scores(query.words) / (
            self._bm25_items.best_possible(query.words) or 1.0
        )
        columns["named"] = self._named(query)
        columns |= self._tags.features(query)
        features = np.stack([columns.get(name, np.zeros(number, np.float32)) for name in FEATURES], axis=1)
        ranking = Ranking(
            features.astype(np.float32), (features @ self._weights).astype(np.float32), meaning + by_words
        )
        for values in (ranking.features, ranking.scores, ranking.passages):
            values.setflags(write=False)
        return ranking

    def _best(self, values: Floats) -> Floats:
        return np.maximum.reduceat(values, self._starts[:-1]).astype(np.float32)

    def _three(self, meaning: Floats) -> Floats:
        """The mean of each item's three best passages: one chance hit is less than three."""
        total = np.zeros(len(self.items), dtype=np.float32)
        rest = meaning.copy()
        for _ in range(3):
            best = np.maximum.reduceat(rest, self._starts[:-1])
            total += np.maximum(best, 0.0)
            rest = np.where(rest == best[self._owner], -1.0, rest)
        return total / 3

    def _named(self, query: Query) -> Floats:
        """The share of the question's words that are a name of the item, standing there in full."""
        found = np.zeros(len(self.items), dtype=np.float32)
        said = [stem(w) for w in words(query.text)]
        weight = sum(self._bm25.idf(w) for w in query.words if w in said) or 1.0
        for length in range(1, min(7, len(said)) + 1):
            for i in range(len(said) - length + 1):
                for item in self._names.get(tuple(said[i : i + length]), ()):
                    share = sum(self._bm25.idf(w) for w in set(said[i : i + length]) & set(query.words)) / weight
                    found[item] = max(found[item], share)
        return found

    # --- searching

    def read(self, text: str) -> Query:
        """What a question names and asks for."""
        return self._reads(text)

    def find(self, question: str | Query, filters: Filters | None = None, number: int = 5) -> list[Result]:
        """The items that fit, best first; empty where the sources hold nothing on the question.

        Args:
            question: any text, or one that was read already.
            filters: what results have to be.
            number: how many at most.
        """
        query = self.read(question) if isinstance(question, str) else question
        if not query.words and not query.places and not query.steps:
            return []
        ranking = self.rank(query)
        if not self.answerable(query, ranking):
            return []
        found = self.results(query, ranking, filters, number)
        # The question was judged by the best of all; what passes the filters may have nothing to do with it.
        least = _LEAST_FILTERED * self.results(query, ranking, None, 1)[0].score
        return found if found and found[0].score >= least else []

    def answerable(self, query: Query, ranking: Ranking) -> bool:
        """Whether the sources hold anything on the question.

        A question that says no more than a place or a sector, and what kind of thing, is about all that is of there.
        """
        if query.only_tags and self._tagged(query, ranking):
            return True
        return self.confidence(query, ranking) >= self.confidence_weights["threshold"]

    def _tagged(self, query: Query, ranking: Ranking) -> bool:
        """Whether the best item has to do with the place and the sector that are named."""
        best = dict(zip(FEATURES, ranking.features[int(np.argmax(ranking.scores))].tolist(), strict=True))
        return bool((not query.places or best["place"]) and (not query.sectors or best["sector"]))

    def similar(self, id: str, filters: Filters, number: int) -> list[tuple[Item, float]]:
        """The items whose texts are most like an item's own, and the cosine of the two, best first."""
        centres = self._centres
        scores = centres @ centres[self._index[id]]
        scores = np.where(self._tags.passing(filters), scores, -np.inf)
        scores[self._index[id]] = -np.inf
        order = np.argsort(-scores, kind="stable")[:number]
        return [(self.items[int(i)], float(scores[i])) for i in order if np.isfinite(scores[i])]

    def statements(self, id: str, query: Query) -> list[tuple[Statement, float]]:
        """An item's statements, best first, with how near each comes to a question by meaning and words (0 to 2)."""
        item = self.get(id)
        near = self.rank(query).passages
        found = [
            (item.statements[place], float(near[i]))
            for i in self._range(self._index[id])
            if (place := self.passages[i].statement) is not None
        ]
        return sorted(found, key=lambda pair: -pair[1])

    def ranked(self, ranking: Ranking, filters: Filters, number: int) -> list[tuple[Item, float]]:
        """The items of a ranking that pass the filters, with their scores as the weights make them, best first."""
        scores = np.where(self._tags.passing(filters), ranking.scores, -np.inf)
        order = np.argsort(-scores, kind="stable")[:number]
        return [(self.items[int(i)], float(scores[i])) for i in order if np.isfinite(scores[i])]

    def vector_of(self, passage: int) -> Floats:
        """The vector of a passage: float32, shape (384,)."""
        return np.asarray(self._vectors[passage], dtype=np.float32)

    @cached_property
    def summaries(self) -> Floats:
        """The vector of each item's summary with its title: float32, shape (items, 384)."""
        first = [next(j for j in self._range(i) if self.passages[j].kind == "body") for i in range(len(self.items))]
        return np.asarray(self._vectors[first], dtype=np.float32)

    @cached_property
    def _centres(self) -> Floats:
        """The mean vector of each item's names, summary and statements, of length 1."""
        body = (~self._of_kind["ask"])[:, None] * self._vectors
        sums = np.add.reduceat(body, self._starts[:-1], axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(lengths, 1e-9), dtype=np.float32)

    def nearest(self, question: str | Query, filters: Filters | None = None, number: int = 5) -> list[Result]:
        """As `find`, without the threshold: what comes nearest, however far that is."""
        query = self.read(question) if isinstance(question, str) else question
        return self.results(query, self.rank(query), filters, number)

    def results(self, query: Query, ranking: Ranking, filters: Filters | None, number: int) -> list[Result]:
        """The best of a ranking that pass the filters."""
        scores = ranking.scores
        if filters is not None:
            scores = np.where(self._tags.passing(filters), scores, -np.inf)
        order = np.argsort(-scores, kind="stable")[:number]
        chance = np.exp((scores - scores.max()) / _EVENNESS) if np.isfinite(scores).any() else np.zeros(len(scores))
        total = float(chance.sum()) or 1.0
        return [self._result(query, ranking, int(i), float(chance[i]) / total) for i in order if np.isfinite(scores[i])]

    def confidence(self, query: Query, ranking: Ranking) -> float:
        """How likely the best item answers the question, 0 to 1."""
        values = self.evidence(query, ranking)
        total = self.confidence_weights["bias"] + sum(
            self.confidence_weights.get(k, 0.0) * v for k, v in values.items()
        )
        return 1 / (1 + math.exp(-total))

    def evidence(self, query: Query, ranking: Ranking) -> dict[str, float]:
        """What the confidence is made from; `CONFIDENCE` names it."""
        order = [int(i) for i in np.argsort(-ranking.scores)[:6]]
        top = order[0]
        features = dict(zip(FEATURES, ranking.features[top].tolist(), strict=True))
        weights = {w: self._bm25_items.idf(w) for w in query.words}
        whole = sum(weights.values()) or 1.0

        def share(held: Iterable[str]) -> float:
            return sum(weights[w] for w in held) / whole

        # Of one item only, so that fifteen thousand sets need not be kept.
        passages = (frozenset(stem(w) for w in content(self.passages[i].bare)) for i in self._range(top))
        passage = max(share(weights.keys() & said) for said in passages)
        rarest = max((weight for w, weight in weights.items() if w not in self._words[top]), default=0.0)
        return {
            "meaning": max(features["ask_meaning"], features["name_meaning"], features["body_meaning"]),
            "body_meaning": features["body_meaning"],
            "ten_meaning": float(_largest(ranking.passages, 10).mean()),
            "covered": share(w for w in weights if w in self._words[top]),
            "covered_by_three": share(w for w in weights if any(w in self._words[i] for i in order[:3])),
            "covered_at_once": passage,
            "rarest_missing": rarest / self._bm25_items.rarest,
            "unknown": share(query.unknown),
            "mended": share(stem(better) for _, better in query.mended if stem(better) in weights),
            # The second and third are often about the same; what stands out does so against the sixth.
            "margin": float(ranking.scores[top] - ranking.scores[order[-1]]),
            "named": features["named"],
            "wrong_place": float(bool(query.places) and features["place"] + features["place_around"] == 0),
            "wrong_sector": features["sector_other"],
            "gap": self.gap(query)[1],
        }

    def gap(self, query: Query) -> tuple[Gap | None, float]:
        """The subject outside the sources that comes nearest to a question, and the cosine of the two."""
        if not self._gap_asks:
            return None, 0.0
        likeness = self._gap_vectors @ self._encoder.encode_one(query.text)
        nearest = int(np.argmax(likeness))
        return self._gap_asks[nearest][0], float(likeness[nearest])

    def _result(self, query: Query, ranking: Ranking, item: int, share: float) -> Result:
        found = self.items[item]
        passages = self._range(item)
        best = max(passages, key=lambda i: float(ranking.passages[i]))
        said = [i for i in passages if self.passages[i].statement is not None or self.passages[i].kind == "body"]
        leading = max(said, key=lambda i: float(ranking.passages[i]), default=None)
        place = None if leading is None else self.passages[leading].statement
        scale = self.confidence_weights["scale"]
        score = 1 / (1 + math.exp(-scale * (float(ranking.scores[item]) - self.confidence_weights["middle"])))
        return Result(
            item=found,
            score=round(score, 4),
            share=round(share, 4),
            named=round(float(ranking.features[item, FEATURES.index("named")]), 4),
            why=tuple(self._why(query, item, best)),
            best=None if place is None else found.statements[place],
        )

    def _why(self, query: Query, item: int, best: int) -> Iterable[Why]:
        found, passage = self.items[item], self.passages[best]
        if passage.kind == "ask":
            yield Why("asked", passage.bare)
        elif passage.kind == "name":
            yield Why("named", passage.bare)
        own = {*found.countries, *found.abroad}
        for key in sorted(query.places & own):
            yield Why("place", self.places[key].name)
        for key in query.sectors:
            if key in found.sectors:
                yield Why("sector", self.sectors[key].name)
        for step in sorted(query.steps & set(found.steps)):
            yield Why("step", step)
        shared = [w for w in content(query.text) if stem(w) in self._words[item]]
        if shared:
            yield Why("words", ", ".join(dict.fromkeys(shared)))
        elif passage.kind == "body":
            yield Why("meaning", passage.bare)


def _largest(values: Floats, number: int) -> Floats:
    """The largest values, in no order."""
    return values if len(values) <= number else np.partition(values, -number)[-number:]
