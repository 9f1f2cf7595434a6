"""Our parts of Rasa's pipeline as Rasa uses them: created, trained, written, loaded again, asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.validator import Validator

from assistant.dialogue.language import RULED
from assistant.dialogue.linking import _ORDER
from assistant.dialogue.nlu.encoder_featurizer import EncoderFeaturizer
from assistant.dialogue.nlu.intent_classifier import IntentClassifier
from assistant.dialogue.nlu.ngram_featurizer import NgramFeaturizer
from assistant.dialogue.nlu.spacy_components import RulerExtractor, SpacyTokenizer
from assistant.knowledge.encoder import load_encoder
from assistant.settings import ROOT

SAID = {
    "greet": ["hello there", "hi", "good morning", "hey you", "good day to you"],
    "undo": ["undo that", "take it back", "undo the last one", "please undo", "take that back again"],
    "what_next": ["what next", "what is next for us", "and what comes next", "next please", "what should we do next"],
}


class Graph:
    """A place for components, as Rasa gives them one."""

    def __init__(self, folder: Path) -> None:
        self.storage = LocalModelStorage(folder)
        self.context = ExecutionContext(GraphSchema({}), node_name="part")

    def create(self, part: Any, **config: Any) -> Any:
        """A new component with its defaults and some settings."""
        return part.create({**part.get_default_config(), **config}, self.storage, Resource(part.__name__), self.context)

    def load(self, part: Any, **config: Any) -> Any:
        """One that was trained before."""
        return part.load({**part.get_default_config(), **config}, self.storage, Resource(part.__name__), self.context)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return Graph(tmp_path)


def test_the_training_files_agree_with_the_domain() -> None:
    """What ``rasa data validate`` would say; a training leaves it out, for its time."""
    paths = [str(ROOT / "data" / part) for part in ("nlu", "rules")]
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), training_data_paths=paths
    )
    validator = Validator.from_importer(importer)
    assert validator.verify_domain_validity()
    assert validator.verify_actions_in_stories_rules()
    assert validator.verify_forms_in_stories_rules()
    assert validator.verify_form_slots()
    assert validator.verify_slot_mappings()
    assert validator.verify_nlu()
    assert validator.verify_story_structure()
    # No message is held against the domain when it is read.
    assert {example.get(INTENT) for example in importer.get_nlu_data().intent_examples} <= set(
        importer.get_domain().intents
    )
    assert set(_ORDER) <= set(importer.get_domain().entities)


def messages(*texts: str) -> list[Message]:
    return [Message({TEXT: text}) for text in texts]


def sentence(message: Message, kind: str) -> Any:
    _, found = getattr(message, f"get_{kind}_features")(attribute=TEXT)
    return found.features


@pytest.fixture
def examples(graph: Graph) -> TrainingData:
    """Examples of three intents with both kinds of features."""
    data = TrainingData([Message({TEXT: text, INTENT: intent}) for intent, texts in SAID.items() for text in texts])
    graph.create(EncoderFeaturizer).process_training_data(data)
    ngrams = graph.create(NgramFeaturizer)
    ngrams.train(data)
    ngrams.process_training_data(data)
    return data


def test_the_encoder_gives_the_intent_vector_at_its_scale(graph: Graph) -> None:
    featurizer = graph.create(EncoderFeaturizer, scale=2.0)
    first, second, empty = featurizer.process([*messages("what comes next", "undo that"), Message({})])
    expected = load_encoder().encode_intents(["what comes next", "undo that"]) * 2.0
    assert np.array_equal(np.vstack([sentence(m, "dense") for m in (first, second)]), expected)
    assert not empty.features
    (alone,) = featurizer.process(messages("undo that"))
    assert np.allclose(sentence(alone, "dense"), expected[1], atol=1e-6)


def test_the_extractor_reads_the_tokens_that_are_there(graph: Graph) -> None:
    graph.create(RulerExtractor).train(TrainingData([Message({TEXT: t}) for texts in SAID.values() for t in texts]))
    extractor, texts = (
        graph.load(RulerExtractor),
        ("what's in step 3?", "Jan, by 4 May: a mission to Chile", "undo that"),
    )
    split = extractor.process(graph.create(SpacyTokenizer).process(messages(*texts)))
    whole = extractor.process(messages(*texts))
    assert [m.get(ENTITIES) for m in split] == [m.get(ENTITIES) for m in whole]
    assert [bool(m.get(ENTITIES)) for m in split] == [True, True, False]
    assert all(RULED in m.get(SPACY_DOCS[TEXT]).spans for m in split)


def test_ngrams_are_the_same_when_they_are_loaded_again(graph: Graph) -> None:
    trained = graph.create(NgramFeaturizer, scale=4.0)
    trained.train(TrainingData([Message({TEXT: t}) for texts in SAID.values() for t in texts]))
    loaded = graph.load(NgramFeaturizer, scale=4.0)
    for text in ("undo taht", "what nxt", "xyz"):
        rows = [sentence(part.process(messages(text))[0], "sparse") for part in (trained, loaded)]
        assert np.allclose(rows[0].toarray(), rows[1].toarray(), atol=1e-4)
        assert np.linalg.norm(rows[0].toarray()) == pytest.approx(4.0, abs=1e-3) or text == "xyz"


def test_ngrams_weigh_what_the_vectorizer_says(graph: Graph) -> None:
    featurizer = graph.create(NgramFeaturizer, scale=4.0)
    featurizer.train(TrainingData([Message({TEXT: t}) for texts in SAID.values() for t in texts]))
    for text in ("Undo that, undo THAT!", "what  nxt", "xyz", "good good good day"):
        (message,) = featurizer.process(messages(text))
        expected = featurizer._vectorizer.transform([text]).toarray() * 4.0
        assert np.allclose(sentence(message, "sparse").toarray(), expected, atol=1e-5)


def test_ngrams_of_an_example_are_those_of_the_same_message(graph: Graph) -> None:
    texts = [text for said in SAID.values() for text in said] + ["xyz"]
    data = TrainingData([Message({TEXT: text}) for text in texts])
    featurizer = graph.create(NgramFeaturizer, scale=4.0)
    featurizer.train(data)
    featurizer.process_training_data(data)
    for example, message in zip(data.training_examples, featurizer.process(messages(*texts)), strict=True):
        learnt, asked = (sentence(each, "sparse") for each in (example, message))
        assert np.array_equal(learnt.indices, asked.indices)
        assert np.allclose(learnt.data, asked.data, atol=1e-5)


def test_ngrams_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected 1 <= min_ngram <= max_ngram, found 3 and 2; see config\.yml"):
        NgramFeaturizer.validate_config({"min_ngram": 3, "max_ngram": 2})


def test_the_classifier_says_what_rasas_own_says(graph: Graph, examples: TrainingData) -> None:
    ours, rasas = graph.create(IntentClassifier), graph.create(LogisticRegressionClassifier)
    for part in (ours, rasas):
        part.train(examples)
    asked = [Message(dict(message.data), features=message.features) for message in examples.training_examples]
    both = [[dict(m.data) for m in part.process(asked)] for part in (ours, rasas)]
    for mine, theirs in zip(*both, strict=True):
        assert [r["name"] for r in mine["intent_ranking"]] == [r["name"] for r in theirs["intent_ranking"]]
        assert mine[INTENT]["confidence"] == pytest.approx(theirs[INTENT]["confidence"], abs=0.01)


def test_two_featurizers_of_a_kind_are_refused(graph: Graph, examples: TrainingData) -> None:
    graph.create(EncoderFeaturizer).process_training_data(examples)
    with pytest.raises(ValueError, match=r"expected one featurizer of n-grams and one of vectors.*config\.yml"):
        graph.create(IntentClassifier).train(examples)


def test_the_classifier_is_loaded_again_and_ranks_as_many_as_it_should(graph: Graph, examples: TrainingData) -> None:
    graph.create(IntentClassifier).train(examples)
    loaded = graph.load(IntentClassifier, ranking_length=2)
    (message,) = loaded.process([examples.training_examples[0]])
    assert next(r["name"] for r in message.get("intent_ranking")) == message.get(INTENT)["name"] == "greet"
    assert len(message.get("intent_ranking")) == 2
    (silent,) = loaded.process([Message({})])
    assert silent.get(INTENT) is None


def test_a_classifier_of_two_intents_is_loaded_again(graph: Graph) -> None:
    data = TrainingData([Message({TEXT: t, INTENT: i}) for i in ("greet", "undo") for t in SAID[i]])
    graph.create(EncoderFeaturizer).process_training_data(data)
    before = graph.create(IntentClassifier)
    before.train(data)
    both = [part.process([Message(dict(data.training_examples[7].data), features=data.training_examples[7].features)])
            for part in (before, graph.load(IntentClassifier))]  # fmt: skip
    assert both[0][0].get("intent_ranking") == both[1][0].get("intent_ranking")


def test_nothing_to_learn_from_stops_the_training(graph: Graph) -> None:
    with pytest.raises(ValueError, match="expected examples with an intent and a text, found none"):
        graph.create(IntentClassifier).train(TrainingData([Message({INTENT: "greet"})]))


def test_a_model_without_a_classifier_is_refused(graph: Graph) -> None:
    with pytest.raises(ValueError, match="IntentClassifier"):
        graph.load(IntentClassifier)


def test_the_classifier_tells_two_intents_apart_by_one_kind_of_features(graph: Graph) -> None:
    data = TrainingData([Message({TEXT: t, INTENT: i}) for i in ("greet", "undo") for t in SAID[i]])
    graph.create(EncoderFeaturizer).process_training_data(data)
    classifier = graph.create(IntentClassifier)
    classifier.train(data)
    (message,) = classifier.process(graph.create(EncoderFeaturizer).process(messages("undo it")))
    assert message.get(INTENT)["name"] == "undo"
    assert sum(r["confidence"] for r in message.get("intent_ranking")) == pytest.approx(1)
