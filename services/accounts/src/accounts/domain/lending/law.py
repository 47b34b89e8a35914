"""What the regulator says of loans and compulsory savings, as data with dates (domain 4.2, rule L2). Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What holds from a date on.

    Attributes:
        cap_percent: The most that principal and service charge may cost a year, in percent.
        first_due_days: The fewest days between payout and first instalment.
        compulsory_savings_bps: The least interest a year on compulsory savings, in basis points.
    """

    effective_on: date
    cap_percent: Decimal
    first_due_days: int
    compulsory_savings_bps: int


LAWS = (
    Law(
        effective_on=date(2010, 11, 10),
        cap_percent=Decimal(27),
        first_due_days=15,
        compulsory_savings_bps=600,
    ),
    Law(
        effective_on=date(2019, 7, 1),
        cap_percent=Decimal(24),
        first_due_days=15,
        compulsory_savings_bps=600,
    ),
)


def law_on(day: date) -> Law:
    """Return the law of a day; before the first, the first."""
    begun = [law for law in LAWS if law.effective_on <= day]
    return begun[-1] if begun else LAWS[0]
