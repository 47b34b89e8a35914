"""A product's accounts are opened under a ledger of its own, from a day on; what they are stays (P7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import IdConflict, MakerIsChecker
from contracts.transactions.chart import LIST_MAPPINGS, PROPOSE_MAPPING
from contracts.transactions.chart_errors import (
    LedgerOutdated,
    LedgerUnknown,
    MappingKnown,
    MappingMisplaced,
)
from contracts.transactions.ledger import DECIDE_APPROVAL
from contracts.transactions.reports import READ_REPORT
from tests.support.bookkeeping import add_ledger, administrator
from tests.support.branch import new_id
from tests.support.loans import lend, repay, standing
from tests.support.recomputed_reports import table
from transactions.verify import faults_in

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P7")
TODAY, TOMORROW = "2026-11-23", "2026-11-24"


def propose(branch: Branch, ledger: str, event: str, product: str, **more: Any) -> str:
    said = {
        "id": new_id(),
        "product_code": product,
        "event": event,
        "ledger": ledger,
        "effective_on": TODAY,
        "reason": "a fund of its own",
        **more,
    }
    return str(branch.ask(PROPOSE_MAPPING, administrator(branch), **said)["id"])


def map_to(branch: Branch, ledger: str, event: str, product: str, **more: Any) -> None:
    proposed = propose(branch, ledger, event, product, **more)
    branch.ask(DECIDE_APPROVAL, administrator(branch, "second"), id=proposed, approve=True)


class TestSavings:
    def test_opened_from_the_day_on_stand_under_the_products_ledger(self, quiet: Branch) -> None:
        add_ledger(quiet, "2111", "2110", name_en="General savings of the fund")
        map_to(quiet, "2111", "general_savings", "GS", effective_on=TOMORROW)
        quiet.admit("Salma", "Dormant")
        quiet.open_savings("Salma")
        quiet.harness.watch.advance(timedelta(days=1))
        quiet.deposit("Rahima", "100.00")
        quiet.deposit("Salma", "30.00")
        assert quiet.trial_balance()["2110"] == ("0.00", "130.00")

        quiet.count_vault("closing", {"10": 13})
        quiet.close_day()
        quiet.admit("Fatema", "Dormant")
        quiet.open_savings("Fatema")
        quiet.deposit("Fatema", "5.00")

        assert (quiet.trial_balance()["2110"], quiet.trial_balance()["2111"]) == (
            ("0.00", "130.00"),
            ("0.00", "5.00"),
        )
        assert quiet.passbook("Fatema")["accounts"][0]["balance"] == "5.00"
        quiet.count_vault("closing", {"5": 27})
        quiet.close_day()
        assert quiet.trial_balance()["2111"] == ("0.00", "5.00")
        register = quiet.ask(READ_REPORT, quiet.accountant, report="voucher_register", office_id=quiet.id)
        assert {(row["credited"], row["amount"]) for row in table(register)} == {
            ("2110", "100.00"),
            ("2110", "30.00"),
            ("2111", "5.00"),
        }
        assert faults_in(quiet.harness.process) == ()


class TestALoan:
    def test_and_its_charge_stand_under_the_products_ledgers(self, quiet: Branch) -> None:
        add_ledger(quiet, "1311", "1310", name_en="Loans of the fund")
        add_ledger(quiet, "4111", "4110", name_en="Charge of the fund")
        for ledger, event in (("1311", "loan"), ("4111", "service_charge")):
            map_to(quiet, ledger, event, "JAG")
        quiet.admit("Fatema", "Dormant")
        quiet.open_savings("Fatema")
        loan = lend(quiet)
        before = standing(quiet, loan)
        assert "1310" not in quiet.trial_balance()

        repay(quiet, loan, "242.00")

        after, book = standing(quiet, loan), quiet.trial_balance()
        assert (after["paid_principal"], after["paid_charge"]) != (
            before["paid_principal"],
            before["paid_charge"],
        )
        assert book["4111"] == ("0.00", after["paid_charge"])
        assert book["1311"] == (after["outstanding"], "0.00")
        assert not {"1310", "4110"} & book.keys()
        assert faults_in(quiet.harness.process) == ()


class TestAMapping:
    def test_stays_below_the_ledger_of_its_kind(self, quiet: Branch) -> None:
        add_ledger(quiet, "2111", "2110")
        for ledger, event in (("2111", "loan"), ("2120", "general_savings"), ("5410", "service_charge")):
            with pytest.raises(MappingMisplaced):
                propose(quiet, ledger, event, "GS")
        with pytest.raises(LedgerUnknown):
            propose(quiet, "2112", "general_savings", "GS")

    def test_is_put_in_force_by_two_people_once_a_day(self, quiet: Branch) -> None:
        add_ledger(quiet, "2111", "2110")
        first, second = (propose(quiet, "2111", "general_savings", "GS") for _ in range(2))
        with pytest.raises(MakerIsChecker):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet), id=first, approve=True)
        quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=first, approve=True)
        with pytest.raises(MappingKnown):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=second, approve=True)

        (kept,) = quiet.ask(LIST_MAPPINGS, quiet.accountant)["mappings"]
        assert (kept["product_code"], kept["event"], kept["ledger"]) == ("GS", "general_savings", "2111")

    def test_begins_today_or_later(self, quiet: Branch) -> None:
        add_ledger(quiet, "2111", "2110")
        with pytest.raises(LedgerOutdated):
            propose(quiet, "2111", "general_savings", "GS", effective_on="2026-11-22")
        waiting = propose(quiet, "2111", "general_savings", "GS")
        quiet.harness.watch.advance(date(2026, 11, 24) - date(2026, 11, 23))
        with pytest.raises(LedgerOutdated):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=waiting, approve=True)

    def test_is_one_request_under_one_id(self, quiet: Branch) -> None:
        add_ledger(quiet, "2111", "2110")
        request_id, said = new_id(), ("2111", "general_savings", "GS")
        assert propose(quiet, *said, id=request_id) == propose(quiet, *said, id=request_id)
        with pytest.raises(IdConflict):
            propose(quiet, "2111", "general_savings", "OTHER", id=request_id)
