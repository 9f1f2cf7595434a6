"""The routes of the Tube Map: a failed project, a surprise, a no, asking why again, another round."""

from __future__ import annotations

from actions.composing import Composer, text
from actions.onboarding import resume
from actions.skill import Ctx, skill
from actions.thread import ask, step_name
from assistant.journey import (
    DeadEnd,
    NextKind,
    NotOffered,
    Status,
    Trigger,
    UnknownRoute,
    add_lesson,
    decline_offer,
    progress,
    raise_route,
    take_offer,
)

_LONG_ENOUGH = 6
"""Words. A report longer than this says what happened, and is itself kept as a note."""


def _report(ctx: Ctx, trigger: Trigger) -> None:
    """Somebody reports what leads back along the journey."""
    if not ctx.begun:
        ctx.pending = {"standing": "projects-running", "report": trigger.value, "note": _note(ctx)}
        sorry = "_sorry" if trigger is Trigger.PROJECT_FAILED else ""
        ask(ctx, ctx.reply().say(f"routes.who_first{sorry}"))
        return
    resume(ctx)
    go_back(ctx, trigger, _note(ctx))


def _note(ctx: Ctx) -> str | None:
    return ctx.text if len(ctx.text.split()) > _LONG_ENOUGH else None


def go_back(ctx: Ctx, trigger: Trigger, note: str | None) -> None:
    """Goes back as the Tube Map says, with the reason, and asks what there is to learn."""
    route = ctx.knowledge.route(ctx.definition.routes_on(trigger)[0].id)
    try:
        change = raise_route(ctx.definition, ctx.state, trigger, note)
    except DeadEnd:
        ask(ctx)
        return
    ctx.apply(change, "route")
    composer = ctx.reply().raw(route.say.of(ctx.audience), route.sources[:1])
    composer.line(route.because.of(ctx.audience), route.sources[-1:])
    if route.asks_for_note:
        told = note is not None and trigger is Trigger.UNEXPECTED_EVENT  # what happened is what it would ask
        composer.raw(text("routes.more_to_note") if told else route.asks_for_note)
        composer.button(text("routes.button_no_lesson"), "decline_route", route=route.id)
        if route.trigger is Trigger.PROJECT_FAILED:
            composer.button(text("routes.button_similar"), "ask_knowledge", topic=text("routes.topic_failed"))
        composer.button(text("small.undo"), "undo")
        ctx.wait_for("lesson", f"{route.id}:{ctx.state.revision}")
        return
    ctx.wait_for(None)
    ask(ctx)


@skill("action_project_failed")
def project_failed(ctx: Ctx) -> None:
    """A project failed: back to step 6."""
    _report(ctx, Trigger.PROJECT_FAILED)


@skill("action_unexpected_event")
def unexpected_event(ctx: Ctx) -> None:
    """Something unexpected came up: back to step 3."""
    _report(ctx, Trigger.UNEXPECTED_EVENT)


@skill("action_keep_note")
def keep_note(ctx: Ctx) -> None:
    """Keeps what was said as a lesson of the route that asked for it."""
    note = (ctx.entity("note") or ctx.text).strip()
    if ctx.focus != "lesson" or not ctx.focus_id or not note:
        ask(ctx, walking=True)
        return
    name, _, mark = ctx.focus_id.partition(":")
    ctx.apply(add_lesson(ctx.definition, ctx.state, int(mark), note, name), "lesson")
    route = ctx.knowledge.route(name)
    composer = ctx.reply().say("routes.lesson_kept", note=note)
    for point in route.advice[1:2]:
        composer.say("routes.for_next_time", advice=point.text, cite=point.sources[:1])
    ctx.wait_for(None)
    ask(ctx)


@skill("action_not_for_us")
def not_for_us(ctx: Ctx) -> None:
    """Asks before it closes the journey: a misunderstanding here would be costly."""
    if not ctx.begun:
        composer = ctx.reply().say("routes.not_for_us")
        _other_ways(ctx, composer)
        composer.button(text("onboarding.button_next"), "what_next")
        composer.button(text("routes.button_recommendations"), "recommendations")
        return
    if ctx.state.dead_end:
        ask(ctx)
        return
    composer = ctx.reply().say("routes.confirm_stop")
    composer.button(text("routes.button_stop"), "confirm_stop")
    composer.button(text("routes.button_carry_on"), "continue")
    ctx.wait_for("stop")


@skill("action_confirm_stop")
def confirm_stop(ctx: Ctx) -> None:
    """Closes the journey: the dead end of the grey line, with the other ways to grow."""
    if not ctx.begun:
        ask(ctx)
        return
    change = raise_route(ctx.definition, ctx.state, Trigger.NOT_FOR_US)
    ctx.apply(change, "route")
    route = ctx.knowledge.route("not-for-us")
    composer = ctx.reply().raw(route.say.of(ctx.audience), route.sources[:1])
    _other_ways(ctx, composer)
    composer.button(text("routes.button_why_again"), "why_again")
    composer.button(text("routes.button_recommendations"), "recommendations")
    composer.button(text("small.undo"), "undo")
    ctx.wait_for(None)


def _other_ways(ctx: Ctx, composer: Composer) -> None:
    for point in ctx.knowledge.route("not-for-us").advice[:3]:
        composer.raw(f"- {point.text}", point.sources[:1])


@skill("action_why_again")
def why_again(ctx: Ctx) -> None:
    """Puts the question Why once more."""
    if not ctx.begun:
        ask(ctx)
        return
    route = ctx.knowledge.route("ask-why-again")
    change = raise_route(ctx.definition, ctx.state, Trigger.ASK_WHY_AGAIN)
    ctx.apply(change, "route")
    ctx.reply().raw(route.say.of(ctx.audience), route.sources[:1])
    ctx.wait_for(None)
    ask(ctx)


@skill("action_finished_round")
def finished_round(ctx: Ctx) -> None:
    """After step 10: offers another round, if all steps are passed; otherwise says which are not."""
    if not ctx.begun:
        ask(ctx)
        return
    left = [p for p in progress(ctx.definition, ctx.state) if p.key != "funding" and p.status is not Status.PASSED]
    if left:
        first = left[0].key
        composer = ctx.reply().say("routes.not_all_passed", left=len(left), step=step_name(ctx, first))
        composer.button(
            text("journey.button_open", step=text("journey.step_short", step=first)), "open_step", step=first
        )
        composer.button(text("journey.button_progress"), "show_progress")
        composer.button(text("small.continue"), "continue")
        return
    if ctx.next().kind is not NextKind.ROUTE_OFFER:
        ctx.apply(raise_route(ctx.definition, ctx.state, Trigger.ROUND_COMPLETED), "route")
    ask(ctx)


def _route_meant(ctx: Ctx) -> str | None:
    return ctx.entity("route") or (ctx.focus_id if ctx.focus == "route" else None)


@skill("action_take_route")
def take_route(ctx: Ctx) -> None:
    """Takes a route that was offered."""
    name = _route_meant(ctx)
    if ctx.intent == "continue" and name != "round-completed":
        _go_on(ctx)
        return
    also = [step for step in (ctx.entity("also") or "").split(",") if step]
    try:
        route = ctx.knowledge.route(str(name))
        change = take_offer(ctx.definition, ctx.state, route.id, also or None)
    except (DeadEnd, NotOffered, KeyError, UnknownRoute, ValueError):
        composer = ctx.reply().say("routes.not_offered")
        ask(ctx, composer, walking=True)
        return
    ctx.apply(change, "route")
    composer = ctx.reply().raw(route.because.of(ctx.audience), route.sources[:1])
    if route.id == "round-completed":
        composer.say("routes.round", round=ctx.state.round)
    ctx.wait_for(None)
    ask(ctx)


def _go_on(ctx: Ctx) -> None:
    """ "Let's go on", where the offer names going on as the other way; the button Continue only shows it again."""
    if ctx.text:
        leave_route(ctx)
    else:
        ask(ctx, walking=True)


@skill("action_decline_route")
def decline_route(ctx: Ctx) -> None:
    """Leaves an offered route, or the question for a lesson, and goes on."""
    leave_route(ctx)


def leave_route(ctx: Ctx) -> None:
    """Leaves what is offered, or asked for, and goes on."""
    name = _route_meant(ctx)
    composer = ctx.reply()
    if ctx.focus == "lesson":
        ctx.wait_for(None)
        ask(ctx)
        return
    if name is not None:
        try:
            change = decline_offer(ctx.definition, ctx.state, name)
        except UnknownRoute:
            change = None
        if change is not None and change.changed:
            ctx.apply(change, "decline_route")
            composer.say("routes.declined")
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)
