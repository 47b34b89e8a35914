"""What hangs between days and offices: branches behind the calendar, members on their way. L6, M17."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from contracts.accounts.transfers import LIST_TRANSFERS
from contracts.transactions.behind import LIST_BRANCHES_BEHIND
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import office_of_page, office_page

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("day:read")
def behind() -> ResponseReturnValue:
    """The branches below an office whose open day is over by the calendar, the furthest behind first."""
    office = office_of_page()
    told = ask(LIST_BRANCHES_BEHIND, {"office_id": office["id"]}) if office else None
    return office_page("branches_behind.html", office, told=told)


@requires("member:read")
def transfers() -> ResponseReturnValue:
    """Members who move to or from an office's samities, the newest first."""
    office, after = office_of_page(), request.args.get("after") or None
    page = ask(LIST_TRANSFERS, {"office_id": office["id"], "after": after}) if office else None
    return office_page("transfers.html", office, page=page)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/branches-behind", view_func=behind)
    blueprint.add_url_rule("/transfers", view_func=transfers)
