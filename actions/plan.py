"""The list of work planned for answers that are not yet a yes."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from actions.composing import Composer, text
from actions.context import finder
from actions.routes import leave_route
from actions.skill import Ctx, skill
from actions.thread import ask, day, pick_up
from assistant.journey import (
    Action,
    UnknownAction,
    Value,
    decline_action,
    finish_action,
    plan_action,
    remove_action,
)

__all__ = ["decline_focus"]

_TIMES = re.compile(
    r"\b(?:by (?!me\b|us\b|hand\b|e-?mail\b|phone\b|the way\b|then\b)|until|till|before|deadline|due|"
    r"in (?:\w+ )?(?:days?|weeks?|months?)|next (?:week|month|year|quarter)|tomorrow|end of|soon|asap|whenever|once|"
    r"when (?!we\b.*\?)|after)\b",
    re.IGNORECASE,
)
"""Words that set a time; where no date can be read in them, that must be said, not passed over."""
_LONGEST_WAIT = 104
"""Weeks. A due date further off than two years is no plan."""
_DESCRIBED = 0.5
"""Score from which words describe one of the actions on the list."""
_LONGEST_OWNER = 80
"""Characters of whoever is to do it."""
_SPARE = 3
"""Days by which two years are longer than their weeks."""
_MYSELF = "me"
_MEMBER = "member:"
"""Stands before the id of a member who has given no name."""


@dataclass(frozen=True)
class _Wish:
    """By when, and by whom, as far as a message says so.

    Args:
        due: the date.
        owner: the name or role as written; whoever writes is "me".
        refused: the text to say where the date cannot be taken, or None.
    """

    due: date | None = None
    owner: str | None = None
    refused: str | None = None


def _gap_meant(ctx: Ctx) -> str | None:
    named = ctx.entity("question") or (ctx.focus_id if ctx.focus in ("action", "question") else None)
    if named is None or ctx.focus == "question":
        named = _listed_meant(ctx) or named or ctx.next().question
    question = ctx.asked_of_them(named)
    known = ctx.state.answers.get(question or "")
    return question if known is not None and known.value in (Value.PARTLY, Value.NOT_YET) else None


def _listed_meant(ctx: Ctx) -> str | None:
    """The question of an action on the list, where a date or a name is given for one: "give that to Anna"."""
    if ctx.entity("question") or not (ctx.entity("due") or ctx.entity("owner")):
        return None
    open_ones = [a for a in ctx.state.actions.values() if not a.done]
    if not open_ones:
        return None
    if ctx.focus == "overdue" and ctx.focus_id in ctx.state.actions:
        return ctx.state.actions[str(ctx.focus_id)].question
    if len(open_ones) > 1:
        found = finder().find(ctx.text, ctx.audience, only=[a.question for a in open_ones])
        if found and found[0].score >= _DESCRIBED:
            return found[0].question
    return max(open_ones, key=lambda a: a.revision).question  # "that" is what was put there last


@skill("action_plan_action")
def plan(ctx: Ctx) -> None:
    """Puts the proposed work on the list, with a date if one was chosen."""
    question = _gap_meant(ctx)
    if question is None:
        ctx.reply().say("plan.nothing_to_plan")
        pick_up(ctx)
        return
    timed = ctx.entity("due") or ctx.entity("owner")
    if ctx.intent == "answer_yes" and ctx.entity("note") and not timed:
        from actions.checklist import record  # the two skills call each other

        record(ctx, question, Value.YES, ctx.entity("note"))  # "yes, the survey is finished, 38 replies": an answer
        return
    known = next((a for a in ctx.state.actions.values() if a.question == question and not a.done), None)
    wish = _wished(ctx)
    if wish.refused is not None:
        _refuse(ctx, wish, question)
        return
    words = known.text if known else ctx.question(question).action.of(ctx.audience)
    name = known.id if known else uuid.uuid4().hex[:12]
    due = wish.due or (known.due if known else None)
    owner = wish.owner or (known.owner if known else None)
    ctx.apply(plan_action(ctx.definition, ctx.state, name, question, words, due, owner), "plan")
    composer = ctx.reply()
    _say_planned(ctx, composer, known, ctx.state.actions[name])
    if wish.due is None and _TIMES.search(ctx.text):
        composer.say("plan.no_date")
        _offer_dates(composer, question)
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


def _wished(ctx: Ctx) -> _Wish:
    """What the message or the button says of the date and the owner."""
    weeks, owner = ctx.entity("weeks"), ctx.entity("owner")
    owner = " ".join(owner.split())[:_LONGEST_OWNER] if owner and owner.strip() else None
    if owner == _MYSELF:
        owner = _own_name(ctx)
    if weeks is not None and weeks.isascii() and weeks.isdigit():
        return _Wish(ctx.turn.today + timedelta(weeks=min(int(weeks), _LONGEST_WAIT)), owner)
    due = _as_date(ctx.entity("due"))
    if due is None:
        return _Wish(None, owner)
    if due < ctx.turn.today:
        return _Wish(due, owner, "plan.date_past")
    if due > ctx.turn.today + timedelta(weeks=_LONGEST_WAIT, days=_SPARE):
        return _Wish(due, owner, "plan.date_far")
    return _Wish(due, owner)


def _as_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _refuse(ctx: Ctx, wish: _Wish, question: str) -> None:
    """Says why a date cannot be taken; nothing is changed, and what was waited for is still waited for."""
    composer = ctx.reply().say(str(wish.refused), due=day_of(wish.due), today=day_of(ctx.turn.today))
    _offer_dates(composer, question)
    composer.button(text("plan.button_undated"), "plan_action", question=question)
    composer.button(text("plan.button_no"), "decline", question=question)
    ctx.wait_for("action", question)


def _offer_dates(composer: Composer, question: str) -> None:
    composer.button(text("plan.button_month"), "plan_action", question=question, weeks=4)
    composer.button(text("plan.button_quarter"), "plan_action", question=question, weeks=13)


def _say_planned(ctx: Ctx, composer: Composer, known: Action | None, planned: Action) -> None:
    """Says what is on the list now; of an action that was on it, also what it was."""
    composer.say("plan.planned", action=planned.text, terms=_terms(ctx, planned))
    if known is not None and (known.due, known.owner) != (planned.due, planned.owner):
        before = _terms(ctx, known).lstrip(", ").strip()
        composer.say("plan.was", before=before) if before else composer.say("plan.was_bare")
    elif known is not None:
        composer.say("plan.as_before")


def _terms(ctx: Ctx, action: Action) -> str:
    """Who and by when, behind a word: " for Maria, due 31 March 2027"."""
    owner = f" {text('plan.for', owner=_owner_words(ctx, action.owner))}" if action.owner else ""
    return owner + (f", {text('plan.due', due=day(action))}" if action.due else "")


def _own_name(ctx: Ctx) -> str:
    """How somebody who takes something on is kept: the list is the whole organisation's, so "me" would say nothing."""
    return ctx.turn.member.display_name or f"{_MEMBER}{ctx.turn.member.id}"


def _owner_words(ctx: Ctx, owner: str) -> str:
    """Whoever is to do it, as said back: "you" for the one who writes."""
    if owner == _own_name(ctx):
        return text("plan.you")
    return text("plan.colleague") if owner.startswith(_MEMBER) else owner


def day_of(when: date | None) -> str:
    """A date in words."""
    return f"{when.day} {when:%B %Y}" if when else ""


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
        key = "plan.list_line_funding" if step == "funding" else "plan.list_line"
        composer.line(text(key, action=action.text, step=step, terms=_terms(ctx, action)))
    composer.button(text("plan.button_done"), "finish_action")
    pick_up(ctx)
