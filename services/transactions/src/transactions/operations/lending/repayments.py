"""Repayments at the counter: told apart, with a final receipt; the last one ends the loan (L1, M11)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from contracts.errors import IdConflict, PersonExcluded
from contracts.money import Paisa, format_taka
from contracts.transactions.collection_words import RowCode
from contracts.transactions.lending import LOAN_REPAID
from contracts.transactions.lending_words import LoanStatus, SurplusTo
from contracts.transactions.savings_errors import MoneyOnItsWay
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import OfficeAccount
from transactions.domain.handovers import UnallocatedReceipt
from transactions.domain.ledger import Entry
from transactions.domain.lending.loans import Loan, require_running
from transactions.domain.lending.payments import Allocation, allocate
from transactions.domain.lending.repayments import (
    CounterRepayment,
    entry_of_repayment,
    require_within_allowance,
    surplus_row_id,
    unallocated_for,
)
from transactions.domain.nominees import require_alive
from transactions.domain.requests import require_same
from transactions.operations import dormancy
from transactions.operations.lending.endings import end_loan
from transactions.repository import Books
from transactions.repository.scope import Scope


def post_repayment(books: Books, repayment: CounterRepayment) -> dict[str, Any]:
    """Post a repayment with its receipt; when nothing remains, the loan is repaid.

    Raises:
        LoanNotFound: there is no such loan for this caller.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        DayNotOpen, DayIsClosing: as the ledger.
        LoanEnded: nothing is owed on it any more.
        MemberDeceased: she has died; money for her loan is her nominees' (rule L5).
        OverPrepayment, ValueDateOutside: as the rules.
        MoneyOnItsWay: it would end the loan while a collection for it is not in the book yet (rule M1).
        IdConflict: the id is known. Roll back, so that the receipt's number is free again, then look whether
            it is this very repayment: `answer_again`.
    """
    day = books.days.hold_open(_in_reach(books, repayment.loan_id).office_id)
    loan = books.loans.lock(repayment.loan_id, Scope.of(books.work.actor))
    if books.receipts.find(repayment.entry_id) is not None:
        raise IdConflict
    require_alive(books.nominees.deceased_on(loan.member_id))
    require_running(loan)
    schedule, paid = books.loans.schedule(loan), books.loans.paid([loan])[loan.id]
    require_within_allowance(loan, schedule, paid, repayment, day.on)
    allocation = allocate(schedule, paid, repayment.amount)
    ends = (paid + allocation.loan).total == schedule.whole.total
    _require_nothing_on_its_way(books, loan, ends=ends)
    savings = _savings_for_surplus(books, loan, allocation)
    number, receipt = books.receipts.next_number(loan.office_id, day.on.year)
    surplus_to = savings.id if savings else unallocated_for(loan).id
    entry = entry_of_repayment(repayment, loan, allocation, day, receipt=receipt, surplus_to=surplus_to)
    books.ledger.ensure(_office_accounts(loan, repayment))
    books.ledger.post([entry])
    books.receipts.issue(entry.id, entry.office_id, (number, receipt), on=day.on, paid_by=repayment.paid_by)
    if allocation.surplus and savings is None:
        _keep_unallocated(books, entry, loan, allocation.surplus, receipt)
    dormancy.wake_owners(books, [loan.account_id], day.on)
    books.work.audit("post_repayment", "entry", entry.id, {"loan_id": loan.id, "amount": repayment.amount})
    _tell(books, entry, loan, _lines(books, loan, allocation, savings), receipt)
    if ends:
        end_loan(books, loan, LoanStatus.REPAID, day.on, entry.id)
    return answer_again(books, repayment)


def answer_again(books: Books, repayment: CounterRepayment) -> dict[str, Any]:
    """Return a repayment that is in the book, when it is this one.

    Raises:
        LoanNotFound: there is no such loan for this caller.
        IdConflict: the id was used for something else.
    """
    loan = _in_reach(books, repayment.loan_id)
    known = books.receipts.find(repayment.entry_id)
    if known is None:
        raise IdConflict
    require_same(known["fingerprint"], repayment.fingerprint)
    row = books.corrections.row(repayment.entry_id, repayment.entry_id, Scope.everything())
    names = ("entry_id", "paid_by", "business_on", "value_on", "receipt_number")
    return {
        **{name: known[name] for name in names},
        "loan_id": loan.id,
        "account_id": loan.account_id,
        "amount": repayment.amount,
        "principal": row.amount - row.charge,
        "service_charge": row.charge,
        "surplus": repayment.amount - row.amount,
        "outstanding": known["balance_after"],
        "status": loan.status if loan.ended_by_entry_id == repayment.entry_id else LoanStatus.RUNNING,
    }


def savings_for_surplus(books: Books, loans: Collection[Loan]) -> dict[str, MemberAccount]:
    """Return the general savings onto which more than the rest of some loans goes, by loan (rule M11).

    A loan is left out whose surplus she wants kept apart, or whose member has no such account.
    """
    wanting = [loan for loan in loans if loan.surplus_to is SurplusTo.SAVINGS]
    savings = books.ledger.general_savings_of({loan.member_id for loan in wanting})
    hers = {loan.id: savings.get(loan.member_id) for loan in wanting}
    return {
        loan.id: account
        for loan in wanting
        if (account := hers[loan.id]) is not None and account.office_id == loan.office_id
    }


def _in_reach(books: Books, loan_id: str) -> Loan:
    loan = books.loans.get(loan_id, Scope.of(books.work.actor))
    if loan.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    return loan


def _require_nothing_on_its_way(books: Books, loan: Loan, *, ends: bool) -> None:
    account = books.ledger.find_accounts([loan.account_id])[loan.account_id]
    if ends and account.pending_in:
        raise MoneyOnItsWay(pending=format_taka(account.pending_in))


def _savings_for_surplus(books: Books, loan: Loan, allocation: Allocation) -> MemberAccount | None:
    return savings_for_surplus(books, [loan]).get(loan.id) if allocation.surplus else None


def _office_accounts(loan: Loan, repayment: CounterRepayment) -> tuple[OfficeAccount, ...]:
    holder = OfficeAccount(repayment.held_in, loan.office_id)
    return (holder, loan.charge_account, unallocated_for(loan))


def _keep_unallocated(books: Books, entry: Entry, loan: Loan, amount: Paisa, receipt: str) -> None:
    left = UnallocatedReceipt(
        row_id=surplus_row_id(entry.id),
        member_id=loan.member_id,
        office_id=loan.office_id,
        amount=amount,
        code=RowCode.LOAN_SURPLUS,
        value_on=entry.value_on,
        account_id=loan.account_id,
        receipt_number=receipt,
    )
    books.collection.handovers.keep_unallocated([left])


def _tell(books: Books, entry: Entry, loan: Loan, lines: Sequence[Mapping[str, Any]], receipt: str) -> None:
    books.work.tell(
        LOAN_REPAID,
        {
            "entry_id": entry.id,
            "loan_id": loan.id,
            "office_id": loan.office_id,
            "member_id": loan.member_id,
            "lines": lines,
            "receipt_number": receipt,
            "business_on": entry.business_on,
            "value_on": entry.value_on,
        },
    )


def _lines(
    books: Books, loan: Loan, allocation: Allocation, savings: MemberAccount | None
) -> list[dict[str, Any]]:
    """Return what she is told of each account, as it stands now; money without an account names none."""
    ids = {loan.account_id} | ({savings.id} if savings else set())
    accounts = books.ledger.find_accounts(ids)
    lines = [_line(accounts[loan.account_id], allocation.loan.total)]
    if allocation.surplus:
        lines.append(_line(accounts[savings.id] if savings else None, allocation.surplus))
    return lines


def _line(account: MemberAccount | None, amount: Paisa) -> dict[str, Any]:
    return {
        "account_code": account.code if account else None,
        "product_name_bn": account.product_name_bn if account else None,
        "product_name_en": account.product_name_en if account else None,
        "amount": amount,
        "balance": account.balance if account else None,
        "owed": account is not None and account.is_loan,
    }
