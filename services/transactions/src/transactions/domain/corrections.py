"""Putting right a row of an earlier day: today in the books, with its own value date (rule M13). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.errors import InvalidPayload
from contracts.money import PAISA_PER_TAKA, Paisa
from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.lending_endings_words import FeeKind
from contracts.transactions.savings_errors import AlreadyCorrected, NotCorrectable
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting, Reversed, Standing
from transactions.domain.lending.counter import fee_account
from transactions.domain.people import Member
from transactions.domain.requests import fingerprint
from transactions.domain.reversals import BookedRow, accounts_of_never_received

RECEIVED = frozenset({EntryKind.DEPOSIT, EntryKind.COLLECTION, EntryKind.UNALLOCATED, EntryKind.REPAYMENT})
"""Rows that say that money of hers was received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """What the maker asks: the id becomes the id of the correcting entry.

    Attributes:
        row_id: The row; None where the entry has only one.
        to_account_id: Where the money belongs; None where it was never received.
        to_member_id: Who really paid the fee; None where the row is none, or was never one.
        amount: How much of the row is wrong, in paisa; None is all of it.
    """

    id: str
    entry_id: str
    row_id: str | None
    to_account_id: str | None
    amount: Paisa | None
    reason: str
    evidence: str
    maker_id: str
    to_member_id: str | None = None

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        payer = {"to_member": self.to_member_id} if self.to_member_id else {}
        return fingerprint(
            "correction",
            **payer,
            entry=self.entry_id,
            row=self.row_id,
            to_account=self.to_account_id,
            amount=self.amount,
            reason=self.reason,
            evidence=self.evidence,
            maker=self.maker_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to be put right, as it was agreed."""

    id: str
    amount: Paisa
    maker_id: str
    checker_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where the money of a wrong row belongs: on an account, as another member's fee, or nowhere yet.

    Attributes:
        payer: Who really paid the fee, of which kind.
    """

    account: MemberAccount | None = None
    payer: tuple[str, FeeKind] | None = None

    @property
    def account_id(self) -> str | None:
        """Which account, if any."""
        return self.account.id if self.account else None

    @property
    def member_id(self) -> str | None:
        """Whose money it becomes."""
        if self.payer is not None:
            return self.payer[0]
        return self.account.member_id if self.account else None

    def fee_of(self, office_id: str) -> OfficeAccount | None:
        """Return the account of the other member's fee."""
        if self.payer is None:
            return None
        member_id, kind = self.payer
        return fee_account(kind, office_id, member_id)


def destination_of_fee(row: BookedRow, kind: FeeKind | None, payer: Member, amount: Paisa) -> Destination:
    """Return a fee as it should have been taken: of the same kind, from another member of the branch.

    Raises:
        InvalidPayload: on `to_member_id`, or on an `amount` that is not whole taka (rule M11).
    """
    if kind is None:
        raise InvalidPayload.of(to_member_id="ONLY_FOR_A_FEE")
    if payer.id == row.member_id:
        raise InvalidPayload.of(to_member_id="THE_SAME_MEMBER")
    if payer.branch_id != row.office_id:
        raise InvalidPayload.of(to_member_id="OF_ANOTHER_BRANCH")
    if amount % PAISA_PER_TAKA:
        raise InvalidPayload.of(amount="WHOLE_TAKA_ONLY")
    return Destination(payer=(payer.id, kind))


def require_correctable(row: BookedRow, on: date) -> None:
    """Let a row that says money was received be put right on a later day, once.

    Raises:
        NotCorrectable: it is of the open day (rule M12), a correction itself, or not money received.
        AlreadyCorrected: it was undone before.
    """
    if row.kind in {EntryKind.REVERSAL, EntryKind.CORRECTION}:
        raise NotCorrectable(why="IS_A_CORRECTION")
    if row.kind not in RECEIVED and not row.at_counter:
        raise NotCorrectable(why="NOT_MONEY_RECEIVED")
    if row.business_on >= on:
        raise NotCorrectable(why="SAME_DAY")
    if row.reversed:
        raise AlreadyCorrected


def require_right_account(row: BookedRow, to: MemberAccount | None) -> None:
    """The right account is another open one of the same office.

    Raises:
        InvalidPayload: on `to_account_id`.
    """
    if to is None:
        return
    if to.id == row.account_id:
        raise InvalidPayload.of(to_account_id="THE_SAME_ACCOUNT")
    if to.office_id != row.office_id or to.closed:
        raise InvalidPayload.of(to_account_id="ANOTHER_OFFICE_OR_CLOSED")


def wrong_amount(row: BookedRow, asked: Paisa | None) -> Paisa:
    """Return how much of a row is wrong, in paisa.

    Raises:
        InvalidPayload: more than the row says.
    """
    if asked is not None and asked > row.amount:
        raise InvalidPayload.of(amount="MORE_THAN_THE_ROW")
    return asked or row.amount


def approval_kind(row: BookedRow, on: date) -> ApprovalKind:
    """Return who decides: the manager up to his limit; across months the area (rule M13)."""
    same_month = (row.value_on.year, row.value_on.month) == (on.year, on.month)
    return ApprovalKind.CORRECTION if same_month else ApprovalKind.CORRECTION_AREA


def receivable_of(row: BookedRow) -> OfficeAccount:
    """Return the debt of whoever took the money: what was spent already is his to bring (rule M13)."""
    return OfficeAccount(Ledgers.OFFICER_RECEIVABLE, row.office_id, row.officer_id)


def spendable(standing: Standing) -> Paisa:
    """Return what may be taken from an account without a negative balance or a broken promise, in paisa."""
    if standing.closed:
        return Paisa(0)
    return Paisa(max(0, standing.balance - standing.pending_out - (standing.floor or 0)))


def entry_of_correction(
    row: BookedRow,
    correction: Correction,
    day: OpenDay,
    *,
    given: tuple[Posting, ...],
    can_give: Paisa,
    officer_owes: Paisa,
) -> Entry:
    """Return the entry that takes from the wrong account and gives to the right one.

    Args:
        row: What is wrong.
        correction: How much, by whom, why.
        day: The branch's open day; the value date stays the row's own.
        given: What puts the money where it belongs; none where it was never received.
        can_give: What the wrong account still holds: the rest becomes a debt of staff.
        officer_owes: What the officer's debt holds, which money never received lowers first.
    """
    taken = min(correction.amount, can_give)
    sides = (*_taken(row, taken, correction.amount), *(given or _nobodys(row, correction, officer_owes)))
    return Entry(
        id=correction.id,
        office_id=row.office_id,
        kind=EntryKind.CORRECTION,
        business_on=day.on,
        value_on=row.value_on,
        maker_id=correction.maker_id,
        checker_id=correction.checker_id,
        officer_id=row.officer_id,
        samity_id=row.samity_id,
        reason=correction.reason,
        reverses=Reversed(row.entry_id, row.row_id),
        postings=sides,
    )


def _taken(row: BookedRow, taken: Paisa, amount: Paisa) -> Iterator[Posting]:
    yield from row.taken_back(taken)
    if taken < amount:
        yield Posting(receivable_of(row).id, Side.DEBIT, Paisa(amount - taken))


def _nobodys(row: BookedRow, correction: Correction, officer_owes: Paisa) -> Iterator[Posting]:
    from_debt = min(correction.amount, officer_owes)
    debt, unidentified = accounts_of_never_received(row)
    for account, part in ((debt, from_debt), (unidentified, correction.amount - from_debt)):
        if part:
            yield Posting(account.id, Side.CREDIT, Paisa(part))
