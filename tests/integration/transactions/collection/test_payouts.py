"""Withdrawals paid at the samity: agreed to before, from a float, against her mark (rule M9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import IdConflict, InvalidPayload, MakerIsChecker, PersonExcluded
from contracts.permissions import Role
from contracts.transactions.collection import (
    CHECK_SHEET,
    CLAIM_NOT_HELD,
    DECLARE_HANDOVER,
    GET_SHEET,
    LIST_SHEETS,
    RETURN_ROWS,
    ROW_CHANGED,
    SHEET_AUTHORISED,
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
    FloatPaidFrom,
    NotForTheField,
    OnlyAtBranch,
)
from contracts.transactions.floats import LIST_FIELD_PAYMENTS, LIST_FLOATS, PROPOSE_FIELD_PAYMENTS
from contracts.transactions.ledger import ENTRY_REVERSED, PROPOSE_REVERSAL, READ_PASSBOOK
from contracts.transactions.ledger_errors import DayNotReady
from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    LIST_WITHDRAWALS,
    PAY_WITHDRAWAL,
    PROPOSE_CORRECTION,
    WITHDRAWAL_APPROVED,
    WITHDRAWAL_PAID,
    WITHDRAWAL_REQUESTED,
)
from contracts.transactions.savings_errors import (
    NotCorrectable,
    OverWithdrawable,
    WithdrawalLapsed,
    WithdrawalNotOpen,
)
from tests.support.carrying import (
    administrator,
    agreed,
    allow,
    bring_back,
    carry,
    count_out,
    save,
    take,
    wish,
)
from tests.support.field import MONDAY, emptied, new_id, outcomes
from tests.support.field_days import close
from transactions.batch.duties import TransactionsBatch
from transactions.models.savings import member_contacts

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Saver

Row = dict[str, Any]


@pytest.fixture
def savers(meeting: Meeting) -> tuple[Saver, Saver, Saver]:
    """The branch pays in the field, and each of the three has saved 1000 at the counter."""
    allow(meeting.branch)
    for saver in meeting.savers:
        save(meeting.branch, saver, 1_000)
    first, second, third = meeting.savers
    return first, second, third


def account_of(meeting: Meeting, saver: Saver) -> tuple[str, str, str]:
    """What her book shows: balance, on its way in, held."""
    book = meeting.branch.ask(READ_PASSBOOK, {"member_id": saver.id}, meeting.branch.manager)
    account = book["accounts"][0]
    return account["balance"], account["pending_in"], account["pending_out"]


def lines_of(meeting: Meeting, saver: Saver) -> list[tuple[str, str, str]]:
    book = meeting.branch.ask(READ_PASSBOOK, {"member_id": saver.id}, meeting.branch.manager)
    return [(line["status"], line["direction"], line["amount"]) for line in book["lines"]]


def submit(meeting: Meeting, *rows: Row) -> Row:
    """A whole sheet: nothing was received, and some rows more."""
    nothing = [meeting.phone.nothing(saver) for saver in meeting.savers]
    return meeting.phone.submit(meeting.sheet, [*nothing, *rows])


def post(meeting: Meeting, taka: int) -> None:
    handover = meeting.phone.hand_over([meeting.sheet], taka)["id"]
    meeting.branch.authorise(handover, meeting.branch.count(handover, taka))


def waiting(meeting: Meeting) -> dict[str, str]:
    """What an office has not finished paying, by id."""
    asked = {"office_id": meeting.branch.office_id}
    items = meeting.branch.ask(LIST_WITHDRAWALS, asked, meeting.branch.manager)["items"]
    return {item["id"]: item["state"] for item in items}


def pay_at_counter(meeting: Meeting, withdrawal_id: str) -> Row:
    evidence = {"mark": "thumb", "witness_id": meeting.branch.officer.person_id}
    return meeting.branch.ask(
        PAY_WITHDRAWAL, {"id": withdrawal_id, "evidence": evidence}, meeting.branch.accountant
    )


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
        withdrawal = agreed(meeting.branch, savers[0], 300)
        meeting.branch.project(member_contacts, id=savers[0].id, mobile_changed_on=MONDAY)

        with pytest.raises(OnlyAtBranch):
            count_out(meeting.branch, meeting.sheet, withdrawal)

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


def payouts_on(meeting: Meeting, saver: Saver) -> list[Row]:
    sheet = meeting.branch.ask(GET_SHEET, {"id": meeting.sheet}, meeting.phone.actor)
    found: list[Row] = next(line for line in sheet["rows"] if line["member_id"] == saver.id)["payouts"]
    return found


@pytest.mark.rule("M9")
class TestPaying:
    def test_is_pending_then_out_of_her_account_and_the_rest_comes_back(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch, phone = meeting.branch, meeting.phone
        first, second = (
            agreed(branch, saver, taka) for saver, taka in zip(savers[:2], (300, 200), strict=True)
        )
        carry(branch, phone, meeting.sheet, first, second)
        paid = phone.payout(savers[0], first, 300)

        answer = submit(
            meeting,
            paid,
            phone.unpaid(savers[1], second),
            phone.fee(savers[2], "passbook_fee", 10),
            phone.paid(savers[2], 40, second_payment=True),
        )

        assert outcomes(answer)[3:] == [("pending", None)] * 4
        assert answer["status"] == "submitted"
        assert lines_of(meeting, savers[0])[0] == ("pending", "withdrawal", "300.00")
        assert lines_of(meeting, savers[1])[0][0] != "pending"
        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "300.00")
        shown = branch.sheet(meeting.sheet)
        assert (shown["total"], shown["paid_out"], shown["float_amount"], shown["cash"]) == (
            "50.00",
            "300.00",
            "500.00",
            "250.00",
        )

        post(meeting, 250)

        assert account_of(meeting, savers[0]) == ("700.00", "0.00", "0.00")
        assert account_of(meeting, savers[1]) == ("1000.00", "0.00", "200.00")
        assert lines_of(meeting, savers[0])[0] == ("confirmed", "withdrawal", "300.00")
        after = branch.balances()
        assert (after["1110"], after["1120"], after["2110"]) == ("2750.00", "0.00", "2740.00")
        assert waiting(meeting) == {second: "approved"}
        (told,) = branch.harness.told(WITHDRAWAL_PAID)
        assert (told["entry_id"], told["amount"], told["balance"]) == (first, 30_000, 70_000)
        assert told["receipt_number"] == paid["receipt_number"]
        (sheet,) = branch.harness.told(SHEET_AUTHORISED)
        assert {line["amount"] for line in sheet["lines"]} == {None, 4_000}
        settled = branch.ask(LIST_FLOATS, {"office_id": branch.office_id, "finished": True}, branch.manager)
        assert [one["state"] for one in settled["items"]] == ["settled"]

    @pytest.mark.rule("M10")
    def test_is_said_of_each_that_the_officer_carries(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)

        answer = submit(meeting)

        assert answer["status"] == "collecting"
        assert [one["withdrawal_id"] for one in answer["missing"]] == [withdrawal]
        unpaid = meeting.phone.unpaid(savers[0], withdrawal, "ill")
        assert meeting.phone.submit(meeting.sheet, [unpaid])["status"] == "submitted"
        assert branch_lines(meeting, savers[0]) == []

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"amount": "200.00"}, "WITHDRAWAL_AMOUNT"),
            ({"amount": "301.00"}, "WITHDRAWAL_AMOUNT"),
            ({"withdrawal_id": new_id()}, "WITHDRAWAL_NOT_CARRIED"),
        ],
    )
    def test_of_anything_else_is_the_officers_own(
        self, meeting: Meeting, savers: tuple[Saver, ...], change: Row, why: str
    ) -> None:
        """What was paid without an agreement is refused; his cash is short, and no balance falls."""
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)
        row = meeting.phone.payout(savers[0], withdrawal, 300) | change
        assert outcomes(submit(meeting, row))[3:] == [("refused", why)]
        meeting.phone.submit(meeting.sheet, [meeting.phone.unpaid(savers[0], withdrawal)])

        post(meeting, 0)

        after = meeting.branch.balances()
        assert (after["1210"], after["1110"]) == ("300.00", "2700.00")
        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "300.00")

    def test_twice_is_once(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)
        rows = [
            meeting.phone.payout(savers[0], withdrawal, 300),
            meeting.phone.payout(savers[0], withdrawal, 300),
            meeting.phone.payout(savers[0], withdrawal, 300, second_payment=True),
        ]

        answer = submit(meeting, *rows)

        assert outcomes(answer)[3:] == [
            ("pending", None),
            ("refused", "SECOND_PAYMENT_NOT_SAID"),
            ("refused", "WITHDRAWAL_PAID"),
        ]
        post(meeting, 0)
        assert account_of(meeting, savers[0]) == ("700.00", "0.00", "0.00")

    def test_two_agreements_of_one_account_are_two_rows(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        first, second = (agreed(meeting.branch, savers[0], taka) for taka in (300, 500))
        carry(meeting.branch, meeting.phone, meeting.sheet, first, second)

        submit(
            meeting,
            meeting.phone.payout(savers[0], first, 300),
            meeting.phone.payout(savers[0], second, 500, second_payment=True),
        )
        post(meeting, 0)

        assert account_of(meeting, savers[0]) == ("200.00", "0.00", "0.00")

    @pytest.mark.rule("M4")
    def test_by_an_earlier_holder_is_compared_and_never_paid_twice(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)
        offline = meeting.phone.payout(savers[0], withdrawal, 300)
        again_phone = meeting.branch.phone()
        again_phone.hold(meeting.sheet, take_over=True, reason="the first one fell into the pond")

        late = meeting.phone.submit(meeting.sheet, [offline])
        kept = again_phone.submit(meeting.sheet, [again_phone.payout(savers[0], withdrawal, 300)])

        assert outcomes(late) == [("compare", "NOT_THE_HOLDER")]
        assert outcomes(kept) == [("pending", None)]
        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "300.00")

    def test_offline_after_the_float_came_back_is_refused(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 1_000)
        float_id = carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)
        offline = meeting.phone.payout(savers[0], withdrawal, 1_000)
        bring_back(meeting.branch, float_id)
        pay_at_counter(meeting, withdrawal)

        answer = submit(meeting, offline)

        assert outcomes(answer)[3:] == [("refused", "WITHDRAWAL_NOT_CARRIED")]
        assert account_of(meeting, savers[0]) == ("0.00", "0.00", "0.00")

    def test_after_a_death_before_the_meeting_is_refused(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)
        died = {"status": "deceased", "deceased_on": MONDAY - timedelta(days=1), "version": 2}
        meeting.branch.tell_member(savers[0], meeting.samity, **died)

        row = meeting.phone.payout(savers[0], withdrawal, 300)

        assert outcomes(meeting.phone.submit(meeting.sheet, [row])) == [("refused", "MEMBER_DECEASED")]

    @pytest.mark.parametrize(
        "said",
        [
            {"mark": None},
            {"withdrawal_id": None},
            {"paid_by": "neighbour"},
            {"attendance": "absent"},
            {"receipt_number": None},
            {"kind": "collected"},
        ],
    )
    def test_is_to_herself_against_her_mark_on_a_numbered_slip(
        self, meeting: Meeting, savers: tuple[Saver, ...], said: Row
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)

        with pytest.raises(InvalidPayload):
            submit(meeting, meeting.phone.payout(savers[0], withdrawal, 300) | said)

    @pytest.mark.rule("M6")
    def test_that_was_none_is_taken_back_by_a_returned_row(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        float_id = carry(branch, meeting.phone, meeting.sheet, withdrawal)
        paid = meeting.phone.payout(savers[0], withdrawal, 300)
        submit(meeting, paid)
        with pytest.raises(FloatPaidFrom):
            bring_back(branch, float_id)
        returned = {"row_id": paid["row_id"], "reason": "there is no thumb on the slip"}
        branch.ask(RETURN_ROWS, {"sheet_id": meeting.sheet, "rows": [returned]}, branch.accountant)

        gone = emptied(paid, "she had left before", "travelling") | {"mark": None}
        assert outcomes(meeting.phone.submit(meeting.sheet, [gone])) == [("pending", None)]

        assert [one["kind"] for one in branch.harness.told(ROW_CHANGED)] == ["removed"]
        assert ("struck", "withdrawal", "300.00") in lines_of(meeting, savers[0])
        post(meeting, 300)
        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "300.00")
        assert waiting(meeting) == {withdrawal: "approved"}

    @pytest.mark.rule("M7")
    def test_of_a_float_that_comes_back_short_is_the_officers_debt(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        withdrawal = agreed(meeting.branch, savers[0], 300)
        carry(meeting.branch, meeting.phone, meeting.sheet, withdrawal)
        submit(meeting, meeting.phone.unpaid(savers[0], withdrawal))

        post(meeting, 250)

        after = meeting.branch.balances()
        assert (after["1110"], after["1120"], after["1210"]) == ("2950.00", "0.00", "50.00")

    @pytest.mark.rule("M3")
    def test_on_a_late_sheet_keeps_its_day_and_the_float_stays_out_overnight(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        carry(branch, meeting.phone, meeting.sheet, withdrawal)
        late = {"id": new_id(), "sheet_id": meeting.sheet, "reason": "the road is under water"}
        branch.ask(DEFER_SHEET, late | {"cash_overnight": "300.00"}, branch.manager)
        close(branch, 2_700)
        submit(meeting, meeting.phone.payout(savers[0], withdrawal, 300))

        post(meeting, 0)

        (told,) = branch.harness.told(WITHDRAWAL_PAID)
        assert (told["value_on"], told["business_on"]) == (MONDAY, MONDAY + timedelta(days=1))
        assert branch.balances()["1120"] == "0.00"

    def test_that_never_came_back_lapses_only_then(self, meeting: Meeting, savers: tuple[Saver, ...]) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        carry(branch, meeting.phone, meeting.sheet, withdrawal)
        submit(meeting, meeting.phone.unpaid(savers[0], withdrawal))
        post(meeting, 300)
        branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
        for _ in range(4):
            close(branch, 3_000)
            branch.harness.tick("free_unpaid_withdrawals", by=TransactionsBatch)

        with pytest.raises(WithdrawalLapsed):
            pay_at_counter(meeting, withdrawal)
        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "0.00")

    @pytest.mark.rule("M12")
    @pytest.mark.parametrize(
        ("kind", "vault", "owed"),
        [("money_returned", "3000.00", "0.00"), ("never_received", "2700.00", "300.00")],
    )
    def test_is_undone_on_its_day_by_its_row(
        self, meeting: Meeting, savers: tuple[Saver, ...], kind: str, vault: str, owed: str
    ) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        carry(branch, meeting.phone, meeting.sheet, withdrawal)
        paid = meeting.phone.payout(savers[0], withdrawal, 300)
        submit(meeting, paid)
        post(meeting, 0)
        asked = {"id": new_id(), "entry_id": withdrawal, "row_id": paid["row_id"], "kind": kind}

        branch.ask(
            PROPOSE_REVERSAL, {**asked, "reason": "it was her sister", "evidence": "both"}, branch.accountant
        )
        branch.decide(str(asked["id"]))

        assert account_of(meeting, savers[0]) == ("1000.00", "0.00", "0.00")
        after = branch.balances()
        assert (after["1110"], after.get("1210", "0.00")) == (vault, owed)
        assert lines_of(meeting, savers[0])[:2] == [
            ("reversal", "deposit", "300.00"),
            ("reversed", "withdrawal", "300.00"),
        ]
        (told,) = branch.harness.told(ENTRY_REVERSED)
        assert told["first_receipt"] == paid["receipt_number"]

    @pytest.mark.rule("M13")
    def test_of_an_earlier_day_is_no_money_received(
        self, meeting: Meeting, savers: tuple[Saver, ...]
    ) -> None:
        branch, withdrawal = meeting.branch, agreed(meeting.branch, savers[0], 300)
        carry(branch, meeting.phone, meeting.sheet, withdrawal)
        submit(meeting, meeting.phone.payout(savers[0], withdrawal, 300))
        post(meeting, 0)
        branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
        close(branch, 2_700)
        asked = {"id": new_id(), "from": {"entry_id": withdrawal}, "reason": "wrong", "evidence": "slip"}

        with pytest.raises(NotCorrectable):
            branch.ask(PROPOSE_CORRECTION, asked, branch.accountant)


def branch_lines(meeting: Meeting, saver: Saver) -> list[tuple[str, str, str]]:
    """Her lines but what she saved, and that she brought nothing."""
    return [line for line in lines_of(meeting, saver) if line[0] not in {"confirmed", "nothing_received"}]


def test_a_sheet_in_the_book_takes_no_float(meeting: Meeting, savers: tuple[Saver, ...]) -> None:
    submit(meeting)
    post(meeting, 0)

    with pytest.raises(SheetClosed):
        count_out(meeting.branch, meeting.sheet, agreed(meeting.branch, savers[0], 300))
