"""What a month was to a branch: loans, savings and members by product, sex and fund (domain §6). Pure.

Money counts in the month of its business day, so that the figures are those of the book; only what a
month-end books (interest) counts in the month for which it is valued (rule M15). A closed month is never
restated (M2).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from contracts.money import NOTHING, Paisa
from transactions.domain.ledger import EntryKind

_SNAPSHOTS = UUID("5d6c2f0a-1b7e-5c3d-8a90-2e4f6b8d0c13")

VALUED_BY_MONTH = frozenset({EntryKind.INTEREST, EntryKind.INTEREST_PROVISION})
"""What a month-end books later, and which belongs to the month for which it is valued."""


class SnapshotStage(StrEnum):
    """What a snapshot has done last; each can be run again."""

    LOANS = "loans"
    SAVINGS = "savings"
    MEMBERS = "members"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The snapshot of a branch's month, and how far it has come.

    Attributes:
        month: Its first day; `until` is its last.
        stage: What is being done.
        done: How many loans are told.
        after_id: The last of them; they are taken by id.
    """

    id: str
    office_id: str
    month: date
    until: date
    stage: SnapshotStage = SnapshotStage.LOANS
    done: int = 0
    after_id: str | None = None
    finished_at: datetime | None = None

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.stage is SnapshotStage.FINISHED


def snapshot_id(office_id: str, month: date) -> str:
    """Return the id of a month's snapshot, which follows from the month: there is only one."""
    return str(uuid5(_SNAPSHOTS, f"{office_id}:{month.isoformat()}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What a schedule asked for in all, principal and charge together, in paisa.

    Attributes:
        before: Until the month began, by the schedule in force then.
        before_now: The same by the schedule in force at its end: they differ where dates were moved.
        until: Until the month ended, by that one.
    """

    before: int
    before_now: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFlow:
    """What was due of a loan in a month, and what of it came (domain 4.8), in paisa.

    It is measured on principal and charge together (rule L1). `opening_due` with `adjusted` and what was
    recoverable, without what was recovered of both, is `due`.

    Attributes:
        adjusted: What moved dates, money taken back, and the end of a loan changed of what was due.
        recoverable: What fell due in the month beyond what had been paid ahead.
    """

    opening_due: Paisa = NOTHING
    opening_advance: Paisa = NOTHING
    adjusted: Paisa = NOTHING
    recoverable: Paisa = NOTHING
    due_recovered: Paisa = NOTHING
    regular_recovered: Paisa = NOTHING
    advance_recovered: Paisa = NOTHING
    due: Paisa = NOTHING
    advance: Paisa = NOTHING


def due_flow(promised: Promised, paid_before: int, recovered: int, *, ended: bool) -> DueFlow:
    """Return what was due and what came: opening dues first, then the month's own, the rest is ahead (4.8).

    Args:
        promised: What the schedule asked for.
        paid_before: What she had paid when the month began.
        recovered: What she paid in the month; less than nothing where more was taken back than came.
        ended: Whether the loan had ended by the month's end: then nothing is due or ahead any more.
    """
    opening_due = max(0, promised.before - paid_before)
    kept, came = paid_before + min(recovered, 0), max(recovered, 0)
    due_now, ahead = max(0, promised.before_now - kept), max(0, kept - promised.before_now)
    recoverable = max(0, promised.until - promised.before_now - ahead)
    due_recovered = min(came, due_now)
    regular = min(came - due_recovered, recoverable)
    due = due_now - due_recovered + recoverable - regular
    return DueFlow(
        opening_due=Paisa(opening_due),
        opening_advance=Paisa(max(0, paid_before - promised.before)),
        adjusted=Paisa(due_now - opening_due - (due if ended else 0)),
        recoverable=Paisa(recoverable),
        due_recovered=Paisa(due_recovered),
        regular_recovered=Paisa(regular),
        advance_recovered=Paisa(came - due_recovered - regular),
        due=Paisa(0 if ended else due),
        advance=Paisa(0 if ended else max(0, kept + came - promised.until)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanMoved:
    """What one loan moved in a branch's book in a month, in paisa.

    Attributes:
        opening: What was outstanding of the principal when the month began; `outstanding` when it ended.
        came: What of it was lent or moved in, in any book, less what moved out.
        paid_charge_before: The charge that was paid in any book before the month.
        opening_anywhere: What was outstanding in any book when the month began.
        recovered_anywhere: What she paid in the month into any book, principal and charge.
    """

    loan_id: str
    principal: int
    opening: int
    disbursed: int
    moved_in: int
    moved_out: int
    recovered_principal: int
    recovered_charge: int
    waived: int
    written_off: int
    outstanding: int
    outstanding_anywhere: int
    opening_anywhere: int
    came: int
    paid_charge_before: int
    recovered_anywhere: int
    is_office: bool
    ended: bool
    promised: Promised

    @property
    def is_here(self) -> bool:
        """Whether its dues are this branch's: the branch holds it at the end, or held it when it ended."""
        return self.outstanding > 0 or (self.is_office and self.outstanding_anywhere == 0)

    @property
    def dues(self) -> DueFlow:
        """What was due of it here."""
        if not self.is_here:
            return DueFlow()
        paid_before = self.principal - self.opening_anywhere - self.came + self.paid_charge_before
        return due_flow(self.promised, paid_before, self.recovered_anywhere, ended=self.ended)

    @property
    def says_nothing(self) -> bool:
        """Whether neither money nor a due of it belongs to the month."""
        moved = (self.opening, self.outstanding, self.disbursed, self.moved_in, self.moved_out)
        return not any((*moved, self.recovered_principal, self.recovered_charge)) and self.dues == DueFlow()
