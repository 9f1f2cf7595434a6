"""A question about the entry just shown: "how much did it cost", "what did they learn", "who runs it"."""

from __future__ import annotations

import re

from actions.consult import answer_from_sources, buttons_for, choose, close
from actions.context import search
from actions.pointing import about_shown, picked, turn_to
from actions.skill import Ctx, skill
from actions.telling import add_money_note, short_name
from assistant.knowledge.items import Item, Statement

_NEAR = 0.42
"""Likeness and words in common, together, from which a statement of the entry answers the question."""
_MOST = 2
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("money", re.compile(r"\b(?:how much|costs?|price|amount|money|budget|euros?|expensive|cheap|free|fee)\b", re.I)),
    ("lesson", re.compile(r"\b(?:learn\w*|lessons?|take away|takeaway|advice)\b", re.I)),
    ("run_by", re.compile(r"\b(?:who (?:runs?|organi[sz]es?|leads?|is behind|did)|whose|organi[sz]er)\b", re.I)),
    ("duration", re.compile(r"\b(?:how long|duration)\b", re.I)),
    ("who_could_apply", re.compile(r"\b(?:apply|eligible|who can|who could|who got|for whom)\b", re.I)),
)
_MONEY = re.compile(r"€|\beuros?\b|\bmillion\b|\bfree of charge\b|\bfees?\b", re.IGNORECASE)


@skill("action_ask_about_shown")
def ask_about_shown(ctx: Ctx) -> None:
    """Answers from the entry that is being talked of, or says that its source does not say."""
    described = picked(ctx, ctx.text)  # "what did the Greek one learn?"
    if len(described) > 1:
        choose(ctx, described)
        return
    item = described[0] if described else about_shown(ctx)
    if item is None:
        answer_from_sources(ctx, ctx.text)
        return
    turn_to(ctx, item)
    composer = ctx.reply()
    said = answering(item, ctx.text)
    if said:
        composer.say("consult.of_it", title=short_name(item))
        for statement in said:
            composer.line(f"- {statement.text}", statement.citations[:2])
        add_money_note(composer, [item])
    else:
        composer.say("consult.not_said_of", title=short_name(item))
    buttons_for(composer, item)
    close(ctx, composer)


def answering(item: Item, question: str) -> list[Statement]:
    """The statements of an entry that answer a question, best first; those of the kind that is asked for, if it is."""
    kind = next((name for name, pattern in _KINDS if pattern.search(question)), None)
    everything = [Statement(item.summary, item.of_summary, "summary"), *item.statements]
    if kind == "money":
        of_kind = [
            s for s in everything if s.label == "amount" or (_MONEY.search(s.text) and s.label != "who_could_apply")
        ]
        return of_kind[:_MOST]
    if kind is not None:
        of_kind = [s for s in everything if s.label == kind]
        if of_kind:
            return of_kind[:_MOST]
    engine = search()
    near = engine.statements(item.id, engine.read(question))
    return [statement for statement, likeness in near if likeness >= _NEAR][:_MOST]
