"""What accounts promises about quotes: a schedule from given terms, and what the loan costs a year."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import fields, validate

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, TakaField, WireField, refusal
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Answer, Command

INSTALMENTS_MAX = 600
EVERY_MAX = 366
HOLIDAYS_MAX = 400
HUNDRED = Decimal(100)
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?", re.ASCII)


class PercentField(WireField[Decimal]):
    """A yearly rate in percent: a decimal string with at most four decimals, `"24"` or `"9.4822"`."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$"}

    def write(self, value: Decimal) -> str:
        """Write its canonical form."""
        return f"{value:f}"

    def read(self, value: Any) -> Decimal:
        """Read it, or refuse it by a code."""
        if not isinstance(value, str) or not _PERCENT.fullmatch(value):
            raise refusal("NOT_A_PERCENTAGE")
        if (percent := Decimal(value)) > HUNDRED:
            raise refusal("NOT_A_PERCENTAGE")
        return percent


class QuoteLoan(Command):
    """The terms of a loan that nobody has agreed on yet; what is not said is the house's rule."""

    principal = TakaField(minimum=PAISA_PER_TAKA, required=True)
    annual_rate_percent = PercentField(required=True)
    instalments = CountField(minimum=1, maximum=INSTALMENTS_MAX, required=True)
    frequency = CodeField("DAILY", "WEEKLY", "MONTHLY", required=True)
    every = CountField(minimum=1, maximum=EVERY_MAX, load_default=1)
    method = CodeField("DECLINING", "FLAT", load_default="DECLINING")
    amortization = CodeField("EQUAL_INSTALMENTS", "EQUAL_PRINCIPAL", load_default="EQUAL_INSTALMENTS")
    interest_basis = CodeField("PERIOD", "DAILY", load_default="PERIOD")
    day_count = CodeField("ACTUAL_365", "ACTUAL_360", "THIRTY_360", load_default="ACTUAL_365")
    rounding = CodeField("HALF_EVEN", "HALF_UP", load_default="HALF_UP")
    instalment_multiple = TakaField(minimum=1, load_default=PAISA_PER_TAKA, allow_none=True)
    multiple_rounding = CodeField("UP", "NEAREST", load_default="UP")
    round_last = fields.Boolean(load_default=True, truthy={True}, falsy={False})
    flat_split = CodeField("PROPORTIONAL", "EVEN", load_default="PROPORTIONAL")
    disbursed_on = DateField(required=True, validate=validate.Range(date(2000, 1, 1), date(2099, 12, 31)))
    first_due_on = DateField(
        load_default=None, allow_none=True, validate=validate.Range(date(2000, 1, 1), date(2100, 12, 31))
    )
    principal_grace = CountField(maximum=INSTALMENTS_MAX, load_default=0)
    interest_grace = CountField(maximum=INSTALMENTS_MAX, load_default=0)
    holidays = fields.List(DateField(), load_default=list, validate=validate.Length(0, HOLIDAYS_MAX))
    holiday_rule = CodeField("SKIP_EXTEND", "NEXT_DOUBLE", load_default=None, allow_none=True)


class QuotedRow(Answer):
    """One row of the schedule; `balance` is the principal that is outstanding after it."""

    number = CountField(required=True)
    due_on = DateField(required=True)
    principal = TakaField(required=True)
    service_charge = TakaField(required=True)
    total = TakaField(required=True)
    balance = TakaField(required=True)


class LoanQuote(Answer):
    """The whole schedule, what it costs a year with two decimals, and whether the law allows that.

    The cap is tested on the unrounded rate (rule L2).
    """

    rows = fields.List(fields.Nested(QuotedRow), required=True)
    principal = TakaField(required=True)
    service_charge = TakaField(required=True)
    total = TakaField(required=True)
    apr_percent = fields.String(required=True)
    within_cap = fields.Boolean(required=True)


QUOTE_LOAN = Method(
    service="accounts",
    name="quote_loan",
    command=QuoteLoan,
    answer=LoanQuote,
    permission="loan:quote",
)

METHODS: tuple[Method, ...] = (QUOTE_LOAN,)
