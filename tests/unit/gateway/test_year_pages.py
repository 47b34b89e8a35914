"""Opening balances (P13) and the closing of years (M15) at the portal: proposed here, agreed to elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.book_errors import MonthEndMissing
from contracts.transactions.chart import LIST_BANK_ACCOUNTS, READ_CHART
from contracts.transactions.ledger import GET_DAY
from contracts.transactions.years import (
    GET_YEAR_CLOSING,
    LIST_YEAR_CLOSINGS,
    PROPOSE_OPENING,
    PROPOSE_YEAR_CLOSING,
)
from gateway.portal.years import begun_in, year_name
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

BELOW = "01a20857-0000-7000-8000-00000000b002"
CASH, FUND = "1120", "3110"
PAGE = f"/openings?office={BELOW}"
HEAD = {"on": "৩০-০৬-২০২৬", "reference": "old trial balance"}
LINES = {"place-0": CASH, "debit-0": "৫০,০০০", "place-1": FUND, "credit-1": "49500"}


def offices(backends: FakeBackends, *levels: tuple[str, str]) -> None:
    shape = sample_answer(LIST_OFFICES)["items"][0]
    items = [shape | {"id": one, "level": level, "name_en": f"The {level}"} for one, level in levels]
    backends.script(LIST_OFFICES, {"items": items, "next": None})


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    offices(backends, (OFFICE, "area"), (BELOW, "branch"))
    shown = {"by_hand": True, "cash": None}
    ledgers = [
        sample_answer(READ_CHART)["ledgers"][0] | shown | {"ledger": code, "name_en": f"Ledger {code}"}
        for code in (CASH, FUND)
    ]
    backends.script(READ_CHART, {"ledgers": ledgers})
    backends.script(LIST_BANK_ACCOUNTS, sample_answer(LIST_BANK_ACCOUNTS) | {"accounts": []})
    backends.script(GET_DAY, sample_answer(GET_DAY) | {"status": "none", "on": None})
    closed = {"office_id": OFFICE, "name_en": "The area", "business_on": "2026-07-14", "surplus": "-350.00"}
    waits = {"office_id": BELOW, "name_en": "The branch", "business_on": None, "surplus": None}
    shape = sample_answer(LIST_YEAR_CLOSINGS)["items"][0]
    backends.script(LIST_YEAR_CLOSINGS, {"items": [shape | closed, shape | waits], "next": None})


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


@pytest.fixture
def manager_above(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.AREA_MANAGER)


@pytest.mark.rule("P13")
class TestOpeningBalances:
    def test_are_written_for_an_office_below(self, manager_above: Visitor, backends: FakeBackends) -> None:
        page = manager_above.look("/openings")
        answer = manager_above.client.post(PAGE, data=page.fields | HEAD | LINES)

        assert "The branch" in page.text
        assert "The area" not in page.text
        assert answer.status_code == 303
        (asked,) = backends.of(PROPOSE_OPENING)
        assert asked.payload == {
            "id": page.fields["id"],
            "office_id": BELOW,
            "on": "2026-06-30",
            "reference": "old trial balance",
            "lines": [
                {"ledger": CASH, "bank_account_id": None, "side": "debit", "amount": "50000.00"},
                {"ledger": FUND, "bank_account_id": None, "side": "credit", "amount": "49500.00"},
            ],
        }

    def test_come_too_late_where_the_office_works(
        self, manager_above: Visitor, backends: FakeBackends
    ) -> None:
        fields = manager_above.look(PAGE).fields
        backends.script(GET_DAY, sample_answer(GET_DAY) | {"status": "open"})

        assert "has begun to work" in manager_above.look(PAGE).text
        answer = manager_above.client.post(PAGE, data=fields | HEAD | LINES)
        assert answer.status_code == 200
        assert backends.of(PROPOSE_OPENING) == []

    def test_half_a_line_is_asked_back(self, manager_above: Visitor, backends: FakeBackends) -> None:
        fields = manager_above.look(PAGE).fields
        half = {"place-2": CASH}
        answer = manager_above.client.post(PAGE, data=fields | HEAD | LINES | half)

        assert "Give each line a ledger" in Page(answer.text).text
        assert backends.of(PROPOSE_OPENING) == []

    def test_are_not_written_where_nothing_stands_below(
        self, manager_above: Visitor, backends: FakeBackends
    ) -> None:
        offices(backends, (OFFICE, "branch"))

        assert "No office stands below yours" in manager_above.look("/openings").text

    def test_the_head_office_writes_its_own(self, manager_above: Visitor, backends: FakeBackends) -> None:
        offices(backends, (OFFICE, "head_office"))

        assert "debit-0" in manager_above.look("/openings").fields


@pytest.mark.rule("M15")
class TestYears:
    def test_say_who_has_closed_and_who_has_not(self, accountant: Visitor, backends: FakeBackends) -> None:
        page = accountant.look("/years?year=2025-26")

        assert backends.of(LIST_YEAR_CLOSINGS)[-1].payload == {
            "office_id": OFFICE,
            "year": "2025-26",
            "after": None,
        }
        assert f"/years/{OFFICE}/2025-26" in page.links
        assert f"/years/{BELOW}/2025-26" not in page.links
        assert {"/years?year=2024-25", "/years?year=2026-27"} <= set(page.links)
        assert "-৳350" in page.text

    def test_are_proposed_for_closing(self, accountant: Visitor, backends: FakeBackends) -> None:
        fields = accountant.look("/years?year=2025-26").fields
        answer = accountant.client.post(f"/years/{BELOW}/2025-26/closing?office={OFFICE}", data=fields)

        assert answer.location == f"/years?office={OFFICE}&year=2025-26"
        (asked,) = backends.of(PROPOSE_YEAR_CLOSING)
        assert asked.payload == {"id": fields["id"], "office_id": BELOW, "year": "2025-26"}
        assert "waits for approval" in accountant.look(answer.location).text

    def test_why_one_cannot_be_closed_is_said(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_YEAR_CLOSING, MonthEndMissing(month="2026-06"))
        fields = accountant.look("/years?year=2025-26").fields
        answer = accountant.client.post(f"/years/{BELOW}/2025-26/closing", data=fields)

        assert "alert-danger" in accountant.client.get(answer.location).text

    def test_who_does_not_propose_sees_no_button(self, app: Flask, backends: FakeBackends) -> None:
        assert "Close the year" not in Visitor(app, backends, Role.AREA_MANAGER).look("/years").text

    def test_one_leads_from_its_figures_to_its_entry(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        told: dict[str, Any] = sample_answer(GET_YEAR_CLOSING) | {"id": AN_ID, "year": "2025-26"}
        backends.script(GET_YEAR_CLOSING, told)
        page = accountant.look(f"/years/{OFFICE}/2025-26")

        assert f"/entries/{AN_ID}" in page.links

    @pytest.mark.parametrize(
        ("on", "year"),
        [(date(2026, 6, 30), "2025-26"), (date(2026, 7, 1), "2026-27")],
    )
    def test_run_from_july_to_june(self, on: date, year: str) -> None:
        assert year_name(begun_in(on)) == year
