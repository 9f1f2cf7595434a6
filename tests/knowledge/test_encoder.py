"""The sentence encoder: the committed files, what the vectors mean, and what bad input does."""

from __future__ import annotations

import hashlib
import statistics
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import assistant.knowledge.encoder as encoder_module
from assistant.knowledge.encoder import DIMENSION, Encoder, EncoderFileError, load_encoder

FOLDER = Path(encoder_module.__file__).parent
FILES = {
    "words.onnx": "827bb3721567e3c64486a899d5e711cb2c2f546fba265b22513c5a997541b62e",
    "base.onnx": "5d9287a103323583455764023338c4c2cc1c9e26645ac0890793fcc31dad2204",
    "meaning.onnx": "517f1e929b5961d1ab05c928941d73996d06566cda088fbab289683ec955e6e4",
    "intent.onnx": "bce19f704b8c2b67a56cc77c34998f9bc7280f6965002a8e901e8590705a4380",
    "answer.onnx": "ed34805b6d4d6317fe5abae90ab28fa845c41ec724119773a96bbf0583fb48e4",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WORDS_SHA256 = FILES["words.onnx"]
TOLERANCE = 0.005
"""Between processors: the products are exact on any, the rest is rounded."""
ROUNDED = 0.0002
"""The same of one number of a vector, which is written with four digits."""

SENTENCES = [
    "what should we do next",
    "who pays for a trade mission",
    "we have no monitoring plan",
    "yes, we surveyed 40 members in spring, and most of them want to sell in Korea within two years",
    "ok",
    "",
]

# What the model gave before the intents had layers of their own, on a processor that multiplies bytes (AVX-512 VNNI):
# the first five numbers of each vector.
BEFORE_THE_BRANCH = {
    "what should we do next": (-0.0141, 0.0301, 0.0169, -0.0793, -0.0270),
    "who pays for a trade mission": (-0.0323, 0.0035, -0.0237, -0.0433, -0.0309),
    "we have no monitoring plan": (0.0405, 0.0226, -0.0444, 0.0546, 0.0785),
}

# a text, one of the same intent in other words, one of another intent about the same thing
SAME_INTENT = [
    ("what comes next", "which step should we take now", "what was the last step"),
    ("are you a machine", "am i talking to a real person", "who made you"),
    ("is this call still open", "can one still apply", "who paid for this call"),
]

# question, a paraphrase and its cosine, something else and its cosine
SIMILARITIES = [
    ("what should we do next", "what comes next", 0.5316, "we have no monitoring plan", 0.2825),
    (
        "who pays for a trade mission",
        "where can we get money for a business trip abroad",
        0.3939,
        "the coordinator left in the middle of the project",
        0.1190,
    ),
    (
        "how do we find partners abroad",
        "looking for foreign clusters to work with",
        0.4653,
        "delete my data",
        0.0563,
    ),
    ("our project failed", "the project did not work out", 0.7265, "what does consortium mean", 0.0668),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.mark.parametrize(("name", "expected"), FILES.items())
def test_committed_files_are_the_exported_ones(name: str, expected: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == expected
    assert f"{expected}  {name}" in (FOLDER / "SHA256SUMS").read_text(encoding="ascii").splitlines()


def test_licence_of_the_model_is_beside_it() -> None:
    notice = (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "sentence-transformers/all-MiniLM-L6-v2" in notice
    assert "Apache License, Version 2.0" in notice
    assert "were modified" in notice
    assert "tools/tune_encoder.py" in notice
    assert "tools/tune_answers.py" in notice


def test_fingerprint_and_dimension(encoder: Encoder) -> None:
    searched_with = ("words.onnx", "base.onnx", "meaning.onnx", "tokenizer.json")
    assert encoder.fingerprint == hashlib.sha256("".join(FILES[name] for name in searched_with).encode()).hexdigest()
    assert encoder.dimension == DIMENSION == 384


def test_public_names() -> None:
    assert sorted(encoder_module.__all__) == [
        "DIMENSION",
        "Encoder",
        "EncoderFileError",
        "LONGEST_TEXT",
        "LONGEST_TOKENS",
        "load_encoder",
    ]


def test_vectors_are_normalised(encoder: Encoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), DIMENSION)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize(("text", "paraphrase", "near", "other", "far"), SIMILARITIES)
def test_known_similarities(encoder: Encoder, text: str, paraphrase: str, near: float, other: str, far: float) -> None:
    vector, close, distant = encoder.encode([text, paraphrase, other])
    assert float(vector @ close) == pytest.approx(near, abs=TOLERANCE)
    assert float(vector @ distant) == pytest.approx(far, abs=TOLERANCE)
    assert float(vector @ close) > float(vector @ distant) + 0.1


@pytest.mark.parametrize(("text", "begins"), BEFORE_THE_BRANCH.items())
def test_the_intent_branch_leaves_the_search_vectors_alone(
    encoder: Encoder, text: str, begins: tuple[float, ...]
) -> None:
    np.testing.assert_allclose(encoder.encode_one(text)[: len(begins)], begins, atol=ROUNDED)


def test_an_answer_is_weighed_with_the_question_it_is_given_to(encoder: Encoder) -> None:
    asked = encoder.weigh_answer("the ministry does", "Who pays for the missions of your members?")
    alone = encoder.weigh_answer("the ministry does")
    assert asked.shape == alone.shape == (6,)
    assert asked.sum() == pytest.approx(1, abs=1e-4)
    assert not np.allclose(asked, alone, atol=0.01)
    assert encoder.weigh_answer("the ministry does") is alone
    with pytest.raises(ValueError, match="read-only"):
        alone[0] = 1.0


def test_intent_vectors_are_normalised_and_others_than_the_search_vectors(encoder: Encoder) -> None:
    vectors = encoder.encode_intents(SENTENCES)
    assert vectors.shape == (len(SENTENCES), DIMENSION)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert not np.allclose(vectors, encoder.encode(SENTENCES), atol=0.01)


@pytest.mark.parametrize(("text", "same", "other"), SAME_INTENT)
def test_intent_vectors_are_near_for_one_intent(encoder: Encoder, text: str, same: str, other: str) -> None:
    vector, near, far = encoder.encode_intents([text, same, other])
    assert float(vector @ near) > float(vector @ far) + 0.1


def test_intent_of_a_list_equals_that_of_one_exactly(encoder: Encoder) -> None:
    alone = np.vstack([encoder.encode_intent(sentence) for sentence in SENTENCES])
    np.testing.assert_array_equal(encoder.encode_intents(SENTENCES), alone)
    assert encoder.encode_intents([]).shape == (0, DIMENSION)


def test_many_texts_side_by_side_equal_one_after_the_other(encoder: Encoder) -> None:
    texts = [f"who paid for stand {number} at the fair" for number in range(100)]
    alone = np.vstack([encoder.encode_intent(text) for text in texts])
    np.testing.assert_array_equal(encoder.encode_intents(texts), alone)


def test_both_vectors_of_a_text_are_kept_apart(encoder: Encoder) -> None:
    text = "a sentence that both the search and the NLU ask for"
    meaning, intent = encoder.encode_one(text), encoder.encode_intent(text)
    assert encoder.encode_one(text) is meaning
    assert encoder.encode_intent(text) is intent
    assert not np.array_equal(meaning, intent)
    with pytest.raises(ValueError, match="read-only"):
        intent[0] = 0.0


def test_batch_equals_single_exactly(encoder: Encoder) -> None:
    together = encoder.encode(SENTENCES)
    alone = np.vstack([encoder.encode_one(sentence) for sentence in SENTENCES])
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(together[::-1], encoder.encode(SENTENCES[::-1]))


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_empty_text_resembles_no_sentence(encoder: Encoder) -> None:
    empty = encoder.encode_one("")
    assert np.isfinite(empty).all()
    others = encoder.encode([sentence for sentence in SENTENCES if len(sentence) > 2])
    assert float((others @ empty).max()) < 0.4


def test_case_and_accents_do_not_matter(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode_one("MÉDICON Valley"), encoder.encode_one("medicon valley"))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "internationalisation " * 1_000,
        "\U0001f600" * 5_000,
        "\x00\x01\x02",
        "\ud800 half a pair",
        " " * 9,
    ],
    ids=["one word", "many words", "emoji", "control characters", "lone surrogate", "blanks"],
)
def test_bad_input_gets_a_vector_quickly(encoder: Encoder, text: str) -> None:
    start = time.perf_counter()
    vector = encoder.encode([text])[0]
    assert time.perf_counter() - start < 1.0
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)


def test_only_the_first_tokens_count(encoder: Encoder) -> None:
    start = "cluster " * 200
    np.testing.assert_array_equal(encoder.encode_one(start), encoder.encode_one(start + "and a tail"))


def test_one_string_is_refused_with_a_hint(encoder: Encoder) -> None:
    with pytest.raises(TypeError, match="encode_one"):
        encoder.encode("what next")
    with pytest.raises(TypeError, match="encode_intent"):
        encoder.encode_intents("what next")


def test_single_vectors_are_cached_and_read_only(encoder: Encoder) -> None:
    first = encoder.encode_one("a sentence that is asked twice")
    assert encoder.encode_one("a sentence that is asked twice") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 0.0


def test_the_process_holds_one_encoder() -> None:
    assert load_encoder() is load_encoder()


def test_two_threads_open_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    real = encoder_module._open_session

    def count(path: Path) -> object:
        opened.append(path)
        return real(path)

    monkeypatch.setattr(encoder_module, "_open_session", count)
    fresh = Encoder()
    assert "loaded=False" in repr(fresh)
    threads = [threading.Thread(target=fresh.encode, args=(["what next"],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.name for path in opened] == list(encoder_module._GRAPHS)
    assert "loaded=True" in repr(fresh)


def copy_with(folder: Path, words: bytes | None, sums: str | None) -> Encoder:
    """An encoder whose folder holds this first graph and these checksums, None for a missing file."""
    if words is not None:
        (folder / "words.onnx").write_bytes(words)
    if sums is not None:
        (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    return Encoder(folder)


@pytest.mark.parametrize(
    ("words", "sums", "expected", "found"),
    [
        (b"another", f"{WORDS_SHA256}  words.onnx\n", WORDS_SHA256, hashlib.sha256(b"another").hexdigest()),
        (None, f"{WORDS_SHA256}  words.onnx\n", WORDS_SHA256, "no file"),
        (b"another", None, "a list of checksums", "no file"),
        (b"another", f"{WORDS_SHA256}  tokenizer.json\n", "a line for words.onnx", "tokenizer.json"),
    ],
    ids=["another model", "no model", "no checksums", "no checksum for the model"],
)
def test_wrong_files_are_named_with_the_remedy(
    tmp_path: Path, words: bytes | None, sums: str | None, expected: str, found: str
) -> None:
    broken = copy_with(tmp_path, words, sums)
    with pytest.raises(EncoderFileError) as caught:
        broken.encode_one("what next")
    message = str(caught.value)
    assert expected in message
    assert found in message
    assert str(tmp_path) in message
    assert "git checkout" in message
    assert "tools/export_encoder.py" in message
    assert "tools/tune_encoder.py" in message
    assert repr(caught.value).startswith("EncoderFileError(path=")


def test_one_sentence_is_quick(encoder: Encoder) -> None:
    times = []
    for number in range(50):
        start = time.perf_counter()
        encoder.encode([f"how do we measure whether joint project {number} was a success"])
        times.append((time.perf_counter() - start) * 1000)
    median = statistics.median(times)
    print(f"sentence encoder: {median:.2f} ms a sentence (median of {len(times)})")
    assert median < 50
