"""Trains and asks one NLU pipeline in a process of its own: ``python -m benchmarks.pipelines < task.json``.

A process of its own, so that each pipeline pays for its own memory and none finds another's warm.
A task is one JSON object on standard input; its answer is one on standard output:

- ``train``: ``pipeline``, ``examples``, ``model`` (the path to write): gives ``seconds``.
- ``ask``: ``model``, ``warm``, ``texts``: gives ``found`` (an intent and whether it was lost, for each
  text), ``ms`` for each, and ``resident``, the memory in bytes afterwards.
- ``folds``: ``pipeline``, ``folds`` (pairs of what is learnt from and what is asked): gives ``found`` for
  what is asked, fold by fold.

Rasa is imported when a task runs, so that the driver stays light.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from assistant.dialogue.logs import configure
from assistant.settings import ROOT
from benchmarks.child import WorkerError, environment
from benchmarks.intents import FALLBACK, Example
from benchmarks.machine import memory_of

__all__ = ["Asked", "ask", "cross_validate", "found_in", "train"]

Pipeline = Sequence[dict[str, Any]]
Found = tuple[str, bool]
"""The intent that is ranked first, and whether the confidence was too low to act on it."""


class Asked:
    """What a pipeline answered.

    Args:
        answer: the worker's answer to ``ask``.
    """

    def __init__(self, answer: dict[str, Any]) -> None:
        self.found: list[Found] = [(name, lost) for name, lost in answer["found"]]
        self.ms: list[float] = answer["ms"]
        self.resident: int = answer["resident"]


def train(pipeline: Pipeline, examples: Sequence[Example], model: Path) -> float:
    """Trains a model of the NLU alone; returns the seconds, without those that importing Rasa takes."""
    answer = _alone({"task": "train", "pipeline": list(pipeline), "examples": examples, "model": str(model)})
    return float(answer["seconds"])


def ask(model: Path, texts: Sequence[str], warm: Sequence[str]) -> Asked:
    """Asks a model each text once, after some others that do not count."""
    return Asked(_alone({"task": "ask", "model": str(model), "texts": list(texts), "warm": list(warm)}))


def cross_validate(pipeline: Pipeline, folds: Sequence[tuple[list[Example], list[Example]]]) -> list[Found]:
    """What is found for each example that is asked, by a model that has not learnt from it, fold by fold."""
    answer = _alone({"task": "folds", "pipeline": list(pipeline), "folds": list(folds)})
    return [(name, lost) for name, lost in answer["found"]]


def found_in(parse: dict[str, Any]) -> Found:
    """What Rasa ranks first, apart from its own fallback, and whether that fallback stands before it."""
    ranked = [each["name"] for each in parse.get("intent_ranking", []) if each["name"] != FALLBACK]
    return (ranked[0] if ranked else "", parse["intent"]["name"] == FALLBACK)


# --- In the driver -------------------------------------------------------------------------------


def _alone(task: dict[str, Any]) -> dict[str, Any]:
    # Rasa would hand out parts that an earlier training left in its cache, and the time would be wrong.
    without_cache = {**environment(), "RASA_MAX_CACHE_SIZE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pipelines"],
        cwd=ROOT, env=without_cache, input=json.dumps(task), capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    if done.returncode != 0 or not done.stdout.strip():
        last = "\n".join(done.stderr.splitlines()[-15:])
        raise WorkerError(
            f"`{task['task']}` in a process of its own: expected an answer, found exit status {done.returncode}\n{last}"
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


# --- In the worker -------------------------------------------------------------------------------


def _train(pipeline: Pipeline, examples: Sequence[Sequence[str]], model: Path) -> float:
    from rasa.model_training import train_nlu

    by_intent: dict[str, list[str]] = {}
    for intent, text in examples:
        by_intent.setdefault(intent, []).append(text)
    data = [{"intent": i, "examples": "".join(f"- {t}\n" for t in texts)} for i, texts in by_intent.items()]
    config = {"recipe": "default.v1", "assistant_id": "waymark", "language": "en", "pipeline": list(pipeline)}
    with tempfile.TemporaryDirectory(prefix="waymark-nlu-") as folder:
        files = {"config.yml": config, "nlu.yml": {"version": "3.1", "nlu": data}}
        for name, content in files.items():
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
            (Path(folder) / name).write_text(text, encoding="utf-8")
        began = time.perf_counter()
        made = train_nlu(str(Path(folder) / "config.yml"), str(Path(folder) / "nlu.yml"), str(model.parent), model.name)
        took = time.perf_counter() - began
    if made is None:
        raise RuntimeError("Rasa trained nothing")
    return took


def _ask(model: Path, texts: Sequence[str], warm: Sequence[str]) -> dict[str, Any]:
    from rasa.core.agent import Agent

    agent = Agent.load(model)

    async def each() -> dict[str, Any]:
        for text in warm:
            await agent.parse_message(text)
        found, ms = [], []
        for text in texts:
            began = time.perf_counter()
            parse = await agent.parse_message(text)
            ms.append((time.perf_counter() - began) * 1000)
            found.append(found_in(parse))
        return {"found": found, "ms": ms}

    answer = asyncio.run(each())
    gc.collect()
    with suppress(OSError, AttributeError):  # as the assistant does when it has loaded
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    return {**answer, "resident": memory_of(os.getpid())[0]}


def _folds(pipeline: Pipeline, folds: Sequence[Sequence[Sequence[Sequence[str]]]]) -> list[Found]:
    _remember_vectors()
    found: list[Found] = []
    with tempfile.TemporaryDirectory(prefix="waymark-folds-") as folder:
        for number, (learnt, asked) in enumerate(folds):
            model = Path(folder) / f"fold-{number}.tar.gz"
            _train(pipeline, learnt, model)
            found += _ask(model, [text for _, text in asked], [])["found"]
    return found


def _remember_vectors() -> None:
    """Lets the encoder read each text once for all folds: a vector does not depend on what is learnt."""
    import numpy as np

    from assistant.dialogue.nlu import encoder_featurizer
    from assistant.knowledge.encoder import load_encoder

    encoder = load_encoder()
    known: dict[str, Any] = {}

    class Remembering:
        def encode_intent(self, text: str) -> Any:
            return self.encode_intents([text])[0]

        def encode_intents(self, texts: Sequence[str]) -> Any:
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known.update(zip(new, encoder.encode_intents(new), strict=True))
            return np.stack([known[text] for text in texts])

    vars(encoder_featurizer)["load_encoder"] = Remembering


def main() -> int:
    """Does the task on standard input."""
    # What Rasa and TensorFlow print goes to standard error, so that it cannot break the answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    configure("ERROR")
    task = json.loads(sys.stdin.read())
    answer: dict[str, Any]
    if task["task"] == "train":
        answer = {"seconds": _train(task["pipeline"], task["examples"], Path(task["model"]))}
    elif task["task"] == "ask":
        answer = _ask(Path(task["model"]), task["texts"], task["warm"])
    else:
        answer = {"found": _folds(task["pipeline"], task["folds"])}
    with answers:
        json.dump(answer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
