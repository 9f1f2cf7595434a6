"""What the journey consists of: steps, questions and routes, without their prose.

The prose lives in ``knowledge/journey/`` and is loaded by :mod:`assistant.knowledge`,
which builds a :class:`JourneyDefinition` out of it. The rules in this package need only
the shape: which steps there are and in which order, which questions each audience is
asked, and which routes lead where. Everything here is immutable and does no I/O.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

__all__ = [
    "FUNDING",
    "Audience",
    "JourneyDefinition",
    "JourneyError",
    "Phase",
    "QuestionDef",
    "RouteDef",
    "RouteKind",
    "StepDef",
    "Trigger",
    "UnknownQuestion",
    "UnknownStep",
]

FUNDING = "funding"
"""Key of the cross-cutting step, Utilise Funding, which is never completed (TACTICS 1970-1972)."""


class JourneyError(Exception):
    """Base of every error that the journey rules raise."""


class UnknownStep(JourneyError, KeyError):
    """A step key that the journey does not have."""

    def __init__(self, key: str, known: Sequence[str]) -> None:
        self.key = key
        super().__init__(f"no step {key!r}; the journey has {', '.join(known)}")

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownQuestion(JourneyError, KeyError):
    """A question id that the journey does not have, or not for this audience."""

    def __init__(self, question: str, hint: str) -> None:
        self.question = question
        super().__init__(f"no question {question!r}: {hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class Audience(str, Enum):
    """Who walks the journey (TACTICS 273-278; leaders of networks use the first)."""

    CLUSTER_ORGANISATION = "cluster_organisation"
    POLICY_MAKER = "policy_maker"


class Phase(str, Enum):
    """The three phases of the journey diagram and the theme that crosses them (TACTICS 97-101)."""

    GET_READY = "get_ready"
    USE_NETWORKS = "use_networks"
    TAKE_ACTION = "take_action"
    UTILISE_FUNDING = "utilise_funding"


class Trigger(str, Enum):
    """What makes a route due. Some are reported by people, some follow from the state."""

    PROJECT_FAILED = "project_failed"
    UNEXPECTED_EVENT = "unexpected_event"
    NOT_FOR_US = "not_for_us"
    ASK_WHY_AGAIN = "ask_why_again"
    RESULTS_MEASURED = "results_measured"
    TRAINED = "trained"
    ROUND_COMPLETED = "round_completed"
    STRAIGHT_TO_PROJECTS = "straight_to_projects"


class RouteKind(str, Enum):
    """How a route is acted on.

    ``back`` opens the first target step again at once; ``offer`` is put to the person, who takes or
    declines it; ``dead_end`` stops the journey until Why is asked again; ``warning`` is said
    and blocks nothing.
    """

    BACK = "back"
    OFFER = "offer"
    DEAD_END = "dead_end"
    WARNING = "warning"


@dataclass(frozen=True)
class QuestionDef:
    """One checklist question: a stable id and the audiences that are asked it."""

    id: str
    step: str
    audiences: frozenset[Audience]


@dataclass(frozen=True)
class StepDef:
    """One step: its key (``"1"`` to ``"10"``, or ``"funding"``), phase and questions in order."""

    key: str
    phase: Phase
    questions: tuple[QuestionDef, ...]

    def questions_for(self, audience: Audience) -> tuple[QuestionDef, ...]:
        """The questions put to `audience`, in the order in which they are asked."""
        return tuple(q for q in self.questions if audience in q.audiences)


@dataclass(frozen=True)
class RouteDef:
    """A route of the Tube Map or of a step completion that the rules act on.

    Args:
        id: stable name, such as ``project-failed``.
        trigger: what makes it due.
        kind: how it is acted on.
        to: step keys it leads to, the first of which is opened.
        also: further steps worth a second look, named but not opened.
    """

    id: str
    trigger: Trigger
    kind: RouteKind
    to: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class JourneyDefinition:
    """The whole journey: ten steps in order, Utilise Funding, and the routes."""

    steps: tuple[StepDef, ...]
    routes: tuple[RouteDef, ...]
    _by_key: Mapping[str, StepDef] = field(init=False, repr=False, compare=False)
    _by_question: Mapping[str, QuestionDef] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {s.key: s for s in self.steps})
        object.__setattr__(self, "_by_question", {q.id: q for s in self.steps for q in s.questions})

    @property
    def numbered(self) -> tuple[StepDef, ...]:
        """The ten steps in order, without Utilise Funding."""
        return tuple(s for s in self.steps if s.key != FUNDING)

    def step(self, key: str) -> StepDef:
        """The step with this key; raises :class:`UnknownStep`."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownStep(key, list(self._by_key)) from None

    def question(self, question: str, audience: Audience | None = None) -> QuestionDef:
        """The question with this id; raises :class:`UnknownQuestion`, also if `audience` is not asked it."""
        found = self._by_question.get(question)
        if found is None:
            raise UnknownQuestion(question, "expected an id from knowledge/journey")
        if audience is not None and audience not in found.audiences:
            raise UnknownQuestion(question, f"it is not asked of a {audience.value}")
        return found

    def questions(self, audience: Audience) -> tuple[QuestionDef, ...]:
        """Every question put to `audience`, in journey order."""
        return tuple(q for s in self.steps for q in s.questions_for(audience))

    def routes_on(self, trigger: Trigger) -> tuple[RouteDef, ...]:
        """The routes that `trigger` makes due."""
        return tuple(r for r in self.routes if r.trigger is trigger)
