"""What a sheet shows of each member: her accounts, what they ask for, and the rows that are there."""

from enum import StrEnum

from marshmallow import fields

from contracts.fields import CodeField, InstantField, TakaField, UuidField
from contracts.schemas import Answer
from contracts.transactions.collection_words import (
    Attendance,
    NothingReceived,
    Outcome,
    PaidBy,
    RowCode,
    RowKind,
    RowState,
)
from contracts.transactions.savings_words import Mark


def words(vocabulary: type[StrEnum], *, optional: bool = False) -> CodeField:
    """Return the field of a word from a closed list, as it stands on the wire."""
    return CodeField(*vocabulary, required=True, allow_none=optional)


def text(*, optional: bool = False) -> fields.String:
    """Return the field of a plain text."""
    return fields.String(required=True, allow_none=optional)


class SheetLoan(Answer):
    """What a sheet asks for on a loan, before anything of the meeting is booked (domain §5).

    `due` is all that should have been paid by the end of the day; `recoverable` is the part of the meeting's
    own instalment.
    """

    number = fields.Integer(required=True)
    instalments = fields.Integer(required=True)
    opening_due = TakaField(required=True)
    opening_advance = TakaField(required=True)
    recoverable = TakaField(required=True)
    due = TakaField(required=True)
    outstanding = TakaField(required=True)


class SheetTerm(Answer):
    """What a sheet asks for on a monthly term account, before anything of the meeting is booked (domain §5).

    `penalty` is what lateness has cost so far; it is taken when the account is closed, not at the meeting.
    """

    number = fields.Integer(required=True)
    instalments = fields.Integer(required=True)
    opening_due = TakaField(required=True)
    opening_advance = TakaField(required=True)
    recoverable = TakaField(required=True)
    due = TakaField(required=True)
    penalty = TakaField(required=True)


class SheetAccount(Answer):
    """An account on which money may be collected, with what is in the book and what is on its way.

    Where it is not `expected`, the sheet is complete without a row for it: voluntary, or nothing due.
    """

    account_id = UuidField(required=True)
    code = text()
    kind = text()
    product_name_bn = text()
    product_name_en = text()
    balance = TakaField(required=True)
    pending = TakaField(required=True)
    expected = fields.Boolean(load_default=True)
    loan = fields.Nested(SheetLoan, load_default=None, allow_none=True)
    term = fields.Nested(SheetTerm, load_default=None, allow_none=True)


class SheetRow(Answer):
    """One row as the server has it, in its newest version."""

    row_id = UuidField(required=True)
    version = fields.Integer(required=True)
    account_id = UuidField(required=True)
    kind = words(RowKind)
    attendance = words(Attendance)
    amount = TakaField(required=True, allow_none=True)
    nothing_received = words(NothingReceived, optional=True)
    note = text(optional=True)
    paid_by = words(PaidBy)
    second_payment = fields.Boolean(required=True)
    receipt_number = text(optional=True)
    recorded_at = InstantField(required=True)
    outcome = words(Outcome)
    state = words(RowState)
    code = words(RowCode, optional=True)
    return_reason = text(optional=True)
    withdrawal_id = UuidField(load_default=None, allow_none=True)
    mark = CodeField(*Mark, load_default=None, allow_none=True)


class SheetPayout(Answer):
    """A withdrawal for the meeting, to be paid once the float is taken: all of it, or nothing (rule M9)."""

    withdrawal_id = UuidField(required=True)
    float_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(required=True)
    ready = fields.Boolean(required=True)


class SheetMember(Answer):
    """One member of the samity with her accounts and rows.

    Fees are written on `fee_account_id`, a premium for the risk fund on `premium_account_id`: accounts of the
    branch that know whose money it was.
    """

    member_id = UuidField(required=True)
    fee_account_id = UuidField(required=True)
    premium_account_id = UuidField(required=True)
    code = text(optional=True)
    name_bn = text(optional=True)
    name_en = text(optional=True)
    accounts = fields.List(fields.Nested(SheetAccount), required=True)
    payouts = fields.List(fields.Nested(SheetPayout), load_default=list)
    rows = fields.List(fields.Nested(SheetRow), required=True)


class MissingRow(Answer):
    """An account without a row, or a withdrawal of which nothing is said: untouched is never zero (M10)."""

    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    withdrawal_id = UuidField(load_default=None, allow_none=True)
