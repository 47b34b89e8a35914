"""A sheet that comes late: the manager lets the day close past it, and says why. Rule M3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for

from contracts.transactions.collection import GET_SHEET
from contracts.transactions.deferrals import DEFER_SHEET
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, digits, text
from gateway.portal.lists import DEFERRALS
from gateway.portal.money import typed_taka
from gateway.words import t
from gateway.words.formats import day, pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class DeferralForm(Form):
    """Why the sheet is not in, and what its officer holds of it overnight."""

    reason = text("form.reason")
    cash_overnight = digits("deferral.cash")


@requires("sheet:read")
def deferrals() -> ResponseReturnValue:
    """The sheets past which a branch's days were closed and that are not in the book yet."""
    return branch_page("deferrals.html", branch_of_page(), page=DEFERRALS.page())


@requires("sheet:defer")
def sheets_defer(sheet_id: UUID) -> ResponseReturnValue:
    """Let the open day close past one sheet."""
    form = DeferralForm()
    sheet = ask(GET_SHEET, {"id": str(sheet_id)})
    back = url_for("portal.sheets_one", sheet_id=sheet_id)
    if form.validate_on_submit():
        said = {"reason": form.reason.data, "cash_overnight": typed_taka(form.cash_overnight.data)}
        if form.send(DEFER_SHEET, {"id": form.id.data, "sheet_id": str(sheet_id), **said}):
            flash(t("deferral.done"), "success")
            return redirect(back, 303)
    title = t("deferral.title", samity=pick(sheet, "samity_name"), on=day(sheet["meeting_on"]))
    return form.page("form.html", title=title, lead=t("deferral.lead"), act=t("deferral.act"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/deferrals", view_func=deferrals)
    blueprint.add_url_rule(
        "/sheets/<uuid:sheet_id>/deferral", view_func=sheets_defer, methods=["GET", "POST"]
    )
