"""Money for a loan at the counter, and the ways in which a loan ends before its last day. L1, L5, L7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request

from contracts.transactions.collection_words import PaidBy
from contracts.transactions.ledger import READ_PASSBOOK
from contracts.transactions.lending import POST_REPAYMENT, READ_LOAN
from contracts.transactions.lending_endings import (
    POST_RECOVERY,
    PROPOSE_DEATH_REFUND,
    PROPOSE_SAVINGS_TO_LOAN,
    PROPOSE_SETTLEMENT,
    PROPOSE_WAIVER,
    PROPOSE_WRITE_OFF,
    QUOTE_SETTLEMENT,
    QUOTE_WAIVER,
    QUOTE_WRITE_OFF,
)
from contracts.transactions.lending_endings_words import WaiverKind
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.counter import receipt_or_home
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, choice, day, digits, label, text
from gateway.portal.loan_steps import marks
from gateway.portal.loans import address_of
from gateway.portal.money import typed_taka
from gateway.words import language, t
from gateway.words.catalogue import shown
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method

SETTLEMENT = ("outstanding", "charge", "payoff", "rebate", "rounding", "cash")
WAIVER = ("principal", "charge", "rebate", "from_risk_fund")
WRITE_OFF = ("bad_since", "allowed_from", "outstanding", "claim", "provided", "older")
CARD = ("outstanding", "due", "overdue", "payoff")
LEADS = {
    "lending.settle": "lending.settle_lead",
    "lending.from_savings": "lending.savings_lead",
    "lending.waive": "lending.waive_lead",
    "lending.refund": "lending.refund_lead",
    "lending.write_off": "lending.write_off_lead",
}


def payers() -> list[tuple[str, str]]:
    """Who brings the money."""
    return [(str(who), t(f"paid_by.{who}")) for who in PaidBy]


def waivers() -> list[tuple[str, str]]:
    """What the risk fund bears."""
    return [(str(kind), t(f"waiver.{kind}")) for kind in WaiverKind]


class MoneyForm(Form):
    """Cash or mobile money for a loan; the form's id becomes the entry's."""

    amount = digits("deposit.amount", description=label("deposit.whole_taka"))
    paid_by = choice("deposit.paid_by", choices=payers, description=label("lending.paid_by_hint"))
    value_on = day("lending.value_on", needed=False, default=None, description=label("lending.value_on_hint"))


class SettlementForm(Form):
    """What proves that she wants it, and why."""

    evidence = text("reversal.evidence", description=label("lending.evidence_hint"))
    reason = text("form.reason", description=label("lending.reason_hint"))


class SavingsForm(Form):
    """Which of her savings pay, how much, and her mark."""

    account_id = choice("receipt.account", description=label("lending.account_hint"))
    amount = digits("deposit.amount", needed=False, description=label("lending.savings_amount_hint"))
    mark = choice("fact.mark", choices=marks, description=label("lending.savings_mark_hint"))
    evidence = text("reversal.evidence", description=label("lending.evidence_hint"))
    reason = text("form.reason", description=label("lending.reason_hint"))


class WaiverForm(Form):
    """When she died, what proves it, and what the risk fund bears."""

    died_on = day("fact.died_on", default=None, description=label("lending.died_on_hint"))
    kind = choice("fact.waiver", choices=waivers, description=label("lending.waiver_hint"))
    certificate = text("lending.certificate", description=label("lending.certificate_hint"))
    reason = text("form.reason", description=label("lending.reason_hint"))


class RefundForm(Form):
    """When she died, and to whom the payments after it go back."""

    died_on = day("fact.died_on", default=None, description=label("lending.died_on_hint"))
    paid_to = text("fact.paid_to", description=label("lending.paid_to_hint"))
    evidence = text("reversal.evidence", description=label("lending.refund_evidence_hint"))
    reason = text("form.reason", description=label("lending.reason_hint"))


class WriteOffForm(Form):
    """The board's resolution, and why."""

    resolution = text("lending.resolution", description=label("lending.resolution_hint"))
    reason = text("form.reason", description=label("lending.reason_hint"))


def figures(answer: dict[str, Any], names: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a quote says, each figure with its name."""
    return [(t(f"figure.{name}"), shown_or_nothing(answer[name])) for name in names]


def shown_or_nothing(fact: Any) -> str:
    """A figure or day as a reader sees it."""
    return shown(fact, language())


def ending_page(
    form: Form, words: str, quote: list[tuple[str, str]], back: str, *, looks: bool = False
) -> ResponseReturnValue:
    """The form of an ending beside what it would book; `words` begins the keys of title and lead."""
    facts = {"title": t(words), "lead": t(LEADS[words]), "act": t("form.ask"), "back": back}
    return form.page("loan_money.html", figures=quote, looks=looks, **facts)


@requires("repayment:post")
def loans_repay(loan_id: UUID) -> ResponseReturnValue:
    """Take money for a running loan at the counter."""
    form, card = MoneyForm(), ask(READ_LOAN, {"loan_id": str(loan_id)})
    return money_page(form, POST_REPAYMENT, loan_id, "lending.repay", figures(card, CARD))


@requires("repayment:post")
def loans_recover(loan_id: UUID) -> ResponseReturnValue:
    """Take money for a loan that was written off."""
    return money_page(MoneyForm(), POST_RECOVERY, loan_id, "lending.recover", [])


def money_page(
    form: MoneyForm, method: Method, loan_id: UUID, title: str, quote: list[tuple[str, str]]
) -> ResponseReturnValue:
    """Post it, and go to its receipt."""
    if form.validate_on_submit():
        posted = form.send(method, money_of(form, loan_id))
        if posted:
            flash(t("lending.posted"), "success")
            return redirect(receipt_or_home(posted["entry_id"]), 303)
    act, back = t("lending.take"), address_of(loan_id)
    return form.page("loan_money.html", title=t(title), lead=None, figures=quote, act=act, back=back)


def money_of(form: MoneyForm, loan_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    valued = form.value_on.data
    return {
        "entry_id": form.id.data,
        "loan_id": str(loan_id),
        "amount": typed_taka(form.amount.data),
        "paid_by": form.paid_by.data,
        "value_on": valued.isoformat() if valued else None,
    }


@requires("settlement:propose")
def loans_settle(loan_id: UUID) -> ResponseReturnValue:
    """She ends her loan today; another person agrees to the rebate."""
    form, back = SettlementForm(), address_of(loan_id)
    quote = figures(ask(QUOTE_SETTLEMENT, {"loan_id": str(loan_id)}), SETTLEMENT)
    return sent(
        form, PROPOSE_SETTLEMENT, lambda typed: said_of(typed, loan_id), "form.waits", back
    ) or ending_page(form, "lending.settle", quote, back)


@requires("settlement:propose")
def loans_savings(loan_id: UUID) -> ResponseReturnValue:
    """Her savings pay her loan, against her mark."""
    form, back = SavingsForm(), address_of(loan_id)
    card = ask(READ_LOAN, {"loan_id": str(loan_id)})
    form.account_id.choices = savings_of(card["member_id"])
    return sent(
        form, PROPOSE_SAVINGS_TO_LOAN, lambda typed: savings_command(typed, loan_id), "form.waits", back
    ) or ending_page(form, "lending.from_savings", figures(card, CARD), back)


def savings_of(member_id: str) -> list[tuple[str, str]]:
    """Her open savings with what lies on them, as choices."""
    accounts = ask(READ_PASSBOOK, {"member_id": member_id})["accounts"]
    return [
        (
            one["account_id"],
            f"{pick(one, 'product_name')} · {shown_digits(one['code'])} · {shown_or_nothing(one['balance'])}",
        )
        for one in accounts
        if not one["closed"] and one["kind"] != "loan"
    ]


def savings_command(form: SavingsForm, loan_id: UUID) -> dict[str, Any]:
    """The form as the command it means; without an amount they settle the loan."""
    amount = typed_taka(form.amount.data) if form.amount.data else None
    return said_of(form, loan_id) | {"amount": amount}


@requires("loan:propose_change")
def loans_waive(loan_id: UUID) -> ResponseReturnValue:
    """Let the risk fund bear a dead member's loan; what it costs can be looked at first, the area agrees."""
    form, back = WaiverForm(), address_of(loan_id)
    if "look" in request.form:
        return ending_page(form, "lending.waive", waiver_quote(form, loan_id), back, looks=True)
    return sent(
        form, PROPOSE_WAIVER, lambda typed: said_of(typed, loan_id), "form.waits", back
    ) or ending_page(form, "lending.waive", [], back, looks=True)


def waiver_quote(form: WaiverForm, loan_id: UUID) -> list[tuple[str, str]]:
    """What it would cost, for the day that was typed."""
    died = form.died_on.data
    asked = {"died_on": died.isoformat() if died else None, "kind": form.kind.data}
    quoted = form.send(QUOTE_WAIVER, {"loan_id": str(loan_id), **asked})
    return figures(quoted, WAIVER) if quoted else []


@requires("settlement:propose")
def loans_refund(loan_id: UUID) -> ResponseReturnValue:
    """Pay back what was paid after her death, to who comes for it."""
    form, back = RefundForm(), address_of(loan_id)
    return sent(
        form, PROPOSE_DEATH_REFUND, lambda typed: said_of(typed, loan_id), "form.waits", back
    ) or ending_page(form, "lending.refund", [], back)


@requires("loan:propose_change")
def loans_writeoff(loan_id: UUID) -> ResponseReturnValue:
    """Take a loan that has long been bad out of the portfolio; the claim stays."""
    form, back = WriteOffForm(), address_of(loan_id)
    quote = figures(ask(QUOTE_WRITE_OFF, {"loan_id": str(loan_id)}), WRITE_OFF)
    return sent(
        form, PROPOSE_WRITE_OFF, lambda typed: said_of(typed, loan_id), "form.waits", back
    ) or ending_page(form, "lending.write_off", quote, back)


def said_of(form: Form, loan_id: UUID) -> dict[str, Any]:
    """A form whose fields are named as the command names them."""
    said = {one.name: one.data for one in form.visible()}
    if "died_on" in said:
        said["died_on"] = said["died_on"].isoformat()
    return {"id": form.id.data, "loan_id": str(loan_id), **said}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    deeds = {
        "repayment": loans_repay,
        "recovery": loans_recover,
        "settlement": loans_settle,
        "savings": loans_savings,
        "waiver": loans_waive,
        "refund": loans_refund,
        "write-off": loans_writeoff,
    }
    for deed, view in deeds.items():
        blueprint.add_url_rule(f"/loans/<uuid:loan_id>/{deed}", view_func=view, methods=["GET", "POST"])
