"""When books and money may differ in their dates, and when not (rule M2). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from contracts.transactions.collection_words import PaidBy
from contracts.transactions.savings_errors import ValueDateOutside
from transactions.domain.ledger import Entry, EntryKind

PROVIDER_DAYS = 7
"""How many days a provider of mobile money may take to tell of a payment (rule M14)."""

EARLIER = frozenset(
    {
        EntryKind.COLLECTION,  # M3: a late sheet has its meeting's date
        EntryKind.UNALLOCATED,
        EntryKind.MOBILE_MONEY,  # M14: the provider's date
        EntryKind.REVERSAL,  # M12, M13: what is undone keeps its date
        EntryKind.CORRECTION,
        EntryKind.DEPOSIT,  # M14: the provider's date; the counter's own is refused by `value_date_of`
        EntryKind.REPAYMENT,
        EntryKind.RECOVERY,
        EntryKind.WRITE_OFF,  # domain 4.9: the half-year's end, where that is a holiday
        EntryKind.INTEREST_PROVISION,  # M15: the calendar month-end
        EntryKind.INTEREST,
        EntryKind.INTEREST_ADJUSTMENT,
        EntryKind.CHARGE_ADVANCE,
        EntryKind.LOAN_LOSS,
        EntryKind.TRANSFER_OUT,  # L6: two legs, one value date
        EntryKind.TRANSFER_IN,
        EntryKind.YEAR_CLOSING,  # M15: 30 June
    }
)
"""Which deeds may be valued before the business day, each by its rule; what a sheet brings may, by M3."""


def require_value_dates(entries: Iterable[Entry]) -> None:
    """Let entries into the book whose dates differ by a rule only.

    Raises:
        ValueDateOutside: an entry is valued after its day, or earlier without a rule that says so.
    """
    for entry in entries:
        by_rule = entry.kind in EARLIER or entry.is_of_a_sheet
        earlier = entry.value_on < entry.business_on and by_rule
        if entry.value_on != entry.business_on and not earlier:
            raise outside(entry.value_on, entry.business_on)


def value_date_of(wanted: date | None, paid_by: str, business_on: date) -> date:
    """Return the value date of money at the counter: its business day, or the provider's date (rule M14).

    Raises:
        ValueDateOutside: cash is valued on its day; a provider tells within some days.
    """
    value_on = wanted or business_on
    days = PROVIDER_DAYS if paid_by == PaidBy.MOBILE_MONEY else 0
    if not business_on - timedelta(days=days) <= value_on <= business_on:
        raise outside(value_on, business_on)
    return value_on


def outside(value_on: date, business_on: date) -> ValueDateOutside:
    """Return the refusal with its two dates."""
    return ValueDateOutside(value_on=value_on.isoformat(), business_on=business_on.isoformat())
