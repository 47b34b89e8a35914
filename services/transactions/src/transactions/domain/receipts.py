"""Counter receipts: branch and year numbers without gaps (rule P3), and the entry behind them. Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.money import Paisa
from contracts.transactions.collection_words import PaidBy
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledger, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.value_dates import value_date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterDeposit:
    """Cash that somebody brings to the counter for a member's account.

    Attributes:
        amount: Paisa, whole taka (rule M11).
        paid_by: Who put the money on the counter (rule M10).
        taken_by: The staff person who took it.
        value_on: The provider's date of mobile money (rule M14); None is the business day.
    """

    entry_id: str
    account_id: str
    amount: Paisa
    paid_by: str
    note: str | None
    taken_by: str
    value_on: date | None = None

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        dated = {} if self.value_on is None else {"value_on": self.value_on.isoformat()}
        return fingerprint(
            "deposit",
            account=self.account_id,
            amount=self.amount,
            paid_by=self.paid_by,
            note=self.note,
            taken_by=self.taken_by,
            **dated,
        )

    @property
    def held_in(self) -> Ledger:
        """Where the money is: what came by telephone is in no vault."""
        return Ledgers.MOBILE_MONEY if self.paid_by == PaidBy.MOBILE_MONEY else Ledgers.VAULT


def receipt_number(office_code: str, year: int, number: int) -> str:
    """Return the number as it is printed: `B001-2026-000123`."""
    return f"{office_code}-{year}-{number:06d}"


def entry_of_deposit(deposit: CounterDeposit, account: MemberAccount, day: OpenDay, receipt: str) -> Entry:
    """Debit where the money is, credit the member: one row, which bears the entry's id.

    Raises:
        ValueDateOutside: as `value_date_of`.
    """
    holder = OfficeAccount(deposit.held_in, account.office_id)
    return Entry(
        id=deposit.entry_id,
        office_id=account.office_id,
        kind=EntryKind.DEPOSIT,
        business_on=day.on,
        value_on=value_date_of(deposit.value_on, deposit.paid_by, day.on),
        maker_id=deposit.taken_by,
        officer_id=deposit.taken_by,
        reason=deposit.note,
        fingerprint=deposit.fingerprint,
        postings=(
            Posting(holder.id, Side.DEBIT, deposit.amount),
            Posting(account.id, Side.CREDIT, deposit.amount, deposit.entry_id, receipt),
        ),
    )
