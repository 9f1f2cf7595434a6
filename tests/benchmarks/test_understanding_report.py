"""The arithmetic of the understanding's figures, and their report, with invented figures."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant.settings import ROOT
from benchmarks import classifiers, understanding
from benchmarks.classifiers import VARIANTS, Measured, Variant
from benchmarks.heard import Answer, Answers, Heard, Message, Named, Several
from benchmarks.intents import Example, Guess, Scores, examples_of, folds_of, held_out, known, plain, share_of
from benchmarks.pipelines import found_in

GUESSES = [
    Guess("yes", "answer_yes", "answer_yes"),
    Guess("done", "answer_yes", "undo"),
    Guess("oops", "undo", "undo"),
    Guess("never mind", "undo", "out_of_scope"),
    Guess("hm", "undo", "undo", lost=True),
    Guess("a poem", "out_of_scope", "out_of_scope"),
]
SCORES = Scores(GUESSES)
ANSWERS = Answers([
    Answer("yes, in May", "yes", "yes", noted=True, kept=True),
    Answer("half", "partly", "not_yet", noted=False, kept=False),
    Answer("no, since it rained", "not_yet", "not_yet", noted=True, kept=False),
    Answer("perhaps", "unclear", "what_next", noted=False, kept=False),
])  # fmt: skip
NAMED = Named([
    ("Maria, by March", [("owner", "Maria"), ("due", "2027-03-31")], [("owner", "maria"), ("due", "2027-03-01")]),
    ("step 4", [("step", "4")], [("step", "4"), ("ordinal", "4")]),
])  # fmt: skip
SEVERAL = Several([
    Message("yes, and who pays", ["answer_yes", "ask_knowledge"], ["answer_yes", "ask_knowledge"]),
    Message("skip it and go on", ["skip_question"], ["skip_question", "continue"]),
    Message("hello", ["greet"], ["greet"]),
    Message("who, and where", ["ask_knowledge", "ask_knowledge"], ["ask_knowledge"]),
])  # fmt: skip
HEARD = Heard(SCORES, SCORES, SCORES, ANSWERS, ANSWERS, NAMED, SEVERAL, [1.0, 3.0, 8.0], known=7)


def test_scores() -> None:
    assert SCORES.accuracy == pytest.approx(4 / 6)
    assert (SCORES.precision("undo"), SCORES.recall("undo")) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert SCORES.f1("answer_yes") == pytest.approx(2 / 3)
    assert SCORES.macro_f1 == pytest.approx(2 / 3)
    assert SCORES.weighted_f1 == pytest.approx((2 * 2 / 3 + 3 * 2 / 3 + 1 * 2 / 3) / 6)
    assert SCORES.confusions == [("answer_yes", "undo", ["done"]), ("undo", "out_of_scope", ["never mind"])]


def test_the_turned_away_are_in_scope_and_taken_for_outside_or_lost() -> None:
    assert SCORES.turned_away == pytest.approx(2 / 5)
    assert SCORES.recall("out_of_scope") == 1.0


def test_an_intent_that_is_never_found_counts_as_nothing() -> None:
    scores = Scores([Guess("a", "undo", "greet"), Guess("b", "greet", "greet")])
    assert scores.f1("undo") == 0
    assert scores.macro_f1 == pytest.approx((0 + 2 / 3) / 2)


def test_names_count_with_their_values_whatever_the_capitals() -> None:
    assert NAMED.tally("owner").f1 == 1.0
    due = NAMED.tally("due")
    assert (due.right, due.wrong, due.missed) == (0, 1, 1)
    every = NAMED.tally()
    assert (every.right, every.wrong, every.missed) == (2, 2, 1)
    assert every.precision == 0.5
    assert every.recall == pytest.approx(2 / 3)
    assert NAMED.entities == ["due", "owner", "step"]


def test_answers() -> None:
    assert ANSWERS.accuracy == 0.5
    assert ANSWERS.notes_kept == 0.5
    assert [answer.text for answer in ANSWERS.elsewhere] == ["perhaps"]
    assert ANSWERS.recall("partly") == 0


def test_several_things() -> None:
    assert SEVERAL.counted == 0.5
    assert SEVERAL.understood == 0.5
    assert SEVERAL.torn == 0.5


def test_folds_ask_every_example_once_and_of_a_model_that_has_not_learnt_it() -> None:
    examples = [Example(intent, f"{intent} {n}") for intent in ("a", "b", "c") for n in range(11)]
    folds = folds_of(examples, 5, seed=1)
    assert Counter(e for _, asked in folds for e in asked) == Counter(examples)
    for learnt, asked in folds:
        assert not set(learnt) & set(asked)
        assert len(learnt) + len(asked) == len(examples)
        assert {e.intent for e in asked} == {"a", "b", "c"}
    assert folds == folds_of(examples, 5, seed=1)


def test_a_share_holds_some_of_every_intent() -> None:
    examples = [Example(intent, str(n)) for intent, number in (("a", 100), ("b", 6)) for n in range(number)]
    assert Counter(e.intent for e in share_of(examples, 0.1, seed=1)) == {"a": 10, "b": 4}


def test_what_is_trained_on_is_not_judged_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(name: str, *lines: str) -> Path:
        data = {"version": "3.1", "nlu": [{"intent": "greet", "examples": "".join(f"- {line}\n" for line in lines)}]}
        (tmp_path / name).write_text(yaml.safe_dump(data), encoding="utf-8")
        return tmp_path / name

    monkeypatch.setattr("benchmarks.intents.TRAINING", (written("data.yml", "Good morning!", "hello"),))
    monkeypatch.setattr("benchmarks.intents.HELD_OUT", written("apart.yml", "good  morning", "hi", "hullo there"))
    monkeypatch.setattr("benchmarks.intents.DEVELOPMENT", written("development.yml", "Hi."))
    assert held_out() == ([Example("greet", "hullo there")], 2)
    other = tmp_path / "answers_development.yml"
    other.write_text("- {text: Half of it, value: partly}\n", encoding="utf-8")
    assert known(other, tmp_path / "none.yml") == {"good morning", "hello", "hi", "half of it"}
    assert plain("?!") == "?!"


def test_what_rasa_ranks_first_beside_its_fallback() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.8}, {"name": "greet", "confidence": 0.1}]
    assert found_in({"intent": ranking[0], "intent_ranking": ranking}) == ("greet", True)
    assert found_in({"intent": ranking[1], "intent_ranking": ranking[1:]}) == ("greet", False)
    assert found_in({"intent": {"name": None}, "intent_ranking": []}) == ("", False)


def test_the_report_has_every_figure() -> None:
    text = understanding.report(HEARD, SCORES)
    for line in (
        "| macro F1 on the held-out set | at least 0.90 | 0.667 |",
        "| NLU, median of a message | at most 6 ms | 3.0 ms |",
        "| in scope turned away | at most 5 % | 40.0% |",
        "| training data (6), 5-fold cross-validation | 0.667 | 0.667 | 0.667 | 100.0% | 40.0% | 16.7% |",
        "| taken for no answer | 1 | 25.0% |",
        "| due | 1 | 0.000 | 0.000 | 0.000 |",
        "| of those that say one thing: taken apart | 2 | 50.0% |",
        "| undo | 3 | 0.67 | 0.67 | 0.67 |",
        "| undo | out_of_scope | 1 |",
    ):
        assert line in text.splitlines(), line
    assert "Besides, 7 messages are left out" in text
    assert "5-fold" not in understanding.report(HEARD, None)


def test_recorded_figures_are_rounded_and_dated() -> None:
    kept = understanding.figures(HEARD, SCORES)
    assert kept["macro_f1"] == 0.6667
    assert kept["cross_validation"] == {"accuracy": 0.6667, "macro_f1": 0.6667}
    assert kept["entities"] == {"all": 0.5714, "due": 0.0, "owner": 1.0, "step": 1.0}
    assert kept["median_ms"] == 3.0
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept["date"])
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize(("record", "written"), [([], False), (["--record"], True)])
def test_only_a_run_that_says_so_records(
    record: list[str], written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hear(model: Path) -> Heard:
        return HEARD

    monkeypatch.setattr(understanding, "find_model", lambda models: tmp_path / "model.tar.gz")
    monkeypatch.setattr(understanding, "_hear", hear)
    monkeypatch.setattr(understanding, "_crossed", lambda: SCORES)
    monkeypatch.setattr(understanding, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(understanding, "FIGURES", tmp_path / "figures.json")
    assert understanding.main(record) == 0
    assert "## The understanding" in (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert (tmp_path / "figures.json").exists() is written


def test_a_run_without_folds_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hear(model: Path) -> Heard:
        return HEARD

    monkeypatch.setattr(understanding, "find_model", lambda models: tmp_path / "model.tar.gz")
    monkeypatch.setattr(understanding, "_hear", hear)
    monkeypatch.setattr(understanding, "RESULTS", tmp_path / "RESULTS.md")
    assert understanding.main(["--no-folds", "--verbose"]) == 0
    assert not (tmp_path / "RESULTS.md").exists()
    with pytest.raises(SystemExit):
        understanding.main(["--no-folds", "--record"])


def test_without_a_model_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(understanding, "find_model", lambda models: None)
    assert understanding.main([]) == 1
    assert "make train" in capsys.readouterr().err


def test_one_of_the_compared_is_the_pipeline_that_runs() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    parts = list(VARIANTS["both"].parts)
    assert [part for part in pipeline if part in parts] == parts
    others = {part["name"].rpartition(".")[2] for part in pipeline if part not in parts}
    assert others == {"SpacyTokenizer", "RulerExtractor", "FallbackClassifier"}


def test_the_comparison_is_a_table_with_how_it_was_measured() -> None:
    examples = [Example("undo", "oops"), Example("out_of_scope", "a poem")]
    variant = Variant("a guess", ({"name": "DIETClassifier", "epochs": 100},))
    measured = Measured(variant, SCORES, SCORES, [2.0, 4.0, 9.0], 61.4, 12_000_000, [1.0, 1.5])
    uncrossed = Measured(variant, SCORES, None, [2.0, 4.0, 9.0], 61.4, 12_000_000, [1.0, 1.5])
    machine = dict.fromkeys(("date", "processor", "cores", "memory", "load at the start", "packages"), "known")
    text = classifiers._report([measured, uncrossed], examples, examples, machine, 1.0)
    assert "| a guess | 0.667 | 0.667 | 100.0% | 40.0% | 0.667 | 4.0 ms | 9.0 ms | 61 s | 12 MB |" in text
    assert "| a guess | 0.667 | 0.667 | 100.0% | 40.0% | – | 4.0 ms | 9.0 ms | 61 s | 12 MB |" in text
    assert "DIET: 30 epochs" in text


@pytest.mark.parametrize("share", ["0", "1.5", "-1"])
def test_a_share_is_a_share(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        classifiers.main(["--share", share])
    assert "expected more than 0 and at most 1" in capsys.readouterr().err


def test_examples_are_read_as_rasa_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "some.yml"
    file.write_text("nlu:\n  - intent: undo\n    examples: |\n      - oops\n      - no, wait \n", encoding="utf-8")
    assert examples_of(file) == [Example("undo", "oops"), Example("undo", "no, wait")]
