"""Admitting a member at the desk: one form, checked as it is typed, kept if the session ends. L8, P1, P10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import ADMIT_MEMBER, LIST_MEMBERS, LIST_SAMITIES
from contracts.accounts.members import COUNT_ALIKE
from contracts.accounts.picture_words import PictureKind
from contracts.accounts.pictures import ADD_PICTURE
from contracts.errors import ServiceError
from gateway.asking import ask, ask_each
from gateway.auth import current_session, requires
from gateway.errors import problem_of
from gateway.portal.admission_form import MOBILE, NID, AdmissionForm, plain
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
            add_photo(form)
            return told(admitted)
    return form.page(
        "admission.html",
        asked=asked,
        divisions=divisions(),
        upazilas=upazilas_of(form.district.data or ""),
        unions=unions_of(form.district.data or "", form.upazila.data or ""),
        draft=f"admission-{current_session().person_id}",
    )


def add_photo(form: AdmissionForm) -> None:
    """Put her photo beside her form; where it is not kept, she is admitted all the same, and it is said."""
    if form.small is None:
        return
    said = {"id": form.photo_id.data, "member_id": form.id.data, "kind": PictureKind.PHOTO}
    try:
        ask(ADD_PICTURE, said | {"note": None, "content": form.small})
    except ServiceError as error:
        flash(t("admission.photo_not_kept", why=problem_of(error).detail), "warning")


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
    known, elsewhere, silent = people_with(number) if fits else ([], 0, False)
    return render_template(
        "portal/nid_said.html",
        length=len(number),
        fits=fits,
        known=known,
        elsewhere=elsewhere,
        silent=silent,
    )


@requires("member:admit")
def admissions_mobile() -> ResponseReturnValue:
    """How many have a telephone number already, while it is typed; it stands in no address. P1."""
    number = plain(request.form.get("mobile"))
    shared, silent = 0, False
    if MOBILE.fullmatch(number):
        try:
            shared = ask(COUNT_ALIKE, {"mobile": number})["with_mobile"]
        except ServiceError:
            silent = True
    return render_template("portal/mobile_said.html", shared=shared, silent=silent)


def people_with(number: str) -> tuple[list[dict[str, Any]], int, bool]:
    """Who has the number and is, or wants to be, a member: those in scope, and how many are out of it.

    The last says whether nobody could be asked.
    """
    found, alike = ask_each([(LIST_MEMBERS, {"number": number}), (COUNT_ALIKE, {"nid": number})])
    if isinstance(found, ServiceError) or isinstance(alike, ServiceError):
        return [], 0, True
    known = [one for one in found["items"] if one["status"] not in ENDED]
    return known, max(0, alike["with_nid"] - len(known)), False


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/admissions", view_func=admissions, methods=["GET", "POST"])
    blueprint.add_url_rule("/admissions/places", view_func=admissions_places)
    blueprint.add_url_rule("/admissions/nid", view_func=admissions_nid, methods=["POST"])
    blueprint.add_url_rule("/admissions/mobile", view_func=admissions_mobile, methods=["POST"])
