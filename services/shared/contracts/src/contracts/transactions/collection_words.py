"""The closed lists of words that the collection speaks, as they stand on the wire."""

from enum import StrEnum


class SheetKind(StrEnum):
    """A samity's own meeting, or money brought on another day (rule M4)."""

    REGULAR = "regular"
    SPECIAL = "special"


class SheetStatus(StrEnum):
    """Where a collection sheet stands between being issued and being in the book (rule M1)."""

    ISSUED = "issued"
    COLLECTING = "collecting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    AUTHORISED = "authorised"
    NOT_HELD_CLAIMED = "not_held_claimed"
    NOT_HELD = "not_held"


class RowKind(StrEnum):
    """What a row is about; an instalment or a deposit is `collected`, as its account says (rule M4).

    A premium for the risk fund is no income, but it is taken as a fee is (domain §6). A withdrawal goes the
    other way: cash is paid to her from the officer's float (rule M9).
    """

    COLLECTED = "collected"
    FORM_FEE = "form_fee"
    PASSBOOK_FEE = "passbook_fee"
    ADDITIONAL_FEE = "additional_fee"
    RISK_PREMIUM = "risk_premium"
    WITHDRAWAL = "withdrawal"


class Attendance(StrEnum):
    """Whether she came; says nothing about money (rule M10)."""

    PRESENT = "present"
    ABSENT = "absent"


class NothingReceived(StrEnum):
    """The one reason that a row without money names (rule M10)."""

    ABSENT = "absent"
    NO_MONEY = "no_money"
    ILL = "ill"
    TRAVELLING = "travelling"
    REFUSED = "refused"
    OTHER = "other"


class PaidBy(StrEnum):
    """Who put the money on the table (rule M10)."""

    SELF = "self"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    MOBILE_MONEY = "mobile_money"


class Outcome(StrEnum):
    """What became of one row of one submission (rule M5: rows are checked one by one)."""

    PENDING = "pending"
    REPEATED = "repeated"
    UNALLOCATED = "unallocated"
    COMPARE = "compare"
    CONFLICT = "conflict"
    REFUSED = "refused"


class RowState(StrEnum):
    """Where a row's newest version stands on the server; older ones are struck in her passbook (rule M6)."""

    PENDING = "pending"
    UNALLOCATED = "unallocated"
    RETURNED = "returned"
    AUTHORISED = "authorised"


class RowCode(StrEnum):
    """Why a row was not simply pending: the sentence belongs to the phone and the portal."""

    MEMBER_UNKNOWN = "MEMBER_UNKNOWN"
    MEMBER_MOVED = "MEMBER_MOVED"
    MEMBER_NOT_ACTIVE = "MEMBER_NOT_ACTIVE"
    ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN"
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    ACCOUNT_OF_ANOTHER = "ACCOUNT_OF_ANOTHER"
    OWN_OR_KIN = "OWN_OR_KIN"
    RECEIPT_USED = "RECEIPT_USED"
    LOAN_SURPLUS = "LOAN_SURPLUS"
    FOUND_IN_EXCESS = "FOUND_IN_EXCESS"
    SECOND_PAYMENT_NOT_SAID = "SECOND_PAYMENT_NOT_SAID"
    CHANGE_REASON_MISSING = "CHANGE_REASON_MISSING"
    ROW_DIFFERS = "ROW_DIFFERS"
    ROW_OUTDATED = "ROW_OUTDATED"
    ROW_NOT_RETURNED = "ROW_NOT_RETURNED"
    ROW_OF_ANOTHER_SHEET = "ROW_OF_ANOTHER_SHEET"
    NOT_THE_HOLDER = "NOT_THE_HOLDER"
    OLD_EPOCH = "OLD_EPOCH"
    SHEET_CLOSED = "SHEET_CLOSED"
    WITHDRAWAL_NOT_CARRIED = "WITHDRAWAL_NOT_CARRIED"
    WITHDRAWAL_AMOUNT = "WITHDRAWAL_AMOUNT"
    WITHDRAWAL_PAID = "WITHDRAWAL_PAID"
    MEMBER_DECEASED = "MEMBER_DECEASED"


class HandoverStatus(StrEnum):
    """Cash on its way from the officer to the vault (rule M7)."""

    DECLARED = "declared"
    COUNTED = "counted"
    AUTHORISED = "authorised"


class ChangeKind(StrEnum):
    """What happened to a row that the server had seen (rule M6)."""

    LOWERED = "lowered"
    REMOVED = "removed"
    ACCOUNT_CHANGED = "account_changed"


class Verdict(StrEnum):
    """What the manager found out about a row on the compare list (rule M4)."""

    SAME_MONEY = "same_money"
    ENTERED_ELSEWHERE = "entered_elsewhere"


DENOMINATIONS = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
"""The notes and coins of a denomination slip, in taka, largest first."""
