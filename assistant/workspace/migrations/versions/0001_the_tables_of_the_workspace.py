"""The tables of the workspace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_table(
        "journey",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=True),
        sa.Column("current", sa.String(length=80), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("dead_end", sa.Boolean(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_journey_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_journey"),
    )
    op.create_index("ix_journey_organisation_id", "journey", ["organisation_id"])
    op.create_table(
        "member",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_member_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )
    op.create_index("ix_member_organisation_id", "member", ["organisation_id"])
    op.create_table(
        "answer",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name="fk_answer_journey_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_answer_member_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("journey_id", "question", name="pk_answer"),
    )
    op.create_index("ix_answer_member_id", "answer", ["member_id"])
    op.create_table(
        "answer_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["journey.id"], name="fk_answer_history_journey_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_answer_history_member_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_history"),
    )
    op.create_index("ix_answer_history_journey_id_question", "answer_history", ["journey_id", "question"])
    op.create_index("ix_answer_history_member_id", "answer_history", ["member_id"])
    op.create_table(
        "change",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name="fk_change_journey_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_change_member_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sa.UniqueConstraint("journey_id", "revision", name="uq_change_journey_id_revision"),
    )
    op.create_index("ix_change_member_id", "change", ["member_id"])
    op.create_table(
        "deferral",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name="fk_deferral_journey_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("journey_id", "question", "kind", name="pk_deferral"),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_identity_member_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
        sa.UniqueConstraint("channel", "key_hash", name="uq_identity_channel_key_hash"),
    )
    op.create_index("ix_identity_member_id", "identity", ["member_id"])
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("direction", sa.String(length=80), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_message_member_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_member_id_id", "message", ["member_id", "id"])
    op.create_table(
        "planned_action",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["journey.id"], name="fk_planned_action_journey_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("journey_id", "id", name="pk_planned_action"),
    )
    op.create_table(
        "route_mark",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("route", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name="fk_route_mark_journey_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("journey_id", "route", "revision", name="pk_route_mark"),
    )
    op.create_table(
        "step_state",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("opened_revision", sa.Integer(), nullable=True),
        sa.Column("passed_revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name="fk_step_state_journey_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("journey_id", "step", name="pk_step_state"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("step_state")
    op.drop_table("route_mark")
    op.drop_table("planned_action")
    op.drop_table("message")
    op.drop_table("identity")
    op.drop_table("deferral")
    op.drop_table("change")
    op.drop_table("answer_history")
    op.drop_table("answer")
    op.drop_table("member")
    op.drop_table("journey")
    op.drop_table("organisation")
    op.drop_table("conversation")
