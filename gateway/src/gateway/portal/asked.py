"""What the address of a list asks for: whose, which of a closed list, and over which days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask import request

from gateway.edge import today
from gateway.portal.branch import branch_of_page, office_of_page
from gateway.portal.dates import iso_or_none

if TYPE_CHECKING:
    from collections.abc import Collection


def one_of(words: Collection[str], question: str) -> str | None:
    """Return what the address says of a closed list; None where it says nothing that is on it."""
    said = request.args.get(question)
    return said if said in words else None


def of_branch(**more: Any) -> dict[str, Any] | None:
    """Return a question about the branch of the page; None where one sees no branch."""
    branch = branch_of_page()
    return {"office_id": branch["id"], **more} if branch else None


def of_office(**more: Any) -> dict[str, Any] | None:
    """Return a question about the office of the page and all below it; None where one sees no office."""
    office = office_of_page()
    return {"office_id": office["id"], **more} if office else None


def period(first: str, last: str, over: timedelta) -> dict[str, str]:
    """Return the days of the address under these names, else so many until the last, which is today."""
    until = iso_or_none(request.args.get(last)) or today().isoformat()
    since = iso_or_none(request.args.get(first)) or (date.fromisoformat(until) - over).isoformat()
    return {first: since, last: until}
