"""Fees and premiums at the counter: taken from her, each with its receipt, never kept from a loan. P3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import GET_MEMBER
from contracts.transactions.lending_endings import LIST_FEES, POST_FEE
from contracts.transactions.lending_endings_words import FeeKind
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.counter import receipt_or_home
from gateway.portal.forms import Form, choice, digits, label
from gateway.portal.loan_money import payers
from gateway.portal.money import typed_taka
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def kinds() -> list[tuple[str, str]]:
    """What she may pay for."""
    return [(str(kind), t(f"fee.{kind}")) for kind in FeeKind]


class FeeForm(Form):
    """What she pays for, and how much; the form's id becomes the entry's."""

    kind = choice("fact.kind", choices=kinds, description=label("fees.kind_hint"))
    amount = digits("deposit.amount", description=label("deposit.whole_taka"))
    paid_by = choice("deposit.paid_by", choices=payers, description=label("lending.paid_by_hint"))


@requires("passbook:read")
def fees(member_id: UUID) -> ResponseReturnValue:
    """The fees that a member paid, the newest first."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    page = ask(LIST_FEES, {"member_id": str(member_id), "after": request.args.get("after") or None})
    return render_template("portal/fees.html", member=member, page=page)


@requires("fee:post")
def fees_new(member_id: UUID) -> ResponseReturnValue:
    """Take a fee at the counter."""
    form, member = FeeForm(), ask(GET_MEMBER, {"id": str(member_id)})
    posted = form.send(POST_FEE, fee_of(form, member_id)) if form.validate_on_submit() else None
    if posted:
        flash(t("lending.posted"), "success")
        return redirect(receipt_or_home(posted["entry_id"]), 303)
    back = url_for("portal.fees", member_id=member_id)
    lead = pick(member, "name")
    return form.page("form.html", title=t("fees.new"), lead=lead, act=t("lending.take"), back=back)


def fee_of(form: FeeForm, member_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "entry_id": form.id.data,
        "member_id": str(member_id),
        "kind": form.kind.data,
        "amount": typed_taka(form.amount.data),
        "paid_by": form.paid_by.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/members/<uuid:member_id>/fees", view_func=fees)
    blueprint.add_url_rule("/members/<uuid:member_id>/fees/new", view_func=fees_new, methods=["GET", "POST"])
