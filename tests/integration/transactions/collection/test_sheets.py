"""One regular sheet a samity and day, on one device; another device's rows are compared, never posted."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from contracts.errors import IdConflict, InvalidPayload, NotFound
from contracts.permissions import Role
from contracts.transactions.collection import (
    ASSIGN_SHEET,
    CLAIM_NOT_HELD,
    GET_SHEET,
    HOLD_SHEET,
    ISSUE_SPECIAL_SHEET,
    LIST_COMPARE,
    LIST_SHEETS,
    SETTLE_COMPARISON,
)
from contracts.transactions.collection_errors import (
    CollectorCounts,
    ComparisonSettled,
    DayOutOfReach,
    DeviceUnknown,
    OfficerNotOfOffice,
    SheetClosed,
    SheetHasMoney,
    SheetHeld,
    SheetWaits,
    SubmissionDiffers,
    TakeOverReasonMissing,
    TotalDiffers,
)
from tests.support.field import Branch, new_id, outcomes
from transactions.batch.duties import TransactionsBatch
from transactions.models.collection import sheets


def listed(branch, **asked):
    return branch.ask(LIST_SHEETS, asked, branch.manager)["items"]


@pytest.mark.rule("M4")
class TestIssuing:
    def test_sheets_are_made_a_week_ahead_of_the_calendar(self, branch):
        branch.open_samity()
        branch.open_day()

        days = sorted(item["meeting_on"] for item in listed(branch))

        assert days == ["2026-11-23", "2026-11-30"]

    def test_a_sheet_ahead_of_the_open_day_waits_for_it(self, branch):
        branch.open_samity()
        branch.open_day()

        waiting = {item["meeting_on"]: item["waiting"] for item in listed(branch)}

        assert waiting == {"2026-11-23": False, "2026-11-30": True}

    def test_asking_again_makes_no_second_one(self, branch):
        branch.open_samity()
        branch.open_day()
        first = listed(branch)

        branch.harness.watch.advance(timedelta(hours=1))

        assert listed(branch) == first

    def test_a_samity_opened_this_morning_has_its_sheet_when_asked(self, branch):
        branch.open_day()
        samity = branch.open_samity()

        assert branch.sheet_of(samity)

    def test_a_changed_meeting_day_takes_back_what_nobody_touched(self, branch):
        samity = branch.open_samity()
        branch.open_day()
        touched = branch.sheet_of(samity)
        branch.phone().hold(touched)

        branch.open_samity(id=samity, meeting_weekday=4, version=2)
        listed(branch)

        assert sorted(item["meeting_on"] for item in listed(branch)) == ["2026-11-23", "2026-11-24"]

    def test_a_samity_that_ended_leaves_no_untouched_sheet(self, branch):
        samity = branch.open_samity()
        branch.open_day()

        branch.open_samity(id=samity, active=False, version=2)

        assert listed(branch) == []

    def test_a_sheet_may_be_submitted_before_its_day_opens(self, branch):
        samity = branch.open_samity()
        saver = branch.admit(samity, 1)
        branch.open_day()
        ahead = next(item["id"] for item in listed(branch) if item["waiting"])
        phone = branch.phone()
        phone.hold(ahead)

        answer = phone.submit(ahead, [phone.paid(saver, 40)])

        assert answer["status"] == "submitted"
        member = branch.sheet(ahead)["rows"][0]
        assert (member["accounts"][0]["pending"], member["accounts"][0]["balance"]) == ("40.00", "0.00")
        with pytest.raises(SheetWaits):
            phone.hand_over([ahead], 40)

    def test_the_batch_makes_them_for_every_open_branch(self, branch):
        branch.open_day()
        branch.open_samity()
        batch = branch.harness.instance_of(TransactionsBatch, branch.harness.process.own_call())

        batch.issue_sheets()
        batch.issue_sheets()

        with branch.harness.service().books() as books:
            days = books.work.session.execute(sa.select(sheets.c.meeting_on)).scalars().all()
        assert sorted(day.day for day in days) == [23, 30]

    def test_there_is_none_before_the_first_day_is_open(self, branch):
        branch.open_samity()

        assert listed(branch) == []


@pytest.mark.rule("M4")
class TestHolding:
    def test_one_device_holds_and_holds_again(self, meeting):
        assert meeting.phone.epoch == 1
        assert meeting.phone.hold(meeting.sheet)["epoch"] == 1

    def test_another_device_is_refused(self, meeting):
        with pytest.raises(SheetHeld) as refusal:
            meeting.branch.phone().hold(meeting.sheet)

        assert refusal.value.facts == {"epoch": 1}

    def test_a_take_over_says_why_and_raises_the_epoch(self, meeting):
        other = meeting.branch.phone()

        with pytest.raises(TakeOverReasonMissing):
            other.hold(meeting.sheet, take_over=True)

        assert other.hold(meeting.sheet, take_over=True, reason="phone broke")["epoch"] == 2

    def test_rows_of_the_earlier_holder_are_compared_and_never_post(self, meeting):
        saver = meeting.savers[0]
        late = meeting.phone.submission(meeting.sheet, [meeting.phone.paid(saver, 50)])
        meeting.branch.phone().hold(meeting.sheet, take_over=True, reason="phone broke")

        answer = meeting.phone.submit(meeting.sheet, late["rows"])

        assert outcomes(answer) == [("compare", "NOT_THE_HOLDER")]
        compared = meeting.branch.ask(LIST_COMPARE, {"sheet_id": meeting.sheet}, meeting.branch.manager)
        assert [(row["member_id"], row["amount"], row["standing"]) for row in compared["items"]] == [
            (saver.id, "50.00", "0.00")
        ]
        assert meeting.branch.sheet(meeting.sheet)["total"] == "0.00"
        assert meeting.branch.sheet(meeting.sheet)["comparisons"] == 1

    def test_rows_of_an_old_epoch_are_compared(self, meeting):
        rows = [meeting.phone.paid(meeting.savers[0], 50)]

        answer = meeting.phone.submit(meeting.sheet, rows, epoch=0)

        assert outcomes(answer) == [("compare", "OLD_EPOCH")]

    def test_the_same_rows_are_compared_once(self, meeting):
        stranger = meeting.branch.phone()
        rows = [stranger.paid(meeting.savers[0], 50)]

        stranger.submit(meeting.sheet, rows)
        stranger.submit(meeting.sheet, rows)

        compared = meeting.branch.ask(LIST_COMPARE, {"sheet_id": meeting.sheet}, meeting.branch.manager)
        assert len(compared["items"]) == 1

    def test_the_manager_settles_what_was_compared_once(self, meeting):
        stranger = meeting.branch.phone()
        stranger.submit(meeting.sheet, [stranger.paid(meeting.savers[0], 50)])
        compared = meeting.branch.ask(LIST_COMPARE, {"sheet_id": meeting.sheet}, meeting.branch.manager)
        verdict = {
            "id": compared["items"][0]["id"],
            "verdict": "same_money",
            "reason": "one payment, two phones",
        }

        settled = meeting.branch.ask(SETTLE_COMPARISON, verdict, meeting.branch.manager)

        assert settled["verdict"] == "same_money"
        other = {**verdict, "verdict": "entered_elsewhere"}
        with pytest.raises(ComparisonSettled):
            meeting.branch.ask(SETTLE_COMPARISON, other, meeting.branch.manager)

    @pytest.mark.rule("M8")
    def test_nobody_settles_rows_that_he_sent(self, meeting):
        stranger = meeting.branch.phone()
        stranger.submit(meeting.sheet, [stranger.paid(meeting.savers[0], 50)])
        compared = meeting.branch.ask(LIST_COMPARE, {"sheet_id": meeting.sheet}, meeting.branch.manager)
        verdict = {"id": compared["items"][0]["id"], "verdict": "same_money", "reason": "I know it"}
        acting_manager = replace(meeting.branch.manager, person_id=meeting.branch.officer.person_id)

        with pytest.raises(CollectorCounts):
            meeting.branch.ask(SETTLE_COMPARISON, verdict, acting_manager)

    def test_a_call_without_device_and_session_is_refused(self, meeting):
        nameless = replace(meeting.branch.officer, device_id=None, session_id=None)

        with pytest.raises(DeviceUnknown):
            meeting.branch.ask(HOLD_SHEET, {"id": meeting.sheet}, nameless)


@pytest.mark.rule("P8")
class TestSubstitutes:
    def assign(self, meeting, officer):
        asked = {"sheet_id": meeting.sheet, "officer_id": officer.person_id, "reason": "officer is ill"}
        return meeting.branch.ask(ASSIGN_SHEET, asked, meeting.branch.manager)

    def test_the_epoch_moves_to_the_substitute(self, meeting):
        substitute = meeting.branch.hire(Role.FIELD_OFFICER)

        assert self.assign(meeting, substitute)["epoch"] == 2

        phone = meeting.branch.phone(substitute)
        assert phone.hold(meeting.sheet)["epoch"] == 3
        assert outcomes(phone.submit(meeting.sheet, [phone.paid(meeting.savers[0], 20)])) == [
            ("pending", None)
        ]

    def test_the_samitys_own_officer_cannot_take_it_back(self, meeting):
        self.assign(meeting, meeting.branch.hire(Role.FIELD_OFFICER))

        with pytest.raises(SheetHeld):
            meeting.phone.hold(meeting.sheet, take_over=True, reason="I am well again")

    def test_money_on_the_sheet_stays_with_who_took_it(self, meeting):
        meeting.phone.submit(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])

        with pytest.raises(SheetHasMoney):
            self.assign(meeting, meeting.branch.hire(Role.FIELD_OFFICER))

    def test_only_an_officer_of_the_branch_stands_in(self, meeting):
        with pytest.raises(OfficerNotOfOffice):
            self.assign(meeting, meeting.branch.accountant)


class TestScope:
    def test_another_officers_sheet_is_not_found(self, meeting):
        stranger = meeting.branch.phone(meeting.branch.hire(Role.FIELD_OFFICER))

        with pytest.raises(NotFound):
            stranger.hold(meeting.sheet)
        with pytest.raises(NotFound):
            stranger.submit(meeting.sheet, [stranger.paid(meeting.savers[0], 20)])

    def test_a_foreign_branch_sees_nothing(self, harness, meeting):
        foreign = Branch(harness, path="/HO/B002/")

        with pytest.raises(NotFound):
            harness.ask(GET_SHEET, {"id": meeting.sheet}, actor=foreign.manager)
        assert listed(foreign) == []


@pytest.mark.rule("M4")
class TestSpecialSheets:
    def special(self, meeting, **changes):
        asked = {"id": new_id(), "samity_id": meeting.samity, "on": "2026-11-24", **changes}
        return meeting.branch.ask(ISSUE_SPECIAL_SHEET, asked, meeting.branch.officer)

    def test_money_on_another_day_has_a_sheet_of_its_own(self, meeting):
        special = self.special(meeting)

        meeting.phone.hold(special["id"])
        answer = meeting.phone.submit(special["id"], [meeting.phone.paid(meeting.savers[0], 30)])

        assert special["kind"] == "special"
        assert (answer["status"], answer["missing"]) == ("submitted", [])

    def test_the_same_request_makes_one(self, meeting):
        sheet_id = new_id()

        first, second = self.special(meeting, id=sheet_id), self.special(meeting, id=sheet_id)

        assert first == second
        with pytest.raises(IdConflict):
            self.special(meeting, id=sheet_id, on="2026-11-25")

    @pytest.mark.parametrize("on", ["2026-11-22", "2026-12-01"])
    def test_a_day_out_of_reach_is_refused(self, meeting, on):
        with pytest.raises(DayOutOfReach):
            self.special(meeting, on=on)


@pytest.mark.rule("M10")
class TestNotHeld:
    def claim(self, meeting):
        asked = {"sheet_id": meeting.sheet, "reason": "flood in the village"}
        return meeting.branch.ask(CLAIM_NOT_HELD, asked, meeting.branch.officer)

    def test_is_one_act_that_the_manager_approves(self, meeting):
        claimed = self.claim(meeting)

        meeting.branch.decide(claimed["approval_id"])

        assert claimed["status"] == "not_held_claimed"
        assert meeting.branch.sheet(meeting.sheet)["status"] == "not_held"
        with pytest.raises(SheetClosed):
            meeting.phone.hold(meeting.sheet, take_over=True, reason="late")

    def test_is_claimed_once(self, meeting):
        assert self.claim(meeting) == self.claim(meeting)

    def test_a_declined_claim_gives_the_sheet_back(self, meeting):
        claimed = self.claim(meeting)

        meeting.branch.decide(claimed["approval_id"], approve=False, reason="they did meet")

        assert meeting.branch.sheet(meeting.sheet)["status"] == "collecting"

    def test_is_refused_when_money_was_taken(self, meeting):
        meeting.phone.submit(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])

        with pytest.raises(SheetHasMoney):
            self.claim(meeting)

    @pytest.mark.rule("M5")
    def test_money_that_comes_meanwhile_is_taken_and_the_claim_fails(self, meeting):
        claimed = self.claim(meeting)

        answer = meeting.phone.submit(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])

        assert outcomes(answer) == [("pending", None)]
        with pytest.raises(SheetHasMoney):
            meeting.branch.decide(claimed["approval_id"])


class TestSubmissions:
    @pytest.mark.rule("M10")
    def test_untouched_is_never_zero(self, meeting):
        answer = meeting.phone.submit(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])

        assert answer["status"] == "collecting"
        assert [one["member_id"] for one in answer["missing"]] == [saver.id for saver in meeting.savers[1:]]

    def test_a_repetition_gets_the_same_answer(self, meeting):
        submission = meeting.phone.submission(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])

        first = meeting.phone.ask_submission(submission)
        meeting.phone.submit(meeting.sheet, [meeting.phone.nothing(meeting.savers[1])])

        assert meeting.phone.ask_submission(submission) == first
        assert meeting.branch.sheet(meeting.sheet)["total"] == "20.00"

    def test_another_body_under_its_id_is_refused(self, meeting):
        submission = meeting.phone.submission(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])
        meeting.phone.ask_submission(submission)

        changed = {**submission, "rows": [{**submission["rows"][0], "note": "another"}]}
        with pytest.raises(SubmissionDiffers):
            meeting.phone.ask_submission(changed)

    def test_a_wrong_total_takes_nothing(self, meeting):
        rows = [meeting.phone.paid(meeting.savers[0], 20)]

        with pytest.raises(TotalDiffers) as refusal:
            meeting.phone.submit(meeting.sheet, rows, total="21.00")

        assert refusal.value.facts == {"stated": "21.00", "counted": "20.00"}
        assert meeting.branch.sheet(meeting.sheet)["rows"][0]["rows"] == []

    @pytest.mark.rule("M11")
    @pytest.mark.parametrize("amount", ["20.50", "0.00", "-5.00", "20.005", 20, "২০"])
    def test_cash_is_whole_taka_in_a_decimal_string(self, meeting, amount):
        row = {**meeting.phone.paid(meeting.savers[0], 20), "amount": amount}
        submission = {**meeting.phone.submission(meeting.sheet, []), "total": "20.00", "rows": [row]}

        with pytest.raises(InvalidPayload) as refusal:
            meeting.phone.ask_submission(submission)

        assert list(refusal.value.facts["fields"]) == ["rows.0.amount"]

    @pytest.mark.rule("M10")
    @pytest.mark.parametrize("said", [{"amount": None}, {"nothing_received": "absent"}])
    def test_a_row_has_either_money_or_one_reason(self, meeting, said):
        row = {**meeting.phone.paid(meeting.savers[0], 20), **said}
        submission = {**meeting.phone.submission(meeting.sheet, []), "total": "20.00", "rows": [row]}

        with pytest.raises(InvalidPayload):
            meeting.phone.ask_submission(submission)

    @pytest.mark.rule("P3")
    def test_field_receipts_continue_the_devices_series(self, meeting):
        meeting.phone.submit(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 20)])

        held = meeting.phone.hold(meeting.sheet)

        assert held["receipt_next"] == 2
        assert meeting.branch.phone().series != held["receipt_series"]
