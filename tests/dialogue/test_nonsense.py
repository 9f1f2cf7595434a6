"""Random letters are not taken for words, and misspelt words are not taken for random letters."""

import timeit

import pytest

from assistant.dialogue.lexicon import is_known, mended
from assistant.dialogue.nonsense import is_nonsense
from assistant.dialogue.reading import LONGEST_MESSAGE
from tests.dialogue.readers import read
from tests.pace import pace

RANDOM = """
    xyzzy foo|qwe rty|asdf|asdfgh jkl|qwerty|jfkdls|sdfsdf sdf|lkjh|zxcvbn|blorp|gggggg|hjkhjk hjk|
    mxyzptlk|aaaaaaa|qqq|
    wqeqwe asd|foo bar baz|bla bla|ksjdhf ksjdhf|rtz uio|vbnm|xx|zzz|ljlkj lkj|dfgdfg|sgfhd jhgf|tttt|poiu|
    uiop|qazwsx|wsxedc|
    fdsa|jkl jkl|nbvcxz|brrrr|gfhj|oiuz trew|kjhkjh|snarglefoo|blubb|xcvxcv|ewrwer|yxcv|hgfdsa|trololol|frobnicate|
    wibble wobble|xkcd qrst|kdkdkd|mnbv|qpwoeiruty|zzxxcc|vvv bbb|ftgyhu|cvbcvb|7|x|42|q
"""
MISSPELT = """
    wat nxt|contineu|cluser manger|finansing?|halp|hlep me|thx|thnx|pls|progres|what nex|nxt|explian|stratgy|wich step|
    parners in denmrk|jorney|fundng|trainning|contnue|undoo|skp|hallo|helo|byebye|menue|showme cases|polan|
    germny|intereg|
    horizn europe|clustr|membrs|budgt|benchmrking|evalution|monitorng|networcs|exampels|wat now|bakc|stp 4|
    lol|wtf|idk|dunno
"""
ANSWERS = "y|n|yess|nop|yup|jep|yepp|noo|yeahh|nope|nah|partialy|parlty|kinda|60%|3 of 5|50/50|ja|oui|n/a|YES!!"


def _lines(text: str) -> list[str]:
    return [each.strip() for each in text.split("|")]


@pytest.mark.parametrize("text", _lines(RANDOM))
@pytest.mark.parametrize("focus", ["question", "role", None])
def test_random_letters_are_not_understood(text: str, focus: str | None) -> None:
    assert is_nonsense(text)
    assert read(text, "answer_yes", 0.9, {}, focus).intent == "not_understood"


@pytest.mark.parametrize("text", [*_lines(MISSPELT), *_lines(ANSWERS)])
def test_what_is_misspelt_or_short_is_read_on(text: str) -> None:
    assert not is_nonsense(text)


@pytest.mark.parametrize("focus", ["lesson", "message"])
def test_what_is_kept_as_it_is_said_may_be_anything(focus: str) -> None:
    assert read("xyzzy foo", "out_of_scope", 0.9, {}, focus).entities == {"note": "xyzzy foo"}


def test_a_name_that_was_found_is_no_nonsense() -> None:
    assert read("Xanthi", "ask_knowledge", 0.9, {"place": "gr"}, None).intent == "ask_knowledge"


def test_a_number_may_pick_one_of_a_list() -> None:
    assert read("2", "show_entry", 0.9, {}, None, listed=True).intent == "show_entry"


@pytest.mark.parametrize(("word", "known"), [("cluster", True), ("interreg", True), ("asdf", False), ("poiu", False)])
def test_knows_words(word: str, known: bool) -> None:
    assert is_known(word) is known


@pytest.mark.parametrize(("word", "right"), [("contineu", "continue"), ("partnres", "partners"), ("qazwsx", None)])
def test_mends_a_word(word: str, right: str | None) -> None:
    assert mended(word) == right


@pytest.mark.parametrize("piece", ["x", "xq ", "zzzzzzzz ", "1 "])
def test_is_quick_whatever_is_sent(piece: str) -> None:
    is_nonsense("")
    message = (piece * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
    assert min(timeit.repeat(lambda: is_nonsense(message), number=1, repeat=3)) < 0.05 * pace()
