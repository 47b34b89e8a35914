"""Cash that an officer carries to a samity for agreed withdrawals, and where he may (rule M9). Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from contracts.errors import MakerIsChecker
from contracts.money import Paisa
from contracts.transactions.collection_errors import SheetClosed
from contracts.transactions.collection_words import SheetStatus
from contracts.transactions.float_errors import (
    FieldPaymentsOff,
    FieldPaymentsOutdated,
    FloatForHolder,
    FloatNotForDay,
    FloatNotOpen,
    FloatPaidFrom,
    NotForTheField,
    OnlyAtBranch,
)
from contracts.transactions.float_words import FloatState
from contracts.transactions.savings_words import CautionReason, WithdrawalState
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.office_settings import OfficeSetting
from transactions.domain.requests import fingerprint
from transactions.domain.rows import StandingRow
from transactions.domain.savings.withdrawals import Withdrawal, require_payable_on, require_state
from transactions.domain.sheets import FINAL, Holder, Sheet, require_not_collector

OUT = frozenset({FloatState.ISSUED, FloatState.ACCEPTED})
TAKEN = frozenset({FloatState.ACCEPTED, FloatState.SETTLED})
"""The floats whose cash counts among what a sheet's officer holds, or held when it was handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPayments(OfficeSetting):
    """Whether an office pays in the field."""

    allowed: bool

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "field_payments",
            office=self.office_id,
            on=self.effective_on.isoformat(),
            allowed=self.allowed,
            reason=self.reason,
            by=self.maker_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Float:
    """Cash for one sheet, of the amount of its withdrawals.

    Attributes:
        on: The business day on which it was issued.
        amount: Paisa, whole taka.
    """

    id: str
    sheet_id: str
    office_id: str
    officer_id: str
    on: date
    amount: Paisa
    state: FloatState
    fingerprint: str
    issued_by: str


def require_to_come(on: date, today: date) -> None:
    """Let a setting begin today or later.

    Raises:
        FieldPaymentsOutdated: the day is past.
    """
    if on < today:
        raise FieldPaymentsOutdated(on=on.isoformat(), today=today.isoformat())


def require_in_field(caution: Collection[CautionReason], *, allowed: bool) -> None:
    """Let a withdrawal be meant for her samity.

    Raises:
        FieldPaymentsOff: the office pays nothing in the field.
        OnlyAtBranch: caution is due: the branch only, manager and area.
    """
    if not allowed:
        raise FieldPaymentsOff
    if caution:
        raise OnlyAtBranch(caution=[reason.value for reason in caution])


def request_of(sheet_id: str, withdrawal_ids: Iterable[str], issued_by: str) -> str:
    """Return by what a repeated request for a float is known."""
    return fingerprint("issue_float", sheet=sheet_id, of=",".join(sorted(withdrawal_ids)), by=issued_by)


def require_may_carry(sheet: Sheet, day: OpenDay) -> None:
    """Let a float be issued for today's meeting, while its sheet is not handed over.

    Raises:
        SheetClosed: the sheet is past that, even where a row of it was returned.
        FloatNotForDay: its meeting is on another day than the branch's.
    """
    if sheet.status in FINAL or sheet.status is SheetStatus.NOT_HELD_CLAIMED or sheet.handover_id is not None:
        raise SheetClosed(status=sheet.status.value)
    if sheet.meeting_on != day.on:
        raise FloatNotForDay(meeting_on=sheet.meeting_on.isoformat())


def require_for_the_samity(
    withdrawal: Withdrawal, samity_id: str | None, sheet: Sheet, day: OpenDay, people: Collection[str]
) -> None:
    """Let an agreed withdrawal be carried to a samity.

    Args:
        withdrawal: What was agreed to.
        samity_id: Where its member meets.
        sheet: Of which meeting.
        day: The branch's open day.
        people: Who pays it, and who counts the cash out.

    Raises:
        NotForTheField: it was agreed to for the counter, or she meets elsewhere.
        WithdrawalNotOpen, WithdrawalLapsed: it is not, or no more, to be paid.
        MakerIsChecker: one of them agreed to it himself (rules M8, M9).
    """
    if not withdrawal.in_field or samity_id != sheet.samity_id or withdrawal.office_id != sheet.office_id:
        raise NotForTheField(withdrawal_id=withdrawal.id)
    require_state(withdrawal, WithdrawalState.APPROVED)
    require_payable_on(withdrawal, day)
    if not set(withdrawal.approved_by).isdisjoint(people):
        raise MakerIsChecker


def accept(one: Float, sheet: Sheet, holder: Holder) -> Float:
    """Take a float into one's hands; the approvals are on the phone that holds the sheet.

    Raises:
        FloatNotOpen: it was taken, or is no more to be had.
        FloatForHolder: it is another officer's, or his phone does not hold the sheet.
    """
    if one.state is not FloatState.ISSUED:
        raise FloatNotOpen(state=one.state.value)
    if one.officer_id != holder.person_id or sheet.holder != holder:
        raise FloatForHolder
    return replace(one, state=FloatState.ACCEPTED)


def give_back(
    one: Float, sheet: Sheet, rows: Iterable[StandingRow], carried: Collection[str], taker_id: str
) -> Float:
    """Bring a float back whole; one that nobody took is withdrawn.

    Args:
        one: The float.
        sheet: Its sheet.
        rows: What the sheet says.
        carried: The withdrawals that it is for.
        taker_id: Who takes the cash back.

    Raises:
        FloatNotOpen: it is back, or was told apart already.
        SheetClosed: the sheet is handed over, with all its cash.
        FloatPaidFrom: something was paid from it: the hand-over brings the rest.
        CollectorCounts: the officer himself.
    """
    if one.state not in OUT:
        raise FloatNotOpen(state=one.state.value)
    if sheet.handover_id is not None:
        raise SheetClosed(status=sheet.status.value)
    require_not_collector(one.officer_id, taker_id)
    if any(row.row.withdrawal_id in carried and row.row.paid_out for row in rows):
        raise FloatPaidFrom
    taken = one.state is FloatState.ACCEPTED
    return replace(one, state=FloatState.RETURNED if taken else FloatState.WITHDRAWN)


def freed(sheet: Sheet, rows: Iterable[StandingRow], floats: Iterable[Float]) -> Sheet:
    """Return a sheet whose float is back: anybody may collect it where no money of it is in his hands (M4).

    Args:
        sheet: The sheet.
        rows: What it says.
        floats: The others that were counted out for it.
    """
    holds_cash = any(row.row.amount for row in rows) or any(one.state in TAKEN for one in floats)
    return sheet if sheet.complete or holds_cash else replace(sheet, collected_by=None)


def total_of(withdrawals: Sequence[Withdrawal]) -> Paisa:
    """Return what a float for some withdrawals holds, in paisa."""
    return Paisa(sum(withdrawal.amount for withdrawal in withdrawals))


def carried(withdrawal: Withdrawal, float_id: str) -> Withdrawal:
    """Return a withdrawal whose cash is in a float: nobody pays it elsewhere meanwhile."""
    return replace(withdrawal, state=WithdrawalState.CARRIED, float_id=float_id)


def unpaid(withdrawal: Withdrawal) -> Withdrawal:
    """Return a withdrawal whose cash came back: it may be paid until it lapses (rule M9)."""
    return replace(withdrawal, state=WithdrawalState.APPROVED, float_id=None)


def entry_of_float(one: Float, day: OpenDay) -> Entry:
    """Debit the officer's cash, credit the vault: who counted it out, and who took it."""
    return _entry(one, one.id, day, Side.DEBIT, (one.issued_by, one.officer_id))


def entry_of_return(one: Float, day: OpenDay, taker_id: str) -> Entry:
    """Debit the vault, credit the officer's cash."""
    return _entry(one, str(uuid5(UUID(one.id), "return")), day, Side.CREDIT, (one.officer_id, taker_id))


def office_accounts(one: Float) -> tuple[OfficeAccount, OfficeAccount]:
    """Return the officer's cash and the vault."""
    return (
        OfficeAccount(Ledgers.OFFICER_CASH, one.office_id, one.officer_id),
        OfficeAccount(Ledgers.VAULT, one.office_id),
    )


def _entry(one: Float, entry_id: str, day: OpenDay, officers_side: Side, people: tuple[str, str]) -> Entry:
    cash, vault = office_accounts(one)
    maker_id, checker_id = people
    return Entry(
        id=entry_id,
        office_id=one.office_id,
        kind=EntryKind.FLOAT,
        business_on=day.on,
        value_on=day.on,
        postings=(
            Posting(cash.id, officers_side, one.amount),
            Posting(vault.id, officers_side.other, one.amount),
        ),
        maker_id=maker_id,
        checker_id=checker_id,
        officer_id=one.officer_id,
    )


def by_sheet(floats: Iterable[Float]) -> Mapping[str, Paisa]:
    """Return the cash of floats that is or was in officers' hands, by sheet, in paisa."""
    sums: dict[str, int] = {}
    for one in floats:
        if one.state in TAKEN:
            sums[one.sheet_id] = sums.get(one.sheet_id, 0) + one.amount
    return {sheet_id: Paisa(amount) for sheet_id, amount in sums.items()}
