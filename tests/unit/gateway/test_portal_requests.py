"""What a branch asks of those above it at the portal: a reopened day, a signed month, a vault's limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.cash_limits import LIST_CASH_LIMITS, PROPOSE_CASH_LIMIT
from contracts.transactions.ledger import GET_DAY, LIST_DAYS
from contracts.transactions.months import GET_MONTH_END, LIST_MONTH_ENDS, PROPOSE_MONTH_SIGNATURE
from contracts.transactions.supplements import PROPOSE_SUPPLEMENT
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

MISSING = {"code": "HANDOVER_NOT_COUNTED", "facts": {"officer_bn": "করিম", "officer_en": "Karim"}}


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "path": "/HO/B001/"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})


class TestTheLastClosedDay:
    REOPENING = f"/day/{OFFICE}/2026-11-22/supplement"

    @pytest.fixture(autouse=True)
    def days(self, backends: FakeBackends) -> None:
        past = sample_answer(LIST_DAYS)["items"][0] | {"status": "closed"}
        closed = [past | {"on": "2026-11-22"}, past | {"on": "2026-11-19"}]
        backends.script(LIST_DAYS, sample_answer(LIST_DAYS) | {"items": closed})
        today = sample_answer(GET_DAY) | {
            "status": "open",
            "phase": "working",
            "checklist": [],
            "warnings": [],
        }
        backends.script(GET_DAY, today)

    def test_alone_is_offered_for_reopening(self, app: Flask, backends: FakeBackends) -> None:
        links = Visitor(app, backends, Role.BRANCH_MANAGER).look("/day").links

        assert [link for link in links if link.endswith("/supplement")] == [self.REOPENING]

    def test_is_not_offered_to_who_may_not_ask(self, app: Flask, backends: FakeBackends) -> None:
        links = Visitor(app, backends, Role.ACCOUNTANT).look("/day").links

        assert [link for link in links if link.endswith("/supplement")] == []

    def test_is_asked_for_with_a_reason(self, app: Flask, backends: FakeBackends) -> None:
        manager = Visitor(app, backends, Role.BRANCH_MANAGER)

        assert manager.send(self.REOPENING, reason="a slip was found").status_code == 303
        (asked,) = backends.of(PROPOSE_SUPPLEMENT)
        assert asked.payload | {"id": ""} == {
            "id": "",
            "office_id": OFFICE,
            "on": "2026-11-22",
            "reason": "a slip was found",
        }


class TestAMonthThatLacksSomething:
    @pytest.fixture(autouse=True)
    def month(self, backends: FakeBackends) -> None:
        backends.script(LIST_MONTH_ENDS, {"items": [], "next": None})
        month = sample_answer(GET_MONTH_END) | {
            "state": "missing",
            "office_id": OFFICE,
            "checklist": [MISSING],
        }
        backends.script(GET_MONTH_END, month)

    def test_leads_to_the_area_s_signature(self, app: Flask, backends: FakeBackends) -> None:
        manager = Visitor(app, backends, Role.BRANCH_MANAGER)
        address = f"/months/{OFFICE}/2026-10-01/signature"

        assert address in manager.look("/months?month=2026-10-01").links
        assert manager.send(address, reason="the river").status_code == 303
        (asked,) = backends.of(PROPOSE_MONTH_SIGNATURE)
        assert (asked.payload["office_id"], asked.payload["month"]) == (OFFICE, "2026-10-01")


class TestACashLimit:
    def test_is_proposed_in_typed_taka_from_a_day_on(self, app: Flask, backends: FakeBackends) -> None:
        administrator = Visitor(app, backends, Role.ADMINISTRATOR)
        limit = sample_answer(LIST_CASH_LIMITS)["items"][0] | {"amount": "40000.00"}
        backends.script(LIST_CASH_LIMITS, {"items": [limit]})
        page = administrator.look("/cash-limits")
        address = f"/cash-limits/new/{OFFICE}"

        assert "৳40,000" in page.text
        assert address in page.links
        typed = {"amount": "৫০,০০০", "effective_on": "১-১২-২০২৬", "reason": "insured for it"}
        assert administrator.send(address, **typed).status_code == 303
        (asked,) = backends.of(PROPOSE_CASH_LIMIT)
        assert (asked.payload["amount"], asked.payload["effective_on"]) == ("50000.00", "2026-12-01")
