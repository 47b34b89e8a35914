"""Who reads which messages, and what members say of them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.actor import Actor
from contracts.errors import Forbidden, NotFound
from contracts.notifications import (
    GET_PREFERENCES,
    LIST_MESSAGES,
    LIST_OWN_MESSAGES,
    MARK_READ,
    PING,
    SET_PREFERENCES,
)


class TestOwnMessages:
    def test_are_the_newest_first_and_nobody_elses(self, branch):
        first, second = branch.admit(), branch.admit()
        branch.post(branch.line(first))
        branch.harness.watch.advance(timedelta(seconds=1))
        branch.post(branch.line(first, amount=None, balance=None, nothing_received="ill"))
        branch.post(branch.line(second))

        assert [message["kind"] for message in branch.own(first)] == ["nothing_received", "deposit_confirmed"]
        assert len(branch.own(second)) == 1

    def test_come_in_pages(self, branch):
        member = branch.admit()
        for _ in range(101):
            branch.post(branch.line(member))
        page = branch.harness.ask(LIST_OWN_MESSAGES, {}, actor=branch.member(member))
        rest = branch.harness.ask(LIST_OWN_MESSAGES, {"before": page["next"]}, actor=branch.member(member))

        assert (len(page["items"]), len(rest["items"]), rest["next"]) == (100, 1, None)

    def test_are_marked_read_once(self, branch):
        member = branch.admit()
        branch.post(branch.line(member))
        (message,) = branch.own(member)
        first = branch.harness.ask(MARK_READ, {"id": message["id"]}, actor=branch.member(member))
        again = branch.harness.ask(MARK_READ, {"id": message["id"]}, actor=branch.member(member))

        assert first["read_at"] is not None
        assert again == first

    def test_of_another_member_are_not_found(self, branch):
        hers, other = branch.admit(), branch.admit()
        branch.post(branch.line(hers))
        (message,) = branch.own(hers)

        with pytest.raises(NotFound):
            branch.harness.ask(MARK_READ, {"id": message["id"]}, actor=branch.member(other))

    def test_are_not_for_the_staff(self, branch):
        with pytest.raises(Forbidden):
            branch.harness.ask(LIST_OWN_MESSAGES, {}, actor=branch.staff())

    def test_a_person_of_the_staff_with_a_members_role_is_still_no_member(self, branch):
        odd = Actor(person_id=str(uuid4()), kind="staff", role="member", office_path="/HO/")

        with pytest.raises(Forbidden):
            branch.harness.ask(LIST_OWN_MESSAGES, {}, actor=odd)


class TestPreferences:
    def test_begin_as_the_admission_says(self, branch):
        member = branch.admit(language="bn")

        answer = branch.harness.ask(GET_PREFERENCES, {}, actor=branch.member(member))
        assert answer == {"detail": "full", "confirmations": True, "language": "bn"}

    def test_are_kept(self, branch):
        member = branch.admit()
        wish = {"detail": "no_balances", "confirmations": False, "language": "bn"}
        branch.prefer(member, **wish)

        assert branch.harness.ask(GET_PREFERENCES, {}, actor=branch.member(member)) == wish

    @pytest.mark.rule("P2")
    def test_nobody_of_the_branch_sets_them(self, branch):
        wish = {"detail": "see_book", "confirmations": False, "language": "bn"}

        for role in ("branch_manager", "accountant", "field_officer", "administrator"):
            with pytest.raises(Forbidden):
                branch.harness.ask(SET_PREFERENCES, wish, actor=branch.staff(role=role))


class TestListMessages:
    def test_shows_a_branch_its_own_members_only(self, branch):
        branch.post(branch.line(branch.admit("001")), branch.line(branch.admit("002")))

        own = branch.harness.ask(LIST_MESSAGES, {}, actor=branch.staff("/HO/A01/002/"))["items"]
        assert [message["member_code"] for message in own] == ["002-0001.00012"]
        assert len(branch.messages()) == 2

    def test_does_not_take_a_code_that_begins_alike_for_the_branch(self, branch):
        branch.post(branch.line(branch.admit("001")))

        other = branch.staff("/HO/A01/00/")
        assert branch.harness.ask(LIST_MESSAGES, {}, actor=other)["items"] == []

    def test_can_be_narrowed(self, branch):
        first, second = branch.admit(consent=False), branch.admit("002")
        branch.post(branch.line(first), branch.line(second))

        assert [message["member_id"] for message in branch.messages(status="no_consent")] == [first]
        assert [message["member_id"] for message in branch.messages(member_id=second)] == [second]
        assert [message["member_id"] for message in branch.messages(office_id=branch.ids["002"])] == [second]

    def test_is_not_for_field_officers(self, branch):
        with pytest.raises(Forbidden):
            branch.harness.ask(LIST_MESSAGES, {}, actor=branch.staff(role="field_officer"))


def test_the_service_says_that_it_is_there(branch):
    assert branch.harness.ask(PING, {}) == {"service": "notifications"}
