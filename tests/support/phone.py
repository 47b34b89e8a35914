"""A phone with the app in a real browser: 360 by 740, touch, Bangla first."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Locator, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "gateway/frontend/node_modules/axe-core/axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
WIDTH, HEIGHT = 360, 740
MILLISECONDS = 15_000


def find_browser() -> str | None:
    """The path of an installed Chromium."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


class Phone:
    """One person's phone; every fault that the browser tells of is kept in `faults`."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.context = context
        self.base_url = base_url
        self.faults: list[str] = []
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.page.set_default_timeout(MILLISECONDS)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def open(self, path: str = "") -> Phone:
        """Open the app, or one of its screens."""
        self.page.goto(f"{self.base_url}/m/{path}")
        return self

    def button(self, name: str) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=name, exact=True)

    def tap(self, name: str) -> None:
        """Tap a button."""
        self.button(name).tap()

    def go_to(self, name: str) -> None:
        """Tap a tab or another link."""
        self.page.get_by_role("link", name=name).first.tap()

    def write(self, label: str, text: str) -> None:
        """Write into the field of that name."""
        self.page.get_by_label(label, exact=True).fill(text)

    def sees(self, text: str) -> None:
        """Wait until the words are on the screen."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=MILLISECONDS)

    def sign_in_officer(self, username: str, password: str) -> Phone:
        """Through the officer's door, in Bangla."""
        self.open()
        self.tap("মাঠকর্মী")
        self.write("ব্যবহারকারী নাম", username)
        self.write("পাসওয়ার্ড", password)
        self.tap("প্রবেশ করুন")
        self.sees("আজকের কাজ")
        return self

    def look(self) -> None:
        """Whoever reads it with help can read it, and nothing runs over the edge of a small screen."""
        self.page.wait_for_timeout(250)  # entrances are over, so that axe judges the real colours
        self.page.evaluate(AXE.read_text())
        violations: list[dict[str, Any]] = self.page.evaluate("axe.run()")["violations"]
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []
        assert wide <= WIDTH


@contextmanager
def phone(chromium: BrowserType, base_url: str, profile: Path) -> Iterator[Phone]:
    """A phone whose store lies in `profile`, so that it can be switched off and on again."""
    context = chromium.launch_persistent_context(
        profile,
        executable_path=find_browser(),
        args=list(SWITCHES),
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="bn-BD",
        is_mobile=True,
        has_touch=True,
    )
    try:
        yield Phone(context, base_url)
    finally:
        with suppress(Error):  # a test may have killed it
            context.close()


def kill_browser(profile: Path) -> None:
    """The battery is out: every process of this profile dies at once, nothing is said good-bye to."""
    mine = str(profile).encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mine in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            continue  # it was gone already
