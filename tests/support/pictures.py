"""`python -m tests.support.pictures`: the pictures of docs/portal.md, taken of the running demo."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from contracts.permissions import Role
from tests.support.desk import Desk, open_browser
from tests.support.phone import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

DEMO = ROOT / ".run/demo.json"
PICTURES = ROOT / "docs/pictures"


@dataclass(frozen=True)
class Picture:
    """One page as somebody sees it."""

    name: str
    role: Role
    path: str
    language: str = "bn"
    small: bool = False


WANTED = (
    Picture("portal-manager", Role.BRANCH_MANAGER, "/"),
    Picture("portal-area", Role.AREA_MANAGER, "/", "en"),
    Picture("portal-accountant-small", Role.ACCOUNTANT, "/", small=True),
)


def take(browser: Browser, demo: dict[str, dict[str, dict[str, str]]], folder: Path) -> None:
    """Take every picture, each by its own person at a fresh desk."""
    for wanted in WANTED:
        user = demo["users"][wanted.role]
        desk = Desk(browser, str(demo["base_url"]), wanted.language)
        desk.sign_in(user["username"], user["password"])
        desk.sees_text(desk.t("home.greeting", name="").rstrip(", "))
        if wanted.small:
            desk.on_a_phone()
        desk.page.goto(f"{demo['base_url']}{wanted.path}")
        desk.page.screenshot(path=folder / f"{wanted.name}.png")
        desk.context.close()


if __name__ == "__main__":
    with sync_playwright() as driver:
        opened = open_browser(driver.chromium)
        take(opened, json.loads(DEMO.read_text()), PICTURES)
        opened.close()
