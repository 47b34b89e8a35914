"""What was let pass of the law, as the report tells it from what accounts told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete

from chassis.rebuild import plan_rebuild
from contracts.accounts import EXPORT_APPLICANTS, EXPORT_CONTACTS, EXPORT_MEMBERS, EXPORT_SAMITIES
from contracts.accounts.holidays import EXPORT_HOLIDAYS
from contracts.accounts.overrides import EXPORT_OVERRIDES, OVERRIDE_DECIDED
from contracts.calls import load
from contracts.identity import EXPORT_OFFICES, EXPORT_STAFF
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of, new_id
from tests.support.lived_in import LivedIn
from tests.support.loans import fill_vault, pay_out, payout
from tests.support.purse import area_manager
from tests.support.recomputed_reports import read, table
from transactions.batch.duties import TransactionsBatch
from transactions.models.projections import overrides

if TYPE_CHECKING:
    from tests.support.branch import Branch

FEEDS = (
    EXPORT_OFFICES,
    EXPORT_STAFF,
    EXPORT_SAMITIES,
    EXPORT_MEMBERS,
    EXPORT_APPLICANTS,
    EXPORT_CONTACTS,
    EXPORT_HOLIDAYS,
)
NOVEMBER = {"from_on": "2026-11-01", "to_on": "2026-11-30"}


@dataclass(frozen=True)
class Decided:
    """One as two people know it; the instants are UTC, six hours behind the branch."""

    name: str
    asked_at: str
    decided_at: str
    in_dhaka: tuple[str, str]
    breach: str = "yearly_rate"
    figure: str = "24.07123456789"
    state: str = "approved"
    whose: str | None = None

    def told(self, branch: Branch, **more: Any) -> dict[str, Any]:
        return {
            "id": id_of(self.name),
            "subject_id": id_of(f"loan of {self.name}"),
            "member_id": id_of(self.whose) if self.whose else None,
            "office_id": branch.id,
            "breach": self.breach,
            "figure": self.figure,
            "reason": f"কারণ {self.name}",
            "state": self.state,
            "maker_id": branch.manager.person_id,
            "proposed_at": self.asked_at,
            "checker_id": area_manager(branch).person_id,
            "decided_at": self.decided_at,
            "version": 2 if self.whose else 1,
        } | more

    def row(self, code: str | None = None) -> dict[str, Any]:
        return {
            "decided_on": self.in_dhaka[1],
            "override_state": self.state,
            "breach": self.breach,
            "figure": self.figure,
            "member_code": f"B001.{self.whose}" if self.whose else None,
            "member": self.whose,
            "loan_code": code,
            "reason": f"কারণ {self.name}",
            "proposed_by": "Manager",
            "proposed_on": self.in_dhaka[0],
            "decided_by": "Area manager",
        }


RATE = Decided("rate", "2026-11-02T05:00:00Z", "2026-11-03T05:00:00Z", ("2026-11-02", "2026-11-03"))
NIGHT = Decided(
    "night",
    "2026-11-09T17:59:00Z",
    "2026-11-09T18:01:00Z",
    ("2026-11-09", "2026-11-10"),
    breach="first_due",
    figure="14",
    whose="Rahima",
)
REFUSED = Decided(
    "refused",
    "2026-11-20T05:00:00Z",
    "2026-11-30T17:59:59Z",
    ("2026-11-20", "2026-11-30"),
    breach="fee_not_allowed",
    figure="10",
    state="declined",
)
LATER = Decided("later", "2026-11-30T17:00:00Z", "2026-11-30T18:00:00Z", ("2026-11-30", "2026-12-01"))


@pytest.fixture
def home(branches: tuple[Branch, Branch], branch: Branch) -> LivedIn:
    branch.post_staff(branch.manager, "Manager")
    branch.post_staff(area_manager(branch), "Area manager")
    for each in (LATER, REFUSED, NIGHT, RATE):
        branch.harness.hear(OVERRIDE_DECIDED, each.told(branch))
    foreign = RATE.told(branches[1], id=id_of("foreign"), reason="অন্য শাখা")
    branch.harness.hear(OVERRIDE_DECIDED, foreign)
    return LivedIn(branch)


@pytest.mark.counts("overrides")
@pytest.mark.rule("L2")
def test_each_is_told_once_with_its_people_on_the_day_of_its_decision(home: LivedIn) -> None:
    assert table(read(home, "overrides", **NOVEMBER)) == [RATE.row(), NIGHT.row(), REFUSED.row()]
    december = {"from_on": "2026-12-01", "to_on": "2026-12-01"}
    assert table(read(home, "overrides", **december)) == [LATER.row()]


@pytest.mark.rule("L2")
def test_told_again_it_says_whose_and_an_old_telling_takes_nothing_back(home: LivedIn) -> None:
    branch, hers = home.branch, Decided(**{**vars(RATE), "whose": "Rahima"})
    branch.harness.hear(OVERRIDE_DECIDED, hers.told(branch))
    branch.harness.hear(OVERRIDE_DECIDED, RATE.told(branch))
    command = payout(branch, "Rahima", id=id_of("loan of rate"))
    fill_vault(branch)
    pay_out(branch, command)

    (first, *_) = table(read(home, "overrides", **NOVEMBER))
    assert first == hers.row(command["code"])


@pytest.mark.rule("L2")
def test_under_a_guessed_id_nobody_reads_of_anothers_loan(home: LivedIn) -> None:
    branch = home.branch
    fill_vault(branch)
    pay_out(branch, payout(branch, "Salma", id=id_of("loan of rate")))

    assert table(read(home, "overrides", **NOVEMBER))[0] == RATE.row()


def test_the_area_reads_all_of_its_branches_and_an_officer_nothing(home: LivedIn) -> None:
    page = read(home, "overrides", area_manager(home.branch), office_id=id_of("A01"), **NOVEMBER)

    assert [(row["branch"], row["reason"]) for row in table(page)] == [
        *(("Office B001", f"কারণ {each.name}") for each in (RATE, NIGHT, REFUSED)),
        ("Office B002", "অন্য শাখা"),
    ]
    with pytest.raises(ReportNotFound):
        read(home, "overrides", home.branch.officer, **NOVEMBER)


def test_a_rebuild_brings_the_earlier_ones(home: LivedIn) -> None:
    harness = home.branch.harness
    before = read(home, "overrides", **NOVEMBER)
    told = [each.told(home.branch) for each in (RATE, NIGHT, REFUSED, LATER)]
    nothing: dict[str, Any] = {"items": [], "next": None}
    for feed in FEEDS:
        harness.others.answers[feed] = lambda _: nothing
    feed_items = [load(OVERRIDE_DECIDED.data, one) for one in told]
    harness.others.answers[EXPORT_OVERRIDES] = lambda _: {"items": feed_items, "next": None}
    with harness.process.database.transaction() as session:
        session.execute(delete(overrides))
    assert read(home, "overrides", **NOVEMBER)["rows"] == []

    plan_rebuild(harness.process.database, "transactions", step_id=new_id(), now=harness.watch.now())
    harness.take_steps("rebuild", by=TransactionsBatch)

    assert read(home, "overrides", **NOVEMBER)["rows"] == before["rows"]
