"""Tells random letters ("xyzzy foo", "qwe rty") from messages, however misspelt ("wat nxt", "cluser manger").

A classifier must choose some intent for whatever it is given, and takes letters that it never saw for a
greeting or for a yes. So a message goes to it only if one of its words is known, or close to one that people say
here. What is known: the whole words of the encoder's vocabulary, the words of the knowledge base, and those of the
training examples; the last are the ones a misspelt word is compared with. No word of a person's own language is lost
by this: one known word in a message is enough.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.dialogue.answers import opens_with_answer
from assistant.dialogue.lexicon import is_close, is_known, words_in

__all__ = ["is_nonsense"]

_SHARE = re.compile(r"\d+ ?(?:%|/ ?\d)")
""" "60%" and "3/5" answer a question."""
_MOST_WORDS = 12
"""Words that are looked at; in that many, one is known or the message is random."""


def is_nonsense(text: str) -> bool:
    """Whether no word of a message is known or close to a known one, and it is no plain answer either.

    A number or a letter alone counts as nonsense too: it says nothing where no list with numbers stands.
    """
    text = unicodedata.normalize("NFKC", text)  # full-width letters are letters
    found = [word for word in words_in(text)[:_MOST_WORDS] if not word.isdigit()]
    if any(is_known(word) or is_close(word) for word in found):
        return False
    return not (opens_with_answer(text) or _SHARE.search(text))
