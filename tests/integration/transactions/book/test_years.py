"""How a book begins (P13) and how its years end (M15): by two people, once, and what was told stays told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker
from contracts.transactions.book_errors import (
    FromAbove,
    LaterYearClosed,
    MonthEndMissing,
    OfficeHasDays,
    OpeningTooLate,
    YearClosed,
    YearClosingNotFound,
    YearNotOver,
)
from contracts.transactions.books import INCOME_STATEMENT
from contracts.transactions.chart_errors import LedgerControlled
from contracts.transactions.ledger import DECIDE_APPROVAL, LIST_APPROVALS, TRIAL_BALANCE
from contracts.transactions.ledger_errors import PartitionMissing
from contracts.transactions.months import CLOSE_MONTH
from contracts.transactions.years import (
    GET_YEAR_CLOSING,
    LIST_YEAR_CLOSINGS,
    PROPOSE_OPENING,
    PROPOSE_YEAR_CLOSING,
)
from tests.support.agreed import declining
from tests.support.bookkeeping import area_manager, book, fund, line
from tests.support.branch import Branch, id_of, new_id
from tests.support.loans import lend, repay, standing
from tests.support.memory import remembered
from transactions.batch.duties import TransactionsBatch
from transactions.models.days import holidays
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from contracts.actor import Actor

CUT_OVER = "2026-11-22"
BALANCES = (
    ("1110", "debit", "500.00"),
    ("1130", "debit", "20000.50"),
    ("1620", "debit", "3000.00"),
    ("3110", "credit", "9000.00"),
)
"""Invented: 23,500.50 owned, 9,000.00 of it accounted for; the rest are members' balances, 14,500.50."""


def proposer_above(branch: Branch) -> Actor:
    return replace(area_manager(branch), person_id=id_of("who proposes"))


def propose_opening(branch: Branch, by: Actor | None = None, **more: Any) -> str:
    said = {
        "id": new_id(),
        "office_id": branch.id,
        "on": CUT_OVER,
        "lines": [line(*one) for one in BALANCES],
        "reference": "old trial balance of 22 November",
        **more,
    }
    return str(branch.ask(PROPOSE_OPENING, by or proposer_above(branch), **said)["id"])


def agree(branch: Branch, approval_id: str, by: Actor | None = None) -> None:
    branch.ask(DECIDE_APPROVAL, by or area_manager(branch), id=approval_id, approve=True)


@pytest.mark.rule("P13")
class TestOpeningBalances:
    def test_stand_on_a_closed_day_before_the_first(self, branches: tuple[Branch, Branch]) -> None:
        here = branches[0]
        agree(here, propose_opening(here))
        here.harness.take_steps("close_day", by=TransactionsBatch)

        assert (here.day()["on"], here.day()["status"]) == ("2026-11-23", "open")
        told = here.ask(TRIAL_BALANCE, here.manager, office_id=here.id, on=CUT_OVER)
        assert {row["code"]: (row["debit"], row["credit"]) for row in told["rows"]} == {
            "1110": ("500.00", "0.00"),
            "1130": ("20000.50", "0.00"),
            "1620": ("3000.00", "0.00"),
            "2810": ("0.00", "14500.50"),
            "3110": ("0.00", "9000.00"),
        }
        here.count_vault("opening", {"500": 1})
        assert faults_in(here.harness.process) == ()

    def test_are_seen_by_their_checker_with_the_suspense(self, branches: tuple[Branch, Branch]) -> None:
        propose_opening(branches[0])
        (waiting,) = branches[0].ask(LIST_APPROVALS, area_manager(branches[0]))["items"]
        assert (waiting["kind"], waiting["facts"]["on"]) == ("opening", CUT_OVER)
        assert waiting["facts"]["credited_en"][-1] == "2810 Suspense of opening balances 14500.50"

    def test_come_from_above(self, branches: tuple[Branch, Branch]) -> None:
        here = branches[0]
        with pytest.raises(FromAbove):
            propose_opening(here, replace(proposer_above(here), office_id=here.id, office_path=here.path))
        with pytest.raises(Forbidden):
            propose_opening(here, here.accountant)
        proposed = propose_opening(here)
        with pytest.raises(FromAbove):
            agree(here, proposed, here.manager)
        with pytest.raises(MakerIsChecker):
            agree(here, proposed, replace(area_manager(here), person_id=proposer_above(here).person_id))

    def test_come_before_the_first_day(self, branches: tuple[Branch, Branch]) -> None:
        here = branches[0]
        proposed = propose_opening(here)
        here.open_day()
        with pytest.raises(OfficeHasDays):
            agree(here, proposed)
        with pytest.raises(OfficeHasDays):
            propose_opening(here)

    def test_are_of_a_day_that_is_over_and_in_the_books(self, branches: tuple[Branch, Branch]) -> None:
        with pytest.raises(OpeningTooLate):
            propose_opening(branches[0], on="2026-11-24")
        with pytest.raises(PartitionMissing):
            propose_opening(branches[0], on="2001-06-30")

    def test_are_no_money_of_members(self, branches: tuple[Branch, Branch]) -> None:
        with pytest.raises(LedgerControlled):
            propose_opening(branches[0], lines=[line("2110", "credit", "100.00")])

    def test_are_one_request_under_one_id(self, branches: tuple[Branch, Branch]) -> None:
        request_id = new_id()
        assert propose_opening(branches[0], id=request_id) == propose_opening(branches[0], id=request_id)
        with pytest.raises(IdConflict):
            propose_opening(branches[0], id=request_id, reference="another paper")


JUNE_30, JULY_1 = date(2026, 6, 30), date(2026, 7, 1)
EARNED, SPENT = "4410", "5410"


@remembered
def june(branches: tuple[Branch, Branch]) -> Branch:
    """A branch on the last day of a fiscal year, with 9,000 earned and 2,500 spent, and few days to work."""
    here = branches[0]
    watch = here.harness.watch
    watch.advance(datetime(2026, 6, 30, 6, tzinfo=UTC) - watch.now())
    free = {"office_id": here.id, "name_bn": "ছুটি", "name_en": "Holiday", "version": 1}
    days = [date(2026, 7, number) for number in range(2, 31)]
    with here.harness.process.database.transaction() as session:
        session.execute(sa.insert(holidays), [free | {"on": day, "id": new_id()} for day in days])
    with here.harness.service().books() as books:
        books.partitions.make_room(JUNE_30)
    here.post_staff(area_manager(here), "Area manager")
    here.open_day(JUNE_30)
    fund(here)
    book(here, "receipt", ("1110", "debit", "9000.00"), (EARNED, "credit", "9000.00"))
    book(here, "payment", (SPENT, "debit", "2500.00"), ("1110", "credit", "2500.00"))
    return here


def into_july(branch: Branch) -> None:
    branch.count_vault("closing", {"1": int(branch.day()["vault"].removesuffix(".00"))})
    branch.close_day()


def close_june(branch: Branch) -> None:
    branch.ask(CLOSE_MONTH, branch.manager, office_id=branch.id, month="2026-06-01")
    branch.harness.take_steps("close_month", by=TransactionsBatch)


def propose_year(branch: Branch, year: str = "2025-26", **more: Any) -> str:
    said = {"id": new_id(), "office_id": branch.id, "year": year, **more}
    return str(branch.ask(PROPOSE_YEAR_CLOSING, branch.accountant, **said)["id"])


def earned(branch: Branch, on: str, from_on: str) -> tuple[str, str]:
    asked = {"office_id": branch.id, "on": on, "from_on": from_on}
    told = branch.ask(INCOME_STATEMENT, branch.manager, **asked)
    return told["surplus"], told["surplus_of_year"]


@pytest.mark.rule("M15")
class TestAYear:
    def test_is_brought_to_the_fund_by_one_entry(self, june: Branch) -> None:
        into_july(june)
        close_june(june)
        before = june.trial_balance()
        assert (before[EARNED], before[SPENT]) == (("0.00", "9000.00"), ("2500.00", "0.00"))
        closing = propose_year(june)
        assert june.trial_balance() == before

        june.approve(closing)

        after = june.trial_balance()
        assert (after[EARNED], after[SPENT]) == (("0.00", "0.00"), ("0.00", "0.00"))
        assert (after["3110"], after["1110"]) == (("0.00", "16500.00"), before["1110"])
        assert faults_in(june.harness.process) == ()

    def test_stays_readable_as_before(self, june: Branch) -> None:
        into_july(june)
        close_june(june)
        first = june.ask(TRIAL_BALANCE, june.manager, office_id=june.id, on="2026-06-30")
        june.approve(propose_year(june))

        assert june.ask(TRIAL_BALANCE, june.manager, office_id=june.id, on="2026-06-30") == first
        assert earned(june, "2026-06-30", "2026-06-01") == ("6500.00", "6500.00")
        assert earned(june, "2026-07-01", "2026-07-01") == ("0.00", "0.00")
        asked = {"office_id": june.id, "year": "2025-26"}
        told = june.ask(GET_YEAR_CLOSING, june.person("auditor"), **asked)
        assert [(one["ledger"], one["amount"]) for one in told["ledgers"]] == [
            (EARNED, "9000.00"),
            (SPENT, "2500.00"),
        ]
        assert (told["surplus"], told["value_on"], told["business_on"]) == (
            "6500.00",
            "2026-06-30",
            "2026-07-01",
        )

    def test_takes_what_is_valued_until_june_and_leaves_what_is_of_july(self, june: Branch) -> None:
        into_july(june)
        close_june(june)
        book(june, "receipt", ("1110", "debit", "70.00"), (EARNED, "credit", "70.00"))
        june.approve(propose_year(june))

        assert june.trial_balance()[EARNED] == ("0.00", "70.00")
        assert earned(june, "2026-07-01", "2026-07-01") == ("70.00", "70.00")

    def test_that_lost_money_takes_it_from_the_fund(self, june: Branch) -> None:
        book(june, "payment", (SPENT, "debit", "8000.00"), ("1110", "credit", "8000.00"))
        into_july(june)
        close_june(june)
        june.approve(propose_year(june))

        assert june.trial_balance()["3110"] == ("0.00", "8500.00")

    def test_ends_once(self, june: Branch) -> None:
        into_july(june)
        close_june(june)
        closing = propose_year(june)
        with pytest.raises(YearClosed):
            propose_year(june)
        june.approve(closing)
        june.approve(closing)
        with pytest.raises(YearClosed):
            propose_year(june)
        with pytest.raises(LaterYearClosed):
            propose_year(june, "2024-25")
        assert june.trial_balance()["3110"] == ("0.00", "16500.00")

    def test_ends_after_its_last_day_and_month(self, june: Branch) -> None:
        with pytest.raises(YearNotOver):
            propose_year(june)
        into_july(june)
        with pytest.raises(MonthEndMissing):
            propose_year(june)
        with pytest.raises(YearNotOver):
            propose_year(june, "2026-27")

    def test_is_a_year_from_july_to_june(self, june: Branch) -> None:
        with pytest.raises(InvalidPayload):
            propose_year(june, "2025-27")

    def test_needs_two_people(self, june: Branch) -> None:
        into_july(june)
        close_june(june)
        closing = propose_year(june)
        (waiting,) = june.ask(LIST_APPROVALS, june.manager)["items"]
        assert (waiting["facts"]["year"], waiting["facts"]["surplus"]) == ("2025-26", "6500.00")
        with pytest.raises(MakerIsChecker):
            agree(june, closing, june.person("branch_manager", "accountant"))
        with pytest.raises(Forbidden):
            agree(june, closing, june.person("accountant", "another"))

    def test_is_listed_with_who_has_not_closed_it(self, june: Branch) -> None:
        into_july(june)
        asked = {"office_id": id_of("A01"), "year": "2025-26"}
        told = june.ask(LIST_YEAR_CLOSINGS, area_manager(june), **asked)["items"]
        assert [(one["name_en"], one["surplus"]) for one in told] == [("Office B001", None)]
        with pytest.raises(YearClosingNotFound):
            june.ask(GET_YEAR_CLOSING, june.manager, office_id=june.id, year="2025-26")

    def test_leaves_a_loan_what_was_paid_of_its_charge(self, june: Branch) -> None:
        june.open_samity("Dormant", active=False)
        for name in ("Rahima", "Fatema"):
            june.admit(name, "Dormant")
            june.open_savings(name)
        loan = lend(june, agreed=declining(JUNE_30), on=JUNE_30.isoformat())
        repay(june, loan, "242.00")
        before = standing(june, loan)["paid_charge"]
        assert june.trial_balance()["4110"] == ("0.00", before)
        into_july(june)
        close_june(june)

        june.approve(propose_year(june))

        assert june.trial_balance()["4110"] == ("0.00", "0.00")
        assert standing(june, loan)["paid_charge"] == before
        assert faults_in(june.harness.process) == ()

    def test_that_is_not_what_its_entry_brought_to_the_fund_is_noticed(
        self, june: Branch, tamper: Callable[[str], None]
    ) -> None:
        into_july(june)
        close_june(june)
        june.approve(propose_year(june))
        tamper("UPDATE year_closings SET surplus = surplus + 100")

        (fault,) = faults_in(june.harness.process)
        assert (fault.code, fault.subject) == ("YEAR_IS_NOT_ITS_ENTRY", f"{june.id} 2025-26")
