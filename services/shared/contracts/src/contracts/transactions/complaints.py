"""What transactions promises about mismatches and complaints: one register of both (rule P4)."""

from marshmallow import fields

from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData, Nothing, page_of
from contracts.transactions.complaint_words import (
    SAID,
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintState,
    ComplaintVia,
    ComplaintWaits,
    Contacted,
    Escalation,
)
from contracts.transactions.ledger import SERVICE
from contracts.transactions.sheet_answers import text, words

LONGEST = 1000
"""How many characters somebody may say."""


class SayComplaint(Command):
    """What is wrong: a line of her passbook, a date and account without one, or how somebody behaved.

    A line is named as her passbook names it: `entry_id` with `row_id` where it is in the book, `row_id` alone
    while it is on its way.
    """

    id = UuidField(required=True)
    about = CodeField(*SAID, required=True)
    against = CodeField(*ComplaintAgainst, load_default=ComplaintAgainst.OFFICER.value)
    entry_id = UuidField(load_default=None, allow_none=True)
    row_id = UuidField(load_default=None, allow_none=True)
    account_code = TextField(40, load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)
    said = TextField(LONGEST, shortest=3, required=True)


class TakeComplaint(SayComplaint):
    """The same, taken by staff at the counter or by telephone; her code stands in the passbook she holds."""

    member_code = TextField(40, required=True)
    via = CodeField(ComplaintVia.PHONE, ComplaintVia.COUNTER, required=True)


class ListComplaints(Command):
    """Of which office and all below it; by state, and by who is to answer."""

    office_id = UuidField(required=True)
    answered = fields.Boolean(load_default=False, truthy={True, "true"}, falsy={False, "false"})
    waits_for = CodeField(*ComplaintWaits, load_default=None, allow_none=True)
    after = UuidField(load_default=None, allow_none=True)


class ListToldComplaints(Command):
    """Those about the caller's own samities of which he may know."""

    after = UuidField(load_default=None, allow_none=True)


class GetComplaint(Command):
    """Which one."""

    id = UuidField(required=True)


class AcknowledgeComplaint(Command):
    """She is told that somebody looks at it; `contact` where he spoke with her himself."""

    id = UuidField(required=True)
    contact = CodeField(*Contacted, load_default=None, allow_none=True)


class ContactComplainant(Command):
    """Somebody has spoken with her: from now on her officer may know (rule P4)."""

    id = UuidField(required=True)
    contact = CodeField(*Contacted, required=True)


class AnswerComplaint(Command):
    """What was found, and what she is to hear; `correction_id` is the entry that put her account right."""

    id = UuidField(required=True)
    outcome = CodeField(*ComplaintOutcome, required=True)
    answer = TextField(LONGEST, shortest=3, required=True)
    correction_id = UuidField(load_default=None, allow_none=True)


class ComplaintTaken(Answer):
    """It stands in the register; until when it is acknowledged and answered, by business dates."""

    id = UuidField(required=True)
    taken_on = DateField(required=True)
    acknowledge_by = DateField(required=True)
    answer_by = DateField(required=True)


class OwnComplaint(ComplaintTaken):
    """One of hers, as she reads it."""

    about = words(ComplaintAbout)
    said = text(optional=True)
    account_code = text(optional=True)
    on = DateField(required=True, allow_none=True)
    state = words(ComplaintState)
    overdue = fields.Boolean(required=True)
    acknowledged_at = InstantField(required=True, allow_none=True)
    answered_at = InstantField(required=True, allow_none=True)
    outcome = words(ComplaintOutcome, optional=True)
    answer = text(optional=True)


class ListedComplaint(ComplaintTaken):
    """A case as lists show it; `escalated` says why it is the area's and the auditor's."""

    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_name_bn = text()
    member_name_en = text()
    samity_code = text()
    samity_name_bn = text()
    samity_name_en = text()
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    about = words(ComplaintAbout)
    via = words(ComplaintVia)
    against = words(ComplaintAgainst)
    state = words(ComplaintState)
    overdue = fields.Boolean(required=True)
    waits_for = words(ComplaintWaits, optional=True)
    escalated = fields.List(CodeField(*Escalation), required=True)
    outcome = words(ComplaintOutcome, optional=True)


class ToldComplaint(ComplaintTaken):
    """A case as her officer may read it, once somebody has spoken with her."""

    member_code = text(optional=True)
    member_name_bn = text()
    member_name_en = text()
    about = words(ComplaintAbout)
    account_code = text(optional=True)
    on = DateField(required=True, allow_none=True)
    state = words(ComplaintState)
    contacted_at = InstantField(required=True)
    outcome = words(ComplaintOutcome, optional=True)


class ConcernedPerson(Answer):
    """Somebody who may not answer: her officer, or who posted, checked or found it."""

    name_bn = text()
    name_en = text()


class LineBeside(Answer):
    """The line that a case is about: in the book (`entry_id`), or on its way on a sheet."""

    entry_id = UuidField(required=True, allow_none=True)
    kind = text(optional=True)
    amount = TakaField(required=True, allow_none=True)
    business_on = DateField(required=True, allow_none=True)
    value_on = DateField(required=True, allow_none=True)
    receipt_number = text(optional=True)


class SheetBeside(Answer):
    """The sheet of that line, or of her samity on that day, with who handled it."""

    sheet_id = UuidField(required=True)
    meeting_on = DateField(required=True)
    status = text()
    collected_by_bn = text(optional=True)
    collected_by_en = text(optional=True)
    counted_by_bn = text(optional=True)
    counted_by_en = text(optional=True)
    authorised_by_bn = text(optional=True)
    authorised_by_en = text(optional=True)
    checked_by_bn = text(optional=True)
    checked_by_en = text(optional=True)


class Complaint(ListedComplaint):
    """A case with all that stands beside it; `owed_by_staff` is what an officer owes by the correction."""

    said = text(optional=True)
    account_id = UuidField(required=True, allow_none=True)
    account_code = text(optional=True)
    entry_id = UuidField(required=True, allow_none=True)
    row_id = UuidField(required=True, allow_none=True)
    on = DateField(required=True, allow_none=True)
    check_id = UuidField(required=True, allow_none=True)
    line = fields.Nested(LineBeside, required=True, allow_none=True)
    sheets = fields.List(fields.Nested(SheetBeside), required=True)
    not_by = fields.List(fields.Nested(ConcernedPerson), required=True)
    earlier = CountField(required=True)
    taken_at = InstantField(required=True)
    taken_by_bn = text(optional=True)
    taken_by_en = text(optional=True)
    acknowledged_at = InstantField(required=True, allow_none=True)
    acknowledged_by_bn = text(optional=True)
    acknowledged_by_en = text(optional=True)
    contacted_at = InstantField(required=True, allow_none=True)
    contact = words(Contacted, optional=True)
    contacted_by_bn = text(optional=True)
    contacted_by_en = text(optional=True)
    answered_at = InstantField(required=True, allow_none=True)
    answered_by_bn = text(optional=True)
    answered_by_en = text(optional=True)
    answer = text(optional=True)
    correction_id = UuidField(required=True, allow_none=True)
    owed_by_staff = TakaField(required=True, allow_none=True)
    may_acknowledge = fields.Boolean(required=True)
    may_answer = fields.Boolean(required=True)


class OwnComplaints(Answer):
    """All of hers, the newest first."""

    items = fields.List(fields.Nested(OwnComplaint), required=True)


ComplaintPage = page_of(ListedComplaint, "ComplaintPage")
ToldComplaintPage = page_of(ToldComplaint, "ToldComplaintPage")


class ComplaintHeard(EventData):
    """She is to know that somebody looks at what she said; `found` where a passbook check opened the case."""

    complaint_id = UuidField(required=True)
    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    taken_on = DateField(required=True)
    answer_by = DateField(required=True)
    found = fields.Boolean(required=True)


class ComplaintAnsweredTold(EventData):
    """She is to know what was found."""

    complaint_id = UuidField(required=True)
    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    taken_on = DateField(required=True)
    answered_on = DateField(required=True)
    outcome = words(ComplaintOutcome)


TAKE_COMPLAINT = Method(
    service=SERVICE,
    name="take_complaint",
    command=TakeComplaint,
    answer=ComplaintTaken,
    permission="complaint:take",
    changes=True,
)
MAKE_OWN_COMPLAINT = Method(
    service=SERVICE,
    name="make_own_complaint",
    command=SayComplaint,
    answer=OwnComplaint,
    permission="complaint:own",
    changes=True,
)
LIST_OWN_COMPLAINTS = Method(
    service=SERVICE,
    name="list_own_complaints",
    command=Nothing,
    answer=OwnComplaints,
    permission="complaint:own",
)
LIST_COMPLAINTS = Method(
    service=SERVICE,
    name="list_complaints",
    command=ListComplaints,
    answer=ComplaintPage,
    permission="complaint:read",
)
LIST_TOLD_COMPLAINTS = Method(
    service=SERVICE,
    name="list_told_complaints",
    command=ListToldComplaints,
    answer=ToldComplaintPage,
    permission="complaint:see",
)
GET_COMPLAINT = Method(
    service=SERVICE,
    name="get_complaint",
    command=GetComplaint,
    answer=Complaint,
    permission="complaint:read",
)
ACKNOWLEDGE_COMPLAINT = Method(
    service=SERVICE,
    name="acknowledge_complaint",
    command=AcknowledgeComplaint,
    answer=Complaint,
    permission="complaint:answer",
    changes=True,
)
CONTACT_COMPLAINANT = Method(
    service=SERVICE,
    name="contact_complainant",
    command=ContactComplainant,
    answer=Complaint,
    permission="complaint:answer",
    changes=True,
)
ANSWER_COMPLAINT = Method(
    service=SERVICE,
    name="answer_complaint",
    command=AnswerComplaint,
    answer=Complaint,
    permission="complaint:answer",
    changes=True,
)

COMPLAINT_ACKNOWLEDGED = Event(
    service=SERVICE,
    name="complaint_acknowledged",
    data=ComplaintHeard,
    consumers=("notifications.tell_complaint_acknowledged",),
)
COMPLAINT_ANSWERED = Event(
    service=SERVICE,
    name="complaint_answered",
    data=ComplaintAnsweredTold,
    consumers=("notifications.tell_complaint_answered",),
)

METHODS: tuple[Method, ...] = (
    TAKE_COMPLAINT,
    MAKE_OWN_COMPLAINT,
    LIST_OWN_COMPLAINTS,
    LIST_COMPLAINTS,
    LIST_TOLD_COMPLAINTS,
    GET_COMPLAINT,
    ACKNOWLEDGE_COMPLAINT,
    CONTACT_COMPLAINANT,
    ANSWER_COMPLAINT,
)
EVENTS: tuple[Event, ...] = (COMPLAINT_ACKNOWLEDGED, COMPLAINT_ANSWERED)
