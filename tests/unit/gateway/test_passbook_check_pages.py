"""Passbook checking at the portal: lines to type into, then the book beside what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.passbook_check_errors import PassbookIncomplete
from contracts.transactions.passbook_checks import (
    GET_PASSBOOK_CHECK,
    LIST_PASSBOOK_CHECKS,
    RECORD_PASSBOOK_CHECK,
)
from tests.support.gateway import OFFICE, sample_answer
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

CHECK = "01a20857-0000-7000-8000-00000000a007"
CASE = "01a20857-0000-7000-8000-00000000a009"
SAVINGS = "01a20857-0000-7000-8000-00000000a008"
ADDRESS = f"/passbook-checks/{CHECK}"


def check(**more: Any) -> dict[str, Any]:
    account = sample_answer(GET_PASSBOOK_CHECK)["accounts"][0] | {"account_id": SAVINGS, "is_loan": False}
    figures = {key: more.pop(key, None) for key in ("paper", "book", "difference")}
    waiting = {
        "id": CHECK,
        "state": "waiting",
        "overdue": False,
        "left": False,
        "outcome": None,
        "complaint_id": None,
    }
    return sample_answer(GET_PASSBOOK_CHECK) | waiting | {"accounts": [account | figures]} | more


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "path": "/HO/A01/B001/", "name_en": "Mirpur branch"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    unsaid = {"accounts", "settled_by_bn", "settled_by_en", "settled_at", "reason"}
    listed = {key: value for key, value in check().items() if key not in unsaid}
    states = ({}, {"overdue": True}, {"left": True}, {"state": "differs"})
    backends.script(LIST_PASSBOOK_CHECKS, {"items": [listed | state for state in states]})
    backends.script(GET_PASSBOOK_CHECK, check())
    backends.script(
        RECORD_PASSBOOK_CHECK, check(state="matched", paper="120.50", book="120.50", difference="0.00")
    )


def test_a_manager_sees_whom_to_look_for_in_a_month(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.BRANCH_MANAGER).look("/passbook-checks?month=2026-11-17")

    assert backends.of(LIST_PASSBOOK_CHECKS)[-1].payload == {"office_id": OFFICE, "month": "2026-11-01"}
    assert page.links.count(ADDRESS) == 3
    for state in ("To be seen", "Overdue", "Left the branch", "Differs"):
        assert state in page.text


def test_what_is_typed_goes_to_the_service_and_a_refusal_keeps_it(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
    backends.script(RECORD_PASSBOOK_CHECK, PassbookIncomplete())
    answer = visitor.send(f"{ADDRESS}/papers", form=ADDRESS, **{f"paper-{SAVINGS}": "১,২০.৫"})
    page = Page(answer.text)

    asked = {"id": CHECK, "papers": [{"account_id": SAVINGS, "balance": "120.50"}]}
    assert backends.of(RECORD_PASSBOOK_CHECK)[-1].payload == asked
    assert page.fields[f"paper-{SAVINGS}"] == "১,২০.৫"
    assert "every account in the passbook" in page.text


def test_who_may_only_read_types_nothing(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.AREA_MANAGER).client.get(ADDRESS)

    assert "disabled" in page.text
    assert "Compare" not in Page(page.text).text
    assert Visitor(app, backends, Role.ACCOUNTANT).client.get(ADDRESS).status_code == 403


def test_a_difference_leads_to_its_case_in_the_register(app: Flask, backends: FakeBackends) -> None:
    differing = check(state="differs", paper="140.00", book="100.00", difference="40.00", complaint_id=CASE)
    backends.script(GET_PASSBOOK_CHECK, differing)

    assert f"/complaints/{CASE}" in Visitor(app, backends, Role.AREA_MANAGER).look(ADDRESS).links
    agreeing = check(state="matched", paper="1.00", book="1.00", difference="0.00", complaint_id=None)
    backends.script(GET_PASSBOOK_CHECK, agreeing)
    assert f"/complaints/{CASE}" not in Visitor(app, backends, Role.AREA_MANAGER).look(ADDRESS).links
