"""What an officer collects is pending at once, and in the book when its cash was counted."""

import pytest

from contracts.transactions.collection import CHECK_SHEET, SHEET_AUTHORISED
from contracts.transactions.ledger import READ_PASSBOOK


def passbook(meeting, saver):
    return meeting.branch.ask(READ_PASSBOOK, {"member_id": saver.id}, meeting.branch.manager)


@pytest.mark.rule("M1")
def test_a_row_goes_from_pending_to_the_book(meeting):
    first, second, third = meeting.savers
    rows = [meeting.phone.paid(first, 120), meeting.phone.paid(second, 80), meeting.phone.nothing(third)]

    answer = meeting.phone.submit(meeting.sheet, rows)

    assert answer["status"] == "submitted"
    assert [row["outcome"] for row in answer["rows"]] == ["pending"] * 3
    before = passbook(meeting, first)
    assert (before["accounts"][0]["balance"], before["accounts"][0]["pending_in"]) == ("0.00", "120.00")
    assert [line["status"] for line in before["lines"]] == ["pending"]

    handover = meeting.phone.hand_over([meeting.sheet], 200)
    count = meeting.branch.count(handover["id"], 200)
    posted = meeting.branch.authorise(handover["id"], count)

    assert (posted["status"], posted["difference"]) == ("authorised", "0.00")
    after = passbook(meeting, first)
    assert (after["accounts"][0]["balance"], after["accounts"][0]["pending_in"]) == ("120.00", "0.00")
    assert [line["status"] for line in after["lines"]] == ["confirmed"]
    assert [line["status"] for line in passbook(meeting, third)["lines"]] == ["nothing_received"]
    balances = meeting.branch.balances()
    assert balances["1110"] == "200.00"
    assert balances["2110"] == "200.00"
    assert balances.get("1120", "0.00") == "0.00"
    told = meeting.branch.harness.told(SHEET_AUTHORISED)
    assert len(told) == 1
    assert {line["member_id"]: line["balance"] for line in told[0]["lines"]} == {
        first.id: 12000,
        second.id: 8000,
        third.id: 0,
    }
    checked = meeting.branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, meeting.branch.manager)
    assert checked["checked"] is True
