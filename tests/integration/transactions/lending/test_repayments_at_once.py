"""Two counters at once for one loan: each payment is in once or refused, never doubled nor over the rest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from contracts.errors import ServiceError
from contracts.transactions.lending import LOAN_CLOSED, LOAN_REPAID, POST_REPAYMENT
from tests.support import invariants
from tests.support.agreed import declining
from tests.support.branch import MONDAY, new_id
from tests.support.loans import lend, standing, taka

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

pytestmark = [pytest.mark.rule("L1"), pytest.mark.rule("M11")]
WHOLE = 11_121
"""Example A, principal and charge in taka."""


def at_once(branch: Branch, loan_id: str, *payments: tuple[str, int]) -> list[str]:
    """Let a counter each take a payment, by entry id and taka, at the same moment; say how each ended."""
    together = Barrier(len(payments))

    def taken(payment: tuple[str, int]) -> str:
        entry_id, amount = payment
        said = {"entry_id": entry_id, "loan_id": loan_id, "amount": f"{amount}.00", "paid_by": "self"}
        together.wait()
        try:
            branch.ask(POST_REPAYMENT, branch.accountant, **said)
        except ServiceError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(payments)) as pool:
        return sorted(pool.map(taken, payments))


def paid(branch: Branch, loan_id: str) -> tuple[str, str]:
    shown = standing(branch, loan_id)
    return shown["paid_principal"], shown["paid_charge"]


def test_parts_of_a_loan_are_both_in_and_told_apart_like_their_sum(branch: Branch, book: connection) -> None:
    loan_id = lend(branch)
    vault = Decimal(branch.trial_balance()["1110"][0])

    ended = at_once(branch, loan_id, (new_id(), 300), (new_id(), 700))

    assert ended == ["done", "done"]
    principal, charge = declining(MONDAY).told_apart(1_000_00)
    assert paid(branch, loan_id) == (taka(principal), taka(charge))
    assert Decimal(branch.trial_balance()["1110"][0]) - vault == 1_000
    assert invariants.broken(book, invariants.LEDGER) == {}


def test_the_rest_brought_twice_is_taken_once_and_the_other_refused_with_a_reason(
    branch: Branch, book: connection
) -> None:
    loan_id = lend(branch)
    vault = Decimal(branch.trial_balance()["1110"][0])

    ended = at_once(branch, loan_id, (new_id(), WHOLE), (new_id(), WHOLE))

    assert ended == ["LOAN_ENDED", "done"]
    assert paid(branch, loan_id) == ("10000.00", "1121.00")
    assert (standing(branch, loan_id)["status"], branch.balance_of("Rahima")) == ("repaid", "0.00")
    assert len(branch.harness.told(LOAN_CLOSED)) == 1
    assert Decimal(branch.trial_balance()["1110"][0]) - vault == WHOLE
    assert invariants.broken(book, invariants.LEDGER) == {}


def test_what_both_bring_over_the_rest_is_hers_and_not_the_loans(branch: Branch, book: connection) -> None:
    """6,000 twice for 11,121: whoever is second pays the rest of it, and 879 taka go to her savings."""
    loan_id = lend(branch)

    ended = at_once(branch, loan_id, (new_id(), 6_000), (new_id(), 6_000))

    assert ended == ["done", "done"]
    assert paid(branch, loan_id) == ("10000.00", "1121.00")
    assert (standing(branch, loan_id)["status"], branch.balance_of("Rahima")) == ("repaid", "879.00")
    assert invariants.broken(book, invariants.LEDGER) == {}


def test_one_payment_sent_by_two_at_once_is_in_once(branch: Branch, book: connection) -> None:
    loan_id, entry_id = lend(branch), new_id()

    ended = at_once(branch, loan_id, *([(entry_id, 242)] * 4))

    assert ended == ["done"] * 4
    assert paid(branch, loan_id) == ("195.85", "46.15")
    assert len(branch.harness.told(LOAN_REPAID)) == 1
    assert invariants.broken(book, invariants.LEDGER) == {}
