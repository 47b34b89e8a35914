"""What is asked of vouchers that are written by hand: the commands' schemas."""

from marshmallow import fields, validate

from contracts.fields import CodeField, TakaField, TextField, UuidField
from contracts.schemas import Command
from contracts.transactions.chart_commands import ledger_field
from contracts.transactions.manual_words import ManualKind

LINES_MOST = 50
SIDES = ("debit", "credit")


class VoucherLine(Command):
    """An amount on one side of a ledger; `bank_account_id` says which account under 1130, if any."""

    ledger = ledger_field()
    bank_account_id = UuidField(load_default=None, allow_none=True)
    side = CodeField(*SIDES, required=True)
    amount = TakaField(minimum=1, required=True)


class ProposeVoucher(Command):
    """Book what no other deed books; the id becomes the entry's. Another person agrees (rule M8).

    `reference` names the paper: the bill, its date, the file in which it is kept.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    kind = CodeField(*ManualKind, required=True)
    lines = fields.List(
        fields.Nested(VoucherLine),
        required=True,
        validate=validate.Length(2, LINES_MOST, error="LENGTH:2:50"),
    )
    narration = TextField(500, shortest=3, required=True)
    reference = TextField(200, required=True)


class UndoVoucher(Command):
    """Undo a voucher by its contrary, on today's business day (as M12 and M13 for money of members)."""

    id = UuidField(required=True)
    voucher_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class VoucherOnly(Command):
    """Which voucher."""

    id = UuidField(required=True)


class ListManualVouchers(Command):
    """An office's vouchers that were written by hand, the newest first."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)
