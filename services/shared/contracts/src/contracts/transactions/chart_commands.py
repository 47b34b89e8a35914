"""What is asked of the chart of accounts and of the accounts at banks: the commands' schemas."""

from marshmallow import fields, validate

from contracts.fields import CodeField, DateField, NameField, TextField, UuidField
from contracts.schemas import Command
from contracts.transactions.chart_words import MappedEvent


def ledger_field(*, needed: bool = True) -> fields.String:
    """Return the field of a ledger's code: four digits, the first of which is the class."""
    code = validate.Regexp(r"\A[1-5][0-9]{3}\Z", error="NOT_A_LEDGER")
    if needed:
        return fields.String(required=True, validate=code)
    return fields.String(load_default=None, allow_none=True, validate=code)


class ProposeLedger(Command):
    """Head office wants one more ledger, below another one, from a day on (rule P7)."""

    id = UuidField(required=True)
    ledger = ledger_field()
    parent = ledger_field()
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    effective_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ProposeMapping(Command):
    """From a day on, accounts of a product are opened under a ledger of its own; older ones stay (P7)."""

    id = UuidField(required=True)
    product_code = fields.String(required=True, validate=validate.Length(1, 20))
    event = CodeField(*MappedEvent, required=True)
    ledger = ledger_field()
    effective_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ProposeBankAccount(Command):
    """An office has an account at a bank; its money stands under 1130 on an account of its own (rule P7)."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    bank_bn = NameField(required=True)
    bank_en = NameField(required=True)
    branch = NameField(required=True)
    number = fields.String(
        required=True, validate=validate.Regexp(r"\A[0-9][0-9-]{4,28}[0-9]\Z", error="NOT_A_BANK_ACCOUNT")
    )
    reason = TextField(300, shortest=3, required=True)
