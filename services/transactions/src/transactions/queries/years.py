"""Years that were closed: what each earned and spent, as it was before it was closed."""

from typing import Any

from transactions.domain.book.years import FiscalYear, result_of
from transactions.domain.chart import Side
from transactions.domain.statements import LedgerTotal
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100


def get_year_closing(books: Books, office_id: str, year: str) -> dict[str, Any]:
    """Return an office's closing of a year.

    Raises:
        NotFound: no such office for this caller.
        YearClosingNotFound: it is not closed there.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    closed = books.years.get(office.id, FiscalYear.of(year).name)
    taken = books.statements.lines_of(closed["business_on"], [closed["id"]])
    back = (LedgerTotal(row["ledger"], int(row["credits"]), int(row["debits"])) for row in taken)
    result = result_of(back, books.chart.whole())
    return {
        **closed,
        "surplus": closed["surplus"],
        "ledgers": [
            {"ledger": one.code, "name_bn": one.name_bn, "name_en": one.name_en, "amount": amount}
            for one, amount in sorted(
                result.amounts, key=lambda pair: (pair[0].ledger_class.grows_on is Side.DEBIT, pair[0].code)
            )
        ],
    }


def list_year_closings(books: Books, office_id: str, year: str, after: str | None) -> dict[str, Any]:
    """Return a page of offices with their closing of a year, by place.

    Raises:
        NotFound: no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    found = books.years.of_subtree(office.path, FiscalYear.of(year), after, PAGE + 1)
    page = found[:PAGE]
    return {
        "items": [dict(row) for row in page],
        "next": page[-1]["office_id"] if len(found) > PAGE else None,
    }
