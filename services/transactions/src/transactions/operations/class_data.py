"""Classes, provision and freezes are dated data: proposed by one person, put in force by another (P7)."""

from datetime import date

from contracts.transactions.classes_errors import ClassDataKnown
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.class_data import (
    FreezeRequest,
    RulesRequest,
    freeze_of,
    require_to_come,
    require_unknown,
    rules_of_facts,
)
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.classes import KeptFreeze, KeptRules


def propose_rules(books: Books, request: RulesRequest) -> ApprovalState:
    """Ask for other classes from a day on.

    Raises:
        ClassDataOutdated: the day has begun.
        ClassDataKnown: other rules begin on the same day.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state
    effective_on = request.rules.effective_on
    require_to_come(effective_on, books.work.today)
    require_unknown(effective_on, {one.rules.effective_on for one in books.classes.rules()})
    return _propose(books, request, ApprovalKind.CLASS_RULES)


def propose_freeze(books: Books, request: FreezeRequest) -> ApprovalState:
    """Ask for days in which no class becomes worse; it may have begun, but not ended.

    Raises:
        ClassDataOutdated: its last day has begun.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state
    require_to_come(request.freeze.to_on, books.work.today)
    return _propose(books, request, ApprovalKind.CLASS_FREEZE)


def _propose(books: Books, request: RulesRequest | FreezeRequest, kind: ApprovalKind) -> ApprovalState:
    approval = Approval(
        id=request.id,
        kind=kind.value,
        office_id=books.work.actor.office_id or "",
        subject_id=request.id,
        fingerprint=request.fingerprint,
        maker_id=request.maker_id,
        made_at=books.work.now,
        facts=request.facts,
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(request.id)
        require_same(faster.fingerprint if faster else None, request.fingerprint)
    books.work.audit(f"propose_{kind.value}", "classes", request.id, request.facts)
    return ApprovalState.WAITING


def decide_rules(books: Books, approval: Approval, *, approve: bool) -> None:
    """Put rules in force from their day on.

    Raises:
        ClassDataOutdated: the day has begun meanwhile; who wants them proposes another day.
        ClassDataKnown: others for the same day were approved meanwhile.
    """
    if not approve:
        return
    rules = rules_of_facts(approval.facts)
    require_to_come(rules.effective_on, books.work.today)
    kept = KeptRules(
        id=approval.id,
        rules=rules,
        reason=approval.facts["reason"],
        proposed_by=approval.maker_id,
        approved_by=books.work.actor.person_id,
    )
    if not books.classes.add_rules(kept):
        raise ClassDataKnown(on=rules.effective_on.isoformat())


def decide_freeze(books: Books, approval: Approval, *, approve: bool) -> None:
    """Keep a freeze.

    Raises:
        ClassDataOutdated: its last day has begun meanwhile.
    """
    if not approve:
        return
    freeze = freeze_of(*(date.fromisoformat(approval.facts[name]) for name in ("from_on", "to_on")))
    require_to_come(freeze.to_on, books.work.today)
    books.classes.add_freeze(
        KeptFreeze(
            id=approval.id,
            freeze=freeze,
            reason=approval.facts["reason"],
            proposed_by=approval.maker_id,
            approved_by=books.work.actor.person_id,
        )
    )
