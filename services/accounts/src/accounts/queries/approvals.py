"""Admissions that wait, in the one shape of everything that waits for a second person (mechanics B3)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register
from contracts.accounts.approvals import ADMISSION, PERMISSIONS
from contracts.accounts.pages import PAGE
from contracts.actor import Actor
from contracts.permissions import permits


def list_approvals(register: Register, *, after: str | None, scope: Scope) -> dict[str, Any]:
    """Return a page of the scope's admissions that wait, oldest first."""
    rows = register.admissions.list_waiting(scope, after=after, limit=PAGE)
    items = [_pending(row, register.work.actor) for row in rows]
    return {"items": items, "next": items[-1]["id"] if len(items) == PAGE else None}


def _pending(row: Mapping[str, Any], reader: Actor) -> dict[str, Any]:
    permission = PERMISSIONS[ADMISSION]
    concerned = reader.person_id == row["maker_id"] or row["member_id"] in reader.excluded_members
    return dict(row) | {
        "service": "accounts",
        "permission": permission,
        "subject_id": row["member_id"],
        "subject_bn": row["name_bn"],
        "subject_en": row["name_en"],
        "office_id": row["branch_id"],
        "may_decide": permits(reader.role or "", permission) and not concerned,
        "facts": {
            "samity_id": row["samity_id"],
            "samity_name_bn": row["samity_name_bn"],
            "samity_name_en": row["samity_name_en"],
            "warnings": row["warnings"],
            "warnings_seen": row["warnings_seen"],
        },
    }
