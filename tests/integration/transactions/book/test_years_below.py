"""The year of all offices below one: agreed to once, closed office by office, resumable (rule M15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import IdConflict, MakerIsChecker
from contracts.transactions.book_errors import MonthEndMissing, YearClosed
from contracts.transactions.ledger import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.transactions.months import CLOSE_MONTH
from contracts.transactions.years import LIST_YEAR_CLOSINGS, PROPOSE_YEAR_CLOSING
from tests.support.bookkeeping import area_manager, book, fund
from tests.support.branch import id_of, new_id
from transactions.batch.duties import TransactionsBatch
from transactions.models.days import holidays
from transactions.operations.book.years_below import close_one
from transactions.verify import faults_in

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M15")
JUNE_30, YEAR = date(2026, 6, 30), "2025-26"
EARNED = {"B001": ("9000.00", "16500.00"), "B002": ("4200.00", "11700.00")}
"""What each branch earns in June; and its fund after that, with 10,000 paid in and 2,500 spent."""


@pytest.fixture
def both(branches: tuple[Branch, Branch]) -> tuple[Branch, Branch]:
    """Two branches on 1 July with their June not closed."""
    watch = branches[0].harness.watch
    watch.advance(datetime(2026, 6, 30, 6, tzinfo=UTC) - watch.now())
    branches[0].post_staff(area_manager(branches[0]), "Area manager")
    with branches[0].harness.service().books() as books:
        books.partitions.make_room(JUNE_30)
    for branch in branches:
        free = {"office_id": branch.id, "name_bn": "ছুটি", "name_en": "Holiday", "version": 1}
        days = [date(2026, 7, number) for number in range(2, 31)]
        with branch.harness.process.database.transaction() as session:
            session.execute(sa.insert(holidays), [free | {"on": day, "id": new_id()} for day in days])
        earned, _ = EARNED[branch.code]
        branch.open_day(JUNE_30)
        fund(branch)
        book(branch, "receipt", ("1110", "debit", earned), ("4410", "credit", earned))
        book(branch, "payment", ("5410", "debit", "2500.00"), ("1110", "credit", "2500.00"))
        branch.count_vault("closing", {"1": int(branch.day()["vault"].removesuffix(".00"))})
        branch.close_day()
    return branches


def accountant_above(branch: Branch) -> Actor:
    return replace(branch.person("accountant", "of the area"), office_id=id_of("A01"), office_path="/HO/A01/")


def close_june(branch: Branch) -> None:
    branch.ask(CLOSE_MONTH, branch.manager, office_id=branch.id, month="2026-06-01")
    branch.harness.take_steps("close_month", by=TransactionsBatch)


def propose(branch: Branch, by: Actor | None = None, **more: Any) -> str:
    asked = {"id": new_id(), "office_id": id_of("A01"), "year": YEAR, "below": True, **more}
    return str(branch.ask(PROPOSE_YEAR_CLOSING, by or accountant_above(branch), **asked)["id"])


def agree(branch: Branch, approval_id: str) -> None:
    branch.ask(DECIDE_APPROVAL, area_manager(branch), id=approval_id, approve=True)


def take_steps(branch: Branch) -> None:
    branch.harness.take_steps("close_year", by=TransactionsBatch)


def fund_of(branch: Branch) -> str:
    return branch.trial_balance()["3110"][1]


def closed(branch: Branch) -> dict[str, str | None]:
    asked = {"office_id": id_of("A01"), "year": YEAR}
    told = branch.ask(LIST_YEAR_CLOSINGS, area_manager(branch), **asked)["items"]
    return {one["name_en"]: one["surplus"] for one in told}


def test_whoever_is_ready_is_closed_and_the_rest_when_it_is_asked_for_again(
    both: tuple[Branch, Branch],
) -> None:
    here, there = both
    close_june(here)
    first = propose(here)
    (waiting,) = here.ask(LIST_APPROVALS, area_manager(here))["items"]
    facts = waiting["facts"]
    assert (facts["year"], facts["offices_ready"], facts["offices_waiting"]) == (YEAR, 1, 1)
    agree(here, first)
    assert closed(here) == {"Office B001": None, "Office B002": None}

    take_steps(here)

    assert closed(here) == {"Office B001": "6500.00", "Office B002": None}
    assert (fund_of(here), fund_of(there)) == (EARNED["B001"][1], "10000.00")
    close_june(there)
    agree(here, propose(here))
    take_steps(here)
    assert closed(here) == {"Office B001": "6500.00", "Office B002": "1700.00"}
    assert (fund_of(here), fund_of(there)) == (EARNED["B001"][1], EARNED["B002"][1])
    with pytest.raises(YearClosed):
        propose(here)
    assert faults_in(here.harness.process) == ()


class PowerCut(Exception):
    """The process is killed before it commits."""


def go_on(branch: Branch, step_id: str, payload: dict[str, str], *, cut: bool = False) -> None:
    with branch.harness.service().books() as books:
        close_one(books, step_id, payload)
        if cut:
            raise PowerCut


def test_killed_or_taken_twice_each_office_is_closed_once(both: tuple[Branch, Branch]) -> None:
    here, there = both
    for branch in both:
        close_june(branch)
    agree(here, propose(here))
    with here.harness.process.database.transaction() as session:
        steps = session.execute(
            sa.text("SELECT id::text, payload FROM steps WHERE kind = 'close_year'")
        ).all()
    assert {payload["office_id"] for _, payload in steps} == {here.id, there.id}
    for step_id, payload in steps:
        with pytest.raises(PowerCut):
            go_on(here, step_id, payload, cut=True)
    assert set(closed(here).values()) == {None}

    take_steps(here)
    for step_id, payload in steps:
        go_on(here, step_id, payload)

    assert closed(here) == {"Office B001": "6500.00", "Office B002": "1700.00"}
    assert (fund_of(here), fund_of(there)) == (EARNED["B001"][1], EARNED["B002"][1])
    assert faults_in(here.harness.process) == ()


def test_what_a_branch_closes_itself_meanwhile_stays_as_it_is(both: tuple[Branch, Branch]) -> None:
    here, _ = both
    close_june(here)
    agree(here, propose(here))
    own = propose(here, here.accountant, office_id=here.id, below=False)
    here.approve(own)

    take_steps(here)

    assert closed(here) == {"Office B001": "6500.00", "Office B002": None}
    assert fund_of(here) == EARNED["B001"][1]


def test_it_is_one_request_of_two_people_for_those_who_are_ready(both: tuple[Branch, Branch]) -> None:
    here, _ = both
    with pytest.raises(MonthEndMissing):
        propose(here)
    close_june(here)
    request_id = new_id()
    assert propose(here, id=request_id) == propose(here, id=request_id)
    with pytest.raises(IdConflict):
        propose(here, id=request_id, year="2024-25")
    with pytest.raises(YearClosed):
        propose(here)
    same = replace(area_manager(here), person_id=accountant_above(here).person_id)
    with pytest.raises(MakerIsChecker):
        here.ask(DECIDE_APPROVAL, same, id=request_id, approve=True)
