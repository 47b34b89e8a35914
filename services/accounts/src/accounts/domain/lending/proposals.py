"""Whether a loan product that somebody proposes can be one. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from accounts.domain.lending.calendar import months_after
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.schedule import Schedule, make_schedule
from accounts.domain.lending.terms import Frequency
from contracts.errors import InvalidPayload
from contracts.money import Paisa


def check_terms(said: Mapping[str, Any]) -> None:
    """Refuse terms of a loan product that contradict themselves.

    Args:
        said: The terms as they were loaded, by the names of `LoanProduct`.

    Raises:
        InvalidPayload: with each field that cannot be so.
    """
    wrong = dict(_contradictions(said))
    if wrong:
        raise InvalidPayload({f"terms.{name}": [code] for name, code in wrong.items()})


def samples(product: LoanProduct) -> Iterator[tuple[str, Schedule]]:
    """Yield what each plan makes of least and most, paid out on the first day.

    No holiday falls into these, so a real loan lasts as long or longer.

    Raises:
        ScheduleImpossible: a plan makes no schedule.
    """
    for plan in product.plans:
        for principal in (product.least, product.most):
            yield (
                plan.code,
                make_schedule(
                    product.terms(Paisa(principal), plan),
                    disbursed_on=product.effective_on,
                    first_due_on=first_due(plan, product.effective_on),
                ),
            )


def first_due(plan: InstalmentPlan, disbursed_on: date) -> date:
    """Return the first day on which a payout's first instalment can be due, whatever day the samity meets."""
    after_grace = disbursed_on + timedelta(days=max(1, plan.grace_days))
    if plan.frequency is not Frequency.MONTHLY:
        return after_grace
    return max(after_grace, months_after(disbursed_on, plan.every))


def _contradictions(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if said["least"] > said["most"]:
        yield "most", "LESS_THAN_THE_LEAST"
    if said["last_cycle"] is not None and said["last_cycle"] < said["first_cycle"]:
        yield "last_cycle", "LESS_THAN_THE_LEAST"
    codes = [plan["code"] for plan in said["plans"]]
    if len(set(codes)) != len(codes):
        yield "plans", "TWICE"
