"""Organisations, their members, and how members are recognised on a channel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, or_, select, update

from assistant.workspace.errors import Crossing, NotFound
from assistant.workspace.models import IdentityRow, MemberRow, OrganisationRow
from assistant.workspace.pending import Pending
from assistant.workspace.records import MemberRef, Profile
from assistant.workspace.tokens import hash_key

__all__ = ["DEFAULT_LANGUAGE", "SEEN_EVERY", "Members"]

DEFAULT_LANGUAGE = "en"

SEEN_EVERY = timedelta(hours=1)
"""How often a member's ``last_seen_at`` is written at most: it is worth knowing to the hour, not a write a turn."""

_FIND = (
    select(
        IdentityRow.id.label("identity_id"),
        IdentityRow.last_seen_at,
        IdentityRow.expires_at,
        MemberRow.id,
        MemberRow.organisation_id,
        MemberRow.display_name,
    )
    .join(MemberRow, MemberRow.id == IdentityRow.member_id)
    .where(
        IdentityRow.channel == bindparam("channel"),
        IdentityRow.key_hash == bindparam("key_hash"),
        IdentityRow.revoked_at.is_(None),
    )
)


class Members(Pending):
    """The part of a unit that knows who is who."""

    def _forget(self) -> None:
        super()._forget()
        self._identities: dict[tuple[str, str], tuple[str, datetime | None] | None] = {}
        self._seen: set[str] = set()
        self._known: dict[str, str] = {}

    def new_member(
        self,
        channel: str,
        key: str,
        display_name: str | None = None,
        organisation_id: str | None = None,
        expires_at: datetime | None = None,
    ) -> MemberRef:
        """Make a member who is recognised on `channel` by `key`.

        Args:
            channel: ``web``, ``terminal`` or ``telegram``.
            key: the token, or the channel's own id of the person; only its hash is stored.
            display_name: what the person is called before others, if they said so.
            organisation_id: whose member; None makes a new organisation without a name.
            expires_at: until when the key is good; None for ever.

        Raises:
            NotFound: there is no such organisation.
            IdentityTaken: at the commit, if the key is in use already.
        """
        now = self._clock()
        if organisation_id is None:
            organisation_id = str(uuid4())
            nameless: dict[str, Any] = {"id": organisation_id, "name": None, "sectors": [], "country": None}
            self._insert(OrganisationRow, {**nameless, "created_at": now})
        else:
            self._organisation(organisation_id)
        member_id = str(uuid4())
        person = {
            "id": member_id,
            "organisation_id": organisation_id,
            "display_name": display_name,
            "role": None,
            "language": DEFAULT_LANGUAGE,
            "created_at": now,
        }
        self._insert(MemberRow, person)
        self._known[member_id] = organisation_id
        self._new_identity(member_id, channel, key, expires_at)
        return MemberRef(member_id, organisation_id, display_name)

    def _new_identity(self, member_id: str, channel: str, key: str, expires_at: datetime | None) -> None:
        now, key_hash = self._clock(), hash_key(channel, key)
        values = {
            "id": str(uuid4()),
            "member_id": member_id,
            "channel": channel,
            "key_hash": key_hash,
            "created_at": now,
            "last_seen_at": now,
            "expires_at": expires_at,
            "revoked_at": None,
        }
        # A person whose identity was revoked or has expired may come back under the same id of the channel.
        lapsed = or_(IdentityRow.revoked_at.is_not(None), IdentityRow.expires_at <= now)
        same = (IdentityRow.channel == channel, IdentityRow.key_hash == key_hash)
        self._queue_statement(delete(IdentityRow).where(*same, lapsed))
        self._insert(IdentityRow, values)
        self._identities[channel, key_hash] = (member_id, expires_at)

    def find_member(self, channel: str, key: str) -> MemberRef | None:
        """The member who is recognised by `key`; None if it is unknown, revoked or expired.

        That they were seen is noted at most once in :data:`SEEN_EVERY`, with the unit's next commit.
        """
        now, key_hash = self._clock(), hash_key(channel, key)
        if (channel, key_hash) in self._identities:
            return self._pending_member(self._identities[channel, key_hash], now)
        with self._reading() as connection:
            row = connection.execute(_FIND, {"channel": channel, "key_hash": key_hash}).first()
        if row is None or (row.expires_at is not None and row.expires_at <= now):
            return None
        if now - row.last_seen_at >= SEEN_EVERY and row.identity_id not in self._seen:
            self._seen.add(row.identity_id)
            self._update(IdentityRow, row.identity_id, {"last_seen_at": now})
        self._known[row.id] = row.organisation_id
        changed = self._changed.get((MemberRow, row.id), {})
        return MemberRef(row.id, row.organisation_id, changed.get("display_name", row.display_name))

    def _pending_member(self, identity: tuple[str, datetime | None] | None, now: datetime) -> MemberRef | None:
        if identity is None or (identity[1] is not None and identity[1] <= now):
            return None
        row = self._row(MemberRow, identity[0])
        return None if row is None else MemberRef(row["id"], row["organisation_id"], row["display_name"])

    def revoke(self, channel: str, key: str) -> None:
        """Make `key` worthless from the commit on; does nothing if it is unknown."""
        now, key_hash = self._clock(), hash_key(channel, key)
        statement = (
            update(IdentityRow)
            .where(IdentityRow.channel == channel, IdentityRow.key_hash == key_hash, IdentityRow.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        self._queue_statement(statement)
        self._identities[channel, key_hash] = None

    def member_name(self, member_id: str, organisation_id: str) -> str | None:
        """What a member is called, if they said so; raises NotFound or Crossing."""
        name: str | None = self._owned(MemberRow, member_id, organisation_id)["display_name"]
        return name

    def set_member(
        self,
        member_id: str,
        organisation_id: str,
        *,
        display_name: str | None = None,
        role: str | None = None,
        language: str | None = None,
    ) -> None:
        """Set what is known of a member; None leaves a value as it is. Raises NotFound or Crossing."""
        self._owned(MemberRow, member_id, organisation_id)
        given = {"display_name": display_name, "role": role, "language": language}
        self._update(MemberRow, member_id, {name: value for name, value in given.items() if value is not None})

    def profile(self, organisation_id: str) -> Profile:
        """What is known of an organisation; raises NotFound."""
        row = self._organisation(organisation_id)
        return Profile(row["id"], row["name"], tuple(row["sectors"]), row["country"])

    def set_profile(
        self,
        organisation_id: str,
        name: str | None = None,
        sectors: Sequence[str] | None = None,
        country: str | None = None,
    ) -> None:
        """Set what is known of an organisation; None leaves a value as it is. Raises NotFound."""
        self._organisation(organisation_id)
        given: dict[str, Any] = {"name": name, "country": country}
        given["sectors"] = None if sectors is None else list(sectors)
        self._update(OrganisationRow, organisation_id, {k: v for k, v in given.items() if v is not None})

    def rename_organisation(self, organisation_id: str, name: str) -> None:
        """Give an organisation another name; raises NotFound."""
        self.set_profile(organisation_id, name=name)

    def _check_member(self, member_id: str, organisation_id: str) -> None:
        if member_id not in self._members_of([member_id], organisation_id):
            raise NotFound("member", member_id)

    def _members_of(self, member_ids: Collection[str], organisation_id: str) -> set[str]:
        """Those of `member_ids` that exist; raises Crossing if one belongs to another organisation."""
        missing = [member_id for member_id in member_ids if member_id not in self._known]
        if missing:
            query = select(MemberRow.id, MemberRow.organisation_id).where(MemberRow.id.in_(missing))
            with self._reading() as connection:
                self._known.update({row.id: row.organisation_id for row in connection.execute(query)})
        for member_id in member_ids:
            if self._known.get(member_id, organisation_id) != organisation_id:
                raise Crossing("member", member_id, organisation_id)
        return {member_id for member_id in member_ids if member_id in self._known}
