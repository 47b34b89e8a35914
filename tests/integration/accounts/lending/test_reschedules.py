"""A running loan gets new days and amounts: her mark, two people, the books asked again (L1, M8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.batch.duties import AccountsBatch
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS, MOVE_SAMITY_MEETING
from contracts.accounts.lending_errors import NothingPerInstalment
from contracts.accounts.reschedule_errors import (
    NothingToReschedule,
    RescheduleDayUnfit,
    ReschedulePending,
    RescheduleRuns,
    ReschedulesExhausted,
)
from contracts.accounts.reschedules import LIST_RESCHEDULES, LOAN_RESCHEDULED, PROPOSE_RESCHEDULE
from contracts.errors import (
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    OverLimit,
    PersonExcluded,
)
from contracts.money import NOTHING, Paisa
from contracts.transactions.lending import LOAN_STANDINGS, REPLACE_SCHEDULE
from contracts.transactions.lending_errors import LoanEnded
from tests.support.accounts import Branch, an_id
from tests.support.memory import remembered

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.loan_desk import Lending

pytestmark = pytest.mark.rule("L1")
ON = date(2027, 2, 1)
"""A Monday, on which her samity meets; seven instalments have fallen due since 21 December."""
FIRST = date(2027, 2, 8)


class Books:
    """How transactions says that a loan of 10,000 taka stands, and what it was handed."""

    def __init__(self, branch: Branch) -> None:
        self.status = "running"
        self.pending = False
        self.paid = (Paisa(195_85), Paisa(46_15))
        self.refusal: Exception | None = None
        self.handed: list[dict[str, Any]] = []
        branch.harness.others.answers[LOAN_STANDINGS] = self.standings
        branch.harness.others.answers[REPLACE_SCHEDULE] = self.replace

    def standings(self, command: dict[str, Any]) -> dict[str, Any]:
        (loan_id,) = command["loan_ids"]
        principal, charge = self.paid
        nothing = dict.fromkeys(("advance", "payoff"), NOTHING)
        one = {
            "loan_id": loan_id,
            "member_id": an_id(1),
            "office_id": an_id(2),
            "status": self.status,
            "on": ON,
            "schedule_version": 1,
            "principal": Paisa(10_000_00),
            "charge": Paisa(1_121_00),
            "paid_principal": principal,
            "paid_charge": charge,
            "outstanding": Paisa(10_000_00 - principal),
            "due": Paisa(7 * 242_00 - principal - charge),
            "overdue": Paisa(6 * 242_00 - principal - charge),
            "oldest_unpaid_on": date(2026, 12, 28),
            "days": 35,
            "has_pending": self.pending,
        }
        return {"items": [one | nothing]}

    def replace(self, command: dict[str, Any]) -> dict[str, Any]:
        if self.refusal is not None:
            raise self.refusal
        self.handed.append(command)
        return {"loan_id": command["loan_id"], "version": command["version"], "business_on": ON}


@remembered
def loan(lending: Lending, member: str, guarantor: str) -> str:
    return lending.disbursed(lending.wish(member, lending.guarantor(guarantor)))


@pytest.fixture
def books(branch: Branch, loan: str) -> Books:
    del loan  # it is paid out before anybody asks how it stands
    return Books(branch)


def wish(loan: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "loan_id": loan,
        "first_due_on": FIRST.isoformat(),
        "instalments": 60,
        "reason": "বন্যায় ফসল নষ্ট",
        "mark": "thumb",
        "witness": "করিম শেখ",
    } | changes


def propose(branch: Branch, said: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
    return branch.harness.ask(PROPOSE_RESCHEDULE, said, actor=actor or branch.manager)


def decide(branch: Branch, asked: str, actor: Actor, **said: Any) -> dict[str, Any]:
    return branch.harness.ask(DECIDE_APPROVAL, {"id": asked, "approve": True} | said, actor=actor)


def take_steps(branch: Branch) -> None:
    for kind in ("reschedule_loan", "hand_schedule_over"):
        branch.harness.take_steps(kind, by=AccountsBatch)


def listed(branch: Branch) -> list[dict[str, Any]]:
    asked = {"office_id": branch.id, "from_on": ON.isoformat(), "to_on": ON.isoformat()}
    return list(branch.harness.ask(LIST_RESCHEDULES, asked, actor=branch.manager)["items"])


def agreed(branch: Branch, lending: Lending, said: dict[str, Any]) -> None:
    propose(branch, said)
    decide(branch, said["id"], lending.area)
    take_steps(branch)


def test_what_is_unpaid_is_spread_anew_when_the_area_agrees(
    branch: Branch, lending: Lending, loan: str, books: Books
) -> None:
    """10,879 taka are left: sixty times 181 are 10,860, so the last instalment is 200."""
    said = wish(loan)

    asked = propose(branch, said)
    decide(branch, said["id"], lending.area)
    take_steps(branch)

    assert (asked["state"], asked["outstanding"], asked["remaining_charge"]) == (
        "proposed",
        "9804.15",
        "1074.85",
    )
    assert (asked["instalments"], asked["instalment"], asked["last_instalment"]) == (60, "181.00", "200.00")
    (handed,) = books.handed
    rows = handed["rows"]
    assert (handed["version"], handed["reason"], handed["good_instalments"]) == (2, "reschedule", 3)
    assert rows[0] == {"due_on": ON, "principal": Paisa(195_85), "service_charge": Paisa(46_15)}
    assert [row["due_on"] for row in rows[1:]] == [FIRST + timedelta(weeks=week) for week in range(60)]
    assert sum(row["principal"] for row in rows) == 10_000_00
    assert sum(row["service_charge"] for row in rows) == 1_121_00
    (told,) = branch.harness.told(LOAN_RESCHEDULED)
    assert (told["loan_id"], told["instalments"], told["instalment"]) == (loan, 60, Paisa(181_00))
    assert [(one["state"], one["version"]) for one in listed(branch)] == [("in_force", 2)]


def test_she_may_say_what_she_can_pay(branch: Branch, loan: str, books: Books) -> None:
    """10,879 taka at 250 are 43 instalments and a last one of 129."""
    asked = propose(branch, wish(loan, instalments=None, instalment="250.00"))

    assert (asked["instalments"], asked["instalment"], asked["last_instalment"]) == (44, "250.00", "129.00")


def test_a_new_meeting_day_that_is_known_already_holds_for_the_later_rows(
    branch: Branch, lending: Lending, loan: str, books: Books, samity: str
) -> None:
    """From 1 March on her samity meets on Thursdays: the row of Monday the 1st is due on the 4th."""
    moved = {"id": str(uuid4()), "samity_id": samity, "meeting_weekday": 6, "from_on": "2027-03-01"}
    branch.harness.ask(MOVE_SAMITY_MEETING, moved, actor=branch.manager)
    for kind in ("follow_new_day", "hand_schedule_over"):
        branch.harness.take_steps(kind, by=AccountsBatch)

    agreed(branch, lending, wish(loan))

    days = [row["due_on"] for row in books.handed[-1]["rows"][1:]]
    assert (days[:3], days[3]) == ([FIRST + timedelta(weeks=week) for week in range(3)], date(2027, 3, 4))
    assert [day - days[3] for day in days[3:]] == [timedelta(weeks=week) for week in range(57)]


@pytest.mark.rule("M8")
def test_another_person_of_the_area_decides_within_his_limit(
    branch: Branch, lending: Lending, loan: str, books: Books, member: str
) -> None:
    said = wish(loan)
    with pytest.raises(PersonExcluded):
        propose(branch, said, branch.actor("branch_manager", excluded_members=(member,)))
    with pytest.raises(Forbidden):
        propose(branch, said, branch.actor("accountant"))
    propose(branch, said)
    area = {"office_path": "/HO/A01/", "office_id": str(uuid4())}

    with pytest.raises(Forbidden):
        decide(branch, said["id"], branch.actor("branch_manager", person_id=an_id(9001)))
    with pytest.raises(MakerIsChecker):
        decide(branch, said["id"], branch.actor("area_manager", **area, person_id=branch.manager.person_id))
    with pytest.raises(PersonExcluded):
        decide(branch, said["id"], branch.actor("area_manager", **area, excluded_members=(member,)))
    with pytest.raises(OverLimit):
        decide(
            branch,
            said["id"],
            branch.actor("area_manager", **area, limits=(("loan:approve_change", 9_804_14),)),
        )
    (waiting,) = branch.harness.ask(LIST_APPROVALS, {}, actor=lending.area)["items"]
    assert (waiting["kind"], waiting["facts"]["outstanding"]) == ("reschedule", "9804.15")


def test_declined_the_old_schedule_stays(branch: Branch, lending: Lending, loan: str, books: Books) -> None:
    said = wish(loan)
    propose(branch, said)

    decide(branch, said["id"], lending.area, approve=False, reason="তিনি দিতে পারেন")
    take_steps(branch)

    assert books.handed == []
    assert [one["state"] for one in listed(branch)] == ["declined"]
    propose(branch, wish(loan))


def test_it_is_dropped_when_she_paid_meanwhile(
    branch: Branch, lending: Lending, loan: str, books: Books
) -> None:
    said = wish(loan)
    propose(branch, said)
    books.paid = (Paisa(392_60), Paisa(91_40))

    decide(branch, said["id"], lending.area)
    take_steps(branch)

    assert books.handed == []
    assert branch.harness.told(LOAN_RESCHEDULED) == []
    assert [(one["state"], one["refusal"]) for one in listed(branch)] == [
        ("dropped", "RESCHEDULE_PAID_MEANWHILE")
    ]


@pytest.mark.parametrize(
    ("status", "pending", "refusal"),
    [("running", True, "RESCHEDULE_PENDING"), ("settled", False, "NOTHING_TO_RESCHEDULE")],
)
def test_it_is_dropped_when_the_loan_does_not_fit_any_more(
    branch: Branch, lending: Lending, loan: str, books: Books, status: str, refusal: str, *, pending: bool
) -> None:
    said = wish(loan)
    propose(branch, said)
    books.status, books.pending = status, pending

    decide(branch, said["id"], lending.area)
    take_steps(branch)

    assert [(one["state"], one["refusal"]) for one in listed(branch)] == [("dropped", refusal)]


def test_it_is_dropped_when_the_loan_ended_before_the_books_took_it(
    branch: Branch, lending: Lending, loan: str, books: Books
) -> None:
    books.refusal = LoanEnded(status="settled")

    agreed(branch, lending, wish(loan))

    assert [(one["state"], one["refusal"]) for one in listed(branch)] == [("dropped", "LOAN_ENDED")]
    assert branch.harness.told(LOAN_RESCHEDULED) == []


def test_a_crash_between_the_books_and_their_answer_is_finished_by_the_same_question(
    branch: Branch, lending: Lending, loan: str, books: Books
) -> None:
    said = wish(loan)
    propose(branch, said)
    decide(branch, said["id"], lending.area)

    def lost(command: dict[str, Any]) -> dict[str, Any]:
        books.replace(command)
        raise ConnectionResetError

    branch.harness.others.answers[REPLACE_SCHEDULE] = lost
    branch.harness.take_steps("reschedule_loan", by=AccountsBatch)
    with pytest.raises(ConnectionResetError):
        branch.harness.take_steps("hand_schedule_over", by=AccountsBatch)
    assert [one["state"] for one in listed(branch)] == ["handed_over"]
    branch.harness.others.answers[REPLACE_SCHEDULE] = books.replace
    branch.harness.watch.advance(timedelta(minutes=2))
    take_steps(branch)

    first, second = books.handed
    assert first == second
    assert len(branch.harness.told(LOAN_RESCHEDULED)) == 1
    assert [one["state"] for one in listed(branch)] == ["in_force"]


def test_a_loan_is_rescheduled_twice_at_most(
    branch: Branch, lending: Lending, loan: str, books: Books
) -> None:
    for _ in range(2):
        agreed(branch, lending, wish(loan))

    with pytest.raises(ReschedulesExhausted) as refusal:
        propose(branch, wish(loan))

    assert refusal.value.facts["most"] == 2
    assert [handed["version"] for handed in books.handed] == [2, 3]


@pytest.mark.parametrize("day", [ON, ON - timedelta(days=7), FIRST + timedelta(days=1)])
def test_the_first_day_is_a_meeting_to_come(branch: Branch, loan: str, books: Books, day: date) -> None:
    with pytest.raises(RescheduleDayUnfit) as refusal:
        propose(branch, wish(loan, first_due_on=day.isoformat()))

    assert refusal.value.facts["first_on"] == FIRST.isoformat()


def test_what_is_refused(branch: Branch, loan: str, books: Books) -> None:
    with pytest.raises(InvalidPayload):
        propose(branch, wish(loan, instalment="100.00"))
    with pytest.raises(InvalidPayload):
        propose(branch, wish(loan, instalments=None))
    with pytest.raises(NothingPerInstalment):
        propose(branch, wish(loan, instalments=None, instalment="1.00"))
    with pytest.raises(NotFound):
        propose(branch, wish(str(uuid4())))
    books.pending = True
    with pytest.raises(ReschedulePending):
        propose(branch, wish(loan))
    books.pending, books.status = False, "repaid"
    with pytest.raises(NothingToReschedule):
        propose(branch, wish(loan))
    books.status, books.paid = "running", (Paisa(10_000_00), Paisa(1_000_00))
    with pytest.raises(NothingToReschedule):
        propose(branch, wish(loan))


def test_a_loan_that_is_not_paid_out_has_nothing_to_reschedule(
    branch: Branch, lending: Lending, member: str, guarantor: str
) -> None:
    waiting = lending.approved(lending.wish(member, lending.guarantor(guarantor)))
    Books(branch)

    with pytest.raises(NothingToReschedule):
        propose(branch, wish(waiting))


def test_the_same_again_and_another_one_beside_it(branch: Branch, loan: str, books: Books) -> None:
    said = wish(loan)
    first = propose(branch, said)

    assert propose(branch, said) == first
    with pytest.raises(IdConflict):
        propose(branch, said | {"instalments": 50})
    with pytest.raises(RescheduleRuns):
        propose(branch, wish(loan))


def test_another_branch_neither_finds_nor_lists_it(branch: Branch, loan: str, books: Books) -> None:
    there = Branch(branch.harness, code="B002", number=2)
    propose(branch, wish(loan))

    with pytest.raises(NotFound):
        propose(branch, wish(loan), there.manager)
    asked = {"office_id": branch.id, "from_on": ON.isoformat(), "to_on": ON.isoformat()}
    assert branch.harness.ask(LIST_RESCHEDULES, asked, actor=there.manager)["items"] == []
