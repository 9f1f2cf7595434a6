"""The workspace: the one way to the database for the layers above.

::

    workspace = Workspace(create_engine("sqlite:///var/waymark.db"))
    with workspace.unit() as unit:
        member = unit.find_member("web", token)
        journey = unit.active_journey(member)
        old = unit.load(journey.id, member.organisation_id)
        new = ...                                             # a transition of assistant.journey
        unit.save(journey.id, member.organisation_id, old, new, "answer", member.id)
        unit.commit()

Everything that reads an organisation's data takes that organisation's id and refuses what belongs to another
(:class:`~assistant.workspace.errors.Crossing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine

from assistant.workspace.columns import utc_now
from assistant.workspace.inbox import LeftMessages
from assistant.workspace.journeys import Journeys
from assistant.workspace.messages import Messages

__all__ = ["Unit", "Workspace"]


class Unit(Journeys, LeftMessages, Messages):
    """One piece of work, such as a turn of a conversation: reads, collects writes, commits them together.

    Nothing is written before :meth:`commit`, so that the write lock is held only inside it: turns are handled on one
    event loop, and a turn that waited while it held the lock would stop the very loop that it waits for. Each read
    sees one consistent state and holds nothing afterwards. Members, organisations, journeys and their states,
    changes and conversations are seen as this unit has left them, also before the commit; messages, those for a
    person among them, and the history of answers as they were last committed.

    A unit is for one turn at a time, not for several threads.
    """


class Workspace:
    """The stored organisations, members, journeys and conversations.

    Args:
        engine: from :func:`assistant.workspace.engine.create_engine`, with its tables migrated.
        clock: gives the time, in UTC and aware of it.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self.engine = engine
        self._clock = clock

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A unit of work; leaving it without a commit, or by an error, leaves everything as it was."""
        unit = Unit(self.engine, self._clock)
        try:
            yield unit
        finally:
            unit.close()
