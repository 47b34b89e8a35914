"""How many rows of schedule one core makes in a second: the engine alone, without a wire."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

from accounts.domain.lending.schedule import make_schedule
from accounts.domain.lending.terms import InterestBasis, LoanTerms
from bench.figures import Figure
from contracts.money import Paisa

SCHEDULES = 2_000
INSTALMENTS = 46
PAID_OUT, FIRST_DUE = date(2025, 1, 7), date(2025, 1, 22)


def rows_a_second() -> list[Figure]:
    """Schedules of 46 weekly instalments, by period and by days."""
    return [_rows(basis) for basis in InterestBasis]


def _rows(basis: InterestBasis) -> Figure:
    begun = time.perf_counter()
    for number in range(SCHEDULES):
        terms = LoanTerms(
            principal=Paisa((10_000 + number) * 100),
            annual_rate_percent=Decimal(24),
            instalments=INSTALMENTS,
            interest_basis=basis,
        )
        make_schedule(terms, disbursed_on=PAID_OUT, first_due_on=FIRST_DUE)
    seconds = time.perf_counter() - begun
    each = seconds / SCHEDULES * 1000
    rate = SCHEDULES * INSTALMENTS / seconds
    return Figure(
        f"rows of schedule, 46 instalments, interest by {basis.value.lower()}",
        f"{rate:,.0f}/s on one core ({each:.2f} ms a schedule)",
        "< 1 ms",
        each < 1,
    )
