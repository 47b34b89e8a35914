"""Undoing one row of the same day (rule M12): which may be undone, and the entry that does it. Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.errors import InvalidPayload
from contracts.money import NOTHING, Paisa
from contracts.transactions.ledger_errors import AlreadyReversed, NotReversible
from contracts.transactions.ledger_words import ReversalKind
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting, Reversed
from transactions.domain.requests import fingerprint

_OF_RUNS = frozenset({EntryKind.INTEREST, EntryKind.INTEREST_ADJUSTMENT, EntryKind.FEE})
"""What the house books by its own rules: it falls with the deed that it belongs to."""
_BY_DECISION = frozenset({EntryKind.WAIVER, EntryKind.WRITE_OFF})
"""What stands as it was decided: domain 4.9 knows no way back."""
_OF_LOANS = frozenset({EntryKind.SETTLEMENT, EntryKind.SAVINGS_TO_LOAN})
_WHOLE = frozenset({EntryKind.CLOSING, EntryKind.DISBURSEMENT, *_OF_LOANS})
"""Deeds that open or end an account: they are undone in one way only, all of it comes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedRow:
    """A member's row as it stands in the book.

    Attributes:
        amount: Paisa that were credited to her, or debited where money was paid out; all of a row on a loan.
        charge: Of it, the service charge of her loan, which stands on `charge_account_id`.
        side: On which side of her account.
        receipt: The number of the receipt she holds.
        reversed: Whether a correction of it was posted already.
        at_counter: Money of hers that is on no account of hers: a fee, or for a written-off loan.
        by_telephone: It came as mobile money, so that nobody ever had it in his hands.
    """

    entry_id: str
    row_id: str
    kind: EntryKind
    office_id: str
    business_on: date
    value_on: date
    account_id: str
    member_id: str
    amount: Paisa
    officer_id: str | None
    samity_id: str | None
    receipt: str | None
    reversed: bool
    side: Side = Side.CREDIT
    charge: Paisa = NOTHING
    charge_account_id: str | None = None
    at_counter: bool = False
    by_telephone: bool = False

    @property
    def principal(self) -> Paisa:
        """What stands on her own account: all of it, but for a loan's service charge."""
        return Paisa(self.amount - self.charge)

    def taken_back(self, amount: Paisa) -> tuple[Posting, ...]:
        """Return the postings that undo so much of it: what was paid last, principal, is taken first."""
        principal = min(amount, self.principal)
        parts = ((self.account_id, principal), (self.charge_account_id, Paisa(amount - principal)))
        return tuple(
            Posting(account_id, self.side.other, part, self.row_id, self.receipt)
            for account_id, part in parts
            if account_id is not None and part
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalRequest:
    """What the maker asks: the id becomes the id of the correcting entry.

    Attributes:
        row_id: The row; None where the entry has only one.
        to_account_id: Where the money belongs, for a wrong account.
        evidence: What proves it: her signature, her confirmation.
    """

    id: str
    entry_id: str
    row_id: str | None
    kind: ReversalKind
    to_account_id: str | None
    reason: str
    evidence: str
    maker_id: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "reversal",
            entry=self.entry_id,
            row=self.row_id,
            kind=self.kind.value,
            to_account=self.to_account_id,
            reason=self.reason,
            evidence=self.evidence,
            maker=self.maker_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who asked for a correction, who allowed it, and why."""

    id: str
    kind: ReversalKind
    maker_id: str
    checker_id: str
    reason: str


def require_reversible(row: BookedRow, day: OpenDay, *, sealed: bool = False) -> None:
    """Let a row be undone on its own day, once.

    Raises:
        NotReversible: it is of another day (rule M13 is for those), or a correction itself, or sealed: a
            reopened day is only added to (rule M16).
        AlreadyReversed: it was undone before.
    """
    if row.kind in {EntryKind.REVERSAL, EntryKind.CORRECTION}:
        raise NotReversible(why="IS_A_CORRECTION")
    if row.kind in _OF_RUNS and not row.at_counter:
        raise NotReversible(why="NOT_A_ROW_OF_HERS")
    if row.kind in _BY_DECISION:
        raise NotReversible(why="BY_DECISION")
    if row.kind in _OF_LOANS and row.row_id != row.entry_id:
        raise NotReversible(why="THE_ROW_OF_THE_LOAN")
    if row.business_on != day.on:
        raise NotReversible(why="ANOTHER_DAY")
    if sealed:
        raise NotReversible(why="SEALED")
    if row.reversed:
        raise AlreadyReversed


def require_destination(kind: ReversalKind, row: BookedRow, to: MemberAccount | None) -> None:
    """A wrong account names the right one, another open account of the same office; the others name none.

    Raises:
        InvalidPayload: on `to_account_id`.
        NotReversible: what opens or ends an account is undone in one way only, by bringing all back.
    """
    if row.kind in _WHOLE and kind is not ReversalKind.MONEY_RETURNED:
        raise NotReversible(why="ONLY_MONEY_RETURNED")
    if kind is not ReversalKind.WRONG_ACCOUNT:
        if to is not None:
            raise InvalidPayload.of(to_account_id="NOT_EXPECTED")
        return
    if to is None:
        raise InvalidPayload.of(to_account_id="REQUIRED")
    if to.id == row.account_id:
        raise InvalidPayload.of(to_account_id="THE_SAME_ACCOUNT")
    if to.office_id != row.office_id or to.closed:
        raise InvalidPayload.of(to_account_id="ANOTHER_OFFICE_OR_CLOSED")
    if to.is_loan and row.side is Side.DEBIT:
        raise InvalidPayload.of(to_account_id="A_LOAN")


def entry_of_reversal(
    row: BookedRow, decided: Decided, day: OpenDay, *, given: tuple[Posting, ...], officer_owes: Paisa
) -> Entry:
    """Return the entry that undoes a row, with its original value date.

    Args:
        row: What is undone.
        decided: By whom and why.
        day: The branch's open day.
        given: What puts the money where it belongs, for a wrong account.
        officer_owes: What the officer's receivable holds: a row whose money was never received lowers his
            debt first, and what was counted beyond it is nobody's yet (rule M12).
    """
    return Entry(
        id=decided.id,
        office_id=row.office_id,
        kind=EntryKind.REVERSAL,
        business_on=day.on,
        value_on=row.value_on,
        maker_id=decided.maker_id,
        checker_id=decided.checker_id,
        officer_id=row.officer_id,
        samity_id=row.samity_id,
        reason=decided.reason,
        reverses=Reversed(row.entry_id, row.row_id),
        postings=(*row.taken_back(row.amount), *_other_side(row, decided, given, officer_owes)),
    )


def _other_side(
    row: BookedRow, decided: Decided, given: tuple[Posting, ...], officer_owes: Paisa
) -> tuple[Posting, ...]:
    if decided.kind is ReversalKind.WRONG_ACCOUNT:
        return given
    if decided.kind is ReversalKind.MONEY_RETURNED:
        vault = OfficeAccount(Ledgers.VAULT, row.office_id)
        return (Posting(vault.id, row.side, row.amount),)
    if row.by_telephone:  # the provider never had it either: the claim on him goes
        return (Posting(OfficeAccount(Ledgers.MOBILE_MONEY, row.office_id).id, row.side, row.amount),)
    debt, unidentified = accounts_of_never_received(row)
    if row.side is Side.DEBIT:  # she never got what was paid out: whoever paid it brings it
        return (Posting(debt.id, Side.DEBIT, row.amount),)
    from_debt = min(row.amount, officer_owes)
    parts = ((debt, from_debt), (unidentified, row.amount - from_debt))
    return tuple(Posting(account.id, Side.CREDIT, Paisa(part)) for account, part in parts if part)


def accounts_of_never_received(row: BookedRow) -> tuple[OfficeAccount, OfficeAccount]:
    """Return the officer's receivable and the unidentified receipts of the row's office."""
    return (
        OfficeAccount(Ledgers.OFFICER_RECEIVABLE, row.office_id, row.officer_id),
        OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, row.office_id),
    )
