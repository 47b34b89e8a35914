"""The server is away for days: sheets of later dates wait, paper is entered with its own value date (M17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.transactions.collection import CHECK_SHEET, LIST_SHEETS
from contracts.transactions.collection_errors import SheetWaits
from contracts.transactions.ledger import GET_DAY, LIST_ENTRIES
from tests.support.field_days import close, day_of
from tests.support.memory import remembered
from transactions.domain.sheets import weekday_number

if TYPE_CHECKING:
    from tests.support.field import Branch, Saver

pytestmark = pytest.mark.rule("M17")
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def sheet_of(branch: Branch, samity: str, on: date) -> str:
    listed = branch.ask(LIST_SHEETS, {"on": on.isoformat()}, branch.manager)["items"]
    return str(next(one["id"] for one in listed if one["samity_id"] == samity))


def booked(branch: Branch, on: date) -> list[tuple[str, str]]:
    asked = {"office_id": branch.office_id, "on": on.isoformat()}
    entries = branch.ask(LIST_ENTRIES, asked, branch.manager)["items"]
    return [(one["business_on"], one["value_on"]) for one in entries if one["kind"] == "collection"]


@remembered
def away(branch: Branch) -> tuple[Branch, dict[date, tuple[str, Saver]]]:
    """A branch that opened on Monday; the server came back on Wednesday evening, two meetings later."""
    meetings: dict[date, Any] = {}
    branch.open_day()
    for number, on in enumerate((TUESDAY, WEDNESDAY), start=1):
        samity = branch.open_samity(code=f"000{number}", meeting_weekday=weekday_number(on))
        meetings[on] = (samity, branch.admit(samity, number))
    branch.ask(LIST_SHEETS, {}, branch.manager)
    branch.harness.watch.advance(timedelta(days=2, hours=6))
    return branch, meetings


def test_sheets_of_later_dates_are_taken_and_wait_for_their_day(away: Any) -> None:
    branch, meetings = away
    samity, saver = meetings[WEDNESDAY]
    phone, sheet = branch.phone(), sheet_of(branch, samity, WEDNESDAY)
    phone.hold(sheet)

    answer = phone.submit(sheet, [phone.paid(saver, 70, recorded_at="2026-11-25T05:00:00.000000Z")])

    assert answer["status"] == "submitted"
    assert branch.sheet(sheet)["waiting"]
    with pytest.raises(SheetWaits):
        phone.hand_over([sheet], 70)


def test_each_day_is_closed_in_order_with_the_money_of_its_own_meeting(away: Any) -> None:
    branch, meetings = away
    vault = 0
    assert close(branch) == TUESDAY.isoformat()
    for taka, on in ((50, TUESDAY), (70, WEDNESDAY)):
        samity, saver = meetings[on]
        phone, sheet = branch.phone(), sheet_of(branch, samity, on)
        phone.hold(sheet)
        phone.submit(sheet, [phone.paid(saver, taka, recorded_at=f"{on.isoformat()}T05:00:00.000000Z")])
        handover = phone.hand_over([sheet], taka)["id"]
        branch.authorise(handover, branch.count(handover, taka))
        branch.ask(CHECK_SHEET, {"sheet_id": sheet}, branch.manager)
        vault += taka
        close(branch, vault)

    assert booked(branch, TUESDAY) == [("2026-11-24", "2026-11-24")]
    assert booked(branch, WEDNESDAY) == [("2026-11-25", "2026-11-25")]
    assert day_of(branch)["on"] == "2026-11-26"


def test_cash_in_the_field_is_shown_before_it_is_in_the_book(away: Any) -> None:
    branch, meetings = away
    close(branch)
    samity, saver = meetings[TUESDAY]
    phone, sheet = branch.phone(), sheet_of(branch, samity, TUESDAY)
    phone.hold(sheet)
    phone.submit(sheet, [phone.paid(saver, 50)])

    day = branch.ask(GET_DAY, {"office_id": branch.office_id}, branch.manager)

    assert (day["vault"], day["in_field"]) == ("0.00", "50.00")
