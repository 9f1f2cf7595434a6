from __future__ import annotations

import base64

import pytest

from assistant.workspace import hash_key, new_token


def test_a_token_has_at_least_128_bits_and_never_repeats() -> None:
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    for token in tokens:
        assert len(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))) >= 16


def test_a_hash_is_a_sha256_that_depends_on_channel_and_key() -> None:
    hashed = hash_key("telegram", "4711")
    assert len(hashed) == 64
    assert int(hashed, 16) >= 0
    assert hash_key("telegram", "4711") == hashed
    assert len({hashed, hash_key("web", "4711"), hash_key("telegram", "4712")}) == 3


@pytest.mark.parametrize("key", ["", "é", "\x00", "\ud800", "x" * 20_000])
def test_any_key_can_be_hashed(key: str) -> None:
    assert len(hash_key("web", key)) == 64
