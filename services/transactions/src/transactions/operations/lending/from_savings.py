"""Paying a loan out of her savings, only with her signature, and without cash (rule L7)."""

from collections.abc import Mapping
from typing import Any

from contracts.money import NOTHING, Paisa, format_taka, parse_taka
from contracts.transactions.collection_errors import AccountNotHers
from contracts.transactions.lending_endings import SAVINGS_MOVED_TO_LOAN
from contracts.transactions.lending_words import LoanStatus
from contracts.transactions.savings_errors import WithdrawalNotAllowed
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.chart import LEDGER_OF_FAMILY, OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, Folded
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.requests import EndingRequest
from transactions.domain.lending.schedules import Amounts
from transactions.domain.lending.settlements import (
    amounts_from_savings,
    entry_from_savings,
    require_savings,
)
from transactions.domain.nominees import require_alive
from transactions.operations import dormancy
from transactions.operations.lending.endings import end_loan
from transactions.operations.lending.requests import Stake, hold, propose, signed
from transactions.operations.lending.settling import record_settlement, terms_today
from transactions.repository import Books

_FAMILIES = {ledger.code: family for family, ledger in LEDGER_OF_FAMILY.items()}


def propose_savings_to_loan(books: Books, request: EndingRequest) -> tuple[ApprovalState, Mapping[str, Any]]:
    """Ask for savings of hers to pay a loan of hers; without an amount they settle it, to the paisa.

    Returns:
        Where the request stands, and what it moves, in its wire form.

    Raises:
        PersonExcluded, IdConflict, LoanEnded, MoneyOnItsWay: as `requests.propose`.
        MemberDeceased: nobody signs for who has died; her savings are her nominees' (rule L5).
        AccountNotHers: the savings are closed, another member's, another branch's, or none.
        WithdrawalNotAllowed: a term or lump deposit pays when it is closed.
        OverTheLoan, OverSavings: as the rules of `settlements`.
    """
    state, approval = propose(books, request, _look)
    return state, approval.facts


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Move the money when it is approved.

    Raises:
        LoanEnded, MoneyOnItsWay, LoanMoved, OverLimit: as `requests.hold`.
        MemberDeceased, AccountNotHers, OverSavings: she died, or the savings moved meanwhile.
    """
    if not approve:
        return
    loan, day = hold(books, approval, _look, _touched)
    by = signed(books, approval)
    savings = _savings(books, loan, approval.facts["account_id"])
    amounts = _amounts(books, loan, day, approval.facts["wanted"])
    left = Amounts(loan.principal, loan.charge) - books.loans.paid([loan])[loan.id] - amounts
    terms = terms_today(books, loan, day)
    entry = entry_from_savings(amounts, savings, loan, day, by)
    folded = books.ledger.post([entry])
    dormancy.wake(books, folded, day.on)
    if approval.facts["wanted"] is None:
        record_settlement(books, loan, terms, by, evidence=approval.facts["evidence"])
    elif not left.total:
        end_loan(books, loan, LoanStatus.REPAID, day.on, by.id)
    books.work.audit("savings_to_loan", "loan", loan.id, {"account_id": savings.id, "amount": amounts.total})
    books.work.tell(SAVINGS_MOVED_TO_LOAN, _told(savings, loan, entry, folded, amounts.total))


def _look(books: Books, loan: Loan, day: OpenDay, asked: Mapping[str, Any]) -> Stake:
    savings = _savings(books, loan, asked["account_id"])
    amounts = _amounts(books, loan, day, asked["wanted"])
    require_savings(savings, amounts.total)
    rebate = terms_today(books, loan, day).rebate if asked["wanted"] is None else NOTHING
    return Stake(
        amount=Paisa(max(amounts.total, rebate)),
        shown={
            "moved": format_taka(amounts.total),
            "principal": format_taka(amounts.principal),
            "service_charge": format_taka(amounts.charge),
            "rebate": format_taka(rebate),
        },
    )


def _amounts(books: Books, loan: Loan, day: OpenDay, wanted: str | None) -> Amounts:
    return amounts_from_savings(
        books.loans.schedule(loan),
        books.loans.paid([loan])[loan.id],
        terms_today(books, loan, day),
        None if wanted is None else parse_taka(wanted),
    )


def _savings(books: Books, loan: Loan, account_id: str) -> MemberAccount:
    require_alive(books.nominees.deceased_on(loan.member_id))
    account = books.ledger.find_accounts([account_id]).get(account_id)
    hers = (loan.member_id, loan.office_id)
    if account is None or account.closed or (account.member_id, account.office_id) != hers:
        raise AccountNotHers
    if account.ledger not in _FAMILIES:
        raise AccountNotHers
    if not books.withdrawals.agreement(account.id).is_free:
        raise WithdrawalNotAllowed(family=_FAMILIES[account.ledger])
    return account


def _touched(loan: Loan) -> tuple[OfficeAccount, ...]:
    return (loan.charge_account,)


def _told(savings: MemberAccount, loan: Loan, entry: Entry, folded: Folded, moved: Paisa) -> dict[str, Any]:
    standing = folded.standings.get(loan.account_id)
    return {
        "entry_id": entry.id,
        "office_id": savings.office_id,
        "member_id": savings.member_id,
        "account_id": savings.id,
        "account_code": savings.code,
        "product_name_bn": savings.product_name_bn,
        "product_name_en": savings.product_name_en,
        "amount": moved,
        "balance": folded.balance_after(savings.id),
        "loan_id": loan.id,
        "loan_code": loan.code,
        "loan_balance": standing.balance if standing else NOTHING,
        "business_on": entry.business_on,
    }
