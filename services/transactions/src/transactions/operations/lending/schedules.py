"""Putting another schedule in force: dates change, never sums (rules L1, L3, mechanics D5)."""

from datetime import date

from contracts.transactions.lending_errors import ScheduleOutdated
from transactions.domain.lending.loans import require_running
from transactions.domain.lending.redating import NewSchedule, ScheduleAsked, require_follows
from transactions.repository import Books
from transactions.repository.scope import Scope


def replace_schedule(books: Books, asked: ScheduleAsked) -> date:
    """Put the next version of a running loan's schedule in force; asked again, it is the same version.

    Returns:
        The branch's business day.

    Raises:
        LoanNotFound: there is none, or not for this caller.
        DayNotOpen, DayIsClosing: as the ledger.
        LoanEnded: it has come to its end.
        ScheduleOutdated, ScheduleDiffers: as `require_follows`; also when that version is another schedule.
    """
    scope = Scope.of(books.work.actor)
    day = books.days.hold_open(books.loans.get(asked.loan_id, scope).office_id)
    loan = books.loans.lock(asked.loan_id, scope)
    new = NewSchedule.of(asked, loan)
    known = books.loans.schedule_of_version(loan, asked.version)
    if known is not None:
        if known != new:
            raise ScheduleOutdated(version=loan.schedule_version)
        return day.on
    require_running(loan)
    require_follows(loan, new)
    kept = books.ageing.classes([loan.id], day.on)[loan.id] if new.good_instalments else None
    books.loans.replace_schedule(new, day.on, kept)
    facts = {"version": new.version, "reason": new.reason.value, "matures_on": str(new.schedule.matures_on)}
    books.work.audit("replace_schedule", "loan", loan.id, facts)
    return day.on
