"""From a loaded command of the collection to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from contracts.transactions.collection_words import Attendance, NothingReceived, PaidBy, RowKind
from contracts.transactions.savings_words import Mark
from transactions.domain.rows import Row
from transactions.domain.sheets import Sheet
from transactions.domain.submissions import Submission


def submission_of(command: Mapping[str, Any]) -> Submission:
    """Return the submission that a command carries."""
    return Submission(
        id=command["submission_id"],
        sheet_id=command["sheet_id"],
        epoch=command["epoch"],
        total=command["total"],
        rows=tuple(row_of(row) for row in command["rows"]),
    )


def row_of(said: Mapping[str, Any]) -> Row:
    """Return one row of a submission."""
    reason = said["nothing_received"]
    return Row(
        **{
            **said,
            "attendance": Attendance(said["attendance"]),
            "nothing_received": NothingReceived(reason) if reason else None,
            "paid_by": PaidBy(said["paid_by"]),
            "kind": RowKind(said["kind"]),
            "mark": Mark(said["mark"]) if said["mark"] else None,
        }
    )


def state_answer(sheet: Sheet, approval_id: str | None = None) -> dict[str, Any]:
    """Return where a sheet stands, as the acts on sheets answer it."""
    return {
        "sheet_id": sheet.id,
        "status": sheet.status,
        "epoch": sheet.epoch,
        "checked": sheet.checked_by is not None,
        "approval_id": approval_id,
    }
