"""Findings of auditors: raised, answered by the office, asked again or closed, step by step (P12). Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.errors import InvalidPayload, MakerIsChecker, PersonExcluded
from contracts.transactions.finding_errors import FindingMovedOn, FindingNotWaiting
from contracts.transactions.finding_words import FindingAbout, FindingState, FindingStep
from transactions.domain.requests import fingerprint, require_same

LONGEST_WAIT = timedelta(days=366)
"""How long an office is left with a finding at most."""
STATE_AFTER = {
    FindingStep.RAISED: FindingState.OPEN,
    FindingStep.ANSWERED: FindingState.ANSWERED,
    FindingStep.ASKED_AGAIN: FindingState.OPEN,
    FindingStep.CLOSED: FindingState.CLOSED,
}
"""On whom a finding waits after a step."""
FROM = {
    FindingStep.ANSWERED: (FindingState.OPEN,),
    FindingStep.ASKED_AGAIN: (FindingState.ANSWERED,),
    FindingStep.CLOSED: (FindingState.OPEN, FindingState.ANSWERED),
}
"""In which states a step may be taken; an auditor may close what needs no answer any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an auditor found in an office.

    Attributes:
        about_id: The entry, sheet, member or count; None where it is about the office.
    """

    id: str
    office_id: str
    about: FindingAbout
    about_id: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; it stays.

    Attributes:
        number: From one on, without gaps.
        answer_by: Until when the office is to answer; only where an auditor asks.
        by: Which person, and in which role.
    """

    number: int
    kind: FindingStep
    said: str
    answer_by: date | None
    by: str
    role: str
    at: datetime
    fingerprint: str


def state_of(steps: Sequence[Step]) -> FindingState:
    """Return on whom a finding waits."""
    return STATE_AFTER[steps[-1].kind]


def awaited_by(steps: Sequence[Step]) -> date | None:
    """Return until when the newest answer was asked for."""
    return next((step.answer_by for step in reversed(steps) if step.answer_by), None)


def require_deadline(answer_by: date, today: date) -> None:
    """Let nobody be late from the beginning, nor be left alone with it for more than a year.

    Raises:
        InvalidPayload: the day has passed, or is too far away.
    """
    if not today <= answer_by <= today + LONGEST_WAIT:
        raise InvalidPayload.of(answer_by="INVALID")


def require_subject_said(about: FindingAbout, about_id: str | None) -> None:
    """A finding names the thing that it is about, and about an office there is no other thing.

    Raises:
        InvalidPayload: it names none, or one too many.
    """
    if (about is FindingAbout.OFFICE) != (about_id is None):
        raise InvalidPayload.of(about_id="REQUIRED" if about_id is None else "NOT_EXPECTED")


def is_taken(steps: Sequence[Step], number: int, asked: str, by: str) -> bool:
    """Tell whether a step was taken before, by the same person in the same words.

    Raises:
        FindingMovedOn: the number is not the next one: somebody else took a step since it was read.
        IdConflict: the same person took it in other words.
    """
    newest = steps[-1].number
    if number == newest + 1:
        return False
    known = next((step for step in steps if step.number == number), None)
    if known is None or known.by != by:
        raise FindingMovedOn(step=newest)
    require_same(known.fingerprint, asked)
    return True


def require_may_step(
    finding: Finding, steps: Sequence[Step], kind: FindingStep, person_id: str, excluded: Collection[str]
) -> None:
    """Check who takes a step: the office answers, somebody who answered nothing judges its answers.

    Raises:
        FindingNotWaiting: it does not wait for such a step.
        MakerIsChecker: the auditor answers himself, or who answered judges the answer, whatever his role.
        PersonExcluded: it is about himself as a member, or about his kin (rule M8).
    """
    state = state_of(steps)
    if state not in FROM[kind]:
        raise FindingNotWaiting(state=state)
    answering = kind is FindingStep.ANSWERED
    others = {step.by for step in steps if (step.kind is FindingStep.ANSWERED) is not answering}
    if person_id in others:
        raise MakerIsChecker
    if finding.about is FindingAbout.MEMBER and finding.about_id in excluded:
        raise PersonExcluded


def fingerprint_of_finding(
    office_id: str, about: FindingAbout, about_id: str | None, said: str, *, answer_by: date, by: str
) -> str:
    """Return by which a repeated finding is known."""
    facts = {"office": office_id, "about": about.value, "about_id": about_id, "said": said}
    return fingerprint("raise_finding", **facts, answer_by=answer_by.isoformat(), by=by)


def fingerprint_of_step(
    finding_id: str, kind: FindingStep, said: str, answer_by: date | None, by: str
) -> str:
    """Return by which a repeated step is known."""
    until = answer_by.isoformat() if answer_by else None
    return fingerprint(f"{kind}_finding", finding=finding_id, said=said, answer_by=until, by=by)
