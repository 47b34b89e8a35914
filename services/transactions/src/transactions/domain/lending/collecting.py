"""Loans on a collection sheet: what is asked for, and where each row's money goes (L1, M5, M11). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.money import Paisa
from contracts.transactions.collection_words import RowCode
from transactions.domain.chart import OfficeAccount, Side
from transactions.domain.handovers import SheetRows, UnallocatedReceipt
from transactions.domain.ledger import Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited
from transactions.domain.lending.payments import Allocation, allocate
from transactions.domain.lending.repayments import surplus_row_id, unallocated_for
from transactions.domain.lending.schedules import NONE, Amounts, Schedule
from transactions.domain.rows import StandingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanOnSheet:
    """What a sheet asks for on a loan; amounts in paisa, before anything of the meeting is booked.

    Attributes:
        number: Which instalment falls due by the meeting; `instalments` is how many there are.
        opening_due: What fell due earlier and is not paid; `opening_advance` what is paid of later ones.
        recoverable: What the meeting's own instalment still asks for.
        due: All that should have been paid by the end of the day and is not.
        outstanding: The principal that is left.
    """

    loan: Loan
    number: int
    instalments: int
    opening_due: Paisa
    opening_advance: Paisa
    recoverable: Paisa
    due: Paisa
    outstanding: Paisa


def on_sheet(loan: Loan, schedule: Schedule, paid: Amounts, on: date) -> LoanOnSheet:
    """Return what the sheet of a day asks for on a loan."""
    before = schedule.due_by(on - timedelta(days=1)).total
    by_then = schedule.due_by(on).total
    due = Paisa(max(0, by_then - paid.total))
    opening_due = Paisa(max(0, before - paid.total))
    return LoanOnSheet(
        loan=loan,
        number=min(len(schedule.due), max(1, schedule.fallen_due(on))),
        instalments=len(schedule.due),
        opening_due=opening_due,
        opening_advance=Paisa(max(0, paid.total - before)),
        recoverable=Paisa(due - opening_due),
        due=due,
        outstanding=Paisa(schedule.whole.principal - paid.principal),
    )


@dataclass(frozen=True, slots=True)
class CollectedLoan:
    """A held loan on which rows of sheets are to be booked.

    Attributes:
        savings_id: Her savings account for what is more than the rest; None keeps it without an account.
    """

    loan: Loan
    schedule: Schedule
    paid: Amounts
    savings_id: str | None


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One row of a sheet on a loan, told apart."""

    row: StandingRow
    sheet_id: str
    value_on: date
    collected: CollectedLoan
    allocation: Allocation

    @property
    def loan(self) -> Loan:
        """Whose money it is."""
        return self.collected.loan

    @property
    def postings(self) -> tuple[Posting, ...]:
        """Principal and charge in the row; what is more than the rest in a row of its own (rule M11)."""
        said, surplus = self.row.row, self.allocation.surplus
        paid = credited(self.loan, self.allocation.loan, said.row_id, said.receipt_number)
        if not surplus:
            return paid
        to = self.collected.savings_id or unallocated_for(self.loan).id
        return (
            *paid,
            Posting(to, Side.CREDIT, surplus, surplus_row_id(said.row_id), said.receipt_number),
        )

    @property
    def office_accounts(self) -> tuple[OfficeAccount, ...]:
        """The accounts of the office that it may touch, so that they are there."""
        return (self.loan.charge_account, unallocated_for(self.loan))

    @property
    def unallocated(self) -> UnallocatedReceipt | None:
        """What has no account yet (rule M5)."""
        if not self.allocation.surplus or self.collected.savings_id is not None:
            return None
        return UnallocatedReceipt(
            row_id=surplus_row_id(self.row.row.row_id),
            member_id=self.loan.member_id,
            office_id=self.loan.office_id,
            amount=self.allocation.surplus,
            code=RowCode.LOAN_SURPLUS,
            value_on=self.value_on,
            account_id=self.loan.account_id,
            sheet_id=self.sheet_id,
            receipt_number=self.row.row.receipt_number,
        )


def told_apart(sheets: Iterable[SheetRows], loans: Mapping[str, CollectedLoan]) -> dict[str, LoanRow]:
    """Return the rows on loans, by row, each after those before it.

    Of a loan that came to its end meanwhile nothing is paid: all of the money is hers otherwise (rule M5).

    Args:
        sheets: What is posted together, in its order.
        loans: The loans that it is for, by the account of their principal.
    """
    paid = {account_id: each.paid for account_id, each in loans.items()}
    found: dict[str, LoanRow] = {}
    for each in sheets:
        for row in each.rows:
            collected = loans.get(row.row.account_id)
            if collected is None or row.code is not None or not row.row.money:
                continue
            allocation = _allocation(collected, paid[row.row.account_id], row.row.money)
            paid[row.row.account_id] += allocation.loan
            found[row.row.row_id] = LoanRow(row, each.sheet.id, each.sheet.meeting_on, collected, allocation)
    return found


def _allocation(collected: CollectedLoan, paid: Amounts, amount: Paisa) -> Allocation:
    if not collected.loan.is_running:
        return Allocation(NONE, amount)
    return allocate(collected.schedule, paid, amount)
