"""Passbook checking: drawn by the system, the paper typed before the book is shown, differences settled."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, NotFound, PersonExcluded
from contracts.transactions.complaint_errors import (
    ComplaintWasAnswered,
    ConcernedAnswers,
    CorrectionMissing,
)
from contracts.transactions.complaints import ANSWER_COMPLAINT
from contracts.transactions.passbook_check_errors import PassbookIncomplete, PassbookWasChecked
from contracts.transactions.passbook_checks import (
    GET_PASSBOOK_CHECK,
    LIST_PASSBOOK_CHECKS,
    RECORD_PASSBOOK_CHECK,
)
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of
from tests.support.lived_in import LivedIn
from tests.support.memory import remembered
from tests.support.purse import area_manager, batch_of, deposit, pass_days
from tests.support.recomputed_reports import read, table
from transactions.models.passbook_checks import APPEND_ONLY

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P5")

NOVEMBER = "2026-11-01"
DUE = "2026-12-07"
"""A fortnight after the branch began: the month was nearly over."""
NAMES = ("Rahima", "Salma", "Fatema")
FOUND = {"outcome": "book_right", "answer": "She looked at the page of her daughter"}


FRIDAY = 7
"""On the weekly holiday no sheet is due, so that days can pass without one."""


@remembered
def drawn(branches: tuple[Branch, Branch]) -> Branch:
    """Each of three members has saved; two more samities of another officer have one member each."""
    branch = branches[0]
    other = branch.person("field_officer", "Officer two")
    branch.post_staff(other, "Officer two")
    samities = {"Jhumka": (branch.officer, NAMES), "Kolmi": (other, ("Mina",)), "Shapla": (other, ("Rina",))}
    for samity, (officer, names) in samities.items():
        branch.open_samity(samity, officer=officer, weekday=FRIDAY)
        for name in names:
            branch.admit(name, samity)
            branch.open_savings(name)
    branch.open_day()
    for name in NAMES:
        deposit(branch, id_of(f"savings of {name}"), "100.00")
    batch_of(branch).draw_passbooks()
    return branch


def checks(branch: Branch, month: str = NOVEMBER) -> list[dict[str, Any]]:
    answer = branch.ask(LIST_PASSBOOK_CHECKS, branch.manager, office_id=branch.id, month=month)
    items: list[dict[str, Any]] = answer["items"]
    return items


def hers(branch: Branch) -> dict[str, Any]:
    """The check of the first officer's only drawn member."""
    (one,) = [check for check in checks(branch) if check["officer_name_en"] == "Officer"]
    return one


def papers(check: dict[str, Any], balance: str) -> list[dict[str, str]]:
    name = check["member_name_en"]
    return [{"account_id": id_of(f"savings of {name}"), "balance": balance}]


def record(branch: Branch, balance: str = "100.00", by: Any = None) -> dict[str, Any]:
    one = hers(branch)
    return branch.ask(RECORD_PASSBOOK_CHECK, by or branch.manager, id=one["id"], papers=papers(one, balance))


def test_once_a_month_each_officer_has_somebody_drawn(drawn: Branch) -> None:
    first = checks(drawn)
    batch_of(drawn).draw_passbooks()

    assert checks(drawn) == first
    assert Counter(one["officer_name_en"] for one in first) == {"Officer": 1, "Officer two": 1}
    assert {one["state"] for one in first} == {"waiting"}
    assert {one["due_on"] for one in first} == {DUE}
    pass_days(drawn, date(2026, 12, 1))
    batch_of(drawn).draw_passbooks()
    assert len(checks(drawn, "2026-12-19")) >= 2
    assert len(drawn.harness.audited("draw_passbooks")) == 2


def test_no_balance_is_told_before_the_paper_was_typed(drawn: Branch) -> None:
    one = drawn.ask(GET_PASSBOOK_CHECK, drawn.manager, id=hers(drawn)["id"])
    assert [(each["paper"], each["book"], each["difference"]) for each in one["accounts"]] == [(None,) * 3]

    seen = record(drawn)
    assert [(each["paper"], each["book"], each["difference"]) for each in seen["accounts"]] == [
        ("100.00", "100.00", "0.00")
    ]
    assert (seen["state"], seen["checked_by_en"]) == ("matched", "Manager")


def test_what_was_typed_stays_even_when_money_moves_after_it(drawn: Branch) -> None:
    first = record(drawn)
    name = first["member_name_en"]
    deposit(drawn, id_of(f"savings of {name}"), "55.00")

    assert record(drawn) == first
    with pytest.raises(PassbookWasChecked):
        record(drawn, "155.00")
    with pytest.raises(PassbookWasChecked):
        record(drawn, by=drawn.person("auditor"))
    assert len(drawn.harness.audited("record_passbook_check")) == 1


def test_the_rows_are_changed_by_nobody(drawn: Branch) -> None:
    record(drawn)
    for deed in ("UPDATE passbook_papers SET paper = 1", *map("DELETE FROM {}".format, APPEND_ONLY)):
        with pytest.raises(sa.exc.DBAPIError), drawn.harness.process.database.transaction() as session:
            session.execute(sa.text(deed))


def test_who_may_look(branches: tuple[Branch, Branch], drawn: Branch) -> None:
    one = hers(drawn)
    for by in (drawn.officer, drawn.accountant):
        with pytest.raises(Forbidden):
            drawn.ask(LIST_PASSBOOK_CHECKS, by, office_id=drawn.id, month=NOVEMBER)
    for by in (drawn.officer, drawn.accountant, area_manager(drawn)):
        with pytest.raises(Forbidden):
            record(drawn, by=by)
    with pytest.raises(PersonExcluded):
        record(drawn, by=drawn.person("branch_manager", excluded=(one["member_id"],)))
    with pytest.raises(NotFound):
        branches[1].ask(GET_PASSBOOK_CHECK, branches[1].manager, id=one["id"])
    assert record(drawn, by=drawn.person("auditor"))["state"] == "matched"


def test_each_of_her_accounts_is_typed(drawn: Branch) -> None:
    one = hers(drawn)
    with pytest.raises(PassbookIncomplete):
        drawn.ask(
            RECORD_PASSBOOK_CHECK,
            drawn.manager,
            id=one["id"],
            papers=[{"account_id": id_of("another"), "balance": "100.00"}],
        )
    assert hers(drawn)["state"] == "waiting"


def case_of(branch: Branch) -> str:
    """The case of the register that a difference opened."""
    found: str = hers(branch)["complaint_id"]
    return found


def settle(branch: Branch, by: Any, **found: str) -> dict[str, Any]:
    return branch.ask(ANSWER_COMPLAINT, by, id=case_of(branch), **(FOUND | found))


@pytest.mark.rule("P4")
def test_a_difference_is_a_case_that_a_third_person_answers(drawn: Branch) -> None:
    assert record(drawn, "140.00")["state"] == "differs"
    area = area_manager(drawn)
    with pytest.raises(ConcernedAnswers):
        settle(drawn, drawn.manager)
    for by in (drawn.officer, drawn.person("auditor")):
        with pytest.raises(Forbidden):
            settle(drawn, by)
    found = settle(drawn, area)

    assert (found["state"], found["outcome"], found["answer"]) == ("answered", *FOUND.values())
    checked = drawn.ask(GET_PASSBOOK_CHECK, area, id=hers(drawn)["id"])
    assert (checked["state"], checked["outcome"], checked["reason"]) == ("settled", *FOUND.values())
    assert settle(drawn, area) == found
    with pytest.raises(ComplaintWasAnswered):
        settle(drawn, area, outcome="unclear")
    with pytest.raises(ComplaintWasAnswered):
        settle(drawn, area_manager(drawn, "another"))


@pytest.mark.rule("P4")
def test_who_found_it_does_not_answer_it_in_another_post(drawn: Branch) -> None:
    """The person stays one, whatever he is for a day (rule M8)."""
    record(drawn, "140.00", by=drawn.person("branch_manager", "Double"))
    with pytest.raises(ConcernedAnswers):
        settle(drawn, drawn.person("area_manager", "Double"))


@pytest.mark.rule("P4")
def test_a_passbook_that_is_right_names_what_put_her_account_right(drawn: Branch) -> None:
    record(drawn, "140.00")
    area, name = area_manager(drawn), hers(drawn)["member_name_en"]
    with pytest.raises(CorrectionMissing):
        settle(drawn, area, outcome="paper_right")
    drawn.harness.watch.advance(timedelta(seconds=1))
    entry_id = deposit(drawn, id_of(f"savings of {name}"), "40.00")["entry_id"]

    assert settle(drawn, area, outcome="paper_right", correction_id=entry_id)["correction_id"] == entry_id


def test_where_nothing_differs_there_is_no_case(drawn: Branch) -> None:
    assert record(drawn)["complaint_id"] is None


def test_what_nobody_looked_at_is_overdue_unless_she_left(drawn: Branch) -> None:
    gone = next(check for check in checks(drawn) if check["officer_name_en"] == "Officer two")
    pass_days(drawn, date(2026, 12, 8))
    drawn.admit(gone["member_name_en"], gone["samity_name_en"], status="closed")

    late = {one["officer_name_en"]: (one["overdue"], one["left"]) for one in checks(drawn)}
    assert late == {"Officer": (True, False), "Officer two": (False, True)}


STANDS = (
    "samity",
    "officer",
    "member_code",
    "passbook_state",
    "checked_on",
    "accounts",
    "paper_more",
    "paper_less",
    "complaint_outcome",
)
COVERS = (
    "officer",
    "passbooks_drawn",
    "passbooks_seen",
    "passbooks_seen_share",
    "passbooks_overdue",
    "passbooks_differing",
    "samities",
    "samities_seen",
    "samities_seen_share",
)


def lines(page: dict[str, Any], keys: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in table(page)]


@pytest.mark.counts("passbook_checking", "passbook_coverage")
def test_the_register_and_the_coverage_say_what_was_done(drawn: Branch) -> None:
    """One of two drawn passbooks was seen, 17.50 short of the book; the other officer's was not."""
    one, other = sorted(checks(drawn), key=lambda check: str(check["officer_name_en"]))
    record(drawn, "82.50")
    settle(drawn, area_manager(drawn))
    pass_days(drawn, date(2026, 12, 8))
    home, months = LivedIn(drawn), {"from_on": DUE, "to_on": DUE}

    done = ("settled", "2026-11-23", 1, "0.00", "17.50", "book_right")
    undone = ("overdue", None, 0, "0.00", "0.00", None)
    expected = {
        one["samity_code"]: (one["samity_name_en"], "Officer", one["member_code"], *done),
        other["samity_code"]: (other["samity_name_en"], "Officer two", other["member_code"], *undone),
    }
    register = read(home, "passbook_checking", **months)
    assert lines(register, STANDS) == [expected[samity] for samity in sorted(expected)]
    assert lines(read(home, "passbook_checking", from_on="2026-11-01", to_on="2026-12-06"), STANDS) == []

    for on, overdue in (("2026-12-08", 1), (DUE, 0)):
        covered = [
            ("Officer", 1, 1, "100.00", 0, 1, 1, 1, "100.00"),
            ("Officer two", 1, 0, "0.00", overdue, 0, 2, 0, "0.00"),
        ]
        assert lines(read(home, "passbook_coverage", on=on), COVERS) == covered
    for by in (drawn.officer, drawn.accountant):
        with pytest.raises(ReportNotFound):
            read(home, "passbook_checking", by, **months)
