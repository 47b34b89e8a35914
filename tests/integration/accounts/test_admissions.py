"""A member's way in: the officer's form, the manager's decision, her account in the ledger."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from accounts.batch.duties import AccountsBatch
from accounts.service import AccountsService
from chassis import tables
from chassis.testing import ServiceHarness
from contracts.accounts import (
    ADMIT_MEMBER,
    DECIDE_APPROVAL,
    GET_MEMBER,
    LIST_APPROVALS,
    LIST_MEMBERS,
    MEMBER_CHANGED,
    MEMBER_CONTACT_CHANGED,
    PURPOSES,
    SAVINGS_OPENED,
)
from contracts.accounts.errors import (
    AgeOutsideLimits,
    ConsentMissing,
    DuplicateNid,
    GuardianMissing,
    SamityFull,
    SharesNotHundred,
    StaffNumber,
)
from contracts.errors import (
    AlreadyDecided,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    PersonExcluded,
    ReasonMissing,
    ServiceAway,
    ServiceError,
)
from contracts.identity import MEMBER_LOGIN_CHANGED, STAFF_POSTING_CHANGED
from contracts.sealed import unseal
from contracts.transactions.ledger import OPEN_ACCOUNT
from tests.support.accounts import TODAY, Branch, an_id, consent, nominee

Harness = ServiceHarness[AccountsService]


def answers_without(purpose: str) -> list[dict[str, Any]]:
    return [consent(other) for other in PURPOSES if other != purpose]


class TestForm:
    @pytest.mark.rule("L8")
    def test_makes_an_applicant_without_a_code(self, harness: Harness, branch: Branch, samity: str):
        applicant = branch.admit(samity)

        assert (applicant["status"], applicant["warnings"]) == ("applicant", [])
        member = harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=branch.officer)
        assert (member["code"], member["admitted_on"], member["savings"]) == (None, None, [])
        assert harness.told(MEMBER_CHANGED) == []
        assert member["admission"]["state"] == "waiting"

    def test_keeps_all_that_she_said(self, harness: Harness, branch: Branch, samity: str):
        child = nominee("সুমাইয়া", 40, birth_on="2015-04-01", relation="মেয়ে")
        child["guardian"] = {"name": "করিম শেখ", "relation": "বাবা"}
        applicant = branch.admit(samity, nominees=[nominee("করিম শেখ", 60), child])

        member = harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=branch.manager)

        assert [one["share_percent"] for one in member["nominees"]] == [60, 40]
        assert member["nominees"][1]["guardian"] == {"name": "করিম শেখ", "relation": "বাবা"}
        assert {one["purpose"] for one in member["consents"]} == set(PURPOSES)
        assert member["address"]["upazila"] == "বগুড়া সদর"
        assert member["nid_masked"].endswith("0001")
        assert "00010000" not in member["nid_masked"]
        assert member["admission"]["maker_name_en"] == "Rafiqul field_officer"

    def test_the_same_form_again_changes_nothing(self, harness: Harness, branch: Branch, samity: str):
        form = branch.form(samity, nid="1990123456", mobile="+8801711999888")
        first = harness.ask(ADMIT_MEMBER, form, actor=branch.officer)
        resealed = form | {"nid": branch.sealed("১৯৯০১২৩৪৫৬"), "mobile": branch.sealed("01711-999888")}

        assert harness.ask(ADMIT_MEMBER, resealed, actor=branch.officer) == first
        assert len(harness.audited("admit_member")) == 1
        for change in ({"name_en": "Ayesha Begum"}, {"nid": branch.sealed("1990123457")}):
            with pytest.raises(IdConflict):
                harness.ask(ADMIT_MEMBER, form | change, actor=branch.officer)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"birth_on": "2008-11-24"}, AgeOutsideLimits),
            ({"birth_on": "1965-11-23"}, AgeOutsideLimits),
            ({"nominees": [nominee("ক", 60), nominee("খ", 39)]}, SharesNotHundred),
            ({"nominees": [nominee("ক", 60), nominee("খ", 41)]}, SharesNotHundred),
            ({"nominees": [nominee("শিশু", 100, birth_on="2008-11-24")]}, GuardianMissing),
            ({"nominees": [nominee("শিশু", 100, birth_on="2026-11-24")]}, InvalidPayload),
            ({"nominees": []}, InvalidPayload),
            ({"nominees": [nominee("ক", 0), nominee("খ", 100)]}, InvalidPayload),
            ({"name_bn": "ক" * 101}, InvalidPayload),
            ({"language": "fr"}, InvalidPayload),
            ({"samity_id": an_id(404)}, NotFound),
        ],
    )
    def test_refuses_what_cannot_be(
        self, harness: Harness, branch: Branch, samity: str, changes: dict[str, Any], refusal: type
    ):
        with pytest.raises(refusal):
            branch.admit(**{"samity_id": samity} | changes)
        assert harness.ask(LIST_MEMBERS, {}, actor=branch.officer)["items"] == []

    @pytest.mark.parametrize("birth_on", ["2008-11-23", "1965-11-24"])
    def test_takes_her_on_the_first_and_on_the_last_day(self, branch: Branch, samity: str, birth_on: str):
        assert branch.admit(samity, birth_on=birth_on)["status"] == "applicant"

    @pytest.mark.rule("P10")
    @pytest.mark.parametrize(
        ("consents", "refusal"),
        [
            (answers_without("photo"), ConsentMissing),
            ([*answers_without("membership"), consent("membership", given=False)], ConsentMissing),
            ([*answers_without("photo"), consent("messages")], InvalidPayload),
            ([*answers_without("photo"), consent("photo", at="2026-11-23T06:10:01Z")], InvalidPayload),
            ([*answers_without("photo"), consent("photo", witness="")], InvalidPayload),
        ],
    )
    def test_refuses_without_her_recorded_answer_to_every_purpose(
        self, branch: Branch, samity: str, consents: list[dict[str, Any]], refusal: type
    ):
        with pytest.raises(refusal):
            branch.admit(samity, consents=consents)

    @pytest.mark.parametrize("field", ["nid", "mobile"])
    def test_refuses_a_number_that_is_none(self, branch: Branch, samity: str, field: str):
        with pytest.raises(InvalidPayload) as refusal:
            branch.admit(samity, **{field: "12345"})
        assert set(refusal.value.facts["fields"]) == {field}

    def test_refuses_a_number_that_was_not_sealed_to_accounts(self, branch: Branch, samity: str):
        form = branch.form(samity)
        for nid in ("1990123456", branch.sealed("1990123456", to="identity")):
            with pytest.raises(InvalidPayload):
                branch.harness.ask(ADMIT_MEMBER, form | {"nid": nid}, actor=branch.officer)

    def test_an_officer_admits_to_his_own_samities_only(self, harness: Harness, branch: Branch, samity: str):
        stranger = branch.actor("field_officer", person_id=branch.person_id("second_officer"))
        with pytest.raises(NotFound):
            harness.ask(ADMIT_MEMBER, branch.form(samity), actor=stranger)
        with pytest.raises(Forbidden):
            harness.ask(ADMIT_MEMBER, branch.form(samity), actor=branch.manager)

    def test_a_full_samity_takes_nobody(self, branch: Branch):
        small = branch.open_samity(max_members=1)["id"]
        branch.admit(small)
        with pytest.raises(SamityFull):
            branch.admit(small)


class TestNumbers:
    def test_an_identity_is_admitted_once_in_the_whole_institution(self, harness: Harness, branch: Branch):
        branch.admit(branch.open_samity()["id"], nid="1234567890123", birth_on="1990-02-03")
        other = Branch(harness, "B002", 2)
        with pytest.raises(DuplicateNid) as refusal:
            other.admit(other.open_samity()["id"], nid="19901234567890123", birth_on="1990-02-03")
        assert refusal.value.facts == {"field": "nid"}

    def test_a_declined_identity_may_apply_again(self, branch: Branch, samity: str):
        applicant = branch.admit(samity, nid="1990123456")
        branch.decide(applicant, approve=False, reason="ফর্মে স্বাক্ষর নেই")
        assert branch.admit(samity, nid="1990123456")["status"] == "applicant"

    def test_two_forms_of_one_identity_at_once_make_one_applicant(self, harness: Harness, branch: Branch):
        samities = [branch.open_samity()["id"] for _ in range(4)]
        forms = [branch.form(samity, nid="1990123456") for samity in samities]

        def admit(form: dict[str, Any]) -> str:
            try:
                return str(harness.ask(ADMIT_MEMBER, form, actor=branch.officer)["status"])
            except DuplicateNid as error:
                return error.code

        with ThreadPoolExecutor(4) as pool:
            outcomes = sorted(pool.map(admit, forms))
        assert outcomes == ["DUPLICATE_NID", "DUPLICATE_NID", "DUPLICATE_NID", "applicant"]

    def test_two_forms_under_one_id_at_once_make_one_applicant(self, harness: Harness, branch: Branch):
        samities = [branch.open_samity()["id"] for _ in range(4)]
        forms = [branch.form(samity, id=an_id(12)) for samity in samities]

        def admit(form: dict[str, Any]) -> str:
            try:
                return str(harness.ask(ADMIT_MEMBER, form, actor=branch.officer)["status"])
            except IdConflict as error:
                return error.code

        with ThreadPoolExecutor(4) as pool:
            outcomes = sorted(pool.map(admit, forms))
        assert outcomes == ["ID_CONFLICT", "ID_CONFLICT", "ID_CONFLICT", "applicant"]

    def test_one_form_ten_times_at_once_makes_one_applicant(
        self, harness: Harness, branch: Branch, samity: str
    ):
        form = branch.form(samity)

        with ThreadPoolExecutor(10) as pool:
            answers = list(
                pool.map(lambda _: harness.ask(ADMIT_MEMBER, form, actor=branch.officer), range(10))
            )

        assert all(answer == answers[0] for answer in answers)
        assert len(harness.audited("admit_member")) == 1

    @pytest.mark.rule("P1")
    def test_a_number_of_staff_is_refused(self, harness: Harness, branch: Branch, samity: str):
        number = "+8801799000111"
        posting = branch.posting("accountant", mobile=branch.sealed(number), version=2)
        harness.hear(STAFF_POSTING_CHANGED, posting)
        with pytest.raises(StaffNumber):
            branch.admit(samity, mobile="০১৭৯৯০০০১১১")

        harness.hear(STAFF_POSTING_CHANGED, posting | {"active": False, "version": 3})
        assert branch.admit(samity, mobile=number)["status"] == "applicant"

    @pytest.mark.rule("P1")
    def test_a_shared_number_is_flagged_to_maker_and_checker(
        self, harness: Harness, branch: Branch, samity: str
    ):
        shared = "+8801711222333"
        home = branch.form(samity)["address"]
        at_home = [branch.admit(samity, mobile=shared, address=home)["warnings"] for _ in range(5)]
        elsewhere = branch.admit(samity, mobile=shared)

        assert at_home[0] == []
        assert at_home[1] == at_home[3] == ["household_has_members", "same_name_and_birth"]
        assert at_home[4][0] == "mobile_on_many_members"
        assert "mobile_in_many_households" in elsewhere["warnings"]
        waiting = harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
        [shown] = [one for one in waiting if one["subject_id"] == elsewhere["member_id"]]
        assert shown["facts"]["warnings"] == elsewhere["warnings"]

    def test_numbers_are_nowhere_in_the_database(self, urls, harness: Harness, branch: Branch, samity: str):
        branch.member(samity, nid="1987654321", mobile="+8801812345678")

        engine = sa.create_engine(urls.owner)
        with engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            dump = "".join(
                str(connection.execute(sa.text(f"SELECT array_agg(t::text) FROM {name} t")).scalar())
                for name in tables
            )
        engine.dispose()
        assert "আয়েশা খাতুন" in dump
        assert "1987654321" not in dump
        assert "1812345678" not in dump


class TestDecision:
    def test_makes_a_member_with_a_code_and_savings(self, harness: Harness, branch: Branch, samity: str):
        applicant = branch.admit(samity)

        assert branch.decide(applicant)["state"] == "opening"
        harness.take_steps("open_savings", by=AccountsBatch)

        member = harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=branch.manager)
        assert (member["status"], member["code"]) == ("active", "B001.0001.00001")
        assert member["admitted_on"] == TODAY.isoformat()
        [savings] = member["savings"]
        assert (savings["code"], savings["status"], savings["opened_on"]) == (
            "GS.B001.0001.00001.1",
            "open",
            TODAY.isoformat(),
        )
        assert member["admission"]["state"] == "approved"

    def test_tells_who_she_is_and_seals_where_messages_reach_her(
        self, harness: Harness, branch: Branch, samity: str
    ):
        consents = [*answers_without("messages"), consent("messages", given=False)]
        member = branch.member(samity, mobile="+8801811000222", consents=consents)

        [changed] = harness.told(MEMBER_CHANGED)
        assert (changed["id"], changed["code"], changed["branch_id"], changed["version"]) == (
            member["id"],
            member["code"],
            branch.id,
            2,
        )
        [contact] = harness.told(MEMBER_CONTACT_CHANGED)
        keys = harness.process.keys.unsealing("notifications")
        assert unseal(contact["mobile"], keys) == "+8801811000222"
        assert contact["messages_consent"] is False

    def test_hands_the_ledger_a_snapshot_of_the_terms(self, harness: Harness, branch: Branch, samity: str):
        member = branch.member(samity)

        [(method, command, actor)] = harness.others.asked
        assert (method, actor.person_id) == (OPEN_ACCOUNT, branch.manager.person_id)
        terms = {name: value for name, value in command["terms"].items() if value is not None}
        assert command | {"terms": terms} == {
            "id": member["savings"][0]["account_id"],
            "member_id": member["id"],
            "office_id": branch.id,
            "code": "GS.B001.0001.00001.1",
            "ledger": "general_savings",
            "terms": {
                "version": 1,
                "product_code": "GS",
                "product_name_bn": "সাধারণ সঞ্চয়",
                "product_name_en": "General savings",
                "floor": 0,
                "annual_rate_bps": 600,
                "sex": "female",
                "fund": "own",
                "interest_method": "daily_product",
                "interest_rates": [{"from_on": date(2020, 1, 1), "bps": 600}],
                "interest_minimum_balance": 0,
                "interest_minimum_age_months": 0,
                "interest_withdrawal_stops": False,
                "interest_dormant_eligible": True,
            },
        }

    @pytest.mark.rule("M8")
    def test_the_maker_is_not_the_checker_in_whatever_role(
        self, harness: Harness, branch: Branch, samity: str
    ):
        applicant = branch.admit(samity)
        acting = branch.actor("branch_manager", person_id=branch.officer.person_id)
        command = {"id": applicant["approval_id"], "approve": True}
        with pytest.raises(MakerIsChecker):
            harness.ask(DECIDE_APPROVAL, command, actor=acting)
        kin = replace(branch.manager, excluded_members=(applicant["member_id"],))
        with pytest.raises(PersonExcluded):
            harness.ask(DECIDE_APPROVAL, command, actor=kin)
        assert harness.told(MEMBER_CHANGED) == []

    def test_only_the_manager_of_the_branch_decides(self, harness: Harness, branch: Branch, samity: str):
        command = {"id": branch.admit(samity)["approval_id"], "approve": True}
        with pytest.raises(Forbidden):
            harness.ask(DECIDE_APPROVAL, command, actor=branch.actor("accountant"))
        with pytest.raises(NotFound):
            harness.ask(DECIDE_APPROVAL, command, actor=Branch(harness, "B002", 2).manager)

    def test_declining_says_why_and_is_final(self, harness: Harness, branch: Branch, samity: str):
        applicant = branch.admit(samity)
        with pytest.raises(ReasonMissing):
            branch.decide(applicant, approve=False)

        assert branch.decide(applicant, approve=False, reason="বয়স প্রমাণ নেই")["state"] == "declined"

        member = harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=branch.manager)
        assert (member["status"], member["code"]) == ("rejected", None)
        assert member["admission"]["reason"] == "বয়স প্রমাণ নেই"
        with pytest.raises(AlreadyDecided):
            branch.decide(applicant)

    def test_the_same_decision_again_answers_the_same(self, harness: Harness, branch: Branch, samity: str):
        applicant = branch.admit(samity)
        assert branch.decide(applicant) == branch.decide(applicant)

        assert len(harness.told(MEMBER_CHANGED)) == 1
        other = branch.actor("branch_manager", person_id=an_id(55))
        with pytest.raises(AlreadyDecided):
            harness.ask(DECIDE_APPROVAL, {"id": applicant["approval_id"], "approve": True}, actor=other)

    def test_ten_clicks_at_once_make_one_member(self, harness: Harness, branch: Branch, samity: str):
        applicant = branch.admit(samity)

        with ThreadPoolExecutor(10) as pool:
            states = list(pool.map(lambda _: branch.decide(applicant)["state"], range(10)))

        assert states == ["opening"] * 10
        assert len(harness.told(MEMBER_CHANGED)) == 1
        assert len(harness.planned("open_savings")) == 1

    def test_codes_are_given_once_under_concurrency(self, harness: Harness, branch: Branch, samity: str):
        applicants = [branch.admit(samity) for _ in range(8)]

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(branch.decide, applicants))

        codes = sorted(event["code"] for event in harness.told(MEMBER_CHANGED))
        assert codes == [f"B001.0001.{serial:05d}" for serial in range(1, 9)]

    def test_the_waiting_list_says_what_the_manager_needs(
        self, harness: Harness, branch: Branch, samity: str
    ):
        applicant = branch.admit(samity)

        [waiting] = harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
        [own] = harness.ask(LIST_APPROVALS, {}, actor=branch.officer)["items"]

        assert (waiting["kind"], waiting["permission"], waiting["state"]) == (
            "admission",
            "member:approve",
            "waiting",
        )
        assert (waiting["subject_id"], waiting["subject_bn"]) == (applicant["member_id"], "আয়েশা খাতুন")
        assert (waiting["may_decide"], own["may_decide"]) == (True, False)
        branch.decide(applicant)
        assert harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"] == []

    def test_her_login_is_shown_as_identity_tells_it(self, harness: Harness, branch: Branch, samity: str):
        member = branch.member(samity)
        assert member["login_status"] == "none"
        state = {"member_id": member["id"], "status": "active", "deed": "activated", "version": 4}
        harness.hear(MEMBER_LOGIN_CHANGED, state)
        harness.hear(MEMBER_LOGIN_CHANGED, state | {"status": "issued", "version": 3})
        seen = harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)
        assert seen["login_status"] == "active"


def replan(harness: Harness) -> None:
    """Forget that the steps were taken, as a crash between the deed and its mark would."""
    with harness.process.database.transaction() as session:
        session.execute(sa.update(tables.steps).values(state="planned", due_at=harness.watch.now()))


class TestCrashes:
    """The process dies, or the other service is away, at each point of the recorded step."""

    @staticmethod
    def dying(error: BaseException) -> Callable[[dict[str, Any]], dict[str, Any]]:
        def die(_command: dict[str, Any]) -> dict[str, Any]:
            raise error

        return die

    def savings(self, branch: Branch, applicant: dict[str, Any]) -> dict[str, Any]:
        member = branch.harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=branch.manager)
        return dict(member["savings"][0])

    @pytest.mark.parametrize("fault", [ServiceAway(), ConnectionResetError("gone")])
    def test_waits_while_transactions_is_away(
        self, harness: Harness, branch: Branch, samity: str, fault: Exception
    ):
        answer = harness.others.answers[OPEN_ACCOUNT]
        harness.others.answers[OPEN_ACCOUNT] = self.dying(fault)
        applicant = branch.admit(samity)
        branch.decide(applicant)
        with pytest.raises((ServiceError, ConnectionResetError)):
            harness.take_steps("open_savings", by=AccountsBatch)
        assert self.savings(branch, applicant)["status"] == "opening"
        assert harness.told(SAVINGS_OPENED) == []

        harness.others.answers[OPEN_ACCOUNT] = answer
        harness.watch.advance(timedelta(minutes=2))
        harness.take_steps("open_savings", by=AccountsBatch)

        assert self.savings(branch, applicant)["status"] == "open"
        assert len(harness.told(SAVINGS_OPENED)) == 1

    def test_asks_again_under_the_same_id_after_a_crash_before_writing(
        self, harness: Harness, branch: Branch, samity: str, monkeypatch: pytest.MonkeyPatch
    ):
        applicant = branch.admit(samity)
        branch.decide(applicant)
        with monkeypatch.context() as crashing:
            crashing.setattr("accounts.operations.savings.record_opened", self.dying_after_answer)
            with pytest.raises(KeyboardInterrupt):
                harness.take_steps("open_savings", by=AccountsBatch)

        harness.watch.advance(timedelta(minutes=2))
        harness.take_steps("open_savings", by=AccountsBatch)

        asked = [command["id"] for _, command, _ in harness.others.asked]
        assert len(asked) == 2
        assert len(set(asked)) == 1
        assert len(harness.told(SAVINGS_OPENED)) == 1

    @staticmethod
    def dying_after_answer(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    def test_writes_once_when_the_step_is_taken_twice(self, harness: Harness, branch: Branch, samity: str):
        branch.member(samity)
        replan(harness)
        harness.take_steps("open_savings", by=AccountsBatch)

        assert len(harness.others.asked) == 2
        assert len(harness.told(SAVINGS_OPENED)) == 1
        assert len(harness.audited("open_savings")) == 1

    def test_a_crash_before_the_commit_leaves_an_applicant(
        self, harness: Harness, branch: Branch, samity: str, monkeypatch: pytest.MonkeyPatch
    ):
        applicant = branch.admit(samity)
        with monkeypatch.context() as crashing:
            crashing.setattr("accounts.operations.admissions.tell_member", self.dying_after_answer)
            with pytest.raises(KeyboardInterrupt):
                branch.decide(applicant)

        assert harness.planned("open_savings") == []
        member = harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=branch.manager)
        assert (member["status"], member["code"], member["savings"]) == ("applicant", None, [])
        assert branch.decide(applicant)["state"] == "opening"
