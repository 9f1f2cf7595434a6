"""Where one journey stands: an immutable value that the rules read and replace.

Nothing that can be computed is stored. Which step is passed, what is open and what comes
next follow from the answers, the marks and the order in which they came (`revision`).
A *mark* is a route that was raised; answers older than a mark on their step are asked for
again, which is how going back to a step keeps every earlier answer and still looks at it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType

from assistant.journey.definition import Audience

__all__ = ["Action", "Answer", "JourneyState", "Mark", "MarkStatus", "Status", "Value"]


class Value(str, Enum):
    """An answer to a checklist question."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"

    @property
    def settles(self) -> bool:
        """Whether it counts towards passing the step."""
        return self in (Value.YES, Value.NOT_APPLICABLE)


class Status(str, Enum):
    """What a step's answers amount to."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PASSED = "passed"
    TO_REVISIT = "to_revisit"


class MarkStatus(str, Enum):
    """Whether a raised route is still to be decided, was taken, or was declined."""

    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True)
class Answer:
    """The latest answer to one question.

    Args:
        question: id of the question.
        value: yes, partly, not yet or not applicable.
        note: what was said with it, kept word for word as evidence.
        revision: the journey's revision that the answer made.
        by: id of the member who gave it.
        at: when, in UTC.
    """

    question: str
    value: Value
    note: str | None = None
    revision: int = 0
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Mark:
    """A route that was raised, and what became of it.

    Args:
        route: id of the route.
        steps: the steps it opens again when taken.
        revision: the journey's revision that raised it; with `route` it names the mark.
        status: offered, taken or declined.
        note: what happened, in the person's words ("the partner left"), kept as a lesson.
        taken_at: the revision that took it; answers of its steps older than this are asked for again.
    """

    route: str
    steps: tuple[str, ...]
    revision: int
    status: MarkStatus = MarkStatus.TAKEN
    note: str | None = None
    taken_at: int | None = None


@dataclass(frozen=True)
class Action:
    """A piece of work planned for a question whose answer is partly or not yet."""

    id: str
    question: str
    text: str
    due: date | None = None
    owner: str | None = None
    done: bool = False
    revision: int = 0


def _frozen() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True)
class JourneyState:
    """One journey of one organisation.

    Args:
        audience: whose checklists are walked; None until it is known.
        current: key of the step being worked on; None until the journey has begun.
        revision: grows by one with every change.
        answers: the latest answer by question id.
        deferred: questions set aside, with the revision at which they were.
        declined_actions: questions for which a proposed action was declined, with the revision.
        marks: the routes raised so far, oldest first.
        passed: steps that have once been passed, with the revision at which they last became so.
        opened: steps that have once been opened, with the revision of the latest opening.
        actions: planned actions by id.
        round: 1 on the first journey, one more each time the circle begins anew.
        dead_end: the organisation decided not to go international.
    """

    audience: Audience | None = None
    current: str | None = None
    revision: int = 0
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    deferred: Mapping[str, int] = field(default_factory=_frozen)
    declined_actions: Mapping[str, int] = field(default_factory=_frozen)
    marks: tuple[Mark, ...] = ()
    passed: Mapping[str, int] = field(default_factory=_frozen)
    opened: Mapping[str, int] = field(default_factory=_frozen)
    actions: Mapping[str, Action] = field(default_factory=lambda: MappingProxyType({}))
    round: int = 1
    dead_end: bool = False
