"""Money and charges between offices: sent by two people of one, taken in by two of the other. Rule L6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for

from contracts.transactions.book_errors import RemittanceNotFound
from contracts.transactions.chart import LIST_BANK_ACCOUNTS, READ_CHART
from contracts.transactions.remittance_words import HeldIn
from contracts.transactions.remittances import LIST_OTHER_OFFICES, LIST_REMITTANCES, SEND_MONEY, TAKE_MONEY
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.forms import NONE_CHOSEN, Form, choice, digits, text
from gateway.portal.lists import REMITTANCES
from gateway.portal.money import typed_taka
from gateway.portal.offices import all_offices, label_of
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class SendingForm(Form):
    """To whom, out of what, how much and why."""

    to_office_id = choice("remittance.to")
    place = choice("remittance.from_place")
    amount = digits("deposit.amount")
    narration = text("voucher.narration")
    reference = text("voucher.reference")


class TakingForm(Form):
    """Where what has come is put."""

    place = choice("remittance.to_place")
    reference = text("voucher.reference")


@requires("book:read")
def remittances() -> ResponseReturnValue:
    """What an office and all below it have sent or are to get: on its way, or all."""
    office, everything = office_of_page(), "all" in request.args
    own = {one["id"] for one in all_offices()}
    return office_page("remittances.html", office, page=REMITTANCES.page(), own=own, everything=everything)


@requires("voucher:propose")
def remittances_new(office_id: UUID) -> ResponseReturnValue:
    """Ask for money to be sent, or for a cost to be charged, to another office."""
    form = SendingForm()
    others = every_item(LIST_OTHER_OFFICES, office_id=str(office_id))
    form.to_office_id.choices = [NONE_CHOSEN, *((one["id"], label_of(one)) for one in others)]
    form.place.choices = [NONE_CHOSEN, *money_places(office_id), *ledgers()]
    if form.validate_on_submit() and form.send(SEND_MONEY, sending_of(form, office_id)):
        flash(t("remittance.proposed"), "success")
        return redirect(url_for("portal.remittances", office=office_id, all="yes"), 303)
    return form.page(
        "form.html",
        title=t("remittance.new"),
        lead=t("remittance.form_lead"),
        act=t("form.ask"),
        back=url_for("portal.remittances", office=office_id),
        hints={"place": t("remittance.place_hint"), "reference": t("voucher.reference_hint")},
    )


def sending_of(form: SendingForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "from_office_id": str(office_id),
        "to_office_id": form.to_office_id.data,
        **place_of(form.place.data),
        "amount": typed_taka(form.amount.data),
        "narration": form.narration.data,
        "reference": form.reference.data,
    }


@requires("voucher:propose")
def remittances_take(office_id: UUID, remittance_id: UUID) -> ResponseReturnValue:
    """Ask for what was sent to be taken in; by the sender, to be taken back."""
    form = TakingForm()
    one = on_its_way(office_id, remittance_id)
    is_charge = one["held_in"] == HeldIn.LEDGER
    form.place.choices = [NONE_CHOSEN, *(ledgers() if is_charge else money_places(office_id))]
    if form.validate_on_submit() and form.send(TAKE_MONEY, taking_of(form, office_id, remittance_id)):
        flash(t("remittance.proposed"), "success")
        return redirect(url_for("portal.remittances", office=office_id), 303)
    is_back = one["from_office_id"] == str(office_id)
    return form.page(
        "form.html",
        title=t("remittance.take_back" if is_back else "remittance.take"),
        lead=f"{pick(one, 'from_office')} → {pick(one, 'to_office')} · {told(one)}",
        act=t("form.ask"),
        back=url_for("portal.remittances", office=office_id),
        hints={"reference": t("voucher.reference_hint")},
    )


def told(one: dict[str, Any]) -> str:
    """How much something is, and what it is for."""
    return f"{taka(one['amount'])} · {one['narration']}"


def on_its_way(office_id: UUID, remittance_id: UUID) -> dict[str, Any]:
    """Return one of the things that are on their way from or to an office.

    Raises:
        RemittanceNotFound: it is not, or not any more.
    """
    waiting = every_item(LIST_REMITTANCES, office_id=str(office_id), in_transit=True)
    one = next((one for one in waiting if one["id"] == str(remittance_id)), None)
    if one is None:
        raise RemittanceNotFound
    return one


def taking_of(form: TakingForm, office_id: UUID, remittance_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "remittance_id": str(remittance_id),
        "office_id": str(office_id),
        **place_of(form.place.data),
        "reference": form.reference.data,
    }


def money_places(office_id: UUID) -> list[tuple[str, str]]:
    """Where money of an office lies: its vault, and its accounts at banks."""
    banks = ask(LIST_BANK_ACCOUNTS, {"office_id": str(office_id)})["accounts"]
    return [
        (HeldIn.VAULT.value, t("remittance.vault")),
        *(
            (f"{HeldIn.BANK}/{bank['id']}", f"{pick(bank, 'bank')} · {shown_digits(bank['number'])}")
            for bank in banks
        ),
    ]


def ledgers() -> list[tuple[str, str]]:
    """Ledgers that can be charged or relieved where no money moves."""
    return [
        (f"{HeldIn.LEDGER}/{one['ledger']}", f"{shown_digits(one['ledger'])} · {pick(one, 'name')}")
        for one in ask(READ_CHART, {})["ledgers"]
        if one["by_hand"] and not one["cash"]
    ]


def place_of(chosen: str) -> dict[str, str | None]:
    """A choice as the ledger takes it."""
    held_in, _, name = chosen.partition("/")
    return {
        "held_in": held_in,
        "bank_account_id": name if held_in == HeldIn.BANK else None,
        "ledger": name if held_in == HeldIn.LEDGER else None,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/remittances", view_func=remittances)
    blueprint.add_url_rule(
        "/remittances/new/<uuid:office_id>", view_func=remittances_new, methods=["GET", "POST"]
    )
    blueprint.add_url_rule(
        "/remittances/<uuid:office_id>/<uuid:remittance_id>/taking",
        view_func=remittances_take,
        methods=["GET", "POST"],
    )
