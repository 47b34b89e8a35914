"""Rows of a device that did not hold the sheet: somebody finds out what they were (rule M4)."""

from contracts.errors import NotFound
from contracts.transactions.collection_errors import ComparisonSettled
from transactions.domain.sheets import require_not_collector
from transactions.repository import Books
from transactions.repository.scope import Scope


def settle_comparison(books: Books, comparison_id: str, verdict: str, reason: str) -> None:
    """Keep what a row on the compare list turned out to be; nothing is posted by it.

    Raises:
        NotFound: there is no such row for this caller.
        CollectorCounts: he sent the row or collected the sheet himself (rule M8).
        ComparisonSettled: it was settled otherwise.
    """
    actor, store = books.work.actor, books.collection
    compared = store.rows.comparison(comparison_id)
    if compared is None:
        raise NotFound
    sheet = store.sheets.find(compared["sheet_id"], Scope.of(actor))
    require_not_collector(sheet.collected_by, actor.person_id)
    require_not_collector(compared["person_id"], actor.person_id)
    if store.rows.settle(comparison_id, verdict, reason):
        books.work.audit("settle_comparison", "sheet", sheet.id, {"row_id": compared["row_id"]})
    elif compared["verdict"] != verdict:
        raise ComparisonSettled(verdict=compared["verdict"])
