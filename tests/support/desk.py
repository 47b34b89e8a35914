"""A branch's computer with the portal in a real browser: 1366 by 768, mouse and keyboard."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from contracts.digits import to_bangla
from tests.support.phone import AXE, ROOT, SWITCHES, find_browser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Locator

WORDS: dict[str, dict[str, str]] = json.loads((ROOT / "gateway/src/gateway/words/portal.json").read_text())
WIDTH, HEIGHT = 1366, 768
SMALL_WIDTH, SMALL_HEIGHT = 390, 844
MILLISECONDS = 15_000
LOCALES = {"bn": "bn-BD", "en": "en-GB"}


def open_browser(chromium: BrowserType) -> Browser:
    """Start Chromium as Debian ships it."""
    return chromium.launch(executable_path=find_browser(), args=list(SWITCHES))


class Desk:
    """One staff person at a browser of his own; every fault that the browser tells of is kept in `faults`."""

    def __init__(self, browser: Browser, base_url: str, language: str = "bn") -> None:
        self.base_url = base_url
        self.language = language
        self.faults: list[str] = []
        viewport = {"width": WIDTH, "height": HEIGHT}
        self.context = browser.new_context(viewport=viewport, locale=LOCALES[language])  # type: ignore[arg-type]  # a ViewportSize
        self.context.add_cookies([{"name": "language", "value": language, "url": base_url}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(MILLISECONDS)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def speak(self, language: str) -> None:
        """Read on in another language, from the next page on."""
        self.language = language
        self.context.add_cookies([{"name": "language", "value": language, "url": self.base_url}])

    def on_a_phone(self) -> None:
        """Look at the same page through a small window."""
        self.page.set_viewport_size({"width": SMALL_WIDTH, "height": SMALL_HEIGHT})

    def at_the_desk(self) -> None:
        """Look through the large window again."""
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    def t(self, key: str, **facts: str) -> str:
        """The words of the portal in this person's language."""
        return WORDS[key][self.language].format(**facts)

    def written(self, text: str) -> str:
        """A text with the digits of this person's keyboard."""
        return to_bangla(text) if self.language == "bn" else text

    def sign_in(self, username: str, password: str) -> Desk:
        """Through the front door."""
        self.page.goto(f"{self.base_url}/sign-in")
        self.fill(username=username, password=password)
        self.press("sign_in.act")
        return self

    def choose_password(self, username: str, one_time: str, password: str) -> Desk:
        """The first time: the slip's password becomes one's own, and one is in."""
        self.sign_in(username, one_time)
        self.fill(password=one_time, new_password=password, again=password)
        self.press("password.act")
        self.sees("password.changed")
        return self

    def go_to(self, place: str) -> None:
        """Choose a place of the navigation, whose group may be folded away."""
        link = self.page.get_by_role("link", name=self.t(place), exact=True, include_hidden=True)
        group = self.page.get_by_role("navigation").locator("details", has=link)
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        group.locator(link).click()

    def follow(self, key: str) -> None:
        """Click on a link by its words."""
        self.page.get_by_role("main").get_by_role("link", name=self.t(key), exact=True).first.click()

    def press(self, key: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("main").get_by_role("button", name=self.t(key), exact=True).click()

    def fill(self, **fields: str) -> None:
        """Write into the fields of these ids."""
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)

    def choose(self, **choices: str) -> None:
        """Choose from the lists of these ids, by the words in front of the reader or by the value."""
        for name, choice in choices.items():
            options = self.page.locator(f"#{name} option")
            value = options.filter(has_text=re.compile(re.escape(choice))).first.get_attribute("value")
            self.page.locator(f"#{name}").select_option(value)

    def count(self, notes: Mapping[int, int]) -> None:
        """Fill in a denomination slip."""
        self.fill(**{f"notes-{face}": self.written(str(pieces)) for face, pieces in notes.items()})

    def sees(self, key: str, **facts: str) -> None:
        """Wait until the words are on the screen."""
        self.sees_text(self.t(key, **facts))

    def sees_text(self, text: str) -> None:
        """Wait until the text is on the screen."""
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible(timeout=MILLISECONDS)

    def row(self, text: str) -> Locator:
        """The row of a table that holds the text."""
        return self.page.get_by_role("row").filter(has_text=text).first

    def decide(self, subject: str) -> str | None:
        """Approve what waits for somebody; answers the secret of the slip, where one came."""
        self.go_to("place.approvals")
        self.row(subject).get_by_role("link", name=self.t("approval.decide")).click()
        self.press("approval.approve")
        secret = self.page.locator(".secret")
        return secret.inner_text().strip() if secret.count() else None

    def look(self) -> None:
        """Whoever reads the page with help can read it, and nothing runs over its edge."""
        self.page.evaluate(AXE.read_text())
        violations: list[dict[str, Any]] = self.page.evaluate("axe.run()")["violations"]
        found = [(one["id"], [node["html"][:80] for node in one["nodes"]]) for one in violations]
        assert not found, (self.page.url, found)
        self.fits()

    def fits(self) -> None:
        """Nothing runs over the page's edge."""
        root = "document.documentElement"
        over = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert over <= 0, (self.page.url, over)
