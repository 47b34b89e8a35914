"""The product's main job as a branch does it: clicked through the portal in a real browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from demo.plan import working_day
from demo.town import PASSWORD, Town, eventually, today
from tests.support.portal_story import MEMBER, PEOPLE, Story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from bench.installation import Installation

PLACES = {
    "administrator": ("place.home", "place.staff", "place.offices", "place.samities", "place.messages"),
    "branch_manager": ("place.home", "place.sheets", "place.handovers", "place.members", "place.entries"),
    "accountant": ("place.home", "place.day", "place.unallocated", "place.rowchanges", "place.messages"),
}


@pytest.fixture
def story(browser: Browser, mikrof: Installation, town: Town) -> Iterator[Story]:
    story = Story(browser, town.base_url, working_day(today()))
    founders = json.loads(mikrof.places.founding.read_text())["administrators"]
    for role, founder in zip(("administrator", "second"), founders, strict=True):
        story.sit_down(role, founder["username"], PASSWORD)
    yield story
    for desk in story.desks.values():
        desk.context.close()


@pytest.mark.rule("M1")
@pytest.mark.rule("M7")
@pytest.mark.rule("M8")
@pytest.mark.rule("P1")
@pytest.mark.rule("P7")
def test_a_branch_lives_its_first_day_in_the_portal(story: Story) -> None:
    story.open_branch()
    for role, language in zip(PEOPLE, ("bn", "en", "bn"), strict=True):
        story.hire(role, language)
    story.open_samity()
    officer = story.officer()
    story.admit(officer)
    her = story.issue_login()

    story.count_vault("opening", {})
    sheet = story.collect(officer)
    eventually(lambda: her.get("/me/passbook")["accounts"][0]["pending_in"] == "220.00")
    story.authorise()
    assert her.get("/me/passbook")["accounts"][0]["balance"] == "220.00"

    manager = story.desks["branch_manager"]
    manager.page.goto(f"{story.base_url}/members/{story.members[0]}")
    manager.sees("line_status.confirmed")
    manager.sees_text("৳২২০")
    story.check(sheet)
    story.count_vault("closing", {100: 2, 20: 1})
    story.close()

    manager.page.goto(f"{story.base_url}/trial-balance?on={story.on.isoformat()}")
    manager.sees("trial.balanced")
    assert manager.page.locator("tfoot .taka").all_inner_texts() == ["৳২২০", "৳২২০"]
    manager.go_to("place.messages")
    manager.sees_text(MEMBER[0])

    for role, places in PLACES.items():
        for place in places:
            story.desks[role].go_to(place)
            assert story.desks[role].page.get_by_role("heading", level=1).inner_text()
            story.desks[role].look()
    assert {role: desk.faults for role, desk in story.desks.items() if desk.faults} == {}
