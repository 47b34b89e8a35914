"""When instalments are due: meetings, month ends and holidays (domain 4.3). Pure."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice

from accounts.domain.lending.terms import (
    DAYS_A_COMMERCIAL_YEAR,
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    DayCount,
    Frequency,
    HolidayRule,
    LoanTerms,
)
from contracts.accounts.lending_errors import OnlyHolidays
from contracts.errors import InvalidPayload

_DAYS_A_WEEK = 7
_LAST_DAY_OF_A_MONTH = 30
LONGEST_HOLIDAY = 400
"""So many meetings in a row are declared holidays by nobody on purpose."""


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which is paid.

    Attributes:
        nominal_on: The day of the meeting, by which interest is counted.
        due_on: The day on which is paid: never a holiday.
    """

    nominal_on: date
    due_on: date


def due_dates(
    terms: LoanTerms,
    disbursed_on: date,
    first_due_on: date | None = None,
    holidays: Collection[date] = (),
    *,
    same_weekday: bool = False,
) -> tuple[Due, ...]:
    """Return when each agreed instalment is due; two that are paid together share a day.

    Args:
        terms: The terms of the loan.
        disbursed_on: When it is paid out.
        first_due_on: The first meeting; None is one period after the payout.
        holidays: Days on which nothing is due.
        same_weekday: Whether monthly instalments keep the weekday of the first one, as a samity meets: the
            second Monday of each month (domain 4.3); else its date.

    Raises:
        InvalidPayload: the first instalment would not be after the payout.
        OnlyHolidays: every meeting in reach is one.
    """
    if first_due_on is not None and first_due_on <= disbursed_on:
        raise InvalidPayload.of(first_due_on="NOT_AFTER_DISBURSEMENT")
    meetings = _meetings(terms, disbursed_on, first_due_on)
    if same_weekday and first_due_on is not None and terms.frequency is Frequency.MONTHLY:
        meetings = (weekday_months_after(first_due_on, number * terms.every) for number in count())
    closed = frozenset(holidays)
    if terms.holiday_rule is HolidayRule.NEXT_DOUBLE:
        return _paid_with_the_next(tuple(islice(meetings, terms.instalments)), terms, closed)
    if terms.frequency is Frequency.MONTHLY:
        moved = (within_month(day, closed) for day in islice(meetings, terms.instalments))
        return tuple(Due(day, day) for day in moved)
    return _skipping(meetings, terms.instalments, closed)


def _meetings(terms: LoanTerms, disbursed_on: date, first_due_on: date | None) -> Iterator[date]:
    if terms.frequency is Frequency.MONTHLY:
        first, begun = (first_due_on, 0) if first_due_on else (disbursed_on, 1)
        return (months_after(first, number * terms.every) for number in count(begun))
    days = terms.every * (_DAYS_A_WEEK if terms.frequency is Frequency.WEEKLY else 1)
    start = first_due_on or disbursed_on + timedelta(days=days)
    return (start + timedelta(days=number * days) for number in count())


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; where a month is too short, its last day."""
    index = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def weekday_months_after(day: date, months: int) -> date:
    """Return the same weekday of the month some months later, the fifth being the last of a month."""
    month = months_after(day.replace(day=1), months)
    first = month + timedelta(days=(day.weekday() - month.weekday()) % _DAYS_A_WEEK)
    found = first + timedelta(days=(day.day - 1) // _DAYS_A_WEEK * _DAYS_A_WEEK)
    return found if found.month == month.month else found - timedelta(days=_DAYS_A_WEEK)


def _skipping(meetings: Iterator[date], wanted: int, holidays: frozenset[date]) -> tuple[Due, ...]:
    """A meeting on a holiday is dropped and everything after it moves: the number is kept."""
    found: list[Due] = []
    for day in islice(meetings, wanted + LONGEST_HOLIDAY):
        if day not in holidays:
            found.append(Due(day, day))
        if len(found) == wanted:
            return tuple(found)
    raise OnlyHolidays


def within_month(day: date, holidays: frozenset[date]) -> date:
    """Return where a monthly meeting goes from a holiday: weeks later, or earlier to stay in its month.

    Raises:
        OnlyHolidays: that weekday of the month is a holiday throughout.
    """
    later = (day + timedelta(days=_DAYS_A_WEEK * weeks) for weeks in range(5))
    earlier = (day - timedelta(days=_DAYS_A_WEEK * weeks) for weeks in range(1, 5))
    for candidate in (*later, *earlier):
        if candidate.month == day.month and candidate not in holidays:
            return candidate
    raise OnlyHolidays


def _paid_with_the_next(
    meetings: tuple[date, ...], terms: LoanTerms, holidays: frozenset[date]
) -> tuple[Due, ...]:
    """What a holiday lets fall out is paid at the next meeting; the last has one added."""
    found: list[Due] = []
    due_on = _after_the_last(meetings[-1], terms, holidays)
    for day in reversed(meetings):
        due_on = due_on if day in holidays else day
        found.append(Due(day, due_on))
    return tuple(reversed(found))


def _after_the_last(last: date, terms: LoanTerms, holidays: frozenset[date]) -> date:
    following = islice(_meetings(terms, last, None), LONGEST_HOLIDAY)
    for day in following:
        if day not in holidays:
            return day
    raise OnlyHolidays


def days_between(first: date, last: date, day_count: DayCount) -> int:
    """Return how many days interest is counted for."""
    if day_count is not DayCount.THIRTY_360:
        return (last - first).days
    months = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month
    begun, ended = (min(day.day, _LAST_DAY_OF_A_MONTH) for day in (first, last))
    return months * _LAST_DAY_OF_A_MONTH + ended - begun


def days_a_year(day_count: DayCount) -> int:
    """Return how many days make a year of interest."""
    return DAYS_A_YEAR if day_count is DayCount.ACTUAL_365 else DAYS_A_COMMERCIAL_YEAR
