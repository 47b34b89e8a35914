"""The last stage of a month: what it was to a branch, told once and in pieces (rule M15, domain §6)."""

from datetime import date

from transactions.domain.class_runs import month_end
from transactions.domain.days import first_of_month
from transactions.domain.snapshots import Snapshot, SnapshotStage, snapshot_id
from transactions.repository import Books

CHUNK = 500


def advance_snapshot(books: Books, office_id: str, month: date, *, limit: int = CHUNK) -> bool:
    """Do the next piece of a month's snapshot; after a crash it goes on where it was.

    Its caller has made sure that the month's days are closed and its loans are classed.

    Args:
        books: One open database transaction.
        office_id: The branch.
        month: Any day of the month.
        limit: How many loans at once.

    Returns:
        Whether the snapshot is whole.
    """
    first = first_of_month(month)
    wanted = Snapshot(
        id=snapshot_id(office_id, first), office_id=office_id, month=first, until=month_end(first)
    )
    snapshot = books.statements.snapshots.hold(wanted)
    if snapshot.is_finished:
        return True
    if snapshot.stage is SnapshotStage.LOANS:
        _tell_loans(books, snapshot, limit)
    elif snapshot.stage is SnapshotStage.SAVINGS:
        books.statements.snapshots.write_savings(snapshot)
        books.statements.snapshots.reach(snapshot, SnapshotStage.MEMBERS)
    else:
        books.statements.snapshots.write_members(snapshot)
        books.statements.snapshots.reach(snapshot, SnapshotStage.FINISHED)
        facts = {"month": first.isoformat()}
        books.work.audit("make_month_snapshot", "office", office_id, facts)
        return True
    return False


def _tell_loans(books: Books, snapshot: Snapshot, limit: int) -> None:
    store = books.statements.snapshots
    loan_ids = store.next_loans(snapshot, limit)
    if loan_ids:
        moved = store.moved(snapshot, loan_ids)
        store.write_loans(snapshot, [loan for loan in moved if not loan.says_nothing])
        store.went_on(snapshot, len(loan_ids), loan_ids[-1])
        return
    store.write_loan_totals(snapshot)
    store.reach(snapshot, SnapshotStage.SAVINGS)
