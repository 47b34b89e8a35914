"""How a member stands with the book: asked before she leaves, and told to her in print then (L7)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import SERVICE
from contracts.transactions.lending_words import LoanStatus
from contracts.transactions.savings_words import ClosingHow


class MemberAsked(Command):
    """Which member."""

    member_id = UuidField(required=True)


class AccountStanding(Answer):
    """One account of hers, a loan's principal apart; `ledger` is the code under which it stands."""

    account_id = UuidField(required=True)
    ledger = fields.String(required=True)
    code = fields.String(required=True)
    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    balance = TakaField(required=True)
    pending_in = TakaField(required=True)
    pending_out = TakaField(required=True)
    closed = fields.Boolean(required=True)


class BriefLoan(Answer):
    """One loan of hers; of an ended one nothing is outstanding."""

    loan_id = UuidField(required=True)
    code = fields.String(required=True)
    status = CodeField(*LoanStatus, required=True)
    outstanding = TakaField(required=True)
    remaining_charge = TakaField(required=True)
    due = TakaField(required=True)


class MemberStanding(Answer):
    """All of hers in the book now; `business_on` is her branch's open day, null where it has none.

    `unallocated` is money of hers without an account, in the book or on a sheet; `waiting` counts requests
    about her money that wait for a second person; `has_pending` says whether anything is on its way (M1);
    `complaints` counts what she said is wrong and nobody has answered yet (P4).
    """

    member_id = UuidField(required=True)
    business_on = DateField(required=True, allow_none=True)
    accounts = fields.List(fields.Nested(AccountStanding), required=True)
    loans = fields.List(fields.Nested(BriefLoan), required=True)
    unallocated = TakaField(required=True)
    waiting = CountField(required=True)
    has_pending = fields.Boolean(required=True)
    complaints = CountField(load_default=0)


class ClosedAccount(Answer):
    """What one account paid when it was closed: balance + interest − charge + rounding = payout."""

    account_id = UuidField(required=True)
    code = fields.String(required=True)
    product_name_bn = fields.String(required=True)
    product_name_en = fields.String(required=True)
    closed_on = DateField(required=True)
    how = CodeField(*ClosingHow, required=True)
    balance = TakaField(required=True)
    interest = TakaField(required=True)
    charge = TakaField(required=True)
    rounding = TakaField(required=True)
    payout = TakaField(required=True)
    receipt_number = fields.String(required=True, allow_none=True)


class EndedLoan(Answer):
    """How one loan of hers came to its end."""

    loan_id = UuidField(required=True)
    code = fields.String(required=True)
    status = CodeField(*LoanStatus, required=True)
    principal = TakaField(required=True)
    ended_on = DateField(required=True, allow_none=True)


class FinalStatement(Answer):
    """What she is given in print when she leaves (rule L7)."""

    member_id = UuidField(required=True)
    member_code = fields.String(required=True, allow_none=True)
    member_name_bn = fields.String(required=True)
    member_name_en = fields.String(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    accounts = fields.List(fields.Nested(ClosedAccount), required=True)
    loans = fields.List(fields.Nested(EndedLoan), required=True)
    paid_out = TakaField(required=True)
    still_open = fields.List(fields.String(), required=True)


MEMBER_STANDING = Method(
    service=SERVICE,
    name="member_standing",
    command=MemberAsked,
    answer=MemberStanding,
    callers=frozenset({"accounts"}),
)
READ_FINAL_STATEMENT = Method(
    service=SERVICE,
    name="read_final_statement",
    command=MemberAsked,
    answer=FinalStatement,
    permission="passbook:read",
)

METHODS: tuple[Method, ...] = (MEMBER_STANDING, READ_FINAL_STATEMENT)
