"""How much cash a vault may keep overnight: one administrator proposes, another agrees. Rules M7, P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for

from contracts.transactions.cash_limits import LIST_CASH_LIMITS, PROPOSE_CASH_LIMIT
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, day, digits, text
from gateway.portal.money import typed_taka
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class CashLimitForm(Form):
    """The most that stays in the vault from a day on."""

    amount = digits("cash_limit.amount")
    effective_on = day("cash_limit.effective_on")
    reason = text("form.reason")


@requires("cash_limit:propose")
def cashlimits() -> ResponseReturnValue:
    """The limits of a branch, the newest first."""
    branch = branch_of_page()
    limits = ask(LIST_CASH_LIMITS, {"office_id": branch["id"]})["items"] if branch else []
    return branch_page("cash_limits.html", branch, limits=limits)


@requires("cash_limit:propose")
def cashlimits_new(office_id: UUID) -> ResponseReturnValue:
    """Propose a limit from a day on."""
    form = CashLimitForm()
    back = url_for("portal.cashlimits", office=office_id)
    if form.validate_on_submit() and form.send(PROPOSE_CASH_LIMIT, limit_of(form, office_id)):
        flash(t("cash_limit.proposed"), "success")
        return redirect(back, 303)
    title, lead = t("cash_limit.new"), t("cash_limit.lead")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def limit_of(form: CashLimitForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    begins = form.effective_on.data
    return {
        "id": form.id.data,
        "office_id": str(office_id),
        "amount": typed_taka(form.amount.data),
        "effective_on": begins.isoformat() if begins else None,
        "reason": form.reason.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/cash-limits", view_func=cashlimits)
    blueprint.add_url_rule(
        "/cash-limits/new/<uuid:office_id>", view_func=cashlimits_new, methods=["GET", "POST"]
    )
