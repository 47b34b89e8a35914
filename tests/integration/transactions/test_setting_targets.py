"""Who sets targets for whom; the newest count, and a closed month takes none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, IdConflict, InvalidPayload, NotFound
from contracts.transactions.month_errors import MonthClosed
from contracts.transactions.months import CLOSE_MONTH
from contracts.transactions.targets import LIST_TARGETS, SET_TARGETS
from contracts.transactions.targets_errors import TargetForNobody, TargetOutOfPlace
from tests.support.branch import Branch, id_of, new_id
from tests.support.purse import area_manager, pass_days, work_on_few_days
from transactions.batch.duties import TransactionsBatch

AMOUNTS = {"savings": "50000.00", "disbursement": "400000.00", "recovery": "300000.00"}
DECEMBER = "2026-12-01"


def goals(branch: Branch, officer_id: str | None = None, **more: Any) -> dict[str, Any]:
    asked = {"id": new_id(), "office_id": branch.id, "officer_id": officer_id, "month": "2026-12-17"}
    return {**asked, "members": 12, **AMOUNTS, **more}


def listed(branch: Branch, month: str = DECEMBER) -> list[dict[str, Any]]:
    answer = branch.ask(LIST_TARGETS, branch.manager, office_id=branch.id, month=month)
    items: list[dict[str, Any]] = answer["items"]
    return items


class TestWhoSetsThem:
    def test_the_area_for_a_branch_and_the_manager_for_his_officers(self, branch: Branch) -> None:
        above, officer = area_manager(branch), branch.officer.person_id
        of_branch = branch.ask(SET_TARGETS, above, **goals(branch))
        of_officer = branch.ask(SET_TARGETS, branch.manager, **goals(branch, officer, members=4))

        assert of_branch["month"] == DECEMBER
        assert (of_branch["members"], of_branch["officer_id"]) == (12, None)
        assert {key: of_branch[key] for key in AMOUNTS} == AMOUNTS
        assert (of_officer["members"], of_officer["set_by_en"]) == (4, "Manager")
        assert (of_officer["officer_en"], of_branch["officer_en"]) == ("Officer", None)
        assert listed(branch) == [of_officer, of_branch]
        assert listed(branch, "2026-11-30") == []

    def test_nobody_for_himself_or_past_the_office_between(self, branch: Branch) -> None:
        above, officer = area_manager(branch), branch.officer.person_id

        for by, asked in (
            (branch.manager, goals(branch)),
            (above, goals(branch, officer)),
            (above, goals(branch, office_id=id_of("A01"))),
            (replace(above, office_path="/HO/"), goals(branch, office_id=id_of("A01"))),
        ):
            with pytest.raises(TargetOutOfPlace):
                branch.ask(SET_TARGETS, by, **asked)
        for by in (branch.officer, branch.accountant, branch.person("auditor")):
            with pytest.raises(Forbidden):
                branch.ask(SET_TARGETS, by, **goals(branch, officer))
        assert listed(branch) == []

    def test_for_active_field_officers_of_the_branch_only(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        with pytest.raises(TargetForNobody):
            branch.ask(SET_TARGETS, branch.manager, **goals(branch, branch.accountant.person_id))
        for unseen in (goals(branch, branches[1].officer.person_id), goals(branch, new_id())):
            with pytest.raises(NotFound):
                branch.ask(SET_TARGETS, branch.manager, **unseen)
        with pytest.raises(NotFound):
            branch.ask(SET_TARGETS, branch.manager, **goals(branches[1], branches[1].officer.person_id))
        with pytest.raises(NotFound):
            branch.ask(LIST_TARGETS, branch.manager, office_id=branches[1].id, month=DECEMBER)

    @pytest.mark.parametrize("wrong", [{"members": -1}, {"savings": "-1.00"}, {"recovery": "10.50"}])
    def test_in_whole_taka_and_never_less_than_nothing(self, branch: Branch, wrong: dict[str, Any]) -> None:
        with pytest.raises(InvalidPayload):
            branch.ask(SET_TARGETS, area_manager(branch), **goals(branch, **wrong))


class TestDatedData:
    def test_a_repeated_request_sets_once_and_another_one_is_refused(self, branch: Branch) -> None:
        above, asked = area_manager(branch), goals(branch)
        first = branch.ask(SET_TARGETS, above, **asked)

        assert branch.ask(SET_TARGETS, above, **{**asked, "month": "2026-12-31"}) == first
        with pytest.raises(IdConflict):
            branch.ask(SET_TARGETS, above, **{**asked, "members": 13})
        with pytest.raises(IdConflict):
            branch.ask(SET_TARGETS, area_manager(branch, "another"), **asked)
        assert listed(branch) == [first]
        assert len(branch.harness.audited("set_targets")) == 1

    def test_what_was_set_before_stays_to_be_read(self, branch: Branch) -> None:
        above = area_manager(branch)
        for members in (12, 15, 9):
            branch.ask(SET_TARGETS, above, **goals(branch, members=members))

        assert [one["members"] for one in listed(branch)] == [9, 15, 12]

    def test_and_is_changed_by_nobody(self, branch: Branch) -> None:
        branch.ask(SET_TARGETS, area_manager(branch), **goals(branch))

        for deed in ("UPDATE targets SET members = 1", "DELETE FROM targets"):
            with (
                pytest.raises(sa.exc.DBAPIError),
                branch.harness.process.database.transaction() as session,
            ):
                session.execute(sa.text(deed))
        assert [one["members"] for one in listed(branch)] == [12]


@pytest.mark.rule("M15")
def test_a_closed_month_takes_none(branches: tuple[Branch, Branch]) -> None:
    branch = branches[0]
    above = area_manager(branch)
    branch.open_samity("Jhumka", active=False)
    branch.open_day()
    work_on_few_days(branch, date(2027, 1, 15))
    known = goals(branch, month="2026-11-01")
    first = branch.ask(SET_TARGETS, above, **known)
    pass_days(branch, date(2026, 12, 1))
    branch.ask(CLOSE_MONTH, branch.manager, office_id=branch.id, month="2026-11-01")
    branch.harness.take_steps("close_month", by=TransactionsBatch)

    with pytest.raises(MonthClosed):
        branch.ask(SET_TARGETS, above, **goals(branch, month="2026-11-30"))
    with pytest.raises(MonthClosed):
        branch.ask(SET_TARGETS, branch.manager, **goals(branch, branch.officer.person_id, month="2026-11-30"))
    assert branch.ask(SET_TARGETS, above, **known) == first
    assert listed(branch, "2026-11-01") == [first]
    branch.ask(SET_TARGETS, above, **goals(branch, month="2026-12-01"))
