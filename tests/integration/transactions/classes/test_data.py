"""Classes, provision and freezes: dated data that two people put in force, for days to come (4.9, P7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import ApproverTooNew, Forbidden, IdConflict, MakerIsChecker
from contracts.transactions.classes import LIST_CLASS_DATA, PROPOSE_CLASS_FREEZE, PROPOSE_CLASS_RULES
from contracts.transactions.classes_errors import ClassDataDisordered, ClassDataKnown, ClassDataOutdated
from contracts.transactions.ledger import DECIDE_APPROVAL, LIST_APPROVALS
from tests.support.branch import id_of, new_id

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

WORDS = ("regular", "watchful", "sub_standard", "doubtful", "bad")
STRICTER = ((0, 200), (1, 1250), (16, 2500), (91, 7500), (181, 10_000))
"""Invented for the test: from how many days, and how many basis points."""


def administrator(branch: Branch, name: str = "administrator") -> Actor:
    person = branch.person("administrator", name)
    return replace(person, office_id=id_of("HO"), office_path="/HO/")


def propose(branch: Branch, **more: Any) -> dict[str, Any]:
    classes = [
        {"loan_class": word, "from_days": days, "provision_bps": bps}
        for word, (days, bps) in zip(WORDS, STRICTER, strict=True)
    ]
    said = {
        "id": new_id(),
        "effective_on": "2027-01-01",
        "classes": classes,
        "provision_months": list(range(1, 13)),
        "reason": "circular 12",
        **more,
    }
    return branch.ask(PROPOSE_CLASS_RULES, administrator(branch), **said)


def freeze(branch: Branch, **more: Any) -> dict[str, Any]:
    said = {"id": new_id(), "from_on": "2026-11-01", "to_on": "2027-03-31", "reason": "flood", **more}
    return branch.ask(PROPOSE_CLASS_FREEZE, administrator(branch), **said)


def approve(branch: Branch, approval_id: str, actor: Actor | None = None) -> dict[str, Any]:
    decider = actor or administrator(branch, "second")
    return branch.ask(DECIDE_APPROVAL, decider, id=approval_id, approve=True)


def known(branch: Branch) -> dict[str, Any]:
    return branch.ask(LIST_CLASS_DATA, branch.manager)


def test_begins_with_the_classes_of_the_law_and_the_freeze_of_2020(branch: Branch) -> None:
    told = known(branch)

    (rules,), (frozen,) = told["rules"], told["freezes"]
    assert [(one["loan_class"], one["from_days"], one["provision_bps"]) for one in rules["classes"]] == [
        ("regular", 0, 100),
        ("watchful", 1, 500),
        ("sub_standard", 31, 2500),
        ("doubtful", 181, 7500),
        ("bad", 366, 10_000),
    ]
    assert (rules["effective_on"], rules["provision_months"]) == ("2010-11-10", [6, 12])
    assert (frozen["from_on"], frozen["to_on"]) == ("2020-01-01", "2020-09-30")


@pytest.mark.rule("P7")
class TestOtherClasses:
    def test_are_in_force_once_a_second_person_agrees(self, branch: Branch) -> None:
        request = propose(branch)
        assert (request["state"], len(known(branch)["rules"])) == ("waiting", 1)

        approve(branch, request["id"])

        newest = known(branch)["rules"][0]
        told = [(one["from_days"], one["provision_bps"]) for one in newest["classes"]]
        assert (tuple(told), newest["effective_on"]) == (STRICTER, "2027-01-01")
        assert newest["provision_months"] == list(range(1, 13))
        people = administrator(branch), administrator(branch, "second")
        assert (newest["proposed_by"], newest["approved_by"]) == tuple(one.person_id for one in people)

    def test_are_not_put_in_force_by_who_proposed_them(self, branch: Branch) -> None:
        request = propose(branch)

        with pytest.raises(MakerIsChecker):
            approve(branch, request["id"], administrator(branch))

    def test_are_not_put_in_force_by_one_who_is_new(self, branch: Branch) -> None:
        request = propose(branch)
        newcomer = replace(administrator(branch, "second"), is_new=True)
        (waiting,) = branch.ask(LIST_APPROVALS, newcomer)["items"]
        assert not waiting["may_decide"]
        with pytest.raises(ApproverTooNew):
            approve(branch, request["id"], newcomer)
        assert len(known(branch)["rules"]) == 1

    @pytest.mark.parametrize("role", ["branch_manager", "area_manager", "accountant", "auditor"])
    def test_are_no_matter_of_those_who_move_money(self, branch: Branch, role: str) -> None:
        request = propose(branch)
        above = replace(branch.person(role), office_id=id_of("HO"), office_path="/HO/")

        with pytest.raises(Forbidden):
            approve(branch, request["id"], above)

    def test_are_seen_by_their_checker_as_on_paper(self, branch: Branch) -> None:
        propose(branch)

        (waiting,) = branch.ask(LIST_APPROVALS, administrator(branch, "second"))["items"]

        assert (waiting["kind"], waiting["may_decide"]) == ("class_rules", True)
        assert waiting["facts"]["class_days"] == "0, 1, 16, 91, 181"
        assert waiting["facts"]["provision_percent"] == "2, 12.5, 25, 75, 100"

    def test_are_for_days_to_come(self, branch: Branch) -> None:
        with pytest.raises(ClassDataOutdated):
            propose(branch, effective_on="2026-11-23")

    def test_begin_once_on_a_day(self, branch: Branch) -> None:
        first, second = propose(branch), propose(branch)
        approve(branch, first["id"])

        with pytest.raises(ClassDataKnown):
            approve(branch, second["id"])
        with pytest.raises(ClassDataKnown):
            propose(branch)

    def test_are_not_put_in_force_behind_their_day(self, branch: Branch) -> None:
        request = propose(branch, effective_on="2026-11-24")
        branch.harness.watch.advance(date(2026, 11, 24) - date(2026, 11, 23))

        with pytest.raises(ClassDataOutdated):
            approve(branch, request["id"])

    def test_become_worse_in_their_order(self, branch: Branch) -> None:
        days = (0, 31, 1, 181, 366)
        classes = [
            {"loan_class": word, "from_days": one, "provision_bps": 100}
            for word, one in zip(WORDS, days, strict=True)
        ]

        with pytest.raises(ClassDataDisordered):
            propose(branch, classes=classes)

    def test_are_one_request_under_one_id(self, branch: Branch) -> None:
        request_id = new_id()
        assert propose(branch, id=request_id) == propose(branch, id=request_id)

        with pytest.raises(IdConflict):
            propose(branch, id=request_id, effective_on="2027-02-01")

    def test_are_dropped_when_they_are_declined(self, branch: Branch) -> None:
        request = propose(branch)
        second = administrator(branch, "second")
        branch.ask(DECIDE_APPROVAL, second, id=request["id"], approve=False, reason="not yet")

        assert len(known(branch)["rules"]) == 1


@pytest.mark.rule("P7")
class TestAFreeze:
    def test_holds_once_a_second_person_agrees(self, branch: Branch) -> None:
        request = freeze(branch)
        approve(branch, request["id"])

        newest = known(branch)["freezes"][0]
        assert (newest["from_on"], newest["to_on"], newest["reason"]) == ("2026-11-01", "2027-03-31", "flood")

    def test_may_have_begun_and_not_ended(self, branch: Branch) -> None:
        with pytest.raises(ClassDataOutdated):
            freeze(branch, from_on="2026-10-01", to_on="2026-11-23")

    def test_ends_after_it_begins(self, branch: Branch) -> None:
        with pytest.raises(ClassDataDisordered):
            freeze(branch, from_on="2027-05-01", to_on="2027-03-31")

    def test_is_one_request_under_one_id(self, branch: Branch) -> None:
        request_id = new_id()
        assert freeze(branch, id=request_id) == freeze(branch, id=request_id)

        with pytest.raises(IdConflict):
            freeze(branch, id=request_id, to_on="2027-04-30")
