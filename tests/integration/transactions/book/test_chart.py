"""Head office adds ledgers and accounts at banks, two people each time; nothing kept is changed (P7)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.errors import Forbidden, IdConflict, MakerIsChecker
from contracts.transactions.books import (
    BALANCE_SHEET,
    INCOME_STATEMENT,
    LIST_LEDGER_LINES,
    READ_ENTRY,
    READ_LEDGER,
    RECEIPTS_AND_PAYMENTS,
)
from contracts.transactions.chart import LIST_BANK_ACCOUNTS
from contracts.transactions.chart_errors import (
    BankAccountKnown,
    CashIsCounted,
    LedgerKnown,
    LedgerMisplaced,
    LedgerOutdated,
    LedgerUnknown,
)
from contracts.transactions.ledger import DECIDE_APPROVAL, LIST_APPROVALS, LIST_ENTRIES
from contracts.transactions.reports import READ_REPORT
from contracts.transactions.sealed_days import READ_SEALED_DAY
from tests.support.bookkeeping import (
    add_bank,
    add_ledger,
    administrator,
    book,
    chart,
    fund,
    propose_bank,
    propose_ledger,
    write,
)
from tests.support.branch import new_id

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P7")


class TestALedger:
    def test_joins_the_chart_once_a_second_person_agrees(self, quiet: Branch) -> None:
        proposed = propose_ledger(quiet)
        assert "5491" not in chart(quiet)

        quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=proposed, approve=True)

        added = chart(quiet)["5491"]
        assert (added["parent"], added["name_bn"], added["effective_on"]) == ("5400", "পত্রিকা", "2026-11-23")
        assert (added["ledger_class"], added["is_control"], added["cash"]) == ("expense", False, None)

    def test_is_not_put_in_force_by_who_proposed_it(self, quiet: Branch) -> None:
        with pytest.raises(MakerIsChecker):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet), id=propose_ledger(quiet), approve=True)

    def test_is_no_matter_of_a_branch(self, quiet: Branch) -> None:
        proposed = propose_ledger(quiet)
        assert quiet.ask(LIST_APPROVALS, quiet.manager)["items"] == []
        above = replace(quiet.manager, office_path="/HO/")
        with pytest.raises(Forbidden):
            quiet.ask(DECIDE_APPROVAL, above, id=proposed, approve=True)

    def test_keeps_the_meaning_of_every_code(self, quiet: Branch) -> None:
        add_ledger(quiet)
        for code in ("5491", "5410"):
            with pytest.raises(LedgerKnown):
                propose_ledger(quiet, code)

    def test_is_put_in_force_once_of_two(self, quiet: Branch) -> None:
        proposed = propose_ledger(quiet)
        add_ledger(quiet, name_en="Journals")

        with pytest.raises(LedgerKnown):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=proposed, approve=True)

    def test_stands_below_another(self, quiet: Branch) -> None:
        with pytest.raises(LedgerMisplaced):
            propose_ledger(quiet, "5611", "5400")
        with pytest.raises(LedgerUnknown):
            propose_ledger(quiet, "5499", "5498")

    @pytest.mark.parametrize("parent", ["1000", "1100", "1110"])
    def test_is_never_one_of_money(self, quiet: Branch, parent: str) -> None:
        with pytest.raises(CashIsCounted):
            propose_ledger(quiet, "1119", parent)

    def test_begins_today_or_later(self, quiet: Branch) -> None:
        with pytest.raises(LedgerOutdated):
            propose_ledger(quiet, effective_on="2026-11-22")

    def test_is_not_put_in_force_behind_its_day(self, quiet: Branch) -> None:
        proposed = propose_ledger(quiet)
        quiet.harness.watch.advance(date(2026, 11, 24) - date(2026, 11, 23))

        with pytest.raises(LedgerOutdated):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=proposed, approve=True)

    def test_takes_vouchers_from_its_day_on(self, quiet: Branch) -> None:
        fund(quiet)
        add_ledger(quiet, "5492", effective_on="2026-11-24")
        with pytest.raises(LedgerUnknown):
            write(quiet, "payment", ("5492", "debit", "20.00"), ("1110", "credit", "20.00"))

        add_ledger(quiet)
        book(quiet, "payment", ("5491", "debit", "20.00"), ("1110", "credit", "20.00"))

        assert quiet.trial_balance()["5491"] == ("20.00", "0.00")
        told = quiet.ask(LIST_ENTRIES, quiet.manager, office_id=quiet.id, on=None)["items"]
        assert [line["name_en"] for one in told for line in one["lines"] if line["code"] == "5491"] == [
            "Newspapers"
        ]

    def test_is_told_wherever_the_book_is_read(self, quiet: Branch) -> None:
        fund(quiet)
        add_ledger(quiet)
        add_ledger(quiet, "2741", "2740", name_en="Owed to suppliers")
        book(quiet, "payment", ("5491", "debit", "20.00"), ("1110", "credit", "20.00"))
        owed = book(quiet, "journal", ("5491", "debit", "30.00"), ("2741", "credit", "30.00"))
        quiet.count_vault("closing", {"1": 9_980})
        quiet.close_day()

        asked = {"office_id": quiet.id, "from_on": "2026-11-23"}
        for method in (INCOME_STATEMENT, RECEIPTS_AND_PAYMENTS):
            assert "Newspapers" in json.dumps(quiet.ask(method, quiet.manager, **asked)), method.name
        assert "Owed to suppliers" in json.dumps(quiet.ask(BALANCE_SHEET, quiet.manager, office_id=quiet.id))
        ledger = quiet.ask(READ_LEDGER, quiet.manager, ledger="5491", **asked)
        assert (ledger["name_en"], ledger["closing"]) == ("Newspapers", "50.00")
        assert "30.00" in json.dumps(quiet.ask(LIST_LEDGER_LINES, quiet.manager, ledger="5491", **asked))
        assert "Owed to suppliers" in json.dumps(quiet.ask(READ_ENTRY, quiet.manager, entry_id=owed))
        assert "Owed to suppliers" in json.dumps(
            quiet.ask(READ_SEALED_DAY, quiet.manager, office_id=quiet.id, on="2026-11-23")
        )
        for report in (
            "trial_balance", "income_statement", "receipts_and_payments", "cash_flow", "general_ledger"
        ):  # fmt: skip
            page = quiet.ask(READ_REPORT, quiet.manager, report=report, **asked)
            assert "Newspapers" in json.dumps(page), report

    def test_is_one_request_under_one_id(self, quiet: Branch) -> None:
        request_id = new_id()
        assert propose_ledger(quiet, id=request_id) == propose_ledger(quiet, id=request_id)
        with pytest.raises(IdConflict):
            propose_ledger(quiet, id=request_id, name_en="Journals")


class TestAnAccountAtABank:
    def test_is_kept_once_a_second_person_agrees(self, quiet: Branch) -> None:
        proposed = propose_bank(quiet)
        assert quiet.ask(LIST_BANK_ACCOUNTS, quiet.accountant, office_id=quiet.id)["accounts"] == []
        (waiting,) = quiet.ask(LIST_APPROVALS, administrator(quiet, "second"))["items"]
        assert (waiting["facts"]["bank_number"], waiting["may_decide"]) == ("0042-1177", True)

        quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=proposed, approve=True)

        (kept,) = quiet.ask(LIST_BANK_ACCOUNTS, quiet.accountant, office_id=quiet.id)["accounts"]
        assert (kept["id"], kept["number"], kept["balance"]) == (proposed, "0042-1177", "0.00")

    def test_is_kept_once(self, quiet: Branch, branches: tuple[Branch, Branch]) -> None:
        waiting = propose_bank(branches[1])
        add_bank(quiet)

        with pytest.raises(BankAccountKnown):
            propose_bank(branches[1])
        with pytest.raises(BankAccountKnown):
            quiet.ask(DECIDE_APPROVAL, administrator(quiet, "second"), id=waiting, approve=True)

    def test_holds_what_vouchers_put_there(self, quiet: Branch) -> None:
        bank = add_bank(quiet)
        fund(quiet)
        book(quiet, "contra", ("1130", "debit", "4000.00", bank), ("1110", "credit", "4000.00"))
        book(quiet, "contra", ("1130", "debit", "500.00"), ("1130", "credit", "500.00", bank))

        told = quiet.ask(LIST_BANK_ACCOUNTS, quiet.accountant, office_id=quiet.id)
        assert ([one["balance"] for one in told["accounts"]], told["unnamed"]) == (["3500.00"], "500.00")
