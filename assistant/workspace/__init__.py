"""What is remembered: organisations, their members and journeys, answers with their history, and conversations.

The layers above use :class:`Workspace`; see :mod:`assistant.workspace.store` for how.
"""

from assistant.workspace.engine import create_engine, migrate
from assistant.workspace.errors import (
    Crossing,
    IdentityTaken,
    NotFound,
    NothingToUndo,
    StaleJourney,
    UnsupportedDatabase,
    WorkspaceBusy,
    WorkspaceError,
)
from assistant.workspace.inbox import LONGEST_LEFT, Inbox, Left, TakenBack
from assistant.workspace.records import (
    AnswerRecord,
    ChangeRef,
    InboxMessage,
    JourneyRef,
    MemberRef,
    MessageRecord,
    Profile,
)
from assistant.workspace.store import Unit, Workspace
from assistant.workspace.tokens import hash_key, new_token

__all__ = [
    "LONGEST_LEFT",
    "AnswerRecord",
    "ChangeRef",
    "Crossing",
    "IdentityTaken",
    "Inbox",
    "InboxMessage",
    "JourneyRef",
    "Left",
    "MemberRef",
    "MessageRecord",
    "NotFound",
    "NothingToUndo",
    "Profile",
    "StaleJourney",
    "TakenBack",
    "Unit",
    "UnsupportedDatabase",
    "Workspace",
    "WorkspaceBusy",
    "WorkspaceError",
    "create_engine",
    "hash_key",
    "migrate",
    "new_token",
]
