"""Balances of members who are brought over: each account's entry against suspense (rule P13). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from contracts.accounts.cut_over_words import CONFIRM_WITHIN_DAYS
from contracts.money import NOTHING, Paisa, format_taka
from contracts.transactions.cut_over_errors import (
    BranchHasWorked,
    CutOverIsPosted,
    CutOverNotWhole,
    CutOverOnAnotherDay,
)
from transactions.domain.accounts import NewAccount
from transactions.domain.book.years import closer_of
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import BranchDay, DayStatus
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.requests import fingerprint

_ENTRIES = UUID("5b7a1d0c-8d7c-5f5e-9a3b-2d6c1f4e8b90")


class CutOverState(StrEnum):
    """Where the balances of a branch stand; while they wait or are posted, no day is opened in it."""

    WAITING = "waiting"
    POSTING = "posting"
    POSTED = "posted"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOver:
    """What was agreed to of a branch: two people, a day, and the sums that must come together, in paisa."""

    id: str
    office_id: str
    on: date
    accounts: int
    savings: Paisa
    loans: Paisa
    reference: str
    maker_id: str
    checker_id: str
    state: CutOverState = CutOverState.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtSavings:
    """A savings account with what the old books took, gave and held, in paisa."""

    account: NewAccount
    samity_id: str
    opened_on: date
    deposited: Paisa
    withdrawn: Paisa
    interest: Paisa
    balance: Paisa
    last_receipt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtLoan:
    """A running loan with its schedule and what was paid of it."""

    loan: Loan
    account: NewAccount
    samity_id: str
    schedule: Schedule
    paid: Amounts
    last_receipt: str | None

    @property
    def outstanding(self) -> Paisa:
        """The principal that she still owes."""
        return Paisa(self.loan.principal - self.paid.principal)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Accounts that are handed over together."""

    savings: Sequence[BroughtSavings] = ()
    loans: Sequence[BroughtLoan] = ()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What chunks come to, in paisa."""

    accounts: int = 0
    savings: Paisa = NOTHING
    loans: Paisa = NOTHING

    def __add__(self, chunk: Chunk) -> "HandedOver":
        return HandedOver(
            self.accounts + len(chunk.savings) + len(chunk.loans),
            Paisa(self.savings + sum(one.balance for one in chunk.savings)),
            Paisa(self.loans + sum(one.outstanding for one in chunk.loans)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A samity's list as it was read out: by whom it is recorded, who agrees, whose paper says otherwise."""

    id: str
    samity_id: str
    read_out_on: date
    mark: str
    witness: str
    paper: str
    disputed: frozenset[str] = field(default_factory=frozenset)

    @property
    def fingerprint(self) -> str:
        """By which a repeated confirmation is known."""
        return fingerprint(
            "confirm_samity_list",
            samity_id=self.samity_id,
            read_out_on=self.read_out_on.isoformat(),
            mark=self.mark,
            witness=self.witness,
            paper=self.paper,
            disputed="|".join(sorted(self.disputed)),
        )


def require_beginning(on: date, first: BranchDay, opened_on: date | None, *, worked: bool) -> None:
    """Let a branch be brought over whose book holds opening balances and a first day that nobody has used.

    Args:
        on: The day of the cut-over.
        first: The newest day of the branch.
        opened_on: Its newest closed day.
        worked: Whether anything but opening balances was ever done in it.

    Raises:
        BranchHasWorked: it has begun.
        CutOverOnAnotherDay: its opening balances are of another day than its members' balances.
    """
    if worked or opened_on is None or first.status is not DayStatus.OPEN:
        raise BranchHasWorked(on=first.on.isoformat())
    if on != opened_on:
        raise CutOverOnAnotherDay(on=opened_on.isoformat())


def require_waiting(cut_over: CutOver) -> None:
    """Let a cut-over be added to, or let go, whose balances are not being posted.

    Raises:
        CutOverIsPosted: they are, or it was let go.
    """
    if cut_over.state is not CutOverState.WAITING:
        raise CutOverIsPosted(state=cut_over.state.value)


def require_whole(cut_over: CutOver, handed: HandedOver) -> None:
    """Let balances be posted that are exactly what two people agreed to.

    Raises:
        CutOverNotWhole: with what was handed over.
    """
    if handed != HandedOver(cut_over.accounts, cut_over.savings, cut_over.loans):
        raise CutOverNotWhole(
            accounts=handed.accounts, savings=format_taka(handed.savings), loans=format_taka(handed.loans)
        )


def office_accounts_of(office_id: str, chunk: Chunk) -> tuple[OfficeAccount, ...]:
    """Return the accounts of the office's own that a chunk's entries post on."""
    of_loans = (
        (closer_of(Ledgers.SERVICE_CHARGE, office_id), *(one.loan.charge_account for one in chunk.loans))
        if chunk.loans
        else ()
    )
    return (suspense_of(office_id), *of_loans)


def suspense_of(office_id: str) -> OfficeAccount:
    """Return where an office's opening balances wait for each other."""
    return OfficeAccount(Ledgers.OPENING_SUSPENSE, office_id)


def entries_of_chunk(cut_over: CutOver, chunk: Chunk) -> tuple[Entry, ...]:
    """Return an entry for every account that holds something, each by itself against suspense."""
    savings = (_of_savings(cut_over, one) for one in chunk.savings if one.balance)
    return (*savings, *(_of_loan(cut_over, one) for one in chunk.loans))


def _of_savings(cut_over: CutOver, one: BroughtSavings) -> Entry:
    row = one.account.id
    postings = (
        Posting(suspense_of(cut_over.office_id).id, Side.DEBIT, one.balance),
        Posting(one.account.id, Side.CREDIT, one.balance, row, one.last_receipt),
    )
    return _entry(cut_over, str(uuid5(_ENTRIES, row)), postings)


def _of_loan(cut_over: CutOver, one: BroughtLoan) -> Entry:
    """Lend the whole and take in what was paid: the book knows both, as of a loan of its own.

    The entry bears the loan's id, as its payout would. What was paid of the charge goes to the loan's own
    account and out of the one beside it, so that no year earns it a second time.
    """
    account, loan, paid = one.account.id, one.loan, one.paid
    row = str(uuid5(_ENTRIES, f"{loan.id}:paid"))
    closer = closer_of(Ledgers.SERVICE_CHARGE, cut_over.office_id).id
    asked = (
        Posting(account, Side.DEBIT, loan.principal, loan.id),
        Posting(suspense_of(cut_over.office_id).id, Side.CREDIT, one.outstanding),
    )
    principal = (
        (Posting(account, Side.CREDIT, paid.principal, row, one.last_receipt),) if paid.principal else ()
    )
    charge = (
        (
            Posting(loan.charge_account.id, Side.CREDIT, paid.charge, row, one.last_receipt),
            Posting(closer, Side.DEBIT, paid.charge),
        )
        if paid.charge
        else ()
    )
    return _entry(cut_over, loan.id, (*asked, *principal, *charge))


def _entry(cut_over: CutOver, entry_id: str, postings: tuple[Posting, ...]) -> Entry:
    return Entry(
        id=entry_id,
        office_id=cut_over.office_id,
        kind=EntryKind.OPENING,
        business_on=cut_over.on,
        value_on=cut_over.on,
        maker_id=cut_over.maker_id,
        checker_id=cut_over.checker_id,
        reason=cut_over.reference,
        postings=postings,
    )


def due_on(cut_over_on: date) -> date:
    """Return by when members confirm their samity's list (rule P13)."""
    return cut_over_on + timedelta(days=CONFIRM_WITHIN_DAYS)


def to_confirm(waiting: Iterable[str], disputed: frozenset[str]) -> tuple[str, ...]:
    """Return who of those who wait is confirmed by a list, by id."""
    return tuple(sorted(set(waiting) - disputed))


def carried_terms(terms: Mapping[str, Any], paid: Sequence[tuple[date, Paisa]]) -> dict[str, Any]:
    """Return a snapshot with its plan's payments so far, as one that moved in from another branch has."""
    if not paid:
        return dict(terms)
    return {**terms, "carried": [{"on": on.isoformat(), "amount": amount} for on, amount in paid]}
