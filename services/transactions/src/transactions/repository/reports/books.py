"""The rows of reports of the book: few and computed whole, but for the register of vouchers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from contracts.money import NOTHING, Paisa
from contracts.transactions.books_words import CashBookKind
from transactions.domain.cash_flows import cash_flow
from transactions.domain.chart import Flow, Ledger, Side
from transactions.domain.ledger import balance_of
from transactions.domain.periods import CASH, CASH_BOOKS, Span
from transactions.domain.reports import books as reports
from transactions.domain.reports.lines import Row
from transactions.domain.statements import (
    Amount,
    LedgerTotal,
    Line,
    added,
    balance_sheet,
    cash_statement,
    income_statement,
    running,
    trial_balance,
)
from transactions.repository.chart import whole_chart
from transactions.repository.readings import Reading, open_books
from transactions.repository.reports.sources import ComputedSource, Source, SqlSource, Values
from transactions.repository.totals import Place, TotalStore

_VOUCHERS = """
    SELECT offices.code AS branch_code, offices.name_bn AS branch_bn, offices.name_en AS branch_en,
           vouchers.business_on AS booked_on, entries.id AS entry_id,
           upper(left(vouchers.kind, 1)) || '-' || vouchers.fiscal_year || '-'
               || lpad(vouchers.number::text, 6, '0') AS voucher,
           vouchers.kind AS voucher_kind, entries.kind AS entry_kind, moved.debited, moved.credited,
           moved.amount,
           samities.name_bn AS samity_bn, samities.name_en AS samity_en,
           maker.name_bn AS maker_bn, maker.name_en AS maker_en,
           checker.name_bn AS checker_bn, checker.name_en AS checker_en, entries.reason
      FROM offices
      JOIN vouchers ON vouchers.office_id = offices.id
       AND vouchers.business_on BETWEEN :from_on AND :to_on
      JOIN entries ON entries.id = vouchers.entry_id
      CROSS JOIN LATERAL (
        SELECT string_agg(DISTINCT ledger, ' ') FILTER (WHERE side = 'debit') AS debited,
               string_agg(DISTINCT ledger, ' ') FILTER (WHERE side = 'credit') AS credited,
               sum(amount) FILTER (WHERE side = 'debit')::bigint AS amount
          FROM (
            SELECT postings.side, postings.amount,
                   coalesce(accounts.booked_under, accounts.ledger) AS ledger
              FROM postings JOIN accounts ON accounts.id = postings.account_id
             WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
          ) AS lines
      ) AS moved
      LEFT JOIN samities ON samities.id = entries.samity_id
      LEFT JOIN staff AS maker ON maker.id = entries.maker_id
      LEFT JOIN staff AS checker ON checker.id = entries.checker_id
     WHERE starts_with(offices.path, :path)
       AND (CAST(:known_at AS timestamptz) IS NULL OR EXISTS (
            SELECT FROM seals
             WHERE seals.office_id = vouchers.office_id AND seals."on" = vouchers.business_on
               AND seals.sealed_at BETWEEN entries.recorded_at AND CAST(:known_at AS timestamptz)))
"""


def _reading(session: Session, values: Values) -> Reading:
    on = values["on"] or values["to_on"]
    place = Place(str(values["office_id"]), str(values["path"]))
    return open_books(TotalStore(session), place, Span(values["from_on"] or on, on))


def _trial_balance(session: Session, values: Values) -> Sequence[Row]:
    reading = _reading(session, values)
    before, until = reading.until(reading.span.eve), reading.until(reading.span.on)
    balance = trial_balance(until, before, chart=whole_chart(session).ledgers, netted=reading.netted)
    return [
        {
            **_named(row.ledger),
            "opening": row.opening,
            "debits": row.debits,
            "credits": row.credits,
            "debit": row.debit,
            "credit": row.credit,
        }
        for row in balance.rows
    ]


def _income_statement(session: Session, values: Values) -> Sequence[Row]:
    reading = _reading(session, values)
    period, year = reading.earned(reading.span.from_on), reading.earned(reading.span.year_begins_on)
    told = income_statement(period, year, whole_chart(session).ledgers)
    return [
        *_part("income", told.income),
        *_part("expense", told.expense),
        _result("surplus", told.surplus, told.surplus_of_year),
    ]


def _balance_sheet(session: Session, values: Values) -> Sequence[Row]:
    reading = _reading(session, values)
    told = balance_sheet(reading.until(reading.span.on), whole_chart(session).ledgers)
    return [
        *_part("assets", told.assets),
        *_part("liabilities", told.liabilities),
        *_part("funds", told.funds),
        _result("unclosed", told.unclosed),
        _result("owed", told.owed),
    ]


def _receipts_and_payments(session: Session, values: Values) -> Sequence[Row]:
    reading = _reading(session, values)
    before, until = reading.until(reading.span.eve), reading.until(reading.span.on)
    told = cash_statement(until, before, CASH, whole_chart(session).ledgers)
    parts = ("opening", "receipts", "payments", "closing")
    return [row for part in parts for row in _part(part, getattr(told, part))]


def _cash_flow(session: Session, values: Values) -> Sequence[Row]:
    reading = _reading(session, values)
    before, until = reading.until(reading.span.eve), reading.until(reading.span.on)
    told = cash_flow(until, before, CASH, whole_chart(session))
    return [
        _result("opening_in_all", told.opening),
        *(row for flow in Flow for row in _part(flow.value, told.flows[flow])),
        _result("net_change", told.net),
        _result("closing_in_all", told.closing),
    ]


def _cash_book(kind: CashBookKind) -> Callable[[Session, Values], Sequence[Row]]:
    codes = CASH_BOOKS[kind]

    def rows(session: Session, values: Values) -> Sequence[Row]:
        reading = _reading(session, values)
        days = reading.cash_days(codes)
        before = reading.until(reading.span.eve)
        opening = Paisa(sum(one.debits - one.credits for one in before if one.code in codes))
        lines = running(opening, Side.DEBIT, [Line(Paisa(came), Paisa(went)) for came, went in days.values()])
        first = {"booked_on": reading.span.eve, "received": None, "paid": None, "balance": opening}
        return [
            first,
            *(
                {"booked_on": on, "received": line.debits, "paid": line.credits, "balance": line.balance}
                for on, line in zip(days, lines, strict=True)
            ),
        ]

    return rows


def _general_ledger(session: Session, values: Values) -> Sequence[Row]:
    reading, chart = _reading(session, values), whole_chart(session)
    before = {one.code: one for one in added(reading.until(reading.span.eve))}
    return [
        row
        for code in sorted({one.code for one in reading.until(reading.span.on)})
        for row in _days_of(chart[code], before.get(code), reading.days(code))
    ]


def _days_of(
    ledger: Ledger, before: LedgerTotal | None, days: Mapping[date, tuple[int, int]]
) -> Iterator[Row]:
    grows_on = ledger.ledger_class.grows_on
    opening = balance_of(grows_on, before.debits, before.credits) if before else NOTHING
    moves = [Line(Paisa(debits), Paisa(credits_)) for debits, credits_ in days.values()]
    for on, line in zip(days, running(opening, grows_on, moves), strict=True):
        yield {
            **_named(ledger),
            "booked_on": on,
            "debits": line.debits,
            "credits": line.credits,
            "balance": line.balance,
        }


def _named(ledger: Ledger | None) -> dict[str, Any]:
    return {
        "ledger": ledger.code if ledger else None,
        "ledger_name_bn": ledger.name_bn if ledger else None,
        "ledger_name_en": ledger.name_en if ledger else None,
    }


def _part(part: str, amounts: Iterable[Amount]) -> list[Row]:
    """Return the ledgers of a part of a statement, and their sum."""
    listed = list(amounts)
    rows: list[Row] = [
        {"part": part, **_named(one.ledger), "amount": one.amount, "of_year": one.year} for one in listed
    ]
    sums = sum(one.amount for one in listed), sum(one.year for one in listed)
    return [*rows, _result(f"{part}_in_all", *sums)]


def _result(part: str, amount: int, year: int | None = None) -> Row:
    return {"part": part, **_named(None), "amount": amount, "of_year": year}


SOURCES: Mapping[str, Source] = {
    reports.TRIAL_BALANCE.code: ComputedSource(reports.TRIAL_BALANCE, _trial_balance),
    reports.INCOME_STATEMENT.code: ComputedSource(reports.INCOME_STATEMENT, _income_statement),
    reports.BALANCE_SHEET.code: ComputedSource(reports.BALANCE_SHEET, _balance_sheet),
    reports.RECEIPTS_AND_PAYMENTS.code: ComputedSource(reports.RECEIPTS_AND_PAYMENTS, _receipts_and_payments),
    reports.CASH_FLOW.code: ComputedSource(reports.CASH_FLOW, _cash_flow),
    reports.CASH_BOOK.code: ComputedSource(reports.CASH_BOOK, _cash_book(CashBookKind.CASH)),
    reports.BANK_BOOK.code: ComputedSource(reports.BANK_BOOK, _cash_book(CashBookKind.BANK)),
    reports.GENERAL_LEDGER.code: ComputedSource(reports.GENERAL_LEDGER, _general_ledger),
    reports.VOUCHERS.code: SqlSource(reports.VOUCHERS, _VOUCHERS),
}
