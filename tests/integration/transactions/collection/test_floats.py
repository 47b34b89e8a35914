"""Floats for withdrawals at a samity: where they are allowed, counted out, taken, brought back (rule M9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import IdConflict, MakerIsChecker, PersonExcluded
from contracts.permissions import Role
from contracts.transactions.collection import (
    CLAIM_NOT_HELD,
    DECLARE_HANDOVER,
    GET_SHEET,
    LIST_SHEETS,
    RETURN_ROWS,
)
from contracts.transactions.collection_errors import CollectorCounts, SheetClosed, SheetHasMoney
from contracts.transactions.deferrals import DEFER_SHEET
from contracts.transactions.float_errors import (
    FieldPaymentsKnown,
    FieldPaymentsOff,
    FieldPaymentsOutdated,
    FloatForHolder,
    FloatNotForDay,
    FloatNotFound,
    FloatNotOpen,
    FloatOutstanding,
    NotForTheField,
    OnlyAtBranch,
)
from contracts.transactions.floats import LIST_FIELD_PAYMENTS, LIST_FLOATS, PROPOSE_FIELD_PAYMENTS
from contracts.transactions.ledger_errors import DayNotReady
from contracts.transactions.nominee_errors import MemberDeceased
from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    WITHDRAWAL_APPROVED,
    WITHDRAWAL_REQUESTED,
)
from contracts.transactions.savings_errors import (
    OverWithdrawable,
    WithdrawalNotOpen,
)
from tests.support.carrying import (
    account_of,
    administrator,
    agreed,
    allow,
    bring_back,
    carry,
    count_out,
    pay_at_counter,
    post,
    save,
    submit,
    take,
    waiting,
    wish,
)
from tests.support.field import MONDAY, new_id, outcomes
from tests.support.field_days import close
from transactions.models.savings import member_contacts

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Saver

Row = dict[str, Any]


def payouts_on(meeting: Meeting, saver: Saver) -> list[Row]:
    sheet = meeting.branch.ask(GET_SHEET, {"id": meeting.sheet}, meeting.phone.actor)
    found: list[Row] = next(line for line in sheet["rows"] if line["member_id"] == saver.id)["payouts"]
    return found


@pytest.mark.rule("M9")
class TestTheSetting:
    def test_without_it_nothing_is_paid_in_the_field(self, meeting: Meeting) -> None:
        save(meeting.branch, meeting.savers[0], 1_000)

        with pytest.raises(FieldPaymentsOff):
            wish(meeting.branch, meeting.savers[0], 500)

    def test_is_dated_and_the_nearest_office_above_decides(self, meeting: Meeting) -> None:
        branch = meeting.branch
        save(branch, meeting.savers[0], 1_000)
        allow(branch, effective_on="2026-11-24")
        with pytest.raises(FieldPaymentsOff):
            wish(branch, meeting.savers[0], 500)

        allow(branch)

        assert wish(branch, meeting.savers[0], 500)
        settings = branch.ask(LIST_FIELD_PAYMENTS, {"office_id": branch.office_id}, branch.manager)
        assert settings["allowed"]
        assert [one["effective_on"] for one in settings["items"]] == ["2026-11-24", "2026-11-23"]
        with pytest.raises(FieldPaymentsKnown):
            allow(branch, allowed=False)
        with pytest.raises(FieldPaymentsOutdated):
            allow(branch, effective_on="2026-11-22")

    def test_is_the_work_of_two(self, meeting: Meeting) -> None:
        one = administrator()
        setting, office_id = new_id(), meeting.branch.office_id
        asked = {"id": setting, "office_id": office_id, "allowed": True, "reason": "far away"}
        meeting.branch.ask(PROPOSE_FIELD_PAYMENTS, asked | {"effective_on": "2026-11-23"}, one)

        with pytest.raises(MakerIsChecker):
            meeting.branch.decide(setting, one)


@pytest.mark.rule("M9")
class TestAgreeing:
    def test_is_needed_however_little_it_is_and_holds_the_money(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = wish(meeting.branch, savers[0], 10)
        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "0.00")

        meeting.branch.decide(withdrawal)

        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "10.00")
        told = meeting.branch.harness.told
        assert [one["in_field"] for one in told(WITHDRAWAL_REQUESTED)] == [True]
        assert [one["in_field"] for one in told(WITHDRAWAL_APPROVED)] == [True]

    def test_is_not_for_more_than_she_has(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        agreed(meeting.branch, savers[0], 700)

        with pytest.raises(OverWithdrawable):
            wish(meeting.branch, savers[0], 301)

    def test_is_for_the_branch_where_her_number_changed(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        before = wish(meeting.branch, savers[0], 100)
        meeting.branch.project(member_contacts, id=savers[0].id, mobile_changed_on=MONDAY)

        with pytest.raises(OnlyAtBranch):
            wish(meeting.branch, savers[0], 100)
        with pytest.raises(OnlyAtBranch):
            meeting.branch.decide(before)

    def test_has_another_fingerprint_than_the_counters(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = wish(meeting.branch, savers[0], 10)

        with pytest.raises(IdConflict):
            wish(meeting.branch, savers[0], 10, id=withdrawal, in_field=False)


@pytest.mark.rule("M9")
class TestAFloat:
    def test_moves_when_the_officer_takes_it(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        branch = meeting.branch
        both = [agreed(branch, saver, taka) for saver, taka in zip(savers[:2], (300, 200), strict=True)]
        float_id = count_out(branch, meeting.sheet, *both)
        assert branch.balances()["1110"] == "3000.00"

        taken = take(meeting.phone, float_id)

        assert (taken["state"], taken["amount"]) == ("accepted", "500.00")
        assert {one["withdrawal_id"] for one in taken["withdrawals"]} == set(both)
        assert (branch.balances()["1110"], branch.balances()["1120"]) == ("2500.00", "500.00")
        assert take(meeting.phone, float_id) == taken
        assert branch.balances()["1120"] == "500.00"

    def test_is_on_the_phone_with_its_approvals(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        float_id = count_out(meeting.branch, meeting.sheet, withdrawal)
        assert [one["ready"] for one in payouts_on(meeting, savers[0])] == [False]

        take(meeting.phone, float_id)

        assert payouts_on(meeting, savers[0]) == [
            {
                "withdrawal_id": withdrawal,
                "float_id": float_id,
                "account_id": savers[0].account_id,
                "amount": "300.00",
                "ready": True,
            }
        ]

    def test_keeps_its_withdrawals_from_the_counter(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        count_out(meeting.branch, meeting.sheet, withdrawal)

        with pytest.raises(WithdrawalNotOpen):
            pay_at_counter(meeting, withdrawal)
        asked = {"id": withdrawal, "reason": "she is ill"}
        with pytest.raises(WithdrawalNotOpen):
            meeting.branch.ask(CANCEL_WITHDRAWAL, asked, meeting.branch.officer)
        with pytest.raises(WithdrawalNotOpen):
            count_out(meeting.branch, meeting.sheet, withdrawal)
        assert waiting(meeting) == {withdrawal: "carried"}

    def test_asked_for_twice_is_one(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        withdrawal, other = agreed(meeting.branch, savers[0], 300), agreed(meeting.branch, savers[1], 300)
        float_id = count_out(meeting.branch, meeting.sheet, withdrawal)

        assert count_out(meeting.branch, meeting.sheet, withdrawal, id=float_id) == float_id
        with pytest.raises(IdConflict):
            count_out(meeting.branch, meeting.sheet, other, id=float_id)
        listed = meeting.branch.ask(LIST_FLOATS, {"office_id": meeting.branch.office_id}, meeting.phone.actor)
        assert [one["id"] for one in listed["items"]] == [float_id]

    def test_is_for_this_samity_and_day_and_what_was_meant_for_it(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch = meeting.branch
        elsewhere = branch.open_samity(code="0002")
        withdrawal = agreed(branch, savers[0], 100)
        counter = wish(branch, savers[1], 100, in_field=False)

        with pytest.raises(NotForTheField):
            count_out(branch, meeting.sheet, counter)
        with pytest.raises(NotForTheField):
            count_out(branch, branch.sheet_of(elsewhere), withdrawal)
        asked = {"on": (MONDAY + timedelta(days=7)).isoformat(), "office_id": branch.office_id}
        (later,) = (
            item["id"]
            for item in branch.ask(LIST_SHEETS, asked, branch.manager)["items"]
            if item["samity_id"] == meeting.samity
        )
        with pytest.raises(FloatNotForDay):
            count_out(branch, later, withdrawal)

    def test_is_not_for_who_is_dead_or_became_cautious(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal, hers = (agreed(meeting.branch, saver, 300) for saver in savers[:2])
        meeting.branch.project(member_contacts, id=savers[0].id, mobile_changed_on=MONDAY)
        died = {"status": "deceased", "deceased_on": MONDAY - timedelta(days=1), "version": 2}
        meeting.branch.tell_member(savers[1], meeting.samity, **died)

        with pytest.raises(OnlyAtBranch):
            count_out(meeting.branch, meeting.sheet, withdrawal)
        with pytest.raises(MemberDeceased):
            count_out(meeting.branch, meeting.sheet, hers)

    @pytest.mark.rule("M8")
    def test_is_the_work_of_people_who_did_not_agree_to_it(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch = meeting.branch
        withdrawal = agreed(branch, savers[0], 300)
        counting = replace(branch.manager, role=Role.ACCOUNTANT.value)
        collecting = replace(branch.officer, role=Role.ACCOUNTANT.value)
        kin = replace(branch.accountant, excluded_members=(savers[0].id,))

        with pytest.raises(MakerIsChecker):
            count_out(branch, meeting.sheet, withdrawal, by=counting)
        with pytest.raises(CollectorCounts):
            count_out(branch, meeting.sheet, withdrawal, by=collecting)
        with pytest.raises(PersonExcluded):
            count_out(branch, meeting.sheet, withdrawal, by=kin)

    def test_is_taken_by_the_phone_that_holds_the_sheet(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch = meeting.branch
        float_id = count_out(branch, meeting.sheet, agreed(branch, savers[0], 300))

        with pytest.raises(FloatForHolder):
            take(branch.phone(), float_id)
        with pytest.raises(FloatNotFound):
            take(branch.phone(branch.hire(Role.FIELD_OFFICER)), float_id)
        kin = replace(meeting.phone, actor=replace(meeting.phone.actor, excluded_members=(savers[0].id,)))
        with pytest.raises(PersonExcluded):
            take(kin, float_id)

    def test_ties_the_sheet_to_the_officer(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        carry(meeting.branch, meeting.phone, meeting.sheet, agreed(meeting.branch, savers[0], 300))
        other = meeting.branch.phone(meeting.branch.hire(Role.FIELD_OFFICER))
        meeting.branch.open_samity(other.actor, id=meeting.samity, version=2)

        with pytest.raises(SheetHasMoney):
            other.hold(meeting.sheet, take_over=True, reason="she is ill")

    def test_that_is_back_ties_the_sheet_no_longer(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        first, second = (
            carry(meeting.branch, meeting.phone, meeting.sheet, agreed(meeting.branch, saver, 300))
            for saver in savers[:2]
        )
        other = meeting.branch.phone(meeting.branch.hire(Role.FIELD_OFFICER))
        meeting.branch.open_samity(other.actor, id=meeting.samity, version=2)
        bring_back(meeting.branch, first)
        with pytest.raises(SheetHasMoney):
            other.hold(meeting.sheet, take_over=True, reason="he is ill")

        bring_back(meeting.branch, second)

        other.hold(meeting.sheet, take_over=True, reason="he is ill")
        paid = other.submit(meeting.sheet, [other.paid(savers[2], 40)])
        assert outcomes(paid) == [("pending", None)]

    def test_keeps_the_sheet_of_a_meeting_that_was_moved(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch = meeting.branch
        samity = branch.open_samity(code="0002")
        there = branch.admit(samity, 9)
        save(branch, there, 1_000)
        sheet = branch.sheet_of(samity)
        float_id = count_out(branch, sheet, agreed(branch, there, 300))

        branch.open_samity(id=samity, code="0002", meeting_weekday=5, version=2)

        assert branch.sheet_of(samity) == sheet
        assert bring_back(branch, float_id)["state"] == "withdrawn"

    def test_comes_back_whole_where_nothing_was_paid(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        float_id = carry(branch, meeting.phone, meeting.sheet, withdrawal)
        claim = {"sheet_id": meeting.sheet, "reason": "the path is under water"}
        with pytest.raises(FloatOutstanding):
            meeting.phone.ask(CLAIM_NOT_HELD, claim)
        with pytest.raises(CollectorCounts):
            bring_back(branch, float_id, replace(branch.officer, role=Role.ACCOUNTANT.value))

        assert bring_back(branch, float_id)["state"] == "returned"

        assert (branch.balances()["1110"], branch.balances()["1120"]) == ("3000.00", "0.00")
        assert waiting(meeting) == {withdrawal: "approved"}
        assert bring_back(branch, float_id)["state"] == "returned"
        meeting.phone.ask(CLAIM_NOT_HELD, claim)
        pay_at_counter(meeting, withdrawal)
        assert account_of(meeting, savers[0]) == ("700.00", "0.00", "0.00")

    def test_that_nobody_took_is_withdrawn(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        float_id = count_out(branch, meeting.sheet, withdrawal)
        submit(meeting)
        declared = {"id": new_id(), "sheet_ids": [meeting.sheet], "declared_total": "0.00"}
        with pytest.raises(FloatOutstanding):
            meeting.phone.ask(DECLARE_HANDOVER, declared)

        assert bring_back(branch, float_id)["state"] == "withdrawn"

        assert waiting(meeting) == {withdrawal: "approved"}
        with pytest.raises(FloatNotOpen):
            take(meeting.phone, float_id)
        assert meeting.phone.ask(DECLARE_HANDOVER, declared)

    def test_that_nobody_took_keeps_the_day_open(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        branch = meeting.branch
        count_out(branch, meeting.sheet, agreed(branch, savers[0], 300))
        late = {"id": new_id(), "sheet_id": meeting.sheet, "reason": "the road is under water"}
        branch.ask(DEFER_SHEET, late | {"cash_overnight": "0.00"}, branch.manager)

        with pytest.raises(DayNotReady) as refusal:
            close(branch, 3_000)

        codes = [item["code"] for item in refusal.value.facts["items"]]
        assert codes == ["FLOAT_NOT_TAKEN"]


def test_a_sheet_in_the_book_takes_no_float(meeting: Meeting, savers: tuple[Saver, ...]) -> None:
    submit(meeting)
    post(meeting, 0)

    with pytest.raises(SheetClosed):
        count_out(meeting.branch, meeting.sheet, agreed(meeting.branch, savers[0], 300))


def test_a_sheet_that_is_handed_over_takes_no_float_though_a_row_came_back(
    meeting: Meeting, savers: tuple[Saver, ...]
) -> None:
    rows = [meeting.phone.nothing(saver) for saver in savers]
    meeting.phone.submit(meeting.sheet, rows)
    meeting.phone.hand_over([meeting.sheet], 0)
    returned = {"row_id": rows[0]["row_id"], "reason": "she was there"}
    meeting.branch.ask(
        RETURN_ROWS, {"sheet_id": meeting.sheet, "rows": [returned]}, meeting.branch.accountant
    )

    with pytest.raises(SheetClosed):
        count_out(meeting.branch, meeting.sheet, agreed(meeting.branch, savers[0], 300))
