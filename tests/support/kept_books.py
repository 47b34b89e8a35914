"""Books of two branches and their head office over some days, with deeds of every kind, by a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from contracts.actor import Actor
from contracts.money import Paisa
from tests.support.branch import MONDAY, Branch, id_of, new_id
from transactions.domain.chart import CHART, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = tuple[str, Side, int]
DEEDS: tuple[tuple[EntryKind, tuple[tuple[str, str, int], ...]], ...] = (
    (EntryKind.DEPOSIT, (("1110", "2110", 100),)),
    (EntryKind.DEPOSIT, (("1110", "2130", 50),)),
    (EntryKind.COLLECTION, (("1120", "2110", 20), ("1120", "1310", 200), ("1120", "4110", 42))),
    (EntryKind.HAND_OVER, (("1110", "1120", 90),)),
    (EntryKind.WITHDRAWAL, (("2110", "1110", 10),)),
    (EntryKind.DISBURSEMENT, (("1310", "1110", 500),)),
    (EntryKind.FEE, (("1110", "4310", 5),)),
    (EntryKind.INTEREST_PROVISION, (("5110", "2310", 7),)),
    (EntryKind.LOAN_LOSS, (("5210", "2410", 9),)),
    (EntryKind.HAND_OVER, (("1130", "1110", 300),)),
    (EntryKind.SETTLEMENT, (("1110", "1310", 59), ("5910", "1310", 1))),
    (EntryKind.SAVINGS_TO_LOAN, (("2110", "1310", 8),)),
    (EntryKind.RECOVERY, (("1140", "4210", 3),)),
)
"""A kind of entry, and which ledger it debits against which, times how much."""


@dataclass
class KeptBooks:
    """The books, and the instants at which each day of a branch began to be closed."""

    branches: tuple[Branch, Branch]
    random: Random = field(default_factory=lambda: Random(20260701))
    instants: list[datetime] = field(default_factory=list)

    def post(
        self, branch: Branch, kind: EntryKind, lines: Sequence[Line], value_on: date | None = None
    ) -> str:
        """Post an entry on the open day of a branch."""
        entry_id = new_id()
        with branch.harness.service().books() as books:
            wanted = [OfficeAccount(CHART[code], branch.id) for code, _, _ in lines]
            books.ledger.ensure(wanted)
            day = books.days.hold_open(branch.id)
            postings = tuple(
                Posting(account.id, side, Paisa(amount))
                for account, (_, side, amount) in zip(wanted, lines, strict=True)
            )
            entry = Entry(
                id=entry_id,
                office_id=branch.id,
                kind=kind,
                business_on=day.on,
                value_on=value_on or day.on,
                postings=postings,
                maker_id=branch.accountant.person_id,
                checker_id=branch.manager.person_id,
                officer_id=branch.officer.person_id if kind is EntryKind.COLLECTION else None,
            )
            books.ledger.post([entry])
        branch.harness.watch.advance(timedelta(seconds=1))
        return entry_id

    def found(self, branch: Branch, amount: int) -> None:
        """Bring money so that nothing runs dry: of the fund, of savers, and what is lent already."""
        for code in ("3110", "2110"):
            self.post(branch, EntryKind.DEPOSIT, [("1110", Side.DEBIT, amount), (code, Side.CREDIT, amount)])
        self.post(
            branch, EntryKind.TRANSFER_IN, [("1310", Side.DEBIT, amount), ("1410", Side.CREDIT, amount)]
        )

    def live(self, branch: Branch, deeds: int) -> None:
        """Do some deeds of any kind."""
        for kind, moves in self.random.sample(DEEDS, deeds):
            unit = self.random.randint(1, 9) * 100
            lines = []
            for debited, credited, times in moves:
                lines.append((debited, Side.DEBIT, times * unit))
                lines.append((credited, Side.CREDIT, times * unit))
            if moves[0] != ("1110", "1120", 90) or self.holds(branch, "1120") >= 90 * unit:
                self.post(branch, kind, lines)

    def send(self, amount: int) -> None:
        """Move savings from the first branch's book to the second's, both legs (rule L6)."""
        here, there = self.branches
        self.post(here, EntryKind.TRANSFER_OUT, [("2110", Side.DEBIT, amount), ("1410", Side.CREDIT, amount)])
        self.post(there, EntryKind.TRANSFER_IN, [("1410", Side.DEBIT, amount), ("2110", Side.CREDIT, amount)])

    def close(self, branch: Branch) -> None:
        """Close the open day, when all is in the vault and counted."""
        self.tidy_up(branch)
        branch.close_day()

    def tidy_up(self, branch: Branch) -> None:
        """Bring what officers hold to the vault, and count it to the taka."""
        if left := self.holds(branch, "1120"):
            moved = (("1110", Side.DEBIT, left), ("1120", Side.CREDIT, left))
            self.post(branch, EntryKind.HAND_OVER, moved)
        held = int(branch.day()["vault"].split(".")[0])
        branch.count_vault("closing", {"1": held})

    def holds(self, branch: Branch, code: str) -> int:
        """Return what stands on an office's account, in paisa."""
        with branch.harness.service().books() as books:
            return int(books.ledger.balance(OfficeAccount(CHART[code], branch.id)))


def keep_books(branches: tuple[Branch, Branch]) -> KeptBooks:
    """Three days of two branches: the first has closed two of them and a year, the second one of them."""
    kept = KeptBooks(branches)
    for branch in branches:
        branch.open_samity(f"Samity of {branch.code}", active=False)
        branch.open_day(MONDAY)
        kept.found(branch, 3_000_000)
        kept.live(branch, 9)
    kept.instants.append(branches[0].harness.watch.now())
    kept.send(70_000)
    for branch in branches:
        kept.close(branch)
        kept.live(branch, 9)
    here = branches[0]
    kept.post(here, EntryKind.YEAR_CLOSING, [("4110", Side.DEBIT, 40_00), ("3110", Side.CREDIT, 40_00)])
    kept.post(here, EntryKind.YEAR_CLOSING, [("3110", Side.DEBIT, 10_00), ("5110", Side.CREDIT, 10_00)])
    kept.close(here)
    kept.live(here, 9)
    return kept


def head_office() -> Actor:
    """Return an auditor of the whole institution."""
    return Actor(
        person_id=id_of("HO auditor"),
        kind="staff",
        role="auditor",
        office_id=id_of("HO"),
        office_path="/HO/",
        session_id=id_of("session of the auditor"),
        device_id=id_of("phone of the auditor"),
    )
