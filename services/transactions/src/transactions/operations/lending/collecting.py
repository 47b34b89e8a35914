"""Booking the rows of sheets that are for loans (L1, M5, M11): told apart, and what they end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contracts.transactions.lending_words import LoanStatus
from transactions.domain.accounts import MemberAccount
from transactions.domain.handovers import SheetRows, entry_id_of_sheet
from transactions.domain.lending.collecting import CollectedLoan, LoanRow, told_apart
from transactions.operations.lending.endings import end_loan
from transactions.operations.lending.repayments import savings_for_surplus
from transactions.repository import Books


def loan_rows(books: Books, sheets: Sequence[SheetRows]) -> dict[str, LoanRow]:
    """Return the rows of sheets that are for loans, told apart, by row; those loans are held from now on."""
    wanted = {row.row.account_id for each in sheets for row in each.rows if row.code is None}
    loans = books.loans.hold_by_account(wanted).values()
    if not loans:
        return {}
    schedules, paid = books.loans.schedules(loans), books.loans.paid(loans)
    savings = savings_for_surplus(books, tuple(loans))
    return told_apart(
        sheets,
        {
            loan.account_id: CollectedLoan(
                loan, schedules[loan.id], paid[loan.id], savings[loan.id].id if loan.id in savings else None
            )
            for loan in loans
        },
    )


def end_what_was_collected(books: Books, rows: Mapping[str, LoanRow], on: date) -> None:
    """End the loans of which nothing remains, each by the entry of the sheet that brought the last of it.

    Money that is on its way to one of them by another sheet is hers otherwise, when it comes (rule M5).
    """
    last = {row.loan.id: row for row in rows.values() if row.allocation.loan.total}
    paid = books.loans.paid(row.loan for row in last.values())
    for loan_id, row in last.items():
        if paid[loan_id] == row.loan.whole:
            end_loan(books, row.loan, LoanStatus.REPAID, on, entry_id_of_sheet(row.sheet_id))


def lines_told(row: LoanRow, accounts: Mapping[str, MemberAccount]) -> list[dict[str, Any]]:
    """Return what she is told of a row on a loan: what it paid, and where the rest of the money is."""
    allocation, savings_id = row.allocation, row.collected.savings_id
    lines = []
    if allocation.loan.total:
        lines.append(_line(row, allocation.loan.total, accounts[row.loan.account_id]))
    if allocation.surplus:
        lines.append(_line(row, allocation.surplus, accounts[savings_id] if savings_id else None))
    return lines


def _line(row: LoanRow, amount: int, account: MemberAccount | None) -> dict[str, Any]:
    said = row.row.row
    return {
        "row_id": said.row_id,
        "member_id": said.member_id,
        "account_code": account.code if account else None,
        "product_name_bn": account.product_name_bn if account else None,
        "product_name_en": account.product_name_en if account else None,
        "amount": amount,
        "nothing_received": None,
        "balance": account.balance if account else None,
        "owed": account is not None and account.is_loan,
        "receipt_number": said.receipt_number,
    }
