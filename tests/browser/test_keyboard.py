"""The page without a mouse: where Tab leads, what Enter, the arrows and Escape do, and that focus stays put."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.page import Page


def name(element: WebElement) -> str:
    return f"{element.tag_name} {element.text}".strip()


def tab_to(page: Page, css: str) -> WebElement:
    """Tabs until something that fits has the focus."""
    for _ in range(30):
        page.key(Keys.TAB)
        if page.script("return arguments[0].matches(arguments[1])", page.focus, css):
            return page.focus
    raise AssertionError(f"Tab never leads to {css}; it ends at {name(page.focus)}")


def test_a_step_is_answered_with_the_keyboard_alone(page: Page) -> None:
    tab_to(page, "a.skip")
    page.key(Keys.ENTER)
    tab_to(page, "textarea")
    for words in ("hi", "cluster organisation", "we have not started", "yes"):
        before = len(page.messages())
        page.key(words, Keys.ENTER)
        page.answer(before)
        assert page.focus.tag_name == "textarea"
    assert page.input.get_property("value") == ""
    page.until(lambda: page.step("1")["count"] == "1 of 3", "the first answer")


def test_the_way_to_skip_the_map_leads_into_the_conversation(page: Page) -> None:
    page.key(Keys.TAB)
    assert page.focus.text == "Skip to the conversation"
    page.key(Keys.ENTER, Keys.TAB)
    assert page.focus.tag_name in ("article", "button", "textarea")
    assert page.script("return arguments[0].getRootNode().host?.localName", page.focus) == "waymark-chat"


def test_shift_and_enter_begin_a_new_line(page: Page) -> None:
    page.input.send_keys("one", Keys.SHIFT, Keys.ENTER, Keys.NULL, "two")
    assert page.input.get_property("value") == "one\ntwo"
    assert [who for who, _ in page.messages()] == ["waymark"]
    before = len(page.messages())
    page.key(Keys.ENTER)
    page.answer(before)
    assert ("you", "one\ntwo") in page.messages()


def test_enter_on_nothing_sends_nothing(page: Page) -> None:
    page.input.send_keys("   ", Keys.ENTER)
    assert [who for who, _ in page.messages()] == ["waymark"]


def test_choices_are_one_stop_with_arrows_between_them(page: Page) -> None:
    page.say("what next?")
    choices = page.choices()
    page.back_tab()
    assert page.focus.text == choices[0]
    page.key(Keys.ARROW_RIGHT)
    assert page.focus.text == choices[1]
    page.key(Keys.END)
    assert page.focus.text == choices[-1]
    page.key(Keys.HOME)
    before = len(page.messages())
    chosen = page.focus
    page.key(Keys.ENTER)
    assert "How far" in page.answer(before)
    assert page.focus == chosen, "the focus moved by itself"
    assert chosen.text == f"✓ {choices[0]}"
    assert chosen.get_attribute("aria-disabled") == "true"
    assert any("You chose Cluster organisation." in hint.get_property("textContent") for hint in page.chat(".hidden"))


def test_the_transcript_is_one_stop_with_arrows_between_messages(page: Page) -> None:
    page.say("what next?")
    page.say("cluster organisation")
    count = len(page.messages())
    page.back_tab()
    page.back_tab()
    articles = page.chat("article")
    assert page.focus == articles[count - 1]
    page.key(Keys.ARROW_UP)
    assert page.focus == articles[count - 2]
    page.key(Keys.HOME)
    assert page.focus == articles[0]
    page.key(Keys.ARROW_UP)
    assert page.focus == articles[0]
    page.key(Keys.END)
    assert page.focus == articles[-1]
    page.key(Keys.ESCAPE)
    assert page.focus.tag_name == "textarea"


def test_a_step_is_opened_with_the_keyboard_and_the_focus_stays(page: Page) -> None:
    page.say("what next?")
    page.press("Cluster organisation")
    page.press("Not started")
    page.script("arguments[0].focus()", page.step_button("2"))
    before = len(page.messages())
    page.key(Keys.ENTER)
    assert "Assess readiness" in page.answer(before)
    page.until(lambda: page.step("2")["current"] == "step", "step 2 to be the current one")
    assert page.focus == page.step_button("2")
