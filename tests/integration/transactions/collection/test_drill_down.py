"""From a figure of the trial balance to the line, the entry, the sheet, the officer and who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.transactions.books import LIST_LEDGER_LINES, READ_ENTRY, READ_LEDGER
from contracts.transactions.ledger import TRIAL_BALANCE
from tests.support.memory import remembered

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting


@remembered
def short(meeting: Meeting) -> str:
    """250 taka were collected, 240 were counted; the manager accepted that the officer owes ten."""
    rows = [meeting.phone.paid(meeting.savers[0], 150), meeting.phone.paid(meeting.savers[1], 100)]
    rows.append(meeting.phone.nothing(meeting.savers[2]))
    meeting.phone.submit(meeting.sheet, rows)
    handover = meeting.phone.hand_over([meeting.sheet], 250)["id"]
    asked = meeting.branch.authorise(handover, meeting.branch.count(handover, 240))
    meeting.branch.decide(asked["approval_id"])
    return str(handover)


def lines_of(meeting: Meeting, ledger: str) -> list[dict[str, Any]]:
    branch = meeting.branch
    page = branch.ask(LIST_LEDGER_LINES, {"office_id": branch.office_id, "ledger": ledger}, branch.manager)
    return list(page["items"])


def entry_of(meeting: Meeting, entry_id: str) -> dict[str, Any]:
    return meeting.branch.ask(READ_ENTRY, {"entry_id": entry_id}, meeting.branch.manager)


def test_savings_lead_to_the_sheet_its_officer_and_each_members_row(meeting: Meeting, short: str) -> None:
    branch = meeting.branch
    asked = {"office_id": branch.office_id}
    balance = branch.ask(TRIAL_BALANCE, asked, branch.manager)
    figure = next(row["credit"] for row in balance["rows"] if row["code"] == "2110")
    by_day = branch.ask(READ_LEDGER, {**asked, "ledger": "2110"}, branch.manager)
    (line,) = lines_of(meeting, "2110")
    entry = entry_of(meeting, line["entry_id"])

    assert figure == by_day["closing"] == line["balance"] == "250.00"
    (sheet,) = entry["sheets"]
    assert (sheet["sheet_id"], sheet["handover_id"]) == (meeting.sheet, short)
    assert sheet["collected_by"] == entry["officer_id"] == branch.officer.person_id
    hers = {posting["member_id"]: posting for posting in entry["postings"] if posting["member_id"]}
    assert {member: posting["credit"] for member, posting in hers.items()} == {
        meeting.savers[0].id: "150.00",
        meeting.savers[1].id: "100.00",
    }
    assert all(posting["row_id"] and posting["receipt"] for posting in hers.values())


def test_what_an_officer_owes_leads_to_the_hand_over_and_to_who_accepted_it(
    meeting: Meeting, short: str
) -> None:
    (line,) = lines_of(meeting, "1210")

    entry = entry_of(meeting, line["entry_id"])

    assert (line["debit"], entry["kind"], entry["handover_id"]) == ("10.00", "hand_over", short)
    (approval,) = entry["approvals"]
    assert (approval["kind"], approval["state"]) == ("shortage", "approved")
    assert approval["checker_id"] == meeting.branch.manager.person_id
