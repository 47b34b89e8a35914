"""A complaint about a row of a sheet: who collected, counted or checked it does not answer (rule P4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from contracts.actor import Actor
from contracts.transactions import collection as promised
from contracts.transactions.complaint_errors import ComplaintIsForArea, ConcernedAnswers
from contracts.transactions.complaints import ANSWER_COMPLAINT, GET_COMPLAINT, MAKE_OWN_COMPLAINT
from tests.support.field import new_id

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting

pytestmark = pytest.mark.rule("P4")

FOUND = {"outcome": "book_right", "answer": "She looked at the page of her daughter"}


def complain(meeting: Meeting, **said: Any) -> str:
    """Let the first saver say herself what is wrong."""
    she = Actor(person_id=meeting.savers[0].id, kind="member", role="member", session_id=new_id())
    asked = {"id": new_id(), "said": "I gave 200 taka", **said}
    return str(meeting.branch.ask(MAKE_OWN_COMPLAINT, asked, she)["id"])


def post(meeting: Meeting) -> None:
    """Let the accountant count what was collected, which posts it."""
    handover = meeting.phone.hand_over([meeting.sheet], 250)["id"]
    meeting.branch.authorise(handover, meeting.branch.count(handover, 250))


def case(meeting: Meeting, complaint_id: str, by: Actor | None = None) -> dict[str, Any]:
    return meeting.branch.ask(GET_COMPLAINT, {"id": complaint_id}, by or meeting.branch.manager)


def answer(meeting: Meeting, complaint_id: str, by: Actor) -> dict[str, Any]:
    return meeting.branch.ask(ANSWER_COMPLAINT, {"id": complaint_id, **FOUND}, by)


def collect(meeting: Meeting) -> str:
    """Let the officer collect 250 taka and send them in; return the first saver's row."""
    first, second, third = meeting.savers
    phone = meeting.phone
    rows = [phone.paid(first, 150), phone.paid(second, 100), phone.nothing(third)]
    phone.submit(meeting.sheet, rows)
    return str(rows[0]["row_id"])


def test_a_row_on_its_way_stands_beside_the_case(meeting: Meeting) -> None:
    found = case(meeting, complain(meeting, about="entry", row_id=collect(meeting)))

    assert (found["line"]["amount"], found["line"]["entry_id"]) == ("150.00", None)
    assert [sheet["sheet_id"] for sheet in found["sheets"]] == [meeting.sheet]
    assert (found["waits_for"], found["may_answer"]) == ("branch", True)


@pytest.mark.parametrize("is_row", [True, False])
def test_who_posts_or_checks_the_sheet_afterwards_does_not_answer_either(
    meeting: Meeting, *, is_row: bool
) -> None:
    branch, row_id = meeting.branch, collect(meeting)
    missing = {"account_code": f"GS.{meeting.savers[0].code}", "on": branch.on.isoformat()}
    said = {"about": "entry", "row_id": row_id} if is_row else {"about": "no_entry", **missing}
    complaint_id = complain(meeting, **said)
    post(meeting)
    posted = replace(branch.accountant, role="branch_manager")
    assert case(meeting, complaint_id)["may_answer"]
    with pytest.raises(ConcernedAnswers):
        answer(meeting, complaint_id, posted)

    branch.ask(promised.CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
    found = case(meeting, complaint_id)
    assert (found["waits_for"], found["escalated"]) == ("area", ["by_manager"])
    with pytest.raises(ConcernedAnswers):
        answer(meeting, complaint_id, branch.manager)
    another = replace(branch.manager, person_id=new_id())
    with pytest.raises(ComplaintIsForArea):
        answer(meeting, complaint_id, another)
    answer(meeting, complaint_id, replace(another, role="area_manager"))
