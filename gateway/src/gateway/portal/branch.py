"""Which branch or office a page is about: one's own, or the one chosen by somebody who sees several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from gateway.auth import current_session
from gateway.portal.offices import all_offices

if TYPE_CHECKING:
    from typing import Any


def branch_page(template: str, branch: dict[str, Any] | None, **facts: Any) -> str:
    """Draw a page about one branch, with the choice of another."""
    return render_template(f"portal/{template}", branch=branch, branches=branches_seen(), **facts)


def office_page(template: str, office: dict[str, Any] | None, **facts: Any) -> str:
    """Draw a page about one office of any level, with the choice of another."""
    return render_template(f"portal/{template}", branch=office, branches=all_offices(), **facts)


def office_of_page() -> dict[str, Any] | None:
    """The office that was asked for, else one's own, else the first one seen; None where there is none."""
    return chosen(all_offices())


def branches_seen() -> list[dict[str, Any]]:
    """The branches of one's subtree."""
    return [office for office in all_offices() if office["level"] == "branch"]


def branch_of_page() -> dict[str, Any] | None:
    """The branch that was asked for, else one's own, else the first one seen; None where there is none."""
    return chosen(branches_seen())


def chosen(seen: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The office that was asked for, else one's own, else the first one; None where there is none."""
    wanted = request.args.get("office") or current_session().office_id
    return next((office for office in seen if office["id"] == wanted), seen[0] if seen else None)
