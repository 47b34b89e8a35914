"""The end of a month: what must be done before, its one order, and what it closes (rule M15). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from contracts.money import NOTHING, Paisa
from contracts.transactions.month_errors import MonthClosed, MonthNotReady, NothingInTransit
from contracts.transactions.month_words import MonthStage, MonthState
from transactions.domain.days import BranchDay, Missing, first_of_month
from transactions.domain.ledger import Entry, EntryKind
from transactions.domain.requests import fingerprint

STAGES = tuple(MonthStage)
_MONTHS = UUID("7c2c1d0e-6b0b-5a55-9a4e-0f3c4f6d7b21")

AFTER_ITS_END = frozenset(
    {
        EntryKind.COLLECTION,  # M3: a late sheet, which the area signed for
        EntryKind.UNALLOCATED,
        EntryKind.REVERSAL,  # M13: what is undone keeps its date
        EntryKind.CORRECTION,
        EntryKind.MOBILE_MONEY,  # M14: the provider's date
        EntryKind.DEPOSIT,
        EntryKind.REPAYMENT,
        EntryKind.RECOVERY,
        EntryKind.INTEREST_ADJUSTMENT,  # M2: what a late value date brings
        EntryKind.TRANSFER_OUT,  # L6: two legs, each on its own day
        EntryKind.TRANSFER_IN,
        EntryKind.YEAR_CLOSING,  # M15: after the year's last month
    }
)
"""What may still be valued into a closed month (rule M2): closed snapshots are never restated for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """A branch's month whose end was asked for.

    Attributes:
        month: Its first day.
        in_transit: What the area signed for, in paisa: late sheets and money without an account.
    """

    id: str
    office_id: str
    month: date
    state: MonthState
    stage: MonthStage
    asked_by: str
    asked_at: datetime
    closed_at: datetime | None = None
    in_transit: Paisa = NOTHING

    @property
    def through(self) -> date:
        """The calendar month-end."""
        return end_of(self.month)

    @property
    def done(self) -> int:
        """How many stages are behind it."""
        return STAGES.index(self.stage)


@dataclass(frozen=True, slots=True)
class InTransit:
    """What stands in a month's way and can be signed for: its id, its amount in paisa, and how it is told."""

    id: str
    amount: Paisa
    missing: Missing


def month_end_id(office_id: str, month: date) -> str:
    """Return the id of a branch's month-end, which follows from the month: there is only one."""
    return str(uuid5(_MONTHS, f"{office_id}:{month.isoformat()}"))


def end_of(month: date) -> date:
    """Return the last day of the calendar month of a date."""
    return first_of_month(month, 1) - timedelta(days=1)


def signature_fingerprint(office_id: str, month: date, reason: str, maker_id: str) -> str:
    """Return by what a repeated request is known."""
    return fingerprint("sign_month", office=office_id, month=month.isoformat(), reason=reason, by=maker_id)


def missing_of_days(month: date, newest: BranchDay | None, before_closed: bool) -> tuple[Missing, ...]:
    """Say which days and months before stand in the way of a month's end.

    Args:
        month: Its first day.
        newest: The branch's newest business day.
        before_closed: Whether the month before is closed, or is none of the branch's.
    """
    missing = []
    if newest is None or newest.on <= end_of(month):
        missing.append(Missing("DAY_NOT_CLOSED", {"on": (newest.on if newest else month).isoformat()}))
    if not before_closed:
        missing.append(Missing("MONTH_BEFORE_NOT_CLOSED", {"month": f"{first_of_month(month, -1):%Y-%m}"}))
    return tuple(missing)


def require_month_ready(month: date, missing: Sequence[Missing]) -> None:
    """Let a month end when nothing is missing.

    Raises:
        MonthNotReady: with everything that is missing.
    """
    if missing:
        items = [{"code": item.code, "facts": dict(item.facts)} for item in missing]
        raise MonthNotReady(month=f"{month:%Y-%m}", items=items)


def require_in_transit(month: date, found: Sequence[InTransit]) -> None:
    """Let the area be asked to sign only where there is something to sign for.

    Raises:
        NothingInTransit: there is nothing.
    """
    if not found:
        raise NothingInTransit(month=f"{month:%Y-%m}")


def valued_late(entries: Sequence[Entry]) -> frozenset[tuple[str, date]]:
    """Return the office and month of entries that a closed month does not take any more."""
    return frozenset(
        (entry.office_id, first_of_month(entry.value_on))
        for entry in entries
        if entry.kind not in AFTER_ITS_END
        and not entry.is_of_a_sheet
        and first_of_month(entry.value_on) < first_of_month(entry.business_on)
    )


def closed(month: date) -> MonthClosed:
    """Return the refusal with its month."""
    return MonthClosed(month=f"{month:%Y-%m}")
