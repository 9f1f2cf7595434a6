"""The journey's shape with its real ids, and the small moves that tests are written in."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.journey import (
    FUNDING,
    Audience,
    Change,
    JourneyDefinition,
    JourneyState,
    NoticeKind,
    Phase,
    QuestionDef,
    RouteDef,
    RouteKind,
    StepDef,
    Trigger,
    Value,
    answer,
    begin,
)

CO = Audience.CLUSTER_ORGANISATION
PM = Audience.POLICY_MAKER

YES, PARTLY, NOT_YET, NOT_APPLICABLE = Value.YES, Value.PARTLY, Value.NOT_YET, Value.NOT_APPLICABLE

BOTH = frozenset({CO, PM})
AUDIENCES = {"both": BOTH, "co": frozenset({CO}), "pm": frozenset({PM})}

QUESTIONS = {
    "1": "1.benefits both, 1.evidence both, 1.priorities both",
    "2": "2.diagnostic both, 2.gaps both",
    "3": "3.sources co, 3.opportunities co, 3.support co, 3.access pm, 3.specialisation pm, 3.infrastructure pm",
    "4": "4.plan both, 4.targets both, 4.actions both, 4.monitoring both, 4.buy-in both",
    "5": "5.training both, 5.training-plan both, 5.exchange both",
    "6": "6.networks co, 6.collaborations co, 6.online-tools co, 6.een co, 6.policy-networks pm, 6.policy-regions pm",
    "7": "7.tools co, 7.contacts co, 7.conditions pm",
    "8": "8.skills co, 8.pm-tools co, 8.smooth co, 8.plan-b co, 8.unexpected co, 8.capacity-support pm, 8.sharing pm",
    "9": "9.quality co, 9.dynamics co, 9.baseline co, 9.monitoring co, 9.evaluation co, 9.long-term co, "
    "9.unexpected co, 9.benchmarking-support pm, 9.practice-shared pm, 9.awareness pm",
    "10": "10.follow-on co, 10.revitalise co, 10.network-support pm",
    FUNDING: "f.programmes co, f.expert-help co, f.innovation-express pm, f.other-funding pm",
}

PHASES = {
    **dict.fromkeys(("1", "2", "3", "4", "5"), Phase.GET_READY),
    **dict.fromkeys(("6", "10"), Phase.USE_NETWORKS),
    **dict.fromkeys(("7", "8", "9"), Phase.TAKE_ACTION),
    FUNDING: Phase.UTILISE_FUNDING,
}

ROUTES = (
    RouteDef("project-failed", Trigger.PROJECT_FAILED, RouteKind.BACK, ("6",)),
    RouteDef("unexpected-event", Trigger.UNEXPECTED_EVENT, RouteKind.BACK, ("3",)),
    RouteDef("not-for-us", Trigger.NOT_FOR_US, RouteKind.DEAD_END, ()),
    RouteDef("ask-why-again", Trigger.ASK_WHY_AGAIN, RouteKind.BACK, ("1",)),
    RouteDef("results-measured", Trigger.RESULTS_MEASURED, RouteKind.OFFER, ("3",), ("2", "4")),
    RouteDef("trained-check-readiness", Trigger.TRAINED, RouteKind.OFFER, ("2",)),
    RouteDef("round-completed", Trigger.ROUND_COMPLETED, RouteKind.OFFER, ("3",), ("1", "2")),
    RouteDef("straight-to-projects", Trigger.STRAIGHT_TO_PROJECTS, RouteKind.WARNING, ("1",)),
)


def _question(text: str, step: str) -> QuestionDef:
    question, audience = text.split()
    return QuestionDef(question, step, AUDIENCES[audience])


DEFINITION = JourneyDefinition(
    steps=tuple(
        StepDef(key, PHASES[key], tuple(_question(text, key) for text in texts.split(", ")))
        for key, texts in QUESTIONS.items()
    ),
    routes=ROUTES,
)

NUMBERED = tuple(step.key for step in DEFINITION.numbered)


def ids(questions: Iterable[QuestionDef]) -> list[str]:
    return [question.id for question in questions]


def asked(step: str, audience: Audience = CO) -> list[str]:
    return ids(DEFINITION.step(step).questions_for(audience))


def begun(audience: Audience = CO, step: str | None = None) -> JourneyState:
    return begin(DEFINITION, JourneyState(), audience, step).state


def answered(state: JourneyState, value: Value, *questions: str) -> JourneyState:
    for question in questions:
        state = answer(DEFINITION, state, question, value).state
    return state


def passed(state: JourneyState, *steps: str) -> JourneyState:
    """The state after a yes to every question of `steps`; all ten if none is named."""
    assert state.audience is not None
    for step in steps or NUMBERED:
        state = answered(state, YES, *asked(step, state.audience))
    return state


def kinds(change: Change) -> list[NoticeKind]:
    return [notice.kind for notice in change.notices]
