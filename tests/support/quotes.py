"""Loan terms in the words of the quote API, and figures of independent systems to hold schedules against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from accounts import schemas
from accounts.domain.lending.schedule import Schedule, make_schedule
from contracts.accounts.quotes import QuoteLoan
from contracts.calls import load
from contracts.money import format_taka

PEERS = Path(__file__).with_name("peer_schedules.json")
HOLIDAYS_OF_2025 = ["2025-03-26", "2025-04-02", "2025-06-11", "2025-10-01"]
"""Wednesdays that worked example B takes as holidays."""

WEEKLY = {
    "principal": "10000.00",
    "annual_rate_percent": "24",
    "instalments": 46,
    "frequency": "WEEKLY",
    "disbursed_on": "2025-01-07",
    "first_due_on": "2025-01-22",
}
"""Worked example A: 10,000 taka at 24 %, 46 weekly instalments."""


def peers() -> list[dict[str, Any]]:
    """Schedules that another, widely used system asserts in its own public tests."""
    return list(json.loads(PEERS.read_text())["vectors"])


def schedule_of(quote: dict[str, Any]) -> Schedule:
    """The schedule of terms in the words of the API."""
    said = load(QuoteLoan, quote)
    dates = {name: said[name] for name in ("disbursed_on", "first_due_on", "holidays")}
    return make_schedule(schemas.loan_terms(said), **dates)


def in_words(schedule: Schedule) -> list[tuple[Any, ...]]:
    """The rows as a table is printed: number, day, total, principal, charge, balance."""
    return [
        (
            row.number,
            row.due_on.isoformat(),
            *(format_taka(amount) for amount in (row.total, row.principal, row.charge, row.balance)),
        )
        for row in schedule.rows
    ]
