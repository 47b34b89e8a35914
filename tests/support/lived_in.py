"""Two branches that have lived through some weeks, and a diary of all that was done: nothing is read back.

What reports must say is computed from the diary; see `recomputed_reports.py`. There are four business days,
so that a few closings make three weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from contracts.transactions.interest import RUN_INTEREST
from tests.support.agreed import Agreed
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.endings import settle
from tests.support.loans import pay_out, payout, repay, taka
from tests.support.purse import (
    area_manager,
    decide,
    deposit,
    pass_days,
    withdraw,
    work_on_few_days,
)
from transactions.batch.duties import TransactionsBatch
from transactions.models.collection import sheet_rows, sheets
from transactions.models.endings import loan_endings
from transactions.models.ledger import accounts
from transactions.models.transfers import transferred_accounts, transfers

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

FIRST, SECOND, THIRD, FOURTH = MONDAY, date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 10)
"""The business days."""


@dataclass(frozen=True)
class Lent:
    """A loan as it was agreed and paid out."""

    id: str
    code: str
    name: str
    on: date
    agreed: Agreed
    product: str


@dataclass(frozen=True)
class Paid:
    """Money on a loan or a savings account, in paisa; what was taken back is less than nothing."""

    on: date
    whose: str
    amount: int


@dataclass
class Diary:
    """What was done in a branch."""

    members: dict[str, str] = field(default_factory=dict)
    """In which samity each member is."""
    officers: dict[str, Actor] = field(default_factory=dict)
    """The officer of each samity."""
    loans: dict[str, Lent] = field(default_factory=dict)
    repaid: list[Paid] = field(default_factory=list)
    saved: list[Paid] = field(default_factory=list)
    withdrawn: list[Paid] = field(default_factory=list)
    ended: dict[str, tuple[date, str]] = field(default_factory=dict)
    """On which day a loan came to its end, and how."""


@dataclass
class LivedIn:
    """A branch with its diary."""

    branch: Branch
    diary: Diary = field(default_factory=Diary)

    @property
    def second_officer(self) -> Actor:
        return self.branch.person("field_officer", "Officer two")

    def gather(self, samity: str, officer: Actor, *names: str) -> None:
        """Open a samity with members who save."""
        self.branch.open_samity(samity, officer=officer, active=False)
        self.diary.officers[samity] = officer
        for name in names:
            self.branch.admit(name, samity)
            self.branch.open_savings(name)
            self.diary.members[name] = samity

    @property
    def on(self) -> date:
        return date.fromisoformat(self.branch.day()["on"])

    def lend(self, name: str, due: list[date], product: str = "JAG") -> str:
        """Pay 1,000 taka a row out, each with 46 of charge."""
        agreed = Agreed("by_instalment", tuple((on, 1000_00, 46_00) for on in due))
        terms = {"product_code": product}
        command = payout(self.branch, name, agreed, on=self.on.isoformat(), terms=terms)
        pay_out(self.branch, command)
        self.diary.loans[name] = Lent(command["id"], command["code"], name, self.on, agreed, product)
        return str(command["id"])

    def repay(self, name: str, paisa: int) -> dict[str, Any]:
        """Take cash for her loan."""
        self.diary.repaid.append(Paid(self.on, name, paisa))
        return repay(self.branch, self.diary.loans[name].id, taka(paisa))

    def save(self, name: str, paisa: int) -> dict[str, Any]:
        """Take cash for her savings."""
        self.diary.saved.append(Paid(self.on, name, paisa))
        return deposit(self.branch, id_of(f"savings of {name}"), taka(paisa))

    def withdraw(self, name: str, paisa: int) -> None:
        """Pay of her savings."""
        self.diary.withdrawn.append(Paid(self.on, name, paisa))
        withdraw(self.branch, id_of(f"savings of {name}"), taka(paisa))

    def settle(self, name: str, paisa: int) -> None:
        """Let her end her loan for an amount that was reckoned beforehand."""
        asked = settle(self.branch, self.diary.loans[name].id)
        assert asked["terms"]["cash"] == taka(paisa)
        decide(self.branch, self.branch.manager, asked["id"])
        self.diary.repaid.append(Paid(self.on, name, paisa))
        self.diary.ended[name] = self.on, "settled"

    def fall_asleep(self, name: str, since: date) -> None:
        """Let her be taken for dormant."""
        with self.branch.harness.process.database.transaction() as session:
            hers = accounts.c.id == id_of(f"savings of {name}")
            session.execute(update(accounts).where(hers).values(dormant_since=since))

    def take_back(self, of: list[Paid], entry_id: str) -> None:
        """Let the last of some payments be reversed, the same day."""
        self.branch.approve(self.branch.propose_reversal(entry_id, "money_returned"))
        of.append(replace(of[-1], amount=-of[-1].amount))

    def sleep_until(self, on: date) -> None:
        """Close day after day, and let the clock show the new one."""
        pass_days(self.branch, on)


def weekly(first: date, count: int = 4) -> list[date]:
    return [first + timedelta(weeks=week) for week in range(count)]


def live(here: Branch, there: Branch) -> tuple[LivedIn, LivedIn]:
    """Live through the weeks in both branches."""
    home, away = LivedIn(here), LivedIn(there)
    here.post_staff(home.second_officer, "Officer two")
    here.post_staff(area_manager(here), "Area manager")
    home.gather("Jhumka", here.officer, "Rahima", "Salma", "Fatema")
    home.gather("Shapla", home.second_officer, "Amina", "Bilkis")
    away.gather("Kadam", there.officer, "Khadija")
    for one in (home, away):
        one.branch.open_day()
        work_on_few_days(one.branch, date(2027, 1, 15))
    _first_day(home, away)
    for day, live_on in ((SECOND, _second_day), (THIRD, _third_day), (FOURTH, _fourth_day)):
        for one in (home, away):
            one.sleep_until(day)
        live_on(home, away)
    return home, away


def write_down_what_is_rare(home: LivedIn, away: LivedIn) -> None:
    """Write what takes years, a death or a phone; how it gets into the registers is tried elsewhere."""
    loans, at = home.diary.loans, datetime(2026, 12, 10, 8, tzinfo=UTC)
    told = {"office_id": home.branch.id, "value_on": FOURTH, "evidence": "Board 14/2026", "recorded_at": at}
    people = {"maker_id": home.branch.accountant.person_id, "checker_id": home.branch.manager.person_id}
    ending = {"id": new_id(), "on": FOURTH, "rebate": 0, "claim": 0, "died_on": None, **told, **people}
    moved, sheet = new_id(), new_id()
    savings = id_of("savings of Rahima")
    with home.branch.harness.process.database.transaction() as session:
        for table, row in (
            (
                loan_endings,
                {
                    **ending,
                    "loan_id": loans["Fatema"].id,
                    "kind": "written_off",
                    "principal": 700_00,
                    "charge": 0,
                    "claim": 746_00,
                },
            ),
            (
                loan_endings,
                {
                    **ending,
                    "id": new_id(),
                    "loan_id": loans["Amina"].id,
                    "kind": "waived",
                    "principal": 300_00,
                    "charge": 13_00,
                    "died_on": THIRD,
                },
            ),
            (
                transfers,
                {
                    "id": moved,
                    "member_id": id_of("Rahima"),
                    "from_office_id": home.branch.id,
                    "to_office_id": away.branch.id,
                    "from_on": FOURTH,
                    "to_on": FOURTH,
                    "value_on": THIRD,
                    "fingerprint": "1:test",
                    "asked_by": people["maker_id"],
                    "recorded_at": at,
                },
            ),
            (
                transferred_accounts,
                {
                    "new_account_id": new_id(),
                    "transfer_id": moved,
                    "account_id": savings,
                    "amount": 50_00,
                    "provisioned": 0,
                },
            ),
            (
                sheets,
                {
                    "id": sheet,
                    "samity_id": id_of("Jhumka"),
                    "office_id": home.branch.id,
                    "meeting_on": THIRD,
                    "kind": "regular",
                    "status": "submitted",
                    "issued_at": at,
                },
            ),
            (
                sheet_rows,
                {
                    "row_id": new_id(),
                    "sheet_id": sheet,
                    "version": 1,
                    "member_id": id_of("Rahima"),
                    "account_id": savings,
                    "attendance": "present",
                    "amount": 40_00,
                    "paid_by": "self",
                    "second_payment": False,
                    "recorded_at": at,
                    "state": "pending",
                    "received_at": at,
                },
            ),
        ):
            session.execute(insert(table).values(**row))


def run_interest(branch: Branch) -> None:
    """Put November's interest aside."""
    request = {"id": new_id(), "office_id": branch.id, "kind": "provision", "month": "2026-11-01"}
    branch.ask(RUN_INTEREST, branch.accountant, **request)
    branch.harness.take_steps("run_interest", by=TransactionsBatch)


def _first_day(home: LivedIn, away: LivedIn) -> None:
    home.save("Fatema", 30_000_00)
    away.save("Khadija", 9_000_00)
    home.lend("Rahima", weekly(SECOND))
    home.lend("Salma", weekly(THIRD))
    home.lend("Amina", weekly(FOURTH), "SUF")
    home.lend("Fatema", [THIRD])
    away.lend("Khadija", weekly(SECOND))


def _second_day(home: LivedIn, away: LivedIn) -> None:
    home.repay("Rahima", 1046_00)
    home.repay("Salma", 500_00)
    home.save("Rahima", 50_00)
    home.withdraw("Fatema", 500_00)
    away.repay("Khadija", 400_00)


def _third_day(home: LivedIn, away: LivedIn) -> None:
    home.repay("Salma", 600_00)
    home.repay("Fatema", 1046_00)
    home.diary.ended["Fatema"] = THIRD, "repaid"
    home.lend("Bilkis", weekly(FOURTH, 2), "SUF")
    taken = home.save("Amina", 70_00)
    home.take_back(home.diary.saved, taken["entry_id"])
    away.save("Khadija", 10_00)


def _fourth_day(home: LivedIn, away: LivedIn) -> None:
    home.repay("Rahima", 700_00)
    home.repay("Amina", 2000_00)
    taken = home.repay("Bilkis", 300_00)
    home.take_back(home.diary.repaid, taken["entry_id"])
    home.save("Bilkis", 25_00)
    home.settle("Bilkis", 2046_00)  # the second instalment's charge of 46 is not earned yet
    home.fall_asleep("Amina", THIRD)
    run_interest(home.branch)
    write_down_what_is_rare(home, away)
