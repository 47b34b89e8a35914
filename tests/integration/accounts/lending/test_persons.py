"""What counts for a person, whoever asks and under whichever code: her loans, and those she stands in for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from accounts.models import loans, members
from contracts.accounts.loan_errors import AnotherLoanRuns, CycleNotServed
from contracts.errors import ServiceError
from tests.support.memory import remembered

if TYPE_CHECKING:
    from tests.support.accounts import Branch
    from tests.support.loan_desk import Lending, Shelf

NID, GUARANTORS_NID = "1990123456", "1985123456"
AT_ONCE = 5


def change(branch: Branch, table: Any, row_id: str, **values: Any) -> None:
    with branch.harness.process.database.transaction() as session:
        session.execute(sa.update(table).where(table.c.id == row_id).values(values))


def rejoin(branch: Branch, samity: str, member: str) -> str:
    """She leaves, as the register writes it, and is admitted again under a new code."""
    change(branch, members, member, status="closed", closed_on=date(2026, 11, 22))
    return str(branch.member(samity, nid=NID)["id"])


def propose_at_once(lending: Lending, wishes: list[dict[str, Any]]) -> list[str]:
    """Let as many officers ask at the same moment, and say how each ended."""
    together = Barrier(len(wishes))

    def asked(wish: dict[str, Any]) -> str:
        together.wait()
        try:
            return str(lending.propose(wish)["state"])
        except ServiceError as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(wishes)) as pool:
        return sorted(pool.map(asked, wishes))


@remembered
def before(branch: Branch, samity: str) -> str:
    return str(branch.member(samity, nid=NID)["id"])


def test_a_loan_of_an_earlier_membership_counts_in_her_cycle(
    branch: Branch, lending: Lending, shelf: Shelf, samity: str, before: str, guarantor: str
) -> None:
    loan = lending.disbursed(lending.wish(before, lending.guarantor(guarantor)))
    change(
        branch, loans, loan, state="ended", ended_on=date(2026, 11, 22), ended_as="repaid", ended_version=2
    )

    again = rejoin(branch, samity, before)

    assert again != before
    assert lending.propose(lending.wish(again, lending.guarantor(guarantor)))["cycle"] == 2
    shelf.offer(last_cycle=1)
    other = lending.wish(again, lending.guarantor(guarantor))
    with pytest.raises(CycleNotServed):
        lending.propose(other)


def test_a_loan_of_an_earlier_membership_that_runs_keeps_her_from_another_and_from_leaving(
    branch: Branch, lending: Lending, samity: str, before: str, guarantor: str
) -> None:
    """Nobody leaves with an open loan; should the books still say so, it is hers under every code."""
    lending.disbursed(lending.wish(before, lending.guarantor(guarantor)))
    again = rejoin(branch, samity, before)

    with pytest.raises(AnotherLoanRuns):
        lending.propose(lending.wish(again, lending.guarantor(guarantor)))
    with branch.harness.service().books() as register:
        assert register.exits.in_hand(again).agreed_loans == 1


def test_who_is_no_member_stands_in_for_no_more_loans_than_may_be_whoever_asks_at_once(
    branch: Branch, lending: Lending, shelf: Shelf, samity: str
) -> None:
    wishes = [
        lending.wish(
            str(branch.member(samity)["id"]), lending.stranger(), people_nids=branch.sealed(GUARANTORS_NID)
        )
        for _ in range(AT_ONCE)
    ]

    ended = propose_at_once(lending, wishes)

    assert ended == ["GUARANTOR_OVER_COMMITTED"] * (AT_ONCE - 2) + ["proposed"] * 2


def test_no_more_of_a_samity_get_loans_in_a_week_than_may_whoever_asks_at_once(
    branch: Branch, lending: Lending, shelf: Shelf, samity: str
) -> None:
    shelf.offer(guarantors=0)
    wishes = [lending.wish(str(branch.member(samity)["id"])) for _ in range(AT_ONCE + 2)]

    assert propose_at_once(lending, wishes) == ["SAMITY_WEEK_FULL"] * 2 + ["proposed"] * AT_ONCE
