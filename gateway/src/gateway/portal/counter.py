"""The counter: a member brings money to the branch, and gets a numbered receipt. P3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from wtforms import HiddenField

from contracts.errors import NotFound
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.ledger import GET_RECEIPT, POST_DEPOSIT, READ_PASSBOOK
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.forms import Form, choice, digits, text
from gateway.portal.money import typed_taka
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class DepositForm(Form):
    """Cash for one account; the form's id becomes the entry's."""

    account_id = HiddenField()
    amount = digits("deposit.amount")
    paid_by = choice("deposit.paid_by")
    note = text("deposit.note", needed=False)


@requires("deposit:post")
def deposits() -> ResponseReturnValue:
    """Take a deposit at the counter."""
    form = DepositForm(account_id=request.args.get("account"))
    form.paid_by.choices = [(str(who), t(f"paid_by.{who}")) for who in PaidBy]
    if not form.account_id.data or "member" not in request.args:
        flash(t("deposit.choose_member"), "info")
        return redirect(url_for("portal.members"), 303)
    if form.validate_on_submit():
        posted = form.send(
            POST_DEPOSIT,
            {
                "entry_id": form.id.data,
                "account_id": form.account_id.data,
                "amount": typed_taka(form.amount.data),
                "paid_by": form.paid_by.data,
                "note": form.note.data,
            },
        )
        if posted:
            flash(t("deposit.posted"), "success")
            return redirect(receipt_or_home(posted["entry_id"]), 303)
    book = ask(READ_PASSBOOK, {"member_id": request.args["member"]})
    return form.page("deposit.html", book=book, account=account_in(book, form.account_id.data))


def account_in(book: dict[str, Any], account_id: str) -> dict[str, Any]:
    """The account of her book that the money is for.

    Raises:
        NotFound: it is not one of hers.
    """
    for account in book["accounts"]:
        if account["account_id"] == account_id:
            return dict(account)
    raise NotFound


def receipt_or_home(entry_id: str) -> str:
    """Where to go after a deposit."""
    if may("receipt:read"):
        return url_for("portal.deposits_receipt", entry_id=entry_id)
    return url_for("portal.home")


@requires("receipt:read")
def deposits_receipt(entry_id: UUID) -> ResponseReturnValue:
    """Draw the receipt for printing; every drawing after the first says DUPLICATE."""
    return render_template("portal/receipt.html", receipt=ask(GET_RECEIPT, {"entry_id": str(entry_id)}))


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/deposits", view_func=deposits, methods=["GET", "POST"])
    blueprint.add_url_rule("/receipts/<uuid:entry_id>", view_func=deposits_receipt)
