"""Tokens of the web and how identities of every channel are stored: hashed, never as they are."""

from __future__ import annotations

import hashlib
import secrets

__all__ = ["TOKEN_BYTES", "hash_key", "new_token"]

TOKEN_BYTES = 32
"""Random bytes in a token: 256 bits, twice what the design asks for at least."""


def new_token() -> str:
    """A fresh random token of 43 characters that are safe in addresses and headers."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_key(channel: str, key: str) -> str:
    """The SHA-256, as 64 hexadecimal digits, under which an identity is stored.

    The channel is part of what is hashed, so that the same number on two channels cannot be told to be one person
    by comparing the table's rows. No salt is needed for a web token, which is random; the hash of a short external
    id could be found by trying all of them, so it keeps the id out of sight and is not a secret.

    Args:
        channel: ``web``, ``terminal`` or ``telegram``.
        key: the token, or the id that the channel gives the person.
    """
    return hashlib.sha256(f"{channel}:{key}".encode("utf-8", "surrogatepass")).hexdigest()
