"""Double entry: balanced entries, and what they do to the accounts they touch. Pure.

An entry cannot be constructed unbalanced; an account is never folded below its floor. The database
refuses both a second time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_errors import AccountClosed, AccountUnknown, InsufficientFunds
from transactions.domain.chart import Side

_TWO_SIDES = 2


class EntryKind(StrEnum):
    """Which deed an entry books."""

    DEPOSIT = "deposit"
    COLLECTION = "collection"
    HAND_OVER = "hand_over"
    UNALLOCATED = "unallocated"
    MOBILE_MONEY = "mobile_money"
    REVERSAL = "reversal"
    VAULT_COUNT = "vault_count"
    EXCESS = "excess"
    DISBURSEMENT = "disbursement"
    REPAYMENT = "repayment"
    SETTLEMENT = "settlement"
    SAVINGS_TO_LOAN = "savings_to_loan"
    WAIVER = "waiver"
    WRITE_OFF = "write_off"
    RECOVERY = "recovery"
    FEE = "fee"
    CHARGE_ADVANCE = "charge_advance"
    LOAN_LOSS = "loan_loss"
    WITHDRAWAL = "withdrawal"
    FLOAT = "float"
    CLOSING = "closing"
    CORRECTION = "correction"
    INTEREST_PROVISION = "interest_provision"
    INTEREST = "interest"
    INTEREST_ADJUSTMENT = "interest_adjustment"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    APPLICANT_RECEIPT = "applicant_receipt"
    APPLICANT_REFUND = "applicant_refund"
    NOMINEE_PAYOUT = "nominee_payout"
    YEAR_CLOSING = "year_closing"
    VOUCHER = "voucher"
    REMITTANCE_OUT = "remittance_out"
    REMITTANCE_IN = "remittance_in"
    OPENING = "opening"


_OF_SHEETS = frozenset({EntryKind.COLLECTION, EntryKind.FEE, EntryKind.WITHDRAWAL})


@dataclass(frozen=True, slots=True)
class Posting:
    """One positive amount on one side of one account.

    Attributes:
        amount: Paisa, more than nothing.
        row_id: The member row that it books (mechanics D7); None for the cash side.
        receipt: The number of the receipt she holds.
    """

    account_id: str
    side: Side
    amount: Paisa
    row_id: str | None = None
    receipt: str | None = None

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("a posting carries more than nothing")


@dataclass(frozen=True, slots=True)
class Reversed:
    """The one row of an entry that another entry undoes (mechanics D7)."""

    entry_id: str
    row_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A balanced set of postings of one office on one business day.

    Attributes:
        business_on: The branch's open day (rule M2).
        value_on: The day on which the money was really received or paid (rule M2).
        maker_id: The person who entered it; `checker_id` the one who authorised it.
        officer_id: Who took the money, as her passbook tells it.
        fingerprint: Hash of the request's business fields, by which a repeated request is known.
    """

    id: str
    office_id: str
    kind: EntryKind
    business_on: date
    value_on: date
    postings: tuple[Posting, ...]
    maker_id: str
    checker_id: str | None = None
    officer_id: str | None = None
    samity_id: str | None = None
    reason: str | None = None
    reverses: Reversed | None = None
    fingerprint: str | None = None

    @property
    def is_of_a_sheet(self) -> bool:
        """Whether it books rows of a collection sheet, which may be late (rule M3)."""
        return self.samity_id is not None and self.kind in _OF_SHEETS

    def __post_init__(self) -> None:
        if len(self.postings) < _TWO_SIDES:
            raise ValueError("an entry has two sides")
        if total(self.postings, Side.DEBIT) != total(self.postings, Side.CREDIT):
            raise ValueError(f"entry {self.id} does not balance")


def total(postings: Iterable[Posting], side: Side) -> Paisa:
    """Return what stands on one side, in paisa."""
    return Paisa(sum(posting.amount for posting in postings if posting.side is side))


def balance_of(grows_on: Side, debited: int, credited: int) -> Paisa:
    """Return the balance that two totals make, on the side on which the account grows."""
    held = debited - credited
    return Paisa(held if grows_on is Side.DEBIT else -held)


@dataclass(frozen=True, slots=True)
class PendingDelta:
    """A signed change of what is on its way into or out of an account, in paisa (rule M1)."""

    account_id: str
    incoming: int = 0
    outgoing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an account stands: two growing totals, and never one signed sum.

    Attributes:
        grows_on: The side that adds to its balance.
        floor: What the balance may never fall below, in paisa; None where it may.
        sequence: The number of its last posting; they have no gaps.
        pending_in: Submitted, not yet in the book. It cannot be withdrawn (rule M1).
        pending_out: Promised and not yet paid; it is kept back from other withdrawals.
        dormant: Its owner has moved nothing for a long time.
    """

    id: str
    office_id: str
    grows_on: Side
    floor: int | None
    debits: int = 0
    credits: int = 0
    sequence: int = 0
    pending_in: int = 0
    pending_out: int = 0
    closed: bool = False
    dormant: bool = False

    @property
    def balance(self) -> Paisa:
        """What the account holds, on the side on which it grows."""
        return balance_of(self.grows_on, self.debits, self.credits)

    @property
    def keeps(self) -> bool:
        """Whether the balance covers the floor and what is promised already."""
        return self.floor is None or self.balance - self.pending_out >= self.floor

    def after(self, posting: Posting) -> Self:
        """Return how the account stands after one posting.

        Raises:
            AccountClosed: nothing is posted to a closed account.
            InsufficientFunds: the posting takes more than the account may give.
        """
        if self.closed:
            raise AccountClosed(account_id=self.id)
        debit = posting.side is Side.DEBIT
        moved = replace(
            self,
            debits=self.debits + (posting.amount if debit else 0),
            credits=self.credits + (0 if debit else posting.amount),
            sequence=self.sequence + 1,
        )
        if posting.side is not self.grows_on and not moved.keeps:
            raise self._too_little(posting.amount)
        return moved

    def expecting(self, delta: PendingDelta) -> Self:
        """Return how the account stands after a change of what is on its way.

        Raises:
            InsufficientFunds: more is promised than the account may give.
            ValueError: more is released than was pending, which is a defect of the caller.
        """
        moved = replace(
            self,
            pending_in=self.pending_in + delta.incoming,
            pending_out=self.pending_out + delta.outgoing,
        )
        if moved.pending_in < 0 or moved.pending_out < 0:
            raise ValueError(f"account {self.id} has less pending than is released")
        if delta.outgoing > 0 and not moved.keeps:
            raise self._too_little(Paisa(delta.outgoing))
        return moved

    def _too_little(self, wanted: Paisa) -> InsufficientFunds:
        return InsufficientFunds(
            account_id=self.id, balance=format_taka(self.balance), wanted=format_taka(wanted)
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A posting at its place: in its entry, and in the account's running sequence.

    Attributes:
        number: Its place in the entry, from 1.
        sequence: Its place in the account, from 1, without gaps.
        balance_after: What the account held then, in paisa; never used for interest (mechanics D6).
    """

    entry: Entry
    number: int
    posting: Posting
    sequence: int
    balance_after: Paisa


@dataclass(frozen=True, slots=True)
class Folded:
    """What some entries did: each posting numbered, each account as it stands afterwards."""

    postings: tuple[Numbered, ...]
    standings: Mapping[str, Standing]

    def balance_after(self, account_id: str) -> Paisa:
        """Return what an account holds after all of it, in paisa."""
        return self.standings[account_id].balance


def touched(entries: Iterable[Entry], pending: Iterable[PendingDelta] = ()) -> tuple[str, ...]:
    """Return the ids of all accounts that are to be locked, in the one order (mechanics D4)."""
    posted = {posting.account_id for entry in entries for posting in entry.postings}
    return tuple(sorted(posted | {delta.account_id for delta in pending}))


def fold(
    entries: Sequence[Entry], standings: Mapping[str, Standing], pending: Iterable[PendingDelta] = ()
) -> Folded:
    """Take what is no longer on its way from accounts as they stand, then apply entries in their order.

    Raises:
        AccountUnknown: an entry names an account that its office does not keep.
        AccountClosed, InsufficientFunds: as `Standing.after`.
    """
    after = dict(standings)
    numbered: list[Numbered] = []
    for delta in pending:
        after[delta.account_id] = _known(after, delta.account_id).expecting(delta)
    for entry in entries:
        for number, posting in enumerate(entry.postings, start=1):
            standing = _of_office(after, posting.account_id, entry.office_id).after(posting)
            after[standing.id] = standing
            numbered.append(Numbered(entry, number, posting, standing.sequence, standing.balance))
    return Folded(tuple(numbered), after)


def _known(standings: Mapping[str, Standing], account_id: str) -> Standing:
    if account_id not in standings:
        raise AccountUnknown(account_id=account_id)
    return standings[account_id]


def _of_office(standings: Mapping[str, Standing], account_id: str, office_id: str) -> Standing:
    """One entry is of one office: money between offices goes through two (rule L6)."""
    standing = _known(standings, account_id)
    if standing.office_id != office_id:
        raise AccountUnknown(account_id=account_id)
    return standing


def merged(deltas: Iterable[PendingDelta]) -> tuple[PendingDelta, ...]:
    """Return one change an account, in lock order."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for delta in deltas:
        sums[delta.account_id][0] += delta.incoming
        sums[delta.account_id][1] += delta.outgoing
    return tuple(PendingDelta(account_id, *sums[account_id]) for account_id in sorted(sums))
