"""The chart of accounts as data: five classes, and the ledgers that this institution keeps.

Every savings account, every officer's cash and every vault is a ledger account under one of these.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from uuid import UUID, uuid5

_OFFICE_ACCOUNTS = UUID("6d1a1f0e-3c57-5f0b-9a44-0d6a1c9b7e11")


class Side(StrEnum):
    """The two sides of a ledger account."""

    DEBIT = "debit"
    CREDIT = "credit"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


class LedgerClass(Enum):
    """The five classes of accounts, each with the side on which it grows."""

    ASSET = ("1", Side.DEBIT)
    LIABILITY = ("2", Side.CREDIT)
    FUND = ("3", Side.CREDIT)
    INCOME = ("4", Side.CREDIT)
    EXPENSE = ("5", Side.DEBIT)

    def __init__(self, digit: str, grows_on: Side) -> None:
        self.digit = digit
        self.grows_on = grows_on


@dataclass(frozen=True, slots=True)
class Ledger:
    """One general ledger of an office.

    Attributes:
        code: Four digits, the first of which is the class.
        floor: What an account under it may never fall below, in paisa; None where it may stand on
            either side.
    """

    code: str
    ledger_class: LedgerClass
    name_bn: str
    name_en: str
    floor: int | None = 0


class Ledgers:
    """The ledgers in use. A code keeps its meaning for ever, because books outlive programs."""

    VAULT = Ledger("1110", LedgerClass.ASSET, "ভল্টে নগদ", "Cash in vault")
    OFFICER_CASH = Ledger("1120", LedgerClass.ASSET, "মাঠকর্মীর হাতে নগদ", "Cash with field officers")
    OFFICER_RECEIVABLE = Ledger("1210", LedgerClass.ASSET, "কর্মীর কাছে পাওনা", "Receivable from staff")
    GENERAL_SAVINGS = Ledger("2110", LedgerClass.LIABILITY, "সাধারণ সঞ্চয়", "General savings")
    UNALLOCATED_RECEIPTS = Ledger("2210", LedgerClass.LIABILITY, "অবণ্টিত আদায়", "Unallocated receipts")
    UNIDENTIFIED_RECEIPTS = Ledger("2220", LedgerClass.LIABILITY, "অশনাক্ত আদায়", "Unidentified receipts")
    OWN_FUND = Ledger("3110", LedgerClass.FUND, "নিজস্ব তহবিল", "Own fund", floor=None)
    ROUNDING_GAIN = Ledger("4910", LedgerClass.INCOME, "পূর্ণাঙ্কের আয়", "Gain by rounding")
    ROUNDING_LOSS = Ledger("5910", LedgerClass.EXPENSE, "পূর্ণাঙ্কের ব্যয়", "Loss by rounding")


CHART: dict[str, Ledger] = {
    ledger.code: ledger for ledger in vars(Ledgers).values() if isinstance(ledger, Ledger)
}


@dataclass(frozen=True, slots=True)
class OfficeAccount:
    """An account that belongs to an office and is made when first needed.

    Attributes:
        ledger: Under which general ledger it stands.
        office_id: Whose books it is in.
        owner_id: The officer whose cash or debt it is, or the member whose liability it is; None for
            what the office owns as a whole.
    """

    ledger: Ledger
    office_id: str
    owner_id: str | None = None

    @property
    def id(self) -> str:
        """Its id, which follows from what it is: nobody looks it up, nobody makes it twice."""
        return str(uuid5(_OFFICE_ACCOUNTS, f"{self.office_id}:{self.ledger.code}:{self.owner_id or ''}"))
