"""The project's own spaCy pipeline: English tokens, and an entity ruler filled from ``knowledge/``.

Entities found: ``step`` (by number, title and the names that people use), ``audience``,
``ordinal`` ("the first one", "question 2"), each with its normalised value.
"""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language

from assistant.dialogue.vocabulary import patterns
from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["build_language"]


def build_language(knowledge: JourneyKnowledge) -> Language:
    """A blank English pipeline with the ruler; deterministic for the same knowledge."""
    language = spacy.blank("en")
    ruler: Any = language.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(patterns(knowledge))
    return language
