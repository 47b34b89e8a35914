"""Another schedule for a running loan: its dates change, never its sums (rules L1, L3). Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from contracts.money import format_taka
from contracts.transactions.lending_errors import ScheduleDiffers, ScheduleOutdated
from contracts.transactions.lending_words import ScheduleReason
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.schedules import Amounts, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleAsked:
    """A schedule as accounts hands it over; how a payment is told apart stays the loan's.

    Attributes:
        rows: What each instalment alone asks for, the earliest first.
        good_instalments: How many must be paid before a rescheduled loan gives up the class it keeps.
    """

    loan_id: str
    version: int
    reason: ScheduleReason
    begins_on: date
    rows: tuple[tuple[date, Amounts], ...]
    good_instalments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchedule:
    """A version of a loan's schedule, with why it was made."""

    loan_id: str
    version: int
    reason: ScheduleReason
    schedule: Schedule
    good_instalments: int = 0

    @classmethod
    def of(cls, asked: ScheduleAsked, loan: Loan) -> Self:
        """Return what was asked for as a schedule of the loan."""
        return cls(
            loan_id=loan.id,
            version=asked.version,
            reason=asked.reason,
            schedule=Schedule.of_rows(asked.begins_on, loan.split, asked.rows),
            good_instalments=asked.good_instalments,
        )


def require_follows(loan: Loan, new: NewSchedule) -> None:
    """Let a schedule be put in force that is the next one and asks for the same.

    Raises:
        ScheduleOutdated: versions follow each other without gaps.
        ScheduleDiffers: principal or charge would be another (rule L1).
    """
    if new.version != loan.schedule_version + 1:
        raise ScheduleOutdated(version=loan.schedule_version)
    if new.schedule.whole != loan.whole:
        raise ScheduleDiffers(principal=format_taka(loan.principal), charge=format_taka(loan.charge))
