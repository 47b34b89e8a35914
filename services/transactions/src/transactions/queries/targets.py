"""Questions about what branches and officers are to reach in a month."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from contracts.money import Paisa
from transactions.domain.days import first_of_month
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

_SAID = ("id", "office_id", "officer_id", "month", "members", "set_by", "set_at")
_MONEY = ("savings", "disbursement", "recovery")


def get_targets(books: Books, targets_id: str) -> dict[str, Any]:
    """Return what the caller has just set."""
    row = books.targets.get(targets_id)
    return _item(row, books.people.names_of(_people_of([row])))


def list_targets(books: Books, office_id: str, month: date) -> dict[str, Any]:
    """Return all that was set for a branch and its officers for a month, the newest first.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    rows = books.targets.all_of(office.id, first_of_month(month))
    people = books.people.names_of(_people_of(rows))
    return {"items": [_item(row, people) for row in rows]}


def _people_of(rows: Iterable[Mapping[Any, Any]]) -> set[str]:
    """Who stands beside targets: whose they are, and who set them."""
    return {row[who] for row in rows for who in ("set_by", "officer_id") if row[who]}


def _item(row: Mapping[Any, Any], people: Mapping[str, Person]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _SAID},
        **{name: Paisa(row[name]) for name in _MONEY},
        **_names("officer", people.get(row["officer_id"])),
        **_names("set_by", people.get(row["set_by"])),
    }


def _names(of: str, who: Person | None) -> dict[str, str | None]:
    return {f"{of}_bn": who.name_bn if who else None, f"{of}_en": who.name_en if who else None}
