"""What vouchers that are written by hand answer: the answers' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, DateField, InstantField, NameField, TakaField, TextField, UuidField
from contracts.schemas import Answer, page_of
from contracts.transactions.ledger_answers import text
from contracts.transactions.manual_commands import SIDES
from contracts.transactions.manual_words import ManualKind, ManualState


class ManualLine(Answer):
    """An amount on one side of a ledger, with its name."""

    ledger = text()
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    bank_account_id = UuidField(required=True, allow_none=True)
    side = CodeField(*SIDES, required=True)
    amount = TakaField(required=True)


class ManualVoucher(Answer):
    """A voucher as it stands; in the book it has a business day, after the day's closing a number."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    kind = CodeField(*ManualKind, required=True)
    state = CodeField(*ManualState, required=True)
    amount = TakaField(required=True)
    lines = fields.List(fields.Nested(ManualLine), required=True)
    narration = TextField(500, required=True)
    reference = TextField(200, required=True)
    undoes_id = UuidField(required=True, allow_none=True)
    undone_by_id = UuidField(required=True, allow_none=True)
    business_on = DateField(required=True, allow_none=True)
    voucher = text(optional=True)
    maker_id = UuidField(required=True)
    maker_bn = NameField(required=True, allow_none=True)
    maker_en = NameField(required=True, allow_none=True)
    made_at = InstantField(required=True)
    checker_id = UuidField(required=True, allow_none=True)


ManualVoucherPage = page_of(ManualVoucher, "ManualVoucherPage")
