"""Where an office's day stands, and which days it had."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from contracts.money import NOTHING
from contracts.transactions.ledger_words import DayState, Moment
from transactions.domain.book.on_the_way import late_before, late_warnings
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.closings import Closing
from transactions.domain.counts import VaultCount
from transactions.domain.days import (
    STAGES,
    BranchDay,
    Counted,
    DayStatus,
    Missing,
    cash_warnings,
    phase_of,
    working_days_since,
)
from transactions.domain.people import Office
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 60


def get_day(books: Books, office_id: str, missing: tuple[Missing, ...] = ()) -> dict[str, Any]:
    """Return an office's newest day.

    Args:
        books: The books.
        office_id: Which office.
        missing: What stands between an open day and its closing.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    day = books.days.newest(office.id)
    opening, closing = (_counted(books, day, moment) for moment in Moment)
    vault = books.ledger.balance(OfficeAccount(Ledgers.VAULT, office.id))
    in_field = books.collection.rows.in_field(office.id, day.on) if day else NOTHING
    limit = books.counts.limits.of(office.id, day.on if day else books.work.today)
    late = books.remittances.late(office.path, late_before(books.work.today))
    warnings = (*cash_warnings(vault, in_field, limit), *late_warnings(late))
    return {
        "office_id": office.id,
        "on": day.on if day else None,
        "status": day.status if day else DayState.NONE,
        "checklist": [{"code": item.code, "facts": dict(item.facts)} for item in missing],
        "opening_count": _count(books, day, Moment.OPENING),
        "closing_count": _count(books, day, Moment.CLOSING),
        "vault": vault,
        "job": _job(books, day),
        "sealed": _sealed(books.closing.find_sealed(office.id, day.on)) if day else None,
        "supplement": _supplement(books, day),
        "phase": phase_of(day.status if day else None, opening, closing),
        "in_field": in_field,
        "cash_limit": limit,
        "warnings": [{"code": item.code, "facts": dict(item.facts)} for item in warnings],
    }


def open_day_of(books: Books, office_id: str) -> date | None:
    """Return an office's open day.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    day = books.days.find_open(office.id)
    return day.on if day else None


def list_days(books: Books, office_id: str, before: date | None) -> dict[str, Any]:
    """Return an office's days, the newest first.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    rows = books.statements.days_before(office.id, before, PAGE + 1)
    page = rows[:PAGE]
    return {
        "items": [{**row, "sealed": _sealed(row)} for row in page],
        "next": page[-1]["on"].isoformat() if len(rows) > PAGE else None,
    }


def list_behind(books: Books, office_id: str) -> dict[str, Any]:
    """Return the branches below an office that are behind the calendar, the furthest first (rule M17).

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    return {"today": books.work.today, "items": behind_below(books, office)}


def behind_below(books: Books, office: Office) -> list[dict[str, Any]]:
    """Return the branches at or below an office that are behind the calendar, the furthest first (M17)."""
    today = books.work.today
    behind = [
        {
            **row,
            "days": working_days_since(row["on"], today, books.days.holidays(row["office_id"], row["on"])),
        }
        for row in books.days.running_before(office.path, today)
    ]
    return sorted((row for row in behind if row["days"]), key=lambda row: -row["days"])


def list_cash_limits(books: Books, office_id: str) -> dict[str, Any]:
    """Return the limits of an office.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    return {"items": books.counts.limits.all_of(office.id)}


def count_answer(books: Books, count: VaultCount) -> dict[str, Any]:
    """Return a count with the names of the two people."""
    names = books.people.names_of([person for person in (count.counted_by, count.confirmed_by) if person])
    counted, confirmed = names.get(count.counted_by), names.get(count.confirmed_by or "")
    return {
        **asdict(count),
        "counted_by_bn": counted.name_bn if counted else None,
        "counted_by_en": counted.name_en if counted else None,
        "confirmed_by_bn": confirmed.name_bn if confirmed else None,
        "confirmed_by_en": confirmed.name_en if confirmed else None,
    }


def closing_answer(closing: Closing, status: DayStatus) -> dict[str, Any]:
    """Return a closing as it was taken on."""
    return {
        "office_id": closing.office_id,
        "on": closing.on,
        "status": status,
        "job_id": closing.id,
    }


def _count(books: Books, day: BranchDay | None, moment: Moment) -> dict[str, Any] | None:
    count = books.counts.last(day.office_id, day.on, moment) if day else None
    return count_answer(books, count) if count else None


def _counted(books: Books, day: BranchDay | None, moment: Moment) -> Counted | None:
    count = books.counts.last(day.office_id, day.on, moment) if day else None
    return Counted(count.total, confirmed=count.confirmed_by is not None) if count else None


def _supplement(books: Books, day: BranchDay | None) -> int | None:
    """Return the number of the supplement that is being written, or None on a day's first opening (M16)."""
    closing = books.closing.find(day.office_id, day.on) if day else None
    if day is None or closing is None:
        return None
    number = closing.number + 1 if day.status is DayStatus.OPEN else closing.number
    return number - 1 if number > 1 else None


def _job(books: Books, day: BranchDay | None) -> dict[str, Any] | None:
    closing = books.closing.find(day.office_id, day.on) if day else None
    if day is None or closing is None or day.status is DayStatus.OPEN:
        return None
    return {
        "id": closing.id,
        "stage": closing.stage,
        "done": closing.done,
        "stages": len(STAGES) - 1,
    }


def _sealed(row: Mapping[Any, Any] | None) -> dict[str, Any] | None:
    if row is None or row["root"] is None:
        return None
    return {"root": bytes(row["root"]).hex(), "at": row["sealed_at"]}
