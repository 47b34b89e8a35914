"""What waits in the branches below an office, and for whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from transactions.domain.desk import Sheets, Work
from transactions.domain.people import Office
from transactions.queries.days import list_behind
from transactions.repository import Books
from transactions.repository.desk import BranchDay
from transactions.repository.scope import Scope


def read_desk(books: Books, office_id: str) -> dict[str, Any]:
    """Return how far the open days of the branches below an office have come.

    Raises:
        NotFound: there is no such office for this caller.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    sheets = books.desk.sheets(office.path, scope.officer_id)
    behind = {row["office_id"]: row["days"] for row in list_behind(books, office_id)["items"]}
    branches = books.desk.branches(office.path)
    return {
        "office_id": office.id,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "level": office.level,
        "today": books.work.today,
        "offices": [_office(place, branches, sheets, behind) for place in books.desk.below(office)],
        "officers": _officers(sheets) if office.level == "branch" else [],
    }


def _office(
    place: Office, branches: Sequence[BranchDay], sheets: Sequence[Sheets], behind: Mapping[str, int]
) -> dict[str, Any]:
    inside = {branch.id: branch for branch in branches if branch.path.startswith(place.path)}
    own = inside.get(place.id)
    late = [behind[branch] for branch in inside if branch in behind]
    work = sum((each.work for each in sheets if each.office_id in inside), Work())
    return {
        "office_id": place.id,
        "office_code": place.code,
        "office_name_bn": place.name_bn,
        "office_name_en": place.name_en,
        "level": place.level,
        "branches": len(inside),
        "on": own.on if own else None,
        "status": own.status if own else None,
        "behind": len(late),
        "days_behind": max(late, default=0),
        **asdict(work),
    }


def _officers(sheets: Sequence[Sheets]) -> list[dict[str, Any]]:
    names: dict[str | None, dict[str, Any]] = {}
    work: defaultdict[str | None, Work] = defaultdict(Work)
    for each in sheets:
        work[each.officer_id] += each.work
        names[each.officer_id] = {
            "officer_id": each.officer_id,
            "officer_name_bn": each.officer_name_bn,
            "officer_name_en": each.officer_name_en,
        }
    return [{**names[officer], **asdict(done)} for officer, done in work.items()]
