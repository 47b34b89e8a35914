"""Cash is counted by denomination and posted with all its sheets, or not at all."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from contracts.errors import IdConflict, InvalidPayload, MakerIsChecker, NotFound, PersonExcluded
from contracts.permissions import Role
from contracts.transactions.collection import (
    CHECK_SHEET,
    COUNT_HANDOVER,
    GET_HANDOVER,
    ISSUE_SPECIAL_SHEET,
    LIST_HANDOVERS,
    LIST_SHEETS,
    RETURN_ROWS,
    SHEET_AUTHORISED,
)
from contracts.transactions.collection_errors import (
    CollectorCounts,
    CountOutdated,
    HandoverAuthorised,
    NotOneCollector,
    SheetHandedOver,
    SheetNotAuthorised,
    SheetNotSubmitted,
    SheetWaits,
    ShortageStands,
)
from contracts.transactions.ledger import CLOSE_DAY, LIST_APPROVALS, PROPOSE_REVERSAL
from contracts.transactions.ledger_errors import DayNotReady
from tests.support.field import Branch, again, new_id, notes, outcomes
from tests.support.memory import remembered


@remembered
def submitted(meeting):
    """A complete sheet of 300 taka."""
    rows = [meeting.phone.paid(saver, 100) for saver in meeting.savers]
    meeting.phone.submit(meeting.sheet, rows)
    return rows


def declare(meeting, taka=300):
    return meeting.phone.hand_over([meeting.sheet], taka)["id"]


@pytest.mark.rule("M7")
class TestDeclaring:
    def test_puts_several_sheets_into_one(self, meeting, submitted):
        other_samity = meeting.branch.open_samity(code="0002")
        saver = meeting.branch.admit(other_samity, 9)
        other = meeting.branch.sheet_of(other_samity)
        meeting.phone.hold(other)
        meeting.phone.submit(other, [meeting.phone.paid(saver, 25)])

        handover = meeting.phone.hand_over([meeting.sheet, other], 325)

        assert (handover["number"], handover["expected"], handover["status"]) == (1, "325.00", "declared")
        assert {sheet["status"] for sheet in handover["sheets"]} == {"handed_over"}

    def test_the_same_request_declares_once(self, meeting, submitted):
        handover_id = new_id()

        first = meeting.phone.hand_over([meeting.sheet], 300, handover_id)
        second = meeting.phone.hand_over([meeting.sheet], 300, handover_id)

        assert first == second
        with pytest.raises(IdConflict):
            meeting.phone.hand_over([meeting.sheet], 299, handover_id)

    def test_numbers_follow_each_other(self, meeting, submitted):
        declare(meeting)
        asked = {"id": new_id(), "samity_id": meeting.samity, "on": "2026-11-23"}
        special = meeting.branch.ask(ISSUE_SPECIAL_SHEET, asked, meeting.branch.officer)["id"]
        meeting.phone.hold(special)
        meeting.phone.submit(special, [meeting.phone.paid(meeting.savers[0], 10)])

        assert meeting.phone.hand_over([special], 10)["number"] == 2

    def test_an_incomplete_sheet_is_refused(self, meeting):
        meeting.phone.submit(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 100)])

        with pytest.raises(SheetNotSubmitted):
            declare(meeting, 100)

    def test_a_sheet_is_in_one_handover(self, meeting, submitted):
        declare(meeting)

        with pytest.raises(SheetHandedOver):
            declare(meeting)

    @pytest.mark.rule("M4")
    def test_a_sheet_waits_for_its_day(self, meeting):
        asked = {"id": new_id(), "samity_id": meeting.samity, "on": "2026-11-24"}
        special = meeting.branch.ask(ISSUE_SPECIAL_SHEET, asked, meeting.branch.officer)["id"]
        meeting.phone.hold(special)
        meeting.phone.submit(special, [meeting.phone.paid(meeting.savers[0], 10)])

        with pytest.raises(SheetWaits):
            meeting.phone.hand_over([special], 10)

    def test_another_officers_money_is_not_his(self, meeting, submitted):
        successor = meeting.branch.hire(Role.FIELD_OFFICER)
        meeting.branch.open_samity(successor, id=meeting.samity, version=2)

        with pytest.raises(NotOneCollector):
            meeting.branch.phone(successor).hand_over([meeting.sheet], 300)


@pytest.mark.rule("M7")
class TestCounting:
    def test_a_count_stays(self, meeting, submitted):
        handover = declare(meeting)
        count = meeting.branch.count(handover, 290)

        with pytest.raises(IdConflict):
            meeting.branch.count(handover, 300, count_id=count)
        meeting.branch.harness.watch.advance(timedelta(minutes=5))
        meeting.branch.count(handover, 300)

        shown = meeting.branch.ask(GET_HANDOVER, {"id": handover}, meeting.branch.manager)
        assert [(one["total"], one["difference"]) for one in shown["counts"]] == [
            ("290.00", "-10.00"),
            ("300.00", "0.00"),
        ]

    def test_the_same_count_is_saved_once(self, meeting, submitted):
        handover = declare(meeting)
        count = meeting.branch.count(handover, 300)

        meeting.branch.count(handover, 300, count_id=count)

        shown = meeting.branch.ask(GET_HANDOVER, {"id": handover}, meeting.branch.manager)
        assert len(shown["counts"]) == 1
        assert shown["counts"][0]["denominations"]["100"] == 1
        assert shown["counts"][0]["denominations"]["200"] == 1

    @pytest.mark.parametrize("slip", [{"300": 1}, {"100": -1}, {"100": "1"}, {"100": 1.5}])
    def test_only_existing_notes_are_counted(self, meeting, submitted, slip):
        asked = {"handover_id": declare(meeting), "count_id": new_id(), "denominations": slip}

        with pytest.raises((InvalidPayload, TypeError)):
            meeting.branch.ask(COUNT_HANDOVER, asked, meeting.branch.accountant)

    @pytest.mark.rule("M8")
    def test_nobody_counts_what_he_collected(self, meeting, submitted):
        himself = replace(meeting.branch.accountant, person_id=meeting.branch.officer.person_id)

        with pytest.raises(CollectorCounts):
            meeting.branch.count(declare(meeting), 300, himself)

    @pytest.mark.rule("M8")
    def test_nobody_counts_kins_money(self, meeting, submitted):
        kin = meeting.branch.hire(Role.ACCOUNTANT, excluded=(meeting.savers[1].id,))

        with pytest.raises(PersonExcluded):
            meeting.branch.count(declare(meeting), 300, kin)


@pytest.mark.rule("M7")
class TestAuthorising:
    def test_what_is_short_the_officer_owes_and_the_manager_accepts(self, meeting, submitted):
        handover = declare(meeting)

        posted = meeting.branch.authorise(handover, meeting.branch.count(handover, 280))

        assert posted["difference"] == "-20.00"
        balances = meeting.branch.balances()
        assert (balances["1110"], balances["1210"], balances["2110"]) == ("280.00", "20.00", "300.00")
        assert balances.get("1120", "0.00") == "0.00"
        waiting = meeting.branch.ask(LIST_APPROVALS, {}, meeting.branch.manager)["items"]
        assert [(one["id"], one["kind"]) for one in waiting] == [(posted["approval_id"], "shortage")]
        with pytest.raises(ShortageStands):
            meeting.branch.decide(posted["approval_id"], approve=False, reason="count again")
        meeting.branch.decide(posted["approval_id"])
        assert meeting.branch.ask(LIST_APPROVALS, {}, meeting.branch.manager)["items"] == []

    def test_what_is_too_much_is_a_liability_and_no_income(self, meeting, submitted):
        handover = declare(meeting)

        posted = meeting.branch.authorise(handover, meeting.branch.count(handover, 305))

        balances = meeting.branch.balances()
        assert (balances["1110"], balances["2220"], balances["2110"]) == ("305.00", "5.00", "300.00")
        assert posted["approval_id"] is None

    def test_nothing_counted_at_all_is_owed_whole(self, meeting, submitted):
        handover = declare(meeting)
        meeting.branch.authorise(handover, meeting.branch.count(handover, 0))

        balances = meeting.branch.balances()
        assert (balances.get("1110", "0.00"), balances["1210"]) == ("0.00", "300.00")

    def test_a_sheet_without_money_is_authorised_without_an_entry(self, meeting):
        meeting.phone.submit(meeting.sheet, [meeting.phone.nothing(saver) for saver in meeting.savers])
        handover = declare(meeting, 0)

        posted = meeting.branch.authorise(handover, meeting.branch.count(handover, 0))

        assert posted["sheets"][0]["status"] == "authorised"
        told = meeting.branch.harness.told(SHEET_AUTHORISED)[0]
        assert [line["nothing_received"] for line in told["lines"]] == ["absent"] * 3

    def test_the_same_request_posts_once(self, meeting, submitted):
        handover = declare(meeting)
        count = meeting.branch.count(handover, 300)

        first = meeting.branch.authorise(handover, count)
        second = meeting.branch.authorise(handover, count)

        assert first == second
        assert meeting.branch.balances()["2110"] == "300.00"
        assert len(meeting.branch.harness.told(SHEET_AUTHORISED)) == 1

    def test_another_person_afterwards_is_told_so(self, meeting, submitted):
        handover = declare(meeting)
        count = meeting.branch.count(handover, 300)
        meeting.branch.authorise(handover, count)

        with pytest.raises(HandoverAuthorised):
            meeting.branch.authorise(handover, count, meeting.branch.manager)
        with pytest.raises(HandoverAuthorised):
            meeting.branch.count(handover, 300)

    def test_a_count_before_a_change_is_outdated(self, meeting, submitted):
        handover = declare(meeting)
        count = meeting.branch.count(handover, 300)
        returned = {
            "sheet_id": meeting.sheet,
            "rows": [{"row_id": submitted[0]["row_id"], "reason": "passbook says 90"}],
        }
        meeting.branch.ask(RETURN_ROWS, returned, meeting.branch.accountant)

        with pytest.raises(SheetNotSubmitted):
            meeting.branch.authorise(handover, count)
        meeting.phone.submit(
            meeting.sheet, [again(submitted[0], amount="90.00", change_reason="passbook says 90")]
        )
        with pytest.raises(CountOutdated):
            meeting.branch.authorise(handover, count)
        posted = meeting.branch.authorise(handover, meeting.branch.count(handover, 290))
        assert (posted["expected"], posted["difference"]) == ("290.00", "0.00")

    def test_a_count_of_another_handover_counts_for_nothing(self, meeting, submitted):
        with pytest.raises(CountOutdated):
            meeting.branch.authorise(declare(meeting), new_id())

    @pytest.mark.rule("M5")
    def test_money_that_comes_afterwards_is_compared(self, meeting, submitted):
        handover = declare(meeting)
        meeting.branch.authorise(handover, meeting.branch.count(handover, 300))

        late = meeting.phone.paid(meeting.savers[0], 10, second_payment=True)
        answer = meeting.phone.submit(meeting.sheet, [late])

        assert outcomes(answer) == [("compare", "SHEET_CLOSED")]

    @pytest.mark.rule("M2")
    def test_an_entry_bears_the_open_day_and_the_meetings_day(self, meeting, submitted):
        handover = declare(meeting)
        meeting.branch.authorise(handover, meeting.branch.count(handover, 300))

        told = meeting.branch.harness.told(SHEET_AUTHORISED)[0]
        assert (str(told["business_on"]), str(told["value_on"])) == ("2026-11-23", "2026-11-23")

    @pytest.mark.rule("M8")
    def test_the_manager_counts_when_the_accountant_is_away(self, meeting, submitted):
        handover = declare(meeting)
        count = meeting.branch.count(handover, 300, meeting.branch.manager)

        posted = meeting.branch.authorise(handover, count, meeting.branch.manager)

        assert posted["status"] == "authorised"
        with pytest.raises(MakerIsChecker):
            meeting.branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, meeting.branch.manager)
        area = replace(meeting.branch.hire(Role.AREA_MANAGER), office_path="/HO/")
        assert meeting.branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, area)["checked"] is True


@pytest.mark.rule("M8")
class TestChecking:
    def test_waits_for_the_book(self, meeting, submitted):
        with pytest.raises(SheetNotAuthorised):
            meeting.branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, meeting.branch.manager)

    def test_is_not_for_who_counted_in_another_role(self, meeting, submitted):
        handover = declare(meeting)
        meeting.branch.authorise(handover, meeting.branch.count(handover, 300))
        acting = replace(meeting.branch.manager, person_id=meeting.branch.accountant.person_id)

        with pytest.raises(MakerIsChecker):
            meeting.branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, acting)

    def test_the_counter_accepts_no_shortage(self, meeting, submitted):
        handover = declare(meeting)
        posted = meeting.branch.authorise(
            handover, meeting.branch.count(handover, 280, meeting.branch.manager)
        )

        with pytest.raises(MakerIsChecker):
            meeting.branch.decide(posted["approval_id"])


class TestScope:
    def test_an_officer_sees_his_own_handovers(self, meeting, submitted):
        declare(meeting)
        other = meeting.branch.hire(Role.FIELD_OFFICER)

        assert meeting.branch.ask(LIST_HANDOVERS, {}, other)["items"] == []
        assert len(meeting.branch.ask(LIST_HANDOVERS, {}, meeting.branch.officer)["items"]) == 1

    def test_a_foreign_branch_counts_nothing(self, harness, meeting, submitted):
        handover = declare(meeting)
        foreign = Branch(harness, path="/HO/B002/")

        with pytest.raises(NotFound):
            meeting.branch.count(handover, 300, foreign.accountant)
        with pytest.raises(NotFound):
            meeting.branch.authorise(handover, new_id(), foreign.accountant)


class TestClosing:
    def missing(self, meeting):
        asked = {"office_id": meeting.branch.office_id, "on": "2026-11-23"}
        with pytest.raises(DayNotReady) as refusal:
            meeting.branch.ask(CLOSE_DAY, asked, meeting.branch.manager)
        codes = (item["code"] for item in refusal.value.facts["items"])
        return {code for code in codes if not code.startswith("VAULT")}

    @pytest.mark.rule("M10")
    def test_waits_for_every_sheet_of_the_day(self, meeting):
        assert self.missing(meeting) == {"SHEET_NOT_AUTHORISED"}

    @pytest.mark.rule("M7")
    def test_waits_for_the_handover(self, meeting, submitted):
        declare(meeting)

        assert self.missing(meeting) == {"SHEET_NOT_AUTHORISED", "HANDOVER_NOT_AUTHORISED"}

    @pytest.mark.rule("M8")
    def test_waits_for_the_check_and_for_the_shortage(self, meeting, submitted):
        handover = declare(meeting)
        meeting.branch.authorise(handover, meeting.branch.count(handover, 280))

        assert self.missing(meeting) == {"SHEET_NOT_CHECKED", "SHORTAGE_NOT_ACCEPTED"}

    def test_does_not_wait_for_an_unused_special_sheet(self, meeting, submitted):
        asked = {"id": new_id(), "samity_id": meeting.samity, "on": "2026-11-23"}
        meeting.branch.ask(ISSUE_SPECIAL_SHEET, asked, meeting.branch.officer)
        handover = declare(meeting)
        meeting.branch.authorise(handover, meeting.branch.count(handover, 300))
        meeting.branch.ask(CHECK_SHEET, {"sheet_id": meeting.sheet}, meeting.branch.manager)

        assert self.missing(meeting) == set()


def test_notes_of_the_tests_make_the_amount():
    assert sum(int(face) * count for face, count in notes(1388).items()) == 1388


@pytest.mark.rule("M14")
class TestMobileMoneyOnASheet:
    """What a member sent by telephone is on her sheet and in her book, and in nobody's hands."""

    @pytest.fixture
    def submitted(self, meeting):
        first, second, third = meeting.savers
        rows = [
            meeting.phone.paid(first, 90),
            meeting.phone.paid(second, 400, paid_by="mobile_money"),
            meeting.phone.nothing(third),
        ]
        meeting.phone.submit(meeting.sheet, rows)
        return rows

    def test_only_notes_are_asked_of_the_officer(self, meeting, submitted):
        today = {"on": meeting.branch.on.isoformat()}
        (sheet,) = meeting.branch.ask(LIST_SHEETS, today, meeting.phone.actor)["items"]
        assert (sheet["total"], sheet["cash"]) == ("490.00", "90.00")
        handover = meeting.phone.hand_over([meeting.sheet], 90)
        assert handover["expected"] == "90.00"

    def test_is_booked_where_the_provider_holds_it(self, meeting, submitted):
        handover = meeting.phone.hand_over([meeting.sheet], 90)
        answer = meeting.branch.authorise(handover["id"], meeting.branch.count(handover["id"], 90))
        assert answer["difference"] == "0.00"
        balances = meeting.branch.balances()
        assert (balances["1110"], balances["1140"], balances["2110"]) == ("90.00", "400.00", "490.00")
        assert balances.get("1120", "0.00") == "0.00"

    def test_that_never_came_is_a_claim_on_nobody(self, meeting, submitted):
        handover = meeting.phone.hand_over([meeting.sheet], 90)
        meeting.branch.authorise(handover["id"], meeting.branch.count(handover["id"], 90))
        asked = {
            "id": new_id(),
            "entry_id": str(uuid5(UUID(meeting.sheet), "collection")),
            "row_id": submitted[1]["row_id"],
            "kind": "never_received",
            "reason": "not on the provider's statement",
            "evidence": "statement of 23-11",
        }
        meeting.branch.ask(PROPOSE_REVERSAL, asked, meeting.branch.accountant)
        meeting.branch.decide(asked["id"])
        balances = meeting.branch.balances()
        assert (balances["1110"], balances["2110"]) == ("90.00", "90.00")
        assert balances.get("1140", "0.00") == balances.get("1210", "0.00") == "0.00"
