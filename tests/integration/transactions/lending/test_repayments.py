"""Repayments at the counter: ahead, too much, the last one; and the loan as it is read (L1, M11)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import IdConflict, InvalidPayload, NotFound, PersonExcluded
from contracts.transactions.collection import LIST_UNALLOCATED, RESOLVE_UNALLOCATED
from contracts.transactions.ledger import GET_RECEIPT, POST_DEPOSIT, READ_OWN_PASSBOOK
from contracts.transactions.lending import (
    LIST_LOANS,
    LOAN_CLOSED,
    LOAN_REPAID,
    POST_REPAYMENT,
    READ_LOAN,
    READ_OWN_LOAN,
)
from contracts.transactions.lending_errors import IsALoan, LoanEnded, LoanNotFound, OverPrepayment
from contracts.transactions.savings_errors import ValueDateOutside
from tests.support import invariants
from tests.support.agreed import declining, flat
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.loans import card, lend, repay, standing, taka
from tests.support.purse import pass_days, rest_until

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L1")
FIRST_DUE = MONDAY + timedelta(days=15)


def account(branch: Branch, account_id: str, name: str = "Rahima") -> dict[str, Any]:
    return next(one for one in branch.passbook(name)["accounts"] if one["account_id"] == account_id)


class TestOnePayment:
    def test_an_instalment_pays_charge_and_principal_of_its_row(self, branch: Branch) -> None:
        loan_id = lend(branch)

        paid = repay(branch, loan_id, "242.00")

        assert (paid["principal"], paid["service_charge"], paid["surplus"]) == ("195.85", "46.15", "0.00")
        assert (paid["outstanding"], paid["status"]) == ("9804.15", "running")
        assert branch.trial_balance()["1310"] == ("9804.15", "0.00")
        assert branch.trial_balance()["4110"] == ("0.00", "46.15")
        shown = standing(branch, loan_id)
        assert (shown["paid_principal"], shown["paid_charge"], shown["advance"]) == (
            "195.85",
            "46.15",
            "242.00",
        )

    def test_parts_of_an_instalment_pay_charge_first(self, branch: Branch) -> None:
        loan_id = lend(branch)

        first, second = repay(branch, loan_id, "40.00"), repay(branch, loan_id, "202.00")

        assert (first["principal"], first["service_charge"], first["outstanding"]) == (
            "0.00",
            "40.00",
            "10000.00",
        )
        assert (second["principal"], second["service_charge"]) == ("195.85", "6.15")

    def test_a_flat_loan_is_told_apart_in_proportion(self, branch: Branch) -> None:
        loan_id, agreed = lend(branch, "Salma", flat(MONDAY)), flat(MONDAY)
        total = 0
        for amount in (10_000, 24_500, 33_300):
            before = agreed.told_apart(total)
            total += amount
            after = agreed.told_apart(total)

            paid = repay(branch, loan_id, taka(amount))

            assert (paid["principal"], paid["service_charge"]) == (
                taka(after[0] - before[0]),
                taka(after[1] - before[1]),
            )

    def test_asked_for_twice_it_is_posted_once(self, branch: Branch) -> None:
        loan_id, entry_id = lend(branch), new_id()

        first, second = (repay(branch, loan_id, "242.00", entry_id=entry_id) for _ in range(2))

        assert first == second
        assert account(branch, loan_id)["balance"] == "9804.15"
        with pytest.raises(IdConflict):
            repay(branch, loan_id, "243.00", entry_id=entry_id)

    def test_the_same_answer_after_more_was_paid(self, branch: Branch) -> None:
        loan_id, entry_id = lend(branch), new_id()
        first = repay(branch, loan_id, "40.00", entry_id=entry_id)
        repay(branch, loan_id, "11081.00")

        assert repay(branch, loan_id, "40.00", entry_id=entry_id) == first

    @pytest.mark.rule("P3")
    def test_its_receipt_names_all_the_money_and_what_is_left(self, branch: Branch) -> None:
        loan_id = lend(branch)
        paid = repay(branch, loan_id, "242.00")

        receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=paid["entry_id"])

        assert receipt["number"] == paid["receipt_number"] == "B001-2026-000003"
        assert (receipt["kind"], receipt["amount"], receipt["balance_after"]) == (
            "repayment",
            "242.00",
            "9804.15",
        )

    @pytest.mark.rule("P3")
    def test_the_receipt_of_nothing_but_charge_names_the_loan(self, branch: Branch) -> None:
        loan_id = lend(branch)
        repay(branch, loan_id, "242.00")
        paid = repay(branch, loan_id, "40.00")

        receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=paid["entry_id"])

        assert (receipt["amount"], receipt["balance_after"]) == ("40.00", "9804.15")
        assert receipt["account_code"].startswith("JAG")

    @pytest.mark.rule("P2")
    def test_she_is_told_after_posting(self, branch: Branch) -> None:
        loan_id = lend(branch)
        repay(branch, loan_id, "242.00")

        (told,) = branch.harness.told(LOAN_REPAID)

        (line,) = told["lines"]
        assert (told["member_id"], line["amount"], line["balance"], line["owed"]) == (
            id_of("Rahima"),
            24_200,
            980_415,
            True,
        )

    @pytest.mark.rule("M14")
    def test_mobile_money_keeps_the_providers_date(self, branch: Branch) -> None:
        loan_id = lend(branch)
        pass_days(branch, MONDAY + timedelta(days=3))

        paid = repay(branch, loan_id, "242.00", paid_by="mobile_money", value_on="2026-11-24")

        assert (paid["business_on"], paid["value_on"]) == ("2026-11-26", "2026-11-24")
        assert branch.trial_balance()["1140"] == ("242.00", "0.00")
        assert card(branch, loan_id, on="2026-11-23")["paid_charge"] == "0.00"
        assert card(branch, loan_id, on="2026-11-24")["paid_charge"] == "46.15"
        with pytest.raises(ValueDateOutside):
            repay(branch, loan_id, "242.00", value_on="2026-11-25")
        with pytest.raises(ValueDateOutside):
            repay(branch, loan_id, "242.00", paid_by="mobile_money", value_on="2026-11-22")

    @pytest.mark.rule("M8")
    def test_nobody_takes_money_of_his_own_or_his_kin(self, branch: Branch) -> None:
        loan_id = lend(branch)
        kin = branch.person("accountant", excluded=(id_of("Rahima"),))

        with pytest.raises(PersonExcluded):
            branch.ask(POST_REPAYMENT, kin, entry_id=new_id(), loan_id=loan_id, amount="242.00")

    def test_another_branch_finds_no_loan(self, branches: tuple[Branch, Branch], branch: Branch) -> None:
        loan_id, there = lend(branch), branches[1]

        with pytest.raises(LoanNotFound):
            branch.ask(POST_REPAYMENT, there.accountant, entry_id=new_id(), loan_id=loan_id, amount="1.00")
        with pytest.raises(LoanNotFound):
            branch.ask(READ_LOAN, there.manager, loan_id=loan_id)

    def test_a_deposit_onto_a_loan_is_refused(self, branch: Branch) -> None:
        loan_id = lend(branch)

        with pytest.raises(IsALoan):
            branch.ask(
                POST_DEPOSIT, branch.accountant, entry_id=new_id(), account_id=loan_id, amount="242.00"
            )


@pytest.mark.rule("M11")
class TestAheadAndTooMuch:
    def test_what_is_not_due_yet_is_an_advance(self, branch: Branch) -> None:
        loan_id = lend(branch)

        repay(branch, loan_id, "5000.00")

        shown = card(branch, loan_id)
        assert (shown["due"], shown["advance"]) == ("0.00", "5000.00")
        assert [row["state"] for row in shown["rows"]][19:22] == ["paid", "partly", "coming"]
        assert shown["rows"][20]["paid"] == "160.00"  # 5,000 − 20 × 242

    def test_more_than_all_goes_to_her_savings_in_a_row_of_its_own(self, branch: Branch) -> None:
        loan_id = lend(branch)

        paid = repay(branch, loan_id, "11200.00")

        assert (paid["principal"], paid["service_charge"], paid["surplus"]) == (
            "10000.00",
            "1121.00",
            "79.00",
        )
        assert (paid["status"], branch.balance_of("Rahima")) == ("repaid", "79.00")
        (told,) = branch.harness.told(LOAN_REPAID)
        assert [(line["amount"], line["balance"], line["owed"]) for line in told["lines"]] == [
            (1_112_100, 0, True),
            (7_900, 7_900, False),
        ]

    @pytest.mark.rule("M5")
    def test_by_her_choice_it_waits_without_an_account(self, branch: Branch, book: connection) -> None:
        loan_id = lend(branch, terms={"surplus_to": "unallocated"})

        repay(branch, loan_id, "11200.00")

        assert branch.trial_balance()["2210"] == ("0.00", "79.00")
        (waiting,) = branch.ask(LIST_UNALLOCATED, branch.manager, office_id=branch.id)["items"]
        assert (waiting["amount"], waiting["code"], waiting["sheet_id"]) == ("79.00", "LOAN_SURPLUS", None)
        lines = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))["lines"]
        assert [line["amount"] for line in lines if line["status"] == "pending"] == ["79.00"]
        branch.ask(
            RESOLVE_UNALLOCATED,
            branch.manager,
            id=waiting["id"],
            to_account_id=id_of("savings of Rahima"),
            reason="her wish",
        )
        assert branch.balance_of("Rahima") == "79.00"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_no_more_instalments_ahead_than_agreed(self, branch: Branch) -> None:
        loan_id = lend(branch, terms={"prepayable_instalments": 6})

        with pytest.raises(OverPrepayment) as refusal:
            repay(branch, loan_id, "1453.00")

        assert refusal.value.facts == {"allowed": "1452.00", "instalments": 6, "payoff": "10000.00"}
        assert repay(branch, loan_id, "1452.00")["status"] == "running"
        with pytest.raises(OverPrepayment):
            repay(branch, loan_id, "1.00")

    @pytest.mark.rule("M14")
    def test_money_that_came_by_telephone_is_taken_all_the_same(self, branch: Branch) -> None:
        loan_id = lend(branch, terms={"prepayable_instalments": 0})

        assert repay(branch, loan_id, "484.00", paid_by="mobile_money")["surplus"] == "0.00"

    def test_within_the_last_instalments_all_may_be_paid(self, branch: Branch) -> None:
        loan_id = lend(branch, terms={"prepayable_instalments": 46})

        assert repay(branch, loan_id, "11121.00")["status"] == "repaid"


class TestTheEnd:
    def test_nothing_remains_and_all_are_told(self, branch: Branch, book: connection) -> None:
        loan_id = lend(branch)

        paid = repay(branch, loan_id, "11121.00")

        (told,) = branch.harness.told(LOAN_CLOSED)
        assert (told["loan_id"], told["status"], told["entry_id"], told["version"]) == (
            loan_id,
            "repaid",
            paid["entry_id"],
            2,
        )
        shown = account(branch, loan_id)
        assert (shown["kind"], shown["balance"], shown["closed"]) == ("loan", "0.00", True)
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_nothing_more_is_taken(self, branch: Branch) -> None:
        loan_id = lend(branch)
        repay(branch, loan_id, "11121.00")

        with pytest.raises(LoanEnded) as refusal:
            repay(branch, loan_id, "1.00")

        assert refusal.value.facts == {"status": "repaid"}


class TestReading:
    def test_a_card_after_some_weeks_equals_a_recomputation(self, branch: Branch) -> None:
        loan_id, agreed = lend(branch), declining(MONDAY)
        payments = {MONDAY: 24_200, MONDAY + timedelta(days=16): 30_000}
        repay(branch, loan_id, "242.00")
        rest_until(branch, MONDAY + timedelta(days=16))
        repay(branch, loan_id, "300.00")
        rest_until(branch, MONDAY + timedelta(days=31))

        for on in (MONDAY, FIRST_DUE, MONDAY + timedelta(days=16), MONDAY + timedelta(days=30)):
            shown = card(branch, loan_id, on=on.isoformat())
            paid = sum(amount for day, amount in payments.items() if day <= on)
            principal, charge = agreed.told_apart(paid)
            due, before = sum(agreed.due_by(on)), sum(agreed.due_by(on - timedelta(days=1)))
            assert (shown["paid_principal"], shown["paid_charge"]) == (taka(principal), taka(charge))
            assert (shown["due"], shown["advance"]) == (taka(max(0, due - paid)), taka(max(0, paid - due)))
            assert (shown["overdue"], shown["on"]) == (taka(max(0, before - paid)), on.isoformat())
            assert sum(_paisa(row["paid"]) for row in shown["rows"]) == paid

    def test_lateness_shows_from_the_day_after(self, branch: Branch) -> None:
        loan_id = lend(branch)
        rest_until(branch, FIRST_DUE)
        assert (card(branch, loan_id)["days"], card(branch, loan_id)["next_amount"]) == (0, "242.00")
        pass_days(branch, FIRST_DUE + timedelta(days=1))

        shown = card(branch, loan_id)

        assert (shown["days"], shown["overdue"], shown["oldest_unpaid_on"]) == (
            1,
            "242.00",
            FIRST_DUE.isoformat(),
        )
        (late,) = branch.ask(LIST_LOANS, branch.manager, office_id=branch.id, which="overdue")["items"]
        assert (late["loan_id"], late["member_en"]) == (loan_id, "Rahima")

    def test_before_the_payout_and_after_today_there_is_nothing_to_read(self, branch: Branch) -> None:
        loan_id = lend(branch)

        for on in ("2026-11-22", "2026-11-24"):
            with pytest.raises(InvalidPayload):
                card(branch, loan_id, on=on)

    def test_a_member_reads_her_own_and_no_other(self, branch: Branch) -> None:
        loan_id = lend(branch)

        assert branch.ask(READ_OWN_LOAN, branch.member("Rahima"), loan_id=loan_id)["loan_id"] == loan_id
        with pytest.raises(LoanNotFound):
            branch.ask(READ_OWN_LOAN, branch.member("Salma"), loan_id=loan_id)

    def test_lists_are_of_a_member_or_an_office(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        ended, running, other = lend(branch), lend(branch), lend(branch, "Salma")
        repay(branch, ended, "11121.00")

        def listed(**asked: Any) -> set[str]:
            return {item["loan_id"] for item in branch.ask(LIST_LOANS, branch.manager, **asked)["items"]}

        assert listed(member_id=id_of("Rahima")) == {ended, running}
        assert listed(office_id=branch.id) == {running, other}
        assert listed(office_id=branch.id, which="overdue") == set()
        first = min(running, other)
        assert listed(office_id=branch.id, after=first) == {max(running, other)}
        with pytest.raises(InvalidPayload):
            listed()
        with pytest.raises(NotFound):
            branch.ask(LIST_LOANS, branches[1].manager, office_id=branch.id)

    def test_a_page_of_an_ended_loan_owes_nothing(self, branch: Branch) -> None:
        loan_id = lend(branch)
        pass_days(branch, MONDAY + timedelta(days=1))
        repay(branch, loan_id, "11121.00")

        today, yesterday = card(branch, loan_id), card(branch, loan_id, on=MONDAY.isoformat())

        assert (today["status"], today["payoff"], today["due"], today["next_due_on"]) == (
            "repaid",
            "0.00",
            "0.00",
            None,
        )
        assert (yesterday["status"], yesterday["outstanding"]) == ("running", "10000.00")


class TestPassbook:
    def test_one_line_a_payment_with_principal_and_charge(self, branch: Branch) -> None:
        loan_id = lend(branch)
        repay(branch, loan_id, "242.00")
        repay(branch, loan_id, "40.00")

        lines = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))["lines"]

        shown = [
            (
                line["direction"],
                line["amount"],
                line["principal"],
                line["service_charge"],
                line["balance_after"],
            )
            for line in lines
        ]
        assert shown == [
            ("deposit", "40.00", "0.00", "40.00", "9804.15"),
            ("deposit", "242.00", "195.85", "46.15", "9804.15"),
            ("withdrawal", "10000.00", "10000.00", "0.00", "10000.00"),
        ]

    def test_savings_have_no_charge(self, branch: Branch) -> None:
        branch.deposit("Rahima", "50.00")

        (line,) = branch.passbook("Rahima")["lines"]

        assert (line["principal"], line["service_charge"]) == (None, None)


def _paisa(text: str) -> int:
    return int(text.replace(".", ""))
