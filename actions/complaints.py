"""Takes a complaint: acknowledges it, and does something about what was wrong."""

from __future__ import annotations

import re

from actions.composing import Composer, text
from actions.context import library
from actions.skill import Ctx, skill
from actions.thread import ask, offer_way_on, pick_up, value_word
from assistant.journey import skip_question

_KINDS = {
    kind: re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)
    for kind, words in {
        "repeated": ("again", "already", "twice", "repeat", "same (?:question|thing|answer)", "over and over", "loop",
                     "keep asking"),
        "long": ("too (?:long|much|many|slow|complicated|difficult)", "tl;?dr", "wall of text", "endless", "boring",
                 "takes (?:too long|forever)", "tedious", "bureaucra", "so many questions", "how many more"),
        "wrong": ("wrong", "incorrect", "not true", "false", "not what i (?:said|asked|meant|wanted)", "no sense",
                  "irrelevant", "off topic", "nothing to do with", "made (?:that|it) up", "outdated", "not an answer",
                  "did(?:n'?t| not) answer", "(?:changing|mixing|misreading) "),
    }.items()
}  # fmt: skip
"""What people say who are asked again, asked too much, or told something wrong."""

_OF_ANSWERS = re.compile(r"\b(?:my|our) answers?\b|\bwhat (?:i|we) (?:said|answered|wrote)\b", re.IGNORECASE)


@skill("action_complaint")
def complaint(ctx: Ctx) -> None:
    """Acts on what was complained of: a question asked again, too much of it, a wrong answer, or everything."""
    kind = next((name for name, pattern in _KINDS.items() if pattern.search(ctx.text)), "other")
    if ctx.turn.to_come:
        ctx.reply().say("complaints.sorry")  # what they want instead is in the same message
    elif _complained_just_now(ctx):
        _offer_person(ctx)
    elif kind == "repeated" and ctx.focus == "question" and ctx.focus_id:
        _leave_question(ctx, str(ctx.focus_id))
    elif kind == "long":
        _shorten(ctx)
    elif kind == "wrong":
        _mend(ctx)
    else:
        _ask_what_is_needed(ctx)


def _complained_just_now(ctx: Ctx) -> bool:
    said = "\n".join(ctx.turn.said_last)
    keys = ("repeated", "long", "long_question", "wrong", "wrong_entry", "question", "other")
    return any(text(f"complaints.{key}") in said for key in keys)


def _offer_person(ctx: Ctx) -> None:
    composer = ctx.reply().say(ctx.unsaid("complaints.second", "complaints.third"))
    composer.button(text("person.button_leave"), "leave_message")
    offer_way_on(ctx, composer)


def _leave_question(ctx: Ctx, question: str) -> None:
    """Nobody is asked the same thing a third time: the question waits until the others are answered."""
    known = ctx.state.answers.get(question)
    composer = ctx.reply().say("complaints.repeated")
    if known is not None:
        composer.say("complaints.repeated_known", value=value_word(known.value))
    change = skip_question(ctx.definition, ctx.state, question)
    if change.changed:
        ctx.apply(change, "skip_question")
        composer.say("complaints.set_aside", label=ctx.question(question).label)
    _with_person(composer)
    ctx.wait_for(None)
    ask(ctx, walking=True)


def _shorten(ctx: Ctx) -> None:
    asked = ctx.focus == "question" and ctx.focus_id
    composer = ctx.reply().say("complaints.long_question" if asked else "complaints.long")
    if asked:
        composer.button(text("checklist.button_skip"), "skip_question", question=ctx.focus_id)
        composer.button(text("journey.button_next_step"), "skip_step")
    composer.button(text("onboarding.button_next"), "what_next")
    if ctx.begun:
        composer.button(text("small.pause"), "pause")
    _with_person(composer)


def _mend(ctx: Ctx) -> None:
    """Something was wrong: what was shown, or what was noted."""
    about = str(ctx.shown.get("about", ""))
    if about in library() and not _OF_ANSWERS.search(ctx.text):
        composer = ctx.reply().say("complaints.wrong_entry")
        composer.button(text("complaints.button_source"), "ask_source")
    else:
        composer = ctx.reply().say("complaints.wrong")
    if ctx.begun:
        composer.button(text("small.undo"), "undo")
        composer.button(text("small.my_answers"), "show_answers")
    _with_person(composer)
    pick_up(ctx)


def _ask_what_is_needed(ctx: Ctx) -> None:
    if ctx.focus == "question" and ctx.focus_id:
        composer = ctx.reply().say("complaints.question")
        composer.button(text("checklist.button_counts"), "what_counts", question=ctx.focus_id)
        composer.button(text("checklist.button_skip"), "skip_question", question=ctx.focus_id)
    else:
        composer = ctx.reply().say("complaints.other")
        composer.button(text("onboarding.button_next"), "what_next")
    composer.button(text("small.help"), "help")
    if ctx.begun:
        composer.button(text("small.undo"), "undo")
    _with_person(composer)


def _with_person(composer: Composer) -> None:
    composer.button(text("person.button_leave"), "leave_message")
