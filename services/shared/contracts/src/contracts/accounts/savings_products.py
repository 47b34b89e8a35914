"""Savings products as head office sets them: versions, proposed by one and approved by another (P7)."""

from marshmallow import Schema, fields, validate

from contracts.accounts.product_words import PRODUCT_CODE, Family, Formula, InterestMethod
from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, NameField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command

RATE_MAX_BPS = 10_000
MONTHS_MAX = 360
ROWS_MAX = 200


def yes_field(*, default: bool = False) -> fields.Boolean:
    """Return the field of a yes or a no; only JSON's own booleans are taken."""
    return fields.Boolean(load_default=default, truthy={True}, falsy={False})


def product_code_field() -> fields.String:
    """Return the field of a product's code, such as `GS`."""
    code = validate.Regexp(f"^{PRODUCT_CODE}$", error="NOT_A_PRODUCT_CODE")
    return fields.String(required=True, validate=code)


class RateWords(Schema):
    """From a day on, what is earned a year; with `months`, only by accounts of that term."""

    from_on = DateField(required=True)
    rate_bps = CountField(maximum=RATE_MAX_BPS, required=True)
    months = CountField(minimum=1, maximum=MONTHS_MAX, load_default=None, allow_none=True)


class Rate(RateWords, Command):
    """The same, as it is proposed."""


class RateShown(RateWords, Answer):
    """The same, as an answer shows it."""


class MaturityWords(Schema):
    """What the table promises for an amount over a term, and a bonus on top of it.

    Monthly savings: for exactly this monthly amount. Lump savings: for each `amount` in the deposit.
    """

    amount = TakaField(minimum=1, required=True)
    months = CountField(minimum=1, maximum=MONTHS_MAX, required=True)
    value = TakaField(minimum=1, required=True)
    bonus = TakaField(minimum=0, load_default=0)


class Maturity(MaturityWords, Command):
    """The same, as it is proposed."""


class MaturityShown(MaturityWords, Answer):
    """The same, as an answer shows it."""


class SlabWords(Schema):
    """From how many whole months on a deposit that is closed early earns which rate."""

    from_month = CountField(maximum=MONTHS_MAX, required=True)
    rate_bps = CountField(maximum=RATE_MAX_BPS, required=True)


class Slab(SlabWords, Command):
    """The same, as it is proposed."""


class SlabShown(SlabWords, Answer):
    """The same, as an answer shows it."""


class SavingsTermsWords(Schema):
    """What is agreed with whoever opens such an account; amounts in taka, shares in basis points.

    `floor` is what withdrawals must leave. `least_deposit` is the usual deposit at a meeting, or the least
    amount of a monthly or lump account; `most_deposit` and `deposit_step` bound the amounts of those.
    `term_months` are the terms that may be chosen. What is left out was not agreed.
    """

    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    family = CodeField(*Family, required=True)
    compulsory = yes_field()
    fund = TextField(40, required=True)
    floor = TakaField(minimum=0, load_default=0)
    least_deposit = TakaField(minimum=1, required=True)
    most_deposit = TakaField(minimum=1, load_default=None, allow_none=True)
    deposit_step = TakaField(minimum=1, load_default=None, allow_none=True)
    needs_approval = yes_field()
    interest_method = CodeField(*InterestMethod, load_default=InterestMethod.DAILY_PRODUCT)
    interest_minimum_balance = TakaField(minimum=0, load_default=0)
    interest_minimum_age_months = CountField(maximum=MONTHS_MAX, load_default=0)
    interest_withdrawal_stops = yes_field()
    interest_dormant_eligible = yes_field(default=True)
    interest_posting_months = fields.List(
        CountField(minimum=1, maximum=12), load_default=list, validate=validate.Length(0, 12)
    )
    withdraw_max_bps_with_loan = CountField(maximum=RATE_MAX_BPS, load_default=None, allow_none=True)
    withdraw_max_bps_without_loan = CountField(maximum=RATE_MAX_BPS, load_default=None, allow_none=True)
    counter_limit = TakaField(minimum=0, load_default=None, allow_none=True)
    closing_charge = TakaField(minimum=0, load_default=None, allow_none=True)
    dormant_after_months = CountField(minimum=1, maximum=MONTHS_MAX, load_default=None, allow_none=True)
    term_months = fields.List(
        CountField(minimum=1, maximum=MONTHS_MAX), load_default=list, validate=validate.Length(0, 24)
    )
    late_penalty = TakaField(minimum=0, load_default=None, allow_none=True)
    missing_limit = CountField(maximum=MONTHS_MAX, load_default=None, allow_none=True)
    formula = CodeField(*Formula, load_default=None, allow_none=True)


class SavingsTerms(SavingsTermsWords, Command):
    """The same, as it is proposed."""

    rates = fields.List(fields.Nested(Rate), required=True, validate=validate.Length(1, 60))
    maturities = fields.List(
        fields.Nested(Maturity), load_default=list, validate=validate.Length(0, ROWS_MAX)
    )
    premature = fields.List(fields.Nested(Slab), load_default=list, validate=validate.Length(0, 60))


class SavingsTermsShown(SavingsTermsWords, Answer):
    """The same, as an answer shows it."""

    rates = fields.List(fields.Nested(RateShown), required=True)
    maturities = fields.List(fields.Nested(MaturityShown), required=True)
    premature = fields.List(fields.Nested(SlabShown), required=True)


class ProposeSavingsProduct(Command):
    """A new product, or a new version of one; it is offered from `effective_on`, which is not in the past."""

    id = UuidField(required=True)
    code = product_code_field()
    effective_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)
    terms = fields.Nested(SavingsTerms, required=True)


class ProductProposal(Answer):
    """A proposal that waits for a second administrator."""

    id = UuidField(required=True)
    approval_id = UuidField(required=True)
    code = fields.String(required=True)
    state = fields.String(required=True)


PROPOSE_SAVINGS_PRODUCT = Method(
    service="accounts",
    name="propose_savings_product",
    command=ProposeSavingsProduct,
    answer=ProductProposal,
    permission="product:propose",
    changes=True,
)

METHODS: tuple[Method, ...] = (PROPOSE_SAVINGS_PRODUCT,)
