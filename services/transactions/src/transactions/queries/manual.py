"""Vouchers that were written by hand, as they stand."""

from collections.abc import Collection, Mapping
from typing import Any

from transactions.domain.chart import Chart
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.manual import KeptVoucher
from transactions.repository.scope import Scope

PAGE = 50


def get_voucher(books: Books, voucher_id: str) -> dict[str, Any]:
    """Return one voucher.

    Raises:
        VoucherNotFound: there is none, or not for this caller.
    """
    return _told(books, [books.manual.get(voucher_id, Scope.of(books.work.actor))])[0]


def list_vouchers(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of an office's vouchers, the newest first.

    Raises:
        NotFound: no such office for this caller.
        VoucherNotFound: `after` is none.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.manual.get(after, scope).voucher if after else None
    found = books.manual.of_office(office.id, last, PAGE + 1)
    page = found[:PAGE]
    return {"items": _told(books, page), "next": page[-1].voucher.id if len(found) > PAGE else None}


def _told(books: Books, kept: Collection[KeptVoucher]) -> list[dict[str, Any]]:
    chart = books.chart.whole()
    makers = books.people.names_of({one.voucher.maker_id for one in kept})
    return [_voucher(one, chart, makers) for one in kept]


def _voucher(kept: KeptVoucher, chart: Chart, makers: Mapping[str, Person]) -> dict[str, Any]:
    voucher, maker = kept.voucher, makers.get(kept.voucher.maker_id)
    return {
        "id": voucher.id,
        "office_id": voucher.office_id,
        "kind": voucher.kind,
        "state": kept.state,
        "amount": voucher.amount,
        "lines": [
            {
                "ledger": line.ledger,
                "name_bn": chart[line.ledger].name_bn,
                "name_en": chart[line.ledger].name_en,
                "bank_account_id": line.bank_account_id,
                "side": line.side.value,
                "amount": line.amount,
            }
            for line in voucher.lines
        ],
        "narration": voucher.narration,
        "reference": voucher.reference,
        "undoes_id": voucher.undoes_id,
        "undone_by_id": kept.undone_by_id,
        "business_on": kept.business_on,
        "voucher": kept.number,
        "maker_id": voucher.maker_id,
        "maker_bn": maker.name_bn if maker else None,
        "maker_en": maker.name_en if maker else None,
        "made_at": voucher.made_at,
        "checker_id": kept.checker_id,
    }
