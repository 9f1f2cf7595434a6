"""A message for a person of whoever runs the assistant; what is kept of one's data; which language is spoken."""

from __future__ import annotations

import functools
import re

from actions.composing import Composer, text
from actions.profile import profile_words
from actions.skill import Ctx, skill
from actions.thread import pick_up, step_name
from assistant.replies import payload
from assistant.settings import Settings
from assistant.workspace import LONGEST_LEFT, TakenBack

__all__ = ["message_in"]

_LONGEST_SHOWN = 280
"""Characters of a message that are shown when it is confirmed; the whole is kept."""
_LEAST_WORDS = 2
"""Words below which what follows "leave a message:" is no message yet."""
_FOLLOWS = re.compile(
    r"^[^:]{0,60}?\b(?:message|note|word|human|person|people|somebody|someone|team|operator|admin\w*|staff|colleagues?|"
    r"report|mistake|error|boss|developers?|makers?)\b[^:]{0,40}:\s*(?P<what>.+)$"
    r"|^(?:.{0,80}?\band\b)?\W*(?:(?:please|can|could|would|will|you|i|want|to|like)\s+)*(?:tell|let|inform)\s+"
    r"(?:them|somebody|someone|a person|a human|(?:the|your)\s+\w+(?:\s+(?:behind|who \w+)\s+(?:this|it|you))?"
    r"|who(?:ever)?\s+\w+\s+(?:this|it|you))\s+(?:know\s+)?(?:that\s+)?"
    r"(?P<told>(?!about\b)\S+\s.+)$"
    r"|^\W*(?:(?:please|can|could|you|i|want|to)\s+)*(?:leave|send|pass on|take|give)\s+(?:\w+\s+)?(?:a |the |this )?"
    r"(?:message|note|word)(?: on)?(?: (?:to|for) [\w ]{1,30}?)? (?:that|saying(?: that)?)\s+(?P<that>.+)$",
    re.IGNORECASE | re.DOTALL,
)
""" "Leave a message: our link is broken", "tell the team that ...": what follows is the message."""
_BARE = re.compile(
    r"\W*(?:yes|yep|yeah|ok|okay|sure|please|yes please|alright|hi|hello|hello there|a message|"
    r"(?:leave )?(?:a |my )?message|thanks|thank you|bye|good (?:morning|day|afternoon|evening))\W*",
    re.IGNORECASE,
)
""" "Yes, please" to "what shall I pass on?" is no message yet."""
_REACHABLE = re.compile(r"\S@\S|\d(?:[\s/().-]*\d){6}")
"""An address or a telephone number."""
_UNDOING = ("undo", "undo that", "undo it", "oops", "take that back", "delete that", "delete it", "cancel that")
"""What the button that takes a message back can be typed as, besides its title."""
_DELETION = re.compile(r"\b(?:delet|remov|eras|wipe|forg[eo]t|get rid|destroy|out of your database)", re.IGNORECASE)

_READERS = re.compile(
    r"\bwho(?:ever)?\b[^?.]{0,30}\b(?:reads?|sees?|gets?|receives?|looks? at|is reading|opens?)\b[^?.]{0,20}"
    r"\b(?:messages?|notes?)\b|\bwhere\b[^?.]{0,20}\b(?:messages?|notes?)\b[^?.]{0,10}\bgo(?:es)?\b",
    re.IGNORECASE,
)


@functools.cache
def _settings() -> Settings:
    return Settings.from_environment()


def _operator() -> str:
    """Who will see a message, in words."""
    return _settings().operator or text("person.operator")


def message_in(words: str) -> str | None:
    """What follows "leave a message:"; None if nothing does that would be one."""
    match = _FOLLOWS.match(words)
    what = next((part for part in match.groups() if part), "").strip() if match else ""
    return what if len(what.split()) >= _LEAST_WORDS else None


@skill("action_leave_message")
def leave_message(ctx: Ctx) -> None:
    """Asks what to pass on to a person; or keeps it, where it was said in one go."""
    if ctx.focus == "message" and ctx.intent == "unreadable":
        _ask_again(ctx, "person.no_words")
        return
    note = ctx.entity("note")
    message = message_in(ctx.text) or (note if note == ctx.text else None)
    if message:
        _keep(ctx, message)
        return
    composer = ctx.reply().say("person.ask", operator=_operator()).line(text("person.along", along=_along(ctx)))
    if ctx.focus == "message":
        ctx.wait_for("message", ctx.focus_id, seen=ctx.focus_revision)
    else:
        # What was waited for is taken along, so that it can be picked up afterwards.
        ctx.wait_for("message", f"{ctx.focus or ''}:{ctx.focus_id or ''}", seen=ctx.focus_revision)
    _never_mind(composer)


def _never_mind(composer: Composer) -> None:
    composer.button(text("person.button_never_mind"), "drop_message")


def _along(ctx: Ctx) -> str:
    """What the person will see beside the message."""
    parts = []
    profile = ctx.turn.profile
    if profile.name:
        parts.append(text("person.along_name", name=profile.name))
    if profile.sectors or profile.country:
        parts.append(text("person.along_profile", profile=profile_words(ctx)))
    step, question = _place(ctx)
    if question:
        parts.append(text("person.along_question", step=step_name(ctx, str(step))))
    elif step:
        parts.append(text("person.along_step", step=step_name(ctx, step)))
    parts.append(text("person.along_channel"))
    return text("person.along_and", first=", ".join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else parts[0]


def _before(ctx: Ctx) -> tuple[str | None, str | None]:
    """What was waited for before a message was: (focus, its id)."""
    if ctx.focus != "message":
        return ctx.focus, ctx.focus_id
    focus, _, focus_id = (ctx.focus_id or "").partition(":")
    return focus or None, focus_id or None


def _place(ctx: Ctx) -> tuple[str | None, str | None]:
    """The step and the question that the person is at, as far as they have begun."""
    focus, focus_id = _before(ctx)
    if focus == "question" and focus_id:
        return ctx.definition.question(focus_id).step, focus_id
    return (ctx.state.current if ctx.begun else None), None


@skill("action_keep_message")
def keep_message(ctx: Ctx) -> None:
    """Keeps what was said as a message for a person."""
    message = (ctx.entity("note") or ctx.text).strip()
    if ctx.focus != "message":
        ctx.reply().say("person.nothing_asked")
        _resume(ctx)
    elif not message or _BARE.fullmatch(message):
        _ask_again(ctx, "person.ask_again")
    elif ctx.entity("other") is not None:
        _ask_which(ctx, message)
    else:
        _keep(ctx, message)


def _ask_again(ctx: Ctx, key: str) -> None:
    _never_mind(ctx.reply().say(key))
    ctx.wait_for("message", ctx.focus_id, seen=ctx.focus_revision)


def _ask_which(ctx: Ctx, message: str) -> None:
    """Asks whether it is the message, or something said to the assistant; nothing is sent in doubt."""
    composer = ctx.reply().say("person.which", message=message)
    composer.button(text("person.button_send"), "note", note=message)
    composer.button(text("person.button_question"), "ask_knowledge", note=message)
    _never_mind(composer)
    ctx.wait_for("message", ctx.focus_id, seen=ctx.focus_revision)


def _keep(ctx: Ctx, message: str) -> None:
    if len(message) > LONGEST_LEFT:
        found = f"{len(message):,}"
        _never_mind(ctx.reply().say("person.too_long", found=found, most=f"{LONGEST_LEFT:,}"))
        focus, focus_id = _before(ctx)
        ctx.wait_for("message", f"{focus or ''}:{focus_id or ''}", seen=ctx.focus_revision)
        return
    step, question = _place(ctx)
    left = ctx.turn.unit.leave_message(ctx.turn.member, ctx.turn.channel, message, step, question)
    whole = len(message) <= _LONGEST_SHOWN
    shown = message if whole else message[:_LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
    key = "person.kept_already" if left.again else "person.kept" if whole else "person.kept_long"
    composer = ctx.reply().say(key, operator=_operator(), message=shown, length=f"{len(message):,}")
    composer.raw(text("person.by_mail" if _settings().mail_server else "person.in_inbox", operator=_operator()))
    composer.button(text("person.button_take_back"), "drop_message", message=left.key)
    if not _REACHABLE.search(message):
        composer.line(text("person.no_address"))
        composer.button(text("person.button_reach"), "leave_message")
    # An "undo" now means the message, and not the change of the journey that was made last.
    ctx.turn.choices.update(dict.fromkeys(_UNDOING, payload("drop_message", message=left.key)))
    _resume(ctx)


def _resume(ctx: Ctx) -> None:
    """Goes back to what was waited for before the message was."""
    focus, focus_id = _before(ctx)
    if ctx.focus == "message":
        ctx.wait_for(focus, focus_id, seen=ctx.focus_revision)
        ctx.turn.seen = (focus, focus_id)  # it was on the table before the message was asked for
    pick_up(ctx)


_CAME_OF_IT = {
    TakenBack.DONE: "person.taken_back",
    TakenBack.DONE_BUT_MAILED: "person.taken_back_mailed",
    TakenBack.READ_ALREADY: "person.read_already",
    TakenBack.NOT_THERE: "person.not_there",
}


@skill("action_drop_message")
def drop_message(ctx: Ctx) -> None:
    """Takes back a message that was left, or leaves the one that was asked for."""
    key = ctx.entity("message")
    if key is None:
        said = "person.nothing_passed_on" if ctx.focus == "message" else "person.nothing_asked"
        ctx.reply().say(said)
        _resume(ctx)
        return
    came_of_it = ctx.turn.unit.take_back(ctx.turn.member, key)
    composer = ctx.reply().say(_CAME_OF_IT[came_of_it], operator=_operator())
    if came_of_it in (TakenBack.READ_ALREADY, TakenBack.DONE_BUT_MAILED):
        composer.button(text("person.button_leave"), "leave_message")
    _resume(ctx)


@skill("action_ask_privacy")
def ask_privacy(ctx: Ctx) -> None:
    """Says what is kept, who sees it, and how it is deleted; only the last, where that was asked."""
    composer = ctx.reply()
    if _READERS.search(ctx.text):
        composer.say("person.who_reads", operator=_operator())
        composer.raw(text("person.by_mail" if _settings().mail_server else "person.in_inbox", operator=_operator()))
    elif _DELETION.search(ctx.text):
        composer.say("person.delete", operator=_operator())
    else:
        composer.say("person.privacy", operator=_operator())
        composer.raw(text("person.privacy_mail" if _settings().mail_server else "person.privacy_nothing_sent"))
        composer.line(text("person.privacy_delete", operator=_operator()))
    if ctx.focus != "message":
        composer.button(text("person.button_leave"), "leave_message")
    if ctx.begun:
        composer.button(text("small.my_answers"), "show_answers")
    pick_up(ctx)


@skill("action_ask_language")
def ask_language(ctx: Ctx) -> None:
    """Says which language it speaks."""
    ctx.reply().say(ctx.unsaid("person.language", "person.language_2"))
    pick_up(ctx)
