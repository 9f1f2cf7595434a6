"""``python -m benchmarks.understanding``: how well people are understood; writes its tables into ``RESULTS.md``.

Judged with the sets in ``tests/nlu`` that were written by people who had seen neither code nor training data.
With ``--record`` the figures go into ``figures.json``, under which the tests let them drop only a little.

Usage: python -m benchmarks.understanding [--record] [--verbose] [--no-folds]
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from assistant.dialogue.model import find_model
from assistant.settings import ROOT, Settings
from benchmarks.child import WorkerError
from benchmarks.heard import ANSWERS, ANSWERS_AGAIN, ENTITIES, SEVERAL, Answers, Heard, Several, hear
from benchmarks.intents import HELD_OUT, OUTSIDE, TRAINING, Guess, Scores, examples_of, folds_of, table
from benchmarks.measures import p95
from benchmarks.pipelines import cross_validate
from benchmarks.sections import replace_section

__all__ = ["FIGURES", "figures", "main", "report"]

RESULTS = Path(__file__).parent / "RESULTS.md"
FIGURES = Path(__file__).parent / "figures.json"
FOLDS = 5
SEED = 2026
MOST_CONFUSIONS = 25
"""Pairs that the report names; `--verbose` prints all, with the utterances."""


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, writes; exit status 0 whatever the figures are, 1 when it could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.understanding", description=str(__doc__).splitlines()[0]
    )
    parser.add_argument("--record", action="store_true", help="keep the figures in figures.json, too")
    parser.add_argument("--verbose", action="store_true", help="print what was misunderstood")
    parser.add_argument("--no-folds", action="store_true", help="skip cross-validation, and write nothing")
    given = parser.parse_args(arguments)
    if given.record and given.no_folds:
        parser.error("--record: expected a whole run, found --no-folds; leave one of them out")
    model = find_model(Settings.from_environment().models)
    if model is None:
        print("benchmarks.understanding: no model fits the files; run `make train`", file=sys.stderr)
        return 1
    heard = asyncio.run(_hear(model))
    try:
        crossed = None if given.no_folds else _crossed()
    except WorkerError as error:
        print(f"benchmarks.understanding: {error}", file=sys.stderr)
        return 1
    print(report(heard, crossed))
    if given.verbose:
        _print_failures(heard)
    if crossed is not None:
        replace_section(RESULTS, "understanding", report(heard, crossed))
        print(f"\nWritten: {RESULTS.name}")
    if crossed is not None and given.record:
        FIGURES.write_text(json.dumps(figures(heard, crossed), indent=2) + "\n", encoding="utf-8")
        print(f"Recorded: {FIGURES.name}")
    return 0


async def _hear(model: Path) -> Heard:
    # What Rasa's dependencies say of each other does not belong between the tables.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)
    from assistant.dialogue.agent import load_agent
    from assistant.dialogue.logs import configure

    configure("ERROR")
    agent = load_agent(model)
    # As the assistant does once it has loaded, lest parses pay for a search through what was loaded.
    gc.collect()
    gc.freeze()
    return await hear(agent)


def _crossed() -> Scores:
    """The training data in folds, each asked of a model that learnt from the others."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    # Entities take no part in the intent, so the folds do without.
    parts = [part for part in pipeline if not part["name"].endswith("Extractor")]
    folds = folds_of(examples_of(*TRAINING), FOLDS, SEED)
    Console(stderr=True).print(f"Cross-validation: {FOLDS} trainings, a few minutes")
    asked = [example for _, part in folds for example in part]
    found = cross_validate(parts, folds)
    return Scores([Guess(e.text, e.intent, *f) for e, f in zip(asked, found, strict=True)])


# --- Figures -------------------------------------------------------------------------------------


def figures(heard: Heard, crossed: Scores) -> dict[str, Any]:
    """What is recorded: plain numbers, rounded to four places, with the date."""
    named = {entity: heard.named.tally(entity).f1 for entity in heard.named.entities}
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        "examples": len(crossed.guesses),
        "held_out": len(heard.alone.guesses),
        **_rounded(
            {
                "accuracy": heard.alone.accuracy,
                "macro_f1": heard.alone.macro_f1,
                "weighted_f1": heard.alone.weighted_f1,
                "out_of_scope_recall": heard.alone.recall(OUTSIDE),
                "in_scope_turned_away": heard.alone.turned_away,
                "read_macro_f1": heard.read.macro_f1,
                "read_out_of_scope_recall": heard.read.recall(OUTSIDE),
                "read_in_scope_turned_away": heard.read.turned_away,
                "fallbacks": _fallbacks(heard.read),
                "fallbacks_question_open": _fallbacks(heard.asked),
                "cross_validation": {"accuracy": crossed.accuracy, "macro_f1": crossed.macro_f1},
                "entities": {"all": heard.named.tally().f1, **named},
                "answers": {"accuracy": heard.answers.accuracy, "notes_kept": heard.answers.notes_kept},
                "answers_again": {"accuracy": heard.again.accuracy, "notes_kept": heard.again.notes_kept},
                "several": {"counted": heard.several.counted, "understood": heard.several.understood},
                "median_ms": heard.median_ms,
            }
        ),
    }


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: _rounded(v) if isinstance(v, Mapping) else round(float(v), 4) for k, v in values.items()}


def _fallbacks(scores: Scores) -> float:
    return sum(guess.lost for guess in scores.guesses) / len(scores.guesses)


# --- The report ----------------------------------------------------------------------------------


def report(heard: Heard, crossed: Scores | None) -> str:
    """The section of RESULTS.md."""
    intents = len(heard.alone.intents)
    parts = [
        f"{len(heard.alone.guesses)} utterances of {intents} intents (`{_path(HELD_OUT)}`), {len(heard.answers.each)} "
        f"and {len(heard.again.each)} answers in free words (`{_path(ANSWERS)}`, `{_path(ANSWERS_AGAIN)}`), "
        f"{len(heard.named.messages)} messages with what they name (`{_path(ENTITIES)}`) and "
        f"{len(heard.several.each)} messages that say several things or look as if they did "
        f"(`{_path(SEVERAL)}`), written by people who had seen neither the code nor the training data; nothing was "
        f"trained or tuned on them. Besides, {heard.known} messages are left out, since the same words are "
        "trained or developed on. `make eval` repeats it; `python -m benchmarks.understanding --verbose` names what "
        f"was misunderstood. Measured {datetime.now(timezone.utc):%Y-%m-%d}.",
        _bars(heard),
        _overview(heard, crossed),
        "Read in context: as the dialogue takes a message, with its bounds on confidence, but without asking the "
        "knowledge base. Fallback: not understood, so that two guesses are offered. Turned away: taken for out of "
        "scope, or not understood. Cross-validation flatters: the top layers of the encoder were tuned on the same "
        "training data. The held-out set was not seen by them either.",
        "Answers in free words. Of the first set, two people who saw no values gave the written one to 95.9 % each, "
        "and the same one as each other to 98.8 %; of the second, one gave the written one to all.",
        f"The first set:\n\n{_answers(heard.answers)}",
        f"The second:\n\n{_answers(heard.again)}",
        f"What messages name (the right entity with the right value):\n\n{_named(heard)}",
        f"Several things in one message:\n\n{_several(heard.several)}",
        f"By intent, the classifier by itself:\n\n{_by_intent(heard.alone)}",
        f"Confused most often, of {len(heard.alone.confusions)} pairs:\n\n{_confusions(heard.alone)}",
    ]
    return "\n\n".join(parts)


def _path(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _bars(heard: Heard) -> str:
    return table(
        ("what", "bar", "measured"),
        [
            ("macro F1 on the held-out set", "at least 0.90", f"{heard.alone.macro_f1:.3f}"),
            ("answers read rightly, of both sets", "at least 90 %", f"{heard.both.accuracy:.1%}"),
            ("of the first", "", f"{heard.answers.accuracy:.1%}"),
            ("of the second", "", f"{heard.again.accuracy:.1%}"),
            ("out-of-scope recall", "at least 80 %", f"{heard.alone.recall(OUTSIDE):.1%}"),
            ("in scope turned away", "at most 5 %", f"{heard.alone.turned_away:.1%}"),
            ("NLU, median of a message", "at most 6 ms", f"{heard.median_ms:.1f} ms"),
        ],
    )


def _overview(heard: Heard, crossed: Scores | None) -> str:
    head = ("held-out set", "accuracy", "macro F1", "weighted F1", "out-of-scope recall", "in scope turned away",
            "fallbacks")  # fmt: skip
    rows = [
        (title, f"{s.accuracy:.3f}", f"{s.macro_f1:.3f}", f"{s.weighted_f1:.3f}", f"{s.recall(OUTSIDE):.1%}",
         f"{s.turned_away:.1%}", f"{_fallbacks(s):.1%}")
        for title, s in (("the classifier by itself", heard.alone), ("read, nothing waited for", heard.read),
                         ("read, a checklist question open", heard.asked))
    ]  # fmt: skip
    if crossed is not None:
        title = f"training data ({len(crossed.guesses)}), {FOLDS}-fold cross-validation"
        rows.append((title, f"{crossed.accuracy:.3f}", f"{crossed.macro_f1:.3f}", f"{crossed.weighted_f1:.3f}",
                     f"{crossed.recall(OUTSIDE):.1%}", f"{crossed.turned_away:.1%}",
                     f"{_fallbacks(crossed):.1%}"))  # fmt: skip
    return (
        table(head, rows) + f"\n\nNLU: median {heard.median_ms:.1f} ms, 95th percentile {p95(list(heard.ms)):.1f} ms."
    )


def _answers(answers: Answers) -> str:
    counts = Counter(answer.value for answer in answers.each)
    rows = [(value, str(counts[value]), f"{answers.recall(value):.1%}") for value in sorted(counts)]
    rows += [
        ("**all**", str(len(answers.each)), f"{answers.accuracy:.1%}"),
        ("taken for no answer", str(len(answers.elsewhere)), f"{len(answers.elsewhere) / len(answers.each):.1%}"),
        ("note kept, where there is one", str(sum(a.noted for a in answers.each)), f"{answers.notes_kept:.1%}"),
    ]
    return table(("answer", "number", "read rightly"), rows)


def _named(heard: Heard) -> str:
    rows = []
    for entity in [*heard.named.entities, None]:
        tally = heard.named.tally(entity)
        cells = (tally.precision, tally.recall, tally.f1)
        rows.append((entity or "**all**", str(tally.right + tally.missed), *(f"{cell:.3f}" for cell in cells)))
    return table(("entity", "number", "precision", "recall", "F1"), rows)


def _several(several: Several) -> str:
    one = sum(len(m.parts) == 1 for m in several.each)
    rows = [
        ("taken apart into as many parts as there are", str(len(several.each)), f"{several.counted:.1%}"),
        ("every part understood, in order", str(len(several.each)), f"{several.understood:.1%}"),
        ("of those that say one thing: taken apart", str(one), f"{several.torn:.1%}"),
    ]
    return table(("messages", "number", "share"), rows)


def _by_intent(scores: Scores) -> str:
    rows = [
        (i, str(scores.support(i)), f"{scores.precision(i):.2f}", f"{scores.recall(i):.2f}", f"{scores.f1(i):.2f}")
        for i in scores.intents
    ]
    return table(("intent", "number", "precision", "recall", "F1"), rows)


def _confusions(scores: Scores) -> str:
    rows = [(intent, found, str(len(texts))) for intent, found, texts in scores.confusions[:MOST_CONFUSIONS]]
    return table(("is", "taken for", "number"), rows)


def _print_failures(heard: Heard) -> None:
    print("\nIntents:")
    for intent, found, texts in heard.alone.confusions:
        print(f"  {intent} taken for {found}: {len(texts)}")
        for text in texts:
            print(f"    {text}")
    print("\nAnswers:")
    for answer in (*heard.answers.each, *heard.again.each):
        if answer.read != answer.value:
            print(f"  {answer.value} read as {answer.read}: {answer.text}")
    print("\nNotes lost:")
    for answer in (*heard.answers.each, *heard.again.each):
        if answer.noted and not answer.kept:
            print(f"  {answer.text}")
    print("\nNames:")
    for said, there, named in heard.named.messages:
        if sorted(there) != sorted(named):
            print(f"  {said}\n    there: {sorted(there)}\n    found: {sorted(named)}")
    print("\nSeveral things:")
    for message in heard.several.each:
        if message.heard != message.parts:
            print(f"  {message.text}\n    {message.parts}, heard {message.heard}")


if __name__ == "__main__":
    raise SystemExit(main())
