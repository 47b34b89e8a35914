"""Members as staff see them: finding one, her file with masked numbers, and unmasking one with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, render_template, request, url_for

from contracts.accounts import GET_MEMBER, LIST_MEMBERS, UNMASK_MEMBER
from contracts.digits import to_latin
from contracts.errors import ServiceError
from contracts.transactions.ledger import READ_LINES, READ_PASSBOOK
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.errors import problem_of
from gateway.portal.forms import Form, text
from gateway.words import t

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

WHOLE_NUMBER_LENGTH = 10
"""From ten digits on, what is searched for is a telephone or identity number: it travels sealed."""


class UnmaskForm(Form):
    """Why somebody must see a whole number."""

    reason = text("form.reason")


@requires("member:read")
def members() -> ResponseReturnValue:
    """The members of one's scope, by name, code or number."""
    query = to_latin(request.args.get("query", "")).strip()
    asked = {"after": request.args.get("after") or None, "samity_id": request.args.get("samity") or None}
    asked |= searched(query)
    return render_template("portal/members.html", page=ask(LIST_MEMBERS, asked), query=shown(query))


@requires("member:read")
def members_found() -> ResponseReturnValue:
    """A search by a whole number: posted, so that no number stands in an address or a log."""
    query = to_latin(request.form.get("query", "")).strip()
    return render_template("portal/members.html", page=ask(LIST_MEMBERS, searched(query)), query="")


def searched(query: str) -> dict[str, str | None]:
    """A query as the filter it means."""
    if is_number(query):
        return {"number": query}
    return {"query": query or None}


def find_by_code(code: str) -> dict[str, Any] | None:
    """The member of a code, as lists show her; None where one's scope holds no such member."""
    found = ask(LIST_MEMBERS, {"query": code})["items"]
    return next((one for one in found if one["code"] == code), None)


def shown(query: str) -> str:
    """A name or code may stand in the field again; a person's number may not."""
    return "" if is_number(query) else query


def is_number(query: str) -> bool:
    """Whether a query is somebody's telephone or identity number."""
    digits = query.removeprefix("+").replace(" ", "").replace("-", "")
    return digits.isdigit() and len(digits) >= WHOLE_NUMBER_LENGTH


@requires("member:read")
def members_one(member_id: UUID) -> ResponseReturnValue:
    """One member's file and, where one may, her passbook."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    return render_template("portal/member.html", member=member, book=passbook_beside(member))


def passbook_beside(member: dict[str, Any]) -> dict[str, Any] | None:
    """Her passbook; the file is shown even while the ledger does not answer."""
    if not may("passbook:read") or not member["code"]:
        return None
    try:
        return ask(READ_PASSBOOK, {"member_id": member["id"]})
    except ServiceError as error:
        flash(problem_of(error).detail, "warning")
        return None


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
    blueprint.add_url_rule("/members", view_func=members)
    blueprint.add_url_rule("/members/found", view_func=members_found, methods=["POST"])
    blueprint.add_url_rule("/members/<uuid:member_id>", view_func=members_one)
    blueprint.add_url_rule("/members/<uuid:member_id>/accounts/<uuid:account_id>", view_func=members_lines)
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/unmask/<any(nid, mobile):number>",
        view_func=members_unmask,
        methods=["GET", "POST"],
    )
