"""Which language a message is in, told by its letters, its runs of letters and its commonest words.

English is all that Waymark speaks. A message in another language must not be taken for an
answer ("no sabemos" is no "no"), and deserves a word in its own; an English one must never be turned
away for the foreign names in it. So two witnesses must agree: py3langid, which knows each language's
runs of letters but takes "Verein der Deutschen Ingenieure" for a German message, and spaCy's lists of
the commonest words, of which a name has at most the small ones. What was measured stands in decision 0009.
"""

from __future__ import annotations

import functools
import re
import runpy
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spacy
from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = ["LANGUAGES", "other_language"]

_LATIN = ("de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "hr", "sl", "et",
          "lv", "lt", "tr")  # fmt: skip
_CYRILLIC = ("bg", "uk", "ru")
_BY_SCRIPT = {"GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARABIC": "ar"}
LANGUAGES = (*_LATIN, *_CYRILLIC, "el", "ar", "ja", "ko", "zh")
"""ISO 639-1 codes of the languages that are told apart; each has a text ``languages.CODE``."""

_ALSO = {"nn": "nb", "no": "nb"}
"""Codes of py3langid's that are one language here."""
_ONLY_THERE = {"uk": frozenset("іїєґ"), "ru": frozenset("ыэё")}
"""Letters that of the Cyrillic languages here only one has."""
_WORD = re.compile(r"[^\W\d_]+")
_CUT_OFF = frozenset(
    "don didn doesn isn aren wasn weren won haven hasn couldn wouldn shouldn ain s t d m ll re ve".split()
)
"""What is left of English words at an apostrophe."""
_IN_NAMES = frozenset(
    """
    a à al am at au auf aus av aux da dal das de degli dei del della delle dello dem den der des di die do dos du e ed
    ed el en et für i il im in la las le les lo los na o och og pro sur the to um un una und van vom von voor y z zu zum
    zur
""".split()
)
"""Small words that names of places, firms and programmes are full of: they do not make a message foreign."""
_GREETINGS = {
    "hola": "es", "buenos días": "es", "buenas tardes": "es", "bonjour": "fr", "bonsoir": "fr", "salut": "fr",
    "guten tag": "de", "guten morgen": "de", "grüß gott": "de", "buongiorno": "it", "buonasera": "it",
    "bom dia": "pt", "boa tarde": "pt", "olá": "pt", "goedemorgen": "nl", "goedemiddag": "nl", "dzień dobry": "pl",
    "god morgon": "sv", "godmorgen": "da", "god dag": "nb", "hyvää päivää": "fi", "dobrý den": "cs",
    "dobrý deň": "sk", "jó napot": "hu", "bună ziua": "ro", "dobar dan": "hr", "dober dan": "sl", "tere päevast": "et",
    "labdien": "lv", "laba diena": "lt", "merhaba": "tr", "добър ден": "bg", "добрий день": "uk",
    "здравствуйте": "ru", "добрый день": "ru",
}  # fmt: skip
"""Whole messages. Thanks and farewells are left to the classifier, which takes "gracias" for what it is."""

_NEVER_BELOW = -1.0
"""The least lead over English, in py3langid's logarithms, that a message full of foreign common words must have."""
_LEAD_WITH_ONE = 6.0
"""The same where only one word is telling."""
_LEAD_WITH_NONE = 40.0
"""The same where none is: about three words that no English message has."""
_LEAD_OF_A_NAME = 80.0
"""The same where besides there are words that names are full of."""
_LEAD_IN_WORDS = 2
"""By how many the telling words must outnumber English ones, in messages that have any."""
_WEIGHT = 8.0
"""What a common word counts against py3langid's logarithms when the likeliest language is chosen."""


def other_language(text: str) -> str | None:
    """The code of the language a message is written in, or None for English and for what cannot be told."""
    identifier = _identifier()
    script = _script(text)
    if script in _BY_SCRIPT:
        return "ja" if script == "CJK" and _has_kana(text) else _BY_SCRIPT[script]
    spoken = _WORD.findall(text)
    greeting = _GREETINGS.get(" ".join(spoken).lower())
    if script == "CYRILLIC":
        return greeting or _cyrillic(text.lower(), spoken, _ranks(identifier, text))
    if script != "LATIN":
        return None
    if greeting is not None or len(spoken) < 2:
        return greeting  # "si", "oui" and "ja" are understood for what they are, or asked about
    ranks = _ranks(identifier, text)
    words = {word.lower() for word in spoken}
    likeliest = max(_LATIN, key=lambda code: ranks[code] + _WEIGHT * len(words & _common(code)))
    small = sum(word.islower() and word not in _IN_NAMES for word in spoken)
    return likeliest if _is_foreign(words, likeliest, ranks[likeliest] - ranks["en"], small) else None


def _cyrillic(text: str, spoken: list[str], ranks: Mapping[str, float]) -> str:
    told = next((code for code, letters in _ONLY_THERE.items() if set(text) & letters), None)
    words = {word.lower() for word in spoken}
    return told or max(_CYRILLIC, key=lambda code: ranks[code] + _WEIGHT * len(words & _common(code)))


def _is_foreign(words: set[str], language: str, lead: float, small: int) -> bool:
    """Whether what speaks for the language is enough; words that both have ("was", "die", "no") decide nothing."""
    common, english = _common(language), _common("en")
    telling = len((words & common) - english - _IN_NAMES)
    against = len((words & english) - common)
    if against:
        return telling >= against + _LEAD_IN_WORDS and lead > 0
    if telling > 1:
        return lead >= _NEVER_BELOW
    if telling == 1:
        return small > 1 and lead >= _LEAD_WITH_ONE  # not "tra la"
    return small > 1 and lead >= (_LEAD_OF_A_NAME if words & _IN_NAMES else _LEAD_WITH_NONE)


@functools.cache
def _common(language: str) -> frozenset[str]:
    # The list alone: importing a language brings its whole pipeline along, for ten 34 MB and two seconds.
    path = Path(spacy.__file__).parent / "lang" / language / "stop_words.py"
    words = frozenset(word.lower() for word in runpy.run_path(str(path))["STOP_WORDS"])
    return words | _CUT_OFF if language == "en" else words


@functools.cache
def _identifier() -> Any:
    for language in ("en", *_LATIN, *_CYRILLIC):
        _common(language)
    whole = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    whole.set_languages([*_LATIN, *_CYRILLIC, *_ALSO, "en"])
    # A new one of these columns: the first would keep the table of all 97 languages, too.
    return LanguageIdentifier(
        whole.nb_ptc, whole.nb_pc, whole.nb_numfeats, whole.nb_classes, whole.tk_nextmove, whole.tk_output
    )


def _ranks(identifier: Any, text: str) -> Mapping[str, float]:
    """The logarithm of each language's likelihood, up to a summand that all share."""
    ranks: dict[str, float] = {}
    for code, value in identifier.rank(text.lower()):
        ranks.setdefault(_ALSO.get(code, code), value)  # best first
    return ranks


def _script(text: str) -> str | None:
    """The first word of the Unicode names of most letters, such as LATIN, or None where there is no letter."""
    scripts = [unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()]
    return max(set(scripts), key=lambda script: (scripts.count(script), script)) if scripts else None


def _has_kana(text: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(("HIRAGANA", "KATAKANA")) for letter in text)
