"""Loan products as head office sets them: what is lent, on which terms, in which ways repaid (domain 4.1)."""

from marshmallow import Schema, fields, validate

from contracts.accounts.quotes import EVERY_MAX, INSTALMENTS_MAX, PercentField
from contracts.accounts.savings_products import ProductProposal, product_code_field, yes_field
from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, NameField, TakaField, TextField, UuidField
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Answer, Command

SHARE_MAX_BPS = 10_000
GROWTH_MAX_BPS = 1_000_000
DAYS_MAX = 3_660
PLANS_MAX = 12


class PlanWords(Schema):
    """One way of repaying, with its rate and method; what is not said is the house's rule.

    `grace_days` are between payout and first instalment at the least; the two graces count instalments.
    """

    code = fields.String(required=True, validate=validate.Regexp("^[A-Z0-9]{1,10}$", error="NOT_A_PLAN_CODE"))
    frequency = CodeField("DAILY", "WEEKLY", "MONTHLY", required=True)
    every = CountField(minimum=1, maximum=EVERY_MAX, load_default=1)
    instalments = CountField(minimum=1, maximum=INSTALMENTS_MAX, required=True)
    annual_rate_percent = PercentField(required=True)
    method = CodeField("DECLINING", "FLAT", load_default="DECLINING")
    amortization = CodeField("EQUAL_INSTALMENTS", "EQUAL_PRINCIPAL", load_default="EQUAL_INSTALMENTS")
    interest_basis = CodeField("PERIOD", "DAILY", load_default="PERIOD")
    day_count = CodeField("ACTUAL_365", "ACTUAL_360", "THIRTY_360", load_default="ACTUAL_365")
    flat_split = CodeField("PROPORTIONAL", load_default="PROPORTIONAL")
    grace_days = CountField(maximum=EVERY_MAX, load_default=15)
    principal_grace = CountField(maximum=INSTALMENTS_MAX, load_default=0)
    interest_grace = CountField(maximum=INSTALMENTS_MAX, load_default=0)


class Plan(PlanWords, Command):
    """The same, as it is proposed."""


class PlanShown(PlanWords, Answer):
    """The same, as an answer shows it."""


class LoanProductTermsWords(Schema):
    """What is agreed with whoever borrows; amounts in taka, shares in basis points.

    Fee and risk fund are paid apart, never kept from the principal. What is left out is no limit.
    """

    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    category = TextField(40, required=True)
    fund = TextField(40, required=True)
    least = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    most = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    unit = TakaField(minimum=1, load_default=PAISA_PER_TAKA, allow_none=True)
    multiple_rounding = CodeField("UP", "NEAREST", load_default="UP")
    rounding = CodeField("HALF_EVEN", "HALF_UP", load_default="HALF_UP")
    round_last = yes_field(default=True)
    holiday_rule = CodeField("SKIP_EXTEND", "NEXT_DOUBLE", load_default="SKIP_EXTEND")
    savings_share_bps = CountField(maximum=SHARE_MAX_BPS, load_default=0)
    savings_share_later_bps = CountField(maximum=SHARE_MAX_BPS, load_default=0)
    first_loan_after_days = CountField(maximum=DAYS_MAX, load_default=7)
    first_cycle = CountField(minimum=1, maximum=100, load_default=1)
    last_cycle = CountField(minimum=1, maximum=100, load_default=None, allow_none=True)
    cycle_growth_bps = CountField(maximum=GROWTH_MAX_BPS, load_default=None, allow_none=True)
    several = yes_field()
    form_fee = TakaField(minimum=0, load_default=0)
    risk_fund_bps = CountField(maximum=SHARE_MAX_BPS, load_default=0)
    risk_fund_most = TakaField(minimum=0, load_default=None, allow_none=True)
    prepayable_instalments = CountField(maximum=INSTALMENTS_MAX, load_default=None, allow_none=True)
    allows_rebate = yes_field(default=True)
    guarantors = CountField(maximum=10, load_default=1)


class LoanProductTerms(LoanProductTermsWords, Command):
    """The same, as it is proposed."""

    plans = fields.List(fields.Nested(Plan), required=True, validate=validate.Length(1, PLANS_MAX))


class LoanProductTermsShown(LoanProductTermsWords, Answer):
    """The same, as an answer shows it."""

    plans = fields.List(fields.Nested(PlanShown), required=True)


class ProposeLoanProduct(Command):
    """A new loan product, or a new version of one; loans are proposed under it from `effective_on` on."""

    id = UuidField(required=True)
    code = product_code_field()
    effective_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)
    terms = fields.Nested(LoanProductTerms, required=True)


PROPOSE_LOAN_PRODUCT = Method(
    service="accounts",
    name="propose_loan_product",
    command=ProposeLoanProduct,
    answer=ProductProposal,
    permission="product:propose",
    changes=True,
)

METHODS: tuple[Method, ...] = (PROPOSE_LOAN_PRODUCT,)
