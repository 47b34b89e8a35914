"""Opening balances that nobody has checked, and the lists that samities confirm. Rule P13."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for

from contracts.accounts.members import MARKS
from contracts.digits import to_latin
from contracts.transactions.cut_over import CONFIRM_SAMITY_LIST, LIST_UNCONFIRMED
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.forms import Form, choice, day, text
from gateway.portal.search import find_by_code
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class ListForm(Form):
    """A samity's list as it was read out and signed."""

    read_out_on = day("unconfirmed.read_out_on")
    mark = choice("unconfirmed.mark")
    witness = text("unconfirmed.witness")
    paper = text("unconfirmed.paper")
    disputed = text("unconfirmed.disputed", needed=False)


@requires("cut_over:read")
def unconfirmed() -> ResponseReturnValue:
    """The samities of an office and all below it whose members have not all confirmed."""
    office = office_of_page()
    asked = {"after": request.args.get("after") or None}
    page = ask(LIST_UNCONFIRMED, {**asked, "office_id": office["id"]}) if office else None
    return office_page("unconfirmed.html", office, page=page)


@requires("cut_over:confirm")
def unconfirmed_list(samity_id: UUID) -> ResponseReturnValue:
    """Record that a samity has heard its list and agrees, but for whom it names."""
    form, back = ListForm(), url_for("portal.unconfirmed")
    form.mark.choices = [(mark, t(f"mark.{mark}")) for mark in MARKS]
    if form.validate_on_submit():
        disputed = disputed_of(form)
        answer = None if disputed is None else form.send(CONFIRM_SAMITY_LIST, said(form, samity_id, disputed))
        if answer:
            counts = {name: answer[name] for name in ("confirmed", "unconfirmed")}
            flash(t("unconfirmed.confirmed", **counts), "success")
            return redirect(back, 303)
    lead = t("unconfirmed.lead")
    act = t("unconfirmed.confirm")
    return form.page("form.html", title=t("unconfirmed.confirm"), lead=lead, act=act, back=back)


def said(form: ListForm, samity_id: UUID, disputed: list[str]) -> dict[str, Any]:
    """The command of a list."""
    return {
        "id": form.id.data,
        "samity_id": str(samity_id),
        "read_out_on": form.read_out_on.data.isoformat() if form.read_out_on.data else None,
        "mark": form.mark.data,
        "witness": form.witness.data,
        "paper": form.paper.data,
        "disputed": disputed,
    }


def disputed_of(form: ListForm) -> list[str] | None:
    """Whose paper says otherwise, by id; None where a code is no member's, which the form then says."""
    codes = to_latin(form.disputed.data or "").upper().split()
    found = [find_by_code(code) for code in codes]
    if any(one is None for one in found):
        form.disputed.errors = [t("unconfirmed.unknown_code")]
        return None
    return [one["id"] for one in found if one]


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/unconfirmed-balances", view_func=unconfirmed)
    blueprint.add_url_rule(
        "/unconfirmed-balances/<uuid:samity_id>", view_func=unconfirmed_list, methods=["GET", "POST"]
    )
