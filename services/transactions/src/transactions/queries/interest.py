"""Reading runs of interest: how far they have come, and what they booked."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from contracts.transactions.interest_errors import InterestRunNotFound
from transactions.domain.savings.runs import InterestRun
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 50


def get_interest_run(books: Books, run_id: str) -> dict[str, Any]:
    """Return one run.

    Raises:
        InterestRunNotFound: there is none for this caller.
    """
    run = books.interest.find(run_id, Scope.of(books.work.actor))
    if run is None:
        raise InterestRunNotFound
    return _items(books, [run])[0]


def list_interest_runs(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of an office's runs, the newest first.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.interest.find(after, scope) if after else None
    found = books.interest.runs_of(office.id, last, PAGE + 1)
    page = found[:PAGE]
    return {"items": _items(books, page), "next": page[-1].id if len(found) > PAGE else None}


def _items(books: Books, found: Sequence[InterestRun]) -> list[dict[str, Any]]:
    names = books.people.names_of({run.asked_by for run in found})
    items = []
    for run in found:
        asked_by = names.get(run.asked_by)
        items.append(
            {
                **asdict(run),
                "value_on": run.through,
                "asked_by_bn": asked_by.name_bn if asked_by else None,
                "asked_by_en": asked_by.name_en if asked_by else None,
            }
        )
    return items
