"""Withdrawals: she asks for money from her savings, and has it against her mark before a witness. M9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for

from contracts.errors import NotFound
from contracts.transactions.ledger import READ_PASSBOOK
from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    LIST_WITHDRAWALS,
    PAY_WITHDRAWAL,
    PROPOSE_WITHDRAWAL,
)
from contracts.transactions.savings_words import WithdrawalState
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.counter import account_in, receipt_or_home
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, choice, digits, label, text
from gateway.portal.lists import WITHDRAWALS
from gateway.portal.loan_steps import NO, YES, colleagues, marks, yes_or_no
from gateway.portal.money import typed_taka
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class WishForm(Form):
    """How much, where she wants it, and why; the form's id becomes the entry's."""

    amount = digits("deposit.amount", description=label("deposit.whole_taka"))
    in_field = choice(
        "withdrawal.where", choices=yes_or_no, default=NO, description=label("withdrawal.where_hint")
    )
    reason = text("form.reason", needed=False, description=label("withdrawal.reason_hint"))


class EvidenceForm(Form):
    """Her mark on the slip, and who saw that she has the money."""

    mark = choice("fact.mark", choices=marks, description=label("withdrawal.mark_hint"))
    witness_id = choice("fact.witness", choices=colleagues, description=label("withdrawal.witness_hint"))

    @property
    def evidence(self) -> dict[str, Any]:
        """The mark and the witness, as a command takes them."""
        return {"mark": self.mark.data, "witness_id": self.witness_id.data}


class CancelForm(Form):
    """Why it is not paid."""

    reason = text("form.reason", description=label("withdrawal.cancel_hint"))


@requires("savings:read")
def withdrawals() -> ResponseReturnValue:
    """The withdrawals of a branch that are not finished, the oldest first."""
    return branch_page("withdrawals.html", branch_of_page(), page=WITHDRAWALS.page())


@requires("withdrawal:propose")
def withdrawals_new(member_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """Take down that she wants money; above the counter's limit another person agrees first."""
    form = WishForm()
    asked = form.send(PROPOSE_WITHDRAWAL, wish_of(form, account_id)) if form.validate_on_submit() else None
    if asked:
        may_be_paid = asked["state"] == WithdrawalState.APPROVED
        flash(t("withdrawal.may_be_paid" if may_be_paid else "form.waits"), "success")
        return redirect(after_asking(asked, member_id), 303)
    book = ask(READ_PASSBOOK, {"member_id": str(member_id)})
    facts = {"figures": figures_of(account_in(book, str(account_id))), "act": t("withdrawal.ask")}
    back, lead = url_for("portal.members_one", member_id=member_id), pick(book["member"], "name")
    return form.page("loan_money.html", title=t("withdrawal.new"), lead=lead, back=back, **facts)


def after_asking(asked: dict[str, Any], member_id: UUID) -> str:
    """Where one goes on: to paying where that may be done at once, else back to her page."""
    at_the_counter = asked["state"] == WithdrawalState.APPROVED and not asked["in_field"]
    if at_the_counter and may("withdrawal:pay"):
        return url_for("portal.withdrawals_payment", withdrawal_id=asked["id"], office=asked["office_id"])
    return url_for("portal.members_one", member_id=member_id)


def figures_of(account: dict[str, Any]) -> list[tuple[str, str]]:
    """An account and what is on it, as a page shows it beside a form."""
    named = f"{pick(account, 'product_name')} · {shown_digits(account['code'])}"
    return [(t("receipt.account"), named), (t("passbook.balance"), taka(account["balance"]))]


def wish_of(form: WishForm, account_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "account_id": str(account_id),
        "amount": typed_taka(form.amount.data),
        "reason": form.reason.data,
        "in_field": form.in_field.data == YES,
    }


@requires("withdrawal:pay")
def withdrawals_payment(withdrawal_id: UUID) -> ResponseReturnValue:
    """Put the cash into her hand, against her mark and before a witness, and go to the receipt."""
    form = EvidenceForm()
    if form.validate_on_submit():
        paid = form.send(PAY_WITHDRAWAL, {"id": str(withdrawal_id), "evidence": form.evidence})
        if paid:
            flash(t("withdrawal.paid"), "success")
            return redirect(receipt_or_home(paid["entry_id"]), 303)
    title, act = t("withdrawal.pay"), t("withdrawal.pay_act")
    return form.page(
        "form.html", title=title, lead=whose(withdrawal_id), act=act, back=url_for("portal.withdrawals")
    )


@requires("withdrawal:propose")
def withdrawals_cancel(withdrawal_id: UUID) -> ResponseReturnValue:
    """Let it be: what was kept back of her savings is hers to use again."""
    form, back = CancelForm(), url_for("portal.withdrawals")
    said = {"id": str(withdrawal_id)}
    return sent(
        form, CANCEL_WITHDRAWAL, lambda typed: said | {"reason": typed.reason.data}, "withdrawal.let_be", back
    ) or form.page(
        "form.html", title=t("withdrawal.cancel"), lead=whose(withdrawal_id), act=t("form.confirm"), back=back
    )


def whose(withdrawal_id: UUID) -> str:
    """Whose money a page is about, and how much of it.

    Raises:
        NotFound: the branch has no such withdrawal that is not finished.
    """
    branch = branch_of_page()
    open_ones = every_item(LIST_WITHDRAWALS, office_id=branch["id"]) if branch else []
    for one in open_ones:
        if one["id"] == str(withdrawal_id):
            return f"{pick(one, 'member')} · {shown_digits(one['account_code'])} · {taka(one['amount'])}"
    raise NotFound


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/withdrawals", view_func=withdrawals)
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/savings/<uuid:account_id>/withdrawal",
        view_func=withdrawals_new,
        methods=["GET", "POST"],
    )
    deeds = {"payment": withdrawals_payment, "cancellation": withdrawals_cancel}
    for deed, view in deeds.items():
        blueprint.add_url_rule(
            f"/withdrawals/<uuid:withdrawal_id>/{deed}", view_func=view, methods=["GET", "POST"]
        )
