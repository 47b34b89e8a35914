"""Targets and what was reached, recounted from the diary: of officers in a branch, of branches from above."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from contracts.transactions.reports_errors import ReportNotFound
from contracts.transactions.targets import SET_TARGETS
from tests.support.branch import id_of, new_id
from tests.support.lived_in import FIRST, FOURTH, SECOND, THIRD
from tests.support.loans import taka
from tests.support.purse import area_manager
from tests.support.recomputed_reports import read, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contracts.actor import Actor
    from tests.support.lived_in import Diary, LivedIn

ADMITTED_ON = date(2026, 11, 1)
"""On which day the lived-in branches' members were admitted."""
Goals = dict[str, int]
"""What somebody is to reach: members as a number, amounts in paisa."""
OFFICER = {"members": 4, "savings": 20_000_00, "disbursement": 9_000_00, "recovery": 3_000_00}
SECOND_OFFICER = {"members": 3, "savings": 100_00, "disbursement": 2_000_00, "recovery": 0}
HOME = {"members": 10, "savings": 40_000_00, "disbursement": 11_000_00, "recovery": 7_000_00}
AWAY = {"members": 1, "savings": 9_500_00, "disbursement": 3_000_00, "recovery": 700_00}
OUTDATED = {"members": 99, "savings": 99_00, "disbursement": 99_00, "recovery": 99_00}
MONTHS = ("2026-11-23", "2026-12-01")


def set_goals(one: LivedIn, by: Actor, month: str, goals: Goals, officer: Actor | None = None) -> None:
    amounts = {key: value if key == "members" else taka(value) for key, value in goals.items()}
    whose = {"office_id": one.branch.id, "officer_id": officer.person_id if officer else None}
    one.branch.ask(SET_TARGETS, by, id=new_id(), month=month, **whose, **amounts)


@pytest.fixture(scope="module", autouse=True)
def _set(home: LivedIn, away: LivedIn) -> None:
    """Both months have targets; some were set twice. Nobody sets any for the officer of the other branch."""
    here, above = home.branch, area_manager(home.branch)
    for month in MONTHS:
        for goals in (OUTDATED, HOME):
            set_goals(home, above, month, goals)
            set_goals(home, here.manager, month, OUTDATED if goals is OUTDATED else OFFICER, here.officer)
        set_goals(home, here.manager, month, SECOND_OFFICER, home.second_officer)
        set_goals(away, above, month, AWAY)


def reached(diary: Diary, names: Iterable[str], on: date) -> Goals:
    """Return what some members brought and took in the month of a day until its end."""
    names, begin = set(names), on.replace(day=1)
    lent = [loan for loan in diary.loans.values() if loan.name in names and begin <= loan.on <= on]
    saved, repaid = (
        sum(each.amount for each in some if each.whose in names and begin <= each.on <= on)
        for some in (diary.saved, diary.repaid)
    )
    return {
        "members": len(names) if begin <= ADMITTED_ON <= on else 0,
        "savings": saved,
        "disbursement": sum(loan.agreed.principal for loan in lent),
        "recovery": repaid,
    }


def percent(part: int, whole: int) -> str | None:
    if not whole:
        return None
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def line(goals: Goals, done: Goals) -> dict[str, Any]:
    """Return a line of the report: of each measure the target, what is reached, how much of it that is."""
    came = {
        "members": "members_admitted",
        "savings": "collected_savings",
        "disbursement": "disbursed",
        "recovery": "collected_loan",
    }
    written: dict[str, Any] = {}
    for key, reached_key in came.items():
        written[f"{key}_target"] = goals[key] if key == "members" else taka(goals[key])
        written[reached_key] = done[key] if key == "members" else taka(done[key])
        written[f"{key}_reached"] = percent(done[key], goals[key])
    return written


def added(*some: Goals) -> Goals:
    return {key: sum(each[key] for each in some) for key in HOME}


def figures(row: dict[str, Any]) -> dict[str, Any]:
    return {key: cell for key, cell in row.items() if key not in {"branch", "officer"}}


def of_samity(diary: Diary, samity: str) -> list[str]:
    return [name for name, where in diary.members.items() if where == samity]


@pytest.mark.counts("officer_achievement")
@pytest.mark.parametrize("on", [FIRST, SECOND, THIRD, FOURTH])
def test_an_officer_is_measured_by_his_samities_in_the_month_until_the_day(home: LivedIn, on: date) -> None:
    page = read(home, "officer_achievement", on=on.isoformat())

    jhumka, shapla = (reached(home.diary, of_samity(home.diary, one), on) for one in ("Jhumka", "Shapla"))
    assert {row["officer"]: figures(row) for row in table(page)} == {
        "Officer": line(OFFICER, jhumka),
        "Officer two": line(SECOND_OFFICER, shapla),
    }
    (total,) = table(page, "total")
    assert figures(total) == line(added(OFFICER, SECOND_OFFICER), added(jhumka, shapla))


@pytest.mark.counts("target_achievement")
@pytest.mark.parametrize("on", [FIRST, SECOND, THIRD, FOURTH])
def test_branches_are_measured_as_wholes_for_those_above(home: LivedIn, away: LivedIn, on: date) -> None:
    asked = {"office_id": id_of("A01"), "on": on.isoformat()}
    page = read(home, "target_achievement", area_manager(home.branch), **asked)

    done = [reached(one.diary, one.diary.members, on) for one in (home, away)]
    assert [(row["branch"], figures(row)) for row in table(page)] == [
        ("Office B001", line(HOME, done[0])),
        ("Office B002", line(AWAY, done[1])),
    ]
    (total,) = table(page, "total")
    assert figures(total) == line(added(HOME, AWAY), added(*done))


def test_the_diary_has_something_of_every_measure(home: LivedIn) -> None:
    """Nothing above is equal because there was nothing to count."""
    november, december = (reached(home.diary, home.diary.members, on) for on in (FIRST, FOURTH))

    assert (november["members"], december["members"]) == (5, 0)
    assert min(november["savings"], december["savings"], december["recovery"]) > 0
    assert min(november["disbursement"], december["disbursement"]) > 0


def test_a_branch_reads_its_own_line_and_an_officer_his(home: LivedIn, away: LivedIn) -> None:
    (row,) = table(read(away, "target_achievement", on=FOURTH.isoformat()))
    (his,) = table(read(home, "officer_achievement", home.second_officer, on=FOURTH.isoformat()))
    (asked_for,) = table(
        read(home, "officer_achievement", on=FOURTH.isoformat(), officer_id=home.branch.officer.person_id)
    )

    assert figures(row) == line(AWAY, reached(away.diary, away.diary.members, FOURTH))
    assert (his["officer"], asked_for["officer"]) == ("Officer two", "Officer")
    with pytest.raises(ReportNotFound):
        read(home, "target_achievement", home.branch.officer)


def test_who_has_no_target_in_the_month_has_no_line(home: LivedIn, away: LivedIn) -> None:
    assert table(read(away, "officer_achievement", on=FOURTH.isoformat())) == []
    assert table(read(home, "officer_achievement", on="2026-10-31")) == []
    assert table(read(home, "target_achievement", on="2026-10-31")) == []
