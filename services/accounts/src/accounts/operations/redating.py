"""Moving what is not due yet: around a declared holiday, or with a samity to its new day (rule L3).

A loan at a time: its next version is written here together with the step that hands it to the books, so
that a crash in between is finished by the same question.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from accounts.domain.holidays import Holiday
from accounts.domain.lending.redating import NewDay, Pace, around_holidays, days_gone, rest_days, to_weekday
from accounts.domain.lending.schedule import Row
from accounts.repository import Register
from accounts.repository.redating import RunningSchedule
from contracts.calls import dump
from contracts.transactions.lending_commands import ReplaceSchedule
from contracts.transactions.lending_words import ScheduleReason

HAND_SCHEDULE_OVER = "hand_schedule_over"
FOLLOW_NEW_DAY = "follow_new_day"
CHUNK = 100
"""How many loans one transaction moves."""
REACH = timedelta(days=800)
"""How far holidays are looked up: nothing is moved so far."""

Move = Callable[[RunningSchedule, Pace, frozenset[date]], tuple[Row, ...]]


def move_around(register: Register, holiday: Holiday) -> bool:
    """Move the next loans that a holiday hits; tells whether there are more.

    What has been moved is hit no more, so that a run that was cut short goes on where it was.
    """
    loan_ids = register.redating.next_hit(holiday, None, CHUNK)
    eve, gone = holiday.on - timedelta(days=1), days_gone(register.work.today)
    moved = sum(
        _move(
            register,
            loan_id,
            ScheduleReason.HOLIDAY,
            lambda running, pace, closed: around_holidays(running.rows, pace, closed | gone, after=eve),
        )
        for loan_id in loan_ids
    )
    register.calendar.count_redated(holiday.id, moved)
    return len(loan_ids) == CHUNK


def move_with_samity(register: Register, samity_id: str, new_day: NewDay, after: str | None) -> str | None:
    """Move the next loans of a samity to its new day; returns after which one to go on, None at the end."""
    loan_ids = register.redating.next_of_samity(samity_id, new_day.from_on, after, CHUNK)
    for loan_id in loan_ids:
        _move(register, loan_id, ScheduleReason.MEETING_DAY, _to_day(register, new_day))
    return loan_ids[-1] if len(loan_ids) == CHUNK else None


def follow_member(register: Register, loan_id: str, new_day: NewDay, reason: ScheduleReason) -> None:
    """Move what is due of a loan to the day of the samity in which its member is now."""
    _move(register, loan_id, reason, _to_day(register, new_day))


def _to_day(register: Register, new_day: NewDay) -> Move:
    def move(running: RunningSchedule, pace: Pace, closed: frozenset[date]) -> tuple[Row, ...]:
        earliest = earliest_first(register, running.disbursed_on)
        return to_weekday(running.rows, pace, new_day, closed, earliest_first=earliest)

    return move


def earliest_first(register: Register, disbursed_on: date) -> date:
    """Return the first day on which the law lets a first instalment be due."""
    return disbursed_on + timedelta(days=register.agreements.law(disbursed_on).first_due_days)


def _move(register: Register, loan_id: str, reason: ScheduleReason, move: Move) -> bool:
    """Give a loan the schedule that a move makes of its own; tells whether anything moved."""
    running = register.redating.hold(loan_id)
    if running is None:
        return False
    product = register.agreements.version(running.product_code, running.product_version)
    last_on = running.rows[-1].due_on
    closed = register.calendar.holidays(
        running.branch_id, running.samity_id, running.disbursed_on, last_on + REACH
    )
    plan = product.plan(running.plan_code)
    pace = Pace(plan.frequency, plan.every, product.holiday_rule)
    rows = move(running, pace, closed | rest_days(pace, running.disbursed_on, last_on + REACH))
    if rows == running.rows:
        return False
    hand_over(register, running, rows, reason)
    return True


def hand_over(
    register: Register,
    running: RunningSchedule,
    rows: Sequence[Row],
    reason: ScheduleReason,
    *,
    good_instalments: int = 0,
) -> int:
    """Write the next version of a held schedule, and plan the step that puts it into the books.

    Args:
        register: The register.
        running: The schedule that it follows, with the day on which its first period begins.
        rows: The new one.
        reason: Why it is made.
        good_instalments: How many must be paid before a rescheduled loan gives up the class it keeps.
    """
    version = register.redating.replace(running, rows, reason)
    asked = _command(running, version, rows, reason) | {"good_instalments": good_instalments}
    command = dump(ReplaceSchedule, asked)
    register.work.plan(HAND_SCHEDULE_OVER, register.work.new_id(), {"command": command})
    facts = {"version": version, "reason": reason.value, "last_due_on": rows[-1].due_on.isoformat()}
    register.work.audit("redate_loan", "loan", running.loan_id, facts)
    return version


def _command(
    running: RunningSchedule, version: int, rows: Sequence[Row], reason: ScheduleReason
) -> dict[str, Any]:
    return {
        "loan_id": running.loan_id,
        "version": version,
        "reason": reason,
        "begins_on": running.begins_on,
        "rows": [
            {"due_on": row.due_on, "principal": row.principal, "service_charge": row.charge} for row in rows
        ],
    }
