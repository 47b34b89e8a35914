"""What transactions promises about branches behind the calendar: named on every head-office report (M17)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CountField, DateField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text


class BranchesOf(Command):
    """Below which office."""

    office_id = UuidField(required=True)


class BranchBehind(Answer):
    """A branch whose open day is over by the calendar; `days` are the working days that passed since."""

    office_id = UuidField(required=True)
    office_code = text()
    office_name_bn = text()
    office_name_en = text()
    on = DateField(required=True)
    days = CountField(required=True)


class BranchesBehind(Answer):
    """All of them, the furthest behind first."""

    today = DateField(required=True)
    items = fields.List(fields.Nested(BranchBehind), required=True)


LIST_BRANCHES_BEHIND = Method(
    service=SERVICE,
    name="list_branches_behind",
    command=BranchesOf,
    answer=BranchesBehind,
    permission="day:read",
)

METHODS: tuple[Method, ...] = (LIST_BRANCHES_BEHIND,)
