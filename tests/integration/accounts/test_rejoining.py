"""Joining again: another membership of the same person, under a code of its own (domain §2)."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from accounts.models import members
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import GET_MEMBER, LIST_APPROVALS, LIST_MEMBERS
from contracts.accounts.errors import DuplicateNid, FormerMemberBarred
from tests.support.accounts import Branch
from tests.support.memory import remembered

Harness = ServiceHarness[AccountsService]
NID = "1990123456"


@remembered
def left(harness: Harness, branch: Branch, samity: str) -> dict[str, Any]:
    """A member whose membership has ended."""
    return end(harness, branch.member(samity, nid=NID))


def end(harness: Harness, member: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Bring a membership to its end as the register writes it; leaving itself has tests of its own."""
    closed = {"status": "closed", "closed_on": date(2026, 11, 22)} | said
    with harness.process.database.transaction() as session:
        session.execute(sa.update(members).where(members.c.id == member["id"]).values(closed))
    return member


def found(harness: Harness, branch: Branch, query: str) -> list[str]:
    page = harness.ask(LIST_MEMBERS, {"query": query}, actor=branch.manager)
    return sorted(item["id"] for item in page["items"])


def test_a_closed_member_is_admitted_under_a_new_code(
    harness: Harness, branch: Branch, samity: str, left: dict[str, Any]
):
    again = branch.member(samity, nid=NID)

    assert (left["code"], again["code"]) == ("B001.0001.00001", "B001.0001.00002")
    assert [(one["code"], one["status"], one["closed_on"]) for one in again["memberships"]] == [
        ("B001.0001.00002", "active", None),
        ("B001.0001.00001", "closed", "2026-11-22"),
    ]
    old = harness.ask(GET_MEMBER, {"id": left["id"]}, actor=branch.manager)
    assert old["memberships"] == again["memberships"]
    assert old["code"] == "B001.0001.00001"


def test_an_old_code_finds_both_memberships(
    harness: Harness, branch: Branch, samity: str, left: dict[str, Any]
):
    again = branch.member(samity, nid=NID)
    stranger = branch.member(samity)

    assert found(harness, branch, left["code"]) == sorted([left["id"], again["id"]])
    assert found(harness, branch, again["code"]) == sorted([left["id"], again["id"]])
    assert found(harness, branch, stranger["code"]) == [stranger["id"]]


def test_maker_and_checker_are_told_that_she_was_a_member(
    harness: Harness, branch: Branch, samity: str, left: dict[str, Any]
):
    assert left["status"] == "active"
    applicant = branch.admit(samity, nid=NID)

    assert applicant["warnings"] == ["former_member"]
    (waiting,) = harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
    assert waiting["facts"]["warnings"] == ["former_member"]


def test_a_third_membership_is_of_the_same_person(
    harness: Harness, branch: Branch, samity: str, left: dict[str, Any]
):
    second = end(harness, branch.member(samity, nid=NID), closed_on=date(2026, 11, 23))
    third = branch.member(samity, nid=NID)

    assert {one["member_id"] for one in third["memberships"]} == {left["id"], second["id"], third["id"]}


@pytest.mark.parametrize(
    ("said", "why"),
    [({"deceased_on": date(2026, 11, 1)}, "deceased"), ({"blacklisted": True}, "blacklisted")],
)
def test_who_died_or_was_blacklisted_does_not_join_again(
    harness: Harness, branch: Branch, samity: str, said: dict[str, Any], why: str
):
    end(harness, branch.member(samity, nid=NID), **said)

    with pytest.raises(FormerMemberBarred) as refused:
        branch.admit(samity, nid=NID)
    assert refused.value.facts == {"field": "nid", "why": why}


def test_nobody_is_a_member_twice_at_once(branch: Branch, samity: str, left: dict[str, Any]):
    assert left["code"] is not None
    branch.admit(samity, nid=NID)

    with pytest.raises(DuplicateNid):
        branch.admit(samity, nid=NID)


def test_who_is_on_her_way_out_is_still_a_member(harness: Harness, branch: Branch, samity: str):
    end(harness, branch.member(samity, nid=NID), status="closing", closed_on=None)

    with pytest.raises(DuplicateNid):
        branch.admit(samity, nid=NID)
