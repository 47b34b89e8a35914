"""The closed lists of words that the law speaks, as they stand on the wire."""

from enum import StrEnum


class AprFormula(StrEnum):
    """How the yearly rate is made from the daily internal rate of return of the dated cash flow."""

    DAILY_TIMES_365 = "daily_times_365"
    COMPOUNDED_YEAR = "compounded_year"


class CashFlow(StrEnum):
    """What counts as a cost of the loan (rule L2)."""

    PRINCIPAL_AND_CHARGE = "principal_and_charge"
    FEES = "fees"
    INSURANCE = "insurance"


class Fee(StrEnum):
    """What may be collected beside a loan."""

    FORM = "form"
    RISK_FUND = "risk_fund"


class BreachKind(StrEnum):
    """What the law forbids."""

    YEARLY_RATE = "yearly_rate"
    FIRST_DUE = "first_due"
    DEDUCTED = "deducted"
    FEE_NOT_ALLOWED = "fee_not_allowed"
    RISK_FUND_NOT_ALLOWED = "risk_fund_not_allowed"
    COMPULSORY_SAVINGS = "compulsory_savings"


OVERRIDABLE = (
    BreachKind.YEARLY_RATE,
    BreachKind.FIRST_DUE,
    BreachKind.FEE_NOT_ALLOWED,
    BreachKind.RISK_FUND_NOT_ALLOWED,
)
"""What two people may let pass for one loan; the principal is always paid out whole."""
