"""The end of a month: how far each branch is, what is missing, and the deed that closes it. M15."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from contracts.errors import NotFound
from contracts.transactions.months import CLOSE_MONTH, GET_MONTH_END, LIST_MONTH_ENDS, PROPOSE_MONTH_SIGNATURE
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.checklists import ask_linked
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form, text
from gateway.portal.of_month import ended_month_of_page, facts_of_month
from gateway.words import t

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class SignatureForm(Form):
    """Why the month cannot wait for what is missing."""

    reason = text("form.reason")


@requires("month:read")
def months() -> ResponseReturnValue:
    """The branches of one's office with their month, and one branch's list of what is missing."""
    branch, begins = branch_of_page(), ended_month_of_page()
    month = begins.isoformat()
    above = current_session().office_id or (branch["id"] if branch else None)
    page: dict[str, Any] = {"items": [], "next": None}
    if above:
        after = request.args.get("after") or None
        page = ask(LIST_MONTH_ENDS, {"office_id": above, "month": month, "after": after})
    told = {"page": page, "above": above, "one": month_of(branch, month)}
    return branch_page("months.html", branch, **told, **facts_of_month(begins))


@requires("month:close")
def months_close(office_id: UUID, month: str) -> ResponseReturnValue:
    """Close the month of a branch, or of all below an office."""
    attempt(CLOSE_MONTH, {"office_id": str(office_id), "month": month}, "month.asked")
    return redirect(url_for("portal.months", month=month), 303)


@requires("month:propose")
def months_signature(office_id: UUID, month: str) -> ResponseReturnValue:
    """Ask the area to sign for late sheets and money without an account, so that the month can close."""
    form = SignatureForm()
    back = url_for("portal.months", office=office_id, month=month)
    said = {"id": form.id.data, "office_id": str(office_id), "month": month, "reason": form.reason.data}
    if form.validate_on_submit() and form.send(PROPOSE_MONTH_SIGNATURE, said):
        flash(t("month.signature_asked"), "success")
        return redirect(back, 303)
    title, lead = t("month.ask_signature"), t("month.signature_lead")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def month_of(branch: dict[str, Any] | None, month: str) -> dict[str, Any] | None:
    """One branch's month; None where it had no business day by then."""
    try:
        return ask_linked(GET_MONTH_END, {"office_id": branch["id"], "month": month}) if branch else None
    except NotFound:
        return None


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/months", view_func=months)
    blueprint.add_url_rule(
        "/months/<uuid:office_id>/<month>/closing", view_func=months_close, methods=["POST"]
    )
    blueprint.add_url_rule(
        "/months/<uuid:office_id>/<month>/signature", view_func=months_signature, methods=["GET", "POST"]
    )
