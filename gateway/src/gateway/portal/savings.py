"""A savings account: opened, read month by month, closed with what it pays shown first. L7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for

from contracts.accounts import GET_MEMBER
from contracts.accounts.product_words import ProductKind, SavingsState
from contracts.accounts.products import LIST_PRODUCTS
from contracts.accounts.savings import OPEN_SAVINGS
from contracts.transactions.ledger import READ_PASSBOOK
from contracts.transactions.savings import PROPOSE_CLOSING, QUOTE_CLOSING, READ_TERM_DUES
from contracts.transactions.standing import READ_FINAL_STATEMENT
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.counter import account_in
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, digits, label, text
from gateway.portal.loan_money import shown_or_nothing
from gateway.portal.money import typed_taka
from gateway.portal.terms_forms import whole_of
from gateway.portal.withdrawals import figures_of
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

CLOSING = ("on", "balance", "interest", "charge", "rounding", "payout")


def offered() -> list[tuple[str, str]]:
    """The savings that are offered now."""
    listed = ask(LIST_PRODUCTS, {"kind": ProductKind.SAVINGS})["items"]
    found = [one for one in listed if one["in_force"] and one["offered"]]
    named = [(one["code"], f"{pick(one, 'name')} ({shown_digits(one['code'])})") for one in found]
    return [NONE_CHOSEN, *named]


class OpenForm(Form):
    """Which savings she wants; a term account also how much, and for how long."""

    product_code = choice("savings.product", choices=offered, description=label("savings.product_hint"))
    amount = digits("savings.amount", needed=False, description=label("savings.amount_hint"))
    months = digits("savings.months", needed=False, description=label("savings.months_hint"))


class ClosingForm(Form):
    """What proves that she wants it, and why."""

    evidence = text("reversal.evidence", description=label("savings.evidence_hint"))
    reason = text("form.reason", description=label("savings.reason_hint"))


@requires("savings:open")
def savings_new(member_id: UUID) -> ResponseReturnValue:
    """Open an account for her; the manager agrees where the product asks for it."""
    form, member = OpenForm(), ask(GET_MEMBER, {"id": str(member_id)})
    back = url_for("portal.members_one", member_id=member_id)
    agreed = form.send(OPEN_SAVINGS, account_of(form, member_id)) if form.validate_on_submit() else None
    if agreed:
        waits = agreed["status"] == SavingsState.WAITING
        flash(t("form.waits" if waits else "savings.opened"), "success")
        return redirect(back, 303)
    lead, act = pick(member, "name"), t("savings.open_act")
    return form.page("form.html", title=t("savings.new"), lead=lead, act=act, back=back)


def account_of(form: OpenForm, member_id: UUID) -> dict[str, Any]:
    """The form as the command it means; ordinary savings have neither amount nor term."""
    return {
        "id": form.id.data,
        "member_id": str(member_id),
        "product_code": form.product_code.data,
        "amount": typed_taka(form.amount.data) if form.amount.data else None,
        "months": whole_of(form.months.data) if form.months.data else None,
    }


@requires("savings:close")
def savings_close(member_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """Close an account of hers; what she would get today stands above the form, another person agrees."""
    form, back = ClosingForm(), url_for("portal.members_one", member_id=member_id)
    done = sent(form, PROPOSE_CLOSING, lambda typed: closing_of(typed, account_id), "form.waits", back)
    if done:
        return done
    account = account_in(ask(READ_PASSBOOK, {"member_id": str(member_id)}), str(account_id))
    terms = ask(QUOTE_CLOSING, {"account_id": str(account_id)})
    shown = [figures_of(account)[0], (t("savings.how"), t(f"closing_how.{terms['how']}"))]
    quote = [*shown, *((t(f"closing.{name}"), shown_or_nothing(terms[name])) for name in CLOSING)]
    lead, act = t("savings.close_lead"), t("form.ask")
    return form.page(
        "loan_money.html", title=t("savings.close"), lead=lead, act=act, back=back, figures=quote
    )


def closing_of(form: ClosingForm, account_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    said = {"evidence": form.evidence.data, "reason": form.reason.data}
    return {"id": form.id.data, "account_id": str(account_id), **said}


@requires("savings:read")
def savings_dues(member_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """What a term account asks for month by month, and what is late."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    dues = ask(READ_TERM_DUES, {"account_id": str(account_id)})
    return render_template("portal/term_dues.html", member=member, dues=dues)


@requires("passbook:read")
def members_statement(member_id: UUID) -> ResponseReturnValue:
    """What she is given in print when she leaves. L7."""
    told = ask(READ_FINAL_STATEMENT, {"member_id": str(member_id)})
    return render_template("portal/final_statement.html", told=told)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    her = "/members/<uuid:member_id>"
    blueprint.add_url_rule(f"{her}/savings/new", view_func=savings_new, methods=["GET", "POST"])
    blueprint.add_url_rule(
        f"{her}/savings/<uuid:account_id>/closing", view_func=savings_close, methods=["GET", "POST"]
    )
    blueprint.add_url_rule(f"{her}/savings/<uuid:account_id>/dues", view_func=savings_dues)
    blueprint.add_url_rule(f"{her}/final-statement", view_func=members_statement)
