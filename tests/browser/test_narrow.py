"""The page on a phone: nothing sticks out, and the map is a press away."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.page import Page


@pytest.fixture
def narrow(page: Page) -> Page:
    page.resize(360, 740)
    return page


def toggle(page: Page) -> WebElement:
    return page.driver.find_element(By.CSS_SELECTOR, "[data-waymark-discloses]")


def panel(page: Page) -> WebElement:
    return page.driver.find_element(By.ID, "journey")


def test_nothing_sticks_out(narrow: Page) -> None:
    assert narrow.overflow() <= 0
    narrow.say("what next?")
    narrow.press("Cluster organisation")
    assert narrow.overflow() <= 0
    narrow.press("Not started")
    narrow.say("partly, " + "Donaudampfschifffahrtsgesellschaftskapitän" * 5)
    assert narrow.overflow() <= 0
    assert narrow.script("return document.documentElement.scrollWidth") == 360


def test_the_input_stays_in_sight(narrow: Page) -> None:
    narrow.say("what next?")
    narrow.press("Just tell me")
    box = narrow.input.rect
    assert box["y"] + box["height"] <= 740
    assert narrow.script("return window.scrollY") == 0


def test_what_is_pressed_is_large_enough_for_a_finger(narrow: Page) -> None:
    narrow.say("what next?")
    assert [b.rect["height"] for b in narrow.chat(".choice[aria-disabled='false']") if b.rect["height"] < 44] == []
    assert toggle(narrow).rect["height"] >= 40


def test_the_map_opens_and_closes(narrow: Page) -> None:
    assert not panel(narrow).is_displayed()
    toggle(narrow).click()
    assert panel(narrow).is_displayed()
    assert toggle(narrow).get_attribute("aria-expanded") == "true"
    assert narrow.overflow() <= 0
    toggle(narrow).click()
    assert not panel(narrow).is_displayed()
    assert toggle(narrow).get_attribute("aria-expanded") == "false"


def test_escape_closes_the_map_and_returns_to_its_button(narrow: Page) -> None:
    toggle(narrow).click()
    narrow.key(Keys.TAB, Keys.TAB)
    assert narrow.script("return arguments[0].getRootNode().host?.localName", narrow.focus) == "waymark-journey"
    narrow.key(Keys.ESCAPE)
    assert not panel(narrow).is_displayed()
    assert narrow.focus == toggle(narrow)


def test_a_step_chosen_there_closes_the_map_and_opens_in_the_conversation(narrow: Page) -> None:
    narrow.say("what next?")
    narrow.press("Cluster organisation")
    narrow.press("Not started")
    toggle(narrow).click()
    assert "Assess readiness" in narrow.open_step("2")
    assert not panel(narrow).is_displayed()


def test_on_a_wide_screen_the_map_is_always_there(page: Page) -> None:
    assert panel(page).is_displayed()
    assert not toggle(page).is_displayed()
