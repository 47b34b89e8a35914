"""Staff: a second person creates them, the administrator switches them, a manager may hold them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    ReasonMissing,
)
from contracts.identity import (
    CHANGE_PASSWORD,
    DECIDE_APPROVAL,
    EXPORT_STAFF,
    HOLD_ACCESS,
    LIST_APPROVALS,
    LIST_STAFF,
    PROPOSE_STAFF,
    SESSION_REVOKED,
    STAFF_POSTING_CHANGED,
    SWITCH_ACCESS,
)
from contracts.identity.sessions import (
    AccessOff,
    PasswordChangeRequired,
    SessionEnded,
    SignInRefused,
    WeakPassword,
)
from contracts.identity.staff import (
    OwnAccess,
    RoleNotOfOffice,
    StaffNotSwitchable,
    UsernameTaken,
)
from contracts.permissions import PERMISSIONS, Role
from contracts.sealed import unseal
from tests.integration.identity.conftest import PASSWORD


class TestProposeStaff:
    @pytest.mark.rule("P7")
    def test_nobody_works_before_a_second_person_approved(self, town):
        form = town.form("accountant", "001")
        approval = town.ask(PROPOSE_STAFF, form, town.founders[0])

        assert (approval["state"], approval["may_decide"]) == ("waiting", False)
        with pytest.raises(SignInRefused):
            town.sign_in(form["username"])

    @pytest.mark.rule("P7")
    def test_the_maker_never_approves(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(MakerIsChecker):
            town.decide(form["id"], town.founders[0])

    def test_the_same_again_changes_nothing_though_it_is_sealed_anew(self, town):
        form = town.form("accountant", "001")
        first = town.ask(PROPOSE_STAFF, form, town.founders[0])
        again = town.ask(PROPOSE_STAFF, form | {"mobile": town.sealed("+8801712345678")}, town.founders[0])

        assert again == first
        audited = [row["subject_id"] for row in town.harness.audited("propose_staff")]
        assert audited.count(form["id"]) == 1

    @pytest.mark.parametrize("change", [{"name_en": "Another"}, {"from_on": "2026-02-01"}])
    def test_another_body_under_the_same_id_is_a_conflict(self, town, change):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(IdConflict):
            town.ask(PROPOSE_STAFF, form | change, town.founders[0])

    def test_another_number_under_the_same_id_is_a_conflict(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(IdConflict):
            town.ask(PROPOSE_STAFF, form | {"mobile": town.sealed("01812345678")}, town.founders[0])

    def test_a_username_is_given_once(self, town):
        town.ask(PROPOSE_STAFF, town.form("accountant", "001", username="rahima"), town.founders[0])

        with pytest.raises(UsernameTaken):
            town.ask(PROPOSE_STAFF, town.form("accountant", "002", username="rahima"), town.founders[0])

    def test_a_role_belongs_to_its_level(self, town):
        with pytest.raises(RoleNotOfOffice):
            town.ask(PROPOSE_STAFF, town.form("accountant", "A01"), town.founders[0])

    def test_a_number_that_is_none_is_refused(self, town):
        with pytest.raises(InvalidPayload) as refusal:
            town.ask(PROPOSE_STAFF, town.form("accountant", "001", mobile="12345"), town.founders[0])

        assert refusal.value.facts["fields"] == {"mobile": ["NOT_A_MOBILE"]}

    def test_the_number_is_not_readable_in_the_database(self, town):
        with town.harness.service().books() as books:
            kept = books.staff.find_by_username("accountant").mobile

        assert "1712345678" not in kept


class TestDecideApproval:
    def test_tells_the_posting_with_the_number_sealed_to_accounts(self, town):
        told = town.harness.told(STAFF_POSTING_CHANGED)[-1]
        assert told["staff_id"] == town.people["officer"].person_id
        assert (told["role"], told["office_path"], told["active"]) == ("field_officer", "/HO/A01/001/", True)
        keys = town.harness.process.keys.unsealing("accounts")
        assert unseal(told["mobile"], keys) == "+8801712345678"

    @pytest.mark.rule("P7")
    def test_a_new_administrator_waits_a_day_before_approving(self, town):
        newcomer = town.hire("administrator", "HO")
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(ApproverTooNew):
            town.decide(form["id"], newcomer)
        town.harness.watch.advance(timedelta(hours=24))
        assert town.decide(form["id"], newcomer)

    def test_a_decline_needs_a_reason_and_ends_it(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(ReasonMissing):
            town.decide(form["id"], town.founders[1], approve=False)
        town.decide(form["id"], town.founders[1], approve=False, reason="No such vacancy")
        with pytest.raises(AlreadyDecided):
            town.decide(form["id"], town.founders[1])

    def test_a_lost_answer_is_answered_anew_and_the_first_slip_is_worthless(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])
        first = town.decide(form["id"], town.founders[1])
        second = town.decide(form["id"], town.founders[1])

        assert first != second
        with pytest.raises(SignInRefused):
            town.sign_in(form["username"], first)
        with pytest.raises(PasswordChangeRequired):
            town.sign_in(form["username"], second)

    def test_a_used_slip_is_not_drawn_again(self, town):
        person = town.people["accountant"]

        assert town.decide(person.person_id, town.founders[1]) == ""
        assert town.sign_in("accountant")

    def test_a_manager_does_not_decide_about_staff(self, town, manager):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(Forbidden):
            town.decide(form["id"], manager)

    def test_what_is_out_of_scope_is_not_found(self, town, manager):
        form = town.form("accountant", "002")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        with pytest.raises(NotFound):
            town.decide(form["id"], manager)

    def test_approvals_are_listed_with_their_maker_until_decided(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])

        (item,) = town.ask(LIST_APPROVALS, {}, town.founders[1])["items"]
        assert (item["kind"], item["may_decide"], item["maker_en"]) == (
            "staff_creation",
            True,
            "First administrator",
        )
        town.decide(form["id"], town.founders[1])
        assert town.ask(LIST_APPROVALS, {}, town.founders[1])["items"] == []


class TestFirstSignIn:
    def test_a_one_time_password_opens_only_its_own_change(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])
        slip = town.decide(form["id"], town.founders[1])

        with pytest.raises(PasswordChangeRequired):
            town.sign_in(form["username"], slip)

    def test_a_one_time_password_gets_too_old(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])
        slip = town.decide(form["id"], town.founders[1])
        town.harness.watch.advance(timedelta(days=7))

        with pytest.raises(SignInRefused):
            town.sign_in(form["username"], slip)

    @pytest.mark.parametrize("weak", ["short", "password12345", "Rahima Khatun 1990", "x" * 129])
    def test_a_weak_password_is_refused(self, town, weak):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])
        slip = town.decide(form["id"], town.founders[1])

        with pytest.raises(WeakPassword):
            town.knock(CHANGE_PASSWORD, username=form["username"], password=slip, new_password=weak)

    def test_nobody_works_before_the_posting_begins(self, town):
        form = town.form("accountant", "001", from_on="2026-11-25")
        town.ask(PROPOSE_STAFF, form, town.founders[0])
        slip = town.decide(form["id"], town.founders[1])
        knock = {"username": form["username"], "password": slip, "new_password": PASSWORD}

        with pytest.raises(AccessOff):
            town.knock(CHANGE_PASSWORD, **knock)
        town.harness.watch.advance(timedelta(days=2))
        assert town.knock(CHANGE_PASSWORD, **knock)


class TestSwitchAccess:
    def switch(self, town, person, *, on, by=None):
        body = {"staff_id": person.person_id, "on": on, "reason": "left the institution"}
        return town.ask(SWITCH_ACCESS, body, by or town.founders[0])

    @pytest.mark.rule("P6")
    def test_off_ends_every_session_at_once(self, town, accountant):
        answer = town.sign_in(town.username_of(accountant))
        assert self.switch(town, accountant, on=False)["status"] == "off"

        with pytest.raises(SessionEnded):
            town.session(answer)
        with pytest.raises(AccessOff):
            town.sign_in(town.username_of(accountant))
        told = town.harness.told(SESSION_REVOKED)[-1]
        assert answer["session_id"] in told["session_ids"]
        assert town.harness.told(STAFF_POSTING_CHANGED)[-1]["active"] is False

    def test_on_lets_in_again(self, town, accountant):
        self.switch(town, accountant, on=False)
        self.switch(town, accountant, on=True)

        assert town.sign_in(town.username_of(accountant))

    def test_nobody_switches_himself(self, town):
        with pytest.raises(OwnAccess):
            self.switch(town, town.founders[0], on=False)

    def test_who_was_never_approved_has_nothing_to_switch(self, town):
        form = town.form("accountant", "001")
        town.ask(PROPOSE_STAFF, form, town.founders[0])
        proposed = town.founders[1].from_plain(town.founders[1].to_plain() | {"person_id": form["id"]})

        with pytest.raises(StaffNotSwitchable):
            self.switch(town, proposed, on=True)

    @pytest.mark.rule("P6")
    def test_a_manager_does_not_switch(self, town, manager, accountant):
        with pytest.raises(Forbidden):
            self.switch(town, accountant, on=False, by=manager)


class TestHoldAccess:
    def hold(self, town, person, by):
        return town.ask(HOLD_ACCESS, {"staff_id": person.person_id, "reason": "cash is missing"}, by)

    @pytest.mark.rule("P6")
    def test_a_hold_lapses_after_a_day(self, town, manager):
        officer = town.people["officer"]
        answer = town.sign_in(town.username_of(officer))
        assert self.hold(town, officer, manager)["status"] == "held"

        with pytest.raises(SessionEnded):
            town.session(answer)
        with pytest.raises(AccessOff):
            town.sign_in(town.username_of(officer))
        town.harness.watch.advance(timedelta(hours=24))
        assert town.sign_in(town.username_of(officer))

    @pytest.mark.rule("P6")
    def test_a_manager_holds_field_officers_only(self, town, manager, accountant):
        with pytest.raises(Forbidden):
            self.hold(town, accountant, manager)

    def test_an_officer_of_another_branch_is_not_found(self, town, manager):
        officer = town.hire("field_officer", "002")

        with pytest.raises(NotFound):
            self.hold(town, officer, manager)


class TestListStaff:
    def test_shows_a_manager_his_own_branch(self, town, manager):
        town.hire("accountant", "002")

        items = town.ask(LIST_STAFF, {}, manager)["items"]
        assert {item["office_id"] for item in items} == {town.ids["001"]}
        assert {item["status"] for item in items} == {"active"}

    def test_finds_by_a_part_of_the_name_in_either_script(self, town):
        town.hire("accountant", name_bn="সালমা আক্তার", name_en="Salma Akter", username="salma")

        for query in ("salma", "AKTER", "সালমা"):
            items = town.ask(LIST_STAFF, {"query": query}, town.founders[0])["items"]
            assert [item["username"] for item in items] == ["salma"]

    def test_does_not_take_wildcards_for_wildcards(self, town):
        assert town.ask(LIST_STAFF, {"query": "%"}, town.founders[0])["items"] == []

    def test_the_feed_leaves_out_who_was_never_approved(self, town, accountant):
        town.ask(PROPOSE_STAFF, town.form("accountant", "001"), town.founders[0])

        page = town.harness.ask(EXPORT_STAFF, {}, issuer="accounts")
        assert {item["staff_id"] for item in page["items"]} == {one.person_id for one in town.people.values()}


@pytest.mark.rule("P7")
def test_the_administrator_has_no_verb_that_moves_money():
    of_money = {"deposit", "handover", "cash", "shortage", "reversal", "unallocated", "day", "sheet"}
    verbs = {
        permission for permission in PERMISSIONS[Role.ADMINISTRATOR] if permission.split(":")[0] in of_money
    }

    assert {verb for verb in verbs if not verb.endswith(":read")} == set()


def test_two_approvals_at_once_make_one_person(town):
    form = town.form("accountant", "001")
    town.ask(PROPOSE_STAFF, form, town.founders[0])
    body = {"id": form["id"], "approve": True, "reason": None}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: town.ask(DECIDE_APPROVAL, body, town.founders[1]), range(4)))

    assert {answer["state"] for answer in answers} == {"approved"}
    told = [event["staff_id"] for event in town.harness.told(STAFF_POSTING_CHANGED)]
    assert told.count(form["id"]) == 1
