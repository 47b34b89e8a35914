"""Another telephone number for a member: a code to it, a call back, the manager's word. Rules P1, P2, M9."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import (
    DECIDE_APPROVAL,
    EXPORT_CONTACTS,
    GET_MEMBER,
    LIST_APPROVALS,
    MEMBER_CONTACT_CHANGED,
)
from contracts.accounts.deaths import REPORT_DEATH
from contracts.accounts.errors import NotAMember, StaffNumber
from contracts.accounts.number_changes import (
    CONFIRM_NUMBER_CHANGE,
    LIST_NUMBER_CHANGES,
    NUMBER_CHANGE_ASKED,
    NUMBER_CHANGED,
    PROPOSE_NUMBER_CHANGE,
    RECORD_NUMBER_CALL_BACK,
    SEND_NUMBER_CODE,
    CallBackMissing,
    HerOfficer,
    NumberChangeEnded,
    NumberChangeRuns,
    NumberCodeOver,
    NumberCodesSpent,
    NumberCodeWrong,
    NumberUnchanged,
)
from contracts.actor import Actor
from contracts.errors import (
    AlreadyDecided,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    PersonExcluded,
    ServiceError,
)
from contracts.identity import STAFF_POSTING_CHANGED
from contracts.sealed import unseal
from tests.support.accounts import TODAY, Branch, an_id
from tests.support.memory import remembered

Harness = ServiceHarness[AccountsService]
OLD, NEW = "+8801811000111", "+8801922333444"


class Counter:
    """The accountant's counter, where a member asks for another number."""

    def __init__(self, branch: Branch, member: dict[str, Any]) -> None:
        self.branch, self.member, self.harness = branch, member, branch.harness
        self.accountant = branch.actor("accountant")

    def ask(self, method: Any, payload: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        return self.harness.ask(method, payload, actor=actor or self.accountant)

    def wish(self, number: str = NEW, **changes: Any) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "member_id": self.member["id"],
            "mobile": self.branch.sealed(number),
            "reason": "ফোন হারিয়েছে",
        } | changes

    def propose(self, number: str = NEW, actor: Actor | None = None, **changes: Any) -> dict[str, Any]:
        return self.ask(PROPOSE_NUMBER_CHANGE, self.wish(number, **changes), actor)

    def opened(self, sealed: str) -> str:
        return unseal(sealed, self.harness.process.keys.unsealing("notifications"))

    def code(self) -> str:
        """The code that went to the new telephone last."""
        return self.opened(self.harness.told(NUMBER_CHANGE_ASKED)[-1]["code"])

    def confirm(self, change: dict[str, Any], code: str | None = None) -> dict[str, Any]:
        sealed = self.branch.sealed(code or self.code())
        return self.ask(CONFIRM_NUMBER_CHANGE, {"id": change["id"], "code": sealed})

    def call_back(
        self, change: dict[str, Any], actor: Actor | None = None, called: str = "old"
    ) -> dict[str, Any]:
        said = {"id": change["id"], "called": called, "note": "তিনি নিজে বলেছেন"}
        return self.ask(RECORD_NUMBER_CALL_BACK, said, actor or self.branch.manager)

    def approval(self) -> dict[str, Any]:
        items = self.ask(LIST_APPROVALS, {}, self.branch.manager)["items"]
        [waiting] = [one for one in items if one["kind"] == "number_change"]
        return waiting

    def decide(self, actor: Actor | None = None, *, approve: bool = True, **said: Any) -> str:
        command = {"id": self.approval()["id"], "approve": approve} | said
        return str(self.ask(DECIDE_APPROVAL, command, actor or self.branch.manager)["state"])

    def masked(self) -> str | None:
        return self.ask(GET_MEMBER, {"id": self.member["id"]}, self.branch.manager)["mobile_masked"]


@remembered
def counter(branch: Branch, samity: str) -> Counter:
    return Counter(branch, branch.member(samity, mobile=OLD))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


class TestTheWholeWay:
    @pytest.mark.rule("P1")
    def test_a_number_counts_after_code_call_back_and_the_managers_word(
        self, harness: Harness, counter: Counter
    ):
        change = counter.propose()
        assert (change["state"], change["mobile_masked"], change["warnings"]) == (
            "asked",
            "••••••••••3444",
            [],
        )
        assert counter.confirm(change)["state"] == "confirmed"
        counter.call_back(change)
        assert counter.masked() == "••••••••••0111"

        assert counter.decide() == "approved"

        assert counter.masked() == "••••••••••3444"
        [listed] = counter.ask(LIST_NUMBER_CHANGES, {"member_id": counter.member["id"]})["items"]
        assert (listed["state"], listed["called"], listed["called_by"]) == (
            "approved",
            "old",
            counter.branch.manager.person_id,
        )

    @pytest.mark.rule("M9")
    def test_the_day_of_the_change_is_told_so_that_withdrawals_are_careful(
        self, harness: Harness, counter: Counter
    ):
        assert harness.told(MEMBER_CONTACT_CHANGED)[-1]["mobile_changed_on"] is None
        change = counter.propose()
        counter.confirm(change)
        counter.call_back(change)
        counter.decide()

        contact = harness.told(MEMBER_CONTACT_CHANGED)[-1]
        assert counter.opened(contact["mobile"]) == NEW
        assert (contact["mobile_changed_on"], contact["version"]) == (TODAY, 3)
        reader = Actor.of_service("transactions")
        [fed] = harness.ask(EXPORT_CONTACTS, {}, actor=reader, issuer="transactions")["items"]
        assert fed["mobile_changed_on"] == TODAY.isoformat()

    @pytest.mark.rule("P2")
    def test_the_old_number_is_warned_and_both_are_told(self, harness: Harness, counter: Counter):
        change = counter.propose()
        [asked] = harness.told(NUMBER_CHANGE_ASKED)
        assert (counter.opened(asked["mobile"]), counter.opened(asked["old_mobile"])) == (NEW, OLD)
        counter.confirm(change)
        counter.call_back(change)
        counter.decide()
        [changed] = harness.told(NUMBER_CHANGED)
        assert (counter.opened(changed["mobile"]), counter.opened(changed["old_mobile"])) == (NEW, OLD)

    def test_a_first_number_brings_no_caution(self, harness: Harness, branch: Branch, samity: str):
        counter = Counter(branch, branch.member(samity, mobile=None))
        change = counter.propose()
        counter.confirm(change)
        counter.call_back(change, called="new")
        counter.decide()
        assert counter.masked() == "••••••••••3444"
        assert harness.told(MEMBER_CONTACT_CHANGED)[-1]["mobile_changed_on"] is None
        assert harness.told(NUMBER_CHANGED)[-1]["old_mobile"] is None

    def test_what_the_manager_sees(self, counter: Counter):
        change = counter.propose()
        counter.confirm(change)
        waiting = counter.approval()
        assert (waiting["kind"], waiting["permission"], waiting["may_decide"]) == (
            "number_change",
            "member:approve_change",
            True,
        )
        facts = waiting["facts"]
        assert (facts["mobile_masked"], facts["member_code"], facts["flags"]) == (
            "••••••••••3444",
            counter.member["code"],
            [],
        )

    def test_declined_leaves_her_number_and_lets_another_be_proposed(self, counter: Counter):
        change = counter.propose()
        counter.confirm(change)
        assert counter.decide(approve=False, reason="তিনি বলেছেন তাঁর নয়") == "declined"
        assert counter.masked() == "••••••••••0111"
        assert counter.propose()["state"] == "asked"

    def test_neither_number_nor_code_is_anywhere_in_the_database(self, urls, counter: Counter):
        change = counter.propose()
        code = counter.code()
        counter.confirm(change)
        engine = sa.create_engine(urls.owner)
        with engine.connect() as connection:
            dump = "".join(
                str(connection.execute(sa.text(f"SELECT array_agg(t::text) FROM {name} t")).scalar())
                for name in ("number_changes", "approvals", "outbox", "audit")
            )
        engine.dispose()
        assert counter.member["id"] in dump
        assert "922333444" not in dump
        assert code not in dump


class TestTwoPeople:
    @pytest.mark.rule("P1")
    def test_nobody_approves_before_somebody_else_has_called_her(self, counter: Counter):
        change = counter.propose()
        counter.confirm(change)
        with pytest.raises(CallBackMissing):
            counter.decide()
        with pytest.raises(MakerIsChecker):
            counter.call_back(change, counter.accountant)
        with pytest.raises(CallBackMissing):
            counter.decide()

    @pytest.mark.rule("P1", "M8")
    def test_the_maker_does_not_approve_whatever_his_post(self, counter: Counter):
        change = counter.propose()
        counter.confirm(change)
        counter.call_back(change)
        acting = replace(counter.branch.manager, person_id=counter.accountant.person_id)
        with pytest.raises(MakerIsChecker):
            counter.decide(acting)

    @pytest.mark.rule("P1")
    def test_her_own_officer_has_no_part_in_it_in_whatever_post(self, counter: Counter):
        officer = counter.branch.officer
        with pytest.raises(Forbidden):
            counter.propose(actor=officer)
        acting = replace(counter.accountant, person_id=officer.person_id)
        with pytest.raises(HerOfficer):
            counter.propose(actor=acting)
        change = counter.propose()
        counter.confirm(change)
        as_manager = replace(counter.branch.manager, person_id=officer.person_id)
        with pytest.raises(HerOfficer):
            counter.call_back(change, as_manager)
        counter.call_back(change)
        with pytest.raises(HerOfficer):
            counter.decide(as_manager)
        assert counter.masked() == "••••••••••0111"

    @pytest.mark.rule("M8")
    def test_nobody_handles_his_own_number_or_declared_kins(self, counter: Counter):
        kin = (counter.member["id"],)
        with pytest.raises(PersonExcluded):
            counter.propose(actor=replace(counter.accountant, excluded_members=kin))
        change = counter.propose()
        counter.confirm(change)
        with pytest.raises(PersonExcluded):
            counter.call_back(change, replace(counter.branch.manager, excluded_members=kin))

    def test_another_branch_reaches_nothing(self, harness: Harness, counter: Counter):
        change = counter.propose()
        stranger = Branch(harness, "B002", 2).actor("accountant")
        with pytest.raises(NotFound):
            counter.propose(actor=stranger)
        with pytest.raises(NotFound):
            counter.ask(SEND_NUMBER_CODE, {"id": change["id"]}, stranger)
        with pytest.raises(NotFound):
            counter.ask(LIST_NUMBER_CHANGES, {"member_id": counter.member["id"]}, stranger)

    def test_decided_once(self, counter: Counter):
        change = counter.propose()
        counter.confirm(change)
        counter.call_back(change)
        command = {"id": counter.approval()["id"], "approve": True}
        first = counter.ask(DECIDE_APPROVAL, command, counter.branch.manager)
        assert counter.ask(DECIDE_APPROVAL, command, counter.branch.manager) == first
        with pytest.raises(AlreadyDecided):
            counter.ask(DECIDE_APPROVAL, command, replace(counter.branch.manager, person_id=an_id(99)))
        assert len(counter.harness.told(NUMBER_CHANGED)) == 1


class TestCode:
    def test_five_wrong_tries_and_the_right_one_opens_nothing(self, counter: Counter):
        change = counter.propose()
        right = counter.code()
        left = []
        for _ in range(5):
            with pytest.raises(NumberCodeWrong) as refusal:
                counter.confirm(change, wrong(right))
            left.append(refusal.value.facts["tries_left"])
        assert left == [4, 3, 2, 1, 0]
        with pytest.raises(NumberCodeOver):
            counter.confirm(change, right)

    def test_a_hundred_tries_at_once_count_as_a_hundred(self, counter: Counter):
        change = counter.propose()
        miss = wrong(counter.code())

        def attempt(_: int) -> str:
            try:
                counter.confirm(change, miss)
            except ServiceError as error:
                return error.code
            return "opened"

        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(attempt, range(24)))
        assert outcomes.count("NUMBER_CODE_WRONG") == 5
        assert outcomes.count("NUMBER_CODE_OVER") == 19

    def test_lasts_five_minutes(self, counter: Counter):
        change = counter.propose()
        counter.harness.watch.advance(timedelta(minutes=5))
        with pytest.raises(NumberCodeOver):
            counter.confirm(change)

    def test_another_one_ends_the_one_before_three_in_all(self, counter: Counter):
        change = counter.propose()
        first = counter.code()
        again = counter.ask(SEND_NUMBER_CODE, {"id": change["id"]})
        assert (again["sends"], again["tries_left"]) == (2, 5)
        second = counter.code()
        if first != second:
            with pytest.raises(NumberCodeWrong):
                counter.confirm(change, first)
        counter.ask(SEND_NUMBER_CODE, {"id": change["id"]})
        with pytest.raises(NumberCodesSpent):
            counter.ask(SEND_NUMBER_CODE, {"id": change["id"]})
        assert counter.confirm(change)["state"] == "confirmed"

    def test_is_read_in_bangla_digits_and_confirms_once(self, counter: Counter):
        change = counter.propose()
        bangla = counter.code().translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
        assert counter.confirm(change, bangla)["state"] == "confirmed"
        assert counter.confirm(change)["state"] == "confirmed"
        assert len(counter.ask(LIST_APPROVALS, {}, counter.branch.manager)["items"]) == 1
        with pytest.raises(NumberChangeEnded):
            counter.ask(SEND_NUMBER_CODE, {"id": change["id"]})


class TestProposing:
    def test_the_same_again_answers_the_same_and_sends_nothing(self, counter: Counter):
        wish = counter.wish()
        first = counter.ask(PROPOSE_NUMBER_CHANGE, wish)
        again = wish | {"mobile": counter.branch.sealed("০১৯২২-৩৩৩৪৪৪")}
        assert counter.ask(PROPOSE_NUMBER_CHANGE, again) == first
        assert len(counter.harness.told(NUMBER_CHANGE_ASKED)) == 1
        with pytest.raises(IdConflict):
            counter.ask(PROPOSE_NUMBER_CHANGE, wish | {"reason": "অন্য কারণ"})

    def test_a_newer_wish_takes_the_place_of_one_that_waits_for_its_code(self, counter: Counter):
        first = counter.propose()
        second = counter.propose("+8801922333555")
        with pytest.raises(NumberChangeEnded):
            counter.confirm(first)
        counter.confirm(second)
        with pytest.raises(NumberChangeRuns):
            counter.propose()

    def test_of_two_at_once_one_runs(self, counter: Counter):
        wishes = [counter.wish(f"+880192233355{digit}") for digit in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda wish: counter.ask(PROPOSE_NUMBER_CHANGE, wish), wishes))
        listed = counter.ask(LIST_NUMBER_CHANGES, {"member_id": counter.member["id"]})["items"]
        assert sorted(one["state"] for one in listed) == ["asked", "lapsed", "lapsed", "lapsed"]

    @pytest.mark.rule("P1")
    def test_a_number_of_staff_is_refused_also_when_it_becomes_one_meanwhile(self, counter: Counter):
        branch = counter.branch
        change = counter.propose()
        counter.confirm(change)
        counter.call_back(change)
        posting = branch.posting("accountant", mobile=branch.sealed(NEW), version=2)
        counter.harness.hear(STAFF_POSTING_CHANGED, posting)
        with pytest.raises(StaffNumber):
            counter.decide()
        counter.decide(approve=False, reason="নম্বরটি কর্মীর")
        with pytest.raises(StaffNumber):
            counter.propose()

    @pytest.mark.rule("P1")
    def test_a_shared_number_is_flagged_to_maker_and_checker(self, counter: Counter, samity: str):
        home = counter.branch.form(samity)["address"]
        for _ in range(4):
            counter.branch.admit(samity, mobile=NEW, address=home)
        change = counter.propose()
        assert change["warnings"] == ["mobile_on_many_members", "mobile_in_many_households"]
        counter.confirm(change)
        assert counter.approval()["facts"]["flags"] == change["warnings"]

    def test_what_cannot_be(self, counter: Counter, samity: str):
        with pytest.raises(NumberUnchanged):
            counter.propose(OLD)
        with pytest.raises(InvalidPayload):
            counter.propose("12345")
        with pytest.raises(InvalidPayload):
            counter.ask(PROPOSE_NUMBER_CHANGE, counter.wish() | {"mobile": NEW})
        applicant = counter.branch.admit(samity)
        with pytest.raises(NotAMember):
            counter.propose(member_id=applicant["member_id"])
        change = counter.propose()
        with pytest.raises(NumberChangeEnded):
            counter.call_back(change)

    @pytest.mark.rule("L5")
    def test_the_number_of_who_has_died_stays(self, counter: Counter):
        change = counter.propose()
        counter.confirm(change)
        counter.call_back(change)
        before = counter.masked()
        died = {
            "id": str(uuid4()),
            "member_id": counter.member["id"],
            "whose": "member",
            "died_on": TODAY.isoformat(),
            "reported_by": "স্বামী করিম শেখ",
            "certificate": "UP-2026-0451",
        }
        counter.ask(REPORT_DEATH, died)

        with pytest.raises(NotAMember):
            counter.ask(DECIDE_APPROVAL, change_decision(counter, approve=True), counter.branch.manager)
        assert counter.masked() == before
        no = change_decision(counter, approve=False) | {"reason": "সদস্য মারা গেছেন"}
        assert counter.ask(DECIDE_APPROVAL, no, counter.branch.manager)["state"] == "declined"
        with pytest.raises(NotAMember):
            counter.propose()


def change_decision(counter: Counter, *, approve: bool) -> dict[str, Any]:
    """Return a verdict on the change of number, beside which the report of the death waits."""
    waiting = counter.ask(LIST_APPROVALS, {}, counter.branch.manager)["items"]
    (one,) = (each for each in waiting if each["kind"] == "number_change")
    return {"id": one["id"], "approve": approve}
