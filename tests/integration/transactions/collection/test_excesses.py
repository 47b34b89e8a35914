"""What was counted too much is given to whose it is, or becomes income after its days (M7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import (
    AlreadyDecided,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    PersonExcluded,
)
from contracts.permissions import Role
from contracts.transactions.collection import LIST_UNALLOCATED, RESOLVE_UNALLOCATED
from contracts.transactions.collection_errors import CollectorCounts
from contracts.transactions.complaints import ANSWER_COMPLAINT
from contracts.transactions.excess_errors import ExcessSmaller, ExcessTooYoung, PassbooksNotSeen
from contracts.transactions.excesses import LIST_EXCESSES, PROPOSE_EXCESS_INCOME, PROPOSE_EXCESS_RETURN
from contracts.transactions.ledger import (
    CONFIRM_VAULT_COUNT,
    PROPOSE_REVERSAL,
    READ_PASSBOOK,
    RECORD_VAULT_COUNT,
)
from contracts.transactions.passbook_checks import LIST_PASSBOOK_CHECKS, RECORD_PASSBOOK_CHECK
from tests.support.carrying import save
from tests.support.field import Branch, new_id, notes
from tests.support.memory import remembered

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.integration.transactions.collection.conftest import Meeting

pytestmark = pytest.mark.rule("M7")

NINETY_DAYS = timedelta(days=90)


@remembered
def counted(meeting: Meeting) -> Meeting:
    """Each of three has brought 100, and fifty more than that were counted."""
    phone, branch = meeting.phone, meeting.branch
    phone.submit(meeting.sheet, [phone.paid(saver, 100) for saver in meeting.savers])
    handover = phone.hand_over([meeting.sheet], 350)["id"]
    branch.authorise(handover, branch.count(handover, 350))
    return meeting


def listed(branch: Branch, *, settled: bool = False) -> list[dict[str, Any]]:
    asked = {"office_id": branch.office_id, "settled": settled}
    items: list[dict[str, Any]] = branch.ask(LIST_EXCESSES, asked, branch.manager)["items"]
    return items


def only(branch: Branch) -> dict[str, Any]:
    (one,) = listed(branch)
    return one


def give(meeting: Meeting, amount: str = "50.00", by: Actor | None = None, **changes: Any) -> dict[str, Any]:
    branch = meeting.branch
    asked = {
        "id": new_id(),
        "excess_id": only(branch)["id"],
        "member_id": meeting.savers[1].id,
        "amount": amount,
        "reason": "her slip says 150",
        **changes,
    }
    return branch.ask(PROPOSE_EXCESS_RETURN, asked, by or branch.accountant)


def to_income(branch: Branch, by: Actor | None = None, **changes: Any) -> dict[str, Any]:
    asked = {"id": new_id(), "excess_id": only(branch)["id"], "reason": "nobody asked for it", **changes}
    return branch.ask(PROPOSE_EXCESS_INCOME, asked, by or branch.accountant)


def drawn_for_it(branch: Branch) -> list[dict[str, Any]]:
    asked = {"office_id": branch.office_id, "month": "2026-11-01"}
    checks = branch.ask(LIST_PASSBOOK_CHECKS, asked, branch.manager)["items"]
    return [check for check in checks if check["excess_id"]]


def see_passbook(meeting: Meeting, balance: str = "100.00") -> None:
    (check,) = drawn_for_it(meeting.branch)
    saver = next(saver for saver in meeting.savers if saver.id == check["member_id"])
    paper = {"account_id": saver.account_id, "balance": balance}
    meeting.branch.ask(RECORD_PASSBOOK_CHECK, {"id": check["id"], "papers": [paper]}, meeting.branch.manager)


def of_the_area(branch: Branch) -> Actor:
    return replace(branch.hire(Role.AREA_MANAGER), office_path="/HO/")


class TestRegister:
    def test_says_what_is_open_and_how_old(self, counted: Meeting) -> None:
        counted.branch.harness.watch.advance(timedelta(days=12))

        one = only(counted.branch)

        assert (one["amount"], one["left"], one["kind"]) == ("50.00", "50.00", "hand_over")
        assert (one["on"], one["days"], one["income_on"]) == ("2026-11-23", 12, "2027-02-21")
        assert one["officer_id"] == counted.branch.officer.person_id
        assert (one["waits"], one["may_be_income"]) == (False, False)
        assert listed(counted.branch, settled=True) == []

    def test_holds_what_a_vault_had_too_much(self, meeting: Meeting) -> None:
        branch, count_id = meeting.branch, new_id()
        count = {"id": count_id, "office_id": branch.office_id, "on": "2026-11-23", "moment": "opening"}
        branch.ask(RECORD_VAULT_COUNT, {**count, "denominations": notes(70)}, branch.accountant)
        branch.ask(CONFIRM_VAULT_COUNT, {"id": count_id, "book_difference": True}, branch.manager)

        one = only(branch)

        assert (one["left"], one["kind"], one["officer_id"], one["passbooks"]) == (
            "70.00",
            "vault_count",
            None,
            0,
        )

    def test_is_of_ones_own_offices(self, counted: Meeting) -> None:
        stranger = replace(counted.branch.manager, office_path="/HO/B999/")

        with pytest.raises(NotFound):
            counted.branch.ask(LIST_EXCESSES, {"office_id": counted.branch.office_id}, stranger)


@pytest.mark.rule("P5")
class TestPassbooks:
    def test_are_drawn_of_the_samities_it_came_from(self, counted: Meeting) -> None:
        other = counted.branch.open_samity(code="0002")
        counted.branch.admit(other, 9)

        (check,) = drawn_for_it(counted.branch)

        assert check["member_id"] in {saver.id for saver in counted.savers}
        assert check["excess_id"] == only(counted.branch)["id"]
        assert check["state"] == "waiting"
        assert (only(counted.branch)["passbooks"], only(counted.branch)["passbooks_open"]) == (1, 1)
        see_passbook(counted)
        assert only(counted.branch)["passbooks_open"] == 0

    @pytest.mark.rule("M12")
    def test_are_drawn_also_where_a_row_was_never_received(self, meeting: Meeting) -> None:
        phone, branch = meeting.phone, meeting.branch
        phone.submit(meeting.sheet, [phone.paid(saver, 100) for saver in meeting.savers])
        handover = phone.hand_over([meeting.sheet], 300)["id"]
        branch.authorise(handover, branch.count(handover, 300))
        book = branch.ask(READ_PASSBOOK, {"member_id": meeting.savers[0].id}, branch.manager)
        (line,) = book["lines"]
        request = {"id": new_id(), "entry_id": line["entry_id"], "row_id": line["row_id"]}
        why = {"kind": "never_received", "reason": "she was away", "evidence": "her thumb"}
        branch.ask(PROPOSE_REVERSAL, {**request, **why}, branch.accountant)

        branch.decide(request["id"])

        one = only(branch)
        assert (one["id"], one["left"], one["kind"]) == (request["id"], "100.00", "reversal")
        assert [check["excess_id"] for check in drawn_for_it(branch)] == [request["id"]]

    def test_are_not_drawn_where_the_cash_is_right(self, meeting: Meeting) -> None:
        phone, branch = meeting.phone, meeting.branch
        phone.submit(meeting.sheet, [phone.paid(saver, 100) for saver in meeting.savers])
        handover = phone.hand_over([meeting.sheet], 300)["id"]
        branch.authorise(handover, branch.count(handover, 290))

        assert drawn_for_it(branch) == []
        assert listed(branch) == []

    @pytest.mark.rule("P4")
    def test_hold_income_up_until_what_differs_is_answered(self, counted: Meeting) -> None:
        branch = counted.branch
        see_passbook(counted, "150.00")
        branch.harness.watch.advance(NINETY_DAYS)
        assert only(branch)["passbooks_open"] == 1
        with pytest.raises(PassbooksNotSeen):
            to_income(branch)

        (check,) = drawn_for_it(branch)
        found = {"outcome": "book_right", "answer": "She had the page of another month"}
        branch.ask(ANSWER_COMPLAINT, {"id": check["complaint_id"], **found}, of_the_area(branch))

        assert (only(branch)["passbooks_open"], only(branch)["may_be_income"]) == (0, True)

    def test_are_seen_by_nobody_who_brought_the_cash(self, counted: Meeting) -> None:
        himself = replace(counted.branch.manager, person_id=counted.branch.officer.person_id)
        (check,) = drawn_for_it(counted.branch)
        papers = [{"account_id": new_id(), "balance": "100.00"}]

        with pytest.raises(PersonExcluded):
            counted.branch.ask(RECORD_PASSBOOK_CHECK, {"id": check["id"], "papers": papers}, himself)


class TestGivingBack:
    def test_makes_it_hers_once_another_person_agrees(self, counted: Meeting) -> None:
        branch, saver = counted.branch, counted.savers[1]
        proposed = give(counted)
        assert only(branch)["waits"]
        assert branch.balances()["2220"] == "50.00"

        branch.decide(proposed["id"])

        after = branch.balances()
        assert (after["2220"], after["2210"]) == ("0.00", "50.00")
        assert listed(branch) == []
        assert [one["left"] for one in listed(branch, settled=True)] == ["0.00"]
        pending = [
            line
            for line in branch.ask(READ_PASSBOOK, {"member_id": saver.id}, branch.manager)["lines"]
            if line["status"] == "pending"
        ]
        assert [(line["amount"], line["reason"]) for line in pending] == [("50.00", "FOUND_IN_EXCESS")]

    @pytest.mark.parametrize("to_account", [True, False])
    def test_ends_on_her_account_or_in_her_hand(self, counted: Meeting, to_account: bool) -> None:
        branch, saver = counted.branch, counted.savers[1]
        branch.decide(give(counted)["id"])
        (waiting,) = branch.ask(LIST_UNALLOCATED, {"office_id": branch.office_id}, branch.manager)["items"]
        assert (waiting["member_id"], waiting["value_on"], waiting["state"]) == (
            saver.id,
            "2026-11-23",
            "open",
        )

        way = {"to_account_id": saver.account_id} if to_account else {"refund": True}
        asked = {"id": waiting["id"], "reason": "as she wishes", **way}
        branch.ask(RESOLVE_UNALLOCATED, asked, branch.manager)

        after = branch.balances()
        there = ("350.00", "350.00", "0.00") if to_account else ("300.00", "300.00", "0.00")
        assert (after["1110"], after["2110"], after["2210"]) == there

    def test_may_be_to_several_but_of_no_more_than_there_is(self, counted: Meeting) -> None:
        branch = counted.branch
        branch.decide(give(counted, "20.00")["id"])
        assert (only(branch)["amount"], only(branch)["left"]) == ("50.00", "30.00")
        with pytest.raises(ExcessSmaller) as refusal:
            give(counted, "31.00")
        assert refusal.value.facts == {"left": "30.00"}
        first, second = (give(counted, "30.00", member_id=counted.savers[n].id) for n in (0, 2))

        branch.decide(first["id"])

        assert listed(branch) == []
        with pytest.raises(AlreadyDecided):
            branch.decide(second["id"])
        assert branch.balances()["2210"] == "50.00"

    @pytest.mark.rule("M8")
    def test_is_not_asked_for_or_decided_by_whoever_may_not(self, counted: Meeting) -> None:
        branch = counted.branch
        officer = replace(branch.accountant, person_id=branch.officer.person_id)
        with pytest.raises(CollectorCounts):
            give(counted, by=officer)
        kin = branch.hire(Role.ACCOUNTANT, excluded=(counted.savers[1].id,))
        with pytest.raises(PersonExcluded):
            give(counted, by=kin)
        proposed = give(counted, by=branch.manager)
        with pytest.raises(MakerIsChecker):
            branch.decide(proposed["id"])
        with pytest.raises(CollectorCounts):
            branch.decide(proposed["id"], replace(branch.manager, person_id=branch.officer.person_id))
        assert branch.balances()["2220"] == "50.00"

    def test_is_to_a_member_of_the_branch(self, counted: Meeting) -> None:
        branch = counted.branch
        branch.tell_member(counted.savers[1], counted.samity, branch_id=new_id(), version=2)

        with pytest.raises(InvalidPayload):
            give(counted)

    def test_asked_again_is_the_same_and_otherwise_a_conflict(self, counted: Meeting) -> None:
        request_id = new_id()
        first = give(counted, id=request_id)

        assert give(counted, id=request_id) == first
        with pytest.raises(IdConflict):
            give(counted, "49.00", id=request_id)

    def test_declined_changes_nothing(self, counted: Meeting) -> None:
        counted.branch.decide(give(counted)["id"], approve=False, reason="her book says 100")

        assert (only(counted.branch)["left"], only(counted.branch)["waits"]) == ("50.00", False)

    def test_of_an_entry_without_excess_is_not_found(self, counted: Meeting) -> None:
        save(counted.branch, counted.savers[0], 10)

        with pytest.raises(NotFound):
            give(counted, excess_id=new_id())


class TestIncome:
    def test_is_refused_before_ninety_days(self, counted: Meeting) -> None:
        see_passbook(counted)
        counted.branch.harness.watch.advance(NINETY_DAYS - timedelta(days=1))

        with pytest.raises(ExcessTooYoung) as refusal:
            to_income(counted.branch)

        assert refusal.value.facts == {"from_on": "2027-02-21"}

    def test_is_refused_while_a_passbook_waits(self, counted: Meeting) -> None:
        counted.branch.harness.watch.advance(NINETY_DAYS)

        with pytest.raises(PassbooksNotSeen):
            to_income(counted.branch)

    def test_is_what_is_left_once_the_area_agrees(self, counted: Meeting) -> None:
        branch = counted.branch
        branch.decide(give(counted, "20.00")["id"])
        see_passbook(counted)
        branch.harness.watch.advance(NINETY_DAYS)
        assert only(branch)["may_be_income"]
        proposed = to_income(branch)
        with pytest.raises(Forbidden):
            branch.decide(proposed["id"])

        branch.decide(proposed["id"], of_the_area(branch))

        after = branch.balances()
        assert (after["2220"], after["4520"], after["2210"]) == ("0.00", "30.00", "20.00")
        assert listed(branch) == []
