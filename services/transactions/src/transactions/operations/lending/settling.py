"""Ending a loan ahead of time with a rebate: proposed, agreed to, paid in whole taka (domain 4.8, M11)."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import IdConflict
from contracts.money import format_taka
from contracts.transactions.ledger_errors import AlreadyReversed
from contracts.transactions.lending_endings_words import EndingKind
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.requests import EndingRequest
from transactions.domain.lending.settlements import (
    SettlementTerms,
    entry_of_settlement,
    settlement_accounts,
    settlement_terms,
)
from transactions.domain.savings.closing import Signed, mirrored
from transactions.operations import dormancy
from transactions.operations.lending.endings import end_loan, reopen_loan
from transactions.operations.lending.requests import (
    Stake,
    hold,
    loan_in_reach,
    propose,
    require_endable,
    signed,
)
from transactions.repository import Books
from transactions.repository.loan_endings import Ending


def quote_settlement(books: Books, loan_id: str) -> SettlementTerms:
    """Return what would end a loan today.

    Raises:
        LoanNotFound: there is none, or not for this caller.
        SettledAlready, LoanEnded, MoneyOnItsWay: as `require_endable`.
        DayNotOpen, DayIsClosing: its branch posts nothing now.
    """
    loan = loan_in_reach(books, loan_id)
    day = books.days.hold_open(loan.office_id)
    require_endable(books, loan)
    return terms_today(books, loan, day)


def terms_today(books: Books, loan: Loan, day: OpenDay) -> SettlementTerms:
    """Return the terms of a running loan's settlement, as it stands in the book now."""
    return settlement_terms(
        books.loans.schedule(loan),
        books.loans.paid([loan])[loan.id],
        day.on,
        allows_rebate=loan.allows_rebate,
    )


def propose_settlement(books: Books, request: EndingRequest) -> tuple[ApprovalState, Mapping[str, Any]]:
    """Ask for a loan to be settled at today's terms; limits are held against the rebate.

    Returns:
        Where the request stands, and its terms in their wire form.

    Raises:
        PersonExcluded, IdConflict, LoanEnded, MoneyOnItsWay: as `requests.propose`.
    """
    state, approval = propose(books, request, _look)
    return state, approval.facts


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Take the cash and end the loan when it is approved.

    Raises:
        SettledAlready, LoanEnded, MoneyOnItsWay, LoanMoved, OverLimit: as `requests.hold`.
        InsufficientFunds: she gets charge back, and the vault holds less.
    """
    if not approve:
        return
    loan, day = hold(books, approval, _look, settlement_accounts)
    by = signed(books, approval)
    terms = terms_today(books, loan, day)
    receipt = books.receipts.next_number(loan.office_id, day.on.year) if terms.cash else None
    entry = entry_of_settlement(terms, loan, day, by, receipt=receipt[1] if receipt else None)
    if entry is not None:
        dormancy.wake(books, books.ledger.post([entry]), day.on)
    if receipt is not None:
        books.receipts.issue(by.id, loan.office_id, receipt, on=day.on)
    record_settlement(books, loan, terms, by, evidence=approval.facts["evidence"])
    books.work.audit("settle_loan", "loan", loan.id, {"cash": terms.cash, "rebate": terms.rebate})


def record_settlement(books: Books, loan: Loan, terms: SettlementTerms, by: Signed, *, evidence: str) -> None:
    """Write that a loan is settled, with its one rebate (domain 4.8), and tell it."""
    books.loan_endings.add(
        Ending(
            id=by.id,
            loan_id=loan.id,
            office_id=loan.office_id,
            kind=EndingKind.SETTLED,
            on=terms.on,
            value_on=terms.on,
            amounts=terms.amounts,
            rebate=terms.rebate,
            evidence=evidence,
            maker_id=by.maker_id,
            checker_id=by.checker_id,
        )
    )
    end_loan(books, loan, LoanStatus.SETTLED, terms.on, by.id)


def undo(books: Books, entry_id: str, undoing: Signed) -> Entry:
    """Undo a settlement, or a payment out of savings, of the same day (rule M12): all of it comes back.

    Returns:
        The entry that undid it.

    Raises:
        AlreadyReversed: it was undone before.
    """
    (done,) = books.account_closings.entries_of([entry_id])
    day = books.days.hold_open(done.office_id)
    entry = mirrored(done, entry_id, day, undoing, main=True)
    touched = {posting.account_id for posting in entry.postings}
    (loan,) = books.loans.hold_by_account(touched).values()
    books.ledger.hold(touched)
    if loan.ended_by_entry_id == entry_id:
        reopen_loan(books, loan, day.on, undoing.id)
        books.loan_endings.undo(entry_id, undoing.id)
    try:
        books.ledger.post([entry])
    except IdConflict:
        raise AlreadyReversed from None
    books.work.audit("undo_ending", "loan", loan.id, {"entry_id": entry_id})
    return entry


def _look(books: Books, loan: Loan, day: OpenDay, _: Mapping[str, Any]) -> Stake:
    terms = terms_today(books, loan, day)
    return Stake(amount=terms.rebate, shown=terms_shown(terms))


def terms_shown(terms: SettlementTerms) -> dict[str, str]:
    """Return a settlement's terms in their wire form."""
    names = ("outstanding", "payoff", "rebate", "rounding", "cash")
    shown = {name: format_taka(getattr(terms, name)) for name in names}
    return {"on": terms.on.isoformat(), "service_charge": format_taka(terms.charge), **shown}
