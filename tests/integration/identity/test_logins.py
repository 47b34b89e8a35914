"""Members' logins on a real database: who issues, who approves, who never does. Rules P1 and P6."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from contracts.accounts import MEMBER_CHANGED
from contracts.actor import Actor
from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound, PersonExcluded
from contracts.identity import (
    EXPORT_LOGINS,
    GET_MEMBER_LOGIN,
    ISSUE_MEMBER_LOGIN,
    LIST_APPROVALS,
    MEMBER_LOGIN_CHANGED,
    REACTIVATE_MEMBER_LOGIN,
    SIGN_IN_MEMBER,
    SUSPEND_MEMBER_LOGIN,
)
from contracts.identity.logins import (
    ActivationRefused,
    LoginNotActive,
    LoginNotIssuable,
    LoginNotSuspended,
    MemberNotActive,
    OwnOfficer,
    SecondPersonNeeded,
    WeakPin,
)
from contracts.identity.sessions import AccessOff, SessionEnded, SignInRefused
from identity.domain.delays import ACCOUNT
from identity.domain.logins import CODE_LIFE, CODE_TRIES
from tests.integration.identity.conftest import PIN


def status(town, member, by):
    return town.ask(GET_MEMBER_LOGIN, {"member_id": member["id"]}, by)["status"]


def suspend(town, member, by):
    body = {
        "member_id": member["id"],
        "caller": "her daughter",
        "number": "01711111111",
        "called_back": "known_number",
        "reason": "phone lost",
    }
    return town.ask(SUSPEND_MEMBER_LOGIN, body, by)


def reactivate(town, member, by):
    return town.ask(REACTIVATE_MEMBER_LOGIN, {"member_id": member["id"], "reason": "phone found"}, by)


class TestIssue:
    @pytest.mark.rule("P1")
    def test_the_accountant_issues_the_manager_approves_and_she_makes_a_pin(self, town, accountant, manager):
        member = town.admit_member()
        approval = town.issue(member, accountant)
        assert status(town, member, manager) == "pending"

        code = town.decide(approval, manager)
        assert status(town, member, manager) == "issued"
        assert len(code) == 8
        session = town.session(town.activate(member, code))
        assert (session["member_code"], status(town, member, manager)) == (member["code"], "active")
        deeds = [
            event["deed"]
            for event in town.harness.told(MEMBER_LOGIN_CHANGED)
            if event["member_id"] == member["id"]
        ]
        assert deeds == ["issued", "activated"]

    @pytest.mark.rule("P1")
    def test_an_officer_never_issues(self, town, officer):
        with pytest.raises(Forbidden):
            town.issue(town.admit_member(), officer)

    @pytest.mark.rule("P1")
    def test_her_own_officer_never_does_whatever_his_role_is(self, town, accountant, manager):
        of_accountant = town.admit_member(officer_id=accountant.person_id)
        with pytest.raises(OwnOfficer):
            town.issue(of_accountant, accountant)

        of_manager = town.admit_member(officer_id=manager.person_id)
        approval = town.issue(of_manager, accountant)
        with pytest.raises(OwnOfficer):
            town.decide(approval, manager)

    @pytest.mark.rule("P1")
    def test_the_maker_never_approves(self, town, accountant):
        approval = town.issue(town.admit_member(), accountant)
        promoted = Actor.from_plain(accountant.to_plain() | {"role": "branch_manager"})

        with pytest.raises(MakerIsChecker):
            town.decide(approval, promoted)

    @pytest.mark.rule("M8")
    def test_nobody_touches_the_login_of_declared_kin(self, town, accountant):
        member = town.admit_member()
        kin = Actor.from_plain(accountant.to_plain() | {"excluded_members": [member["id"]]})

        with pytest.raises(PersonExcluded):
            town.issue(member, kin)

    def test_the_same_again_answers_the_same(self, town, accountant):
        member, body_id = town.admit_member(), str(uuid4())
        body = {"id": body_id, "member_id": member["id"]}
        first = town.ask(ISSUE_MEMBER_LOGIN, body, accountant)

        assert town.ask(ISSUE_MEMBER_LOGIN, body, accountant) == first
        with pytest.raises(IdConflict):
            town.ask(ISSUE_MEMBER_LOGIN, body | {"member_id": town.admit_member()["id"]}, accountant)

    def test_one_waits_at_a_time(self, town, accountant):
        member = town.admit_member()
        town.issue(member, accountant)

        with pytest.raises(LoginNotIssuable):
            town.issue(member, accountant)

    def test_a_declined_one_can_be_issued_again(self, town, accountant, manager):
        member = town.admit_member()
        approval = town.issue(member, accountant)
        town.decide(approval, manager, approve=False, reason="not seen in person")

        assert status(town, member, manager) == "none"
        assert town.issue(member, accountant)

    def test_an_applicant_gets_none(self, town, accountant):
        with pytest.raises(MemberNotActive):
            town.issue(town.admit_member(status="applicant"), accountant)

    def test_a_member_of_another_branch_is_not_found(self, town, accountant):
        with pytest.raises(NotFound):
            town.issue(town.admit_member("002"), accountant)

    def test_code_and_branch_must_be_hers_where_given(self, town, accountant):
        member = town.admit_member()
        body = {"id": str(uuid4()), "member_id": member["id"], "branch_id": town.ids["002"]}

        with pytest.raises(InvalidPayload) as refusal:
            town.ask(ISSUE_MEMBER_LOGIN, body, accountant)
        assert refusal.value.facts["fields"] == {"branch_id": ["NOT_HERS"]}

    def test_the_checker_reads_what_it_is_about(self, town, accountant, manager):
        member = town.admit_member()
        town.issue(member, accountant)

        (item,) = town.ask(LIST_APPROVALS, {}, manager)["items"]
        assert item["facts"] == {"member_code": member["code"], "is_new": True}
        assert item["subject_bn"] == member["name_bn"]

    def test_a_field_officer_does_not_see_approvals_of_others(self, town, accountant, officer):
        town.issue(town.admit_member(), accountant)

        assert town.ask(LIST_APPROVALS, {}, officer)["items"] == []


class TestActivate:
    @pytest.fixture
    def issued(self, town, accountant, manager):
        member = town.admit_member()
        return member, town.decide(town.issue(member, accountant), manager)

    @pytest.mark.rule("P1")
    def test_a_code_works_once(self, town, issued):
        member, code = issued
        town.activate(member, code)

        with pytest.raises(ActivationRefused):
            town.activate(member, code)

    @pytest.mark.rule("P1")
    def test_a_code_gets_too_old(self, town, issued):
        member, code = issued
        town.harness.watch.advance(CODE_LIFE)

        with pytest.raises(ActivationRefused):
            town.activate(member, code)

    @pytest.mark.rule("P1")
    def test_a_code_dies_of_too_many_tries(self, town, issued):
        member, code = issued
        for _ in range(CODE_TRIES):
            with pytest.raises(ActivationRefused):
                town.activate(member, "00000000")
            town.harness.watch.advance(ACCOUNT.longest)

        with pytest.raises(ActivationRefused):
            town.activate(member, code)

    def test_takes_bangla_digits_and_the_blanks_of_the_slip(self, town, issued):
        from contracts.digits import to_bangla

        member, code = issued
        assert town.activate(member, to_bangla(f"{code[:4]} {code[4:]}"), "৪৯৩৮১৭")

    def test_a_weak_pin_costs_no_try(self, town, issued):
        member, code = issued
        for _ in range(CODE_TRIES + 1):
            with pytest.raises(WeakPin):
                town.activate(member, code, "123456")

        assert town.activate(member, code)

    @pytest.mark.rule("P1")
    def test_the_code_is_not_readable_in_the_database(self, town, issued):
        _, code = issued
        tables = ("member_logins", "approvals", "outbox", "audit")
        union = " UNION ALL ".join(f"SELECT r::text FROM {table} r" for table in tables)
        with town.harness.process.database.transaction() as session:
            rows = session.execute(sa.text(union)).scalars().all()

        assert not [row for row in rows if code in row]

    @pytest.mark.rule("P1")
    def test_a_new_code_ends_the_old_pin_and_its_sessions(self, town, member, accountant, manager):
        approval = town.issue(member, accountant)
        assert town.session(member["answer"])
        town.decide(approval, manager)

        with pytest.raises(SessionEnded):
            town.session(member["answer"])
        with pytest.raises(SignInRefused):
            town.knock(SIGN_IN_MEMBER, member_code=member["code"], pin=PIN)


class TestSuspend:
    @pytest.mark.rule("P6")
    def test_ends_her_sessions_at_once_and_shuts_the_door(self, town, member, accountant):
        assert suspend(town, member, accountant)["status"] == "temp_off"

        with pytest.raises(SessionEnded):
            town.session(member["answer"])
        with pytest.raises(AccessOff):
            town.knock(SIGN_IN_MEMBER, member_code=member["code"], pin=PIN)

    @pytest.mark.rule("P6")
    def test_a_second_person_reactivates(self, town, member, accountant, manager):
        suspend(town, member, manager)

        with pytest.raises(SecondPersonNeeded):
            reactivate(town, member, manager)
        second = town.hire("branch_manager")
        assert reactivate(town, member, second)["status"] == "active"
        assert town.knock(SIGN_IN_MEMBER, member_code=member["code"], pin=PIN)

    @pytest.mark.rule("P6")
    def test_her_own_officer_does_not_suspend(self, town, accountant):
        member = town.admit_member(officer_id=accountant.person_id)

        with pytest.raises(OwnOfficer):
            suspend(town, member, accountant)

    @pytest.mark.rule("P6")
    def test_caller_number_and_reason_are_kept_and_not_readable(self, town, member, accountant):
        suspend(town, member, accountant)

        with town.harness.process.database.transaction() as session:
            row = session.execute(sa.text("SELECT * FROM login_switches")).mappings().one()
        assert (row["reason"], str(row["by_id"])) == ("phone lost", accountant.person_id)
        assert "daughter" not in row["caller"]
        assert "1711111111" not in row["number"]

    def test_a_suspended_code_counts_again_after_reactivation(self, town, accountant, manager):
        member = town.admit_member()
        code = town.decide(town.issue(member, accountant), manager)
        suspend(town, member, accountant)
        with pytest.raises(ActivationRefused):
            town.activate(member, code)

        assert reactivate(town, member, manager)["status"] == "issued"
        assert town.activate(member, code)

    def test_what_is_not_active_is_not_suspended(self, town, accountant):
        with pytest.raises(LoginNotActive):
            suspend(town, town.admit_member(), accountant)

    def test_what_is_not_suspended_is_not_reactivated(self, town, member, manager):
        with pytest.raises(LoginNotSuspended):
            reactivate(town, member, manager)

    def test_an_accountant_does_not_reactivate(self, town, member, accountant):
        with pytest.raises(Forbidden):
            reactivate(town, member, accountant)


class TestWhatAccountsTells:
    @pytest.mark.rule("L5")
    def test_a_member_who_died_has_no_login_and_gets_one_if_it_was_not_so(
        self, town, member, manager, accountant
    ):
        told = {name: value for name, value in member.items() if name != "answer"}
        town.harness.hear(MEMBER_CHANGED, told | {"deceased_on": "2026-11-20", "version": 2})
        assert status(town, member, manager) == "revoked"
        with pytest.raises(SessionEnded):
            town.session(member["answer"])
        with pytest.raises(LoginNotIssuable):
            town.issue(member, accountant)

        town.harness.hear(MEMBER_CHANGED, told | {"version": 1})
        assert status(town, member, manager) == "revoked"
        town.harness.hear(MEMBER_CHANGED, told | {"version": 3})

        assert status(town, member, manager) == "none"
        assert town.decide(town.issue(member, accountant), manager)

    @pytest.mark.rule("L7")
    def test_a_member_who_has_left_has_no_login(self, town, member, manager):
        told = {name: value for name, value in member.items() if name != "answer"}
        town.harness.hear(MEMBER_CHANGED, told | {"status": "closed", "version": 2})

        assert status(town, member, manager) == "revoked"
        with pytest.raises(SessionEnded):
            town.session(member["answer"])

    def test_the_newer_wins_in_whatever_order_they_come(self, town, accountant):
        member = town.admit_member(version=5, name_en="Newer")
        town.harness.hear(MEMBER_CHANGED, member | {"version": 4, "name_en": "Older"})
        approval = town.issue(member, accountant)

        (item,) = town.ask(LIST_APPROVALS, {}, accountant)["items"]
        assert (item["id"], item["subject_en"]) == (approval, "Newer")

    def test_the_feed_holds_every_login(self, town, member):
        page = town.harness.ask(EXPORT_LOGINS, {}, issuer="accounts")

        assert (member["id"], "active") in [(item["member_id"], item["status"]) for item in page["items"]]


def test_a_login_that_was_proposed_in_time_is_not_too_late_after_a_week(town, accountant, manager):
    member = town.admit_member()
    approval = town.issue(member, accountant)
    town.harness.watch.advance(timedelta(days=8))

    assert town.activate(member, town.decide(approval, manager))
