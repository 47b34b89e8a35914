"""A dashboard's figures of the day, against the diary of what was done in two lived-in branches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import NotFound
from contracts.transactions.dashboards import READ_DASHBOARD
from contracts.transactions.dashboards_words import AGES
from tests.support.branch import id_of
from tests.support.kept_books import head_office
from tests.support.lived_in import FOURTH
from tests.support.loans import taka
from tests.support.recomputed_reports import daily_collection, is_running, paid, total

if TYPE_CHECKING:
    from datetime import date

    from contracts.actor import Actor
    from tests.support.lived_in import Diary, LivedIn

UNTIL = (0, 30, 180, 365)


@dataclass(frozen=True)
class Stands:
    """A running loan as the diary leaves it."""

    name: str
    outstanding: int
    days: int

    @property
    def age(self) -> str:
        return AGES[sum(self.days > until for until in UNTIL)]


def standing(diary: Diary, on: date) -> list[Stands]:
    """Every running loan; late since its oldest row that its principal does not cover."""
    found = []
    for name, lent in diary.loans.items():
        if is_running(diary, name, on):
            principal, _ = lent.agreed.told_apart(paid(diary, name, on))
            covered, late = 0, 0
            for day, of_principal, _ in lent.agreed.rows:
                covered += of_principal
                if covered > principal and day < on:
                    late = (on - day).days
                    break
            found.append(Stands(name, lent.agreed.principal - principal, late))
    return found


def ask(home: LivedIn, office: str | None = None, by: Actor | None = None) -> dict[str, Any]:
    return home.branch.ask(READ_DASHBOARD, by or home.branch.manager, office_id=office or home.branch.id)


def test_the_day_asked_for_what_the_diary_says_and_so_much_came(home: LivedIn) -> None:
    told = ask(home)

    expected = total(daily_collection(home.diary, FOURTH).values())
    assert told["on"] == FOURTH.isoformat()
    money = {key: value for key, value in told["collection"].items() if key != "rate_percent"}
    assert money == {key: taka(expected[key]) for key in money}
    assert told["collection"]["rate_percent"] == "100.00"  # 2,092 of 2,092, see `test_collection`


def test_loans_stand_by_their_age(home: LivedIn) -> None:
    told = {one["age"]: one for one in ask(home)["ages"]}

    loans = standing(home.diary, FOURTH)
    whole = sum(loan.outstanding for loan in loans)
    assert {loan.age for loan in loans} == {"in_time", "to_30"}
    for age in AGES:
        of_age = [loan for loan in loans if loan.age == age]
        outstanding = sum(loan.outstanding for loan in of_age)
        assert (told[age]["loans"], told[age]["outstanding"]) == (len(of_age), taka(outstanding))
        assert float(told[age]["share_percent"]) == pytest.approx(100 * outstanding / whole, abs=0.005001)


def test_each_officer_has_his_loans_beside_his_day(home: LivedIn) -> None:
    found = {one["officer_name_en"]: one for one in ask(home)["officers"]}

    of_officer: defaultdict[str, list[Stands]] = defaultdict(list)
    for loan in standing(home.diary, FOURTH):
        of_officer[{"Jhumka": "Officer", "Shapla": "Officer two"}[home.diary.members[loan.name]]].append(loan)
    days = daily_collection(home.diary, FOURTH)
    assert found.keys() == of_officer.keys()
    for samity, officer in (("Jhumka", "Officer"), ("Shapla", "Officer two")):
        loans, his = of_officer[officer], found[officer]
        assert (his["loans"], his["outstanding"], his["at_risk"]) == (
            len(loans),
            taka(sum(loan.outstanding for loan in loans)),
            taka(sum(loan.outstanding for loan in loans if loan.days)),
        )
        day = {key: taka(days[samity][key]) for key in ("recoverable", "collected_regular")}
        assert {key: his[key] for key in day} == day


def test_savings_are_what_was_saved_less_what_was_withdrawn(home: LivedIn) -> None:
    (general,) = ask(home)["savings"]

    saved = sum(one.amount for one in home.diary.saved)
    withdrawn = sum(one.amount for one in home.diary.withdrawn)
    assert (general["kind"], general["accounts"]) == ("general_savings", len(home.diary.members))
    assert general["balance"] == taka(saved - withdrawn)


def test_what_lies_above_two_branches_is_their_sum(home: LivedIn, away: LivedIn) -> None:
    told = ask(home, id_of("A01"), head_office())

    loans = [*standing(home.diary, FOURTH), *standing(away.diary, FOURTH)]
    assert sum(one["loans"] for one in told["ages"]) == len(loans)
    days = [total(daily_collection(one.diary, FOURTH).values()) for one in (home, away)]
    assert told["collection"]["recoverable"] == taka(sum(day["recoverable"] for day in days))


def test_nobody_sees_above_his_own_office(home: LivedIn) -> None:
    with pytest.raises(NotFound):
        ask(home, id_of("A01"))
