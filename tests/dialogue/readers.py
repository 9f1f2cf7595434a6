"""Reading a message in its context, without Rasa: what the classifier would say is given."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.dialogue.answer_model import weighing
from assistant.dialogue.reading import Heard, Ranked, Reading, in_context

__all__ = ["QUESTION", "read"]

QUESTION = "Is your cluster's strategy and action plan for going abroad finished?"


def read(
    text: str,
    intent: str,
    confidence: float,
    found: Mapping[str, str],
    focus: str | None,
    *,
    listed: bool = False,
    question: str = "",
) -> Reading:
    """A message with what the classifier says of it; answers are weighed by the real model, as said to a question."""
    return in_context(Heard(text, [Ranked(intent, confidence)], found), focus, weighing(question), listed=listed)
