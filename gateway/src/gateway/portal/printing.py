"""Sheets on paper, printed the evening before: where the server is away, the samity still meets. M17."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from contracts.transactions.collection import GET_SHEET, LIST_SHEETS
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page
from gateway.portal.dates import iso_or_none
from gateway.portal.pages import every_item

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("sheet:read")
def sheets_print(sheet_id: UUID) -> ResponseReturnValue:
    """One sheet with what is due and held, and room to write."""
    return render_template("portal/sheet_paper.html", sheets=[ask(GET_SHEET, {"id": str(sheet_id)})])


@requires("sheet:read")
def sheets_print_day() -> ResponseReturnValue:
    """All sheets of a branch and day, a page each."""
    branch, on = branch_of_page(), iso_or_none(request.args.get("on"))
    wanted = {"office_id": branch["id"] if branch else None, "on": on}
    listed = every_item(LIST_SHEETS, **wanted) if on else []
    papers = [ask(GET_SHEET, {"id": sheet["id"]}) for sheet in listed if sheet["kind"] == "regular"]
    return render_template("portal/sheet_paper.html", sheets=papers)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/sheets/<uuid:sheet_id>/paper", view_func=sheets_print)
    blueprint.add_url_rule("/sheets/paper", view_func=sheets_print_day)
