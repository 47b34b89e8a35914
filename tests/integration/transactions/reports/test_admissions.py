"""The admission register against a list of who was admitted, counted anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts.events import MEMBER_CHANGED
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of
from tests.support.lived_in import LivedIn
from tests.support.purse import area_manager
from tests.support.recomputed_reports import read, table

if TYPE_CHECKING:
    from tests.support.branch import Branch

PERIOD = {"from_on": "2026-11-10", "to_on": "2026-11-20"}


@dataclass(frozen=True)
class Admitted:
    branch: Branch
    name: str
    samity: str
    on: str | None
    sex: str | None = "female"
    status: str = "active"

    @property
    def counts(self) -> bool:
        return self.on is not None and PERIOD["from_on"] <= self.on <= PERIOD["to_on"]


@pytest.fixture
def admitted(branches: tuple[Branch, Branch], branch: Branch) -> list[Admitted]:
    """Two samities here, one there; the fixture's own members came on the first of the month."""
    there = branches[1]
    branch.open_samity("Kolmi", officer=branch.person("field_officer", "Officer two"))
    branch.post_staff(branch.person("field_officer", "Officer two"), "Officer two")
    there.open_samity("Palash")
    people = [
        Admitted(branch, "Bokul", "Jhumka", "2026-11-09"),
        Admitted(branch, "Champa", "Jhumka", "2026-11-10"),
        Admitted(branch, "Dalia", "Jhumka", "2026-11-20", status="closed"),
        Admitted(branch, "Hasan", "Jhumka", "2026-11-12", "male"),
        Admitted(branch, "Jui", "Jhumka", "2026-11-21"),
        Admitted(branch, "Keya", "Kolmi", "2026-11-15", "other"),
        Admitted(branch, "Lily", "Kolmi", "2026-11-14"),
        Admitted(branch, "Mukta", "Kolmi", "2026-11-15", None),
        Admitted(branch, "Nila", "Kolmi", None, status="applicant"),
        Admitted(there, "Poly", "Palash", "2026-11-11"),
    ]
    for each in people:
        state = each.branch.member_state(each.name, each.samity, status=each.status)
        told = state | {"admitted_on": each.on} | ({} if each.on else {"code": None})
        each.branch.harness.hear(MEMBER_CHANGED, told)
        if each.on and each.sex:
            each.branch.open_savings(each.name, sex=each.sex)
    return people


def row_of(each: Admitted) -> tuple[Any, ...]:
    officer = {"Jhumka": "Officer", "Kolmi": "Officer two"}[each.samity]
    return (officer, each.samity, each.on, f"{each.branch.code}.{each.name}", each.sex)


def rows_in(page: dict[str, Any]) -> list[tuple[Any, ...]]:
    keys = ("officer", "samity", "admitted_on", "member_code", "sex")
    return [tuple(row[key] for key in keys) for row in table(page)]


def counted(people: list[Admitted]) -> tuple[int, int, int]:
    sexes = Counter(each.sex for each in people)
    return sexes["female"], sexes["male"], len(people)


def sums_in(page: dict[str, Any], kind: str) -> list[tuple[Any, ...]]:
    return [(row["count_female"], row["count_male"], row["count_all"]) for row in table(page, kind)]


@pytest.mark.counts("admissions")
def test_who_was_admitted_stands_there_once_by_samity_and_day(
    branch: Branch, admitted: list[Admitted]
) -> None:
    page = read(LivedIn(branch), "admissions", **PERIOD)

    hers = [each for each in admitted if each.branch is branch and each.counts]
    assert rows_in(page) == [
        row_of(each) for each in sorted(hers, key=lambda one: (one.samity[-4:], str(one.on), one.name))
    ]
    samities = [[each for each in hers if each.samity == samity] for samity in ("Kolmi", "Jhumka")]
    assert sums_in(page, "group") == [
        counted(people) for people in sorted(samities, key=lambda people: people[0].samity[-4:])
    ]
    assert sums_in(page, "total") == [counted(hers)]


def test_it_is_asked_for_by_officer_and_samity_and_an_officer_reads_his_own(
    branch: Branch, admitted: list[Admitted]
) -> None:
    home, second = LivedIn(branch), branch.person("field_officer", "Officer two")
    in_kolmi = sorted(
        (row_of(each) for each in admitted if each.samity == "Kolmi" and each.counts),
        key=lambda row: (row[2], row[3]),
    )

    assert rows_in(read(home, "admissions", samity_id=id_of("Kolmi"), **PERIOD)) == in_kolmi
    assert rows_in(read(home, "admissions", officer_id=second.person_id, **PERIOD)) == in_kolmi
    assert rows_in(read(home, "admissions", second, **PERIOD)) == in_kolmi


def test_the_area_reads_both_branches_and_a_member_none(branch: Branch, admitted: list[Admitted]) -> None:
    whole = read(LivedIn(branch), "admissions", area_manager(branch), office_id=id_of("A01"), **PERIOD)

    assert sums_in(whole, "total") == [counted([each for each in admitted if each.counts])]
    assert {row["branch"] for row in table(whole)} == {"Office B001", "Office B002"}
    with pytest.raises(ReportNotFound):
        read(LivedIn(branch), "overrides", branch.officer)
