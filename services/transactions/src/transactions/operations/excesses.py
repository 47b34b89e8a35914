"""Settling an excess by two people, and drawing passbooks of the samities it came from (rules M7, P5)."""

from collections.abc import Collection

from contracts.errors import IdConflict, InvalidPayload, PersonExcluded
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.excesses import (
    Excess,
    Settling,
    accounts_of,
    entry_of,
    receipt_of,
    request_fingerprint,
    require_income,
    require_left,
)
from transactions.domain.ledger import Entry
from transactions.domain.passbook_checks import checks_after_excess, draw_of_samities
from transactions.domain.people import Member, Office
from transactions.domain.requests import require_same
from transactions.domain.sheets import require_not_collector
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_return(
    books: Books, request_id: str, *, excess_id: str, member_id: str, amount: Paisa, reason: str
) -> ApprovalState:
    """Ask to give so much of an excess to the member whose it is.

    Raises:
        NotFound: there is no such excess or member, or not for this caller.
        CollectorCounts, PersonExcluded: it came with his own cash, or is his own or kin's money (rule M8).
        InvalidPayload: she is a member of another branch.
        ExcessSmaller: as the rule.
        IdConflict: the id was used for another request.
    """
    actor = books.work.actor
    asked = request_fingerprint(excess_id, member_id, amount, reason, actor.person_id)
    known = books.approvals.find(request_id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    scope = Scope.of(actor)
    excess = books.excesses.find(excess_id, scope)
    require_not_collector(excess.officer_id, actor.person_id)
    member = books.people.member(member_id, scope)
    if member.id in actor.excluded_members:
        raise PersonExcluded
    if member.branch_id != excess.office_id:
        raise InvalidPayload.of(member_id="OF_ANOTHER_BRANCH")
    require_left(excess, amount)
    settling = Settling(
        id=request_id,
        excess_id=excess.id,
        member_id=member.id,
        amount=amount,
        reason=reason,
        maker_id=actor.person_id,
    )
    return _propose(books, excess, settling, member, asked)


def propose_income(books: Books, request_id: str, *, excess_id: str, reason: str) -> ApprovalState:
    """Ask the area to let what is left of an excess become income.

    Raises:
        NotFound: there is no such excess, or not for this caller.
        CollectorCounts: it came with his own cash (rule M8).
        ExcessSmaller, ExcessTooYoung, PassbooksNotSeen: as the rule.
        IdConflict: the id was used for another request, or another one runs.
    """
    actor = books.work.actor
    asked = request_fingerprint(excess_id, None, None, reason, actor.person_id)
    known = books.approvals.find(request_id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    scope = Scope.of(actor)
    excess = books.excesses.find(excess_id, scope)
    require_not_collector(excess.officer_id, actor.person_id)
    require_left(excess, excess.left)
    require_income(excess, books.work.today)
    settling = Settling(
        id=request_id,
        excess_id=excess.id,
        member_id=None,
        amount=excess.left,
        reason=reason,
        maker_id=actor.person_id,
    )
    return _propose(books, excess, settling, books.people.office(excess.office_id, scope), asked)


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Give her the money as a receipt without an account, or let it become income.

    Raises:
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        CollectorCounts: it came with the decider's own cash (rule M8).
        ExcessSmaller, ExcessTooYoung, PassbooksNotSeen: it was settled meanwhile, or as the rule.
    """
    if not approve:
        return
    actor, member_id = books.work.actor, approval.facts.get("member_id")
    day = books.days.hold_open(approval.office_id)
    excess = books.excesses.find(approval.subject_id, Scope.of(actor))
    require_not_collector(excess.officer_id, actor.person_id)
    settling = Settling(
        id=approval.id,
        excess_id=excess.id,
        member_id=member_id,
        amount=Paisa(approval.amount or 0),
        reason=approval.facts["reason"],
        maker_id=approval.maker_id,
    )
    require_left(excess, settling.amount)
    if member_id is None:
        require_income(excess, books.work.today)
    books.ledger.ensure(accounts_of(excess, settling))
    books.ledger.post([entry_of(excess, settling, day, actor.person_id)])
    if member_id is not None:
        books.collection.handovers.keep_unallocated([receipt_of(excess, settling, member_id)])
    if settling.amount == excess.left:
        books.approvals.lapse(excess.id)
    books.work.audit("settle_excess", "excess", excess.id, {"amount": settling.amount, "member": member_id})


def draw_passbooks(books: Books, entry: Entry, samity_ids: Collection[str]) -> None:
    """Draw passbooks of the samities that an excess came from, beside those of the month (rules M7, P5).

    Args:
        books: One open database transaction.
        entry: What was booked; where it holds no excess, nothing is drawn.
        samity_ids: Of which samities the money was.
    """
    unidentified = OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, entry.office_id)
    if unidentified.id not in {posting.account_id for posting in entry.postings}:
        return
    seed = books.work.new_id()
    members = books.passbook_checks.drawable(entry.office_id, entry.business_on)
    already = books.passbook_checks.drawn_for(entry.office_id, entry.business_on)
    drawn = draw_of_samities(
        [member for member in members if member.member_id not in already], samity_ids, seed=seed
    )
    books.passbook_checks.add(checks_after_excess(drawn, entry))
    facts = {"seed": seed, "samities": len(samity_ids), "drawn": len(drawn)}
    books.work.audit("draw_after_excess", "excess", entry.id, facts)


def _propose(
    books: Books, excess: Excess, settling: Settling, whom: Member | Office, asked: str
) -> ApprovalState:
    """Write the request; of income there is one at a time, of returns one for each member and sum."""
    hers = {"member_id": whom.id, "member_code": whom.code} if isinstance(whom, Member) else {}
    request = Approval(
        id=settling.id,
        kind=ApprovalKind.EXCESS_RETURN if hers else ApprovalKind.EXCESS_INCOME,
        office_id=excess.office_id,
        subject_id=excess.id,
        row_id=settling.id if hers else None,
        amount=settling.amount,
        facts={
            "subject_bn": whom.name_bn,
            "subject_en": whom.name_en,
            **hers,
            "on": excess.on.isoformat(),
            "amount": format_taka(settling.amount),
            "reason": settling.reason,
        },
        fingerprint=asked,
        maker_id=settling.maker_id,
        made_at=books.work.now,
    )
    if not books.approvals.propose(request):
        raise IdConflict
    books.work.audit("propose_excess_settling", "excess", excess.id, {"amount": settling.amount, **hers})
    return ApprovalState.WAITING
