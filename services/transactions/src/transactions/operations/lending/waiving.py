"""After a member's death: what was paid since is refunded, the rest the risk fund bears (rule L5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.money import Paisa, format_taka
from contracts.transactions.ledger import ENTRY_REVERSED
from contracts.transactions.ledger_words import Direction, ReversalKind
from contracts.transactions.lending_endings_errors import NothingPaidAfterDeath
from contracts.transactions.lending_endings_words import EndingKind, WaiverKind
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, Folded
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.requests import EndingRequest
from transactions.domain.lending.schedules import Amounts
from transactions.domain.lending.waivers import (
    Payment,
    WaiverTerms,
    entry_of_refund,
    entry_of_waiver,
    require_nothing_paid_after,
    waiver_terms,
    with_payments,
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


def quote_waiver(books: Books, loan_id: str, died_on: date, kind: WaiverKind) -> WaiverTerms:
    """Return what waiving a loan would cost the risk fund, and what is to be refunded before.

    Raises:
        LoanNotFound, PersonExcluded, SettledAlready, LoanEnded, MoneyOnItsWay: as `requests.propose`.
        InvalidPayload: she did not die in the future.
    """
    loan = loan_in_reach(books, loan_id)
    day = books.days.hold_open(loan.office_id)
    require_endable(books, loan)
    return _terms(books, loan, day, {"died_on": died_on.isoformat(), "waiver": kind.value})


def propose_waiver(books: Books, request: EndingRequest) -> tuple[ApprovalState, Approval]:
    """Ask for the risk fund to bear a dead member's loan.

    Raises:
        PersonExcluded, IdConflict, LoanEnded, MoneyOnItsWay: as `requests.propose`.
        PaidAfterDeath: what was paid after the death is refunded first.
    """
    return propose(books, request, _look_at_waiver)


def decide_waiver(books: Books, approval: Approval, *, approve: bool) -> None:
    """Let the fund bear it when it is approved: the loan ends as waived.

    Raises:
        LoanEnded, MoneyOnItsWay, LoanMoved, OverLimit, PaidAfterDeath: things moved meanwhile.
    """
    if not approve:
        return
    loan, day = hold(books, approval, _look_at_waiver, _of_the_fund)
    by = signed(books, approval)
    terms = _terms(books, loan, day, approval.facts)
    entry = entry_of_waiver(terms, loan, day, by)
    if entry is not None:
        books.ledger.post([entry])
    books.loan_endings.add(
        Ending(
            id=by.id,
            loan_id=loan.id,
            office_id=loan.office_id,
            kind=EndingKind.WAIVED,
            on=day.on,
            value_on=day.on,
            amounts=Amounts(terms.principal, terms.charge),
            rebate=terms.rebate,
            evidence=approval.facts["evidence"],
            maker_id=by.maker_id,
            checker_id=by.checker_id,
            died_on=terms.died_on,
        )
    )
    books.work.audit("waive_loan", "loan", loan.id, {"amount": terms.from_risk_fund})
    end_loan(books, loan, LoanStatus.WAIVED, day.on, by.id)


def propose_refund(books: Books, request: EndingRequest) -> tuple[ApprovalState, Approval]:
    """Ask for the payments after a death to be paid back.

    Raises:
        PersonExcluded, IdConflict, LoanEnded, MoneyOnItsWay: as `requests.propose`.
        NothingPaidAfterDeath: there are none.
    """
    return propose(books, request, _look_at_refund)


def decide_refund(books: Books, approval: Approval, *, approve: bool) -> None:
    """Pay them back from the vault when it is approved, each by an entry with its own value date.

    Raises:
        LoanEnded, MoneyOnItsWay, LoanMoved, OverLimit: things moved meanwhile.
        InsufficientFunds: the vault holds less.
    """
    if not approve:
        return
    loan, day = hold(books, approval, _look_at_refund, _of_the_vault)
    by = signed(books, approval)
    payments = _paid_after(books, loan, day, approval.facts)
    undone = [entry_of_refund(payment, loan, day, by) for payment in payments]
    folded = books.ledger.post(undone)
    for payment, entry in zip(payments, undone, strict=True):
        _tell_refund(books, loan, payment, entry, folded)
    books.work.audit("refund_after_death", "loan", loan.id, {"payments": len(payments)})


def _terms(books: Books, loan: Loan, day: OpenDay, asked: Mapping[str, Any]) -> WaiverTerms:
    terms = waiver_terms(
        books.loans.schedule(loan),
        books.loans.paid([loan])[loan.id],
        died_on=date.fromisoformat(asked["died_on"]),
        on=day.on,
        kind=WaiverKind(asked.get("waiver", WaiverKind.PRINCIPAL_ONLY)),
    )
    payments = books.loan_endings.payments_after(loan.account_id, loan.charge_account.id, terms.died_on)
    return with_payments(terms, payments)


def _paid_after(books: Books, loan: Loan, day: OpenDay, asked: Mapping[str, Any]) -> tuple[Payment, ...]:
    terms = _terms(books, loan, day, {"died_on": asked["died_on"]})
    if not terms.paid_after:
        raise NothingPaidAfterDeath(died_on=terms.died_on.isoformat())
    return terms.paid_after


def _look_at_waiver(books: Books, loan: Loan, day: OpenDay, asked: Mapping[str, Any]) -> Stake:
    terms = _terms(books, loan, day, asked)
    require_nothing_paid_after(terms)
    return Stake(
        amount=terms.from_risk_fund,
        shown={
            "principal": format_taka(terms.principal),
            "service_charge": format_taka(terms.charge),
            "rebate": format_taka(terms.rebate),
        },
    )


def _look_at_refund(books: Books, loan: Loan, day: OpenDay, asked: Mapping[str, Any]) -> Stake:
    payments = _paid_after(books, loan, day, asked)
    paid = Paisa(sum(payment.amounts.total for payment in payments))
    return Stake(amount=paid, shown={"refund": format_taka(paid), "payments": len(payments)})


def _of_the_fund(loan: Loan) -> tuple[OfficeAccount, ...]:
    return (loan.charge_account, OfficeAccount(Ledgers.RISK_FUND, loan.office_id))


def _of_the_vault(loan: Loan) -> tuple[OfficeAccount, ...]:
    return (loan.charge_account, OfficeAccount(Ledgers.VAULT, loan.office_id))


def _tell_refund(books: Books, loan: Loan, payment: Payment, entry: Entry, folded: Folded) -> None:
    balance = folded.balance_after(loan.account_id)
    line = {**loan.names, "account_id": loan.account_id, "amount": payment.amounts.total}
    line.pop("office_id")
    books.work.tell(
        ENTRY_REVERSED,
        {
            "entry_id": entry.id,
            "reversed_id": payment.entry_id,
            "row_id": payment.row_id,
            "office_id": loan.office_id,
            "kind": ReversalKind.MONEY_RETURNED.value,
            "business_on": entry.business_on,
            "value_on": entry.value_on,
            "first_receipt": None,
            "reason": entry.reason,
            "lines": [{**line, "direction": Direction.WITHDRAWAL, "balance": balance}],
        },
    )
