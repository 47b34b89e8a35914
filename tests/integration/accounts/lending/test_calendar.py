"""Holidays that are declared later, and a samity's new day: what is not due yet moves, and books are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.batch.duties import AccountsBatch
from contracts.accounts import DECIDE_APPROVAL, MOVE_SAMITY_MEETING
from contracts.accounts.holiday_errors import (
    HolidayBackdated,
    HolidayCollected,
    HolidayKnown,
    HolidayOutOfPlace,
    HolidayTooLong,
)
from contracts.accounts.holidays import DECLARE_HOLIDAY, EXPORT_HOLIDAYS, HOLIDAY_DECLARED, LIST_HOLIDAYS
from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound
from contracts.money import format_taka
from contracts.transactions.lending import REPLACE_SCHEDULE
from contracts.transactions.meetings import FIND_MEETINGS
from tests.support.accounts import TODAY, Branch, an_id
from tests.support.memory import remembered

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.loan_desk import Lending

FIRST_DUE = date(2026, 12, 21)
"""The first Monday that is fifteen days and more after the payout of 1 December."""
SECOND_DUE = FIRST_DUE + timedelta(days=7)
THURSDAY = 6


class Books:
    """What transactions answers, and what it was asked."""

    def __init__(self, branch: Branch) -> None:
        self.collected: list[str] = []
        self.day_begun = False
        self.replaced: list[dict[str, Any]] = []
        branch.harness.others.answers[FIND_MEETINGS] = lambda _command: {
            "samity_ids": self.collected,
            "day_begun": self.day_begun,
        }
        branch.harness.others.answers[REPLACE_SCHEDULE] = self.replace

    def replace(self, command: dict[str, Any]) -> dict[str, Any]:
        self.replaced.append(command)
        return {"loan_id": command["loan_id"], "version": command["version"], "business_on": TODAY}

    def due_on(self, number: int) -> date:
        """When an instalment is due by the schedule that was handed over last."""
        return self.replaced[-1]["rows"][number - 1]["due_on"]


@pytest.fixture
def books(branch: Branch) -> Books:
    return Books(branch)


def wish(branch: Branch, on: date = SECOND_DUE, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "set": "branch",
        "office_id": branch.id,
        "samity_id": None,
        "on": on.isoformat(),
        "name_bn": "স্থানীয় ছুটি",
        "name_en": "Local holiday",
        "reason": "মেলা",
    } | changes


def declare(branch: Branch, said: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
    return branch.harness.ask(DECLARE_HOLIDAY, said, actor=actor or branch.manager)


def decide(branch: Branch, holiday_id: str, actor: Actor) -> dict[str, Any]:
    return branch.harness.ask(DECIDE_APPROVAL, {"id": holiday_id, "approve": True}, actor=actor)


def take_steps(branch: Branch) -> None:
    kinds = ("put_holiday_in_force", "redate_loans", "follow_new_day", "hand_schedule_over")
    for kind in kinds:
        branch.harness.take_steps(kind, by=AccountsBatch)


@remembered
def loan(lending: Lending, member: str, guarantor: str) -> str:
    return lending.disbursed(lending.wish(member, lending.guarantor(guarantor)))


@pytest.mark.rule("L3")
def test_a_holiday_that_moves_loans_needs_the_area(
    branch: Branch, lending: Lending, books: Books, loan: str
) -> None:
    said = wish(branch)

    asked = declare(branch, said)

    assert (asked["state"], asked["loans"]) == ("waiting", 1)
    with pytest.raises(MakerIsChecker):
        decide(branch, said["id"], replace(lending.area, person_id=branch.manager.person_id))
    with pytest.raises(Forbidden):
        decide(branch, said["id"], branch.actor("branch_manager", person_id=an_id(9001)))
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    (told,) = branch.harness.told(HOLIDAY_DECLARED)
    assert (told["id"], told["on"], told["samity_id"]) == (said["id"], SECOND_DUE, None)
    people = (told["holiday_set"], told["declared_by"], told["agreed_by"])
    assert people == ("branch", branch.manager.person_id, lending.area.person_id)
    (carried,) = branch.harness.ask(EXPORT_HOLIDAYS, {"after": None, "limit": 10})["items"]
    assert (carried["set"], carried["declared_by"], carried["agreed_by"]) == people
    (handed,) = books.replaced
    assert (handed["loan_id"], handed["version"], handed["reason"]) == (loan, 2, "holiday")
    assert books.due_on(1) == FIRST_DUE
    assert books.due_on(2) == SECOND_DUE + timedelta(days=7)
    assert books.due_on(46) == FIRST_DUE + timedelta(days=7 * 46)
    (shown,) = listed(branch)
    assert shown["redated"] == 1


def listed(branch: Branch) -> list[dict[str, Any]]:
    asked = {"office_id": branch.id, "from_on": "2026-12-01", "to_on": "2027-12-31"}
    return list(branch.harness.ask(LIST_HOLIDAYS, asked, actor=branch.manager)["items"])


@pytest.mark.rule("L3")
def test_what_was_moved_stays_lawful_and_asks_for_the_same(
    branch: Branch, lending: Lending, books: Books, loan: str
) -> None:
    before = lending.file(loan)["agreement"]["rows"]
    said = wish(branch, FIRST_DUE)
    declare(branch, said)
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    rows = books.replaced[-1]["rows"]
    assert [(format_taka(row["principal"]), format_taka(row["service_charge"])) for row in rows] == [
        (row["principal"], row["service_charge"]) for row in before
    ]
    assert books.due_on(1) == SECOND_DUE


def test_a_crash_in_between_is_finished_by_the_same_question(
    branch: Branch, lending: Lending, books: Books, loan: str
) -> None:
    said = wish(branch)
    declare(branch, said)
    decide(branch, said["id"], lending.area)
    take_steps(branch)
    take_steps(branch)

    assert [one["version"] for one in books.replaced] == [2]


@pytest.mark.rule("L3")
def test_the_next_loan_is_made_around_the_holiday(
    branch: Branch, lending: Lending, books: Books, member: str, guarantor: str
) -> None:
    said = wish(branch)
    asked = declare(branch, said)
    assert asked["loans"] == 0
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    loan = lending.disbursed(lending.wish(member, lending.guarantor(guarantor)))

    rows = lending.file(loan)["agreement"]["rows"]
    assert [row["due_on"] for row in rows[:2]] == ["2026-12-21", "2027-01-04"]
    assert books.replaced == []


@pytest.mark.rule("L3")
def test_a_holiday_is_declared_on_its_eve_at_the_latest(branch: Branch, books: Books) -> None:
    with pytest.raises(HolidayBackdated) as refusal:
        declare(branch, wish(branch, TODAY))

    assert refusal.value.facts["first_on"] == "2026-11-24"


@pytest.mark.rule("L3")
@pytest.mark.parametrize("begun", [True, False])
def test_a_day_that_was_collected_for_is_none(
    branch: Branch, books: Books, samity: str, *, begun: bool
) -> None:
    books.day_begun, books.collected = begun, [] if begun else [samity]

    with pytest.raises(HolidayCollected):
        declare(branch, wish(branch))


@pytest.mark.rule("L3")
def test_nobody_learns_by_asking_where_another_branch_has_collected(branch: Branch, books: Books) -> None:
    other = Branch(branch.harness, "B002", 2)
    books.day_begun = True

    with pytest.raises(NotFound):
        declare(branch, wish(branch), other.manager)


@pytest.mark.rule("L3")
def test_it_is_dropped_when_somebody_collected_before_it_was_agreed_to(
    branch: Branch, lending: Lending, books: Books, samity: str, loan: str
) -> None:
    said = wish(branch)
    declare(branch, said)
    books.collected = [samity]
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    assert listed(branch) == []
    assert books.replaced == []
    assert branch.harness.told(HOLIDAY_DECLARED) == []


def test_a_day_is_a_holiday_once(branch: Branch, lending: Lending, books: Books) -> None:
    said = wish(branch)
    declare(branch, said)
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    with pytest.raises(HolidayKnown):
        declare(branch, wish(branch))
    assert declare(branch, said)["loans"] == 0
    with pytest.raises(IdConflict):
        declare(branch, said | {"reason": "অন্য কারণ"})


@pytest.mark.rule("L3")
def test_a_flood_of_weeks_is_declared_at_once_and_moves_loans_behind_it(
    branch: Branch, lending: Lending, books: Books, loan: str
) -> None:
    weeks = [SECOND_DUE + timedelta(days=number) for number in range(21)]
    said = wish(branch, until_on=weeks[-1].isoformat())

    assert declare(branch, said)["loans"] == 1
    with pytest.raises(Forbidden):
        decide(branch, said["id"], branch.actor("branch_manager", person_id=an_id(9001)))
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    told = branch.harness.told(HOLIDAY_DECLARED)
    assert [each["on"] for each in told] == weeks
    assert len({each["id"] for each in told}) == len(weeks)
    (handed,) = books.replaced
    assert (handed["loan_id"], handed["reason"]) == (loan, "holiday")
    assert [books.due_on(number) for number in (1, 2, 46)] == [
        FIRST_DUE, SECOND_DUE + timedelta(days=21), FIRST_DUE + timedelta(days=7 * 48)
    ]  # fmt: skip
    assert [day["on"] for day in listed(branch)] == [day.isoformat() for day in weeks]
    assert sum(day["redated"] for day in listed(branch)) == 1


@pytest.mark.rule("L3")
def test_a_day_that_is_a_holiday_already_stays_the_one_it_is(
    branch: Branch, lending: Lending, books: Books
) -> None:
    known = wish(branch, SECOND_DUE)
    declare(branch, known)
    decide(branch, known["id"], lending.area)
    take_steps(branch)
    flood = wish(branch, SECOND_DUE, until_on=(SECOND_DUE + timedelta(days=2)).isoformat())

    declare(branch, flood)
    decide(branch, flood["id"], lending.area)
    take_steps(branch)
    take_steps(branch)

    days = [SECOND_DUE + timedelta(days=number) for number in range(3)]
    assert [each["on"] for each in branch.harness.told(HOLIDAY_DECLARED)] == days
    assert [day["id"] for day in listed(branch)][:2] == [known["id"], flood["id"]]


@pytest.mark.rule("L3")
def test_a_flood_is_dropped_when_somebody_collected_in_it(
    branch: Branch, lending: Lending, books: Books, samity: str, loan: str
) -> None:
    said = wish(branch, until_on=(SECOND_DUE + timedelta(days=6)).isoformat())
    declare(branch, said)
    books.collected = [samity]
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    assert (listed(branch), books.replaced, branch.harness.told(HOLIDAY_DECLARED)) == ([], [], [])


def test_nobody_shuts_a_branch_for_longer_than_a_quarter_at_a_time(branch: Branch, books: Books) -> None:
    with pytest.raises(HolidayTooLong) as refusal:
        declare(branch, wish(branch, until_on=(SECOND_DUE + timedelta(days=92)).isoformat()))
    with pytest.raises(InvalidPayload):
        declare(branch, wish(branch, until_on=(SECOND_DUE - timedelta(days=1)).isoformat()))

    assert refusal.value.facts["most"] == 92
    assert declare(branch, wish(branch, until_on=(SECOND_DUE + timedelta(days=91)).isoformat()))


@pytest.mark.parametrize("changes", [{"set": "government"}, {"set": "samity"}])
def test_set_and_place_must_fit(branch: Branch, books: Books, changes: dict[str, Any]) -> None:
    with pytest.raises(HolidayOutOfPlace):
        declare(branch, wish(branch, **changes))


@pytest.mark.rule("L3")
def test_instalments_follow_their_samity_to_another_weekday(
    branch: Branch, books: Books, samity: str, loan: str
) -> None:
    said = {
        "id": str(uuid4()),
        "samity_id": samity,
        "meeting_weekday": THURSDAY,
        "from_on": (FIRST_DUE + timedelta(days=1)).isoformat(),
    }
    branch.harness.ask(MOVE_SAMITY_MEETING, said, actor=branch.manager)
    take_steps(branch)

    (handed,) = books.replaced
    assert handed["reason"] == "meeting_day"
    assert books.due_on(1) == FIRST_DUE
    assert books.due_on(2) == SECOND_DUE + timedelta(days=3)
    assert books.due_on(46) == FIRST_DUE + timedelta(days=7 * 45 + 3)
