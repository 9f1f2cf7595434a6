"""``python -m benchmarks.classifiers``: which classifier, on which features, understands people best here.

Each variant is the pipeline of ``config.yml`` with other featurizers or another classifier. It is trained on
``data/nlu`` through Rasa's own components, asked the held-out set, and cross-validated; each of these in a
process of its own, one variant at a time, with fixed seeds. The table goes into ``RESULTS.md``.

Usage: python -m benchmarks.classifiers [--only NAME ...] [--share 0.1] [--folds] [--no-write]

With ``--only`` or ``--no-write`` nothing is written: a table holds one run, or it compares nothing. With ``--share``
every variant learns from the same share of the examples, and is asked all utterances; the table says so.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from assistant.settings import ROOT
from benchmarks.child import WorkerError
from benchmarks.intents import (
    HELD_OUT,
    OUTSIDE,
    TRAINING,
    Example,
    Guess,
    Scores,
    examples_of,
    folds_of,
    held_out,
    share_of,
    table,
)
from benchmarks.machine import facts
from benchmarks.measures import p95
from benchmarks.pipelines import Asked, ask, cross_validate, train
from benchmarks.sections import replace_section

RESULTS = Path(__file__).parent / "RESULTS.md"
SEED = 2026
FOLDS = 5
EPOCHS = 30
"""Epochs of DIET. `rasa init` has 100, for some 70 examples; here there are two hundred times as many, so that each
of these has as many steps as a hundred of those."""
WARM = 20
"""Utterances asked before time is taken."""

Part = dict[str, Any]

_CHARACTERS: Part = {
    "name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4, "min_df": 8,
}  # fmt: skip
"""N-grams as `rasa init` counts them, without those that fewer examples have than ours must have, as a step of DIET
costs what there are."""
_DIET: Part = {
    "name": "DIETClassifier", "epochs": EPOCHS, "random_seed": SEED, "entity_recognition": False,
    "constrain_similarities": True, "BILOU_flag": False,
}  # fmt: skip
"""As `rasa init` sets it up but for the epochs, without the entities, which have a component of their own here."""
_NOTHING: Part = {"name": "KeywordIntentClassifier"}
"""Learns two words: what is in memory with it is Rasa and TensorFlow."""


@dataclass(frozen=True)
class Variant:
    """Featurizers and a classifier that are compared.

    Args:
        title: its name in the table.
        parts: what stands between the tokenizer and the fallback.
    """

    title: str
    parts: tuple[Part, ...]


def _configured() -> tuple[list[Part], list[Part], Part]:
    """The pipeline of ``config.yml``: what stands before the featurizers, they and the classifier, the fallback."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    first = next(i for i, part in enumerate(pipeline) if "Featurizer" in part["name"])
    fallback = next(part for part in pipeline if part["name"] == "FallbackClassifier")
    return pipeline[:first], [part for part in pipeline[first:] if part != fallback], fallback


def _ours(name: str) -> Part:
    """A part of ``config.yml`` by the end of its name."""
    return next(part for part in _OURS if part["name"].endswith(name))


_FIRST, _OURS, _FALLBACK = _configured()
_ENCODER = _ours("EncoderFeaturizer")
_LOGISTIC = _ours("IntentClassifier")
_ALONE = {**_ENCODER, "scale": 5.0}
"""Longer vectors, since there is nothing else for the classifier to lean on."""

VARIANTS = {
    "characters": Variant("logistic regression on weighed character n-grams", (_ours("NgramFeaturizer"), _LOGISTIC)),
    "encoder": Variant("logistic regression on the encoder", (_ALONE, _LOGISTIC)),
    "both": Variant("logistic regression on both (**ours**)", tuple(_OURS)),
    "diet": Variant("DIET on Rasa's counts of n-grams", (_CHARACTERS, _DIET)),
    "diet-encoder": Variant("DIET on these and the encoder", (_ALONE, _CHARACTERS, _DIET)),
}


@dataclass(frozen=True)
class Measured:
    """What was measured of a variant. Seconds, milliseconds, bytes."""

    variant: Variant
    held_out: Scores
    crossed: Scores | None
    """By cross-validation, if that was asked for."""
    ms: Sequence[float]
    training: float
    added: int
    empty_ms: Sequence[float]
    """What a parse takes with an empty classifier: the tokens and the entities."""

    def cells(self) -> tuple[str, ...]:
        """One line of the table."""
        return (
            self.variant.title,
            f"{self.held_out.accuracy:.3f}",
            f"{self.held_out.macro_f1:.3f}",
            f"{self.held_out.recall(OUTSIDE):.1%}",
            f"{self.held_out.turned_away:.1%}",
            f"{self.crossed.macro_f1:.3f}" if self.crossed else "–",
            f"{statistics.median(self.ms):.1f} ms",
            f"{p95(list(self.ms)):.1f} ms",
            f"{self.training:.0f} s",
            f"{self.added / 1e6:.0f} MB",
        )


HEAD = (
    "classifier", "accuracy", "macro F1", "out-of-scope recall", "in scope turned away", "macro F1, cross-validated",
    "parse, median", "parse, p95", "training", "memory added",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, writes; exit status 1 when a variant could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classifiers", description=str(__doc__).splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=list(VARIANTS), help="variants to measure (default: all)")
    parser.add_argument("--share", type=float, default=1.0, help="share of the examples, for a trial (default: 1)")
    parser.add_argument("--folds", action="store_true", help="cross-validate, too (an hour more)")
    parser.add_argument("--no-write", action="store_true", help="print only")
    given = parser.parse_args(arguments)
    if not 0 < given.share <= 1:
        parser.error(f"--share: expected more than 0 and at most 1, found {given.share:g}")
    learnt, (asked, _) = examples_of(*TRAINING), held_out()
    if given.share < 1:
        learnt = share_of(learnt, given.share, SEED)
    machine, console = facts(), Console(stderr=True)
    try:
        measured = _measure_all(given.only or list(VARIANTS), learnt, asked, console, folds=given.folds)
    except WorkerError as error:
        print(f"benchmarks.classifiers: {error}", file=sys.stderr)
        return 1
    report = _report(measured, learnt, asked, machine, given.share)
    print(report)
    if not given.only and not given.no_write:
        replace_section(RESULTS, "classifiers", report)
        print(f"Written: {RESULTS.name}")
    return 0


def _measure_all(
    names: Sequence[str], learnt: list[Example], asked: list[Example], console: Console, *, folds: bool
) -> list[Measured]:
    with tempfile.TemporaryDirectory(prefix="waymark-classifiers-") as folder:
        console.print("Rasa without a classifier worth the name, for its memory")
        floor = Path(folder) / "floor.tar.gz"
        train([*_FIRST, _NOTHING, _FALLBACK], [Example("greet", "hello"), Example("goodbye", "bye")], floor)
        empty = ask(floor, [e.text for e in asked], [e.text for e in learnt[:WARM]])
        found = []
        for name in names:
            began = time.perf_counter()
            console.print(f"{VARIANTS[name].title}: ", end="")
            found.append(_measure(VARIANTS[name], learnt, asked, Path(folder) / f"{name}.tar.gz", empty, folds=folds))
            console.print(f"{time.perf_counter() - began:.0f} s; {' | '.join(found[-1].cells()[1:])}", markup=False)
        return found


def _measure(
    variant: Variant, learnt: list[Example], asked: list[Example], model: Path, empty: Asked, *, folds: bool
) -> Measured:
    took = train([*_FIRST, *variant.parts, _FALLBACK], learnt, model)
    answer = ask(model, [e.text for e in asked], [e.text for e in learnt[:: max(1, len(learnt) // WARM)]])
    held_out = _scores(asked, answer.found)
    crossed = None
    if folds:
        parted = folds_of(learnt, FOLDS, SEED)
        # Entities take no part in the intent, so the folds do without what finds them.
        found = cross_validate([_FIRST[0], *variant.parts, _FALLBACK], parted)
        crossed = _scores([e for _, part in parted for e in part], found)
    return Measured(variant, held_out, crossed, answer.ms, took, answer.resident - empty.resident, empty.ms)


def _scores(asked: Sequence[Example], found: Sequence[tuple[str, bool]]) -> Scores:
    return Scores([Guess(e.text, e.intent, *f) for e, f in zip(asked, found, strict=True)])


def _report(
    measured: Sequence[Measured],
    learnt: Sequence[Example],
    asked: Sequence[Example],
    machine: dict[str, str],
    share: float,
) -> str:
    outside = sum(e.intent == OUTSIDE for e in asked)
    parts = [
        f"Trained on {len(learnt)} examples of {len({e.intent for e in learnt})} intents (`data/nlu`"
        f"{f', a share of {share:.0%}, the same for all' if share < 1 else ''}); asked "
        f"{len(asked)} utterances (`{HELD_OUT.relative_to(ROOT)}`, {outside} of them out of scope), which somebody "
        "wrote who had not seen the training data; what stands word for word in both is left out. A difference of a "
        "hundredth may be chance.",
        table(HEAD, [m.cells() for m in measured]),
        "- In scope turned away: taken for out of scope, or under the bound of the pipeline's FallbackClassifier, "
        "which is the same for all. Out-of-scope recall: taken for out of scope.\n"
        f"- DIET: {EPOCHS} epochs, otherwise as `rasa init` sets it up. Cross-validation, where it was done: {FOLDS} "
        "folds of the training data; it flatters what uses the encoder, whose top layers were tuned on the same data.\n"
        "- Parse: tokens, entities, features and intent of one utterance; each was asked once. Tokens and entities "
        f"alone: {statistics.median(measured[0].empty_ms):.1f} ms. Training: of the NLU, without the time to import "
        "Rasa.\n"
        "- Memory: what the process holds more than with the same tokens and entities and an empty classifier.\n"
        f"- Measured {machine['date']} on {machine['processor']}, {machine['cores']} cores, {machine['memory']}; load "
        f"at the start {machine['load at the start']}; {machine['packages']}.",
        "`python -m benchmarks.classifiers` repeats it; `--only NAME` measures one and writes nothing.",
    ]
    return "\n\n".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
