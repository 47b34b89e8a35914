"""Reopening a day unseals nothing: a supplement has the next numbers, a second seal, and no edits (M16)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from chassis.config import spell_driver
from contracts.errors import Forbidden, IdConflict, NotFound
from contracts.transactions.ledger import DECIDE_APPROVAL, LIST_ENTRIES
from contracts.transactions.ledger_errors import DayNotReopened, NotReversible
from contracts.transactions.supplements import PROPOSE_SUPPLEMENT
from tests.support.branch import MONDAY, Branch, new_id
from tests.support.memory import remembered
from tests.support.purse import area_manager
from transactions.models.collection import handovers
from transactions.verify import faults_in

if TYPE_CHECKING:
    from launcher.database import DatabaseUrls

pytestmark = pytest.mark.rule("M16")
TUESDAY = MONDAY + timedelta(days=1)


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch that closed Monday with 150 taka; no sheet keeps its days from closing."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.post_staff(area_manager(here), "Area manager")
    here.open_day()
    here.deposit("Rahima", "150.00")
    close(here, 150)
    return here


def close(branch: Branch, taka: int) -> None:
    branch.count_vault("closing", {"1": taka})
    branch.close_day()


def propose(branch: Branch, on: date = MONDAY, request_id: str | None = None, **more: Any) -> str:
    asked = {"id": request_id or new_id(), "office_id": branch.id, "on": on.isoformat()}
    said = {"reason": "a slip was found", **more}
    return str(branch.ask(PROPOSE_SUPPLEMENT, branch.manager, **asked, **said)["id"])


def reopen(branch: Branch, on: date = MONDAY) -> None:
    branch.ask(DECIDE_APPROVAL, area_manager(branch), id=propose(branch, on), approve=True)


def vouchers(branch: Branch, on: date) -> list[str]:
    asked = {"office_id": branch.id, "on": on.isoformat()}
    return [entry["voucher"] for entry in branch.ask(LIST_ENTRIES, branch.manager, **asked)["items"]]


def declare_cash(branch: Branch, on: date) -> None:
    """An officer declared cash of sheets of that day."""
    row = {
        "id": new_id(),
        "officer_id": branch.officer.person_id,
        "office_id": branch.id,
        "on": on,
        "number": 1,
        "status": "declared",
        "declared_total": 0,
        "fingerprint": "1:0",
        "declared_at": branch.harness.watch.now(),
    }
    with branch.harness.process.database.transaction() as session:
        session.execute(sa.insert(handovers).values(row))


class TestASupplement:
    def test_lets_the_branch_post_on_the_closed_day_while_the_next_one_waits(self, branch: Branch) -> None:
        branch.deposit("Salma", "20.00")

        reopen(branch)

        day = branch.day()
        assert (day["on"], day["status"], day["supplement"]) == (MONDAY.isoformat(), "open", 1)
        assert branch.deposit("Salma", "30.00")["business_on"] == MONDAY.isoformat()
        assert branch.balance_of("Salma") == "50.00"

    def test_has_the_next_numbers_and_a_second_seal_chained_to_the_first(self, branch: Branch) -> None:
        reopen(branch)
        branch.deposit("Salma", "30.00")
        close(branch, 180)

        assert (branch.day()["on"], branch.day()["supplement"]) == (TUESDAY.isoformat(), None)
        branch.deposit("Salma", "5.00")
        close(branch, 185)
        assert vouchers(branch, MONDAY) == ["R-2026-27-000001", "R-2026-27-000002"]
        assert vouchers(branch, TUESDAY) == ["R-2026-27-000003"]
        with branch.harness.service().books() as books:
            seals = [seal for seal, _ in books.closing.seals_of(branch.id)]
        assert [(seal.on, seal.number) for seal in seals] == [(MONDAY, 1), (MONDAY, 2), (TUESDAY, 1)]
        assert [seal.previous for seal in seals[1:]] == [seal.digest() for seal in seals[:-1]]
        assert faults_in(branch.harness.process) == ()

    def test_is_in_the_totals_of_its_day(self, branch: Branch) -> None:
        branch.deposit("Salma", "20.00")
        reopen(branch)
        branch.deposit("Salma", "30.00")
        assert branch.trial_balance()["1110"] == ("200.00", "0.00")
        close(branch, 200)

        with branch.harness.service().books() as books:
            monday = {row.ledger: row.debits for row in books.work.session.execute(sa.text(TOTALS))}
        assert monday == {"1110": 18_000, "2110": 0}
        assert branch.trial_balance() == {"1110": ("200.00", "0.00"), "2110": ("0.00", "200.00")}
        assert faults_in(branch.harness.process) == ()

    def test_may_have_another_one_after_it(self, branch: Branch) -> None:
        for taka in (180, 210):
            reopen(branch)
            branch.deposit("Salma", "30.00")
            close(branch, taka)

        with branch.harness.service().books() as books:
            assert [seal.number for seal, _ in books.closing.seals_of(branch.id)] == [1, 2, 3]
        assert faults_in(branch.harness.process) == ()

    def test_edits_nothing_that_is_sealed(self, branch: Branch) -> None:
        asked = {"office_id": branch.id, "on": MONDAY.isoformat()}
        sealed = branch.ask(LIST_ENTRIES, branch.manager, **asked)["items"][0]["entry_id"]
        reopen(branch)

        with pytest.raises(NotReversible) as refusal:
            branch.propose_reversal(sealed, "money_returned")

        assert refusal.value.facts == {"why": "SEALED"}
        fresh = branch.deposit("Salma", "30.00")["entry_id"]
        branch.approve(branch.propose_reversal(fresh, "money_returned"))
        close(branch, 150)
        assert faults_in(branch.harness.process) == ()


class TestWhoAndWhen:
    def test_the_area_lets_it_and_the_branch_does_not(self, branch: Branch) -> None:
        request = propose(branch)

        with pytest.raises(Forbidden):
            branch.ask(DECIDE_APPROVAL, branch.person("branch_manager", "Deputy"), id=request, approve=True)
        assert branch.day()["on"] == TUESDAY.isoformat()

    def test_only_the_last_closed_day(self, branch: Branch) -> None:
        close(branch, 150)

        for on in (MONDAY, MONDAY - timedelta(days=1), TUESDAY + timedelta(days=1)):
            with pytest.raises(DayNotReopened) as refusal:
                propose(branch, on)
            assert refusal.value.facts == {"why": "NOT_THE_LAST"}

    def test_not_once_cash_of_the_next_days_sheets_was_declared(self, branch: Branch) -> None:
        request = propose(branch)
        declare_cash(branch, TUESDAY)

        with pytest.raises(DayNotReopened) as refusal:
            branch.ask(DECIDE_APPROVAL, area_manager(branch), id=request, approve=True)

        assert refusal.value.facts == {"why": "GONE_ON"}

    def test_only_in_the_same_month(self, branch: Branch) -> None:
        while date.fromisoformat(branch.day()["on"]).month == MONDAY.month:
            last = date.fromisoformat(branch.day()["on"])
            close(branch, 150)

        with pytest.raises(DayNotReopened) as refusal:
            propose(branch, last)

        assert refusal.value.facts == {"why": "ANOTHER_MONTH"}

    def test_is_asked_for_once(self, branch: Branch) -> None:
        request_id = new_id()

        assert propose(branch, request_id=request_id) == propose(branch, request_id=request_id)
        with pytest.raises(IdConflict):
            propose(branch, request_id=request_id, reason="another reason")

    def test_of_a_foreign_branch_is_not_found(self, branch: Branch, branches: tuple[Branch, Branch]) -> None:
        asked = {"id": new_id(), "office_id": branch.id, "on": MONDAY.isoformat(), "reason": "a slip"}
        with pytest.raises(NotFound):
            branch.ask(PROPOSE_SUPPLEMENT, branches[1].manager, **asked)


TOTALS = "SELECT ledger, debits FROM day_totals WHERE \"on\" = '2026-11-23'"


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE day_totals SET debits = debits - 1",
        "UPDATE day_totals SET debits = debits + 1",
        "DELETE FROM day_totals",
    ],
)
def test_totals_only_grow_as_they_must(branch: Branch, database: DatabaseUrls, deed: str) -> None:
    engine = sa.create_engine(spell_driver(database.runtime))

    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.execute(sa.text(deed))
    engine.dispose()
