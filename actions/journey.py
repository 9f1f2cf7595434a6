"""Steps: what comes next, going on, explaining, opening, skipping, progress, pausing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.composing import Composer, text
from actions.fitting import add_fits
from actions.onboarding import begin_at, resume, warn
from actions.skill import Ctx, skill
from actions.thread import ask, completion_of, count_words, offer_way_on, pick_up, short, step_name
from assistant.journey import (
    Audience,
    Change,
    DeadEnd,
    MarkStatus,
    NextKind,
    NextThing,
    NoticeKind,
    ReasonKey,
    Status,
    StepProgress,
    decline_offer,
    open_step,
    progress,
    skip_step,
    take_offer,
)
from assistant.knowledge import models as m
from assistant.knowledge.search.text import content
from assistant.replies import MOST_BUTTONS

__all__ = ["go_to", "reason_words"]

_LOUD = {
    ReasonKey.NO_JOURNEY,
    ReasonKey.ACTION_OVERDUE,
    ReasonKey.QUESTION_OPEN,
    ReasonKey.QUESTION_REOPENED,
    ReasonKey.QUESTION_SET_ASIDE,
    ReasonKey.GAP_UNPLANNED,
    ReasonKey.ACTION_DONE,
    ReasonKey.STEP_PASSED,
}
"""Reasons worth a sentence of their own; the others are said by what follows."""


ALL_STEPS = range(10)
"""A line or principle that names all ten steps says nothing about any one of them."""


@skill("action_what_next")
def what_next_action(ctx: Ctx) -> None:
    """Says what comes next and which rule says so."""
    resume(ctx)
    composer = ctx.reply()
    thing = ctx.next()
    if thing.kind is NextKind.ONBOARD and ctx.focus is None:
        composer.say("onboarding.hello_short")
    elif thing.reason.key in _LOUD and not completion_of(ctx, str(thing.step), thing.then):
        composer.raw(reason_words(ctx, thing))
    ask(ctx, composer)


def reason_words(ctx: Ctx, thing: NextThing) -> str:
    """Why `thing` comes next, in one sentence."""
    values = dict(thing.reason.values)
    if "step" in values and values["step"] is not None:
        values["step_name"] = step_name(ctx, str(values["step"]))
    values["days_words"] = count_words(int(values.get("days") or 0), "day", "days")
    values["left_words"] = text_left(int(values.get("left") or 0))
    values["gaps_words"] = count_words(int(values.get("gaps") or 0), "answer is not a yes", "answers are not a yes")
    words = text(f"why.{thing.reason.key.value}", **values)
    return words[0].upper() + words[1:]


def text_left(left: int) -> str:
    """ "one question is left", "3 questions are left"."""
    return "one question is left" if left == 1 else f"{left} questions are left"


@skill("action_continue")
def continue_(ctx: Ctx) -> None:
    """Goes on with whatever is open."""
    resume(ctx)
    if ctx.focus == "step" and ctx.focus_id and ctx.next().kind in (NextKind.PROCEED, NextKind.WORK_PLAN):
        go_to(ctx, ctx.focus_id)
        return
    ask(ctx)


@skill("action_open_step")
def open_step_action(ctx: Ctx) -> None:
    """Opens any step."""
    key = _step_meant(ctx)
    called = [key] if key is not None else _steps_called(ctx)
    if len(called) != 1:
        _which_step(ctx, "open_step", called)
        return
    key = called[0]
    if not ctx.begun:
        begin_at(ctx, key)
        return
    go_to(ctx, key)


_NUMBERED = re.compile(r"\bstep (\d+|zero|eleven|twelve)\b", re.IGNORECASE)


def _step_meant(ctx: Ctx) -> str | None:
    key = ctx.entity("step")
    return key if key in ctx.knowledge.steps else None


def _steps_called(ctx: Ctx) -> list[str]:
    """The steps with a word of the message in their titles: "go to partners"."""
    said = _without_plurals(ctx.text)
    return [key for key, step in ctx.knowledge.steps.items() if said & _without_plurals(step.title)]


def _without_plurals(said: str) -> set[str]:
    return {word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in content(said)}


def _which_step(ctx: Ctx, intent: str, called: Sequence[str] = ()) -> None:
    composer = ctx.reply()
    named = _NUMBERED.search(ctx.text)
    if named is not None and named[1] not in ctx.knowledge.steps:
        composer.say("journey.no_such_step", step=named[1])
    composer.say("journey.which_step")
    current = ctx.state.current or "1"
    keys = list(ctx.knowledge.steps)
    around = keys.index(current)
    for key in (called or keys[max(0, around - 1) :])[:4]:
        composer.button(ctx.step(key).short if key == "funding" else f"{key} {ctx.step(key).short}", intent, step=key)
    composer.button(text("journey.button_progress"), "show_progress")


def go_to(ctx: Ctx, key: str) -> None:
    """Opens a step, says what it is for, warns where the handbook warns, and asks what is open there."""
    try:
        change = _opened(ctx, key)
    except DeadEnd:
        composer = ctx.reply().say("journey.dead_end")
        composer.button(text("routes.button_why_again"), "why_again")
        composer.button(text("small.not_now"), "pause")
        return
    before = ctx.state.current
    ctx.apply(change, "open_step")
    composer = ctx.reply()
    for notice in change.of(NoticeKind.ROUTE_TAKEN):
        composer.raw(ctx.knowledge.route(str(notice.route)).say.of(ctx.audience))
    warn(ctx, composer, change)
    if not composer:
        same = before == key
        composer.say(
            "journey.opened_same" if same else "journey.opened", step=step_name(ctx, key), what=ctx.step(key).in_short
        )
    composer.button(text("journey.button_explain", step=short(ctx, key)), "explain_step", step=key)
    ctx.wait_for(None)
    ask(ctx)


def _opened(ctx: Ctx, key: str) -> Change:
    """Opens a step, which answers an offer that waits: it is taken if it is about this step, and left if not."""
    state = ctx.state
    for mark in state.marks:
        if mark.status is not MarkStatus.OFFERED:
            continue
        route = ctx.knowledge.route(mark.route)
        if key in (*route.to, *route.also):
            taken = take_offer(ctx.definition, state, route.id, (key,))
            return open_step(ctx.definition, taken.state, key)
        state = decline_offer(ctx.definition, state, route.id).state
    return open_step(ctx.definition, state, key)


@skill("action_skip_step")
def skip_step_action(ctx: Ctx) -> None:
    """Leaves the current step as it is and goes to the next that is open."""
    if not ctx.begun or ctx.state.current is None:
        ask(ctx)
        return
    left = ctx.state.current
    try:
        change = skip_step(ctx.definition, ctx.state)
    except DeadEnd:
        ask(ctx)
        return
    if not change.changed:
        ctx.reply().say("journey.no_step_left")
        pick_up(ctx)
        return
    ctx.apply(change, "skip_step")
    composer = ctx.reply()
    standing = next(p for p in progress(ctx.definition, ctx.state) if p.key == left)
    if standing.status is not Status.PASSED and standing.answered < standing.total:
        name = step_name(ctx, left)
        composer.say("journey.left_open", step=name[0].upper() + name[1:], count=standing.total - standing.answered)
    warn(ctx, composer, change)
    new = str(ctx.state.current)
    composer.say("journey.opened", step=step_name(ctx, new), what=ctx.step(new).in_short)
    ctx.wait_for(None)
    ask(ctx)


@skill("action_explain_step")
def explain_step(ctx: Ctx) -> None:
    """Explains a step, or a part of it: tools, examples, what matters, what passing takes."""
    key = _step_meant(ctx) or ctx.state.current
    if key is None:
        _which_step(ctx, "explain_step")
        return
    step, part = ctx.step(key), ctx.entity("part") or _part_meant(ctx.text)
    composer = ctx.reply()
    if part == "tools":
        composer.say("journey.tools_head", step=step_name(ctx, key))
        _list(composer, [(f"**{t.name}**: {t.what}", t.sources) for t in step.tools])
    elif part == "examples":
        composer.say("journey.examples_head", step=step_name(ctx, key))
        _list(composer, [(f"**{e.title}.** {e.what}", e.sources) for e in step.examples])
    elif part == "points":
        composer.say("journey.points_head", step=step_name(ctx, key))
        _list(composer, [(p.text, p.sources) for p in step.key_points])
    elif part == "map":
        composer.say("journey.map_head", step=step_name(ctx, key))
        lines = [line for line in ctx.knowledge.routes.lines if key in line.steps and len(line.steps) < len(ALL_STEPS)]
        _list(composer, [(f"**{line.name}**: {line.what}", line.sources) for line in lines])
        told = [p for p in ctx.knowledge.routes.principles if key in p.steps and len(p.steps) < len(ALL_STEPS)]
        _list(composer, [(principle.text, principle.sources) for principle in told])
    elif part == "gate":
        composer.raw(step.gate, step.sources[:1])
    else:
        name = step_name(ctx, key)
        composer.raw(f"{name[0].upper()}{name[1:]}. {step.overview[0]}", step.sources[:1])
        add_fits(ctx, composer, key)
        composer.button(text("fitting.button_help"), "show_fitting", step=key)
    others = [other for other in ("tools", "examples", "points", "gate", "map") if other != part]
    room = (
        MOST_BUTTONS - 1 - (part == "overview") - (key != ctx.state.current) - composer.overflows()
    )  # there is always a way on
    for other in others[:room]:
        composer.button(text(f"journey.button_{other}"), "explain_step", step=key, part=other)
    if key != ctx.state.current:
        composer.button(text("journey.button_open", step=short(ctx, key)), "open_step", step=key)
    if ctx.focus is not None:
        composer.button(text("small.continue"), "continue")
    else:
        offer_way_on(ctx, composer)


_PARTS = {
    "tools": re.compile(r"\btools?\b", re.IGNORECASE),
    "examples": re.compile(r"\bexamples?\b", re.IGNORECASE),
    "points": re.compile(r"\b(?:what matters|key points?|most important|lessons?)\b", re.IGNORECASE),
    "gate": re.compile(r"\b(?:pass(?:ed|es|ing)?|complet\w+|finish\w*)\b", re.IGNORECASE),
    "map": re.compile(r"\b(?:map|lines?)\b", re.IGNORECASE),
}
"""How the parts of a step are called by those who type: all that a button does can be said."""


def _part_meant(words: str) -> str:
    return next((part for part, pattern in _PARTS.items() if pattern.search(words)), "overview")


def _list(composer: Composer, items: Sequence[tuple[str, Sequence[m.Citation]]]) -> None:
    for words, sources in items:
        composer.raw(f"- {words}", sources[:1])


_LINES = {
    Status.PASSED: "line_passed",
    Status.IN_PROGRESS: "line_in_progress",
    Status.TO_REVISIT: "line_to_revisit",
    Status.NOT_STARTED: "line_not_started",
}


@skill("action_show_progress")
def show_progress(ctx: Ctx) -> None:
    """All steps, a line each."""
    if not ctx.begun:
        steps = ctx.definition.steps
        number, of_policy = (sum(len(step.questions_for(audience)) for step in steps) for audience in Audience)
        composer = ctx.reply().say("journey.not_begun_steps", questions=number, of_policy=of_policy)
        for key in ctx.knowledge.steps:
            name = step_name(ctx, key)
            composer.line(f"- {name[0].upper()}{name[1:]}")
        ask(ctx)
        return
    number = ctx.state.round
    composer = ctx.reply().say("journey.progress_head_round" if number > 1 else "journey.progress_head", round=number)
    for item in progress(ctx.definition, ctx.state):
        composer.line(_progress_line(ctx, item))
    composer.button(text("small.continue"), "continue")
    composer.button(text("small.help"), "help")
    if ctx.state.actions:
        composer.button(text("small.my_list"), "show_actions")


def _progress_line(ctx: Ctx, item: StepProgress) -> str:
    title = ctx.step(item.key).title.rstrip("?")
    key = _LINES[item.status]
    if key == "line_in_progress" and item.gaps:
        key = "line_gaps"
    if item.key == "funding":
        mark = "○" if item.status is Status.NOT_STARTED else "◐"
        words = text("journey.line_funding", mark=mark, title=title, answered=item.answered, total=item.total)
    else:
        words = text(
            f"journey.{key}", step=item.key, title=title, answered=item.answered, total=item.total, gaps=item.gaps
        )
    return f"{words} {text('journey.here')}" if item.current else words


@skill("action_pause")
def pause(ctx: Ctx) -> None:
    """Keeps everything until the person comes back."""
    composer = ctx.reply()
    if ctx.begun and ctx.state.current:
        ctx.turn.unit.pause(ctx.turn.journey.id, ctx.turn.member.organisation_id, ctx.turn.now)
        composer.say("journey.paused", step=step_name(ctx, ctx.state.current))
        composer.button(text("small.continue"), "continue")
        composer.button(text("journey.button_progress"), "show_progress")
    else:
        composer.say("journey.paused_nothing")
        composer.button(text("onboarding.button_next"), "what_next")
