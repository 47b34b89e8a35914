"""Findings: raised by an auditor, answered by the office, asked again or closed (rule P12)."""

from datetime import date

from contracts.errors import NotFound
from contracts.transactions.finding_errors import FindingMovedOn
from contracts.transactions.finding_words import FindingAbout, FindingStep
from transactions.domain.findings import (
    Finding,
    Step,
    fingerprint_of_finding,
    fingerprint_of_step,
    is_taken,
    require_deadline,
    require_may_step,
    require_subject_said,
)
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def raise_finding(
    books: Books,
    finding_id: str,
    *,
    office_id: str,
    about: tuple[FindingAbout, str | None],
    said: str,
    wanted: tuple[date, date],
) -> None:
    """Write down what an auditor found in an office, or about one of its things.

    Args:
        books: One open database transaction.
        finding_id: Made by the caller; asked again it changes nothing.
        office_id: Which office is to answer.
        about: What it is about, and the id of that thing where it is not the office itself.
        said: What was found.
        wanted: Until when an answer is awaited, and which day it is.

    Raises:
        NotFound: the office is not in the caller's scope, or the thing is not the office's.
        InvalidPayload: as `require_subject_said` and `require_deadline`.
        IdConflict: the id was used for another finding.
    """
    actor, (kind, about_id), (answer_by, today) = books.work.actor, about, wanted
    scope = Scope.of(actor)
    office = books.people.office(office_id, scope)
    require_subject_said(kind, about_id)
    asked = fingerprint_of_finding(office.id, kind, about_id, said, answer_by=answer_by, by=actor.person_id)
    finding = Finding(id=finding_id, office_id=office.id, about=kind, about_id=about_id, fingerprint=asked)
    if about_id is not None and not books.findings.holds(office.id, kind, about_id):
        raise NotFound
    first = _step(books, 1, FindingStep.RAISED, said, answer_by=answer_by, fingerprint=asked)
    if not books.findings.raise_(finding, first):
        require_same(books.findings.get(finding_id, scope).fingerprint, asked)
        return
    require_deadline(answer_by, today)
    facts = {"about": kind.value, "about_id": about_id, "answer_by": answer_by.isoformat()}
    books.work.audit("raise_finding", "finding", finding_id, facts)


def answer_finding(books: Books, finding_id: str, number: int, said: str) -> None:
    """Say what the office has to say to a finding.

    Raises:
        NotFound: there is no such finding for this caller.
        FindingMovedOn, IdConflict: as `is_taken`.
        FindingNotWaiting, MakerIsChecker, PersonExcluded: as `require_may_step`.
    """
    if _take(books, finding_id, number, FindingStep.ANSWERED, said):
        books.work.audit("answer_finding", "finding", finding_id, {"step": number})


def ask_finding_again(
    books: Books, finding_id: str, number: int, said: str, wanted: tuple[date, date]
) -> None:
    """Say why an answer does not do, and until when another one is awaited (`wanted`, and which day it is).

    Raises:
        NotFound, FindingMovedOn, IdConflict, FindingNotWaiting, MakerIsChecker, PersonExcluded: as above.
        InvalidPayload: as `require_deadline`.
    """
    answer_by, today = wanted
    if _take(books, finding_id, number, FindingStep.ASKED_AGAIN, said, answer_by):
        require_deadline(answer_by, today)
        facts = {"step": number, "answer_by": answer_by.isoformat()}
        books.work.audit("ask_finding_again", "finding", finding_id, facts)


def close_finding(books: Books, finding_id: str, number: int, said: str) -> None:
    """Say why a finding is done with; it stays in the register.

    Raises:
        NotFound, FindingMovedOn, IdConflict, FindingNotWaiting, MakerIsChecker, PersonExcluded: as above.
    """
    if _take(books, finding_id, number, FindingStep.CLOSED, said):
        books.work.audit("close_finding", "finding", finding_id, {"step": number})


def _take(
    books: Books,
    finding_id: str,
    number: int,
    kind: FindingStep,
    said: str,
    answer_by: date | None = None,
) -> bool:
    """Take a step; tells whether there was anything left to do."""
    actor = books.work.actor
    finding = books.findings.get(finding_id, Scope.of(actor))
    asked = fingerprint_of_step(finding_id, kind, said, answer_by, actor.person_id)
    steps = books.findings.steps_of(finding_id)
    if is_taken(steps, number, asked, actor.person_id):
        return False
    require_may_step(finding, steps, kind, actor.person_id, actor.excluded_members)
    step = _step(books, number, kind, said, answer_by=answer_by, fingerprint=asked)
    if books.findings.take(finding_id, step):
        return True
    if is_taken(books.findings.steps_of(finding_id), number, asked, actor.person_id):
        return False
    raise FindingMovedOn(step=number)


def _step(
    books: Books, number: int, kind: FindingStep, said: str, *, answer_by: date | None, fingerprint: str
) -> Step:
    actor = books.work.actor
    return Step(
        number=number,
        kind=kind,
        said=said,
        answer_by=answer_by,
        by=actor.person_id,
        role=actor.role or "",
        at=books.work.now,
        fingerprint=fingerprint,
    )
