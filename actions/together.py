"""Two members at one question: the second is told what the first said, and nothing of either is lost."""

from __future__ import annotations

from actions.composing import text
from actions.skill import Ctx
from actions.thread import ask, value_word
from assistant.journey import Answer, Value, answer

__all__ = ["answered_meanwhile", "name_of"]


def answered_meanwhile(ctx: Ctx, question: str, known: Answer, mine: Value) -> bool:
    """Whether a colleague answered between the asking and this answer; then says so, and asks if they differ."""
    if known.by == ctx.turn.member.id or not _is_newer(ctx, question, known):
        return False
    note = ctx.entity("note")
    name = name_of(ctx, known)
    if known.value is mine:
        _both_say(ctx, question, known, note, name)
        return True
    composer = ctx.reply().say(
        "checklist.conflict_note" if known.note else "checklist.conflict",
        name=name,
        theirs=value_word(known.value),
        note=known.note,
        mine=value_word(mine),
    )
    composer.button(text("checklist.button_keep", value=value_word(known.value)), "keep_answer", question=question)
    composer.button(
        text("checklist.button_use", value=value_word(mine)), "answer", value=mine.value, question=question, note=note
    )
    ctx.wait_for("conflict", question)
    return True


def _is_newer(ctx: Ctx, question: str, known: Answer) -> bool:
    """Whether an answer came after the question was shown to this person: by the button pressed, or the last asking."""
    seen = ctx.entity("seen")
    if seen is not None:
        return seen.isascii() and seen.isdigit() and known.revision > int(seen)
    shown = ctx.focus_revision if ctx.focus_id == question else None
    return shown is not None and known.revision > shown


def name_of(ctx: Ctx, known: Answer) -> str:
    """Who gave an answer, as far as it is known."""
    name = ctx.turn.unit.member_name(known.by, ctx.turn.member.organisation_id) if known.by else None
    return name or text("checklist.colleague")


def _both_say(ctx: Ctx, question: str, known: Answer, note: str | None, name: str) -> None:
    """Two people give the same answer: nothing of either is lost, and the second hears of the first."""
    composer = ctx.reply()
    if note and known.note and note != known.note:
        composer.say("checklist.same_with_notes", name=name, value=value_word(known.value), note=known.note)
        note = f"{known.note} / {note}"
    else:
        composer.say("checklist.same", name=name, value=value_word(known.value))
    if note and note != known.note:
        change = answer(ctx.definition, ctx.state, question, known.value, note, by=ctx.turn.member.id, at=ctx.turn.now)
        ctx.apply(change, "answer")
    ctx.wait_for(None)
    ask(ctx, composer, walking=True)
