"""From counted figures to what a dashboard says: shares, rates, an officer's loans beside his day. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from contracts.transactions.dashboards_words import AGES
from transactions.domain.chart import FAMILY_OF_LEDGER
from transactions.domain.reports.lines import percent_text

Row = Mapping[str, Any]
Figures = dict[str, Any]

LIVE_BRANCHES = 12
"""So many branches are counted while somebody waits; of more, the newest month that was closed by most."""
COLLECTED = (
    "overdue_before",
    "recoverable",
    "collected_overdue",
    "collected_regular",
    "collected_advance",
    "collected_savings",
)
_WHO = ("officer_id", "officer_name_bn", "officer_name_en")


def first_of_year(on: date) -> date:
    """Return the first of the twelve months that end before the month of a day."""
    return date(on.year - 1, on.month, 1)


def collection_of(rows: Sequence[Row]) -> Figures:
    """Return the sums of a day's collection, with the rate of its own dues."""
    sums: Figures = {name: sum(int(row[name]) for row in rows) for name in COLLECTED}
    return {**sums, "rate_percent": percent_text(sums["collected_regular"], sums["recoverable"])}


def ages_of(rows: Iterable[Row]) -> list[Figures]:
    """Return every age with its loans and its share of what is outstanding."""
    loans, outstanding = dict.fromkeys(AGES, 0), dict.fromkeys(AGES, 0)
    for row in rows:
        age = AGES[row["age"]]
        loans[age] += int(row["loans"])
        outstanding[age] += int(row["outstanding"])
    whole = sum(outstanding.values())
    return [
        {
            "age": age,
            "loans": loans[age],
            "outstanding": outstanding[age],
            "share_percent": percent_text(outstanding[age], whole),
        }
        for age in AGES
    ]


def officers_of(loans: Iterable[Row], collected: Iterable[Row]) -> list[Figures]:
    """Return each officer's loans beside his day."""
    days = {row["officer_id"]: row for row in collected}
    officers: dict[str | None, Figures] = {}
    for row in loans:
        nothing = {"loans": 0, "outstanding": 0, "at_risk": 0}
        his = officers.setdefault(row["officer_id"], {name: row[name] for name in _WHO} | nothing)
        his["loans"] += int(row["loans"])
        his["outstanding"] += int(row["outstanding"])
        his["at_risk"] += int(row["outstanding"]) if row["age"] else 0
    return [_with_rates({**his, **_day_of(days.get(officer))}) for officer, his in officers.items()]


def months_of(rows: Iterable[Row]) -> list[Figures]:
    """Return months with their rates."""
    return [
        _with_rates({**row, "members": int(row["members"]), "borrowers": int(row["borrowers"])})
        for row in rows
    ]


def newest_whole(months: Sequence[Row]) -> date | None:
    """Return the newest of some closed months that no other was closed by more branches; None of none.

    When a month begins, the first branch to close the one before must not stand for all.

    Args:
        months: With the number of their branches, the oldest first.
    """
    most = max((int(row["branches"]) for row in months), default=0)
    return next((row["month"] for row in reversed(months) if int(row["branches"]) == most), None)


def savings_of(rows: Iterable[Row]) -> list[Figures]:
    """Return savings by kind."""
    return [
        {
            "kind": FAMILY_OF_LEDGER[row["ledger"]],
            "accounts": int(row["accounts"]),
            "balance": int(row["balance"]),
        }
        for row in rows
    ]


def _day_of(row: Row | None) -> Figures:
    return {name: int(row[name]) if row else 0 for name in ("recoverable", "collected_regular")}


def _with_rates(row: Figures) -> Figures:
    return {
        **row,
        "at_risk_percent": percent_text(row["at_risk"], row["outstanding"]),
        "rate_percent": percent_text(row["collected_regular"], row["recoverable"]),
    }
