"""An officer's leaving as people read it: what is missing, what he owes, what is signed. Rule P8."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from transactions.domain.days import first_of_month
from transactions.domain.officer_leavings import Leaving, Sheet, Standing, checklist, has_moved
from transactions.repository import Books
from transactions.repository.scope import Scope

MOST = 50


def get_officer_leaving(books: Books, leaving_id: str) -> dict[str, Any]:
    """Return one leaving.

    Raises:
        NotFound: there is none, or not for this caller.
    """
    return answer_of(books, books.leavings.get(leaving_id, Scope.of(books.work.actor)))


def list_officer_leavings(books: Books, office_id: str) -> dict[str, Any]:
    """Return the leavings of a branch, the newest first.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    found = books.leavings.of_office(office.id, scope, MOST)
    return {"items": [answer_of(books, leaving) for leaving in found], "next": None}


def get_leaving_list(books: Books, leaving_id: str, samity_id: str) -> dict[str, Any]:
    """Return the newest list of one samity, member by member.

    Raises:
        NotFound: there is no such list, or not for this caller.
    """
    leaving = books.leavings.get(leaving_id, Scope.of(books.work.actor))
    sheet = books.leavings.sheet(leaving, samity_id)
    standing = books.leavings.standing(leaving, books.work.today)
    now = books.leavings.digests((sheet,))
    (shown,) = sheets_of(books, leaving, (sheet,), standing, now)
    lines = books.leavings.lines_of(leaving.id, sheet)
    people = books.people.members_of([line.member_id for line in lines])
    told = [
        asdict(line)
        | {
            "member_code": people[line.member_id].code,
            "member_bn": people[line.member_id].name_bn,
            "member_en": people[line.member_id].name_en,
        }
        for line in lines
    ]
    return shown | {"lines": sorted(told, key=lambda line: line["member_code"] or "")}


def answer_of(books: Books, leaving: Leaving) -> dict[str, Any]:
    """Return a leaving as it is answered."""
    sheets, standing = books.leavings.newest(leaving), books.leavings.standing(leaving, books.work.today)
    now = books.leavings.digests(sheets)
    names = books.people.names_of({leaving.officer_id, leaving.successor_id})
    answer: dict[str, Any] = asdict(leaving) | {"passbooks_by": leaving.passbooks_by}
    for role, person_id in (("officer", leaving.officer_id), ("successor", leaving.successor_id)):
        person = names.get(person_id)
        answer[f"{role}_bn"] = person.name_bn if person else None
        answer[f"{role}_en"] = person.name_en if person else None
    checks = checklist(sheets, standing, now)
    return answer | {
        "open_sheets": standing.open_sheets,
        "open_handovers": standing.open_handovers,
        "cash": standing.cash,
        "receivable": standing.receivable,
        "checks": [{"check": check, "done": done} for check, done in checks.items()],
        "lists": sheets_of(books, leaving, sheets, standing, now),
    }


def sheets_of(
    books: Books, leaving: Leaving, sheets: Sequence[Sheet], standing: Standing, now: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return lists as they are answered, by the code of their samity."""
    ids = [sheet.samity_id for sheet in sheets]
    names = books.leavings.names_of_samities(ids)
    seen = books.leavings.passbooks(leaving.office_id, first_of_month(leaving.begun_on), ids)
    shown = []
    for sheet in sheets:
        samity, (drawn, checked) = names[sheet.samity_id], seen.get(sheet.samity_id, (0, 0))
        answer = asdict(sheet) | {
            "samity_code": samity["code"],
            "samity_bn": samity["name_bn"],
            "samity_en": samity["name_en"],
            "moved": has_moved(sheet, standing, now),
            "is_given": sheet.samity_id not in standing.samities,
            "drawn_passbooks": drawn,
            "checked_passbooks": checked,
        }
        shown.append(answer)
    return sorted(shown, key=lambda one: str(one["samity_code"]))
