"""What is asked of every turn, whatever was said: readable, bounded, cited, and with a way on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.composing import text
from actions.context import journey_knowledge
from assistant.replies import LONGEST_TEXT, MOST_BUTTONS, Reply

__all__ = ["faults"]

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_QUOTED = re.compile("“.*?”", re.DOTALL)
_MONEY = re.compile(r"€ ?\d|\d ?(?:euros?|EUR)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_TITLE = 64
"""Characters of a button's title that still fit a phone in two lines."""


def faults(replies: Sequence[Reply], *, failing: bool) -> list[str]:
    """What is wrong with the replies of one turn.

    Args:
        replies: what was said.
        failing: whether something was broken on purpose, so that the apology is due.
    """
    found = [] if replies else ["no reply"]
    for reply in replies:
        found += _of_text(reply.text) + _of_buttons(reply) + _of_citations(reply)
    apologised = any(reply.text == text("small.error") for reply in replies)
    if apologised != failing:
        found.append("nothing was said of the failure" if failing else "it apologised for a failure")
    if replies and not (replies[-1].buttons or replies[-1].text.rstrip().endswith("?")):
        found.append("no way on: neither a button nor a question at the end")
    return found


def _of_text(words: str) -> list[str]:
    ours = _QUOTED.sub("“”", words)  # what a person said is theirs
    found = [] if words.strip() else ["an empty reply"]
    if len(words) > LONGEST_TEXT:
        found.append(f"{len(words)} characters in one reply")
    if "!" in ours.replace("Not! Line", ""):  # the handbook calls one of its lines so
        found.append("an exclamation mark")
    if re.search(r"[{}]|\bNone\b(?! of\b)|\bnot_yet\b|\bnot_applicable\b|cluster_organisation|policy_maker", ours):
        found.append("something of the program shows through")
    if _MONEY.search(ours) and not _YEAR.search(ours):
        found.append("a sum of money without a year")
    if ours.count("**") % 2:
        found.append("bold that does not end")
    return found


def _of_buttons(reply: Reply) -> list[str]:
    buttons = reply.flat_buttons()
    titles = [button.title for button in buttons]
    found = [f"the button {title!r} twice" for title in {t for t in titles if titles.count(t) > 1}]
    found += [f"a long button: {title!r}" for title in titles if len(title) > _LONGEST_TITLE]
    return [*found, f"{len(buttons)} buttons"] if len(buttons) > MOST_BUTTONS else found


def _of_citations(reply: Reply) -> list[str]:
    known = journey_knowledge().sources
    found = [f"an unknown source: {c.source}" for c in reply.citations if c.source not in known]
    found += [f"footnote {c.n} without a place" for c in reply.citations if not c.where or not c.lines]
    marks = set(re.findall(f"[{_SUPERSCRIPTS}]+", _QUOTED.sub("", reply.text)))
    noted = {"".join(_SUPERSCRIPTS[int(digit)] for digit in str(c.n)) for c in reply.citations}
    found += [f"footnote {mark} is not there" for mark in marks - noted]
    return found + [f"footnote {mark} is nowhere in the text" for mark in noted - marks]
