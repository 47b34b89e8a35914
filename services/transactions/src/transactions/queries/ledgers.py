"""Ledgers and cash books: by office, by day, entry by entry; and the register of vouchers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import RowMapping

from contracts.errors import InvalidPayload
from contracts.money import NOTHING, Paisa
from contracts.transactions.books_words import CashBookKind
from transactions.domain.chart import Ledger, Side
from transactions.domain.ledger import balance_of
from transactions.domain.people import Person
from transactions.domain.periods import CASH_BOOKS, eve_of, ledger_of
from transactions.domain.statements import LedgerTotal, Line, running
from transactions.domain.vouchers import voucher_text
from transactions.queries.books import Answer, Opened
from transactions.repository import Books
from transactions.repository.ledger_lines import After, Period
from transactions.repository.readings import Reading

PAGE = 100
OFFICES = 200
_BEGIN = datetime(1, 1, 1, tzinfo=UTC)
_FIRST_ID = str(UUID(int=0))


def read_ledger(opened: Opened, code: str) -> Answer:
    """Return a ledger day by day, of all these books together.

    Raises:
        InvalidPayload: the chart has no such ledger.
    """
    ledger, reading = ledger_of(code, opened.chart), opened.reading
    if reading is None:
        return {**opened.head(), **_ledger_head(ledger, NOTHING, ()), "days": []}
    moved = reading.days(code)
    opening = _held(ledger, reading.until(reading.span.eve))
    lines = [Line(Paisa(debits), Paisa(credits_)) for debits, credits_ in moved.values()]
    told = running(opening, ledger.ledger_class.grows_on, lines)
    days = [
        {"on": on, "debit": line.debits, "credit": line.credits, "balance": line.balance}
        for on, line in zip(moved, told, strict=True)
    ]
    return {**opened.head(), **_ledger_head(ledger, opening, lines), "days": days}


def read_ledger_by_office(books: Books, opened: Opened, code: str, after: str | None) -> Answer:
    """Return a page of a ledger office by office, those on whose book it never moved left out.

    Raises:
        InvalidPayload: the chart has no such ledger.
    """
    ledger, reading = ledger_of(code, opened.chart), opened.reading
    if reading is None:
        return {**opened.head(), **_ledger_head(ledger, NOTHING, ()), "items": [], "next": None}
    until, before = reading.by_office(reading.span.on), reading.by_office(reading.span.eve)
    found = {one: _sums(code, until.get(one, ()), before.get(one, ())) for one in reading.office_ids}
    standing = {one: sums for one, sums in found.items() if any(sums)}
    opening = Paisa(sum(_grown(ledger, sums[0], sums[1]) for sums in standing.values()))
    lines = [Line(Paisa(sums[2]), Paisa(sums[3])) for sums in standing.values()]
    names = {office.id: office for office in books.people.offices_of(standing)}
    items = sorted((_office(ledger, names[one], sums) for one, sums in standing.items()), key=_by_code)
    rest = [item for item in items if after is None or item["code"] > after]
    more = rest[OFFICES - 1]["code"] if len(rest) > OFFICES else None
    return {
        **opened.head(),
        **_ledger_head(ledger, opening, lines),
        "items": rest[:OFFICES],
        "next": more,
    }


def _by_code(item: Mapping[str, Any]) -> str:
    return str(item["code"])


def _sums(
    code: str, until: Iterable[LedgerTotal], before: Iterable[LedgerTotal]
) -> tuple[int, int, int, int]:
    later, earlier = ([one for one in part if one.code == code] for part in (until, before))
    debits, credits_ = sum(one.debits for one in earlier), sum(one.credits for one in earlier)
    return (
        debits,
        credits_,
        sum(one.debits for one in later) - debits,
        sum(one.credits for one in later) - credits_,
    )


def _office(ledger: Ledger, office: Any, sums: tuple[int, int, int, int]) -> Answer:
    opening = _grown(ledger, sums[0], sums[1])
    return {
        "office_id": office.id,
        "code": office.code,
        "name_bn": office.name_bn,
        "name_en": office.name_en,
        "opening": opening,
        "debit": sums[2],
        "credit": sums[3],
        "closing": opening + _grown(ledger, sums[2], sums[3]),
    }


def read_cash_book(opened: Opened, kind: CashBookKind) -> Answer:
    """Return a cash book day by day; what only changes places within it is no movement of it."""
    codes, reading = CASH_BOOKS[kind], opened.reading
    if reading is None:
        nothing = {"opening": NOTHING, "received": NOTHING, "paid": NOTHING, "closing": NOTHING}
        return {**opened.head(), "book": kind, **nothing, "days": []}
    moved, before = reading.cash_days(codes), reading.until(reading.span.eve)
    opening = Paisa(sum(one.debits - one.credits for one in before if one.code in codes))
    lines = [Line(Paisa(received), Paisa(paid)) for received, paid in moved.values()]
    told = running(opening, Side.DEBIT, lines)
    return {
        **opened.head(),
        "book": kind,
        "opening": opening,
        "received": sum(line.debits for line in lines),
        "paid": sum(line.credits for line in lines),
        "closing": told[-1].balance if told else opening,
        "days": [
            {"on": on, "received": line.debits, "paid": line.credits, "balance": line.balance}
            for on, line in zip(moved, told, strict=True)
        ],
    }


def _ledger_head(ledger: Ledger, opening: Paisa, lines: Sequence[Line]) -> Answer:
    debits, credits_ = sum(line.debits for line in lines), sum(line.credits for line in lines)
    return {
        "code": ledger.code,
        "name_bn": ledger.name_bn,
        "name_en": ledger.name_en,
        "opening": opening,
        "debits": debits,
        "credits": credits_,
        "closing": opening + _grown(ledger, debits, credits_),
    }


def _held(ledger: Ledger, totals: Iterable[LedgerTotal]) -> Paisa:
    ours = [one for one in totals if one.code == ledger.code]
    return _grown(ledger, sum(one.debits for one in ours), sum(one.credits for one in ours))


def _grown(ledger: Ledger, debits: int, credits_: int) -> Paisa:
    return balance_of(ledger.ledger_class.grows_on, debits, credits_)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ledgers are read as one, line by line; what only changes places between them may be left out."""

    codes: tuple[str, ...]
    grows_on: Side
    net: bool


def wanted_of(opened: Opened, ledger: str | None, book: CashBookKind | None) -> Wanted:
    """Return what is to be read.

    Raises:
        InvalidPayload: neither a ledger nor a cash book was named, or both, or the chart has no such ledger.
    """
    if (ledger is None) == (book is None):
        raise InvalidPayload.of(ledger="REQUIRED")
    if book is not None:
        return Wanted(CASH_BOOKS[book], Side.DEBIT, net=True)
    found = ledger_of(str(ledger), opened.chart)
    return Wanted((found.code,), found.ledger_class.grows_on, net=False)


def list_ledger_lines(books: Books, opened: Opened, wanted: Wanted, after: str | None) -> Answer:
    """Return a page of what entries of one office moved, in posting order.

    Raises:
        InvalidPayload: `after` is no cursor.
    """
    head, reading = {"office_id": opened.office.id, "from_on": None, "on": None}, opened.reading
    if reading is None:
        return {**head, "opening": NOTHING, "items": [], "next": None}
    span = reading.span
    period = Period(opened.office.id, span.from_on, reading.moment)
    place = _after(after) or After(span.from_on, _BEGIN, _FIRST_ID)
    rows = books.statements.lines.lines(period, wanted.codes, place, PAGE + 1, net=wanted.net)
    page = rows[:PAGE]
    opening = _standing(books, reading, wanted, place, period)
    told = running(opening, wanted.grows_on, [_line(row, wanted) for row in page])
    names = names_beside(books, page)
    return {
        **head,
        "from_on": span.from_on,
        "on": span.on,
        "opening": opening,
        "items": [
            {**reference(row, names), "debit": line.debits, "credit": line.credits, "balance": line.balance}
            for row, line in zip(page, told, strict=True)
        ],
        "next": _cursor(page[-1]) if len(rows) > PAGE else None,
    }


def _line(row: RowMapping, wanted: Wanted) -> Line:
    same = min(row["debits"], row["credits"]) if wanted.net else 0
    return Line(Paisa(row["debits"] - same), Paisa(row["credits"] - same))


def _standing(books: Books, reading: Reading, wanted: Wanted, place: After, period: Period) -> Paisa:
    """Return what stood before a page: at the end of the day before, and what its day moved until then."""
    before = reading.until(eve_of(place.on))
    debits, credits_ = books.statements.lines.before_on_the_day(period, wanted.codes, place)
    ours = [one for one in before if one.code in wanted.codes]
    return balance_of(
        wanted.grows_on, sum(one.debits for one in ours) + debits, sum(one.credits for one in ours) + credits_
    )


def list_vouchers(books: Books, opened: Opened, kind: str | None, after: str | None) -> Answer:
    """Return a page of the voucher register.

    Raises:
        InvalidPayload: `after` is no cursor.
    """
    reading = opened.reading
    if reading is None:
        return {"from_on": None, "on": None, "items": [], "next": None}
    span = reading.span
    rows = books.statements.lines.vouchers(reading.place, span, kind, _register_place(after), PAGE + 1)
    page = rows[:PAGE]
    names = names_beside(books, page)
    last = page[-1] if len(rows) > PAGE else None
    return {
        "from_on": span.from_on,
        "on": span.on,
        "items": [{**row, **reference(row, names), "total": row["total"]} for row in page],
        "next": (
            f"{last['path']}~{last['business_on']}~{last['voucher_kind']}~{last['number']}" if last else None
        ),
    }


_PEOPLE = ("maker_id", "checker_id", "officer_id")


def names_beside(books: Books, rows: Iterable[RowMapping]) -> Mapping[str, Person]:
    """Return the names of who stands behind entries."""
    return books.people.names_of({row[who] for row in rows for who in _PEOPLE if row[who]})


def reference(row: Mapping[Any, Any], names: Mapping[str, Person]) -> Answer:
    """Return an entry as a line of a book names it."""
    numbered = row["number"] is not None
    answer = {
        key: row[key]
        for key in (
            "entry_id",
            "kind",
            "receipt",
            "business_on",
            "value_on",
            "recorded_at",
            "samity_id",
            "reason",
            *_PEOPLE,
        )
    }
    answer["voucher"] = (
        voucher_text(row["voucher_kind"], row["fiscal_year"], row["number"]) if numbered else None
    )
    for who in _PEOPLE:
        answer |= named(who.removesuffix("_id"), names.get(row[who]))
    return answer


def named(prefix: str, person: Person | None) -> Answer:
    """Return a person's two names under a prefix."""
    return {
        f"{prefix}_bn": person.name_bn if person else None,
        f"{prefix}_en": person.name_en if person else None,
    }


def _cursor(row: RowMapping) -> str:
    return f"{row['business_on']}~{row['recorded_at'].isoformat()}~{row['entry_id']}"


def _after(text: str | None) -> After | None:
    if text is None:
        return None
    try:
        on, at, entry_id = text.split("~")
        place = After(date.fromisoformat(on), datetime.fromisoformat(at), str(UUID(entry_id)))
    except ValueError:
        raise InvalidPayload.of(after="CURSOR") from None
    if place.at.tzinfo is None:
        raise InvalidPayload.of(after="CURSOR")
    return place


def _register_place(text: str | None) -> tuple[str, date, str, int] | None:
    if text is None:
        return None
    try:
        path, on, kind, number = text.split("~")
        return path, date.fromisoformat(on), kind, int(number)
    except ValueError:
        raise InvalidPayload.of(after="CURSOR") from None
