"""The code before a payout: it goes to her telephone, and nobody else reads it. Rules L4 and P2."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from contracts.accounts.loans import PAYOUT_CODE_SENT
from contracts.sealed import seal
from notifications.domain.attempts import PAUSES
from tests.integration.notifications.conftest import NUMBER

CODE = "048213"


def sent(branch: Any, member: str, **changes: Any) -> dict[str, Any]:
    key = branch.harness.process.keys.sealing("notifications")
    told = {
        "loan_id": str(uuid4()),
        "member_id": member,
        "on": "2026-11-23",
        "send": 1,
        "amount": "10000.00",
        "mobile": seal(NUMBER, key),
        "code": seal(CODE, key),
    } | changes
    branch.harness.hear(PAYOUT_CODE_SENT, told, event_id=str(uuid4()))
    return told


@pytest.mark.rule("L4", "P2")
def test_goes_to_her_number_with_the_amount_whatever_she_agreed_to(branch, postbox):
    member = branch.admit(consent=False)
    sent(branch, member)
    branch.deliver()
    [(number, text, purpose)] = postbox.sent
    assert (number, purpose) == (NUMBER, "proof_of_payout")
    assert CODE in text
    assert "Tk 10,000" in text


@pytest.mark.rule("L4")
def test_nobody_reads_the_code_in_the_branch_or_in_the_database(branch, postbox):
    member = branch.admit()
    sent(branch, member)
    [listed] = branch.messages()
    assert (listed["kind"], CODE in str(listed)) == ("payout_code", False)
    assert CODE not in str(rows(branch))
    branch.deliver()
    assert CODE not in str(branch.messages())
    assert [secret for _, secret in rows(branch)] == [None]


def test_is_told_once_and_each_sending_is_another_message(branch, postbox):
    member = branch.admit()
    told = sent(branch, member)
    sent(branch, member, loan_id=told["loan_id"])
    sent(branch, member, loan_id=told["loan_id"], send=2)
    branch.deliver()
    assert [number for number, _, _ in postbox.sent] == [NUMBER, NUMBER]


def test_is_kept_until_the_sender_has_taken_it(branch, postbox):
    member = branch.admit()
    postbox.refusals = 1
    sent(branch, member)
    branch.deliver()
    assert postbox.sent == []
    branch.harness.watch.advance(PAUSES[0])
    branch.deliver()
    [(_, text, _)] = postbox.sent
    assert CODE in text


def rows(branch: Any) -> list[tuple[str, str | None]]:
    with branch.harness.process.database.transaction() as session:
        return [
            (text, secret) for text, secret in session.execute(sa.text("SELECT text, secret FROM messages"))
        ]
