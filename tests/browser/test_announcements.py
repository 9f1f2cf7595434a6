"""What a screen reader is told: each new message once, with the step and the question it belongs to."""

from __future__ import annotations

from itertools import pairwise

from tests.browser.page import Page

QUESTION = "Step 1 of 10, Why internationalise?, question 1 of 3."


def to_the_first_question(page: Page) -> None:
    page.say("what next?")
    page.press("Cluster organisation")
    page.press("Not started")


def test_each_new_message_is_announced_once_and_then_removed(page: Page) -> None:
    page.listen()
    page.say("what next?")
    heard = page.heard()
    assert heard[0] == "You said: what next?"
    assert len(heard) == len(page.messages()) - 1
    assert heard[-1].startswith("Waymark said: ")
    assert "Choices: Cluster organisation, Policy maker, Just tell me." in heard[-1]
    page.until(lambda: page.chat(".live > *") == [], "the live region to be empty")
    assert page.heard() == heard


def test_a_question_is_announced_with_its_step_and_number(page: Page) -> None:
    page.say("what next?")
    page.press("Cluster organisation")
    page.listen()
    page.press("Not started")
    assert f"Waymark said: {QUESTION} Are you clear" in page.heard()[-1]


def test_a_question_that_is_read_again_has_its_step_and_number(page: Page) -> None:
    to_the_first_question(page)
    last = page.chat("article")[-1]
    spoken = " ".join(str(last.accessible_name).split())
    assert spoken.startswith("Waymark said: Step 1 of 10 · Why internationalise? · question 1 of 3")
    assert "Are you clear" in spoken


def test_history_is_not_announced(page: Page) -> None:
    page.say("what next?")
    page.reload()
    assert page.chat(".live > *") == []  # an announcement would stand there for a second


def test_two_replies_of_one_turn_stand_together(page: Page) -> None:
    to_the_first_question(page)
    boxes = [article.rect for article in page.chat("article")]
    gaps = [b["y"] - (a["y"] + a["height"]) for a, b in pairwise(boxes)]
    pairs = [(a, b) for (a, _), (b, _) in pairwise(page.messages())]
    together = [gap for gap, pair in zip(gaps, pairs, strict=True) if pair == ("waymark", "waymark")]
    apart = [gap for gap, pair in zip(gaps, pairs, strict=True) if pair != ("waymark", "waymark")]
    assert together
    assert max(together) < min(apart) / 2


def test_the_map_says_states_in_words(page: Page) -> None:
    to_the_first_question(page)
    page.press("Partly")
    page.until(lambda: page.step("1")["state"] == "in_progress", "step 1 to be in progress")
    names = [" ".join(str(page.step_button(n).accessible_name).split()) for n in ("1", "2")]
    assert "In progress" in names[0]
    assert "1 of 3 questions answered" in names[0]
    assert "1 to work on" in names[0]
    assert "Not started" in names[1]
