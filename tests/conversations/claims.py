"""What a ``state:`` line can claim of the stored journey, and whether it is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from actions.context import journey_knowledge
from assistant.journey import JourneyDefinition, JourneyState, NextKind, progress, what_next

__all__ = ["Stored", "check_claim"]


@dataclass(frozen=True)
class Stored:
    """What the database holds of a journey, and what it held before the last message."""

    state: JourneyState
    before: JourneyState
    paused: bool
    paused_before: bool
    today: date

    @property
    def definition(self) -> JourneyDefinition:
        """The shape of the journey."""
        return journey_knowledge().definition


_CLAIMS: list[tuple[re.Pattern[str], Callable[..., str | None]]] = []


def _claim(pattern: str) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    def add(function: Callable[..., str | None]) -> Callable[..., str | None]:
        _CLAIMS.append((re.compile(pattern), function))
        return function

    return add


def check_claim(stored: Stored, claim: str) -> str | None:
    """None if the claim is true; otherwise what is so instead.

    Raises:
        ValueError: if it is no claim.
    """
    for pattern, function in _CLAIMS:
        found = pattern.fullmatch(claim)
        if found:
            return function(stored, **found.groupdict())
    raise ValueError(f"no claim about the state: {claim!r}")


def _differs(actual: object, expected: object) -> str | None:
    return None if actual == expected else f"it is {actual!s}"


@_claim(r"unchanged")
def _unchanged(stored: Stored) -> str | None:
    if stored.state == stored.before and stored.paused == stored.paused_before:
        return None
    return f"revision {stored.before.revision} became {stored.state.revision}: {stored.state}"


@_claim(r"not begun")
def _not_begun(stored: Stored) -> str | None:
    return _differs(stored.state.audience, None)


@_claim(r"role (?P<role>cluster organisation|policy maker)")
def _role(stored: Stored, role: str) -> str | None:
    audience = stored.state.audience
    return _differs(audience.value.replace("_", " ") if audience else "not known", role)


@_claim(r"current (?P<step>\d+|funding)")
def _current(stored: Stored, step: str) -> str | None:
    return _differs(stored.state.current, step)


@_claim(r"round (?P<number>\d+)")
def _round(stored: Stored, number: str) -> str | None:
    return _differs(stored.state.round, int(number))


@_claim(r"(?P<negated>not )?stopped")
def _stopped(stored: Stored, negated: str | None) -> str | None:
    return _differs("stopped" if stored.state.dead_end else "not stopped", f"{negated or ''}stopped")


@_claim(r"(?P<negated>not )?paused")
def _paused(stored: Stored, negated: str | None) -> str | None:
    return _differs("paused" if stored.paused else "not paused", f"{negated or ''}paused")


@_claim(r"steps? (?P<keys>[\w, ]+?) (?P<status>not started|in progress|passed|to revisit)")
def _step(stored: Stored, keys: str, status: str) -> str | None:
    found = {p.key: p.status.value.replace("_", " ") for p in progress(stored.definition, stored.state)}
    wrong = {key: found[key] for key in _keys(keys) if found[key] != status}
    return None if not wrong else "; ".join(f"step {key} is {value}" for key, value in wrong.items())


def _keys(words: str) -> list[str]:
    keys: list[str] = []
    for part in re.split(r",\s*", words):
        first, _, last = part.partition(" to ")
        keys += [str(n) for n in range(int(first), int(last) + 1)] if last else [first]
    return keys


@_claim(r"answer (?P<question>[\w.-]+) = none")
def _no_answer(stored: Stored, question: str) -> str | None:
    stored.definition.question(question)
    return _differs(stored.state.answers.get(question), None)


@_claim(
    r"answer (?P<question>[\w.-]+) = (?P<value>yes|partly|not yet|does not apply)"
    r'(?: note "(?P<note>.*)"| (?P<bare>without note))?'
)
def _answer(stored: Stored, question: str, value: str, note: str | None, bare: str | None) -> str | None:
    stored.definition.question(question)
    answer = stored.state.answers.get(question)
    if answer is None:
        return "it has no answer"
    found = {"not_yet": "not yet", "not_applicable": "does not apply"}.get(answer.value.value, answer.value.value)
    if found != value:
        return f"it is {found}, note {answer.note!r}"
    if (note is not None or bare) and answer.note != note:
        return f"its note is {answer.note!r}"
    return None


@_claim(r"answers (?P<number>\d+)")
def _answers(stored: Stored, number: str) -> str | None:
    return _differs(len(stored.state.answers), int(number))


@_claim(r"set aside (?P<questions>nothing|[\w., -]+)")
def _aside(stored: Stored, questions: str) -> str | None:
    expected = set() if questions == "nothing" else set(re.split(r",\s*", questions))
    return _differs(", ".join(sorted(stored.state.deferred)), ", ".join(sorted(expected)))


_NEXT = {
    "asks": (NextKind.ASK,),
    "takes up": (NextKind.ASK_SET_ASIDE,),
    "proposes work for": (NextKind.PROPOSE_ACTION,),
    "asks again": (NextKind.CONFIRM_DONE,),
    "is overdue for": (NextKind.OVERDUE,),
}


@_claim(r"next (?P<what>asks again|asks|takes up|proposes work for|is overdue for) (?P<question>[\w.-]+)")
def _next_question(stored: Stored, what: str, question: str) -> str | None:
    thing = what_next(stored.definition, stored.state, stored.today)
    return None if thing.kind in _NEXT[what] and thing.question == question else _said(stored)


@_claim(r"next offers (?P<route>[\w-]+)")
def _next_offer(stored: Stored, route: str) -> str | None:
    thing = what_next(stored.definition, stored.state, stored.today)
    return None if thing.kind is NextKind.ROUTE_OFFER and thing.route == route else _said(stored)


@_claim(r"next leads to (?P<step>\d+|funding)")
def _next_step(stored: Stored, step: str) -> str | None:
    thing = what_next(stored.definition, stored.state, stored.today)
    return None if thing.kind in (NextKind.PROCEED, NextKind.WORK_PLAN) and thing.then == step else _said(stored)


@_claim(r"next is (?P<kind>who is asking|the list|nothing)")
def _next_other(stored: Stored, kind: str) -> str | None:
    kinds = {
        "who is asking": (NextKind.ONBOARD,),
        "the list": (NextKind.WORK_PLAN,),
        "nothing": (NextKind.STOPPED, NextKind.ROUND_DONE),
    }
    return None if what_next(stored.definition, stored.state, stored.today).kind in kinds[kind] else _said(stored)


def _said(stored: Stored) -> str:
    thing = what_next(stored.definition, stored.state, stored.today)
    about = thing.route or thing.question or thing.then or thing.step
    return f"next is {thing.kind.value} {about or ''}"


@_claim(r"list empty")
def _list_empty(stored: Stored) -> str | None:
    waiting = [a.text for a in stored.state.actions.values() if not a.done]
    return None if not waiting else f"on the list: {waiting}"


@_claim(r"list (?P<question>[\w.-]+)(?: due (?P<due>[\d-]+)| (?P<undated>without date)| (?P<done>done))?")
def _list(stored: Stored, question: str, due: str | None, undated: str | None, done: str | None) -> str | None:
    found = [a for a in stored.state.actions.values() if a.question == question and a.done == bool(done)]
    if not found:
        return f"on the list: {[(a.question, a.done) for a in stored.state.actions.values()]}"
    date_found = found[-1].due.isoformat() if found[-1].due else None
    return _differs(date_found, due) if due or undated else None


@_claim(r"declined work for (?P<question>[\w.-]+)")
def _declined(stored: Stored, question: str) -> str | None:
    return None if question in stored.state.declined_actions else f"declined: {list(stored.state.declined_actions)}"


@_claim(r"route (?P<route>[\w-]+) (?P<status>offered|taken|declined|none)")
def _route(stored: Stored, route: str, status: str) -> str | None:
    found = [m.status.value for m in stored.state.marks if m.route == route]
    return _differs(found[-1] if found else "none", status)


@_claim(r'lesson "(?P<note>.*)"')
def _lesson(stored: Stored, note: str) -> str | None:
    lessons = [line for m in stored.state.marks if m.note for line in m.note.splitlines()]
    return None if note in lessons else f"lessons: {lessons}"


@_claim(r"no lesson")
def _no_lesson(stored: Stored) -> str | None:
    notes = [m.note for m in stored.state.marks if m.note]
    return None if not notes else f"lessons: {notes}"
