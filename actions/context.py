"""What an action knows while it handles one turn: who, which journey, the open unit of work.

The dialogue opens a :class:`Turn` before Rasa runs and commits it afterwards, so that all that
a turn does is stored together or not at all. Under ``rasa run actions`` there is no such
turn; then the action opens one for itself and commits it.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone

from assistant.journey import Audience, JourneyDefinition, JourneyState
from assistant.knowledge.finder import QuestionFinder
from assistant.knowledge.journey import JourneyKnowledge
from assistant.knowledge.library import Library, load_library
from assistant.knowledge.search import Search
from assistant.settings import ROOT, Settings
from assistant.workspace import JourneyRef, MemberRef, Profile, Unit, Workspace, create_engine, migrate

__all__ = ["Turn", "current_turn", "finder", "journey_knowledge", "library", "search", "turn_of", "use_turn"]


_MOST_REPLIES = 8
"""Replies of one turn that are looked at; no turn has more."""


@functools.cache
def library() -> Library:
    """The whole knowledge base, with an organisation's own entries, loaded once for the process."""
    settings = Settings.from_environment()
    return load_library(ROOT / "knowledge", settings.knowledge_extra, settings.vectors)


def journey_knowledge() -> JourneyKnowledge:
    """The journey with its prose."""
    return library().journey


@functools.cache
def finder() -> QuestionFinder:
    """Finds checklist questions by description, loaded once for the process."""
    return QuestionFinder(journey_knowledge())


@functools.cache
def search() -> Search:
    """Finds entries of the knowledge base, indexed once for the process."""
    return library().search(Settings.from_environment().vectors)


@dataclass
class Turn:
    """One message and everything that answering it needs.

    Args:
        unit: the open unit of work; the dialogue commits it.
        member: who wrote.
        channel: where, such as ``web`` or ``terminal``.
        now: when, in UTC.
        failure: what an action raised, if one did; then nothing of the turn is kept.
        changed: whether an action changed the journey.
        to_come: whether more of the message is still to be acted on, so that what comes next is not said yet.
        seen: what was waited for when the message came, and about what; whatever its parts have done since, that is
            all that the person has seen.
        choices: the buttons of this turn's replies, by title.
    """

    unit: Unit
    member: MemberRef
    channel: str
    now: datetime
    failure: BaseException | None = None
    changed: bool = False
    to_come: bool = False
    seen: tuple[str | None, str | None] | None = None
    choices: dict[str, str] = field(default_factory=dict)
    _said_last: tuple[str, ...] | None = field(default=None, repr=False)
    _journey: JourneyRef | None = field(default=None, repr=False)
    _state: JourneyState | None = field(default=None, repr=False)
    _profile: Profile | None = field(default=None, repr=False)

    @property
    def today(self) -> date:
        """The date of the turn."""
        return self.now.date()

    @property
    def asked(self) -> str | None:
        """The checklist question that was on the table when the message came."""
        return self.seen[1] if self.seen is not None and self.seen[0] == "question" else None

    @property
    def said_last(self) -> tuple[str, ...]:
        """The texts of the last turn's replies, so that none is said twice running."""
        if self._said_last is None:
            latest: list[str] = []
            for record in reversed(self.unit.messages(self.member.id, limit=_MOST_REPLIES)):
                if record.direction != "out":
                    break
                latest.insert(0, str(record.body.get("text", "")))
            self._said_last = tuple(latest)
        return self._said_last

    @property
    def journey(self) -> JourneyRef:
        """The member's journey; made when there is none."""
        if self._journey is None:
            self._journey = self.unit.active_journey(self.member)
        return self._journey

    @property
    def state(self) -> JourneyState:
        """Where the journey stands, with what this turn has changed so far."""
        if self._state is None:
            self._state = self.unit.load(self.journey.id, self.member.organisation_id)
        return self._state

    @property
    def audience(self) -> Audience:
        """Whose checklists are walked; a cluster organisation's until it is known."""
        return self.state.audience or Audience.CLUSTER_ORGANISATION

    @property
    def profile(self) -> Profile:
        """What the organisation has said about itself: its sectors and its country."""
        if self._profile is None:
            kept, lists = self.unit.profile(self.member.organisation_id), library().entries
            # A sector may have been renamed in the lists since it was said.
            self._profile = replace(
                kept,
                sectors=tuple(sector for sector in kept.sectors if sector in lists.sectors),
                country=kept.country if kept.country in lists.places else None,
            )
        return self._profile

    def set_profile(self, sectors: tuple[str, ...] | None, country: str | None) -> None:
        """Keeps what the organisation says about itself; None leaves a value as it is."""
        self.unit.set_profile(self.member.organisation_id, sectors=sectors, country=country)
        self._profile = None

    @property
    def definition(self) -> JourneyDefinition:
        """The shape of the journey."""
        return journey_knowledge().definition

    def save(self, new: JourneyState, kind: str) -> None:
        """Queues a change of the journey under the name `kind`, for the history and for undo."""
        old = self.state
        if new is old:
            return
        self.unit.save(self.journey.id, self.member.organisation_id, old, new, kind, self.member.id)
        self._state = new
        self.changed = True

    def reload(self, state: JourneyState) -> None:
        """Takes over a state that the workspace itself has saved (undo)."""
        self._state = state
        self.changed = True


_current: ContextVar[Turn] = ContextVar("waymark_turn")


def current_turn() -> Turn:
    """The turn under way; raises LookupError outside one."""
    return _current.get()


@contextlib.contextmanager
def use_turn(turn: Turn) -> Iterator[Turn]:
    """Makes `turn` the one under way."""
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)


@functools.cache
def _own_workspace() -> Workspace:
    engine = create_engine(Settings.from_environment().url)
    migrate(engine)
    return Workspace(engine)


@contextlib.contextmanager
def turn_of(sender: str) -> Iterator[Turn]:
    """The turn under way, or, in an action server of its own, a new one for `sender`."""
    turn = _current.get(None)
    if turn is not None:
        yield turn
        return
    with _own_workspace().unit() as unit:
        member = unit.find_member("terminal", sender) or unit.new_member("terminal", sender)
        own = Turn(unit, member, "terminal", datetime.now(timezone.utc))
        with use_turn(own):
            yield own
        unit.commit()
