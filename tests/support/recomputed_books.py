"""Statements counted again from nothing but posting rows: no line of the product's own code is used here.

One posting after the other, kept whole in memory and looked at from every side, so that what the product
answers from totals of days is held against another way of counting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from tests.support.branch import Branch

CASH = ("1110", "1120", "1130", "1140")
_ROWS = """
    SELECT offices.path, offices.code AS office, entries.id::text AS entry, entries.kind, entries.business_on,
           entries.value_on, entries.recorded_at, accounts.ledger, postings.side, postings.amount
      FROM postings
      JOIN entries ON entries.id = postings.entry_id
      JOIN accounts ON accounts.id = postings.account_id
      JOIN offices ON offices.id = entries.office_id
"""


@dataclass(frozen=True)
class Row:
    """One posting with its entry."""

    path: str
    office: str
    entry: str
    kind: str
    on: date
    value_on: date
    at: datetime
    ledger: str
    debit: int
    credit: int


def rows_of(branch: Branch) -> list[Row]:
    with branch.harness.service().books() as books:
        found = books.work.session.execute(sa.text(_ROWS)).mappings().all()
    return [
        Row(
            path=row["path"],
            office=row["office"],
            entry=row["entry"],
            kind=row["kind"],
            on=row["business_on"],
            value_on=row["value_on"],
            at=row["recorded_at"],
            ledger=row["ledger"],
            debit=row["amount"] if row["side"] == "debit" else 0,
            credit=row["amount"] if row["side"] == "credit" else 0,
        )
        for row in found
    ]


def taka(paisa: int) -> str:
    return f"{'-' if paisa < 0 else ''}{abs(paisa) // 100}.{abs(paisa) % 100:02}"


def below(path: str, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.path.startswith(path)]


def sums(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, tuple[int, int]]:
    found: defaultdict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        found[key(row)][0] += row.debit
        found[key(row)][1] += row.credit
    return {one: (found[one][0], found[one][1]) for one in sorted(found)}


def balances(rows: Iterable[Row], on: date, known_at: datetime | None = None) -> dict[str, tuple[str, str]]:
    """Each ledger's balance at the end of a day, on the side where it stands."""
    seen = [row for row in rows if row.on <= on and (known_at is None or row.at <= known_at)]
    return {
        code: (taka(max(debit - credit, 0)), taka(max(credit - debit, 0)))
        for code, (debit, credit) in sums(seen, lambda row: row.ledger).items()
    }


def result(rows: Iterable[Row], from_on: date, on: date, first: str) -> dict[str, str]:
    """Income (4) or expense (5) of a period, without what closes a year; ledgers with nothing left out."""
    seen = [
        row
        for row in rows
        if from_on <= row.on <= on and row.ledger.startswith(first) and row.kind != "year_closing"
    ]
    sign = -1 if first == "4" else 1
    told = {code: sign * (one[0] - one[1]) for code, one in sums(seen, lambda row: row.ledger).items()}
    return {code: taka(amount) for code, amount in told.items() if amount}


def flows(rows: Iterable[Row], from_on: date, on: date) -> tuple[dict[str, str], dict[str, str]]:
    """Receipts and payments of a period by ledger: the other lines of all entries with a line of cash."""
    entries: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if from_on <= row.on <= on:
            entries[row.entry].append(row)
    of_cash = [lines for lines in entries.values() if any(line.ledger in CASH for line in lines)]
    others = [line for lines in of_cash for line in lines if line.ledger not in CASH]
    told = sums(others, lambda row: row.ledger)
    received = {code: taka(credit) for code, (_, credit) in told.items() if credit}
    return received, {code: taka(debit) for code, (debit, _) in told.items() if debit}


def cash_days(rows: Iterable[Row], codes: Iterable[str]) -> dict[date, tuple[str, str]]:
    """What came into some cash ledgers and left them each day, entry by entry."""
    nets: defaultdict[tuple[date, str], int] = defaultdict(int)
    wanted = set(codes)
    for row in rows:
        if row.ledger in wanted:
            nets[row.on, row.entry] += row.debit - row.credit
    days: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    for (on, _), net in nets.items():
        if net:
            days[on][0 if net > 0 else 1] += abs(net)
    return {on: (taka(days[on][0]), taka(days[on][1])) for on in sorted(days)}
