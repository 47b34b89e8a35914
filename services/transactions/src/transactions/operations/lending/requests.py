"""Asking for the end of a loan: what is at stake is shown to the second person, and looked at again then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.errors import IdConflict, PersonExcluded
from contracts.limits import require_within_limit
from contracts.money import Paisa, format_taka
from contracts.transactions.lending_endings_errors import LoanMoved
from transactions.domain.approvals import Approval, ApprovalState, permission_of
from transactions.domain.chart import OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.requests import EndingRequest, require_not_ended
from transactions.domain.requests import require_same
from transactions.domain.savings.closing import Signed, require_nothing_on_its_way
from transactions.repository import Books
from transactions.repository.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What a request puts at stake.

    Attributes:
        amount: What limits by amount are held against, in paisa.
        shown: What the second person sees of it, as plain JSON; it must still be so when he agrees.
    """

    amount: Paisa
    shown: Mapping[str, Any]


Look = Callable[[Books, Loan, OpenDay, Mapping[str, Any]], Stake]


def propose(books: Books, request: EndingRequest, look: Look) -> tuple[ApprovalState, Approval]:
    """Ask for something about a loan's end, at what it comes to today.

    Raises:
        LoanNotFound: there is no such loan for this caller.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        DayNotOpen, DayIsClosing: its branch posts nothing now.
        SettledAlready, LoanEnded: as `require_not_ended`.
        MoneyOnItsWay: something on it is pending (rule M1).
        IdConflict: the id was used for another request.
    """
    loan = loan_in_reach(books, request.loan_id)
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state, known
    day = books.days.hold_open(loan.office_id)
    require_endable(books, loan)
    stake = look(books, loan, day, request.asked)
    approval = _approval(books, request, loan, stake)
    if not books.approvals.propose(approval):
        return _answer_for_the_faster(books, request)
    books.work.audit(f"propose_{request.kind.value}", "loan", loan.id, {"amount": stake.amount})
    return ApprovalState.WAITING, approval


def _answer_for_the_faster(books: Books, request: EndingRequest) -> tuple[ApprovalState, Approval]:
    """Somebody wrote a request between our look and our own: the same one is fine, another is not."""
    known = books.approvals.find(request.id)
    if known is None:
        raise IdConflict
    require_same(known.fingerprint, request.fingerprint)
    return known.state, known


def loan_in_reach(books: Books, loan_id: str) -> Loan:
    """Return a loan that the caller may see and has no part in.

    Raises:
        LoanNotFound: there is none, or not for this caller.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
    """
    loan = books.loans.get(loan_id, Scope.of(books.work.actor))
    if loan.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    return loan


def require_endable(books: Books, loan: Loan) -> None:
    """Let a loan come to its end that runs and of which nothing is pending.

    Raises:
        SettledAlready, LoanEnded: as `require_not_ended`.
        MoneyOnItsWay: something on it is pending (rule M1).
    """
    require_not_ended(loan)
    require_nothing_on_its_way(books.ledger.find_accounts([loan.account_id])[loan.account_id])


def hold(
    books: Books, approval: Approval, look: Look, touched: Callable[[Loan], tuple[OfficeAccount, ...]]
) -> tuple[Loan, OpenDay]:
    """Take hold of the day, the loan and all accounts of a request, and see that it is still the same.

    Raises:
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        SettledAlready, LoanEnded, MoneyOnItsWay: as `require_endable`.
        LoanMoved: it comes to something else by now.
        OverLimit: more is at stake than the decider may allow.
    """
    facts = approval.facts
    day = books.days.hold_open(approval.office_id)
    loan = books.loans.lock(facts["loan_id"], Scope.everything())
    if loan.office_id != approval.office_id:
        raise LoanMoved(now=loan.code)
    of_office = touched(loan)
    books.ledger.ensure(of_office)
    hers = {loan.account_id, *filter(None, [facts.get("account_id")])}
    books.ledger.hold({*hers, *(account.id for account in of_office)})
    require_endable(books, loan)
    stake = look(books, loan, day, facts)
    if any(facts[name] != value for name, value in stake.shown.items()):
        raise LoanMoved(now=format_taka(stake.amount))
    require_within_limit(books.work.actor, stake.amount, permission_of(approval.kind))
    return loan, day


def signed(books: Books, approval: Approval) -> Signed:
    """Return who asked and who agreed: the entry bears the request's id."""
    return Signed(
        id=approval.id,
        maker_id=approval.maker_id,
        checker_id=books.work.actor.person_id,
        reason=approval.facts["reason"],
    )


def _approval(books: Books, request: EndingRequest, loan: Loan, stake: Stake) -> Approval:
    member = books.people.member_of_account(loan.member_id)
    return Approval(
        id=request.id,
        kind=request.kind.value,
        office_id=loan.office_id,
        subject_id=request.id,
        amount=stake.amount,
        fingerprint=request.fingerprint,
        maker_id=request.maker_id,
        made_at=books.work.now,
        facts={
            "amount": format_taka(stake.amount),
            "loan_id": loan.id,
            "account_code": loan.code,
            "member_id": loan.member_id,
            "member_code": member.code if member else None,
            "subject_bn": member.name_bn if member else "",
            "subject_en": member.name_en if member else "",
            **request.asked,
            **stake.shown,
            "reason": request.reason,
            "evidence": request.evidence,
        },
    )
