"""A loan that was already running keeps what was paid, and goes on from its oldest unpaid date (P13)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.cut_over.branch import OldLoan
from accounts.domain.cut_over.schedules import RunningRow, ScheduleUnfit, running_schedule
from accounts.domain.lending.products import InstalmentPlan
from accounts.domain.lending.terms import Frequency, Method
from contracts.money import Paisa

pytestmark = pytest.mark.rule("P13")
PAID_OUT = date(2026, 1, 5)
FIRST = date(2026, 1, 20)
WEEKLY = InstalmentPlan(
    code="W45",
    frequency=Frequency.WEEKLY,
    instalments=45,
    annual_rate_percent=Decimal("12.5"),
    method=Method.FLAT,
)
MONTHLY = InstalmentPlan(
    code="M12", frequency=Frequency.MONTHLY, instalments=12, annual_rate_percent=Decimal(12)
)


def loan(**said: Any) -> OldLoan:
    """10,000 taka and 1,250 of charge in 45 instalments of 250: eight are paid, the ninth in part."""
    plain: dict[str, Any] = {
        "row": 2,
        "source_id": "L-1",
        "member": "M-1",
        "product": "JAG",
        "plan": "W45",
        "cycle": 2,
        "purpose": "cow",
        "disbursed_on": PAID_OUT,
        "principal": Paisa(10_000_00),
        "charge": Paisa(1_250_00),
        "instalment": Paisa(250_00),
        "instalments": 45,
        "first_due_on": FIRST,
        "instalments_paid": 8,
        "principal_paid": Paisa(1_866_67),
        "charge_paid": Paisa(233_33),
        "oldest_unpaid_on": date(2026, 3, 24),
        "last_receipt": "A-77",
    }
    return OldLoan(**plain | said)


def oldest_unpaid(rows: tuple[RunningRow, ...], paid: int) -> date:
    """Walk through the instalments by hand: the first that the sum does not cover."""
    for row in rows:
        paid -= row.principal + row.charge
        if paid < 0:
            return row.due_on
    raise AssertionError("all of it is paid")


def test_what_is_unpaid_begins_on_the_oldest_unpaid_date_of_the_file() -> None:
    """By its meetings the ninth was due on 17 March; one meeting was a holiday, so it is 24 March."""
    rows = running_schedule(loan(), WEEKLY, None)

    assert [row.due_on for row in rows[:8]] == [FIRST + timedelta(weeks=number) for number in range(8)]
    assert [row.due_on for row in rows[8:10]] == [date(2026, 3, 24), date(2026, 3, 31)]
    assert rows[-1].due_on == date(2026, 3, 24) + timedelta(weeks=36)
    assert {row.principal + row.charge for row in rows} == {250_00}
    assert rows[0].principal == 222_22
    assert rows[0].charge == 27_78


def test_a_monthly_loan_goes_on_by_months() -> None:
    rows = running_schedule(
        loan(
            instalments=3,
            instalment=Paisa(4_000_00),
            instalments_paid=1,
            principal_paid=Paisa(3_555_56),
            charge_paid=Paisa(444_44),
            first_due_on=date(2026, 1, 31),
            oldest_unpaid_on=date(2026, 2, 28),
        ),
        MONTHLY,
        None,
    )

    assert [row.due_on for row in rows] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 28)]
    assert [row.principal + row.charge for row in rows] == [4_000_00, 4_000_00, 3_250_00]


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"instalment": Paisa(260_00)}, "instalment", "NOTHING_FOR_THE_LAST"),
        ({"instalment": Paisa(0)}, "instalment", "NOTHING_FOR_THE_LAST"),
        ({"instalments_paid": 9}, "instalments_paid", "PAID_COVERS:8"),
        ({"oldest_unpaid_on": date(2026, 3, 10)}, "oldest_unpaid_on", "NOT_BEFORE:2026-03-11"),
        (
            {"principal_paid": Paisa(10_000_00), "charge_paid": Paisa(1_250_00)},
            "principal_paid",
            "NOTHING_UNPAID",
        ),
    ],
)
def test_figures_that_do_not_go_together_name_their_column(
    said: dict[str, Any], column: str, code: str
) -> None:
    with pytest.raises(ScheduleUnfit) as refused:
        running_schedule(loan(**said), WEEKLY, None)

    assert (refused.value.column, refused.value.code) == (column, code)


def test_a_plan_that_makes_another_charge_is_told_what_it_makes() -> None:
    with pytest.raises(ScheduleUnfit) as refused:
        running_schedule(loan(instalments=2), WEEKLY, [(Paisa(5_000_00), Paisa(600_00))] * 2)

    assert (refused.value.column, refused.value.code) == ("charge", "PLAN_MAKES:1200.00")


@given(data=st.data())
def test_any_running_loan_keeps_its_sums_its_paid_and_its_oldest_unpaid_date(data: st.DataObject) -> None:
    principal = data.draw(st.integers(1_000_00, 100_000_00), "principal")
    charge = data.draw(st.integers(0, principal // 4), "charge")
    number = data.draw(st.integers(2, 60), "instalments")
    total = principal + charge
    instalment = data.draw(st.integers(total // number, (total - 1) // (number - 1)), "instalment")
    paid = data.draw(st.integers(0, total - 1), "paid")
    principal_paid = data.draw(st.integers(max(0, paid - charge), min(paid, principal)), "principal paid")
    covered = min(paid // instalment, number - 1)
    late = data.draw(st.integers(0, 200), "days later than by its meetings")
    oldest = FIRST + timedelta(weeks=covered) + timedelta(days=late)
    asked = loan(
        principal=Paisa(principal),
        charge=Paisa(charge),
        instalments=number,
        instalment=Paisa(instalment),
        instalments_paid=covered,
        principal_paid=Paisa(principal_paid),
        charge_paid=Paisa(paid - principal_paid),
        oldest_unpaid_on=oldest,
    )

    rows = running_schedule(asked, WEEKLY, None)

    assert len(rows) == number
    assert (sum(row.principal for row in rows), sum(row.charge for row in rows)) == (principal, charge)
    assert all(row.principal >= 0 and row.charge >= 0 for row in rows)
    assert all(before.due_on < after.due_on for before, after in pairwise(rows))
    assert rows[0].due_on > PAID_OUT
    assert oldest_unpaid(rows, paid) == oldest
