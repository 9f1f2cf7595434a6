"""What a channel has to know of the dialogue without importing Rasa."""

from __future__ import annotations

__all__ = ["MessageRefused"]


class MessageRefused(ValueError):
    """A message that is not taken at all.

    Args:
        code: for programs: ``too_long`` or ``unknown_button``.
        message: for the person: what was expected, what was found, what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)
