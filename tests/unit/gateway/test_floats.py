"""Payments in the field at the portal: the setting of two administrators, and floats counted out. Rule M9."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.collection import GET_SHEET
from contracts.transactions.float_errors import FloatPaidFrom
from contracts.transactions.floats import (
    ISSUE_FLOAT,
    LIST_FIELD_PAYMENTS,
    LIST_FLOATS,
    PROPOSE_FIELD_PAYMENTS,
    RETURN_FLOAT,
)
from contracts.transactions.savings import LIST_WITHDRAWALS
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

ANOTHER = "01a20857-0000-7000-8000-00000000f001"
SHEET = f"/sheets/{AN_ID}"


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "path": "/HO/B001/"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    sheet = sample_answer(GET_SHEET) | {"status": "collecting", "waiting": False, "handover_id": None}
    backends.script(GET_SHEET, sheet)


@pytest.mark.rule("M9")
@pytest.mark.rule("P7")
def test_a_setting_is_proposed_from_a_day_on(app: Flask, backends: FakeBackends) -> None:
    administrator = Visitor(app, backends, Role.ADMINISTRATOR)
    setting = sample_answer(LIST_FIELD_PAYMENTS)["items"][0] | {"allowed": False, "reason": "robbed once"}
    backends.script(LIST_FIELD_PAYMENTS, {"allowed": False, "items": [setting]})
    page = administrator.look("/field-payments")
    address = f"/field-payments/new/{OFFICE}"

    assert "not paid there" in page.text
    assert "robbed once" in page.text
    assert address in page.links
    typed = {"allowed": "True", "effective_on": "১-১২-২০২৬", "reason": "the road is long"}
    assert administrator.send(address, **typed).status_code == 303
    (asked,) = backends.of(PROPOSE_FIELD_PAYMENTS)
    assert (asked.payload["allowed"], asked.payload["effective_on"]) == (True, "2026-12-01")
    assert asked.payload["office_id"] == OFFICE


@pytest.mark.rule("M9")
class TestAFloat:
    @pytest.fixture
    def accountant(self, app: Flask, backends: FakeBackends) -> Visitor:
        return Visitor(app, backends, Role.ACCOUNTANT)

    def test_is_for_what_was_agreed_to_for_this_samity_and_nobody_carries(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        wish = sample_answer(LIST_WITHDRAWALS)["items"][0] | {"state": "approved", "in_field": True}
        others = (
            {"id": "1", "in_field": False},
            {"id": "2", "state": "carried"},
            {"id": "3", "member_id": ANOTHER},
        )
        backends.script(
            LIST_WITHDRAWALS, {"items": [wish, *(wish | other for other in others)], "next": None}
        )
        assert f"{SHEET}/float" in accountant.look(SHEET).links
        page = accountant.look(f"{SHEET}/float")

        assert page.fields["withdrawals"] == wish["id"]
        assert [one for one in ("1", "2", "3") if f"carry-{one}" in page.html] == []
        assert accountant.send(f"{SHEET}/float", withdrawals=wish["id"]).status_code == 303
        (asked,) = backends.of(ISSUE_FLOAT)
        assert (asked.payload["sheet_id"], asked.payload["withdrawal_ids"]) == (AN_ID, [wish["id"]])

    def test_is_not_for_a_sheet_that_is_handed_over(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(GET_SHEET, sample_answer(GET_SHEET) | {"status": "handed_over"})

        assert f"{SHEET}/float" not in accountant.look(SHEET).links

    def test_is_taken_back_with_a_reason(self, accountant: Visitor, backends: FakeBackends) -> None:
        out = sample_answer(LIST_FLOATS)["items"][0] | {"state": "accepted", "amount": "1500.00"}
        backends.script(LIST_FLOATS, {"items": [out], "next": None})
        page = accountant.look("/floats")
        address = f"/floats/{out['id']}/return"

        assert "৳1,500" in page.text
        assert address in page.links
        assert accountant.send(address, reason="the samity did not meet").status_code == 303
        (asked,) = backends.of(RETURN_FLOAT)
        assert (asked.payload["id"], asked.payload["reason"]) == (out["id"], "the samity did not meet")
        backends.script(RETURN_FLOAT, FloatPaidFrom())
        assert "Something was paid from this float" in accountant.send(address, reason="back").text

    def test_is_not_taken_back_by_whoever_may_only_look(self, app: Flask, backends: FakeBackends) -> None:
        out = sample_answer(LIST_FLOATS)["items"][0] | {"state": "accepted"}
        backends.script(LIST_FLOATS, {"items": [out], "next": None})

        page = Visitor(app, backends, Role.BRANCH_MANAGER).look("/floats")

        assert f"/floats/{out['id']}/return" not in page.links
