"""What counts as a movement of the member's own: interest and corrections do not keep her awake. Pure.

Of a branch that was brought over nobody knows the last ones: she counts as awake on that day (rule P13).
"""

from transactions.domain.ledger import EntryKind

HER_OWN = frozenset(
    {
        EntryKind.DEPOSIT,
        EntryKind.COLLECTION,
        EntryKind.WITHDRAWAL,
        EntryKind.DISBURSEMENT,
        EntryKind.REPAYMENT,
        EntryKind.MOBILE_MONEY,
        EntryKind.SETTLEMENT,
        EntryKind.SAVINGS_TO_LOAN,
        EntryKind.OPENING,
    }
)
