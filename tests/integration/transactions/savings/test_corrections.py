"""An earlier day is put right by one request, today in the books, with its own value date (rule M13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, OverLimit, PersonExcluded
from contracts.transactions.ledger import PROPOSE_REVERSAL
from contracts.transactions.ledger_errors import NotReversible
from contracts.transactions.savings import CORRECTION_POSTED, PROPOSE_CORRECTION
from contracts.transactions.savings_errors import AlreadyCorrected, NotCorrectable
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.purse import area_manager, ask_for, decide, deposit, limited, pass_days, withdraw

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M13")

TUESDAY = date(2026, 11, 24)
RAHIMA, SALMA = (id_of(f"savings of {name}") for name in ("Rahima", "Salma"))


def propose(branch: Branch, entry_id: str, **more: Any) -> str:
    request = {
        "id": new_id(),
        "from": {"entry_id": entry_id},
        "to_account_id": SALMA,
        "reason": "written on her sister's page",
        "evidence": "both passbooks",
        **more,
    }
    return str(branch.ask(PROPOSE_CORRECTION, branch.accountant, **request)["id"])


def wrong_deposit(branch: Branch, amount: str = "150.00") -> str:
    """Put money onto Rahima's account that is Salma's, and let the day pass."""
    entry_id = str(deposit(branch, RAHIMA, amount)["entry_id"])
    pass_days(branch, TUESDAY)
    return entry_id


def line_of(branch: Branch, name: str, status: str) -> dict[str, Any]:
    lines: list[dict[str, Any]] = branch.passbook(name)["lines"]
    (line,) = (line for line in lines if line["status"] == status)
    return line


class TestTheMoney:
    def test_goes_to_the_right_account_without_touching_cash(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)

        branch.approve(propose(branch, entry_id))

        assert (branch.balance_of("Rahima"), branch.balance_of("Salma")) == ("0.00", "150.00")
        assert branch.trial_balance()["1110"] == ("150.00", "0.00")

    @pytest.mark.rule("M2")
    def test_stands_on_todays_page_with_the_day_on_which_it_was_received(self, branch: Branch) -> None:
        branch.approve(propose(branch, wrong_deposit(branch)))

        for name in ("Rahima", "Salma"):
            line = line_of(branch, name, "reversal")
            assert (line["business_on"], line["value_on"]) == (TUESDAY.isoformat(), MONDAY.isoformat())

    def test_may_be_a_part_of_the_row(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)

        branch.approve(propose(branch, entry_id, amount="40.00"))

        assert (branch.balance_of("Rahima"), branch.balance_of("Salma")) == ("110.00", "40.00")

    def test_is_no_more_than_the_row_says(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)

        with pytest.raises(InvalidPayload):
            propose(branch, entry_id, amount="150.01")

    def test_that_was_spent_already_is_a_debt_of_whoever_took_it(self, branch: Branch) -> None:
        """Never a negative balance: Salma has all of hers, Rahima keeps what is not there to take."""
        deposit(branch, RAHIMA, "50.00")
        entry_id = wrong_deposit(branch)
        withdraw(branch, RAHIMA, "120.00")

        branch.approve(propose(branch, entry_id))

        assert (branch.balance_of("Rahima"), branch.balance_of("Salma")) == ("0.00", "150.00")
        assert branch.trial_balance()["1210"] == ("70.00", "0.00")
        (told,) = branch.harness.told(CORRECTION_POSTED)
        assert told["owed_by_staff"] == 7_000

    def test_that_is_promised_is_not_taken_back(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)
        decide(branch, branch.manager, ask_for(branch, RAHIMA, "100.00")["approval_id"])

        branch.approve(propose(branch, entry_id))

        assert branch.balance_of("Rahima") == "100.00"
        assert branch.trial_balance()["1210"] == ("100.00", "0.00")

    def test_that_was_never_received_belongs_to_nobody_yet(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)

        branch.approve(propose(branch, entry_id, to_account_id=None))

        assert branch.balance_of("Rahima") == "0.00"
        assert branch.trial_balance()["2220"] == ("0.00", "150.00")


class TestBothMembers:
    def test_are_told_with_the_receipt_that_the_first_one_holds(self, branch: Branch) -> None:
        receipt = deposit(branch, RAHIMA, "150.00")
        pass_days(branch, TUESDAY)

        branch.approve(propose(branch, str(receipt["entry_id"])))

        (told,) = branch.harness.told(CORRECTION_POSTED)
        assert {(line["member_id"], line["direction"], line["balance"]) for line in told["lines"]} == {
            (id_of("Rahima"), "withdrawal", 0),
            (id_of("Salma"), "deposit", 15_000),
        }
        assert told["first_receipt"] == receipt["receipt_number"]
        assert (told["business_on"], told["value_on"]) == (TUESDAY, MONDAY)

    def test_are_told_even_if_one_has_nothing_left(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)
        withdraw(branch, RAHIMA, "150.00")

        branch.approve(propose(branch, entry_id))

        (told,) = branch.harness.told(CORRECTION_POSTED)
        assert {line["member_id"] for line in told["lines"]} == {id_of("Rahima"), id_of("Salma")}

    def test_keep_both_lines_and_their_link(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)

        correction_id = propose(branch, entry_id)
        branch.approve(correction_id)

        done, undone = line_of(branch, "Rahima", "reversed"), line_of(branch, "Rahima", "reversal")
        received = line_of(branch, "Salma", "reversal")
        assert done["related_line_id"] == undone["line_id"]
        assert undone["related_line_id"] == received["related_line_id"] == done["line_id"]
        assert undone["reason"] == "written on her sister's page"


class TestWhoDecides:
    def test_an_amount_above_the_managers_limit_is_for_the_area(self, branch: Branch) -> None:
        approval_id = propose(branch, wrong_deposit(branch))

        with pytest.raises(OverLimit):
            decide(branch, limited(branch.manager, "correction:approve", 14_999), approval_id)
        decide(branch, area_manager(branch), approval_id)

        assert branch.balance_of("Salma") == "150.00"

    def test_across_months_only_the_area_does(self, branch: Branch) -> None:
        entry_id = str(deposit(branch, RAHIMA, "150.00")["entry_id"])
        pass_days(branch, date(2026, 12, 1))
        approval_id = propose(branch, entry_id)

        with pytest.raises(Forbidden):
            decide(branch, branch.manager, approval_id)
        decide(branch, area_manager(branch), approval_id)

        assert branch.balance_of("Salma") == "150.00"

    @pytest.mark.rule("M8")
    def test_whoever_asked_does_not(self, branch: Branch) -> None:
        approval_id = propose(branch, wrong_deposit(branch))

        with pytest.raises(MakerIsChecker):
            decide(branch, branch.person("branch_manager", "accountant"), approval_id)

    @pytest.mark.rule("M8")
    @pytest.mark.parametrize("kin", ["Rahima", "Salma"])
    def test_nobody_handles_money_of_his_kin(self, branch: Branch, kin: str) -> None:
        approval_id = propose(branch, wrong_deposit(branch))

        with pytest.raises(PersonExcluded):
            decide(branch, replace(branch.manager, excluded_members=(id_of(kin),)), approval_id)


class TestOnce:
    def test_a_row_is_put_right_once(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)
        approval_id = propose(branch, entry_id)

        with pytest.raises(AlreadyCorrected):
            propose(branch, entry_id)
        branch.approve(approval_id)
        with pytest.raises(AlreadyCorrected):
            propose(branch, entry_id)

    def test_a_request_repeated_is_the_same_one(self, branch: Branch) -> None:
        entry_id, request_id = wrong_deposit(branch), new_id()

        assert propose(branch, entry_id, id=request_id) == propose(branch, entry_id, id=request_id)
        with pytest.raises(IdConflict):
            propose(branch, entry_id, id=request_id, amount="10.00")

    def test_a_declined_request_may_be_made_anew(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)
        branch.decline(propose(branch, entry_id))

        branch.approve(propose(branch, entry_id))

        assert branch.balance_of("Salma") == "150.00"

    def test_a_correction_is_not_corrected(self, branch: Branch) -> None:
        correction_id = propose(branch, wrong_deposit(branch))
        branch.approve(correction_id)
        pass_days(branch, date(2026, 11, 25))

        with pytest.raises(NotCorrectable) as refusal:
            propose(branch, correction_id, **{"from": {"entry_id": correction_id, "row_id": correction_id}})
        assert refusal.value.facts == {"why": "IS_A_CORRECTION"}


class TestWhatIsNotCorrected:
    def test_a_row_of_today_has_its_own_way(self, branch: Branch) -> None:
        entry_id = str(deposit(branch, RAHIMA, "150.00")["entry_id"])

        with pytest.raises(NotCorrectable) as refusal:
            propose(branch, entry_id)
        assert refusal.value.facts == {"why": "SAME_DAY"}

    def test_a_row_of_an_earlier_day_has_no_same_day_way(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)
        words = {"reason": "ভুল হিসাব", "evidence": "her thumb"}

        with pytest.raises(NotReversible):
            branch.ask(
                PROPOSE_REVERSAL,
                branch.accountant,
                id=new_id(),
                entry_id=entry_id,
                kind="money_returned",
                **words,
            )

    def test_money_paid_out_is_not_money_received(self, branch: Branch) -> None:
        deposit(branch, RAHIMA, "150.00")
        paid = withdraw(branch, RAHIMA, "100.00")
        pass_days(branch, TUESDAY)

        with pytest.raises(NotCorrectable):
            propose(branch, paid["entry_id"])

    def test_a_closed_account_is_not_the_right_one(self, branch: Branch) -> None:
        entry_id = wrong_deposit(branch)
        with branch.harness.service().books() as books:
            books.ledger.close(SALMA)

        with pytest.raises(InvalidPayload):
            propose(branch, entry_id)
