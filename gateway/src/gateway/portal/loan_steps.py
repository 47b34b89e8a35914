"""A loan before it is in the book: visited, agreed to, paid out at the counter, or given up. L4."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for

from contracts.accounts.loan_words import CallBackOutcome
from contracts.accounts.loans import (
    APPROVE_LOAN,
    CANCEL_LOAN,
    DISBURSE_LOAN,
    GET_LOAN,
    RECOMMEND_LOAN,
    RECORD_CALL_BACK,
    SEND_PAYOUT_CODE,
)
from contracts.accounts.members import MARKS
from contracts.identity import LIST_COLLEAGUES, LIST_STAFF
from contracts.transactions.ledger import GET_DAY
from contracts.transactions.lending_words import PayoutHow
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.deeds import attempt, sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, day, digits, label, text
from gateway.portal.lists import CALL_BACKS
from gateway.portal.loans import address_of
from gateway.portal.money import typed_taka
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import pick, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

YES, NO = "True", "False"
PAISA = ".00"


def yes_or_no() -> list[tuple[str, str]]:
    """A yes or a no, in the reader's language."""
    return [(YES, t("form.yes")), (NO, t("form.no"))]


def marks() -> list[tuple[str, str]]:
    """How she signs."""
    return [(mark, t(f"mark.{mark}")) for mark in MARKS]


def maybe_marks() -> list[tuple[str, str]]:
    """How she signs, where she must at all."""
    return [NONE_CHOSEN, *marks()]


def ways_of_payout() -> list[tuple[str, str]]:
    """How the principal reaches her."""
    return [(str(how), t(f"payout_how.{how}")) for how in PayoutHow]


def outcomes() -> list[tuple[str, str]]:
    """What she said when she was called back."""
    return [(str(one), t(f"call_back.{one}")) for one in CallBackOutcome]


def colleagues() -> list[tuple[str, str]]:
    """Whom one can name as a witness: the people of one's office, above it those of one's subtree."""
    if may("staff:names"):
        people = ask(LIST_COLLEAGUES, {})["items"]
    else:
        people = every_item(LIST_STAFF) if may("staff:read") else []
    return [
        NONE_CHOSEN,
        *((one["id"], f"{pick(one, 'name')} · {t('role.' + one['role'])}") for one in people),
    ]


class RecommendForm(Form):
    """What somebody else than the officer found at her home."""

    recommend = choice(
        "lending.recommended", choices=yes_or_no, description=label("lending.recommended_hint")
    )
    visited_on = day("fact.visited_on", description=label("lending.visited_hint"))
    finding = text("fact.finding", description=label("lending.finding_hint"))
    bank_account_seen = choice(
        "lending.account_seen", choices=yes_or_no, default=NO, description=label("lending.seen_hint")
    )


class ApproveForm(Form):
    """For how much; less than she asked needs her consent."""

    principal = digits("loan.principal", description=label("lending.principal_hint"))
    mark = choice("fact.mark", needed=False, choices=maybe_marks, description=label("lending.consent_hint"))
    witness_id = choice(
        "fact.witness", needed=False, choices=colleagues, description=label("lending.consent_witness_hint")
    )


class CancelForm(Form):
    """Why nobody will pay it."""

    reason = text("form.reason", description=label("lending.cancel_hint"))


class PayoutForm(Form):
    """How the money reaches her, and how that is proved."""

    on = day("lending.payout_on", default=None, description=label("lending.payout_on_hint"))
    how = choice("lending.how", choices=ways_of_payout, description=label("lending.how_hint"))
    account_last4 = digits("lending.last_digits", needed=False, description=label("lending.last_digits_hint"))
    mark = choice("fact.mark", choices=marks, description=label("lending.mark_hint"))
    witness_id = choice("fact.witness", choices=colleagues, description=label("lending.witness_hint"))
    code = digits("lending.code", needed=False, description=label("lending.code_hint"))
    called_back_by = choice(
        "lending.called_back_by", needed=False, choices=colleagues, description=label("lending.called_hint")
    )


class CallBackForm(Form):
    """What she said."""

    outcome = choice("call_back.outcome", choices=outcomes, description=label("call_back.outcome_hint"))
    note = text("deposit.note", needed=False, description=label("call_back.note_hint"))


def named(loan: dict[str, Any]) -> str:
    """Whose loan a page is about, and of how much."""
    return f"{pick(loan, 'member_name')} · {loan['product_code']} · {taka(loan['principal'])}"


@requires("loan:recommend")
def loans_recommend(loan_id: UUID) -> ResponseReturnValue:
    """Write down what was found at her home."""
    loan, form, back = ask(GET_LOAN, {"id": str(loan_id)}), RecommendForm(), address_of(loan_id)
    return sent(
        form, RECOMMEND_LOAN, lambda typed: visit_of(typed, loan_id), "lending.done", back
    ) or form.page(
        "form.html", title=t("lending.recommend"), lead=named(loan), act=t("form.confirm"), back=back
    )


def visit_of(form: RecommendForm, loan_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": str(loan_id),
        "recommend": form.recommend.data == YES,
        "visited_on": form.visited_on.data.isoformat() if form.visited_on.data else None,
        "finding": form.finding.data,
        "bank_account_seen": form.bank_account_seen.data == YES,
    }


@requires("loan:approve")
def loans_approve(loan_id: UUID) -> ResponseReturnValue:
    """Agree to it, for what she asked or for less."""
    loan, back = ask(GET_LOAN, {"id": str(loan_id)}), address_of(loan_id)
    form = ApproveForm(data={"principal": loan["asked"].removesuffix(PAISA)})
    return sent(
        form, APPROVE_LOAN, lambda typed: approval_of(typed, loan_id), "approval.approved", back
    ) or form.page(
        "form.html", title=t("lending.approve"), lead=named(loan), act=t("approval.approve"), back=back
    )


def approval_of(form: ApproveForm, loan_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    mark, witness = form.mark.data or None, form.witness_id.data or None
    consent = {"mark": mark, "witness_id": witness} if mark or witness else None
    return {"id": str(loan_id), "principal": typed_taka(form.principal.data), "consent": consent}


@requires("loan:cancel")
def loans_cancel(loan_id: UUID) -> ResponseReturnValue:
    """Give it up."""
    loan, form, back = ask(GET_LOAN, {"id": str(loan_id)}), CancelForm(), address_of(loan_id)
    said = {"id": str(loan_id)}
    return sent(
        form, CANCEL_LOAN, lambda typed: said | {"reason": typed.reason.data}, "lending.cancelled", back
    ) or form.page("form.html", title=t("lending.cancel"), lead=named(loan), act=t("form.confirm"), back=back)


@requires("loan:disburse")
def loans_payout(loan_id: UUID) -> ResponseReturnValue:
    """Pay it out at the counter, to her alone, with a witness and the code from her telephone."""
    loan, back = ask(GET_LOAN, {"id": str(loan_id)}), address_of(loan_id)
    form = PayoutForm(data={"account_last4": loan["bank_account_last4"]})
    if request.method == "GET":
        form.on.data = open_day(loan["branch_id"])
    return sent(
        form, DISBURSE_LOAN, lambda typed: payout_of(typed, loan_id), "lending.paid", back
    ) or form.page(
        "loan_payout.html",
        loan=loan,
        title=t("lending.pay_out"),
        lead=named(loan),
        act=t("lending.pay_out_act"),
        back=back,
    )


def open_day(branch_id: str) -> date | None:
    """The branch's open business day; None where none is open."""
    shown = ask(GET_DAY, {"office_id": branch_id})
    return date.fromisoformat(shown["on"]) if shown["on"] else None


def payout_of(form: PayoutForm, loan_id: UUID) -> dict[str, Any]:
    """The form as the command it means; in cash no account is named."""
    in_cash = form.how.data == PayoutHow.CASH
    evidence = {
        "mark": form.mark.data,
        "witness_id": form.witness_id.data,
        "account_last4": None if in_cash else form.account_last4.data,
    }
    return {
        "id": str(loan_id),
        "on": form.on.data.isoformat() if form.on.data else None,
        "how": form.how.data,
        "evidence": evidence,
        "code": form.code.data,
        "called_back_by": form.called_back_by.data or None,
    }


@requires("loan:disburse")
def loans_code(loan_id: UUID) -> ResponseReturnValue:
    """Send her a code that she says when she gets the money."""
    attempt(SEND_PAYOUT_CODE, {"id": str(loan_id)}, "lending.code_sent")
    return redirect(url_for("portal.loans_payout", loan_id=loan_id), 303)


@requires("loan:call_back")
def callbacks() -> ResponseReturnValue:
    """Payouts about which the area calls her, the most urgent first."""
    return render_template("portal/call_backs.html", page=CALL_BACKS.page())


@requires("loan:call_back")
def callbacks_one(loan_id: UUID) -> ResponseReturnValue:
    """Write down what she said."""
    form, back = CallBackForm(), url_for("portal.callbacks")
    said = {"loan_id": str(loan_id)}
    return sent(
        form,
        RECORD_CALL_BACK,
        lambda typed: said | {"outcome": typed.outcome.data, "note": typed.note.data},
        "call_back.done",
        back,
    ) or form.page(
        "form.html", title=t("call_back.title"), lead=t("call_back.lead"), act=t("form.confirm"), back=back
    )


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    steps = {
        "recommendation": loans_recommend,
        "approval": loans_approve,
        "cancellation": loans_cancel,
        "payout": loans_payout,
    }
    for step, view in steps.items():
        blueprint.add_url_rule(f"/loans/<uuid:loan_id>/{step}", view_func=view, methods=["GET", "POST"])
    blueprint.add_url_rule("/loans/<uuid:loan_id>/payout-code", view_func=loans_code, methods=["POST"])
    blueprint.add_url_rule("/call-backs", view_func=callbacks)
    blueprint.add_url_rule("/call-backs/<uuid:loan_id>", view_func=callbacks_one, methods=["GET", "POST"])
