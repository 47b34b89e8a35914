"""Interest on savings, by value date and exact until it is posted (domain 3). Pure.

Four methods count it. What an account has earned is a fraction of paisa; it is rounded once for all that has
been earned since the last posting, and a month's accrual is what that rounding added, so nothing drifts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise

from contracts.money import NOTHING, Paisa, round_half_up
from transactions.domain.days import first_of_month
from transactions.domain.savings.dues import Movement
from transactions.domain.savings.months import whole_months

_WHOLE = 10_000
_MONTHS = 12
_DAYS = 365
A_DAY = timedelta(days=1)

Divide = Callable[[int, int], int]
"""A rounding: divides two integers and returns the nearest one."""


class InterestMethod(StrEnum):
    """On which balance of a period interest is counted."""

    DAILY_PRODUCT = "daily_product"
    MONTHLY_MINIMUM = "monthly_minimum"
    MONTHLY_LAST = "monthly_last"
    AVERAGE_OPEN_CLOSE = "average_open_close"


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly rate in basis points, from a day on."""

    from_on: date
    bps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRules:
    """What a product says of interest.

    Attributes:
        rates: In the order of their days; before the first, nothing is earned.
        minimum_balance: A balance below it earns nothing, in paisa.
        minimum_age_months: A younger account earns nothing.
        withdrawal_stops_interest: A month in which money was taken earns nothing.
        stops_on: A month that ends on this day or later earns nothing; None where nothing stops it.
    """

    method: InterestMethod
    rates: Sequence[Rate]
    minimum_balance: Paisa = NOTHING
    minimum_age_months: int = 0
    withdrawal_stops_interest: bool = False
    stops_on: date | None = None

    @property
    def knows_no_months(self) -> bool:
        """Whether a day's interest is the same whatever its month: then all days are counted at once."""
        of_months = (self.minimum_age_months, self.withdrawal_stops_interest, self.stops_on)
        return self.method is InterestMethod.DAILY_PRODUCT and not any(of_months)

    def rate_on(self, day: date) -> int:
        """Return the yearly rate of a day, in basis points."""
        begun = [rate.bps for rate in self.rates if rate.from_on <= day]
        return begun[-1] if begun else 0

    def counted(self, balance: Fraction | int) -> Fraction | int:
        """Return what of a balance earns."""
        return balance if balance >= max(self.minimum_balance, 0) else 0


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its interest is counted.

    Attributes:
        movements: Everything on it by value date, the oldest first; in paisa, more or less.
    """

    opened_on: date
    movements: Sequence[Movement]
    _days: list[date] = field(init=False, repr=False, compare=False)
    _balances: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add up once what every month asks for again."""
        object.__setattr__(self, "_days", [movement.on for movement in self.movements])
        sums = accumulate((movement.amount for movement in self.movements), initial=0)
        object.__setattr__(self, "_balances", list(sums))

    def balance_after(self, day: date) -> int:
        """Return the balance at the end of a day, in paisa."""
        return self._balances[bisect_right(self._days, day)]

    def within(self, first: date, last: date) -> Sequence[Movement]:
        """Return what moved from one day to another, both included."""
        return self.movements[bisect_left(self._days, first) : bisect_right(self._days, last)]


def accruals(rules: InterestRules, account: Account, first_month: date, months: int) -> tuple[Paisa, ...]:
    """Return what each month adds to the interest that is owed since the last posting, in paisa.

    Args:
        rules: What the product says.
        account: The account's movements.
        first_month: The first day of the month after the last posting.
        months: How many months to count.
    """
    earned, owed, before = Fraction(0), [], 0
    for number in range(months):
        earned += month_interest(rules, account, first_of_month(first_month, number))
        rounded = round_half_up(earned.numerator, earned.denominator)
        owed.append(Paisa(rounded - before))
        before = rounded
    return tuple(owed)


def month_interest(rules: InterestRules, account: Account, month: date) -> Fraction:
    """Return what an account earns in a calendar month, in paisa and exact."""
    last = first_of_month(month, 1) - A_DAY
    if not _earns(rules, account, month, last):
        return Fraction(0)
    if rules.method is InterestMethod.DAILY_PRODUCT:
        return days_interest(rules, account, month, last)
    moved = account.within(month, last)
    opening, closing = account.balance_after(month - A_DAY), account.balance_after(last)
    counted = rules.counted(_BALANCES[rules.method](account, opening, closing, moved))
    return Fraction(counted) * rules.rate_on(last) / (_WHOLE * _MONTHS)


def earned(rules: InterestRules, account: Account, since: date | None, through: date) -> Fraction:
    """Return what an account earned after one day and up to another, in paisa and exact.

    Months that are over are counted by the method; of one that is broken off, each day's balance.

    Args:
        rules: What the product says.
        account: The account's movements.
        since: The last day for which interest was posted, the last of a month; None where none was yet.
        through: The last day that counts.
    """
    month = first_of_month(since, 1) if since else first_of_month(account.opened_on)
    if rules.knows_no_months:
        return days_interest(rules, account, month, through) if month <= through else Fraction(0)
    total = Fraction(0)
    while (following := first_of_month(month, 1)) <= through + A_DAY:
        total += month_interest(rules, account, month)
        month = following
    if month <= through and _earns(rules, account, month, through):
        total += days_interest(rules, account, month, through)
    return total


def posted(exact: Fraction) -> Paisa:
    """Return what of interest is posted, in paisa: rounded once."""
    return Paisa(round_half_up(exact.numerator, exact.denominator))


def _earns(rules: InterestRules, account: Account, first: date, last: date) -> bool:
    """Tell whether some days of a month may earn at all."""
    if account.opened_on > last or (rules.stops_on is not None and last >= rules.stops_on):
        return False
    if whole_months(account.opened_on, last + A_DAY) < rules.minimum_age_months:
        return False
    return not rules.withdrawal_stops_interest or all(
        movement.amount >= 0 for movement in account.within(first, last)
    )


Counted = Callable[[Account, int, int, Sequence[Movement]], Fraction | int]

_BALANCES: dict[InterestMethod, Counted] = {
    InterestMethod.MONTHLY_LAST: lambda _account, _opening, closing, _moved: closing,
    InterestMethod.AVERAGE_OPEN_CLOSE: lambda _account, opening, closing, _moved: Fraction(
        opening + closing, 2
    ),
    InterestMethod.MONTHLY_MINIMUM: lambda account, opening, _closing, moved: min(
        [opening, *(account.balance_after(movement.on) for movement in moved)]
    ),
}


def days_interest(rules: InterestRules, account: Account, first: date, last: date) -> Fraction:
    """Return interest on each day's last balance from one day to another, both included, in paisa.

    The day of a deposit counts, the day of a withdrawal does not; a year has 365 days.
    """
    product = sum(
        rules.counted(account.balance_after(start)) * rules.rate_on(start) * (end - start).days
        for start, end in pairwise(_changes(rules, account, first, last))
    )
    return Fraction(product, _WHOLE * _DAYS)


def _changes(rules: InterestRules, account: Account, first: date, last: date) -> Iterator[date]:
    """Yield the days on which balance or rate change, within a period, and the day after it."""
    days = {movement.on for movement in account.within(first, last)}
    days |= {rate.from_on for rate in rules.rates if first <= rate.from_on <= last}
    return iter(sorted(days | {first, last + A_DAY}))


def compounded_daily(
    balance: int, rate_bps: int, days: int, *, minimum_balance: int = 0, divide: Divide = round_half_up
) -> tuple[int, ...]:
    """Return what is posted each day when interest is posted daily and earns interest itself.

    Args:
        balance: In the smallest unit that is kept, whatever it is.
        rate_bps: The yearly rate, in basis points.
        days: How many days.
        minimum_balance: A balance below it earns nothing, in the same unit.
        divide: The rounding to that unit.
    """
    posted = []
    for _ in range(days):
        interest = divide(balance * rate_bps, _WHOLE * _DAYS) if balance >= minimum_balance else 0
        posted.append(interest)
        balance += interest
    return tuple(posted)
