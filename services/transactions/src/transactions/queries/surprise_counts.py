"""Counts by surprise with the names of their people."""

from dataclasses import asdict
from typing import Any

from transactions.domain.surprise_counts import SurpriseCount
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 60
PEOPLE = {"officer": "officer_id", "counted_by": "counted_by", "seen_by": "seen_by"}


def answer_of(books: Books, *counts: SurpriseCount) -> list[dict[str, Any]]:
    """Return counts as they are answered."""
    people = {getattr(count, field) for count in counts for field in PEOPLE.values()} - {None}
    known = books.people.names_of(people)
    answers = []
    for count in counts:
        answer = {**asdict(count), "difference": count.difference}
        for name, field in PEOPLE.items():
            person = known.get(getattr(count, field) or "")
            answer |= {
                f"{name}_bn": person.name_bn if person else None,
                f"{name}_en": person.name_en if person else None,
            }
        answers.append(answer)
    return answers


def list_surprise_counts(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of an office's counts, the newest first.

    Raises:
        NotFound: the office, or the count after which to go on, is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.surprises.get(after, scope) if after else None
    found = books.surprises.of_office(office.id, scope, last, PAGE + 1)
    page = found[:PAGE]
    return {"items": answer_of(books, *page), "next": page[-1].id if len(found) > PAGE else None}
