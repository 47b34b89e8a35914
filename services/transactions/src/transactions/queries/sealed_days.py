"""A day as it is printed: what each ledger moved, and the seals that prove it (mechanics D9)."""

from datetime import date
from typing import Any

from contracts.errors import NotFound
from transactions.domain.chart import Chart
from transactions.domain.published import PublishedSeal, TotalOfDay
from transactions.repository import Books
from transactions.repository.scope import Scope


def read_sealed_day(books: Books, office_id: str, on: date) -> dict[str, Any]:
    """Return a day with its totals and seals, which it has when it is closed.

    Raises:
        NotFound: no such office for this caller, or the date is none of its days.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    day = books.closing.find_day(office.id, on)
    if day is None:
        raise NotFound
    closer = books.people.names_of([day["closed_by"]] if day["closed_by"] else []).get(day["closed_by"])
    chart = books.chart.whole()
    seals = [one for one in books.closing.seals_since(office.id, on) if one.seal.on == on]
    return {
        "office_id": office.id,
        "office_code": office.code,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "on": on,
        "status": day["status"],
        "closed_by_bn": closer.name_bn if closer else None,
        "closed_by_en": closer.name_en if closer else None,
        "closed_at": day["closed_at"],
        "totals": [_total(one, chart) for one in books.closing.totals_of(office.id, on)],
        "seals": [_seal(one) for one in seals],
    }


def _total(total: TotalOfDay, chart: Chart) -> dict[str, Any]:
    ledger = chart[total.ledger]
    return {
        "code": ledger.code,
        "name_bn": ledger.name_bn,
        "name_en": ledger.name_en,
        "debit": total.debits,
        "credit": total.credits,
        "balance_debit": max(total.balance, 0),
        "balance_credit": max(-total.balance, 0),
    }


def _seal(one: PublishedSeal) -> dict[str, Any]:
    return {
        "number": one.seal.number,
        "leaves": one.seal.leaves,
        "root": one.seal.root.hex(),
        "previous": one.seal.previous.hex(),
        "signature": one.signature.hex(),
        "sealed_at": one.sealed_at,
    }
