"""What was counted too much, how old it is, and what may become of it (rule M7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from transactions.queries.collection import PAGE, dated_cursor, page_of
from transactions.repository import Books
from transactions.repository.excesses import excess_of
from transactions.repository.scope import Scope


def list_excesses(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the excesses of an office and all below it, the oldest first.

    Raises:
        NotFound: there is no such office for this caller.
    """
    scope = Scope.of(books.work.actor)
    found = books.excesses.listed(
        scope,
        path=books.people.office(asked["office_id"], scope).path,
        settled=asked["settled"],
        after=dated_cursor(asked["after"]),
        limit=PAGE + 1,
    )
    items = [_told(row, books.work.today) for row in found]
    return page_of(items, lambda item: f"{item['on'].isoformat()}_{item['id']}")


def _told(row: Mapping[Any, Any], today: date) -> dict[str, Any]:
    excess = excess_of(row)
    return {
        **row,
        "days": max(0, (today - excess.on).days),
        "income_on": excess.income_on,
        "may_be_income": excess.may_be_income(today),
    }
