"""A branch's old books: every fault at once, two people, then all of it or nothing (P13)."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from inspect import unwrap
from typing import TYPE_CHECKING, Any

import pytest

from accounts.batch.duties import AccountsBatch
from chassis.rounds import Step
from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER, LIST_APPROVALS, LIST_MEMBERS
from contracts.accounts.cut_over_errors import CutOverElsewhere
from contracts.accounts.cut_overs import (
    ADD_CUT_OVER_ROWS,
    CHECK_CUT_OVER,
    GET_CUT_OVER,
    LIST_CUT_OVER_FAULTS,
    OPEN_CUT_OVER,
    PROPOSE_CUT_OVER,
)
from contracts.accounts.loans import LIST_LOANS
from contracts.accounts.pictures import ADD_PICTURE
from contracts.errors import IdConflict, MakerIsChecker
from contracts.transactions.cut_over import (
    BEGIN_CUT_OVER,
    CUT_OVER_POSTED,
    HAND_OVER_BALANCES,
    LET_CUT_OVER_GO,
    POST_CUT_OVER,
)
from contracts.transactions.cut_over_errors import BranchHasWorked
from tests.support.accounts import an_id
from tests.support.loan_desk import Shelf
from tests.support.photographs import bare

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.accounts import Branch

pytestmark = pytest.mark.rule("P13")
CUT_OVER = an_id(77_000)
SAMITY = {
    "source_id": "K-1",
    "name_bn": "শাপলা",
    "name_en": "Shapla",
    "kind": "female",
    "village": "গোকুল",
    "meeting_weekday": "৩",
    "officer": "rafiqul  FIELD_officer",
    "opened_on": "01-03-2019",
    "max_members": "30",
}
MEMBER = {
    "source_id": "M-1",
    "samity": "K-1",
    "name_bn": "রহিমা বেগম",
    "name_en": "Rahima Begum",
    "sex": "female",
    "birth_on": "1985-02-03",
    "village": "গোকুল",
    "post": "গোকুল",
    "upazila": "বগুড়া সদর",
    "district": "বগুড়া",
    "passbook_number": "P-1",
    "admitted_on": "2019-03-05",
    "nominee_name": "করিম",
    "nominee_relation": "husband",
    "nominee_birth_on": "1980-01-01",
    "consent_on": "2019-03-05",
    "consent_witness": "জরিনা",
    "consent_mark": "thumb",
    "consent_messages": "হ্যাঁ",
}
SAVINGS = {
    "source_id": "S-1",
    "member": "M-1",
    "product": "GS",
    "opened_on": "2019-03-05",
    "deposited": "5,000",
    "withdrawn": "1,000",
    "interest": "250.50",
    "balance": "4250.50",
    "last_receipt": "R-9",
}
LOAN = {
    "source_id": "L-1",
    "member": "M-1",
    "product": "JAG",
    "plan": "F46",
    "cycle": "2",
    "purpose": "গাভী পালন",
    "disbursed_on": "2026-08-01",
    "principal": "10000",
    "charge": "1,250",
    "instalment": "245",
    "instalments": "46",
    "first_due_on": "2026-08-12",
    "instalments_paid": "10",
    "principal_paid": "2177.78",
    "charge_paid": "272.22",
    "oldest_unpaid_on": "2026-10-21",
    "last_receipt": "LR-3",
}
"""10 of 46 instalments of 245 are paid: 2,450, of which 10,000 in 11,250 is principal."""


class Desk:
    """The accountant who brings the books, and the area manager who agrees."""

    def __init__(self, branch: Branch) -> None:
        self.branch, self.harness = branch, branch.harness
        self.accountant = branch.actor("accountant")
        self.area = branch.actor("area_manager", office_id=an_id(1), office_path="/HO/A01/")
        self.asked: list[tuple[str, dict[str, Any]]] = []
        for method, state in (
            (BEGIN_CUT_OVER, "waiting"),
            (HAND_OVER_BALANCES, "waiting"),
            (LET_CUT_OVER_GO, "let_go"),
            (POST_CUT_OVER, "posting"),
        ):
            self.harness.others.answers[method] = self.answering(method.name, state)

    def answering(self, name: str, state: str) -> Any:
        def answer(command: dict[str, Any]) -> dict[str, Any]:
            self.asked.append((name, command))
            return {"id": command["id"], "state": state}

        return answer

    def ask(self, method: Any, actor: Actor | None = None, **said: Any) -> dict[str, Any]:
        return self.harness.ask(method, {"id": CUT_OVER, **said}, actor=actor or self.accountant)

    def bring(
        self, *rows: tuple[str, int, dict[str, str]], numbers: str = "2\t1234567890\t০১৭১২৩৪৫৬৭৮"
    ) -> None:
        ledger = [{"sheet": "savings", "product_code": "GS", "amount": "4300.00"}]
        said: dict[str, Any] = {
            "branch_id": self.branch.id,
            "on": "2026-11-21",
            "reference": "old books",
            "ledger": ledger,
        }
        self.ask(OPEN_CUT_OVER, **said)
        told = [{"sheet": sheet, "row": row, "cells": cells} for sheet, row, cells in rows]
        self.ask(ADD_CUT_OVER_ROWS, rows=told, row_numbers=self.branch.sealed(numbers))
        self.ask(CHECK_CUT_OVER)
        self.harness.take_steps("check_cut_over", by=AccountsBatch)

    def agree(self) -> None:
        self.ask(PROPOSE_CUT_OVER)
        (waiting,) = self.harness.ask(LIST_APPROVALS, {}, actor=self.area)["items"]
        self.harness.ask(DECIDE_APPROVAL, {"id": waiting["id"], "approve": True}, actor=self.area)
        self.harness.take_steps("enter_cut_over", by=AccountsBatch)

    @property
    def standing(self) -> dict[str, Any]:
        return self.ask(GET_CUT_OVER)

    def members(self) -> list[dict[str, Any]]:
        return list(self.harness.ask(LIST_MEMBERS, {}, actor=self.branch.manager)["items"])


WHOLE = (("samities", 2, SAMITY), ("members", 2, MEMBER), ("savings", 2, SAVINGS))


@pytest.fixture
def desk(branch: Branch) -> Desk:
    return Desk(branch)


class TestCheck:
    def test_names_every_wrong_cell_and_writes_nothing(self, desk: Desk) -> None:
        desk.bring(
            ("samities", 2, SAMITY | {"meeting_weekday": "7"}),
            ("members", 2, MEMBER | {"birth_on": "yesterday", "sex": ""}),
            ("savings", 5, SAVINGS | {"balance": "lots"}),
            ("savings", 6, SAVINGS | {"source_id": "S-2", "balance": "1.00"}),
            numbers="2\t123\t",
        )

        faults = desk.ask(LIST_CUT_OVER_FAULTS)["items"]

        assert desk.standing["state"] == "faulty"
        assert {(one["sheet"], one["row"], one["column"], one["code"]) for one in faults} == {
            ("samities", 2, "meeting_weekday", "RANGE:1:6"),
            ("members", 2, "birth_on", "NOT_A_DATE"),
            ("members", 2, "sex", "REQUIRED"),
            ("members", 2, "nid", "NOT_AN_NID"),
            ("savings", 5, "balance", "NOT_TAKA"),
            ("savings", 6, "balance", "NOT_WHAT_CAME_AND_WENT"),
        }
        assert desk.members() == []

    def test_judges_rows_together(self, desk: Desk) -> None:
        desk.bring(
            ("samities", 2, SAMITY | {"officer": "Nobody"}),
            ("members", 2, MEMBER | {"samity": "K-9"}),
            ("savings", 2, SAVINGS | {"balance": "4250.51", "product": "XX"}),
        )

        faults = desk.ask(LIST_CUT_OVER_FAULTS)["items"]

        assert [(one["sheet"], one["column"], one["code"]) for one in faults] == [
            ("samities", "officer", "NOT_OF_BRANCH"),
            ("members", "samity", "UNKNOWN"),
            ("members", "source_id", "COMPULSORY_SAVINGS:0"),
            ("savings", "balance", "NOT_WHAT_CAME_AND_WENT"),
            ("savings", "product", "UNKNOWN"),
        ]
        with pytest.raises(CutOverElsewhere):
            desk.ask(PROPOSE_CUT_OVER)

    def test_tells_what_the_branch_comes_to_beside_the_old_ledger(self, desk: Desk) -> None:
        desk.bring(*WHOLE)

        told = desk.standing

        assert (told["state"], told["samities"], told["members"], told["faults"]) == ("checked", 1, 1, 0)
        (product,) = told["products"]
        assert (product["file"], product["ledger"], product["difference"]) == ("4250.50", "4300.00", "49.50")

    def test_takes_the_same_rows_once_and_no_more_when_they_are_checked(self, desk: Desk) -> None:
        said: dict[str, Any] = {"branch_id": desk.branch.id, "on": "2026-11-21", "reference": "old books"}
        desk.ask(OPEN_CUT_OVER, **said)
        row = {"sheet": "samities", "row": 2, "cells": SAMITY}
        desk.ask(ADD_CUT_OVER_ROWS, rows=[row])

        assert desk.ask(ADD_CUT_OVER_ROWS, rows=[row])["total"] == 1
        desk.ask(CHECK_CUT_OVER)
        assert desk.ask(ADD_CUT_OVER_ROWS, rows=[row])["total"] == 1
        with pytest.raises(CutOverElsewhere):
            desk.ask(ADD_CUT_OVER_ROWS, rows=[row | {"row": 3}])

    def test_refuses_another_row_under_a_number(self, desk: Desk) -> None:
        said: dict[str, Any] = {"branch_id": desk.branch.id, "on": "2026-11-21", "reference": "old books"}
        desk.ask(OPEN_CUT_OVER, **said)
        row = {"sheet": "samities", "row": 2, "cells": SAMITY}
        desk.ask(ADD_CUT_OVER_ROWS, rows=[row])
        with pytest.raises(IdConflict):
            desk.ask(ADD_CUT_OVER_ROWS, rows=[row | {"cells": SAMITY | {"village": "elsewhere"}}])


def _die(_command: dict[str, Any]) -> dict[str, Any]:
    raise ConnectionError


def _step_of(planned: dict[str, Any], actor: Actor) -> Step:
    names = ("id", "kind", "payload", "correlation_id", "attempts")
    return Step(actor=actor, **{name: planned[name] for name in names})


class TestEntering:
    def test_hands_balances_over_then_writes_people_then_lets_them_be_posted(self, desk: Desk) -> None:
        desk.bring(*WHOLE)
        desk.agree()

        assert [name for name, _ in desk.asked] == ["begin_cut_over", "hand_over_balances", "post_cut_over"]
        begun, chunk = desk.asked[0][1], desk.asked[1][1]
        assert (begun["accounts"], begun["savings"], begun["loans"]) == (1, 4_250_50, 0)
        (member,) = desk.members()
        assert member["code"] == "B001.0001.00001"
        assert chunk["savings"][0]["member_id"] == member["id"]
        assert desk.standing["state"] == "entering"

        posted = {"id": CUT_OVER, "office_id": desk.branch.id, "on": "2026-11-21", "accounts": 1}
        desk.harness.hear(CUT_OVER_POSTED, posted)

        assert desk.standing["state"] == "entered"
        told = desk.harness.ask(GET_MEMBER, {"id": member["id"]}, actor=desk.branch.manager)
        (account,) = told["savings"]
        assert (account["status"], account["opened_on"]) == ("open", "2019-03-05")
        assert {one["purpose"]: one["given"] for one in told["consents"]} == {
            "membership": True,
            "messages": True,
            "credit_bureau": False,
            "photo": False,
        }

    def test_brings_a_running_loan_under_a_product_that_is_younger_than_the_old_books(
        self, desk: Desk
    ) -> None:
        Shelf(desk.branch).offer()
        desk.bring(*WHOLE, ("loans", 2, LOAN))
        desk.agree()

        (chunk,) = (command for name, command in desk.asked if name == "hand_over_balances")
        (told,) = chunk["loans"]
        assert (told["principal_paid"], told["charge_paid"], len(told["rows"])) == (2_177_78, 272_22, 46)
        assert [row["due_on"] for row in told["rows"][9:11]] == [date(2026, 10, 14), date(2026, 10, 21)]
        (member,) = desk.members()
        (loan,) = desk.harness.ask(LIST_LOANS, {"member_id": member["id"]}, actor=desk.branch.manager)[
            "items"
        ]
        assert (loan["id"], loan["state"], loan["code"]) == (told["id"], "disbursed", told["code"])

    def test_who_came_over_without_a_form_gets_a_photo_as_any_other_member(self, desk: Desk) -> None:
        samity, (sheet, number, member), savings = WHOLE
        desk.bring(samity, (sheet, number, member | {"consent_photo": "হ্যাঁ"}), savings)
        desk.agree()
        (brought,) = desk.members()
        photo = {"id": an_id(77_001), "member_id": brought["id"], "kind": "photo", "note": None}
        sealed = desk.branch.sealed(base64.b64encode(bare()).decode())

        desk.harness.ask(ADD_PICTURE, photo | {"content": sealed}, actor=desk.accountant)
        decision = {"id": photo["id"], "approve": True}
        desk.harness.ask(DECIDE_APPROVAL, decision, actor=desk.branch.manager)

        told = desk.harness.ask(GET_MEMBER, {"id": brought["id"]}, actor=desk.branch.manager)
        assert told["photo_id"] == photo["id"]

    def test_taken_again_after_a_crash_changes_nothing(self, desk: Desk) -> None:
        """The first try dies when the people are written and the book is not asked to post yet."""
        asked_to_post = desk.harness.others.answers[POST_CUT_OVER]
        desk.harness.others.answers[POST_CUT_OVER] = _die
        desk.bring(*WHOLE)
        with pytest.raises(ConnectionError):
            desk.agree()
        before = desk.members()
        desk.harness.others.answers[POST_CUT_OVER] = asked_to_post
        instance = desk.harness.instance_of(AccountsBatch, desk.harness.process.own_call())
        (planned,) = desk.harness.planned("enter_cut_over")
        unwrap(AccountsBatch.enter_cut_over)(instance, _step_of(planned, desk.area))

        assert len(before) == 1
        assert desk.members() == before
        assert [name for name, _ in desk.asked] == ["begin_cut_over", "hand_over_balances", "post_cut_over"]

    def test_leaves_all_as_it_was_where_the_book_refuses(self, desk: Desk) -> None:
        def refuse(_command: dict[str, Any]) -> dict[str, Any]:
            raise BranchHasWorked(on="2026-11-22")

        desk.harness.others.answers[BEGIN_CUT_OVER] = refuse
        desk.bring(*WHOLE)
        desk.agree()

        assert desk.standing["state"] == "refused"
        assert desk.standing["refusal"]["code"] == "BRANCH_HAS_WORKED"
        assert desk.members() == []

    def test_needs_two_people(self, desk: Desk) -> None:
        desk.bring(*WHOLE)
        desk.ask(PROPOSE_CUT_OVER)
        (waiting,) = desk.harness.ask(LIST_APPROVALS, {}, actor=desk.area)["items"]
        maker = replace(desk.area, person_id=desk.accountant.person_id)
        with pytest.raises(MakerIsChecker):
            desk.harness.ask(DECIDE_APPROVAL, {"id": waiting["id"], "approve": True}, actor=maker)
