"""What waits for a second person in this service, in the one shape of all services (mechanics B3)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.approvals import Approval, may_decide
from accounts.domain.scope import Scope
from accounts.repository import Register
from contracts.accounts.pages import PAGE
from contracts.actor import Actor


def list_approvals(register: Register, *, after: str | None, scope: Scope) -> dict[str, Any]:
    """Return a page of what waits in the scope, oldest first."""
    found = register.approvals.list_waiting(scope, after=after, limit=PAGE)
    items = [_pending(approval, maker, register.work.actor) for approval, maker in found]
    return {"items": items, "next": items[-1]["id"] if len(items) == PAGE else None}


def _pending(approval: Approval, maker: Mapping[str, Any], reader: Actor) -> dict[str, Any]:
    return {
        "id": approval.id,
        "service": "accounts",
        "kind": approval.kind,
        "permission": approval.permission,
        "subject_id": approval.subject_id,
        "subject_bn": approval.facts.get("subject_bn", ""),
        "subject_en": approval.facts.get("subject_en", ""),
        "office_id": approval.office_id,
        "maker_id": approval.maker_id,
        **maker,
        "proposed_at": approval.proposed_at,
        "state": approval.stage,
        "may_decide": may_decide(approval, reader),
        "facts": dict(approval.facts),
    }
