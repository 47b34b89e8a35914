"""How a member stands with the book before she leaves, and her final statement (rule L7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import NotFound
from contracts.transactions.complaints import ANSWER_COMPLAINT, CONTACT_COMPLAINANT, MAKE_OWN_COMPLAINT
from contracts.transactions.ledger import PROPOSE_REVERSAL
from contracts.transactions.savings import PROPOSE_CLOSING
from contracts.transactions.standing import MEMBER_STANDING, READ_FINAL_STATEMENT
from tests.support.branch import MONDAY, id_of, new_id

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L7")


def standing(branch: Branch, name: str = "Rahima", by: Actor | None = None) -> dict[str, Any]:
    return branch.ask(MEMBER_STANDING, by or branch.manager, member_id=id_of(name))


def statement(branch: Branch, name: str = "Rahima") -> dict[str, Any]:
    return branch.ask(READ_FINAL_STATEMENT, branch.manager, member_id=id_of(name))


def close_savings(branch: Branch, name: str = "Rahima") -> str:
    closing = new_id()
    branch.ask(
        PROPOSE_CLOSING,
        branch.accountant,
        id=closing,
        account_id=id_of(f"savings of {name}"),
        evidence="her thumb",
        reason="leaves",
    )
    branch.approve(closing)
    return closing


def test_tells_all_of_hers_in_the_book(branch: Branch) -> None:
    branch.deposit("Rahima", "500.00")

    told = standing(branch)

    (account,) = told["accounts"]
    assert (account["account_id"], account["ledger"]) == (id_of("savings of Rahima"), "2110")
    assert (account["balance"], account["closed"]) == ("500.00", False)
    assert (told["business_on"], told["loans"], told["unallocated"]) == (MONDAY.isoformat(), [], "0.00")
    assert (told["waiting"], told["has_pending"]) == (0, False)


def test_what_waits_for_a_second_person_is_pending(branch: Branch) -> None:
    posted = branch.deposit("Rahima", "500.00")
    request = {"reason": "ভুল হিসাব", "evidence": "her thumb"}
    branch.ask(
        PROPOSE_REVERSAL,
        branch.accountant,
        id=new_id(),
        entry_id=posted["entry_id"],
        kind="money_returned",
        **request,
    )

    told = standing(branch)

    assert (told["waiting"], told["has_pending"]) == (1, True)
    assert standing(branch, "Salma")["has_pending"] is False


@pytest.mark.rule("P4")
def test_what_she_said_is_wrong_is_told_until_it_is_answered(branch: Branch) -> None:
    said = {"about": "conduct", "said": "He shouted at me"}
    complaint_id = branch.ask(MAKE_OWN_COMPLAINT, branch.member("Rahima"), id=new_id(), **said)["id"]
    assert (standing(branch)["complaints"], standing(branch, "Salma")["complaints"]) == (1, 0)
    assert standing(branch, by=branch.officer)["complaints"] == 0
    branch.ask(CONTACT_COMPLAINANT, branch.manager, id=complaint_id, contact="phone")
    assert standing(branch, by=branch.officer)["complaints"] == 1
    found = {"outcome": "upheld", "answer": "He has apologised to her"}
    branch.ask(ANSWER_COMPLAINT, branch.manager, id=complaint_id, **found)

    assert standing(branch)["complaints"] == 0


def test_a_closed_account_is_told_as_closed(branch: Branch) -> None:
    branch.deposit("Rahima", "500.00")
    close_savings(branch)

    (account,) = standing(branch)["accounts"]
    assert (account["balance"], account["closed"]) == ("0.00", True)


def test_nobody_stands_with_a_book_that_does_not_know_her(branch: Branch) -> None:
    with pytest.raises(NotFound):
        standing(branch, "Nobody")


def test_the_final_statement_says_what_each_account_paid(branch: Branch) -> None:
    branch.deposit("Rahima", "500.00")
    assert statement(branch)["still_open"] == ["GS.B001.Rahima.01"]

    close_savings(branch)

    told = statement(branch)
    (account,) = told["accounts"]
    assert (account["balance"], account["interest"], account["payout"]) == ("500.00", "0.00", "500.00")
    assert account["receipt_number"] == "B001-2026-000002"
    assert (told["paid_out"], told["still_open"], told["member_name_en"]) == ("500.00", [], "Rahima")


def test_an_undone_closing_is_not_in_it(branch: Branch) -> None:
    branch.deposit("Rahima", "500.00")
    closing = close_savings(branch)
    branch.approve(branch.propose_reversal(closing, "money_returned"))

    told = statement(branch)

    assert (told["accounts"], told["paid_out"]) == ([], "0.00")
    assert told["still_open"] == ["GS.B001.Rahima.01"]


def test_another_branch_reads_no_statement(branch: Branch, branches: tuple[Branch, Branch]) -> None:
    assert branch.code == "B001"
    with pytest.raises(NotFound):
        statement(branches[1])
