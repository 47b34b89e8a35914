"""Closing months: one order, one deed for a branch or all below an office, resumable at any point (M15)."""

from collections.abc import Callable, Mapping
from datetime import date

from contracts.money import Paisa
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from contracts.transactions.month_errors import NoBranchWorked
from contracts.transactions.month_words import MonthStage, MonthState
from transactions.domain.days import Missing, first_of_month
from transactions.domain.month_ends import (
    STAGES,
    InTransit,
    MonthEnd,
    end_of,
    missing_of_days,
    require_month_ready,
)
from transactions.domain.savings.runs import InterestRun
from transactions.operations import class_runs, interest
from transactions.operations.snapshots import advance_snapshot
from transactions.repository import Books
from transactions.repository.scope import Scope

CLOSE_MONTH_STEP = "close_month"
"""The step that the batch process takes, one a branch."""


def close_month(books: Books, office_id: str, month: date) -> tuple[str, ...]:
    """Take on the end of a month for every branch of an office that worked; the batch process does the rest.

    A branch is told at once what is missing. Above branches, those that are not ready wait with their list,
    and go on when it is asked for again: nobody waits for the slowest.

    Returns:
        The branches.

    Raises:
        NotFound: the office is not in the caller's scope.
        NoBranchWorked: none of them had a business day by then.
        MonthNotReady: it is one branch, and something is missing.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    first = first_of_month(month)
    branches = books.months.branches(office.path, first)
    if not branches:
        raise NoBranchWorked(month=f"{first:%Y-%m}")
    if branches == (office.id,):
        require_month_ready(first, missing(books, office.id, first))
    for month_end in books.months.ask(branches, first):
        books.work.plan(CLOSE_MONTH_STEP, books.work.new_id(), {"month_end": month_end})
    books.work.audit("close_month", "office", office.id, {"month": first.isoformat()})
    return branches


def missing_now(books: Books, office_id: str, month: date) -> tuple[Missing, ...]:
    """Return everything that is missing, for a caller who asks about a branch.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    return missing(books, office.id, first_of_month(month))


def missing(books: Books, office_id: str, month: date) -> tuple[Missing, ...]:
    """Return everything that stands between a branch's month and its end; none once it is closed.

    Args:
        books: The books.
        office_id: The branch.
        month: The first day of the month.
    """
    if books.months.closed_of([(office_id, month)]):
        return ()
    signed = books.months.signed_for(office_id, month)
    return (
        *missing_of_days(
            month, books.days.newest(office_id), books.months.before_is_closed(office_id, month)
        ),
        *(each.missing for each in in_transit(books, office_id, month) if each.id not in signed),
    )


def in_transit(books: Books, office_id: str, month: date) -> tuple[InTransit, ...]:
    """Return late sheets and money without an account: what the area may sign for."""
    through = end_of(month)
    return (
        *books.collection.late_sheets(office_id, through),
        *books.months.receipts_open(office_id, through),
    )


def advance(books: Books, month_end: str) -> bool:
    """Do the next piece of a month-end in one transaction; after a crash it goes on where it was.

    The month is locked, then the branch's day, then what its stage needs (mechanics D4).

    Returns:
        Whether there is more to do.

    Raises:
        DayNotOpen, DayIsClosing: nothing can be booked just now; it is tried again.
    """
    month = books.months.lock(month_end)
    if month is None or month.state is not MonthState.RUNNING:
        return False
    stage = STAGES[month.done + 1]
    if stage is MonthStage.CLOSED:
        return _close(books, month)
    if _WORK[stage](books, month):
        books.months.reach(month, stage)
        return True
    return stage is not MonthStage.READY


def _look(books: Books, month: MonthEnd) -> bool:
    """Let a month go on when nothing is missing; else it waits."""
    if missing(books, month.office_id, month.month):
        books.months.wait(month)
        return False
    return True


def _provide(books: Books, month: MonthEnd) -> bool:
    return _count_interest(books, month, InterestRunKind.PROVISION)


def _credit(books: Books, month: MonthEnd) -> bool:
    return _count_interest(books, month, InterestRunKind.POSTING)


def _count_interest(books: Books, month: MonthEnd, kind: InterestRunKind) -> bool:
    """Carry on with the month's run of a kind, whoever asked for it; tells whether it is finished."""
    run = InterestRun(
        id=books.work.new_id(),
        office_id=month.office_id,
        kind=kind,
        month=month.month,
        state=InterestRunState.RUNNING,
        asked_by=month.asked_by,
        asked_at=books.work.now,
    )
    standing = books.interest.standing(run.office_id, run.kind, run.month)
    if standing is None:
        books.interest.ask(run)
        standing = run
    if standing.state is InterestRunState.FINISHED:
        return True
    interest.advance(books, standing.id)
    return False


def _class(books: Books, month: MonthEnd) -> bool:
    """Carry on with the month's classes; where a later month was classed, they are not restated."""
    standing = books.classes.of_month(month.office_id, month.month)
    if standing is None:
        newest = books.classes.newest_month(month.office_id)
        if newest is not None and newest > month.month:
            return True
        standing = class_runs.new_run(
            books, books.work.new_id(), month.office_id, month.month, month.asked_by
        )
        books.classes.ask(standing)
    if standing.is_finished:
        return True
    class_runs.advance(books, standing.id)
    return False


def _sum(books: Books, month: MonthEnd) -> bool:
    return advance_snapshot(books, month.office_id, month.month)


def _close(books: Books, month: MonthEnd) -> bool:
    """Close the month while nobody posts, so that nothing is valued into it between the look and the mark."""
    newest = books.days.newest(month.office_id)
    if newest is not None:
        books.days.lock(month.office_id, newest.on)
    if not _look(books, month):
        return False
    amount = Paisa(sum(each.amount for each in in_transit(books, month.office_id, month.month)))
    books.months.close(month, amount)
    facts = {"month": month.month.isoformat(), "in_transit": amount}
    books.work.audit("end_month", "office", month.office_id, facts)
    return False


_WORK: Mapping[MonthStage, Callable[[Books, MonthEnd], bool]] = {
    MonthStage.READY: _look,
    MonthStage.PROVIDED: _provide,
    MonthStage.CREDITED: _credit,
    MonthStage.CLASSED: _class,
    MonthStage.SUMMED: _sum,
}
"""What is done to reach each stage: a piece of it, and whether that was the last one."""
