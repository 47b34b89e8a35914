"""An officer leaves: nothing open, no cash, samities given, lists signed by both, access off (P8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.accounts import SAMITY_CHANGED
from contracts.errors import Forbidden, IdConflict, NotFound
from contracts.identity import STAFF_POSTING_CHANGED
from contracts.sealed import seal
from contracts.transactions.officer_leaving_errors import (
    LeavingIsOver,
    LeavingUnfinished,
    ListHasMoved,
    NotAnOfficerHere,
    OfficerLeaves,
)
from contracts.transactions.officer_leavings import (
    BEGIN_OFFICER_LEAVING,
    DRAW_LEAVING_LISTS,
    FINISH_OFFICER_LEAVING,
    GET_LEAVING_LIST,
    GET_OFFICER_LEAVING,
    LIST_OFFICER_LEAVINGS,
    SIGN_LEAVING_LIST,
)
from contracts.transactions.passbook_checks import LIST_PASSBOOK_CHECKS, RECORD_PASSBOOK_CHECK
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.purse import batch_of, deposit
from transactions.models.officer_leavings import leaving_lines

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P8")
NAMES = ("Rahima", "Salma")
EVERYBODY = {*NAMES, "Fatema"}
"""With her who is in the branch's first samity already, and has saved nothing."""
FRIDAY = 7
LEAVING = "5f0f4d70-0000-7000-8000-00000000f801"


class Farewell:
    """An officer with two samities, who follows him, and one leaving."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.successor = branch.person("field_officer", "Officer two")
        branch.post_staff(branch.officer, "Officer")
        branch.post_staff(self.successor, "Officer two")
        for samity, name in zip(("Jhumka", "Kolmi"), NAMES, strict=True):
            branch.open_samity(samity, officer=branch.officer, weekday=FRIDAY)
            branch.admit(name, samity)
            branch.open_savings(name)
        branch.open_day()
        for name in NAMES:
            deposit(branch, id_of(f"savings of {name}"), "100.00")

    def begin(self, actor: Actor | None = None, **changes: Any) -> dict[str, Any]:
        body = {
            "id": LEAVING,
            "office_id": self.branch.id,
            "officer_id": self.branch.officer.person_id,
            "successor_id": self.successor.person_id,
            "reason": "goes to another institution",
            **changes,
        }
        return self.branch.ask(BEGIN_OFFICER_LEAVING, actor or self.branch.manager, **body)

    def read(self, actor: Actor | None = None) -> dict[str, Any]:
        return self.branch.ask(GET_OFFICER_LEAVING, actor or self.branch.manager, id=LEAVING)

    def list_of(self, samity: str, actor: Actor | None = None) -> dict[str, Any]:
        who = actor or self.branch.manager
        return self.branch.ask(GET_LEAVING_LIST, who, id=LEAVING, samity_id=id_of(samity))

    def sign(self, samity: str, actor: Actor, number: int = 1) -> dict[str, Any]:
        body = {"id": LEAVING, "samity_id": id_of(samity), "number": number}
        return self.branch.ask(SIGN_LEAVING_LIST, actor, **body)

    def sign_all(self) -> None:
        for sheet in self.read()["lists"]:
            body = {"id": LEAVING, "samity_id": sheet["samity_id"], "number": sheet["number"]}
            for actor in (self.branch.officer, self.successor):
                self.branch.ask(SIGN_LEAVING_LIST, actor, **body)

    def give_samities(self, to: Actor | None = None) -> None:
        for samity in ("Jhumka", "Kolmi"):
            state = self.branch.samity_state(samity, officer=to or self.successor, weekday=FRIDAY)
            self.branch.harness.hear(SAMITY_CHANGED, state)

    def switch_off(self) -> None:
        state = {
            "staff_id": self.branch.officer.person_id,
            "name_bn": "Officer সাহেব",
            "name_en": "Officer",
            "role": "field_officer",
            "office_id": self.branch.id,
            "office_path": self.branch.path,
            "active": False,
            "from_on": "2026-01-01",
            "to_on": None,
            "mobile": seal("+8801711000000", self.branch.harness.process.keys.sealing("accounts")),
            "version": 9,
        }
        self.branch.harness.hear(STAFF_POSTING_CHANGED, state)

    def finish(self, actor: Actor | None = None) -> dict[str, Any]:
        return self.branch.ask(FINISH_OFFICER_LEAVING, actor or self.branch.manager, id=LEAVING)

    def missing(self) -> set[str]:
        return {one["check"] for one in self.read()["checks"] if not one["done"]}


@pytest.fixture
def farewell(branch: Branch) -> Farewell:
    return Farewell(branch)


def test_the_balances_of_each_samity_are_listed_member_by_member(farewell: Farewell) -> None:
    begun = farewell.begin()

    listed = {one["samity_en"]: (one["members"], one["savings"], one["loans"]) for one in begun["lists"]}
    assert listed == {"Jhumka": (2, "100.00", "0.00"), "Kolmi": (1, "100.00", "0.00")}
    lines = {line["member_en"]: line["savings"] for line in farewell.list_of("Jhumka")["lines"]}
    assert lines == {"Rahima": "100.00", "Fatema": "0.00"}
    assert farewell.missing() == {"samities_given", "lists_signed", "access_off"}


def test_he_goes_when_all_is_so_and_not_before(farewell: Farewell) -> None:
    farewell.begin()
    for step in (farewell.give_samities, farewell.sign_all, farewell.switch_off):
        with pytest.raises(LeavingUnfinished) as refusal:
            farewell.finish()
        assert set(refusal.value.facts["missing"]) == farewell.missing()
        step()
    assert farewell.missing() == set()

    done = farewell.finish()

    assert done["finished_at"] is not None
    assert farewell.finish()["finished_at"] == done["finished_at"]
    with pytest.raises(LeavingIsOver):
        farewell.sign("Jhumka", farewell.successor)


def test_money_that_moves_before_both_have_signed_makes_a_list_worthless(farewell: Farewell) -> None:
    farewell.begin()
    farewell.give_samities()
    farewell.sign("Jhumka", farewell.branch.officer)
    deposit(farewell.branch, id_of("savings of Rahima"), "50.00")
    with pytest.raises(ListHasMoved):
        farewell.sign("Jhumka", farewell.successor)

    farewell.branch.ask(DRAW_LEAVING_LISTS, farewell.branch.manager, id=LEAVING)

    sheet = farewell.list_of("Jhumka")
    assert (sheet["number"], sheet["savings"], sheet["moved"]) == (2, "150.00", False)
    assert (sheet["officer_signed_at"], sheet["successor_signed_at"]) == (None, None)
    assert farewell.list_of("Kolmi")["number"] == 1
    farewell.sign_all()
    assert "lists_signed" not in farewell.missing()


def test_what_moves_after_both_have_signed_is_no_longer_his(farewell: Farewell) -> None:
    farewell.begin()
    farewell.give_samities()
    farewell.sign_all()
    farewell.switch_off()

    deposit(farewell.branch, id_of("savings of Rahima"), "50.00")

    farewell.branch.ask(DRAW_LEAVING_LISTS, farewell.branch.manager, id=LEAVING)
    sheet = farewell.list_of("Jhumka")
    assert (sheet["number"], sheet["savings"], sheet["moved"]) == (1, "100.00", False)
    assert farewell.finish()["finished_at"] is not None


def test_nothing_is_signed_while_the_samity_is_still_his(farewell: Farewell) -> None:
    farewell.begin()

    with pytest.raises(LeavingUnfinished) as refusal:
        farewell.sign("Jhumka", farewell.branch.officer)

    assert refusal.value.facts["missing"] == ["samities_given"]


def test_a_list_of_a_samity_that_comes_back_to_him_holds_only_as_long_as_nothing_moves(
    farewell: Farewell,
) -> None:
    farewell.begin()
    farewell.give_samities()
    farewell.sign_all()
    farewell.give_samities(farewell.branch.officer)
    assert farewell.missing() == {"samities_given", "access_off"}

    deposit(farewell.branch, id_of("savings of Rahima"), "50.00")

    assert farewell.missing() == {"samities_given", "lists_signed", "access_off"}


def test_nobody_signs_for_another(farewell: Farewell) -> None:
    farewell.begin()
    farewell.give_samities()
    stranger = farewell.branch.person("field_officer", "Officer three")
    farewell.branch.post_staff(stranger, "Officer three")

    with pytest.raises(NotFound):
        farewell.sign("Jhumka", stranger)
    with pytest.raises(Forbidden):
        farewell.sign("Jhumka", farewell.branch.manager)
    first = farewell.sign("Jhumka", farewell.branch.officer)
    assert (bool(first["officer_signed_at"]), first["successor_signed_at"]) == (True, None)
    assert farewell.sign("Jhumka", farewell.branch.officer) == first


def test_a_list_that_was_not_read_is_not_signed(farewell: Farewell) -> None:
    farewell.begin()

    with pytest.raises(ListHasMoved):
        farewell.sign("Jhumka", farewell.successor, number=2)


@pytest.mark.rule("P5")
def test_the_passbooks_of_all_his_members_are_drawn_for_thirty_days(farewell: Farewell) -> None:
    farewell.begin()

    asked = {"office_id": farewell.branch.id, "month": "2026-11-01"}
    checks = farewell.branch.ask(LIST_PASSBOOK_CHECKS, farewell.branch.manager, **asked)["items"]
    assert {one["member_name_en"] for one in checks} == EVERYBODY
    due = (MONDAY + timedelta(days=30)).isoformat()
    assert {one["due_on"] for one in checks} == {due}
    drawn = {one["samity_en"]: one["drawn_passbooks"] for one in farewell.read()["lists"]}
    assert drawn == {"Jhumka": 2, "Kolmi": 1}
    [hers] = [one for one in checks if one["member_name_en"] == "Rahima"]
    typed = [{"account_id": id_of("savings of Rahima"), "balance": "100.00"}]
    farewell.branch.ask(RECORD_PASSBOOK_CHECK, farewell.branch.manager, id=hers["id"], papers=typed)
    assert farewell.list_of("Jhumka")["checked_passbooks"] == 1
    assert farewell.list_of("Kolmi")["checked_passbooks"] == 0


@pytest.mark.rule("P5")
def test_the_draw_of_the_month_draws_nobody_twice(farewell: Farewell) -> None:
    farewell.begin()

    batch_of(farewell.branch).draw_passbooks()

    asked = {"office_id": farewell.branch.id, "month": "2026-11-01"}
    checks = farewell.branch.ask(LIST_PASSBOOK_CHECKS, farewell.branch.manager, **asked)["items"]
    assert sorted(one["member_name_en"] for one in checks) == sorted(EVERYBODY)


def test_one_officer_of_the_branch_follows_another(farewell: Farewell) -> None:
    for successor in (farewell.branch.officer, farewell.branch.accountant):
        farewell.branch.post_staff(farewell.branch.accountant, "Accountant")
        with pytest.raises(NotAnOfficerHere):
            farewell.begin(successor_id=successor.person_id)


def test_the_same_again_changes_nothing_and_nobody_leaves_twice_at_once(farewell: Farewell) -> None:
    begun = farewell.begin()
    assert farewell.begin() == begun
    with pytest.raises(IdConflict):
        farewell.begin(reason="another")
    with pytest.raises(OfficerLeaves):
        farewell.begin(id=new_id())


def test_an_officer_reads_what_concerns_him_and_another_branch_nothing(
    farewell: Farewell, branches: tuple[Branch, Branch]
) -> None:
    farewell.begin()
    stranger = farewell.branch.person("field_officer", "Officer three")
    farewell.branch.post_staff(stranger, "Officer three")
    asked = {"office_id": farewell.branch.id}

    for actor in (farewell.branch.officer, farewell.successor, farewell.branch.manager):
        assert len(farewell.branch.ask(LIST_OFFICER_LEAVINGS, actor, **asked)["items"]) == 1
    assert farewell.branch.ask(LIST_OFFICER_LEAVINGS, stranger, **asked)["items"] == []
    with pytest.raises(NotFound):
        farewell.read(branches[1].manager)
    with pytest.raises(Forbidden):
        farewell.begin(farewell.branch.accountant)


def test_what_was_signed_is_never_changed(farewell: Farewell) -> None:
    farewell.begin()
    with (
        pytest.raises(sa.exc.DBAPIError),
        farewell.branch.harness.process.database.transaction() as session,
    ):
        session.execute(sa.update(leaving_lines).values(savings=0))


def test_the_day_from_which_thirty_are_counted_is_the_branchs(farewell: Farewell) -> None:
    begun = farewell.begin()

    assert begun["begun_on"] == MONDAY.isoformat()
    assert date.fromisoformat(begun["passbooks_by"]) - MONDAY == timedelta(days=30)
