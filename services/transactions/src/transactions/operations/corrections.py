"""One request puts right a row of an earlier day, naming both members; both are told (rule M13)."""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.errors import PersonExcluded
from contracts.limits import require_within_limit
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_words import Direction
from contracts.transactions.savings import CORRECTION_POSTED
from contracts.transactions.savings_errors import AlreadyCorrected, NotCorrectable
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval, ApprovalState, permission_of
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.corrections import (
    Correction,
    CorrectionRequest,
    approval_kind,
    entry_of_correction,
    receivable_of,
    require_correctable,
    require_right_account,
    spendable,
    wrong_amount,
)
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, Standing
from transactions.domain.lending.loans import Loan
from transactions.domain.requests import require_same
from transactions.domain.reversals import BookedRow, accounts_of_never_received
from transactions.operations.lending import crediting
from transactions.operations.lending.printing import printed
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_correction(books: Books, request: CorrectionRequest) -> ApprovalState:
    """Ask for a row of an earlier day to be put right.

    Raises:
        NotFound: there is no such row or account, or not for this caller.
        NotCorrectable, AlreadyCorrected: as `require_correctable`; the last also when
            another request for it runs.
        InvalidPayload: as `require_right_account` and `wrong_amount`.
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
    day = books.days.hold_open(row.office_id)
    _require_allowed(books, row, to, day)
    if not books.approvals.propose(_approval(books, request, row, to, day)):
        _answer_for_the_faster(books, request)
    books.work.audit("propose_correction", "entry", row.entry_id, {"row_id": row.row_id})
    return ApprovalState.WAITING


def _require_allowed(books: Books, row: BookedRow, to: MemberAccount | None, day: OpenDay) -> None:
    if {row.member_id, to.member_id if to else None} & set(books.work.actor.excluded_members):
        raise PersonExcluded
    require_correctable(row, day.on)
    require_right_account(row, to)
    loan = books.loans.by_accounts([row.account_id]).get(row.account_id)
    if loan is not None and not crediting.may_be_undone(loan):
        raise NotCorrectable(why="LOAN_ENDED")


def _answer_for_the_faster(books: Books, request: CorrectionRequest) -> None:
    """Somebody wrote a request between our look and our own: the same one is fine, another is not."""
    known = books.approvals.find(request.id)
    if known is None:
        raise AlreadyCorrected
    require_same(known.fingerprint, request.fingerprint)


def _approval(
    books: Books, request: CorrectionRequest, row: BookedRow, to: MemberAccount | None, day: OpenDay
) -> Approval:
    amount = wrong_amount(row, request.amount)
    member = books.people.member_of_account(row.member_id)
    receiver = books.people.member_of_account(to.member_id) if to else None
    return Approval(
        id=request.id,
        kind=approval_kind(row, day.on).value,
        office_id=row.office_id,
        subject_id=row.entry_id,
        row_id=row.row_id,
        amount=amount,
        fingerprint=request.fingerprint,
        maker_id=request.maker_id,
        made_at=books.work.now,
        facts={
            "amount": format_taka(amount),
            "member_id": row.member_id,
            "member_code": member.code if member else None,
            "subject_bn": member.name_bn if member else "",
            "subject_en": member.name_en if member else "",
            "account_id": row.account_id,
            "to_account_id": to.id if to else None,
            "to_account_code": to.code if to else None,
            "to_member_id": to.member_id if to else None,
            "to_member_code": receiver.code if receiver else None,
            "receipt_number": row.receipt,
            "officer_id": row.officer_id,
            "business_on": row.business_on.isoformat(),
            "value_on": row.value_on.isoformat(),
            "reason": request.reason,
            "evidence": request.evidence,
        },
    )


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Post the correction when it is approved; the maker's id of the request is the entry's.

    Raises:
        OverLimit: the amount is for somebody above the caller.
        PersonExcluded: it is about the caller's own money, or declared kin's (rule M8).
        NotCorrectable, AlreadyCorrected, InvalidPayload: things moved meanwhile.
    """
    if not approve:
        return
    actor = books.work.actor
    require_within_limit(actor, Paisa(approval.amount or 0), permission_of(approval.kind))
    row = books.corrections.row(approval.subject_id, approval.row_id, Scope.everything())
    to_id = approval.facts["to_account_id"]
    to = books.passbooks.account(to_id, Scope.everything()) if to_id else None
    day = books.days.hold_open(row.office_id)
    correction = Correction(
        id=approval.id,
        amount=Paisa(approval.amount or 0),
        maker_id=approval.maker_id,
        checker_id=actor.person_id,
        reason=approval.facts["reason"],
    )
    loans = books.loans.hold_by_account({row.account_id} | ({to.id} if to else set())).values()
    held = {loan.account_id: loan for loan in loans}
    entry = _entry(books, row, to, correction, day, held)
    paid_on = [loan for loan in loans if loan.account_id == row.account_id]
    crediting.run_again(books, paid_on, day.on, entry.id)
    books.ledger.post([entry])
    given_to = {loan.id for loan in loans if loan.account_id != row.account_id}
    crediting.end_what_is_repaid(books, given_to, day.on, entry.id)
    books.work.audit("post_correction", "entry", entry.id, {"row_id": row.row_id, "to_account_id": to_id})
    _tell(books, row, entry)


def _entry(
    books: Books,
    row: BookedRow,
    to: MemberAccount | None,
    correction: Correction,
    day: OpenDay,
    held: Mapping[str, Loan],
) -> Entry:
    """Return the correction's entry, made of what stands now; all that it touches is held."""
    standings = _hold(books, row, to, held.values())
    row = books.corrections.row(row.entry_id, row.row_id, Scope.everything())
    _require_allowed(books, row, to, day)
    is_income = row.account_id in held or row.at_counter  # of the house: nobody has spent it
    return entry_of_correction(
        row,
        correction,
        day,
        given=(crediting.credits_on(books, to, correction.amount, correction.id, row.receipt) if to else ()),
        can_give=correction.amount if is_income else spendable(standings[row.account_id]),
        officer_owes=standings[receivable_of(row).id].balance,
    )


def _hold(
    books: Books, row: BookedRow, to: MemberAccount | None, loans: Iterable[Loan]
) -> dict[str, Standing]:
    """Return all accounts that the correction may touch as they stand, and keep them so."""
    charges = tuple(loan.charge_account for loan in loans)
    of_office = (receivable_of(row), *accounts_of_never_received(row), *charges)
    books.ledger.ensure(of_office)
    expense = OfficeAccount(Ledgers.INTEREST_EXPENSE, row.office_id)  # of an adjusting entry (rule M2)
    ids = {row.account_id, expense.id, *(account.id for account in of_office)}
    return books.ledger.hold(ids | ({to.id} if to else set()))


def _tell(books: Books, row: BookedRow, entry: Entry) -> None:
    """Tell both members, also one whose account had nothing left to give, or whose money was a fee."""
    moved = {row.account_id: 0, **crediting.amounts_by_account(books, entry.postings)}
    concerned = books.ledger.find_accounts(moved)
    if row.at_counter:
        concerned |= {row.account_id: printed(books, row)}
    owed = receivable_of(row).id
    books.work.tell(
        CORRECTION_POSTED,
        {
            "entry_id": entry.id,
            "corrected_id": row.entry_id,
            "row_id": row.row_id,
            "office_id": row.office_id,
            "business_on": entry.business_on,
            "value_on": entry.value_on,
            "first_receipt": row.receipt,
            "reason": entry.reason,
            "owed_by_staff": sum(
                posting.amount
                for posting in entry.postings
                if posting.account_id == owed and posting.side is Side.DEBIT
            ),
            "lines": [
                {
                    **_names(account),
                    "amount": abs(moved[account_id]),
                    "direction": Direction.WITHDRAWAL if account_id == row.account_id else Direction.DEPOSIT,
                    "balance": account.balance,
                }
                for account_id, account in concerned.items()
            ],
        },
    )


def _names(account: MemberAccount) -> dict[str, Any]:
    return {
        "member_id": account.member_id,
        "account_id": account.id,
        "account_code": account.code,
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
    }
