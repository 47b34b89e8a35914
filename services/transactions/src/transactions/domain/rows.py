"""Rows of a collection sheet: what a phone says, what the server has, and what a change takes back. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from contracts.money import NOTHING, Paisa
from contracts.transactions.collection_words import (
    Attendance,
    ChangeKind,
    NothingReceived,
    Outcome,
    PaidBy,
    RowCode,
    RowKind,
    RowState,
)
from contracts.transactions.lending_endings_words import FeeKind
from contracts.transactions.savings_words import Mark
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers
from transactions.domain.ledger import PendingDelta
from transactions.domain.lending.counter import FEE_OF_ROW

SAVED_AT_MEETINGS = SAVINGS_LEDGERS - {Ledgers.LUMP_SAVINGS.code}
"""The savings onto which a meeting may bring money; a lump deposit is paid once, at the counter."""

COLLECTED_LEDGERS = SAVED_AT_MEETINGS | {Ledgers.LOANS.code}
"""The ledgers to which a collection may credit money; on a loan it pays charge and principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a phone said about one account, in one version (rule M6).

    Attributes:
        kind: What its money is; an instalment or a deposit is collected.
        amount: What she paid, or was paid, in paisa; None where `nothing_received` says why not (rule M10).
        recorded_at: When the officer recorded it, by the phone's clock.
        change_reason: Why this version takes something back from an earlier one.
        withdrawal_id: Which agreed withdrawal was paid, or not; of a withdrawal only (rule M9).
        mark: How she said that the money is in her hand.
    """

    row_id: str
    version: int
    member_id: str
    account_id: str
    attendance: Attendance
    amount: Paisa | None
    nothing_received: NothingReceived | None
    note: str | None
    paid_by: PaidBy
    second_payment: bool
    receipt_number: str | None
    recorded_at: datetime
    change_reason: str | None = None
    kind: RowKind = RowKind.COLLECTED
    withdrawal_id: str | None = None
    mark: Mark | None = None

    @property
    def said(self) -> dict[str, Any]:
        """All that it says, by name; `asdict` would copy every value deeply, sixty rows at a time."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def pays(self) -> bool:
        """Whether it is about money that goes to her."""
        return self.kind is RowKind.WITHDRAWAL

    @property
    def money(self) -> Paisa:
        """What changed hands, nothing where nothing did."""
        return NOTHING if self.amount is None else self.amount

    @property
    def received(self) -> Paisa:
        """What she gave."""
        return NOTHING if self.pays else self.money

    @property
    def paid_out(self) -> Paisa:
        """What she was paid."""
        return self.money if self.pays else NOTHING

    @property
    def place(self) -> tuple[str, RowKind]:
        """For what a sheet has one regular row (rule M4)."""
        return self.account_id, self.kind

    @property
    def fee(self) -> FeeKind | None:
        """Which fee it is; None where it is none."""
        return FEE_OF_ROW.get(self.kind)

    @property
    def by_telephone(self) -> bool:
        """Whether the money came as mobile money, so that the officer holds none of it (rule M14)."""
        return self.paid_by is PaidBy.MOBILE_MONEY


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A row as the server has it, in its newest version.

    Attributes:
        code: Why its money has no account; None where it has one, or where there is no money.
        return_reason: What the accountant or the manager wants to be looked at.
    """

    row: Row
    state: RowState
    code: RowCode | None = None
    return_reason: str | None = None

    @property
    def is_fee(self) -> bool:
        """Whether its money is a fee; without an account it is hers all the same (rule M5)."""
        return self.row.fee is not None and self.code is None

    @property
    def is_collected(self) -> bool:
        """Whether its money is of the sheet's own entry: fees and withdrawals are entries of their own."""
        return not self.is_fee and not self.row.pays

    @property
    def expects(self) -> PendingDelta | None:
        """What it has on its way into her account; a fee, as money without account, has none.

        What was paid to her is held since it was agreed to.
        """
        no_account = self.code is not None or not self.is_collected
        if no_account or self.row.amount is None or self.state is RowState.AUTHORISED:
            return None
        return PendingDelta(self.row.account_id, incoming=self.row.amount)


@dataclass(frozen=True, slots=True)
class KnownMember:
    """What the books know of a member."""

    samity_id: str
    active: bool
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """What the books know of an account."""

    office_id: str
    ledger: str
    member_id: str | None
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A withdrawal whose cash is in the officer's float: what may be paid, and to whom (rule M9)."""

    withdrawal_id: str
    account_id: str
    member_id: str
    amount: Paisa


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that is looked at while the rows of one sheet are judged.

    Attributes:
        complete: The sheet was submitted before: only returned rows may change (rule M6).
        standing: The sheet's rows by id.
        earlier: Versions that were overtaken, by (row id, version).
        elsewhere: Those of the submitted row ids that are on other sheets.
        receipts: Which row holds which of the submitted receipt numbers (rule P3).
        excluded: The officer himself and declared kin (rule M8).
        carried: The withdrawals that may be paid, by id.
    """

    samity_id: str
    office_id: str
    meeting_on: date
    complete: bool
    standing: Mapping[str, StandingRow]
    earlier: Mapping[tuple[str, int], Row] = field(default_factory=dict)
    elsewhere: Collection[str] = ()
    members: Mapping[str, KnownMember] = field(default_factory=dict)
    accounts: Mapping[str, KnownAccount] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
    excluded: Collection[str] = ()
    carried: Mapping[str, Carried] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Something taken back after the server had seen it: told to her and counted (rule M6)."""

    kind: ChangeKind
    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one row; `change` where it takes something back."""

    row: Row
    outcome: Outcome
    code: RowCode | None = None
    change: Change | None = None

    @property
    def kept(self) -> bool:
        """Whether it is now the row's newest version."""
        return self.outcome in (Outcome.PENDING, Outcome.UNALLOCATED)

    @property
    def stands(self) -> StandingRow:
        """The row as the server has it from now on."""
        return StandingRow(self.row, RowState(self.outcome.value), self.code)


def changed(before: Row, after: Row) -> Change | None:
    """Return what a newer version takes back: an amount, a part of one, or an account (rule M6)."""
    if before.amount is None:
        return None
    if after.amount is None:
        return Change(ChangeKind.REMOVED, before, after)
    if (before.member_id, before.place) != (after.member_id, after.place):
        return Change(ChangeKind.ACCOUNT_CHANGED, before, after)
    return Change(ChangeKind.LOWERED, before, after) if after.amount < before.amount else None


def pending_change(before: StandingRow | None, after: StandingRow) -> tuple[PendingDelta, ...]:
    """Return how a row's new version moves what is on its way into accounts, in paisa (rule M1)."""
    gone = before.expects if before else None
    come = after.expects
    released = (PendingDelta(gone.account_id, incoming=-gone.incoming),) if gone else ()
    return (*released, come) if come else released


def total_of(rows: Collection[Row]) -> Paisa:
    """Return the money of some rows, in paisa."""
    return Paisa(sum(row.money for row in rows))
