"""Findings with their names, and on whom they wait (rule P12)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.transactions.finding_words import FindingState, FindingStep
from transactions.domain.findings import STATE_AFTER, Step
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 60


def list_findings(
    books: Books, office_id: str, state: FindingState | None, after: str | None, today: date
) -> dict[str, Any]:
    """Return a page of the findings of an office and all below it, the newest first.

    Raises:
        NotFound: the office, or the finding after which to go on, is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.findings.get(after, scope).id if after else None
    found = books.findings.listed(office, state, last, PAGE + 1)
    page = found[:PAGE]
    return {
        "items": [_listed(row, today) for row in page],
        "next": page[-1]["id"] if len(found) > PAGE else None,
    }


def get_finding(books: Books, finding_id: str, today: date) -> dict[str, Any]:
    """Return a finding with all its steps.

    Raises:
        NotFound: there is none for this caller.
    """
    finding = books.findings.get(finding_id, Scope.of(books.work.actor))
    steps = books.findings.steps_of(finding.id)
    people = books.people.names_of({step.by for step in steps})
    told = [_told(step, people.get(step.by)) for step in steps]
    return {**_listed(books.findings.one(finding.id), today), "steps": told}


def _listed(row: Mapping[Any, Any], today: date) -> dict[str, Any]:
    state = STATE_AFTER[FindingStep(row["kind"])]
    return {
        **{str(name): value for name, value in row.items() if name != "kind"},
        "state": state,
        "overdue": state is FindingState.OPEN and row["answer_by"] < today,
    }


def _told(step: Step, person: Person | None) -> dict[str, Any]:
    return {
        "number": step.number,
        "kind": step.kind,
        "said": step.said,
        "answer_by": step.answer_by,
        "by_id": step.by,
        "by_bn": person.name_bn if person else None,
        "by_en": person.name_en if person else None,
        "role": step.role,
        "at": step.at,
    }
