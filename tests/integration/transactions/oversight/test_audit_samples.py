"""Samples for an auditor: drawn once by a seed that stays; what drawn members had on a day (rule P12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, IdConflict, InvalidPayload, NotFound
from contracts.transactions.audit_sample_errors import NothingToDraw, NotOfMembers
from contracts.transactions.audit_samples import (
    DRAW_SAMPLE,
    GET_SAMPLE,
    LIST_SAMPLES,
    PRINT_CONFIRMATIONS,
)
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.purse import area_manager, deposit, pass_days
from transactions.models.audit_samples import APPEND_ONLY

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P12")

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
NAMES = ("Rahima", "Salma", "Fatema")


def draw(branch: Branch, by: Actor, of: str = "members", **more: Any) -> dict[str, Any]:
    said = {"id": new_id(), "office_id": branch.id, "of": of, "size": 2}
    days = {"from_on": "2026-11-01", "to_on": MONDAY.isoformat()}
    return branch.ask(DRAW_SAMPLE, by, **{**said, **days, **more})


def first_of(things: list[str], seed: str, size: int) -> list[str]:
    """Draw again as the decision says it, without asking the product."""
    return sorted(things, key=lambda one: sha256(f"{seed}:{one}".encode()).hexdigest())[:size]


def test_what_was_drawn_can_be_drawn_again_from_its_seed(branch: Branch, auditor: Actor) -> None:
    sample = draw(branch, auditor)

    assert (sample["population"], sample["drawn_by_en"]) == (len(NAMES), "Auditor")
    drawn = [item["thing_id"] for item in sample["items"]]
    assert drawn == first_of([id_of(name) for name in NAMES], sample["seed"], 2)
    assert [item["place"] for item in sample["items"]] == [1, 2]
    assert branch.ask(GET_SAMPLE, auditor, id=sample["id"]) == sample
    assert len(draw(branch, auditor, size=50)["items"]) == len(NAMES)


def test_entries_are_drawn_of_the_days_of_a_period(branch: Branch, auditor: Actor) -> None:
    monday = [deposit(branch, id_of(f"savings of {name}"), "50.00")["entry_id"] for name in NAMES]
    pass_days(branch, TUESDAY)
    deposit(branch, id_of("savings of Rahima"), "70.00")

    sample = draw(branch, auditor, "entries", size=100)

    assert {item["thing_id"] for item in sample["items"]} == set(monday)
    assert {(item["on"], item["total"], item["kind"]) for item in sample["items"]} == {
        (MONDAY.isoformat(), "50.00", "deposit")
    }
    with pytest.raises(NothingToDraw):
        draw(branch, auditor, "entries", from_on="2026-11-01", to_on="2026-11-02")
    with pytest.raises(NotOfMembers):
        branch.ask(PRINT_CONFIRMATIONS, auditor, id=sample["id"], on=MONDAY.isoformat())


def test_drawn_members_are_told_what_they_had_at_the_end_of_that_day(branch: Branch, auditor: Actor) -> None:
    for name, amount in zip(NAMES, ("10.00", "20.00", "30.00"), strict=True):
        deposit(branch, id_of(f"savings of {name}"), amount)
    pass_days(branch, TUESDAY)
    deposit(branch, id_of("savings of Rahima"), "5.00")
    sample = draw(branch, auditor, size=3)

    def told(on: date) -> dict[str, list[str]]:
        answer = branch.ask(PRINT_CONFIRMATIONS, auditor, id=sample["id"], on=on.isoformat())
        assert {letter["language"] for letter in answer["letters"]} == {"bn"}
        return {
            letter["member_name_en"]: [account["balance"] for account in letter["accounts"]]
            for letter in answer["letters"]
        }

    assert told(MONDAY) == {"Rahima": ["10.00"], "Salma": ["20.00"], "Fatema": ["30.00"]}
    with pytest.raises(InvalidPayload) as too_early:
        told(TUESDAY)
    assert too_early.value.facts["fields"] == {"on": ["DAY_NOT_OVER"]}
    pass_days(branch, WEDNESDAY)
    assert told(TUESDAY) == {"Rahima": ["15.00"], "Salma": ["20.00"], "Fatema": ["30.00"]}


def test_that_letters_were_printed_is_noted_down(branch: Branch, auditor: Actor) -> None:
    pass_days(branch, TUESDAY)
    sample = draw(branch, auditor)
    branch.ask(PRINT_CONFIRMATIONS, auditor, id=sample["id"], on=MONDAY.isoformat())

    with branch.harness.process.database.transaction() as session:
        deeds = session.execute(
            sa.text("SELECT deed FROM audit WHERE subject_id = :id ORDER BY number"), {"id": sample["id"]}
        ).scalars()
        assert list(deeds) == ["draw_sample", "print_confirmations"]


def test_only_an_auditor_draws_and_reads_what_was_drawn(branch: Branch, auditor: Actor) -> None:
    sample = draw(branch, auditor)
    for by in (branch.manager, branch.accountant, branch.officer, area_manager(branch)):
        with pytest.raises(Forbidden):
            draw(branch, by)
        with pytest.raises(Forbidden):
            branch.ask(GET_SAMPLE, by, id=sample["id"])
    elsewhere = replace(auditor, office_path="/HO/A02/")
    for method, said in ((GET_SAMPLE, {}), (PRINT_CONFIRMATIONS, {"on": MONDAY.isoformat()})):
        with pytest.raises(NotFound):
            branch.ask(method, elsewhere, id=sample["id"], **said)
    with pytest.raises(NotFound):
        draw(branch, elsewhere)


def test_asked_again_it_is_the_same_sample_and_otherwise_a_conflict(branch: Branch, auditor: Actor) -> None:
    sample = draw(branch, auditor)
    assert draw(branch, auditor, id=sample["id"]) == sample
    with pytest.raises(IdConflict):
        draw(branch, auditor, id=sample["id"], size=3)
    with pytest.raises(InvalidPayload):
        draw(branch, auditor, from_on="2026-11-24")
    page = branch.ask(LIST_SAMPLES, auditor, office_id=branch.id)
    assert [one["id"] for one in page["items"]] == [sample["id"]]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_drawn_stays(branch: Branch, auditor: Actor, table: str) -> None:
    draw(branch, auditor)
    with (
        pytest.raises(sa.exc.DBAPIError),
        branch.harness.process.database.transaction() as session,
    ):
        session.execute(sa.text(f"DELETE FROM {table}"))
