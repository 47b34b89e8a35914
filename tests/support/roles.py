"""One person of every role of staff at a desk of his own, in one branch below an area."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contracts.permissions import Role
from demo.town import PASSWORD
from tests.support.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from demo.town import Branch, Town

STAFF = tuple(role for role in Role if role is not Role.MEMBER)


@dataclass
class Roles:
    """Who sits where; somebody signs in when he is first asked for."""

    browser: Browser
    branch: Branch
    usernames: dict[str, str]
    desks: dict[str, Desk] = field(default_factory=dict)

    @classmethod
    def gathered(cls, browser: Browser, town: Town, founding: Path) -> Roles:
        """Open a branch below an area and bring together whoever works in it, above it, and looks on."""
        branch = town.open_branch(below=town.open_area())
        town.hire(branch, Role.AUDITOR, office_id=town.head_office)
        founder = json.loads(founding.read_text())["administrators"][0]["username"]
        return cls(browser, branch, {**branch.usernames, Role.ADMINISTRATOR: founder})

    def at_desk(self, role: str) -> Desk:
        """The desk of somebody, who is signed in at the portal and has his first page before him."""
        if role not in self.desks:
            desk = Desk(self.browser, self.branch.town.base_url)
            self.desks[role] = desk.sign_in(self.usernames[role], PASSWORD)
            desk.sees_text(desk.t("home.greeting", name="").rstrip(", "))
        return self.desks[role]

    @property
    def faults(self) -> dict[str, list[str]]:
        """What browsers told of at any desk."""
        return {role: desk.faults for role, desk in self.desks.items() if desk.faults}

    def leave(self) -> None:
        """Everybody goes home."""
        for desk in self.desks.values():
            desk.context.close()
