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
        "hm",
        "",
        "Fondazione Torino Wireless signed the MoU",
    ],
)
def test_english_with_foreign_names_is_english(text: str) -> None:
    assert other_language(text) is None


def test_no_english_example_is_taken_for_another_language() -> None:
    taken = [
        line[2:]
        for path in [*ROOT.glob("data/nlu/*.yml"), ROOT / "tests/nlu/held_out.yml"]
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if item["intent"] != "out_of_scope"
        for line in item["examples"].splitlines()
        if other_language(line[2:])
    ]
    assert not taken


def test_each_language_has_its_line() -> None:
    lines = yaml.safe_load((ROOT / "actions/texts/languages.yml").read_text(encoding="utf-8"))
    assert set(lines) == set(LANGUAGES)
