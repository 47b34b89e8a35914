"""What accounts answers about loans: agreed terms, their state, and who did what."""

from marshmallow import fields

from contracts.accounts.loan_words import CallBackOutcome, LoanRole, LoanState, PayoutProof
from contracts.accounts.quotes import LoanQuote
from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer
from contracts.transactions.lending_words import LoanStatus, PayoutHow, SurplusTo


class Loan(Answer):
    """A loan as lists show it; what is paid of it, transactions knows.

    `principal` is what is agreed, at most `asked`; a loan has a code from its first payout on. `lapses_on` is
    null once it is paid.
    """

    id = UuidField(required=True)
    code = fields.String(required=True, allow_none=True)
    state = CodeField(*LoanState, required=True)
    member_id = UuidField(required=True)
    member_code = fields.String(required=True)
    member_name_bn = fields.String(required=True)
    member_name_en = fields.String(required=True)
    samity_id = UuidField(required=True)
    branch_id = UuidField(required=True)
    product_code = fields.String(required=True)
    product_version = CountField(required=True)
    plan_code = fields.String(required=True)
    cycle = CountField(required=True)
    asked = TakaField(required=True)
    principal = TakaField(required=True)
    purpose = fields.String(required=True)
    planned_on = DateField(required=True)
    proposed_on = DateField(required=True)
    lapses_on = DateField(required=True, allow_none=True)
    disbursed_on = DateField(required=True, allow_none=True)
    ended_on = DateField(required=True, allow_none=True)
    ended_as = CodeField(*LoanStatus, required=True, allow_none=True)


class Loans(Answer):
    """A page of loans."""

    items = fields.List(fields.Nested(Loan), required=True)
    next = UuidField(required=True, allow_none=True)


class LoanPersonShown(Answer):
    """Somebody beside the borrower; identity numbers stay masked."""

    role = CodeField(*LoanRole, required=True)
    relation = fields.String(required=True)
    member_id = UuidField(required=True, allow_none=True)
    member_code = fields.String(required=True, allow_none=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    nid_masked = fields.String(required=True, allow_none=True)


class LoanDeed(Answer):
    """Who did a step, and when."""

    by = UuidField(required=True)
    name_bn = fields.String(required=True, allow_none=True)
    name_en = fields.String(required=True, allow_none=True)
    at = InstantField(required=True)


class Agreement(LoanQuote):
    """What she puts her mark to (rule L2): whole schedule, yearly rate, cap; fees and risk fund beside.

    While `is_estimate`, the schedule is made for `disbursed_on`; once paid out it is the one in force.
    """

    is_estimate = fields.Boolean(required=True)
    version = CountField(required=True)
    disbursed_on = DateField(required=True)
    annual_rate_percent = fields.String(required=True)
    cap_percent = fields.String(required=True)
    form_fee = TakaField(required=True)
    risk_fund = TakaField(required=True)


class PayoutRefusal(Answer):
    """Why the last try to pay it out came back: the refusal's code with its facts."""

    code = fields.String(required=True)
    facts = fields.Dict(keys=fields.String(), required=True)


class Payout(Answer):
    """How it was, or is being, paid out (rule L4); `proved_by` is null where she has no telephone."""

    on = DateField(required=True)
    how = CodeField(*PayoutHow, required=True)
    mark = fields.String(required=True)
    witness_id = UuidField(required=True)
    photo = fields.String(required=True, allow_none=True)
    account_last4 = fields.String(required=True, allow_none=True)
    proved_by = CodeField(*PayoutProof, required=True, allow_none=True)
    called_back_by = UuidField(required=True, allow_none=True)
    receipt_number = fields.String(required=True, allow_none=True)


class PayoutCode(Answer):
    """That a code is on its way to her, until when it counts, and which one it is of this payout."""

    loan_id = UuidField(required=True)
    mobile_masked = fields.String(required=True)
    send = CountField(required=True)
    ends_at = InstantField(required=True)
    tries_left = CountField(required=True)


class LoanFile(Loan):
    """Everything about one loan: people, deeds in their order, and the agreement."""

    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    surplus_to = CodeField(*SurplusTo, required=True)
    cheque_security = fields.String(required=True, allow_none=True)
    bank_account_last4 = fields.String(required=True, allow_none=True)
    people = fields.List(fields.Nested(LoanPersonShown), required=True)
    proposed = fields.Nested(LoanDeed, required=True)
    recommended = fields.Nested(LoanDeed, required=True, allow_none=True)
    visited_on = DateField(required=True, allow_none=True)
    finding = fields.String(required=True, allow_none=True)
    approved = fields.Nested(LoanDeed, required=True, allow_none=True)
    paid = fields.Nested(LoanDeed, required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    refusal = fields.Nested(PayoutRefusal, required=True, allow_none=True)
    payout = fields.Nested(Payout, required=True, allow_none=True)
    agreement = fields.Nested(Agreement, required=True)


class CallBack(Answer):
    """A payout that the area asks the member about; without an outcome it waits until `due_on`."""

    loan_id = UuidField(required=True)
    loan_code = fields.String(required=True)
    member_id = UuidField(required=True)
    member_code = fields.String(required=True)
    member_name_bn = fields.String(required=True)
    member_name_en = fields.String(required=True)
    branch_id = UuidField(required=True)
    principal = TakaField(required=True)
    how = CodeField(*PayoutHow, required=True)
    disbursed_on = DateField(required=True)
    due_on = DateField(required=True)
    is_overdue = fields.Boolean(required=True)
    outcome = CodeField(*CallBackOutcome, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class CallBacks(Answer):
    """A page of call-backs that wait."""

    items = fields.List(fields.Nested(CallBack), required=True)
    next = UuidField(required=True, allow_none=True)
