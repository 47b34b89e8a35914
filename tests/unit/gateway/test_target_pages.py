"""Targets at the portal: the area sets a branch's, a manager his officers', the newest are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES, LIST_STAFF
from contracts.permissions import Role
from contracts.transactions.month_errors import MonthClosed
from contracts.transactions.targets import LIST_TARGETS, SET_TARGETS
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

PAGE = "/targets?month=2026-12-17"
OFFICER = "01a20857-0000-7000-8000-00000000a002"
GONE = "01a20857-0000-7000-8000-00000000a003"
ABOVE = "01a20857-0000-7000-8000-00000000b000"


def goals(officer: str | None, members: int) -> dict[str, Any]:
    whose = {"officer_id": officer, "officer_en": "Officer" if officer else None, "officer_bn": None}
    money = {"savings": "60000.00", "disbursement": "450000.00", "recovery": "625000.00"}
    return sample_answer(LIST_TARGETS)["items"][0] | whose | money | {"members": members}


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/", "name_en": "Mirpur branch"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    person = sample_answer(LIST_STAFF)["items"][0] | {"office_id": OFFICE, "status": "active"}
    staff = [
        person | {"id": OFFICER, "role": "field_officer", "name_en": "Naim"},
        person | {"id": ABOVE, "role": "accountant", "name_en": "Karim"},
    ]
    backends.script(LIST_STAFF, {"items": staff, "next": None})
    items = [goals(OFFICER, 20), goals(None, 40), goals(None, 35)]
    backends.script(LIST_TARGETS, {"items": items})


def manager(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.BRANCH_MANAGER)


def area(app: Flask, backends: FakeBackends) -> Visitor:
    visitor = Visitor(app, backends, Role.AREA_MANAGER)
    for session in backends.sessions.values():
        session |= {"office_id": ABOVE, "office_path": "/HO/A01/"}
    return visitor


def settable(page: Page) -> list[str]:
    return [link for link in page.links if link.startswith("/targets/")]


def test_a_manager_sets_his_officers_and_not_his_own(app: Flask, backends: FakeBackends) -> None:
    page = manager(app, backends).look(PAGE)

    assert settable(page) == [f"/targets/{OFFICE}/2026-12-01?officer={OFFICER}"]
    assert "Naim" in page.text
    assert "Karim" not in page.text
    assert backends.of(LIST_TARGETS)[-1].payload == {"office_id": OFFICE, "month": "2026-12-01"}


def test_the_area_sets_the_branch_and_not_its_officers(app: Flask, backends: FakeBackends) -> None:
    assert settable(area(app, backends).look(PAGE)) == [f"/targets/{OFFICE}/2026-12-01"]


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AUDITOR])
def test_who_only_reads_sets_none(app: Flask, backends: FakeBackends, role: Role) -> None:
    page = Visitor(app, backends, role).look(PAGE)

    assert settable(page) == []
    assert "৳4,50,000" in page.text


def test_the_newest_stand_first_and_older_ones_below(app: Flask, backends: FakeBackends) -> None:
    text = manager(app, backends).look(PAGE).text

    assert text.index(" 40 ") < text.index("What was set before") < text.index(" 35 ")


def test_who_is_no_officer_here_any_more_keeps_his_line(app: Flask, backends: FakeBackends) -> None:
    backends.script(LIST_TARGETS, {"items": [goals(GONE, 7)]})
    page = manager(app, backends).look(PAGE)

    assert "Officer" in page.text
    assert settable(page) == [f"/targets/{OFFICE}/2026-12-01?officer={OFFICER}"]


def test_the_months_beside_are_a_step_away(app: Flask, backends: FakeBackends) -> None:
    links = manager(app, backends).look(PAGE).links

    assert {"/targets?month=2026-11-01", "/targets?month=2027-01-01"} <= set(links)


class TestSetting:
    SETTING = f"/targets/{OFFICE}/2026-12-01?officer={OFFICER}"

    def test_begins_with_what_counts_now(self, app: Flask, backends: FakeBackends) -> None:
        page = manager(app, backends).look(self.SETTING)

        assert (page.fields["members"], page.fields["savings"]) == ("20", "60000")
        assert "Naim" in page.text

    def test_sends_what_was_typed(self, app: Flask, backends: FakeBackends) -> None:
        answer = manager(app, backends).send(self.SETTING, members="২৫", savings="৭০,০০০")

        assert answer.status_code == 303
        (asked,) = backends.of(SET_TARGETS)
        assert asked.payload == {
            "id": asked.payload["id"],
            "office_id": OFFICE,
            "officer_id": OFFICER,
            "month": "2026-12-01",
            "members": 25,
            "savings": "70000.00",
            "disbursement": "450000.00",
            "recovery": "625000.00",
        }

    def test_of_a_branch_names_no_officer(self, app: Flask, backends: FakeBackends) -> None:
        answer = area(app, backends).send(f"/targets/{OFFICE}/2026-12-01", members="41")

        assert answer.status_code == 303
        (asked,) = backends.of(SET_TARGETS)
        assert (asked.payload["officer_id"], asked.payload["members"]) == (None, 41)

    def test_says_why_it_is_refused_and_keeps_what_was_typed(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        backends.script(SET_TARGETS, MonthClosed(month="2026-12"))
        answer = manager(app, backends).send(self.SETTING, members="২৫")

        assert answer.status_code in {409, 422}
        assert Page(answer.text).fields["members"] == "২৫"

    @pytest.mark.parametrize("address", [f"/targets/{OFFICE}/2026-12-01?officer={GONE}", "/targets/x/y"])
    def test_is_for_nobody_unknown(self, app: Flask, backends: FakeBackends, address: str) -> None:
        assert manager(app, backends).client.get(address).status_code == 404
