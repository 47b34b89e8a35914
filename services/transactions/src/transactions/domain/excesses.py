"""What was counted more than the book knew of: whose it is, or income after its days (rule M7). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.money import Paisa, format_taka
from contracts.transactions.collection_words import RowCode
from contracts.transactions.excess_errors import ExcessSmaller, ExcessTooYoung, PassbooksNotSeen
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.handovers import UnallocatedReceipt
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint

INCOME_AFTER = timedelta(days=90)
"""For how long, by the calendar, somebody may miss it before it can become income."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """An excess as it stands.

    Attributes:
        id: Of the entry that booked it.
        on: The business day on which it was counted.
        officer_id: With whose cash it came; None where the vault was counted.
        left: What nobody has been given, in paisa.
        passbooks_open: How many passbooks that were drawn for it are to be seen or to be settled.
    """

    id: str
    office_id: str
    on: date
    officer_id: str | None
    amount: Paisa
    left: Paisa
    passbooks_open: int

    @property
    def income_on(self) -> date:
        """The first day on which it may become income."""
        return self.on + INCOME_AFTER

    def may_be_income(self, today: date) -> bool:
        """Tell whether what is left of it may become income on a calendar day."""
        return self.left > 0 and self.passbooks_open == 0 and today >= self.income_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """A request about an excess: so much of it is a member's, or all that is left becomes income.

    Attributes:
        id: The client's; becomes the id of the entry.
        member_id: Whose it is; None for income.
        amount: In paisa; for income what was left when it was asked for.
    """

    id: str
    excess_id: str
    member_id: str | None
    amount: Paisa
    reason: str
    maker_id: str


def request_fingerprint(
    excess_id: str, member_id: str | None, amount: Paisa | None, reason: str, maker_id: str
) -> str:
    """Return by what a repeated request is known."""
    return fingerprint(
        "excess", excess=excess_id, member=member_id, amount=amount, reason=reason, by=maker_id
    )


def require_left(excess: Excess, amount: Paisa) -> None:
    """Give away no more than there is.

    Raises:
        ExcessSmaller: less is left, or nothing.
    """
    if excess.left < max(amount, 1):
        raise ExcessSmaller(left=format_taka(excess.left))


def require_income(excess: Excess, today: date) -> None:
    """Let it become income only when nobody missed it for its days, and the passbooks were seen.

    Raises:
        ExcessTooYoung: its days are not over.
        PassbooksNotSeen: passbooks of its samities wait to be seen, or differ without an answer.
    """
    if today < excess.income_on:
        raise ExcessTooYoung(from_on=excess.income_on.isoformat())
    if excess.passbooks_open:
        raise PassbooksNotSeen(count=excess.passbooks_open)


def accounts_of(excess: Excess, settling: Settling) -> tuple[OfficeAccount, OfficeAccount]:
    """Return where it stands, and where it goes: to what is hers without an account (M5), or to income."""
    unidentified = OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, excess.office_id)
    if settling.member_id is None:
        return unidentified, OfficeAccount(Ledgers.SUNDRY_INCOME, excess.office_id)
    return unidentified, OfficeAccount(Ledgers.UNALLOCATED_RECEIPTS, excess.office_id, settling.member_id)


def entry_of(excess: Excess, settling: Settling, day: OpenDay, checker_id: str) -> Entry:
    """Return the entry that settles it; its debit names the excess, so that what is left can be told."""
    unidentified, to = accounts_of(excess, settling)
    return Entry(
        id=settling.id,
        office_id=excess.office_id,
        kind=EntryKind.EXCESS,
        business_on=day.on,
        value_on=day.on,
        maker_id=settling.maker_id,
        checker_id=checker_id,
        reason=settling.reason,
        postings=(
            Posting(unidentified.id, Side.DEBIT, settling.amount, excess.id),
            Posting(to.id, Side.CREDIT, settling.amount),
        ),
    )


def receipt_of(excess: Excess, settling: Settling, member_id: str) -> UnallocatedReceipt:
    """Return the money as hers: with the day on which it was really received (rule M2)."""
    return UnallocatedReceipt(
        row_id=settling.id,
        member_id=member_id,
        office_id=excess.office_id,
        amount=settling.amount,
        code=RowCode.FOUND_IN_EXCESS,
        value_on=excess.on,
    )
