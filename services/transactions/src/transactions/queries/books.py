"""Statements of an office, a subtree or the whole institution, at any day, as known at any moment (P12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from transactions.domain.chart import Ledger
from transactions.domain.days import fiscal_year
from transactions.domain.people import Office
from transactions.domain.periods import CASH, Asked, span_of
from transactions.domain.statements import (
    Amount,
    LedgerTotal,
    balance_sheet,
    cash_statement,
    income_statement,
    trial_balance,
)
from transactions.repository import Books
from transactions.repository.readings import Reading, open_books
from transactions.repository.scope import Scope
from transactions.repository.totals import Place

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """Books as they were asked for.

    Attributes:
        reading: None where none of them has a business day yet.
        chart: The ledgers by code, with what head office added.
    """

    office: Office
    own: bool
    asked: Asked
    reading: Reading | None
    chart: Mapping[str, Ledger]

    def head(self) -> Answer:
        """Return what stands above every statement."""
        span = self.reading.span if self.reading else None
        bases = self.reading.bases if self.reading else ()
        return {
            "office_id": self.office.id,
            "office_name_bn": self.office.name_bn,
            "office_name_en": self.office.name_en,
            "own": self.own,
            "from_on": span.from_on if span else None,
            "on": span.on if span else None,
            "known_at": self.asked.known_at,
            "offices": len(bases),
            "unclosed": sum(1 for base in bases if base.open_from is not None),
        }


def open_books_of(books: Books, office_id: str, *, own: bool, asked: Asked) -> Opened:
    """Return the books that are meant, within the caller's scope.

    Raises:
        NotFound: no such office for this caller.
        InvalidPayload: as `span_of`.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    place, totals = Place(office.id, office.path, own), books.statements.totals
    newest = totals.newest(place)
    reading = open_books(totals, place, span_of(asked, newest), asked.known_at) if newest else None
    return Opened(office, own, asked, reading, books.chart.whole().ledgers)


def read_trial_balance(opened: Opened) -> Answer:
    """Return the trial balance; a period that was not asked for begins with the books (mechanics D6)."""
    until: tuple[LedgerTotal, ...] = ()
    before: tuple[LedgerTotal, ...] = ()
    if opened.reading is not None:
        until = opened.reading.until(opened.reading.span.on)
        before = opened.reading.until(opened.reading.span.eve) if opened.asked.from_on else ()
    netted = opened.reading.netted if opened.reading else ()
    balance = trial_balance(until, before, chart=opened.chart, netted=netted)
    return {
        **opened.head(),
        "from_on": opened.asked.from_on,
        "rows": [
            {
                "code": row.ledger.code,
                "name_bn": row.ledger.name_bn,
                "name_en": row.ledger.name_en,
                "opening": row.opening,
                "debits": row.debits,
                "credits": row.credits,
                "debit": row.debit,
                "credit": row.credit,
            }
            for row in balance.rows
        ],
        "debit_total": balance.debit_total,
        "credit_total": balance.credit_total,
        "balanced": balance.balanced,
    }


def read_income_statement(opened: Opened) -> Answer:
    """Return what a period earned and spent, beside its fiscal year so far."""
    statement, reading = income_statement((), ()), opened.reading
    if reading is not None:
        period, year = reading.earned(reading.span.from_on), reading.earned(reading.span.year_begins_on)
        statement = income_statement(period, year, opened.chart)
    return {
        **opened.head(),
        "fiscal_year": fiscal_year(reading.span.on) if reading else None,
        "income": [{**row_of(one), "year": one.year} for one in statement.income],
        "expense": [{**row_of(one), "year": one.year} for one in statement.expense],
        "income_total": sum_of(statement.income),
        "expense_total": sum_of(statement.expense),
        "surplus": statement.surplus,
        "surplus_of_year": statement.surplus_of_year,
    }


def read_balance_sheet(opened: Opened) -> Answer:
    """Return what is owned and owed at the end of a day."""
    totals = opened.reading.until(opened.reading.span.on) if opened.reading else ()
    sheet = balance_sheet(totals, opened.chart)
    return {
        **opened.head(),
        "from_on": None,
        "assets": [row_of(one) for one in sheet.assets],
        "liabilities": [row_of(one) for one in sheet.liabilities],
        "funds": [row_of(one) for one in sheet.funds],
        "unclosed_surplus": sheet.unclosed,
        "owned": sheet.owned,
        "owed": sheet.owed,
        "balanced": sheet.balanced,
    }


def read_receipts_and_payments(opened: Opened) -> Answer:
    """Return the cash that came and went in a period, by what it was for."""
    until: tuple[LedgerTotal, ...] = ()
    before: tuple[LedgerTotal, ...] = ()
    if opened.reading is not None:
        until = opened.reading.until(opened.reading.span.on)
        before = opened.reading.until(opened.reading.span.eve)
    statement = cash_statement(until, before, CASH, opened.chart)
    parts = {name: getattr(statement, name) for name in ("opening", "receipts", "payments", "closing")}
    return {
        **opened.head(),
        **{name: [row_of(one) for one in part] for name, part in parts.items()},
        **{f"{name}_total": sum_of(part) for name, part in parts.items()},
        "agrees": statement.agrees,
    }


def row_of(one: Amount) -> Answer:
    """Return a ledger with its amount, as a statement shows it."""
    return {
        "code": one.ledger.code,
        "name_bn": one.ledger.name_bn,
        "name_en": one.ledger.name_en,
        "amount": one.amount,
    }


def sum_of(part: Iterable[Amount]) -> int:
    """Return what a part of a statement comes to, in paisa."""
    return sum(one.amount for one in part)
