"""Overrides of the law: a permission, a second person, a reason, one loan, one figure, and a register."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from accounts.domain.lending.law import Breach
from accounts.domain.lending.overrides import Override, not_covered
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.accounts.law_words import BreachKind
from contracts.accounts.loan_errors import YearlyRateOverCap
from contracts.accounts.overrides import (
    EXPORT_OVERRIDES,
    LIST_OVERRIDES,
    OVERRIDE_DECIDED,
    PROPOSE_OVERRIDE,
    OverrideFeed,
)
from contracts.actor import Actor
from contracts.calls import load
from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound, PersonExcluded
from tests.support.accounts import Branch, an_id
from tests.support.loan_desk import Lending, Shelf

Harness = ServiceHarness[AccountsService]
LOAN = an_id(500)
RATE = Breach(kind=BreachKind.YEARLY_RATE, figure=Decimal("24.0712345678901234"), limit=Decimal(24))


def area_manager(path: str = "/HO/A01/") -> Actor:
    return Actor(
        person_id=an_id(901), kind="staff", role="area_manager", office_id=an_id(2), office_path=path
    )


def ask_for(branch: Branch, number: int = 1, by: Actor | None = None, **changes: Any) -> dict[str, Any]:
    command = {
        "id": an_id(600 + number),
        "subject_id": LOAN,
        "breach": "yearly_rate",
        "figure": RATE.exact,
        "reason": "ঈদের ছুটির কারণে মেয়াদ কমেছে",
    } | changes
    return branch.harness.ask(PROPOSE_OVERRIDE, command, actor=by or branch.manager)


def allow(harness: Harness, waiting: dict[str, Any], **said: Any) -> str:
    command = {"id": waiting["approval_id"], "approve": True} | said
    return str(harness.ask(DECIDE_APPROVAL, command, actor=area_manager())["state"])


def standing(branch: Branch, subject_id: str = LOAN, **of: Any) -> tuple[Override, ...]:
    with branch.harness.service().books() as register:
        return register.overrides.standing(subject_id, **{"office_id": branch.id} | of)


@pytest.mark.rule("L2")
def test_it_holds_for_one_loan_and_one_figure_when_the_area_agreed(harness: Harness, branch: Branch):
    waiting = ask_for(branch)
    assert (waiting["state"], waiting["figure"]) == ("waiting", "24.07123456789")
    assert standing(branch) == ()
    assert not_covered((RATE,), standing(branch)) == (RATE,)

    assert allow(harness, waiting) == "approved"

    assert not_covered((RATE,), standing(branch)) == ()
    dearer = Breach(kind=RATE.kind, figure=RATE.figure + Decimal("0.0000001"), limit=RATE.limit)
    sooner = Breach(kind=BreachKind.FIRST_DUE, figure=Decimal(14), limit=Decimal(15))
    assert not_covered((dearer, RATE, sooner), standing(branch)) == (dearer, sooner)
    assert standing(branch, an_id(501)) == ()
    assert standing(branch) != ()
    assert standing(branch, office_id=an_id(3)) == ()


@pytest.mark.rule("L2")
@pytest.mark.rule("M8")
def test_another_person_with_another_permission_decides(harness: Harness, branch: Branch):
    waiting = ask_for(branch)
    yes = {"id": waiting["approval_id"], "approve": True}
    with pytest.raises(Forbidden):
        harness.ask(DECIDE_APPROVAL, yes, actor=branch.manager)
    acting = Actor(
        person_id=branch.person_id("branch_manager"),
        kind="staff",
        role="area_manager",
        office_id=an_id(2),
        office_path="/HO/A01/",
    )
    with pytest.raises(MakerIsChecker):
        harness.ask(DECIDE_APPROVAL, yes, actor=acting)
    with pytest.raises(NotFound):
        harness.ask(DECIDE_APPROVAL, yes, actor=area_manager("/HO/A02/"))
    for role in ("accountant", "field_officer"):
        with pytest.raises(Forbidden):
            harness.ask(
                PROPOSE_OVERRIDE,
                {"id": an_id(1), "subject_id": LOAN, "breach": "first_due", "figure": "14", "reason": "কারণ"},
                actor=branch.actor(role),
            )
    (one,) = harness.ask(LIST_APPROVALS, {}, actor=area_manager())["items"]
    assert (one["kind"], one["may_decide"], one["facts"]["figure"]) == ("override", True, "24.07123456789")


def test_declined_it_never_stands_and_says_why(harness: Harness, branch: Branch):
    assert allow(harness, ask_for(branch), approve=False, reason="কিস্তি কমিয়ে দিন") == "declined"
    assert standing(branch) == ()
    (one,) = harness.ask(LIST_OVERRIDES, {}, actor=area_manager())["items"]
    assert (one["state"], one["decision_reason"]) == ("declined", "কিস্তি কমিয়ে দিন")


def test_the_same_again_answers_the_same_and_another_is_a_conflict(harness: Harness, branch: Branch):
    first = ask_for(branch)
    assert ask_for(branch) == first
    with pytest.raises(IdConflict):
        ask_for(branch, figure="24.1")
    for wrong in (
        {"reason": "ক"},
        {"figure": "২৪"},
        {"figure": "-1"},
        {"breach": "deducted"},
        {"breach": "compulsory_savings"},
    ):
        with pytest.raises(InvalidPayload):
            ask_for(branch, 2, **wrong)


@pytest.mark.rule("L2")
def test_the_register_is_read_by_subtree_and_day(harness: Harness, branch: Branch):
    other = Branch(harness, "B002", 2)
    ask_for(branch, 1)
    harness.watch.advance(timedelta(days=1))
    ask_for(other, 2, subject_id=an_id(502))
    auditor = branch.actor("auditor", office_path="/HO/")

    def listed(actor: Actor, **wanted: Any) -> list[str]:
        return [one["id"] for one in harness.ask(LIST_OVERRIDES, wanted, actor=actor)["items"]]

    assert listed(auditor) == [an_id(602), an_id(601)]
    assert listed(branch.manager) == [an_id(601)]
    assert listed(auditor, office_id=other.id) == [an_id(602)]
    assert listed(auditor, subject_id=LOAN) == [an_id(601)]
    assert listed(auditor, to_on=date(2026, 11, 23).isoformat()) == [an_id(601)]
    assert listed(auditor, from_on=date(2026, 11, 24).isoformat()) == [an_id(602)]
    first = harness.ask(LIST_OVERRIDES, {"limit": 1}, actor=auditor)
    assert listed(auditor, limit=1, after=first["next"]) == [an_id(601)]
    (one,) = harness.ask(LIST_OVERRIDES, {"subject_id": LOAN}, actor=auditor)["items"]
    assert (one["office_en"], one["maker_en"], one["checker_id"]) == (
        "Gokul Branch",
        "Rafiqul branch_manager",
        None,
    )


def test_the_register_cannot_be_changed(harness: Harness):
    for statement in ("UPDATE overrides SET figure = '1'", "DELETE FROM overrides"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            harness.process.database.transaction() as session,
        ):
            session.execute(sa.text(statement))


@pytest.mark.rule("L2")
def test_only_an_own_loan_that_is_known_is_let_pass(harness: Harness, branch: Branch, samity: str) -> None:
    Shelf(branch).offer()
    lending = Lending(branch)
    member, guarantor = (str(branch.member(samity)["id"]) for _ in range(2))
    loan_id = lending.propose(lending.wish(member, lending.guarantor(guarantor)))["id"]
    there = Branch(harness, "B002", 2)

    with pytest.raises(NotFound):
        ask_for(there, subject_id=loan_id)
    kin = replace(branch.manager, excluded_members=(member,))
    with pytest.raises(PersonExcluded):
        ask_for(branch, by=kin, subject_id=loan_id)
    waiting = ask_for(branch, 2, subject_id=loan_id)
    assert waiting["office_id"] == branch.id
    decision = {"id": waiting["approval_id"], "approve": True}
    with pytest.raises(PersonExcluded):
        harness.ask(DECIDE_APPROVAL, decision, actor=replace(area_manager(), excluded_members=(member,)))


@pytest.mark.rule("L2")
def test_of_a_loan_to_come_it_counts_in_the_own_office_alone(
    harness: Harness, branch: Branch, samity: str
) -> None:
    Shelf(branch).offer()
    lending = Lending(branch)
    member, guarantor = (str(branch.member(samity)["id"]) for _ in range(2))
    wish = lending.wish(member, lending.guarantor(guarantor), plan_code="F46")
    with pytest.raises(YearlyRateOverCap) as refused:
        lending.propose(wish)
    figure = {name: refused.value.facts[name] for name in ("breach", "figure")}
    waiting = ask_for(Branch(harness, "B002", 2), subject_id=wish["id"], **figure)
    decision = {"id": waiting["approval_id"], "approve": True}
    harness.ask(DECIDE_APPROVAL, decision, actor=area_manager())

    with pytest.raises(YearlyRateOverCap):
        lending.propose(wish)


def exported(harness: Harness) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = harness.ask(
            EXPORT_OVERRIDES, {"after": after, "limit": 1}, actor=Actor.of_service("transactions")
        )
        found += load(OverrideFeed, page)["items"]
        after = page["next"]
        if after is None:
            return found


@pytest.mark.rule("L2")
def test_what_was_decided_is_told_to_the_books_and_again_when_it_is_known_whose(
    harness: Harness, branch: Branch, samity: str
) -> None:
    Shelf(branch).offer()
    lending = Lending(branch)
    member, guarantor = (str(branch.member(samity)["id"]) for _ in range(2))
    wish = lending.wish(member, lending.guarantor(guarantor), plan_code="F46")
    with pytest.raises(YearlyRateOverCap) as refused:
        lending.propose(wish)
    figure = {name: refused.value.facts[name] for name in ("breach", "figure")}
    waiting = ask_for(branch, subject_id=wish["id"], **figure)
    foreign = ask_for(Branch(harness, "B002", 2), 2, subject_id=wish["id"], **figure)
    ask_for(branch, 3, subject_id=an_id(503))
    assert harness.told(OVERRIDE_DECIDED) == []
    assert exported(harness) == []

    allow(harness, waiting)
    allow(harness, foreign, approve=False, reason="না")
    first, second = harness.told(OVERRIDE_DECIDED)
    assert exported(harness) == [first, second]
    names = ("id", "state", "member_id", "office_id", "maker_id", "checker_id", "version")
    assert [tuple(one[name] for name in names) for one in (first, second)] == [
        (an_id(601), "approved", None, branch.id, branch.manager.person_id, an_id(901), 1),
        (an_id(602), "declined", None, foreign["office_id"], foreign["maker_id"], an_id(901), 1),
    ]
    assert (first["reason"], first["figure"]) == ("ঈদের ছুটির কারণে মেয়াদ কমেছে", figure["figure"])

    allow(harness, waiting)
    lending.propose(wish)
    lending.propose(wish)

    again = first | {"member_id": member, "version": 2}
    assert harness.told(OVERRIDE_DECIDED) == [first, second, again]
    assert exported(harness) == [again, second]
