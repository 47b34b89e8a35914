"""The law as data with dates: proposed by one administrator, approved by another (rules L2, P7)."""

from marshmallow import Schema, fields, validate

from contracts.accounts.law_words import AprFormula, CashFlow, Fee
from contracts.accounts.quotes import PercentField
from contracts.accounts.savings_products import RATE_MAX_BPS
from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.schemas import Answer, Command, Nothing


class LawWords(Schema):
    """What holds from a date on; what is not said stays as the regulator's text of 2010 has it.

    `counted` says which cash flows make the yearly rate, beside principal and service charge.
    """

    effective_on = DateField(required=True)
    cap_percent = PercentField(required=True)
    formula = CodeField(*AprFormula, load_default=AprFormula.DAILY_TIMES_365)
    counted = fields.List(
        CodeField(*CashFlow),
        load_default=lambda: [CashFlow.PRINCIPAL_AND_CHARGE],
        validate=validate.Length(1, 3),
    )
    first_due_days = CountField(maximum=366, required=True)
    nothing_deducted = fields.Boolean(load_default=True, truthy={True}, falsy={False})
    compulsory_savings_bps = CountField(maximum=RATE_MAX_BPS, required=True)
    allowed_fees = fields.List(
        CodeField(*Fee), load_default=lambda: list(Fee), validate=validate.Length(0, 2)
    )


class ProposeLaw(LawWords, Command):
    """Put another law in force from a day on that is not in the past; a second administrator approves."""

    id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class LawShown(LawWords, Answer):
    """One law; null people: founded with the system."""

    id = UuidField(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True)
    approval_id = UuidField(required=True, allow_none=True)
    maker_id = UuidField(required=True, allow_none=True)
    checker_id = UuidField(required=True, allow_none=True)
    decided_at = InstantField(required=True, allow_none=True)


class Laws(Answer):
    """Every law that was ever proposed, by its date; only approved ones hold."""

    items = fields.List(fields.Nested(LawShown), required=True)


PROPOSE_LAW = Method(
    service="accounts",
    name="propose_law",
    command=ProposeLaw,
    answer=LawShown,
    permission="product:propose",
    changes=True,
)
LIST_LAWS = Method(
    service="accounts", name="list_laws", command=Nothing, answer=Laws, permission="product:read"
)

METHODS: tuple[Method, ...] = (PROPOSE_LAW, LIST_LAWS)
