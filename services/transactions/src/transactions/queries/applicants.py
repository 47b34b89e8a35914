"""What an office holds of applicants, and what of it is overdue for its refund (rule L8)."""

from typing import Any

from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100


def list_applicants_money(
    books: Books, office_id: str, after: str | None, *, overdue: bool
) -> dict[str, Any]:
    """Return a page of what is held, what is to be refunded first at the head.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    day = books.days.find_open(office.id)
    today = day.on if day else books.work.today
    found = books.applicants.held_in(
        office.id, before=today if overdue else None, after=after, limit=PAGE + 1
    )
    page = found[:PAGE]
    return {
        "items": [{**row, "overdue": row["refund_by"] < today} for row in page],
        "next": page[-1]["entry_id"] if len(found) > PAGE else None,
    }
