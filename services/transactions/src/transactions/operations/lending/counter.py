"""Fees, premiums and recoveries at the counter, each with a final receipt (rules P3, M11)."""

from typing import Any

from contracts.errors import IdConflict, PersonExcluded
from contracts.money import Paisa
from contracts.transactions.lending_endings import COUNTER_MONEY_TAKEN
from contracts.transactions.lending_endings_errors import NotWrittenOff
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry
from transactions.domain.lending.counter import CounterMoney, entry_of_counter_money
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.write_offs import Claim, recovery_account, require_within_claim
from transactions.domain.requests import require_same
from transactions.operations.lending.requests import loan_in_reach
from transactions.repository import Books
from transactions.repository.scope import Scope


def post_fee(books: Books, fee: CounterMoney) -> dict[str, Any]:
    """Take a fee or a premium from a member; it is never kept from a loan.

    Raises:
        NotFound: the member is not in the caller's scope.
        PersonExcluded: it is the caller himself, or declared kin (rule M8).
        DayNotOpen, DayIsClosing: as the ledger.
        IdConflict: the id is known. Roll back, so that the receipt's number is free again, then look whether
            it is this very fee: `answer_again`.
    """
    actor = books.work.actor
    member = books.people.member(fee.subject_id, Scope.of(actor))
    if member.id in actor.excluded_members:
        raise PersonExcluded
    day = books.days.hold_open(member.branch_id)
    entry, receipt = _post(books, fee, member.branch_id, day)
    books.loan_endings.add_fee(fee, entry.office_id, day.on)
    books.work.audit("post_fee", "member", member.id, {"kind": fee.what, "amount": fee.amount})
    _tell(books, fee, entry, receipt, member_id=member.id)
    return {
        "entry_id": entry.id,
        "member_id": member.id,
        "kind": fee.what,
        "amount": fee.amount,
        "paid_by": fee.paid_by,
        "business_on": day.on,
        "receipt_number": receipt,
    }


def post_recovery(books: Books, money: CounterMoney) -> dict[str, Any]:
    """Take money for a loan that was written off: income; the claim goes down, the loan stays ended.

    Raises:
        LoanNotFound: there is no such loan for this caller.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        DayNotOpen, DayIsClosing: as the ledger.
        NotWrittenOff: the loan is not written off.
        OverTheClaim: as `require_within_claim`.
        ValueDateOutside: as `value_date_of`.
        IdConflict: the id is known: as `post_fee`.
    """
    day = books.days.hold_open(loan_in_reach(books, money.subject_id).office_id)
    loan = books.loans.lock(money.subject_id, Scope.of(books.work.actor))
    if loan.status is not LoanStatus.WRITTEN_OFF:
        raise NotWrittenOff(status=loan.status.value)
    if books.receipts.find(money.entry_id) is not None:
        raise IdConflict
    require_within_claim(claim_of(books, loan), money.amount)
    entry, receipt = _post(books, money, loan.office_id, day)
    left = claim_of(books, loan).left
    books.work.audit("post_recovery", "loan", loan.id, {"amount": money.amount, "left": left})
    _tell(books, money, entry, receipt, member_id=loan.member_id, left=left)
    return {
        "entry_id": entry.id,
        "loan_id": loan.id,
        "amount": money.amount,
        "paid_by": money.paid_by,
        "business_on": day.on,
        "value_on": entry.value_on,
        "receipt_number": receipt,
        "claim_left": left,
    }


def answer_again(books: Books, money: CounterMoney) -> dict[str, Any]:
    """Return what was posted before under the same id, when it is the same.

    Raises:
        LoanNotFound, NotFound: the loan or the member is not in the caller's scope.
        IdConflict: the id was used for something else.
    """
    known = books.receipts.find(money.entry_id)
    if known is None:
        raise IdConflict
    require_same(known["fingerprint"], money.fingerprint)
    names = ("entry_id", "amount", "paid_by", "business_on", "value_on", "receipt_number")
    shown = {name: known[name] for name in names}
    if money.what is not None:
        books.people.member(money.subject_id, Scope.of(books.work.actor))
        return {**shown, "member_id": money.subject_id, "kind": money.what}
    loan = loan_in_reach(books, money.subject_id)
    return {**shown, "loan_id": loan.id, "claim_left": claim_of(books, loan).left}


def claim_of(books: Books, loan: Loan) -> Claim:
    """Return what a member goes on owing of a written-off loan."""
    recovered = Paisa(books.ledger.balance(recovery_account(loan.office_id, loan.id)))
    return Claim(claimed=books.loan_endings.claimed(loan.id), recovered=recovered)


def _post(books: Books, money: CounterMoney, office_id: str, day: OpenDay) -> tuple[Entry, str]:
    number, receipt = books.receipts.next_number(office_id, day.on.year)
    entry = entry_of_counter_money(money, office_id, day, receipt)
    books.ledger.ensure([money.held_in(office_id), money.credited_to(office_id)])
    books.ledger.post([entry])
    books.receipts.issue(entry.id, office_id, (number, receipt), on=day.on, paid_by=money.paid_by)
    return entry, receipt


def _tell(
    books: Books, money: CounterMoney, entry: Entry, receipt: str, *, member_id: str, left: int | None = None
) -> None:
    books.work.tell(
        COUNTER_MONEY_TAKEN,
        {
            "entry_id": entry.id,
            "office_id": entry.office_id,
            "member_id": member_id,
            "what": money.what or "recovery",
            "amount": money.amount,
            "left": left,
            "receipt_number": receipt,
            "business_on": entry.business_on,
        },
    )
