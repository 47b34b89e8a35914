"""Questions about the ends of months: how far each branch has come, and what is in its way (rule M15)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contracts.errors import NotFound
from contracts.transactions.interest_words import InterestRunKind
from contracts.transactions.month_words import MonthStage, MonthState
from transactions.domain.days import Missing, first_of_month
from transactions.domain.month_ends import STAGES
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100
_RUNS = {MonthStage.READY: InterestRunKind.PROVISION, MonthStage.PROVIDED: InterestRunKind.POSTING}
"""Which run is counting once a stage is reached."""


def get_month_end(books: Books, office_id: str, month: date, missing: Sequence[Missing]) -> dict[str, Any]:
    """Return one branch's month.

    Args:
        books: The books.
        office_id: Which branch.
        month: Any day of the month.
        missing: What stands between it and its end.

    Raises:
        NotFound: there is no such branch for this caller, or it had no business day by then.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    first = first_of_month(month)
    state = next(
        (row for row in books.months.states(office.path, first, None, 1) if row["office_id"] == office.id),
        None,
    )
    if state is None:
        raise NotFound
    items = [{"code": one.code, "facts": dict(one.facts)} for one in missing]
    looked_at, total = _progress(books, office.id, first, state["stage"])
    return {**_item(state, first), "checklist": items, "looked_at": looked_at, "total": total}


def list_month_ends(books: Books, office_id: str, month: date, after: str | None) -> dict[str, Any]:
    """Return a page of the branches below an office with their month, those that nobody asked for too.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    first = first_of_month(month)
    found = books.months.states(office.path, first, after, PAGE + 1)
    page = found[:PAGE]
    return {
        "items": [_item(row, first) for row in page],
        "next": page[-1]["office_id"] if len(found) > PAGE else None,
    }


def closing_answer(books: Books, office_id: str, month: date, branches: tuple[str, ...]) -> dict[str, Any]:
    """Return how many branches' months run and are closed."""
    first = first_of_month(month)
    counts = books.months.counts(branches, first)
    return {
        "office_id": office_id,
        "month": first,
        "branches": len(branches),
        "running": counts.get(MonthState.RUNNING.value, 0),
        "closed": counts.get(MonthState.CLOSED.value, 0),
    }


def _item(row: Mapping[str, Any], month: date) -> dict[str, Any]:
    stage = MonthStage(row["stage"]) if row["stage"] else None
    return {
        **row,
        "month": month,
        "state": row["state"] or MonthState.OPEN.value,
        "done": STAGES.index(stage) if stage else 0,
        "stages": len(STAGES) - 1,
        "in_transit": row["in_transit"] or 0,
    }


def _progress(books: Books, office_id: str, month: date, stage: str | None) -> tuple[int | None, int | None]:
    """Return how many accounts or loans of the stage in hand are looked at, and of how many."""
    if stage == MonthStage.CREDITED:
        run = books.classes.of_month(office_id, month)
        return (run.done, run.total) if run else (None, None)
    kind = _RUNS.get(MonthStage(stage)) if stage else None
    if kind is None:
        return None, None
    counting = books.interest.standing(office_id, kind, month)
    return (counting.looked_at, counting.accounts) if counting else (None, None)
