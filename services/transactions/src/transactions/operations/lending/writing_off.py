"""Writing off what has long been bad, for a half-year's end, against its provision (domain 4.9)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from contracts.money import Paisa, format_taka
from contracts.transactions.lending_endings_words import EndingKind
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.classes import ClassRules, rules_in_force
from transactions.domain.days import OpenDay
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.requests import EndingRequest
from transactions.domain.lending.schedules import Amounts
from transactions.domain.lending.write_offs import (
    WriteOffTerms,
    bad_since,
    entry_of_write_off,
    half_year_end,
    require_write_off,
    require_write_off_day,
    write_off_terms,
)
from transactions.operations.lending.endings import end_loan
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


def quote_write_off(books: Books, loan_id: str) -> tuple[WriteOffTerms, dict[str, int]]:
    """Return what writing a loan off would book, what is provided, and how many loans are older cases.

    Raises:
        LoanNotFound, PersonExcluded, SettledAlready, LoanEnded, MoneyOnItsWay: as `requests.propose`.
    """
    loan = loan_in_reach(books, loan_id)
    day = books.days.hold_open(loan.office_id)
    require_endable(books, loan)
    terms = _terms(books, loan, day.on)
    return terms, {"provided": _provided(books, loan), "older": _older(books, loan, terms)}


def propose_write_off(books: Books, request: EndingRequest) -> tuple[ApprovalState, Approval]:
    """Ask for a loan to be written off, by the board's resolution.

    Raises:
        PersonExcluded, IdConflict, LoanEnded, MoneyOnItsWay: as `requests.propose`.
        NotWriteOffDay, NotBadLongEnough, NotProvided: as the rules of `write_offs`.
    """
    return propose(books, request, _look)


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Take the loan out of the portfolio when it is approved; what she owes stays a claim.

    Raises:
        LoanEnded, MoneyOnItsWay, LoanMoved, OverLimit: things moved meanwhile.
        NotWriteOffDay, NotBadLongEnough, NotProvided: as the rules of `write_offs`.
    """
    if not approve:
        return
    loan, day = hold(books, approval, _look, _touched)
    by = signed(books, approval)
    value_on = _value_on(books, day)
    terms = _terms(books, loan, day.on)
    books.ledger.post([entry_of_write_off(terms, loan, day, by, value_on=value_on)])
    books.loan_endings.add(
        Ending(
            id=by.id,
            loan_id=loan.id,
            office_id=loan.office_id,
            kind=EndingKind.WRITTEN_OFF,
            on=day.on,
            value_on=value_on,
            amounts=Amounts(terms.outstanding),
            rebate=Paisa(0),
            evidence=approval.facts["evidence"],
            maker_id=by.maker_id,
            checker_id=by.checker_id,
            claim=terms.claim,
        )
    )
    books.work.audit("write_off_loan", "loan", loan.id, {"amount": terms.outstanding})
    end_loan(books, loan, LoanStatus.WRITTEN_OFF, day.on, by.id)


def _look(books: Books, loan: Loan, day: OpenDay, _: Mapping[str, Any]) -> Stake:
    value_on = _value_on(books, day)
    terms = _terms(books, loan, day.on)
    require_write_off(terms, provided=_provided(books, loan))
    return Stake(
        amount=terms.outstanding,
        shown={
            "outstanding": format_taka(terms.outstanding),
            "claim": format_taka(terms.claim),
            "bad_since": terms.bad_since.isoformat() if terms.bad_since else None,
            "value_on": value_on.isoformat(),
        },
    )


def _value_on(books: Books, day: OpenDay) -> date:
    first = books.loan_endings.first_day_after(day.office_id, half_year_end(day.on))
    return require_write_off_day(day, first_since=first)


def _terms(books: Books, loan: Loan, on: date) -> WriteOffTerms:
    schedule, paid = books.loans.schedule(loan), books.loans.paid([loan])[loan.id]
    return write_off_terms(schedule, paid, on, _rules(books, on))


def _rules(books: Books, on: date) -> ClassRules:
    return rules_in_force((one.rules for one in books.classes.rules()), on)


def _provided(books: Books, loan: Loan) -> Paisa:
    return Paisa(books.ledger.balance(OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, loan.office_id)))


def _older(books: Books, loan: Loan, terms: WriteOffTerms) -> int:
    """Return how many other running loans of the branch have been bad for longer."""
    if terms.bad_since is None:
        return 0
    rules = _rules(books, terms.on)
    latest = terms.bad_since - timedelta(days=rules.bad_after_days)
    others = books.loans.find(books.loan_endings.running_since(loan.office_id, latest)).values()
    schedules, paid = books.loans.schedules(others), books.loans.paid(others)
    since = (bad_since(schedules[one.id], paid[one.id].principal, terms.on, rules) for one in others)
    return sum(1 for on in since if on is not None and on < terms.bad_since)


def _touched(loan: Loan) -> tuple[OfficeAccount, ...]:
    return (OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, loan.office_id),)
