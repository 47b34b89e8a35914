"""After a death: what was paid since goes back, and the risk fund bears the rest (rule L5)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from contracts.accounts import MEMBER_CHANGED
from contracts.errors import Forbidden, IdConflict, InvalidPayload, OverLimit
from contracts.transactions.ledger import ENTRY_REVERSED
from contracts.transactions.ledger_errors import InsufficientFunds, NotReversible
from contracts.transactions.lending import LIST_LOANS, LOAN_CLOSED, READ_LOAN
from contracts.transactions.lending_endings import LIST_ENDED_LOANS, QUOTE_WAIVER
from contracts.transactions.lending_endings_errors import NothingPaidAfterDeath, PaidAfterDeath
from contracts.transactions.lending_errors import LoanEnded
from contracts.transactions.mobile_money import IMPORT_STATEMENT
from contracts.transactions.standing import MEMBER_STANDING
from tests.support import invariants
from tests.support.agreed import declining
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.endings import lend_earlier, pay, refund, so_that_falls_due, waive
from tests.support.loans import standing
from tests.support.memory import remembered
from tests.support.purse import area_manager, decide, limited, pass_days, rest_until, withdraw

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L5")
AGREED = so_that_falls_due(declining(MONDAY), 20)


@remembered
def loan_id(branch: Branch) -> str:
    """Example A of Rahima's after twenty instalments: 5,906.48 and 374.52 are left (domain 4.8)."""
    loan_id = lend_earlier(branch, AGREED)
    pay(branch, loan_id, *AGREED.due_by(MONDAY))
    return loan_id


@remembered
def paid_after(branch: Branch, loan_id: str) -> str:
    """The twenty-first instalment, brought by her family two days after her death."""
    pass_days(branch, MONDAY + timedelta(days=2))
    return pay(branch, loan_id, 21_474, 2_726)


class TestWaiving:
    def test_with_the_charge_is_borne_by_the_fund(
        self, branch: Branch, loan_id: str, book: connection
    ) -> None:
        before = branch.trial_balance()
        proposed = waive(branch, loan_id)
        assert proposed["amount"] == "6281.00"

        decide(branch, area_manager(branch), proposed["id"])

        after = branch.trial_balance()
        assert after["2330"] == ("6281.00", "0.00")
        assert after["1310"] == ("0.00", "0.00")
        assert after["4110"] == ("0.00", "1121.00")
        assert after["1110"] == before["1110"]
        assert standing(branch, loan_id)["status"] == "waived"
        assert branch.harness.told(LOAN_CLOSED)[-1]["status"] == "waived"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_of_the_principal_rebates_the_charge(self, branch: Branch, loan_id: str) -> None:
        quote = branch.ask(
            QUOTE_WAIVER, branch.manager, loan_id=loan_id, died_on="2026-11-20", kind="principal_only"
        )
        assert (quote["from_risk_fund"], quote["rebate"]) == ("5906.48", "374.52")

        proposed = waive(branch, loan_id, kind="principal_only", died_on="2026-11-23")
        decide(branch, area_manager(branch), proposed["id"])

        assert branch.trial_balance()["2330"] == ("5906.48", "0.00")
        assert branch.trial_balance()["4110"] == ("0.00", "746.48")
        (item,) = branch.ask(LIST_ENDED_LOANS, branch.manager, office_id=branch.id, kind="waived")["items"]
        assert (item["principal"], item["rebate"], item["evidence"]) == ("5906.48", "374.52", "UP-2026/117")

    def test_is_decided_by_the_area_within_its_limit(self, branch: Branch, loan_id: str) -> None:
        proposed = waive(branch, loan_id)
        other = branch.person("branch_manager", "another manager")

        with pytest.raises(Forbidden):
            decide(branch, other, proposed["id"])
        with pytest.raises(OverLimit):
            decide(branch, limited(area_manager(branch), "loan:approve_change", 628_099), proposed["id"])

    def test_happens_once_and_stands(self, branch: Branch, loan_id: str) -> None:
        request_id = new_id()
        first, second = waive(branch, loan_id, id=request_id), waive(branch, loan_id)
        decide(branch, area_manager(branch), request_id)

        assert waive(branch, loan_id, id=request_id) == first | {"state": "approved"}
        with pytest.raises(IdConflict):
            waive(branch, loan_id, id=request_id, certificate="another one")
        with pytest.raises(LoanEnded):
            decide(branch, area_manager(branch), second["id"])
        with pytest.raises(NotReversible):
            branch.propose_reversal(request_id, "money_returned")

    def test_of_a_death_to_come_is_refused(self, branch: Branch, loan_id: str) -> None:
        with pytest.raises(InvalidPayload):
            waive(branch, loan_id, died_on="2026-11-24")


def test_dues_and_age_stand_still_at_her_death(branch: Branch, loan_id: str) -> None:
    rest_until(branch, MONDAY + timedelta(days=16))
    late = standing(branch, loan_id)
    state = branch.member_state("Rahima", "Jhumka") | {"deceased_on": MONDAY.isoformat()}
    branch.harness.hear(MEMBER_CHANGED, state)

    still = standing(branch, loan_id)

    assert (late["due"], late["days"]) == ("484.00", 9)
    assert (still["on"], still["due"], still["overdue"], still["days"]) == (
        MONDAY.isoformat(),
        "0.00",
        "0.00",
        0,
    )
    (listed,) = branch.ask(LIST_LOANS, branch.manager, member_id=id_of("Rahima"))["items"]
    card = branch.ask(READ_LOAN, branch.manager, loan_id=loan_id)
    for shown in (listed, card):
        assert (shown["due"], shown["days"]) == ("0.00", 0)
    assert (card["next_due_on"], card["next_amount"]) == (None, "0.00")
    told = branch.ask(MEMBER_STANDING, branch.manager, member_id=id_of("Rahima"))
    assert [loan["due"] for loan in told["loans"]] == ["0.00"]


class TestWhatWasPaidAfterwards:
    def test_is_listed_and_stands_in_the_way(self, branch: Branch, loan_id: str, paid_after: str) -> None:
        quote = branch.ask(QUOTE_WAIVER, branch.manager, loan_id=loan_id, died_on=MONDAY.isoformat())

        (payment,) = quote["paid_after"]
        assert (payment["entry_id"], payment["value_on"], payment["amount"]) == (
            paid_after,
            "2026-11-25",
            "242.00",
        )
        with pytest.raises(PaidAfterDeath) as refusal:
            waive(branch, loan_id)
        assert refusal.value.facts == {"payments": 1, "amount": "242.00", "died_on": "2026-11-23"}

    @pytest.mark.usefixtures("paid_after")
    def test_is_paid_back_with_its_own_value_date_then_the_loan_is_waived(
        self, branch: Branch, loan_id: str, book: connection
    ) -> None:
        pass_days(branch, MONDAY + timedelta(days=3))
        before = branch.trial_balance()
        proposed = refund(branch, loan_id)
        assert proposed["amount"] == "242.00"

        decide(branch, branch.manager, proposed["id"])

        after = branch.trial_balance()
        assert float(before["1110"][0]) - float(after["1110"][0]) == 242
        assert after["1310"] == ("5906.48", "0.00")
        (told,) = branch.harness.told(ENTRY_REVERSED)
        assert told["lines"][0]["balance"] == 590_648
        assert (told["business_on"].isoformat(), told["value_on"].isoformat()) == ("2026-11-26", "2026-11-25")
        with pytest.raises(NothingPaidAfterDeath):
            refund(branch, loan_id)
        decide(branch, area_manager(branch), waive(branch, loan_id)["id"])
        assert branch.trial_balance()["2330"] == ("6281.00", "0.00")
        assert invariants.broken(book, invariants.LEDGER) == {}

    @pytest.mark.rule("M14")
    def test_is_found_and_paid_back_though_it_came_by_telephone(self, branch: Branch, loan_id: str) -> None:
        pass_days(branch, MONDAY + timedelta(days=2))
        line = {"provider_id": "T1", "paid_on": "2026-11-25", "amount": "242.00"}
        line["reference"] = branch.ask(READ_LOAN, branch.manager, loan_id=loan_id)["code"]
        said = {"id": new_id(), "office_id": branch.id, "provider": "bkash", "file_name": "25-11.csv"}
        assert branch.ask(IMPORT_STATEMENT, branch.accountant, **said, lines=[line])["posted"] == 1

        quote = branch.ask(QUOTE_WAIVER, branch.manager, loan_id=loan_id, died_on=MONDAY.isoformat())
        assert [payment["amount"] for payment in quote["paid_after"]] == ["242.00"]
        decide(branch, branch.manager, refund(branch, loan_id)["id"])

        assert branch.trial_balance()["1310"] == ("5906.48", "0.00")

    @pytest.mark.usefixtures("paid_after")
    def test_is_paid_from_what_the_vault_holds(self, branch: Branch, loan_id: str) -> None:
        proposed = refund(branch, loan_id)
        held = branch.trial_balance()["1110"][0]
        withdraw(branch, id_of("savings of Fatema"), held)

        with pytest.raises(InsufficientFunds):
            decide(branch, branch.manager, proposed["id"])
