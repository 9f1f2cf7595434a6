"""The training of a model in a process of its own: what it says of its parts is what the progress bar reads."""

from __future__ import annotations

import pytest

from assistant.dialogue import model, training


def test_only_parts_that_learn_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    telling, nothing = training._Telling(), None
    for node in (
        "train_assistant.dialogue.nlu.intent_classifier.IntentClassifier4",
        "run_x.Encoder2",
        "train_RulePolicy1",
    ):
        telling.on_before_node(node, nothing, {}, {})  # type: ignore[arg-type]
        telling.on_after_node(node, nothing, {}, None, {})  # type: ignore[arg-type]
    names = ("IntentClassifier", "RulePolicy")
    assert capsys.readouterr().out == "".join(f"{model.BEGINS}{n}\n{model.DONE}{n}\n" for n in names)
    assert {*names} <= set(model.STAGES)
