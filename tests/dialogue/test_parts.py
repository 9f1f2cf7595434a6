"""How a message is taken apart, with what each piece is taken for given by hand; conversations try it for real."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.parts import MOST_PIECES, asks, joined, may_be_several, pieces_of


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("yes, and who pays for this?", ["yes", "who pays for this?"]),
        ("yes, we have a strategy and an action plan", ["yes, we have a strategy and an action plan"]),
        ("no, and the board is not keen", ["no, and the board is not keen"]),
        ("who has done Japan and Korea?", ["who has done Japan and Korea?"]),
        ("thanks, what next?", ["thanks", "what next?"]),
        ("skip this and show me the list", ["skip this", "show me the list"]),
        ("we ran e.g. two courses and what we found is bad", ["we ran e.g. two courses and what we found is bad"]),
        ("Dr. Novak knows. Ask her.", ["Dr. Novak knows.", "Ask her."]),
        ("about 2.5 million; is that enough?", ["about 2.5 million", "is that enough?"]),
        ("... ok", ["ok"]),
        (
            "the answer on money should be no, and the one about people partly",
            ["the answer on money should be no", "the one about people partly"],
        ),
    ],
)
def test_a_message_is_cut_where_something_new_may_begin(text: str, pieces: list[str]) -> None:
    assert [piece.text for piece in pieces_of(text)] == pieces


YES, ASK, NEXT = ("answer_yes", 0.9), ("ask_knowledge", 0.9), ("what_next", 0.9)


@pytest.mark.parametrize(
    ("text", "read", "parts"),
    [
        ("yes, and who pays for this?", [YES, ASK], ["yes", "who pays for this?"]),
        ("Yes. The board signed it.", [YES, YES], ["Yes. The board signed it."]),
        ("thanks, what next?", [("thanks", 0.9), NEXT], ["what next?"]),
        ("hi. thanks.", [("greet", 0.9), ("thanks", 0.9)], ["hi. thanks."]),
        ("when we go to Japan, who should we meet?", [YES, ASK], ["when we go to Japan, who should we meet?"]),
        ("who did Asia, and who paid for it?", [ASK, ("who_paid", 0.9)], ["who did Asia, and who paid for it?"]),
        ("undo that. who did Japan?", [("undo", 0.9), ASK], ["undo that.", "who did Japan?"]),
        ("undo that. partly.", [("undo", 0.9), ("answer_partly", 0.9)], ["undo that.", "partly."]),
        ("who did Japan? is there a loan for it?", [ASK, ASK], ["who did Japan? is there a loan for it?"]),
        ("who did Japan? which loans are there?", [ASK, ASK], ["who did Japan?", "which loans are there?"]),
        ("We have no money. Who could pay?", [("declare_profile", 0.5), ASK], ["We have no money. Who could pay?"]),
        (
            "the first should be no, and yes to this one. what next?",
            [("correct_answer", 0.9), YES, NEXT],
            ["the first should be no", "yes to this one.", "what next?"],
        ),
        (
            "Our partner left us. The money is gone. What can we do now?",
            [("project_failed", 0.9), ("project_failed", 0.8), NEXT],
            ["Our partner left us. The money is gone.", "What can we do now?"],
        ),
        ("this is useless. skip it", [("complaint", 0.9), ("skip_question", 0.9)], ["this is useless.", "skip it"]),
        (
            "our partner left, has anyone had that?",
            [("project_failed", 0.9), ASK],
            ["our partner left, has anyone had that?"],
        ),
        (
            "you are useless, I asked who did japan",
            [("complaint", 0.9), ASK],
            ["you are useless", "I asked who did japan"],
        ),
        (
            "leave a message: it is broken. what next?",
            [("leave_message", 0.9), NEXT],
            ["leave a message: it is broken. what next?"],
        ),
        (
            "evidence: no. priorities: partly.",
            [("correct_answer", 0.9), ("correct_answer", 0.9)],
            ["evidence: no.", "priorities: partly."],
        ),
        (
            "we have half, but who pays nobody knows",
            [("answer_partly", 0.9), ("answer_not_yet", 0.9)],
            ["we have half, but who pays nobody knows"],
        ),
        ("no wait. partly", [("correct_answer", 0.9), ("answer_partly", 0.9)], ["no wait. partly"]),
    ],
)
def test_pieces_that_belong_together_stay_together(text: str, read: list[tuple[str, float]], parts: list[str]) -> None:
    pieces = pieces_of(text)
    assert len(pieces) == len(read), [piece.text for piece in pieces]
    assert joined(text, pieces, read, open_question=True) == parts


@given(st.text(max_size=300))
def test_nothing_of_a_message_is_dropped_but_manners(text: str) -> None:
    pieces = pieces_of(text)
    assert len(pieces) <= MOST_PIECES
    may_be_several(pieces, open_question=True)
    if pieces:
        told = "".join(joined(text, pieces, [("answer_yes", 0.5)] * len(pieces), open_question=False))
        for piece in pieces:
            assert piece.text in text
            assert all(word in told for word in piece.text.split()[-1:])


@pytest.mark.parametrize(
    ("text", "asking"),
    [("who pays", True), ("and can we skip it", True), ("is done", False), ("what we have is a draft", False),
     ("show me", True), ("we show our products", False), ("really?", True), ("it is what it is", False),
     ("who pays for it nobody knows", False), ("who pays is still open", False), ("who knows nobody there?", True)],
)  # fmt: skip
def test_the_form_of_a_question_or_request_is_told(text: str, asking: bool) -> None:
    assert asks(text) is asking


@pytest.mark.parametrize(
    ("text", "open_question", "several"),
    [
        ("We are a cluster organisation in the north. We have no strategy for going abroad yet.", False, True),
        ("We are a cluster organisation in the north. We have no strategy for going abroad yet.", True, False),
        ("The board signed the strategy last year. Who pays for training abroad?", True, True),
        ("we have a strategy and an action plan", False, False),
    ],
)
def test_sentences_that_ask_for_nothing_are_one_answer(text: str, open_question: bool, several: bool) -> None:
    assert may_be_several(pieces_of(text), open_question=open_question) is several
