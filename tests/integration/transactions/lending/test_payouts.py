"""Paying a loan out: once, whole, on its day, before a witness; and its schedule put on other dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import MEMBER_CHANGED
from contracts.errors import IdConflict, InvalidPayload, MakerIsChecker, NotFound, PersonExcluded
from contracts.transactions.ledger_errors import DayNotOpen, InsufficientFunds
from contracts.transactions.lending import LOAN_PAID_OUT, LOAN_STANDINGS
from contracts.transactions.lending_errors import (
    LoanNotFound,
    NotItsDay,
    ScheduleDiffers,
    ScheduleOutdated,
)
from contracts.transactions.nominee_errors import MemberDeceased
from tests.support import invariants
from tests.support.agreed import declining, flat
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.loans import fill_vault, lend, pay_out, payout, re_date, standing
from tests.support.purse import deposit, open_account

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch


def loan_account(branch: Branch, name: str = "Rahima") -> dict[str, Any]:
    accounts = branch.passbook(name)["accounts"]
    return next(account for account in accounts if account["code"].startswith("JAG"))


class TestPayingOut:
    @pytest.mark.rule("L4")
    def test_the_whole_principal_leaves_the_vault_and_is_owed(self, branch: Branch) -> None:
        fill_vault(branch)
        command = payout(branch)

        paid = pay_out(branch, command)

        assert (paid["loan_id"], paid["entry_id"]) == (command["id"], command["id"])
        assert paid["receipt_number"] == "B001-2026-000002"
        assert loan_account(branch)["balance"] == "10000.00"
        assert branch.trial_balance()["1310"] == ("10000.00", "0.00")
        assert branch.trial_balance()["1110"] == ("10000.00", "0.00")

    @pytest.mark.rule("P2", "L4")
    def test_she_is_told_at_once_what_is_due_when(self, branch: Branch) -> None:
        loan_id = lend(branch)

        (told,) = branch.harness.told(LOAN_PAID_OUT)

        assert (told["loan_id"], told["member_id"], told["principal"]) == (
            loan_id,
            id_of("Rahima"),
            1_000_000,
        )
        assert (told["instalments"], told["first_amount"]) == (46, 24_200)
        assert told["first_due_on"] == MONDAY + timedelta(days=15)

    def test_asked_for_twice_it_is_paid_once(self, branch: Branch) -> None:
        fill_vault(branch)
        command = payout(branch)

        first, second = (pay_out(branch, command) for _ in range(2))

        assert first == second
        assert branch.trial_balance()["1310"] == ("10000.00", "0.00")
        with pytest.raises(IdConflict):
            pay_out(branch, {**command, "evidence": {**command["evidence"], "mark": "signature"}})

    def test_a_code_is_of_one_loan(self, branch: Branch) -> None:
        fill_vault(branch)
        command = payout(branch)
        pay_out(branch, command)

        with pytest.raises(IdConflict):
            pay_out(branch, {**command, "id": new_id()})

    def test_receipts_stay_without_gaps_when_a_payout_is_refused(self, branch: Branch) -> None:
        with pytest.raises(InsufficientFunds):
            pay_out(branch, payout(branch))
        fill_vault(branch)

        assert pay_out(branch, payout(branch))["receipt_number"] == "B001-2026-000002"

    def test_only_on_the_day_for_which_the_schedule_was_made(self, branch: Branch) -> None:
        fill_vault(branch)

        with pytest.raises(NotItsDay) as refusal:
            pay_out(branch, payout(branch, on=(MONDAY + timedelta(days=1)).isoformat()))

        assert refusal.value.facts == {"on": "2026-11-24", "open_on": "2026-11-23"}
        assert branch.trial_balance().get("1310", ("0.00", "0.00")) == ("0.00", "0.00")

    @pytest.mark.rule("L4", "M8")
    @pytest.mark.parametrize("same", ["approver", "witness", "approving witness"])
    def test_payer_approver_and_witness_are_three_people(self, branch: Branch, same: str) -> None:
        fill_vault(branch)
        payer, manager = branch.accountant.person_id, branch.manager.person_id
        command = {
            "approver": payout(branch, approved_by=payer),
            "witness": payout(branch, evidence={"witness_id": payer}),
            "approving witness": payout(branch, evidence={"witness_id": manager}),
        }[same]

        with pytest.raises(MakerIsChecker):
            pay_out(branch, command)

    @pytest.mark.rule("M8")
    def test_nobody_pays_out_to_himself_or_his_kin(self, branch: Branch) -> None:
        fill_vault(branch)
        kin = branch.person("accountant", excluded=(id_of("Rahima"),))

        with pytest.raises(PersonExcluded):
            pay_out(branch, payout(branch), kin)

    @pytest.mark.rule("L5")
    def test_not_to_somebody_who_has_died(self, branch: Branch) -> None:
        fill_vault(branch)
        state = branch.member_state("Rahima", "Jhumka") | {"deceased_on": "2026-11-20"}
        branch.harness.hear(MEMBER_CHANGED, state)

        with pytest.raises(MemberDeceased):
            pay_out(branch, payout(branch))

    def test_another_branch_cannot(self, branches: tuple[Branch, Branch], branch: Branch) -> None:
        fill_vault(branch)
        there = branches[1]
        there.open_day()

        with pytest.raises(NotFound):
            pay_out(branch, payout(branch), there.accountant)
        with pytest.raises(NotFound):
            pay_out(there, payout(there))
        with pytest.raises(NotFound):
            pay_out(branch, payout(branch, evidence={"witness_id": there.officer.person_id}))

    def test_not_while_no_day_is_open(self, branches: tuple[Branch, Branch]) -> None:
        there = branches[1]
        there.open_samity("Beli")
        there.admit("Monowara", "Beli")

        with pytest.raises(DayNotOpen):
            pay_out(there, payout(there, "Monowara"))

    @pytest.mark.rule("L4")
    def test_a_bank_pays_to_her_own_account_only(self, branch: Branch) -> None:
        with pytest.raises(InvalidPayload) as refusal:
            pay_out(branch, payout(branch, how="bank"))
        assert list(refusal.value.facts["fields"]) == ["evidence.account_last4"]

        pay_out(branch, payout(branch, how="bank", evidence={"account_last4": "4711"}))

        assert branch.trial_balance()["1130"] == ("0.00", "10000.00")

    def test_mobile_money_leaves_the_wallet(self, branch: Branch) -> None:
        deposit(branch, id_of("savings of Fatema"), "12000.00", paid_by="mobile_money")

        pay_out(branch, payout(branch, how="mobile_money", evidence={"account_last4": "0815"}))

        assert branch.trial_balance()["1140"] == ("2000.00", "0.00")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"principal": "9999.00"},
            {"rows": []},
            {"rows": [{"due_on": "2026-12-08", "principal": "10000.00", "service_charge": "0.00"}] * 2},
            {"rows": [{"due_on": "2026-11-23", "principal": "10000.00", "service_charge": "0.00"}]},
            {"rows": [{"due_on": "2026-12-08", "principal": "0.00", "service_charge": "0.00"}]},
        ],
        ids=["another principal", "no row", "a day twice", "due at once", "a row for nothing"],
    )
    def test_a_schedule_that_is_none_is_refused(self, branch: Branch, wrong: dict[str, Any]) -> None:
        fill_vault(branch)

        with pytest.raises(InvalidPayload):
            pay_out(branch, payout(branch, **wrong))

    @pytest.mark.rule("M9")
    def test_from_now_on_a_loan_runs_that_withdrawals_know(self, branch: Branch) -> None:
        account = open_account(branch, "Salma", "voluntary_savings", withdraw_max_bps_with_loan=5_000)
        deposit(branch, account, "1000.00")

        lend(branch, "Salma")

        with branch.harness.service().books() as books:
            assert books.withdrawals.has_running_loan(id_of("Salma"))
            assert not books.withdrawals.has_running_loan(id_of("Fatema"))

    def test_the_proof_is_kept(self, branch: Branch, book: connection) -> None:
        lend(branch)

        with book.cursor() as cursor:
            cursor.execute("SELECT how, mark, witness_id::text, paid_by::text FROM loan_payouts")
            proof = cursor.fetchall()

        assert proof == [("cash", "thumb", branch.officer.person_id, branch.accountant.person_id)]

    def test_the_books_stay_true(self, branch: Branch, book: connection) -> None:
        lend(branch)
        lend(branch, "Salma", flat(MONDAY))

        assert invariants.broken(book, invariants.LEDGER) == {}


@pytest.mark.rule("L1")
class TestStanding:
    def test_on_the_first_day_nothing_is_due_and_the_payoff_is_the_principal(self, branch: Branch) -> None:
        loan_id = lend(branch)

        shown = standing(branch, loan_id)

        assert (shown["status"], shown["on"], shown["schedule_version"]) == ("running", "2026-11-23", 1)
        assert (shown["principal"], shown["charge"]) == ("10000.00", "1121.00")
        assert (shown["paid_principal"], shown["paid_charge"]) == ("0.00", "0.00")
        assert (shown["outstanding"], shown["payoff"]) == ("10000.00", "10000.00")
        assert (shown["due"], shown["overdue"], shown["advance"], shown["days"]) == (
            "0.00",
            "0.00",
            "0.00",
            0,
        )
        assert (shown["oldest_unpaid_on"], shown["has_pending"]) == (None, False)

    def test_ids_that_are_no_loans_are_left_out(self, branch: Branch) -> None:
        loan_id = lend(branch)

        items = branch.ask(LOAN_STANDINGS, None, loan_ids=[new_id(), loan_id, id_of("savings of Rahima")])

        assert [item["loan_id"] for item in items["items"]] == [loan_id]


@pytest.mark.rule("L1", "L3")
class TestOtherDates:
    def test_a_holiday_moves_the_dates_and_no_sums(self, branch: Branch) -> None:
        loan_id, moved = lend(branch), declining(MONDAY).moved(7, after=MONDAY + timedelta(days=15))

        answer = re_date(branch, loan_id, moved)

        assert (answer["version"], answer["business_on"]) == (2, "2026-11-23")
        shown = standing(branch, loan_id)
        assert (shown["schedule_version"], shown["charge"]) == (2, "1121.00")
        with branch.harness.service().books() as books:
            loan = books.loans.find([loan_id])[loan_id]
            schedule = books.loans.schedule(loan)
            assert loan.matures_on == moved.rows[-1][0] == schedule.due_on[-1]
            first = books.loans.schedule_of_version(loan, 1)
            assert first is not None
            assert first.schedule.due_on == tuple(row[0] for row in declining(MONDAY).rows)

    def test_asked_for_again_it_is_the_same_version(self, branch: Branch) -> None:
        loan_id, moved = lend(branch), declining(MONDAY).moved(7, after=MONDAY)

        assert re_date(branch, loan_id, moved) == re_date(branch, loan_id, moved)
        with pytest.raises(ScheduleOutdated) as refusal:
            re_date(branch, loan_id, declining(MONDAY).moved(14, after=MONDAY))
        assert refusal.value.facts == {"version": 2}

    def test_versions_follow_each_other(self, branch: Branch) -> None:
        loan_id = lend(branch)

        with pytest.raises(ScheduleOutdated):
            re_date(branch, loan_id, declining(MONDAY).moved(7, after=MONDAY), version=3)

    def test_no_charge_is_added(self, branch: Branch) -> None:
        loan_id, agreed = lend(branch), declining(MONDAY)
        on, principal, charge = agreed.rows[-1]
        dearer = replace(agreed, rows=(*agreed.rows[:-1], (on, principal, charge + 100)))

        with pytest.raises(ScheduleDiffers) as refusal:
            re_date(branch, loan_id, dearer)

        assert refusal.value.facts == {"principal": "10000.00", "charge": "1121.00"}

    def test_another_branch_finds_no_loan(self, branches: tuple[Branch, Branch], branch: Branch) -> None:
        loan_id = lend(branch)
        there = branches[1]
        stranger = replace(branch, harness=branch.harness)
        stranger.code, stranger.path = there.code, there.path

        with pytest.raises(LoanNotFound):
            re_date(stranger, loan_id, declining(MONDAY).moved(7, after=MONDAY))
