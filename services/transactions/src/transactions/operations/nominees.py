"""A member who died: her accounts closed into what the branch owes her nominees, paid by shares (L5)."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import IdConflict, PersonExcluded
from contracts.money import Paisa
from contracts.transactions.nominee_errors import EstateOwesLoans
from contracts.transactions.nominee_words import ClaimState
from contracts.transactions.nominees import NOMINEES_PAID
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers, OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.nominees import (
    Claim,
    NomineePayment,
    Share,
    entry_of_payment,
    part_id,
    require_payable,
    rounding_entry,
    share_of,
    unpaid,
)
from transactions.domain.requests import require_same
from transactions.domain.savings.closing import Signed
from transactions.operations.closings import close_account
from transactions.repository import Books
from transactions.repository.scope import Scope


def agree_claim(books: Books, asked: Mapping[str, Any]) -> None:
    """Keep whom the area lets be paid, after accounts has named them; repeated, do nothing.

    Raises:
        NotFound: accounts has not told of her.
        IdConflict: other nominees were named under the id.
    """
    member = books.people.member(asked["member_id"], Scope.everything())
    claim = Claim(
        id=asked["id"],
        member_id=member.id,
        office_id=member.branch_id,
        state=ClaimState.AGREED,
        died_on=asked["died_on"],
        shares=tuple(Share(**nominee) for nominee in asked["nominees"]),
    )
    books.nominees.add(claim)
    if books.nominees.get(claim.id, Scope.everything()).named != claim.named:
        raise IdConflict
    books.work.audit("agree_claim", "member", member.id, {"claim_id": claim.id})


def close_estate(books: Books, claim_id: str) -> None:
    """Close each of her savings accounts with interest to the day, and give each nominee his part of it.

    Repeated, do nothing.

    Raises:
        ClaimNotFound: there is none, or not for this caller.
        PersonExcluded: she is the caller's declared kin (rule M8).
        EstateOwesLoans: a loan of hers runs: it is waived or settled first.
        MoneyOnItsWay: something of hers is pending (rule M1).
        DayNotOpen, DayIsClosing: as the ledger.
    """
    claim, day = _hold(books, claim_id)
    if claim.state is not ClaimState.AGREED:
        return
    running = [
        loan.code for loan in books.loans.of_member(claim.member_id, Scope.everything()) if loan.is_running
    ]
    if running:
        raise EstateOwesLoans(loans=running)
    by = books.work.actor.person_id
    total = Paisa(0)
    books.ledger.ensure([claim.money, *_rounding(claim.office_id)])
    for account in books.ledger.accounts_of_member(claim.member_id):
        if account.closed or account.ledger not in SAVINGS_LEDGERS:
            continue
        signed = Signed(id=part_id(claim.id, account.id), maker_id=by, checker_id=by, reason=claim.id)
        total = Paisa(total + close_account(books, account.id, signed, paid_to=claim.money).payout)
    amounts = {share.number: share_of(total, share.share_percent) for share in claim.shares}
    rounding = rounding_entry(claim, tuple(amounts.values()), total, day, by)
    if rounding is not None:
        books.ledger.post([rounding])
    books.nominees.close(claim, total, amounts, day.on)
    books.work.audit("close_estate", "member", claim.member_id, {"claim_id": claim.id, "total": total})
    if not any(amounts.values()):
        _finish(books, claim, day)


def pay_nominee(books: Books, payment: NomineePayment) -> None:
    """Put a share into a nominee's hand, or his guardian's, with a final receipt; the last ends the claim.

    Raises:
        ClaimNotFound: there is none, or not for this caller.
        PersonExcluded: she is the caller's declared kin (rule M8).
        ClaimNotClosed, NomineePaid, MakerIsChecker: as `require_payable`.
        NotFound: the witness is nobody of the caller's offices.
        DayNotOpen, DayIsClosing, InsufficientFunds: as the ledger.
        IdConflict: the id was used for something else.
    """
    claim, day = _hold(books, payment.claim_id)
    known = books.receipts.find(payment.id)
    if known is not None:
        require_same(known["fingerprint"], payment.fingerprint)
        return
    share = require_payable(claim, payment)
    books.people.staff(payment.witness_id, Scope.of(books.work.actor))
    number, receipt = books.receipts.next_number(claim.office_id, day.on.year)
    entry = entry_of_payment(claim, share, payment, day, receipt)
    books.ledger.post([entry])
    books.receipts.issue(entry.id, claim.office_id, (number, receipt), on=day.on)
    books.nominees.pay(payment)
    facts = {"claim_id": claim.id, "number": payment.number, "amount": share.amount}
    books.work.audit("pay_nominee", "entry", entry.id, facts)
    if [left.number for left in unpaid(claim.shares)] == [payment.number]:
        _finish(books, claim, day)


def _hold(books: Books, claim_id: str) -> tuple[Claim, OpenDay]:
    scope = Scope.of(books.work.actor)
    day = books.days.hold_open(books.nominees.get(claim_id, scope).office_id)
    claim = books.nominees.lock(claim_id, scope)
    if claim.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    return claim, day


def _finish(books: Books, claim: Claim, day: OpenDay) -> None:
    books.nominees.finish(claim.id)
    told = {"claim_id": claim.id, "member_id": claim.member_id, "on": day.on}
    books.work.tell(NOMINEES_PAID, told)


def _rounding(office_id: str) -> tuple[OfficeAccount, ...]:
    return (
        OfficeAccount(Ledgers.ROUNDING_GAIN, office_id),
        OfficeAccount(Ledgers.ROUNDING_LOSS, office_id),
    )
