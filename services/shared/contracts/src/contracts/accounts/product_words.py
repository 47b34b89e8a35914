"""The closed lists of words that products speak, as they stand on the wire."""

from enum import StrEnum

PRODUCT_CODE = r"[A-Z][A-Z0-9]{1,9}"
"""Part of every account's and loan's code."""


class ProductKind(StrEnum):
    """What a product is of; a code belongs to one kind for ever."""

    SAVINGS = "savings"
    LOAN = "loan"


class Family(StrEnum):
    """The kinds of savings; each stands under a ledger of its own in the book."""

    GENERAL = "general_savings"
    VOLUNTARY = "voluntary_savings"
    TERM = "term_savings"
    LUMP = "lump_savings"


class InterestMethod(StrEnum):
    """On which balance of a period interest is counted (domain 3)."""

    DAILY_PRODUCT = "daily_product"
    MONTHLY_MINIMUM = "monthly_minimum"
    MONTHLY_LAST = "monthly_last"
    AVERAGE_OPEN_CLOSE = "average_open_close"


class Formula(StrEnum):
    """How a maturity value is made that no table names (domain 3)."""

    ANNUITY_DUE = "annuity_due"
    SIMPLE = "simple"


class SavingsState(StrEnum):
    """Where an agreed savings account stands."""

    WAITING = "waiting"
    OPENING = "opening"
    OPEN = "open"
    CLOSED = "closed"
    DECLINED = "declined"
