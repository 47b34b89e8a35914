"""Counter receipts: branch and year numbers without gaps (rule P3), and the entry behind them. Pure."""

from dataclasses import dataclass

from contracts.money import Paisa
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterDeposit:
    """Cash that somebody brings to the counter for a member's account.

    Attributes:
        amount: Paisa, whole taka (rule M11).
        paid_by: Who put the money on the counter (rule M10).
        taken_by: The staff person who took it.
    """

    entry_id: str
    account_id: str
    amount: Paisa
    paid_by: str
    note: str | None
    taken_by: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "deposit",
            account=self.account_id,
            amount=self.amount,
            paid_by=self.paid_by,
            note=self.note,
            taken_by=self.taken_by,
        )


def receipt_number(office_code: str, year: int, number: int) -> str:
    """Return the number as it is printed: `B001-2026-000123`."""
    return f"{office_code}-{year}-{number:06d}"


def entry_of_deposit(deposit: CounterDeposit, account: MemberAccount, day: OpenDay, receipt: str) -> Entry:
    """Debit the vault, credit the member: a counter deposit has one row, which bears the entry's id."""
    vault = OfficeAccount(Ledgers.VAULT, account.office_id)
    return Entry(
        id=deposit.entry_id,
        office_id=account.office_id,
        kind=EntryKind.DEPOSIT,
        business_on=day.on,
        value_on=day.on,
        maker_id=deposit.taken_by,
        officer_id=deposit.taken_by,
        reason=deposit.note,
        fingerprint=deposit.fingerprint,
        postings=(
            Posting(vault.id, Side.DEBIT, deposit.amount),
            Posting(account.id, Side.CREDIT, deposit.amount, deposit.entry_id, receipt),
        ),
    )
