"""A payment on a loan at the counter: told apart, bounded, its surplus kept (L1, M11). Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.money import Paisa, format_taka
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.lending_errors import OverPrepayment
from transactions.domain.chart import Ledger, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited, part_id
from transactions.domain.lending.payments import Allocation
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.lending.standing import standing_of
from transactions.domain.requests import fingerprint
from transactions.domain.value_dates import outside, value_date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRepayment:
    """Money that somebody brings to the counter for a member's loan.

    Attributes:
        amount: Paisa, whole taka (rule M11).
        paid_by: Who put the money on the counter (rule M10).
        taken_by: The staff person who took it.
        value_on: The provider's date of mobile money (rule M14); None is the business day.
    """

    entry_id: str
    loan_id: str
    amount: Paisa
    paid_by: str
    note: str | None
    taken_by: str
    value_on: date | None = None

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "repayment",
            loan=self.loan_id,
            amount=self.amount,
            paid_by=self.paid_by,
            note=self.note,
            taken_by=self.taken_by,
            value_on=self.value_on.isoformat() if self.value_on else None,
        )

    @property
    def held_in(self) -> Ledger:
        """Where the money is: what came by telephone is in no vault."""
        return Ledgers.MOBILE_MONEY if self.paid_by == PaidBy.MOBILE_MONEY else Ledgers.VAULT


def surplus_row_id(row_id: str) -> str:
    """Return the row under which more than the rest of a loan is booked: a row of its own."""
    return part_id(row_id, "surplus")


def unallocated_for(loan: Loan) -> OfficeAccount:
    """Return the liability to her for money that has no account yet (rule M5)."""
    return OfficeAccount(Ledgers.UNALLOCATED_RECEIPTS, loan.office_id, loan.member_id)


def greatest_ahead(loan: Loan, schedule: Schedule, on: date) -> Paisa | None:
    """Return up to which sum of all payments she may be at the counter on a day; None is no limit."""
    if loan.prepayable_instalments is None:
        return None
    reached = min(len(schedule.due), schedule.fallen_due(on) + loan.prepayable_instalments)
    return schedule.due[reached - 1].total if reached else Paisa(0)


def require_within_allowance(
    loan: Loan, schedule: Schedule, paid: Amounts, repayment: CounterRepayment, on: date
) -> None:
    """Let her pay as many instalments ahead as was agreed; more is a settlement (domain 4.8).

    Money that came by telephone is with us already, so it is taken (rule M14).

    Raises:
        OverPrepayment: with what may be paid, and what would end the loan today.
    """
    greatest = greatest_ahead(loan, schedule, on)
    if greatest is None or repayment.held_in is Ledgers.MOBILE_MONEY:
        return
    allowed = Paisa(max(0, greatest - paid.total))
    if repayment.amount > allowed and greatest < schedule.whole.total:
        raise OverPrepayment(
            allowed=format_taka(allowed),
            instalments=loan.prepayable_instalments,
            payoff=format_taka(standing_of(schedule, paid, on).payoff),
        )


def entry_of_repayment(
    repayment: CounterRepayment,
    loan: Loan,
    allocation: Allocation,
    day: OpenDay,
    *,
    receipt: str,
    surplus_to: str,
) -> Entry:
    """Debit where the money is; credit principal and charge in one row, what is too much in another.

    Args:
        repayment: Who brought how much; the entry and its row bear its id.
        loan: On which it is paid.
        allocation: How it is told apart.
        day: The branch's open day.
        receipt: The number of the receipt she holds.
        surplus_to: The account for what is more than the rest (rule M11).

    Raises:
        ValueDateOutside: as `value_date_of`; also before the payout.
    """
    holder = OfficeAccount(repayment.held_in, loan.office_id)
    value_on = value_date_of(repayment.value_on, repayment.paid_by, day.on)
    if value_on < loan.disbursed_on:
        raise outside(value_on, day.on)
    row_id = repayment.entry_id
    surplus = (
        (Posting(surplus_to, Side.CREDIT, allocation.surplus, surplus_row_id(row_id), receipt),)
        if allocation.surplus
        else ()
    )
    return Entry(
        id=row_id,
        office_id=loan.office_id,
        kind=EntryKind.REPAYMENT,
        business_on=day.on,
        value_on=value_on,
        maker_id=repayment.taken_by,
        officer_id=repayment.taken_by,
        reason=repayment.note,
        fingerprint=repayment.fingerprint,
        postings=(
            Posting(holder.id, Side.DEBIT, repayment.amount),
            *credited(loan, allocation.loan, row_id, receipt),
            *surplus,
        ),
    )
