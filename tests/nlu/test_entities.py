"""The extractor as Rasa uses it: trained, written, loaded again, asked. What it finds is tested in tests/dialogue."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from actions.context import Turn, use_turn
from assistant.dialogue.nlu.spacy_components import RulerExtractor
from assistant.settings import ROOT

NODE = "extractor"


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> RulerExtractor:
    folder: Path = tmp_path_factory.mktemp("model")
    storage, resource = LocalModelStorage(folder), Resource(NODE)
    context = ExecutionContext(GraphSchema({}), node_name=NODE)
    trained = RulerExtractor.create({}, storage, resource, context)
    written = trained.train(TrainingData([Message({TEXT: "what comes next"})]))
    return RulerExtractor.load({}, storage, written, context)


def entities(extractor: RulerExtractor, text: str) -> list[dict[str, Any]]:
    (message,) = extractor.process([Message({TEXT: text})])
    return list(message.get(ENTITIES))


def turn_on(day: datetime) -> Turn:
    nothing: Any = SimpleNamespace()
    return Turn(nothing, nothing, "terminal", day)


def test_entities_are_in_the_form_that_rasa_expects(extractor: RulerExtractor) -> None:
    text = "the step 4 of Danish clusters"
    assert entities(extractor, text) == [
        {"entity": "step", "start": 4, "end": 10, "value": "4", "extractor": "RulerExtractor"},
        {"entity": "place", "start": 14, "end": 20, "value": "DK", "extractor": "RulerExtractor"},
    ]


def test_several_messages_are_read_and_one_without_text_is_left_alone(extractor: RulerExtractor) -> None:
    first, empty = extractor.process([Message({TEXT: "step 2"}), Message({})])
    assert [e["value"] for e in first.get(ENTITIES)] == ["2"]
    assert empty.get(ENTITIES) is None


def test_what_was_found_before_is_kept(extractor: RulerExtractor) -> None:
    earlier = {"entity": "topic", "start": 0, "end": 1, "value": "x"}
    (message,) = extractor.process([Message({TEXT: "step 2", ENTITIES: [earlier]})])
    assert [e["entity"] for e in message.get(ENTITIES)] == ["topic", "step"]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (datetime(2026, 11, 20, tzinfo=timezone.utc), "2027-03-31"),
        (datetime(2027, 4, 1, tzinfo=timezone.utc), "2028-03-31"),
    ],
)
def test_a_due_date_is_relative_to_the_turn_and_not_to_the_machine(
    extractor: RulerExtractor, today: datetime, due: str
) -> None:
    with use_turn(turn_on(today)):
        assert [e["value"] for e in entities(extractor, "by the end of March")] == [due]


def test_what_it_finds_is_known_to_the_domain(extractor: RulerExtractor) -> None:
    domain = (ROOT / "domain.yml").read_text(encoding="utf-8")
    said = "Maria, a policy maker, takes COSME and a MoU to Polish food clusters in step 4 by Friday, the second one"
    found = {e["entity"] for e in entities(extractor, said)}
    assert {"due", "place", "sector", "entry", "term", "step", "ordinal"} <= found
    assert all(f"\n  - {name}\n" in domain for name in found | {"owner", "audience"})
