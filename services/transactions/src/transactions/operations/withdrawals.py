"""Withdrawals: asked for, agreed to, held, and paid against her mark at the branch (rules M9, P2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.calls import Event
from contracts.errors import MakerIsChecker, PersonExcluded
from contracts.limits import require_within_limit
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.savings import WITHDRAWAL_APPROVED, WITHDRAWAL_PAID, WITHDRAWAL_REQUESTED
from contracts.transactions.savings_words import WithdrawalState
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval, permission_of
from transactions.domain.floats import require_in_field
from transactions.domain.nominees import require_alive
from transactions.domain.requests import require_same
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.withdrawals import (
    Withdrawal,
    WithdrawalRequest,
    area_approval_id,
    caution_of,
    entry_of_withdrawal,
    lapses_on,
    needs_approval,
    require_no_new_caution,
    require_payable,
    require_state,
    require_withdrawable,
)
from transactions.operations import dormancy
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_withdrawal(books: Books, request: WithdrawalRequest) -> None:
    """Take her wish down; within the counter's limit it may be paid at once, else a second person agrees.

    Raises:
        NotFound: the account is not in the caller's scope, or no savings account.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        DayNotOpen, DayIsClosing: as the ledger.
        WithdrawalNotAllowed, OverWithdrawable: as `require_withdrawable`.
        FieldPaymentsOff, OnlyAtBranch: as `require_in_field`, where it is meant for her samity.
        IdConflict: the id was used for another request.
    """
    known = books.withdrawals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return
    account = _account(books, request.account_id)
    require_alive(books.nominees.deceased_on(account.member_id))
    day = books.days.hold_open(account.office_id)
    agreement = books.withdrawals.agreement(account.id)
    _require_withdrawable(books, agreement, account, request)
    caution = caution_of(agreement, day.on)
    if request.in_field:
        require_in_field(caution, allowed=books.floats.allowed(account.office_id, day.on))
    already = books.withdrawals.asked_on(account.id, day.on)
    asks = request.in_field or needs_approval(agreement, Paisa(already + request.amount), caution)
    withdrawal = Withdrawal(
        id=request.id,
        account_id=account.id,
        member_id=account.member_id,
        office_id=account.office_id,
        amount=request.amount,
        state=WithdrawalState.REQUESTED,
        reason=request.reason,
        caution=caution,
        approval_id=request.id if asks else None,
        maker_id=request.maker_id,
        asked_on=day.on,
        made_at=books.work.now,
        fingerprint=request.fingerprint,
        in_field=request.in_field,
    )
    if not books.withdrawals.add(withdrawal):
        _answer_for_the_faster(books, request)
        return
    books.work.audit("propose_withdrawal", "account", account.id, {"amount": request.amount})
    _tell(books, WITHDRAWAL_REQUESTED, withdrawal, account)
    if asks:
        books.approvals.propose(_approval(books, withdrawal, account, ApprovalKind.WITHDRAWAL))
    else:
        _hold(books, withdrawal, account)


def _answer_for_the_faster(books: Books, request: WithdrawalRequest) -> None:
    """Somebody wrote a wish between our look and our own: the same one is fine, another is not."""
    known = books.withdrawals.find(request.id)
    require_same(known.fingerprint if known else None, request.fingerprint)


def _account(books: Books, account_id: str) -> MemberAccount:
    account = books.passbooks.account(account_id, Scope.of(books.work.actor))
    if account.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    return account


def _require_withdrawable(
    books: Books, agreement: Agreement, account: MemberAccount, wish: WithdrawalRequest | Withdrawal
) -> None:
    with_loan = books.withdrawals.has_running_loan(account.member_id)
    require_withdrawable(agreement, account, wish.amount, with_loan=with_loan)


def _approval(books: Books, withdrawal: Withdrawal, account: MemberAccount, kind: ApprovalKind) -> Approval:
    member = books.people.member_of_account(account.member_id)
    is_first = kind is ApprovalKind.WITHDRAWAL
    return Approval(
        id=withdrawal.id if is_first else area_approval_id(withdrawal.id),
        kind=kind.value,
        office_id=account.office_id,
        subject_id=withdrawal.id,
        amount=withdrawal.amount,
        fingerprint=withdrawal.fingerprint,
        maker_id=withdrawal.maker_id,
        made_at=books.work.now,
        facts={
            "amount": format_taka(withdrawal.amount),
            "balance": format_taka(account.balance),
            "member_id": account.member_id,
            "member_code": member.code if member else None,
            "subject_bn": member.name_bn if member else "",
            "subject_en": member.name_en if member else "",
            "account_code": account.code,
            "caution": [reason.value for reason in withdrawal.caution],
            **({"in_field": True} if withdrawal.in_field else {}),
            "reason": withdrawal.reason,
        },
    )


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Hold the money, or let go of the wish; under caution the area has the last word (rule M9).

    Raises:
        OverLimit: the amount is above what the last to agree may allow.
        MakerIsChecker: manager and area are two people.
        WithdrawalNotOpen: it was cancelled meanwhile.
        OverWithdrawable, InsufficientFunds: the balance moved meanwhile.
        FieldPaymentsOff, OnlyAtBranch: it may not be paid at her samity any more.
    """
    actor = books.work.actor
    withdrawal = books.withdrawals.lock(approval.subject_id, Scope.of(actor))
    require_state(withdrawal, WithdrawalState.REQUESTED)
    if not approve:
        declined = replace(withdrawal, state=WithdrawalState.DECLINED)
        books.withdrawals.finish(declined, actor.person_id)
        return
    if actor.person_id in withdrawal.approved_by:
        raise MakerIsChecker
    day = books.days.hold_open(withdrawal.office_id)
    account = books.passbooks.account(withdrawal.account_id, Scope.everything())
    agreement = books.withdrawals.agreement(account.id)
    withdrawal = replace(
        withdrawal,
        approved_by=(*withdrawal.approved_by, actor.person_id),
        caution=withdrawal.caution or caution_of(agreement, day.on),
    )
    if withdrawal.in_field:
        require_in_field(withdrawal.caution, allowed=books.floats.allowed(account.office_id, day.on))
    if withdrawal.caution and approval.kind == ApprovalKind.WITHDRAWAL:
        books.withdrawals.change(withdrawal)
        books.approvals.propose(_approval(books, withdrawal, account, ApprovalKind.WITHDRAWAL_AREA))
        return
    require_within_limit(actor, withdrawal.amount, permission_of(approval.kind))
    _require_withdrawable(books, agreement, account, withdrawal)
    _hold(books, withdrawal, account)


def _hold(books: Books, withdrawal: Withdrawal, account: MemberAccount) -> None:
    """From now on the amount is kept back, until it is paid or its last day is over."""
    day = books.days.hold_open(withdrawal.office_id)
    approved = replace(withdrawal, state=WithdrawalState.APPROVED, lapses_on=lapses_on(day.on))
    books.withdrawals.change(approved)
    books.ledger.add_pending([approved.holds])
    if approved.approval_id is not None:
        _tell(books, WITHDRAWAL_APPROVED, approved, account)


def pay_withdrawal(books: Books, withdrawal_id: str, *, mark: str, witness_id: str) -> dict[str, Any]:
    """Pay an approved withdrawal at the counter, with a final receipt.

    Raises:
        WithdrawalNotFound: there is none, or not for this caller.
        WithdrawalNotOpen, WithdrawalLapsed, MakerIsChecker: as `require_payable`.
        WithdrawalNeedsArea: as `require_no_new_caution`.
        PersonExcluded: it is the caller's own money, or of declared kin; or of the witness (rule M8).
        NotFound: the witness is nobody of the caller's offices.
        InsufficientFunds: the vault holds less.
    """
    actor = books.work.actor
    scope = Scope.of(actor)
    day = books.days.hold_open(books.withdrawals.office_of(withdrawal_id, scope))
    withdrawal = books.withdrawals.lock(withdrawal_id, scope)
    account = _account(books, withdrawal.account_id)
    if withdrawal.state is WithdrawalState.PAID:
        return _answer_again(books, withdrawal)
    require_alive(books.nominees.deceased_on(account.member_id))
    require_payable(withdrawal, day, payer_id=actor.person_id, witness_id=witness_id)
    require_no_new_caution(withdrawal, caution_of(books.withdrawals.agreement(account.id), day.on))
    _require_witness(books, witness_id)
    number, receipt = books.receipts.next_number(account.office_id, day.on.year)
    entry = entry_of_withdrawal(withdrawal, account, day, payer_id=actor.person_id, receipt=receipt)
    folded = books.ledger.post([entry], [withdrawal.releases])
    books.receipts.issue(entry.id, entry.office_id, (number, receipt), on=day.on)
    paid = replace(withdrawal, state=WithdrawalState.PAID)
    books.withdrawals.pay(paid, actor.person_id, {"mark": mark, "witness_id": witness_id})
    dormancy.wake(books, folded, day.on)
    books.work.audit("pay_withdrawal", "entry", entry.id, {"account_id": account.id, "mark": mark})
    answer = {
        "entry_id": entry.id,
        "account_id": account.id,
        "amount": withdrawal.amount,
        "business_on": day.on,
        "value_on": entry.value_on,
        "receipt_number": receipt,
    }
    balance = folded.balance_after(account.id)
    books.work.tell(WITHDRAWAL_PAID, {**answer, **names_of_account(account), "balance": balance})
    return {**answer, "id": entry.id, "balance_after": balance}


def _require_witness(books: Books, witness_id: str) -> None:
    books.people.staff(witness_id, Scope.of(books.work.actor))


def _answer_again(books: Books, withdrawal: Withdrawal) -> dict[str, Any]:
    known = books.receipts.find(withdrawal.id)
    assert known is not None  # a paid withdrawal has its receipt: one transaction wrote both
    return {**known, "id": withdrawal.id}


def cancel_withdrawal(books: Books, withdrawal_id: str, reason: str) -> None:
    """Let go of a withdrawal that is not paid, and of what it holds.

    Raises:
        WithdrawalNotFound: there is none, or not for this caller.
        PersonExcluded: it is the caller's own money, or of declared kin (rule M8).
        WithdrawalNotOpen, WithdrawalLapsed: it has ended already.
    """
    withdrawal = books.withdrawals.lock(withdrawal_id, Scope.of(books.work.actor))
    _account(books, withdrawal.account_id)
    if withdrawal.state is WithdrawalState.CANCELLED:
        return
    require_state(withdrawal, WithdrawalState.REQUESTED, WithdrawalState.APPROVED)
    _drop(books, withdrawal, WithdrawalState.CANCELLED, reason)
    books.work.audit("cancel_withdrawal", "withdrawal", withdrawal.id, {"reason": reason})


def drop_wishes(books: Books, account_id: str) -> None:
    """Let go of what was asked for and not agreed to, because the account is closed."""
    for withdrawal_id in books.withdrawals.wishes_of(account_id):
        withdrawal = books.withdrawals.lock(withdrawal_id, Scope.everything())
        _drop(books, withdrawal, WithdrawalState.CANCELLED, None)


def lapse_overdue(books: Books, office_id: str) -> int:
    """Free what was approved and not paid in time (rule M9).

    Returns:
        How many withdrawals lapsed.
    """
    day = books.days.find_open(office_id)
    overdue = books.withdrawals.overdue(office_id, day.on) if day else ()
    for withdrawal_id in overdue:
        withdrawal = books.withdrawals.lock(withdrawal_id, Scope.everything())
        if withdrawal.state is WithdrawalState.APPROVED:
            _drop(books, withdrawal, WithdrawalState.LAPSED, None)
            books.work.audit("lapse_withdrawal", "withdrawal", withdrawal.id, {})
    return len(overdue)


def _drop(books: Books, withdrawal: Withdrawal, state: WithdrawalState, why: str | None) -> None:
    actor = books.work.actor
    by = None if actor.kind == "service" else actor.person_id
    books.withdrawals.finish(replace(withdrawal, state=state), by, why)
    if withdrawal.state is WithdrawalState.APPROVED:
        books.ledger.add_pending([withdrawal.releases])
    books.approvals.lapse(withdrawal.id)


def _tell(books: Books, event: Event, withdrawal: Withdrawal, account: MemberAccount) -> None:
    books.work.tell(
        event,
        {
            "id": withdrawal.id,
            **names_of_account(account),
            "account_id": account.id,
            "amount": withdrawal.amount,
            "balance": account.balance,
            "on": withdrawal.asked_on,
            "lapses_on": withdrawal.lapses_on,
            "in_field": withdrawal.in_field,
        },
    )


def names_of_account(account: MemberAccount) -> Mapping[str, str]:
    """Return by what an account is told."""
    return {
        "office_id": account.office_id,
        "member_id": account.member_id,
        "account_code": account.code,
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
    }
