"""Counts that nobody was told of: kept beside book and sheets, seen by who keeps the cash (rules M7, P12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound
from contracts.transactions.ledger_errors import CountedAlready, DayNotOpen, NotTheHolder
from contracts.transactions.surprise_counts import (
    LIST_SURPRISE_COUNTS,
    RECORD_SURPRISE_COUNT,
    SEE_SURPRISE_COUNT,
)
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.lived_in import LivedIn
from tests.support.purse import area_manager, deposit
from tests.support.recomputed_reports import read, table
from transactions.models.collection import sheet_rows, sheets

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P12")


@pytest.fixture
def auditor(branch: Branch) -> Actor:
    person = replace(branch.person("auditor", "Auditor"), office_id=id_of("A01"), office_path="/HO/A01/")
    branch.post_staff(person, "Auditor")
    for each, name in ((branch.officer, "Officer"), (branch.accountant, "Accountant")):
        branch.post_staff(each, name)
    return person


def count(branch: Branch, by: Actor, *, notes: dict[str, int], **more: Any) -> dict[str, Any]:
    said = {"id": new_id(), "office_id": branch.id, "denominations": notes, **more}
    return branch.ask(RECORD_SURPRISE_COUNT, by, **said)


def see(branch: Branch, by: Actor, one: dict[str, Any], **more: Any) -> dict[str, Any]:
    return branch.ask(SEE_SURPRISE_COUNT, by, id=one["id"], **more)


def hers_on_a_sheet(branch: Branch, taka: int, collected_by: str) -> None:
    """Let an officer have cash of a meeting with him that is not in the book."""
    sheet, at = new_id(), datetime(2026, 11, 23, 4, tzinfo=UTC)
    meeting = {"id": sheet, "samity_id": id_of("Jhumka"), "office_id": branch.id, "meeting_on": MONDAY}
    row = {"row_id": new_id(), "sheet_id": sheet, "version": 1, "member_id": id_of("Rahima")}
    said = {"attendance": "present", "paid_by": "self", "second_payment": False, "state": "pending"}
    with branch.harness.process.database.transaction() as session:
        state = {"kind": "special", "status": "submitted", "issued_at": at, "collected_by": collected_by}
        session.execute(insert(sheets).values(**meeting, **state))
        money = {"account_id": id_of("savings of Rahima"), "amount": taka * 100}
        when = {"recorded_at": at, "received_at": at}
        session.execute(insert(sheet_rows).values(**row, **said, **money, **when))


def test_what_is_in_the_vault_stays_beside_what_the_book_says_and_posts_nothing(
    branch: Branch, auditor: Actor
) -> None:
    deposit(branch, id_of("savings of Rahima"), "500.00")
    before = branch.trial_balance()
    booked = branch.day()["vault"]

    found = count(branch, auditor, notes={"100": 3, "50": 1}, remark="তালা খোলা ছিল")

    assert (found["total"], found["booked"], found["in_field"]) == ("350.00", booked, "0.00")
    assert float(found["difference"]) == 350 - float(booked)
    assert (found["counted_by_en"], found["seen_by"], found["on"]) == ("Auditor", None, MONDAY.isoformat())
    seen = see(branch, branch.accountant, found, reply="বিকাশ এজেন্টকে দেওয়া")
    assert (seen["seen_by_en"], seen["reply"]) == ("Accountant", "বিকাশ এজেন্টকে দেওয়া")
    assert see(branch, branch.accountant, found, reply="আর কিছু")["reply"] == "বিকাশ এজেন্টকে দেওয়া"
    assert branch.trial_balance() == before


@pytest.mark.spoils_the_books("PENDING_IS_NOT_THE_ROWS")
@pytest.mark.rule("M7")
def test_with_an_officer_stands_what_his_sheets_say_and_only_he_signs(branch: Branch, auditor: Actor) -> None:
    hers_on_a_sheet(branch, 700, branch.officer.person_id)
    hers_on_a_sheet(branch, 90, id_of("another officer"))

    found = count(branch, auditor, notes={"500": 1, "100": 1}, officer_id=branch.officer.person_id)

    assert (found["booked"], found["in_field"], found["difference"]) == ("0.00", "700.00", "-100.00")
    with pytest.raises(NotTheHolder):
        see(branch, branch.accountant, found)
    assert see(branch, branch.officer, found)["seen_by_en"] == "Officer"


def test_nobody_takes_himself_by_surprise_or_sees_his_own_count(branch: Branch, auditor: Actor) -> None:
    mine = count(branch, branch.manager, notes={"100": 1})
    with pytest.raises(MakerIsChecker):
        see(branch, branch.manager, mine)
    see(branch, branch.accountant, mine)
    with pytest.raises(CountedAlready):
        see(branch, branch.person("accountant", "Second accountant"), mine)
    acting = replace(auditor, person_id=branch.officer.person_id)
    with pytest.raises(MakerIsChecker):
        count(branch, acting, notes={}, officer_id=branch.officer.person_id)
    for role in ("accountant", "field_officer", "administrator"):
        with pytest.raises(Forbidden):
            count(branch, branch.person(role), notes={})
    with pytest.raises(Forbidden):
        see(branch, auditor, mine)


def test_asked_again_it_is_the_same_and_with_another_slip_a_conflict(branch: Branch, auditor: Actor) -> None:
    first = count(branch, auditor, notes={"100": 2})
    assert count(branch, auditor, notes={"100": 2}, id=first["id"]) == first
    with pytest.raises(IdConflict):
        count(branch, auditor, notes={"100": 3}, id=first["id"])


def test_only_an_officer_of_the_branch_on_its_open_day(
    branches: tuple[Branch, Branch], branch: Branch, auditor: Actor
) -> None:
    there = branches[1]
    there.post_staff(there.officer, "Officer there")
    with pytest.raises(InvalidPayload):
        count(branch, auditor, notes={}, officer_id=there.officer.person_id)
    with pytest.raises(InvalidPayload):
        count(branch, auditor, notes={}, officer_id=branch.accountant.person_id)
    with pytest.raises(DayNotOpen):
        count(there, auditor, notes={})
    with pytest.raises(NotFound):
        count(branch, there.manager, notes={})


def test_the_newest_stand_first_and_an_officer_reads_of_his_own_cash_only(
    branch: Branch, auditor: Actor
) -> None:
    vault = count(branch, auditor, notes={"100": 1})
    officer = count(branch, auditor, notes={"50": 1}, officer_id=branch.officer.person_id)

    def listed(by: Actor) -> set[str]:
        return {one["id"] for one in branch.ask(LIST_SURPRISE_COUNTS, by, office_id=branch.id)["items"]}

    assert listed(auditor) == listed(branch.manager) == {vault["id"], officer["id"]}
    assert listed(branch.officer) == {officer["id"]}


@pytest.mark.spoils_the_books("PENDING_IS_NOT_THE_ROWS")
@pytest.mark.counts("surprise_counts")
def test_the_register_tells_each_with_its_people(branch: Branch, auditor: Actor) -> None:
    hers_on_a_sheet(branch, 700, branch.officer.person_id)
    found = count(branch, auditor, notes={"500": 1, "100": 1}, officer_id=branch.officer.person_id)
    see(branch, branch.officer, found, reply="পথে খরচ")

    page = read(
        LivedIn(branch), "surprise_counts", area_manager(branch), from_on=str(MONDAY), to_on=str(MONDAY)
    )

    asked = 700 - (500 + 100)
    expected = {
        "counted_on": MONDAY.isoformat(),
        "counted_at": found["counted_at"],
        "counted_what": "officer",
        "officer": "Officer",
        "booked": "0.00",
        "in_field": "700.00",
        "counted": "600.00",
        "difference": f"-{asked}.00",
        "counted_by": "Auditor",
        "remark": None,
        "seen_by": "Officer",
        "reply": "পথে খরচ",
    }
    assert table(page) == [expected]
