"""Mismatches and complaints: how long they may wait, who is to answer, and who may not (rule P4). Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from contracts.errors import InvalidPayload, PersonExcluded
from contracts.permissions import permits
from contracts.transactions.complaint_errors import (
    ComplaintIsForArea,
    ComplaintWasAnswered,
    ConcernedAnswers,
    CorrectionMissing,
    OfficerTakesComplaint,
    OutcomeUnfit,
)
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintState,
    ComplaintVia,
    ComplaintWaits,
    Contacted,
    Escalation,
)
from transactions.domain.days import BranchDay
from transactions.domain.requests import fingerprint

ACKNOWLEDGED_WITHIN = timedelta(days=1)
ANSWERED_WITHIN = timedelta(days=7)
AGAIN_WITHIN = timedelta(days=365)
"""Within how long another complaint of hers about the same officer is a repeated one."""
ABOVE = "complaint:above"
"""What the area and the auditor hold, and nobody of the branch."""
TOLD = "complaint:see"
"""What an officer holds, and nobody else: he reads a case once somebody has spoken with her."""
OF_CONDUCT = frozenset({ComplaintOutcome.UPHELD, ComplaintOutcome.NOT_UPHELD, ComplaintOutcome.UNCLEAR})
OF_MONEY = frozenset({ComplaintOutcome.BOOK_RIGHT, ComplaintOutcome.PAPER_RIGHT, ComplaintOutcome.UNCLEAR})
_CASES = UUID("3ad1c2a4-6a6b-5a9e-9d0e-6fb1d6f0c4ab")


class Deed(StrEnum):
    """What is done once to a case."""

    ACKNOWLEDGED = "acknowledged"
    CONTACTED = "contacted"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says is wrong, and by which way."""

    about: ComplaintAbout
    against: ComplaintAgainst
    via: ComplaintVia
    said: str | None
    entry_id: str | None = None
    row_id: str | None = None
    account_code: str | None = None
    on: date | None = None
    check_id: str | None = None

    def fingerprint(self, member_id: str, by: str) -> str:
        """Return by what the same complaint is known when it comes again."""
        return fingerprint(
            "complaint",
            member=member_id,
            by=by,
            about=self.about,
            against=self.against,
            via=self.via,
            said=self.said,
            entry=self.entry_id,
            row=self.row_id,
            account=self.account_code,
            on=self.on.isoformat() if self.on else None,
            check=self.check_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A case of the register, as it was taken.

    Attributes:
        officer_id: Who collected from her then; None where nobody did.
        taken_by: Of the staff, or she herself.
        repeated: She had complained of the same officer before.
    """

    id: str
    office_id: str
    member_id: str
    samity_id: str
    officer_id: str | None
    about: ComplaintAbout
    via: ComplaintVia
    against: ComplaintAgainst
    entry_id: str | None
    row_id: str | None
    account_id: str | None
    happened_on: date | None
    check_id: str | None
    said: str | None
    taken_by: str
    taken_on: date
    taken_at: datetime
    acknowledge_by: date
    answer_by: date
    repeated: bool
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody did to a case; each deed is done once."""

    complaint_id: str
    deed: Deed
    by: str
    on: date
    at: datetime
    contact: Contacted | None = None
    outcome: ComplaintOutcome | None = None
    answer: str | None = None
    correction_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A complaint with what was done about it.

    Attributes:
        concerned: Who may not answer: her officers, who posted, checked or found it, of whom she complains.
        managers: Which of them manages a branch.
    """

    complaint: Complaint
    acts: Mapping[Deed, Act] = field(default_factory=dict)
    concerned: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()

    @property
    def state(self) -> ComplaintState:
        """How far it has come."""
        if Deed.ANSWERED in self.acts:
            return ComplaintState.ANSWERED
        return ComplaintState.ACKNOWLEDGED if Deed.ACKNOWLEDGED in self.acts else ComplaintState.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What somebody found about a case, and what she is to hear."""

    outcome: ComplaintOutcome
    answer: str
    correction_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads the register: what concerns himself, or his manager, is not for everybody's eyes.

    Attributes:
        above: He is of the area, or an auditor.
    """

    person_id: str
    above: bool


def reader_of(person_id: str, role: str | None) -> Reader:
    """Return who reads, by the role in which he does."""
    return Reader(person_id=person_id, above=permits(role or "", ABOVE))


def kept_from(person_id: str, role: str | None) -> str | None:
    """Return from whom a case is kept until somebody spoke with her: her officer, while he is no more."""
    return person_id if permits(role or "", TOLD) else None


def business_date(day: BranchDay | None, today: date) -> date:
    """Return the business date of a branch by its newest day; the calendar's, where it has none yet."""
    return day.on if day else today


def until(taken_on: date) -> tuple[date, date]:
    """Return until which business dates a case is acknowledged, and answered."""
    return taken_on + ACKNOWLEDGED_WITHIN, taken_on + ANSWERED_WITHIN


def id_of_check(check_id: str) -> str:
    """Return the id of the case that the difference of a passbook opens."""
    return str(uuid5(_CASES, check_id))


def require_taker(person_id: str, officer_id: str | None) -> None:
    """Let anybody take a complaint down but her officer.

    Raises:
        OfficerTakesComplaint: he collects from her.
    """
    if person_id == officer_id:
        raise OfficerTakesComplaint


def require_whole(told: Told) -> None:
    """Let a complaint name its line, or the day and account without one; of conduct neither.

    Raises:
        InvalidPayload: on each field that is missing, or does not belong.
    """
    wrong = dict(_unfit(told))
    if wrong:
        raise InvalidPayload.of(**wrong)


def _unfit(told: Told) -> Iterator[tuple[str, str]]:
    is_entry, is_none = told.about is ComplaintAbout.ENTRY, told.about is ComplaintAbout.NO_ENTRY
    if is_entry and told.entry_id is None and told.row_id is None:
        yield "entry_id", "REQUIRED"
    if not is_entry:
        yield from ((name, "NOT_EXPECTED") for name in ("entry_id", "row_id") if getattr(told, name))
    for name in ("account_code", "on"):
        if is_none and getattr(told, name) is None:
            yield name, "REQUIRED"
    if not is_none and told.account_code is not None:
        yield "account_code", "NOT_EXPECTED"


def is_overdue(case: Case, today: date) -> bool:
    """Tell whether a case was, by business dates, not acknowledged or not answered in time."""
    if case.state is ComplaintState.ANSWERED:
        return False
    is_new = case.state is ComplaintState.NEW
    return today > case.complaint.answer_by or (is_new and today > case.complaint.acknowledge_by)


def escalations(case: Case, today: date) -> tuple[Escalation, ...]:
    """Return why a case is for the area and the auditor; nothing while it is the branch's own."""
    complaint = case.complaint
    found = {
        Escalation.AGAINST_MANAGER: complaint.against is ComplaintAgainst.MANAGER,
        Escalation.BY_MANAGER: bool(case.managers),
        Escalation.FOUND_BY_CHECK: complaint.about is ComplaintAbout.PASSBOOK,
        Escalation.REPEATED: complaint.repeated,
        Escalation.OVERDUE: is_overdue(case, today),
    }
    return tuple(why for why, holds in found.items() if holds)


def waits_for(case: Case, today: date) -> ComplaintWaits | None:
    """Return who is to answer; nobody once it is answered."""
    if case.state is ComplaintState.ANSWERED:
        return None
    return ComplaintWaits.AREA if escalations(case, today) else ComplaintWaits.BRANCH


def require_handler(case: Case, person_id: str, excluded: Collection[str]) -> None:
    """Let a case be acknowledged by anybody whom it does not concern.

    Raises:
        ComplaintWasAnswered: it is over.
        ConcernedAnswers: it concerns him.
        PersonExcluded: she is kin of his (rule M8).
    """
    if case.state is ComplaintState.ANSWERED:
        raise ComplaintWasAnswered
    if person_id in case.concerned:
        raise ConcernedAnswers
    if case.complaint.member_id in excluded:
        raise PersonExcluded


def require_answerer(case: Case, role: str | None, today: date) -> None:
    """Let nobody of the branch answer what has left it.

    Raises:
        ComplaintIsForArea: late, repeated, about the manager, or found by a check.
    """
    if not may_decide(case, role, today):
        raise ComplaintIsForArea


def may_handle(case: Case, person_id: str, role: str | None, excluded: Collection[str]) -> bool:
    """Tell whether somebody may acknowledge a case and speak with her."""
    is_his = person_id in case.concerned or case.complaint.member_id in excluded
    is_open = case.state is not ComplaintState.ANSWERED
    return is_open and not is_his and permits(role or "", "complaint:answer")


def may_decide(case: Case, role: str | None, today: date) -> bool:
    """Tell whether somebody who may handle a case may also answer it."""
    return not escalations(case, today) or permits(role or "", ABOVE)


def require_fit(about: ComplaintAbout, finding: Finding) -> None:
    """Let the outcome be one of what the case is about; a paper that is right has its correction.

    Raises:
        OutcomeUnfit: of conduct and money.
        CorrectionMissing: the paper is right, and no entry put her account right.
        InvalidPayload: a correction beside another outcome.
    """
    if finding.outcome not in (OF_CONDUCT if about is ComplaintAbout.CONDUCT else OF_MONEY):
        raise OutcomeUnfit
    is_paper = finding.outcome is ComplaintOutcome.PAPER_RIGHT
    if is_paper and finding.correction_id is None:
        raise CorrectionMissing
    if not is_paper and finding.correction_id is not None:
        raise InvalidPayload.of(correction_id="NOT_EXPECTED")
