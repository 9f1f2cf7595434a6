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
from actions.thread import ask, day, pick_up, value_word
from assistant.journey import (
    Action,
    Value,
    decline_action,
    finish_action,
    plan_action,
    remove_action,
)
from assistant.knowledge.search.text import STOP
from assistant.phrases import accepts, takes_off
from assistant.when import find_dates

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
"""Score from which words describe the work for a question."""
_TOUCHED = 0.4
"""The same for the work that is on the table; what is done for it is told in many ways."""
_MARGIN = 0.06
"""By how much the best must be ahead of the second, and of what is on the table."""
_MOST_CHOICES = 4
_LONGEST_TITLE = 40
"""Characters on a button."""
_POINTING = re.compile(r"\b(?:it|that|this|these|those|them|one|instead)\b", re.IGNORECASE)
_CHANGING = re.compile(
    r"\b(?:instead|change|move|reassign|switch|swap|replace|wrong|meant|mistake|correction|sorry|actually)\b",
    re.IGNORECASE,
)
""" "Make it Berit instead": said of what was listed last, not of the next offer."""
_HOW = re.compile(r"\bhow (?:do|does|can|could|should|would|to)\b", re.IGNORECASE)
""" "How do I add something" asks, and plans nothing."""
_DONE = re.compile(
    r"\b(?:finished|already|in place|completed|(?<!be )(?<!get it )done)\b"
    r"|\b(?:we|they) (?:did|(?:(?:have|had) )?\w{2,}(?<!ne)ed)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^([^:]+):\s")
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_ANY_WORK = STOP | frozenset(
    "yes yeah yep yup okay sure fine agreed alright good great right then oh pls wait rather sorry wrong actually "
    "instead maybe perhaps probably again later better best first second third fourth fifth last next all id ill im "
    "myself himself herself getting lets makes made making done must needs wants likes going puts put adds add plans "
    "plan planned note write down given assign take takes taking care handle handles handled looks looking after until "
    "till before due deadline within about soon asap end start early mid late middle beginning since during around "
    "deal deals manage manages lead leads charge responsible owns owner run runs work works working sort sorts see "
    "sees ask asks told said says job task tasks action actions item items list todo step question person colleague "
    "finish finishes finished complete completed tick ticked mark marked check checked cross crossed remove "
    "delete erase drop scrap cancel rid throw kick away change move reassign switch swap replace point together "
    "jointly chair chairman chairwoman president director boss deputy".split()
)
"""Words that say of any work that somebody does it, or by when; what else is said describes the work."""
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


def _open_ones(ctx: Ctx) -> list[Action]:
    """What is on the list and not done, in the order in which it is shown."""
    open_ones = [a for a in ctx.state.actions.values() if not a.done]
    return sorted(open_ones, key=lambda a: (a.due is None, a.due or ctx.turn.today))


def _gaps(ctx: Ctx) -> list[str]:
    """The questions for which work can be planned: those of the current step first."""
    found = [a.question for a in ctx.state.answers.values() if a.value in (Value.PARTLY, Value.NOT_YET)]
    asked = [question for question in found if ctx.asked_of_them(question) is not None]
    return sorted(asked, key=lambda question: ctx.definition.question(question).step != ctx.state.current)


def _work_meant(ctx: Ctx) -> list[str]:
    """The questions whose work is meant: one if that is clear, several to choose from, none if there is no work."""
    gaps, named = _gaps(ctx), ctx.entity("question")
    if named is not None:
        return [named] if named in gaps else []
    if not gaps:
        return []
    pointed = _pointed_at(ctx, gaps)
    said = _task(ctx)
    found = _described(ctx, said, gaps, pointed)
    if found is not None:
        return [found]
    points = not said or accepts(ctx.text) or _POINTING.search(ctx.text)
    if pointed is not None and points and not _HOW.search(ctx.text):
        return [pointed]
    return _to_choose_from(ctx, gaps)


def _described(ctx: Ctx, said: str, among: list[str], pointed: str | None) -> str | None:
    """The question whose work some words describe, if they describe one better than what is on the table."""
    found = finder().find_work(said, ctx.audience, only=among)
    if not found:
        return None
    scores = {match.question: match.score for match in found}
    best = found[0].score
    if pointed is not None and scores.get(pointed, 0.0) >= max(_TOUCHED, best - _MARGIN):
        return pointed
    second = found[1].score if len(found) > 1 else 0.0
    return found[0].question if best >= _DESCRIBED and best - second >= _MARGIN else None


def _pointed_at(ctx: Ctx, gaps: list[str]) -> str | None:
    """What "that" means: what is offered or overdue; otherwise, and where a change is told, what was listed last."""
    open_ones = [a for a in _open_ones(ctx) if a.question in gaps]
    last = max(open_ones, key=lambda a: a.revision).question if open_ones else None
    if ctx.focus == "overdue" and ctx.focus_id in ctx.state.actions:
        return ctx.state.actions[str(ctx.focus_id)].question
    if ctx.focus != "action" or ctx.focus_id not in gaps:
        return last or (gaps[0] if len(gaps) == 1 else None)
    return last if last is not None and _CHANGING.search(ctx.text) else ctx.focus_id


def _task(ctx: Ctx) -> str:
    """The words of a message that say what is to be done, without who does it and by when."""
    said = ctx.text.lower()
    for when in reversed(find_dates(said, ctx.turn.today)):
        said = f"{said[: when.start]} {said[when.end :]}"
    for owner in ctx.entities("owner"):
        said = said.replace(owner.lower(), " ")
    topic = _TOPIC.match(said)
    if topic is not None and _contents(topic[1]):
        said = topic[1]  # "the survey: Anna, she knows them"
    return " ".join(_contents(said))


def _contents(said: str) -> list[str]:
    return [word for word in _WORD.findall(said) if word not in _OF_ANY_WORK]


def _to_choose_from(ctx: Ctx, gaps: list[str]) -> list[str]:
    """Work that can go on the list now; where all of it is there, what is on it."""
    listed = {a.question for a in _open_ones(ctx)}
    free = [question for question in gaps if question not in listed]
    return free or gaps


def _ask_which(ctx: Ctx, questions: list[str]) -> None:
    """Says what can go on the list, and lets it be chosen; who and by when goes along."""
    composer = ctx.reply().say("plan.which_work")
    for question in questions[:_MOST_CHOICES]:
        composer.button(
            _short(ctx.question(question).action.of(ctx.audience)),
            "plan_action",
            question=question,
            due=ctx.entity("due"),
            owner=ctx.entity("owner"),
        )
    composer.button(text("small.continue"), "continue")


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1] + "…"


@skill("action_plan_action")
def plan(ctx: Ctx) -> None:
    """Puts the proposed work on the list, with a date if one was chosen."""
    meant = _work_meant(ctx)
    if not meant:
        ctx.reply().say("plan.nothing_to_plan")
        pick_up(ctx)
        return
    question = meant[0]
    if len(meant) > 1 or (ctx.entity("question") is None and _HOW.search(ctx.text)):
        _ask_which(ctx, meant)
        return
    if _tells_it_is_done(ctx):
        _ask_whether_done(ctx, question)
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


def _tells_it_is_done(ctx: Ctx) -> bool:
    """Whether a "yes" to an offer goes on to say that there is nothing left to plan."""
    timed = ctx.entity("due") or ctx.entity("owner")
    accepting = ctx.intent == "answer_yes" or accepts(ctx.text)
    return accepting and not timed and _DONE.search(ctx.text) is not None


def _ask_whether_done(ctx: Ctx, question: str) -> None:
    """Asks what the answer is now: no answer is changed by a "yes" to an offer."""
    composer = ctx.reply().say(
        "plan.a_yes_now",
        label=ctx.question(question).label,
        value=value_word(ctx.state.answers[question].value),
    )
    for value in ("yes", "partly"):
        composer.button(
            text(f"checklist.button_{value}"), "answer", value=value, question=question, note=ctx.entity("note")
        )
    composer.button(text("plan.button_plan"), "plan_action", question=question)
    composer.button(text("plan.button_no"), "decline", question=question)


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
        question = ctx.entity("question") or ctx.focus_id
        if question in _gaps(ctx):
            ctx.apply(decline_action(ctx.definition, ctx.state, str(question)), "plan")
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
    """Ticks something off, and asks the answer behind it again; or takes it off the list where that is said."""
    removing = takes_off(ctx.text)
    open_ones = _open_ones(ctx)
    chosen = _chosen(ctx, open_ones)
    if chosen is None:
        composer = ctx.reply()
        if not open_ones:
            composer.say("plan.nothing_to_remove" if removing else "plan.nothing_to_finish")
            pick_up(ctx)
            return
        composer.say("plan.which_removed" if removing else "plan.which_done")
        for action in open_ones[:5]:
            composer.button(_short(action.text), "decline" if removing else "finish_action", action=action.id)
        composer.button(text("small.continue"), "continue")
        return
    if removing:
        composer = ctx.reply()
        _drop(ctx, composer, chosen.id)
    else:
        ctx.apply(finish_action(ctx.definition, ctx.state, chosen.id), "plan")
        composer = ctx.reply().say("plan.finished", action=chosen.text)
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


def _chosen(ctx: Ctx, open_ones: list[Action]) -> Action | None:
    """What on the list is meant: by its button, its place in the list as shown, or its words."""
    named = ctx.entity("action")
    if named is not None:
        return next((a for a in open_ones if a.id == named), None)
    ordinal = ctx.entity("ordinal")
    if ordinal is not None:
        place = -1 if ordinal == "last" else int(ordinal) - 1 if ordinal.isdecimal() else len(open_ones)
        return open_ones[place] if -1 <= place < len(open_ones) and open_ones else None
    overdue = next((a for a in open_ones if ctx.focus == "overdue" and a.id == ctx.focus_id), None)
    said = _task(ctx)
    pointed = overdue or (open_ones[0] if len(open_ones) == 1 else None)
    if not said:
        return pointed
    question = _described(ctx, said, [a.question for a in open_ones], pointed.question if pointed else None)
    return next((a for a in open_ones if a.question == question), None)


@skill("action_show_actions")
def show(ctx: Ctx) -> None:
    """What is on the list."""
    open_ones = _open_ones(ctx)
    composer = ctx.reply()
    if not open_ones:
        composer.say("plan.list_none")
        pick_up(ctx)
        return
    composer.say("plan.list_head")
    for action in open_ones:
        step = ctx.definition.question(action.question).step
        key = "plan.list_line_funding" if step == "funding" else "plan.list_line"
        composer.line(text(key, action=action.text, step=step, terms=_terms(ctx, action)))
    composer.button(text("plan.button_done"), "finish_action")
    pick_up(ctx)
