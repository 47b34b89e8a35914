"""From any figure of a report to what it is made of: a ledger's entries, an entry, a sheet, a member."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for

from contracts.transactions.books_words import CashBookKind
from contracts.transactions.reports_words import ColumnKind, RowKind
from gateway.auth import may

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.rendering.table import Line

CASH_BOOKS = {"cash_book": CashBookKind.CASH, "bank_book": CashBookKind.BANK}
NAMES = frozenset({"voucher", "narration", "ledger_name", "cash_kind", "samity", "booked_on"})
"""What is no figure and leads on as the figures of its row do."""
ZERO = "0.00"
"""A figure behind which there is nothing to look at."""
OF_YEAR = "of_year"
"""A figure since the fiscal year began."""
FIRST_MONTH = 7
WHOLE_BOOK = "book:read"


def addresses(page: Mapping[str, Any], line: Line, *, one_book: bool) -> dict[str, str]:
    """Return where the cells of a line lead, by their column's key; nothing where they lead nowhere.

    Args:
        page: The piece of the report.
        line: One of its lines; totals are the sum of what stands above them.
        one_book: Whether the office that was asked about has no other one below it.
    """
    if line.kind is not RowKind.ROW:
        return {}
    columns = page["columns"]
    cells = {column["key"]: cell for column, cell in zip(columns, line.cells, strict=True)}
    her = _member(cells)
    target = _kept(line.lead or {}, page["asked"]) or _booked(page, cells, one_book=one_book) or her
    found = {"member_code": her} if her else {}
    if target:
        money = {column["key"] for column in columns if column["kind"] == ColumnKind.MONEY}
        found |= {key: target for key in (money | NAMES) & cells.keys() if cells[key] not in (None, ZERO)}
    if OF_YEAR in found:
        found[OF_YEAR] = _ledger(page["asked"], cells["ledger"], one_book=one_book, of_year=True)
    return found


def _kept(lead: Mapping[str, str | None], asked: Mapping[str, Any]) -> str | None:
    """Where the service says that a row leads."""
    if lead.get("entry_id") and may(WHOLE_BOOK):
        return url_for("portal.book_entry", entry_id=lead["entry_id"])
    if lead.get("sheet_id") and may("sheet:read"):
        return url_for("portal.sheets_one", sheet_id=lead["sheet_id"])
    if lead.get("ledger") and may(WHOLE_BOOK):
        day = asked["on"]
        return url_for(
            "portal.book_ledger", ledger=lead["ledger"], office=lead["office_id"], from_on=day, on=day
        )
    return None


def _booked(page: Mapping[str, Any], cells: Mapping[str, Any], *, one_book: bool) -> str | None:
    """Where a row of a book leads: a ledger in the period or on the row's day, a cash book on its day."""
    asked, day = page["asked"], cells.get("booked_on")
    if not may(WHOLE_BOOK):
        return None
    if page["report"] in CASH_BOOKS:
        return _cash_book(page, cells, one_book=one_book)
    return _ledger(asked, cells["ledger"], one_book=one_book, day=day) if cells.get("ledger") else None


def _cash_book(page: Mapping[str, Any], cells: Mapping[str, Any], *, one_book: bool) -> str | None:
    """A day of a cash book entry by entry; of several offices, who held what. What was before is no day."""
    office, day = page["asked"]["office_id"], cells["booked_on"]
    if cells["received"] is None:
        return None
    if one_book:
        book = CASH_BOOKS[page["report"]]
        return url_for("portal.book_cash", book=book, office=office, from_on=day, on=day)
    return url_for("portal.reports_one", report="cash_position", office=office, on=day)


def _ledger(
    asked: Mapping[str, Any], ledger: str, *, one_book: bool, day: str | None = None, of_year: bool = False
) -> str:
    on = day or asked["to_on"] or asked["on"]
    from_on = day or (None if of_year else asked["from_on"]) or year_begins(on)
    return url_for(
        "portal.book_ledger" if one_book else "portal.book_offices",
        ledger=ledger,
        office=asked["office_id"],
        from_on=from_on,
        on=on,
    )


def year_begins(on: str) -> str:
    """Return the first day of the fiscal year of a day, 1 July: what a balance is looked at since."""
    last = date.fromisoformat(on)
    return date(last.year - (last.month < FIRST_MONTH), FIRST_MONTH, 1).isoformat()


def _member(cells: Mapping[str, Any]) -> str | None:
    code = cells.get("member_code")
    return url_for("portal.reports_member", code=code) if code and may("member:read") else None
