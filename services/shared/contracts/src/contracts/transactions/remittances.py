"""What transactions promises about money between offices: sent by one, taken in by the other (rule L6)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, NameField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.chart_commands import ledger_field
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed, text
from contracts.transactions.remittance_words import HeldIn, RemittanceState


class SendMoney(Command):
    """An office sends money to another, from its vault or one of its accounts at banks.

    Where no money moves, `held_in` is `ledger`: it is credited here, and the other office debits one of its
    own; so a cost that one office paid becomes the other's.
    """

    id = UuidField(required=True)
    from_office_id = UuidField(required=True)
    to_office_id = UuidField(required=True)
    held_in = CodeField(*HeldIn, required=True)
    bank_account_id = UuidField(load_default=None, allow_none=True)
    ledger = ledger_field(needed=False)
    amount = TakaField(minimum=1, required=True)
    narration = TextField(500, shortest=3, required=True)
    reference = TextField(200, required=True)


class TakeMoney(Command):
    """What was sent has come; the sender takes in what never arrived elsewhere."""

    id = UuidField(required=True)
    remittance_id = UuidField(required=True)
    office_id = UuidField(required=True)
    held_in = CodeField(*HeldIn, required=True)
    bank_account_id = UuidField(load_default=None, allow_none=True)
    ledger = ledger_field(needed=False)
    reference = TextField(200, required=True)


class ListRemittances(Command):
    """What offices below one have sent or are to get: on its way, or all, the newest first."""

    office_id = UuidField(required=True)
    in_transit = fields.Boolean(load_default=True)
    after = UuidField(load_default=None, allow_none=True)


class ListOtherOffices(Command):
    """To whom an office may send: all the others, by code; `after` is the last code of the page before."""

    office_id = UuidField(required=True)
    after = TextField(20, load_default=None, allow_none=True)


class OtherOffice(Answer):
    """An office as one of another branch may know it: what stands on its door."""

    id = UuidField(required=True)
    code = text()
    name_bn = NameField(required=True)
    name_en = NameField(required=True)


OtherOfficePage = page_of(OtherOffice, "OtherOfficePage")


class Remittance(Answer):
    """Money between two offices; `overdue` is on its way for longer than it should be (rule L6)."""

    id = UuidField(required=True)
    from_office_id = UuidField(required=True)
    from_office_bn = NameField(required=True)
    from_office_en = NameField(required=True)
    to_office_id = UuidField(required=True)
    to_office_bn = NameField(required=True)
    to_office_en = NameField(required=True)
    state = CodeField(*RemittanceState, required=True)
    held_in = CodeField(*HeldIn, required=True)
    ledger = fields.String(required=True, allow_none=True)
    amount = TakaField(required=True)
    narration = TextField(500, required=True)
    reference = TextField(200, required=True)
    sent_on = DateField(required=True, allow_none=True)
    taken_on = DateField(required=True, allow_none=True)
    days = CountField(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


RemittancePage = page_of(Remittance, "RemittancePage")

SEND_MONEY = Method(
    service=SERVICE,
    name="send_money",
    command=SendMoney,
    answer=Proposed,
    permission="voucher:propose",
    changes=True,
)
TAKE_MONEY = Method(
    service=SERVICE,
    name="take_money",
    command=TakeMoney,
    answer=Proposed,
    permission="voucher:propose",
    changes=True,
)
LIST_REMITTANCES = Method(
    service=SERVICE,
    name="list_remittances",
    command=ListRemittances,
    answer=RemittancePage,
    permission="book:read",
)
LIST_OTHER_OFFICES = Method(
    service=SERVICE,
    name="list_other_offices",
    command=ListOtherOffices,
    answer=OtherOfficePage,
    permission="voucher:propose",
)

METHODS: tuple[Method, ...] = (SEND_MONEY, TAKE_MONEY, LIST_REMITTANCES, LIST_OTHER_OFFICES)
