"""A row of an earlier day's sheet is put right: the collector owes what was spent (rule M13)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.collection import CHECK_SHEET
from contracts.transactions.ledger import CLOSE_DAY, CONFIRM_VAULT_COUNT, READ_PASSBOOK, RECORD_VAULT_COUNT
from contracts.transactions.savings import CORRECTION_POSTED, PROPOSE_CORRECTION
from tests.support.field import MONDAY, Branch, new_id, notes
from tests.support.memory import remembered
from transactions.batch.duties import TransactionsBatch
from transactions.domain.ledger import PendingDelta

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Saver


def count_vault(branch: Branch, moment: str, taka: int) -> None:
    branch.harness.watch.advance(timedelta(seconds=1))
    count = {
        "id": new_id(),
        "office_id": branch.office_id,
        "on": branch.on.isoformat(),
        "moment": moment,
        "denominations": notes(taka),
    }
    branch.ask(RECORD_VAULT_COUNT, count, branch.accountant)
    branch.ask(CONFIRM_VAULT_COUNT, {"id": count["id"]}, branch.manager)


@remembered
def row_id(meeting: Meeting) -> str:
    """A row of 100 taka that was written for the first saver on Monday, and belongs to the second."""
    branch, wrong = meeting.branch, meeting.savers[0]
    count_vault(branch, "opening", 0)
    rows = [meeting.phone.paid(wrong, 100), *(meeting.phone.nothing(saver) for saver in meeting.savers[1:])]
    meeting.phone.submit(meeting.sheet, rows)
    handover = meeting.phone.hand_over([meeting.sheet], 100)["id"]
    branch.authorise(handover, branch.count(handover, 100))
    branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
    count_vault(branch, "closing", 100)
    branch.ask(CLOSE_DAY, {"office_id": branch.office_id, "on": branch.on.isoformat()}, branch.manager)
    branch.harness.take_steps("close_day", by=TransactionsBatch)
    return str(rows[0]["row_id"])


def balance_of(branch: Branch, saver: Saver) -> str:
    return str(branch.ask(READ_PASSBOOK, {"member_id": saver.id}, branch.manager)["accounts"][0]["balance"])


def put_right(meeting: Meeting, row_id: str) -> None:
    branch, (wrong, right, _) = meeting.branch, meeting.savers
    lines = branch.ask(READ_PASSBOOK, {"member_id": wrong.id}, branch.manager)["lines"]
    entry_id = next(line["entry_id"] for line in lines if line["row_id"] == row_id)
    asked = {
        "id": new_id(),
        "from": {"entry_id": entry_id, "row_id": row_id},
        "to_account_id": right.account_id,
        "reason": "the neighbour's page",
        "evidence": "both passbooks",
    }
    branch.ask(PROPOSE_CORRECTION, asked, branch.accountant)
    branch.decide(asked["id"])


@pytest.mark.rule("M13")
class TestARowOfASheet:
    def test_goes_to_whose_money_it_was_with_the_day_of_the_meeting(
        self, meeting: Meeting, row_id: str
    ) -> None:
        put_right(meeting, row_id)

        wrong, right, _ = meeting.savers
        assert (balance_of(meeting.branch, wrong), balance_of(meeting.branch, right)) == ("0.00", "100.00")
        (told,) = meeting.branch.harness.told(CORRECTION_POSTED)
        assert (told["value_on"], told["business_on"]) == (MONDAY, MONDAY + timedelta(days=1))

    @pytest.mark.spoils_the_books("PROMISED_IS_NOT_THE_WITHDRAWALS")
    def test_that_is_spent_is_the_collectors_debt(self, meeting: Meeting, row_id: str) -> None:
        with meeting.branch.harness.service().books() as books:
            promised = PendingDelta(meeting.savers[0].account_id, outgoing=6_000)
            books.ledger.add_pending([promised])

        put_right(meeting, row_id)

        wrong, right, _ = meeting.savers
        assert (balance_of(meeting.branch, wrong), balance_of(meeting.branch, right)) == ("60.00", "100.00")
        assert meeting.branch.balances()["1210"] == "60.00"
