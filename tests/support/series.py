"""A branch for series of deeds, and the reference that says what each of them must have done.

The reference is small and asks nothing of the product: what members hold, what is pending and promised, what
is paid of each loan, and what lies in the vault, all in whole taka.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from contracts.actor import Actor
from contracts.permissions import Role
from contracts.transactions.collection import CHECK_SHEET, ISSUE_SPECIAL_SHEET
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    GET_DAY,
    POST_DEPOSIT,
    RECORD_VAULT_COUNT,
)
from contracts.transactions.ledger_errors import InsufficientFunds
from contracts.transactions.lending import PAY_OUT_LOAN
from tests.support.agreed import Agreed, declining
from tests.support.carrying import allow, bring_back, count_out, take
from tests.support.field import Branch, Phone, Saver, again, new_id, notes
from tests.support.loans import SNAPSHOT, rows_of
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg2.extensions import connection

    from chassis.testing import ServiceHarness
    from transactions.service import TransactionsService

SAVERS = 3
AREA = "/HO/A01/"
ENTRIES = sa.text("SELECT row_id, entry_id FROM postings WHERE row_id = ANY(CAST(:rows AS uuid[]))")
ACCOUNTS = """
    SELECT id::text, ledger, owner_id::text, balance, pending_in, pending_out, member_id IS NOT NULL
    FROM accounts WHERE office_id = %s
"""
FEES = {"4310", "2330"}
"""Where fees stand, and premiums."""


@dataclass(frozen=True)
class Stands:
    """What the tables of a branch say, in paisa.

    Attributes:
        accounts: Balance, pending in and pending out of each account of a member.
        charges: What was paid of the service charge of each loan.
        fees: What was paid of fees and premiums.
    """

    vault: int
    fees: int
    accounts: dict[str, tuple[int, int, int]]
    charges: dict[str, int]


def books_of(book: connection, office_id: str) -> Stands:
    """Read the accounts of a branch, past the product."""
    with book.cursor() as cursor:
        cursor.execute(ACCOUNTS, (office_id,))
        rows = cursor.fetchall()
    hers = {row[0]: row[3:6] for row in rows if row[6]}
    charges = {row[2]: row[3] for row in rows if row[1] == "4110" and row[2]}
    vault, fees = (sum(row[3] for row in rows if row[1] in ledgers) for ledgers in ({"1110"}, FEES))
    return Stands(vault, fees, hers, charges)


@dataclass
class Loan:
    """A loan as it was agreed, and what of it was paid."""

    id: str
    agreed: Agreed
    paid: int = 0
    in_order: bool = True
    """Whether no payment but the last was ever undone: then rule L1 says what of all is principal."""

    @property
    def whole(self) -> int:
        return (self.agreed.principal + self.agreed.charge) // 100


@dataclass
class Member:
    """What the reference knows of a member."""

    saver: Saver
    held: int = 0
    promised: int = 0
    pending: int = 0
    loan: Loan | None = None
    loan_pending: int = 0

    @property
    def free(self) -> int:
        """What she may take out."""
        return self.held - self.promised

    @property
    def owes(self) -> int:
        """What of her loan is neither paid nor on its way."""
        return self.loan.whole - self.loan.paid - self.loan_pending if self.loan else 0


@dataclass
class Row:
    """Money that was posted for a member in a row of its own."""

    entry_id: str
    row_id: str
    whose: int
    taka: int
    on: date
    loan: Loan | None = None
    fee: str | None = None
    undone: bool = False


@dataclass(frozen=True)
class Promise:
    """A withdrawal that was agreed to, for the counter or for her samity."""

    id: str
    whose: int
    taka: int
    on: date
    in_field: bool = False


@dataclass
class Said:
    """What a sheet says in one row: whose it is, for what, and how much.

    Attributes:
        promise: The withdrawal that was paid to her, or, with nothing, was not.
    """

    whose: int
    taka: int
    loan: Loan | None = None
    fee: str | None = None
    promise: Promise | None = None
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """What the officer has more by it."""
        return -self.taka if self.promise else self.taka


@dataclass
class Sheet:
    """A sheet that was submitted, with the float that its officer took along."""

    id: str
    phone: Phone
    rows: dict[str, Said]
    float_taka: int
    returned: set[str] = field(default_factory=set)

    @property
    def taka(self) -> int:
        """The cash that comes with it."""
        return self.float_taka + sum(said.received for said in self.rows.values())


class Desk:
    """A branch with its people, an open day, and three members who save."""

    def __init__(self, harness: ServiceHarness[TransactionsService], serial: int) -> None:
        self.harness = harness
        self.branch = Branch(harness, path=f"{AREA}B{serial:04d}/")
        self.samity = self.branch.open_samity(code=f"{serial:05d}", active=False)
        savers = [self.branch.admit(self.samity, serial * 10 + number) for number in range(SAVERS)]
        self.branch.open_day()
        self.on = self.branch.on
        allow(self.branch)
        self.count_vault("opening", 0)
        self.phone = self.branch.phone()
        self.area_id = new_id()
        self.members = [Member(saver) for saver in savers]

    @property
    def area(self) -> Actor:
        return Actor(
            person_id=self.area_id,
            kind="staff",
            role=Role.AREA_MANAGER.value,
            office_id=self.branch.office_id,
            office_path=AREA,
            session_id=new_id(),
        )

    def ask(self, method: Any, actor: Actor, **payload: Any) -> dict[str, Any]:
        return self.branch.ask(method, payload, actor)

    def deposit(self, whose: int, taka: int, entry_id: str) -> dict[str, Any]:
        return self.ask(
            POST_DEPOSIT,
            self.branch.accountant,
            entry_id=entry_id,
            account_id=self.members[whose].saver.account_id,
            amount=f"{taka}.00",
            paid_by="self",
        )

    def disburse(self, whose: int, taka: int, instalments: int) -> Loan:
        """Pay out a loan of today over some weeks, as it is computed here and not by the product."""
        loan = Loan(new_id(), declining(self.on, taka, instalments))
        self.ask(
            PAY_OUT_LOAN,
            self.branch.accountant,
            id=loan.id,
            member_id=self.members[whose].saver.id,
            office_id=self.branch.office_id,
            code=f"JAG.{loan.id[:13]}",
            on=self.on.isoformat(),
            principal=f"{taka}.00",
            how="cash",
            evidence={"mark": "thumb", "witness_id": self.branch.officer.person_id},
            approved_by=self.branch.manager.person_id,
            terms={**SNAPSHOT, "split": loan.agreed.split},
            rows=rows_of(loan.agreed),
        )
        return loan

    def collect(self, said: Iterable[Said]) -> Sheet:
        """Submit a special sheet; what it says of withdrawals is paid from a float, if the vault has it.

        Raises:
            InsufficientFunds: it has not; the float was withdrawn and nothing submitted.
        """
        self.harness.watch.advance(timedelta(seconds=1))
        phone, sheet_id = self.phone, new_id()
        self.ask(ISSUE_SPECIAL_SHEET, phone.actor, id=sheet_id, samity_id=self.samity, on=self.on.isoformat())
        phone.hold(sheet_id)
        all_said = tuple(said)
        carried = [one.promise for one in all_said if one.promise]
        if carried:
            self.carry(sheet_id, carried)
        rows = {}
        for one in all_said:
            one.row = self.row_of(phone, one, second=any(one.whose == other.whose for other in rows.values()))
            rows[one.row["row_id"]] = one
        phone.submit(sheet_id, [one.row for one in rows.values()])
        return Sheet(sheet_id, phone, rows, sum(promise.taka for promise in carried))

    def carry(self, sheet_id: str, promises: list[Promise]) -> None:
        """Take a float for some withdrawals."""
        float_id = count_out(self.branch, sheet_id, *(promise.id for promise in promises))
        try:
            take(self.phone, float_id)
        except InsufficientFunds:
            bring_back(self.branch, float_id)
            raise

    def row_of(self, phone: Phone, said: Said, *, second: bool) -> dict[str, Any]:
        """Return the row that says so; a second withdrawal of hers is said to be one (rule M4)."""
        saver = self.members[said.whose].saver
        if said.promise:
            more = {"second_payment": second}
            if said.taka:
                return phone.payout(saver, said.promise.id, said.taka, **more)
            return phone.unpaid(saver, said.promise.id, **more)
        if said.fee:
            return phone.fee(saver, said.fee, said.taka)
        return phone.paid(saver, said.taka, account_id=said.loan.id if said.loan else saver.account_id)

    def send_again(self, sheet: Sheet, said: Said, taka: int) -> None:
        """Submit a returned row with another amount; a withdrawal is paid whole or not at all."""
        money = {"amount": f"{taka}.00", "change_reason": "wrote it wrong"}
        if said.promise and taka:
            slip = sheet.phone.payout(self.members[said.whose].saver, said.promise.id, taka)
            names = ("amount", "receipt_number", "attendance", "mark", "nothing_received")
            money = {name: slip[name] for name in names}
        elif said.promise:
            none = {"amount": None, "receipt_number": None, "mark": None, "nothing_received": "absent"}
            money = none | {"change_reason": "it was not paid"}
        said.row = again(said.row, **money)
        sheet.phone.submit(sheet.id, [said.row])

    def authorise(self, sheet: Sheet) -> dict[str, str]:
        """Hand a sheet over, count its cash, post it and check it; returns the entry of each row."""
        self.harness.watch.advance(timedelta(seconds=1))
        handover_id = sheet.phone.hand_over([sheet.id], sheet.taka)["id"]
        self.branch.authorise(handover_id, self.branch.count(handover_id, sheet.taka))
        self.ask(CHECK_SHEET, self.branch.manager, sheet_id=sheet.id)
        with self.harness.process.database.transaction() as session:
            found = session.execute(ENTRIES, {"rows": list(sheet.rows)})
            return {str(row.row_id): str(row.entry_id) for row in found}

    def close_day(self, vault: int) -> None:
        """Count, close and count again on the day that follows."""
        self.count_vault("closing", vault)
        self.ask_to_close()
        self.harness.take_steps("close_day", by=TransactionsBatch)
        day = self.ask(GET_DAY, self.branch.manager, office_id=self.branch.office_id)
        self.on = date.fromisoformat(day["on"])
        self.count_vault("opening", vault)

    def ask_to_close(self) -> None:
        self.ask(CLOSE_DAY, self.branch.manager, office_id=self.branch.office_id, on=self.on.isoformat())

    def count_vault(self, moment: str, taka: int) -> None:
        self.harness.watch.advance(timedelta(seconds=1))
        count_id = new_id()
        self.ask(
            RECORD_VAULT_COUNT,
            self.branch.accountant,
            id=count_id,
            office_id=self.branch.office_id,
            on=self.on.isoformat(),
            moment=moment,
            denominations=notes(taka),
        )
        self.ask(CONFIRM_VAULT_COUNT, self.branch.manager, id=count_id, book_difference=False)
