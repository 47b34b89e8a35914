"""One request puts right a row of an earlier day, naming both members; both are told (rule M13)."""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.errors import InvalidPayload, PersonExcluded
from contracts.limits import require_within_limit
from contracts.money import Paisa, format_taka
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.ledger_words import Direction
from contracts.transactions.lending_endings_words import FeeKind
from contracts.transactions.savings import CORRECTION_POSTED
from contracts.transactions.savings_errors import AlreadyCorrected, NotCorrectable
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval, ApprovalState, permission_of
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.corrections import (
    Correction,
    CorrectionRequest,
    Destination,
    approval_kind,
    destination_of_fee,
    entry_of_correction,
    receivable_of,
    require_correctable,
    require_right_account,
    spendable,
    wrong_amount,
)
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting, Standing
from transactions.domain.lending.counter import CounterMoney
from transactions.domain.lending.loans import Loan
from transactions.domain.requests import require_same
from transactions.domain.reversals import BookedRow, accounts_of_never_received
from transactions.operations.lending import crediting
from transactions.operations.lending.printing import printed, printed_account
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_correction(books: Books, request: CorrectionRequest) -> ApprovalState:
    """Ask for a row of an earlier day to be put right.

    Raises:
        NotFound: there is no such row or account, or not for this caller.
        NotCorrectable, AlreadyCorrected: as `require_correctable`; the last also when
            another request for it runs.
        InvalidPayload: as `require_right_account`, `destination_of_fee` and `wrong_amount`.
        PersonExcluded: it is about the caller's own money, or declared kin's (rule M8).
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state
    scope = Scope.of(books.work.actor)
    row = books.corrections.row(request.entry_id, request.row_id, scope)
    amount = wrong_amount(row, request.amount)
    to = _destination(books, row, request.to_account_id, request.to_member_id, amount, scope)
    day = books.days.hold_open(row.office_id)
    _require_allowed(books, row, to, day)
    if not books.approvals.propose(_approval(books, request, row, to, day)):
        _answer_for_the_faster(books, request)
    books.work.audit("propose_correction", "entry", row.entry_id, {"row_id": row.row_id})
    return ApprovalState.WAITING


def _destination(
    books: Books, row: BookedRow, account_id: str | None, payer_id: str | None, amount: Paisa, scope: Scope
) -> Destination:
    if payer_id is None:
        return Destination(account=books.passbooks.account(account_id, scope) if account_id else None)
    if account_id is not None:
        raise InvalidPayload.of(to_member_id="NOT_EXPECTED")
    fee = books.loan_endings.fee(row.entry_id)
    payer = books.people.member(payer_id, scope)
    return destination_of_fee(row, FeeKind(fee["kind"]) if fee else None, payer, amount)


def _require_allowed(books: Books, row: BookedRow, to: Destination, day: OpenDay) -> None:
    if {row.member_id, to.member_id} & set(books.work.actor.excluded_members):
        raise PersonExcluded
    require_correctable(row, day.on)
    require_right_account(row, to.account)
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
    books: Books, request: CorrectionRequest, row: BookedRow, to: Destination, day: OpenDay
) -> Approval:
    amount = wrong_amount(row, request.amount)
    member = books.people.member_of_account(row.member_id)
    receiver = books.people.member_of_account(to.member_id) if to.member_id else None
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
            "to_account_id": to.account_id,
            "to_account_code": to.account.code if to.account else None,
            "to_member_id": to.member_id,
            "payer_id": request.to_member_id,
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
    facts, amount = approval.facts, Paisa(approval.amount or 0)
    to = _destination(books, row, facts["to_account_id"], facts.get("payer_id"), amount, Scope.everything())
    day = books.days.hold_open(row.office_id)
    correction = Correction(
        id=approval.id,
        amount=amount,
        maker_id=approval.maker_id,
        checker_id=actor.person_id,
        reason=facts["reason"],
    )
    loans = books.loans.hold_by_account({row.account_id, *filter(None, [to.account_id])}).values()
    held = {loan.account_id: loan for loan in loans}
    entry = _entry(books, row, to, correction, day, held)
    paid_on = [loan for loan in loans if loan.account_id == row.account_id]
    crediting.run_again(books, paid_on, day.on, entry.id)
    books.ledger.post([entry])
    given_to = {loan.id for loan in loans if loan.account_id != row.account_id}
    crediting.end_what_is_repaid(books, given_to, day.on, entry.id)
    fee = _fee_moved(books, row, to, correction, day)
    facts = {"row_id": row.row_id, "to_account_id": to.account_id, "to_member_id": to.member_id}
    books.work.audit("post_correction", "entry", entry.id, facts)
    _tell(books, row, entry, fee)


def _entry(
    books: Books,
    row: BookedRow,
    to: Destination,
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
        given=_given(books, row, to, correction),
        can_give=correction.amount if is_income else spendable(standings[row.account_id]),
        officer_owes=standings[receivable_of(row).id].balance,
    )


def _given(books: Books, row: BookedRow, to: Destination, correction: Correction) -> tuple[Posting, ...]:
    """Return what puts the money where it belongs; nothing where it was never received."""
    amount, entry_id, fee = correction.amount, correction.id, to.fee_of(row.office_id)
    if fee is not None:
        return (Posting(fee.id, Side.CREDIT, amount, entry_id, row.receipt),)
    return crediting.credits_on(books, to.account, amount, entry_id, row.receipt) if to.account else ()


def _fee_moved(
    books: Books, row: BookedRow, to: Destination, correction: Correction, day: OpenDay
) -> MemberAccount | None:
    """Write the fee under the name of who paid it; return how it is told."""
    fee = to.fee_of(row.office_id)
    if fee is None or to.payer is None:
        return None
    payer_id, kind = to.payer
    books.loan_endings.add_fee(
        CounterMoney(
            entry_id=correction.id,
            subject_id=payer_id,
            what=kind,
            amount=correction.amount,
            paid_by=PaidBy.SELF,
            taken_by=correction.maker_id,
        ),
        row.office_id,
        day.on,
    )
    told = {"kind": EntryKind.FEE, "entry_id": correction.id, "account_id": fee.id}
    return printed_account(books, told, Scope.everything())


def _hold(books: Books, row: BookedRow, to: Destination, loans: Iterable[Loan]) -> dict[str, Standing]:
    """Return all accounts that the correction may touch as they stand, and keep them so."""
    charges = tuple(loan.charge_account for loan in loans)
    fee = to.fee_of(row.office_id)
    of_office = (receivable_of(row), *accounts_of_never_received(row), *charges, *([fee] if fee else ()))
    books.ledger.ensure(of_office)
    expense = OfficeAccount(Ledgers.INTEREST_EXPENSE, row.office_id)  # of an adjusting entry (rule M2)
    ids = {row.account_id, expense.id, *(account.id for account in of_office)}
    return books.ledger.hold(ids | set(filter(None, [to.account_id])))


def _tell(books: Books, row: BookedRow, entry: Entry, fee: MemberAccount | None) -> None:
    """Tell both members, also one whose account had nothing left to give, or whose money was a fee."""
    moved = {row.account_id: 0, **crediting.amounts_by_account(books, entry.postings)}
    concerned = books.ledger.find_accounts(moved)
    if row.at_counter:
        concerned |= {row.account_id: printed(books, row)}
    if fee is not None:
        concerned |= {fee.id: fee}
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
