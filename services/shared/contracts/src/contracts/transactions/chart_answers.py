"""What the chart of accounts and the accounts at banks answer: the answers' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, DateField, NameField, TakaField, UuidField
from contracts.schemas import Answer
from contracts.transactions.chart_words import LEDGER_CLASSES, Cash, MappedEvent
from contracts.transactions.ledger_answers import text


class ChartLedger(Answer):
    """A node of the chart.

    A group sums up what is below it. A control ledger is moved by its own deeds; `by_hand` says whether
    vouchers post on it too. `cash` says that it holds money, and where. `effective_on` is null for what was
    shipped.
    """

    ledger = text()
    ledger_class = CodeField(*LEDGER_CLASSES, required=True)
    parent = text(optional=True)
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    is_group = fields.Boolean(required=True)
    is_control = fields.Boolean(required=True)
    by_hand = fields.Boolean(required=True)
    cash = CodeField(*Cash, required=True, allow_none=True)
    effective_on = DateField(required=True, allow_none=True)


class Chart(Answer):
    """The whole chart, by code."""

    ledgers = fields.List(fields.Nested(ChartLedger), required=True)


class LedgerMapping(Answer):
    """Under which ledger accounts of a product are opened from a day on."""

    id = UuidField(required=True)
    product_code = text()
    event = CodeField(*MappedEvent, required=True)
    ledger = text()
    effective_on = DateField(required=True)
    proposed_by = UuidField(required=True)
    approved_by = UuidField(required=True)


class LedgerMappings(Answer):
    """All mappings, by product, the newest first; where none is, the control ledger itself stands."""

    mappings = fields.List(fields.Nested(LedgerMapping), required=True)


class BankAccount(Answer):
    """An account at a bank, with what the book says that it holds."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    bank_bn = NameField(required=True)
    bank_en = NameField(required=True)
    branch = NameField(required=True)
    number = text()
    balance = TakaField(required=True)


class BankAccounts(Answer):
    """An office's accounts at banks; `unnamed` is what the book holds at banks on none of them."""

    office_id = UuidField(required=True)
    accounts = fields.List(fields.Nested(BankAccount), required=True)
    unnamed = TakaField(required=True)
