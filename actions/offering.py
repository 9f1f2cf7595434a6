"""Shows what fits a step or a question: a case, a tool and money, each with the reason why."""

from __future__ import annotations

from actions.composing import text
from actions.fitting import fits_for
from actions.pointing import remember
from actions.skill import Ctx, skill
from actions.telling import add_money_note, numbered
from actions.thread import pick_up, step_name

_ROOM = 330
"""Characters for the lines, so that the advice on money is not cut off."""
_BUTTONS = {"case": "fitting.button_case", "tool": "fitting.button_tool", "funding": "fitting.button_funding"}


@skill("action_show_fitting")
def show_fitting(ctx: Ctx) -> None:
    """What may help with a step or a question, one line each, to choose from."""
    question = ctx.entity("question")
    if question is None and ctx.entity("step") is None and ctx.focus in ("question", "action"):
        question = ctx.focus_id
    question = ctx.asked_of_them(question)
    step = ctx.entity("step") or (ctx.definition.question(question).step if question else None)
    step = step if step in ctx.knowledge.steps else ctx.state.current or "1"
    composer = ctx.reply().say("fitting.head", step=step_name(ctx, step))
    fits = fits_for(ctx, step, question, anew=False)  # those that were just named
    items = [fit.item for fit in fits]
    titles = [text(_BUTTONS[item.type]) for item in items]
    numbered(composer, items, _ROOM, whys=[fit.why for fit in fits], titles=titles)
    add_money_note(composer, items)
    remember(ctx, items[0], items)
    if not ctx.turn.profile.sectors:
        composer.say("fitting.tell_me")
    pick_up(ctx)
