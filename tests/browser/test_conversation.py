"""A journey begun in the browser: answered, left, found again, and steered by the map."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.browser.page import Page

HERE = {"number": "1", "state": "in_progress", "current": "step"}


def to_the_first_question(page: Page) -> None:
    page.say("hi")
    page.press("Cluster organisation")
    page.press("Not started")


def shown(page: Page, number: str, *names: str) -> dict[str, object]:
    return {name: page.step(number)[name] for name in names}


def test_the_page_greets_and_shows_the_whole_way(page: Page) -> None:
    assert page.messages()[0][0] == "waymark"
    assert "ten steps" in page.messages()[0][1]
    assert page.choices()
    assert [step["number"] for step in page.steps()] == [*map(str, range(1, 11)), ""]
    assert {step["state"] for step in page.steps()} == {"not_started"}


def test_from_hi_to_a_passed_step_and_back_another_day(page: Page) -> None:
    assert "cluster organisation" in page.say("hi").lower()
    assert "How far" in page.press("Cluster organisation")
    assert "question\u00a01\u00a0of\u00a03" in page.press("Not started")
    page.until(lambda: shown(page, "1", "current") == {"current": "step"}, "step 1 to be the current one")

    assert "question\u00a02\u00a0of\u00a03" in page.say("yes")
    page.until(lambda: shown(page, "1", "number", "state", "current") == HERE, "step 1 to be in progress")
    assert page.step("1")["count"] == "1 of 3"
    assert "question\u00a03\u00a0of\u00a03" in page.press("Yes")
    page.say("yes, markets come first and then partners")
    page.until(lambda: page.step("1")["state"] == "passed", "step 1 to be passed")
    assert page.step("1")["count"] == "3 of 3"
    assert "Passed" in page.step("1")["spoken"]
    assert "question\u00a01\u00a0of\u00a02" in page.press("Start step 2")
    page.until(lambda: [s["number"] for s in page.steps() if s["current"]] == ["2"], "step 2 to be the current one")

    before, choices = page.messages(), page.choices()
    page.reload()
    assert page.messages() == before[1:]  # without the greeting, which is for those who have said nothing
    assert page.choices() == choices
    assert page.step("1")["state"] == "passed"
    closed = [button.text for button in page.chat(".choice.chosen")]
    assert closed == ["✓ Cluster organisation", "✓ Not started", "✓ Yes", "✓ Yes", "✓ Start step 2"]


def test_a_step_of_the_map_opens_it_in_the_conversation(page: Page) -> None:
    to_the_first_question(page)
    answer = page.open_step("6")
    assert ("you", "Step 6: Identify partners") in page.messages()
    assert "Identify partners" in answer
    page.until(lambda: [s["number"] for s in page.steps() if s["current"]] == ["6"], "step 6 to be the current one")


def test_only_the_last_choices_can_be_pressed(page: Page) -> None:
    to_the_first_question(page)
    page.press("Yes")
    old = page.chat(".closed .choice")
    before = page.messages()
    assert old
    for button in old:
        assert button.get_attribute("aria-disabled") == "true"
        page.script("arguments[0].click()", button)
    assert page.messages() == before


def test_markup_that_is_typed_is_shown_and_not_run(page: Page) -> None:
    words = "<img src=x onerror='window.bitten=1'><script>window.bitten=2</script><b>bold</b> **stars**"
    page.say(words)
    assert ("you", words) in page.messages()
    page.reload()
    assert ("you", words) in page.messages()
    assert page.script("return window.bitten") is None
    assert page.chat(".you img, .you script, .you b, .you strong") == []


def test_markup_in_a_note_is_not_run_where_waymark_repeats_it(page: Page) -> None:
    to_the_first_question(page)
    answer = page.say("sort of, we asked 40 members <img src=x onerror='window.bitten=1'> in spring")
    assert "<img" in answer
    page.reload()
    assert page.script("return window.bitten") is None
    assert page.chat(".bubble img") == []


def test_what_is_too_long_to_type_is_counted(page: Page) -> None:
    page.script("arguments[0].value = 'x'.repeat(1999)", page.input)
    page.input.send_keys("yz")
    assert len(page.input.get_property("value")) == 2000
    assert page.chat("#count")[0].text == "0 characters left"


def test_a_server_that_is_away_loses_nothing(page: Page) -> None:
    with page.offline():
        page.input.send_keys("what next?", Keys.ENTER)
        page.until(lambda: page.chat(".failure button"), "the failure")
        assert ("you", "what next?") in page.messages()
    page.chat(".failure button")[0].click()
    page.until(lambda: "Are you running a cluster organisation" in page.replies(), "the answer")
    assert [who for who, _ in page.messages()].count("you") == 1
    assert all("ERR_INTERNET_DISCONNECTED" in complaint for complaint in page.errors())


def test_a_token_that_the_server_does_not_know_is_replaced_and_said(page: Page) -> None:
    page.say("hello")
    page.script("localStorage.setItem('waymark:token', 'unknown')")
    page.reload()
    page.until(lambda: any("no longer kept" in note.text for note in page.chat(".note")), "the note")
    assert "cluster organisation" in page.say("what next?").lower()
    assert all("401" in complaint for complaint in page.errors())
