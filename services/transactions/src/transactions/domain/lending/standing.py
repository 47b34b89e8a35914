"""How a loan stands on a day: due, advance, overdue, age, payoff (domain 4.8, rule L1). Pure.

Due and advance are measured on the total; what is overdue for class and risk, on principal.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from contracts.money import NOTHING, Paisa
from contracts.transactions.lending_words import RowPaid
from transactions.domain.lending.schedules import Amounts, Instalment, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanStanding:
    """A running loan on a day; amounts in paisa.

    Attributes:
        due: What should have been paid by the end of the day and is not, today's instalment included.
        advance: What is paid of later instalments.
        overdue: Of `due`, what fell due before the day.
        overdue_principal: The principal that fell due before the day and is not paid.
        oldest_unpaid_on: The day of the oldest instalment whose principal is not paid; None while all that
            fell due before the day is.
        days: Days since then; 0 without one.
        earned: The service charge earned by the day.
        payoff: What ends the loan today; the charge that is not earned yet is the rebate.
        rebate: Charge of the schedule that is not asked for then.
    """

    on: date
    outstanding: Paisa
    remaining_charge: Paisa
    due: Paisa
    advance: Paisa
    overdue: Paisa
    overdue_principal: Paisa
    oldest_unpaid_on: date | None
    days: int
    earned: Paisa
    payoff: Paisa
    rebate: Paisa


def standing_of(schedule: Schedule, paid: Amounts, on: date) -> LoanStanding:
    """Return how a running loan stands at the end of a day.

    Args:
        schedule: The one in force.
        paid: Principal and charge that were paid by then.
        on: The day.
    """
    by_today, before = schedule.due_by(on), schedule.due_by(date.fromordinal(on.toordinal() - 1))
    outstanding = Paisa(schedule.whole.principal - paid.principal)
    earned = schedule.earned(on)
    oldest = oldest_unpaid_on(schedule, paid.principal, on)
    return LoanStanding(
        on=on,
        outstanding=outstanding,
        remaining_charge=Paisa(schedule.whole.charge - paid.charge),
        due=_positive(by_today.total - paid.total),
        advance=_positive(paid.total - by_today.total),
        overdue=_positive(before.total - paid.total),
        overdue_principal=_positive(before.principal - paid.principal),
        oldest_unpaid_on=oldest,
        days=(on - oldest).days if oldest else 0,
        earned=earned,
        payoff=_positive(outstanding + earned - paid.charge),
        rebate=Paisa(schedule.whole.charge - max(earned, paid.charge - outstanding)),
    )


@dataclass(frozen=True, slots=True)
class PaidRow:
    """One instalment with how much of it is paid, and how it stands."""

    instalment: Instalment
    paid: Paisa
    state: RowPaid


def paid_rows(schedule: Schedule, paid: Paisa, on: date) -> tuple[PaidRow, ...]:
    """Return each instalment with what of all that was paid falls on it, the oldest first.

    Args:
        schedule: The one in force.
        paid: Principal and charge together, in paisa.
        on: The day.
    """
    rows, left = [], paid
    for instalment in schedule.instalments:
        of_it = Paisa(min(left, instalment.amounts.total))
        left = Paisa(left - of_it)
        rows.append(PaidRow(instalment, of_it, _state(instalment, of_it, on)))
    return tuple(rows)


def _state(instalment: Instalment, paid: Paisa, on: date) -> RowPaid:
    if paid == instalment.amounts.total:
        return RowPaid.PAID
    if paid:
        return RowPaid.PARTLY
    if instalment.due_on > on:
        return RowPaid.COMING
    return RowPaid.DUE if instalment.due_on == on else RowPaid.OVERDUE


def oldest_unpaid_on(schedule: Schedule, principal_paid: Paisa, on: date) -> date | None:
    """Return when the oldest instalment fell due, before a day, whose principal is not paid; else None."""
    covered = bisect_right([due.principal for due in schedule.due], principal_paid)
    if covered == len(schedule.due_on):
        return None
    oldest = schedule.due_on[covered]
    return oldest if oldest < on else None


def charge_in_advance(schedule: Schedule, charge_paid: Paisa, on: date) -> Paisa:
    """Return the charge that is paid before its due date: a liability until then (rule L1, mechanics D8)."""
    return _positive(charge_paid - schedule.due_by(on).charge)


def _positive(amount: int) -> Paisa:
    return Paisa(max(NOTHING, amount))
