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
    BANK = Ledger("1130", LedgerClass.ASSET, "ব্যাংকে জমা", "Cash at bank", floor=None)
    MOBILE_MONEY = Ledger("1140", LedgerClass.ASSET, "মোবাইল আর্থিক হিসাব", "Mobile money")
    OFFICER_RECEIVABLE = Ledger("1210", LedgerClass.ASSET, "কর্মীর কাছে পাওনা", "Receivable from staff")
    LOANS = Ledger("1310", LedgerClass.ASSET, "ঋণ স্থিতি", "Loans outstanding")
    IN_TRANSIT = Ledger("1410", LedgerClass.ASSET, "শাখার মধ্যে পথে", "Branches in transit", floor=None)
    GENERAL_SAVINGS = Ledger("2110", LedgerClass.LIABILITY, "সাধারণ সঞ্চয়", "General savings")
    VOLUNTARY_SAVINGS = Ledger("2120", LedgerClass.LIABILITY, "স্বেচ্ছা সঞ্চয়", "Voluntary savings")
    TERM_SAVINGS = Ledger("2130", LedgerClass.LIABILITY, "মেয়াদি মাসিক সঞ্চয়", "Monthly term savings")
    LUMP_SAVINGS = Ledger("2140", LedgerClass.LIABILITY, "এককালীন মেয়াদি আমানত", "Lump deposits")
    UNALLOCATED_RECEIPTS = Ledger("2210", LedgerClass.LIABILITY, "অবণ্টিত আদায়", "Unallocated receipts")
    UNIDENTIFIED_RECEIPTS = Ledger("2220", LedgerClass.LIABILITY, "অশনাক্ত আদায়", "Unidentified receipts")
    NOMINEES_MONEY = Ledger("2260", LedgerClass.LIABILITY, "মনোনীতদের টাকা", "Money of nominees")
    APPLICANTS_MONEY = Ledger("2250", LedgerClass.LIABILITY, "আবেদনকারীর টাকা", "Money of applicants")
    INTEREST_PROVISION = Ledger(
        "2310", LedgerClass.LIABILITY, "সঞ্চয়ের সুদের সঞ্চিতি", "Provision for savings interest", floor=None
    )
    CHARGE_IN_ADVANCE = Ledger("2320", LedgerClass.LIABILITY, "অগ্রিম সার্ভিস চার্জ", "Service charge in advance")
    RISK_FUND = Ledger("2330", LedgerClass.LIABILITY, "ঝুঁকি তহবিল", "Risk fund", floor=None)
    LOAN_LOSS_PROVISION = Ledger("2410", LedgerClass.LIABILITY, "ঋণ ক্ষতি সঞ্চিতি", "Provision for loan loss")
    OWN_FUND = Ledger("3110", LedgerClass.FUND, "নিজস্ব তহবিল", "Own fund", floor=None)
    SERVICE_CHARGE = Ledger("4110", LedgerClass.INCOME, "সার্ভিস চার্জ", "Service charge", floor=None)
    RECOVERED_LOANS = Ledger("4210", LedgerClass.INCOME, "অবলোপিত ঋণ আদায়", "Recovered written-off loans")
    FEES = Ledger("4310", LedgerClass.INCOME, "ফি ও জরিমানা", "Fees and penalties", floor=None)
    INTEREST_EXPENSE = Ledger("5110", LedgerClass.EXPENSE, "সঞ্চয়ের সুদ ব্যয়", "Interest on savings", floor=None)
    LOAN_LOSS_EXPENSE = Ledger("5210", LedgerClass.EXPENSE, "ঋণ ক্ষতি ব্যয়", "Loan loss expense", floor=None)
    ROUNDING_GAIN = Ledger("4910", LedgerClass.INCOME, "পূর্ণাঙ্কের আয়", "Gain by rounding")
    ROUNDING_LOSS = Ledger("5910", LedgerClass.EXPENSE, "পূর্ণাঙ্কের ব্যয়", "Loss by rounding")


CHART: dict[str, Ledger] = {
    ledger.code: ledger for ledger in vars(Ledgers).values() if isinstance(ledger, Ledger)
}


LEDGER_OF_FAMILY: dict[str, Ledger] = {
    "general_savings": Ledgers.GENERAL_SAVINGS,
    "voluntary_savings": Ledgers.VOLUNTARY_SAVINGS,
    "term_savings": Ledgers.TERM_SAVINGS,
    "lump_savings": Ledgers.LUMP_SAVINGS,
}
"""Under which ledger a member's savings account stands, by the word of its family on the wire."""

FAMILY_OF_LEDGER = {ledger.code: family for family, ledger in LEDGER_OF_FAMILY.items()} | {
    Ledgers.LOANS.code: "loan"
}
"""What an account of a member is, as it stands on the wire."""

SAVINGS_LEDGERS = frozenset(ledger.code for ledger in LEDGER_OF_FAMILY.values())


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
