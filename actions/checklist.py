"""Walking a checklist: answering, asking why, skipping, changing, taking back."""

from __future__ import annotations

import re

from actions.changing import describe_undone, question_meant, value_of
from actions.composing import Composer, text
from actions.consult import answer_from_sources, asks_the_sources
from actions.fitting import add_fits
from actions.onboarding import resume, take_bare_answer
from actions.skill import Ctx, skill
from actions.thread import (
    advice_key,
    answer_buttons,
    ask,
    ask_question,
    completion_of,
    count_words,
    is_proposed,
    pick_up,
    step_name,
    value_word,
)
from actions.together import answered_meanwhile, name_of
from assistant.journey import (
    Answer,
    Change,
    JourneyState,
    NextKind,
    NoticeKind,
    UndoConflict,
    Value,
    answer,
    reaffirm,
    restore,
    skip_question,
)
from assistant.phrases import shorten_note
from assistant.workspace import NothingToUndo

_EVENTS = ("project_failed", "unexpected_event")
_MAYBE = 0.1
"""Confidence from which a statement may be the report of an event, and the button for that is offered."""
_ASKED_BACK = re.compile(r"\?\W*$|^\W*(?:what|which|how|whom?|whose|when|where|define)\b", re.IGNORECASE)
"""Of what is no clear answer: "agreed by whom?", "how long is long"."""
_VALUE = r"(?:yes|no|not yet|partly|not applicable|n/a)"
_TO_ALL = re.compile(
    rf"\W*{_VALUE}\W+(?:to|for|on) (?:all|everything|every (?:one|question)|each(?: one)?|the rest)\b.{{0,20}}"
    rf"|\W*(?:(?:set|put|mark|answer|make)\s+)?(?:all|everything|the rest)(?: (?:of )?(?:it|these|them|those|the "
    rf"(?:rest|others|questions)|questions))?(?: (?:is|are|as|to|with))? {_VALUE}\W*",
    re.IGNORECASE,
)
""" "All of these are yes": of several answers only the one that was asked for is taken."""
_UNDO_TWICE = re.compile(
    r"\b(?:undo|undoing|take back|reverse|revert|cancel)\b.*\b(?:the|that|this|my|your|last) (?:\w+ )?undo\b|\bredo\b",
    re.IGNORECASE,
)
""" "Undo the undo": what was taken back is gone; taking back one thing more would be the opposite of what is asked."""
_SHORT = 160
"""Characters up to which a note on an answer shares a reply with what comes next."""


@skill("action_answer")
def answer_action(ctx: Ctx) -> None:
    """Stores an answer to the question that is open, or to the one that a button names."""
    value = value_of(ctx)
    question = _question_for_answer(ctx)
    if not ctx.begun and value is not None and ctx.focus in ("role", "standing"):
        take_bare_answer(ctx, value)
        return
    if not ctx.begun or value is None or question is None:
        ctx.reply().say("small.said_yes_to_nothing")
        ask(ctx, walking=True)
        return
    resume(ctx)
    known = ctx.state.answers.get(question)
    if known is not None and answered_meanwhile(ctx, question, known, value):
        return
    record(ctx, question, value, _with_kept(ctx, question))


def _with_kept(ctx: Ctx, question: str) -> str | None:
    """The note to an answer, after the words that were not clear and were to be kept, whatever was asked since."""
    note, kept = ctx.entity("note"), ctx.pending.get("said") if ctx.pending.get("question") == question else None
    if not kept or note == kept:
        return note or kept
    return shorten_note(f"{kept}; {note}") if note else kept


def _question_for_answer(ctx: Ctx) -> str | None:
    named = ctx.entity("question")
    if named is not None:
        return ctx.asked_of_them(named)
    return ctx.focus_id if ctx.focus in ("question", "unclear", "conflict") else None


def record(ctx: Ctx, question: str, value: Value, note: str | None) -> None:
    """Stores an answer, says what that means, and goes on."""
    was_open = ctx.focus == "question" and ctx.focus_id == question
    change = answer(ctx.definition, ctx.state, question, value, note, by=ctx.turn.member.id, at=ctx.turn.now)
    ctx.apply(change, "answer")
    composer = ctx.reply()
    changed = change.of(NoticeKind.CHANGED_ANSWER)
    if changed and changed[0].before is not None:
        _say_changed(ctx, composer, question, changed[0].before, value, note)
    elif change.of(NoticeKind.REAFFIRMED_ANSWER):
        composer.say("checklist.reaffirmed", value=value_word(value))
    elif not change.changed:
        composer.say("checklist.nothing_new", value=value_word(value))
    else:
        key = "noted_note" if note else "noted"
        label = ctx.question(question).label
        composer.say(f"checklist.{key}{'' if was_open else '_on'}", value=value_word(value), note=note, label=label)
    if _TO_ALL.fullmatch(ctx.text):
        composer.say("checklist.one_by_one")
    goes_on = was_open or ctx.focus not in ("question", "action", "route", "lesson", "overdue")
    other = changed and changed[0].before is not None and changed[0].before.value is not value
    _say_steps(ctx, composer, change, bool(other))
    if not (goes_on and is_proposed(ctx, question)):  # the proposal itself says what to do
        _advise(ctx, composer, question, value, change)
    ctx.pending = None
    if goes_on:
        ctx.wait_for(None)
        ask(ctx, composer if composer.length() <= _SHORT else None, walking=True)
    else:
        pick_up(ctx)


def _say_changed(ctx: Ctx, composer: Composer, question: str, before: Answer, value: Value, note: str | None) -> None:
    label, step = ctx.question(question).label, ctx.definition.question(question).step
    if before.value is value:
        composer.say("checklist.note_changed", label=label, value=value_word(value), note=note)
        return
    key = "checklist.changed_funding" if step == "funding" else "checklist.changed"
    composer.say(key, label=label, step=step, before=value_word(before.value), value=value_word(value))


def _advise(ctx: Ctx, composer: Composer, question: str, value: Value, change: Change) -> None:
    """What to do about an answer that is not a yes."""
    if not change.changed or value.settles or change.of(NoticeKind.REAFFIRMED_ANSWER):
        return
    prose = ctx.question(question)
    advice = prose.when_partly if value is Value.PARTLY else prose.when_not_yet
    composer.raw(advice.of(ctx.audience), prose.sources[:1])
    add_fits(ctx, composer, ctx.definition.question(question).step, question, advised=advice_key(ctx, question, value))


def _say_steps(ctx: Ctx, composer: Composer, change: Change, changed: bool) -> None:
    for notice in change.of(NoticeKind.STEP_REOPENED):
        name = step_name(ctx, str(notice.step))
        composer.say("checklist.reopened", step=name[0].upper() + name[1:])
    for notice in change.of(NoticeKind.STEP_PASSED):
        thing = ctx.next()
        if thing.kind is NextKind.PROCEED and completion_of(ctx, str(notice.step), thing.then):
            continue  # what comes next says it, in the handbook's sense
        everything = any(n.route == "round-completed" for n in change.of(NoticeKind.OFFER))
        composer.say("journey.passed_all" if everything else "journey.passed", step=step_name(ctx, str(notice.step)))
    if changed and not change.of(NoticeKind.STEP_REOPENED) and not change.of(NoticeKind.STEP_PASSED):
        composer.say("checklist.nothing_depends")


@skill("action_keep_answer")
def keep_answer(ctx: Ctx) -> None:
    """Leaves a colleague's answer as it is."""
    question = ctx.entity("question") or ctx.focus_id
    known = ctx.state.answers.get(question or "")
    composer = ctx.reply()
    if known is not None:
        composer.say("checklist.conflict_kept", value=value_word(known.value))
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


@skill("action_answer_unclear")
def answer_unclear(ctx: Ctx) -> None:
    """Asks once whether something is a yes, a partly or a not yet; keeps the words."""
    if ctx.focus != "question" or ctx.focus_id is None:
        ask(ctx, walking=True)
        return
    if _ASKED_BACK.search(ctx.text) and text("checklist.counts_head") not in "\n".join(ctx.turn.said_last):
        say_what_counts(ctx, ctx.focus_id)  # "agreed by whom?": whoever asks what is meant is told
        return
    if asks_the_sources(ctx):
        answer_from_sources(ctx, ctx.text)
        return
    note = ctx.entity("note") or ctx.text
    composer = ctx.reply().say("checklist.unclear", note=note) if note else ctx.reply().say("checklist.unclear_short")
    ctx.pending = {"said": note, "question": ctx.focus_id}
    for value in ("yes", "partly", "not_yet"):
        composer.button(text(f"checklist.button_{value}"), "answer", value=value, question=ctx.focus_id, note=note)
    event = next((str(r["name"]) for r in ctx.ranking if r["name"] in _EVENTS and r["confidence"] >= _MAYBE), None)
    if event is not None:
        name = text(f"guesses.{event}")
        composer.button(name[0].upper() + name[1:], event)
    composer.button(text("checklist.button_counts"), "what_counts", question=ctx.focus_id)
    composer.button(text("checklist.button_skip"), "skip_question", question=ctx.focus_id)
    ctx.wait_for("question", ctx.focus_id)


def _question_talked_of(ctx: Ctx) -> str | None:
    named = ctx.entity("question")
    if named is not None:
        return ctx.asked_of_them(named)
    if ctx.turn.asked is not None and ctx.intent in ("why_ask", "what_counts"):
        return ctx.turn.asked  # "yes, but why do you ask?" is about the question they have seen
    if ctx.focus in ("question", "action") and ctx.focus_id:
        return ctx.focus_id
    thing = ctx.next()
    return thing.question if thing.kind in (NextKind.ASK, NextKind.ASK_SET_ASIDE, NextKind.PROPOSE_ACTION) else None


@skill("action_why")
def why(ctx: Ctx) -> None:
    """Says why a question is asked, and asks it again."""
    if ctx.focus in ("role", "standing"):
        ctx.reply().say("onboarding.why")
        pick_up(ctx)
        return
    question = _question_talked_of(ctx)
    if question is None:
        ctx.reply().say("checklist.no_question")
        ask(ctx, walking=True)
        return
    prose = ctx.question(question)
    if prose.why.of(ctx.audience) in "\n".join(ctx.turn.said_last):
        say_what_counts(ctx, question)  # asked once more, after the reason was given: then by examples
        return
    ctx.reply().raw(prose.why.of(ctx.audience), prose.sources[:1])
    _ask_again(ctx, question)


@skill("action_what_counts")
def what_counts(ctx: Ctx) -> None:
    """Says what counts as evidence for a yes, and asks the question again."""
    question = _question_talked_of(ctx)
    if question is None:
        ctx.reply().say("checklist.no_question")
        ask(ctx, walking=True)
        return
    say_what_counts(ctx, question)


def say_what_counts(ctx: Ctx, question: str) -> None:
    """What would make the answer a yes, and the question once more."""
    prose = ctx.question(question)
    composer = ctx.reply().say("checklist.counts_head")
    for item in prose.evidence[:-1]:
        composer.line(f"- {item}")
    composer.line(f"- {prose.evidence[-1]}", prose.sources[:1])
    _ask_again(ctx, question)


def _ask_again(ctx: Ctx, question: str) -> None:
    if ctx.turn.to_come:
        return
    if ctx.focus == "action" or (ctx.focus == "question" and ctx.focus_id != question):
        pick_up(ctx)
        return
    ask_question(ctx, ctx.reply(), question, back=True)


@skill("action_skip_question")
def skip_question_action(ctx: Ctx) -> None:
    """Sets a question aside; it is asked again after the others."""
    question = _question_talked_of(ctx)
    if not ctx.begun or question is None:
        if ctx.focus in ("action", "route", "lesson", "overdue"):
            _set_focus_aside(ctx)
            return
        ask(ctx, walking=True)
        return
    if ctx.focus == "action":
        _set_focus_aside(ctx)
        return
    change = skip_question(ctx.definition, ctx.state, question)
    known = ctx.state.answers.get(question)
    if not change.changed and known is not None:
        composer = ctx.reply().say(
            "checklist.answered_already", name=name_of(ctx, known), value=value_word(known.value)
        )
    else:
        ctx.apply(change, "skip_question")
        composer = ctx.reply().say("checklist.skipped", label=ctx.question(question).label)
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


def _set_focus_aside(ctx: Ctx) -> None:
    from actions.plan import decline_focus  # the two skills call each other

    decline_focus(ctx)


@skill("action_correct_answer")
def correct_answer(ctx: Ctx) -> None:
    """Changes an earlier answer that is described in words."""
    if not ctx.begun:
        ask(ctx)
        return
    found = question_meant(ctx)
    described = ctx.entity("question") is None
    if described and len(found) != 1 and not ctx.state.answers and ctx.focus == "question" and value_of(ctx):
        found = [str(ctx.focus_id)]  # with no earlier answer it is one to the question on the table
    if described and not found and len(ctx.state.answers) == 1 and value_of(ctx):
        found = list(ctx.state.answers)  # "that was wrong, we have nothing on paper": no other can be meant
    if len(found) != 1:
        _which(ctx, found)
        return
    question, value = found[0], value_of(ctx)
    if value is None:
        known = ctx.state.answers.get(question)
        label = ctx.question(question).label
        composer = ctx.reply()
        if known:
            composer.say("checklist.which_value", label=label, value=value_word(known.value))
        else:
            composer.say("checklist.which_value_new", label=label)
        answer_buttons(composer, question, ctx.state.revision)
        if ctx.entity("note"):
            ctx.pending = {"said": ctx.entity("note"), "question": question}  # kept with the answer that is to come
        ctx.wait_for("question", question)
        return
    record(ctx, question, value, ctx.entity("note"))


def _which(ctx: Ctx, found: list[str]) -> None:
    value, note = value_of(ctx), ctx.entity("note")
    composer = ctx.reply()
    if not found:
        step = ctx.state.current or "1"
        asked = [q.id for q in ctx.definition.step(step).questions_for(ctx.audience)]
        found = [question for question in asked if question in ctx.state.answers]
        composer.say("checklist.not_found" if found else "checklist.not_found_none", step=step_name(ctx, step))
    else:
        composer.say("checklist.which")
    for question in found[:4]:
        label = ctx.question(question).label
        composer.button(
            label[0].upper() + label[1:],
            "correct_answer",
            question=question,
            value=value.value if value else None,
            note=note,
        )
    composer.button(text("small.something_else"), "show_answers")
    composer.button(text("small.continue"), "continue")
    ctx.wait_for("correction")


@skill("action_undo")
def undo(ctx: Ctx) -> None:
    """Takes back this person's last change of the journey."""
    if _UNDO_TWICE.search(ctx.text):
        ctx.reply().say("checklist.undo_undo")
        pick_up(ctx)
        return
    turn = ctx.turn

    def merge(current: JourneyState, before: JourneyState, after: JourneyState) -> JourneyState:
        return restore(ctx.definition, current, before, after).state

    try:
        _, new, change = turn.unit.undo(turn.journey.id, turn.member.organisation_id, turn.member.id, merge)
    except NothingToUndo:
        ctx.reply().say("checklist.undo_nothing")
        pick_up(ctx)
        return
    except UndoConflict as conflict:
        what = conflict.part
        if conflict.field == "answers" and conflict.key:
            what = text("checklist.undo_answer_first", label=ctx.question(conflict.key).label).split(";")[0]
        ctx.reply().say("checklist.undo_conflict", what=what)
        pick_up(ctx)
        return
    turn.reload(new)
    composer = ctx.reply().say("checklist.undone", what=describe_undone(ctx, change))
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


@skill("action_all_as_before")
def all_as_before(ctx: Ctx) -> None:
    """Keeps all earlier answers of a step that is looked at again."""
    if not ctx.begun or ctx.state.current is None:
        ask(ctx)
        return
    step = ctx.state.current
    change = reaffirm(ctx.definition, ctx.state, step, by=ctx.turn.member.id, at=ctx.turn.now)
    ctx.apply(change, "reaffirm")
    composer = ctx.reply()
    count = len(change.of(NoticeKind.REAFFIRMED_ANSWER))
    if count:
        composer.say("checklist.all_kept", count=count_words(count, "answer", "answers"), step=step_name(ctx, step))
        _say_steps(ctx, composer, change, False)
    else:
        composer.say("checklist.all_kept_nothing")
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)


@skill("action_show_answers")
def show_answers(ctx: Ctx) -> None:
    """The answers of one step, with their notes."""
    if not ctx.begun:
        ask(ctx)
        return
    named = ctx.entity("step")
    step = named if named in ctx.knowledge.steps else ctx.state.current or "1"
    lines = []
    for question in ctx.definition.step(step).questions_for(ctx.audience):
        known = ctx.state.answers.get(question.id)
        if known is not None:
            key = "checklist.answer_line_with_note" if known.note else "checklist.answer_line"
            label = ctx.question(question.id).label
            lines.append(text(key, label=label, value=value_word(known.value), note=known.note))
    composer = ctx.reply()
    if lines:
        composer.say("checklist.answers_head", step=step_name(ctx, step)).line("\n".join(lines))
    else:
        composer.say("checklist.answers_none", step=step_name(ctx, step))
    pick_up(ctx)
