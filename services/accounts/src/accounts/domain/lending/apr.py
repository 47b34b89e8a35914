"""The annual percentage rate of a dated cash flow: the daily internal rate of return, made a year. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from accounts.domain.lending.schedule import Row, Schedule
from accounts.domain.lending.terms import DAYS_A_YEAR
from contracts.accounts.law_words import AprFormula
from contracts.money import NOTHING, Paisa

_DIGITS = 34
_CLOSE_ENOUGH = Decimal("1e-24")
_STEPS = 100
_HUNDRED = 100


def annual_percentage_rate(
    schedule: Schedule, *, beside: Paisa = NOTHING, formula: AprFormula = AprFormula.DAILY_TIMES_365
) -> Decimal:
    """Return what a loan costs a year, in percent and unrounded, so that the cap is tested exactly (rule L2).

    Args:
        schedule: Principal and service charge always count.
        beside: What else is paid on the day of the payout, where the law counts it.
        formula: How the daily rate is made a year.
    """
    received = schedule.principal - beside
    if schedule.total <= received:
        return Decimal(0)
    with localcontext() as context:
        context.prec = _DIGITS
        factor = _discount_a_day(schedule.disbursed_on, schedule.rows, received)
        if formula is AprFormula.COMPOUNDED_YEAR:
            return (factor**-DAYS_A_YEAR - 1) * _HUNDRED
        return (1 / factor - 1) * (DAYS_A_YEAR * _HUNDRED)


def _discount_a_day(start: date, rows: Sequence[Row], received: int) -> Decimal:
    """Find what a taka of tomorrow is worth today; Newton's steps from 1 downwards never overshoot."""
    flow = [((row.due_on - start).days, Decimal(row.total)) for row in rows]
    factor = Decimal(1)
    for _ in range(_STEPS):
        worth = [(days, total * factor ** (days - 1)) for days, total in flow]
        value = sum((one * factor for _, one in worth), Decimal(0)) - received
        step = value / sum((days * one for days, one in worth), Decimal(0))
        factor -= step
        if abs(step) < _CLOSE_ENOUGH:
            break
    return factor
