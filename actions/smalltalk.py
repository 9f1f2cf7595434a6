"""Small talk, help, and what is said when something is not understood or not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.composing import Composer, all_texts, text
from actions.consult import answer_from_sources, names_an_entry, nothing
from actions.context import library, search
from actions.following import show_meant, tell_in_full
from actions.pointing import points_at_shown
from actions.skill import Ctx, skill
from actions.telling import button_name, short_name
from actions.thread import ask, ask_question, offer_way_on, pick_up

_GUESS_AT_LEAST = 0.08
"""Confidence below which an intent is not worth naming as a guess."""
_MOST_FAILURES = 2
"""Failures in a row after which nothing but a person is worth proposing."""
_EXPLAINED = 3
"""Examples of evidence with which a question is explained that was not answered twice."""


def _answer(ctx: Ctx, key: str) -> Composer:
    composer = ctx.reply().say(key)
    pick_up(ctx)
    return composer


@skill("action_thanks")
def thanks(ctx: Ctx) -> None:
    """Takes thanks."""
    if ctx.focus == "question":
        _answer(ctx, ctx.unsaid("small.thanks", "small.thanks_2", "small.thanks_3"))
        return
    composer = ctx.reply().say(ctx.unsaid("small.thanks_2", "small.thanks_3", "small.thanks"))
    offer_way_on(ctx, composer)


@skill("action_goodbye")
def goodbye(ctx: Ctx) -> None:
    """Says goodbye."""
    composer = ctx.reply().say(ctx.unsaid("small.goodbye", "small.goodbye_2"))
    offer_way_on(ctx, composer)


@skill("action_are_you_human")
def are_you_human(ctx: Ctx) -> None:
    """Says plainly what it is."""
    _answer(ctx, ctx.unsaid("small.human", "small.human_2"))


@skill("action_about")
def about(ctx: Ctx) -> None:
    """Says what it knows and from where."""
    _answer(ctx, "small.about")


@skill("action_help")
def help_(ctx: Ctx) -> None:
    """Says what can be done, depending on where one is."""
    keys = {"question": "help_question", "route": "help_route", "action": "help_action"}
    composer = ctx.reply().say(f"small.{keys.get(ctx.focus or '', 'help_start')}")
    if ctx.begun:
        composer.say("small.help_more")
        composer.button(text("small.continue"), "continue")
        composer.button(text("journey.button_progress"), "show_progress")
        composer.button(text("small.my_answers"), "show_answers")
        composer.button(text("lookup.button_menu"), "show_menu")
        composer.button(text("small.pause"), "pause")
    else:
        composer.button(text("onboarding.button_next"), "what_next")
        composer.button(text("onboarding.button_just_tell"), "just_tell_me")
        composer.button(text("small.sources"), "who_made_you")
    composer.button(text("person.button_leave"), "leave_message")


@skill("action_accept")
def accept(ctx: Ctx) -> None:
    """An "ok" where nothing in particular was offered: goes on."""
    ask(ctx, walking=True)


@skill("action_more")
def more(ctx: Ctx) -> None:
    """The rest of a reply that was too long."""
    if not ctx.more and ctx.shown and not ctx.shown.get("told"):
        tell_in_full(ctx)
        return
    if not ctx.more:
        ctx.reply().say("small.nothing_more")
        pick_up(ctx)
        return
    composer = ctx.reply().rest_of(ctx.more)
    offer_way_on(ctx, composer)


@skill("action_out_of_scope")
def out_of_scope(ctx: Ctx) -> None:
    """Says honestly that the sources hold nothing on it; unless, after all, they do."""
    if search().find(ctx.text, None, 1):
        answer_from_sources(ctx, ctx.text)
        return
    composer = ctx.reply()
    nothing(ctx, composer, ctx.text)
    if ctx.focus is None:
        offer_way_on(ctx, composer)
        return
    pick_up(ctx)


_ON_A_JOURNEY = frozenset(
    "continue why_ask what_counts skip_question skip_step undo correct_answer show_progress show_answers why_again "
    "finished_round plan_action show_actions finish_action pause".split()
)
"""What can be meant only by somebody who has begun."""


_GOOD_ANSWER = 0.6
"""Score from which an entry answers a question that the classifier did not make out as one."""
_ASKS = re.compile(
    r"(?:and |but |so )?(?:what|who|whom|whose|where|when|how|which|why|any\w*|is|are|can|could|do|does|did|has)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Guess:
    """Something that may have been meant: how it is named, and what carries it out."""

    name: str
    intent: str
    entities: Mapping[str, object] = field(default_factory=dict)


@skill("action_fallback")
def fallback(ctx: Ctx) -> None:
    """Names two guesses, and something else; from the second failure in a row on, tries another way."""
    if points_at_shown(ctx):
        show_meant(ctx)
        return
    if _may_be_asked(ctx):
        answer_from_sources(ctx, ctx.text)
        return
    failed = int(ctx.pending.get("failed", 0)) + 1
    ctx.pending = {**ctx.pending, "failed": failed}
    guesses = _guesses(ctx)
    if failed > 1 or not guesses:
        _another_way(ctx, failed)
        return
    if len(guesses) == 1:
        composer = ctx.reply().say("small.fallback_one", first=guesses[0].name)
    else:
        composer = ctx.reply().say("small.fallback_two", first=guesses[0].name, second=guesses[1].name)
    for guess in guesses:
        composer.button(guess.name[0].upper() + guess.name[1:], guess.intent, **guess.entities)
    composer.button(text("small.something_else"), "help")


def _another_way(ctx: Ctx, failed: int) -> None:
    """Guessing did not help: the question is explained, or what always works is shown; and there is a person."""
    if failed > _MOST_FAILURES:
        composer = ctx.reply().say("small.fallback_person")
        composer.button(text("person.button_leave"), "leave_message")
        offer_way_on(ctx, composer)
        return
    again = failed > 1
    if ctx.focus == "question" and ctx.focus_id:
        prose = ctx.question(ctx.focus_id)
        composer = ctx.reply().say("small.fallback_again_question" if again else "small.fallback_none_question")
        composer.raw(prose.why.of(ctx.audience), prose.sources[:1]).say("checklist.counts_head")
        for item in prose.evidence[:_EXPLAINED]:
            composer.line(f"- {item}")
        composer.button(text("person.button_leave"), "leave_message")
        composer.button(text("small.help"), "help")
        ask_question(ctx, ctx.reply(), ctx.focus_id, back=True)
        return
    composer = ctx.reply().say("small.fallback_again" if again else "small.fallback_none")
    if not ctx.begun:
        composer.say("small.help_start")
    elif again:
        composer.say("small.help_more")
    composer.button(text("person.button_leave"), "leave_message")
    offer_way_on(ctx, composer)


def _may_be_asked(ctx: Ctx) -> bool:
    """Whether what was not understood is a question to which the sources hold a good answer."""
    if names_an_entry(ctx.text):
        return True
    if _ASKS.match(ctx.text) is None and not ctx.text.rstrip().endswith("?"):
        return False
    found = search().find(ctx.text, None, 1)
    return bool(found) and found[0].score >= _GOOD_ANSWER


def _guesses(ctx: Ctx) -> list[_Guess]:
    """At most two: a step whose number was named, what the classifier thinks, the question that is open."""
    found = []
    about = str(ctx.shown.get("about", ""))
    if about in library() and short_name(library().item(about)) in "\n".join(ctx.turn.said_last):
        name = text("small.more_about", title=button_name(library().item(about)))
        found.append(_Guess(name, "show_entry", {"entry": about}))
    number = re.search(r"\b(10|[1-9])\b", ctx.text)
    if number is not None:
        name = f"step {number[1]}, {ctx.step(number[1]).title.rstrip('?')}"
        found.append(_Guess(name, "open_step", {"step": number[1]}))
    asked = ctx.focus == "question" and ctx.focus_id is not None
    for item in ctx.ranking:
        intent = str(item["name"])
        if item["confidence"] < _GUESS_AT_LEAST or f"guesses.{intent}" not in all_texts():
            continue
        if not ctx.begun and intent in _ON_A_JOURNEY:
            continue
        if asked and intent == "continue":
            continue  # that is the question which is open
        if asked or not intent.startswith("answer_"):
            found.append(_Guess(text(f"guesses.{intent}"), intent, _given(ctx, intent)))
    if asked:
        found.insert(1, _Guess(text("small.the_question"), "continue"))
    return found[:2]


def _given(ctx: Ctx, intent: str) -> dict[str, object]:
    """What a guess needs to be carried out: the answer, the words, the step."""
    if intent.startswith("answer_"):
        return {"value": intent.removeprefix("answer_"), "note": ctx.text or None}
    if intent == "correct_answer":
        return {"value": ctx.entity("value"), "question": ctx.entity("question")}
    return {"step": ctx.entity("step")} if intent in ("open_step", "explain_step") else {}


@skill("action_unreadable")
def unreadable(ctx: Ctx) -> None:
    """An empty message, or one without words."""
    composer = ctx.reply().say(ctx.unsaid("small.no_words", "small.no_words_2"))
    if ctx.focus is None:
        offer_way_on(ctx, composer)
        return
    ask(ctx, walking=True)


@skill("action_other_language")
def other_language(ctx: Ctx) -> None:
    """Says which language it speaks."""
    code = ctx.entity("language")
    composer = ctx.reply()
    if code is not None and f"languages.{code}" in all_texts():
        composer.say(f"languages.{code}")
    composer.say("small.other_language")
    if ctx.focus is None:
        offer_way_on(ctx, composer)
        return
    pick_up(ctx)
