"""The page as a person meets it: what is shown, what can be pressed, what has the focus."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from assistant.settings import ROOT

__all__ = ["Page"]

PATIENCE = 15.0
"""Seconds to wait for an answer; usually it takes a tenth of one."""

_FOCUS = """
let element = document.activeElement;
while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
return element;
"""
_LISTEN = """
window.heard = [];
const region = document.querySelector('waymark-chat').shadowRoot.querySelector('.live');
new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(
  (node) => window.heard.push(node.textContent)))).observe(region, { childList: true });
"""
_STEPS = """
const map = document.querySelector('waymark-journey')?.shadowRoot;
return [...map?.querySelectorAll('li button') ?? []].map((button) => ({
  number: button.querySelector('.number').textContent.trim(),
  state: button.className,
  title: button.querySelector('.title').firstChild.textContent.trim(),
  count: button.querySelector('.count')?.textContent.trim(),
  spoken: button.innerText,
  current: button.getAttribute('aria-current'),
}));
"""
_OVERFLOW = """
const right = (element) => Math.max(element.getBoundingClientRect().right, widest(element.shadowRoot));
const shown = (element) => element.checkVisibility() && !element.closest('.hidden, .skip');
const widest = (root) => Math.max(0, ...[...root?.querySelectorAll('*') ?? []].filter(shown).map(right));
return Math.ceil(Math.max(widest(document), document.documentElement.scrollWidth) - window.innerWidth);
"""


class Page:
    """One browser window.

    Args:
        driver: a Chromium of its own, so that nothing is left of an earlier visit.
        url: where the server is.
    """

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self) -> None:
        """Opens the page, and waits until the greeting or the history is there."""
        self.driver.get(self.url)
        self.until(lambda: self.messages(), "a message")
        self.until(lambda: self.steps(), "the map")

    def reload(self) -> None:
        self.driver.refresh()
        self.until(lambda: self.messages(), "a message")
        self.until(lambda: self.steps(), "the map")

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """Waits until something holds, and gives it."""
        return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(lambda _: holds(), f"waited for {what}")

    def script(self, words: str, *arguments: object) -> Any:
        return self.driver.execute_script(words, *arguments)

    # The conversation

    def chat(self, selector: str) -> list[WebElement]:
        """Elements of the conversation."""
        return list(
            self.script(
                "return [...document.querySelector('waymark-chat').shadowRoot.querySelectorAll(arguments[0])]", selector
            )
        )

    def messages(self) -> list[tuple[str, str]]:
        """Who said what, as it is shown; without buttons."""
        found = self.script(
            """return [...document.querySelector('waymark-chat')?.shadowRoot?.querySelectorAll('article') ?? []].map(
            (a) => [a.classList.contains('you') ? 'you' : 'waymark', a.querySelector('.bubble')?.innerText ?? ''])"""
        )
        return [(who, words) for who, words in found]

    def replies(self) -> str:
        """What Waymark said since the person last did."""
        messages = self.messages()
        since = max((n for n, (who, _) in enumerate(messages) if who == "you"), default=-1)
        return "\n".join(words for _, words in messages[since + 1 :])

    def choices(self) -> list[str]:
        """The buttons that can be pressed."""
        return [button.text for button in self.chat(".choice[aria-disabled='false']")]

    @property
    def input(self) -> WebElement:
        return self.chat("textarea")[0]

    def say(self, words: str) -> str:
        """Types a message, sends it with Enter, and gives what is answered."""
        return self._answer_to(lambda: self.input.send_keys(words, Keys.ENTER))

    def press(self, title: str) -> str:
        """Presses a button by its title, and gives what is answered."""
        buttons = {button.text: button for button in self.chat(".choice[aria-disabled='false']")}
        assert title in buttons, f"no button {title!r} among {list(buttons)}"
        return self._answer_to(buttons[title].click)

    def open_step(self, key: str) -> str:
        """Presses a step of the map, and gives what is answered."""
        return self._answer_to(self.step_button(key).click)

    def _answer_to(self, act: Callable[[], Any]) -> str:
        before = len(self.messages())
        act()
        return self.answer(before)

    def answer(self, before: int) -> str:
        """What is answered once there are more than `before` messages."""
        self.until(lambda: len(self.messages()) > before + 1 and self.messages()[-1][0] == "waymark", "an answer")
        self.until(lambda: not self.chat("article.sending"), "the turn to end")
        return self.replies()

    # The map

    def steps(self) -> list[dict[str, Any]]:
        """The steps of the map as they are shown: number, words, state, whether it is the current one."""
        return list(self.script(_STEPS))

    def step(self, number: str) -> dict[str, Any]:
        return next(step for step in self.steps() if step["number"] == number)

    def step_button(self, number: str) -> WebElement:
        found: list[WebElement] = self.script(
            """return [...document.querySelector('waymark-journey').shadowRoot.querySelectorAll('li button')].filter(
            (b) => b.querySelector('.number').textContent.trim() === arguments[0])""",
            number,
        )
        return found[0]

    # Keyboard, ear and eye

    def key(self, *keys: str) -> None:
        """Presses keys one after the other, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def back_tab(self) -> None:
        """Shift and Tab together: one stop back."""
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()

    @property
    def focus(self) -> WebElement:
        """What has the focus, also inside a component."""
        element: WebElement = self.script(_FOCUS)
        return element

    def listen(self) -> None:
        """From here on, keeps what the live region says."""
        self.script(_LISTEN)

    def heard(self) -> list[str]:
        return [" ".join(words.split()) for words in self.script("return window.heard")]

    def resize(self, width: int, height: int) -> None:
        """Gives the page exactly this size, whatever the window's frame takes."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def overflow(self) -> int:
        """By how many pixels the page, or anything in it, is wider than the window."""
        return int(self.script(_OVERFLOW))

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Cuts the connection to the server for a while."""
        self._connect(False)
        try:
            yield
        finally:
            self._connect(True)

    def _connect(self, connected: bool) -> None:
        speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": not connected, **speed})

    def errors(self) -> list[str]:
        """What the console complained of since last asked."""
        log: list[dict[str, Any]] = self.driver.get_log("browser")
        return [entry["message"] for entry in log if entry["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, name: str) -> None:
        """Keeps a picture, where WAYMARK_SCREENSHOTS names a folder."""
        folder = os.environ.get("WAYMARK_SCREENSHOTS")
        if folder:
            # The pointer rests where it last pressed, and would light up whatever came there since.
            ActionChains(self.driver).move_to_element(self.driver.find_element(By.TAG_NAME, "h1")).perform()
            target = ROOT / folder
            target.mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(Path(target) / name))
