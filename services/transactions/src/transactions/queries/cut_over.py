"""What the book took in of a branch that was brought over, and who has not confirmed it yet (P13)."""

from typing import Any

from contracts.money import Paisa
from transactions.domain.cut_over import due_on, suspense_of
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 50


def read_totals(books: Books, cut_over_id: str) -> dict[str, Any]:
    """Return what the book took in by product, and what stands in suspense on the debit side.

    Raises:
        CutOverNotFound: there is none, or not for this caller.
    """
    cut_over = books.cut_overs.show(cut_over_id, Scope.of(books.work.actor))
    held = books.ledger.balance(suspense_of(cut_over.office_id))
    return {
        "id": cut_over.id,
        "state": cut_over.state.value,
        "products": books.cut_overs.products(cut_over.id),
        "suspense": Paisa(-held),
    }


def list_unconfirmed(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return the samities whose members have not all confirmed their opening balances.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    rows = books.cut_overs.unconfirmed(office.path, after, PAGE + 1)
    items = [
        {
            **row,
            "due_on": due_on(row["cut_over_on"]),
            "overdue": due_on(row["cut_over_on"]) < books.work.today,
        }
        for row in rows[:PAGE]
    ]
    return {"items": items, "next": items[-1]["samity_id"] if len(rows) > PAGE else None}
