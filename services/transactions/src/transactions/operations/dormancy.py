"""Who has become dormant, told month by month; and who has woken (domain §2)."""

from collections.abc import Collection
from datetime import date

from contracts.transactions.savings import MEMBER_DORMANT, MEMBER_WOKE
from transactions.domain.days import first_of_month
from transactions.domain.ledger import Folded
from transactions.repository import Books

CHUNK = 500
"""How many members one transaction looks at."""


def look_for_dormant(books: Books, office_id: str, *, limit: int = CHUNK) -> bool:
    """Look at the next members of an office in its month's run, and mark who is dormant.

    After a crash the run goes on where it was; a finished one is not begun again that month.

    Returns:
        Whether there are more to look at.
    """
    day = books.days.find_open(office_id)
    if day is None:
        return False
    month = first_of_month(day.on, 0)
    standing = books.dormancy.take(office_id, month)
    if standing is None:
        return False
    members = books.dormancy.next_members(office_id, standing[0], limit)
    for quiet in books.dormancy.mark(members, day.on):
        books.work.tell(
            MEMBER_DORMANT,
            {
                "member_id": quiet.member_id,
                "office_id": quiet.office_id,
                "since_on": quiet.since_on,
                "on": day.on,
                "at": books.work.now,
            },
        )
    more = len(members) == limit
    books.dormancy.went_on(office_id, month, members[-1] if more else None)
    return more


def wake(books: Books, folded: Folded, on: date) -> None:
    """Take the flag from members whose money has moved by a deed of their own, and tell it."""
    dormant = [standing.id for standing in folded.standings.values() if standing.dormant]
    if dormant:
        wake_owners(books, dormant, on)


def wake_owners(books: Books, account_ids: Collection[str], on: date) -> None:
    """Take the flag from the owners of accounts that moved, and tell it."""
    for member_id, office_id in books.dormancy.wake(account_ids):
        books.work.tell(
            MEMBER_WOKE, {"member_id": member_id, "office_id": office_id, "on": on, "at": books.work.now}
        )
