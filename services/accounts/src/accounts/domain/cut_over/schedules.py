"""The schedule of a loan that was already running: what is paid keeps its days, the rest begins anew.

Rule P13: arrears and class go by the *oldest unpaid date* of the old books. Pure.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from accounts.domain.cut_over.branch import OldLoan
from accounts.domain.lending.calendar import months_after
from accounts.domain.lending.products import InstalmentPlan
from accounts.domain.lending.terms import Frequency
from contracts.money import Paisa, round_half_up

_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class RunningRow:
    """What one instalment asks for, in paisa."""

    due_on: date
    principal: Paisa
    charge: Paisa

    @property
    def total(self) -> Paisa:
        """Both together."""
        return Paisa(self.principal + self.charge)


class ScheduleUnfit(ValueError):
    """The loan's figures make no schedule; `column` and `code` say which of them and why."""

    def __init__(self, column: str, code: str) -> None:
        super().__init__(f"{column}: {code}")
        self.column, self.code = column, code


def running_schedule(
    loan: OldLoan, plan: InstalmentPlan, engine: Sequence[tuple[Paisa, Paisa]] | None
) -> tuple[RunningRow, ...]:
    """Return the rows of a running loan.

    Args:
        loan: What the old books say.
        plan: Its way of repaying, which says how far instalments are apart.
        engine: What the plan makes of each instalment, where its charge does not go by proportion.

    Raises:
        ScheduleUnfit: its figures do not go together; the first column that is in the way is named.
    """
    amounts = _in_proportion(loan) if engine is None else _of_engine(loan, engine)
    fallen = paid_in_full([principal + charge for principal, charge in amounts], loan.paid)
    _require_paid_as_told(loan, fallen)
    days = _days(loan, plan, fallen)
    return tuple(
        RunningRow(on, principal, charge) for on, (principal, charge) in zip(days, amounts, strict=True)
    )


def paid_in_full(totals: Sequence[int], paid: int) -> int:
    """Return how many instalments a sum covers, the first ones first."""
    return bisect_right(list(accumulate(totals)), paid)


def _in_proportion(loan: OldLoan) -> list[tuple[Paisa, Paisa]]:
    """Each payment is principal and charge in the proportion of the whole, without drift (rule L1)."""
    before = loan.instalment * (loan.instalments - 1)
    if not loan.instalment or before >= loan.total:
        raise ScheduleUnfit("instalment", "NOTHING_FOR_THE_LAST")
    totals = [int(loan.instalment)] * (loan.instalments - 1) + [loan.total - before]
    principal = [round_half_up(total * loan.principal, loan.total) for total in accumulate(totals)]
    parts = [after - earlier for earlier, after in zip([0, *principal], principal, strict=False)]
    return [(Paisa(part), Paisa(total - part)) for part, total in zip(parts, totals, strict=True)]


def _of_engine(loan: OldLoan, engine: Sequence[tuple[Paisa, Paisa]]) -> list[tuple[Paisa, Paisa]]:
    if len(engine) != loan.instalments:
        raise ScheduleUnfit("instalments", f"PLAN_MAKES:{len(engine)}")
    charge = sum(part for _, part in engine)
    if charge != loan.charge:
        raise ScheduleUnfit("charge", f"PLAN_MAKES:{charge // 100}.{charge % 100:02d}")
    return list(engine)


def _require_paid_as_told(loan: OldLoan, fallen: int) -> None:
    if loan.paid >= loan.total:
        raise ScheduleUnfit("principal_paid", "NOTHING_UNPAID")
    if fallen != loan.instalments_paid:
        raise ScheduleUnfit("instalments_paid", f"PAID_COVERS:{fallen}")


def _days(loan: OldLoan, plan: InstalmentPlan, fallen: int) -> list[date]:
    paid = [_after(loan.first_due_on, plan, number) for number in range(fallen)]
    earliest = paid[-1] + timedelta(days=1) if paid else loan.first_due_on
    if loan.oldest_unpaid_on < earliest:
        raise ScheduleUnfit("oldest_unpaid_on", f"NOT_BEFORE:{earliest.isoformat()}")
    unpaid = range(loan.instalments - fallen)
    return paid + [_after(loan.oldest_unpaid_on, plan, number) for number in unpaid]


def _after(first: date, plan: InstalmentPlan, number: int) -> date:
    if plan.frequency is Frequency.MONTHLY:
        return months_after(first, number * plan.every)
    days = _DAYS_A_WEEK if plan.frequency is Frequency.WEEKLY else 1
    return first + timedelta(days=days * plan.every * number)
