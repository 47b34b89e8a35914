"""Vouchers by hand: written by one, agreed to by another within his limit, undone by their contrary."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import (
    AlreadyDecided,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    OverLimit,
    ServiceError,
)
from contracts.transactions.chart_errors import (
    BankAccountUnknown,
    LedgerControlled,
    LedgerSumsUp,
    LedgerUnknown,
)
from contracts.transactions.ledger import CLOSE_DAY, DECIDE_APPROVAL, LIST_APPROVALS, LIST_ENTRIES
from contracts.transactions.ledger_errors import DayNotReady, InsufficientFunds
from contracts.transactions.manual import GET_MANUAL_VOUCHER, LIST_MANUAL_VOUCHERS
from contracts.transactions.manual_errors import (
    VoucherMisfit,
    VoucherNotFound,
    VoucherNotPosted,
    VoucherUnbalanced,
    VoucherUndone,
)
from tests.support.bookkeeping import add_bank, area_manager, book, fund, undo, voucher, write
from tests.support.branch import Branch, new_id
from tests.support.memory import remembered
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable

RENT = (("5410", "debit", "3000.00"), ("1110", "credit", "3000.00"))


@remembered
def funded(quiet: Branch) -> Branch:
    fund(quiet)
    return quiet


class TestAVoucher:
    def test_is_in_the_book_once_another_person_agrees(self, funded: Branch) -> None:
        written = write(funded, "payment", *RENT)
        assert (voucher(funded, written)["state"], "5410" in funded.trial_balance()) == ("waiting", False)

        funded.approve(written)

        told = voucher(funded, written)
        assert (told["state"], told["business_on"], told["amount"]) == ("posted", "2026-11-23", "3000.00")
        people = funded.accountant.person_id, funded.manager.person_id
        assert (told["maker_id"], told["checker_id"]) == people
        assert funded.trial_balance() == {
            "1110": ("7000.00", "0.00"),
            "3110": ("0.00", "10000.00"),
            "5410": ("3000.00", "0.00"),
        }

    def test_stands_in_the_inbox_as_on_paper(self, funded: Branch) -> None:
        write(funded, "payment", *RENT)

        (waiting,) = funded.ask(LIST_APPROVALS, funded.manager)["items"]

        assert (waiting["kind"], waiting["may_decide"]) == ("voucher", True)
        assert waiting["facts"]["debited_bn"] == ["5410 অফিস ভাড়া 3000.00"]
        assert waiting["facts"]["credited_en"] == ["1110 Cash in vault 3000.00"]
        assert waiting["facts"]["evidence"] == "bill 7"

    @pytest.mark.rule("M8")
    def test_is_not_agreed_to_by_who_wrote_it(self, funded: Branch) -> None:
        written = write(funded, "payment", *RENT)
        same = replace(funded.manager, person_id=funded.accountant.person_id)

        with pytest.raises(MakerIsChecker):
            funded.ask(DECIDE_APPROVAL, same, id=written, approve=True)

    def test_above_a_limit_is_for_the_area(self, funded: Branch) -> None:
        written = write(funded, "payment", *RENT)
        limited = replace(funded.manager, limits=(("voucher:approve", 2999_99),))
        with pytest.raises(OverLimit):
            funded.ask(DECIDE_APPROVAL, limited, id=written, approve=True)

        funded.ask(DECIDE_APPROVAL, area_manager(funded), id=written, approve=True)

        assert voucher(funded, written)["state"] == "posted"

    def test_that_is_declined_leaves_nothing(self, funded: Branch) -> None:
        before = funded.trial_balance()
        written = write(funded, "payment", *RENT)
        funded.decline(written)

        assert (voucher(funded, written)["state"], funded.trial_balance()) == ("declined", before)
        with pytest.raises(AlreadyDecided):
            funded.approve(written)

    def test_is_one_request_under_one_id(self, funded: Branch) -> None:
        written = new_id()
        assert write(funded, "payment", *RENT, id=written) == write(funded, "payment", *RENT, id=written)
        with pytest.raises(IdConflict):
            write(funded, "payment", *RENT, id=written, narration="another bill")

        funded.approve(written)
        funded.approve(written)
        assert write(funded, "payment", *RENT, id=written) == written
        assert funded.trial_balance()["5410"] == ("3000.00", "0.00")

    def test_approved_from_eight_sides_is_booked_once(self, funded: Branch) -> None:
        written = write(funded, "payment", *RENT)
        managers = [funded.person("branch_manager", f"manager {one}") for one in range(8)]

        def decide(manager: Any) -> str:
            try:
                return str(funded.ask(DECIDE_APPROVAL, manager, id=written, approve=True)["state"])
            except ServiceError as refusal:
                return refusal.code

        with ThreadPoolExecutor(8) as threads:
            answers = sorted(threads.map(decide, managers))

        assert answers == ["ALREADY_DECIDED"] * 7 + ["approved"]
        assert funded.trial_balance()["5410"] == ("3000.00", "0.00")

    def test_of_another_branch_is_not_found(self, funded: Branch, branches: tuple[Branch, Branch]) -> None:
        written = write(funded, "payment", *RENT)
        with pytest.raises(VoucherNotFound):
            funded.ask(GET_MANUAL_VOUCHER, branches[1].manager, id=written)
        with pytest.raises(NotFound):
            write(branches[1], "payment", *RENT, office_id=funded.id)

    def test_holds_the_day_open_until_it_is_decided(self, funded: Branch) -> None:
        written = write(funded, "payment", *RENT)
        (waiting,) = [one for one in funded.day()["checklist"] if one["code"] == "VOUCHER_NOT_DECIDED"]
        assert waiting["facts"] == {"approval_id": written}
        funded.count_vault("closing", {"1000": 10})
        with pytest.raises(DayNotReady):
            funded.ask(CLOSE_DAY, funded.manager, office_id=funded.id, on="2026-11-23")

    def test_has_its_number_when_the_day_is_closed(self, funded: Branch) -> None:
        paid = book(funded, "payment", *RENT)
        journal = book(funded, "journal", ("5420", "debit", "0.50"), ("2730", "credit", "0.50"))
        moved = book(funded, "contra", ("1130", "debit", "2000.00"), ("1110", "credit", "2000.00"))
        funded.count_vault("closing", {"1000": 5})
        funded.close_day()

        numbers = [voucher(funded, one)["voucher"] for one in (paid, journal, moved)]
        assert numbers == ["P-2026-27-000001", "J-2026-27-000001", "C-2026-27-000001"]
        told = funded.ask(LIST_ENTRIES, funded.manager, office_id=funded.id, on="2026-11-23")["items"]
        assert sorted(one["voucher"] for one in told) == sorted(["R-2026-27-000001", *numbers])

    def test_is_listed_the_newest_first(self, funded: Branch) -> None:
        funded.harness.watch.advance(timedelta(seconds=1))
        written = write(funded, "payment", *RENT)
        told = funded.ask(LIST_MANUAL_VOUCHERS, funded.person("auditor"), office_id=funded.id)
        newest, oldest = told["items"]
        assert (newest["id"], newest["state"], oldest["state"]) == (written, "waiting", "posted")
        assert told["next"] is None


class TestWhatNoHandTouches:
    @pytest.mark.parametrize(
        "ledger", ["1120", "1310", "2110", "2130", "2210", "2250", "1410", "4110", "2810"]
    )
    def test_are_ledgers_of_others(self, funded: Branch, ledger: str) -> None:
        with pytest.raises(LedgerControlled):
            write(funded, "journal", (ledger, "debit", "100.00"), ("4520", "credit", "100.00"))

    def test_is_a_group(self, funded: Branch) -> None:
        with pytest.raises(LedgerSumsUp):
            write(funded, "journal", ("5400", "debit", "100.00"), ("4520", "credit", "100.00"))

    def test_is_a_ledger_that_nobody_knows(self, funded: Branch) -> None:
        with pytest.raises(LedgerUnknown):
            write(funded, "journal", ("5999", "debit", "100.00"), ("4520", "credit", "100.00"))

    def test_is_an_account_at_a_bank_of_another_office(
        self, funded: Branch, branches: tuple[Branch, Branch]
    ) -> None:
        elsewhere = add_bank(branches[1])
        with pytest.raises(BankAccountUnknown):
            write(funded, "contra", ("1130", "debit", "1.00", elsewhere), ("1110", "credit", "1.00"))
        here = add_bank(funded, "0042-2288")
        with pytest.raises(BankAccountUnknown):
            write(funded, "payment", ("5410", "debit", "1.00", here), ("1110", "credit", "1.00"))

    def test_is_more_than_the_vault_holds(self, funded: Branch) -> None:
        written = write(funded, "payment", ("5410", "debit", "10001.00"), ("1110", "credit", "10001.00"))
        with pytest.raises(InsufficientFunds):
            funded.approve(written)
        assert voucher(funded, written)["state"] == "waiting"

    @pytest.mark.rule("M11")
    def test_is_part_of_a_taka_in_cash(self, funded: Branch) -> None:
        with pytest.raises(InvalidPayload):
            write(funded, "payment", ("5410", "debit", "0.50"), ("1110", "credit", "0.50"))

    def test_is_anything_unbalanced(self, funded: Branch) -> None:
        with pytest.raises(VoucherUnbalanced) as refused:
            write(funded, "payment", ("5410", "debit", "2.00"), ("1110", "credit", "1.00"))
        assert refused.value.facts == {"debits": "2.00", "credits": "1.00"}

    @pytest.mark.parametrize("kind", ["receipt", "journal", "contra"])
    def test_is_of_another_kind_than_it_says(self, funded: Branch, kind: str) -> None:
        with pytest.raises(VoucherMisfit):
            write(funded, kind, *RENT)


class TestUndoing:
    @pytest.mark.rule("M12")
    def test_on_the_same_day_leaves_both_lines_and_no_balance(self, funded: Branch) -> None:
        before = funded.trial_balance()
        paid = book(funded, "payment", *RENT)
        undoing = undo(funded, paid)
        assert voucher(funded, paid)["state"] == "posted"

        funded.approve(undoing)

        told, contrary = voucher(funded, paid), voucher(funded, undoing)
        assert (told["state"], told["undone_by_id"]) == ("undone", undoing)
        assert (contrary["kind"], contrary["undoes_id"], contrary["narration"]) == (
            "receipt",
            paid,
            "wrong ledger",
        )
        after = funded.trial_balance()
        assert {code: balance for code, balance in after.items() if balance != ("0.00", "0.00")} == before

    @pytest.mark.rule("M13")
    def test_later_is_booked_on_todays_day(self, funded: Branch) -> None:
        paid = book(funded, "payment", *RENT)
        funded.count_vault("closing", {"1000": 7})
        funded.close_day()

        undoing = undo(funded, paid)
        funded.approve(undoing)

        assert voucher(funded, undoing)["business_on"] == "2026-11-24"
        assert voucher(funded, paid)["business_on"] == "2026-11-23"
        assert funded.trial_balance()["5410"] == ("0.00", "0.00")

    def test_happens_once(self, funded: Branch) -> None:
        paid = book(funded, "payment", *RENT)
        undoing = undo(funded, paid)
        with pytest.raises(VoucherUndone):
            undo(funded, paid)
        funded.approve(undoing)

        with pytest.raises(VoucherUndone):
            undo(funded, paid)
        with pytest.raises(VoucherUndone):
            undo(funded, undoing)

    def test_may_be_asked_again_when_it_was_declined(self, funded: Branch) -> None:
        paid = book(funded, "payment", *RENT)
        funded.decline(undo(funded, paid))
        funded.approve(undo(funded, paid))
        assert voucher(funded, paid)["state"] == "undone"

    def test_is_of_what_is_in_the_book(self, funded: Branch) -> None:
        with pytest.raises(VoucherNotPosted):
            undo(funded, write(funded, "payment", *RENT))

    def test_is_not_how_money_of_members_is_put_right(self, funded: Branch) -> None:
        deposit = funded.deposit("Rahima", "50.00")
        with pytest.raises(VoucherNotFound):
            undo(funded, deposit["entry_id"])
        with pytest.raises(NotFound):
            funded.propose_reversal(book(funded, "payment", *RENT), "never_received")


@pytest.mark.parametrize("what", ["amount = amount + 1", "office_id = maker_id"])
def test_a_voucher_that_is_not_what_was_agreed_to_is_noticed(
    funded: Branch, tamper: Callable[[str], None], what: str
) -> None:
    changed = book(funded, "payment", *RENT)
    tamper(f"UPDATE manual_vouchers SET {what} WHERE id = '{changed}'")

    assert [(fault.code, fault.subject) for fault in faults_in(funded.harness.process)] == [
        ("VOUCHER_BY_HAND_IS_NOT_ITS_ENTRY", changed)
    ]
