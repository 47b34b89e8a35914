"""The age that tables tell in sets is the one that the rules tell of a single loan (domain 4.9, D5, D6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.lending_words import Split
from tests.support.loan_book import LENT_BY_HAND, LoanBook, once, weekly
from transactions.domain.lending.payments import allocate
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.lending.standing import charge_in_advance, standing_of

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = LENT_BY_HAND

FIRST = date(2026, 3, 1)
TAKA = 100


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule: uneven days and amounts, instalments of nothing but charge, flat and declining."""
    gaps = draw(st.lists(st.integers(1, 40), min_size=1, max_size=12))
    days = [FIRST + timedelta(days=sum(gaps[: n + 1])) for n in range(len(gaps))]
    parts = draw(
        st.lists(
            st.tuples(st.integers(0, 90_000), st.integers(0, 9_000)), min_size=len(gaps), max_size=len(gaps)
        )
    )
    parts[-1] = (parts[-1][0] + TAKA, parts[-1][1])
    split = draw(st.sampled_from(Split))
    rows = [(on, Amounts(Paisa(p), Paisa(c))) for on, (p, c) in zip(days, parts, strict=True)]
    return Schedule.of_rows(FIRST - timedelta(days=15), split, rows)


PAYMENTS = st.lists(st.tuples(st.integers(1, 150_000), st.dates(FIRST, date(2026, 11, 20))), max_size=5)
DATES = st.lists(st.dates(FIRST - timedelta(days=20), date(2026, 11, 23)), min_size=1, max_size=6)


@pytest.mark.rule("L1")
def test_is_what_the_rules_say_of_a_single_loan_on_any_day(book: LoanBook) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(schedule=schedules(), payments=PAYMENTS, dates=DATES)
    def holds(schedule: Schedule, payments: list[tuple[int, date]], dates: list[date]) -> None:
        loan_id = book.lend(schedule)
        pay_as_it_comes(book, loan_id, payments)
        for on in dates:
            compare(book, loan_id, on)

    holds()


def pay_as_it_comes(book: LoanBook, loan_id: str, payments: list[tuple[int, date]]) -> None:
    """Pay in any order of value dates, each told apart as the rules do."""
    paid = Amounts()
    for amount, on in payments:
        part = allocate(book.schedules[loan_id], paid, Paisa(amount)).loan
        if part.total:
            book.pay(loan_id, part, on)
            paid = paid + part


def compare(book: LoanBook, loan_id: str, on: date) -> None:
    schedule = book.schedules[loan_id]
    found = ages_of(book, [loan_id], on)
    if on < schedule.begins_on:
        assert found == {}
        return
    paid = book.paid_by(loan_id, on)
    told, age = standing_of(schedule, paid, on), found[loan_id]
    assert (age.outstanding, age.overdue, age.oldest_unpaid_on, age.days, age.charge_advance) == (
        told.outstanding,
        told.overdue_principal,
        told.oldest_unpaid_on,
        told.days,
        charge_in_advance(schedule, paid.charge, on),
    )


def ages_of(book: LoanBook, loan_ids: list[str], on: date) -> dict[str, Any]:
    with book.branch.harness.service().books() as books:
        return dict(books.ageing.ages(loan_ids, on))


def test_of_an_earlier_day_counts_the_schedule_that_was_in_force_then(book: LoanBook) -> None:
    """A holiday that was declared later makes no loan younger behind its back (rule L3)."""
    hundred = Amounts(Paisa(100_00), Paisa(10_00))
    loan_id = book.lend(weekly(date(2026, 9, 1), 4, hundred))
    book.replace(loan_id, 2, weekly(date(2026, 10, 1), 4, hundred), recorded_on=date(2026, 9, 20))

    before, after = (ages_of(book, [loan_id], date(2026, 9, day))[loan_id] for day in (19, 21))

    assert (before.days, before.overdue) == (18, 300_00)
    assert (after.days, after.overdue) == (0, 0)


def test_of_an_earlier_day_does_not_know_what_was_paid_later(book: LoanBook, branch: Branch) -> None:
    loan_id = book.lend(once(date(2026, 6, 10), 1000_00))
    book.pay(loan_id, Amounts(Paisa(1000_00)), date(2026, 7, 5))
    book.end(loan_id, branch_day(branch))

    then, later = (ages_of(book, [loan_id], on)[loan_id] for on in (date(2026, 6, 30), date(2026, 7, 5)))

    assert (then.outstanding, then.days) == (1000_00, 20)
    assert (later.outstanding, later.days) == (0, 0)


def branch_day(branch: Branch) -> date:
    return date.fromisoformat(branch.day()["on"])
