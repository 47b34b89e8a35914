"""The day book of an office."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import RowMapping

from contracts.errors import InvalidPayload
from transactions.domain.chart import Chart
from transactions.domain.people import Person
from transactions.domain.vouchers import voucher_text
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 50


def list_entries(
    books: Books, office_id: str, on: date | None, after: str | None, known_at: datetime | None = None
) -> dict[str, Any]:
    """Return a page of an office's day book, in posting order, as it was known at a moment if one is said.

    Raises:
        NotFound: no such office for this caller.
        InvalidPayload: `after` is no cursor.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    if on is None:
        newest = books.days.newest(office.id)
        on = newest.on if newest else None
    if on is None:
        return {"office_id": office.id, "on": None, "items": [], "next": None}
    rows = books.statements.entries_of(office.id, on, _cursor(after), PAGE + 1, known_at)
    page = rows[:PAGE]
    more = f"{page[-1]['recorded_at'].isoformat()}_{page[-1]['id']}" if len(rows) > PAGE else None
    return {"office_id": office.id, "on": on, "items": _items(books, on, page), "next": more}


def _items(books: Books, on: date, rows: Sequence[RowMapping]) -> list[dict[str, Any]]:
    lines: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for line in books.statements.lines_of(on, [row["id"] for row in rows]):
        lines[line["entry_id"]].append(line)
    people = {row[who] for row in rows for who in ("maker_id", "checker_id") if row[who]}
    names, chart = books.people.names_of(people), books.chart.whole()
    return [_item(row, [_line(line, chart) for line in lines[row["id"]]], names) for row in rows]


def _item(row: RowMapping, lines: Sequence[Mapping[str, Any]], names: Mapping[str, Person]) -> dict[str, Any]:
    maker, checker = names.get(row["maker_id"]), names.get(row["checker_id"])
    numbered = row["number"] is not None
    return {
        **row,
        "entry_id": row["id"],
        "voucher": voucher_text(row["voucher_kind"], row["fiscal_year"], row["number"]) if numbered else None,
        "maker_bn": maker.name_bn if maker else None,
        "maker_en": maker.name_en if maker else None,
        "checker_bn": checker.name_bn if checker else None,
        "checker_en": checker.name_en if checker else None,
        "total": sum(line["debit"] for line in lines),
        "lines": lines,
    }


def _line(line: RowMapping, chart: Chart) -> dict[str, Any]:
    ledger = chart[line["ledger"]]
    return {
        "code": ledger.code,
        "name_bn": ledger.name_bn,
        "name_en": ledger.name_en,
        "debit": int(line["debits"]),
        "credit": int(line["credits"]),
    }


def _cursor(text: str | None) -> tuple[datetime, str] | None:
    if text is None:
        return None
    instant, _, entry_id = text.partition("_")
    try:
        place = datetime.fromisoformat(instant), str(UUID(entry_id))
    except ValueError:
        raise InvalidPayload.of(after="CURSOR") from None
    if place[0].tzinfo is None:
        raise InvalidPayload.of(after="CURSOR")
    return place
