"""The list of work planned for answers that are not yet a yes."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

from actions.composing import Composer, text
from actions.routes import leave_route
from actions.skill import Ctx, skill
from actions.thread import ask, day, pick_up
from assistant.journey import (
    Action,
    UnknownAction,
    UnknownQuestion,
    Value,
    decline_action,
    finish_action,
    plan_action,
    remove_action,
)

__all__ = ["decline_focus"]

_DATE = re.compile(
    r"\b(?:by|until|before|in (?:\w+ )?(?:days?|weeks?|months?)|next (?:week|month|year|quarter)|tomorrow|end of|"
    r"jan\w*|febr\w*|march|april|may|june|july|aug\w*|sept\w*|oct\w*|nov\w*|dec\w*)\b",
    re.IGNORECASE,
)
"""Words that set a date, which cannot be read yet; that must be said, not passed over."""
_LONGEST_WAIT = 104
"""Weeks. A due date further off than two years is no plan."""


def _gap_meant(ctx: Ctx) -> str | None:
    named = ctx.entity("question") or (ctx.focus_id if ctx.focus in ("action", "question") else None)
    if named is None:
        named = ctx.next().question
    try:
        question = ctx.definition.question(str(named), ctx.audience).id
    except UnknownQuestion:
        return None
    known = ctx.state.answers.get(question)
    return question if known is not None and known.value in (Value.PARTLY, Value.NOT_YET) else None


@skill("action_plan_action")
def plan(ctx: Ctx) -> None:
    """Puts the proposed work on the list, with a date if one was chosen."""
    question = _gap_meant(ctx)
    if question is None:
        ctx.reply().say("plan.nothing_to_plan")
        pick_up(ctx)
        return
    if ctx.intent == "answer_yes" and ctx.entity("note"):
        from actions.checklist import record  # the two skills call each other

        record(ctx, question, Value.YES, ctx.entity("note"))  # "yes, the survey is finished, 38 replies": an answer
        return
    known = next((a for a in ctx.state.actions.values() if a.question == question and not a.done), None)
    due = _chosen_date(ctx) or (known.due if known else None)
    words = ctx.question(question).action.of(ctx.audience)
    name = known.id if known else uuid.uuid4().hex[:12]
    ctx.apply(plan_action(ctx.definition, ctx.state, name, question, words, due), "plan")
    planned = ctx.state.actions[name]
    composer = ctx.reply()
    composer.say("plan.planned_due" if due else "plan.planned", action=planned.text, due=day(planned))
    if _DATE.search(ctx.text) and ctx.entity("weeks") is None:
        composer.say("plan.no_dates")
        composer.button(text("plan.button_month"), "plan_action", question=question, weeks=4)
        composer.button(text("plan.button_quarter"), "plan_action", question=question, weeks=13)
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


def _chosen_date(ctx: Ctx) -> date | None:
    weeks = ctx.entity("weeks")
    if weeks is None or not (weeks.isascii() and weeks.isdigit()):
        return None
    return ctx.turn.today + timedelta(weeks=min(int(weeks), _LONGEST_WAIT))


@skill("action_decline")
def decline(ctx: Ctx) -> None:
    """A "not now" to whatever was proposed."""
    decline_focus(ctx)


def decline_focus(ctx: Ctx) -> None:
    """Leaves out what was proposed, and goes on."""
    composer = ctx.reply()
    named = ctx.entity("action")
    if named is not None and named in ctx.state.actions:
        _drop(ctx, composer, named)
    elif ctx.focus == "action" or ctx.entity("question"):
        question = _gap_meant(ctx)
        if question is not None:
            ctx.apply(decline_action(ctx.definition, ctx.state, question), "plan")
        composer.say("plan.left_out")
    elif ctx.focus == "overdue" and ctx.focus_id in ctx.state.actions:
        _drop(ctx, composer, str(ctx.focus_id))
    elif ctx.focus in ("route", "lesson"):
        leave_route(ctx)
        return
    elif ctx.focus == "question" and ctx.focus_id:
        pick_up(ctx)
        return
    elif ctx.focus in ("step", "aside", None):
        composer.say("journey.paused_nothing")
        composer.button(text("onboarding.button_next"), "what_next")
        composer.button(text("small.help"), "help")
        ctx.wait_for(None)
        return
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


def _drop(ctx: Ctx, composer: Composer, name: str) -> None:
    """Takes something off the list; who drops it does not want it proposed again."""
    action = ctx.state.actions[name]
    removed = remove_action(ctx.definition, ctx.state, name)
    ctx.apply(decline_action(ctx.definition, removed.state, action.question), "plan")
    composer.say("plan.dropped", action=action.text)


@skill("action_finish_action")
def finish(ctx: Ctx) -> None:
    """Ticks something off; then the answer behind it is asked again."""
    open_ones = [a for a in ctx.state.actions.values() if not a.done]
    chosen = _chosen(ctx, open_ones)
    if chosen is None:
        composer = ctx.reply()
        if not open_ones:
            composer.say("plan.nothing_to_finish")
            pick_up(ctx)
            return
        composer.say("plan.which_done")
        for action in open_ones[:5]:
            composer.button(
                action.text if len(action.text) <= 40 else action.text[:39] + "…", "finish_action", action=action.id
            )
        composer.button(text("small.continue"), "continue")
        return
    try:
        ctx.apply(finish_action(ctx.definition, ctx.state, chosen.id), "plan")
    except UnknownAction:
        ctx.reply().say("plan.nothing_to_finish")
        pick_up(ctx)
        return
    composer = ctx.reply().say("plan.finished", action=chosen.text)
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


def _chosen(ctx: Ctx, open_ones: list[Action]) -> Action | None:
    named = ctx.entity("action") or (ctx.focus_id if ctx.focus == "overdue" else None)
    if named is not None:
        return next((a for a in open_ones if a.id == named), None)
    return open_ones[0] if len(open_ones) == 1 else None


@skill("action_show_actions")
def show(ctx: Ctx) -> None:
    """What is on the list."""
    open_ones = [a for a in ctx.state.actions.values() if not a.done]
    composer = ctx.reply()
    if not open_ones:
        composer.say("plan.list_none")
        pick_up(ctx)
        return
    composer.say("plan.list_head")
    for action in sorted(open_ones, key=lambda a: (a.due is None, a.due or ctx.turn.today)):
        step = ctx.definition.question(action.question).step
        due = f", {text('plan.due', due=day(action))}" if action.due else ""
        key = "plan.list_line_funding" if step == "funding" else "plan.list_line"
        composer.line(text(key, action=action.text, step=step, due=due))
    composer.button(text("plan.button_done"), "finish_action")
    pick_up(ctx)
