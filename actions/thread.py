"""The thread of a conversation: what is asked next, and how it is picked up again."""

from __future__ import annotations

from actions.composing import Composer, text
from actions.fitting import add_fits
from actions.profile import learn_profile
from actions.skill import Ctx
from assistant.journey import Action, Audience, JourneyState, NextKind, NextThing, Value, gaps, open_actions
from assistant.knowledge import models as m
from assistant.replies import Progress

__all__ = [
    "VALUES",
    "advice_key",
    "ask",
    "ask_question",
    "completion_of",
    "count_words",
    "is_proposed",
    "keep_role",
    "pick_up",
    "step_name",
    "value_word",
]

VALUES = {
    "yes": Value.YES,
    "partly": Value.PARTLY,
    "not_yet": Value.NOT_YET,
    "not_applicable": Value.NOT_APPLICABLE,
}


def value_word(value: Value) -> str:
    """How an answer is called in a sentence."""
    return text(f"checklist.value_{value.value}")


def step_name(ctx: Ctx, key: str) -> str:
    """ "step 4, **Create strategy and action plan**", or "**Utilise funding**"."""
    title = ctx.step(key).title.rstrip("?")
    if key == "funding":
        return text("journey.funding_name", title=title)
    return text("journey.step_name", step=key, title=title)


def count_words(number: int, one: str, many: str) -> str:
    """ "one question", "4 questions"."""
    return f"one {one}" if number == 1 else f"{number} {many}"


def ask(ctx: Ctx, composer: Composer | None = None, *, walking: bool = False) -> None:
    """Says what comes next and waits for it.

    Args:
        ctx: the turn.
        composer: a reply to go on with; a new one is begun where there is none.
        walking: whether a checklist is being walked: then questions that were set aside are offered, not asked.
    """
    thing = ctx.next()
    if ctx.turn.to_come:
        composer = Composer()  # said once, after the last part of the message; here it only sets what is waited for
    composer = composer if composer is not None else ctx.reply()
    match thing.kind:
        case NextKind.ONBOARD:
            _onboard(ctx, composer)
        case NextKind.STOPPED:
            _stopped(ctx, composer)
        case NextKind.ROUTE_OFFER:
            _offer(ctx, composer, thing)
        case NextKind.OVERDUE:
            _overdue(ctx, composer, thing)
        case NextKind.ASK_SET_ASIDE if walking:
            _aside(ctx, composer, thing)
        case NextKind.ASK | NextKind.ASK_SET_ASIDE | NextKind.CONFIRM_DONE:
            ask_question(ctx, composer, str(thing.question), confirm=thing.kind is NextKind.CONFIRM_DONE)
        case NextKind.PROPOSE_ACTION:
            _propose(ctx, composer, thing)
        case NextKind.WORK_PLAN:
            _work_plan(ctx, composer, thing)
        case NextKind.PROCEED:
            _proceed(ctx, composer, thing)
        case NextKind.ROUND_DONE:
            _round_done(ctx, composer)


def _place(ctx: Ctx, question: str) -> tuple[int, int]:
    step = ctx.definition.step(ctx.definition.question(question).step)
    ids = [q.id for q in step.questions_for(ctx.audience)]
    return ids.index(question) + 1, len(ids)


def ask_question(ctx: Ctx, composer: Composer, question: str, *, confirm: bool = False, back: bool = False) -> None:
    """Asks one checklist question; `back` when it is picked up again after a digression.

    Which question of which step it is stands in the reply's `progress`; each channel shows it in its own way.
    """
    if composer:
        composer = ctx.reply()  # its heading, which is the question's, must not stand above something else
    prose = ctx.question(question)
    key = ctx.definition.question(question).step
    number, of = _place(ctx, question)
    previous = ctx.state.answers.get(question)
    words = f"*{prose.ask.of(ctx.audience)}*"
    composer.raw(text("checklist.back_to", ask=words) if back else words)
    if previous is not None and not back:
        said = "checklist.you_said_note" if previous.note else "checklist.you_said"
        lead = text("checklist.action_done") + " " if confirm else ""
        composer.raw(lead + text(said, value=value_word(previous.value), note=previous.note))
        as_before = {"value": previous.value.value, "question": question, "seen": ctx.state.revision}
        composer.button(text("small.as_before"), "answer", **as_before)
    composer.progress = Progress(step=key, title=ctx.step(key).title, question=number, of=of)
    # Picked up again it does not show what a colleague has answered meanwhile, so that it is as old as it was.
    same = back and ctx.focus == "question" and ctx.focus_id == question
    seen = ctx.focus_revision if same and ctx.focus_revision is not None else ctx.state.revision
    answer_buttons(composer, question, seen)
    ctx.wait_for("question", question, seen=seen)


def answer_buttons(composer: Composer, question: str, seen: int) -> None:
    """Yes, partly, not yet, does not apply; why; skip. Each can also be typed.

    `seen` is the journey's revision that the person knows, so that an old button is known to be one.
    """
    for value in VALUES:
        composer.button(text(f"checklist.button_{value}"), "answer", value=value, question=question, seen=seen)
    composer.button(text("checklist.button_why"), "why_ask", question=question)
    composer.button(text("checklist.button_skip"), "skip_question", question=question)


def keep_role(ctx: Ctx) -> None:
    """Remembers who somebody says they are, in a message that asks for something else."""
    role = ctx.entity("audience")
    if not ctx.begun and role in {audience.value for audience in Audience}:
        ctx.pending = {**ctx.pending, "audience": role}
        learn_profile(ctx, ctx.text)


def _onboard(ctx: Ctx, composer: Composer) -> None:
    keep_role(ctx)
    if ctx.focus == "standing" or "audience" in ctx.pending:
        ask_standing(ctx, composer)
        return
    composer.say("onboarding.role")
    composer.button(text("onboarding.button_cluster"), "declare_role", audience="cluster_organisation")
    composer.button(text("onboarding.button_policy"), "declare_role", audience="policy_maker")
    composer.button(text("onboarding.button_just_tell"), "just_tell_me")
    ctx.wait_for("role")


def ask_standing(ctx: Ctx, composer: Composer) -> None:
    """The second question of the start: how far have you come abroad?"""
    if ctx.turn.to_come:
        composer = Composer()  # said once, after the last part of the message
    composer.say("onboarding.standing")
    shown = ("not-started", "have-idea", "have-contacts", "have-strategy", "projects-running")
    for standing in ctx.knowledge.frame.standings:
        if standing.key in shown:
            composer.button(standing.title, "declare_standing", standing=standing.key)
    composer.button(text("onboarding.button_just_tell"), "just_tell_me")
    ctx.wait_for("standing")


def _stopped(ctx: Ctx, composer: Composer) -> None:
    route = ctx.knowledge.route("not-for-us")
    composer.say("routes.stopped").raw(route.because.of(ctx.audience), route.sources[:1])
    composer.button(text("routes.button_why_again"), "why_again")
    composer.button(text("routes.button_recommendations"), "recommendations")
    ctx.wait_for(None)


def _offer(ctx: Ctx, composer: Composer, thing: NextThing) -> None:
    route = ctx.knowledge.route(str(thing.route))
    composer.raw(route.say.of(ctx.audience), route.sources[:1])
    first = route.to[0] if route.to else "1"
    if route.id == "round-completed":
        composer.button(text("routes.button_round"), "take_route", route=route.id)
        composer.button(text("routes.button_round_all"), "take_route", route=route.id, also=",".join(route.also))
    else:
        composer.button(text("routes.button_open", step=first), "take_route", route=route.id)
        for other in route.also:
            composer.button(text("routes.button_open", step=other), "take_route", route=route.id, also=other)
    composer.button(text("routes.button_decline"), "decline_route", route=route.id)
    ctx.wait_for("route", route.id)


def _overdue(ctx: Ctx, composer: Composer, thing: NextThing) -> None:
    action = ctx.state.actions[str(thing.action)]
    composer.say("plan.overdue", action=action.text, due=day(action))
    composer.button(text("plan.button_done"), "finish_action", action=action.id)
    composer.button(text("plan.button_later"), "plan_action", question=action.question, weeks=4)
    composer.button(text("plan.button_drop"), "decline", action=action.id)
    ctx.wait_for("overdue", action.id)


def _aside(ctx: Ctx, composer: Composer, thing: NextThing) -> None:
    step = str(thing.step)
    composer.say("checklist.aside", count=count_words(thing.left, "question", "questions"), step=step_name(ctx, step))
    composer.button(text("checklist.button_take_aside"), "continue")
    composer.button(text("journey.button_next_step"), "skip_step")
    composer.button(text("small.not_now"), "pause")
    ctx.wait_for("aside", step)


def _propose(ctx: Ctx, composer: Composer, thing: NextThing) -> None:
    question = str(thing.question)
    if composer:
        composer = ctx.reply()  # the proposal must be seen whole, above its buttons
    prose = ctx.question(question)
    known = ctx.state.answers[question]
    advice = prose.when_partly if known.value is Value.PARTLY else prose.when_not_yet
    if known.revision != ctx.state.revision:  # otherwise it has just been noted
        composer.say("plan.gap", label=prose.label, value=value_word(known.value))
    key = advice_key(ctx, question, known.value)
    advised = key in ctx.shown.get("advised", ())  # today, when the answer was given: not again
    if not advised:
        composer.raw(advice.of(ctx.audience), prose.sources[:1])
    composer.say("plan.propose", action=prose.action.of(ctx.audience))
    if not advised:
        add_fits(ctx, composer, ctx.definition.question(question).step, question, advised=key)
    _proposal_buttons(composer, question)
    ctx.wait_for("action", question)


def advice_key(ctx: Ctx, question: str, value: Value) -> str:
    """By which it is remembered that advice was given on an answer today; on another day it may be wanted again."""
    return f"{question}:{value.value}:{ctx.turn.today}"


def _proposal_buttons(composer: Composer, question: str) -> None:
    composer.button(text("plan.button_plan"), "plan_action", question=question)
    composer.button(text("plan.button_month"), "plan_action", question=question, weeks=4)
    composer.button(text("plan.button_quarter"), "plan_action", question=question, weeks=13)
    composer.button(text("plan.button_no"), "decline", question=question)
    composer.button(text("fitting.button_help"), "show_fitting", question=question)


def _work_plan(ctx: Ctx, composer: Composer, thing: NextThing) -> None:
    step = str(thing.step)
    actions = open_actions(ctx.definition, ctx.state, step)
    open_gaps = gaps(ctx.definition, ctx.state, step)
    composer.say(
        "plan.under_way" if actions else "plan.declined",
        step=step_name(ctx, step),
        count=count_words(len(open_gaps), "answer is", "answers are"),
    )
    for action in actions[:5]:
        composer.line(f"- {action.text}" + (f" ({text('plan.due', due=day(action))})" if action.due else ""))
    if actions:
        title = "plan.button_done" if len(actions) == 1 else "plan.button_first_done"
        composer.button(text(title), "finish_action", action=actions[0].id)
    if thing.then:
        composer.say("plan.meanwhile", step=step_name(ctx, thing.then))
        composer.button(text("journey.button_go_on", step=short(ctx, thing.then)), "skip_step")
    composer.button(text("journey.button_progress"), "show_progress")
    ctx.wait_for("step", thing.then)


def short(ctx: Ctx, key: str) -> str:
    """ "step 4" or "funding", for a button."""
    return text("journey.funding_short") if key == "funding" else text("journey.step_short", step=key)


def _proceed(ctx: Ctx, composer: Composer, thing: NextThing) -> None:
    step, then = str(thing.step), thing.then
    if step == "funding":
        principle = next(p for p in ctx.knowledge.routes.principles if p.id == "funding-is-never-finished")
        composer.say("journey.funding_answered").line(principle.text, principle.sources)
    if then is None:
        ctx.wait_for(None)
        composer.button(text("journey.button_progress"), "show_progress")
        return
    count = count_words(len(ctx.definition.step(then).questions_for(ctx.audience)), "question", "questions")
    completion = completion_of(ctx, step, then)
    if completion is not None:
        composer.say("journey.passed_next", say=completion.say, count=count, cite=completion.sources[:1])
    else:
        composer.say("journey.next_is", step=step_name(ctx, then), what=ctx.step(then).in_short, count=count)
    composer.button(text("journey.button_start", step=short(ctx, then)), "open_step", step=then)
    composer.button(text("journey.button_explain", step=short(ctx, then)), "explain_step", step=then)
    if then in ("4", "7") and not any(q.id in ctx.state.answers for q in ctx.definition.step("funding").questions):
        composer.say("journey.funding_hint")
        composer.button(text("journey.button_funding"), "open_step", step="funding")
    composer.button(text("small.not_now"), "pause")
    ctx.wait_for("step", then)


def completion_of(ctx: Ctx, step: str, then: str | None) -> m.Completion | None:
    """The handbook's own word on a passed step, if it leads on to `then`."""
    found = (c for c in ctx.knowledge.routes.completions if c.step == step and c.next == then and then is not None)
    return next(found, None)


def _round_done(ctx: Ctx, composer: Composer) -> None:
    composer.say("journey.round_done")
    composer.button(text("routes.button_round"), "finished_round")
    composer.button(text("journey.button_progress"), "show_progress")
    composer.button(text("journey.button_funding"), "open_step", step="funding")
    ctx.wait_for(None)


def day(action: Action) -> str:
    """The date by which an action is due: "3 March 2027"."""
    return f"{action.due.day} {action.due:%B %Y}" if action.due else ""


def pick_up(ctx: Ctx) -> None:
    """After a digression: one short reply that says where we were, with the same choices."""
    if ctx.turn.to_come or ctx.focus == "message":
        return  # the last part of the message does it; and of a message for a person every reply says that it is open
    focus, focus_id = ctx.focus, ctx.focus_id
    if focus == "question" and focus_id and _still_asked(ctx, ctx.state, focus_id):
        ask_question(ctx, ctx.reply(), focus_id, back=_was_seen(ctx))
    elif focus == "action" and focus_id and _was_seen(ctx) and is_proposed(ctx, focus_id):
        # Its advice and what may help were said when it was proposed first.
        composer = ctx.reply().say("plan.propose_back", action=ctx.question(focus_id).action.of(ctx.audience))
        _proposal_buttons(composer, focus_id)
    elif focus == "lesson" and focus_id:
        route = ctx.knowledge.route(focus_id.partition(":")[0])
        composer = ctx.reply().raw(str(route.asks_for_note))
        composer.button(text("routes.button_no_lesson"), "decline_route", route=route.id)
    elif focus in ("role", "standing") or (ctx.begun and focus is not None):
        ask(ctx, walking=True)
    elif ctx.composers:
        keep_role(ctx)
        offer_way_on(ctx, ctx.composers[-1])


def _was_seen(ctx: Ctx) -> bool:
    """Whether what is waited for was on the table before this message, and not only since an earlier part of it."""
    return ctx.turn.seen is None or ctx.turn.seen == (ctx.focus, ctx.focus_id)


def is_proposed(ctx: Ctx, question: str) -> bool:
    """Whether work for this question is what comes next."""
    thing = ctx.next()
    return thing.kind is NextKind.PROPOSE_ACTION and thing.question == question


def _still_asked(ctx: Ctx, state: JourneyState, question: str) -> bool:
    found = ctx.definition.question(question)
    return state.audience in found.audiences


def offer_way_on(ctx: Ctx, composer: Composer) -> None:
    """Buttons under a reply that asks nothing itself, so that there is always a way on."""
    if ctx.turn.to_come:
        return
    if ctx.begun:
        composer.button(text("small.continue"), "continue")
        composer.button(text("journey.button_progress"), "show_progress")
    else:
        composer.button(text("onboarding.button_next"), "what_next")
    composer.button(text("small.help"), "help")
