"""What reports must say, computed anew from a diary of what was done; no question of the product is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from contracts.transactions.reports import READ_REPORT
from tests.support.loans import taka

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contracts.actor import Actor
    from tests.support.lived_in import Diary, LivedIn

Table = list[dict[str, Any]]


def read(home: LivedIn, report: str, by: Actor | None = None, **asked: Any) -> dict[str, Any]:
    """Return a page of a report of the branch."""
    question = {"report": report, "office_id": home.branch.id, **asked}
    return home.branch.ask(READ_REPORT, by or home.branch.manager, **question)


def table(page: dict[str, Any], kind: str = "row") -> Table:
    """Return the lines of a kind with each cell under its column's key; names in English."""
    keys = [column["key"] for column in page["columns"]]
    return [
        {
            key: cell["en"] if isinstance(cell, dict) else cell
            for key, cell in zip(keys, row["cells"], strict=True)
        }
        for row in page["rows"]
        if row["kind"] == kind
    ]


def leads(page: dict[str, Any]) -> list[dict[str, str | None]]:
    """Return where each row leads on to."""
    return [row["lead"] for row in page["rows"] if row["kind"] == "row"]


def only(rows: Table, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


def paid(diary: Diary, name: str, until: date, *, on: date | None = None) -> int:
    """Return what was paid on a loan until the end of a day, or on one day."""
    return sum(
        each.amount
        for each in diary.repaid
        if each.whose == name and (each.on == on if on else each.on <= until)
    )


def due(diary: Diary, name: str, until: date) -> int:
    """Return what has fallen due of a loan by the end of a day."""
    return sum(diary.loans[name].agreed.due_by(until))


def is_alive(diary: Diary, name: str, on: date) -> bool:
    """Tell whether a loan was paid out by a day and had not ended before it."""
    ended = diary.ended.get(name, (on, ""))[0]
    return name in diary.loans and diary.loans[name].on <= on <= ended


def is_running(diary: Diary, name: str, on: date) -> bool:
    """Tell whether a loan was running at the end of a day."""
    return is_alive(diary, name, on) and diary.ended.get(name, (date.max, ""))[0] > on


def total(rows: Iterable[dict[str, int]]) -> dict[str, int]:
    """Return the sums of some rows, key by key."""
    summed: dict[str, int] = {}
    for row in rows:
        for key, value in row.items():
            summed[key] = summed.get(key, 0) + value
    return summed


def day_of_loan(diary: Diary, name: str, on: date) -> dict[str, int]:
    """Tell a day's money for a loan apart: old debt first, then the day's, the rest ahead (domain 4.8)."""
    yesterday = on.fromordinal(on.toordinal() - 1)
    before, asked_before = paid(diary, name, yesterday), due(diary, name, yesterday)
    ahead = max(0, before - asked_before)
    old = max(0, asked_before - before)
    of_today = max(0, due(diary, name, on) - asked_before - ahead)
    came = paid(diary, name, on, on=on)
    to_old = min(came, old)
    to_today = min(came - to_old, of_today)
    return {
        "borrowers": 1,
        "overdue_before": old,
        "recoverable": of_today,
        "collected_overdue": to_old,
        "collected_regular": to_today,
        "collected_advance": came - to_old - to_today,
        "collected_loan": came,
    }


def daily_collection(diary: Diary, on: date) -> dict[str, dict[str, Any]]:
    """Return the day of each samity, by its name."""
    days: dict[str, dict[str, Any]] = {}
    for samity in diary.officers:
        names = [name for name, where in diary.members.items() if where == samity]
        loans = [day_of_loan(diary, name, on) for name in names if is_alive(diary, name, on)]
        saved = sum(each.amount for each in diary.saved if each.whose in names and each.on == on)
        if loans or saved:
            sums = total(loans)
            days[samity] = {
                **sums,
                "collected_savings": saved,
                "collected_in_all": sums["collected_loan"] + saved,
            }
    return days


def written(sums: dict[str, int], *counts: str) -> dict[str, Any]:
    """Return sums as a report writes them: amounts in taka, the counts among them as numbers."""
    return {key: value if key in counts else taka(value) for key, value in sums.items()}
