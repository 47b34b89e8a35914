"""Admitting a member at the desk: one form, checked as it is typed, kept if the session ends. L8, P1, P10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import ADMIT_MEMBER, LIST_MEMBERS, LIST_SAMITIES
from contracts.errors import ServiceError
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.portal.admission_form import NID, AdmissionForm, plain
from gateway.portal.pages import every_item
from gateway.portal.places import divisions, unions_of, upazilas_of
from gateway.words import t
from gateway.words.formats import digits, pick

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

ENDED = {"closed", "rejected"}


@requires("member:admit")
def admissions() -> ResponseReturnValue:
    """Enter an admission; the branch manager compares it with the signed paper and approves."""
    form = AdmissionForm(
        samity_id=request.args.get("samity"), read_aloud_by=pick(current_session().person, "name")
    )
    form.offer()
    form.samity_id.choices = samities()
    form.district.choices = [("", "–")] + [
        (one.bn, one.shown) for each in divisions() for one in each.districts
    ]
    asked = request.method == "POST" and "more" not in request.form
    if asked and form.validate_on_submit() and form.nominees_fit:
        admitted = form.send(ADMIT_MEMBER, form.command())
        if admitted:
            return told(admitted)
    return form.page(
        "admission.html",
        asked=asked,
        divisions=divisions(),
        upazilas=upazilas_of(form.district.data or ""),
        unions=unions_of(form.district.data or "", form.upazila.data or ""),
        draft=f"admission-{current_session().person_id}",
    )


def told(admitted: dict[str, Any]) -> ResponseReturnValue:
    """Say that she waits for the manager, and what he will look at twice."""
    flash(t("admission.sent"), "success")
    for warning in admitted["warnings"]:
        flash(t(f"warning.{warning}"), "warning")
    return redirect(url_for("portal.members_one", member_id=admitted["member_id"], admitted="yes"), 303)


def samities() -> list[tuple[str, str]]:
    """The samities of one's scope, as a choice."""
    return [(one["id"], f"{pick(one, 'name')} ({digits(one['code'])})") for one in every_item(LIST_SAMITIES)]


@requires("member:admit")
def admissions_places() -> ResponseReturnValue:
    """The upazilas of a district and the unions of an upazila, while the address is typed."""
    district, upazila = request.args.get("district", ""), request.args.get("upazila", "")
    return render_template(
        "portal/places.html", upazilas=upazilas_of(district), unions=unions_of(district, upazila.strip())
    )


@requires("member:admit")
def admissions_nid() -> ResponseReturnValue:
    """What is known of an identity number while it is typed; posted, so that it stands in no address."""
    number = plain(request.form.get("nid"))
    fits = bool(NID.fullmatch(number))
    known, silent = people_with(number) if fits else ([], False)
    return render_template("portal/nid_said.html", length=len(number), fits=fits, known=known, silent=silent)


def people_with(number: str) -> tuple[list[dict[str, Any]], bool]:
    """Who in scope has the number and is, or wants to be, a member; and whether nobody could be asked."""
    try:
        found = ask(LIST_MEMBERS, {"number": number})["items"]
    except ServiceError:
        return [], True
    return [one for one in found if one["status"] not in ENDED], False


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/admissions", view_func=admissions, methods=["GET", "POST"])
    blueprint.add_url_rule("/admissions/places", view_func=admissions_places)
    blueprint.add_url_rule("/admissions/nid", view_func=admissions_nid, methods=["POST"])
