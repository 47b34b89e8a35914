"""What one payment on a loan pays (rules L1, M11). Pure."""

from dataclasses import dataclass

from contracts.money import NOTHING, Paisa
from transactions.domain.lending.schedules import Amounts, Schedule


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where a payment goes: `loan` and `surplus` make it up, in paisa.

    Attributes:
        loan: What of it pays charge and principal; what is not due yet is an advance.
        surplus: What is more than all that remains of the loan: savings, else unallocated (rule M11).
    """

    loan: Amounts
    surplus: Paisa


def allocate(schedule: Schedule, paid: Amounts, amount: Paisa) -> Allocation:
    """Return where a payment goes.

    What was paid may lie beside the schedule's own path, after a row in the middle was undone: this payment
    then brings both parts back onto it, as far as it reaches.

    Args:
        schedule: The loan's.
        paid: All that was paid on it before, apart.
        amount: Paisa, more than nothing.
    """
    left = Paisa(max(0, schedule.whole.total - paid.total))
    to_loan = Paisa(min(amount, left))
    wanted = schedule.told_apart(Paisa(paid.total + to_loan)).principal - paid.principal
    least = to_loan - max(0, schedule.whole.charge - paid.charge)
    most = min(to_loan, schedule.whole.principal - paid.principal)
    principal = Paisa(min(most, max(NOTHING, least, wanted)))
    return Allocation(Amounts(principal, Paisa(to_loan - principal)), Paisa(amount - to_loan))
