"""An officer leaves: who follows, what is missing, and the lists that both sign. Rule P8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for

from contracts.identity import LIST_STAFF
from contracts.permissions import Role
from contracts.transactions.officer_leavings import (
    BEGIN_OFFICER_LEAVING,
    DRAW_LEAVING_LISTS,
    FINISH_OFFICER_LEAVING,
    GET_LEAVING_LIST,
    GET_OFFICER_LEAVING,
    LIST_OFFICER_LEAVINGS,
    SIGN_LEAVING_LIST,
)
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.deeds import attempt, sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, label, text
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class LeavingForm(Form):
    """Who leaves, who follows, and why."""

    officer_id = choice("leaving.officer")
    successor_id = choice("leaving.successor", description=label("leaving.successor_hint"))
    reason = text("form.reason")


class DeedForm(Form):
    """Nothing to enter: a button."""


@requires("leaving:read")
def leavings() -> ResponseReturnValue:
    """The leavings of a branch; an officer sees what concerns him."""
    branch = branch_of_page()
    found = ask(LIST_OFFICER_LEAVINGS, {"office_id": branch["id"]})["items"] if branch else []
    return branch_page("leavings.html", branch, leavings=found)


@requires("leaving:begin")
def leavings_new(office_id: UUID) -> ResponseReturnValue:
    """Say that an officer leaves and who follows."""
    form, back = LeavingForm(), url_for("portal.leavings", office=office_id)
    officers = [NONE_CHOSEN, *officers_of(str(office_id))]
    form.officer_id.choices = form.successor_id.choices = officers

    def command(filled: LeavingForm) -> dict[str, Any]:
        return {
            "id": filled.id.data,
            "office_id": str(office_id),
            "officer_id": filled.officer_id.data,
            "successor_id": filled.successor_id.data,
            "reason": filled.reason.data,
        }

    done = sent(form, BEGIN_OFFICER_LEAVING, command, "leaving.begun", back)
    title, lead = t("leaving.new"), t("leaving.new_lead")
    return done or form.page("form.html", title=title, lead=lead, act=t("form.confirm"), back=back)


def officers_of(office_id: str) -> list[tuple[str, str]]:
    """The field officers of a branch, to choose from."""
    people = every_item(LIST_STAFF, office_id=office_id)
    return [
        (person["id"], str(pick(person, "name")))
        for person in people
        if person["role"] == Role.FIELD_OFFICER and person["status"] in {"active", "held", "off"}
    ]


@requires("leaving:read")
def leavings_one(leaving_id: UUID) -> ResponseReturnValue:
    """One leaving: what is missing, what he owes, the lists."""
    return DeedForm().page("leaving.html", leaving=ask(GET_OFFICER_LEAVING, {"id": str(leaving_id)}))


@requires("leaving:begin")
def leavings_draw(leaving_id: UUID) -> ResponseReturnValue:
    """Draw again what has moved."""
    if DeedForm().validate_on_submit():
        attempt(DRAW_LEAVING_LISTS, {"id": str(leaving_id)}, "leaving.drawn")
    return redirect(url_for("portal.leavings_one", leaving_id=leaving_id), 303)


@requires("leaving:finish")
def leavings_end(leaving_id: UUID) -> ResponseReturnValue:
    """Let him go."""
    if DeedForm().validate_on_submit():
        attempt(FINISH_OFFICER_LEAVING, {"id": str(leaving_id)}, "leaving.finished")
    return redirect(url_for("portal.leavings_one", leaving_id=leaving_id), 303)


@requires("leaving:read")
def leavings_list(leaving_id: UUID, samity_id: UUID) -> ResponseReturnValue:
    """The list of one samity, to be read, printed and signed."""
    asked = {"id": str(leaving_id), "samity_id": str(samity_id)}
    leaving, sheet = ask(GET_OFFICER_LEAVING, {"id": str(leaving_id)}), ask(GET_LEAVING_LIST, asked)
    person = current_session().person_id
    signs = {
        leaving["officer_id"]: sheet["officer_signed_at"],
        leaving["successor_id"]: sheet["successor_signed_at"],
    }
    holds = sheet["is_given"] and not sheet["moved"] and not leaving["finished_at"]
    may_sign = person in signs and not signs[person] and holds
    return DeedForm().page("leaving_list.html", leaving=leaving, sheet=sheet, may_sign=may_sign)


@requires("leaving:sign")
def leavings_sign(leaving_id: UUID, samity_id: UUID) -> ResponseReturnValue:
    """Sign the list that was read."""
    if DeedForm().validate_on_submit():
        number = request.form.get("number", type=int)
        asked = {"id": str(leaving_id), "samity_id": str(samity_id), "number": number}
        attempt(SIGN_LEAVING_LIST, asked, "leaving.signed")
    return redirect(url_for("portal.leavings_list", leaving_id=leaving_id, samity_id=samity_id), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both, one = ["GET", "POST"], "/leavings/<uuid:leaving_id>"
    blueprint.add_url_rule("/leavings", view_func=leavings)
    blueprint.add_url_rule("/leavings/new/<uuid:office_id>", view_func=leavings_new, methods=both)
    blueprint.add_url_rule(one, view_func=leavings_one)
    blueprint.add_url_rule(f"{one}/lists", view_func=leavings_draw, methods=["POST"])
    blueprint.add_url_rule(f"{one}/end", view_func=leavings_end, methods=["POST"])
    blueprint.add_url_rule(f"{one}/lists/<uuid:samity_id>", view_func=leavings_list)
    blueprint.add_url_rule(
        f"{one}/lists/<uuid:samity_id>/signature", view_func=leavings_sign, methods=["POST"]
    )
