"""Fees that are paid at the samity: rows of the sheet, in her passbook, the branch's income (M1, M4, P3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.permissions import Role
from contracts.transactions.collection import (
    CHECK_SHEET,
    GET_SHEET,
    LIST_UNALLOCATED,
    RESOLVE_UNALLOCATED,
    RETURN_ROWS,
    ROW_CHANGED,
    SHEET_AUTHORISED,
)
from contracts.transactions.deferrals import DEFER_SHEET
from contracts.transactions.ledger import ENTRY_REVERSED, PROPOSE_REVERSAL, READ_PASSBOOK
from contracts.transactions.ledger_errors import AlreadyReversed
from contracts.transactions.lending_endings import COUNTER_MONEY_TAKEN, LIST_FEES
from contracts.transactions.savings import CORRECTION_POSTED, PROPOSE_CORRECTION
from tests.support.field import MONDAY, again, emptied, new_id, outcomes
from tests.support.field_days import close

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Saver

Rows = list[dict[str, Any]]


def book_of(meeting: Meeting, saver: Saver) -> dict[str, Any]:
    return meeting.branch.ask(READ_PASSBOOK, {"member_id": saver.id}, meeting.branch.manager)


def fees_in(book: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(line["status"], line["fee"], line["amount"]) for line in book["lines"] if line["fee"]]


def registered(meeting: Meeting, saver: Saver) -> Rows:
    asked = {"member_id": saver.id}
    items: Rows = meeting.branch.ask(LIST_FEES, asked, meeting.branch.manager)["items"]
    return items


def submit_with(meeting: Meeting, *more: dict[str, Any]) -> dict[str, Any]:
    """A complete sheet: 90 from the first, nothing from the others, and some rows more."""
    first, *others = meeting.savers
    phone = meeting.phone
    rows = [phone.paid(first, 90), *(phone.nothing(saver) for saver in others), *more]
    return phone.submit(meeting.sheet, rows)


def post_all(meeting: Meeting, taka: int) -> None:
    handover = meeting.phone.hand_over([meeting.sheet], taka)["id"]
    meeting.branch.authorise(handover, meeting.branch.count(handover, taka))


@pytest.fixture
def fees(meeting: Meeting) -> Rows:
    """Three fees and a premium that came with the 90."""
    first, second, _ = meeting.savers
    phone = meeting.phone
    rows = [
        phone.fee(first, "passbook_fee", 10),
        phone.fee(first, "form_fee", 5),
        phone.fee(second, "additional_fee", 20),
        phone.fee(second, "risk_premium", 70),
    ]
    assert outcomes(submit_with(meeting, *rows))[3:] == [("pending", None)] * len(rows)
    return rows


@pytest.mark.rule("M1")
class TestAFee:
    def test_is_in_her_passbook_before_it_is_in_the_book(self, meeting: Meeting, fees: Rows) -> None:
        first = book_of(meeting, meeting.savers[0])

        assert set(fees_in(first)) == {("pending", "passbook", "10.00"), ("pending", "form", "5.00")}
        assert first["accounts"][0]["pending_in"] == "90.00"

    @pytest.mark.rule("M7")
    @pytest.mark.rule("P3")
    def test_is_income_of_the_branch_and_a_premium_the_funds(self, meeting: Meeting, fees: Rows) -> None:
        post_all(meeting, 195)

        after = meeting.branch.balances()
        assert (after["4310"], after["2330"], after["2110"]) == ("35.00", "70.00", "90.00")
        assert (after["1110"], after["1120"]) == ("195.00", "0.00")
        first = book_of(meeting, meeting.savers[0])
        assert set(fees_in(first)) == {("confirmed", "passbook", "10.00"), ("confirmed", "form", "5.00")}
        receipts = {line["receipt_number"] for line in first["lines"] if line["fee"]}
        assert receipts == {row["receipt_number"] for row in fees[:2]}
        assert {line["account_id"] for line in first["lines"] if line["fee"]} == {None}
        assert first["accounts"][0]["balance"] == "90.00"
        listed = {(one["kind"], one["amount"]) for one in registered(meeting, meeting.savers[1])}
        assert listed == {("additional", "20.00"), ("risk_premium", "70.00")}

    @pytest.mark.rule("P2")
    def test_is_told_by_itself_once_it_is_in_the_book(self, meeting: Meeting, fees: Rows) -> None:
        assert meeting.branch.harness.told(COUNTER_MONEY_TAKEN) == []

        post_all(meeting, 195)

        told = meeting.branch.harness.told(COUNTER_MONEY_TAKEN)
        assert {(one["what"], one["amount"], one["receipt_number"]) for one in told} == {
            (kind, taka * 100, row["receipt_number"])
            for (kind, taka), row in zip(
                [("passbook", 10), ("form", 5), ("additional", 20), ("risk_premium", 70)], fees, strict=True
            )
        }
        (sheet,) = meeting.branch.harness.told(SHEET_AUTHORISED)
        assert [line["amount"] for line in sheet["lines"] if line["amount"]] == [9_000]

    @pytest.mark.rule("M10")
    def test_stands_for_no_savings_that_nobody_touched(self, meeting: Meeting) -> None:
        phone = meeting.phone
        answer = phone.submit(meeting.sheet, [phone.fee(saver, "form_fee", 5) for saver in meeting.savers])

        assert (answer["status"], len(answer["missing"])) == ("collecting", len(meeting.savers))

    def test_of_mobile_money_is_in_nobodys_hands(self, meeting: Meeting) -> None:
        fee = meeting.phone.fee(meeting.savers[1], "form_fee", 5, paid_by="mobile_money")
        submit_with(meeting, fee)

        post_all(meeting, 90)

        after = meeting.branch.balances()
        assert (after["1110"], after["1140"], after["4310"]) == ("90.00", "5.00", "5.00")

    def test_alone_is_a_whole_sheet(self, meeting: Meeting) -> None:
        phone = meeting.phone
        rows = [phone.nothing(saver) for saver in meeting.savers]
        phone.submit(meeting.sheet, [*rows, phone.fee(meeting.savers[0], "passbook_fee", 10)])

        post_all(meeting, 10)

        assert meeting.branch.balances()["4310"] == "10.00"


@pytest.mark.rule("M4")
class TestASheet:
    def test_gives_the_accounts_of_fees(self, meeting: Meeting, fees: Rows) -> None:
        sheet = meeting.branch.ask(GET_SHEET, {"id": meeting.sheet}, meeting.phone.actor)
        lines = {line["member_id"]: line for line in sheet["rows"]}
        first, second = (lines[saver.id] for saver in meeting.savers[:2])

        assert {fees[0]["account_id"], fees[1]["account_id"]} == {first["fee_account_id"]}
        assert fees[3]["account_id"] == second["premium_account_id"]
        assert {row["kind"] for row in second["rows"] if row["amount"]} == {"additional_fee", "risk_premium"}

    def test_has_one_regular_row_for_each_kind(self, meeting: Meeting, fees: Rows) -> None:
        saver = meeting.savers[0]
        more = [
            meeting.phone.fee(saver, "passbook_fee", 10),
            meeting.phone.fee(saver, "passbook_fee", 10, second_payment=True),
        ]
        meeting.branch.ask(RETURN_ROWS, returning(meeting, fees[0]), meeting.branch.accountant)

        answer = meeting.phone.submit(meeting.sheet, [again(fees[0], note="looked again"), *more])

        assert outcomes(answer) == [
            ("pending", None),
            ("refused", "SECOND_PAYMENT_NOT_SAID"),
            ("pending", None),
        ]


def returning(meeting: Meeting, row: dict[str, Any]) -> dict[str, Any]:
    return {"sheet_id": meeting.sheet, "rows": [{"row_id": row["row_id"], "reason": "which book was it?"}]}


@pytest.mark.rule("M6")
def test_a_returned_fee_that_was_none_is_told_and_struck(meeting: Meeting, fees: Rows) -> None:
    saver = meeting.savers[0]
    meeting.branch.ask(RETURN_ROWS, returning(meeting, fees[0]), meeting.branch.accountant)

    gone = meeting.phone.submit(meeting.sheet, [emptied(fees[0], "the book is free for her")])

    assert (outcomes(gone), gone["status"]) == ([("pending", None)], "submitted")
    assert set(fees_in(book_of(meeting, saver))) == {
        ("struck", "passbook", "10.00"),
        ("pending", "form", "5.00"),
    }
    assert [one["kind"] for one in meeting.branch.harness.told(ROW_CHANGED)] == ["removed"]
    post_all(meeting, 185)
    assert meeting.branch.balances()["4310"] == "25.00"
    (sheet,) = meeting.branch.harness.told(SHEET_AUTHORISED)
    nothing = [line["member_id"] for line in sheet["lines"] if line["nothing_received"]]
    assert sorted(nothing) == sorted(saver.id for saver in meeting.savers[1:])


@pytest.mark.rule("M5")
class TestAFeeWithoutItsAccount:
    def test_of_a_member_who_moved_is_owed_to_her(self, meeting: Meeting) -> None:
        branch, saver = meeting.branch, meeting.savers[2]
        branch.tell_member(saver, branch.open_samity(code="0002"))
        fee = meeting.phone.fee(saver, "form_fee", 5)

        answer = submit_with(meeting, fee)
        post_all(meeting, 95)

        assert outcomes(answer)[-1] == ("unallocated", "MEMBER_MOVED")
        assert (branch.balances()["2210"], branch.balances().get("4310", "0.00")) == ("5.00", "0.00")
        (waiting,) = branch.ask(LIST_UNALLOCATED, {"office_id": branch.office_id}, branch.manager)["items"]
        refund = {"id": waiting["id"], "refund": True, "reason": "no fee is due there"}
        branch.ask(RESOLVE_UNALLOCATED, refund, branch.manager)
        assert branch.balances()["2210"] == "0.00"
        assert registered(meeting, saver) == []

    def test_on_an_account_that_is_not_the_sheets_is_owed_to_her(self, meeting: Meeting) -> None:
        first, second, _ = meeting.savers
        hers, another = (meeting.phone.fee(saver, "form_fee", 5) for saver in (first, second))

        answer = submit_with(meeting, {**hers, "account_id": another["account_id"]})

        assert outcomes(answer)[-1] == ("unallocated", "ACCOUNT_UNKNOWN")

    @pytest.mark.rule("M8")
    def test_of_the_officers_kin_is_another_persons_to_allocate(self, meeting: Meeting) -> None:
        phone = meeting.branch.phone(
            meeting.branch.hire(Role.FIELD_OFFICER, excluded=(meeting.savers[0].id,))
        )
        samity = meeting.branch.open_samity(phone.actor, code="0003")
        kin = meeting.savers[0]
        meeting.branch.tell_member(kin, samity)
        sheet = meeting.branch.sheet_of(samity)
        phone.hold(sheet)

        answer = phone.submit(sheet, [phone.nothing(kin), phone.fee(kin, "form_fee", 5)])

        assert outcomes(answer)[-1] == ("unallocated", "OWN_OR_KIN")


@pytest.mark.rule("M12")
@pytest.mark.parametrize(
    ("kind", "after"),
    [("money_returned", {"1110": "185.00"}), ("never_received", {"1110": "195.00", "2220": "10.00"})],
)
def test_a_fee_of_the_day_is_undone_by_its_row(
    meeting: Meeting, fees: Rows, kind: str, after: dict[str, str]
) -> None:
    branch, saver = meeting.branch, meeting.savers[0]
    post_all(meeting, 195)
    line = next(one for one in book_of(meeting, saver)["lines"] if one["fee"] == "passbook")
    asked = {"entry_id": line["entry_id"], "row_id": line["row_id"], "kind": kind}
    request = {"id": new_id(), **asked, "reason": "the book is free for her", "evidence": "her thumb"}

    branch.ask(PROPOSE_REVERSAL, request, branch.accountant)
    branch.decide(request["id"])

    balances = branch.balances()
    assert {code: balances[code] for code in after} == after
    assert balances["4310"] == "25.00"
    assert set(fees_in(book_of(meeting, saver))) == {
        ("reversal", "passbook", "10.00"),
        ("reversed", "passbook", "10.00"),
        ("confirmed", "form", "5.00"),
    }
    (told,) = branch.harness.told(ENTRY_REVERSED)
    assert [(one["product_name_en"], one["amount"]) for one in told["lines"]] == [("Passbook fee", 1_000)]
    with pytest.raises(AlreadyReversed):
        branch.ask(PROPOSE_REVERSAL, {**request, "id": new_id()}, branch.accountant)


@pytest.mark.rule("M13")
def test_a_fee_of_an_earlier_day_goes_to_who_paid_it(meeting: Meeting) -> None:
    branch, (wrong, right, _) = meeting.branch, meeting.savers
    fee = meeting.phone.fee(wrong, "form_fee", 5)
    submit_with(meeting, fee)
    post_all(meeting, 95)
    branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
    close(branch, 95)
    (taken,) = registered(meeting, wrong)
    request = new_id()
    asked = {"id": request, "from": {"entry_id": taken["entry_id"]}, "to_member_id": right.id}

    branch.ask(
        PROPOSE_CORRECTION, asked | {"reason": "the neighbour's form", "evidence": "both"}, branch.accountant
    )
    branch.decide(request)

    (told,) = branch.harness.told(CORRECTION_POSTED)
    assert (told["value_on"], told["business_on"]) == (MONDAY, MONDAY + timedelta(days=1))
    assert told["first_receipt"] == fee["receipt_number"]
    assert [(one["reversed"], one["receipt_number"]) for one in registered(meeting, wrong)] == [
        (True, fee["receipt_number"])
    ]
    assert [(one["reversed"], one["receipt_number"]) for one in registered(meeting, right)] == [
        (False, fee["receipt_number"])
    ]
    assert fees_in(book_of(meeting, right)) == [("reversal", "form", "5.00")]
    assert set(fees_in(book_of(meeting, wrong))) == {
        ("reversal", "form", "5.00"),
        ("reversed", "form", "5.00"),
    }


@pytest.mark.rule("M3")
def test_a_fee_of_a_late_sheet_keeps_the_day_of_its_meeting(meeting: Meeting) -> None:
    branch = meeting.branch
    late = {"id": new_id(), "sheet_id": meeting.sheet, "reason": "the road is under water"}
    branch.ask(DEFER_SHEET, late | {"cash_overnight": "0.00"}, branch.manager)
    close(branch)
    submit_with(meeting, meeting.phone.fee(meeting.savers[1], "form_fee", 5))

    post_all(meeting, 95)

    (told,) = branch.harness.told(COUNTER_MONEY_TAKEN)
    assert (told["value_on"], told["business_on"]) == (MONDAY, MONDAY + timedelta(days=1))
