"""A dashboard's closed months against every loan and account counted again; so are many branches told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.transactions.dashboards import READ_DASHBOARD
from tests.support.branch import id_of
from tests.support.closed_months import DECEMBER, JANUARY, NOVEMBER, figures, told
from tests.support.kept_books import head_office
from tests.support.loans import taka
from tests.support.recomputed_snapshots import savings_of
from transactions.domain import dashboards

if TYPE_CHECKING:
    from datetime import date

    import pytest

    from tests.support.closed_months import Months

CLOSED_BY = {NOVEMBER: 2, DECEMBER: 2, JANUARY: 1}
"""How many of the branches have closed a month: the last one only the first of them."""
CLASS_OF_AGE = {
    "in_time": "regular",
    "to_30": "watchful",
    "to_180": "sub_standard",
    "to_365": "doubtful",
    "beyond": "bad",
}


def ask(one: Months, office: str) -> dict[str, Any]:
    return one.branch.ask(READ_DASHBOARD, head_office(), office_id=office)


def saved(branches: tuple[Months, ...], month: date) -> int:
    return sum(savings_of(one.branch, month)["closing"] for one in branches)


def test_closed_months_are_those_of_their_loans_and_savings(months: tuple[Months, Months]) -> None:
    found = ask(months[0], id_of("HO"))["months"]

    assert [(one["month"], one["branches"]) for one in found] == [
        (month.isoformat(), branches) for month, branches in CLOSED_BY.items()
    ]
    for one, (month, branches) in zip(found, CLOSED_BY.items(), strict=True):
        lent = [loan for branch in months[:branches] for loan in branch.lent(month)]
        outstanding, late = told(lent, "outstanding"), sum(x.outstanding for x in lent if x.days)
        assert (one["outstanding"], one["at_risk"]) == (taka(outstanding), taka(late))
        assert one["at_risk_percent"] == f"{100 * late / outstanding:.2f}"
        assert one["recoverable"] == taka(told(lent, "recoverable"))
        assert one["collected_regular"] == taka(told(lent, "regular_recovered"))
        assert one["savings"] == taka(saved(months[:branches], month))
        assert one["borrowers"] == sum(len(branch.borrowers(month)) for branch in months[:branches])


def test_of_many_branches_the_newest_month_that_all_have_closed_is_told(
    months: tuple[Months, Months], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboards, "LIVE_BRANCHES", 1)

    answer = ask(months[0], id_of("HO"))

    assert (answer["on"], answer["collection"], answer["officers"]) == (None, None, [])
    lent = [loan for branch in months for loan in branch.lent(DECEMBER) if loan.outstanding]
    for one in answer["ages"]:
        of_age = [loan for loan in lent if loan.loan_class == CLASS_OF_AGE[one["age"]]]
        assert (one["loans"], one["outstanding"]) == (len(of_age), taka(figures(of_age, "outstanding")))
    assert len({loan.loan_class for loan in lent}) >= 3
    balances = sum(int(one["balance"].replace(".", "")) for one in answer["savings"])
    assert balances == saved(months, DECEMBER)
