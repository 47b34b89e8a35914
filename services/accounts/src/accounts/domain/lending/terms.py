"""The terms of a loan, as a schedule is made from them. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contracts.money import PAISA_PER_TAKA, Paisa, round_half_up

MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 52
MEETINGS_A_YEAR = 46
"""A flat rate is for a year of 46 weekly instalments (domain 4.7; the decision on flat years)."""
DAYS_A_YEAR = 365
DAYS_A_COMMERCIAL_YEAR = 360
ONE_TAKA = Paisa(PAISA_PER_TAKA)
RATE_UNITS = 1_000_000
"""A rate is an integer of these parts of one: percent with four decimals."""


class Frequency(StrEnum):
    """How the instalments are spaced, `every` so many of these."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


class Method(StrEnum):
    """On what the service charge is counted."""

    DECLINING = "DECLINING"
    FLAT = "FLAT"


class Amortization(StrEnum):
    """What is equal from row to row."""

    EQUAL_INSTALMENTS = "EQUAL_INSTALMENTS"
    EQUAL_PRINCIPAL = "EQUAL_PRINCIPAL"


class InterestBasis(StrEnum):
    """Whether every period costs the same, or every day."""

    PERIOD = "PERIOD"
    DAILY = "DAILY"


class DayCount(StrEnum):
    """How days are counted, and how many make a year."""

    ACTUAL_365 = "ACTUAL_365"
    ACTUAL_360 = "ACTUAL_360"
    THIRTY_360 = "THIRTY_360"


class Rounding(StrEnum):
    """Where a half paisa goes."""

    HALF_EVEN = "HALF_EVEN"
    HALF_UP = "HALF_UP"


class MultipleRounding(StrEnum):
    """How an instalment becomes a multiple of a unit."""

    UP = "UP"
    NEAREST = "NEAREST"


class FlatSplit(StrEnum):
    """How a flat instalment is told apart into principal and charge (rule L1: proportionally)."""

    PROPORTIONAL = "PROPORTIONAL"
    EVEN = "EVEN"


class HolidayRule(StrEnum):
    """What becomes of an instalment whose day is a holiday (domain 4.3)."""

    SKIP_EXTEND = "SKIP_EXTEND"
    NEXT_DOUBLE = "NEXT_DOUBLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """All that a schedule is made from, but dates.

    Attributes:
        principal: What is paid out, in paisa.
        annual_rate_percent: The yearly rate as quoted, with at most four decimals.
        instalments: How many were agreed; over-rounding may leave fewer.
        every: Instalments come every so many days, weeks or months.
        instalment_multiple: The unit of an instalment in paisa; None rounds to the paisa.
        round_last: Whether the last instalment is rounded to the unit too; the charge takes the difference.
        principal_grace: How many first instalments pay no principal.
        interest_grace: How many first instalments pay no charge; the next one pays theirs as well.
    """

    principal: Paisa
    annual_rate_percent: Decimal
    instalments: int
    frequency: Frequency = Frequency.WEEKLY
    every: int = 1
    method: Method = Method.DECLINING
    amortization: Amortization = Amortization.EQUAL_INSTALMENTS
    interest_basis: InterestBasis = InterestBasis.PERIOD
    day_count: DayCount = DayCount.ACTUAL_365
    rounding: Rounding = Rounding.HALF_UP
    instalment_multiple: Paisa | None = ONE_TAKA
    multiple_rounding: MultipleRounding = MultipleRounding.UP
    round_last: bool = True
    flat_split: FlatSplit = FlatSplit.PROPORTIONAL
    principal_grace: int = 0
    interest_grace: int = 0
    holiday_rule: HolidayRule = HolidayRule.SKIP_EXTEND

    @property
    def rate(self) -> int:
        """The yearly rate in millionths of one."""
        return int(self.annual_rate_percent * (RATE_UNITS // 100))

    @property
    def unit(self) -> int:
        """The unit of an instalment in paisa."""
        return self.instalment_multiple or 1

    def rounded(self, numerator: int, denominator: int) -> int:
        """Divide and round to the nearest integer, a half as the terms say."""
        if self.rounding is Rounding.HALF_UP:
            return round_half_up(numerator, denominator)
        return round_half_even(numerator, denominator)

    def to_unit(self, numerator: int, denominator: int = 1) -> int:
        """Return an amount as a multiple of the unit, nearest or up as the terms say, in paisa."""
        if self.instalment_multiple is not None and self.multiple_rounding is MultipleRounding.UP:
            return -(-numerator // (denominator * self.unit)) * self.unit
        return self.rounded(numerator, denominator * self.unit) * self.unit


def round_half_even(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest integer, halves to the even one."""
    whole, rest = divmod(numerator, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return whole + up
