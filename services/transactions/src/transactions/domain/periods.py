"""Whose books are read until when, and which ledgers as one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.errors import InvalidPayload
from contracts.transactions.books_words import CashBookKind
from transactions.domain.chart import CHART, Ledger, Ledgers

LONGEST = 1_100
"""Days: three fiscal years. What is longer is asked for year by year."""
_JULY = 7

CASH_BOOKS: Mapping[CashBookKind, tuple[str, ...]] = {
    CashBookKind.CASH: (Ledgers.VAULT.code, Ledgers.OFFICER_CASH.code),
    CashBookKind.BANK: (Ledgers.BANK.code,),
    CashBookKind.MOBILE: (Ledgers.MOBILE_MONEY.code,),
}
"""Which ledgers each cash book reads as one."""

CASH = frozenset(code for codes in CASH_BOOKS.values() for code in codes)
"""All ledgers that are cash: at hand, at banks, as mobile money. Receipts and payments are told by them."""

BETWEEN_OFFICES = frozenset({Ledgers.IN_TRANSIT.code})
"""What one office owes another on it comes to nothing where both are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A period as it was asked for; what was not said is None."""

    from_on: date | None = None
    on: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Business days, both included."""

    from_on: date
    on: date

    @property
    def eve(self) -> date:
        """The day before the first."""
        return eve_of(self.from_on)

    @property
    def year_begins_on(self) -> date:
        """1 July of the fiscal year of the last day."""
        return date(self.on.year if self.on.month >= _JULY else self.on.year - 1, _JULY, 1)


def eve_of(on: date) -> date:
    """Return the day before."""
    return on - timedelta(days=1)


def span_of(asked: Asked, newest: date) -> Span:
    """Return the period that was meant.

    Args:
        asked: What was said.
        newest: The newest business day of the books, which stands for a last day that was not said.

    Raises:
        InvalidPayload: it ends before it begins, or is too long.
    """
    on = asked.on or newest
    from_on = asked.from_on or on.replace(day=1)
    if on < from_on:
        raise InvalidPayload.of(from_on="PERIOD_BACKWARDS")
    if (on - from_on).days > LONGEST:
        raise InvalidPayload.of(from_on=f"PERIOD_TOO_LONG:{LONGEST}")
    return Span(from_on, on)


def ledger_of(code: str, chart: Mapping[str, Ledger] = CHART) -> Ledger:
    """Return the ledger of a code.

    Raises:
        InvalidPayload: the chart has none.
    """
    if code not in chart:
        raise InvalidPayload.of(ledger="UNKNOWN_LEDGER")
    return chart[code]
