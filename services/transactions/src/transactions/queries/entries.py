"""One entry with everything that led to it: sheet, receipt, voucher, officer, approvals (drill-down)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import RowMapping

from transactions.domain.chart import Chart
from transactions.domain.handovers import entry_id_of_cash
from transactions.domain.ledger import EntryKind
from transactions.domain.people import Person
from transactions.queries.books import Answer
from transactions.queries.ledgers import named, reference
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 200
_OF_SHEET = ("collected_by", "authorised_by", "checked_by")


def read_entry(books: Books, entry_id: str, after: int) -> Answer:
    """Return an entry, its postings after a number, and what stands behind it.

    Raises:
        NotFound: there is none in any book of this caller's.
    """
    entry = books.statements.lines.entry(entry_id, Scope.of(books.work.actor))
    papers, sheets = books.statements.lines.papers(entry), books.statements.lines.sheets(entry)
    postings = books.statements.lines.postings(entry, after, PAGE + 1)
    handover_id = _handover(books, entry, sheets)
    approvals = books.statements.lines.approvals(entry, [handover_id] if handover_id else [])
    names = books.people.names_of(_people(entry, sheets, approvals))
    chart = books.chart.whole()
    return {
        **reference({**entry, **papers, "entry_id": entry["id"]}, names),
        "office_id": entry["office_id"],
        "total": papers["total"],
        "reverses_entry_id": entry["reverses_entry_id"],
        "reverses_row_id": entry["reverses_row_id"],
        "handover_id": handover_id,
        "postings": [_posting(row, chart) for row in postings[:PAGE]],
        "next": postings[PAGE - 1]["number"] if len(postings) > PAGE else None,
        "sheets": [_with_names(row, _OF_SHEET, names) for row in sheets],
        "approvals": [_with_names(row, ("maker_id", "checker_id"), names) for row in approvals],
        "undone_by": [dict(row) for row in books.statements.lines.undone_by(entry)],
    }


def _handover(books: Books, entry: RowMapping, sheets: Sequence[RowMapping]) -> str | None:
    """Return the hand-over by which the money came to the vault: its sheets name it, or it is its cash."""
    if entry["kind"] == EntryKind.HAND_OVER:
        candidates = books.statements.lines.handovers_of(entry)
        return next((one for one in candidates if entry_id_of_cash(one) == entry["id"]), None)
    return next((sheet["handover_id"] for sheet in sheets if sheet["handover_id"]), None)


def _people(entry: RowMapping, sheets: Sequence[RowMapping], approvals: Sequence[RowMapping]) -> set[str]:
    found = {entry[who] for who in ("maker_id", "checker_id", "officer_id")}
    found |= {sheet[who] for sheet in sheets for who in _OF_SHEET}
    found |= {one[who] for one in approvals for who in ("maker_id", "checker_id")}
    return {person_id for person_id in found if person_id}


def _with_names(row: RowMapping, people: tuple[str, ...], names: Mapping[str, Person]) -> Answer:
    answer: dict[str, Any] = dict(row)
    for who in people:
        answer |= named(who.removesuffix("_id"), names.get(row[who]))
    return answer


def _posting(row: RowMapping, chart: Chart) -> Answer:
    ledger = chart[row["ledger"]]
    debit = row["side"] == "debit"
    return {
        **row,
        "code": ledger.code,
        "name_bn": ledger.name_bn,
        "name_en": ledger.name_en,
        "debit": row["amount"] if debit else 0,
        "credit": 0 if debit else row["amount"],
    }
