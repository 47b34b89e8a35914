"""The snapshot of a month: each figure counted again, once for ever, killed anywhere (M15, domain §6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import NotFound
from contracts.money import Paisa
from contracts.transactions.ledger import TRIAL_BALANCE
from contracts.transactions.months import CLOSE_MONTH
from contracts.transactions.snapshots import READ_MONTH_SNAPSHOT
from tests.support.branch import id_of
from tests.support.kept_books import head_office
from tests.support.loan_book import LoanBook, weekly
from tests.support.memory import remembered
from tests.support.purse import deposit, pass_days, work_on_few_days
from tests.support.recomputed_books import taka
from tests.support.recomputed_snapshots import loans_of, savings_of
from transactions.batch.duties import TransactionsBatch
from transactions.domain.lending.schedules import Amounts
from transactions.models.snapshots import DUES, loan_months, snapshots
from transactions.operations.snapshots import advance_snapshot

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M15")
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
TOLD = ("opening", "recovered_principal", "recovered_charge", "outstanding", *DUES)
EACH = Amounts(Paisa(500_00), Paisa(60_00))


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.open_day()
    work_on_few_days(here, date(2027, 2, 1))
    return here


@remembered
def lived(branch: Branch) -> Branch:
    """Two months: one who pays in time, one who is late and catches up, one who pays ahead."""
    book = LoanBook(branch)
    loans = {
        name: book.lend(weekly(first, 10, EACH), name)
        for name, first in (
            ("Rahima", date(2026, 11, 9)),
            ("Salma", date(2026, 11, 2)),
            ("Fatema", date(2026, 11, 16)),
        )
    }
    for name in loans:
        deposit(branch, id_of(f"savings of {name}"), "1000.00")
    _pay(book, loans["Rahima"], 3, date(2026, 11, 23))
    _pay(book, loans["Fatema"], 6, date(2026, 11, 23))
    pass_days(branch, date(2026, 12, 1))
    _end(branch, NOVEMBER)
    _pay(book, loans["Rahima"], 5, date(2026, 12, 1))
    _pay(book, loans["Salma"], 4, date(2026, 12, 1))
    _pay(book, loans["Salma"], 2, date(2026, 12, 1))
    deposit(branch, id_of("savings of Salma"), "250.00")
    pass_days(branch, date(2027, 1, 1))
    _end(branch, DECEMBER)
    return branch


def _pay(book: LoanBook, loan_id: str, instalments: int, on: date) -> None:
    book.pay(loan_id, Amounts(Paisa(500_00 * instalments), Paisa(60_00 * instalments)), on)


def _end(branch: Branch, month: date) -> None:
    branch.ask(CLOSE_MONTH, branch.manager, office_id=branch.id, month=month.isoformat())
    branch.harness.take_steps("close_month", by=TransactionsBatch)


def snapshot(branch: Branch, month: date, office: str | None = None) -> dict[str, Any]:
    asked = {"office_id": office or branch.id, "month": month.isoformat()}
    return branch.ask(READ_MONTH_SNAPSHOT, head_office(), **asked)


def test_every_loan_is_what_its_instalments_and_postings_say(lived: Branch) -> None:
    for month in (NOVEMBER, DECEMBER):
        expected = loans_of(lived, month)

        with lived.harness.service().books() as books:
            query = sa.select(loan_months).where(loan_months.c.month == month)
            rows = books.work.session.execute(query).mappings().all()
        assert {
            row["loan_id"]: {name: row[name] for name in TOLD if name not in {"adjusted", "advance"}}
            for row in rows
        } == {
            loan: {name: told[name] for name in TOLD if name not in {"adjusted", "advance"}}
            for loan, told in expected.items()
        }
        assert all(row["adjusted"] == 0 for row in rows)


def test_the_figures_of_a_branch_are_the_sums_and_those_of_its_book(lived: Branch) -> None:
    for month in (NOVEMBER, DECEMBER):
        told, expected = snapshot(lived, month), loans_of(lived, month)

        (loans,) = told["loans"]
        for name in ("opening", "recovered_principal", "outstanding", "recoverable", "due_recovered", "due"):
            assert loans[name] == taka(sum(one[name] for one in expected.values())), name
        (savings,) = told["savings"]
        counted = savings_of(lived, month)
        for name in ("opening", "deposited", "withdrawn", "interest", "closing"):
            assert savings[name] == taka(counted[name]), name
        balance = lived.ask(TRIAL_BALANCE, lived.manager, office_id=lived.id, on=told["until"])
        book = {row["code"]: row for row in balance["rows"]}
        assert loans["outstanding"] == book["1310"]["debit"]
    assert (told["branches"], told["loans"][0]["borrowers"]) == (1, 3)
    assert told["members"] == [{"sex": "female", "members": 3, "admitted": 0, "borrowers": 3, "savers": 3}]


def test_a_month_opens_with_what_the_one_before_closed(lived: Branch) -> None:
    before, after = snapshot(lived, NOVEMBER), snapshot(lived, DECEMBER)

    assert after["loans"][0]["opening"] == before["loans"][0]["outstanding"]
    assert after["loans"][0]["opening_due"] == before["loans"][0]["due"]
    assert after["loans"][0]["opening_advance"] == before["loans"][0]["advance"]
    assert after["savings"][0]["opening"] == before["savings"][0]["closing"]


def test_interest_counts_in_the_month_for_which_it_is_credited(lived: Branch) -> None:
    told = snapshot(lived, DECEMBER)["savings"][0]

    assert told["interest"] != "0.00"
    assert told["interest"] == lived.trial_balance()["5110"][0]


def test_an_institution_is_the_sum_of_its_branches_that_are_done(lived: Branch) -> None:
    assert snapshot(lived, DECEMBER, id_of("HO"))["loans"] == snapshot(lived, DECEMBER)["loans"]
    assert snapshot(lived, date(2027, 1, 1), id_of("HO"))["branches"] == 0


def test_a_snapshot_that_is_whole_stays_as_it_is(lived: Branch) -> None:
    whole = snapshot(lived, DECEMBER)
    with lived.harness.service().books() as books:
        assert advance_snapshot(books, lived.id, DECEMBER)

    assert snapshot(lived, DECEMBER) == whole


class PowerCut(Exception):
    """The process is killed before it commits."""


def go_on(branch: Branch, *, cut: bool = False) -> bool:
    with branch.harness.service().books() as books:
        done = advance_snapshot(books, branch.id, NOVEMBER, limit=1)
        if cut:
            raise PowerCut
    return done


def test_a_snapshot_goes_on_loan_by_loan_after_a_crash(branch: Branch) -> None:
    book = LoanBook(branch)
    for name in ("Rahima", "Salma", "Fatema"):
        book.lend(weekly(date(2026, 11, 9), 10, EACH), name)
    pieces, done = 0, False
    while not done:
        with pytest.raises(PowerCut):
            go_on(branch, cut=True)
        done = go_on(branch)
        pieces += 1

    told = snapshot(branch, NOVEMBER)
    assert (pieces, told["loans"][0]["loans"], told["loans"][0]["outstanding"]) == (6, 3, "15000.00")
    with branch.harness.service().books() as books:
        assert books.work.session.execute(sa.select(snapshots.c.done)).scalar_one() == 3


def test_another_branch_does_not_find_it(lived: Branch, branches: tuple[Branch, Branch]) -> None:
    with pytest.raises(NotFound):
        lived.ask(READ_MONTH_SNAPSHOT, branches[1].manager, office_id=lived.id, month=NOVEMBER.isoformat())
