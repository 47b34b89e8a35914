"""Where each role lands, and where its navigation leads: in both languages, at a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.portal.navigation import GROUPS
from tests.support.desk import LOCALES
from tests.support.roles import STAFF

if TYPE_CHECKING:
    from tests.support.desk import Desk
    from tests.support.roles import Roles


def places_of(desk: Desk) -> list[str]:
    links = desk.page.locator("#places a.place").all()
    return [str(link.get_attribute("href")) for link in links]


def test_every_role_can_read_its_first_page(roles: Roles) -> None:
    for role in STAFF:
        desk = roles.at_desk(role)
        for language in LOCALES:
            desk.speak(language)
            desk.page.goto(roles.branch.town.base_url)
            desk.look()
            desk.on_a_phone()
            desk.fits()
            desk.at_the_desk()

    assert roles.faults == {}


def test_every_place_of_the_navigation_can_be_read(roles: Roles) -> None:
    seen: set[str] = set()
    for role in STAFF:
        desk = roles.at_desk(role)
        desk.speak("bn")
        desk.page.goto(roles.branch.town.base_url)
        for place in places_of(desk):
            if place in seen:
                continue
            seen.add(place)
            desk.speak("en" if len(seen) % 2 else "bn")
            desk.page.goto(f"{roles.branch.town.base_url}{place}")
            assert desk.page.get_by_role("heading", level=1).inner_text()
            desk.look()
            desk.on_a_phone()
            desk.fits()
            desk.at_the_desk()

    assert len(seen) == len([place for group in GROUPS for place in group.places])
    assert roles.faults == {}
