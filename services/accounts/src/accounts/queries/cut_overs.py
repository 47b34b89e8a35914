"""Where branches stand that are brought over, and what is wrong with their files (rule P13)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.cut_overs import FAULTS_A_PAGE
from contracts.accounts.pages import PAGE
from contracts.money import parse_taka

_SHOWN = (
    *("id", "branch_id", "on", "reference", "state", "done", "total", "samities", "members", "faults"),
    *("refusal", "made_at"),
)


def show(register: Register, cut_over_id: str, *, scope: Scope) -> dict[str, Any]:
    """Return a cut-over.

    Raises:
        NotFound: there is none in scope.
    """
    return _shown(register.cut_overs.show(scope, cut_over_id))


def list_cut_overs(register: Register, asked: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of cut-overs, the newest first."""
    rows = register.cut_overs.list_page(
        scope, branch_id=asked["branch_id"], after=asked["after"], limit=PAGE + 1
    )
    items = [_shown(row) for row in rows[:PAGE]]
    return {"items": items, "next": items[-1]["id"] if len(rows) > PAGE else None}


def list_faults(register: Register, asked: Mapping[str, Any], *, scope: Scope) -> dict[str, Any]:
    """Return a page of what is wrong with a file.

    Raises:
        NotFound: there is no such cut-over in scope.
    """
    register.cut_overs.show(scope, asked["id"])
    rows = register.cut_overs.faults(asked["id"], asked["after"], FAULTS_A_PAGE + 1)
    items = rows[:FAULTS_A_PAGE]
    return {"items": items, "next": items[-1]["number"] if len(rows) > FAULTS_A_PAGE else None}


def _shown(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _SHOWN} | {
        "products": [_product(one) for one in row["products"]],
    }


def _product(one: Mapping[str, Any]) -> dict[str, Any]:
    money = {
        name: None if one[name] is None else parse_taka(one[name])
        for name in ("file", "ledger", "difference")
    }
    return dict(one) | money
