"""Corrections, and what needs watching: reversals, unallocated money, lowered rows. M5, M6, M12."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from wtforms import HiddenField

from contracts.transactions.collection import LIST_ROW_CHANGES, LIST_UNALLOCATED, RESOLVE_UNALLOCATED
from contracts.transactions.ledger import PROPOSE_REVERSAL
from contracts.transactions.ledger_words import ReversalKind
from gateway.asking import ask
from gateway.auth import requires
from gateway.edge import today
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, choice, text
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

PERIOD = timedelta(days=30)
REFUND = "refund"


class ReversalForm(Form):
    """What went wrong with a row of today, and what proves it."""

    entry_id = HiddenField()
    row_id = HiddenField()
    kind = choice("reversal.kind")
    to_account_id = text("reversal.to_account", needed=False)
    reason = text("form.reason")
    evidence = text("reversal.evidence")


class ResolveForm(Form):
    """What becomes of money that has no account."""

    way = choice("unallocated.way")
    to_account_id = text("reversal.to_account", needed=False)
    reason = text("form.reason")


@requires("reversal:propose")
def reversals() -> ResponseReturnValue:
    """Propose to undo one row of today; another person decides."""
    form = ReversalForm(entry_id=request.args.get("entry"), row_id=request.args.get("row"))
    form.kind.choices = [(str(kind), t(f"reversal_kind.{kind}")) for kind in ReversalKind]
    if not form.entry_id.data:
        flash(t("reversal.choose_line"), "info")
        return redirect(url_for("portal.members"), 303)
    if form.validate_on_submit() and form.send(PROPOSE_REVERSAL, reversal_of(form)):
        flash(t("reversal.proposed"), "success")
        return redirect(url_for("portal.approvals"), 303)
    return form.page("reversal.html")


def reversal_of(form: ReversalForm) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "entry_id": form.entry_id.data,
        "row_id": form.row_id.data or None,
        "kind": form.kind.data,
        "to_account_id": form.to_account_id.data if form.kind.data == ReversalKind.WRONG_ACCOUNT else None,
        "reason": form.reason.data,
        "evidence": form.evidence.data,
    }


@requires("sheet:read")
def unallocated() -> ResponseReturnValue:
    """Money of members that has no account yet."""
    branch = branch_of_page()
    asked = {
        "office_id": branch["id"] if branch else None,
        "settled": request.args.get("settled") == "yes",
        "after": request.args.get("after") or None,
    }
    page = ask(LIST_UNALLOCATED, asked)
    return branch_page("unallocated.html", branch, page=page)


@requires("unallocated:resolve")
def unallocated_resolve(receipt_id: UUID) -> ResponseReturnValue:
    """Put it on an account of hers, or pay it back."""
    form = ResolveForm()
    form.way.choices = [("account", t("unallocated.to_account")), (REFUND, t("unallocated.refund"))]
    back = url_for("portal.unallocated")
    if form.validate_on_submit() and form.send(RESOLVE_UNALLOCATED, resolution_of(form, receipt_id)):
        flash(t("unallocated.resolved"), "success")
        return redirect(back, 303)
    return form.page("form.html", title=t("unallocated.resolve"), act=t("form.confirm"), back=back)


def resolution_of(form: ResolveForm, receipt_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    refund = form.way.data == REFUND
    return {
        "id": str(receipt_id),
        "to_account_id": None if refund else form.to_account_id.data,
        "refund": refund,
        "reason": form.reason.data,
    }


@requires("sheet:read")
def rowchanges() -> ResponseReturnValue:
    """Rows that went down or away after the server had seen them, with the sums by officer."""
    branch = branch_of_page()
    first, last = request.args.get("from"), request.args.get("to")
    period = {"from": first or (today() - PERIOD).isoformat(), "to": last or today().isoformat()}
    asked = {"after": request.args.get("after") or None, **period}
    page = ask(LIST_ROW_CHANGES, {"office_id": branch["id"], **asked}) if branch else None
    return branch_page("row_changes.html", branch, page=page, period=period)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/reversals", view_func=reversals, methods=["GET", "POST"])
    blueprint.add_url_rule("/unallocated", view_func=unallocated)
    blueprint.add_url_rule(
        "/unallocated/<uuid:receipt_id>", view_func=unallocated_resolve, methods=["GET", "POST"]
    )
    blueprint.add_url_rule("/row-changes", view_func=rowchanges)
