"""The sentence encoder: a text goes in, a unit vector of its meaning comes out.

The model is all-MiniLM-L6-v2 as 8-bit ONNX (see ``LICENSE`` beside this file for where it comes from,
``tools/encoder_graph.py`` for its parts and how they were made). Two texts are compared by the dot product of their
vectors, which is their cosine, since every vector has length 1::

    encoder = load_encoder()
    question = encoder.encode_one("who pays for a trade mission")
    scores = encoder.encode(["travel grants", "team building"]) @ question

There is a second kind of vector, by two layers of their own that have learnt our intents
(``tools/tune_encoder.py``). It tells what somebody wants rather than what they talk about. The
classifier of intents uses those; search and the finding of questions use the first. Vectors of the two
must not be compared with each other. What a message would be as an answer to a checklist question
(``tools/tune_answers.py``) is not a vector of the text at all, and has layers of its own.

Both the search and the NLU use it, through the same instance: the process holds it once. Each part of the
network is a file and a session of its own, since onnxruntime computes all of a graph, whatever is asked of
it: a vector costs the layers that it needs.

Importing this module is cheap. The model is read, and its files are checked against ``SHA256SUMS``,
when it is first needed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["DIMENSION", "LONGEST_TEXT", "LONGEST_TOKENS", "Encoder", "EncoderFileError", "load_encoder"]

DIMENSION: Final = 384
"""Numbers in a vector."""
LONGEST_TOKENS: Final = 128
"""Tokens read of a text, its two end marks included; the rest is dropped.

The model card limits its training to the same length.
"""
LONGEST_TEXT: Final = 4_000
"""Characters looked at. 128 tokens fill about 600; this only keeps a pasted book from costing time."""
CACHED_TEXTS: Final = 512
"""Vectors kept for `Encoder.encode_one`, and as many for `Encoder.encode_intent`: 0.8 MB each."""
_MANY: Final = 64
"""Texts from which a pool of threads pays: training encodes thousands, an answer to a person one."""
_THREADS: Final = min(4, os.cpu_count() or 1)
_WORDS: Final = "words.onnx"
_BASE: Final = "base.onnx"
_MEANING: Final = "meaning.onnx"
_INTENT: Final = "intent.onnx"
_ANSWER: Final = "answer.onnx"
_GRAPHS: Final = (_WORDS, _BASE, _MEANING, _INTENT, _ANSWER)
_VOCABULARY: Final = "tokenizer.json"
_CHECKSUMS: Final = "SHA256SUMS"
_SEARCHED_WITH: Final = (_WORDS, _BASE, _MEANING, _VOCABULARY)
"""What a vector of `Encoder.encode` depends on."""
_FOLDER: Final = Path(__file__).resolve().parent
_REMEDY: Final = (
    "Restore it with git checkout -- assistant/knowledge/encoder, or make it again with tools/export_encoder.py, "
    "then tools/tune_encoder.py, then tools/tune_answers.py."
)

Vector = npt.NDArray[np.float32]


class EncoderFileError(RuntimeError):
    """A file of the encoder is missing or is not the one that was committed.

    Args:
        path: The file.
        expected: What should have been there.
        found: What was there.
    """

    def __init__(self, path: Path, expected: str, found: str) -> None:
        super().__init__(f"The sentence encoder's file {path}: expected {expected}, found {found}. {_REMEDY}")
        self.path = path
        self.expected = expected
        self.found = found

    def __repr__(self) -> str:
        return f"EncoderFileError(path={str(self.path)!r}, expected={self.expected!r}, found={self.found!r})"


class Encoder:
    """Turns texts into unit vectors, on one thread, from the files in a folder.

    Each text is run by itself, never padded into a batch. An 8-bit model scales its numbers by the
    largest in the whole input, so in a batch the vector of a text would depend on its neighbours (down
    to a cosine of 0.95 with its own), and an indexed sentence would differ from the same one asked.
    A batch would save a fifth of the time at best.

    Instances may be shared between threads.

    Args:
        folder: Where the graphs, ``tokenizer.json`` and ``SHA256SUMS`` are. By default the committed ones.
    """

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._folder = folder
        self._lock = Lock()
        self._parts: tuple[Tokenizer, dict[str, Any]] | None = None
        self._fingerprint: str | None = None
        # On the instance, not the method: a cache on the method would keep every instance alive.
        self._remember = lru_cache(maxsize=CACHED_TEXTS)(partial(self._encode_frozen, _MEANING))
        self._remember_intent = lru_cache(maxsize=CACHED_TEXTS)(partial(self._encode_frozen, _INTENT))
        self._remember_answer = lru_cache(maxsize=CACHED_TEXTS)(partial(self._encode_frozen, _ANSWER))

    def __repr__(self) -> str:
        return f"Encoder(folder={str(self._folder)!r}, loaded={self._parts is not None})"

    @property
    def dimension(self) -> int:
        """Numbers in a vector: 384."""
        return DIMENSION

    @property
    def fingerprint(self) -> str:
        """A SHA-256 of the files that `encode` uses, checked. Stored vectors are valid for one fingerprint only.

        Raises:
            EncoderFileError: A file is missing or is not the committed one.
        """
        if self._fingerprint is None:
            self._fingerprint = _check_files(self._folder)
        return self._fingerprint

    def load(self) -> None:
        """Read the model now rather than at the first text; does nothing when it has been read.

        Raises:
            EncoderFileError: A file is missing or is not the committed one.
        """
        self._ready()

    def encode(self, texts: Sequence[str]) -> Vector:
        """Encode several texts.

        Args:
            texts: Any texts; of each, the first `LONGEST_TOKENS` tokens count. An empty one has a
                vector too, which says nothing: its cosine with a short sentence can reach 0.33.

        Returns:
            float32, one row of length 1 for each text, in their order: shape (n, 384), also for n = 0.

        Raises:
            TypeError: One string was given instead of a list of them.
            EncoderFileError: A file is missing or is not the committed one.
        """
        if isinstance(texts, str):
            raise TypeError("expected a list of texts, found one string: use encode_one for a single text")
        return self._encode_each(_MEANING, texts)

    def encode_one(self, text: str) -> Vector:
        """Encode one text, or hand back its vector if it was asked for lately.

        Returns:
            float32, shape (384,), of length 1; read-only, since it is shared.

        Raises:
            EncoderFileError: A file is missing or is not the committed one.
        """
        return self._remember(text)

    def encode_intents(self, texts: Sequence[str]) -> Vector:
        """Encode several texts by what is wanted in them: near one another if their intent is the same.

        Args:
            texts: Any texts, read as by `encode`.

        Returns:
            As from `encode`, but comparable only among themselves.

        Raises:
            TypeError: One string was given instead of a list of them.
            EncoderFileError: A file is missing or is not the committed one.
        """
        if isinstance(texts, str):
            raise TypeError("expected a list of texts, found one string: use encode_intent for a single text")
        return self._encode_each(_INTENT, texts)

    def encode_intent(self, text: str) -> Vector:
        """Encode one text as `encode_intents` does, or hand back its vector if it was asked for lately.

        Returns:
            float32, shape (384,), of length 1; read-only, since it is shared.

        Raises:
            EncoderFileError: A file is missing or is not the committed one.
        """
        return self._remember_intent(text)

    def weigh_answer(self, text: str, question: str = "") -> Vector:
        """How likely a text is each kind of answer to a question, or none.

        Args:
            text: What was said, read as by `encode`.
            question: The words of the checklist question; empty if it is not known.

        Returns:
            float32, shape (6,), together 1: yes, partly, not yet, not applicable, unclear, no answer at all;
            read-only, since it is shared.

        Raises:
            EncoderFileError: A file is missing or is not the committed one.
        """
        return self._remember_answer(text, question)

    def _encode_each(self, output: str, texts: Sequence[str]) -> Vector:
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        self._ready()
        # A session computes on one thread and lets others run meanwhile: many texts are taken side by side.
        with ThreadPoolExecutor(_THREADS if len(texts) >= _MANY else 1) as pool:
            for row, vector in enumerate(pool.map(partial(self._run, output), texts)):
                vectors[row] = vector
        return vectors

    def _encode_frozen(self, output: str, *texts: str) -> Vector:
        vector = self._run(output, *texts)
        vector.setflags(write=False)
        return vector

    def _ready(self) -> tuple[Tokenizer, dict[str, Any]]:
        # Two first texts may come at once, in two threads: the second waits and finds it done.
        with self._lock:
            if self._parts is None:
                _ = self.fingerprint
                tokenizer = _open_tokenizer(self._folder / _VOCABULARY)
                self._parts = tokenizer, {name: _open_session(self._folder / name) for name in _GRAPHS}
            return self._parts

    def _run(self, graph: str, text: str, beside: str = "") -> Vector:
        tokenizer, sessions = self._parts or self._ready()
        ids = np.array([tokenizer.encode(_whole(text), _whole(beside) or None).ids], dtype=np.int64)
        states: Vector = sessions[_WORDS].run(None, {"input_ids": ids})[0]
        if graph == _MEANING:
            states = sessions[_BASE].run(None, {"states": states})[0]
        vector: Vector = sessions[graph].run(None, {"states": states})[0][0]
        return vector


def _whole(text: str) -> str:
    # JSON can smuggle in half a surrogate pair, which the tokenizer would refuse.
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")


def load_encoder() -> Encoder:
    """The encoder of this process, loaded; every call returns the same one.

    Raises:
        EncoderFileError: A file is missing or is not the committed one.
    """
    _SHARED.load()
    return _SHARED


def _open_tokenizer(path: Path) -> Tokenizer:
    # Imported late: most of the command line never encodes anything.
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    # The published file pads everything to 128 tokens, which would cost the longest time for each text.
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=LONGEST_TOKENS)
    return tokenizer


def _open_session(path: Path) -> Any:
    # Imported late, as above.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # More threads cost more than they gain on one short sentence, and take cores from other requests.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Five arenas would each keep what their longest text ever needed; without them a text takes as long.
    options.enable_cpu_mem_arena = False
    # What is kept in 8 bits and computes with floats is widened once, here, and not for each text.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _check_files(folder: Path) -> str:
    """Compare each file with its checksum; return one of those that are searched with."""
    expected = _read_checksums(folder / _CHECKSUMS)
    for name in (*_GRAPHS, _VOCABULARY):
        path = folder / name
        if name not in expected:
            raise EncoderFileError(folder / _CHECKSUMS, f"a line for {name}", f"lines for {sorted(expected)}")
        if not path.is_file():
            raise EncoderFileError(path, f"a file with SHA-256 {expected[name]}", "no file")
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != expected[name]:
            raise EncoderFileError(path, f"SHA-256 {expected[name]}", f"{found} ({path.stat().st_size} bytes)")
    return hashlib.sha256("".join(expected[name] for name in _SEARCHED_WITH).encode()).hexdigest()


def _read_checksums(path: Path) -> dict[str, str]:
    """Read lines of ``<hash>  <name>``, as sha256sum writes them; return hashes by name."""
    if not path.is_file():
        raise EncoderFileError(path, "a list of checksums", "no file")
    lines = (line.split(maxsplit=1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {parts[1].strip().lstrip("*"): parts[0] for parts in lines if len(parts) == 2}


_SHARED: Final = Encoder()
