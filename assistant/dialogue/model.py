"""Which trained model fits the files, and training one where none does.

A model's name carries a hash of all that went into it: Rasa's files, the training data, the
names taken from ``knowledge/``, the code of our components, the encoder, Rasa's version. So
"does the model fit?" is a look at a file name, and needs no import of Rasa.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from assistant.dialogue.vocabulary import patterns
from assistant.knowledge.journey import load_journey
from assistant.settings import ROOT

__all__ = ["BEGINS", "DONE", "STAGES", "TrainingError", "find_model", "fingerprint", "model_path", "train"]

STAGES = ("RulerExtractor", "NgramFeaturizer", "IntentClassifier", "RulePolicy")
"""The parts that learn, in the order in which they do; for a progress bar."""

_PACKAGES = ("rasa", "spacy", "scikit-learn", "numpy", "onnxruntime", "tokenizers")
"""Packages that take part in training, or in making what it learns from."""

_LEARNT_WITH = ("language.py", "policy.py", "training.py")
"""Modules whose code decides what is learnt."""

_NOT_RASAS = "answers"
"""The folder of ``data`` from which the encoder's branch is tuned, by hand; no model is trained on it."""

BEGINS, DONE = "Begins to learn: ", "Has learnt: "
"""How the lines begin in which `assistant/dialogue/training.py` names a part."""

_KEPT = 3
"""Models kept after a training; older ones are deleted."""


class TrainingError(RuntimeError):
    """Training failed; the message ends with what Rasa said."""


def fingerprint(root: Path = ROOT) -> str:
    """A hash of everything that a model depends on: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    files = [root / "domain.yml", root / "config.yml"]
    files += sorted(path for path in (root / "data").rglob("*.yml") if path.parent.name != _NOT_RASAS)
    files += sorted((root / "assistant" / "dialogue" / "nlu").glob("*.py"))
    files += [root / "assistant" / "dialogue" / name for name in _LEARNT_WITH]
    files.append(root / "assistant" / "knowledge" / "encoder" / "__init__.py")
    files.append(root / "assistant" / "knowledge" / "encoder" / "SHA256SUMS")
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(json.dumps(patterns(load_journey(root / "knowledge")), sort_keys=True).encode())
    digest.update("\0".join(version(name) for name in _PACKAGES).encode())
    return digest.hexdigest()[:16]


def model_path(models: Path) -> Path:
    """Where the model that fits the files is, or would be."""
    return models / f"waymark-{fingerprint()}.tar.gz"


def find_model(models: Path) -> Path | None:
    """The model that fits the files, or None."""
    path = model_path(models)
    return path if path.is_file() else None


def train(models: Path, progress: Callable[[str, int], None] = lambda stage, done: None) -> Path:
    """Trains the model that fits the files, in a process of its own, and returns its path.

    A process of its own, so that what training needs of memory is given back.

    Args:
        models: the folder to put it in.
        progress: called with the part that is learning now, and how many are done.

    Raises:
        TrainingError: with the last lines of Rasa's output.
    """
    path = model_path(models)
    models.mkdir(parents=True, exist_ok=True)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    environment = {**os.environ, **quiet, "CUDA_VISIBLE_DEVICES": ""}
    # Under another name first: what is only half written must not be taken for the model that fits.
    unfinished = (models / f"unfinished-{os.getpid()}.tar.gz").resolve()
    command = [sys.executable, "-m", "assistant.dialogue.training", str(unfinished)]
    last: list[str] = []
    done = 0
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = [*last[-15:], line.rstrip()[:300]]
            if line.startswith(BEGINS):
                progress(line.removeprefix(BEGINS).strip(), done)
            elif line.startswith(DONE):
                done += 1
                progress("", done)
    if process.returncode != 0 or not unfinished.is_file():
        unfinished.unlink(missing_ok=True)
        raise TrainingError("training failed; Rasa's last words:\n" + "\n".join(last))
    unfinished.replace(path)
    for old in sorted(models.glob("waymark-*.tar.gz"), key=lambda p: p.stat().st_mtime)[:-_KEPT]:
        old.unlink()
    return path
