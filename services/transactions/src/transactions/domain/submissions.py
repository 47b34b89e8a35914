"""What a phone sends of a sheet, and how a repetition is told from another submission. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from contracts.money import Paisa, format_taka
from contracts.transactions.collection_errors import TotalDiffers
from contracts.transactions.collection_words import RowKind
from transactions.domain.rows import Row, total_of

FINGERPRINT_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Rows of one sheet, sent together (mechanics B6).

    Attributes:
        epoch: The one that the device was told when it took the sheet (rule M4).
        total: What the phone says the rows make, in paisa.
    """

    id: str
    sheet_id: str
    epoch: int
    total: Paisa
    rows: tuple[Row, ...]


def fingerprint_of(submission: Submission) -> str:
    """Return the hash of a submission's normalised business fields.

    The order of its rows says nothing, so it counts for nothing.
    """
    said = {
        "sheet": submission.sheet_id,
        "epoch": submission.epoch,
        "total": submission.total,
        "rows": sorted(fingerprint_of_row(row) for row in submission.rows),
    }
    return _hash(said)


def fingerprint_of_row(row: Row) -> str:
    """Return the hash of a row's business fields."""
    return _hash(_said(row))


def _said(row: Row) -> dict[str, Any]:
    """Return what a row says; what no row said before there were kinds of them goes without saying."""
    said = row.said | {"recorded_at": row.recorded_at.isoformat()}
    silent = {"kind": RowKind.COLLECTED, "withdrawal_id": None, "mark": None}
    return {name: value for name, value in said.items() if name not in silent or value != silent[name]}


def require_total(stated: Paisa, rows: Iterable[Row]) -> None:
    """Take a submission only whole: its rows make what it says.

    Raises:
        TotalDiffers: they do not; nothing was taken.
    """
    counted = total_of(tuple(rows))
    if counted != stated:
        raise TotalDiffers(stated=format_taka(stated), counted=format_taka(counted))


def _hash(said: dict[str, Any]) -> str:
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
