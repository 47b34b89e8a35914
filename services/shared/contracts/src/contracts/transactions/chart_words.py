"""The closed lists of words of the chart of accounts, as they stand on the wire."""

from enum import StrEnum

LEDGER_CLASSES = ("asset", "liability", "fund", "income", "expense")
"""The five classes, in the order of their first digits."""


class MappedEvent(StrEnum):
    """What of a product may stand under a ledger of its own: her money, her loan, its service charge."""

    GENERAL_SAVINGS = "general_savings"
    VOLUNTARY_SAVINGS = "voluntary_savings"
    TERM_SAVINGS = "term_savings"
    LUMP_SAVINGS = "lump_savings"
    LOAN = "loan"
    SERVICE_CHARGE = "service_charge"


class Cash(StrEnum):
    """What a ledger of money holds: cash in hand, or money at a bank or a provider."""

    CASH = "cash"
    BANK = "bank"
