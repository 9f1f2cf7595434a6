"""The shape of the entries of the knowledge base, as pydantic models: one file, one entry, one thing.

The files of ``knowledge/cases/``, ``knowledge/funding/`` and so on are read against these models; the
folder decides the type. What holds the journey together has models of its own
(:mod:`assistant.knowledge.models`). Countries, regions and sectors are controlled lists in
``knowledge/lists/``; whether an entry keeps to them is checked where all files are together
(:mod:`assistant.knowledge.base`).
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, ClassVar

from pydantic import Field, field_validator, model_validator

from assistant.journey.definition import Audience
from assistant.knowledge.models import Citation, Cited, Model, Sentence, Slug, StepKey

__all__ = [
    "TYPES",
    "Entry",
    "EntryId",
    "Fact",
    "Gap",
    "Gaps",
    "Money",
    "Place",
    "Places",
    "Sector",
    "Sectors",
    "Status",
]

EntryId = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*$")]
PlaceKey = Annotated[str, Field(pattern=r"^(?:[A-Z]{2}|[a-z]{2,}(?:-[a-z]+)*)$")]
"""An ISO 3166 code ("DK") or the key of a region of the world ("asia", "baltic-sea")."""
Ask = Annotated[str, Field(min_length=5, max_length=160)]
Line = Annotated[str, Field(min_length=3, max_length=300)]
Name = Annotated[str, Field(min_length=2, max_length=90)]


SaidIn = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]
_SAID_IN = ("summary", "amount", "duration", "who_could_apply", "run_by", "pays_for", "offers", "how", "credited_to")


class Fact(Model):
    """One statement and which of the entry's sources say it.

    Args:
        text: one or two sentences.
        cited: the places of the sources in the entry's list, counted from 1; the first where none is given.
    """

    text: Sentence
    cited: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(1,), min_length=1, alias="from")

    @field_validator("cited", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return (value,) if isinstance(value, int) else value


class Part(Model):
    """One part of a guide: a phase, a stage, an action, with what belongs to it."""

    title: Name
    text: Annotated[str, Field(min_length=20, max_length=500)]
    points: tuple[Line, ...] = ()
    cited: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(1,), min_length=1, alias="from")

    @field_validator("cited", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return (value,) if isinstance(value, int) else value


class Entry(Cited):
    """What every entry has.

    Args:
        id: the type and the name of the file: ``case/medicon-valley-ambassadors``; never changes once published.
        title: how a list of results names it.
        summary: the short answer, able to stand alone.
        facts: what there is to know beyond the summary, one statement each.
        lessons: what somebody else can take from it.
        countries: where it is at home, or for whom it is (ISO 3166 codes or keys of regions).
        abroad: where it went or whom it works with abroad, the same way.
        regions: smaller places by name ("Lazio").
        sectors: keys of the list of sectors; none where it is for all.
        steps: the journey steps that it helps with.
        audience: whom it is for.
        asks: questions that it answers, in the words of people who do not know the handbook's.
        also_known_as: names, abbreviations, usual misspellings.
        year: the year that it speaks of, where that is not the year of its source.
        website: the address that the source gives; it may no longer work.
        see: entries that belong with it.
        said_in: for a field that is no list of statements (summary, amount, run_by ...), the places of the sources
            that say it, counted from 1, where these are not the first one alone.
    """

    TYPE: ClassVar[str] = "entry"
    FOLDER: ClassVar[str] = ""

    id: EntryId
    title: Name
    summary: Annotated[str, Field(min_length=40, max_length=420)]
    facts: tuple[Fact, ...] = Field(default=(), max_length=16)
    lessons: tuple[Fact, ...] = Field(default=(), max_length=8)
    countries: tuple[PlaceKey, ...] = ()
    abroad: tuple[PlaceKey, ...] = ()
    regions: tuple[Name, ...] = ()
    sectors: tuple[Slug, ...] = ()
    steps: tuple[StepKey, ...] = Field(min_length=1)
    audience: tuple[Audience, ...] = Field(default=(Audience.CLUSTER_ORGANISATION, Audience.POLICY_MAKER), min_length=1)
    asks: tuple[Ask, ...] = Field(min_length=3, max_length=8)
    also_known_as: tuple[Name, ...] = ()
    year: int | None = Field(default=None, ge=1900, le=2100)
    website: Annotated[str, Field(pattern=r"^(?:https?://)?[\w.-]+\.[a-z]{2,}(?:/\S*)?$")] | None = None
    see: tuple[EntryId, ...] = ()
    said_in: dict[str, SaidIn] = Field(default_factory=dict)

    @property
    def type(self) -> str:
        """The type, as the id has it before the stroke."""
        return self.id.split("/", 1)[0]

    def citations_of(self, field: str) -> tuple[Citation, ...]:
        """Where the sources say what a field says."""
        return tuple(self.sources[place - 1] for place in self.said_in.get(field, (1,)))

    @field_validator("said_in", mode="before")
    @classmethod
    def _each_one_or_several(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: (places,) if isinstance(places, int) else places for name, places in value.items()}

    @model_validator(mode="after")
    def _said_somewhere(self) -> Entry:
        for field, places in self.said_in.items():
            if field not in _SAID_IN or not hasattr(self, field):
                raise ValueError(f"said_in: expected fields of this entry, of {', '.join(_SAID_IN)}, found {field!r}")
            wrong = next((place for place in places if place > len(self.sources)), None)
            if wrong is not None:
                raise ValueError(f"said_in: expected places from 1 to {len(self.sources)}, found {wrong}")
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Entry:
        for name in ("facts", "lessons", "paid_by", "parts"):
            for item in getattr(self, name, ()):
                for place in item.cited:
                    if place > len(self.sources):
                        number = len(self.sources)
                        message = f"expected 1 to {number}, the places in the list of sources, found {str(place)!r}"
                        raise ValueError(f"{name}: {message}")
        for name in ("countries", "abroad", "sectors", "steps", "asks", "also_known_as", "see"):
            values = getattr(self, name)
            twice = next((v for i, v in enumerate(values) if v in values[:i]), None)
            if twice is not None:
                raise ValueError(f"{name}: expected each once, found {str(twice)!r} twice")
        return self


class Case(Entry):
    """What somebody did, and what came of it. `paid_by`: who paid, where the source says so."""

    TYPE: ClassVar[str] = "case"
    FOLDER: ClassVar[str] = "cases"
    who: Name
    number: Annotated[str, Field(pattern=r"^\d{1,2}[ab]?$")] | None = Field(
        default=None, description="the handbook's number of the case"
    )
    paid_by: tuple[Fact, ...] = ()


class Money(str, Enum):
    """The kinds of money."""

    GRANT = "grant"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    EQUITY = "equity"
    IN_KIND = "in_kind"
    MEMBERSHIP = "membership"
    FEES = "fees"
    PRIZE = "prize"
    SPONSORSHIP = "sponsorship"
    BUDGET = "budget"


class Status(str, Enum):
    """Whether money is to be had. `standing` is a way of financing that no call opens or closes."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    SUCCEEDED_BY = "succeeded_by"
    STANDING = "standing"


class Successor(Model):
    """What came after a programme. It is common knowledge and not in the source, and is shown as such."""

    name: Name
    note: Sentence | None = None


class Funding(Entry):
    """A funding instrument, programme or way of financing."""

    TYPE: ClassVar[str] = "funding"
    FOLDER: ClassVar[str] = "funding"
    year: int = Field(ge=1900, le=2100)
    kinds: tuple[Money, ...] = Field(min_length=1)
    status: Status
    succeeded_by: Successor | None = None
    amount: Line | None = None
    duration: Line | None = None
    who_could_apply: Line | None = None
    run_by: Line | None = None
    pays_for: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _successor_is_named(self) -> Funding:
        if (self.status is Status.SUCCEEDED_BY) != (self.succeeded_by is not None):
            raise ValueError("status: expected succeeded_by together with the field succeeded_by, found one of them")
        return self


class Network(Entry):
    """A network or platform to join, to search or to meet others in; a contact organisation is one too."""

    TYPE: ClassVar[str] = "network"
    FOLDER: ClassVar[str] = "networks"
    run_by: Line | None = None
    offers: tuple[Line, ...] = ()


class Tool(Entry):
    """A tool, method, publication or website to work with."""

    TYPE: ClassVar[str] = "tool"
    FOLDER: ClassVar[str] = "tools"
    run_by: Line | None = None
    how: tuple[Line, ...] = Field(default=(), description="how it is used, in order")


class Service(Entry):
    """What a cluster organisation can offer to its members, or buy, or be given."""

    TYPE: ClassVar[str] = "service"
    FOLDER: ClassVar[str] = "services"
    run_by: Line | None = None
    offers: tuple[Line, ...] = ()


class Skill(Entry):
    """What somebody has to be able to do."""

    TYPE: ClassVar[str] = "skill"
    FOLDER: ClassVar[str] = "skills"
    who: Name


class Nature(str, Enum):
    """What a factor is."""

    SUCCESS = "success"
    BARRIER = "barrier"
    LESSON = "lesson"
    DO = "do"
    DO_NOT = "do_not"


class Factor(Entry):
    """What makes things go well or badly."""

    TYPE: ClassVar[str] = "factor"
    FOLDER: ClassVar[str] = "factors"
    nature: Nature


class Advice(Entry):
    """A recommendation; `to` says to whom the source addresses it."""

    TYPE: ClassVar[str] = "recommendation"
    FOLDER: ClassVar[str] = "recommendations"
    to: tuple[Name, ...] = Field(min_length=1)


class Definition(Entry):
    """A term; the summary is its meaning. Terms of the handbook's glossary are in ``journey/glossary.yml``."""

    TYPE: ClassVar[str] = "term"
    FOLDER: ClassVar[str] = "terms"
    credited_to: Name | None = None


class Statistic(Entry):
    """A figure, with the year that it is of."""

    TYPE: ClassVar[str] = "statistic"
    FOLDER: ClassVar[str] = "statistics"
    year: int = Field(ge=1900, le=2100)


class Event(Entry):
    """A kind of event, or a recurring one, where partners are met."""

    TYPE: ClassVar[str] = "event"
    FOLDER: ClassVar[str] = "events"
    run_by: Line | None = None


class Guide(Entry):
    """A procedure in parts: phases, stages, actions, key questions."""

    TYPE: ClassVar[str] = "guide"
    FOLDER: ClassVar[str] = "guides"
    parts: tuple[Part, ...] = Field(min_length=2, max_length=14)


TYPES: dict[str, type[Entry]] = {
    kind.TYPE: kind
    for kind in (Case, Funding, Network, Tool, Service, Skill, Factor, Advice, Definition, Statistic, Event, Guide)
}
"""The types of entries by name."""


# --- the controlled lists ----------------------------------------------------------------


class Place(Model):
    """A country (ISO 3166 code) or a region of the world.

    Args:
        key: "DK" or "nordic".
        name: in English.
        also: other names and the adjectives: "Danish", "Danes".
        within: for a country, the regions that it belongs to.
    """

    key: PlaceKey
    name: str = Field(min_length=2, max_length=60)
    also: tuple[str, ...] = ()
    within: tuple[PlaceKey, ...] = ()


class Places(Model):
    """``lists/places.yml``."""

    regions: tuple[Place, ...]
    countries: tuple[Place, ...]


class Sector(Model):
    """A sector; `near` are sectors in which somebody of this one may find what fits too."""

    key: Slug
    name: str = Field(min_length=2, max_length=60)
    also: tuple[str, ...] = ()
    near: tuple[Slug, ...] = ()


class Sectors(Model):
    """``lists/sectors.yml``."""

    sectors: tuple[Sector, ...]


class Gap(Model):
    """A subject that people ask about and that no source covers; so that "nothing on that" can be said by name.

    Args:
        key: of its own.
        name: completes "My sources hold nothing on ...".
        asks: questions on it, as people type them.
        ask_instead: entries that may help with it all the same: whom to ask.
    """

    key: Slug
    name: str = Field(min_length=2, max_length=80)
    asks: tuple[Ask, ...] = Field(min_length=3, max_length=15)
    ask_instead: tuple[EntryId, ...] = ()


class Gaps(Model):
    """``lists/gaps.yml``."""

    gaps: tuple[Gap, ...]
