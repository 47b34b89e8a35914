"""Corrections, and what needs watching: reversals, unallocated money, lowered rows. M5, M6, M12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from wtforms import HiddenField

from contracts.accounts import GET_MEMBER, LIST_MEMBERS
from contracts.transactions.collection import RESOLVE_UNALLOCATED
from contracts.transactions.ledger import PROPOSE_REVERSAL, READ_PASSBOOK
from contracts.transactions.ledger_words import ReversalKind
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import NONE_CHOSEN, Form, choice, digits, text
from gateway.portal.lists import ROW_CHANGES, UNALLOCATED, watched_period
from gateway.portal.pages import every_item
from gateway.portal.search import find_by_code
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

REFUND = "refund"


class ReversalForm(Form):
    """What went wrong with a row of today, and what proves it."""

    entry_id = HiddenField()
    row_id = HiddenField()
    kind = choice("reversal.kind")
    to_account_id = choice("reversal.to_account", needed=False)
    to_code = digits("reversal.to_code", needed=False)
    reason = text("form.reason")
    evidence = text("reversal.evidence")


class ResolveForm(Form):
    """What becomes of money that has no account."""

    way = choice("unallocated.way")
    to_account_id = choice("reversal.to_account", needed=False)
    reason = text("form.reason")


@requires("reversal:propose")
def reversals() -> ResponseReturnValue:
    """Propose to undo one row of today; another person decides."""
    form = ReversalForm(entry_id=request.args.get("entry"), row_id=request.args.get("row"))
    if not form.entry_id.data or "member" not in request.args:
        flash(t("reversal.choose_line"), "info")
        return redirect(url_for("portal.members"), 303)
    member = ask(GET_MEMBER, {"id": request.args["member"]})
    form.kind.choices = [(str(kind), t(f"reversal_kind.{kind}")) for kind in ReversalKind]
    form.to_account_id.choices = [NONE_CHOSEN, *accounts_of_samity(member["samity_id"])]
    ready = form.validate_on_submit() and destination_found(form)
    if ready and form.send(PROPOSE_REVERSAL, reversal_of(form)):
        flash(t("reversal.proposed"), "success")
        return redirect(url_for("portal.approvals"), 303)
    return form.page("reversal.html", member=member)


def accounts_of_samity(samity_id: str) -> list[tuple[str, str]]:
    """The open accounts of a samity as choices: the right one is most often on the same sheet."""
    members = every_item(LIST_MEMBERS, samity_id=samity_id)
    return [(account["account_id"], named(account, one)) for one in members for account in open_ones(one)]


def named(account: dict[str, Any], member: dict[str, Any]) -> str:
    """An account as a choice shows it: whose it is, and its number."""
    return f"{pick(member, 'name')} · {shown_digits(account['code'])}"


def open_ones(member: dict[str, Any]) -> list[dict[str, Any]]:
    """The accounts of a member that can take money."""
    return [account for account in member["savings"] if account["status"] == "open"]


def destination_found(form: ReversalForm) -> bool:
    """Where a member of another samity was named by her code, choose her account, or say there is none."""
    code = form.to_code.data
    if not code:
        return True
    member = find_by_code(code)
    accounts = [account["account_id"] for account in open_ones(member)] if member else []
    if not accounts:
        form.to_code.errors = [t("reversal.no_such_member")]
        return False
    form.to_account_id.data = accounts[0]
    return True


def reversal_of(form: ReversalForm) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "entry_id": form.entry_id.data,
        "row_id": form.row_id.data or None,
        "kind": form.kind.data,
        "to_account_id": form.to_account_id.data or None
        if form.kind.data == ReversalKind.WRONG_ACCOUNT
        else None,
        "reason": form.reason.data,
        "evidence": form.evidence.data,
    }


@requires("sheet:read")
def unallocated() -> ResponseReturnValue:
    """Money of members that has no account yet."""
    return branch_page("unallocated.html", branch_of_page(), page=UNALLOCATED.page())


@requires("unallocated:resolve")
def unallocated_resolve(member_id: UUID, receipt_id: UUID) -> ResponseReturnValue:
    """Put it on an account of hers, or pay it back."""
    form = ResolveForm()
    form.way.choices = [("account", t("unallocated.to_account")), (REFUND, t("unallocated.refund"))]
    form.to_account_id.choices = [NONE_CHOSEN, *accounts_of_member(member_id)]
    back = url_for("portal.unallocated")
    if form.validate_on_submit() and form.send(RESOLVE_UNALLOCATED, resolution_of(form, receipt_id)):
        flash(t("unallocated.resolved"), "success")
        return redirect(back, 303)
    return form.page("form.html", title=t("unallocated.resolve"), act=t("form.confirm"), back=back)


def accounts_of_member(member_id: UUID) -> list[tuple[str, str]]:
    """Her open accounts as choices."""
    accounts = ask(READ_PASSBOOK, {"member_id": str(member_id)})["accounts"]
    return [
        (one["account_id"], f"{pick(one, 'product_name')} · {shown_digits(one['code'])}")
        for one in accounts
        if not one["closed"]
    ]


def resolution_of(form: ResolveForm, receipt_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    refund = form.way.data == REFUND
    return {
        "id": str(receipt_id),
        "to_account_id": None if refund else form.to_account_id.data or None,
        "refund": refund,
        "reason": form.reason.data,
    }


@requires("sheet:read")
def rowchanges() -> ResponseReturnValue:
    """Rows that went down or away after the server had seen them, with the sums by officer."""
    branch = branch_of_page()
    page = ROW_CHANGES.page() if branch else None
    return branch_page("row_changes.html", branch, page=page, period=watched_period())


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/reversals", view_func=reversals, methods=["GET", "POST"])
    blueprint.add_url_rule("/unallocated", view_func=unallocated)
    blueprint.add_url_rule(
        "/unallocated/<uuid:member_id>/<uuid:receipt_id>",
        view_func=unallocated_resolve,
        methods=["GET", "POST"],
    )
    blueprint.add_url_rule("/row-changes", view_func=rowchanges)
