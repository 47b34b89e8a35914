"""What the ledger answers and tells about loans."""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, EventData
from contracts.transactions.lending_words import LoanStatus, PayoutHow


class LoanPaidOutAnswer(Answer):
    """The loan is in the book and paid; `business_on` is the day that transactions states."""

    loan_id = UuidField(required=True)
    account_id = UuidField(required=True)
    entry_id = UuidField(required=True)
    receipt_number = fields.String(required=True)
    business_on = DateField(required=True)


class ScheduleReplaced(Answer):
    """Which version is in force."""

    loan_id = UuidField(required=True)
    version = CountField(required=True)
    business_on = DateField(required=True)


class LoanStandingAnswer(Answer):
    """How one loan stands at the end of its branch's business day; amounts of an ended loan are nothing.

    `paid_principal` and `paid_charge` are all that was paid; `payoff` would end it today.
    """

    loan_id = UuidField(required=True)
    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    status = CodeField(*LoanStatus, required=True)
    on = DateField(required=True)
    schedule_version = CountField(required=True)
    principal = TakaField(required=True)
    charge = TakaField(required=True)
    paid_principal = TakaField(required=True)
    paid_charge = TakaField(required=True)
    outstanding = TakaField(required=True)
    due = TakaField(required=True)
    advance = TakaField(required=True)
    overdue = TakaField(required=True)
    oldest_unpaid_on = DateField(required=True, allow_none=True)
    days = CountField(required=True)
    payoff = TakaField(required=True)
    has_pending = fields.Boolean(required=True)


class LoanStandings(Answer):
    """Some loans."""

    items = fields.List(fields.Nested(LoanStandingAnswer), required=True)


class LoanPaidOut(EventData):
    """The principal is in her hand, or on her own account (rule L4: she is told at once)."""

    loan_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_code = fields.String(required=True)
    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    principal = TakaField(required=True)
    how = CodeField(*PayoutHow, required=True)
    instalments = CountField(required=True)
    first_due_on = DateField(required=True)
    first_amount = TakaField(required=True)
    receipt_number = fields.String(required=True)
    business_on = DateField(required=True)


class LoanClosed(EventData):
    """A loan has come to its end, whichever; `closed` is its state from now on, counted by `version`."""

    loan_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_code = fields.String(required=True)
    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    status = CodeField(*LoanStatus, required=True)
    entry_id = UuidField(required=True)
    business_on = DateField(required=True)
    version = CountField(required=True)
