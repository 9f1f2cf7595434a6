"""What a transition returns, and the errors it may raise.

All errors are :class:`~assistant.journey.definition.JourneyError`::

    JourneyError
        NotBegun        nothing can be done before the audience is known
        DeadEnd         the journey was stopped; only step 1 leads on
        UnknownRoute    no route with that id, or none with that trigger
        NotOffered      an offer was taken that is not, or no longer, open
        UnknownAction   no planned action with that id
        UnknownMark     no raised route with that revision
        UndoConflict    what is to be undone has been changed again since
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.journey.definition import JourneyError
from assistant.journey.state import Answer, JourneyState

__all__ = [
    "Change",
    "DeadEnd",
    "NotBegun",
    "NotOffered",
    "Notice",
    "NoticeKind",
    "UndoConflict",
    "UnknownAction",
    "UnknownMark",
    "UnknownRoute",
]


class NotBegun(JourneyError):
    """A change to a journey whose audience is not known yet."""

    def __init__(self) -> None:
        super().__init__("the journey has no audience yet: call begin() first")


class DeadEnd(JourneyError):
    """A way on, other than step 1, was tried after the decision not to go international.

    TACTICS 1995-1997: the only way back is to put the question Why once more.
    """

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__(f"step {step} is out of reach: the journey was stopped, and only step 1 leads on")


class UnknownRoute(JourneyError):
    """A route id, or a trigger, that the journey has no route for."""

    def __init__(self, route: str, known: Sequence[str]) -> None:
        self.route = route
        super().__init__(f"no route {route!r}; the journey has {', '.join(known) or 'none'}")


class NotOffered(JourneyError):
    """An offer that is not open: never made, decided already, or withdrawn since."""

    def __init__(self, route: str) -> None:
        self.route = route
        super().__init__(f"route {route!r} is not on offer; raise it with raise_route() first")


class UnknownAction(JourneyError):
    """An action id that the plan does not have."""

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(f"no action {action!r} in the plan")


class UnknownMark(JourneyError):
    """No route was raised at this revision."""

    def __init__(self, mark: int) -> None:
        self.mark = mark
        super().__init__(f"no route was raised at revision {mark}")


class UndoConflict(JourneyError):
    """The part to be undone has been changed again since.

    Args:
        field: the part of the state, such as ``answers``.
        key: the question, step, action or route within it; None for a part that has no keys.
    """

    def __init__(self, field: str, key: str | None = None) -> None:
        self.field = field
        self.key = key
        super().__init__(f"cannot undo: {self.part} in {field} has been changed again since")

    @property
    def part(self) -> str:
        """What to name to a person: the key, or the field if it has none."""
        return self.key if self.key is not None else self.field


class NoticeKind(str, Enum):
    """What people are to be told about a change."""

    FIRST_ANSWER = "first_answer"
    CHANGED_ANSWER = "changed_answer"
    REAFFIRMED_ANSWER = "reaffirmed_answer"
    STEP_PASSED = "step_passed"
    STEP_REOPENED = "step_reopened"
    WARNING = "warning"
    OFFER = "offer"
    ROUTE_TAKEN = "route_taken"
    JOURNEY_STOPPED = "journey_stopped"
    ROUND_STARTED = "round_started"
    AUDIENCE_CHANGED = "audience_changed"
    NOTHING_CHANGED = "nothing_changed"


@dataclass(frozen=True)
class Notice:
    """One thing to tell people about a change; the fields that apply depend on `kind`.

    Args:
        kind: what happened.
        step: the step it happened to, or the one that was opened.
        question: the question answered.
        route: the route warned of, offered or taken.
        before: the answer that was replaced.
        mark: the revision that names the mark of `route`, for :func:`add_lesson`.
    """

    kind: NoticeKind
    step: str | None = None
    question: str | None = None
    route: str | None = None
    before: Answer | None = None
    mark: int | None = None


@dataclass(frozen=True)
class Change:
    """The state after a transition, and what people are to be told.

    When nothing changed, `state` is the very object that was passed in.
    """

    state: JourneyState
    notices: tuple[Notice, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is a new state to store."""
        return not self.of(NoticeKind.NOTHING_CHANGED)

    def of(self, kind: NoticeKind) -> tuple[Notice, ...]:
        """The notices of one kind, in the order in which they arose."""
        return tuple(notice for notice in self.notices if notice.kind is kind)
