"""The page as it looks in the middle of a conversation, on a wide and a narrow screen."""

from __future__ import annotations

import pytest

from tests.browser.page import Page


@pytest.mark.parametrize(("name", "width", "height"), [("page-wide.png", 1280, 900), ("page-narrow.png", 390, 844)])
def test_a_realistic_conversation_fits_the_screen(page: Page, name: str, width: int, height: int) -> None:
    page.resize(width, height)
    page.say("what next?")
    page.press("Cluster organisation")
    page.press("Not started")
    page.press("Yes")
    page.say("sort of, we surveyed 40 members in spring but nothing on market failure")
    page.say("hang on, the first one should have been no")
    assert "changed from yes to not yet" in page.replies()
    assert page.overflow() <= 0
    box = page.input.rect
    assert box["y"] + box["height"] <= height
    page.screenshot(name)
