"""Keeps the vectors of the knowledge base's texts, so that a text is encoded once and not at every start.

A vector belongs to a text and to the encoder's weights: it is found by the SHA-256 of the text in a
file named after the encoder's. What has changed is encoded again, what is gone is dropped.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.knowledge.encoder import DIMENSION, Encoder

__all__ = ["TOGETHER", "vectors_of"]

Vectors = npt.NDArray[np.float32]
_HASH = 16
"""Bytes of a text's hash that are kept; two of some ten thousand texts will not share them."""
TOGETHER = 128
"""Texts given to the encoder at once, which it takes side by side: of many, all processors work on some."""


def vectors_of(
    texts: Sequence[str], encoder: Encoder, folder: Path | None, progress: Callable[[int, int], None] | None = None
) -> Vectors:
    """The vectors of `texts`, from the store in `folder` as far as it has them.

    Args:
        texts: any texts; each is encoded once.
        encoder: by which.
        folder: where the store is; None to do without one.
        progress: called with how many are done and how many there are, while texts are being encoded.

    Returns:
        float32, shape (texts, 384), one row of length 1 for each.
    """
    keys = [hashlib.sha256(text.encode("utf-8")).digest()[:_HASH] for text in texts]
    path = None if folder is None else folder / f"vectors-{encoder.fingerprint[:16]}.npz"
    stored = _load(path)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in stored}
    for done in range(0, len(missing), TOGETHER):
        part = list(missing)[done : done + TOGETHER]
        stored.update(zip(part, encoder.encode([missing[key] for key in part]), strict=True))
        if progress is not None:
            progress(done + len(part), len(missing))
    result = np.empty((len(texts), DIMENSION), dtype=np.float32)
    for row, key in enumerate(keys):
        result[row] = stored[key]
    # What is gone is dropped once it is half of the store: two branches then do not empty it for each other.
    if path is not None and (missing or len(stored) > 2 * len(set(keys))):
        kept = stored if len(stored) <= 2 * len(set(keys)) else {key: stored[key] for key in keys}
        _save(path, kept)
    return result


def _load(path: Path | None) -> dict[bytes, Vectors]:
    if path is None or not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as file:
            keys, vectors = file["keys"], file["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}  # a broken store is made anew
    if keys.ndim != 2 or keys.shape[1] != _HASH or vectors.shape != (len(keys), DIMENSION):
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def _save(path: Path, stored: dict[bytes, Vectors]) -> None:
    """Writes the store beside its place and moves it there: two processes may do so at once."""
    keys = np.frombuffer(b"".join(stored), dtype=np.uint8).reshape(len(stored), _HASH)
    # Not by `tempfile`, whose files only their owner may read: one user may index, another serve.
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            np.savez(file, keys=keys, vectors=np.array(list(stored.values()), dtype=np.float32))
        part.replace(path)
    except OSError:  # read-only, or full: each start encodes, nothing else is lost
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
