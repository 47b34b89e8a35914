"""The closed lists of words that the ledger speaks, as they stand on the wire."""

from enum import StrEnum


class DayState(StrEnum):
    """Where an office's day stands; `none` before its first, `waiting` for one that is reopened (M16)."""

    NONE = "none"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    WAITING = "waiting"


class DayPhase(StrEnum):
    """What a branch is about on its day: before its vault is counted, at work, counting, sealing, done."""

    NONE = "none"
    OPENING = "opening"
    WORKING = "working"
    COUNTING = "counting"
    CLOSING = "closing"
    CLOSED = "closed"


class Moment(StrEnum):
    """When the vault is counted (rule M7)."""

    OPENING = "opening"
    CLOSING = "closing"


class ReversalKind(StrEnum):
    """What went wrong with a row of the same day (rule M12)."""

    WRONG_ACCOUNT = "wrong_account"
    MONEY_RETURNED = "money_returned"
    NEVER_RECEIVED = "never_received"


class LineStatus(StrEnum):
    """What a line of a passbook is worth (rules M1, M6, M12)."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    STRUCK = "struck"
    REVERSED = "reversed"
    REVERSAL = "reversal"
    NOTHING_RECEIVED = "nothing_received"


class Direction(StrEnum):
    """Which way the money of a line went, as she sees it."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    NONE = "none"


class ApprovalKind(StrEnum):
    """What waits for a second person in transactions; the permission that decides is beside it."""

    REVERSAL = "reversal"
    SHORTAGE = "shortage"
    EXCESS_RETURN = "excess_return"
    EXCESS_INCOME = "excess_income"
    NOT_HELD = "not_held"
    DEFERRAL = "deferral"
    MONTH_IN_TRANSIT = "month_in_transit"
    SUPPLEMENT = "supplement"
    CASH_LIMIT = "cash_limit"
    FIELD_PAYMENTS = "field_payments"
    WITHDRAWAL = "withdrawal"
    WITHDRAWAL_AREA = "withdrawal_area"
    CLOSING = "closing"
    CLOSING_AREA = "closing_area"
    CORRECTION = "correction"
    CORRECTION_AREA = "correction_area"
    CLASS_RULES = "class_rules"
    CLASS_FREEZE = "class_freeze"
    SETTLEMENT = "settlement"
    SAVINGS_TO_LOAN = "savings_to_loan"
    DEATH_REFUND = "death_refund"
    WAIVER = "waiver"
    WRITE_OFF = "write_off"
    LEDGER = "ledger"
    LEDGER_MAPPING = "ledger_mapping"
    BANK_ACCOUNT = "bank_account"
    VOUCHER = "voucher"
    VOUCHER_UNDOING = "voucher_undoing"
    REMITTANCE = "remittance"
    REMITTANCE_TAKING = "remittance_taking"
    OPENING = "opening"
    YEAR_CLOSING = "year_closing"


APPROVAL_PERMISSIONS = {
    ApprovalKind.REVERSAL: "reversal:approve",
    ApprovalKind.SHORTAGE: "shortage:accept",
    ApprovalKind.EXCESS_RETURN: "excess:approve",
    ApprovalKind.EXCESS_INCOME: "excess:approve_area",
    ApprovalKind.NOT_HELD: "sheet:approve_not_held",
    ApprovalKind.DEFERRAL: "deferral:accept",
    ApprovalKind.MONTH_IN_TRANSIT: "month:sign",
    ApprovalKind.SUPPLEMENT: "day:reopen",
    ApprovalKind.CASH_LIMIT: "cash_limit:approve",
    ApprovalKind.FIELD_PAYMENTS: "field_payments:approve",
    ApprovalKind.WITHDRAWAL: "withdrawal:approve",
    ApprovalKind.WITHDRAWAL_AREA: "withdrawal:approve_area",
    ApprovalKind.CLOSING: "closing:approve",
    ApprovalKind.CLOSING_AREA: "withdrawal:approve_area",
    ApprovalKind.CORRECTION: "correction:approve",
    ApprovalKind.CORRECTION_AREA: "correction:approve_area",
    ApprovalKind.CLASS_RULES: "class:approve",
    ApprovalKind.CLASS_FREEZE: "class:approve",
    ApprovalKind.SETTLEMENT: "settlement:approve",
    ApprovalKind.SAVINGS_TO_LOAN: "settlement:approve",
    ApprovalKind.DEATH_REFUND: "settlement:approve",
    ApprovalKind.WAIVER: "loan:approve_change",
    ApprovalKind.WRITE_OFF: "loan:approve_change",
    ApprovalKind.LEDGER: "chart:approve",
    ApprovalKind.LEDGER_MAPPING: "chart:approve",
    ApprovalKind.BANK_ACCOUNT: "chart:approve",
    ApprovalKind.VOUCHER: "voucher:approve",
    ApprovalKind.VOUCHER_UNDOING: "voucher:approve",
    ApprovalKind.REMITTANCE: "voucher:approve",
    ApprovalKind.REMITTANCE_TAKING: "voucher:approve",
    ApprovalKind.OPENING: "opening:approve",
    ApprovalKind.YEAR_CLOSING: "year:approve",
}
SAVINGS_FAMILIES = ("general_savings", "voluntary_savings", "term_savings", "lump_savings")
"""The kinds of savings accounts; each stands under a ledger of its own."""
