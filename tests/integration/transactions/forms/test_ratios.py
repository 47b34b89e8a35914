"""Ratios, classes and provision of closed months against every loan counted again (domain 4.9)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import NotFound
from contracts.transactions.reports import READ_REPORT
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of
from tests.support.closed_months import DECEMBER, JANUARY, MONTHS, NOVEMBER, figures, told
from tests.support.kept_books import head_office
from tests.support.loans import taka
from tests.support.recomputed_reports import only, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tests.support.closed_months import Lent, Months


def read(one: Months, report: str, office: str | None = None, **asked: Any) -> dict[str, Any]:
    question = {"report": report, "office_id": office or one.branch.id, **asked}
    return one.branch.ask(READ_REPORT, head_office(), **question)


def percent(part: int, whole: int) -> str | None:
    return str(half_up(Decimal(part * 100) / whole, "0.01")) if whole else None


def half_up(value: Decimal, unit: str = "1") -> Decimal:
    return value.quantize(Decimal(unit), ROUND_HALF_UP)


def worse(lent: Sequence[Lent], *classes: str) -> int:
    return sum(one.outstanding for one in lent if one.loan_class in classes)


def ratios(lent: Sequence[Lent], ever: Sequence[Lent], officers: int) -> dict[str, Any]:
    borrowers = len({one.who for one in lent if one.told["outstanding"]})
    outstanding = figures(lent, "outstanding")
    late = sum(one.outstanding for one in lent if one.days)
    average = int(half_up(Decimal(told(lent, "opening") + told(lent, "outstanding")) / 2))
    recovered = told(ever, "due_recovered") + told(ever, "regular_recovered")
    bad, doubtful = worse(lent, "bad"), worse(lent, "bad", "doubtful")
    return {
        "officers": officers,
        "borrower_count": borrowers,
        "borrowers_per_officer": int(half_up(Decimal(borrowers) / officers)),
        "recoverable": taka(told(lent, "recoverable")),
        "on_time_rate": percent(told(lent, "regular_recovered"), told(lent, "recoverable")),
        "cumulative_rate": percent(recovered, told(ever, "recoverable")),
        "outstanding": taka(outstanding),
        "portfolio_per_officer": taka(int(half_up(Decimal(outstanding) / officers))),
        "overdue_principal": taka(figures(lent, "overdue")),
        "delinquency": percent(figures(lent, "overdue"), outstanding),
        "at_risk": taka(late),
        "par": percent(late, outstanding),
        "par_sub_standard": percent(worse(lent, "bad", "doubtful", "sub_standard"), outstanding),
        "par_doubtful": percent(doubtful, outstanding),
        "par_bad": percent(bad, outstanding),
        "charge_recovered": taka(told(lent, "recovered_charge")),
        "yield_of_year": percent(told(lent, "recovered_charge") * 12, average),
    }


@pytest.mark.counts("ratio_analysis")
@pytest.mark.parametrize(
    ("on", "month"),
    [
        ("2026-11-30", NOVEMBER),
        ("2026-12-30", NOVEMBER),
        ("2026-12-31", DECEMBER),
        ("2027-01-31", JANUARY),
        (None, JANUARY),
    ],
)
def test_ratios_are_those_of_the_last_month_that_had_ended(
    months: tuple[Months, Months], on: str | None, month: date
) -> None:
    found = table(read(months[0], "ratio_analysis", id_of("HO"), **({"on": on} if on else {})))

    closed = [(one, officers) for one, officers in zip(months, (2, 1), strict=True) if month in one.roll]
    for (one, officers), row in zip(closed, found, strict=True):
        ever = [loan for each in MONTHS if each <= month for loan in one.lent(each)]
        expected = ratios(one.lent(month), ever, officers)
        assert {key: row[key] for key in expected} == expected


def test_the_ratios_of_the_whole_are_those_of_its_sums(months: tuple[Months, Months]) -> None:
    page = read(months[0], "ratio_analysis", id_of("HO"), on="2026-12-31")

    (whole,) = table(page, "total")
    lent = [loan for one in months for loan in one.lent(DECEMBER)]
    ever = [*lent, *(loan for one in months for loan in one.lent(NOVEMBER))]
    expected = ratios(lent, ever, 3)
    assert {key: whole[key] for key in expected} == expected


def test_a_month_that_nobody_closed_has_no_ratios(months: tuple[Months, Months]) -> None:
    assert table(read(months[0], "ratio_analysis", on="2026-10-31")) == []


@pytest.mark.counts("classification")
@pytest.mark.parametrize("month", [NOVEMBER, DECEMBER, JANUARY])
def test_classes_and_what_is_set_aside(months: tuple[Months, Months], month: date) -> None:
    home = months[0]
    on = {NOVEMBER: "2026-11-30", DECEMBER: "2026-12-31", JANUARY: "2027-01-31"}[month]
    page = read(home, "classification", on=on)

    counted: defaultdict[tuple[str, ...], list[Lent]] = defaultdict(list)
    for one in (each for each in home.lent(month) if each.outstanding):
        counted[one.product, one.fund, one.loan_class].append(one)
    shown = ("borrowers", "outstanding", "overdue_principal", "provision")
    assert {
        (row["product_code"], row["fund"], row["loan_class"]): tuple(row[key] for key in shown)
        for row in table(page)
    } == {
        place: (len(them), *(taka(figures(them, name)) for name in ("outstanding", "overdue", "provision")))
        for place, them in counted.items()
    }
    (whole,) = table(page, "total")
    assert whole["provision"] == taka(figures(home.lent(month), "provision"))
    groups = table(page, "group")
    assert only(groups, "product_code") == [("JAG",), ("SUF",)]
    assert groups[1]["provision"] == taka(
        sum(one.provision for one in home.lent(month) if one.product == "SUF")
    )


def test_every_age_stands_in_the_classes_of_december(months: tuple[Months, Months]) -> None:
    rows = table(read(months[0], "classification", id_of("HO"), on="2026-12-31"))

    assert {row["loan_class"] for row in rows} == {"regular", "watchful", "sub_standard", "doubtful", "bad"}


def test_classes_of_one_product(months: tuple[Months, Months]) -> None:
    rows = table(read(months[0], "classification", on="2026-12-31", product_code="SUF"))

    assert only(rows, "product_code", "fund") == [("SUF", "PKSF")]


def test_figures_of_a_whole_branch_are_not_for_an_officer_nor_for_another_branch(
    months: tuple[Months, Months],
) -> None:
    home, away = months
    asked = {"report": "ratio_analysis", "office_id": home.branch.id}
    with pytest.raises(ReportNotFound):
        home.branch.ask(READ_REPORT, home.branch.officer, **asked)
    with pytest.raises(NotFound):
        home.branch.ask(READ_REPORT, away.branch.manager, **asked)
