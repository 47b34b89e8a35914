"""What a savings account's life answers and tells: the answers' and the events' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, EventData, page_of
from contracts.transactions.ledger_answers import text
from contracts.transactions.ledger_words import Direction
from contracts.transactions.savings_words import CautionReason, ClosingHow, WithdrawalState


class Withdrawal(Answer):
    """A withdrawal as it stands; an approval is there where its amount or the account asks for one."""

    id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_bn = text()
    member_en = text()
    office_id = UuidField(required=True)
    amount = TakaField(required=True)
    state = CodeField(*WithdrawalState, required=True)
    reason = text(optional=True)
    caution = fields.List(CodeField(*CautionReason), required=True)
    approval_id = UuidField(required=True, allow_none=True)
    asked_on = DateField(required=True)
    asked_by = UuidField(required=True)
    asked_by_bn = text(optional=True)
    asked_by_en = text(optional=True)
    asked_at = InstantField(required=True)
    lapses_on = DateField(required=True, allow_none=True)
    in_field = fields.Boolean(load_default=False)


WithdrawalPage = page_of(Withdrawal, "WithdrawalPage")


class WithdrawalReceipt(Answer):
    """A withdrawal that is paid, with its receipt (rule P3); print it with `get_receipt`."""

    id = UuidField(required=True)
    entry_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    balance_after = TakaField(required=True)
    receipt_number = text()


class ClosingTerms(Answer):
    """What closing an account pays today, line by line: balance + interest − charge ± rounding = payout."""

    account_id = UuidField(required=True)
    on = DateField(required=True)
    how = CodeField(*ClosingHow, required=True)
    balance = TakaField(required=True)
    interest = TakaField(required=True)
    charge = TakaField(required=True)
    rounding = TakaField(required=True)
    payout = TakaField(required=True)


class ClosingProposed(Answer):
    """The closing waits for its second person, at these terms."""

    id = UuidField(required=True)
    state = text()
    terms = fields.Nested(ClosingTerms, required=True)


class TermDue(Answer):
    """One month's instalment of a term account."""

    number = CountField(required=True)
    due_on = DateField(required=True)
    amount = TakaField(required=True)
    paid = TakaField(required=True)
    late = fields.Boolean(required=True)


class TermDues(Answer):
    """Where a monthly term account stands: what is due, missed and charged for lateness."""

    account_id = UuidField(required=True)
    on = DateField(required=True)
    due = TakaField(required=True)
    advance = TakaField(required=True)
    missed = CountField(required=True)
    missing_limit = CountField(required=True, allow_none=True)
    limit_passed = fields.Boolean(required=True)
    penalty = TakaField(required=True)
    matures_on = DateField(required=True)
    months = fields.List(fields.Nested(TermDue), required=True)


class WithdrawalTold(EventData):
    """A withdrawal was asked for, or may be paid now (rules M9, P2)."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    balance = TakaField(required=True)
    on = DateField(required=True)
    lapses_on = DateField(required=True, allow_none=True)
    in_field = fields.Boolean(load_default=False)


class WithdrawalPaid(EventData):
    """Cash was paid to her from her account."""

    entry_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    balance = TakaField(required=True)
    receipt_number = text()
    business_on = DateField(required=True)
    value_on = DateField(required=True)


class AccountClosed(EventData):
    """Her account was closed with interest, and paid out."""

    entry_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    how = CodeField(*ClosingHow, required=True)
    balance = TakaField(required=True)
    interest = TakaField(required=True)
    charge = TakaField(required=True)
    payout = TakaField(required=True)
    business_on = DateField(required=True)


class AccountStateChanged(EventData):
    """A savings account was closed, or its closing was undone; `version` counts both, and the newer wins."""

    account_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    closed = fields.Boolean(required=True)
    version = CountField(required=True)


class CorrectedLine(EventData):
    """What a correction did to one member's account."""

    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    direction = CodeField(*Direction, required=True)
    balance = TakaField(required=True)


class CorrectionPosted(EventData):
    """A row of an earlier day was put right (rule M13); `first_receipt` is the number that she holds."""

    entry_id = UuidField(required=True)
    corrected_id = UuidField(required=True)
    row_id = UuidField(required=True)
    office_id = UuidField(required=True)
    lines = fields.List(fields.Nested(CorrectedLine), required=True)
    owed_by_staff = TakaField(required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    first_receipt = text(optional=True)
    reason = text()


class MemberDormant(EventData):
    """She has moved no money for so long that she counts as dormant; `since_on` is her last movement."""

    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    since_on = DateField(required=True)
    on = DateField(required=True)
    at = InstantField(required=True)


class MemberWoke(EventData):
    """She moved money again."""

    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    at = InstantField(required=True)
