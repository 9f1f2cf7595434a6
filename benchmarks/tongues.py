"""``python -m benchmarks.tongues``: which way of telling a message's language is worth its memory.

Each way runs in a process of its own, over the messages of ``tests/nlu/tongues.yml``. A library alone gives
the likeliest other language and its lead over English; the least lead is settled on the development half and on
training examples, and figures are those of the test half and of ``tests/nlu/held_out.yml``. A library that is not
installed is left out and said so: lingua-language-detector and simplemma are in no requirements file.

Usage: python -m benchmarks.tongues [--no-write]
"""

from __future__ import annotations

import argparse
import ctypes
import functools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.settings import ROOT
from benchmarks.machine import memory_of
from benchmarks.sections import replace_section

RESULTS = Path(__file__).parent / "RESULTS.md"
LATIN = "de fr es it pt nl pl sv da nb fi cs sk hu ro hr sl et lv lt tr".split()
OTHERS = "bg uk ru el ar ja ko zh".split()
TOLERATED = 0.002
"""The share of English development messages that settling a least lead may turn away: some hold a foreign word."""
EACH = 5
"""Every fifth training example is asked, so that the slow ways end."""
Told = tuple[str, float]
"""A language and its lead over English."""


def _stop_words() -> Callable[[str], Told]:
    import re
    import runpy

    import spacy

    def common(language: str) -> frozenset[str]:
        path = Path(spacy.__file__).parent / "lang" / language / "stop_words.py"
        return frozenset(runpy.run_path(str(path))["STOP_WORDS"])

    lists = {code: common(code) for code in ["en", *LATIN, "bg", "uk", "ru", "el", "ar"]}

    def tell(text: str) -> Told:
        words = {word.lower() for word in re.findall(r"[^\W\d_]+", text)}
        return _leading({code: float(len(words & known)) for code, known in lists.items()})

    return tell


def _py3langid() -> Callable[[str], Told]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    make = getattr(LanguageIdentifier, "from_pickled_model", None) or LanguageIdentifier.from_model_file
    identifier = make(MODEL_FILE)
    known = {*LATIN, *OTHERS, "en", "nn", "no"}
    identifier.set_languages([code for code in identifier.nb_classes if code in known])

    def tell(text: str) -> Told:
        scores: dict[str, float] = {}
        for code, score in identifier.rank(text):
            scores.setdefault({"nn": "nb", "no": "nb"}.get(code, code), score)
        return _leading(scores)

    return tell


def _lingua() -> Callable[[str], Told]:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in ["en", *LATIN, *OTHERS]]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def tell(text: str) -> Told:
        values = detector.compute_language_confidence_values(text)
        return _leading({value.language.iso_code_639_1.name.lower(): value.value for value in values})

    return tell


def _simplemma() -> Callable[[str], Told]:
    from simplemma import langdetect

    names = {"hr": "hbs"}
    asked = tuple(names.get(code, code) for code in ["en", *LATIN, "bg", "uk", "ru", "el"])
    back = {name: code for code, name in names.items()}

    def tell(text: str) -> Told:
        return _leading({back.get(code, code): score for code, score in langdetect(text, lang=asked) if code != "unk"})

    return tell


def _ours() -> Callable[[str], Told]:
    from assistant.dialogue.tongue import other_language

    def tell(text: str) -> Told:
        code = other_language(text)
        return (code or "", 1.0 if code else 0.0)

    tell("")
    return tell


def _leading(scores: Mapping[str, float]) -> Told:
    english = scores.get("en", 0.0)
    best = max((code for code in scores if code != "en"), key=lambda code: scores[code])
    return best, scores[best] - english


WAYS = {
    "stop words alone": _stop_words,
    "py3langid alone": _py3langid,
    "lingua alone": _lingua,
    "simplemma alone": _simplemma,
    "py3langid and stop words (`tongue.py`)": _ours,
}


@functools.cache
def _messages() -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/nlu/tongues.yml").read_text(encoding="utf-8"))
    training = [line for path in sorted(ROOT.glob("data/nlu/*.yml")) for line in _examples(path)][::EACH]
    held_out = _examples(ROOT / "tests/nlu/held_out.yml")
    return [
        *loaded,
        *({"text": text, "language": "en", "half": "development", "from": "examples"} for text in training),
        *({"text": text, "language": "en", "half": "test", "from": "examples"} for text in held_out),
    ]


def _examples(path: Path) -> list[str]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    asked = [item for item in loaded if item["intent"] != "out_of_scope"]  # holds other languages on purpose
    return [line[2:] for item in asked for line in item["examples"].splitlines()]


def _work(way: str) -> dict[str, Any]:
    """What a process of its own does: starts the way, asks it everything, says what that took."""
    import numpy
    import spacy

    assert numpy  # both are in memory anyway
    assert spacy
    texts = [message["text"] for message in _messages()]
    before, _ = memory_of(os.getpid())
    began = time.perf_counter()
    tell = WAYS[way]()
    tell("where are we")
    start = time.perf_counter() - began
    began = time.perf_counter()
    told = [tell(text) for text in texts]
    each = (time.perf_counter() - began) / len(texts)
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return {"told": told, "start": start, "each": each, "memory": memory_of(os.getpid())[0] - before}


def _asked(way: str) -> dict[str, Any] | None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.tongues", "--way", way], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        print(f"{way}: left out, {done.stderr.strip().splitlines()[-1]}")
        return None
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _least_lead(told: Sequence[Told]) -> float:
    """The least lead that turns away no more English development messages than is tolerated."""
    pairs = zip(_messages(), told, strict=True)
    english = sorted((lead for m, (_, lead) in pairs if m["half"] == "development" and m["language"] == "en"))
    return max(0.0, english[-1 - int(TOLERATED * len(english))])


def _row(way: str, result: Mapping[str, Any]) -> str:
    least = _least_lead(result["told"])
    pairs = [(m, *told) for m, told in zip(_messages(), result["told"], strict=True) if m["half"] == "test"]
    foreign = [(m, code, lead > least) for m, code, lead in pairs if m["language"] != "en"]
    away = {
        kind: [lead > least for m, _, lead in pairs if m["language"] == "en" and ("from" in m) == kind]
        for kind in (False, True)
    }

    def recall(shortest: int, longest: int) -> str:
        found = [told for m, _, told in foreign if shortest <= len(m["text"].split()) <= longest]
        return f"{sum(found)} of {len(found)}"

    wrong = sum(told and code != m["language"] for m, code, told in foreign)
    cells = [
        way, recall(1, 2), recall(3, 5), recall(6, 99), str(wrong),
        *(f"{sum(away[kind])} of {len(away[kind])}" for kind in (False, True)),
        f"{result['each'] * 1000:.2f} ms", f"{result['memory'] / 1e6:.0f} MB", f"{result['start']:.2f} s",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _report(rows: Sequence[str]) -> str:
    return "\n".join(
        [
            "Messages of cluster managers in 29 languages, and English that is hard (`tests/nlu/tongues.yml`), the "
            "test half; besides, the held-out English utterances. Recall is by words, counted by the spaces between. "
            "Of a library alone, the least lead over English is settled so that at most "
            f"{TOLERATED:.1%} of the development half's English is turned away. Memory is what stays after freed pages "
            "are given back, as the assistant does after loading. `python -m benchmarks.tongues` repeats it.",
            "",
            "| way | 1 or 2 words | 3 to 5 | 6 and more | wrong language | hard English turned away | "
            "held-out English turned away | a message | memory | start |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            *rows,
        ]
    )


def main(arguments: list[str] | None = None) -> int:
    """Measures each way that is installed; prints, writes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tongues", description=str(__doc__).splitlines()[0])
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--no-write", action="store_true", help="print only")
    given = parser.parse_args(arguments)
    if given.way:
        print(json.dumps(_work(given.way)))
        return 0
    rows = [_row(way, result) for way in WAYS if (result := _asked(way)) is not None]
    print(text := _report(rows))
    if not given.no_write:
        replace_section(RESULTS, "tongues", text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
