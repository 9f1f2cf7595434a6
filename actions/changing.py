"""Which answer somebody means, what value they give it, and what an undo took back."""

from __future__ import annotations

from actions.composing import text
from actions.context import finder
from actions.skill import Ctx
from actions.thread import VALUES, value_word
from assistant.journey import Value
from assistant.workspace import ChangeRef

__all__ = ["describe_undone", "question_meant", "value_of"]

_SURE = 0.56
"""Score of the question finder above which the best match is taken; settled on tests/knowledge/test_finder.py."""
_MARGIN = 0.06
"""By how much it must be ahead of the second; otherwise the person is asked."""
_ELSEWHERE = 0.3
"""By how much a question of another step than the one that is named must fit better to be the one that is meant."""
_POSSIBLE = 0.43
"""Below this a match is not even offered."""


def value_of(ctx: Ctx) -> Value | None:
    """The answer given: by a button, by the reading of the text, or None."""
    return VALUES.get(ctx.entity("value") or "")


def question_meant(ctx: Ctx) -> list[str]:
    """The question meant: one if it is clear, several to choose from if not, none if nothing fits."""
    named = ctx.entity("question")
    if named is not None:
        asked = ctx.asked_of_them(named)
        return [] if asked is None else [asked]
    by_place = _by_place(ctx)
    return [by_place] if by_place is not None else _by_description(ctx)


def _by_description(ctx: Ctx) -> list[str]:
    """The question that the words describe; nothing is changed unasked unless one fits clearly best."""
    step = ctx.entity("step")
    only = None
    if step in ctx.knowledge.steps:
        only = [q.id for q in ctx.definition.step(str(step)).questions_for(ctx.audience)]
    matches = finder().find(ctx.text, ctx.audience, current_step=ctx.state.current)
    within = finder().find(ctx.text, ctx.audience, current_step=ctx.state.current, only=only) if only else []
    # "Our region has no specialisation strategy" and "the plan B" name step 4 by one of their words only.
    if within and within[0].score >= max(_SURE, matches[0].score - _ELSEWHERE):
        matches = within
    best = matches[0].score if matches else 0.0
    if best < _POSSIBLE:
        last = _last(ctx) if _bare(ctx) else None
        return [last] if last is not None else []
    # Somebody who corrects means something that was answered, unless another question fits far better.
    answered = [m for m in matches if m.question in ctx.state.answers]
    if answered and answered[0].score >= best - _MARGIN:
        matches = answered
    second = matches[1].score if len(matches) > 1 else 0.0
    if matches[0].score >= _SURE and matches[0].score - second >= _MARGIN:
        return [matches[0].question]
    possible = [m.question for m in matches[:3] if m.score >= _POSSIBLE]
    return possible if len(possible) > 1 else [m.question for m in matches[:2]]


def _by_place(ctx: Ctx) -> str | None:
    """ "the first one", "question 2", "the last one"."""
    ordinal = ctx.entity("ordinal")
    if ordinal is None or not (ordinal == "last" or (ordinal.isascii() and ordinal.isdigit())):
        return None
    if ordinal == "last":
        return _last(ctx)
    step = ctx.entity("step") or ctx.state.current or "1"
    questions = ctx.definition.step(step).questions_for(ctx.audience)
    number = int(ordinal)
    return questions[number - 1].id if 1 <= number <= len(questions) else None


def _last(ctx: Ctx) -> str | None:
    """The question that was answered last."""
    answers = [a for a in ctx.state.answers.values() if _asked(ctx, a.question)]
    return max(answers, key=lambda a: a.revision).question if answers else None


def _asked(ctx: Ctx, question: str) -> bool:
    return ctx.audience in ctx.definition.question(question).audiences


def _bare(ctx: Ctx) -> bool:
    """Whether nothing was described: "no, that was wrong", "make it partly"."""
    return len(ctx.text.split()) <= 6


def describe_undone(ctx: Ctx, change: ChangeRef) -> str:
    """What an undo took back, in words."""
    answers = change.before.get("answers", {})
    if len(answers) == 1:
        ((question, before),) = answers.items()
        label = ctx.question(question).label
        if before is None:
            return text("checklist.undo_answer_first", label=label)
        return text("checklist.undo_answer", label=label, value=value_word(Value(before["value"])))
    words = {
        "skip_question": "undo_skip",
        "route": "undo_route",
        "open_step": "undo_step",
        "skip_step": "undo_step",
        "plan": "undo_plan",
        "audience": "undo_role",
        "begin": "undo_begin",
        "lesson": "undo_lesson",
        "decline_route": "undo_decline",
    }
    key = "undo_stop" if change.after.get("dead_end") else words.get(change.kind, "undo_other")
    deferred = next(iter(change.after.get("deferred", {})), None)
    return text(f"checklist.{key}", label=ctx.question(deferred).label if deferred and key == "undo_skip" else "")
