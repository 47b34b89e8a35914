"""Whether an office pays withdrawals at samities: two administrators settle it. Rules M9, P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for

from contracts.transactions.floats import LIST_FIELD_PAYMENTS, PROPOSE_FIELD_PAYMENTS
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, choice, day, text
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class FieldPaymentsForm(Form):
    """Paid there or not, from a day on."""

    allowed = choice("fact.field_payments")
    effective_on = day("field_payment.effective_on")
    reason = text("form.reason")


@requires("field_payments:propose")
def fieldpayments() -> ResponseReturnValue:
    """What holds for a branch today, and the settings of its own, the newest first."""
    branch = branch_of_page()
    settings = ask(LIST_FIELD_PAYMENTS, {"office_id": branch["id"]}) if branch else None
    return branch_page("field_payments.html", branch, settings=settings)


@requires("field_payments:propose")
def fieldpayments_new(office_id: UUID) -> ResponseReturnValue:
    """Propose a setting from a day on."""
    form = FieldPaymentsForm()
    form.allowed.choices = [(str(allowed), t(f"field_payments.{allowed}")) for allowed in (True, False)]
    back = url_for("portal.fieldpayments", office=office_id)
    if form.validate_on_submit() and form.send(PROPOSE_FIELD_PAYMENTS, setting_of(form, office_id)):
        flash(t("field_payment.proposed"), "success")
        return redirect(back, 303)
    title, lead = t("field_payment.new"), t("field_payment.lead")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def setting_of(form: FieldPaymentsForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    begins = form.effective_on.data
    return {
        "id": form.id.data,
        "office_id": str(office_id),
        "effective_on": begins.isoformat() if begins else None,
        "allowed": form.allowed.data == str(True),
        "reason": form.reason.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/field-payments", view_func=fieldpayments)
    blueprint.add_url_rule(
        "/field-payments/new/<uuid:office_id>", view_func=fieldpayments_new, methods=["GET", "POST"]
    )
