"""What waits for a second person in this service, in the one shape of all services (mechanics B3)."""

from typing import Any

from transactions.domain.approvals import Approval, may_decide, permission_of
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100


def list_approvals(books: Books, after: str | None) -> dict[str, Any]:
    """Return a page of what waits in the caller's scope, the oldest first."""
    last = books.approvals.find(after) if after else None
    found = books.approvals.waiting(Scope.of(books.work.actor), last, PAGE + 1)
    page = found[:PAGE]
    makers = books.people.names_of({approval.maker_id for approval in page})
    return {
        "items": [_item(books, approval, makers.get(approval.maker_id)) for approval in page],
        "next": page[-1].id if len(found) > PAGE else None,
    }


def _item(books: Books, approval: Approval, maker: Person | None) -> dict[str, Any]:
    actor = books.work.actor
    return {
        "id": approval.id,
        "service": "transactions",
        "kind": approval.kind,
        "permission": permission_of(approval.kind),
        "subject_id": approval.subject_id,
        "subject_bn": approval.facts.get("subject_bn", ""),
        "subject_en": approval.facts.get("subject_en", ""),
        "office_id": approval.office_id,
        "maker_id": approval.maker_id,
        "maker_bn": maker.name_bn if maker else None,
        "maker_en": maker.name_en if maker else None,
        "proposed_at": approval.made_at,
        "state": approval.state,
        "may_decide": not actor.is_new and may_decide(approval, person_id=actor.person_id, role=actor.role),
        "facts": dict(approval.facts),
    }
