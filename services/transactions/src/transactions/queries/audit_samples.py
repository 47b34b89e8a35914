"""Samples with their names, and letters to the members who were drawn (rule P12)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from transactions.domain.audit_samples import Sample
from transactions.domain.chart import Ledgers
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 60


def list_samples(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of an office's samples, the newest first.

    Raises:
        NotFound: the office, or the sample after which to go on, is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.audit_samples.get(after, scope) if after else None
    found = books.audit_samples.of_office(office.id, last, PAGE + 1)
    page = found[:PAGE]
    people = books.people.names_of({one.drawn_by for one in page})
    return {
        "items": [_listed(one, people) for one in page],
        "next": page[-1].id if len(found) > PAGE else None,
    }


def get_sample(books: Books, sample_id: str) -> dict[str, Any]:
    """Return a sample with what was drawn.

    Raises:
        NotFound: there is none for this caller.
    """
    sample = books.audit_samples.get(sample_id, Scope.of(books.work.actor))
    people = books.people.names_of({sample.drawn_by})
    drawn = [dict(row) for row in books.audit_samples.drawn(sample.id)]
    return {**_listed(sample, people), "items": drawn}


def confirmations(books: Books, sample_id: str, on: date) -> dict[str, Any]:
    """Return a letter for each drawn member: what each of her accounts held at the end of a business day.

    Raises:
        NotFound: there is no such sample for this caller.
    """
    scope = Scope.of(books.work.actor)
    sample = books.audit_samples.get(sample_id, scope)
    office = books.people.office(sample.wanted.office_id, scope)
    hers: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in books.audit_samples.balances(sample.id, on, Ledgers.LOANS.code):
        hers[row["member_id"]].append({name: value for name, value in row.items() if name != "member_id"})
    letters = [
        {**row, "accounts": hers[row["member_id"]]} for row in books.audit_samples.addressees(sample.id)
    ]
    named = {"office_bn": office.name_bn, "office_en": office.name_en}
    return {"sample_id": sample.id, "office_id": office.id, **named, "on": on, "letters": letters}


def _listed(sample: Sample, people: Mapping[str, Person]) -> dict[str, Any]:
    drawn_by, wanted = people.get(sample.drawn_by), sample.wanted
    return {
        "id": sample.id,
        "office_id": wanted.office_id,
        "of": wanted.of,
        "from_on": wanted.from_on,
        "to_on": wanted.to_on,
        "size": wanted.size,
        "population": sample.population,
        "seed": sample.seed,
        "drawn_by_bn": drawn_by.name_bn if drawn_by else None,
        "drawn_by_en": drawn_by.name_en if drawn_by else None,
        "drawn_at": sample.drawn_at,
    }
