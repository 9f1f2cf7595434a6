"""Runs the migrations on the connection that :func:`assistant.workspace.engine.migrate` opened and locked."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from assistant.workspace.models import Base


def plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write the project's own column types as what they are in the database, so that a migration never changes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


connection = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("no connection to migrate: run the migrations through assistant.workspace.migrate(engine)")

context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=plain_type)
with context.begin_transaction():
    context.run_migrations()
