"""Mismatches and complaints: taken, acknowledged, spoken about with her, answered (rule P4)."""

from dataclasses import replace
from datetime import date

from contracts.errors import InvalidPayload, NotFound
from contracts.transactions.complaint_errors import (
    ComplaintWasAcknowledged,
    ComplaintWasAnswered,
    CorrectionMissing,
    MemberWasContacted,
)
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintVia,
    Contacted,
)
from contracts.transactions.complaints import COMPLAINT_ACKNOWLEDGED, COMPLAINT_ANSWERED
from transactions.domain.chart import Ledgers
from transactions.domain.complaints import (
    AGAIN_WITHIN,
    Act,
    Case,
    Complaint,
    Deed,
    Finding,
    Told,
    business_date,
    id_of_check,
    reader_of,
    require_answerer,
    require_fit,
    require_handler,
    require_taker,
    require_whole,
    until,
)
from transactions.domain.passbook_checks import Check
from transactions.domain.people import Member
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope

Line = tuple[str | None, str | None]
"""The row of a line, and on which account it stands."""


def take_complaint(
    books: Books, complaint_id: str, member_code: str, told: Told, *, today: date
) -> Complaint:
    """Write down what a member says at the counter or by telephone, whoever of the staff hears it.

    Args:
        books: One open database transaction.
        complaint_id: The client's id of it.
        member_code: As her passbook says it; her officer need not be the one who asks.
        told: What she says.
        today: The calendar's date, for a branch whose day is not open.

    Raises:
        NotFound: nobody has this code in the caller's offices, or the line is not hers.
        OfficerTakesComplaint: he collects from her.
        InvalidPayload: it does not say what it is about.
        IdConflict: the id was used for another one.
    """
    member_id = books.complaints.member_id_of_code(member_code, books.work.actor.office_path)
    return _take(books, complaint_id, member_id, told, today)


def make_own_complaint(books: Books, complaint_id: str, told: Told, *, today: date) -> Complaint:
    """Write down what a member says herself, in the app.

    Raises:
        NotFound: it is not a member, or the line is not hers.
        InvalidPayload, IdConflict: as `take_complaint`.
    """
    actor = books.work.actor
    if actor.kind != "member":
        raise NotFound
    return _take(books, complaint_id, actor.person_id, told, today)


def open_case_of_check(books: Books, check: Check, *, today: date) -> None:
    """Open a case for a passbook that says something else than the book (rules P4, P5)."""
    told = Told(
        about=ComplaintAbout.PASSBOOK,
        against=ComplaintAgainst.OFFICER,
        via=ComplaintVia.PASSBOOK_CHECK,
        said=None,
        check_id=check.id,
    )
    _take(books, id_of_check(check.id), check.member_id, told, today)


def acknowledge_complaint(books: Books, complaint_id: str, contact: Contacted | None, *, today: date) -> None:
    """Tell her that somebody looks at it; where he spoke with her, keep that too.

    Raises:
        NotFound: there is no such case for this caller.
        ComplaintWasAcknowledged: somebody else did, or it was said otherwise.
        ComplaintWasAnswered, ConcernedAnswers, PersonExcluded: as `require_handler`.
    """
    case = _case(books, complaint_id)
    known = case.acts.get(Deed.ACKNOWLEDGED)
    if known is not None:
        if (known.by, known.contact) == (books.work.actor.person_id, contact):
            return
        raise ComplaintWasAcknowledged
    _require_handler(books, case)
    act = _act(books, case, Deed.ACKNOWLEDGED, today, contact)
    if not books.complaints.act(act):
        raise ComplaintWasAcknowledged
    if contact is not None:
        books.complaints.act(_act(books, case, Deed.CONTACTED, today, contact))
    _tell_acknowledged(books, case)
    books.work.audit("acknowledge_complaint", "complaint", complaint_id, {"contact": contact})


def contact_complainant(books: Books, complaint_id: str, contact: Contacted, *, today: date) -> None:
    """Keep that somebody spoke with her: from now on her officer may know of it.

    Raises:
        NotFound: there is no such case for this caller.
        MemberWasContacted: somebody else did before, or it was said otherwise.
        ComplaintWasAnswered, ConcernedAnswers, PersonExcluded: as `require_handler`.
    """
    case = _case(books, complaint_id)
    known = case.acts.get(Deed.CONTACTED)
    if known is not None:
        if (known.by, known.contact) == (books.work.actor.person_id, contact):
            return
        raise MemberWasContacted
    _require_handler(books, case)
    if not books.complaints.act(_act(books, case, Deed.CONTACTED, today, contact)):
        raise MemberWasContacted
    books.work.audit("contact_complainant", "complaint", complaint_id, {"contact": contact})


def answer_complaint(books: Books, complaint_id: str, finding: Finding, *, today: date) -> None:
    """Keep what was found, and tell her.

    Raises:
        NotFound: there is no such case for this caller.
        ComplaintWasAnswered: it was answered before, in another way or by somebody else.
        ConcernedAnswers, PersonExcluded, ComplaintIsForArea: as the rule.
        OutcomeUnfit, CorrectionMissing, InvalidPayload: as `require_fit`; or the entry is none of hers.
    """
    case, actor = _case(books, complaint_id), books.work.actor
    known = case.acts.get(Deed.ANSWERED)
    if known is not None:
        said = (known.by, known.outcome, known.answer, known.correction_id)
        if said == (actor.person_id, finding.outcome, finding.answer, finding.correction_id):
            return
        raise ComplaintWasAnswered
    _require_handler(books, case)
    require_answerer(case, actor.role, _business_date(books, case.complaint.office_id, today))
    require_fit(case.complaint.about, finding)
    if finding.correction_id is not None:
        _require_hers(books, case.complaint, finding.correction_id)
    act = _answered(_act(books, case, Deed.ANSWERED, today, None), finding)
    if not books.complaints.act(act):
        raise ComplaintWasAnswered
    _tell_answered(books, case.complaint, act, finding.outcome)
    facts = {"outcome": finding.outcome, "correction_id": finding.correction_id}
    books.work.audit("answer_complaint", "complaint", complaint_id, facts)


def _business_date(books: Books, office_id: str, today: date) -> date:
    return business_date(books.days.newest(office_id), today)


def _take(books: Books, complaint_id: str, member_id: str, told: Told, today: date) -> Complaint:
    by = books.work.actor.person_id
    asked = told.fingerprint(member_id, by)
    known = books.complaints.find(complaint_id) or _written(books, complaint_id, member_id, told, today)
    require_same(known.fingerprint, asked)
    return known


def _written(books: Books, complaint_id: str, member_id: str, told: Told, today: date) -> Complaint:
    """Write a case; where somebody was quicker with the same id, return his."""
    complaint = _as_taken(books, complaint_id, member_id, told, today)
    if not books.complaints.add(complaint):
        return books.complaints.find(complaint_id) or complaint
    facts = {"about": told.about, "via": told.via}
    books.work.audit("take_complaint", "complaint", complaint_id, facts)
    return complaint


def _as_taken(books: Books, complaint_id: str, member_id: str, told: Told, today: date) -> Complaint:
    member = books.people.member(member_id, Scope.everything())
    officer_id, by = books.complaints.officer_of(member.samity_id), books.work.actor.person_id
    require_taker(by, officer_id)
    if told.check_id is None:
        require_whole(told)
    row_id, account_id = _line(books, member, told)
    taken_on = _business_date(books, member.branch_id, today)
    acknowledge_by, answer_by = until(taken_on)
    return Complaint(
        id=complaint_id,
        office_id=member.branch_id,
        member_id=member_id,
        samity_id=member.samity_id,
        officer_id=officer_id,
        about=told.about,
        via=told.via,
        against=told.against,
        entry_id=told.entry_id,
        row_id=row_id,
        account_id=account_id,
        happened_on=told.on,
        check_id=told.check_id,
        said=told.said,
        taken_by=by,
        taken_on=taken_on,
        taken_at=books.work.now,
        acknowledge_by=acknowledge_by,
        answer_by=answer_by,
        repeated=books.complaints.has_earlier(member_id, officer_id, told.against, taken_on - AGAIN_WITHIN),
        fingerprint=told.fingerprint(member_id, by),
    )


def _line(books: Books, member: Member, told: Told) -> Line:
    if told.about is ComplaintAbout.ENTRY:
        return _line_there(books, member, told)
    return _line_missing(books, member, told) if told.about is ComplaintAbout.NO_ENTRY else (None, None)


def _line_there(books: Books, member: Member, told: Told) -> Line:
    if told.entry_id is None:
        row = books.complaints.on_its_way(str(told.row_id), member.id)
        if row is None:
            raise NotFound
        return told.row_id, row["account_id"]
    booked = books.corrections.row(told.entry_id, told.row_id, Scope.everything())
    if booked.member_id != member.id:
        raise NotFound
    return booked.row_id, None if booked.at_counter else booked.account_id


def _line_missing(books: Books, member: Member, told: Told) -> Line:
    account_id = books.complaints.account_id_of_code(member.id, str(told.account_code))
    if account_id is None:
        raise InvalidPayload.of(account_code="NOT_HERS")
    return None, account_id


def _case(books: Books, complaint_id: str) -> Case:
    actor = books.work.actor
    return books.complaints.case(complaint_id, Scope.of(actor), reader_of(actor.person_id, actor.role))


def _require_handler(books: Books, case: Case) -> None:
    require_handler(case, books.work.actor.person_id, books.work.actor.excluded_members)


def _act(books: Books, case: Case, deed: Deed, today: date, contact: Contacted | None) -> Act:
    return Act(
        complaint_id=case.complaint.id,
        deed=deed,
        by=books.work.actor.person_id,
        on=_business_date(books, case.complaint.office_id, today),
        at=books.work.now,
        contact=contact,
    )


def _answered(act: Act, finding: Finding) -> Act:
    return replace(act, outcome=finding.outcome, answer=finding.answer, correction_id=finding.correction_id)


def _require_hers(books: Books, complaint: Complaint, correction_id: str) -> None:
    """What puts her account right was posted after she complained, and moved money of hers."""
    found = books.complaints.correcting(correction_id, complaint, Ledgers.OFFICER_RECEIVABLE.code)
    if not found["hers"]:
        raise CorrectionMissing


def _tell_acknowledged(books: Books, case: Case) -> None:
    complaint = case.complaint
    books.work.tell(
        COMPLAINT_ACKNOWLEDGED,
        {
            "complaint_id": complaint.id,
            "member_id": complaint.member_id,
            "office_id": complaint.office_id,
            "taken_on": complaint.taken_on,
            "answer_by": complaint.answer_by,
            "found": complaint.about is ComplaintAbout.PASSBOOK,
        },
    )


def _tell_answered(books: Books, complaint: Complaint, act: Act, outcome: ComplaintOutcome) -> None:
    books.work.tell(
        COMPLAINT_ANSWERED,
        {
            "complaint_id": complaint.id,
            "member_id": complaint.member_id,
            "office_id": complaint.office_id,
            "taken_on": complaint.taken_on,
            "answered_on": act.on,
            "outcome": outcome,
        },
    )
