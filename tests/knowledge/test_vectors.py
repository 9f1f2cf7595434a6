"""The store of vectors: each text is encoded once, and a store that cannot be used does no harm."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.knowledge.encoder import DIMENSION, load_encoder
from assistant.knowledge.search.vectors import TOGETHER, vectors_of

TEXTS = ["a harbour in Denmark", "who pays for travel", "Japan"]


class Parrot:
    """An encoder that makes up vectors and remembers what it was asked."""

    def __init__(self, fingerprint: str = "0123456789abcdef" * 4) -> None:
        self.fingerprint = fingerprint
        self.heard: list[str] = []

    def encode(self, texts: list[str]) -> Any:
        self.heard += texts
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> Any:
        seed = int.from_bytes(hashlib.sha256((self.fingerprint + text).encode()).digest()[:4], "big")
        vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
        return vector / np.linalg.norm(vector)


@pytest.fixture
def parrot() -> Parrot:
    return Parrot()


def ask(texts: list[str], parrot: Parrot, folder: Path | None, **given: Any) -> list[str]:
    """What had to be encoded for `texts`; their vectors have to be right."""
    parrot.heard.clear()
    vectors = vectors_of(texts, parrot, folder, **given)  # type: ignore[arg-type]
    assert vectors.shape == (len(texts), DIMENSION)
    assert vectors.dtype == np.float32
    for text, vector in zip(texts, vectors, strict=True):
        assert vector == pytest.approx(parrot.vector(text))
    return parrot.heard[:]


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_text_is_encoded_once(tmp_path: Path, parrot: Parrot) -> None:
    assert ask(TEXTS, parrot, tmp_path) == TEXTS
    assert ask(TEXTS, parrot, tmp_path) == []
    assert ask(TEXTS[::-1], Parrot(), tmp_path) == []


def test_a_text_that_comes_twice_is_encoded_once(tmp_path: Path, parrot: Parrot) -> None:
    assert ask(["Japan", "Korea", "Japan"], parrot, tmp_path) == ["Japan", "Korea"]


def test_only_what_is_new_is_encoded(tmp_path: Path, parrot: Parrot) -> None:
    ask(TEXTS, parrot, tmp_path)
    assert ask([*TEXTS, "Korea"], parrot, tmp_path) == ["Korea"]
    assert ask([*TEXTS, "Korea"], parrot, tmp_path) == []


def test_a_text_is_found_by_every_letter(tmp_path: Path, parrot: Parrot) -> None:
    ask(["Japan"], parrot, tmp_path)
    assert ask(["japan", "Japan ", "Japan"], parrot, tmp_path) == ["japan", "Japan "]


def test_two_branches_do_not_empty_the_store_for_each_other(tmp_path: Path, parrot: Parrot) -> None:
    ask(TEXTS, parrot, tmp_path)
    ask([TEXTS[0], TEXTS[1], "Korea"], parrot, tmp_path)
    assert ask(TEXTS, parrot, tmp_path) == []


def test_what_is_gone_is_dropped_once_it_is_most_of_the_store(tmp_path: Path, parrot: Parrot) -> None:
    ask([f"text {i}" for i in range(10)], parrot, tmp_path)
    (store,) = files(tmp_path)
    before = store.stat().st_size
    ask(["text 0", "text 1"], parrot, tmp_path)
    assert store.stat().st_size < before / 3
    assert ask(["text 0", "text 1", "text 2"], parrot, tmp_path) == ["text 2"]


def test_another_encoder_has_a_store_of_its_own(tmp_path: Path, parrot: Parrot) -> None:
    other = Parrot("f" * 64)
    ask(TEXTS, parrot, tmp_path)
    assert ask(TEXTS, other, tmp_path) == TEXTS
    assert ask(TEXTS, parrot, tmp_path) == []
    assert [file.name for file in files(tmp_path)] == ["vectors-0123456789abcdef.npz", "vectors-ffffffffffffffff.npz"]


def test_without_a_folder_nothing_is_kept(parrot: Parrot) -> None:
    assert ask(TEXTS, parrot, None) == TEXTS
    assert ask(TEXTS, parrot, None) == TEXTS


def test_no_texts(tmp_path: Path, parrot: Parrot) -> None:
    assert ask([], parrot, tmp_path) == []


def test_the_folder_is_made(tmp_path: Path, parrot: Parrot) -> None:
    ask(TEXTS, parrot, tmp_path / "models" / "knowledge")
    assert ask(TEXTS, parrot, tmp_path / "models" / "knowledge") == []


def _npz(**arrays: Any) -> Iterator[bytes]:
    import io

    file = io.BytesIO()
    np.savez(file, **arrays)
    yield file.getvalue()


def broken() -> dict[str, bytes]:
    keys = np.zeros((2, 16), dtype=np.uint8)
    (good,) = _npz(keys=keys, vectors=np.zeros((2, DIMENSION), dtype=np.float32))
    (other_size,) = _npz(keys=keys, vectors=np.zeros((2, 100), dtype=np.float32))
    (fewer_keys,) = _npz(keys=keys[:1], vectors=np.zeros((2, DIMENSION), dtype=np.float32))
    (unnamed,) = _npz(things=keys)
    (objects,) = _npz(keys=keys, vectors=np.array([{}, {}], dtype=object))
    (one_number,) = _npz(keys=keys, vectors=np.float32(1))
    return {
        "empty": b"",
        "text": b"vectors",
        "cut short": good[: len(good) // 2],
        "changed in the middle": good[:600] + bytes(b ^ 255 for b in good[600:700]) + good[700:],
        "vectors of another length": other_size,
        "a key missing": fewer_keys,
        "other arrays": unnamed,
        "objects": objects,
        "a number": one_number,
        "one array": b"\x93NUMPY" + good[6:],
    }


@pytest.mark.parametrize("content", broken().values(), ids=broken())
def test_a_broken_store_is_made_anew(tmp_path: Path, parrot: Parrot, content: bytes) -> None:
    ask(TEXTS, parrot, tmp_path)
    (store,) = files(tmp_path)
    store.write_bytes(content)
    assert ask(TEXTS, parrot, tmp_path) == TEXTS
    assert ask(TEXTS, parrot, tmp_path) == []


def test_where_nothing_can_be_written_each_start_encodes(tmp_path: Path, parrot: Parrot) -> None:
    # Not by permissions: the tests may run as root, who may write anywhere.
    (tmp_path / "models").write_text("a file, not a folder", encoding="utf-8")
    assert ask(TEXTS, parrot, tmp_path / "models" / "knowledge") == TEXTS
    assert ask(TEXTS, parrot, tmp_path / "models" / "knowledge") == TEXTS


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, parrot: Parrot, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(TEXTS, parrot, tmp_path)
    before = files(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", full)
        assert ask([*TEXTS, "Korea"], parrot, tmp_path) == ["Korea"]
    assert files(tmp_path) == before
    assert ask(TEXTS, parrot, tmp_path) == []


def test_others_may_read_what_one_has_indexed(tmp_path: Path, parrot: Parrot) -> None:
    # Built by one user, as in a container's image, and served by another.
    ask(TEXTS, parrot, tmp_path)
    plain = tmp_path / "plain"
    plain.write_text("a file like any other", encoding="utf-8")
    (store,) = [file for file in files(tmp_path) if file != plain]
    assert stat.S_IMODE(store.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_progress_is_told_while_texts_are_encoded(tmp_path: Path, parrot: Parrot) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"text {i}" for i in range(2 * TOGETHER + 44)]
    ask(texts, parrot, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == [(TOGETHER, len(texts)), (2 * TOGETHER, len(texts)), (len(texts), len(texts))]
    told.clear()
    ask([*texts, "Korea"], parrot, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]
    told.clear()
    ask(texts, parrot, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == []


def test_with_the_project_s_encoder(tmp_path: Path) -> None:
    encoder = load_encoder()
    fresh = vectors_of(TEXTS, encoder, tmp_path)
    kept = vectors_of(TEXTS, encoder, tmp_path)
    assert np.array_equal(fresh, kept)
    assert np.linalg.norm(kept, axis=1) == pytest.approx(1, abs=1e-3)
    assert kept == pytest.approx(encoder.encode(TEXTS), abs=1e-5)
