"""Money that a correction or an allocation puts onto an account of hers, a loan or savings (L1, M11)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from contracts.errors import InvalidPayload
from contracts.money import Paisa
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Side
from transactions.domain.ledger import Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited
from transactions.domain.lending.payments import allocate
from transactions.operations.lending.endings import end_loan, reopen_loan
from transactions.repository import Books


def credits_on(
    books: Books, to: MemberAccount, amount: Paisa, row_id: str, receipt: str | None
) -> tuple[Posting, ...]:
    """Return the postings that put an amount onto an account; a loan, which the caller holds, is told apart.

    Raises:
        InvalidPayload: it is more than all that remains of the loan.
    """
    if not to.is_loan:
        return (Posting(to.id, Side.CREDIT, amount, row_id, receipt),)
    loan = books.loans.by_accounts([to.id])[to.id]
    allocation = allocate(books.loans.schedule(loan), books.loans.paid([loan])[loan.id], amount)
    if allocation.surplus:
        raise InvalidPayload.of(to_account_id="MORE_THAN_THE_LOAN")
    books.ledger.ensure([loan.charge_account])
    return credited(loan, allocation.loan, row_id, receipt)


def may_be_undone(loan: Loan) -> bool:
    """Tell whether a payment on a loan may be taken back: it runs, or it ended by being repaid."""
    return loan.status in {LoanStatus.RUNNING, LoanStatus.REPAID}


def run_again(books: Books, loans: Iterable[Loan], on: date, entry_id: str) -> None:
    """Open those held loans again that were repaid, because a payment of theirs is undone by an entry."""
    for loan in loans:
        if loan.status is LoanStatus.REPAID:
            reopen_loan(books, loan, on, entry_id)


def end_what_is_repaid(books: Books, loan_ids: Collection[str], on: date, entry_id: str) -> None:
    """End those held loans of which nothing remains by an entry that was just posted."""
    loans = books.loans.find(loan_ids)
    paid = books.loans.paid(loans.values())
    for loan in loans.values():
        if loan.is_running and paid[loan.id] == loan.whole:
            end_loan(books, loan, LoanStatus.REPAID, on, entry_id)


def amounts_by_account(books: Books, postings: Iterable[Posting]) -> Mapping[str, int]:
    """Return what each account of a member got in an entry, the charge with its loan; negative is taken."""
    rows = [posting for posting in postings if posting.row_id is not None]
    owners = books.loans.of_charge_accounts({posting.account_id for posting in rows})
    got: dict[str, int] = {}
    for posting in rows:
        account_id = owners.get(posting.account_id, posting.account_id)
        amount = posting.amount if posting.side is Side.CREDIT else -posting.amount
        got[account_id] = got.get(account_id, 0) + amount
    return got
