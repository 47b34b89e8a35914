"""A member as staff see her: her page with masked numbers, its parts, one number unmasked with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request, url_for

from contracts.accounts import GET_MEMBER, UNMASK_MEMBER
from contracts.accounts.histories import LIST_MEMBER_HISTORY
from contracts.errors import NotFound
from contracts.notifications import LIST_MESSAGES
from contracts.transactions.ledger import READ_LINES, READ_PASSBOOK
from contracts.transactions.lending import READ_LOAN
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.approvals import facts_of
from gateway.portal.forms import Form, text
from gateway.portal.member_file import BRIEF, read_member_file
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method


class UnmaskForm(Form):
    """Why somebody must see a whole number."""

    reason = text("form.reason")


@requires("member:read")
def members_one(member_id: UUID) -> ResponseReturnValue:
    """One member: who she is, her money, her papers, what she was told, and what may be done next."""
    file = read_member_file(str(member_id))
    return render_template("portal/member.html", file=file, brief=BRIEF, facts_of=facts_of)


@requires("message:read")
def members_messages(member_id: UUID) -> ResponseReturnValue:
    """All that she was told, page by page."""
    return one_part(member_id, LIST_MESSAGES, "messages")


@requires("member:read")
def members_history(member_id: UUID) -> ResponseReturnValue:
    """All that was asked for and decided about her, page by page."""
    return one_part(member_id, LIST_MEMBER_HISTORY, "history")


def one_part(member_id: UUID, method: Method, part: str) -> ResponseReturnValue:
    """One part of her page at its full length."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    page = ask(method, {"member_id": str(member_id), "after": request.args.get("after") or None})
    title = t("member.messages") if part == "messages" else t("member.history")
    return render_template(
        "portal/member_pages.html", member=member, page=page, part=part, title=title, facts_of=facts_of
    )


@requires("loan:read")
def members_loan(member_id: UUID, loan_id: UUID) -> ResponseReturnValue:
    """A loan of hers with every instalment."""
    loan = ask(READ_LOAN, {"loan_id": str(loan_id)})
    if loan["member_id"] != str(member_id):
        raise NotFound(field="loan_id")
    return render_template("portal/loan.html", loan=loan)


@requires("passbook:read")
def members_lines(member_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """All lines of one account, page by page."""
    asked = {"account_id": str(account_id), "before": request.args.get("after") or None}
    page, book = ask(READ_LINES, asked), ask(READ_PASSBOOK, {"member_id": str(member_id)})
    return render_template("portal/lines.html", page=page, book=book)


@requires("member:unmask")
def members_unmask(member_id: UUID, number: str) -> ResponseReturnValue:
    """Show one whole number once, after the reason was logged."""
    form = UnmaskForm()
    back = url_for("portal.members_one", member_id=member_id)
    if form.validate_on_submit():
        shown_once = form.send(
            UNMASK_MEMBER, {"id": str(member_id), "field": number, "reason": form.reason.data}
        )
        if shown_once:
            return render_template(
                "portal/unmasked.html", number=number, value=shown_once["value"], back=back
            )
    title, lead = t(f"member.unmask_{number}"), t("member.unmask_lead")
    return form.page("form.html", title=title, lead=lead, act=t("member.unmask_act"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/members/<uuid:member_id>", view_func=members_one)
    blueprint.add_url_rule("/members/<uuid:member_id>/messages", view_func=members_messages)
    blueprint.add_url_rule("/members/<uuid:member_id>/history", view_func=members_history)
    blueprint.add_url_rule("/members/<uuid:member_id>/loans/<uuid:loan_id>", view_func=members_loan)
    blueprint.add_url_rule("/members/<uuid:member_id>/accounts/<uuid:account_id>", view_func=members_lines)
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/unmask/<any(nid, mobile):number>",
        view_func=members_unmask,
        methods=["GET", "POST"],
    )
