"""Putting right a row of an earlier day: both members are named and told, another person agrees. M13."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for

from contracts.accounts import GET_MEMBER
from contracts.transactions.savings import PROPOSE_CORRECTION
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.corrections import accounts_of_samity, open_ones
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, digits, label, text
from gateway.portal.money import typed_taka
from gateway.portal.search import find_by_code
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class CorrectionForm(Form):
    """Where the money belongs, how much of the row is wrong, and what proves it."""

    to_account_id = choice("reversal.to_account", needed=False, description=label("correction.account_hint"))
    to_code = digits("reversal.to_code", needed=False, description=label("reversal.to_code_hint"))
    amount = digits("correction.amount", needed=False, description=label("correction.amount_hint"))
    evidence = text("reversal.evidence", description=label("reversal.evidence_hint"))
    reason = text("form.reason", description=label("correction.reason_hint"))


class FeeCorrectionForm(Form):
    """Who really paid the fee, and what proves it."""

    to_code = digits("correction.payer", needed=False, description=label("correction.payer_hint"))
    evidence = text("reversal.evidence", description=label("reversal.evidence_hint"))
    reason = text("form.reason", description=label("correction.reason_hint"))


@requires("correction:propose")
def members_correction(member_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Propose to put right a row of hers; without a right account the money was never received."""
    form, member = CorrectionForm(), ask(GET_MEMBER, {"id": str(member_id)})
    form.to_account_id.choices = [NONE_CHOSEN, *accounts_of_samity(member["samity_id"])]
    return correction_page(form, member, entry_id)


@requires("correction:propose")
def members_fee_correction(member_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Propose to put right a fee that stands under her name; without a payer it was never received."""
    return correction_page(FeeCorrectionForm(), ask(GET_MEMBER, {"id": str(member_id)}), entry_id)


def correction_page(form: Form, member: dict[str, Any], entry_id: UUID) -> ResponseReturnValue:
    """The form, or where it went."""
    back = url_for("portal.members_one", member_id=member["id"])
    wrong = {"entry_id": str(entry_id), "row_id": request.args.get("row") or None}
    ready = not form.is_submitted() or destination_known(form)
    if ready:
        done = sent(form, PROPOSE_CORRECTION, lambda typed: correction_of(typed, wrong), "form.waits", back)
        if done:
            return done
    title, lead = t("correction.title"), f"{pick(member, 'name')} · {t('correction.lead')}"
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def destination_known(form: Form) -> bool:
    """Whether the code that was typed, if any, is somebody's who can have the money; says so where not."""
    code = form["to_code"].data
    member = find_by_code(code) if code else None
    if not code or (member and ("to_account_id" not in form or open_ones(member))):
        return True
    form.validate()
    form["to_code"].errors = [t("reversal.no_such_member")]
    return False


def correction_of(form: Form, wrong: dict[str, Any]) -> dict[str, Any]:
    """The form as the command it means: of a fee its payer is named, of other money the account."""
    said: dict[str, Any] = {"evidence": form["evidence"].data, "reason": form["reason"].data}
    member = find_by_code(form["to_code"].data) if form["to_code"].data else None
    if "to_account_id" not in form:
        return {"id": form.id.data, "from": wrong, **said, "to_member_id": member["id"] if member else None}
    named = open_ones(member)[0]["account_id"] if member else form["to_account_id"].data or None
    amount = typed_taka(form["amount"].data) if form["amount"].data else None
    return {"id": form.id.data, "from": wrong, **said, "to_account_id": named, "amount": amount}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    deeds = {"corrections": members_correction, "fee-corrections": members_fee_correction}
    for deed, view in deeds.items():
        blueprint.add_url_rule(
            f"/members/<uuid:member_id>/{deed}/<uuid:entry_id>", view_func=view, methods=["GET", "POST"]
        )
