"""What the day shows beside its checklist: what it is about, its cash limit, and who is behind (M7, M17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import ApproverTooNew, IdConflict, MakerIsChecker, NotFound
from contracts.transactions.behind import LIST_BRANCHES_BEHIND
from contracts.transactions.cash_limits import LIST_CASH_LIMITS, PROPOSE_CASH_LIMIT
from contracts.transactions.ledger import CLOSE_DAY, DECIDE_APPROVAL, OPEN_DAY
from contracts.transactions.ledger_errors import CashLimitKnown, CashLimitOutdated
from contracts.transactions.reports import READ_REPORT
from tests.support.branch import MONDAY, Branch, id_of, new_id
from tests.support.memory import remembered
from tests.support.purse import area_manager
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from contracts.actor import Actor


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day whose samity does not meet."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    here.admit("Rahima", "Jhumka")
    here.open_savings("Rahima")
    return here


def administrator(branch: Branch, name: str) -> Any:
    person = branch.person("administrator", name)
    return replace(person, office_id=id_of("HO"), office_path="/HO/")


def limit(branch: Branch, taka: int, office: str | None = None, **more: Any) -> str:
    """Two administrators set a limit."""
    asked = {
        "id": new_id(),
        "office_id": office or branch.id,
        "effective_on": MONDAY.isoformat(),
        "amount": f"{taka}.00",
        "reason": "the insurer asks for it",
        **more,
    }
    first, second = administrator(branch, "First"), administrator(branch, "Second")
    branch.ask(PROPOSE_CASH_LIMIT, first, **asked)
    branch.ask(DECIDE_APPROVAL, second, id=asked["id"], approve=True)
    return str(asked["id"])


class TestWhatTheDayIsAbout:
    def test_opening_working_counting_closing_closed(self, branch: Branch) -> None:
        seen = [branch.day()["phase"]]
        branch.ask(OPEN_DAY, branch.manager, office_id=branch.id, on=MONDAY.isoformat())
        seen.append(branch.day()["phase"])
        branch.count_vault("opening", {})
        seen.append(branch.day()["phase"])
        branch.count_vault("closing", {})
        seen.append(branch.day()["phase"])
        branch.ask(CLOSE_DAY, branch.manager, office_id=branch.id, on=MONDAY.isoformat())
        seen.append(branch.day()["phase"])
        branch.harness.take_steps("close_day", by=TransactionsBatch)
        seen.append(branch.day()["phase"])

        assert seen == ["none", "opening", "working", "counting", "closing", "opening"]


@pytest.mark.rule("M7")
class TestTheCashLimit:
    def test_warns_when_the_vault_passes_it_and_blocks_nothing(self, branch: Branch) -> None:
        branch.open_day()
        limit(branch, 100)
        branch.deposit("Rahima", "100.00")
        assert branch.day()["warnings"] == []

        branch.deposit("Rahima", "1.00")

        day = branch.day()
        assert day["cash_limit"] == "100.00"
        assert day["warnings"] == [
            {
                "code": "VAULT_OVER_LIMIT",
                "facts": {"vault": "101.00", "in_field": "0.00", "limit": "100.00"},
            }
        ]
        branch.count_vault("closing", {"1": 101})
        assert branch.close_day()["on"] == (MONDAY + timedelta(days=1)).isoformat()

    def test_is_the_nearest_offices_and_dated(self, branch: Branch) -> None:
        branch.open_day()
        assert branch.day()["cash_limit"] is None
        limit(branch, 500, id_of("HO"))
        limit(branch, 300, id_of("A01"))
        assert branch.day()["cash_limit"] == "300.00"
        limit(branch, 200, effective_on=(MONDAY + timedelta(days=1)).isoformat())
        assert branch.day()["cash_limit"] == "300.00"
        branch.count_vault("closing", {})
        branch.close_day()

        assert branch.day()["cash_limit"] == "200.00"

    @pytest.mark.rule("P7")
    def test_takes_two_people_neither_of_them_new(self, branch: Branch) -> None:
        branch.open_day()
        first, second = administrator(branch, "First"), administrator(branch, "Second")
        asked = {
            "id": new_id(),
            "office_id": branch.id,
            "effective_on": MONDAY.isoformat(),
            "amount": "100.00",
            "reason": "the insurer asks for it",
        }
        branch.ask(PROPOSE_CASH_LIMIT, first, **asked)

        with pytest.raises(MakerIsChecker):
            branch.ask(DECIDE_APPROVAL, first, id=asked["id"], approve=True)
        with pytest.raises(ApproverTooNew):
            branch.ask(DECIDE_APPROVAL, replace(second, is_new=True), id=asked["id"], approve=True)
        assert branch.day()["cash_limit"] is None
        with pytest.raises(IdConflict):
            branch.ask(PROPOSE_CASH_LIMIT, first, **{**asked, "amount": "200.00"})

    def test_is_for_days_to_come_and_one_a_day(self, branch: Branch) -> None:
        branch.open_day()
        with pytest.raises(CashLimitOutdated):
            limit(branch, 100, effective_on="2026-11-22")
        known = limit(branch, 100)
        with pytest.raises(CashLimitKnown):
            limit(branch, 200)

        listed = branch.ask(LIST_CASH_LIMITS, branch.manager, office_id=branch.id)["items"]
        assert [(one["id"], one["amount"]) for one in listed] == [(known, "100.00")]


@pytest.mark.rule("M17")
class TestBehindTheCalendar:
    def behind(self, branch: Branch) -> list[tuple[str, str, int]]:
        asked = {"office_id": id_of("A01")}
        found = branch.ask(LIST_BRANCHES_BEHIND, area_manager(branch), **asked)["items"]
        return [(one["office_code"], one["on"], one["days"]) for one in found]

    def test_a_branch_whose_day_is_over_is_named_with_its_working_days(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        branch.open_day()
        branches[1].open_day(date(2026, 11, 24))
        assert self.behind(branch) == []

        branch.harness.watch.advance(timedelta(days=5))

        # Saturday the 28th: Tuesday to Thursday and this Saturday passed for the one, Wednesday on for the
        # other; Friday is no working day.
        assert self.behind(branch) == [("B001", "2026-11-23", 4), ("B002", "2026-11-24", 3)]

    def test_a_report_of_the_area_names_it_and_one_of_another_branch_does_not(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        branch.open_day()
        branches[1].open_day(date(2026, 11, 28))
        branch.harness.watch.advance(timedelta(days=5))

        def named(reader: Actor, office_id: str) -> list[tuple[str, str]]:
            page = branch.ask(READ_REPORT, reader, report="trial_balance", office_id=office_id)
            assert page["behind_in_all"] == len(page["behind"])
            return [(one["office_code"], one["on"]) for one in page["behind"]]

        assert named(area_manager(branch), id_of("A01")) == [("B001", "2026-11-23")]
        assert named(branch.manager, branch.id) == [("B001", "2026-11-23")]
        assert named(branches[1].manager, branches[1].id) == []

    def test_is_asked_about_the_own_subtree(self, branch: Branch) -> None:
        with pytest.raises(NotFound):
            branch.ask(LIST_BRANCHES_BEHIND, branch.manager, office_id=id_of("A01"))
