"""The closed lists of words of money between offices, as they stand on the wire."""

from enum import StrEnum


class HeldIn(StrEnum):
    """Where the money leaves or comes: the vault, a bank; or no money, but a ledger of either office."""

    VAULT = "vault"
    BANK = "bank"
    LEDGER = "ledger"


class RemittanceState(StrEnum):
    """Where the money is: not sent, on its way, taken in by the other office, or back with the sender."""

    WAITING = "waiting"
    DECLINED = "declined"
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    RETURNED = "returned"
