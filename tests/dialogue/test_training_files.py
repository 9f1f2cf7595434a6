"""How a training reads the project's files."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import InvalidDomain
from rasa.shared.importers.importer import TrainingDataImporter

from assistant.dialogue.training import ReadOnce

pytestmark = pytest.mark.model

_DOMAIN = 'version: "3.1"\nintents: [greet, undo]\nactions: [action_greet]\n'
_RULES = 'version: "3.1"\nrules:\n  - rule: greet\n    steps: [{intent: greet}, {action: action_greet}]\n'
_SAID = {"greet": ["hello", "hello", "good day"], "undo": ["undo that", "hello"]}


def _files(folder: Path) -> tuple[str, str, list[str]]:
    data = folder / "data"
    data.mkdir()
    for intent, texts in _SAID.items():
        lines = "".join(f"      - {text}\n" for text in texts)
        (data / f"{intent}.yml").write_text(
            f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{lines}', encoding="utf-8"
        )
    (data / "rules.yml").write_text(_RULES, encoding="utf-8")
    (folder / "domain.yml").write_text(_DOMAIN, encoding="utf-8")
    (folder / "config.yml").write_text(
        "recipe: default.v1\nlanguage: en\npipeline: []\npolicies: []\n", encoding="utf-8"
    )
    return str(folder / "config.yml"), str(folder / "domain.yml"), [str(data)]


def test_files_are_read_as_rasa_reads_them(tmp_path: Path) -> None:
    files = _files(tmp_path)
    ours, rasas = ReadOnce(*files), TrainingDataImporter.load_from_config(*files)
    found, expected = (
        [(m.get("text"), m.get("intent")) for m in each.get_nlu_data().intent_examples if m.get("text")]
        for each in (ours, rasas)
    )
    assert found == expected == [("hello", "greet"), ("good day", "greet"), ("undo that", "undo"), ("hello", "undo")]
    assert ours.get_domain().as_dict() == rasas.get_domain().as_dict()
    names = [[step.block_name for step in each.get_stories().story_steps] for each in (ours, rasas)]
    assert names[0] == names[1] == ["greet"]
    assert ours.get_config() == rasas.get_config()


def test_files_are_read_once(tmp_path: Path) -> None:
    ours = ReadOnce(*_files(tmp_path))
    assert ours.get_nlu_data() is ours.get_nlu_data()
    assert ours.get_domain() is ours.get_domain()


def test_a_domain_that_is_none_stops_the_training(tmp_path: Path) -> None:
    files = _files(tmp_path)
    (tmp_path / "domain.yml").write_text('version: "3.1"\nintents: [greet, greet]\n', encoding="utf-8")
    with pytest.raises(InvalidDomain):
        ReadOnce(*files).get_domain()
