"""What becomes of each row of a submission: judged one by one, money never refused (rules M4-M6). Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers
from transactions.domain.ledger import PendingDelta
from transactions.domain.lending.counter import FEE_OF_ROW, fee_account

SAVED_AT_MEETINGS = SAVINGS_LEDGERS - {Ledgers.LUMP_SAVINGS.code}
"""The savings onto which a meeting may bring money; a lump deposit is paid once, at the counter."""

COLLECTED_LEDGERS = SAVED_AT_MEETINGS | {Ledgers.LOANS.code}
"""The ledgers to which a collection may credit money; on a loan it pays charge and principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a phone said about one account, in one version (rule M6).

    Attributes:
        kind: What its money is; an instalment or a deposit is collected.
        amount: What she paid, in paisa; None where `nothing_received` says why there was none (rule M10).
        recorded_at: When the officer recorded it, by the phone's clock.
        change_reason: Why this version takes something back from an earlier one.
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

    @property
    def said(self) -> dict[str, Any]:
        """All that it says, by name; `asdict` would copy every value deeply, sixty rows at a time."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def money(self) -> Paisa:
        """What she paid, nothing where she paid nothing."""
        return NOTHING if self.amount is None else self.amount

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
    def expects(self) -> PendingDelta | None:
        """What it has on its way into her account; a fee, as money without account, has none."""
        no_account = self.code is not None or self.row.fee is not None
        if no_account or self.row.amount is None or self.state is RowState.AUTHORISED:
            return None
        return PendingDelta(self.row.account_id, incoming=self.row.amount)


@dataclass(frozen=True, slots=True)
class KnownMember:
    """What the books know of a member."""

    samity_id: str
    active: bool


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """What the books know of an account."""

    office_id: str
    ledger: str
    member_id: str | None
    closed: bool


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
    """

    samity_id: str
    office_id: str
    complete: bool
    standing: Mapping[str, StandingRow]
    earlier: Mapping[tuple[str, int], Row] = field(default_factory=dict)
    elsewhere: Collection[str] = ()
    members: Mapping[str, KnownMember] = field(default_factory=dict)
    accounts: Mapping[str, KnownAccount] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
    excluded: Collection[str] = ()


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


def judge(rows: Sequence[Row], desk: Desk) -> tuple[Judged, ...]:
    """Judge the rows of the sheet's holder, each after those before it."""
    bench = _Bench(desk)
    return tuple(bench.judge(row) for row in rows)


def set_aside(rows: Sequence[Row], desk: Desk, why: RowCode) -> tuple[Judged, ...]:
    """Put the rows of somebody who does not hold the sheet on the compare list (rule M4).

    What the server has already, word for word, is a repetition and nothing to compare.
    """
    return tuple(
        Judged(row, Outcome.REPEATED)
        if _seen(row, desk, desk.standing) == row
        else Judged(row, Outcome.COMPARE, why)
        for row in rows
    )


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


class _Bench:
    """Where rows are judged one after the other: what was kept counts for those that follow."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.standing = dict(desk.standing)
        self.receipts = dict(desk.receipts)
        self.regular = {
            row.row.place: row_id for row_id, row in desk.standing.items() if not row.row.second_payment
        }

    def judge(self, row: Row) -> Judged:
        """Judge a row, and remember it where it is kept."""
        judged = self._judge(row)
        if judged.kept:
            self._keep(judged)
        return judged

    def _judge(self, row: Row) -> Judged:
        known = _seen(row, self.desk, self.standing)
        if known is not None:
            return Judged(row, Outcome.REPEATED) if known == row else _conflict(row, RowCode.ROW_DIFFERS)
        before = self.standing.get(row.row_id)
        if before is not None:
            return self._judge_version(row, before)
        if row.row_id in self.desk.elsewhere:
            return Judged(row, Outcome.REFUSED, RowCode.ROW_OF_ANOTHER_SHEET)
        return self._place(row)

    def _judge_version(self, row: Row, before: StandingRow) -> Judged:
        if row.version < before.row.version:
            return _conflict(row, RowCode.ROW_OUTDATED)
        if self.desk.complete and before.state is not RowState.RETURNED:
            return _conflict(row, RowCode.ROW_NOT_RETURNED)
        change = changed(before.row, row)
        if change is not None and row.change_reason is None:
            return Judged(row, Outcome.REFUSED, RowCode.CHANGE_REASON_MISSING)
        placed = self._place(row)
        return Judged(row, placed.outcome, placed.code, change) if placed.kept else placed

    def _place(self, row: Row) -> Judged:
        if not row.second_payment and self.regular.get(row.place, row.row_id) != row.row_id:
            return Judged(row, Outcome.REFUSED, RowCode.SECOND_PAYMENT_NOT_SAID)
        why_not = _why_not_hers(row, self.desk)
        if row.amount is None or why_not is RowCode.MEMBER_UNKNOWN:
            return Judged(row, Outcome.REFUSED, why_not) if why_not else Judged(row, Outcome.PENDING)
        if why_not is None and row.member_id in self.desk.excluded:
            why_not = RowCode.OWN_OR_KIN
        if why_not is None and self.receipts.get(row.receipt_number or "", row.row_id) != row.row_id:
            why_not = RowCode.RECEIPT_USED
        return Judged(row, Outcome.UNALLOCATED, why_not) if why_not else Judged(row, Outcome.PENDING)

    def _keep(self, judged: Judged) -> None:
        row, before = judged.row, self.standing.get(judged.row.row_id)
        if before is not None and self.regular.get(before.row.place) == row.row_id:
            del self.regular[before.row.place]
        if not row.second_payment:
            self.regular[row.place] = row.row_id
        if row.receipt_number is not None:
            self.receipts.setdefault(row.receipt_number, row.row_id)
        self.standing[row.row_id] = judged.stands


def _why_not_hers(row: Row, desk: Desk) -> RowCode | None:
    """Say why the row's money cannot go onto the account that it names; None when it can."""
    member = desk.members.get(row.member_id)
    if member is None:
        return RowCode.MEMBER_UNKNOWN
    if row.fee is not None:
        return _why_no_fee(row, row.fee, member, desk)
    return _why_not_on_account(row, member, desk)


def _why_not_on_account(row: Row, member: KnownMember, desk: Desk) -> RowCode | None:
    account = desk.accounts.get(row.account_id)
    if account is None or account.ledger not in COLLECTED_LEDGERS:
        return RowCode.ACCOUNT_UNKNOWN
    if account.member_id != row.member_id:
        return RowCode.ACCOUNT_OF_ANOTHER
    if member.samity_id != desk.samity_id or account.office_id != desk.office_id:
        return RowCode.MEMBER_MOVED
    if not member.active:
        return RowCode.MEMBER_NOT_ACTIVE
    return RowCode.ACCOUNT_CLOSED if account.closed else None


def _why_no_fee(row: Row, fee: FeeKind, member: KnownMember, desk: Desk) -> RowCode | None:
    if row.account_id != fee_account(fee, desk.office_id, row.member_id).id:
        return RowCode.ACCOUNT_UNKNOWN
    if member.samity_id != desk.samity_id:
        return RowCode.MEMBER_MOVED
    return None if member.active else RowCode.MEMBER_NOT_ACTIVE


def _seen(row: Row, desk: Desk, standing: Mapping[str, StandingRow]) -> Row | None:
    """Return the same version of the row, if the server has it."""
    newest = standing.get(row.row_id)
    if newest is not None and newest.row.version == row.version:
        return newest.row
    return desk.earlier.get((row.row_id, row.version))


def _conflict(row: Row, why: RowCode) -> Judged:
    return Judged(row, Outcome.CONFLICT, why)
