"""Balances of a branch wait, are posted at once on a day of their own, and are confirmed by samity (P13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import Forbidden, IdConflict, PersonExcluded
from contracts.transactions.cut_over import (
    CONFIRM_SAMITY_LIST,
    LET_CUT_OVER_GO,
    LIST_UNCONFIRMED,
    POST_CUT_OVER,
    READ_CUT_OVER_TOTALS,
)
from contracts.transactions.cut_over_errors import (
    BranchHasWorked,
    CutOverIsPosted,
    CutOverNotWhole,
    CutOverOnAnotherDay,
    CutOverRuns,
    NothingToConfirm,
    OwnSamityList,
)
from contracts.transactions.dashboards import READ_DASHBOARD
from contracts.transactions.ledger import DECIDE_APPROVAL, TRIAL_BALANCE
from contracts.transactions.ledger_errors import DayNotOpen
from contracts.transactions.lending import READ_LOAN
from contracts.transactions.years import PROPOSE_OPENING
from tests.support.bookkeeping import area_manager, line
from tests.support.branch import id_of, new_id
from tests.support.old_books import CUT_OVER, ON, begin, hand_over, post
from tests.support.soundness import faults_of
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P13")


@pytest.fixture
def empty(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with a samity and two members, and no day yet."""
    here = branches[0]
    here.open_samity("Jhumka")
    for name in ("Rahima", "Salma"):
        here.admit(name, "Jhumka")
    return here


@pytest.fixture
def brought(empty: Branch) -> Branch:
    begin(empty)
    hand_over(empty)
    post(empty)
    return empty


def ledgers(here: Branch) -> dict[str, tuple[str, str]]:
    told = here.ask(TRIAL_BALANCE, here.manager, office_id=here.id, on=ON)
    return {row["code"]: (row["debit"], row["credit"]) for row in told["rows"]}


class TestBalances:
    def test_stand_on_a_closed_day_against_suspense(self, brought: Branch) -> None:
        """Savings of 1,500 and loans of 7,500: 6,000 are credited to suspense, and no income is earned."""
        held = {code: sides for code, sides in ledgers(brought).items() if sides != ("0.00", "0.00")}

        assert held == {"1310": ("7500.00", "0.00"), "2110": ("0.00", "1500.00"), "2810": ("0.00", "6000.00")}
        assert faults_of(brought.harness.process) == ()

    def test_are_totalled_by_product(self, brought: Branch) -> None:
        told = brought.ask(READ_CUT_OVER_TOTALS, brought.manager, id=CUT_OVER)

        assert (told["state"], told["suspense"]) == ("posted", "-6000.00")
        assert [(one["product_code"], one["accounts"], one["amount"]) for one in told["products"]] == [
            ("JAG", 1, "7500.00"),
            ("GS", 2, "1500.00"),
        ]

    def test_leave_a_loan_as_late_as_it_was(self, brought: Branch) -> None:
        told = brought.ask(READ_LOAN, brought.manager, loan_id=id_of("loan of Rahima"), on=ON)

        assert told["outstanding"] == "7500.00"
        assert told["oldest_unpaid_on"] == "2026-11-17"

    def test_tell_the_day_only_what_was_not_paid_in_the_old_books(self, brought: Branch) -> None:
        """Of 2,750 a week one instalment is paid there, one is overdue; the next is due on 24 November."""
        told = brought.ask(READ_DASHBOARD, brought.manager, office_id=brought.id)

        collection = told["collection"]
        assert date.fromisoformat(told["on"]) < date(2026, 11, 24)
        assert (collection["overdue_before"], collection["recoverable"]) == ("2750.00", "0.00")
        assert (collection["collected_overdue"], collection["collected_advance"]) == ("0.00", "0.00")

    def test_are_posted_once_however_often_they_are_asked_for(self, brought: Branch) -> None:
        assert begin(brought) == "posted"
        post(brought)
        with pytest.raises(CutOverIsPosted):
            hand_over(brought, 2)
        with pytest.raises(CutOverIsPosted):
            brought.ask(LET_CUT_OVER_GO, None, id=CUT_OVER)

        assert ledgers(brought)["2110"] == ("0.00", "1500.00")

    def test_are_not_posted_in_part(self, empty: Branch) -> None:
        begin(empty, accounts=4)
        hand_over(empty)
        with pytest.raises(CutOverNotWhole):
            empty.ask(POST_CUT_OVER, None, id=CUT_OVER)

        assert empty.passbook("Rahima")["accounts"] == []

    def test_are_the_same_when_they_are_handed_over_again(self, empty: Branch) -> None:
        begin(empty)
        hand_over(empty)
        hand_over(empty)
        with pytest.raises(IdConflict):
            hand_over(empty, loans=[])

    def test_bar_the_branch_from_opening_a_day_until_they_are_let_go(self, empty: Branch) -> None:
        begin(empty)
        with pytest.raises(CutOverRuns):
            empty.open_day()
        empty.ask(LET_CUT_OVER_GO, None, id=CUT_OVER)

        empty.open_day()

    def test_come_before_the_first_working_day(self, empty: Branch) -> None:
        empty.open_day()
        with pytest.raises(BranchHasWorked):
            begin(empty)


@pytest.fixture
def opened(empty: Branch) -> Branch:
    """The branch with opening balances: 6,000 is what its members owe more than they have saved."""
    proposer = replace(area_manager(empty), person_id=id_of("who proposes"))
    lines = [line("1110", "debit", "500.00"), line("3110", "credit", "6500.00")]
    said = {"id": new_id(), "office_id": empty.id, "on": ON, "lines": lines, "reference": "trial balance"}
    asked = empty.ask(PROPOSE_OPENING, proposer, **said)
    empty.ask(DECIDE_APPROVAL, area_manager(empty), id=asked["id"], approve=True)
    empty.harness.take_steps("close_day", by=TransactionsBatch)
    return empty


class TestAfterOpeningBalances:
    def test_fill_what_stood_in_suspense_and_the_first_day_goes_on(self, opened: Branch) -> None:
        first = opened.day()["on"]
        begin(opened)
        with pytest.raises(DayNotOpen):
            opened.count_vault("opening", {"500": 1})
        hand_over(opened)
        post(opened)

        held = {code: sides for code, sides in ledgers(opened).items() if sides != ("0.00", "0.00")}
        assert held == {
            "1110": ("500.00", "0.00"),
            "1310": ("7500.00", "0.00"),
            "2110": ("0.00", "1500.00"),
            "3110": ("0.00", "6500.00"),
        }
        assert (opened.day()["on"], opened.day()["status"]) == (first, "open")
        opened.count_vault("opening", {"500": 1})
        assert faults_of(opened.harness.process) == ()

    def test_leave_the_first_day_open_when_they_are_let_go(self, opened: Branch) -> None:
        begin(opened)
        opened.ask(LET_CUT_OVER_GO, None, id=CUT_OVER)

        opened.count_vault("opening", {"500": 1})

    def test_are_of_the_same_day(self, opened: Branch) -> None:
        with pytest.raises(CutOverOnAnotherDay):
            begin(opened, on="2026-11-22")

    def test_come_before_the_first_count(self, opened: Branch) -> None:
        opened.count_vault("opening", {"500": 1})
        with pytest.raises(BranchHasWorked):
            begin(opened)


def confirm(here: Branch, by: Any = None, **more: Any) -> dict[str, Any]:
    said = {
        "id": new_id(),
        "samity_id": id_of("Jhumka"),
        "read_out_on": "2026-11-23",
        "mark": "thumb",
        "witness": "Jorina",
        "paper": "list 7",
        **more,
    }
    return here.ask(CONFIRM_SAMITY_LIST, by or here.manager, **said)


def unchecked(here: Branch, name: str) -> set[bool]:
    return {account["unchecked"] for account in here.passbook(name)["accounts"]}


class TestConfirmation:
    def test_is_by_samity_and_leaves_out_whose_paper_says_otherwise(self, brought: Branch) -> None:
        assert (unchecked(brought, "Rahima"), unchecked(brought, "Salma")) == ({True}, {True})

        told = confirm(brought, disputed=[id_of("Salma")])

        assert (told["confirmed"], told["unconfirmed"]) == (1, 1)
        assert (unchecked(brought, "Rahima"), unchecked(brought, "Salma")) == ({False}, {True})
        (left,) = brought.ask(LIST_UNCONFIRMED, brought.manager, office_id=brought.id)["items"]
        assert (left["members"], left["savings"], left["loans"]) == (1, "500.00", "0.00")
        assert (left["due_on"], left["overdue"]) == ("2026-12-21", False)

        confirm(brought)
        assert brought.ask(LIST_UNCONFIRMED, brought.manager, office_id=brought.id)["items"] == []

    def test_is_the_same_when_it_is_sent_again(self, brought: Branch) -> None:
        list_id = new_id()
        first = confirm(brought, id=list_id)
        assert confirm(brought, id=list_id) == first
        with pytest.raises(IdConflict):
            confirm(brought, id=list_id, paper="another list")
        with pytest.raises(NothingToConfirm):
            confirm(brought)

    def test_is_not_recorded_by_who_keeps_the_samity_or_is_kin(self, brought: Branch) -> None:
        keeper = replace(brought.manager, person_id=brought.officer.person_id)
        with pytest.raises(OwnSamityList):
            confirm(brought, keeper)
        with pytest.raises(PersonExcluded):
            confirm(brought, replace(brought.manager, excluded_members=(id_of("Salma"),)))
        with pytest.raises(Forbidden):
            confirm(brought, brought.officer)
