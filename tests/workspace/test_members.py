"""Who is who: members, their keys, and what is known of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from assistant.workspace import IdentityTaken, Profile, Workspace
from assistant.workspace.members import SEEN_EVERY
from assistant.workspace.models import IdentityRow


def test_a_member_is_found_by_the_key_on_that_channel_only(workspace: Workspace) -> None:
    with workspace.unit() as unit:
        member = unit.new_member("web", "key", "Anna")
        assert unit.find_member("web", "key") == member
        unit.commit()
    with workspace.unit() as unit:
        assert unit.find_member("web", "key") == member
        assert unit.find_member("telegram", "key") is None
        assert unit.find_member("web", "KEY") is None
        assert unit.member_name(member.id, member.organisation_id) == "Anna"


def test_the_key_itself_is_not_stored(workspace: Workspace, engine: Engine) -> None:
    with workspace.unit() as unit:
        unit.new_member("web", "a-very-secret-token")
        unit.commit()
    with engine.connect() as connection:
        stored = [str(row) for row in connection.execute(select(IdentityRow.__table__))]
    assert len(stored) == 1
    assert "a-very-secret-token" not in stored[0]


def test_an_expired_key_is_worthless(workspace: Workspace, clock: Any) -> None:
    with workspace.unit() as unit:
        unit.new_member("web", "key", expires_at=clock() + timedelta(days=30))
        unit.commit()
        clock.pass_by(days=30, seconds=-1)
        assert unit.find_member("web", "key") is not None
        clock.pass_by(seconds=1)
        assert unit.find_member("web", "key") is None


def test_a_revoked_key_is_worthless_at_once_and_for_good(workspace: Workspace) -> None:
    with workspace.unit() as unit:
        unit.new_member("web", "key")
        unit.new_member("web", "other")
        unit.commit()
        unit.revoke("web", "key")
        assert unit.find_member("web", "key") is None
        unit.commit()
    with workspace.unit() as unit:
        assert unit.find_member("web", "key") is None
        assert unit.find_member("web", "other") is not None


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_person_may_come_back_under_a_lapsed_identity(workspace: Workspace, clock: Any, how: str) -> None:
    with workspace.unit() as unit:
        first = unit.new_member("telegram", "4711", expires_at=clock() + timedelta(days=1))
        unit.commit()
        if how == "revoked":
            unit.revoke("telegram", "4711")
        else:
            clock.pass_by(days=2)
        second = unit.new_member("telegram", "4711")
        unit.commit()
        assert unit.find_member("telegram", "4711") == second != first


def test_an_identity_that_is_in_use_is_not_taken_over(workspace: Workspace, count_rows: Any) -> None:
    with workspace.unit() as unit, workspace.unit() as other:
        member = unit.new_member("telegram", "4711")
        other.new_member("telegram", "4711")
        unit.commit()
        before = count_rows()
        with pytest.raises(IdentityTaken):
            other.commit()
        assert count_rows() == before
        assert other.find_member("telegram", "4711") == member


def test_being_seen_is_written_once_an_hour(workspace: Workspace, engine: Engine, clock: Any) -> None:
    def last_seen() -> Any:
        with engine.connect() as connection:
            return connection.execute(select(IdentityRow.last_seen_at)).scalar_one()

    with workspace.unit() as unit:
        unit.new_member("web", "key")
        unit.commit()
    start = clock()
    for minutes, expected in ((59, start), (1, start + SEEN_EVERY), (30, start + SEEN_EVERY)):
        clock.pass_by(minutes=minutes)
        with workspace.unit() as unit:
            unit.find_member("web", "key")
            unit.find_member("web", "key")
            unit.commit()
        assert last_seen() == expected


def test_what_is_known_of_people_and_organisations_can_be_set(workspace: Workspace) -> None:
    with workspace.unit() as unit:
        member = unit.new_member("web", "key")
        organisation = member.organisation_id
        assert unit.profile(organisation) == Profile(organisation, None, (), None)
        unit.rename_organisation(organisation, "Alpine")
        unit.set_profile(organisation, sectors=["photonics", "optics"], country="AT")
        unit.set_member(member.id, organisation, display_name="Anna")
        expected = Profile(organisation, "Alpine", ("photonics", "optics"), "AT")
        assert unit.profile(organisation) == expected
        unit.commit()
    with workspace.unit() as unit:
        assert unit.profile(organisation) == expected
        unit.set_profile(organisation, country="IT")
        unit.set_member(member.id, organisation, role="manager", language="de")
        assert unit.profile(organisation) == replace(expected, country="IT")
        assert unit.member_name(member.id, organisation) == "Anna"
        unit.commit()
        assert unit.profile(organisation) == replace(expected, country="IT")
        assert unit.find_member("web", "key") == replace(member, display_name="Anna")
