"""The statements of an area, counted by hand from the entries in `hand_book.py` (domain §6)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tests.support.hand_asked import ALL_CASH, Row, Wanted, taka
from tests.support.hand_book import A_DAY, Entry, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CASH, BANKS = ("1110", "1120"), ("1130",)
FLOWS = {"between": ("14",), "investing": ("15", "16"), "financing": ("25", "3")}
"""By how its code begins, for what a ledger's cash came and went; all else is the daily business."""


def _sums(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        for ledger, debit, credit in _sides(entry):
            found[ledger][0] += debit
            found[ledger][1] += credit
    return {ledger: (debit, credit) for ledger, (debit, credit) in sorted(found.items())}


def _sides(entry: Entry) -> Iterator[tuple[str, int, int]]:
    for line in entry.lines:
        yield line.ledger, max(0, line.amount), max(0, -line.amount)


def _net(entries: Iterable[Entry]) -> dict[str, int]:
    return {ledger: debit - credit for ledger, (debit, credit) in _sums(entries).items()}


def trial_balance(wanted: Wanted) -> Iterator[Row]:
    eve = _net(wanted.entries(wanted.begin - A_DAY))
    moved = _sums(wanted.period())
    for ledger, net in _net(wanted.entries(wanted.end)).items():
        debit, credit = moved.get(ledger, (0, 0))
        yield {
            "ledger": ledger,
            "opening": taka(eve.get(ledger, 0)),
            "debits": taka(debit),
            "credits": taka(credit),
            "debit": taka(max(0, net)),
            "credit": taka(max(0, -net)),
        }


def income_statement(wanted: Wanted) -> Iterator[Row]:
    year = date(wanted.end.year - (wanted.end.month < 7), 7, 1)
    months = _net(wanted.period())
    years = _net(one for one in wanted.entries(wanted.end) if one.on >= year)
    surplus = [0, 0]
    for part, first, sign in (("income", "4", -1), ("expense", "5", 1)):
        sums = [0, 0]
        for ledger in sorted(months.keys() | years.keys()):
            amounts = [sign * told.get(ledger, 0) for told in (months, years)]
            if ledger.startswith(first) and any(amounts):
                yield _amount(part, ledger, *amounts)
                sums = [a + b for a, b in zip(sums, amounts, strict=True)]
        yield _amount(f"{part}_in_all", None, *sums)
        surplus = [a - sign * b for a, b in zip(surplus, sums, strict=True)]
    yield _amount("surplus", None, *surplus)


def _amount(part: str, ledger: str | None, amount: int, of_year: int | None = None) -> Row:
    row: Row = {"part": part, "ledger": ledger, "amount": taka(amount)}
    return row if of_year is None else row | {"of_year": taka(of_year)}


def balance_sheet(wanted: Wanted) -> Iterator[Row]:
    net = _net(wanted.entries(wanted.on))
    owed = 0
    for part, first, sign in (("assets", "1", 1), ("liabilities", "2", -1), ("funds", "3", -1)):
        amounts = {code: sign * amount for code, amount in net.items() if code.startswith(first) and amount}
        yield from (_amount(part, code, amount) for code, amount in amounts.items())
        yield _amount(f"{part}_in_all", None, sum(amounts.values()))
        owed += sum(amounts.values()) if sign < 0 else 0
    unclosed = -sum(amount for code, amount in net.items() if code[0] in "45")
    yield _amount("unclosed", None, unclosed)
    yield _amount("owed", None, owed + unclosed)


def receipts_and_payments(wanted: Wanted) -> Iterator[Row]:
    eve, last = (_net(wanted.entries(day)) for day in (wanted.begin - A_DAY, wanted.end))
    flows = _sums(one for one in wanted.period() if any(line.ledger in ALL_CASH for line in one.lines))
    others = {ledger: sides for ledger, sides in flows.items() if ledger not in ALL_CASH}
    parts = {
        "opening": {ledger: eve.get(ledger, 0) for ledger in ALL_CASH},
        "receipts": {ledger: credit for ledger, (_, credit) in others.items()},
        "payments": {ledger: debit for ledger, (debit, _) in others.items()},
        "closing": {ledger: last.get(ledger, 0) for ledger in ALL_CASH},
    }
    for part, amounts in parts.items():
        yield from (_amount(part, ledger, amount) for ledger, amount in amounts.items() if amount)
        yield _amount(f"{part}_in_all", None, sum(amounts.values()))


def cash_flow(wanted: Wanted) -> Iterator[Row]:
    eve, last = (_net(wanted.entries(day)) for day in (wanted.begin - A_DAY, wanted.end))
    opening, closing = (sum(told.get(ledger, 0) for ledger in ALL_CASH) for told in (eve, last))
    moved = _net(one for one in wanted.period() if any(line.ledger in ALL_CASH for line in one.lines))
    nets = {ledger: -net for ledger, net in moved.items() if net and ledger not in ALL_CASH}
    yield _amount("opening_in_all", None, opening)
    for flow in ("operating", *FLOWS):
        amounts = {ledger: net for ledger, net in nets.items() if _flow_of(ledger) == flow}
        yield from (_amount(flow, ledger, net) for ledger, net in amounts.items())
        yield _amount(f"{flow}_in_all", None, sum(amounts.values()))
    yield _amount("net_change", None, sum(nets.values()))
    yield _amount("closing_in_all", None, closing)


def _flow_of(ledger: str) -> str:
    return next((flow for flow, begins in FLOWS.items() if ledger.startswith(begins)), "operating")


def _cash_book(ledgers: tuple[str, ...]) -> Callable[[Wanted], Iterator[Row]]:
    def book(wanted: Wanted) -> Iterator[Row]:
        eve = wanted.begin - A_DAY
        balance = sum(_net(wanted.entries(eve)).get(ledger, 0) for ledger in ledgers)
        yield {"booked_on": eve.isoformat(), "received": None, "paid": None, "balance": taka(balance)}
        days: dict[date, list[int]] = defaultdict(lambda: [0, 0])
        for entry in wanted.period():
            net = sum(line.amount for line in entry.lines if line.ledger in ledgers)
            if net:
                days[entry.on][net < 0] += abs(net)
        for on, (received, paid) in sorted(days.items()):
            balance += received - paid
            moved = {"received": taka(received), "paid": taka(paid), "balance": taka(balance)}
            yield {"booked_on": on.isoformat(), **moved}

    return book


def general_ledger(wanted: Wanted) -> Iterator[Row]:
    eve = _net(wanted.entries(wanted.begin - A_DAY))
    days = sorted({entry.on for entry in wanted.period()})
    for ledger in _sums(wanted.entries(wanted.end)):
        balance, sign = eve.get(ledger, 0), 1 if ledger[0] in "15" else -1
        for on in days:
            debit, credit = _sums(one for one in wanted.period() if one.on == on).get(ledger, (0, 0))
            if debit or credit:
                balance += debit - credit
                moved = {"debits": taka(debit), "credits": taka(credit), "balance": taka(sign * balance)}
                yield {"ledger": ledger, "booked_on": on.isoformat(), **moved}


def voucher_register(wanted: Wanted) -> Iterator[Row]:
    """Numbered by branch, kind and fiscal year, in the order of posting; of days that are closed (§6)."""
    numbers: dict[tuple[str, str, date], int] = defaultdict(int)
    for entry in wanted.entries(wanted.end):
        kind, year = _voucher_kind(entry.lines), date(entry.on.year - (entry.on.month < 7), 7, 1)
        numbers[entry.branch, kind, year] += 1
        if wanted.begin <= entry.on < wanted.open_on:
            sides = [sorted({one.ledger for one in entry.lines if sign * one.amount > 0}) for sign in (1, -1)]
            number = numbers[entry.branch, kind, year]
            yield {
                "branch": entry.branch,
                "booked_on": entry.on.isoformat(),
                "voucher": f"{kind[0].upper()}-{year.year}-{(year.year + 1) % 100:02}-{number:06}",
                "voucher_kind": kind,
                "entry_kind": entry.kind,
                "debited": " ".join(sides[0]),
                "credited": " ".join(sides[1]),
                "amount": taka(sum(max(0, line.amount) for line in entry.lines)),
            }


def _voucher_kind(lines: tuple[Line, ...]) -> str:
    """Money that came, went, or changed its place; else a journal (domain §6)."""
    cash = [line.amount for line in lines if line.ledger in ALL_CASH]
    if not cash:
        return "journal"
    return "receipt" if sum(cash) > 0 else "payment" if sum(cash) < 0 else "contra"


STATEMENTS: dict[str, Callable[[Wanted], Iterator[Row]]] = {
    "trial_balance": trial_balance,
    "income_statement": income_statement,
    "balance_sheet": balance_sheet,
    "receipts_and_payments": receipts_and_payments,
    "cash_flow": cash_flow,
    "cash_book": _cash_book(CASH),
    "bank_book": _cash_book(BANKS),
    "general_ledger": general_ledger,
    "voucher_register": voucher_register,
}
"""Each statement, and how it is counted by hand."""
