"""Rows have versions; money taken is never refused; what is taken back is told, struck and counted."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from contracts.errors import PersonExcluded
from contracts.permissions import Role
from contracts.transactions.collection import (
    LIST_ROW_CHANGES,
    LIST_UNALLOCATED,
    RESOLVE_UNALLOCATED,
    RETURN_ROWS,
    ROW_CHANGED,
)
from contracts.transactions.collection_errors import (
    AccountNotHers,
    CollectorCounts,
    RowNotReturnable,
    UnallocatedNotPosted,
    UnallocatedResolved,
)
from contracts.transactions.ledger import READ_PASSBOOK
from tests.support.field import again, emptied, new_id, outcomes
from tests.support.memory import remembered
from transactions.models.ledger import accounts


def lines(meeting, saver):
    asked = {"member_id": saver.id}
    return meeting.branch.ask(READ_PASSBOOK, asked, meeting.branch.manager)["lines"]


def pending(meeting, saver):
    asked = {"member_id": saver.id}
    book = meeting.branch.ask(READ_PASSBOOK, asked, meeting.branch.manager)
    return book["accounts"][0]["pending_in"]


def post_all(meeting, taka):
    handover = meeting.phone.hand_over([meeting.sheet], taka)
    return meeting.branch.authorise(handover["id"], meeting.branch.count(handover["id"], taka))


def return_row(meeting, row, actor=None):
    asked = {
        "sheet_id": meeting.sheet,
        "rows": [{"row_id": row["row_id"], "reason": "passbook says 70"}],
    }
    return meeting.branch.ask(RETURN_ROWS, asked, actor or meeting.branch.accountant)


@remembered
def submitted(meeting):
    """A complete sheet: 90, 40 and an explicit absent."""
    first, second, third = meeting.savers
    rows = [meeting.phone.paid(first, 90), meeting.phone.paid(second, 40), meeting.phone.nothing(third)]
    meeting.phone.submit(meeting.sheet, rows)
    return rows


@pytest.mark.rule("M6")
class TestVersions:
    def test_append_until_the_sheet_is_submitted(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50)
        meeting.phone.submit(meeting.sheet, [row])

        higher = again(row, amount="60.00")
        answer = meeting.phone.submit(meeting.sheet, [higher])

        assert outcomes(answer) == [("pending", None)]
        assert pending(meeting, meeting.savers[0]) == "60.00"

    def test_the_same_version_with_another_body_is_a_conflict(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50)
        meeting.phone.submit(meeting.sheet, [row])

        answer = meeting.phone.submit(meeting.sheet, [{**row, "amount": "60.00"}])

        assert outcomes(answer) == [("conflict", "ROW_DIFFERS")]
        assert pending(meeting, meeting.savers[0]) == "50.00"

    def test_the_same_version_again_is_a_repetition(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50)
        meeting.phone.submit(meeting.sheet, [row])

        assert outcomes(meeting.phone.submit(meeting.sheet, [row])) == [("repeated", None)]
        assert pending(meeting, meeting.savers[0]) == "50.00"

    def test_a_version_that_was_overtaken_is_known_for_ever(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50)
        meeting.phone.submit(meeting.sheet, [row])
        meeting.phone.submit(meeting.sheet, [again(row, amount="60.00")])

        assert outcomes(meeting.phone.submit(meeting.sheet, [row])) == [("repeated", None)]
        assert outcomes(meeting.phone.submit(meeting.sheet, [{**row, "note": "other"}])) == [
            ("conflict", "ROW_DIFFERS")
        ]

    def test_less_needs_a_reason(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50)
        meeting.phone.submit(meeting.sheet, [row])

        answer = meeting.phone.submit(meeting.sheet, [again(row, amount="40.00")])

        assert outcomes(answer) == [("refused", "CHANGE_REASON_MISSING")]
        assert pending(meeting, meeting.savers[0]) == "50.00"

    def test_less_is_told_struck_and_counted(self, meeting):
        saver = meeting.savers[0]
        row = meeting.phone.paid(saver, 50)
        meeting.phone.submit(meeting.sheet, [row])
        meeting.phone.submit(meeting.sheet, [again(row, amount="30.00", change_reason="wrote 50 for 30")])

        assert [(line["status"], line["amount"]) for line in lines(meeting, saver)] == [
            ("pending", "30.00"),
            ("struck", "50.00"),
        ]
        told = meeting.branch.harness.told(ROW_CHANGED)
        assert [(one["kind"], one["before"], one["after"]) for one in told] == [("lowered", 5000, 3000)]
        report = meeting.branch.ask(
            LIST_ROW_CHANGES,
            {"office_id": meeting.branch.office_id, "from": "2026-11-23", "to": "2026-11-23"},
            meeting.branch.manager,
        )
        assert [(one["before"], one["after"]) for one in report["items"]] == [("50.00", "30.00")]
        assert [(one["officer_id"], one["count"], one["value"]) for one in report["officers"]] == [
            (meeting.branch.officer.person_id, 1, "20.00")
        ]

    def test_a_removal_is_told_struck_and_counted(self, meeting):
        saver = meeting.savers[0]
        row = meeting.phone.paid(saver, 50)
        meeting.phone.submit(meeting.sheet, [row])
        meeting.phone.submit(meeting.sheet, [emptied(row, "she took it back")])

        assert sorted(line["status"] for line in lines(meeting, saver)) == ["nothing_received", "struck"]
        assert pending(meeting, saver) == "0.00"
        assert meeting.branch.harness.told(ROW_CHANGED)[0]["kind"] == "removed"

    def test_an_account_changed_is_told_to_the_one_who_loses_it(self, meeting):
        wrong, right = meeting.savers[:2]
        row = meeting.phone.paid(wrong, 50)
        meeting.phone.submit(meeting.sheet, [row])
        moved = {"member_id": right.id, "account_id": right.account_id, "change_reason": "wrong line"}
        meeting.phone.submit(meeting.sheet, [again(row, **moved)])

        assert (pending(meeting, wrong), pending(meeting, right)) == ("0.00", "50.00")
        assert meeting.branch.harness.told(ROW_CHANGED)[0]["member_id"] == wrong.id
        assert [line["status"] for line in lines(meeting, wrong)] == ["struck"]

    def test_after_submission_only_a_returned_row_changes(self, meeting, submitted):
        answer = meeting.phone.submit(meeting.sheet, [again(submitted[0], amount="99.00")])

        assert outcomes(answer) == [("conflict", "ROW_NOT_RETURNED")]


@pytest.mark.rule("M5")
class TestReturning:
    def test_is_per_row_and_keeps_her_claim(self, meeting, submitted):
        returned = return_row(meeting, submitted[0])

        assert returned["status"] == "returned"
        assert pending(meeting, meeting.savers[0]) == "90.00"
        states = {
            row["row_id"]: row["state"]
            for member in meeting.branch.sheet(meeting.sheet)["rows"]
            for row in member["rows"]
        }
        assert [states[row["row_id"]] for row in submitted] == ["returned", "pending", "pending"]

    def test_is_answered_by_a_new_version(self, meeting, submitted):
        return_row(meeting, submitted[0])

        corrected = again(submitted[0], amount="70.00", change_reason="passbook says 70")
        answer = meeting.phone.submit(meeting.sheet, [corrected])

        assert (answer["status"], outcomes(answer)) == ("submitted", [("pending", None)])
        assert pending(meeting, meeting.savers[0]) == "70.00"

    def test_of_a_posted_row_is_refused(self, meeting, submitted):
        post_all(meeting, 130)

        with pytest.raises(RowNotReturnable):
            return_row(meeting, submitted[0])

    def test_of_an_unknown_row_returns_none(self, meeting, submitted):
        asked = {
            "sheet_id": meeting.sheet,
            "rows": [
                {"row_id": submitted[0]["row_id"], "reason": "look again"},
                {"row_id": new_id(), "reason": "look again"},
            ],
        }

        with pytest.raises(RowNotReturnable):
            meeting.branch.ask(RETURN_ROWS, asked, meeting.branch.accountant)
        assert meeting.branch.sheet(meeting.sheet)["status"] == "submitted"

    @pytest.mark.rule("M8")
    def test_is_not_for_who_collected(self, meeting, submitted):
        himself = replace(meeting.branch.accountant, person_id=meeting.branch.officer.person_id)

        with pytest.raises(CollectorCounts):
            return_row(meeting, submitted[0], himself)

    @pytest.mark.rule("M8")
    def test_is_not_for_kin(self, meeting, submitted):
        kin = meeting.branch.hire(Role.ACCOUNTANT, excluded=(meeting.savers[0].id,))

        with pytest.raises(PersonExcluded):
            return_row(meeting, submitted[0], kin)


@pytest.mark.rule("M4")
class TestSecondPayments:
    def test_a_second_row_for_an_account_must_be_said(self, meeting):
        first, second = (meeting.phone.paid(meeting.savers[0], taka) for taka in (50, 20))

        answer = meeting.phone.submit(meeting.sheet, [first, second])

        assert outcomes(answer) == [("pending", None), ("refused", "SECOND_PAYMENT_NOT_SAID")]

    def test_said_it_is_taken(self, meeting):
        first = meeting.phone.paid(meeting.savers[0], 50)
        second = meeting.phone.paid(meeting.savers[0], 20, second_payment=True)

        answer = meeting.phone.submit(meeting.sheet, [first, second])

        assert outcomes(answer) == [("pending", None)] * 2
        assert pending(meeting, meeting.savers[0]) == "70.00"


@pytest.mark.rule("M5")
class TestUnallocated:
    def close_account(self, meeting, saver):
        with meeting.branch.harness.service().books() as books:
            books.work.session.execute(
                sa.update(accounts).where(accounts.c.id == saver.account_id).values(closed=True)
            )

    def collect(self, meeting, *rows):
        """Submit some rows, and nothing received for whom they leave out."""
        touched = {row["account_id"] for row in rows}
        rest = [meeting.phone.nothing(saver) for saver in meeting.savers if saver.account_id not in touched]
        return meeting.phone.submit(meeting.sheet, [*rows, *rest])

    @pytest.mark.rule("L5")
    @pytest.mark.parametrize("status", ["closed", "applicant", "deceased"])
    def test_money_of_who_is_no_member_is_a_liability(self, meeting, status):
        saver = meeting.savers[0]
        meeting.branch.tell_member(saver, meeting.samity, status=status, version=2)

        answer = self.collect(meeting, meeting.phone.paid(saver, 50))

        self.expect_unallocated(meeting, saver, answer, "MEMBER_NOT_ACTIVE")

    def test_money_of_a_member_who_moved_is_a_liability(self, meeting):
        saver = meeting.savers[0]
        meeting.branch.tell_member(saver, meeting.branch.open_samity(code="0002"), version=2)

        answer = self.collect(meeting, meeting.phone.paid(saver, 50))

        self.expect_unallocated(meeting, saver, answer, "MEMBER_MOVED")

    def expect_unallocated(self, meeting, saver, answer, code):
        """It is pending in her passbook, on no account, and waits in no account's pending total."""
        assert outcomes(answer)[0] == ("unallocated", code)
        assert pending(meeting, saver) == "0.00"
        assert [(line["status"], line["amount"], line["account_id"]) for line in lines(meeting, saver)] == [
            ("pending", "50.00", None)
        ]

    def test_money_for_a_closed_account_waits_for_the_manager(self, meeting):
        self.close_account(meeting, meeting.savers[0])

        answer = self.collect(meeting, meeting.phone.paid(meeting.savers[0], 50))

        assert outcomes(answer)[0] == ("unallocated", "ACCOUNT_CLOSED")

    def test_money_for_another_members_account(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50, account_id=meeting.savers[1].account_id)

        assert outcomes(meeting.phone.submit(meeting.sheet, [row])) == [("unallocated", "ACCOUNT_OF_ANOTHER")]

    def test_money_for_an_unknown_account(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50, account_id=new_id())

        assert outcomes(meeting.phone.submit(meeting.sheet, [row])) == [("unallocated", "ACCOUNT_UNKNOWN")]

    def test_nobody_can_be_owed_to_an_unknown_member(self, meeting):
        row = meeting.phone.paid(meeting.savers[0], 50, member_id=new_id())

        assert outcomes(meeting.phone.submit(meeting.sheet, [row])) == [("refused", "MEMBER_UNKNOWN")]

    @pytest.mark.rule("M8")
    def test_kins_money_is_taken_and_another_person_allocates_it(self, meeting):
        kin = replace(meeting.phone.actor, excluded_members=(meeting.savers[0].id,))
        meeting.phone.actor = kin

        answer = self.collect(meeting, meeting.phone.paid(meeting.savers[0], 50))

        assert outcomes(answer)[0] == ("unallocated", "OWN_OR_KIN")

    def test_a_receipt_number_used_before_is_looked_into(self, meeting):
        first, second = (meeting.phone.paid(saver, 50) for saver in meeting.savers[:2])

        answer = meeting.phone.submit(
            meeting.sheet, [first, {**second, "receipt_number": first["receipt_number"]}]
        )

        assert outcomes(answer) == [("pending", None), ("unallocated", "RECEIPT_USED")]

    def test_a_row_of_another_sheet_is_forged(self, meeting):
        other_samity = meeting.branch.open_samity(code="0002")
        saver = meeting.branch.admit(other_samity, 9)
        other_sheet = meeting.branch.sheet_of(other_samity)
        row = meeting.phone.paid(meeting.savers[0], 50)
        meeting.phone.submit(meeting.sheet, [row])

        meeting.phone.hold(other_sheet)
        forged = {**meeting.phone.paid(saver, 50), "row_id": row["row_id"]}
        answer = meeting.phone.submit(other_sheet, [forged])

        assert outcomes(answer) == [("refused", "ROW_OF_ANOTHER_SHEET")]

    def test_is_posted_and_then_put_onto_her_account(self, meeting):
        saver = meeting.savers[0]
        row = meeting.phone.paid(saver, 50, account_id=new_id())
        self.collect(meeting, row, meeting.phone.nothing(saver))
        resolution = {"id": row["row_id"], "to_account_id": saver.account_id, "reason": "wrong code typed"}
        with pytest.raises(UnallocatedNotPosted):
            meeting.branch.ask(RESOLVE_UNALLOCATED, resolution, meeting.branch.manager)

        post_all(meeting, 50)
        waiting = meeting.branch.ask(LIST_UNALLOCATED, {}, meeting.branch.manager)["items"]
        owed = meeting.branch.balances()
        settled = meeting.branch.ask(RESOLVE_UNALLOCATED, resolution, meeting.branch.manager)

        assert [(one["id"], one["amount"], one["state"]) for one in waiting] == [
            (row["row_id"], "50.00", "open")
        ]
        assert (owed["2210"], owed["1110"]) == ("50.00", "50.00")
        assert settled["state"] == "allocated"
        assert meeting.branch.balances()["2110"] == "50.00"
        assert meeting.branch.ask(RESOLVE_UNALLOCATED, resolution, meeting.branch.manager) == settled
        assert meeting.branch.ask(LIST_UNALLOCATED, {}, meeting.branch.manager)["items"] == []
        assert [(line["status"], line["amount"]) for line in lines(meeting, saver)][:1] == [
            ("confirmed", "50.00")
        ]

    def test_is_paid_back_from_the_vault(self, meeting):
        saver = meeting.savers[0]
        row = meeting.phone.paid(saver, 50, account_id=new_id())
        self.collect(meeting, row, meeting.phone.nothing(saver))
        post_all(meeting, 50)
        refund = {"id": row["row_id"], "refund": True, "reason": "she left the samity"}

        settled = meeting.branch.ask(RESOLVE_UNALLOCATED, refund, meeting.branch.manager)

        assert settled["state"] == "refunded"
        assert meeting.branch.balances().get("1110", "0.00") == "0.00"
        other = {"id": row["row_id"], "to_account_id": saver.account_id, "reason": "after all"}
        with pytest.raises(UnallocatedResolved):
            meeting.branch.ask(RESOLVE_UNALLOCATED, other, meeting.branch.manager)

    def test_goes_onto_no_other_members_account(self, meeting):
        saver, other = meeting.savers[:2]
        row = meeting.phone.paid(saver, 50, account_id=new_id())
        self.collect(meeting, row, meeting.phone.nothing(saver))
        post_all(meeting, 50)
        wrong = {"id": row["row_id"], "to_account_id": other.account_id, "reason": "near enough"}

        with pytest.raises(AccountNotHers):
            meeting.branch.ask(RESOLVE_UNALLOCATED, wrong, meeting.branch.manager)
