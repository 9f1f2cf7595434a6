"""Which model fits the files: the fingerprint changes with what goes into a model, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.dialogue.model import find_model, fingerprint, model_path
from assistant.settings import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in ("data", "knowledge", "assistant/dialogue"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    encoder = Path("assistant/knowledge/encoder")
    (tmp_path / encoder).mkdir(parents=True)
    for name in ("SHA256SUMS", "__init__.py"):
        shutil.copy(ROOT / encoder / name, tmp_path / encoder / name)
    return tmp_path


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_same_files_have_the_same_fingerprint(copy: Path) -> None:
    assert fingerprint(copy) == fingerprint() == fingerprint()


@pytest.mark.parametrize(
    "name",
    [
        "domain.yml",
        "config.yml",
        "data/nlu/checklist.yml",
        "data/rules/journey.yml",
        "assistant/dialogue/policy.py",
        "assistant/dialogue/language.py",
    ],
)
def test_what_goes_into_a_model_changes_it(copy: Path, name: str) -> None:
    before = fingerprint(copy)
    _append(copy / name, "\n# another line\n")
    assert fingerprint(copy) != before


def test_a_new_name_of_a_step_changes_it_but_a_text_does_not(copy: Path) -> None:
    before = fingerprint(copy)
    step = copy / "knowledge" / "journey" / "step-02-assess-readiness.yml"
    text = step.read_text(encoding="utf-8")
    step.write_text(text + "\n# a remark\n", encoding="utf-8")
    assert fingerprint(copy) == before
    step.write_text(text.replace("also_known_as:\n", "also_known_as:\n  - the fitness check\n"), encoding="utf-8")
    assert fingerprint(copy) != before


def test_a_model_is_found_by_its_name(tmp_path: Path) -> None:
    assert find_model(tmp_path) is None
    model_path(tmp_path).write_bytes(b"")
    assert find_model(tmp_path) == model_path(tmp_path)
