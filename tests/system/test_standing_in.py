"""Over HTTP, on the real parts: who is away is replaced, limits are set by two, and a number is changed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Person, Refused
from demo.town import Branch, Town, admission, eventually, new_id, savings_of, today
from tests.support.postbox import codes

if TYPE_CHECKING:
    from bench.installation import Installation

NEW_NUMBER = "01987654321"
LIMIT = "loan:approve"


@pytest.fixture(scope="module")
def branch(town: Town) -> Branch:
    return town.open_branch()


@pytest.fixture(scope="module")
def samity(branch: Branch) -> str:
    return branch.open_samity()


def acting_wish(branch: Branch, **changes: Any) -> dict[str, Any]:
    """The manager is away, and the accountant acts for her a week."""
    return {
        "staff_id": branch.ids["accountant"],
        "role": "branch_manager",
        "office_id": branch.id,
        "away_id": branch.ids["branch_manager"],
        "from_on": today().isoformat(),
        "to_on": (today() + timedelta(days=6)).isoformat(),
        "reason": "ছুটি",
    } | changes


def decision_of(person: Person, service: str, approval: str) -> dict[str, Any]:
    return person.post(f"/approvals/{service}/{approval}/decision", {"approve": True})


def refusal_of(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value.code)


@pytest.mark.rule("M8", "P7")
def test_who_acts_for_the_manager_decides_what_she_would_and_nothing_of_his_own(
    town: Town, branch: Branch, samity: str
) -> None:
    member, accountant = new_id(), branch.accountant
    applicant = branch.officer.put(f"/members/{member}", admission(samity, branch.on))["approval_id"]
    assert refusal_of(lambda: decision_of(accountant, "accounts", applicant)) == "FORBIDDEN"

    acting = new_id()
    town.administrator.put(f"/acting/{acting}", acting_wish(branch))
    assert refusal_of(lambda: decision_of(town.administrator, "identity", acting)) == "MAKER_IS_CHECKER"
    decision_of(town.second, "identity", acting)

    eventually(lambda: [one["role"] for one in accountant.get("/me")["acting"]] == ["branch_manager"])
    waiting = accountant.get("/approvals")["items"]
    assert next(one for one in waiting if one["id"] == applicant)["may_decide"]
    assert decision_of(accountant, "accounts", applicant)["state"] == "opening"
    eventually(lambda: savings_of(accountant, member)["status"] == "open")

    issue = eventually(lambda: accountant.put(f"/members/{member}/login/issues/{new_id()}", {}))
    assert refusal_of(lambda: decision_of(accountant, "identity", issue["id"])) == "MAKER_IS_CHECKER"

    town.administrator.post(f"/acting/{acting}/end", {"reason": "তিনি ফিরেছেন"})
    eventually(lambda: accountant.get("/me")["acting"] == [])
    another = branch.officer.put(f"/members/{new_id()}", admission(samity, branch.on))["approval_id"]
    assert refusal_of(lambda: decision_of(accountant, "accounts", another)) == "FORBIDDEN"
    listed = town.administrator.get("/acting")["items"]
    assert next(one for one in listed if one["id"] == acting)["state"] == "ended"


@pytest.mark.rule("P7")
def test_a_limit_is_set_by_two_administrators_and_counts_from_its_day(town: Town, branch: Branch) -> None:
    first_on = (today() + timedelta(days=30)).isoformat()
    wish = {"role": "branch_manager", "permission": LIMIT, "amount": "150000", "reason": "Board"}
    limit = new_id()
    too_soon = wish | {"effective_on": today().isoformat()}
    assert refusal_of(lambda: town.administrator.put(f"/limits/{new_id()}", too_soon)) == "LIMIT_TOO_SOON"

    town.administrator.put(f"/limits/{limit}", wish | {"effective_on": first_on})
    decision_of(town.second, "identity", limit)

    listed = branch.manager.get("/limits")["items"]
    mine = [one for one in listed if (one["role"], one["permission"]) == ("branch_manager", LIMIT)]
    assert [(one["amount"], one["effective_on"], one["in_force"]) for one in mine] == [
        ("100000.00", "2020-01-01", True),
        ("150000.00", first_on, False),
    ]


def test_the_accountant_finds_a_witness(branch: Branch) -> None:
    found = {one["id"]: one["role"] for one in branch.accountant.get("/staff/colleagues")["items"]}
    assert found[branch.ids["field_officer"]] == "field_officer"
    assert set(found) == set(branch.ids.values())


@pytest.mark.rule("P1", "P2", "M9")
def test_a_member_gets_another_number_and_her_money_is_watched(
    mikrof: Installation, branch: Branch, samity: str
) -> None:
    member = branch.admit(samity)
    account = savings_of(branch.accountant, member)["account_id"]
    change = new_id()
    path = f"/members/{member}/number-changes/{change}"
    wish = {"mobile": NEW_NUMBER, "reason": "ফোন হারিয়েছে"}
    assert refusal_of(lambda: branch.officer.put(path, wish)) == "FORBIDDEN"
    branch.accountant.put(path, wish)

    [code] = eventually(lambda: codes(mikrof, "proof_of_number"))
    branch.accountant.post(f"/number-changes/{change}/confirmation", {"code": code})
    [waiting] = [one for one in branch.manager.get("/approvals")["items"] if one["kind"] == "number_change"]
    assert refusal_of(lambda: decision_of(branch.manager, "accounts", waiting["id"])) == "CALL_BACK_MISSING"
    call = {"called": "old", "note": "তিনি নিজে বলেছেন"}
    assert (
        refusal_of(lambda: branch.accountant.post(f"/number-changes/{change}/call-back", call))
        == "MAKER_IS_CHECKER"
    )
    branch.manager.post(f"/number-changes/{change}/call-back", call)
    assert decision_of(branch.manager, "accounts", waiting["id"])["state"] == "approved"

    assert branch.manager.get(f"/members/{member}")["mobile_masked"].endswith("4321")
    told = eventually(lambda: kinds_of(branch, member, "number_changed", 2))
    assert {"number_code", "number_change_asked"} <= told
    assert code not in json.dumps(branch.manager.get("/messages", member_id=member))
    branch.count_vault("opening")
    branch.accountant.put(
        f"/deposits/{new_id()}", {"account_id": account, "amount": "500.00", "paid_by": "self"}
    )
    withdrawal = branch.accountant.put(
        f"/withdrawals/{new_id()}", {"account_id": account, "amount": "100.00", "reason": "স্কুলের বেতন"}
    )
    assert withdrawal["caution"] == ["number_changed"]


def kinds_of(branch: Branch, member: str, kind: str, times: int) -> set[str] | None:
    """The kinds of her messages, as soon as one of them is there so often."""
    kinds = [one["kind"] for one in branch.manager.get("/messages", member_id=member)["items"]]
    return set(kinds) if kinds.count(kind) == times else None
