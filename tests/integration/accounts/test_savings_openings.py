"""Savings accounts of any product: agreed under the version of the day, opened in the book by a step."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER, LIST_APPROVALS, SAVINGS_OPENED
from contracts.accounts.product_errors import (
    AlreadyOneOfThis,
    AmountNotOffered,
    NoActiveMember,
    ProductNotOffered,
    TermNotOffered,
)
from contracts.accounts.savings import OPEN_SAVINGS
from contracts.errors import Forbidden, IdConflict, InvalidPayload, NotFound, PersonExcluded
from contracts.transactions.ledger import OPEN_ACCOUNT
from contracts.transactions.savings import ACCOUNT_STATE_CHANGED
from tests.support.accounts import Branch
from tests.support.memory import remembered
from tests.support.products import general, lump, monthly, offer, rate, voluntary

Harness = ServiceHarness[AccountsService]


@remembered
def member(branch: Branch, samity: str) -> dict[str, Any]:
    return branch.member(samity)


def wish(member: dict[str, Any], product_code: str, **changes: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "member_id": member["id"], "product_code": product_code} | changes


def open_for(branch: Branch, member: dict[str, Any], product_code: str, **changes: Any) -> dict[str, Any]:
    return branch.harness.ask(OPEN_SAVINGS, wish(member, product_code, **changes), actor=branch.officer)


def asked_of_the_book(harness: Harness) -> dict[str, Any]:
    return [command for method, command, _ in harness.others.asked if method == OPEN_ACCOUNT][-1]


def test_admission_opens_the_compulsory_product_with_its_terms(harness: Harness, member: dict[str, Any]):
    command = asked_of_the_book(harness)
    assert (command["ledger"], command["code"]) == ("general_savings", f"GS.{member['code']}.1")
    terms = command["terms"]
    assert (terms["product_code"], terms["version"], terms["annual_rate_bps"]) == ("GS", 1, 600)
    assert (terms["floor"], terms["fund"], terms["sex"]) == (0, "own", "female")
    assert terms["interest_method"] == "daily_product"
    assert terms["interest_rates"] == [{"from_on": date(2020, 1, 1), "bps": 600}]


def test_admission_follows_the_version_in_force(harness: Harness, branch: Branch, samity: str):
    offer(branch, "GS", general(rates=[rate(650)], floor="100.00"))
    branch.member(samity)
    terms = asked_of_the_book(harness)["terms"]
    assert (terms["version"], terms["annual_rate_bps"], terms["floor"]) == (2, 650, 10_000)


def test_a_monthly_account_takes_amount_and_term_along(
    harness: Harness, branch: Branch, member: dict[str, Any]
):
    offer(branch, "DPS", monthly())
    agreed = open_for(branch, member, "DPS", amount="500.00", months=60)
    assert (agreed["status"], agreed["code"]) == ("opening", f"DPS.{member['code']}.1")
    assert (agreed["approval_id"], agreed["maturity_value"]) == (None, None)
    harness.take_steps("open_savings", by=AccountsBatch)

    command = asked_of_the_book(harness)
    assert (command["id"], command["ledger"]) == (agreed["account_id"], "term_savings")
    terms = command["terms"]
    assert (terms["amount"], terms["months"], terms["annual_rate_bps"]) == (50_000, 60, 750)
    assert (terms["late_penalty"], terms["missing_limit"], terms["closing_charge"]) == (500, 6, 5_000)
    assert (terms["formula"], terms["maturity_value"]) == ("annuity_due", None)
    assert [slab["rate_bps"] for slab in terms["premature"]] == [400, 500]
    file = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.officer)
    assert [one["status"] for one in file["savings"]] == ["open", "open"]
    assert [one["code"] for one in harness.told(SAVINGS_OPENED)][-1] == agreed["code"]


def test_a_table_promises_the_end_with_its_bonus(harness: Harness, branch: Branch, member: dict[str, Any]):
    row = {"amount": "500.00", "months": 60, "value": "36400.00", "bonus": "100.00"}
    offer(branch, "DPS", monthly(maturities=[row], formula=None))
    assert open_for(branch, member, "DPS", amount="500.00", months=60)["maturity_value"] == "36500.00"
    with pytest.raises(AmountNotOffered):
        open_for(branch, member, "DPS", amount="600.00", months=60)


def test_a_lump_deposit_waits_for_the_manager(harness: Harness, branch: Branch, member: dict[str, Any]):
    offer(branch, "FDR", lump())
    agreed = open_for(branch, member, "FDR", amount="25000.00", months=84)
    assert (agreed["status"], agreed["maturity_value"]) == ("waiting", "50000.00")
    assert harness.planned("open_savings") == []
    (one,) = harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
    assert (one["kind"], one["facts"]["amount"], one["facts"]["maturity_value"]) == (
        "savings_opening",
        "25000.00",
        "50000.00",
    )

    harness.ask(DECIDE_APPROVAL, {"id": agreed["approval_id"], "approve": True}, actor=branch.manager)
    harness.take_steps("open_savings", by=AccountsBatch)

    terms = asked_of_the_book(harness)["terms"]
    assert (terms["amount"], terms["months"], terms["maturity_value"]) == (2_500_000, 84, 5_000_000)
    assert open_again(branch, member, agreed)["status"] == "open"


def open_again(branch: Branch, member: dict[str, Any], agreed: dict[str, Any]) -> dict[str, Any]:
    command = wish(member, "FDR", id=agreed["account_id"], amount="25000.00", months=84)
    return branch.harness.ask(OPEN_SAVINGS, command, actor=branch.officer)


def test_declined_it_is_never_opened(harness: Harness, branch: Branch, member: dict[str, Any]):
    offer(branch, "FDR", lump())
    agreed = open_for(branch, member, "FDR", amount="25000.00", months=84)
    no = {"id": agreed["approval_id"], "approve": False, "reason": "টাকার উৎস জানা নেই"}
    harness.ask(DECIDE_APPROVAL, no, actor=branch.manager)
    assert open_again(branch, member, agreed)["status"] == "declined"
    assert harness.planned("open_savings") == []
    assert open_for(branch, member, "FDR", amount="25000.00", months=84)["code"].endswith(".2")


def test_an_older_version_stays_the_accounts(harness: Harness, branch: Branch, member: dict[str, Any]):
    offer(branch, "VS", voluntary())
    open_for(branch, member, "VS")
    offer(branch, "VS", voluntary(rates=[rate(500)]))
    harness.take_steps("open_savings", by=AccountsBatch)
    assert asked_of_the_book(harness)["terms"]["annual_rate_bps"] == 600
    second = open_for(branch, member, "VS")
    assert (second["product_version"], second["code"]) == (2, f"VS.{member['code']}.2")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"product_code": "NONE"}, NotFound),
        ({"product_code": "GS"}, AlreadyOneOfThis),
        ({"product_code": "DPS"}, InvalidPayload),
        ({"product_code": "VS", "amount": "500.00"}, InvalidPayload),
        ({"product_code": "DPS", "amount": "500.00", "months": 48}, TermNotOffered),
        ({"product_code": "DPS", "amount": "50.00", "months": 60}, AmountNotOffered),
        ({"product_code": "DPS", "amount": "10100.00", "months": 60}, AmountNotOffered),
        ({"product_code": "DPS", "amount": "550.00", "months": 60}, AmountNotOffered),
        ({"product_code": "NEXT"}, ProductNotOffered),
    ],
)
def test_what_the_product_is_not_for_is_refused(
    branch: Branch, member: dict[str, Any], said: dict[str, Any], refusal: type[Exception]
):
    offer(branch, "VS", voluntary())
    offer(branch, "DPS", monthly())
    offer(branch, "NEXT", voluntary(), effective_on="2026-12-01")
    with pytest.raises(refusal):
        open_for(branch, member, **said)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 1, 3, 3)])
def test_what_the_book_says_last_of_its_closing_stands(
    harness: Harness, branch: Branch, member: dict[str, Any], order: tuple[int, ...]
):
    def mine() -> dict[str, Any]:
        (account,) = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)["savings"]
        return account

    account = mine()
    state = {"account_id": account["account_id"], "office_id": branch.id, "member_id": member["id"]}
    for version in order:
        harness.hear(ACCOUNT_STATE_CHANGED, state | {"closed": version in {1, 3}, "version": version})
    assert mine()["status"] == "closed"

    harness.hear(ACCOUNT_STATE_CHANGED, state | {"closed": False, "version": 4})
    assert mine()["status"] == "open"


def test_the_same_wish_again_answers_the_same(harness: Harness, branch: Branch, member: dict[str, Any]):
    offer(branch, "VS", voluntary())
    command = wish(member, "VS")
    first = harness.ask(OPEN_SAVINGS, command, actor=branch.officer)
    assert harness.ask(OPEN_SAVINGS, command, actor=branch.officer) == first
    assert len(harness.planned("open_savings")) == 1
    with pytest.raises(IdConflict):
        harness.ask(OPEN_SAVINGS, command | {"product_code": "GS"}, actor=branch.officer)


@pytest.mark.rule("M8")
def test_nobody_opens_for_himself_for_kin_or_outside_his_scope(
    harness: Harness, branch: Branch, samity: str, member: dict[str, Any]
):
    offer(branch, "VS", voluntary())
    kin = branch.actor("field_officer", excluded_members=(member["id"],))
    with pytest.raises(PersonExcluded):
        harness.ask(OPEN_SAVINGS, wish(member, "VS"), actor=kin)
    stranger = branch.actor("field_officer", person_id=branch.person_id("second_officer"))
    with pytest.raises(NotFound):
        harness.ask(OPEN_SAVINGS, wish(member, "VS"), actor=stranger)
    with pytest.raises(Forbidden):
        harness.ask(OPEN_SAVINGS, wish(member, "VS"), actor=branch.manager)
    with pytest.raises(NoActiveMember):
        open_for(branch, {"id": branch.admit(samity)["member_id"]}, "VS")
