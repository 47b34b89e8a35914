"""Moving instalments that are not due yet to other days; no charge is added (rules L1, L3). Pure."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice

from accounts.domain.calendar import FRIDAY, weekday_of
from accounts.domain.lending.calendar import (
    LONGEST_HOLIDAY,
    months_after,
    weekday_months_after,
    within_month,
)
from accounts.domain.lending.schedule import Row
from accounts.domain.lending.terms import Frequency, HolidayRule
from contracts.accounts.lending_errors import OnlyHolidays
from contracts.money import NOTHING, Paisa

A_WEEK = timedelta(days=7)
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Pace:
    """How a loan's instalments follow each other, and what a holiday does to one."""

    frequency: Frequency
    every: int
    rule: HolidayRule

    def meetings_from(self, first: date) -> Iterator[date]:
        """Yield a day and those that follow it at this pace."""
        if self.frequency is Frequency.MONTHLY:
            return (months_after(first, number * self.every) for number in count())
        step = A_WEEK if self.frequency is Frequency.WEEKLY else timedelta(days=1)
        return (first + number * self.every * step for number in count())


def rest_days(pace: Pace, first: date, last: date) -> frozenset[date]:
    """Return the weekly holidays between two days for a loan that is paid by days; others follow meetings."""
    if pace.frequency is not Frequency.DAILY:
        return frozenset()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return frozenset(day for day in days if weekday_of(day) == FRIDAY)


def days_gone(today: date) -> frozenset[date]:
    """Return the days of a month up to today: to those nothing is moved, or it would be late at once."""
    return frozenset(today - timedelta(days=number) for number in range(_LONGEST_MONTH))


def around_holidays(
    rows: Sequence[Row], pace: Pace, holidays: Collection[date], *, after: date
) -> tuple[Row, ...]:
    """Return a schedule of which nothing that falls due after a day is due on a holiday (domain 4.3).

    Args:
        rows: The schedule in force.
        pace: How it goes on.
        holidays: All that are declared, earlier ones too, and whatever else nothing may move to.
        after: What is due by this day is past, and stays.

    Raises:
        OnlyHolidays: every meeting in reach is one.
    """
    closed = frozenset(holidays)
    hit = next((i for i, row in enumerate(rows) if row.due_on > after and row.due_on in closed), None)
    if hit is None:
        return tuple(rows)
    if pace.rule is HolidayRule.NEXT_DOUBLE:
        return _numbered((*rows[:hit], *_with_the_next(rows[hit:], pace, closed)))
    if pace.frequency is Frequency.MONTHLY:
        return _numbered((*rows[:hit], *_within_months(rows[hit:], closed)))
    return _numbered((*rows[:hit], *_skipping(rows[hit:], pace, closed)))


def _skipping(rows: Sequence[Row], pace: Pace, closed: frozenset[date]) -> Iterator[Row]:
    """The meeting on a holiday is dropped, and everything from it on moves."""
    reach = islice(pace.meetings_from(rows[0].due_on), len(rows) + LONGEST_HOLIDAY)
    free = list(islice((day for day in reach if day not in closed), len(rows)))
    if len(free) < len(rows):
        raise OnlyHolidays
    return (replace(row, due_on=day) for row, day in zip(rows, free, strict=True))


def _within_months(rows: Sequence[Row], closed: frozenset[date]) -> Iterator[Row]:
    """Each stays in its month; from one that is shut throughout, it and all that follow go to the next."""
    shut = 0
    for row in rows:
        due_on, shut = _in_an_open_month(row.due_on, shut, closed)
        yield replace(row, due_on=due_on)


def _in_an_open_month(day: date, shut: int, closed: frozenset[date]) -> tuple[date, int]:
    """Return where an instalment goes, and by how many months those after it are moved with it."""
    for months in range(shut, LONGEST_HOLIDAY):
        moved = weekday_months_after(day, months) if months else day
        with suppress(OnlyHolidays):
            return within_month(moved, closed), months
    raise OnlyHolidays


def _with_the_next(rows: Sequence[Row], pace: Pace, closed: frozenset[date]) -> Iterator[Row]:
    """What a holiday lets fall out is paid at the next meeting, after the last one at one more."""
    principal, charge = NOTHING, NOTHING
    for row in rows:
        principal, charge = Paisa(principal + row.principal), Paisa(charge + row.charge)
        if row.due_on not in closed:
            yield replace(row, principal=principal, charge=charge)
            principal, charge = NOTHING, NOTHING
    if principal + charge:
        reach = islice(pace.meetings_from(rows[-1].due_on), 1, LONGEST_HOLIDAY)
        free = next((day for day in reach if day not in closed), None)
        if free is None:
            raise OnlyHolidays
        yield replace(rows[-1], due_on=free, principal=principal, charge=charge)


@dataclass(frozen=True, slots=True)
class NewDay:
    """The weekday on which a samity meets from a date on; 1 is Saturday."""

    weekday: int
    from_on: date


def to_weekday(
    rows: Sequence[Row], pace: Pace, new_day: NewDay, holidays: Collection[date], *, earliest_first: date
) -> tuple[Row, ...]:
    """Return a schedule whose instalments from a date on are due on another weekday.

    Each moves within its week (Saturday to Friday). Where the first one would then be before the change,
    before the instalment that precedes it, or sooner than a first may be, all are a week later.

    Args:
        rows: The schedule in force.
        pace: How it goes on; what comes every so many days does not follow the samity.
        new_day: The samity's new weekday.
        holidays: All that are declared.
        earliest_first: The first day on which the loan's first instalment may be due.

    Raises:
        OnlyHolidays: every meeting in reach is a holiday.
    """
    hit = next((i for i, row in enumerate(rows) if row.due_on >= new_day.from_on), None)
    if hit is None or pace.frequency is Frequency.DAILY:
        return tuple(rows)
    if pace.frequency is Frequency.MONTHLY:
        moved = [_in_its_month(row, new_day) for row in rows[hit:]]
    else:
        floor = rows[hit - 1].due_on + timedelta(days=1) if hit else earliest_first
        first = _in_its_week(rows[hit].due_on, new_day.weekday)
        shift = first - rows[hit].due_on
        if first < max(floor, new_day.from_on):
            shift += A_WEEK
        moved = [replace(row, due_on=row.due_on + shift) for row in rows[hit:]]
    before = new_day.from_on - timedelta(days=1)
    closed = {*holidays, *days_gone(before)}
    return around_holidays(_numbered((*rows[:hit], *moved)), pace, closed, after=before)


def _in_its_week(day: date, weekday: int) -> date:
    return day + timedelta(days=weekday - weekday_of(day))


def _in_its_month(row: Row, new_day: NewDay) -> Row:
    """The new weekday of the same week, or a week beside it where that leaves the month or the change."""
    day = _in_its_week(row.due_on, new_day.weekday)
    beside = (day, day + A_WEEK, day - A_WEEK)
    fitting = (each for each in beside if each.month == row.due_on.month and each >= new_day.from_on)
    return replace(row, due_on=next(fitting, day + A_WEEK))


def _numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Count instalments anew, with the principal that is outstanding after each."""
    balance = Paisa(sum(row.principal for row in rows))
    counted = []
    for number, row in enumerate(rows, start=1):
        balance = Paisa(balance - row.principal)
        counted.append(replace(row, number=number, balance=balance))
    return tuple(counted)
