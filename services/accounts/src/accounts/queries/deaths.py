"""Cases of deaths as staff see them, with their clock (rule L5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register
from accounts.repository.rows import Row


def show_case(register: Register, case_id: str, *, scope: Scope) -> dict[str, Any]:
    """Return a case that was found in scope."""
    return _shown(register.deaths.show(scope, case_id), register.work.today)


def list_cases(register: Register, page: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of the scope's open cases, the one that is due first at the head."""
    today = register.work.today
    rows = register.deaths.list_open(
        scope, due_before=today if page["overdue"] else None, after=page["after"], limit=page["limit"]
    )
    return {
        "items": [_shown(row, today) for row in rows],
        "next": rows[-1]["id"] if len(rows) == page["limit"] else None,
    }


def _shown(row: Row, today: date) -> dict[str, Any]:
    return row | {"overdue": row["settled_on"] is None and row["due_on"] < today}
