"""Finds the weights by which a seam within a sentence is told, and writes ``seams.json``.

Two messages of the development set, or an answer and a message, are joined as people join them ("X, and Y", "X - Y"):
where they were joined is a seam, and everywhere else in them, and in messages that say one thing, is none. Those are
answers with their explanations, messages while a question is open, and examples of the intents. A logistic regression
learns from how both sides and the whole are read (assistant/dialogue/seams.py).

The judging set (``tests/nlu/several.yml``) takes no part.

Usage: python -m benchmarks.fit_seams [--write], with a trained model; about five minutes
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.dialogue.agent import load_agent
from assistant.dialogue.answer_model import read_examples
from assistant.dialogue.logs import configure
from assistant.dialogue.model import find_model
from assistant.dialogue.parts import pieces_of
from assistant.dialogue.reading import clean
from assistant.dialogue.seams import _LIKELY, WEIGHTS, Seen, seams_of, traits
from assistant.settings import ROOT, Settings
from benchmarks.heard import ASIDES, SEVERAL, _Listener, _questions
from benchmarks.intents import DEVELOPMENT, SETS, TRAINING, examples_of

_JOINS = (", and ", " and ", ", ") * 3 + (" - ", " also ", "; ", ", also ", " so ", " + ", " but ", ", then ")
"""How two things are joined; the plainest most often."""
_JOINED, _LONGEST = 1600, 14
"""Messages that are joined, and the words that each of the two has at most."""
_OF_EACH = 1500
"""Messages of each kind that say one thing."""
_ALONE = frozenset({"greet", "thanks", "goodbye", "out_of_scope", "answer_unclear"})
"""What is not joined: manners are no part of their own, and the rest may be said of anything."""
_STOPS = re.compile(r"[.?!,] ")
_STRENGTH = 1.0


@dataclass(frozen=True)
class _Said:
    """A message, where two were joined in it, and the question that is open, if one is."""

    kind: str
    text: str
    joined: int | None
    question: str | None


def main(arguments: list[str] | None = None) -> int:
    """Fits, prints how well that goes on messages left out, and writes the weights if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_seams", description=str(__doc__).splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.relative_to(ROOT)}")
    given = parser.parse_args(arguments)
    configure("ERROR")
    trained = find_model(Settings.from_environment().models)
    if trained is None:
        print("expected a trained model that fits the files, found none: run waymark train", file=sys.stderr)
        return 1
    kinds, texts, rows, two = asyncio.run(_read(_Listener(load_agent(trained))))
    vectorizer = DictVectorizer(sparse=False)
    features, wanted = vectorizer.fit_transform(rows), np.array(two)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    _, groups = np.unique(texts, return_inverse=True)
    left_out = cross_val_predict(model, features, wanted, cv=GroupKFold(8), groups=groups, method="predict_proba")[:, 1]
    found = Counter(kind for kind, likely, y in zip(kinds, left_out, two, strict=True) if likely > _LIKELY and not y)
    recall = (left_out[wanted == 1] > _LIKELY).mean()
    print(
        f"left out: {recall:.1%} of {wanted.sum()} seams found; none, yet taken for one: {dict(found)}", file=sys.stderr
    )
    model.fit(features, wanted)
    weights = {"": round(float(model.intercept_[0]), 3)}
    weights |= {n: round(float(w), 3) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}
    print(json.dumps(weights, indent=2))
    if given.write:
        WEIGHTS.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
        print(f"Written: {WEIGHTS.relative_to(ROOT)}", file=sys.stderr)
    return 0


def _messages(chance: random.Random) -> Iterator[_Said]:
    questions = itertools.cycle(_questions())
    said = [(i, t) for i, t in examples_of(DEVELOPMENT)]
    joinable = [s for s in said if s[0] not in _ALONE and len(s[1].split()) <= _LONGEST and not _STOPS.search(s[1])]
    answers = list(read_examples(ROOT / "data" / "answers"))
    chance.shuffle(answers)
    short = [(f"answer_{a.value}", a.text) for a in answers if len(a.text.split()) <= _LONGEST and a.value != "unclear"]
    others = [s for s in joinable if not s[0].startswith("answer_")]
    for i in range(_JOINED):
        pair = (chance.choice(short), chance.choice(others)) if i % 3 == 0 else chance.sample(joinable, 2)
        (first, before), (second, behind) = pair
        if first != second:
            before = before.rstrip(".?!; ")
            question = next(questions) if "answer_" in first + second else None
            yield _Said(
                "joined", before + chance.choice(_JOINS) + behind[0].lower() + behind[1:], len(before), question
            )
    single: list[tuple[str, str, str | None]] = [("answers", a.text, a.question) for a in answers[:_OF_EACH]]
    for path in (SETS / "answers_development.yml", ASIDES):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))[:_OF_EACH]
        single += [(path.stem, each["text"], each.get("question") or next(questions)) for each in written]
    for each in yaml.safe_load(SEVERAL.with_name("several_development.yml").read_text(encoding="utf-8")):
        if len(each["parts"]) == 1:
            question = next(questions) if each["parts"][0].startswith("answer_") else None
            single.append(("several", each["text"], question))
    examples = [(i, t) for i, t in examples_of(*TRAINING)]
    chance.shuffle(examples)
    single += [("examples", text, None) for _, text in said + examples[:_OF_EACH]]
    yield from (_Said(kind, text, None, question) for kind, text, question in single)


async def _read(listener: _Listener) -> tuple[list[str], list[str], list[dict[str, float]], list[int]]:
    """The seams of all messages: of which kind and text, what is seen of each, and whether it is one."""
    kinds, texts, rows, two = [], [], [], []
    for said in _messages(random.Random(7)):

        async def seen(text: str, question: str | None = said.question) -> Seen:
            reading = await listener.read(text, question)
            return reading.intent, reading.confidence

        for piece in pieces_of(clean(said.text)):
            seams = seams_of(piece.text)
            whole = await seen(piece.text) if seams else ("", 0.0)
            for end, start in seams:
                left, right = await seen(piece.text[:end]), await seen(piece.text[start:])
                kinds.append(said.kind)
                texts.append(said.text)
                asked = said.question is not None
                rows.append(traits(piece.text, (end, start), left, right, whole, open_question=asked))
                two.append(int(said.joined is not None and abs(piece.start + end - said.joined) <= 1))
    return kinds, texts, rows, two


if __name__ == "__main__":
    sys.exit(main())
