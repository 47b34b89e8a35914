"""Closing a savings account: proposed with its terms, agreed to, paid, and nothing left (rule M11)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.errors import MakerIsChecker, PersonExcluded
from contracts.limits import require_within_limit
from contracts.money import Paisa, format_taka, parse_taka
from contracts.transactions.ledger_errors import AccountClosed, AlreadyReversed
from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.savings import ACCOUNT_CLOSED, ACCOUNT_STATE_CHANGED
from contracts.transactions.savings_errors import AccountMoved
from contracts.transactions.savings_words import ClosingHow
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval, ApprovalState, permission_of
from transactions.domain.chart import OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, Folded
from transactions.domain.nominees import require_alive
from transactions.domain.requests import require_same
from transactions.domain.savings.closing import (
    ClosingRequest,
    ClosingTerms,
    Signed,
    closing_terms,
    entries_of_closing,
    mirrored,
    office_accounts_of,
    part_id,
    require_nothing_on_its_way,
)
from transactions.domain.savings.withdrawals import caution_of
from transactions.operations import withdrawals
from transactions.repository import Books
from transactions.repository.scope import Scope

PARTS = ("interest", "charge", "rounding")


def quote_closing(books: Books, account_id: str) -> ClosingTerms:
    """Return what closing an account would pay today.

    Raises:
        NotFound: the account is not in the caller's scope, or no savings account.
        DayNotOpen, DayIsClosing: its branch posts nothing now.
        AccountClosed: there is nothing left to close.
    """
    account = books.passbooks.account(account_id, Scope.of(books.work.actor))
    return _terms(books, account, books.days.hold_open(account.office_id))


def _terms(books: Books, account: MemberAccount, day: OpenDay) -> ClosingTerms:
    if account.closed:
        raise AccountClosed(account_id=account.id)
    agreement = books.withdrawals.agreement(account.id)
    history = books.account_closings.histories([account.id])[account.id]
    return closing_terms(agreement, account.balance, history, day.on)


def propose_closing(books: Books, request: ClosingRequest) -> tuple[ApprovalState, ClosingTerms]:
    """Ask for an account to be closed at the terms of today.

    Returns:
        Where the request stands, and the terms of today.

    Raises:
        NotFound: the account is not in the caller's scope, or no savings account.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        MoneyOnItsWay: something on it is pending or promised (rule M1).
        IdConflict: the id was used for another request.
    """
    account = books.passbooks.account(request.account_id, Scope.of(books.work.actor))
    if account.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    require_alive(books.nominees.deceased_on(account.member_id))
    day = books.days.hold_open(account.office_id)
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state, _terms_told(known.facts)
    require_nothing_on_its_way(account)
    terms = _terms(books, account, day)
    books.approvals.propose(_approval(books, request, account, terms))
    books.work.audit("propose_closing", "account", account.id, {"payout": terms.payout})
    return ApprovalState.WAITING, terms


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Close and pay when it is approved; under caution the area has the last word (rule M9).

    Raises:
        AccountMoved: it would pay something else by now.
        MemberDeceased: she died meanwhile, so that her nominees are paid (rule L5).
        MoneyOnItsWay, AccountClosed, InsufficientFunds: things moved meanwhile.
        MakerIsChecker: manager and area are two people.
        OverLimit: what is paid out is above what the last to agree may allow.
    """
    if not approve:
        return
    actor, facts = books.work.actor, approval.facts
    if facts.get("agreed_by") == actor.person_id:
        raise MakerIsChecker
    account = books.passbooks.account(facts["account_id"], Scope.everything())
    require_alive(books.nominees.deceased_on(account.member_id))
    day = books.days.hold_open(account.office_id)
    caution = caution_of(books.withdrawals.agreement(account.id), day.on)
    if caution and approval.kind == ApprovalKind.CLOSING:
        books.approvals.propose(_for_the_area(books, approval))
        return
    require_within_limit(actor, Paisa(approval.amount or 0), permission_of(approval.kind))
    signed = Signed(
        id=facts["closing_id"],
        maker_id=approval.maker_id,
        checker_id=actor.person_id,
        reason=facts["reason"],
    )
    terms = close_account(books, account.id, signed)
    if terms.payout != approval.amount:
        raise AccountMoved(payout=format_taka(terms.payout))


def close_account(
    books: Books, account_id: str, signed: Signed, *, paid_to: OfficeAccount | None = None
) -> ClosingTerms:
    """Post interest, charge, rounding and payout, and let nothing more be posted on the account.

    What the member only wished to withdraw from it is dropped.

    Raises:
        DayNotOpen, DayIsClosing, InsufficientFunds: as the ledger.
        MoneyOnItsWay: something on it is pending or promised (rule M1).
        AccountClosed: it is closed already.
    """
    office_id = books.withdrawals.agreement(account_id).office_id
    day = books.days.hold_open(office_id)
    withdrawals.drop_wishes(books, account_id)
    of_office = (*office_accounts_of(office_id), *([paid_to] if paid_to else ()))
    books.ledger.ensure(of_office)
    books.ledger.hold({account_id, *(each.id for each in of_office)})
    account = books.ledger.find_accounts([account_id])[account_id]
    require_nothing_on_its_way(account)
    terms = _terms(books, account, day)
    receipt = _receipt(books, account, day) if terms.payout and paid_to is None else None
    entries = tuple(
        entries_of_closing(
            terms, account, day, signed, receipt=receipt[1] if receipt else None, paid_to=paid_to
        )
    )
    if entries:
        books.ledger.post(entries)
    if receipt is not None:
        books.receipts.issue(signed.id, office_id, receipt, on=day.on)
    books.ledger.close(account_id)
    books.account_closings.add(signed.id, account_id, office_id, terms)
    books.work.audit("close_account", "account", account_id, {"payout": terms.payout, "how": terms.how})
    _tell(books, account, signed, terms)
    _tell_state(books, account, closed=True)
    return terms


def undo_closing(books: Books, closing_id: str, undoing: Signed) -> tuple[Entry, Folded]:
    """Undo a closing of the same day: the cash comes back, and the account is open again (rules M12, L7).

    Returns:
        The entry that took the payout back, and what it did.

    Raises:
        AlreadyReversed: it was undone before, or the entry is no closing's payout.
    """
    account_id = books.account_closings.lock_standing(closing_id)
    if account_id is None:
        raise AlreadyReversed
    ids = (closing_id, *(part_id(closing_id, part) for part in PARTS))
    done = books.account_closings.entries_of(ids)
    day = books.days.hold_open(done[0].office_id)
    undone = tuple(
        mirrored(entry, entry.id, day, undoing, main=entry.id == closing_id)
        for entry in sorted(done, key=lambda entry: entry.id != closing_id)
    )
    books.ledger.hold({posting.account_id for entry in undone for posting in entry.postings})
    books.ledger.reopen(account_id)
    folded = books.ledger.post(undone)
    books.account_closings.undo(closing_id, undoing.id)
    _tell_state(books, books.ledger.find_accounts([account_id])[account_id], closed=False)
    books.work.audit("undo_closing", "account", account_id, {"closing_id": closing_id})
    return undone[0], folded


def _receipt(books: Books, account: MemberAccount, day: OpenDay) -> tuple[int, str]:
    return books.receipts.next_number(account.office_id, day.on.year)


def _approval(books: Books, request: ClosingRequest, account: MemberAccount, terms: ClosingTerms) -> Approval:
    member = books.people.member_of_account(account.member_id)
    return Approval(
        id=request.id,
        kind=ApprovalKind.CLOSING.value,
        office_id=account.office_id,
        subject_id=request.id,
        amount=terms.payout,
        fingerprint=request.fingerprint,
        maker_id=request.maker_id,
        made_at=books.work.now,
        facts={
            "closing_id": request.id,
            "amount": format_taka(terms.payout),
            "member_id": account.member_id,
            "member_code": member.code if member else None,
            "subject_bn": member.name_bn if member else "",
            "subject_en": member.name_en if member else "",
            "account_id": account.id,
            "account_code": account.code,
            "on": terms.on.isoformat(),
            "how": terms.how.value,
            "balance": format_taka(terms.balance),
            "interest": format_taka(terms.interest),
            "charge": format_taka(terms.charge),
            "reason": request.reason,
            "evidence": request.evidence,
        },
    )


def _for_the_area(books: Books, first: Approval) -> Approval:
    """Return the second request of a closing under caution, which another person decides."""
    return Approval(
        id=part_id(first.id, "area"),
        kind=ApprovalKind.CLOSING_AREA.value,
        office_id=first.office_id,
        subject_id=first.subject_id,
        amount=first.amount,
        fingerprint=first.fingerprint,
        maker_id=first.maker_id,
        made_at=books.work.now,
        facts={**first.facts, "agreed_by": books.work.actor.person_id},
    )


def _terms_told(facts: Mapping[str, Any]) -> ClosingTerms:
    """Return the terms at which a closing was proposed, as its request keeps them."""
    return ClosingTerms(
        on=date.fromisoformat(facts["on"]),
        how=ClosingHow(facts["how"]),
        **{name: parse_taka(facts[name]) for name in ("balance", "interest", "charge")},
    )


def _tell(books: Books, account: MemberAccount, signed: Signed, terms: ClosingTerms) -> None:
    books.work.tell(
        ACCOUNT_CLOSED,
        {
            "entry_id": signed.id,
            "office_id": account.office_id,
            "member_id": account.member_id,
            "account_id": account.id,
            "account_code": account.code,
            "product_name_bn": account.product_name_bn,
            "product_name_en": account.product_name_en,
            "how": terms.how.value,
            "balance": terms.balance,
            "interest": terms.interest,
            "charge": terms.charge,
            "payout": terms.payout,
            "business_on": terms.on,
        },
    )


def _tell_state(books: Books, account: MemberAccount, *, closed: bool) -> None:
    books.work.tell(
        ACCOUNT_STATE_CHANGED,
        {
            "account_id": account.id,
            "office_id": account.office_id,
            "member_id": account.member_id,
            "closed": closed,
            "version": books.account_closings.state_version(account.id),
        },
    )
