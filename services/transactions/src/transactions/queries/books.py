"""Statements of an office, a subtree or the whole institution, at any day, as known at any moment (P12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from transactions.domain.days import fiscal_year
from transactions.domain.periods import BETWEEN_OFFICES, CASH, Asked, Span, span_of
from transactions.domain.statements import (
    Amount,
    IncomeStatement,
    LedgerTotal,
    balance_sheet,
    cash_statement,
    income_statement,
    moved,
    trial_balance,
)
from transactions.repository import Books
from transactions.repository.scope import Scope
from transactions.repository.totals import FOR_EVER, Base, Moment, Place

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """Books that are read together, for which period, as known when.

    Attributes:
        span: None where none of them has a business day yet.
    """

    place: Place
    asked: Asked
    span: Span | None
    bases: tuple[Base, ...]

    @property
    def moment(self) -> Moment:
        """Its last day."""
        assert self.span is not None
        return self.moment_of(self.span.on)

    def moment_of(self, on: date) -> Moment:
        """Return another day, as known at the same time."""
        return Moment(on=on, known_at=self.asked.known_at or FOR_EVER)

    @property
    def office_ids(self) -> list[str]:
        """Whose books they are."""
        return [base.office_id for base in self.bases]

    @property
    def netted(self) -> frozenset[str]:
        """The ledgers that come to nothing between offices that are read together."""
        return BETWEEN_OFFICES if len(self.bases) > 1 else frozenset()

    def head(self) -> Answer:
        """Return what stands above every statement."""
        office = self.place.office
        return {
            "office_id": office.id,
            "office_name_bn": office.name_bn,
            "office_name_en": office.name_en,
            "own": self.place.own,
            "from_on": self.span.from_on if self.span else None,
            "on": self.span.on if self.span else None,
            "known_at": self.asked.known_at,
            "offices": len(self.bases),
            "unclosed": sum(1 for base in self.bases if base.open_from is not None),
        }


def read(books: Books, office_id: str, *, own: bool, asked: Asked) -> Reading:
    """Return the books that are meant, within the caller's scope.

    Raises:
        NotFound: no such office for this caller.
        InvalidPayload: as `span_of`.
    """
    place = Place(books.people.office(office_id, Scope.of(books.work.actor)), own)
    newest = books.statements.totals.newest(place)
    if newest is None:
        return Reading(place, asked, None, ())
    span = span_of(asked, newest)
    reading = Reading(place, asked, span, ())
    return Reading(place, asked, span, books.statements.totals.bases(place, reading.moment))


def totals_until(books: Books, reading: Reading, on: date) -> tuple[LedgerTotal, ...]:
    """Return the totals at the end of a day of these books."""
    if reading.span is None:
        return ()
    moment = reading.moment_of(on)
    same = on == reading.span.on
    bases = reading.bases if same else books.statements.totals.bases(reading.place, moment)
    return books.statements.totals.totals(bases, moment, CASH)


def read_trial_balance(books: Books, reading: Reading) -> Answer:
    """Return the trial balance; a period that was not asked for begins with the books (mechanics D6)."""
    until: tuple[LedgerTotal, ...] = ()
    before: tuple[LedgerTotal, ...] = ()
    if reading.span is not None:
        until = totals_until(books, reading, reading.span.on)
        before = totals_until(books, reading, reading.span.eve) if reading.asked.from_on else ()
    balance = trial_balance(until, before, netted=reading.netted)
    return {
        **reading.head(),
        "from_on": reading.asked.from_on,
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


def read_income_statement(books: Books, reading: Reading) -> Answer:
    """Return what a period earned and spent, beside its fiscal year so far."""
    statement = income_statement((), ())
    if reading.span is not None:
        statement = _income(books, reading, reading.span)
    return {
        **reading.head(),
        "fiscal_year": fiscal_year(reading.span.on) if reading.span else None,
        "income": [{**row_of(one), "year": one.year} for one in statement.income],
        "expense": [{**row_of(one), "year": one.year} for one in statement.expense],
        "income_total": sum_of(statement.income),
        "expense_total": sum_of(statement.expense),
        "surplus": statement.surplus,
        "surplus_of_year": statement.surplus_of_year,
    }


def _income(books: Books, reading: Reading, span: Span) -> IncomeStatement:
    until = totals_until(books, reading, span.on)
    return income_statement(
        _earned(books, reading, until, span.from_on), _earned(books, reading, until, span.year_begins_on)
    )


def _earned(
    books: Books, reading: Reading, until: Iterable[LedgerTotal], from_on: date
) -> tuple[LedgerTotal, ...]:
    """Return what moved since a day without the entries that close a year: they earn and spend nothing."""
    assert reading.span is not None
    before = totals_until(books, reading, Span(from_on, from_on).eve)
    closed = books.statements.totals.closing_of_years(reading.office_ids, from_on, reading.moment)
    return moved(moved(until, before), closed)


def read_balance_sheet(books: Books, reading: Reading) -> Answer:
    """Return what is owned and owed at the end of a day."""
    sheet = balance_sheet(totals_until(books, reading, reading.span.on) if reading.span else ())
    return {
        **reading.head(),
        "from_on": None,
        "assets": [row_of(one) for one in sheet.assets],
        "liabilities": [row_of(one) for one in sheet.liabilities],
        "funds": [row_of(one) for one in sheet.funds],
        "unclosed_surplus": sheet.unclosed,
        "owned": sheet.owned,
        "owed": sheet.owed,
        "balanced": sheet.balanced,
    }


def read_receipts_and_payments(books: Books, reading: Reading) -> Answer:
    """Return the cash that came and went in a period, by what it was for."""
    until: tuple[LedgerTotal, ...] = ()
    before: tuple[LedgerTotal, ...] = ()
    if reading.span is not None:
        until = totals_until(books, reading, reading.span.on)
        before = totals_until(books, reading, reading.span.eve)
    statement = cash_statement(until, before, CASH)
    parts = {name: getattr(statement, name) for name in ("opening", "receipts", "payments", "closing")}
    return {
        **reading.head(),
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
