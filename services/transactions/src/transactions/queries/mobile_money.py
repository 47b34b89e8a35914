"""Lines of providers' statements, and one day's mobile money compared with them (rule M14)."""

from datetime import date
from typing import Any

from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100


def list_lines(books: Books, office_id: str, state: str | None, after: str | None) -> dict[str, Any]:
    """Return a page of an office's lines, the newest first.

    Raises:
        NotFound: the office is not in the caller's scope.
        LineNotFound: the page goes on after a line that is none.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.collection.mobile_money.find(after, scope) if after else None
    before = (last.paid_on, last.id) if last else None
    found = books.collection.mobile_money.listed(office.id, state=state, before=before, limit=PAGE + 1)
    return {"items": found[:PAGE], "next": found[PAGE - 1]["id"] if len(found) > PAGE else None}


def line_shown(books: Books, line_id: str) -> dict[str, Any]:
    """Return one line as lists show it.

    Raises:
        LineNotFound: there is none, or not for this caller.
    """
    books.collection.mobile_money.find(line_id, Scope.of(books.work.actor))
    return books.collection.mobile_money.shown(line_id)


def reconcile(books: Books, office_id: str, on: date) -> dict[str, Any]:
    """Compare one day's mobile money with what providers state of it.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    stated, booked = (
        books.collection.mobile_money.stated(office.id, on),
        books.collection.mobile_money.booked(office.id, on),
    )
    return {
        "office_id": office.id,
        "on": on,
        "stated": stated,
        "booked": booked,
        "difference": booked - stated,
        "suspense": books.ledger.balance(OfficeAccount(Ledgers.MOBILE_SUSPENSE, office.id)),
        "claims": books.collection.mobile_money.claimed(office.id, on, on),
    }
