"""Settling a loan with a rebate, and paying one out of savings (domain 4.8; rules L1, L7, M11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from contracts.accounts import MEMBER_CHANGED
from contracts.errors import IdConflict, MakerIsChecker, OverLimit, PersonExcluded
from contracts.transactions.collection_errors import AccountNotHers
from contracts.transactions.ledger import ENTRY_REVERSED, GET_RECEIPT, LIST_APPROVALS, READ_LINES
from contracts.transactions.ledger_errors import AlreadyReversed, NotReversible
from contracts.transactions.lending import LOAN_CLOSED
from contracts.transactions.lending_endings import (
    LIST_ENDED_LOANS,
    QUOTE_SETTLEMENT,
    SAVINGS_MOVED_TO_LOAN,
)
from contracts.transactions.lending_endings_errors import (
    LoanMoved,
    OverSavings,
    OverTheLoan,
    SettledAlready,
)
from contracts.transactions.lending_errors import LoanEnded, LoanNotFound
from contracts.transactions.nominee_errors import MemberDeceased
from contracts.transactions.savings_errors import MoneyOnItsWay, WithdrawalNotAllowed
from tests.support import invariants
from tests.support.agreed import declining, flat
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.endings import from_savings, lend_earlier, pay, settle, so_that_falls_due
from tests.support.loans import lend, standing
from tests.support.memory import remembered
from tests.support.purse import (
    area_manager,
    ask_for,
    decide,
    deposit,
    limited,
    open_account,
    pass_days,
)
from transactions.domain.ledger import PendingDelta

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L1")


@remembered
def loan_id(branch: Branch) -> str:
    """Example A of Rahima's, whose twentieth instalment falls due today, with all twenty paid."""
    agreed = so_that_falls_due(declining(MONDAY), 20)
    loan_id = lend_earlier(branch, agreed)
    principal, charge = agreed.due_by(MONDAY)
    assert 1_000_000 - principal == 590_648  # domain 4.5, row 20
    pay(branch, loan_id, principal, charge)
    return loan_id


def loan_account(branch: Branch) -> tuple[str, bool]:
    accounts = branch.passbook("Rahima")["accounts"]
    loan = next(account for account in accounts if account["code"].startswith("JAG"))
    return loan["balance"], loan["closed"]


@pytest.mark.rule("M11")
class TestSettling:
    def test_takes_whole_taka_and_leaves_nothing(
        self, branch: Branch, loan_id: str, book: connection
    ) -> None:
        """Balance 5,906.48, rebate 374.52 (domain 4.8); 5,906 in cash, and 48 paisa are lost by rounding."""
        before = branch.trial_balance()
        proposed = settle(branch, loan_id)
        assert proposed["terms"] == {
            "loan_id": loan_id,
            "on": "2026-11-23",
            "outstanding": "5906.48",
            "charge": "0.00",
            "payoff": "5906.48",
            "rebate": "374.52",
            "rounding": "-0.48",
            "cash": "5906.00",
        }
        assert branch.ask(QUOTE_SETTLEMENT, branch.manager, loan_id=loan_id) == proposed["terms"]
        assert loan_account(branch) == ("5906.48", False)

        decide(branch, branch.manager, proposed["id"])

        assert loan_account(branch) == ("0.00", True)
        after = branch.trial_balance()
        assert after["1310"] == ("0.00", "0.00")
        assert after["5910"] == ("0.48", "0.00")
        assert after["4110"] == before["4110"] == ("0.00", "746.48")
        assert float(after["1110"][0]) - float(before["1110"][0]) == 5_906
        assert standing(branch, loan_id)["status"] == "settled"
        (told,) = branch.harness.told(LOAN_CLOSED)
        assert (told["status"], told["entry_id"], told["version"]) == ("settled", proposed["id"], 2)
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_gives_a_receipt_that_her_line_names(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)
        decide(branch, branch.manager, proposed["id"])

        lines = branch.ask(READ_LINES, branch.manager, account_id=loan_id)["items"]

        assert (lines[0]["entry_id"], lines[0]["amount"]) == (proposed["id"], "5906.48")
        assert lines[0]["receipt_number"].startswith("B001-2026-")

    def test_gives_charge_back_that_was_paid_in_advance(self, branch: Branch, book: connection) -> None:
        """Example C on its first due date with two weeks paid: 27.22 of 54.44 is earned (domain 4.7)."""
        agreed = so_that_falls_due(flat(MONDAY), 1)
        loan_id = lend_earlier(branch, agreed)
        pay(branch, loan_id, 43_556, 5_444)

        terms = settle(branch, loan_id)
        decide(branch, branch.manager, terms["id"])

        assert (terms["terms"]["charge"], terms["terms"]["payoff"]) == ("-27.22", "9537.22")
        assert terms["terms"]["rebate"] == "1222.78"
        assert branch.trial_balance()["4110"] == ("0.00", "27.22")
        assert branch.trial_balance()["1310"] == ("0.00", "0.00")
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_without_a_rebate_in_its_terms_asks_for_the_whole_charge(self, branch: Branch) -> None:
        agreed = so_that_falls_due(declining(MONDAY), 20)
        loan_id = lend_earlier(branch, agreed, terms={"allows_rebate": False})
        pay(branch, loan_id, *agreed.due_by(MONDAY))

        terms = settle(branch, loan_id)["terms"]

        assert (terms["payoff"], terms["rebate"]) == ("6281.00", "0.00")

    def test_happens_once(self, branch: Branch, loan_id: str) -> None:
        first, second = settle(branch, loan_id), settle(branch, loan_id)
        decide(branch, branch.manager, first["id"])

        with pytest.raises(SettledAlready):
            decide(branch, branch.manager, second["id"])
        with pytest.raises(SettledAlready):
            settle(branch, loan_id)
        with pytest.raises(SettledAlready):
            branch.ask(QUOTE_SETTLEMENT, branch.manager, loan_id=loan_id)

    def test_a_request_repeated_is_the_same_one(self, branch: Branch, loan_id: str) -> None:
        request_id = new_id()
        first = settle(branch, loan_id, id=request_id)
        assert settle(branch, loan_id, id=request_id) == first
        decide(branch, branch.manager, request_id)
        decide(branch, branch.manager, request_id)

        again = settle(branch, loan_id, id=request_id)

        assert (again["state"], again["terms"]) == ("approved", first["terms"])
        with pytest.raises(IdConflict):
            settle(branch, loan_id, id=request_id, reason="another one")

    def test_declined_leaves_all_as_it_was(self, branch: Branch, loan_id: str) -> None:
        decide(branch, branch.manager, settle(branch, loan_id)["id"], approve=False)

        assert loan_account(branch) == ("5906.48", False)
        settle(branch, loan_id)

    @pytest.mark.rule("M1")
    @pytest.mark.spoils_the_books("PENDING_IS_NOT_THE_ROWS")
    def test_waits_for_what_is_pending(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)
        with branch.harness.service().books() as books:
            books.ledger.add_pending([PendingDelta(loan_id, incoming=24_200)])

        with pytest.raises(MoneyOnItsWay):
            decide(branch, branch.manager, proposed["id"])
        with pytest.raises(MoneyOnItsWay):
            settle(branch, loan_id)

    def test_at_terms_that_moved_is_asked_anew(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)
        pay(branch, loan_id, 21_474, 2_726)

        with pytest.raises(LoanMoved):
            decide(branch, branch.manager, proposed["id"])
        later = settle(branch, loan_id)
        pass_days(branch, MONDAY + timedelta(days=1))
        with pytest.raises(LoanMoved):
            decide(branch, branch.manager, later["id"])

    @pytest.mark.rule("M8")
    def test_two_people_who_have_no_part_in_it(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)

        with pytest.raises(MakerIsChecker):
            decide(branch, branch.person("branch_manager", "accountant"), proposed["id"])
        kin = replace(branch.manager, excluded_members=(id_of("Rahima"),))
        with pytest.raises(PersonExcluded):
            decide(branch, kin, proposed["id"])
        hers = replace(branch.accountant, excluded_members=(id_of("Rahima"),))
        with pytest.raises(PersonExcluded):
            branch.ask(QUOTE_SETTLEMENT, hers, loan_id=loan_id)

    def test_within_the_limit_on_the_rebate_else_the_area(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)
        (waiting,) = branch.ask(LIST_APPROVALS, branch.manager)["items"]
        assert waiting["facts"]["amount"] == "374.52"

        with pytest.raises(OverLimit):
            decide(branch, limited(branch.manager, "settlement:approve", 37_451), proposed["id"])
        decide(branch, limited(area_manager(branch), "settlement:approve", 37_452), proposed["id"])

        assert loan_account(branch) == ("0.00", True)

    def test_of_another_branch_is_not_there(
        self, branch: Branch, loan_id: str, branches: tuple[Branch, Branch]
    ) -> None:
        with pytest.raises(LoanNotFound):
            branch.ask(QUOTE_SETTLEMENT, branches[1].manager, loan_id=loan_id)


@pytest.mark.rule("M12")
class TestUndoing:
    def test_brings_all_back_on_the_same_day(self, branch: Branch, loan_id: str, book: connection) -> None:
        before = branch.trial_balance()
        proposed = settle(branch, loan_id)
        decide(branch, branch.manager, proposed["id"])

        branch.approve(branch.propose_reversal(proposed["id"], "money_returned"))

        assert loan_account(branch) == ("5906.48", False)
        after = {code: row for code, row in branch.trial_balance().items() if row != ("0.00", "0.00")}
        assert after == {code: row for code, row in before.items() if row != ("0.00", "0.00")}
        assert [told["status"] for told in branch.harness.told(LOAN_CLOSED)] == ["settled", "running"]
        assert branch.harness.told(ENTRY_REVERSED)[-1]["lines"][0]["balance"] == 590_648
        assert invariants.broken(book, invariants.LEDGER) == {}
        decide(branch, branch.manager, settle(branch, loan_id)["id"])
        assert standing(branch, loan_id)["status"] == "settled"

    def test_happens_once_and_in_one_way(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)
        decide(branch, branch.manager, proposed["id"])

        with pytest.raises(NotReversible):
            branch.propose_reversal(proposed["id"], "never_received")
        branch.approve(branch.propose_reversal(proposed["id"], "money_returned"))
        with pytest.raises(AlreadyReversed):
            branch.propose_reversal(proposed["id"], "money_returned")

    def test_not_on_another_day(self, branch: Branch, loan_id: str) -> None:
        proposed = settle(branch, loan_id)
        decide(branch, branch.manager, proposed["id"])
        pass_days(branch, MONDAY + timedelta(days=1))

        with pytest.raises(NotReversible):
            branch.propose_reversal(proposed["id"], "money_returned")


@remembered
def savings_id(branch: Branch) -> str:
    """Rahima's voluntary savings: 7,000 taka, of which 500 should stay."""
    account_id = open_account(branch, "Rahima", "voluntary_savings", floor="500.00")
    deposit(branch, account_id, "7000.00")
    return account_id


@pytest.mark.rule("L7")
class TestSavingsToLoan:
    def test_pay_a_part_without_cash(
        self, branch: Branch, loan_id: str, savings_id: str, book: connection
    ) -> None:
        """The twenty-first week: 27.26 of charge, the rest principal."""
        before = branch.trial_balance()
        proposed = from_savings(branch, loan_id, savings_id, "242.00")
        assert (proposed["charge"], proposed["principal"]) == ("27.26", "214.74")

        decide(branch, branch.manager, proposed["id"])

        after = branch.trial_balance()
        assert after["1110"] == before["1110"]
        assert (after["2120"], after["1310"]) == (("0.00", "6758.00"), ("5691.74", "0.00"))
        (told,) = branch.harness.told(SAVINGS_MOVED_TO_LOAN)
        assert (told["amount"], told["balance"], told["loan_balance"]) == (24_200, 675_800, 569_174)
        assert standing(branch, loan_id)["status"] == "running"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_settle_it_to_the_paisa_with_the_rebate(
        self, branch: Branch, loan_id: str, savings_id: str, book: connection
    ) -> None:
        proposed = from_savings(branch, loan_id, savings_id, None)
        assert (proposed["amount"], proposed["rebate"]) == ("5906.48", "374.52")

        decide(branch, branch.manager, proposed["id"])

        assert loan_account(branch) == ("0.00", True)
        assert branch.trial_balance()["2120"] == ("0.00", "1093.52")
        assert standing(branch, loan_id)["status"] == "settled"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_that_pay_all_of_it_end_it_as_repaid(self, branch: Branch, loan_id: str, savings_id: str) -> None:
        decide(branch, branch.manager, from_savings(branch, loan_id, savings_id, "6281.00")["id"])

        assert standing(branch, loan_id)["status"] == "repaid"
        assert loan_account(branch) == ("0.00", True)

    @pytest.mark.rule("L5")
    def test_of_who_has_died_pay_nothing(self, branch: Branch, loan_id: str, savings_id: str) -> None:
        proposed = from_savings(branch, loan_id, savings_id, "242.00")
        state = branch.member_state("Rahima", "Jhumka") | {"deceased_on": MONDAY.isoformat()}
        branch.harness.hear(MEMBER_CHANGED, state)
        before = branch.trial_balance()

        with pytest.raises(MemberDeceased):
            from_savings(branch, loan_id, savings_id, None)
        with pytest.raises(MemberDeceased):
            decide(branch, branch.manager, proposed["id"])
        assert branch.trial_balance() == before

    def test_give_no_more_than_is_hers_and_free(self, branch: Branch, loan_id: str, savings_id: str) -> None:
        asked = ask_for(branch, savings_id, "6000.00")
        decide(branch, branch.manager, asked["approval_id"])

        with pytest.raises(OverSavings) as refusal:
            from_savings(branch, loan_id, savings_id, "1000.01")
        assert refusal.value.facts == {"withdrawable": "1000.00", "wanted": "1000.01"}
        with pytest.raises(OverTheLoan):
            from_savings(branch, loan_id, savings_id, "6281.01")

    def test_are_hers_and_no_term_deposit(self, branch: Branch, loan_id: str) -> None:
        term = open_account(branch, "Rahima", "term_savings", amount="500.00", months=12)
        deposit(branch, term, "500.00")

        with pytest.raises(WithdrawalNotAllowed):
            from_savings(branch, loan_id, term, "100.00")
        with pytest.raises(AccountNotHers):
            from_savings(branch, loan_id, id_of("savings of Salma"), "100.00")
        with pytest.raises(AccountNotHers):
            from_savings(branch, loan_id, loan_id, "100.00")

    def test_within_the_limit(self, branch: Branch, loan_id: str, savings_id: str) -> None:
        proposed = from_savings(branch, loan_id, savings_id, "242.00")

        with pytest.raises(OverLimit):
            decide(branch, limited(branch.manager, "settlement:approve", 24_199), proposed["id"])

    def test_come_back_the_same_day(
        self, branch: Branch, loan_id: str, savings_id: str, book: connection
    ) -> None:
        proposed = from_savings(branch, loan_id, savings_id, None)
        decide(branch, branch.manager, proposed["id"])

        asked = branch.propose_reversal(proposed["id"], "money_returned", row_id=proposed["id"])
        branch.approve(asked)

        assert loan_account(branch) == ("5906.48", False)
        assert branch.trial_balance()["2120"] == ("0.00", "7000.00")
        assert standing(branch, loan_id)["status"] == "running"
        lines = branch.harness.told(ENTRY_REVERSED)[-1]["lines"]
        assert {line["balance"] for line in lines} == {590_648, 700_000}
        assert invariants.broken(book, invariants.LEDGER) == {}


def test_the_register_tells_what_was_given_away(branch: Branch, loan_id: str) -> None:
    decide(branch, branch.manager, settle(branch, loan_id)["id"])

    listed = branch.ask(LIST_ENDED_LOANS, branch.manager, office_id=branch.id, kind="settled")

    (item,) = listed["items"]
    assert (item["loan_id"], item["member_en"], item["ended_on"]) == (loan_id, "Rahima", "2026-11-23")
    assert (item["lent"], item["principal"], item["rebate"]) == ("10000.00", "5906.48", "374.52")
    waived = branch.ask(LIST_ENDED_LOANS, branch.manager, office_id=branch.id, kind="waived")
    assert waived["items"] == []
    with pytest.raises(LoanEnded):
        from_savings(branch, _repaid(branch), id_of("savings of Salma"), "1.00")


def _repaid(branch: Branch) -> str:
    """A loan of Salma's that her savings have paid in full."""
    loan_id = lend(branch, "Salma", agreed=declining(MONDAY, taka=1_000, count=4))
    deposit(branch, id_of("savings of Salma"), "2000.00")
    total = standing(branch, loan_id)
    whole = float(total["principal"]) + float(total["charge"])
    decide(
        branch,
        branch.manager,
        from_savings(branch, loan_id, id_of("savings of Salma"), f"{whole:.2f}")["id"],
    )
    return loan_id


@pytest.mark.rule("P3", "M11")
def test_the_receipt_says_what_she_put_on_the_counter(branch: Branch, loan_id: str) -> None:
    proposed = settle(branch, loan_id)
    decide(branch, branch.manager, proposed["id"])

    receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=proposed["id"])

    assert (receipt["kind"], receipt["amount"], receipt["balance_after"]) == ("settlement", "5906.00", "0.00")


def test_the_register_shows_an_officer_his_own_members_only(branch: Branch, loan_id: str) -> None:
    decide(branch, branch.manager, settle(branch, loan_id)["id"])
    stranger = branch.person("field_officer", "another officer")

    own, foreign = (
        branch.ask(LIST_ENDED_LOANS, officer, office_id=branch.id)["items"]
        for officer in (branch.officer, stranger)
    )

    assert [item["loan_id"] for item in own] == [loan_id]
    assert foreign == []
