"""What a loan would cost: answered from its terms alone, nothing is kept."""

from collections.abc import Collection
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from accounts.domain.lending.law import Law
from accounts.domain.lending.schedule import make_schedule
from accounts.domain.lending.terms import LoanTerms

_TWO_DECIMALS = Decimal("0.01")


def quote_loan(
    terms: LoanTerms, law: Law, *, disbursed_on: date, first_due_on: date | None, holidays: Collection[date]
) -> dict[str, Any]:
    """Return the schedule with its yearly cost, and whether the law of the payout's day allows it (rule L2).

    Raises:
        InvalidPayload: the first instalment would not be after the payout.
        ScheduleImpossible: no schedule can be made from these terms.
    """
    schedule = make_schedule(terms, disbursed_on=disbursed_on, first_due_on=first_due_on, holidays=holidays)
    rate = law.yearly_rate(schedule)
    return {
        "rows": [
            {
                "number": row.number,
                "due_on": row.due_on,
                "principal": row.principal,
                "service_charge": row.charge,
                "total": row.total,
                "balance": row.balance,
            }
            for row in schedule.rows
        ],
        "principal": schedule.principal,
        "service_charge": schedule.charge,
        "total": schedule.total,
        "apr_percent": f"{rate.quantize(_TWO_DECIMALS, ROUND_HALF_UP):f}",
        "within_cap": rate <= law.cap_percent,
    }
