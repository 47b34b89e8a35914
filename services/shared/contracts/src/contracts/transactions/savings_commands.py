"""What is asked in a savings account's life: the commands' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, TakaField, TextField, UuidField
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Command
from contracts.transactions.savings_words import Mark


class ProposeWithdrawal(Command):
    """She wants money from her account; the id is the client's and becomes the entry's.

    With `in_field` it is to be paid at her samity, where the office lets that be: a second person always
    agrees first (rule M9).
    """

    id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    reason = TextField(300, load_default=None, allow_none=True)
    in_field = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class PayoutEvidence(Command):
    """Her mark on the slip, and the staff person who saw it, other than the payer (rule M9)."""

    mark = CodeField(*Mark, required=True)
    witness_id = UuidField(required=True)


class PayWithdrawal(Command):
    """The cash is in her hand."""

    id = UuidField(required=True)
    evidence = fields.Nested(PayoutEvidence, required=True)


class CancelWithdrawal(Command):
    """She does not want it any more, or it was not paid."""

    id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ListWithdrawals(Command):
    """The withdrawals of an office that are not finished, the oldest first."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)


class AccountOnly(Command):
    """Which savings account."""

    account_id = UuidField(required=True)


class ProposeClosing(Command):
    """She closes her account and takes what is hers; the id becomes the entry's."""

    id = UuidField(required=True)
    account_id = UuidField(required=True)
    evidence = TextField(300, shortest=3, required=True)
    reason = TextField(300, shortest=3, required=True)


class WrongRow(Command):
    """A member's row of an earlier day; without a row, the entry has only one."""

    entry_id = UuidField(required=True)
    row_id = UuidField(load_default=None, allow_none=True)


class ProposeCorrection(Command):
    """Put right a row of an earlier day (rule M13).

    Without `to_account_id` the money was never received; `to_member_id` is who really paid a fee or premium
    that stands under another member's name. Without `amount` the whole row is wrong.
    """

    id = UuidField(required=True)
    wrong = fields.Nested(WrongRow, required=True, data_key="from")
    to_account_id = UuidField(load_default=None, allow_none=True)
    to_member_id = UuidField(load_default=None, allow_none=True)
    amount = TakaField(minimum=1, load_default=None, allow_none=True)
    reason = TextField(300, shortest=3, required=True)
    evidence = TextField(300, shortest=3, required=True)
