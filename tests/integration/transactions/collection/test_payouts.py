"""Withdrawals paid at the samity: from a float, against her mark, in the book with the sheet (rule M9)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.transactions.collection import (
    CHECK_SHEET,
    RETURN_ROWS,
    ROW_CHANGED,
    SHEET_AUTHORISED,
)
from contracts.transactions.deferrals import DEFER_SHEET
from contracts.transactions.desk import READ_DESK
from contracts.transactions.float_errors import (
    FloatPaidFrom,
)
from contracts.transactions.floats import LIST_FLOATS
from contracts.transactions.ledger import ENTRY_REVERSED, PROPOSE_REVERSAL
from contracts.transactions.savings import (
    PROPOSE_CORRECTION,
    WITHDRAWAL_PAID,
)
from contracts.transactions.savings_errors import (
    NotCorrectable,
    WithdrawalLapsed,
)
from tests.support.carrying import (
    account_of,
    agreed,
    bring_back,
    carry,
    lines_of,
    pay_at_counter,
    post,
    submit,
    waiting,
)
from tests.support.field import MONDAY, emptied, new_id, outcomes
from tests.support.field_days import close
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Saver

Row = dict[str, Any]


def branch_lines(meeting: Meeting, saver: Saver) -> list[tuple[str, str, str]]:
    """Her lines but what she saved, and that she brought nothing."""
    return [line for line in lines_of(meeting, saver) if line[0] not in {"confirmed", "nothing_received"}]


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

        (desk,) = branch.ask(READ_DESK, {"office_id": branch.office_id}, branch.manager)["offices"]
        assert (desk["taken"], desk["booked"]) == ("50.00", "0.00")

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
