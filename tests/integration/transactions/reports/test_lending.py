"""The registers of loans against the diary of what was agreed and paid."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.lived_in import FIRST, FOURTH, THIRD
from tests.support.loans import taka
from tests.support.recomputed_reports import due, is_running, paid, read, table

if TYPE_CHECKING:
    from datetime import date

    from tests.support.lived_in import Diary, LivedIn


def as_agreed(diary: Diary, begin: date, end: date) -> dict[str, dict[str, Any]]:
    return {
        one.code: {
            "disbursed_on": one.on.isoformat(),
            "member": one.name,
            "samity": diary.members[one.name],
            "product_code": one.product,
            "principal": taka(one.agreed.principal),
            "charge": taka(one.agreed.charge),
            "payable": taka(one.agreed.principal + one.agreed.charge),
            "instalments": len(one.agreed.rows),
            "first_due_on": one.agreed.rows[0][0].isoformat(),
            "matures_on": one.agreed.rows[-1][0].isoformat(),
            "payout_how": "cash",
            "sex": "female",
        }
        for one in diary.loans.values()
        if begin <= one.on <= end
    }


@pytest.mark.parametrize(("begin", "end"), [(FIRST, FOURTH), (FIRST, FIRST), (THIRD, FOURTH)])
def test_disbursements_are_the_loans_that_were_agreed(home: LivedIn, begin: date, end: date) -> None:
    page = read(home, "disbursements", from_on=begin.isoformat(), to_on=end.isoformat())

    expected = as_agreed(home.diary, begin, end)
    found = {row["loan_code"]: row for row in table(page)}
    assert {code: {key: found[code][key] for key in said} for code, said in expected.items()} == expected
    assert found.keys() == expected.keys()
    (whole,) = table(page, "total")
    lent = [one for one in home.diary.loans.values() if begin <= one.on <= end]
    assert whole["principal"] == taka(sum(one.agreed.principal for one in lent))


def test_disbursements_of_a_product(home: LivedIn) -> None:
    page = read(home, "disbursements", from_on=FIRST.isoformat(), product_code="SUF")

    assert {row["member"] for row in table(page)} == {"Amina", "Bilkis"}


def late(diary: Diary, on: date) -> dict[str, dict[str, Any]]:
    """Return each loan with principal overdue, its oldest unpaid instalment found by paying them in order."""
    found = {}
    for name, lent in diary.loans.items():
        if not is_running(diary, name, on):
            continue
        money = paid(diary, name, on)
        principal, charge = lent.agreed.told_apart(money)
        fallen, _ = lent.agreed.due_by(on - timedelta(days=1))
        if fallen <= principal:
            continue
        covered, oldest = 0, None
        for day, of_principal, _ in lent.agreed.rows:
            covered += of_principal
            if covered > principal:
                oldest = day
                break
        assert oldest is not None
        found[lent.code] = {
            "member": name,
            "oldest_unpaid_on": oldest.isoformat(),
            "days_late": (on - oldest).days,
            "agreed_due_on": oldest.isoformat(),
            "days_late_as_agreed": (on - oldest).days,
            "outstanding": taka(lent.agreed.principal - principal),
            "overdue_principal": taka(fallen - principal),
            "overdue_in_all": taka(due(diary, name, on - timedelta(days=1)) - money),
        }
        assert principal + charge == money
    return found


@pytest.mark.parametrize("on", [FIRST, THIRD, FOURTH])
def test_overdue_is_what_fell_due_before_the_day_and_was_not_paid(home: LivedIn, on: date) -> None:
    page = read(home, "overdue", on=on.isoformat())

    expected = late(home.diary, on)
    found = {row["loan_code"]: row for row in table(page)}
    assert {code: {key: found[code][key] for key in said} for code, said in expected.items()} == expected
    assert found.keys() == expected.keys()


def test_on_the_fourth_day_two_of_jhumka_are_late(home: LivedIn) -> None:
    rows = table(read(home, "overdue", on=FOURTH.isoformat()))

    assert {(row["member"], row["days_late"], row["overdue_in_all"]) for row in rows} == {
        ("Rahima", 2, "346.00"),  # the instalment of the 8th, of which 700 came
        ("Salma", 1, "992.00"),  # that of the 9th, of which 54 had come ahead
    }
