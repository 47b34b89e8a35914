"""`verify` names a loan that is not what its account and its schedule say (mechanics D5, D6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import invariants
from tests.support.loans import lend, repay

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

SPOILED = {
    "LOAN_IS_NOT_ITS_ACCOUNT": "UPDATE accounts SET closed = true WHERE ledger = '1310'",
    "CHARGE_IS_NOT_THE_LOANS": "UPDATE loans SET charge = 1",
    "SCHEDULE_IS_NOT_THE_LOAN": "UPDATE loans SET principal = principal + 100",
    "SCHEDULE_IN_FORCE_IS_NOT_THERE": "UPDATE loans SET schedule_version = 2",
}


def codes(branch: Branch) -> set[str]:
    with branch.harness.service().books() as books:
        return {fault.code for fault in books.coherence.faults()}


def test_a_book_with_loans_agrees_with_itself(branch: Branch, book: connection) -> None:
    running, ended = lend(branch), lend(branch, "Salma")
    repay(branch, running, "242.00")
    repay(branch, ended, "11121.00")

    assert codes(branch) == set()
    assert invariants.broken(book, invariants.LEDGER) == {}


@pytest.mark.parametrize("fault", SPOILED)
@pytest.mark.spoils_the_books
def test_what_was_spoiled_is_named(branch: Branch, book: connection, fault: str) -> None:
    repay(branch, lend(branch), "242.00")
    with book.cursor() as cursor:
        cursor.execute(SPOILED[fault])
    book.commit()

    assert fault in codes(branch)
