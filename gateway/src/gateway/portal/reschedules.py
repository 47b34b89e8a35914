"""New instalments for who cannot keep to hers; the area agrees, and no charge is added. L1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.accounts.reschedules import PROPOSE_RESCHEDULE
from contracts.transactions.lending import READ_LOAN
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, choice, day, digits, label, text
from gateway.portal.lists import RESCHEDULES, rescheduled_period
from gateway.portal.loan_money import CARD, figures
from gateway.portal.loan_steps import marks
from gateway.portal.loans import address_of
from gateway.portal.money import typed_taka
from gateway.portal.terms_forms import whole_of
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class RescheduleForm(Form):
    """How what is unpaid is spread anew, with her mark before a witness."""

    first_due_on = day("reschedule.first", default=None, description=label("reschedule.first_hint"))
    instalments = digits("reschedule.count", needed=False, description=label("reschedule.count_hint"))
    instalment = digits("reschedule.amount", needed=False, description=label("reschedule.amount_hint"))
    mark = choice("fact.mark", choices=marks, description=label("reschedule.mark_hint"))
    witness = text("fact.witness", description=label("reschedule.witness_hint"))
    reason = text("form.reason", description=label("reschedule.reason_hint"))


@requires("loan:read")
def reschedules() -> ResponseReturnValue:
    """What was proposed in an office and below it in a period, the newest first."""
    page, period = RESCHEDULES.page(), rescheduled_period()
    return office_page("reschedules.html", office_of_page(), page=page, period=period)


@requires("loan:propose_change")
def reschedules_new(loan_id: UUID) -> ResponseReturnValue:
    """Propose new instalments; her old schedule holds until the area agrees."""
    form, back = RescheduleForm(), address_of(loan_id)
    done = sent(form, PROPOSE_RESCHEDULE, lambda typed: schedule_of(typed, loan_id), "form.waits", back)
    if done:
        return done
    card = figures(ask(READ_LOAN, {"loan_id": str(loan_id)}), CARD)
    title, lead, act = t("reschedule.new"), t("reschedule.new_lead"), t("form.ask")
    return form.page("loan_money.html", title=title, lead=lead, act=act, back=back, figures=card)


def schedule_of(form: RescheduleForm, loan_id: UUID) -> dict[str, Any]:
    """The form as the command it means: a count, or an amount that makes the count."""
    first = form.first_due_on.data
    return {
        "id": form.id.data,
        "loan_id": str(loan_id),
        "first_due_on": first.isoformat() if first else None,
        "instalments": whole_of(form.instalments.data) if form.instalments.data else None,
        "instalment": typed_taka(form.instalment.data) if form.instalment.data else None,
        "reason": form.reason.data,
        "mark": form.mark.data,
        "witness": form.witness.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/reschedules", view_func=reschedules)
    blueprint.add_url_rule(
        "/loans/<uuid:loan_id>/reschedule", view_func=reschedules_new, methods=["GET", "POST"]
    )
