"""The chart of accounts as data: five classes, a tree of ledgers, and those that the program itself uses.

Every savings account, every officer's cash and every vault is a ledger account under one of these. The
chart is shipped in `chart.json`; head office may add ledgers (`Chart.with_added`), never change one. Pure.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from importlib.resources import files
from typing import Any, Self
from uuid import UUID, uuid5

from contracts.transactions.chart_words import Cash

_OFFICE_ACCOUNTS = UUID("6d1a1f0e-3c57-5f0b-9a44-0d6a1c9b7e11")


class Side(StrEnum):
    """The two sides of a ledger account."""

    DEBIT = "debit"
    CREDIT = "credit"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


class Flow(StrEnum):
    """For what cash came and went: the parts of a cash flow statement.

    What members save and owe is a financial institution's daily work (IAS 7.15); what offices send each
    other comes to nothing once it has arrived.
    """

    OPERATING = "operating"
    INVESTING = "investing"
    FINANCING = "financing"
    BETWEEN = "between"


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

    @classmethod
    def of_code(cls, code: str) -> Self:
        """Return the class of a ledger: its code begins with it.

        Raises:
            ValueError: no class begins so.
        """
        for one in cls:
            if one.digit == code[:1]:
                return one
        raise ValueError(f"{code} is in none of the five classes")

    @property
    def is_result(self) -> bool:
        """Whether it tells a year's result, and is closed to the fund at the year's end."""
        return self in {LedgerClass.INCOME, LedgerClass.EXPENSE}


@dataclass(frozen=True, slots=True)
class Ledger:
    """One general ledger: a node of the chart.

    Attributes:
        code: Four digits, the first of which is the class.
        floor: What an account under it may never fall below, in paisa; None where it may stand on
            either side.
        parent: The code of the node above; None for the head of a class.
        is_group: It only sums up what is below it; nothing is posted on it.
        is_control: Its balance is made of accounts that their own deeds move (her savings, an officer's
            cash): no voucher written by hand posts on it.
        cash: Set where it holds money.
        flow: For what the cash of it and of all below it came and went, where the chart says so.
    """

    code: str
    ledger_class: LedgerClass
    name_bn: str
    name_en: str
    floor: int | None = 0
    parent: str | None = None
    is_group: bool = False
    is_control: bool = False
    cash: Cash | None = None
    flow: Flow | None = None

    @property
    def stem(self) -> str:
        """With what the codes below it begin: `41` for 4100, `411` for 4110."""
        return self.code.rstrip("0")


def ledger_of(row: Mapping[str, Any]) -> Ledger:
    """Return the ledger that a row of the chart's data says."""
    return Ledger(
        code=row["code"],
        ledger_class=LedgerClass.of_code(row["code"]),
        name_bn=row["name_bn"],
        name_en=row["name_en"],
        floor=row.get("floor"),
        parent=row["parent"],
        is_group=row.get("group", False),
        is_control=row.get("control", False),
        cash=Cash(row["cash"]) if "cash" in row else None,
        flow=Flow(row["flow"]) if "flow" in row else None,
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """A tree of ledgers, by code.

    Attributes:
        ledgers: Every node, groups among them, in the order of the codes.
    """

    ledgers: Mapping[str, Ledger]

    @classmethod
    def of(cls, ledgers: Iterable[Ledger]) -> Self:
        """Return the chart of some ledgers.

        Raises:
            ValueError: a code stands twice, or a ledger has none above it of its class and stem.
        """
        by_code = sorted(ledgers, key=lambda one: one.code)
        chart = cls({ledger.code: ledger for ledger in by_code})
        if len(chart.ledgers) < len(by_code):
            raise ValueError("a code stands twice")
        for ledger in chart:
            above = chart.get(ledger.parent or "")
            if ledger.parent is None and ledger.code != f"{ledger.ledger_class.digit}000":
                raise ValueError(f"{ledger.code} has nothing above it")
            if ledger.parent is not None and (above is None or not ledger.code.startswith(above.stem)):
                raise ValueError(f"{ledger.code} does not stand below {ledger.parent}")
        return chart

    def __iter__(self) -> Iterator[Ledger]:
        return iter(self.ledgers.values())

    def __getitem__(self, code: str) -> Ledger:
        return self.ledgers[code]

    def get(self, code: str) -> Ledger | None:
        """Return a ledger; None where there is none of that code."""
        return self.ledgers.get(code)

    def with_added(self, ledgers: Iterable[Ledger]) -> Self:
        """Return the chart with what head office has added."""
        return type(self).of((*self, *ledgers))

    def above(self, code: str) -> tuple[Ledger, ...]:
        """Return a ledger and all nodes above it, from itself up to the head of its class."""
        path: list[Ledger] = []
        at: str | None = code
        while at is not None:
            path.append(self[at])
            at = self[at].parent
        return tuple(path)

    def flow_of(self, code: str) -> Flow:
        """Return for what the cash of a ledger came and went: what the nearest node says, or daily work."""
        return next((node.flow for node in self.above(code) if node.flow), Flow.OPERATING)

    def below(self, code: str) -> tuple[Ledger, ...]:
        """Return a ledger and everything below it, by code."""
        return tuple(ledger for ledger in self if any(node.code == code for node in self.above(ledger.code)))


SHIPPED = Chart.of(
    ledger_of(row)
    for row in json.loads(files("transactions.domain").joinpath("chart.json").read_text("utf-8"))
)
"""The default chart of a microfinance institution, as it is delivered."""


class Ledgers:
    """The ledgers that the program posts on. A code keeps its meaning for ever: books outlive programs."""

    VAULT = SHIPPED["1110"]
    OFFICER_CASH = SHIPPED["1120"]
    BANK = SHIPPED["1130"]
    MOBILE_MONEY = SHIPPED["1140"]
    OFFICER_RECEIVABLE = SHIPPED["1210"]
    LOANS = SHIPPED["1310"]
    IN_TRANSIT = SHIPPED["1410"]
    GENERAL_SAVINGS = SHIPPED["2110"]
    VOLUNTARY_SAVINGS = SHIPPED["2120"]
    TERM_SAVINGS = SHIPPED["2130"]
    LUMP_SAVINGS = SHIPPED["2140"]
    UNALLOCATED_RECEIPTS = SHIPPED["2210"]
    UNIDENTIFIED_RECEIPTS = SHIPPED["2220"]
    MOBILE_SUSPENSE = SHIPPED["2230"]
    NOMINEES_MONEY = SHIPPED["2260"]
    APPLICANTS_MONEY = SHIPPED["2250"]
    INTEREST_PROVISION = SHIPPED["2310"]
    CHARGE_IN_ADVANCE = SHIPPED["2320"]
    RISK_FUND = SHIPPED["2330"]
    LOAN_LOSS_PROVISION = SHIPPED["2410"]
    OPENING_SUSPENSE = SHIPPED["2810"]
    OWN_FUND = SHIPPED["3110"]
    SERVICE_CHARGE = SHIPPED["4110"]
    RECOVERED_LOANS = SHIPPED["4210"]
    FEES = SHIPPED["4310"]
    INTEREST_EXPENSE = SHIPPED["5110"]
    LOAN_LOSS_EXPENSE = SHIPPED["5210"]
    SUNDRY_INCOME = SHIPPED["4520"]
    ROUNDING_GAIN = SHIPPED["4910"]
    ROUNDING_LOSS = SHIPPED["5910"]


CHART: Mapping[str, Ledger] = SHIPPED.ledgers
"""The shipped ledgers by code; what head office added is in `Books.chart`."""


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
