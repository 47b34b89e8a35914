"""What stands on a desk: the sheets of the open days by whom they wait for, by officer and by office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import NotFound
from contracts.permissions import Role
from contracts.transactions.collection import CHECK_SHEET, CLAIM_NOT_HELD
from contracts.transactions.deferrals import DEFER_SHEET
from contracts.transactions.desk import READ_DESK
from tests.support.field import Branch, new_id
from tests.support.field_days import close
from transactions.models.projections import offices

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.integration.transactions.collection.conftest import Meeting

STAGES = ("awaited", "claimed", "submitted", "handed_over", "unchecked", "finished")


@dataclass
class Figures:
    """What of a line of work is not nothing."""

    work: dict[str, Any]

    @property
    def told(self) -> dict[str, int]:
        return {stage: self.work[stage] for stage in (*STAGES, "late") if self.work[stage]}

    @property
    def money(self) -> tuple[str, str]:
        return self.work["taken"], self.work["booked"]


def desk_of(branch: Branch, actor: Actor | None = None, office: str | None = None) -> dict[str, Any]:
    return branch.ask(READ_DESK, {"office_id": office or branch.office_id}, actor or branch.manager)


def branch_line(branch: Branch, actor: Actor | None = None) -> Figures:
    (line,) = desk_of(branch, actor)["offices"]
    assert line["sheets"] == sum(line[stage] for stage in STAGES)
    return Figures(line)


def put_below_area(branch: Branch) -> tuple[str, Actor]:
    """An area above the branch, and its manager."""
    area, path = new_id(), "/".join(branch.path.split("/")[:-2]) + "/"
    branch.project(offices, id=area, code=path.split("/")[-2], level="area", path=path)
    told = {"code": branch.path.split("/")[-2], "level": "branch", "path": branch.path}
    branch.project(offices, id=branch.office_id, parent_id=area, version=2, **told)
    manager = replace(branch.manager, role=Role.AREA_MANAGER.value, office_id=area, office_path=path)
    return area, replace(manager, person_id=new_id())


@pytest.mark.rule("M1")
@pytest.mark.rule("M8")
def test_a_sheet_waits_for_one_after_the_other_until_nobody_need_see_to_it(meeting: Meeting) -> None:
    branch, first = meeting.branch, meeting.savers[0]
    assert branch_line(branch).told == {"awaited": 1}

    rows = [meeting.phone.paid(first, 150), *(meeting.phone.nothing(one) for one in meeting.savers[1:])]
    meeting.phone.submit(meeting.sheet, rows)
    submitted = branch_line(branch)
    assert (submitted.told, submitted.money) == ({"submitted": 1}, ("150.00", "0.00"))

    handover = meeting.phone.hand_over([meeting.sheet], 150)["id"]
    assert branch_line(branch).told == {"handed_over": 1}
    branch.authorise(handover, branch.count(handover, 150))
    authorised = branch_line(branch)
    assert (authorised.told, authorised.money) == ({"unchecked": 1}, ("150.00", "150.00"))

    branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
    assert branch_line(branch).told == {"finished": 1}


def test_each_officer_has_a_line_and_sees_no_other(branch: Branch) -> None:
    colleague = branch.hire(Role.FIELD_OFFICER)
    own, other = branch.open_samity(), branch.open_samity(colleague, "0002")
    branch.admit(own, 1)
    branch.admit(other, 2)
    branch.open_day()
    phone = branch.phone(colleague)
    sheet = branch.sheet_of(other)
    phone.hold(sheet)
    branch.ask(CLAIM_NOT_HELD, {"sheet_id": sheet, "reason": "a wedding in the village"}, phone.actor)

    lines = {line["officer_id"]: Figures(line).told for line in desk_of(branch)["officers"]}

    assert lines == {branch.officer.person_id: {"awaited": 1}, colleague.person_id: {"claimed": 1}}
    (his,) = desk_of(branch, colleague)["officers"]
    assert (his["officer_id"], Figures(his).told) == (colleague.person_id, {"claimed": 1})
    assert branch_line(branch, colleague).told == {"claimed": 1}


@pytest.mark.rule("M3")
def test_a_sheet_past_which_the_day_closed_is_late_on_the_next_one(meeting: Meeting) -> None:
    asked = {"id": new_id(), "sheet_id": meeting.sheet, "reason": "the ferry did not run"}
    meeting.branch.ask(DEFER_SHEET, {**asked, "cash_overnight": "0.00"}, meeting.branch.manager)
    close(meeting.branch)

    line = branch_line(meeting.branch)

    assert line.work["on"] == "2026-11-24"
    assert line.told == {"awaited": 1, "late": 1}


@pytest.mark.rule("M17")
def test_an_area_sees_its_branches_side_by_side_and_which_is_behind(meeting: Meeting) -> None:
    branch = meeting.branch
    area, manager = put_below_area(branch)
    second = Branch(branch.harness, path=branch.path.replace("B001", "B002"))
    told = {"code": "B002", "level": "branch", "path": second.path}
    second.project(offices, id=second.office_id, parent_id=area, version=2, **told)

    desk = desk_of(branch, manager, area)

    lines = {line["office_id"]: line for line in desk["offices"]}
    assert lines.keys() == {branch.office_id, second.office_id}
    assert (lines[branch.office_id]["on"], lines[branch.office_id]["status"]) == ("2026-11-23", "open")
    assert (lines[second.office_id]["on"], lines[second.office_id]["sheets"]) == (None, 0)
    assert Figures(lines[branch.office_id]).told == {"awaited": 1}
    assert (desk["level"], desk["officers"]) == ("area", [])

    branch.harness.watch.advance(timedelta(days=2))
    behind = {line["office_id"]: line["days_behind"] for line in desk_of(branch, manager, area)["offices"]}
    assert behind == {branch.office_id: 2, second.office_id: 0}

    with pytest.raises(NotFound):
        desk_of(branch, branch.manager, area)
