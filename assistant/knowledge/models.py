"""The shape of the journey files in ``knowledge/journey/``, as pydantic models.

An editor changes YAML, never this file. Every model forbids unknown keys, so that a
misspelt field is an error and not a silent loss. Citations are mandatory: whatever is
said must be findable in a source (see ``knowledge/sources.yml``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.journey.definition import Audience, Phase, RouteKind, Trigger

STEP_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "funding")
LONGEST_CITATION = 80
"""Lines. A citation longer than this is too vague to be checked by a reader."""

StepKey = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "funding"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
QuestionId = Annotated[str, Field(pattern=r"^(?:10|[1-9]|f)\.[a-z0-9]+(?:-[a-z0-9]+)*$")]
Sentence = Annotated[str, Field(min_length=8, max_length=400)]
Paragraph = Annotated[str, Field(min_length=20, max_length=600)]
"""At most 600 characters: the longest message that is sent without a "more" button."""


class Model(BaseModel):
    """Base: immutable, unknown keys are errors, surrounding white space is dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Citation(Model):
    """Where a source says it. `lines` counts lines of the plain-text copies ("643-690" or "12")."""

    source: str
    where: str = Field(min_length=3, max_length=120)
    lines: str = Field(pattern=r"^\d+(?:-\d+)?$")

    @field_validator("lines", mode="before")
    @classmethod
    def _lines_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @field_validator("lines")
    @classmethod
    def _in_order_and_sharp(cls, value: str) -> str:
        first, _, last = value.partition("-")
        length = int(last or first) - int(first) + 1
        if length < 1:
            raise ValueError(f"expected first-last with first <= last, found {value}")
        if length > LONGEST_CITATION:
            raise ValueError(f"expected at most {LONGEST_CITATION} lines, found {length}: cite the place itself")
        return value


class Cited(Model):
    """Something that a source says, with at least one citation."""

    sources: tuple[Citation, ...] = Field(min_length=1)


class Source(Model):
    """One source document."""

    id: Slug
    title: str
    short: str = Field(max_length=40, description="how a footnote names it")
    publisher: str
    year: int = Field(ge=1990, le=2100)
    status_note: str = Field(description="what a reader must know about its age")


class Point(Cited):
    """One statement, for lists of key points."""

    text: Sentence


class Tool(Cited):
    """A tool that the source names for a step."""

    name: str = Field(max_length=120)
    what: Sentence


class Example(Cited):
    """A practical example of a step; `case` is the handbook's number where it has one ("7a")."""

    title: str = Field(max_length=160)
    what: Paragraph
    case: str | None = None


class Wording(Model):
    """A text for each audience; `both` where they are the same."""

    both: str | None = None
    cluster_organisation: str | None = None
    policy_maker: str | None = None

    @model_validator(mode="after")
    def _both_or_each(self) -> Wording:
        if self.both is not None and (self.cluster_organisation or self.policy_maker):
            raise ValueError("expected either `both` or a text per audience, found both kinds")
        if self.both is None and not (self.cluster_organisation or self.policy_maker):
            raise ValueError("expected `both`, or `cluster_organisation` and/or `policy_maker`")
        return self

    def of(self, audience: Audience) -> str:
        """The text for `audience`; raises ValueError if there is none."""
        text = self.both or getattr(self, audience.value)
        if not text:
            raise ValueError(f"no text for {audience.value}")
        return str(text)


class Question(Cited):
    """One checklist question, so worded that "yes" is the answer that passes the gate.

    Args:
        id: never changes once published: stored answers refer to it.
        audiences: who is asked it.
        label: a short noun phrase, as in "the question on *clear targets*".
        ask: the question itself, in fresh words; one question mark.
        why: why it is asked, in one or two sentences.
        evidence: what counts as evidence for a yes.
        when_not_yet: what to do when the answer is no.
        when_partly: what to do when the answer is partly.
        action: a piece of work that would turn the answer into a yes, as an imperative.
        also_called: how people refer to it when they want to change it.
    """

    id: QuestionId
    audiences: tuple[Audience, ...] = Field(min_length=1)
    label: str = Field(min_length=3, max_length=60)
    ask: Wording
    why: Wording
    evidence: tuple[Annotated[str, Field(min_length=8, max_length=160)], ...] = Field(min_length=2, max_length=5)
    when_not_yet: Wording
    when_partly: Wording
    action: Wording
    also_called: tuple[str, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _worded_for_its_audiences(self) -> Question:
        limits = {"ask": 220, "why": 400, "when_not_yet": 450, "when_partly": 400, "action": 120}
        for name, limit in limits.items():
            wording: Wording = getattr(self, name)
            for audience in self.audiences:
                text = wording.of(audience)
                if len(text) > limit:
                    raise ValueError(f"{name}: expected at most {limit} characters, found {len(text)}")
                if name == "ask" and (text.count("?") != 1 or not text.endswith("?")):
                    raise ValueError(f"ask: expected one question ending in a question mark, found {text!r}")
        return self


class Step(Cited):
    """One step of the journey, for people to read and for the rules to walk."""

    id: str = Field(pattern=r"^step/(?:10|[1-9]|funding)$")
    key: StepKey
    title: str = Field(max_length=60)
    short: str = Field(max_length=24, description="for narrow columns and buttons")
    phase: Phase
    in_short: str = Field(min_length=20, max_length=160, description="what the step is for, in one sentence")
    overview: tuple[Paragraph, ...] = Field(min_length=1, max_length=4)
    rationale: Paragraph
    key_points: tuple[Point, ...] = Field(min_length=3)
    tools: tuple[Tool, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)
    gate: Paragraph = Field(description="what passing takes, and where it leads")
    also_known_as: tuple[str, ...] = Field(min_length=4, description="how people refer to the step")
    checklist: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_agree(self) -> Step:
        if self.id != f"step/{self.key}":
            raise ValueError(f"id: expected step/{self.key}, found {self.id}")
        prefix = "f." if self.key == "funding" else f"{self.key}."
        for question in self.checklist:
            if not question.id.startswith(prefix):
                raise ValueError(f"checklist: expected ids that begin with {prefix!r}, found {question.id!r}")
        return self


class PhaseText(Cited):
    """One phase of the journey diagram."""

    key: Phase
    title: str
    what: Sentence
    steps: tuple[StepKey, ...]


class AudienceText(Cited):
    """One of the handbook's audiences; `walks` says whose checklist it answers."""

    key: Slug
    title: str
    what: Sentence
    walks: Audience


class Standing(Model):
    """An answer to "how far have you come?", and the step at which it starts a journey."""

    key: Slug
    title: str = Field(max_length=40)
    step: StepKey
    reason: Sentence
    check_first: tuple[StepKey, ...] = ()


class JourneyFile(Model):
    """``journey.yml``: what holds the steps together."""

    title: str
    phases: tuple[PhaseText, ...]
    audiences: tuple[AudienceText, ...]
    standings: tuple[Standing, ...]


class TubeLine(Cited):
    """One coloured line of the Tube Map and how Waymark honours it."""

    id: str = Field(pattern=r"^line/[a-z-]+$")
    colour: str
    name: str
    what: Paragraph
    kind: Literal["rule", "warning", "suggestion"]
    in_waymark: Sentence
    steps: tuple[StepKey, ...]


class Route(Cited):
    """A route that the rules act on."""

    id: Slug
    trigger: Trigger
    kind: RouteKind
    to: tuple[StepKey, ...] = ()
    also: tuple[StepKey, ...] = ()
    line: str | None = Field(default=None, pattern=r"^line/[a-z-]+$")
    title: str = Field(max_length=80)
    say: Wording
    because: Wording
    asks_for_note: str | None = Field(
        default=None, max_length=200, description="a question whose answer is kept as a lesson"
    )
    advice: tuple[Point, ...] = ()


class Completion(Cited):
    """The forward rule at the end of a step."""

    step: StepKey
    next: StepKey | None
    say: Sentence


class Principle(Cited):
    """A rule about the journey as a whole."""

    id: Slug
    text: Sentence
    steps: tuple[StepKey, ...] = ()


class RoutesFile(Model):
    """``routes.yml``."""

    lines: tuple[TubeLine, ...]
    routes: tuple[Route, ...]
    completions: tuple[Completion, ...]
    principles: tuple[Principle, ...]


class MenuItem(Cited):
    """One choice of a strategy menu."""

    id: Slug
    text: str = Field(min_length=3, max_length=240)
    children: tuple[MenuItem, ...] = ()


class MenuSection(Model):
    """One heading of a strategy menu."""

    id: Literal["objectives", "areas", "targets", "monitoring", "activities"]
    title: str
    items: tuple[MenuItem, ...] = Field(min_length=1)


class Menu(Cited):
    """The generic strategy and action plan for one audience: a menu to choose from, not a template."""

    audience: Audience
    title: str
    advice: Sentence
    sections: tuple[MenuSection, ...]


class MenusFile(Model):
    """``strategy-menus.yml``."""

    menus: tuple[Menu, ...]


class Recommendation(Cited):
    """One of the handbook's recommendations with what each audience should do."""

    id: Slug
    number: int
    title: str
    what: Paragraph
    cluster_organisation: tuple[Point, ...] = Field(min_length=1)
    policy_maker: tuple[Point, ...] = Field(min_length=1)


class RecommendationsFile(Model):
    """``recommendations.yml``."""

    recommendations: tuple[Recommendation, ...]


class Term(Cited):
    """A glossary term, explained in fresh words."""

    id: str = Field(pattern=r"^term/[a-z0-9-]+$")
    term: str
    meaning: Paragraph
    also_known_as: tuple[str, ...] = ()
    credited_to: str | None = Field(default=None, description="the author whom the source credits")
    facts: tuple[Point, ...] = Field(default=(), description="what other sources add to the meaning")


class GlossaryFile(Model):
    """``glossary.yml``."""

    terms: tuple[Term, ...]


class Asks(Model):
    """Questions that one of the journey's own texts answers, in the words of people who do not know it."""

    id: str = Field(pattern=r"^[a-z]+/[a-z0-9._-]+$")
    asks: tuple[Annotated[str, Field(min_length=5, max_length=160)], ...] = Field(min_length=1, max_length=10)


class AsksFile(Model):
    """``asks.yml``."""

    asks: tuple[Asks, ...]


class SourcesFile(Model):
    """``sources.yml``."""

    sources: tuple[Source, ...]
