"""A provider's statement: every payment once, onto its account, known, or waiting (rule M14)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import NotFound, PersonExcluded
from contracts.transactions.ledger import DEPOSIT_POSTED
from contracts.transactions.lending import LOAN_REPAID
from contracts.transactions.mobile_money import (
    IMPORT_STATEMENT,
    LIST_STATEMENT_LINES,
    MATCH_STATEMENT_LINE,
    RECONCILE_MOBILE_MONEY,
)
from contracts.transactions.mobile_money_errors import (
    AccountTakesNoMoney,
    LineNotWaiting,
    StatementAhead,
    StatementOfAnother,
)
from tests.support.agreed import declining
from tests.support.branch import MONDAY, Branch, id_of, new_id
from tests.support.loans import card, lend, taka
from tests.support.purse import deposit

if TYPE_CHECKING:
    from datetime import date

pytestmark = pytest.mark.rule("M14")

SUNDAY = MONDAY - timedelta(days=1)
RAHIMA = "GS.B001.Rahima.01"
WALLET, SUSPENSE, SAVINGS = "1140", "2230", "2110"


def line(provider_id: str, amount: str, reference: str | None = RAHIMA, on: date = SUNDAY) -> dict[str, Any]:
    said = {"provider_id": provider_id, "paid_on": on.isoformat(), "amount": amount}
    return {**said, "reference": reference, "payer": "*******1234"}


def bring(branch: Branch, *lines: dict[str, Any], actor: Any = None, **more: Any) -> dict[str, Any]:
    """The accountant brings a statement, a second later."""
    branch.harness.watch.advance(timedelta(seconds=1))
    said = {"id": new_id(), "office_id": branch.id, "provider": "bkash", "file_name": "23-11.csv"}
    return branch.ask(IMPORT_STATEMENT, actor or branch.accountant, **{**said, "lines": list(lines), **more})


def waiting(branch: Branch) -> list[dict[str, Any]]:
    found = branch.ask(LIST_STATEMENT_LINES, branch.manager, office_id=branch.id, state="suspense")
    return list(found["items"])


def match(branch: Branch, line_id: str, account_id: str, **more: Any) -> dict[str, Any]:
    said = {"id": line_id, "account_id": account_id, "reason": "she showed the message"}
    return branch.ask(MATCH_STATEMENT_LINE, more.get("actor") or branch.manager, **said)


def day_of(branch: Branch, on: date) -> dict[str, Any]:
    return branch.ask(RECONCILE_MOBILE_MONEY, branch.manager, office_id=branch.id, on=on.isoformat())


def held(branch: Branch) -> dict[str, str]:
    """What wallet, suspense and savings hold, whichever side they stand on."""
    rows = branch.trial_balance()
    return {code: max(rows.get(code, ("0.00", "0.00")), key=float) for code in (WALLET, SUSPENSE, SAVINGS)}


def test_a_payment_is_on_the_account_that_it_names_with_the_providers_date(branch: Branch) -> None:
    answer = bring(branch, line("T1", "500.00"))
    assert (answer["posted"], answer["suspense"], answer["total"]) == (1, 0, "500.00")
    assert held(branch) == {WALLET: "500.00", SUSPENSE: "0.00", SAVINGS: "500.00"}
    (shown,) = branch.passbook("Rahima")["lines"]
    assert (shown["amount"], shown["value_on"]) == ("500.00", SUNDAY.isoformat())
    assert shown["receipt_number"] == "bkash-T1"
    (told,) = branch.harness.told(DEPOSIT_POSTED)
    assert (told["amount"], told["balance"], told["receipt_number"]) == (500_00, 500_00, "bkash-T1")


def test_the_same_statement_again_changes_nothing(branch: Branch) -> None:
    lines = [line("T1", "500.00"), line("T2", "70.00", None)]
    bring(branch, *lines)
    before = held(branch)
    answer = bring(branch, *lines, line("T3", "30.00"))
    assert (answer["repeated"], answer["posted"], answer["suspense"]) == (2, 1, 0)
    assert held(branch) == before | {WALLET: "600.00", SAVINGS: "530.00"}


def test_one_payment_brought_by_four_at_once_is_booked_once(branch: Branch) -> None:
    with ThreadPoolExecutor(4) as together:
        answers = list(together.map(lambda _: bring(branch, line("T1", "500.00")), range(4)))
    assert sorted(answer["posted"] for answer in answers) == [0, 0, 0, 1]
    assert held(branch)[SAVINGS] == "500.00"


def test_the_providers_id_with_another_amount_is_refused_whole(branch: Branch) -> None:
    bring(branch, line("T1", "500.00"))
    with pytest.raises(StatementOfAnother):
        bring(branch, line("T9", "10.00"), line("T1", "501.00"))
    with pytest.raises(StatementOfAnother):
        bring(branch, line("T8", "10.00"), line("T8", "11.00"))
    assert held(branch)[WALLET] == "500.00"


def test_a_day_that_is_not_open_yet_is_not_taken(branch: Branch) -> None:
    with pytest.raises(StatementAhead):
        bring(branch, line("T1", "500.00", on=MONDAY + timedelta(days=1)))


def test_what_the_counter_told_of_is_known_and_not_booked_again(branch: Branch) -> None:
    deposit(branch, id_of("savings of Rahima"), "500.00", paid_by="mobile_money", value_on=SUNDAY.isoformat())
    answer = bring(branch, line("T1", "500.00"))
    assert (answer["known"], answer["posted"]) == (1, 0)
    assert held(branch) == {WALLET: "500.00", SUSPENSE: "0.00", SAVINGS: "500.00"}


def test_a_double_payment_is_hers_twice(branch: Branch) -> None:
    deposit(branch, id_of("savings of Rahima"), "500.00", paid_by="mobile_money", value_on=SUNDAY.isoformat())
    answer = bring(branch, line("T1", "500.00"), line("T2", "500.00"))
    assert (answer["known"], answer["posted"]) == (1, 1)
    assert held(branch)[SAVINGS] == "1000.00"


class TestLoans:
    def test_an_instalment_twice_is_an_advance(self, branch: Branch) -> None:
        loan_id = lend(branch)
        code = card(branch, loan_id)["code"]
        _, principal, charge = declining(MONDAY).rows[0]
        due = taka(principal + charge)
        bring(branch, line("T1", due, code, MONDAY), line("T2", due, code, MONDAY))
        assert card(branch, loan_id)["advance"] == taka(2 * (principal + charge))
        assert [told["receipt_number"] for told in branch.harness.told(LOAN_REPAID)] == [
            "bkash-T1",
            "bkash-T2",
        ]

    def test_more_than_the_rest_waits_for_somebody(self, branch: Branch) -> None:
        loan_id = lend(branch)
        code = card(branch, loan_id)["code"]
        answer = bring(branch, line("T1", "90000.00", code, MONDAY))
        assert answer["suspense"] == 1
        assert [one["why"] for one in waiting(branch)] == ["more_than_the_loan"]

    def test_the_last_of_it_ends_the_loan(self, branch: Branch) -> None:
        loan_id = lend(branch)
        rest = sum(principal + charge for _, principal, charge in declining(MONDAY).rows)
        bring(branch, line("T1", taka(rest), card(branch, loan_id)["code"], MONDAY))
        assert card(branch, loan_id)["status"] == "repaid"


class TestSuspense:
    def test_takes_what_names_no_account_of_the_branch(self, branches: tuple[Branch, Branch]) -> None:
        here, there = branches
        for one in branches:
            one.open_samity(f"Samity {one.code}", active=False)
            one.admit(f"Member {one.code}", f"Samity {one.code}")
            one.open_savings(f"Member {one.code}")
        here.open_day()
        foreign = f"GS.{there.code}.Member {there.code}.01"
        bring(here, line("T1", "10.00", None), line("T2", "20.00", "GS.nobody"), line("T3", "30.00", foreign))
        whys = {one["provider_id"]: one["why"] for one in waiting(here)}
        assert whys == {"T1": "no_account", "T2": "no_account", "T3": "another_branch"}
        assert held(here) == {WALLET: "60.00", SUSPENSE: "60.00", SAVINGS: "0.00"}

    def test_ends_by_hand_with_the_providers_date(self, branch: Branch) -> None:
        bring(branch, line("T1", "40.00", None))
        (one,) = waiting(branch)
        matched = match(branch, one["id"], id_of("savings of Salma"))
        assert (matched["state"], matched["member_en"]) == ("matched", "Salma")
        assert match(branch, one["id"], id_of("savings of Salma")) == matched
        assert held(branch) == {WALLET: "40.00", SUSPENSE: "0.00", SAVINGS: "40.00"}
        (shown,) = branch.passbook("Salma")["lines"]
        assert shown["value_on"] == SUNDAY.isoformat()
        with pytest.raises(LineNotWaiting):
            match(branch, one["id"], id_of("savings of Rahima"))

    def test_of_his_own_waits_for_somebody_else(self, branch: Branch) -> None:
        his = branch.person("accountant", excluded=(id_of("Rahima"),))
        bring(branch, line("T1", "40.00"), actor=his)
        (one,) = waiting(branch)
        assert one["why"] == "own_or_kin"
        theirs = branch.person("branch_manager", excluded=(id_of("Rahima"),))
        with pytest.raises(PersonExcluded):
            match(branch, one["id"], id_of("savings of Rahima"), actor=theirs)

    def test_goes_onto_no_account_of_another_branch(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        there = branches[1]
        there.open_samity("Shefali", active=False)
        there.admit("Nurjahan", "Shefali")
        foreign = there.open_savings("Nurjahan")
        bring(branch, line("T1", "40.00", None))
        (one,) = waiting(branch)
        with pytest.raises(NotFound):
            match(branch, one["id"], foreign)
        with pytest.raises(NotFound):
            match(there, one["id"], foreign)

    def test_goes_onto_no_account_that_is_closed(self, branch: Branch) -> None:
        bring(branch, line("T1", "40.00", None))
        (one,) = waiting(branch)
        account_id = id_of("savings of Salma")
        with branch.harness.service().books() as books:
            books.ledger.close(account_id)
        with pytest.raises(AccountTakesNoMoney):
            match(branch, one["id"], account_id)


class TestOneDay:
    def test_agrees_where_every_row_is_stated(self, branch: Branch) -> None:
        bring(branch, line("T1", "500.00"), line("T2", "70.00", None))
        day = day_of(branch, SUNDAY)
        assert (day["stated"], day["booked"], day["difference"]) == ("570.00", "570.00", "0.00")
        assert (day["suspense"], day["claims"]) == ("70.00", [])

    def test_names_what_no_provider_confirms(self, branch: Branch) -> None:
        value_on = SUNDAY.isoformat()
        told = deposit(
            branch, id_of("savings of Rahima"), "300.00", paid_by="mobile_money", value_on=value_on
        )
        bring(branch, line("T1", "500.00"))
        day = day_of(branch, SUNDAY)
        assert (day["stated"], day["booked"], day["difference"]) == ("500.00", "800.00", "300.00")
        assert [(one["row_id"], one["amount"]) for one in day["claims"]] == [(told["entry_id"], "300.00")]
        branch.approve(branch.propose_reversal(told["entry_id"], "never_received"))
        day = day_of(branch, SUNDAY)
        assert (day["difference"], day["claims"]) == ("0.00", [])
        assert held(branch)[WALLET] == "500.00"
