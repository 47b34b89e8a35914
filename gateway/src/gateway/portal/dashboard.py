"""The dashboard: a day's collection against what was due, loans by age, savings, officers, twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request

from contracts.money import parse_taka
from contracts.transactions.dashboards import READ_DASHBOARD
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.portal.charts import Columns, Series, columns, strips
from gateway.portal.offices import all_offices
from gateway.words.formats import digits, taka

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

Row = dict[str, Any]

DAY = (
    "recoverable",
    "collected_regular",
    "overdue_before",
    "collected_overdue",
    "collected_advance",
    "collected_savings",
)
"""What is drawn of a day's collection."""
MONTHS = {
    "dashboard.portfolio_and_savings": ("outstanding", "savings"),
    "dashboard.due_and_collected": ("recoverable", "collected_regular"),
    "dashboard.at_risk_by_month": ("at_risk",),
}
"""What is drawn of closed months: each chart, and its kinds of bars."""


@requires("class:read")
def dashboard() -> ResponseReturnValue:
    """How an office stands; each chart beside the table of its figures."""
    office = request.args.get("office") or current_session().office_id
    told = ask(READ_DASHBOARD, {"office_id": office})
    return render_template(
        "portal/dashboard.html",
        told=told,
        offices=all_offices(),
        ages=with_strips(told["ages"], "outstanding"),
        officers=with_strips(told["officers"], "outstanding"),
        savings=with_strips(told["savings"], "balance"),
        collected=collected(told["collection"]),
        charts=charts_of(told["months"]),
    )


def amounts(rows: Iterable[Row], key: str) -> list[int]:
    """Amounts in paisa."""
    return [int(parse_taka(row[key])) for row in rows]


def with_strips(rows: list[Row], key: str) -> list[tuple[Row, int]]:
    """Each row with the length of its strip."""
    return list(zip(rows, strips(amounts(rows, key)), strict=True))


def collected(day: Row | None) -> list[tuple[str, str, int]]:
    """What a day asked for and what came of it: a key of the words, the amount, the length of its strip."""
    if day is None:
        return []
    lengths = strips([int(parse_taka(day[name])) for name in DAY])
    return [(f"dashboard.{name}", day[name], length) for name, length in zip(DAY, lengths, strict=True)]


def charts_of(months: list[Row]) -> list[tuple[str, Columns]]:
    """Charts of closed months, each with the key of its name."""
    labels = [digits(f"{month['month'][5:7]}/{month['month'][2:4]}") for month in months]
    return [
        (name, columns(labels, [series_of(months, key) for key in keys]))
        for name, keys in MONTHS.items()
        if months
    ]


def series_of(months: list[Row], key: str) -> Series:
    """One kind of bar over the months."""
    return Series(f"dashboard.{key}", amounts(months, key), [taka(month[key]) for month in months])


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/dashboard", view_func=dashboard)
