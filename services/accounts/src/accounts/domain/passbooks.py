"""Paper passbooks: which one a member holds, and when she may be given another. Pure (domain §2)."""

from dataclasses import dataclass
from datetime import date

from contracts.accounts.errors import PassbookEnded, PassbookOpen
from contracts.errors import InvalidPayload

OPEN = "open"
"""The status of the book in use; another status says why a book ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passbook:
    """One paper book.

    Attributes:
        status: `open`, or why it ended.
        reason: Why it ended, in the accountant's words.
    """

    id: str
    member_id: str
    branch_id: str
    number: str
    lot: str | None
    status: str
    started_on: date
    ended_on: date | None
    reason: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A book that is given to a member, and what became of the one before.

    Attributes:
        before: How the open book ended: `full`, `damaged` or `lost`; None where she holds none.
        reason: Why she is given this one.
    """

    id: str
    member_id: str
    number: str
    lot: str | None
    before: str | None
    reason: str


def check_one_open(held: Passbook | None, issue: Issue) -> None:
    """Let a member hold one open book at a time.

    Raises:
        PassbookOpen: she holds one, and nobody says what became of it.
        InvalidPayload: something is said of a book that she does not hold.
    """
    if held is not None and issue.before is None:
        raise PassbookOpen(number=held.number)
    if held is None and issue.before is not None:
        raise InvalidPayload.of(before="NO_OPEN_PASSBOOK")


def is_ended(book: Passbook, *, how: str, reason: str) -> bool:
    """Tell whether a book was ended in this very way before: then nothing is to be done.

    Raises:
        PassbookEnded: it ended otherwise.
    """
    if book.status == OPEN:
        return False
    if (book.status, book.reason) != (how, reason):
        raise PassbookEnded(status=book.status)
    return True
