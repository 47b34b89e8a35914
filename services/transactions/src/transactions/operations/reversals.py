"""Undoing one row of the day: asked by one person, done by another, told to all concerned (rule M12)."""

from contracts.errors import IdConflict, PersonExcluded
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger import ENTRY_REVERSED
from contracts.transactions.ledger_errors import AlreadyReversed, NotReversible
from contracts.transactions.ledger_words import ApprovalKind, Direction, ReversalKind
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.chart import Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import require_same
from transactions.domain.reversals import (
    BookedRow,
    Decided,
    ReversalRequest,
    accounts_of_never_received,
    entry_of_reversal,
    require_destination,
    require_reversible,
)
from transactions.domain.savings.closing import Signed
from transactions.operations import closings, excesses
from transactions.operations.lending import crediting, payouts, settling
from transactions.operations.lending.printing import printed
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_reversal(books: Books, request: ReversalRequest) -> ApprovalState:
    """Ask for the correction of a row of the open day.

    Raises:
        NotFound: there is no such row, or not for this caller.
        NotReversible, AlreadyReversed: as `require_reversible`; also when another request for it runs.
        PersonExcluded: it is about the caller's own money, or declared kin's (rule M8).
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state
    scope = Scope.of(books.work.actor)
    row = books.corrections.row(request.entry_id, request.row_id, scope)
    to = books.passbooks.account(request.to_account_id, scope) if request.to_account_id else None
    _require_allowed(books, row, request.kind, to)
    if not books.approvals.propose(_approval(books, request, row, to)):
        _answer_for_the_faster(books, request)
    books.work.audit("propose_reversal", "entry", row.entry_id, {"row_id": row.row_id, "kind": request.kind})
    return ApprovalState.WAITING


def _require_allowed(books: Books, row: BookedRow, kind: ReversalKind, to: MemberAccount | None) -> None:
    if {row.member_id, to.member_id if to else None} & set(books.work.actor.excluded_members):
        raise PersonExcluded
    require_reversible(row, books.days.hold_open(row.office_id), sealed=_is_sealed(books, row))
    require_destination(kind, row, to)


def _is_sealed(books: Books, row: BookedRow) -> bool:
    return row.entry_id in books.closing.sealed_entries(row.office_id, row.business_on)


def _answer_for_the_faster(books: Books, request: ReversalRequest) -> None:
    """Somebody wrote a request between our look and our own: the same one is fine, another is not."""
    known = books.approvals.find(request.id)
    if known is None:
        raise AlreadyReversed
    require_same(known.fingerprint, request.fingerprint)


def _approval(books: Books, request: ReversalRequest, row: BookedRow, to: MemberAccount | None) -> Approval:
    member = books.people.member_of_account(row.member_id)
    return Approval(
        id=request.id,
        kind=ApprovalKind.REVERSAL.value,
        office_id=row.office_id,
        subject_id=row.entry_id,
        row_id=row.row_id,
        amount=row.amount,
        fingerprint=request.fingerprint,
        maker_id=request.maker_id,
        made_at=books.work.now,
        facts={
            "kind": request.kind.value,
            "amount": format_taka(row.amount),
            "member_id": row.member_id,
            "member_code": member.code if member else None,
            "subject_bn": member.name_bn if member else "",
            "subject_en": member.name_en if member else "",
            "account_id": row.account_id,
            "to_account_id": to.id if to else None,
            "to_account_code": to.code if to else None,
            "receipt_number": row.receipt,
            "officer_id": row.officer_id,
            "business_on": row.business_on.isoformat(),
            "value_on": row.value_on.isoformat(),
            "reason": request.reason,
            "evidence": request.evidence,
        },
    )


def decide_reversal(books: Books, approval: Approval, *, approve: bool) -> None:
    """Post the correction when it is approved; the maker's id of the request is the entry's.

    Raises:
        NotReversible: the day went on meanwhile (rule M13 is for earlier days).
        InsufficientFunds: the money was spent already.
    """
    if not approve:
        return
    facts = approval.facts
    row = books.corrections.row(approval.subject_id, approval.row_id, Scope.everything())
    kind = ReversalKind(facts["kind"])
    day = books.days.hold_open(row.office_id)
    require_reversible(row, day, sealed=_is_sealed(books, row))
    to_id = facts["to_account_id"]
    to = books.passbooks.account(to_id, Scope.everything()) if to_id else None
    require_destination(kind, row, to)
    decided = Decided(
        id=approval.id,
        kind=kind,
        maker_id=approval.maker_id,
        checker_id=books.work.actor.person_id,
        reason=facts["reason"],
    )
    if row.kind is EntryKind.CLOSING:
        entry, _ = closings.undo_closing(books, row.entry_id, _signed(decided))
    elif row.kind is EntryKind.DISBURSEMENT:
        entry = payouts.undo_payout(books, row, decided, day)
    elif row.kind in {EntryKind.SETTLEMENT, EntryKind.SAVINGS_TO_LOAN}:
        entry = settling.undo(books, row.entry_id, _signed(decided))
    else:
        entry = _post(books, row, decided, day, to)
    _tell(books, row, kind, entry)


def _post(books: Books, row: BookedRow, decided: Decided, day: OpenDay, to: MemberAccount | None) -> Entry:
    held = books.loans.hold_by_account({row.account_id} | ({to.id} if to else set()))
    paid_on = [loan for loan in held.values() if loan.account_id == row.account_id]
    if not all(crediting.may_be_undone(loan) for loan in paid_on):
        raise NotReversible(why="LOAN_ENDED")
    entry = entry_of_reversal(
        row,
        decided,
        day,
        given=_given(books, row, decided, to),
        officer_owes=_owed(books, row, decided.kind),
    )
    crediting.run_again(books, paid_on, day.on, entry.id)
    try:
        books.ledger.post([entry])
    except IdConflict:
        raise AlreadyReversed from None
    excesses.draw_passbooks(books, entry, [row.samity_id] if row.samity_id else [])
    crediting.end_what_is_repaid(books, held.keys() - {loan.id for loan in paid_on}, day.on, entry.id)
    return entry


def _given(books: Books, row: BookedRow, decided: Decided, to: MemberAccount | None) -> tuple[Posting, ...]:
    """Return what puts the money where it belongs, for a wrong account."""
    if to is None:
        return ()
    if row.side is Side.DEBIT:
        return (Posting(to.id, Side.DEBIT, row.amount, decided.id, row.receipt),)
    return crediting.credits_on(books, to, row.amount, decided.id, row.receipt)


def _signed(decided: Decided) -> Signed:
    return Signed(
        id=decided.id, maker_id=decided.maker_id, checker_id=decided.checker_id, reason=decided.reason
    )


def _owed(books: Books, row: BookedRow, kind: ReversalKind) -> Paisa:
    """Return what the officer owes, with the accounts made that the correction may credit."""
    if kind is not ReversalKind.NEVER_RECEIVED:
        return Paisa(0)
    receivable, unidentified = accounts_of_never_received(row)
    books.ledger.ensure([receivable, unidentified])
    return Paisa(books.ledger.balance(receivable))


def _tell(books: Books, row: BookedRow, kind: ReversalKind, entry: Entry) -> None:
    moved = crediting.amounts_by_account(books, entry.postings)
    concerned = books.ledger.find_accounts(moved)
    if row.at_counter:
        concerned |= {row.account_id: printed(books, row)}
    books.work.tell(
        ENTRY_REVERSED,
        {
            "entry_id": entry.id,
            "reversed_id": row.entry_id,
            "row_id": row.row_id,
            "office_id": row.office_id,
            "kind": kind.value,
            "business_on": entry.business_on,
            "value_on": entry.value_on,
            "first_receipt": row.receipt,
            "reason": entry.reason,
            "lines": [
                {
                    "member_id": account.member_id,
                    "account_id": account.id,
                    "account_code": account.code,
                    "product_name_bn": account.product_name_bn,
                    "product_name_en": account.product_name_en,
                    "amount": abs(amount),
                    "direction": Direction.DEPOSIT if amount > 0 else Direction.WITHDRAWAL,
                    "balance": account.balance,
                }
                for account_id, amount in moved.items()
                if (account := concerned.get(account_id)) is not None
            ],
        },
    )
