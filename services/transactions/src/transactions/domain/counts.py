"""Counting the vault: two people, and what was counted stays (rule M7). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from contracts.errors import MakerIsChecker
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_errors import CountedAlready, VaultMoved
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
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

    @property
    def difference(self) -> Paisa:
        """Counted less booked: negative is short."""
        return Paisa(self.total - self.booked)


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


def require_agreement(count: VaultCount, balance_after: Paisa) -> None:
    """Make sure that the book says what was counted, once the difference is booked.

    Raises:
        VaultMoved: cash moved in the book since the count, or the difference was booked before.
    """
    if balance_after != count.total:
        raise VaultMoved(counted=format_taka(count.total))


def accounts_of_difference(count: VaultCount) -> tuple[OfficeAccount, OfficeAccount]:
    """Return the vault and what a difference goes against: who counted short owes it, excess is nobody's."""
    vault = OfficeAccount(Ledgers.VAULT, count.office_id)
    if count.difference < 0:
        return vault, OfficeAccount(Ledgers.OFFICER_RECEIVABLE, count.office_id, count.counted_by)
    return vault, OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, count.office_id)


def entry_of_difference(count: VaultCount, day: OpenDay, checker_id: str) -> Entry:
    """Return the entry that brings the book to what two people counted; a difference is never hidden (M7).

    Raises:
        ValueError: there is no difference.
    """
    vault, against = accounts_of_difference(count)
    short = count.difference < 0
    amount = Paisa(abs(count.difference))
    return Entry(
        id=str(uuid5(UUID(count.id), "difference")),
        office_id=count.office_id,
        kind=EntryKind.VAULT_COUNT,
        business_on=day.on,
        value_on=day.on,
        maker_id=count.counted_by,
        checker_id=checker_id,
        postings=(
            Posting(vault.id, Side.CREDIT if short else Side.DEBIT, amount),
            Posting(against.id, Side.DEBIT if short else Side.CREDIT, amount),
        ),
    )
