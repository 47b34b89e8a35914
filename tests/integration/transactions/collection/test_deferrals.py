"""A day closes past a missing sheet only by deferring it: reason, cash overnight, two days at most (M3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.actor import Actor
from contracts.errors import IdConflict, InvalidPayload, NotFound
from contracts.permissions import Role
from contracts.transactions.collection import CHECK_SHEET, CLAIM_NOT_HELD, LIST_SHEETS
from contracts.transactions.collection_errors import CollectorCounts
from contracts.transactions.deferral_errors import DeferralStands, DeferredTooOften, SheetNotLate
from contracts.transactions.deferrals import DEFER_SHEET, LIST_DEFERRALS
from contracts.transactions.ledger import (
    LIST_APPROVALS,
    LIST_ENTRIES,
    READ_PASSBOOK,
)
from contracts.transactions.ledger_errors import DayNotReady
from tests.support.field import Branch, new_id
from tests.support.field_days import close, day_of
from transactions.models.deferrals import deferrals

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting


def defer(meeting: Meeting, sheet: str | None = None, **changes: Any) -> dict[str, Any]:
    asked = {
        "id": new_id(),
        "sheet_id": sheet or meeting.sheet,
        "reason": "the ferry did not run",
        "cash_overnight": "0.00",
        **changes,
    }
    by = asked.pop("by", meeting.branch.manager)
    return meeting.branch.ask(DEFER_SHEET, asked, by)


def area_of(branch: Branch) -> Actor:
    return Actor(
        person_id=new_id(),
        kind="staff",
        role=Role.AREA_MANAGER.value,
        office_id=new_id(),
        office_path="/HO/",
        session_id=new_id(),
    )


@pytest.mark.rule("M3")
class TestDeferring:
    def test_lets_the_day_close_past_the_sheet(self, meeting):
        with pytest.raises(DayNotReady):
            close(meeting.branch)

        deferred = defer(meeting, cash_overnight="320.00")

        assert (deferred["on"], deferred["number"], deferred["settled"]) == ("2026-11-23", 1, False)
        assert (deferred["cash_overnight"], deferred["officer_id"]) == (
            "320.00",
            meeting.branch.officer.person_id,
        )
        assert close(meeting.branch) == "2026-11-24"

    def test_the_sheet_is_missing_again_the_next_day(self, meeting):
        defer(meeting)
        close(meeting.branch)

        missing = day_of(meeting.branch)["checklist"]

        assert [item["facts"]["sheet_id"] for item in missing if item["code"] == "SHEET_NOT_AUTHORISED"] == [
            meeting.sheet
        ]

    def test_may_last_two_days(self, meeting):
        for day in (1, 2):
            assert defer(meeting)["number"] == day
            close(meeting.branch)

        with pytest.raises(DeferredTooOften) as refusal:
            defer(meeting)

        assert refusal.value.facts == {"days": 2}

    @pytest.mark.rule("M2")
    def test_posts_on_the_open_day_with_the_value_of_the_day_of_the_meeting(self, meeting):
        branch, phone = meeting.branch, meeting.phone
        defer(meeting)
        close(branch)

        phone.submit(meeting.sheet, [phone.paid(saver, 50) for saver in meeting.savers])
        handover = phone.hand_over([meeting.sheet], 150)["id"]
        branch.authorise(handover, branch.count(handover, 150))

        asked = {"office_id": branch.office_id, "on": "2026-11-24"}
        entries = branch.ask(LIST_ENTRIES, asked, branch.manager)["items"]
        collected = [entry for entry in entries if entry["kind"] == "collection"]
        assert [(entry["business_on"], entry["value_on"]) for entry in collected] == [
            ("2026-11-24", "2026-11-23")
        ]
        book = branch.ask(READ_PASSBOOK, {"member_id": meeting.savers[0].id}, branch.manager)
        assert book["accounts"][0]["balance"] == "50.00"
        branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, branch.manager)
        assert close(branch, 150) == "2026-11-25"

    def test_is_seen_until_the_sheet_is_in_the_book(self, meeting):
        branch, phone = meeting.branch, meeting.phone
        phone.submit(meeting.sheet, [phone.paid(saver, 50) for saver in meeting.savers])
        defer(meeting, cash_overnight="150.00")

        def listed(**asked: Any) -> list[tuple[str, str, str]]:
            found = branch.ask(LIST_DEFERRALS, asked, branch.manager)["items"]
            return [(one["sheet_id"], one["pending"], one["cash_overnight"]) for one in found]

        assert listed(office_id=branch.office_id) == [(meeting.sheet, "150.00", "150.00")]
        assert branch.ask(LIST_SHEETS, {"on": "2026-11-23"}, branch.manager)["items"][0]["deferred"]
        close(branch)
        handover = phone.hand_over([meeting.sheet], 150)["id"]
        branch.authorise(handover, branch.count(handover, 150))
        assert listed() == []
        assert listed(settled=True) == [(meeting.sheet, "150.00", "150.00")]
        assert not branch.ask(LIST_SHEETS, {"on": "2026-11-23"}, branch.manager)["items"][0]["deferred"]

    def test_is_told_to_the_area_which_sees_it_and_cannot_undo_it(self, meeting):
        defer(meeting, cash_overnight="150.00")
        area = area_of(meeting.branch)

        waiting = meeting.branch.ask(LIST_APPROVALS, {}, area)["items"]

        told = next(one for one in waiting if one["kind"] == "deferral")
        assert (told["facts"]["cash_overnight"], told["facts"]["reason"], told["may_decide"]) == (
            "150.00",
            "the ferry did not run",
            True,
        )
        with pytest.raises(DeferralStands):
            meeting.branch.decide(told["id"], area, approve=False, reason="go and get it")
        assert meeting.branch.decide(told["id"], area)["state"] == "approved"

    def test_of_another_day_leaves_this_one(self, meeting):
        other = meeting.branch.open_samity(code="0002")
        meeting.branch.admit(other, 9)
        meeting.branch.ask(LIST_SHEETS, {}, meeting.branch.manager)
        defer(meeting)

        with pytest.raises(DayNotReady) as refusal:
            close(meeting.branch)

        codes = [item["code"] for item in refusal.value.facts["items"]]
        assert codes == ["SHEET_NOT_AUTHORISED"]


@pytest.mark.rule("M3")
class TestRefusals:
    def test_a_sheet_that_is_with_its_cash_is_counted_instead(self, meeting):
        phone = meeting.phone
        phone.submit(meeting.sheet, [phone.paid(saver, 50) for saver in meeting.savers])
        phone.hand_over([meeting.sheet], 150)

        with pytest.raises(SheetNotLate) as refusal:
            defer(meeting)

        assert refusal.value.facts == {"status": "handed_over", "meeting_on": "2026-11-23"}

    def test_a_claim_is_decided_instead(self, meeting):
        asked = {"sheet_id": meeting.sheet, "reason": "flood in the village"}
        meeting.branch.ask(CLAIM_NOT_HELD, asked, meeting.branch.officer)

        with pytest.raises(SheetNotLate):
            defer(meeting)

    def test_a_sheet_of_a_day_to_come_holds_nothing_up(self, meeting):
        listed = meeting.branch.ask(LIST_SHEETS, {}, meeting.branch.manager)["items"]
        ahead = next(item["id"] for item in listed if item["waiting"])

        with pytest.raises(SheetNotLate):
            defer(meeting, ahead)

    def test_nobody_defers_twice_for_a_day(self, meeting):
        defer(meeting)

        with pytest.raises(SheetNotLate):
            defer(meeting)

    @pytest.mark.rule("M8")
    def test_nobody_defers_what_he_collected(self, meeting):
        acting = replace(meeting.branch.manager, person_id=meeting.branch.officer.person_id)

        with pytest.raises(CollectorCounts):
            defer(meeting, by=acting)

    def test_the_same_request_answers_the_same_and_another_one_not(self, meeting):
        deferral_id = new_id()

        assert defer(meeting, id=deferral_id) == defer(meeting, id=deferral_id)
        with pytest.raises(IdConflict):
            defer(meeting, id=deferral_id, reason="another reason")

    @pytest.mark.parametrize("cash", ["-1.00", "10.50", 10])
    def test_cash_is_whole_taka(self, meeting, cash):
        with pytest.raises(InvalidPayload):
            defer(meeting, cash_overnight=cash)

    def test_a_foreign_manager_finds_no_sheet(self, harness, meeting):
        foreign = Branch(harness, path="/HO/B002/")

        with pytest.raises(NotFound):
            defer(meeting, by=foreign.manager)
        assert foreign.ask(LIST_DEFERRALS, {}, foreign.manager)["items"] == []

    def test_what_was_said_stays(self, meeting):
        defer(meeting)

        with (
            pytest.raises(sa.exc.DBAPIError),
            meeting.branch.harness.service().books() as books,
        ):
            books.work.session.execute(sa.update(deferrals).values(on=date(2026, 11, 24)))
