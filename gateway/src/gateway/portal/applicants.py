"""Money of applicants at the counter: taken with a receipt, held apart, given back against a mark. L8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for

from contracts.accounts import GET_MEMBER
from contracts.transactions.applicants import (
    LIST_APPLICANTS_MONEY,
    RECEIVE_APPLICANT_MONEY,
    REFUND_APPLICANT,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.counter import receipt_or_home
from gateway.portal.forms import Form, digits, label, text
from gateway.portal.lists import APPLICANTS
from gateway.portal.money import typed_taka
from gateway.portal.pages import every_item
from gateway.portal.withdrawals import EvidenceForm
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method


class ReceiveForm(Form):
    """How much she brings; the form's id becomes the entry's."""

    amount = digits("deposit.amount", description=label("deposit.whole_taka"))
    note = text("deposit.note", needed=False, description=label("applicant.note_hint"))


class RefundForm(EvidenceForm):
    """Why she has all of it back, her mark, and who saw it."""

    reason = text("form.reason", description=label("applicant.reason_hint"))


@requires("savings:read")
def applicants() -> ResponseReturnValue:
    """What a branch holds of applicants, what is to be refunded first at the head."""
    overdue = "overdue" in request.args
    return branch_page("applicants_money.html", branch_of_page(), page=APPLICANTS.page(), overdue=overdue)


@requires("deposit:post")
def applicants_receive(applicant_id: UUID) -> ResponseReturnValue:
    """Take cash of an applicant; it goes onto her savings when she is a member."""
    form = ReceiveForm()
    said = {
        "entry_id": form.id.data,
        "applicant_id": str(applicant_id),
        "amount": typed_taka(form.amount.data),
        "note": form.note.data,
    }
    done = crossed(form, RECEIVE_APPLICANT_MONEY, said)
    return done or money_page(form, applicant_id, [], title=t("applicant.receive"), act=t("lending.take"))


@requires("withdrawal:pay")
def applicants_refund(applicant_id: UUID) -> ResponseReturnValue:
    """Give her back all that is held of her; each receipt stands above the form."""
    form = RefundForm()
    said = {
        "id": form.id.data,
        "applicant_id": str(applicant_id),
        "reason": form.reason.data,
        "evidence": form.evidence,
    }
    done = crossed(form, REFUND_APPLICANT, said)
    if done:
        return done
    words = {"title": t("applicant.refund"), "act": t("withdrawal.pay_act")}
    return money_page(form, applicant_id, held_of(str(applicant_id)), **words)


def held_of(applicant_id: str) -> list[tuple[str, str]]:
    """What the branch holds of her, receipt by receipt."""
    branch = branch_of_page()
    held = every_item(LIST_APPLICANTS_MONEY, office_id=branch["id"]) if branch else []
    return [
        (shown_digits(one["receipt_number"]), taka(one["amount"]))
        for one in held
        if one["applicant_id"] == applicant_id
    ]


def crossed(form: Form, method: Method, said: dict[str, Any]) -> ResponseReturnValue | None:
    """Let money cross the counter, and go to its receipt; None where the form must be shown."""
    posted = form.send(method, said) if form.validate_on_submit() else None
    if not posted:
        return None
    flash(t("lending.posted"), "success")
    return redirect(receipt_or_home(posted["entry_id"]), 303)


def money_page(
    form: Form, applicant_id: UUID, held: list[tuple[str, str]], **words: str
) -> ResponseReturnValue:
    """The form, with whose money it is about."""
    lead, back = pick(ask(GET_MEMBER, {"id": str(applicant_id)}), "name"), url_for("portal.applicants")
    return form.page("loan_money.html", figures=held, lead=lead, back=back, **words)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/applicants-money", view_func=applicants)
    for deed, view in {"receipt": applicants_receive, "refund": applicants_refund}.items():
        blueprint.add_url_rule(
            f"/applicants-money/<uuid:applicant_id>/{deed}", view_func=view, methods=["GET", "POST"]
        )
