"""Many hands on one loan: it ends once, and no taka is taken or given twice (rules L1, M8)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from contracts.errors import ServiceError
from contracts.transactions.ledger import DECIDE_APPROVAL
from contracts.transactions.lending import LOAN_CLOSED
from tests.support import invariants
from tests.support.agreed import declining
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.endings import from_savings, lend_earlier, pay, settle, so_that_falls_due
from tests.support.loans import standing
from tests.support.memory import remembered
from tests.support.purse import deposit

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg2.extensions import connection

    from tests.support.branch import Branch

AT_ONCE = 6
AGREED = so_that_falls_due(declining(MONDAY), 20)


def outcomes(*deeds: Callable[[], object]) -> list[str]:
    """Do things at once, and say how each ended."""

    def done(deed: Callable[[], object]) -> str:
        try:
            deed()
        except ServiceError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(done, deeds))


@remembered
def loan_id(branch: Branch) -> str:
    loan_id = lend_earlier(branch, AGREED)
    pay(branch, loan_id, *AGREED.due_by(MONDAY))
    return loan_id


def test_is_settled_once_whoever_agrees(branch: Branch, loan_id: str, book: connection) -> None:
    asked = [settle(branch, loan_id)["id"] for _ in range(AT_ONCE)]
    before = branch.trial_balance()["1110"]

    ended = outcomes(
        *(lambda one=one: branch.ask(DECIDE_APPROVAL, branch.manager, id=one, approve=True) for one in asked)
    )

    assert ended == ["SETTLED_ALREADY"] * (AT_ONCE - 1) + ["done"]
    assert len(branch.harness.told(LOAN_CLOSED)) == 1
    after = branch.trial_balance()["1110"]
    assert float(after[0]) - float(before[0]) == 5_906
    assert invariants.broken(book, invariants.LEDGER) == {}


def test_a_request_sent_at_once_is_written_once(branch: Branch, loan_id: str) -> None:
    request_id = new_id()

    ended = outcomes(*([lambda: settle(branch, loan_id, id=request_id)] * AT_ONCE))

    assert ended == ["done"] * AT_ONCE


def test_is_either_settled_or_repaid_further(branch: Branch, loan_id: str, book: connection) -> None:
    """Whoever is first: a payment makes the settlement's terms old, a settlement leaves nothing to pay."""
    asked = settle(branch, loan_id)["id"]

    ended = outcomes(
        lambda: branch.ask(DECIDE_APPROVAL, branch.manager, id=asked, approve=True),
        lambda: pay(branch, loan_id, 21_474, 2_726),
    )

    assert ended in (["LOAN_MOVED", "done"], ["ACCOUNT_CLOSED", "done"])
    status = standing(branch, loan_id)["status"]
    assert status == ("running" if "LOAN_MOVED" in ended else "settled")
    assert invariants.broken(book, invariants.LEDGER) == {}


def test_savings_pay_no_more_than_they_hold(branch: Branch, loan_id: str, book: connection) -> None:
    """600 taka of savings, three requests of 400 and one decider each: one is done."""
    savings = id_of("savings of Rahima")
    deposit(branch, savings, "600.00")
    asked = [from_savings(branch, loan_id, savings, "400.00")["id"] for _ in range(3)]

    ended = outcomes(
        *(lambda one=one: branch.ask(DECIDE_APPROVAL, branch.manager, id=one, approve=True) for one in asked)
    )

    assert ended.count("done") == 1
    assert set(ended) <= {"done", "OVER_SAVINGS", "LOAN_MOVED"}
    assert invariants.broken(book, invariants.LEDGER) == {}
