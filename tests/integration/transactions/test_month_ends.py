"""A month ends in one order, for a branch or all below an office, killed anywhere: the same result (M15)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, IdConflict, NotFound
from contracts.transactions.ledger import DECIDE_APPROVAL
from contracts.transactions.month_errors import MonthClosed, MonthNotReady, NoBranchWorked, NothingInTransit
from contracts.transactions.months import (
    CLOSE_MONTH,
    GET_MONTH_END,
    LIST_MONTH_ENDS,
    PROPOSE_MONTH_SIGNATURE,
)
from tests.support.branch import MONDAY, Branch, id_of, new_id
from tests.support.memory import remembered
from tests.support.purse import area_manager, deposit, pass_days, work_on_few_days
from transactions.batch.duties import TransactionsBatch
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.models.classes import class_runs
from transactions.models.collection import unallocated_receipts
from transactions.models.interest import interest_runs
from transactions.models.months import month_ends as table
from transactions.operations import month_ends
from transactions.verify import faults_in

pytestmark = [
    pytest.mark.rule("M15"),
    pytest.mark.spoils_the_books("UNALLOCATED_IS_NOT_THE_RECEIPTS", "PROVISION_IS_NOT_THE_ACCRUALS"),
]
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
NEXT = date(2026, 12, 1)
STAGES = ["asked", "ready", "provided", "credited", "classed", "summed", "closed"]


def prepared(here: Branch) -> Branch:
    """A branch that works on few days, with three savers whose samity does not meet."""
    here.open_samity(f"Jhumka{here.code}", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(f"{name}{here.code}", f"Jhumka{here.code}")
        here.open_savings(f"{name}{here.code}")
    here.open_day()
    work_on_few_days(here, date(2027, 3, 1))
    for number, name in enumerate(("Rahima", "Salma", "Fatema"), start=1):
        deposit(here, id_of(f"savings of {name}{here.code}"), f"{number}000.00")
    return here


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    here = prepared(branches[0])
    here.post_staff(area_manager(here), "Area manager")
    return here


def close(branch: Branch, month: date = NOVEMBER, *, office: str | None = None, by: Any = None) -> Any:
    asked = {"office_id": office or branch.id, "month": month.isoformat()}
    return branch.ask(CLOSE_MONTH, by or branch.manager, **asked)


def carry_out(branch: Branch) -> None:
    branch.harness.take_steps("close_month", by=TransactionsBatch)


def state(branch: Branch, month: date = NOVEMBER) -> dict[str, Any]:
    return branch.ask(GET_MONTH_END, branch.accountant, office_id=branch.id, month=month.isoformat())


def codes(branch: Branch, month: date = NOVEMBER) -> list[str]:
    return [item["code"] for item in state(branch, month)["checklist"]]


def go_on(branch: Branch, month_end: str, *, cut: bool = False) -> bool:
    with branch.harness.service().books() as books:
        more = month_ends.advance(books, month_end)
        if cut:
            raise PowerCut
    return more


def leave_money_without_an_account(branch: Branch, value_on: date, taka: int = 50) -> str:
    """Money of Rahima's that nobody has allocated yet (rule M5)."""
    row_id = new_id()
    row = {
        "row_id": row_id,
        "member_id": id_of(f"Rahima{branch.code}"),
        "office_id": branch.id,
        "amount": taka * 100,
        "code": "ACCOUNT_CLOSED",
        "value_on": value_on,
        "state": "open",
    }
    with branch.harness.process.database.transaction() as session:
        session.execute(sa.insert(unallocated_receipts).values(row))
    return row_id


class TestTheOrder:
    def test_waits_for_the_months_last_working_day(self, branch: Branch) -> None:
        with pytest.raises(MonthNotReady) as refusal:
            close(branch)

        items = refusal.value.facts["items"]
        assert items == [{"code": "DAY_NOT_CLOSED", "facts": {"on": MONDAY.isoformat()}}]
        assert (state(branch)["state"], codes(branch)) == ("open", ["DAY_NOT_CLOSED"])

    def test_puts_interest_aside_classes_loans_and_closes(self, branch: Branch) -> None:
        pass_days(branch, NEXT)

        taken = close(branch)
        carry_out(branch)

        assert (taken["branches"], taken["running"], taken["closed"]) == (1, 1, 0)
        ended = state(branch)
        assert (ended["state"], ended["stage"], ended["done"], ended["stages"]) == ("closed", "closed", 6, 6)
        assert ended["checklist"] == []
        # 6,000 taka from the 23rd to the 30th, eight days at 6 % of 365, an account at a time (domain 3):
        # 1.32 + 2.63 + 3.95.
        assert branch.trial_balance()["2310"] == ("0.00", "7.90")

    def test_credits_interest_in_december(self, branch: Branch) -> None:
        for month, until in ((NOVEMBER, NEXT), (DECEMBER, date(2027, 1, 1))):
            pass_days(branch, until)
            close(branch, month)
            carry_out(branch)

        balances = branch.trial_balance()
        assert balances["2310"] == ("0.00", "0.00")
        # 6,000 taka for the eight days of November and all of December: 39 days, 6.41 + 12.82 + 19.23.
        assert balances["5110"] == ("38.46", "0.00")

    def test_goes_month_by_month(self, branch: Branch) -> None:
        pass_days(branch, date(2027, 1, 1))

        with pytest.raises(MonthNotReady) as refusal:
            close(branch, DECEMBER)

        assert refusal.value.facts["items"] == [
            {"code": "MONTH_BEFORE_NOT_CLOSED", "facts": {"month": "2026-11"}}
        ]

    @pytest.mark.rule("M5")
    def test_waits_for_money_without_an_account(self, branch: Branch) -> None:
        row_id = leave_money_without_an_account(branch, MONDAY)
        leave_money_without_an_account(branch, DECEMBER)
        pass_days(branch, NEXT)

        with pytest.raises(MonthNotReady) as refusal:
            close(branch)

        (item,) = refusal.value.facts["items"]
        assert (item["code"], item["facts"]["row_id"], item["facts"]["amount"]) == (
            "RECEIPT_NOT_ALLOCATED",
            row_id,
            "50.00",
        )

    def test_of_a_branch_without_days_is_refused(self, branch: Branch) -> None:
        with pytest.raises(NoBranchWorked):
            close(branch, date(2026, 10, 1))
        with pytest.raises(NotFound):
            state(branch, date(2026, 10, 1))

    @pytest.mark.rule("M2")
    def test_nothing_is_valued_into_a_closed_month_but_what_the_rule_lets_in(self, branch: Branch) -> None:
        pass_days(branch, NEXT)
        close(branch)
        carry_out(branch)
        expense, aside = (
            OfficeAccount(ledger, branch.id)
            for ledger in (Ledgers.INTEREST_EXPENSE, Ledgers.INTEREST_PROVISION)
        )

        def post(kind: EntryKind, value_on: date) -> None:
            lines = (Posting(expense.id, Side.DEBIT, 100), Posting(aside.id, Side.CREDIT, 100))
            entry = Entry(
                id=new_id(),
                office_id=branch.id,
                kind=kind,
                business_on=NEXT,
                value_on=value_on,
                maker_id=branch.accountant.person_id,
                postings=lines,
            )
            with branch.harness.service().books() as books:
                books.days.hold_open(branch.id)
                books.ledger.post([entry])

        with pytest.raises(MonthClosed) as refusal:
            post(EntryKind.LOAN_LOSS, date(2026, 11, 30))
        post(EntryKind.CORRECTION, date(2026, 11, 30))
        post(EntryKind.MOBILE_MONEY, date(2026, 11, 30))

        assert refusal.value.facts == {"month": "2026-11"}


class TestTheAreasSignature:
    def propose(self, branch: Branch, request_id: str | None = None, **more: Any) -> dict[str, Any]:
        asked = {"id": request_id or new_id(), "office_id": branch.id, "month": NOVEMBER.isoformat()}
        return branch.ask(
            PROPOSE_MONTH_SIGNATURE, branch.manager, **asked, **{"reason": "she is away", **more}
        )

    def test_lets_the_month_close_and_is_disclosed(self, branch: Branch) -> None:
        leave_money_without_an_account(branch, MONDAY, 50)
        leave_money_without_an_account(branch, MONDAY, 20)
        pass_days(branch, NEXT)
        asked = self.propose(branch)

        branch.ask(DECIDE_APPROVAL, area_manager(branch), id=asked["id"], approve=True)
        close(branch)
        carry_out(branch)

        assert (state(branch)["state"], state(branch)["in_transit"]) == ("closed", "70.00")

    def test_is_for_what_was_there_when_it_was_asked_for(self, branch: Branch) -> None:
        leave_money_without_an_account(branch, MONDAY)
        pass_days(branch, NEXT)
        asked = self.propose(branch)
        branch.ask(DECIDE_APPROVAL, area_manager(branch), id=asked["id"], approve=True)

        leave_money_without_an_account(branch, MONDAY)

        assert codes(branch) == ["RECEIPT_NOT_ALLOCATED"]

    def test_is_not_the_branchs_own(self, branch: Branch) -> None:
        leave_money_without_an_account(branch, MONDAY)
        asked = self.propose(branch)

        with pytest.raises(Forbidden):
            branch.ask(
                DECIDE_APPROVAL, branch.person("branch_manager", "Deputy"), id=asked["id"], approve=True
            )

    def test_is_for_something(self, branch: Branch) -> None:
        with pytest.raises(NothingInTransit):
            self.propose(branch)

    def test_is_asked_for_once(self, branch: Branch) -> None:
        leave_money_without_an_account(branch, MONDAY)
        request_id = new_id()

        assert self.propose(branch, request_id) == self.propose(branch, request_id)
        with pytest.raises(IdConflict):
            self.propose(branch, request_id, reason="another reason")


class PowerCut(Exception):
    """What a test raises where the lights go out."""


class TestResumed:
    def test_goes_on_after_a_crash_between_any_two_pieces(self, branch: Branch) -> None:
        pass_days(branch, NEXT)
        close(branch)
        month_end = self._id(branch)

        seen, more = [state(branch)["stage"]], True
        while more:
            with pytest.raises(PowerCut):
                go_on(branch, month_end, cut=True)
            more = go_on(branch, month_end)
            seen.append(state(branch)["stage"])

        assert [stage for stage in STAGES if stage in seen] == STAGES
        assert seen == sorted(seen, key=STAGES.index)
        assert not go_on(branch, month_end)
        assert branch.trial_balance()["2310"] == ("0.00", "7.90")
        assert faults_in(branch.harness.process) == ()

    def test_by_two_processes_and_asked_for_twice_does_everything_once(self, branch: Branch) -> None:
        pass_days(branch, NEXT)
        close(branch)
        close(branch)
        assert len(branch.harness.planned("close_month")) == 1
        month_end = self._id(branch)

        def all_of_it(_: int) -> None:
            while go_on(branch, month_end):
                pass

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(all_of_it, range(2)))

        with branch.harness.service().books() as books:
            runs = [
                books.work.session.execute(sa.select(sa.func.count()).select_from(one)).scalar_one()
                for one in (interest_runs, class_runs, table)
            ]
        assert runs == [2, 1, 1]
        assert branch.trial_balance()["2310"] == ("0.00", "7.90")
        assert close(branch)["closed"] == 1

    def _id(self, branch: Branch) -> str:
        with branch.harness.service().books() as books:
            return str(books.work.session.execute(sa.select(table.c.id)).scalar_one())


class TestAllBelowAnOffice:
    def test_is_one_deed_and_nobody_waits_for_who_is_not_ready(self, branches: tuple[Branch, Branch]) -> None:
        here, there = prepared(branches[0]), prepared(branches[1])
        chief = area_manager(here)
        pass_days(here, NEXT)

        taken = close(here, office=id_of("A01"), by=chief)
        carry_out(here)

        assert (taken["branches"], taken["running"]) == (2, 2)
        asked = {"office_id": id_of("A01"), "month": NOVEMBER.isoformat()}
        listed = here.ask(LIST_MONTH_ENDS, chief, **asked)["items"]
        assert [(one["office_code"], one["state"], one["stage"]) for one in listed] == [
            ("B001", "closed", "closed"),
            ("B002", "missing", "asked"),
        ]
        assert codes(there) == ["DAY_NOT_CLOSED"]

        there.harness.watch.advance(timedelta(seconds=1))
        pass_days(there, NEXT)
        close(here, office=id_of("A01"), by=chief)
        carry_out(here)
        assert {one["state"] for one in here.ask(LIST_MONTH_ENDS, chief, **asked)["items"]} == {"closed"}

    def test_is_for_the_own_subtree(self, branch: Branch, branches: tuple[Branch, Branch]) -> None:
        with pytest.raises(NotFound):
            close(branch, office=branches[1].id)
        with pytest.raises(NotFound):
            close(branch, office=id_of("A01"))
