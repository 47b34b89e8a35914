"""What the ledger answers and tells about loans."""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, EventData, page_of
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.lending_words import LoanStatus, PayoutHow, RowPaid


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


class Repayment(Answer):
    """A repayment in the book: amount = principal + service charge + surplus (rules L1, M11).

    `status` says whether it ended the loan; `outstanding` is the principal that is left.
    """

    entry_id = UuidField(required=True)
    loan_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(required=True)
    principal = TakaField(required=True)
    service_charge = TakaField(required=True)
    surplus = TakaField(required=True)
    outstanding = TakaField(required=True)
    status = CodeField(*LoanStatus, required=True)
    paid_by = CodeField(*PaidBy, required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    receipt_number = fields.String(required=True)


class LoanListed(LoanStandingAnswer):
    """One loan in a list, with its member."""

    account_id = UuidField(required=True)
    code = fields.String(required=True)
    member_code = fields.String(required=True, allow_none=True)
    member_bn = fields.String(required=True)
    member_en = fields.String(required=True)
    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    disbursed_on = DateField(required=True)
    matures_on = DateField(required=True)


LoanPage = page_of(LoanListed, "LoanPage")


class LoanRow(Answer):
    """One instalment and how much of it is paid, which follows from all that was paid (mechanics D5)."""

    number = CountField(required=True)
    due_on = DateField(required=True)
    principal = TakaField(required=True)
    service_charge = TakaField(required=True)
    total = TakaField(required=True)
    paid = TakaField(required=True)
    state = CodeField(*RowPaid, required=True)


class LoanCard(LoanListed):
    """A loan at the end of a day.

    Of `due`, `overdue` fell due before the day; `earned` is the charge earned by then,
    and `rebate` what a settlement would leave out.
    """

    ended_on = DateField(required=True, allow_none=True)
    cycle = CountField(required=True)
    fund = fields.String(required=True)
    earned = TakaField(required=True)
    rebate = TakaField(required=True)
    remaining_charge = TakaField(required=True)
    overdue_principal = TakaField(required=True)
    next_due_on = DateField(required=True, allow_none=True)
    next_amount = TakaField(required=True)
    rows = fields.List(fields.Nested(LoanRow), required=True)


class RepaidLine(EventData):
    """What one account of hers got; the account is null where money has none yet (rule M5).

    Where `owed`, the balance is what she still owes of the principal.
    """

    account_code = fields.String(required=True, allow_none=True)
    product_name_bn = fields.String(required=True, allow_none=True)
    product_name_en = fields.String(required=True, allow_none=True)
    amount = TakaField(required=True)
    balance = TakaField(required=True, allow_none=True)
    owed = fields.Boolean(required=True)


class LoanRepaid(EventData):
    """A repayment at the counter is in the book."""

    entry_id = UuidField(required=True)
    loan_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    lines = fields.List(fields.Nested(RepaidLine), required=True)
    receipt_number = fields.String(required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)


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
