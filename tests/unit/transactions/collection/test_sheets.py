"""A sheet's life as values: who holds it, when it is complete, who may check it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import MakerIsChecker
from contracts.transactions.collection_errors import (
    CollectorCounts,
    DayOutOfReach,
    RowNotReturnable,
    SheetClosed,
    SheetHasMoney,
    SheetHeld,
    SheetNotAuthorised,
    TakeOverReasonMissing,
)
from contracts.transactions.collection_words import RowCode, RowState, SheetKind, SheetStatus
from tests.unit.transactions.collection.test_rows import nothing, paid
from transactions.domain.rows import StandingRow
from transactions.domain.sheets import (
    Expected,
    Holder,
    Sheet,
    after_submission,
    assign,
    check,
    claim_not_held,
    decide_not_held,
    hold,
    meeting_days,
    missing_of,
    reach,
    regular_sheet_id,
    regular_sheets,
    return_row,
    special_sheet,
    waits,
    weekday_number,
    why_not_holder,
)

MONDAY = date(2026, 11, 23)
RAHIM, KARIM = Holder("rahim", "phone-1"), Holder("rahim", "phone-2")


def sheet(**changes):
    blank = Sheet(
        id="11111111-1111-4111-8111-111111111111",
        samity_id="samity",
        office_id="office",
        kind=SheetKind.REGULAR,
        meeting_on=MONDAY,
        status=SheetStatus.ISSUED,
    )
    return replace(blank, **changes)


class TestCalendar:
    @pytest.mark.parametrize(
        ("on", "number"),
        [
            (date(2026, 11, 21), 1),  # a Saturday
            (date(2026, 11, 22), 2),
            (date(2026, 11, 23), 3),
            (date(2026, 11, 26), 6),
            (date(2026, 11, 27), 7),  # a Friday
        ],
    )
    def test_the_week_begins_on_saturday(self, on, number):
        assert weekday_number(on) == number

    def test_nobody_meets_on_a_friday_or_a_holiday(self):
        days = meeting_days(MONDAY, MONDAY + timedelta(days=6), {date(2026, 11, 25)})

        assert [day.day for day in days] == [23, 24, 26, 28, 29]

    @pytest.mark.rule("M4")
    def test_sheets_follow_from_samity_and_day(self):
        days = meeting_days(MONDAY, MONDAY + timedelta(days=7))

        first = regular_sheets("office", {"a": 3, "b": 4}, days)
        second = regular_sheets("office", {"b": 4, "a": 3}, days)

        assert {one.id for one in first} == {one.id for one in second}
        assert sorted((one.samity_id, one.meeting_on.day) for one in first) == [
            ("a", 23),
            ("a", 30),
            ("b", 24),
        ]

    @given(other=st.dates())
    def test_one_samity_has_one_sheet_a_day(self, other):
        same = regular_sheet_id("samity", MONDAY) == regular_sheet_id("samity", other)

        assert same == (other == MONDAY)

    @pytest.mark.rule("M17")
    def test_a_branch_behind_the_calendar_goes_on(self):
        assert reach(MONDAY, MONDAY + timedelta(days=3)) == (MONDAY, MONDAY + timedelta(days=10))
        assert reach(MONDAY, MONDAY - timedelta(days=3)) == (MONDAY, MONDAY + timedelta(days=7))

    @pytest.mark.rule("M4")
    @pytest.mark.parametrize(("open_on", "waiting"), [(None, True), (MONDAY, False)])
    def test_a_sheet_waits_for_its_day(self, open_on, waiting):
        assert waits(MONDAY, open_on) is waiting
        assert waits(MONDAY + timedelta(days=1), MONDAY)

    def test_a_special_sheet_is_within_reach(self):
        days = (MONDAY, MONDAY + timedelta(days=7))

        assert special_sheet("id", "samity", "office", MONDAY, days).kind is SheetKind.SPECIAL
        for outside in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=8)):
            with pytest.raises(DayOutOfReach):
                special_sheet("id", "samity", "office", outside, days)


@pytest.mark.rule("M4")
class TestHolding:
    def test_the_first_device_begins(self):
        held = hold(sheet(), RAHIM)

        assert (held.epoch, held.status, held.holder) == (1, SheetStatus.COLLECTING, RAHIM)
        assert hold(held, RAHIM) == held

    def test_another_device_takes_over_with_a_reason(self):
        held = hold(sheet(), RAHIM)

        with pytest.raises(SheetHeld):
            hold(held, KARIM)
        with pytest.raises(TakeOverReasonMissing):
            hold(held, KARIM, take_over=True)
        assert hold(held, KARIM, take_over=True, reason="broken").epoch == 2

    def test_another_person_takes_no_money_over(self):
        held = replace(hold(sheet(), RAHIM), collected_by="rahim")

        with pytest.raises(SheetHasMoney):
            hold(held, Holder("salma", "phone-3"), take_over=True, reason="he is ill")
        with pytest.raises(SheetHasMoney):
            assign(held, "salma")

    @pytest.mark.rule("P8")
    def test_an_assigned_sheet_is_the_substitutes(self):
        assigned = assign(hold(sheet(), RAHIM), "salma")

        assert (assigned.epoch, assigned.holder) == (2, None)
        with pytest.raises(SheetHeld):
            hold(assigned, RAHIM, take_over=True, reason="mine")
        assert hold(assigned, Holder("salma", "phone-3")).epoch == 3

    @pytest.mark.parametrize("status", [SheetStatus.AUTHORISED, SheetStatus.NOT_HELD])
    def test_a_closed_sheet_is_held_by_nobody(self, status):
        with pytest.raises(SheetClosed):
            hold(sheet(status=status), RAHIM)
        with pytest.raises(SheetClosed):
            assign(sheet(status=status), "salma")
        assert why_not_holder(sheet(status=status), RAHIM, 1) is RowCode.SHEET_CLOSED

    def test_only_the_holder_in_his_epoch_writes(self):
        held = hold(sheet(), RAHIM)

        assert why_not_holder(held, RAHIM, 1) is None
        assert why_not_holder(held, RAHIM, 0) is RowCode.OLD_EPOCH
        assert why_not_holder(held, KARIM, 1) is RowCode.NOT_THE_HOLDER
        assert why_not_holder(sheet(), RAHIM, 0) is RowCode.NOT_THE_HOLDER


pending = StandingRow(paid(), RowState.PENDING)
returned = StandingRow(paid(), RowState.RETURNED)


@pytest.mark.rule("M10")
class TestCompleteness:
    def test_untouched_is_never_zero(self):
        held = hold(sheet(), RAHIM)

        assert after_submission(held, [pending], missing=True).status is SheetStatus.COLLECTING
        assert after_submission(held, [], missing=False).status is SheetStatus.COLLECTING
        assert after_submission(held, [pending], missing=False).status is SheetStatus.SUBMITTED

    def test_once_complete_it_stays_so(self):
        submitted = sheet(status=SheetStatus.SUBMITTED)

        assert after_submission(submitted, [pending], missing=True).status is SheetStatus.SUBMITTED

    def test_a_returned_row_holds_it_back(self):
        handed_over = sheet(status=SheetStatus.RETURNED, handover_id="h")

        waiting = after_submission(handed_over, [returned], missing=False)
        answered = after_submission(handed_over, [pending], missing=False)

        assert (waiting.status, answered.status) == (SheetStatus.RETURNED, SheetStatus.HANDED_OVER)

    def test_what_is_missing_is_every_account_without_a_row(self):
        expected = [account("amina"), account("beli"), account("chaya", opened_on=date(2026, 11, 24))]

        missing = missing_of(sheet(), expected, [StandingRow(nothing(), RowState.PENDING)])

        assert [one.member_id for one in missing] == ["beli"]
        assert missing_of(sheet(kind=SheetKind.SPECIAL), expected, []) == ()


def account(member, opened_on=None):
    return Expected(
        member_id=member,
        account_id=f"{member}-savings",
        office_id="office",
        ledger="2110",
        opened_on=opened_on,
    )


@pytest.mark.rule("M10")
class TestNotHeld:
    def test_is_claimed_once_and_decided(self):
        claimed = claim_not_held(hold(sheet(), RAHIM), [StandingRow(nothing(), RowState.PENDING)])

        assert claimed.status is SheetStatus.NOT_HELD_CLAIMED
        assert claim_not_held(claimed, []) == claimed
        assert decide_not_held(claimed, approve=True).status is SheetStatus.NOT_HELD
        assert decide_not_held(claimed, approve=False).status is SheetStatus.COLLECTING

    def test_declined_before_anybody_held_it_is_issued_again(self):
        claimed = claim_not_held(sheet(), [])

        assert decide_not_held(claimed, approve=False).status is SheetStatus.ISSUED

    def test_money_says_that_it_was_held(self):
        with pytest.raises(SheetHasMoney):
            claim_not_held(sheet(status=SheetStatus.COLLECTING), [pending])
        with pytest.raises(SheetHasMoney):
            decide_not_held(sheet(status=SheetStatus.SUBMITTED), approve=True)
        submitted = sheet(status=SheetStatus.SUBMITTED)
        assert decide_not_held(submitted, approve=False) == submitted

    def test_a_complete_sheet_was_held(self):
        with pytest.raises(SheetClosed):
            claim_not_held(sheet(status=SheetStatus.HANDED_OVER), [])


@pytest.mark.rule("M8")
class TestChecking:
    posted = sheet(
        status=SheetStatus.AUTHORISED,
        collected_by="rahim",
        counted_by="anwara",
        authorised_by="anwara",
    )

    def test_is_a_third_persons(self):
        assert check(self.posted, "manager").checked_by == "manager"

    def test_the_first_mark_stays(self):
        checked = check(self.posted, "manager")

        assert check(checked, "area") == checked

    @pytest.mark.parametrize(("person", "refusal"), [("rahim", CollectorCounts), ("anwara", MakerIsChecker)])
    def test_is_not_theirs(self, person, refusal):
        with pytest.raises(refusal):
            check(self.posted, person)

    def test_waits_for_the_book(self):
        with pytest.raises(SheetNotAuthorised):
            check(sheet(status=SheetStatus.HANDED_OVER), "manager")


@pytest.mark.rule("M5")
class TestReturning:
    submitted = sheet(status=SheetStatus.SUBMITTED)

    def test_keeps_her_money_on_its_way(self):
        back = return_row(pending, self.submitted, "r1", "look again")

        assert (back.state, back.return_reason, back.expects) == (
            RowState.RETURNED,
            "look again",
            pending.expects,
        )

    @pytest.mark.parametrize(
        ("row", "of"),
        [
            (None, submitted),
            (StandingRow(paid(), RowState.AUTHORISED), submitted),
            (pending, sheet(status=SheetStatus.COLLECTING)),
        ],
    )
    def test_needs_a_row_that_waits_on_a_complete_sheet(self, row, of):
        with pytest.raises(RowNotReturnable):
            return_row(row, of, "r1", "look again")
