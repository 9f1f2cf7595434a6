"""What can go wrong in the workspace.

::

    WorkspaceError
    ├── NotFound          no such organisation, member or journey
    ├── Crossing          it exists, but belongs to another organisation
    ├── StaleJourney      somebody else changed the journey first
    ├── NothingToUndo     this member has no change left to undo
    ├── IdentityTaken     the same identity was made by somebody else meanwhile
    ├── WorkspaceBusy     the database was locked for longer than the time allowed
    └── UnsupportedDatabase   an address that is neither SQLite nor PostgreSQL
"""

from __future__ import annotations

__all__ = [
    "Crossing",
    "IdentityTaken",
    "NotFound",
    "NothingToUndo",
    "StaleJourney",
    "UnsupportedDatabase",
    "WorkspaceBusy",
    "WorkspaceError",
]


class WorkspaceError(Exception):
    """Base of every error that the workspace raises by itself."""


class NotFound(WorkspaceError):
    """There is no such organisation, member or journey."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.key = key
        super().__init__(f"no {kind} with the id {key!r}")


class Crossing(WorkspaceError):
    """Something of one organisation was asked for in the name of another.

    This is a fault in the calling code or an attempt to cross; a person is told no more than that it was not found.
    """

    def __init__(self, kind: str, key: str, organisation_id: str) -> None:
        self.kind = kind
        self.key = key
        self.organisation_id = organisation_id
        super().__init__(f"the {kind} {key!r} does not belong to the organisation {organisation_id!r}")


class StaleJourney(WorkspaceError):
    """The journey is no longer at the revision that the change was made from; load it again and decide anew."""

    def __init__(self, journey_id: str, expected: int) -> None:
        self.journey_id = journey_id
        self.expected = expected
        super().__init__(f"the journey {journey_id!r} is no longer at revision {expected}; load it again")


class NothingToUndo(WorkspaceError):
    """The member has made no change of this journey that is not undone already."""

    def __init__(self, journey_id: str, member_id: str) -> None:
        self.journey_id = journey_id
        self.member_id = member_id
        super().__init__(f"the member {member_id!r} has no change to undo in the journey {journey_id!r}")


class IdentityTaken(WorkspaceError):
    """The identity was made by somebody else between looking for it and committing; look for it again."""


class WorkspaceBusy(WorkspaceError):
    """The database stayed locked for longer than :data:`assistant.workspace.engine.BUSY_TIMEOUT_MS`; try again."""


class UnsupportedDatabase(WorkspaceError, ValueError):
    """A database address that the workspace cannot use."""
