"""How a loan comes to its end, and how that is undone: its account closed or open, and accounts told."""

from datetime import date

from contracts.transactions.lending import LOAN_CLOSED
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.lending.loans import Loan
from transactions.repository import Books


def end_loan(books: Books, loan: Loan, status: LoanStatus, on: date, entry_id: str) -> None:
    """Write that a held loan, whose account holds nothing any more, has come to its end, and tell it."""
    books.loans.end(loan, status, on, entry_id)
    books.ledger.close(loan.account_id)
    books.work.audit("end_loan", "loan", loan.id, {"status": status.value, "entry_id": entry_id})
    _tell(books, loan, status, on, entry_id)


def reopen_loan(books: Books, loan: Loan, on: date, entry_id: str) -> None:
    """Let a held loan run again before the entry that undoes its end is posted, and tell it."""
    books.loans.reopen(loan)
    books.ledger.reopen(loan.account_id)
    books.work.audit("reopen_loan", "loan", loan.id, {"entry_id": entry_id})
    _tell(books, loan, LoanStatus.RUNNING, on, entry_id)


def _tell(books: Books, loan: Loan, status: LoanStatus, on: date, entry_id: str) -> None:
    books.work.tell(
        LOAN_CLOSED,
        {
            **loan.names,
            "loan_id": loan.id,
            "status": status,
            "entry_id": entry_id,
            "business_on": on,
            "version": loan.version + 1,
        },
    )
