"""Setting limits by amount: one administrator proposes, another approves (P7)."""

from datetime import date
from typing import Any

from contracts.errors import IdConflict
from contracts.identity.approvals import LIMIT_CHANGE
from contracts.identity.limits import LimitKnown, LimitNotOfRole, LimitTooSoon
from contracts.limits import LIMITED
from contracts.money import Paisa, format_taka, parse_taka
from identity.domain.approvals import Approval
from identity.domain.limits import Limit, can_bind, first_day
from identity.operations.staff import check_approver
from identity.repository import Books
from identity.vault import Vault


def propose_limit(books: Books, command: dict[str, Any]) -> Approval:
    """Propose a limit; the same again changes nothing.

    Raises:
        LimitNotOfRole: the role allows no such thing.
        LimitTooSoon: it would count before it may.
        LimitKnown: the role has a limit from that day on already.
        IdConflict: the id is known with another body.
    """
    given = {name: value for name, value in command.items() if name not in {"id", "reason"}}
    limit = Limit(**given | {"role": str(command["role"])})
    if not can_bind(limit.role, limit.permission):
        raise LimitNotOfRole(role=limit.role, permission=limit.permission)
    approval = _approval(books, command, limit)
    known = books.approvals.find(approval.id)
    if known is not None:
        return _same(known, approval)
    _require_possible(books, limit)
    if not books.approvals.add(approval):
        raise IdConflict
    noted = {"role": limit.role, "permission": limit.permission, "amount": limit.amount}
    books.work.audit("propose_limit", "limit", approval.id, noted)
    return approval


def approve(books: Books, approval: Approval, vault: Vault) -> None:
    """Write the limit; it counts from its day on.

    Raises:
        ApproverTooNew: who approves has not been an administrator for a day (P7).
        LimitTooSoon: it waited too long: its day would lie before the one from which it may count.
        LimitKnown: another one from that day on was approved meanwhile.
    """
    del vault
    check_approver(books, books.work.now)
    limit = limit_of(approval)
    _require_possible(books, limit)
    if not books.limits.add(limit, approval.id):
        raise LimitKnown(effective_on=limit.effective_on.isoformat())
    books.work.audit("approve_limit", "limit", approval.id)


def decline(books: Books, approval: Approval) -> None:
    """Leave the limits as they are."""
    books.work.audit("decline_limit", "limit", approval.id)


def limit_of(approval: Approval) -> Limit:
    """Return the limit that an approval is about."""
    facts = approval.facts
    return Limit(
        role=facts["role"],
        permission=facts["permission"],
        amount=parse_taka(facts["amount"]),
        effective_on=date.fromisoformat(facts["effective_on"]),
    )


def _require_possible(books: Books, limit: Limit) -> None:
    first_on = first_day(limit, _in_force(books, limit), books.work.today)
    if limit.effective_on < first_on:
        raise LimitTooSoon(first_on=first_on.isoformat())
    if books.limits.has(limit):
        raise LimitKnown(effective_on=limit.effective_on.isoformat())


def _in_force(books: Books, limit: Limit) -> Paisa | None:
    return books.limits.of_role(limit.role, books.work.today).get(limit.permission)


def _approval(books: Books, command: dict[str, Any], limit: Limit) -> Approval:
    before = _in_force(books, limit)
    name_bn, name_en = LIMITED[limit.permission]
    actor = books.work.actor
    assert actor.office_id is not None
    return Approval(
        id=command["id"],
        kind=LIMIT_CHANGE,
        subject_id=command["id"],
        subject_bn=name_bn,
        subject_en=name_en,
        office_id=actor.office_id,
        maker_id=actor.person_id,
        proposed_at=books.work.now,
        facts={
            "role": limit.role,
            "permission": limit.permission,
            "amount": format_taka(limit.amount),
            "before": None if before is None else format_taka(before),
            "effective_on": limit.effective_on.isoformat(),
            "reason": command["reason"],
        },
    )


def _same(known: Approval, wanted: Approval) -> Approval:
    """Compare what was asked; what was in force before may have changed meanwhile."""
    asked = {**wanted.facts, "before": known.facts.get("before")}
    if (known.kind, known.facts, known.maker_id) != (wanted.kind, asked, wanted.maker_id):
        raise IdConflict
    return known
