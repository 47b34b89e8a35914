"""What transactions promises about how much cash a vault should hold: dated data of an office (rule M7)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import DateField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.collection_commands import reason_field
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed, text


class ProposeCashLimit(Command):
    """Another limit from a day to come on, for an office and all below that have none of their own."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    effective_on = DateField(required=True)
    amount = TakaField(minimum=0, whole=True, required=True)
    reason = reason_field()


class CashLimitsOf(Command):
    """Whose limits."""

    office_id = UuidField(required=True)


class CashLimit(Answer):
    """One limit of an office with its first day."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    effective_on = DateField(required=True)
    amount = TakaField(required=True)
    reason = text()
    proposed_by = UuidField(required=True)
    approved_by = UuidField(required=True)


class CashLimits(Answer):
    """All limits of an office, the newest first."""

    items = fields.List(fields.Nested(CashLimit), required=True)


PROPOSE_CASH_LIMIT = Method(
    service=SERVICE,
    name="propose_cash_limit",
    command=ProposeCashLimit,
    answer=Proposed,
    permission="cash_limit:propose",
    changes=True,
)
LIST_CASH_LIMITS = Method(
    service=SERVICE,
    name="list_cash_limits",
    command=CashLimitsOf,
    answer=CashLimits,
    permission="day:read",
)

METHODS: tuple[Method, ...] = (PROPOSE_CASH_LIMIT, LIST_CASH_LIMITS)
