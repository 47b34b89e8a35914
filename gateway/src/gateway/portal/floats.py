"""Floats: the accountant counts out cash for a samity's agreed withdrawals, and takes it back. Rule M9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for

from contracts.transactions.collection import GET_SHEET
from contracts.transactions.floats import ISSUE_FLOAT, LIST_FLOATS, RETURN_FLOAT
from contracts.transactions.savings import LIST_WITHDRAWALS
from contracts.transactions.savings_words import WithdrawalState
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, text
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import day, pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class FloatForm(Form):
    """Which of the agreed withdrawals are carried to the samity."""


class ReturnFloatForm(Form):
    """Why the cash is back, or was never taken."""

    reason = text("form.reason")


@requires("handover:read")
def floats() -> ResponseReturnValue:
    """The floats of a branch that are out, or those that are back."""
    branch = branch_of_page()
    finished = request.args.get("finished") is not None
    asked = {"finished": finished, "after": request.args.get("after") or None}
    page = ask(LIST_FLOATS, asked | {"office_id": branch["id"]}) if branch else {"items": [], "next": None}
    return branch_page("floats.html", branch, page=page, finished=finished)


@requires("float:issue")
def sheets_float(sheet_id: UUID) -> ResponseReturnValue:
    """Count cash out for a samity's agreed withdrawals."""
    form = FloatForm()
    sheet = ask(GET_SHEET, {"id": str(sheet_id)})
    if form.validate_on_submit():
        chosen = {"sheet_id": str(sheet_id), "withdrawal_ids": request.form.getlist("withdrawals")}
        if form.send(ISSUE_FLOAT, {"id": form.id.data, **chosen}):
            flash(t("float.counted_out"), "success")
            return redirect(url_for("portal.sheets_one", sheet_id=sheet_id), 303)
    title = t("float.title", samity=pick(sheet, "samity_name"), on=day(sheet["meeting_on"]))
    return form.page("float_form.html", title=title, sheet=sheet, agreed=agreed_for(sheet))


def agreed_for(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """The withdrawals that were agreed to for the samity of a sheet, and whose cash nobody carries."""
    members = {member["member_id"] for member in sheet["rows"]}
    return [
        one
        for one in every_item(LIST_WITHDRAWALS, office_id=sheet["office_id"])
        if one["in_field"] and one["state"] == WithdrawalState.APPROVED and one["member_id"] in members
    ]


@requires("float:issue")
def floats_return(float_id: UUID) -> ResponseReturnValue:
    """Take a float back whole, or withdraw one that nobody took."""
    form = ReturnFloatForm()
    back = url_for("portal.floats")
    asked = {"id": str(float_id), "reason": form.reason.data}
    if form.validate_on_submit() and form.send(RETURN_FLOAT, asked):
        flash(t("float.is_back"), "success")
        return redirect(back, 303)
    title, lead, act = t("float.return"), t("float.return_lead"), t("float.return")
    return form.page("form.html", title=title, lead=lead, act=act, back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/floats", view_func=floats)
    blueprint.add_url_rule("/floats/<uuid:float_id>/return", view_func=floats_return, methods=["GET", "POST"])
    blueprint.add_url_rule("/sheets/<uuid:sheet_id>/float", view_func=sheets_float, methods=["GET", "POST"])
