"""Which language a message is in."""

from __future__ import annotations

import pytest
import yaml

from assistant.dialogue.tongue import LANGUAGES, other_language
from assistant.settings import ROOT


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir möchten wissen, was der nächste Schritt ist", "de"),
        ("Haben Sie ein Beispiel für uns?", "de"),
        ("Quelle est la prochaine étape ?", "fr"),
        ("nous avons une stratégie mais pas de partenaires", "fr"),
        ("No sabemos qué hacer ahora", "es"),
        ("no tenemos nada de eso todavía", "es"),
        ("che cosa dobbiamo fare adesso", "it"),
        ("não temos nada disso ainda", "pt"),
        ("we weten nog niet wat we moeten doen", "nl"),
        ("co mamy teraz zrobić i dla kogo", "pl"),
        ("vad ska vi göra nu", "sv"),
        ("sí, pero solo dos", "es"),
        ("Buenos días!", "es"),
        ("ei vielä", "fi"),
        ("Máme strategii, ale vedení ji nikdy neschválilo", "cs"),
        ("hayır, henüz değil", "tr"),
        ("Що нам робити далі?", "uk"),
        ("Мы ещё не начали", "ru"),
        ("имаме стратегия, но бордът никога не я е одобрил", "bg"),
        ("Δεν έχουμε σχέδιο", "el"),
        ("ماذا نفعل الآن؟", "ar"),
        ("次に何をすればいいですか", "ja"),
        ("我们有一个计划", "zh"),
        ("다음에 무엇을 해야 하나요?", "ko"),
    ],
)
def test_another_language_is_told(text: str, language: str) -> None:
    assert other_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "no no no",
        "was die strategy done",
        "we met partners in the Pôle de Compétitivité de Lyon",
        "our partner is the Verein der Deutschen Ingenieure",
        "la la la",
        "tra la",
        "hm",
        "",
        "Fondazione Torino Wireless signed the MoU",
        "Jürgen von der Leyen GmbH",
        "Wirtschaftsförderung Sachsen GmbH",
        "ministero dello sviluppo economico",
        "I don't care",
        "hola, what next?",
        "danke, go on",
        "si",
        "oui",
        "ok danke",
        "αβ yes we do",
        "yes 👍",
    ],
)
def test_english_with_foreign_names_is_english(text: str) -> None:
    assert other_language(text) is None


def test_no_english_example_is_taken_for_another_language() -> None:
    taken = {
        line[2:]
        for path in [*ROOT.glob("data/nlu/*.yml"), ROOT / "tests/nlu/development.yml"]
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if item["intent"] != "out_of_scope"
        for line in item["examples"].splitlines()
        if other_language(line[2:])
    }
    # A few words of another language that the examples hold on purpose are read by the classifier all the same.
    assert not {line for line in taken if len(line.split()) > 4}


MESSAGES = yaml.safe_load((ROOT / "tests/nlu/tongues.yml").read_text(encoding="utf-8"))


def test_no_hard_english_message_is_turned_away() -> None:
    english = [message["text"] for message in MESSAGES if message["language"] == "en"]
    assert len(english) == 120
    assert not [text for text in english if other_language(text)]


def test_nine_of_ten_messages_in_another_language_are_told() -> None:
    foreign = [message for message in MESSAGES if message["language"] != "en"]
    told = [(other_language(message["text"]), message["language"]) for message in foreign]
    assert len(foreign) == 240
    assert sum(code is not None for code, _ in told) >= 0.9 * len(foreign)
    assert sum(code == language for code, language in told) >= 0.87 * len(foreign)


def test_the_messages_cover_every_language_in_both_halves() -> None:
    for half in ("development", "test"):
        assert {message["language"] for message in MESSAGES if message["half"] == half} == {"en", *LANGUAGES}


def test_each_language_has_its_line() -> None:
    lines = yaml.safe_load((ROOT / "actions/texts/languages.yml").read_text(encoding="utf-8"))
    assert set(lines) == set(LANGUAGES)
    assert all(len(line) < 120 for line in lines.values())


@pytest.mark.parametrize("text", ["", " ", "😀", "42", "שלום", "สวัสดี", "x" * 5000, "\ud800"])
def test_what_cannot_be_told_is_left(text: str) -> None:
    assert other_language(text) is None
