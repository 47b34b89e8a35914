"""Long work over a branch, and the book as a whole: interest, classes, statements. M2, M15, M17."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.behind import LIST_BRANCHES_BEHIND
from contracts.transactions.books import BALANCE_SHEET, INCOME_STATEMENT, LIST_VOUCHERS, RECEIPTS_AND_PAYMENTS
from contracts.transactions.classes import (
    CANCEL_CLASS_RUN,
    GET_CLASS_RUN,
    LIST_CLASS_RUNS,
    LIST_CLASSES,
    LIST_OVERDUE_LOANS,
    RUN_CLASSES,
)
from contracts.transactions.interest import (
    CANCEL_INTEREST_RUN,
    GET_INTEREST_RUN,
    LIST_INTEREST_RUNS,
    RUN_INTEREST,
)
from contracts.transactions.interest_errors import MonthNotOver
from contracts.transactions.snapshots import READ_MONTH_SNAPSHOT
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from contracts.calls import Method
    from tests.support.gateway import FakeBackends

RUN = "01a20857-0000-7000-8000-00000000f001"


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0]
    branch |= {"id": OFFICE, "level": "branch", "code": "101", "name_en": "Natore"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


@pytest.fixture
def auditor(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.AUDITOR)


def run_of(method: Method, **facts: Any) -> dict[str, Any]:
    """A run as a service tells it."""
    known = {"id": RUN, "office_id": OFFICE, "month": "2026-10-01", "state": "running"}
    return sample_answer(method) | known | facts


@pytest.mark.rule("M15")
class TestInterest:
    def test_is_asked_for_by_month_and_kind(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(RUN_INTEREST, run_of(RUN_INTEREST))
        page = f"/interest-runs/new/{OFFICE}"

        answer = accountant.send(page, kind="posting", month="৩১-১০-২০২৬")

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/interest-runs/{RUN}")
        (asked,) = backends.of(RUN_INTEREST)
        said = {"office_id": OFFICE, "kind": "posting", "month": "2026-10-31"}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_of_a_month_that_is_not_over_says_why(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(RUN_INTEREST, MonthNotOver(month="2026-11-01", on="2026-11-23"))
        page = f"/interest-runs/new/{OFFICE}"

        answer = accountant.send(page, kind="provision", month="30-11-2026")

        assert answer.status_code == 422
        assert Page(answer.text).fields["month"] == "30-11-2026"

    def test_tells_how_far_it_is_and_can_be_stopped(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(GET_INTEREST_RUN, run_of(GET_INTEREST_RUN, accounts=900, looked_at=450))
        page = f"/interest-runs/{RUN}"
        assert '<progress max="900" value="450"' in accountant.look(page).html

        assert accountant.send(f"{page}/cancellation", form=page).status_code == 303
        assert backends.of(CANCEL_INTEREST_RUN)[0].payload == {"id": RUN}

    def test_that_is_finished_is_not_stopped(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(GET_INTEREST_RUN, run_of(GET_INTEREST_RUN, state="finished", amount="812.40"))
        page = accountant.look(f"/interest-runs/{RUN}")

        assert "cancellation" not in page.html
        assert "Interest ৳812.40" in page.text

    def test_runs_are_read_by_who_starts_none(self, auditor: Visitor, backends: FakeBackends) -> None:
        backends.script(LIST_INTEREST_RUNS, {"items": [run_of(GET_INTEREST_RUN)], "next": None})
        page = auditor.look("/interest-runs")

        assert f"/interest-runs/{RUN}" in page.links
        assert f"/interest-runs/new/{OFFICE}" not in page.links
        assert auditor.client.get(f"/interest-runs/new/{OFFICE}").status_code == 403


@pytest.mark.rule("M15")
class TestClasses:
    def test_are_run_for_a_month(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(RUN_CLASSES, run_of(RUN_CLASSES))

        answer = accountant.send(f"/loan-classes/new/{OFFICE}", month="31-10-2026")

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/class-runs/{RUN}")
        (asked,) = backends.of(RUN_CLASSES)
        assert asked.payload == {"id": asked.payload["id"], "office_id": OFFICE, "month": "2026-10-31"}

    def test_a_run_can_be_stopped(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(GET_CLASS_RUN, run_of(GET_CLASS_RUN, total=80, done=20))
        page = f"/class-runs/{RUN}"
        assert '<progress max="80" value="20"' in accountant.look(page).html

        assert accountant.send(f"{page}/cancellation", form=page).status_code == 303
        assert backends.of(CANCEL_CLASS_RUN)[0].payload == {"id": RUN}

    def test_are_told_with_portfolio_at_risk(self, auditor: Visitor, backends: FakeBackends) -> None:
        total = sample_answer(LIST_CLASSES)["items"][0]
        total |= {"loan_class": "doubtful", "sex": "female", "provision": "750.00"}
        facts = {"items": [total], "at_risk": "4400.00", "par_bps": 1325}
        backends.script(LIST_CLASSES, sample_answer(LIST_CLASSES) | facts)
        backends.script(LIST_CLASS_RUNS, {"items": [run_of(GET_CLASS_RUN, state="finished")], "next": None})
        text = auditor.look("/loan-classes?month=2026-10-01").text

        assert "Portfolio at risk ৳4,400 13.25%" in text
        assert "৳750" in text
        assert "Natore finished" in text
        assert backends.of(LIST_CLASSES)[0].payload == {"office_id": OFFICE, "month": "2026-10-01"}

    def test_overdue_loans_say_whom_to_see(self, auditor: Visitor, backends: FakeBackends) -> None:
        one = sample_answer(LIST_OVERDUE_LOANS)["items"][0]
        one |= {"loan_class": "watchful", "days": 12, "overdue": "460.00", "loan_id": RUN}
        backends.script(LIST_OVERDUE_LOANS, {"items": [one], "next": "2026-11-01~" + RUN})
        page = auditor.look("/overdue-loans?on=23-11-2026")

        assert backends.of(LIST_OVERDUE_LOANS)[0].payload["on"] == "2026-11-23"
        assert "12 days" in page.text
        assert f"/members/{AN_ID}/loans/{RUN}" in page.links


def row(**facts: Any) -> dict[str, Any]:
    """A ledger in a statement."""
    return {"code": "5120", "name_bn": "ভাড়া", "name_en": "Rent", "amount": "900.00"} | facts


class TestStatements:
    def test_income_leads_from_each_figure_to_its_ledger(
        self, auditor: Visitor, backends: FakeBackends
    ) -> None:
        told = sample_answer(INCOME_STATEMENT) | {"office_id": OFFICE, "unclosed": 0}
        told |= {"income": [], "expense": [row(year="5400.00")], "expense_total": "900.00"}
        backends.script(INCOME_STATEMENT, told | {"from_on": "2026-11-01", "on": "2026-11-23"})
        page = auditor.look("/statements?from_on=1-11-2026&on=23-11-2026")

        asked = {"office_id": OFFICE, "from_on": "2026-11-01", "on": "2026-11-23"}
        assert backends.of(INCOME_STATEMENT)[0].payload == asked
        assert "Rent ৳900 ৳5,400" in page.text
        there = f"/ledgers/5120/offices?office={OFFICE}&from_on=2026-11-01&on=2026-11-23"
        assert there in page.links

    def test_a_balance_sheet_shows_the_surplus_that_no_year_closed(
        self, auditor: Visitor, backends: FakeBackends
    ) -> None:
        told = sample_answer(BALANCE_SHEET) | {"balanced": True, "unclosed_surplus": "310.00"}
        backends.script(BALANCE_SHEET, told | {"assets": [], "liabilities": [], "funds": []})
        text = auditor.look("/statements/balance-sheet").text

        assert "Surplus that no year-end has closed ৳310" in text
        assert "do not agree" not in text

    @pytest.mark.parametrize("agrees", [True, False])
    def test_cash_that_does_not_agree_is_said(
        self, auditor: Visitor, backends: FakeBackends, *, agrees: bool
    ) -> None:
        told = sample_answer(RECEIPTS_AND_PAYMENTS) | {"agrees": agrees}
        backends.script(RECEIPTS_AND_PAYMENTS, told)

        assert ("do not agree" in auditor.look("/statements/cash").text) is not agrees

    def test_vouchers_lead_to_their_entries(self, auditor: Visitor, backends: FakeBackends) -> None:
        one = sample_answer(LIST_VOUCHERS)["items"][0]
        one |= {"voucher_kind": "payment", "kind": "withdrawal", "entry_id": RUN, "total": "1500.00"}
        backends.script(LIST_VOUCHERS, sample_answer(LIST_VOUCHERS) | {"items": [one], "next": None})
        page = auditor.look("/statements/vouchers?kind=payment")

        assert backends.of(LIST_VOUCHERS)[0].payload["kind"] == "payment"
        assert f"/entries/{RUN}" in page.links

    @pytest.mark.rule("M2")
    def test_a_closed_month_is_shown_as_it_was_told(self, auditor: Visitor, backends: FakeBackends) -> None:
        told = sample_answer(READ_MONTH_SNAPSHOT)
        loans = [told["loans"][0] | {"sex": "female", "outstanding": "64000.00"}]
        others = {name: [told[name][0] | {"sex": "female"}] for name in ("savings", "members")}
        backends.script(READ_MONTH_SNAPSHOT, told | others | {"loans": loans, "branches": 3})
        text = auditor.look("/statements/month?month=2026-10-01").text

        assert "The month is closed in 3 branches" in text
        assert "৳64,000" in text

    def test_the_months_beside_it_are_a_step_away(self, auditor: Visitor, backends: FakeBackends) -> None:
        backends.script(READ_MONTH_SNAPSHOT, sample_answer(READ_MONTH_SNAPSHOT) | {"branches": 0})
        for listed in (LIST_CLASSES, LIST_CLASS_RUNS):
            backends.script(listed, sample_answer(listed) | {"items": []})
        for page in ("/statements/month", "/loan-classes", "/months"):
            links = auditor.look(f"{page}?month=2026-12-17").links

            assert {f"{page}?month=2026-11-01", f"{page}?month=2027-01-01"} <= set(links)

    def test_a_month_that_nobody_closed_says_so(self, auditor: Visitor, backends: FakeBackends) -> None:
        backends.script(READ_MONTH_SNAPSHOT, sample_answer(READ_MONTH_SNAPSHOT) | {"branches": 0})

        assert "No branch has closed this month" in auditor.look("/statements/month").text


@pytest.mark.rule("M17")
def test_branches_behind_the_calendar_lead_to_their_day(auditor: Visitor, backends: FakeBackends) -> None:
    one = sample_answer(LIST_BRANCHES_BEHIND)["items"][0] | {"office_id": OFFICE, "days": 3}
    backends.script(LIST_BRANCHES_BEHIND, {"today": "2026-11-23", "items": [one]})

    assert f"/day?office={OFFICE}" in auditor.look("/branches-behind").links
