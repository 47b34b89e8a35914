"""The rows of a submission judged one by one: money taken is never refused (rules M4-M6, M9). Pure."""

from collections.abc import Mapping, Sequence

from contracts.transactions.collection_words import Outcome, RowCode, RowState
from contracts.transactions.lending_endings_words import FeeKind
from transactions.domain.lending.counter import fee_account
from transactions.domain.rows import (
    COLLECTED_LEDGERS,
    Desk,
    Judged,
    KnownMember,
    Row,
    StandingRow,
    changed,
)


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
        if row.pays:
            return self._place_withdrawal(row)
        why_not = _why_not_hers(row, self.desk)
        if row.amount is None or why_not is RowCode.MEMBER_UNKNOWN:
            return Judged(row, Outcome.REFUSED, why_not) if why_not else Judged(row, Outcome.PENDING)
        if why_not is None and row.member_id in self.desk.excluded:
            why_not = RowCode.OWN_OR_KIN
        if why_not is None and self.receipts.get(row.receipt_number or "", row.row_id) != row.row_id:
            why_not = RowCode.RECEIPT_USED
        return Judged(row, Outcome.UNALLOCATED, why_not) if why_not else Judged(row, Outcome.PENDING)

    def _place_withdrawal(self, row: Row) -> Judged:
        """What was paid without an agreement is the officer's own: it is refused, and his cash is short."""
        why_not = _why_not_paid(row, self.desk)
        if why_not is None and row.amount is not None:
            why_not = self._why_not_again(row)
        return Judged(row, Outcome.REFUSED, why_not) if why_not else Judged(row, Outcome.PENDING)

    def _why_not_again(self, row: Row) -> RowCode | None:
        others = (each.row for each in self.standing.values() if each.row.row_id != row.row_id)
        if any(other.withdrawal_id == row.withdrawal_id and other.paid_out for other in others):
            return RowCode.WITHDRAWAL_PAID
        used = self.receipts.get(row.receipt_number or "", row.row_id) != row.row_id
        return RowCode.RECEIPT_USED if used else None

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


def _why_not_paid(row: Row, desk: Desk) -> RowCode | None:
    carried = desk.carried.get(row.withdrawal_id or "")
    if carried is None or (carried.account_id, carried.member_id) != (row.account_id, row.member_id):
        return RowCode.WITHDRAWAL_NOT_CARRIED
    if row.amount is None:
        return None
    if row.amount != carried.amount:
        return RowCode.WITHDRAWAL_AMOUNT
    if row.member_id in desk.excluded:
        return RowCode.OWN_OR_KIN
    member = desk.members.get(row.member_id)
    dead = member is not None and member.died_on is not None and member.died_on < desk.meeting_on
    return RowCode.MEMBER_DECEASED if dead else None


def _seen(row: Row, desk: Desk, standing: Mapping[str, StandingRow]) -> Row | None:
    """Return the same version of the row, if the server has it."""
    newest = standing.get(row.row_id)
    if newest is not None and newest.row.version == row.version:
        return newest.row
    return desk.earlier.get((row.row_id, row.version))


def _conflict(row: Row, why: RowCode) -> Judged:
    return Judged(row, Outcome.CONFLICT, why)
