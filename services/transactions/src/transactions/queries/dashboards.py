"""An office as its dashboard shows it."""

from datetime import date
from typing import Any

from transactions.domain import dashboards as figures
from transactions.domain.people import Office
from transactions.repository import Books
from transactions.repository.scope import Scope


def read_dashboard(books: Books, office_id: str) -> dict[str, Any]:
    """Return how an office stands, and its last twelve closed months.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    on = books.days.newest_below(office.path) or books.work.today
    months = figures.months_of(books.dashboards.months(office.path, figures.first_of_year(on)))
    is_live = books.dashboards.branches(office.path) <= figures.LIVE_BRANCHES
    return {
        "office_id": office.id,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "level": office.level,
        "months": months,
        **(_live(books, office, on) if is_live else _of_month(books, office, months)),
    }


def _live(books: Books, office: Office, on: date) -> dict[str, Any]:
    loans = books.dashboards.loans(office.path, on)
    collected = books.dashboards.collected(office.path, on)
    return {
        "on": on,
        "collection": figures.collection_of(collected),
        "ages": figures.ages_of(loans),
        "savings": figures.savings_of(books.dashboards.savings(office.path)),
        "officers": figures.officers_of(loans, collected),
    }


def _of_month(books: Books, office: Office, months: list[dict[str, Any]]) -> dict[str, Any]:
    newest = figures.newest_whole(months)
    classes = books.dashboards.classes(office.path, newest) if newest else []
    saved = books.dashboards.saved(office.path, newest) if newest else []
    return {
        "on": None,
        "collection": None,
        "ages": figures.ages_of(classes),
        "savings": figures.savings_of(saved),
        "officers": [],
    }
