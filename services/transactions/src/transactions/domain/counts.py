"""Counting the vault: two people, and what was counted stays (rule M7). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contracts.errors import MakerIsChecker
from contracts.money import Paisa
from contracts.transactions.ledger_errors import CountedAlready
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultCount:
    """One count of a vault by denomination.

    Attributes:
        moment: `opening` or `closing`.
        denominations: How many notes and coins of each face in taka.
        total: What they make, in paisa; `booked` is what the book held at that moment.
    """

    id: str
    office_id: str
    on: date
    moment: str
    denominations: Mapping[str, int]
    total: Paisa
    booked: Paisa
    counted_by: str
    counted_at: datetime
    fingerprint: str
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None


def fingerprint_of_count(
    office_id: str, on: date, moment: str, denominations: Mapping[str, int], counted_by: str
) -> str:
    """Return by which a repeated count is known."""
    slip = ",".join(f"{face}:{count}" for face, count in denominations.items())
    return fingerprint(
        "vault_count", office=office_id, on=on.isoformat(), moment=moment, slip=slip, counted_by=counted_by
    )


def needs_confirming(count: VaultCount, person_id: str) -> bool:
    """Check the second person of a count.

    Returns:
        Whether there is anything left to do: False when the same person confirmed it before.

    Raises:
        MakerIsChecker: it is the one who counted, whatever his role.
        CountedAlready: somebody else confirmed it.
    """
    if count.counted_by == person_id:
        raise MakerIsChecker
    if count.confirmed_by is None:
        return True
    if count.confirmed_by != person_id:
        raise CountedAlready
    return False
