"""What was counted too much: whose it is, and income when nobody missed it. Rule M7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from contracts.transactions.excesses import PROPOSE_EXCESS_INCOME, PROPOSE_EXCESS_RETURN
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, code, digits, text
from gateway.portal.lists import EXCESSES
from gateway.portal.money import typed_taka
from gateway.portal.search import find_by_code
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class ReturnForm(Form):
    """Whose it is, and how much of it."""

    member_id = code("member.code")
    amount = digits("deposit.amount")
    reason = text("excess.found_how")


class IncomeForm(Form):
    """Why nobody will ask for it any more."""

    reason = text("form.reason")


@requires("book:read")
def excesses() -> ResponseReturnValue:
    """What a branch has counted too much, the oldest first."""
    settled = request.args.get("settled") == "yes"
    return branch_page("excesses.html", branch_of_page(), page=EXCESSES.page(), settled=settled)


@requires("excess:propose")
def excesses_return(office_id: UUID, excess_id: UUID) -> ResponseReturnValue:
    """Give so much of it to the member whose it is, if another person agrees."""
    form = ReturnForm()
    back = url_for("portal.excesses", office=office_id)
    if form.validate_on_submit():
        member = find_by_code(form.member_id.data or "")
        said = {
            "excess_id": str(excess_id),
            "amount": typed_taka(form.amount.data),
            "reason": form.reason.data,
        }
        if member is None:
            form.member_id.errors = [t("excess.no_such_member")]
        elif form.send(PROPOSE_EXCESS_RETURN, {"id": form.id.data, "member_id": member["id"], **said}):
            flash(t("excess.return_proposed"), "success")
            return redirect(back, 303)
    title, lead = t("excess.return"), t("excess.return_lead")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


@requires("excess:propose")
def excesses_income(office_id: UUID, excess_id: UUID) -> ResponseReturnValue:
    """Ask the area to let what is left of it become income."""
    form = IncomeForm()
    back = url_for("portal.excesses", office=office_id)
    said = {"id": form.id.data, "excess_id": str(excess_id), "reason": form.reason.data}
    if form.validate_on_submit() and form.send(PROPOSE_EXCESS_INCOME, said):
        flash(t("excess.income_proposed"), "success")
        return redirect(back, 303)
    title, lead = t("excess.income"), t("excess.income_lead")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both = ["GET", "POST"]
    one = "/excesses/<uuid:office_id>/<uuid:excess_id>"
    blueprint.add_url_rule("/excesses", view_func=excesses)
    blueprint.add_url_rule(f"{one}/return", view_func=excesses_return, methods=both)
    blueprint.add_url_rule(f"{one}/income", view_func=excesses_income, methods=both)
