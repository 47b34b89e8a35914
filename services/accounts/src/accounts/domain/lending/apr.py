"""The annual percentage rate of a dated cash flow: the daily internal rate of return times 365. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from accounts.domain.lending.schedule import Row, Schedule
from accounts.domain.lending.terms import DAYS_A_YEAR

_DIGITS = 34
_CLOSE_ENOUGH = Decimal("1e-24")
_STEPS = 100


def annual_percentage_rate(schedule: Schedule) -> Decimal:
    """Return what a loan costs a year, in percent and unrounded, so that the cap is tested exactly (rule L2).

    Only principal and service charge count; fees and insurance are shown beside.
    """
    if not schedule.charge:
        return Decimal(0)
    with localcontext() as context:
        context.prec = _DIGITS
        return (1 / _discount_a_day(schedule.disbursed_on, schedule.rows, schedule.principal) - 1) * (
            DAYS_A_YEAR * 100
        )


def _discount_a_day(start: date, rows: Sequence[Row], principal: int) -> Decimal:
    """Find what a taka of tomorrow is worth today; Newton's steps from 1 downwards never overshoot."""
    flow = [((row.due_on - start).days, Decimal(row.total)) for row in rows]
    factor = Decimal(1)
    for _ in range(_STEPS):
        worth = [(days, total * factor ** (days - 1)) for days, total in flow]
        value = sum((one * factor for _, one in worth), Decimal(0)) - principal
        step = value / sum((days * one for days, one in worth), Decimal(0))
        factor -= step
        if abs(step) < _CLOSE_ENOUGH:
            break
    return factor
