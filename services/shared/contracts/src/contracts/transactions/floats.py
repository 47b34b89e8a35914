"""What transactions promises about payments in the field: a setting, and floats for them (rule M9)."""

from marshmallow import ValidationError, fields, validate, validates_schema

from contracts.calls import Method
from contracts.fields import CodeField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.collection_commands import cursor_field, flag_field, reason_field
from contracts.transactions.float_words import FloatState
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed
from contracts.transactions.sheet_answers import text

WITHDRAWALS_MAX = 100


class ProposeFieldPayments(Command):
    """Let an office, and all below that have no setting of their own, pay in the field, or not."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    effective_on = DateField(required=True)
    allowed = fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = reason_field()


class FieldPaymentsOf(Command):
    """Whose settings."""

    office_id = UuidField(required=True)


class FieldPaymentsItem(Answer):
    """One setting of an office with its first day."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    effective_on = DateField(required=True)
    allowed = fields.Boolean(required=True)
    reason = text()
    proposed_by = UuidField(required=True)
    approved_by = UuidField(required=True)


class FieldPaymentsSettings(Answer):
    """All settings of an office, the newest first; `allowed` is what holds for it today."""

    allowed = fields.Boolean(required=True)
    items = fields.List(fields.Nested(FieldPaymentsItem), required=True)


class IssueFloat(Command):
    """Count out the cash of approved withdrawals for one samity's sheet; the id is the client's."""

    id = UuidField(required=True)
    sheet_id = UuidField(required=True)
    withdrawal_ids = fields.List(
        UuidField(), required=True, validate=validate.Length(min=1, max=WITHDRAWALS_MAX)
    )

    @validates_schema(skip_on_field_errors=True)
    def each_once(self, data: dict[str, list[str]], **_: object) -> None:
        """A withdrawal is in a float once."""
        if len(set(data["withdrawal_ids"])) != len(data["withdrawal_ids"]):
            raise ValidationError("WITHDRAWAL_TWICE", "withdrawal_ids")


class FloatOnly(Command):
    """Which float."""

    id = UuidField(required=True)


class ReturnFloat(Command):
    """All of it is back, or it was never taken, and why."""

    id = UuidField(required=True)
    reason = reason_field()


class ListFloats(Command):
    """Which floats of an office; those that are told apart or back only where that is asked for."""

    office_id = UuidField(required=True)
    finished = flag_field()
    after = cursor_field()


class FloatWithdrawal(Answer):
    """One withdrawal that a float is for."""

    withdrawal_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_bn = text()
    member_en = text()
    amount = TakaField(required=True)
    lapses_on = DateField(required=True)


class Float(Answer):
    """Cash for an officer's payments at one samity; with the withdrawals while it is out."""

    id = UuidField(required=True)
    sheet_id = UuidField(required=True)
    samity_name_bn = text()
    samity_name_en = text()
    meeting_on = DateField(required=True)
    office_id = UuidField(required=True)
    officer_id = UuidField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    on = DateField(required=True)
    amount = TakaField(required=True)
    state = CodeField(*FloatState, required=True)
    issued_by = UuidField(required=True)
    issued_at = InstantField(required=True)
    withdrawals = fields.List(fields.Nested(FloatWithdrawal), required=True)


FloatPage = page_of(Float, "FloatPage")

PROPOSE_FIELD_PAYMENTS = Method(
    service=SERVICE,
    name="propose_field_payments",
    command=ProposeFieldPayments,
    answer=Proposed,
    permission="field_payments:propose",
    changes=True,
)
LIST_FIELD_PAYMENTS = Method(
    service=SERVICE,
    name="list_field_payments",
    command=FieldPaymentsOf,
    answer=FieldPaymentsSettings,
    permission="day:read",
)
ISSUE_FLOAT = Method(
    service=SERVICE,
    name="issue_float",
    command=IssueFloat,
    answer=Float,
    permission="float:issue",
    changes=True,
)
ACCEPT_FLOAT = Method(
    service=SERVICE,
    name="accept_float",
    command=FloatOnly,
    answer=Float,
    permission="float:accept",
    changes=True,
)
RETURN_FLOAT = Method(
    service=SERVICE,
    name="return_float",
    command=ReturnFloat,
    answer=Float,
    permission="float:issue",
    changes=True,
)
LIST_FLOATS = Method(
    service=SERVICE,
    name="list_floats",
    command=ListFloats,
    answer=FloatPage,
    permission="handover:read",
)

METHODS: tuple[Method, ...] = (
    PROPOSE_FIELD_PAYMENTS,
    LIST_FIELD_PAYMENTS,
    ISSUE_FLOAT,
    ACCEPT_FLOAT,
    RETURN_FLOAT,
    LIST_FLOATS,
)
