"""Money of applicants at the counter: taken, refunded against her mark, moved when she is a member (L8)."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import PersonExcluded
from contracts.money import Paisa
from contracts.transactions.applicant_errors import NothingHeld
from contracts.transactions.ledger import DEPOSIT_POSTED
from transactions.domain.applicants import (
    Applicant,
    ApplicantReceiptRequest,
    ApplicantRefundRequest,
    entry_of_move,
    entry_of_receipt,
    entry_of_refund,
    refund_by,
    require_applying,
    require_refundable,
)
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, Folded
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def receive_money(books: Books, request: ApplicantReceiptRequest) -> dict[str, Any]:
    """Take an applicant's cash at the counter, with a final receipt.

    Raises:
        ApplicantNotFound: she is not in the caller's scope.
        PersonExcluded: it is the caller himself, or declared kin (rule M8).
        ApplicantDecided: she does not wait for the manager any more.
        DayNotOpen, DayIsClosing: as the ledger.
        IdConflict: the id was used for something else.
    """
    applicant, day, known = _begin(books, request.applicant_id, request.entry_id)
    if known is not None:
        return _answer_again(applicant, known, request.fingerprint)
    require_applying(applicant, moved=books.applicants.find_move(applicant.id) is not None)
    books.ledger.ensure([applicant.money])
    number, receipt = books.receipts.next_number(applicant.branch_id, day.on.year)
    entry = entry_of_receipt(request, applicant, day, receipt)
    folded = books.ledger.post([entry])
    _issue(books, entry, number, receipt)
    books.applicants.add_receipt(
        {
            "entry_id": entry.id,
            "applicant_id": applicant.id,
            "office_id": applicant.branch_id,
            "amount": request.amount,
            "received_on": day.on,
            "refund_by": refund_by(day.on),
        }
    )
    books.work.audit("receive_applicant_money", "applicant", applicant.id, {"amount": request.amount})
    return _answer(applicant, entry, folded, request.amount, receipt)


def refund(books: Books, request: ApplicantRefundRequest) -> dict[str, Any]:
    """Give an applicant back all that is held of her, against her mark and before a witness.

    Raises:
        ApplicantNotFound: she is not in the caller's scope.
        PersonExcluded: it is the caller himself, or declared kin (rule M8).
        ApplicantDecided, MakerIsChecker: as `require_refundable`.
        NothingHeld: there is nothing to give back.
        NotFound: the witness is nobody of the caller's offices.
        DayNotOpen, DayIsClosing, InsufficientFunds: as the ledger.
        IdConflict: the id was used for something else.
    """
    applicant, day, known = _begin(books, request.applicant_id, request.id)
    if known is not None:
        return _answer_again(applicant, known, request.fingerprint)
    moved = books.applicants.find_move(applicant.id) is not None
    require_refundable(applicant, moved=moved, payer_id=request.paid_by, witness_id=request.witness_id)
    books.people.staff(request.witness_id, Scope.of(books.work.actor))
    amount = Paisa(books.ledger.balance(applicant.money))
    if not amount:
        raise NothingHeld
    number, receipt = books.receipts.next_number(applicant.branch_id, day.on.year)
    entry = entry_of_refund(request, applicant, amount, day, receipt)
    folded = books.ledger.post([entry])
    _issue(books, entry, number, receipt)
    books.applicants.end_refunded(request)
    books.work.audit("refund_applicant", "applicant", applicant.id, {"amount": amount})
    return _answer(applicant, entry, folded, amount, receipt)


def move_to_savings(books: Books, applicant_id: str, account_id: str) -> Paisa:
    """Put all that is held of a new member onto her account, once; she is told when it is there.

    Returns:
        How much went there, in paisa; nothing where she had brought nothing.

    Raises:
        ApplicantNotFound: accounts has not told of her yet; the step is tried again.
        AccountClosed, DayNotOpen, DayIsClosing: as the ledger.
    """
    everywhere = Scope.everything()
    day = books.days.hold_open(books.applicants.branch_of(applicant_id, everywhere))
    applicant = books.applicants.lock(applicant_id, everywhere)
    done = books.applicants.find_move(applicant_id)
    if done is not None:
        return Paisa(done["amount"])
    amount = Paisa(books.ledger.balance(applicant.money))
    books.applicants.add_move(applicant_id, account_id, amount=amount, on=day.on)
    if amount:
        entry = entry_of_move(applicant, account_id, amount, day, books.work.actor.person_id)
        folded = books.ledger.post([entry])
        books.applicants.end_moved(applicant_id, entry.id)
        _tell(books, entry, folded, account_id, amount)
    facts = {"account_id": account_id, "amount": amount}
    books.work.audit("move_applicant_money", "applicant", applicant_id, facts)
    return amount


def _begin(
    books: Books, applicant_id: str, entry_id: str
) -> tuple[Applicant, OpenDay, Mapping[Any, Any] | None]:
    """Take hold of the day, then of her; return them with what was done before under the id."""
    actor = books.work.actor
    scope = Scope.of(actor)
    day = books.days.hold_open(books.applicants.branch_of(applicant_id, scope))
    applicant = books.applicants.lock(applicant_id, scope)
    if applicant.id in actor.excluded_members:
        raise PersonExcluded
    return applicant, day, books.receipts.find(entry_id)


def _issue(books: Books, entry: Entry, number: int, receipt: str) -> None:
    books.receipts.issue(entry.id, entry.office_id, (number, receipt), on=entry.business_on)


def _answer(
    applicant: Applicant, entry: Entry, folded: Folded, amount: Paisa, receipt: str
) -> dict[str, Any]:
    return {
        "entry_id": entry.id,
        "applicant_id": applicant.id,
        "amount": amount,
        "held": folded.balance_after(applicant.money.id),
        "receipt_number": receipt,
        "business_on": entry.business_on,
    }


def _answer_again(applicant: Applicant, known: Mapping[Any, Any], fingerprint: str) -> dict[str, Any]:
    require_same(known["fingerprint"], fingerprint)
    return {**known, "applicant_id": applicant.id, "held": known["balance_after"]}


def _tell(books: Books, entry: Entry, folded: Folded, account_id: str, amount: Paisa) -> None:
    """Tell her that what she brought as an applicant is on her savings."""
    account = books.ledger.find_accounts([account_id])[account_id]
    names = ("office_id", "member_id", "product_name_bn", "product_name_en")
    books.work.tell(
        DEPOSIT_POSTED,
        {
            **{name: getattr(account, name) for name in names},
            "entry_id": entry.id,
            "account_id": account_id,
            "account_code": account.code,
            "amount": amount,
            "balance": folded.balance_after(account_id),
            "receipt_number": books.applicants.last_receipt(entry.id),
            "business_on": entry.business_on,
            "value_on": entry.value_on,
        },
    )
