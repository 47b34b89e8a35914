"""Deaths: the cases that wait, and what a member left paid to each nominee against a mark. L5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import GET_MEMBER
from contracts.accounts.deaths import SETTLE_SPOUSE_CASE
from contracts.accounts.loans import LIST_LOANS
from contracts.errors import NotFound
from contracts.transactions.nominees import CLOSE_ESTATE, GET_CLAIM, PAY_NOMINEE
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.counter import receipt_or_home
from gateway.portal.deeds import attempt, sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, label
from gateway.portal.lists import DEATHS
from gateway.portal.withdrawals import EvidenceForm
from gateway.words import t
from gateway.words.formats import digits, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class SpouseForm(Form):
    """Which of her loans was waived because he died."""

    loan_id = choice("death.loan", description=label("death.loan_hint"))


@requires("member:read")
def deaths() -> ResponseReturnValue:
    """The open cases, the one that is due first at the head."""
    overdue = "overdue" in request.args
    return render_template("portal/death_cases.html", page=DEATHS.page(), overdue=overdue)


@requires("member:propose_change")
def deaths_spouse(member_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Settle the case of a spouse: the loan that the risk fund was to pay is waived."""
    form, back = SpouseForm(), url_for("portal.deaths")
    loans = ask(LIST_LOANS, {"member_id": str(member_id)})["items"]
    form.loan_id.choices = [NONE_CHOSEN, *((one["id"], named(one)) for one in loans if one["code"])]
    said = {"id": str(case_id)}
    title, lead, act = t("death.settle_spouse"), t("death.spouse_lead"), t("form.confirm")
    return sent(
        form, SETTLE_SPOUSE_CASE, lambda typed: said | {"loan_id": typed.loan_id.data}, "death.settled", back
    ) or form.page("form.html", title=title, lead=lead, act=act, back=back)


def named(loan: dict[str, Any]) -> str:
    """A loan as a choice shows it."""
    return f"{digits(loan['code'])} · {taka(loan['principal'])} · {t('loan_state.' + loan['state'])}"


@requires("savings:read")
def claims_one(claim_id: UUID) -> ResponseReturnValue:
    """What a member left, and who gets which part of it."""
    claim = ask(GET_CLAIM, {"id": str(claim_id)})
    return render_template(
        "portal/claim.html", claim=claim, member=ask(GET_MEMBER, {"id": claim["member_id"]})
    )


@requires("savings:close")
def claims_close(claim_id: UUID) -> ResponseReturnValue:
    """Close her accounts for her nominees, with interest to the day."""
    attempt(CLOSE_ESTATE, {"id": str(claim_id)}, "claim.closed")
    return redirect(url_for("portal.claims_one", claim_id=claim_id), 303)


@requires("withdrawal:pay")
def claims_pay(claim_id: UUID, number: int) -> ResponseReturnValue:
    """Put a share into the nominee's hand, or his guardian's, and go to the receipt."""
    form, back = EvidenceForm(), url_for("portal.claims_one", claim_id=claim_id)
    said = {"id": form.id.data, "claim_id": str(claim_id), "number": number, "evidence": form.evidence}
    claim = form.send(PAY_NOMINEE, said) if form.validate_on_submit() else None
    if claim:
        flash(t("claim.paid"), "success")
        return redirect(receipt_or_home(share_of(claim, number)["entry_id"]), 303)
    share = share_of(ask(GET_CLAIM, {"id": str(claim_id)}), number)
    lead = f"{share['guardian'] or share['name']} · {taka(share['amount'])}"
    return form.page("form.html", title=t("claim.pay"), lead=lead, act=t("withdrawal.pay_act"), back=back)


def share_of(claim: dict[str, Any], number: int) -> dict[str, Any]:
    """One nominee's share.

    Raises:
        NotFound: the claim has no such nominee.
    """
    for share in claim["shares"]:
        if share["number"] == number:
            return dict(share)
    raise NotFound(field="number")


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/death-cases", view_func=deaths)
    blueprint.add_url_rule(
        "/death-cases/<uuid:case_id>/spouse/<uuid:member_id>",
        view_func=deaths_spouse,
        methods=["GET", "POST"],
    )
    blueprint.add_url_rule("/claims/<uuid:claim_id>", view_func=claims_one)
    blueprint.add_url_rule("/claims/<uuid:claim_id>/closing", view_func=claims_close, methods=["POST"])
    blueprint.add_url_rule(
        "/claims/<uuid:claim_id>/nominees/<int:number>", view_func=claims_pay, methods=["GET", "POST"]
    )
