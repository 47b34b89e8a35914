"""Codes, tenures, products, and the deciding of what waits for a second person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.approvals import Approval, Stage, Verdict, check_checker, may_decide, settled
from accounts.domain.codes import member_code, samity_code, savings_code
from accounts.domain.numbers import canonical_nid, canonical_nids, masked
from accounts.domain.samities import Officer, check_officer
from accounts.domain.scope import Scope
from accounts.domain.tenures import Tenure, check_change, in_force
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import ChangeBackdated, OfficerNotOfBranch
from contracts.actor import Actor
from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    MakerIsChecker,
    OverLimit,
    PersonExcluded,
    ReasonMissing,
)

TODAY = date(2026, 11, 23)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
tenures = st.lists(
    st.builds(Tenure, days, st.integers()), min_size=1, unique_by=lambda tenure: tenure.from_on
)


class TestCodes:
    def test_read_from_branch_to_account(self):
        samity = samity_code("B001", 7)
        member = member_code(samity, 42)
        assert (samity, member, savings_code("GS", member, 1)) == (
            "B001.0007",
            "B001.0007.00042",
            "GS.B001.0007.00042.1",
        )

    @given(st.lists(st.integers(1, 9999), unique=True))
    def test_order_of_serials_is_order_of_codes(self, serials: list[int]):
        codes = [samity_code("B001", serial) for serial in sorted(serials)]
        assert codes == sorted(codes)

    @pytest.mark.parametrize("serial", [0, -1, 10_000])
    def test_a_serial_that_does_not_fit_is_a_defect(self, serial: int):
        with pytest.raises(ValueError, match="serial"):
            samity_code("B001", serial)


class TestTenures:
    @given(tenures, days)
    def test_the_latest_begun_is_in_force(self, held: list[Tenure[int]], day: date):
        begun = [tenure for tenure in held if tenure.from_on <= day]
        expected = max(begun, key=lambda t: t.from_on) if begun else min(held, key=lambda t: t.from_on)
        assert in_force(held, day) == expected.held

    @given(tenures, days, days)
    def test_what_was_in_force_on_a_day_never_changes(
        self, held: list[Tenure[int]], from_on: date, today: date
    ):
        try:
            check_change(held, from_on=from_on, today=today)
        except ChangeBackdated as refusal:
            first_on = date.fromisoformat(refusal.facts["first_on"])
            assert from_on < first_on
            check_change(held, from_on=first_on, today=today)
            return
        past = min(today, from_on) - timedelta(days=1)
        after = [*held, Tenure(from_on, 999_999_999)]
        assert in_force(after, from_on) == 999_999_999
        if any(tenure.from_on <= past for tenure in held):
            assert in_force(after, past) == in_force(held, past)


class TestOfficers:
    OFFICER = Officer("o", "field_officer", "b", active=True, to_on=None)

    def test_one_of_the_branch_may_keep_a_samity(self):
        check_officer(self.OFFICER, branch_id="b", on=TODAY)

    @pytest.mark.parametrize(
        "officer",
        [
            None,
            Officer("o", "field_officer", "other", active=True, to_on=None),
            Officer("o", "accountant", "b", active=True, to_on=None),
            Officer("o", "field_officer", "b", active=False, to_on=None),
            Officer("o", "field_officer", "b", active=True, to_on=TODAY - timedelta(days=1)),
        ],
    )
    def test_nobody_else_may(self, officer: Officer | None):
        with pytest.raises(OfficerNotOfBranch):
            check_officer(officer, branch_id="b", on=TODAY)


class TestNumbers:
    def test_the_old_number_is_the_long_one_without_the_year(self):
        birth_on = date(1990, 2, 3)
        assert canonical_nid("1234567890123", birth_on) == canonical_nid("19901234567890123", birth_on)
        assert canonical_nid("1234567890", birth_on) == "1234567890"
        assert "19901234567890123" in canonical_nids("1234567890123")
        assert canonical_nids("1234567890") == ("1234567890",)

    @given(st.text(alphabet="0123456789", min_size=10, max_size=17))
    def test_a_masked_number_shows_four_digits(self, number: str):
        shown = masked(number)
        assert len(shown) == len(number)
        assert shown[-4:] == number[-4:]
        assert not any(sign.isdigit() for sign in shown[:-4])


class TestDeciding:
    CHECKER = Actor(person_id="manager", kind="staff", role="branch_manager", office_path="/HO/")
    YES, NO = Verdict(approve=True, reason=None), Verdict(approve=False, reason="ফর্ম অসম্পূর্ণ")
    SILENT_NO = Verdict(approve=False, reason=None)

    def request(self, stage: Stage = Stage.WAITING, **changes: Any) -> Approval:
        known = {
            "id": "a",
            "kind": ApprovalKind.ADMISSION,
            "subject_id": "m",
            "member_id": "m",
            "office_id": "b",
            "facts": {},
            "fingerprint": "f",
            "maker_id": "officer",
            "proposed_at": datetime(2026, 11, 23, tzinfo=UTC),
            "stage": stage,
        }
        return Approval(**known | changes)

    @pytest.mark.parametrize("verdict", [YES, NO])
    def test_what_waits_is_open(self, verdict: Verdict):
        assert settled(self.request(), verdict, self.CHECKER) is False
        check_checker(self.request(), verdict, self.CHECKER)
        assert may_decide(self.request(), self.CHECKER)

    @pytest.mark.parametrize(
        ("stage", "verdict"), [(Stage.OPENING, YES), (Stage.APPROVED, YES), (Stage.DECLINED, NO)]
    )
    def test_the_same_from_the_same_person_stands(self, stage: Stage, verdict: Verdict):
        assert settled(self.request(stage, checker_id="manager"), verdict, self.CHECKER)
        with pytest.raises(AlreadyDecided):
            settled(self.request(stage, checker_id="somebody else"), verdict, self.CHECKER)

    @pytest.mark.parametrize(
        ("stage", "verdict"), [(Stage.OPENING, NO), (Stage.APPROVED, NO), (Stage.DECLINED, YES)]
    )
    def test_a_decision_is_not_turned_round(self, stage: Stage, verdict: Verdict):
        with pytest.raises(AlreadyDecided):
            settled(self.request(stage, checker_id="manager"), verdict, self.CHECKER)

    @pytest.mark.parametrize("verdict", [YES, NO])
    def test_what_lapsed_is_decided_by_nobody(self, verdict: Verdict):
        with pytest.raises(AlreadyDecided):
            settled(self.request(Stage.LAPSED), verdict, self.CHECKER)
        assert not may_decide(self.request(Stage.LAPSED), self.CHECKER)

    @pytest.mark.rule("M8")
    @pytest.mark.parametrize("changes", [{"maker_id": "manager"}, {"agreed_by": ("somebody", "manager")}])
    def test_the_maker_and_who_agreed_before_do_not_decide(self, changes: dict[str, Any]):
        with pytest.raises(MakerIsChecker):
            check_checker(self.request(**changes), self.YES, self.CHECKER)
        assert not may_decide(self.request(**changes), self.CHECKER)

    @pytest.mark.rule("P7")
    def test_a_new_administrator_approves_nothing_yet_and_may_decline(self):
        new = replace(self.CHECKER, is_new=True)
        with pytest.raises(ApproverTooNew):
            check_checker(self.request(), self.YES, new)
        check_checker(self.request(), self.NO, new)
        assert not may_decide(self.request(), new)

    @pytest.mark.rule("M8")
    def test_kin_and_the_silent_do_not_decide(self):
        kin = replace(self.CHECKER, excluded_members=("m",))
        with pytest.raises(PersonExcluded):
            check_checker(self.request(), self.YES, kin)
        assert not may_decide(self.request(), kin)
        with pytest.raises(ReasonMissing):
            check_checker(self.request(), self.SILENT_NO, self.CHECKER)

    def test_whose_role_has_not_the_verb_does_not_decide(self):
        accountant = replace(self.CHECKER, role="accountant")
        with pytest.raises(Forbidden):
            settled(self.request(), self.YES, accountant)
        assert not may_decide(self.request(), accountant)

    def test_an_amount_above_ones_limit_is_for_somebody_above(self):
        limited = replace(self.CHECKER, limits=(("member:approve", 100_00),))
        check_checker(self.request(amount=100_00), self.YES, limited)
        assert may_decide(self.request(amount=100_00), limited)
        with pytest.raises(OverLimit):
            check_checker(self.request(amount=100_01), self.YES, limited)
        assert not may_decide(self.request(amount=100_01), limited)
        check_checker(self.request(amount=100_01), self.NO, limited)


class TestScope:
    def test_officers_have_their_samities_others_their_subtree(self):
        officer = Actor(person_id="o", kind="staff", role="field_officer", office_path="/HO/A01/B001/")
        manager = Actor(person_id="m", kind="staff", role="branch_manager", office_path="/HO/A01/B001/")
        assert Scope.of(officer) == Scope("/HO/A01/B001/", "o")
        assert Scope.of(manager) == Scope("/HO/A01/B001/", None)

    @pytest.mark.parametrize(
        "actor",
        [
            Actor(person_id="x", kind="member", office_path="/HO/"),
            Actor(person_id="transactions", kind="service", office_path="/HO/"),
            Actor(person_id="x", kind="staff"),
            Actor(person_id="x", kind="staff", office_path=""),
        ],
    )
    def test_nobody_else_has_one(self, actor: Actor):
        with pytest.raises(Forbidden):
            Scope.of(actor)
