"""Keeps Rasa's logging to what an operator wants to read."""

from __future__ import annotations

import logging

import structlog

__all__ = ["configure"]


def configure(level: str) -> None:
    """Sets the level for Rasa's two logging systems, the standard one and structlog."""
    number = logging.getLevelName(level)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    for name in ("rasa", "rasa_sdk", "apscheduler", "sanic", "matplotlib", "tensorflow", "alembic"):
        logging.getLogger(name).setLevel(number)
