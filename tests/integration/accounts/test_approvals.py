"""What waits for a second person in accounts, whatever it is: who sees it, page by page, one at a time."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from accounts.domain.approvals import Approval, Stage
from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.accounts.approval_words import ApprovalKind
from contracts.errors import AlreadyDecided, MakerIsChecker, NotFound
from tests.support.accounts import Branch, an_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.repository import Register
    from contracts.actor import Actor

Harness = ServiceHarness[AccountsService]
NUMBER = ApprovalKind.NUMBER_CHANGE


@contextmanager
def register_of(harness: Harness, actor: "Actor") -> "Iterator[Register]":
    with harness.service().books(actor=actor) as register:
        yield register


def propose(branch: Branch, **changes: Any) -> bool:
    """Write a request as an operation would."""
    known = {
        "id": an_id(777),
        "kind": NUMBER,
        "subject_id": an_id(778),
        "office_id": branch.id,
        "facts": {"subject_bn": "পণ্য", "subject_en": "Product"},
        "fingerprint": "f",
        "maker_id": branch.person_id("accountant"),
        "proposed_at": branch.harness.watch.now(),
    }
    with register_of(branch.harness, branch.manager) as register:
        return register.approvals.propose(Approval(**known | changes))


def seen_by(branch: Branch, actor: "Actor", **asked: Any) -> list[str]:
    return [one["id"] for one in branch.harness.ask(LIST_APPROVALS, asked, actor=actor)["items"]]


class TestWhoSeesIt:
    def test_a_branchs_request_is_seen_above_it_and_beside_it_by_nobody(
        self, harness: Harness, branch: Branch
    ):
        propose(branch)
        for path in ("/HO/A01/B001/", "/HO/A01/", "/HO/"):
            assert seen_by(branch, replace(branch.manager, office_path=path)) == [an_id(777)]
        assert seen_by(branch, Branch(harness, "B002", 2).manager) == []
        assert seen_by(branch, branch.officer) == []

    def test_what_is_for_the_whole_institution_is_seen_at_its_root_alone(
        self, harness: Harness, branch: Branch
    ):
        propose(branch, office_id=None)
        assert seen_by(branch, replace(branch.manager, office_path="/HO/")) == [an_id(777)]
        area = replace(branch.manager, office_path="/HO/A01/")
        assert seen_by(branch, area) == []
        with pytest.raises(NotFound):
            harness.ask(DECIDE_APPROVAL, {"id": an_id(777), "approve": True}, actor=area)

    def test_page_by_page_the_oldest_first(self, branch: Branch):
        ids = [an_id(7000 + number) for number in range(103)]
        for number, one in enumerate(ids):
            at = branch.harness.watch.now() + timedelta(seconds=number // 2)
            propose(branch, id=one, subject_id=one, proposed_at=at)
        first = branch.harness.ask(LIST_APPROVALS, {}, actor=branch.manager)
        rest = branch.harness.ask(LIST_APPROVALS, {"after": first["next"]}, actor=branch.manager)
        assert [one["id"] for one in (*first["items"], *rest["items"])] == ids
        assert (len(first["items"]), rest["next"]) == (100, None)


class TestOneAtATime:
    def test_a_second_of_a_kind_waits_for_the_first(self, branch: Branch):
        assert propose(branch)
        assert not propose(branch, id=an_id(779))
        assert not propose(branch)
        with register_of(branch.harness, branch.manager) as register:
            waiting = register.approvals.find_waiting(NUMBER, an_id(778))
            assert waiting is not None
            register.approvals.decide(waiting, Stage.DECLINED, "না")
        assert propose(branch, id=an_id(779))

    def test_what_lapsed_waits_no_more(self, branch: Branch):
        propose(branch)
        with register_of(branch.harness, branch.manager) as register:
            register.approvals.lapse(an_id(778))
        assert seen_by(branch, branch.manager) == []
        with pytest.raises(AlreadyDecided):
            branch.harness.ask(DECIDE_APPROVAL, {"id": an_id(777), "approve": True}, actor=branch.manager)

    @pytest.mark.rule("M8")
    def test_each_level_is_another_person(self, branch: Branch):
        propose(branch, agreed_by=(branch.manager.person_id,))
        listed = branch.harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
        assert [one["may_decide"] for one in listed] == [False]
        with pytest.raises(MakerIsChecker):
            branch.harness.ask(DECIDE_APPROVAL, {"id": an_id(777), "approve": True}, actor=branch.manager)
