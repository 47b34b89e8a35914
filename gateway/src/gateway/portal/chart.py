"""The order of the book: its ledgers, under which of them products stand, accounts at banks. Rule P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for

from contracts.accounts.products import LIST_PRODUCTS
from contracts.transactions.chart import (
    LIST_BANK_ACCOUNTS,
    LIST_MAPPINGS,
    PROPOSE_BANK_ACCOUNT,
    PROPOSE_LEDGER,
    PROPOSE_MAPPING,
    READ_CHART,
)
from contracts.transactions.chart_words import MappedEvent
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.forms import NONE_CHOSEN, Form, choice, day, digits, text
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from gateway.portal.forms import DayField

Rows = list[dict[str, Any]]


class LedgerForm(Form):
    """What must be known of a new ledger."""

    parent = choice("chart.parent")
    ledger = digits("chart.code")
    name_bn = text("name.bn")
    name_en = text("name.en")
    effective_on = day("chart.effective_on")
    reason = text("form.reason")


class MappingForm(Form):
    """Which accounts stand under which ledger, and from when."""

    product_code = choice("mapping.product")
    event = choice("mapping.event")
    ledger = choice("trial.ledger")
    effective_on = day("chart.effective_on")
    reason = text("form.reason")


class BankAccountForm(Form):
    """An account at a bank."""

    bank_bn = text("bank.name_bn")
    bank_en = text("bank.name_en")
    branch = text("bank.branch")
    number = digits("bank.number")
    reason = text("form.reason")


@requires("chart:read")
def chart() -> ResponseReturnValue:
    """All ledgers as a tree; each leads to its entries in one's own office."""
    ledgers = ask(READ_CHART, {})["ledgers"]
    office = current_session().office_id
    return render_template("portal/chart.html", ledgers=ledgers, depth=depths(ledgers), office=office)


def depths(ledgers: Rows) -> dict[str, int]:
    """How deep each ledger stands below the head of its class; a parent comes before its children."""
    found: dict[str, int] = {}
    for one in ledgers:
        found[one["ledger"]] = found.get(one["parent"] or "", -1) + 1
    return found


@requires("chart:propose")
def chart_new() -> ResponseReturnValue:
    """Propose one more ledger; another administrator puts it in force."""
    form = LedgerForm()
    form.parent.choices = [NONE_CHOSEN, *as_choices(ask(READ_CHART, {})["ledgers"])]
    if form.validate_on_submit() and form.send(PROPOSE_LEDGER, ledger_of(form)):
        flash(t("chart.proposed"), "success")
        return redirect(url_for("portal.chart"), 303)
    title, lead, act, back = t("chart.new"), t("chart.two_people"), t("form.ask"), url_for("portal.chart")
    hints = {"ledger": t("chart.code_hint"), "effective_on": t("chart.effective_hint")}
    return form.page("form.html", title=title, lead=lead, act=act, back=back, hints=hints)


def ledger_of(form: LedgerForm) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "ledger": form.ledger.data,
        "parent": form.parent.data,
        "name_bn": form.name_bn.data,
        "name_en": form.name_en.data,
        "effective_on": iso(form.effective_on),
        "reason": form.reason.data,
    }


@requires("chart:read")
def mappings() -> ResponseReturnValue:
    """Under which ledgers the accounts of products are opened, and since when."""
    told = ask(LIST_MAPPINGS, {})["mappings"]
    names = {one["ledger"]: one for one in ask(READ_CHART, {})["ledgers"]}
    return render_template("portal/mappings.html", mappings=told, ledgers=names)


@requires("chart:propose")
def mappings_new() -> ResponseReturnValue:
    """Propose a ledger of its own for what is opened of a product from a day on."""
    form = MappingForm()
    form.product_code.choices = [NONE_CHOSEN, *products()]
    form.event.choices = [NONE_CHOSEN, *((str(event), t(f"event.{event}")) for event in MappedEvent)]
    form.ledger.choices = [NONE_CHOSEN, *as_choices(below_control(ask(READ_CHART, {})["ledgers"]))]
    if form.validate_on_submit() and form.send(PROPOSE_MAPPING, mapping_of(form)):
        flash(t("mapping.proposed"), "success")
        return redirect(url_for("portal.mappings"), 303)
    title, lead, act, back = t("mapping.new"), t("mapping.lead"), t("form.ask"), url_for("portal.mappings")
    hints = {"ledger": t("mapping.ledger_hint"), "effective_on": t("mapping.effective_hint")}
    return form.page("form.html", title=title, lead=lead, act=act, back=back, hints=hints)


def products() -> list[tuple[str, str]]:
    """All products as choices."""
    return [
        (one["code"], f"{pick(one, 'name')} ({shown_digits(one['code'])})")
        for one in ask(LIST_PRODUCTS, {})["items"]
    ]


def below_control(ledgers: Rows) -> Rows:
    """Ledgers that accounts of members may stand under: those of control ledgers, and those below them."""
    kept: set[str] = set()
    for one in ledgers:
        if one["is_control"] or one["parent"] in kept:
            kept.add(one["ledger"])
    return [one for one in ledgers if one["ledger"] in kept and not (one["is_group"] or one["cash"])]


def mapping_of(form: MappingForm) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "product_code": form.product_code.data,
        "event": form.event.data,
        "ledger": form.ledger.data,
        "effective_on": iso(form.effective_on),
        "reason": form.reason.data,
    }


@requires("chart:read")
def bankaccounts() -> ResponseReturnValue:
    """The accounts of an office at banks, with what the book says that they hold."""
    office = office_of_page()
    told = ask(LIST_BANK_ACCOUNTS, {"office_id": office["id"]}) if office else None
    return office_page("bank_accounts.html", office, told=told)


@requires("chart:propose")
def bankaccounts_new(office_id: UUID) -> ResponseReturnValue:
    """Propose an account at a bank for an office."""
    form = BankAccountForm()
    back = url_for("portal.bankaccounts", office=office_id)
    if form.validate_on_submit() and form.send(PROPOSE_BANK_ACCOUNT, bank_account_of(form, office_id)):
        flash(t("bank.proposed"), "success")
        return redirect(back, 303)
    title, lead = t("bank.new"), t("chart.two_people")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def bank_account_of(form: BankAccountForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    said = {name: form[name].data for name in ("id", "bank_bn", "bank_en", "branch", "number", "reason")}
    return {**said, "office_id": str(office_id)}


def as_choices(ledgers: Rows) -> list[tuple[str, str]]:
    """Ledgers as choices."""
    return [(one["ledger"], f"{shown_digits(one['ledger'])} · {pick(one, 'name')}") for one in ledgers]


def iso(field: DayField) -> str | None:
    """A day of a form in the form that services read."""
    return field.data.isoformat() if field.data else None


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/chart", view_func=chart)
    blueprint.add_url_rule("/chart/new", view_func=chart_new, methods=["GET", "POST"])
    blueprint.add_url_rule("/mappings", view_func=mappings)
    blueprint.add_url_rule("/mappings/new", view_func=mappings_new, methods=["GET", "POST"])
    blueprint.add_url_rule("/bank-accounts", view_func=bankaccounts)
    blueprint.add_url_rule(
        "/bank-accounts/new/<uuid:office_id>", view_func=bankaccounts_new, methods=["GET", "POST"]
    )
