"""Starting: who is asking, how far they have come, and saying hello."""

from __future__ import annotations

import re

from actions.composing import Composer, text
from actions.consult import answer_from_sources, answered_by_sources, names_an_entry
from actions.profile import learn_profile, profile_words
from actions.skill import Ctx, skill
from actions.thread import ask, ask_standing, keep_role, offer_way_on, pick_up, short, step_name
from assistant.journey import Audience, Change, NoticeKind, Trigger, Value, begin, change_audience, progress
from assistant.knowledge import models as m

_ON_PURPOSE = re.compile(r"\b(?:actually|after all|in fact|instead|rather|switch|change|really|now)\b", re.IGNORECASE)
"""Words that make saying who one is a change of what was said before."""
_AUDIENCES = {a.value: a for a in Audience}


def role_word(audience: Audience) -> str:
    """ "cluster organisation" or "policy maker"."""
    return text(f"onboarding.role_{audience.value}")


@skill("action_greet")
def greet(ctx: Ctx) -> None:
    """Says hello, and to somebody who comes back, where they are; a bare name is no greeting but asks for its entry."""
    if names_an_entry(ctx.text):
        answer_from_sources(ctx, ctx.text)
        return
    if not ctx.begun:
        composer = ctx.reply().say("onboarding.hello" if ctx.focus is None else "onboarding.hello_short")
        ask(ctx, composer)
        return
    current = next((p for p in progress(ctx.definition, ctx.state) if p.current), None)
    if current is not None:
        ctx.reply().say(
            f"onboarding.{_welcome(ctx)}",
            step=step_name(ctx, current.key),
            answered=current.answered,
            total=current.total,
        )
        resume(ctx)
    ask(ctx, walking=True)


def _welcome(ctx: Ctx) -> str:
    if not ctx.turn.unit.messages(ctx.turn.member.id, limit=1):
        return "welcome_joining"
    return "welcome_back_paused" if ctx.turn.journey.paused_at is not None else "welcome_back"


def resume(ctx: Ctx) -> None:
    """Ends a pause."""
    if ctx.turn.journey.paused_at is not None:
        ctx.turn.unit.pause(ctx.turn.journey.id, ctx.turn.member.organisation_id, None)


def warn(ctx: Ctx, composer: Composer, change: Change) -> None:
    """Says what the handbook warns of: going straight to projects, the closed line of the Tube Map."""
    for notice in change.of(NoticeKind.WARNING):
        route = ctx.knowledge.route(str(notice.route))
        composer.raw(route.say.of(ctx.audience), route.sources[:1]).line(route.because.of(ctx.audience))


@skill("action_declare_role")
def declare_role(ctx: Ctx) -> None:
    """Takes the role, asks how far they have come, or changes the role of a journey under way."""
    take_role(ctx)


def take_role(ctx: Ctx) -> None:
    """What saying who one is does; a sector and a country said with it are kept, too."""
    said = None if ctx.begun else ctx.pending.get("audience")  # by an earlier part of the message, or before
    audience = _AUDIENCES.get(str(ctx.entity("audience") or said or ""))
    if audience is None:
        _role_unclear(ctx)
        return
    in_passing = ctx.intent == "declare_role" and ctx.text and not _ON_PURPOSE.search(ctx.text)
    if ctx.begun and in_passing and audience is not ctx.audience:
        _confirm_change(ctx, audience)
        return
    if ctx.begun:
        _change(ctx, audience)
        return
    learnt = learn_profile(ctx, ctx.text, on_purpose=True)
    standing = ctx.entity("standing") or ctx.pending.get("standing")
    step = ctx.entity("step") or ctx.pending.get("step")
    if step in ctx.knowledge.steps and not standing:
        _start_at(ctx, audience, str(step))
        return
    if standing:
        _start(ctx, audience, ctx.knowledge.standing(str(standing)))
        return
    ctx.pending = {"audience": audience.value}
    composer = ctx.reply()
    if any(learnt):
        composer.say("profile.noted", profile=profile_words(ctx))
    ask_standing(ctx, composer)


def _role_unclear(ctx: Ctx) -> None:
    if ctx.text and answered_by_sources(ctx.text):
        answer_from_sources(ctx, ctx.text)
        return
    composer = ctx.reply().say(ctx.unsaid("onboarding.role_unclear", "onboarding.role_neither"))
    composer.button(text("onboarding.button_cluster"), "declare_role", audience="cluster_organisation")
    composer.button(text("onboarding.button_policy"), "declare_role", audience="policy_maker")
    composer.button(text("onboarding.button_just_tell"), "just_tell_me")
    if not ctx.begun:
        ctx.wait_for("role")


def _confirm_change(ctx: Ctx, audience: Audience) -> None:
    """Somebody says in passing who they are; whose checklists are walked is not changed unasked."""
    composer = ctx.reply().say("onboarding.confirm_role", role=role_word(audience), now=role_word(ctx.audience))
    composer.button(text("onboarding.button_switch"), "change_role", audience=audience.value)
    composer.button(text("onboarding.button_stay"), "continue")


def _change(ctx: Ctx, audience: Audience) -> None:
    change = ctx.apply(change_audience(ctx.definition, ctx.state, audience), "audience")
    if change.of(NoticeKind.AUDIENCE_CHANGED):
        ctx.reply().say("onboarding.role_changed", role=role_word(audience))
        ctx.wait_for(None)
        ask(ctx, walking=True)
    else:
        ctx.reply().say("onboarding.role_same", role=role_word(audience))
        pick_up(ctx)


@skill("action_declare_standing")
def declare_standing(ctx: Ctx) -> None:
    """Takes how far they have come and begins at the step that fits."""
    introduces = not ctx.begun and ctx.entity("audience") is not None
    learn_profile(ctx, ctx.text, on_purpose=introduces)
    key = ctx.entity("standing")
    if key not in {standing.key for standing in ctx.knowledge.frame.standings}:
        if introduces:
            keep_role(ctx)
            ctx.wait_for("standing")
            if not answered_by_sources(ctx.text):
                ask(ctx)
                return
        _standing_unclear(ctx)
        return
    _take_standing(ctx, str(key))


def _standing_unclear(ctx: Ctx) -> None:
    if ctx.text and answered_by_sources(ctx.text):
        answer_from_sources(ctx, ctx.text)
        return
    composer = ctx.reply().say("onboarding.standing_unclear")
    for standing in ctx.knowledge.frame.standings[:5]:
        composer.button(standing.title, "declare_standing", standing=standing.key)
    composer.button(text("onboarding.button_just_tell"), "just_tell_me")


def take_bare_answer(ctx: Ctx, value: Value) -> None:
    """A yes or a no to one of the two questions of the start, which asks for neither; "not yet" says how far."""
    if ctx.focus == "role":
        _role_unclear(ctx)
    elif value is Value.NOT_YET:
        _take_standing(ctx, "not-started")
    else:
        _standing_unclear(ctx)


def _take_standing(ctx: Ctx, key: str) -> None:
    standing = ctx.knowledge.standing(key)
    audience = ctx.state.audience or _AUDIENCES.get(str(ctx.entity("audience") or ctx.pending.get("audience") or ""))
    if audience is None:
        ctx.pending = {"standing": key}
        ask(ctx)
        return
    _start(ctx, audience, standing)


def _start(ctx: Ctx, audience: Audience, standing: m.Standing) -> None:
    reported, note = ctx.pending.get("report"), ctx.pending.get("note")
    ctx.pending = None
    change = ctx.apply(begin(ctx.definition, ctx.state, audience, standing.step), "begin")
    if reported:
        from actions.routes import go_back  # the two skills call each other

        go_back(ctx, Trigger(reported), note)
        return
    composer = ctx.reply().say(
        "onboarding.placed_first" if standing.step == "1" else "onboarding.placed",
        step=step_name(ctx, standing.step),
        reason=standing.reason,
    )
    warn(ctx, composer, change)
    _check_first(ctx, composer, standing, warned=bool(change.of(NoticeKind.WARNING)))
    ctx.wait_for(None)
    ask(ctx)


def begin_at(ctx: Ctx, step: str) -> None:
    """Begins at a step, or says what it is for and opens it once it is known who is asking."""
    audience = ctx.state.audience or _AUDIENCES.get(str(ctx.pending.get("audience") or ""))
    if audience is not None:
        _start_at(ctx, audience, step)
        return
    ctx.pending = {**ctx.pending, "step": step}
    name = step_name(ctx, step)
    what = ctx.step(step).in_short
    ctx.reply().say("journey.not_begun_step", step=name[0].upper() + name[1:], what=what)
    ask(ctx)


def _start_at(ctx: Ctx, audience: Audience, step: str) -> None:
    """Begins at the step that somebody named, without asking how far they have come."""
    ctx.pending = None
    change = ctx.apply(begin(ctx.definition, ctx.state, audience, step), "begin")
    composer = ctx.reply().say("journey.opened", step=step_name(ctx, step), what=ctx.step(step).in_short)
    warn(ctx, composer, change)
    ctx.wait_for(None)
    ask(ctx)


def _check_first(ctx: Ctx, composer: Composer, standing: m.Standing, *, warned: bool) -> None:
    if standing.check_first and not warned:  # the warning says as much
        names = [step_name(ctx, key) for key in standing.check_first]
        composer.say("onboarding.check_first", steps=" and ".join(names))
    for key in standing.check_first:
        composer.button(text("journey.button_open", step=short(ctx, key)), "open_step", step=key)


@skill("action_just_tell_me")
def just_tell_me(ctx: Ctx) -> None:
    """Starts without questions: as a cluster organisation, at step 1, and says so."""
    if ctx.begun:
        ask(ctx)
        return
    audience = _AUDIENCES.get(str(ctx.pending.get("audience") or "")) or Audience.CLUSTER_ORGANISATION
    if ctx.pending.get("report"):
        _start(ctx, audience, ctx.knowledge.standing("projects-running"))
        return
    assumed, step = "audience" not in ctx.pending, ctx.pending.get("step")
    if step is not None:
        if assumed:
            ctx.reply().say("onboarding.assumed_role")
        _start_at(ctx, audience, step)
        return
    ctx.pending = None
    ctx.apply(begin(ctx.definition, ctx.state, audience, "1"), "begin")
    composer = ctx.reply()
    if assumed:
        composer.say("onboarding.assumed")
    else:
        standing = ctx.knowledge.standing("not-started")
        composer.say("onboarding.placed_first", step=step_name(ctx, "1"), reason=standing.reason)
    ctx.wait_for(None)
    ask(ctx)


@skill("action_declare_profile")
def declare_profile(ctx: Ctx) -> None:
    """Keeps an organisation's sector and country."""
    if not ctx.begun and ctx.entity("audience"):
        take_role(ctx)
        return
    sectors, country = learn_profile(ctx, ctx.text, on_purpose=True)
    composer = ctx.reply()
    if not (sectors or country):
        known = ctx.turn.profile
        composer.say(
            "profile.known" if known.sectors or known.country else "profile.not_read", profile=profile_words(ctx)
        )
    else:
        composer.say("profile.noted", profile=profile_words(ctx))
    if ctx.focus is None and ctx.begun:
        offer_way_on(ctx, composer)
    elif ctx.focus is None:
        ask(ctx)
    else:
        pick_up(ctx)
