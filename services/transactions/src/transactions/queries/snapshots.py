"""A closed month as reports read it (domain §6)."""

from datetime import date
from typing import Any

from contracts.transactions.classes_words import LOAN_CLASSES
from transactions.domain.chart import FAMILY_OF_LEDGER
from transactions.domain.class_runs import month_end
from transactions.domain.days import first_of_month
from transactions.repository import Books
from transactions.repository.scope import Scope


def read_month_snapshot(books: Books, office_id: str, month: date) -> dict[str, Any]:
    """Return a month of all branches below an office whose snapshot is whole.

    Raises:
        NotFound: no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    store, first = books.statements.snapshots, first_of_month(month)
    classes = store.classes_of(office.path, first)
    savings = store.savings_of(office.path, first)
    return {
        "office_id": office.id,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "month": first,
        "until": month_end(first),
        "branches": store.finished(office.path, first),
        "loans": [_plain(row) for row in store.loans_of(office.path, first)],
        "classes": [{**_plain(row), "loan_class": LOAN_CLASSES[row["loan_class"]]} for row in classes],
        "savings": [{**_plain(row), "kind": FAMILY_OF_LEDGER[row["ledger"]]} for row in savings],
        "members": [_plain(row) for row in store.members_of(office.path, first)],
    }


def _plain(row: Any) -> dict[str, Any]:
    """Return a row whose sums are whole numbers."""
    return {name: value if isinstance(value, str) else int(value) for name, value in row.items()}
