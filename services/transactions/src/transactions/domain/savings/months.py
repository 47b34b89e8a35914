"""Months as a deposit for a term counts them: from its own day to the same day, or the month's last. Pure."""

from calendar import monthrange
from datetime import date

_YEAR = 12


def add_months(on: date, months: int) -> date:
    """Return the same day so many months later; where the month is too short, its last day."""
    index = on.year * _YEAR + on.month - 1 + months
    year, month = index // _YEAR, index % _YEAR + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def whole_months(start_on: date, end_on: date) -> int:
    """Return how many whole months lie between two days; none where the second is not later."""
    months = (end_on.year - start_on.year) * _YEAR + end_on.month - start_on.month
    if add_months(start_on, months) > end_on:
        months -= 1
    return max(0, months)
