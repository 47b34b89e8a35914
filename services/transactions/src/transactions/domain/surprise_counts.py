"""Counts in mid-day that nobody was told of: of a vault, or of what an officer has with him (P12). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contracts.errors import InvalidPayload, MakerIsChecker
from contracts.money import Paisa
from contracts.permissions import Role
from contracts.transactions.ledger_errors import CountedAlready, NotTheHolder
from transactions.domain.people import Office, Staff
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class SurpriseCount:
    """What was found; it stays, and posts nothing: what follows is booked by the day's own counts.

    Attributes:
        officer_id: With whom; None for the vault.
        total: What the notes make, in paisa.
        booked: What the book said at that moment.
        in_field: What stood on his sheets and not in the book: a memorandum (rule M7).
        seen_by: Whose cash it is, once he saw the same notes; `reply` is what he said.
    """

    id: str
    office_id: str
    on: date
    officer_id: str | None
    denominations: Mapping[str, int]
    total: Paisa
    booked: Paisa
    in_field: Paisa
    remark: str | None
    counted_by: str
    counted_at: datetime
    fingerprint: str
    seen_by: str | None = None
    seen_at: datetime | None = None
    reply: str | None = None

    @property
    def difference(self) -> Paisa:
        """Found less what should be there: negative is short."""
        return Paisa(self.total - self.booked - self.in_field)


def fingerprint_of_surprise(
    office_id: str,
    officer_id: str | None,
    denominations: Mapping[str, int],
    remark: str | None,
    counted_by: str,
) -> str:
    """Return by which a repeated count is known."""
    slip = ",".join(f"{face}:{count}" for face, count in denominations.items())
    said = {"office": office_id, "officer": officer_id, "slip": slip, "remark": remark}
    return fingerprint("surprise_count", **said, counted_by=counted_by)


def require_holder(officer: Staff, office: Office, counted_by: str) -> None:
    """Let the cash of an officer of the branch be counted by somebody else.

    Raises:
        InvalidPayload: he is no field officer of the branch.
        MakerIsChecker: nobody takes himself by surprise.
    """
    if officer.role != Role.FIELD_OFFICER or officer.office_id != office.id or not officer.active:
        raise InvalidPayload.of(officer_id="INVALID")
    if officer.id == counted_by:
        raise MakerIsChecker


def needs_seeing(count: SurpriseCount, person_id: str, role: str | None) -> bool:
    """Check who says that he saw the same notes.

    Returns:
        Whether there is anything left to do: False when the same person said it before.

    Raises:
        MakerIsChecker: it is the one who counted, whatever his role.
        NotTheHolder: it is another officer's cash, or a field officer before a vault.
        CountedAlready: somebody else said it.
    """
    if count.counted_by == person_id:
        raise MakerIsChecker
    keeps_it = count.officer_id == person_id if count.officer_id else role != Role.FIELD_OFFICER
    if not keeps_it:
        raise NotTheHolder
    if count.seen_by is None:
        return True
    if count.seen_by != person_id:
        raise CountedAlready
    return False
