"""Paying a loan out: on exactly its day, whole, in her hand or to her own account (mechanics B4, rule L4)."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.errors import IdConflict, NotFound, PersonExcluded
from contracts.money import NOTHING
from contracts.transactions.ledger_errors import NotReversible
from contracts.transactions.lending import LOAN_PAID_OUT
from contracts.transactions.lending_errors import LoanNotFound
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.chart import Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, Posting
from transactions.domain.lending.loans import Payout, entry_of_payout, require_payable_out
from transactions.domain.nominees import require_alive
from transactions.domain.requests import require_same
from transactions.domain.reversals import BookedRow, Decided, entry_of_reversal
from transactions.operations import dormancy
from transactions.operations.lending.endings import end_loan
from transactions.repository import Books
from transactions.repository.scope import Scope


def pay_out_loan(books: Books, payout: Payout) -> dict[str, Any]:
    """Open a loan in the book and pay it out, with its proof and its receipt.

    Raises:
        NotFound: the member, or the witness, is not in the caller's scope.
        PersonExcluded: it is the caller's own loan, or of declared kin (rule M8).
        MemberDeceased: she has died (rule L5).
        DayNotOpen, DayIsClosing, InsufficientFunds: as the ledger.
        NotItsDay, InvalidPayload, MakerIsChecker: as `require_payable_out`.
        IdConflict: the id is known. Roll back, so that the receipt's number is free again, then look whether
            it is this very payout: `answer_again`.
    """
    scope = Scope.of(books.work.actor)
    if payout.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    if books.loans.find([payout.id]):
        raise IdConflict
    day = books.days.hold_open(payout.office_id)
    if books.people.member(payout.member_id, scope).branch_id != payout.office_id:
        raise NotFound
    require_alive(books.nominees.deceased_on(payout.member_id))
    require_payable_out(payout, day)
    books.people.staff(payout.witness_id, scope)
    number, receipt = books.receipts.next_number(payout.office_id, day.on.year)
    loan = payout.loan
    books.ledger.open_account(payout.account, day.on)
    books.loans.add(loan, payout.schedule)
    books.ledger.ensure([payout.pays_from, loan.charge_account])
    entry = entry_of_payout(payout, receipt)
    books.ledger.post([entry])
    books.receipts.issue(entry.id, entry.office_id, (number, receipt), on=day.on)
    books.loans.prove(payout)
    dormancy.wake_owners(books, [loan.account_id], day.on)
    books.work.audit("pay_out_loan", "loan", loan.id, {"amount": loan.principal, "how": payout.how.value})
    _tell(books, payout, receipt)
    return _answer(payout, receipt, day.on)


def answer_again(books: Books, payout: Payout) -> dict[str, Any]:
    """Return a payout that was made before, when it is the same one.

    Raises:
        LoanNotFound: the loan is not in the caller's scope.
        IdConflict: the id, or the code, belongs to something else.
    """
    try:
        loan = books.loans.get(payout.id, Scope.of(books.work.actor))
    except LoanNotFound:
        if books.loans.find([payout.id]):
            raise
        raise IdConflict from None
    require_same(loan.fingerprint, payout.fingerprint)
    known = books.receipts.find(loan.id)
    assert known is not None  # a loan in the book has its receipt: one transaction wrote both
    return _answer(payout, known["receipt_number"], known["business_on"])


def undo_payout(books: Books, row: BookedRow, decided: Decided, day: OpenDay) -> Entry:
    """Undo a payout of the same day: the money is back where it was, and the loan is none (M12, L4).

    Returns:
        The entry that undid it.

    Raises:
        NotReversible: it was undone before or has ended, or something was paid on it or is on its way.
    """
    (loan,) = books.loans.hold_by_account([row.account_id]).values()
    account = books.ledger.find_accounts([loan.account_id])[loan.account_id]
    if not loan.is_running:
        raise NotReversible(why="LOAN_ENDED")
    if books.loans.paid([loan])[loan.id].total or account.pending_in:
        raise NotReversible(why="SOMETHING_PAID")
    back = Posting(books.loans.paid_out_from(loan).id, Side.DEBIT, row.amount)
    entry = entry_of_reversal(row, decided, day, given=(), officer_owes=NOTHING)
    entry = replace(entry, postings=(*row.taken_back(row.amount), back))
    books.ledger.post([entry])
    end_loan(books, loan, LoanStatus.UNDONE, day.on, entry.id)
    return entry


def _answer(payout: Payout, receipt: str, on: date) -> dict[str, Any]:
    return {
        "loan_id": payout.id,
        "account_id": payout.loan.account_id,
        "entry_id": payout.id,
        "receipt_number": receipt,
        "business_on": on,
    }


def _tell(books: Books, payout: Payout, receipt: str) -> None:
    first = payout.schedule.instalments[0]
    told = {
        **payout.loan.names,
        "loan_id": payout.id,
        "principal": payout.principal,
        "how": payout.how,
        "instalments": len(payout.schedule.due_on),
        "first_due_on": first.due_on,
        "first_amount": first.amounts.total,
        "receipt_number": receipt,
        "business_on": payout.on,
    }
    books.work.tell(LOAN_PAID_OUT, told)
