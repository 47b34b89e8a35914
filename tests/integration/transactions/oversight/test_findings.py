"""Findings: raised by an auditor about a branch or its things, answered, asked again, closed (rule P12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound, PersonExcluded
from contracts.transactions.finding_errors import FindingMovedOn, FindingNotWaiting
from contracts.transactions.findings import (
    ANSWER_FINDING,
    ASK_FINDING_AGAIN,
    CLOSE_FINDING,
    GET_FINDING,
    LIST_FINDINGS,
    RAISE_FINDING,
)
from contracts.transactions.surprise_counts import RECORD_SURPRISE_COUNT
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.lived_in import LivedIn
from tests.support.purse import area_manager, deposit
from tests.support.recomputed_reports import read, table
from transactions.models.findings import APPEND_ONLY

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P12")

SOON, LATER = "2026-11-30", "2026-12-07"
SAID = "ভল্টের চাবি একজনের কাছে ছিল"


def raise_(branch: Branch, by: Actor, about: str = "office", about_id: str | None = None, **more: Any) -> Any:
    said = {"id": new_id(), "office_id": branch.id, "about": about, "about_id": about_id}
    return branch.ask(RAISE_FINDING, by, **{**said, "said": SAID, "answer_by": SOON, **more})


def answer(branch: Branch, one: dict[str, Any], by: Actor | None = None, **more: Any) -> dict[str, Any]:
    said = {"id": one["id"], "step": one["step"] + 1, "said": "দুজনের কাছে দেওয়া হয়েছে", **more}
    return branch.ask(ANSWER_FINDING, by or branch.manager, **said)


def again(branch: Branch, one: dict[str, Any], by: Actor) -> dict[str, Any]:
    said = {"id": one["id"], "step": one["step"] + 1, "said": "কবে থেকে?", "answer_by": LATER}
    return branch.ask(ASK_FINDING_AGAIN, by, **said)


def close(branch: Branch, one: dict[str, Any], by: Actor, **more: Any) -> dict[str, Any]:
    said = {"id": one["id"], "step": one["step"] + 1, "said": "রেজিস্টার দেখা হয়েছে", **more}
    return branch.ask(CLOSE_FINDING, by, **said)


def test_the_office_answers_the_auditor_asks_again_and_closes(branch: Branch, auditor: Actor) -> None:
    found = raise_(branch, auditor)
    assert (found["state"], found["step"], found["overdue"], found["raised_by_en"]) == (
        "open",
        1,
        False,
        "Auditor",
    )
    answered = answer(branch, found)
    assert (answered["state"], answered["answer_by"]) == ("answered", SOON)
    asked = again(branch, answered, auditor)
    assert (asked["state"], asked["answer_by"]) == ("open", LATER)
    closed = close(branch, answer(branch, asked), auditor)

    kinds = ["raised", "answered", "asked_again", "answered", "closed"]
    assert [(step["number"], step["kind"]) for step in closed["steps"]] == list(enumerate(kinds, start=1))
    assert [step["by_en"] for step in closed["steps"]] == [
        *("Auditor", "Manager", "Auditor", "Manager", "Auditor")
    ]
    assert branch.ask(GET_FINDING, branch.manager, id=found["id"]) == closed
    with pytest.raises(FindingNotWaiting):
        answer(branch, closed)


def test_what_was_to_be_answered_by_then_is_overdue(branch: Branch, auditor: Actor) -> None:
    found = raise_(branch, auditor)
    branch.harness.watch.advance(timedelta(days=7))
    assert branch.ask(GET_FINDING, auditor, id=found["id"])["overdue"] is False
    branch.harness.watch.advance(timedelta(days=1))
    assert branch.ask(GET_FINDING, auditor, id=found["id"])["overdue"] is True
    assert answer(branch, found)["overdue"] is False


def test_each_of_a_branchs_things_may_be_meant_and_none_of_another(
    branches: tuple[Branch, Branch], branch: Branch, auditor: Actor
) -> None:
    entry = deposit(branch, id_of("savings of Rahima"), "50.00")["entry_id"]
    count = branch.ask(
        RECORD_SURPRISE_COUNT, auditor, id=new_id(), office_id=branch.id, denominations={"50": 1}
    )["id"]
    found = raise_(branch, auditor, "member", id_of("Rahima"))
    assert (found["about_code"], found["about_name_en"]) == (f"{branch.code}.Rahima", "Rahima")
    assert raise_(branch, auditor, "entry", entry)["about_on"] == MONDAY.isoformat()
    assert raise_(branch, auditor, "count", count)["about_on"] == MONDAY.isoformat()

    there = branches[1]
    for about in ("member", "entry", "count", "sheet"):
        with pytest.raises(NotFound):
            raise_(there, auditor, about, {"member": id_of("Rahima"), "entry": entry}.get(about, count))
    for about, about_id in (("office", entry), ("entry", None)):
        with pytest.raises(InvalidPayload):
            raise_(branch, auditor, about, about_id)


def test_only_an_auditor_raises_and_closes_and_nobody_answers_himself(branch: Branch, auditor: Actor) -> None:
    found = raise_(branch, auditor)
    for by in (branch.manager, branch.accountant, branch.officer, area_manager(branch)):
        with pytest.raises(Forbidden):
            raise_(branch, by)
        with pytest.raises(Forbidden):
            close(branch, found, by)
    with pytest.raises(Forbidden):
        answer(branch, found, auditor)
    with pytest.raises(MakerIsChecker):
        answer(branch, found, replace(auditor, role="branch_manager"))
    answered = answer(branch, found)
    with pytest.raises(MakerIsChecker):
        close(branch, answered, replace(branch.manager, role="auditor"))


@pytest.mark.rule("M8")
def test_about_his_kin_nobody_answers(branch: Branch, auditor: Actor) -> None:
    found = raise_(branch, auditor, "member", id_of("Rahima"))
    with pytest.raises(PersonExcluded):
        answer(branch, found, replace(branch.manager, excluded_members=(id_of("Rahima"),)))


def test_another_branch_finds_nothing(
    branches: tuple[Branch, Branch], branch: Branch, auditor: Actor
) -> None:
    found, there = raise_(branch, auditor), branches[1]
    with pytest.raises(NotFound):
        there.ask(GET_FINDING, there.manager, id=found["id"])
    with pytest.raises(NotFound):
        answer(branch, found, there.manager)
    with pytest.raises(NotFound):
        there.ask(LIST_FINDINGS, there.manager, office_id=branch.id)


def test_asked_again_it_is_the_same_and_otherwise_a_conflict(branch: Branch, auditor: Actor) -> None:
    found = raise_(branch, auditor)
    assert raise_(branch, auditor, id=found["id"]) == found
    with pytest.raises(IdConflict):
        raise_(branch, auditor, id=found["id"], said="অন্য কথা")
    answered = answer(branch, found)
    assert answer(branch, found) == answered
    with pytest.raises(IdConflict):
        answer(branch, found, said="অন্য জবাব")
    with pytest.raises(FindingMovedOn):
        answer(branch, found, area_manager(branch))
    with pytest.raises(InvalidPayload):
        raise_(branch, auditor, answer_by="2026-11-22")


def test_the_newest_stand_first_of_an_office_and_all_below_it(
    branches: tuple[Branch, Branch], branch: Branch, auditor: Actor
) -> None:
    there = branches[1]
    first = raise_(branch, auditor)
    branch.harness.watch.advance(timedelta(minutes=1))
    second = raise_(there, auditor)
    answer(branch, first)

    def listed(by: Actor, office_id: str, state: str | None = None) -> list[str]:
        page = branch.ask(LIST_FINDINGS, by, office_id=office_id, state=state)
        return [one["id"] for one in page["items"]]

    area = id_of("A01")
    assert listed(auditor, area) == [second["id"], first["id"]]
    assert listed(auditor, area, "answered") == [first["id"]]
    assert listed(auditor, area, "open") == [second["id"]]
    assert listed(branch.manager, branch.id) == [first["id"]]
    page = branch.ask(LIST_FINDINGS, auditor, office_id=area, after=second["id"])
    assert [one["id"] for one in page["items"]] == [first["id"]]


@pytest.mark.parametrize("table_name", APPEND_ONLY)
def test_what_was_said_stays(branch: Branch, auditor: Actor, table_name: str) -> None:
    answer(branch, raise_(branch, auditor))
    for spoil in (f"DELETE FROM {table_name}", f"TRUNCATE {table_name} CASCADE"):
        with (
            pytest.raises(sa.exc.DBAPIError),
            branch.harness.process.database.transaction() as session,
        ):
            session.execute(sa.text(spoil))


@pytest.mark.counts("findings")
def test_the_register_tells_what_stood_open_in_a_period(branch: Branch, auditor: Actor) -> None:
    found = raise_(branch, auditor)
    closed = close(branch, answer(branch, found), auditor)
    raise_(branch, auditor, "member", id_of("Rahima"), said="পাশবই নেই")
    home, day = LivedIn(branch), MONDAY.isoformat()

    rows = table(read(home, "findings", auditor, from_on=day, to_on=day))
    done = {
        "raised_on": day,
        "finding_office": closed["office_en"],
        "finding_about": "office",
        "about_code": None,
        "about_name": None,
        "found": SAID,
        "raised_by": "Auditor",
        "finding_state": "closed",
        "answer_by": SOON,
        "answer": "দুজনের কাছে দেওয়া হয়েছে",
        "answered_by": "Manager",
        "closed_on": day,
        "closed_because": "রেজিস্টার দেখা হয়েছে",
    }
    hers = {"about_code": f"{branch.code}.Rahima", "about_name": "Rahima", "found": "পাশবই নেই"}
    unanswered = {"answer": None, "answered_by": None, "closed_on": None, "closed_because": None}
    waits = done | hers | unanswered | {"finding_about": "member", "finding_state": "open"}
    key = "finding_about"
    assert sorted(rows, key=lambda row: row[key]) == sorted([done, waits], key=lambda row: str(row[key]))

    later = table(read(home, "findings", auditor, from_on="2026-11-24", to_on="2026-12-01"))
    assert later == [waits | {"finding_state": "overdue"}]
