"""Trains the two assistants, each as its user would for the first time, and takes the time."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.dialogue.model import STAGES, TrainingError, train
from benchmarks.child import environment

__all__ = ["train_baseline", "train_waymark"]

BASELINE_PARTS = 9
"""Parts of ``rasa init``'s default pipeline and policies that learn; for the progress bar."""

Progress = Callable[[str, float], None]
"""Called with what is learning now, and the share that is done."""


def train_waymark(folder: Path, progress: Progress) -> tuple[Path, float]:
    """Trains Waymark's model into `folder`; returns it and the seconds it took."""
    started = time.perf_counter()
    model = train(folder, lambda part, done: progress(part, done / len(STAGES)))
    return model, time.perf_counter() - started


def train_baseline(folder: Path, progress: Progress) -> tuple[Path, float]:
    """Lets ``rasa init`` make its project in `folder` and train it; returns the model and the seconds.

    Raises:
        TrainingError: with the last lines of Rasa's output.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder.resolve())]
    started, done = time.perf_counter(), 0
    last: list[str] = []
    with subprocess.Popen(
        command, cwd=folder, env={**environment(), "LOG_LEVEL": "INFO"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            last = [*last[-15:], line.rstrip()[:300]]
            begun = re.search(r"Starting to train component '(\w+)'", line)
            if begun:
                progress(begun[1], min(done / BASELINE_PARTS, 1))
            elif "Finished training component" in line:
                done += 1
                progress("", min(done / BASELINE_PARTS, 1))
    took = time.perf_counter() - started
    models = sorted((folder / "models").glob("*.tar.gz"))
    if process.returncode != 0 or not models:
        raise TrainingError("`rasa init` failed; its last words:\n" + "\n".join(last))
    return models[-1], took
