"""What accounts promises about rescheduled loans: new days and amounts for the rest (L1, domain 4.9)."""

from marshmallow import fields

from contracts.accounts.members import MARKS
from contracts.accounts.pages import PageCommand
from contracts.accounts.reschedule_words import INSTALMENTS_MAX, RescheduleState
from contracts.calls import Event, Method
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    NameField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Answer, Command, EventData


class ProposeReschedule(Command):
    """She cannot keep to her schedule: how what is unpaid is spread anew, with her mark before a witness.

    Either so many `instalments`, or so many as an `instalment` of that amount needs.
    """

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    first_due_on = DateField(required=True)
    instalments = CountField(minimum=1, maximum=INSTALMENTS_MAX, load_default=None, allow_none=True)
    instalment = TakaField(minimum=PAISA_PER_TAKA, whole=True, load_default=None, allow_none=True)
    reason = TextField(300, shortest=3, required=True)
    mark = CodeField(*MARKS, required=True)
    witness = NameField(100, required=True)


class Reschedule(Answer):
    """A reschedule as she agreed to it; `refusal` says why it was dropped, `version` is of the schedule."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    member_id = UuidField(required=True)
    state = CodeField(*RescheduleState, required=True)
    reason = fields.String(required=True)
    mark = fields.String(required=True)
    witness = fields.String(required=True)
    proposed_on = DateField(required=True)
    outstanding = TakaField(required=True)
    remaining_charge = TakaField(required=True)
    first_due_on = DateField(required=True)
    last_due_on = DateField(required=True)
    instalments = CountField(required=True)
    instalment = TakaField(required=True)
    last_instalment = TakaField(required=True)
    version = CountField(required=True, allow_none=True)
    refusal = fields.String(required=True, allow_none=True)
    proposed_at = InstantField(required=True)


class ListReschedules(PageCommand):
    """What was proposed in an office, and in those below it, between two days; the newest first."""

    office_id = UuidField(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)


class Reschedules(Answer):
    """A page of reschedules."""

    items = fields.List(fields.Nested(Reschedule), required=True)
    next = UuidField(required=True, allow_none=True)


class LoanRescheduled(EventData):
    """The books go by the new schedule; no charge was added."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    on = DateField(required=True)
    instalments = CountField(required=True)
    instalment = TakaField(required=True)
    first_due_on = DateField(required=True)
    last_due_on = DateField(required=True)


PROPOSE_RESCHEDULE = Method(
    service="accounts",
    name="propose_reschedule",
    command=ProposeReschedule,
    answer=Reschedule,
    permission="loan:propose_change",
    changes=True,
)
LIST_RESCHEDULES = Method(
    service="accounts",
    name="list_reschedules",
    command=ListReschedules,
    answer=Reschedules,
    permission="loan:read",
)
LOAN_RESCHEDULED = Event(
    service="accounts",
    name="loan_rescheduled",
    data=LoanRescheduled,
    consumers=("notifications.tell_loan_rescheduled",),
)

METHODS = (PROPOSE_RESCHEDULE, LIST_RESCHEDULES)
EVENTS = (LOAN_RESCHEDULED,)
