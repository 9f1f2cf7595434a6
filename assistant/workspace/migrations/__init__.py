"""Alembic migrations; run by :func:`assistant.workspace.engine.migrate`."""
