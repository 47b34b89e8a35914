"""Staff: proposing a person, who starts after a second administrator's approval; switching access. P6, P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.identity import (
    HOLD_ACCESS,
    PROPOSE_CREDENTIAL_RESET,
    PROPOSE_STAFF,
    SWITCH_ACCESS,
)
from contracts.identity.staff import STAFF_ROLES
from gateway.auth import requires
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, code, day, digits, label, text
from gateway.portal.lists import STAFF
from gateway.portal.offices import all_offices, label_of
from gateway.portal.search import find_by_code
from gateway.words import t
from gateway.words.formats import digits as shown_digits

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class StaffForm(Form):
    """What must be known of a new staff person and the first posting."""

    name_bn = text("name.bn")
    name_en = text("name.en")
    username = code("sign_in.username", autocomplete="off")
    mobile = digits("person.mobile")
    role = choice("staff.role")
    office_id = choice("staff.office")
    from_on = day("staff.from_on")
    kin = digits("staff.kin", needed=False)


class AccessForm(Form):
    """Why somebody's access is switched or held."""

    reason = text("form.reason")


class ResetForm(Form):
    """Why somebody needs a new password."""

    reason = text("form.reason", description=label("staff.reset_hint"))


@requires("staff:read")
def staff() -> ResponseReturnValue:
    """The staff of one's subtree."""
    return render_template("portal/staff.html", page=STAFF.page(), query=request.args.get("query", ""))


@requires("staff:propose")
def staff_new() -> ResponseReturnValue:
    """Propose a staff person."""
    form = StaffForm()
    form.role.choices = [NONE_CHOSEN, *((str(role), t(f"role.{role}")) for role in STAFF_ROLES)]
    form.office_id.choices = [NONE_CHOSEN, *((one["id"], label_of(one)) for one in all_offices())]
    kin = kin_of(form) if form.validate_on_submit() else None
    if kin is not None and form.send(PROPOSE_STAFF, person_of(form, kin)):
        flash(t("staff.proposed"), "success")
        return redirect(url_for("portal.approvals"), 303)
    return form.page(
        "form.html",
        title=t("staff.new"),
        lead=t("staff.new_lead"),
        act=t("staff.propose"),
        back=url_for("portal.staff"),
        hints={
            "username": t("staff.username_hint"),
            "mobile": t("person.mobile_hint"),
            "kin": t("staff.kin_hint"),
        },
    )


def kin_of(form: StaffForm) -> list[str] | None:
    """The ids of the members declared as kin; None where a code is nobody's, which the form then says. M8."""
    codes = (form.kin.data or "").replace(",", " ").split()
    found = {code: find_by_code(code) for code in codes}
    unknown = [code for code, member in found.items() if member is None]
    if unknown:
        form.kin.errors = [t("staff.no_such_member", code=shown_digits(unknown[0]))]
        return None
    return [member["id"] for member in found.values() if member]


def person_of(form: StaffForm, kin: list[str]) -> dict[str, Any]:
    """The form as the command it means; the mobile number is sealed on its way."""
    return {
        "id": form.id.data,
        "username": form.username.data,
        "name_bn": form.name_bn.data,
        "name_en": form.name_en.data,
        "mobile": form.mobile.data,
        "role": form.role.data,
        "office_id": form.office_id.data,
        "from_on": form.from_on.data.isoformat() if form.from_on.data else None,
        "declared_members": kin,
    }


@requires("staff:switch", "staff:hold")
def staff_access(staff_id: str, deed: str) -> ResponseReturnValue:
    """Switch a person's access on or off, or hold it for a day, with the reason."""
    form = AccessForm()
    if form.validate_on_submit() and form.send(*access_deed(staff_id, deed, form.reason.data)):
        flash(t(f"staff.access_{deed}"), "success")
        return redirect(url_for("portal.staff"), 303)
    return form.page(
        "form.html",
        title=t(f"staff.title_{deed}"),
        lead=t(f"staff.lead_{deed}"),
        act=t("form.confirm"),
        back=url_for("portal.staff"),
    )


def access_deed(staff_id: str, deed: str, reason: str | None) -> tuple[Any, dict[str, Any]]:
    """The command behind a button."""
    if deed == "hold":
        return HOLD_ACCESS, {"staff_id": staff_id, "reason": reason}
    return SWITCH_ACCESS, {"staff_id": staff_id, "on": deed == "on", "reason": reason}


@requires("staff:propose")
def staff_reset(staff_id: UUID) -> ResponseReturnValue:
    """Propose a new one-time password; the second administrator's approval makes it, on a slip. Rule P7."""
    form, back = ResetForm(), url_for("portal.staff")
    person = {"staff_id": str(staff_id)}
    return sent(
        form,
        PROPOSE_CREDENTIAL_RESET,
        lambda typed: person | {"id": typed.id.data, "reason": typed.reason.data},
        "form.waits_for_administrator",
        back,
    ) or form.page(
        "form.html", title=t("staff.reset_title"), lead=t("staff.reset_lead"), act=t("form.ask"), back=back
    )


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/staff", view_func=staff)
    blueprint.add_url_rule("/staff/new", view_func=staff_new, methods=["GET", "POST"])
    blueprint.add_url_rule("/staff/<uuid:staff_id>/reset", view_func=staff_reset, methods=["GET", "POST"])
    blueprint.add_url_rule(
        "/staff/<uuid:staff_id>/access/<any(on, off, hold):deed>",
        view_func=staff_access,
        methods=["GET", "POST"],
    )
